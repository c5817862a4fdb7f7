"""The names that people may use: headings, sheets and settings by name or by title, in any language.

Sure matches first: the name itself, a title, either in any case. Then loose ones, by which a note is due: look-alike
letters, other spaces, dashes or underscores, a unit behind the title. A loose match counts only if nothing else matches
as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from jaryq.base.lookalike import looks
from jaryq.base.quantities import quantity
from jaryq.base.text import LANGS, Text
from jaryq.base.units import UNITS
from jaryq.sheets.settings import SETTING_COLUMNS
from jaryq.sheets.spec import Column, Sheet

_GAPS = re.compile(r"[\s_\-.:*]+")
_MEMBERS = {"year": r"(?:19|20|21)[0-9][0-9]", "country": r"[A-Za-z]{2,3}", "quantity": r"[A-Za-z0-9_]{1,24}"}
_UNIT_BEHIND = re.compile(
    r"(?P<title>.+?)\s*(?:[,\n]\s*(?P<after>[^,\n()]+)|\((?P<inside>[^()]+)\)|\[(?P<square>[^\[\]]+)\])\s*", re.DOTALL
)
_YEAR_WORDS = re.compile(r"(?<=\d)\s*(?:г\.?|год[уа]?|жыл[ы]?|年度?)(?=\W|$)", re.IGNORECASE)

_YEAR_ODDS = re.compile(r"(?<=\d)[.,]0+(?!\d)|\b(?:план|plan|planned|жоспар|жоспары)\b\.?|計画|"
                        r"(?:^|(?<=\s))(?:на|for)(?=\s+(?:19|20|21)\d\d(?!\d))|[()]", re.IGNORECASE)
"""What may stand beside a year whose column it does not change: ``2027.0``, ``2027 план``, ``на 2027 год``; not ``2027
факт`` nor ``FY2027``, which may be another column or another year."""


@dataclass(frozen=True)
class _Names:
    """Spellings of one sheet's plain columns: as they are, in any case, and loosely; and those of its families without
    a member."""

    exact: Mapping[str, str]
    folded: Mapping[str, str]
    loose: Mapping[str, str]
    families: tuple[tuple[Column, tuple[str, ...]], ...]


LONGEST = 200
"""Characters beyond which a text is no name."""

Thing = TypeVar("Thing")

_NAMES: dict[int, tuple[Sheet, _Names]] = {}


_DIGIT = re.compile(r"\d")


def titles(text: Text) -> tuple[str, ...]:
    """A text in every language, each wording once."""
    return tuple(dict.fromkeys(text.say(lang) for lang in LANGS))


def heading(sheet: Sheet, text: str) -> str | None:
    """The canonical heading that ``text`` stands for, in any language: ``Ceiling in 2026`` -> ``2026``. None where
    there is none."""
    return sure_heading(sheet, text) or _loose_heading(sheet, text)


def sure_heading(sheet: Sheet, text: str) -> str | None:
    """The canonical heading if ``text`` is a column's name or title, in any case."""
    text = text.strip()
    names = _names(sheet)
    for found in (names.exact.get(text), names.folded.get(text.casefold())):
        if found is not None:
            return found
    for fold in (str, str.casefold):
        for column, spelled in names.families:
            if member := _member(column, text, spelled, fold):
                return column.name + member
    return None


def unit_behind(text: str) -> tuple[str, str]:
    """A heading without the unit behind it, and the unit: ``Стоимость, млрд тенге`` -> ``Стоимость``, ``млрд
    тенге``."""
    if len(text) > LONGEST or (found := _UNIT_BEHIND.fullmatch(text.strip())) is None:
        return text, ""
    return found["title"], (found["after"] or found["inside"] or found["square"] or "").strip()


def spellings(sheet: Sheet) -> dict[str, str]:
    """Every name and title of a sheet's headings, with the canonical one; for the search of the nearest."""
    members = {"": "", "year": "2026", "country": "JP"}
    found: dict[str, str] = {}
    for column in (column for column in sheet.columns if column.family in members):
        member = members[column.family]
        for spelled in (column.name, *titles(column.text)):
            found.setdefault(f"{spelled} {member}" if member and spelled != column.name else spelled + member,
                             column.name + member)
    return found


def sheet_called(sheets: Iterable[Sheet], text: str) -> Sheet | None:
    """The sheet of this name or title, in any language."""
    return _called({sheet.name: (sheet, sheet.text) for sheet in sheets}, text, (str.casefold, loosely))


def setting_called(text: str) -> Column | None:
    """The setting of this name or title, in any language and case (look-alike letters are for the rules to repair)."""
    return _called({setting.name: (setting, setting.text) for setting in SETTING_COLUMNS}, text, (str.casefold,))


