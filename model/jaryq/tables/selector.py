"""Selectors: ``column=value; column=value*`` (all must hold, ``*`` matches any run of letters), and ranges of years."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import translate
from functools import cache

from jaryq.base.lookalike import told_apart
from jaryq.base.text import Text
from jaryq.sheets.measures import MEASURES
from jaryq.sheets.said import spelled
from jaryq.tables.fault import hinted, near

PROJECT_COLUMNS = ("project", "kind", "sector", "type", "region", "zone")
MONEY_COLUMNS = ("source", "partner", "currency", "group", "payer", "borrower", "level")
OWNER_COLUMNS = ("borrower", "level")
"""Those of who owes a loan: of a source and a project together."""
AREA_COLUMNS = ("area",)
BILL_COLUMNS = ("region", "sector")
FILTER_COLUMNS = (*PROJECT_COLUMNS, *MONEY_COLUMNS, *AREA_COLUMNS)
"""All that any measure's filter may name."""


def columns_of(measure: str) -> tuple[str, ...]:
    """What the filter of a measure may name, and ``by`` split."""
    kind = MEASURES[measure]
    if kind.of == "areas":
        return AREA_COLUMNS
    if kind.of == "bills":
        return BILL_COLUMNS
    if kind.of == "signed":
        return MONEY_COLUMNS
    return PROJECT_COLUMNS + (MONEY_COLUMNS if kind.sources else ())


def several(text: object) -> tuple[str, ...]:
    """Names separated by ``;``."""
    return tuple(name.strip() for name in str(text or "").split(";") if name.strip())


BLANK = "-"
"""What a selector writes for a blank."""


class BadSelector(ValueError):
    """The text is not a selector; ``text`` says why in every language."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def parse(text: str | None, columns: tuple[str, ...]) -> dict[str, str]:
    """The parts of a selector; raises BadSelector for another form or an unknown column."""
    parts: dict[str, str] = {}
    for piece in (text or "").split(";"):
        if not piece.strip():
            continue
        column, sign, value = piece.partition("=")
        column, value = column.strip().lower(), value.strip()
        if not sign or not value:
            raise BadSelector(Text(f"“{piece.strip()}” is not column=value",
                                   f"“{piece.strip()}” не имеет вида столбец=значение"))
        if column not in columns:
            seen = told_apart(column)
            raise BadSelector(hinted(f"“{seen}” is not a column here", f"“{seen}” здесь не столбец",
                                     near(column, spelled(columns))))
        if column in parts:
            raise BadSelector(Text(f"“{column}” stands twice", f"“{column}” повторяется"))
        parts[column] = value
    return parts


def fits(wanted: str, value: object) -> bool:
    """Whether ``value`` matches a selector's value, or one of several with ``|`` between; only ``*`` is
    special besides, and ``-``, which a blank matches."""
    if value is None:
        return wanted == BLANK
    said = str(value)
    return any(match(said) is not None for match in _matchers(wanted))


def special(wanted: str) -> bool:
    """Whether a selector's value may fit others than itself (and, where it is ``-``, blanks)."""
    return "*" in wanted or "|" in wanted


def alternatives(wanted: str) -> tuple[str, ...]:
    """Values that ``|`` stands between; none where it does not."""
    return tuple(filter(None, map(str.strip, wanted.split("|")))) if "|" in wanted else ()


@cache
def _matchers(wanted: str) -> tuple[Callable[[str], re.Match[str] | None], ...]:
    """What matches a selector's value as a whole, and each of several with ``|`` between."""
    return tuple(re.compile(translate(re.sub(r"([\[?])", r"[\1]", one))).match
                 for one in (wanted, *alternatives(wanted)))


def years(text: object, first: int, last: int) -> tuple[int, int] | None:
    """``2027`` -> (2027, 2027), ``2027-2030`` -> both ends, blank -> None. Raises BadSelector if outside
    ``first..last``."""
    if text is None or str(text).strip() == "":
        return None
    found = re.fullmatch(r"(\d{4})(?:\.0)?(?:\s*[-–—]\s*(\d{4}))?", str(text).strip())
    if not found:
        raise BadSelector(Text("not a year or a range of years such as 2027-2030",
                               "это не год и не период вида 2027-2030"))
    begin, end = int(found[1]), int(found[2] or found[1])
    if not first <= begin <= end <= last:
        raise BadSelector(Text(f"years must lie in {first}-{last}, in order",
                               f"годы должны лежать в пределах {first}-{last}, по порядку"))
    return begin, end


def matches(parts: Mapping[str, str], values: Mapping[str, object]) -> bool:
    """Whether a row with these ``values`` fits every part."""
    return all(fits(wanted, values.get(column)) for column, wanted in parts.items())
