"""Which colour what has a name keeps on every picture, in every language and product: sectors, kinds of money,
partners."""

from __future__ import annotations

from itertools import islice

from jaryq.base.countries import COUNTRIES
from jaryq.base.sectors import SECTORS
from jaryq.base.text import Text
from jaryq.report.words import AT_HOME

KNOWN: tuple[Text, ...] = (*(SECTORS[key] for key in ("power", "heat", "water", "sewer")),
                           *(AT_HOME[key] for key in ("budget", "own", "grant", "loan")),
                           *islice(COUNTRIES.values(), 4))
"""Names with a place of their own in the palette, which has as many colours; of countries the first that lend."""

_PLACES = {text.en.casefold(): place for place, text in enumerate(KNOWN)}


def place_of(name: Text, otherwise: int) -> int:
    """The place of a name in the palette; ``otherwise`` where it has none of its own."""
    return _PLACES.get(name.en.casefold(), otherwise)
