"""Rows by the names that people call them: a region, a kind, a source by its name in any language in place of its
key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.names_in_use import CURRENCY_NAMES, KINDS_OF_PLACE
from jaryq.base.regions import region_names
from jaryq.base.text import Text
from jaryq.sheets.aliases import loosely
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Tables

BY_NAME = Text("the name of its row", "название строки")
KNOWN_NAMES: Mapping[str, Callable[[], Mapping[str, tuple[str, ...]]]] = {
    "regions": region_names, "currencies": lambda: CURRENCY_NAMES}

MOST_NAMED = 20_000
"""Rows beyond which names are not looked at."""

_WORD = re.compile(r"[^\W_]+")


class Called:
    """Keys of a sheet (or of several) by what the eye makes of their names; a name that several rows share means none
    of them."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)
        self.spelled: dict[str, str] = {}
        self.keys: set[str] = set()
        for name, key in self._pairs:
            self.spelled.setdefault(name, key)
            self.keys.add(key)

    @cached_property
    def _whole(self) -> dict[str, str]:
        return self._by(_seen)

    @cached_property
    def _bare(self) -> dict[str, str]:
        return self._by(_bare)

    def _by(self, eye: Callable[[str], str]) -> dict[str, str]:
        """Keys by what ``eye`` makes of the names; most that ask find their text among the keys and need none."""
        known: dict[str, str] = {}
        for name, key in self._pairs:
            if seen := eye(name):
                known[seen] = key if known.get(seen, key) == key else ""
        return known

    def key(self, text: str) -> str:
        """The key of the one row of this name, or nothing."""
        seen = _seen(text)
        return self._whole[seen] if seen in self._whole else self._bare.get(_bare(text), "")


def _seen(name: str) -> str:
    """A name as the eye sees it, whatever its case, spaces and points. In capitals more letters of two alphabets look
    the same."""
    return loosely(name.upper())


def _bare(name: str) -> str:
    """The same without the words that say what kind of place it is."""
    return "".join(word for word in map(_seen, _WORD.findall(name)) if word not in _KINDS_OF_PLACE)


_KINDS_OF_PLACE = frozenset(map(_seen, KINDS_OF_PLACE))


def called(ref: str, tables: Tables) -> Called:
    """Names of the rows of a reference's sheets (``facilities|networks``), in every language that the workbook or the
    program has."""
    return Called(pair for sheet in ref.split("|") for pair in _names(sheet, tables))


def _names(sheet: str, tables: Tables) -> Iterator[tuple[str, str]]:
    if sheet == "currencies":
        yield from ((name, HOME_CURRENCY) for name in CURRENCY_NAMES[HOME_CURRENCY])
    if sheet not in tables or len(tables[sheet]) > MOST_NAMED:
        return
    cells, known = tables[sheet].values, KNOWN_NAMES.get(sheet, dict)()
    keys = cells[INPUT[sheet].key[0]]
    said = [cells[name] for name in ("name", "name_ru") if name in cells]
    for names in said:
        yield from ((name, key) for name, key in zip(names, keys, strict=True) if isinstance(name, str)
                    and isinstance(key, str))
    for key in keys:
        yield from ((name, key) for name in known.get(key, ()))