def _called(known: Mapping[str, tuple[Thing, Text]], text: str, folds: Sequence[Callable[[str], str]]) -> Thing | None:
    text = text.strip()
    if text in known:
        return known[text][0]
    for fold in folds:
        found = [thing for name, (thing, said) in known.items()
                 if fold(text) in {fold(spelled) for spelled in (name, *titles(said))}]
        if len(found) == 1:
            return found[0]
    return None


def loosely(text: str) -> str:
    """A name without what the eye passes over: case, look-alike letters, spaces, dashes, underscores, points, colons
    and asterisks."""
    return _GAPS.sub("", looks(text).casefold().replace("ё", "е"))


def _names(sheet: Sheet) -> _Names:
    known = _NAMES.get(id(sheet))
    if known is None:
        known = _NAMES[id(sheet)] = (sheet, _made(sheet))
    return known[1]


def _made(sheet: Sheet) -> _Names:
    plain = [column for column in sheet.columns if not column.family]
    exact: dict[str, str] = {column.name: column.name for column in plain}
    for lang in LANGS:
        for column in plain:
            exact.setdefault(column.text.say(lang), column.name)
    folded: dict[str, str] = {}
    for spelled, name in exact.items():
        folded.setdefault(spelled.casefold(), name)
    loose: dict[str, str] = {}
    for spelled, name in exact.items():
        key = loosely(spelled)
        loose[key] = name if loose.get(key, name) == name else ""
    families = tuple((column, (column.name, *titles(column.text))) for column in sheet.columns if column.family)
    return _Names(exact, folded, loose, families)


def _member(column: Column, text: str, spelled: tuple[str, ...], fold: Callable[[str], str]) -> str:
    """The member of a family that a heading names, behind or before the family's own words (of a quantity behind them
    alone, in small letters); nothing if it is none."""
    if column.family == "quantity":
        return _quantity(text, spelled)
    if column.family == "year":
        if not _DIGIT.search(text):
            return ""
        text = _YEAR_WORDS.sub("", text)
    known = _folded(spelled, fold)
    for form in (rf"(?P<words>.*?)(?P<member>{_MEMBERS[column.family]})",
                 rf"(?P<member>{_MEMBERS[column.family]})\b(?P<words>.*)"):
        found = re.fullmatch(form, text.strip(), re.DOTALL)
        if found and fold(found["words"].strip()) in known and column.takes(column.name + found["member"].upper()):
            return found["member"].upper()
    return ""


def _quantity(text: str, spelled: tuple[str, ...]) -> str:
    """The key behind ``q_``, or behind the family's title and a space."""
    for words in spelled:
        gap = r"\s*" if words.endswith("_") else r"\s+"
        if found := re.fullmatch(rf"{re.escape(words)}{gap}({_MEMBERS['quantity']})", text.strip(), re.IGNORECASE):
            return found[1].lower()
    return ""


@cache
def _folded(spelled: tuple[str, ...], fold: Callable[[str], str]) -> frozenset[str]:
    return frozenset(fold(name.strip()) for name in spelled)


def _loose_heading(sheet: Sheet, text: str) -> str | None:
    if len(text) > LONGEST:
        return None
    names = _names(sheet)
    bare, unit = unit_behind(text)
    for said in (text, bare) if unit and is_unit(unit) else (text,):
        if found := (sure_heading(sheet, said) if said is not text else None) or names.loose.get(loosely(said)):
            return found
        members = {column.name + member for column, spelled in names.families
                   if (member := _member(column, looks(said), spelled, loosely))}
        members = members or {column.name + member for column, spelled in names.families if column.family == "year"
                              and (member := _member(column, _YEAR_ODDS.sub("", said), spelled, loosely))}
        if len(members) == 1:
            return members.pop()
    return None


LEAST_WORD = 4
"""Letters of a known name that make another name resemble it."""


def resembled(text: str, spelled: Mapping[str, str]) -> str:
    """What the longest known name stands for that, or whose stem, stands within a name (``Facilities (2)``, ``План по
    объектам``), which may be meant for it; or nothing."""
    seen = loosely(text)
    within = [(len(stem), name) for name in spelled if len(stem := _stem(loosely(name))) >= LEAST_WORD
              and stem in seen]
    return spelled[max(within)[1]] if within else ""


def _stem(word: str) -> str:
    """A word without the ending that its form may change, one letter in five."""
    return word[: max(LEAST_WORD, len(word) - max(1, len(word) // 5))] if len(word) > LEAST_WORD else word


def is_unit(text: str) -> bool:
    """Whether a text names a unit: by its symbol in any language, or as people write it."""
    return text.strip().casefold() in _symbols() or quantity(text) is not None


@cache
def _symbols() -> frozenset[str]:
    return frozenset(symbol.casefold() for unit in UNITS.values() for symbol in (unit.name, *titles(unit.symbol)))
