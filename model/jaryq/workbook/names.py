"""Which declared sheet each sheet of a file (or each file of a folder) is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from jaryq.base.issues import Issue
from jaryq.sheets.aliases import loosely, sheet_called, titles
from jaryq.sheets.spec import Sheet
from jaryq.tables.convert import LETTERS, near
from jaryq.tables.tables import Table

MOST_HINTS = 20


def is_note(name: str) -> bool:
    """Whether a sheet's (or file's) name says that it holds notes."""
    return name.strip().startswith("#")


def match_sheets(names: Iterable[str], declared: Mapping[str, Sheet]) -> tuple[dict[str, Sheet], list[Issue]]:
    """The declared sheet of each name found, and issues for the others; sheets of notes are left out.

    A name may be the sheet's own or its title in any language, in any case; look-alike letters are repaired with a
    note. A name that resembles none is a note (the sheet is left out), unless a required sheet is missing: then it may
    be that one.
    """
    found: dict[str, Sheet] = {}
    issues: list[Issue] = []
    spelled = {name: sheet.name for sheet in declared.values() for name in (sheet.name, *titles(sheet.text))}
    for raw in sorted((name for name in names if not is_note(name)), key=lambda name: name.strip() not in declared):
        sheet = sheet_called(declared.values(), raw) if len(raw) < 200 else None
        other = next((name for name, taken in found.items() if taken is sheet), None)
        if sheet is None:
            hint = near(raw, spelled) if len(issues) < MOST_HINTS else ""
            meant = bool(hint) or len(issues) >= MOST_HINTS or resembles(raw, spelled)
            issues.append(Issue("unknown_sheet" if meant else "foreign_sheet", raw, value=raw, slots={"hint": hint}))
        elif other is not None:
            issues.append(Issue("duplicate_sheet", sheet.name, value=raw, slots={"other": other, "name": sheet.name}))
        else:
            found[raw] = sheet
            if raw.strip().casefold() not in {name.casefold()
                                              for name in (sheet.name, *titles(sheet.text))} and loosely(raw):
                issues.append(Issue("repaired_letters", sheet.name, value=raw,
                                    slots={"read": sheet.name, "why": LETTERS}))
    lost = [sheet.name for sheet in declared.values() if sheet.required and sheet not in found.values()]
    return found, [replace(issue, code="unknown_sheet") if lost and issue.code == "foreign_sheet" else issue
                   for issue in issues]


LEAST_WORD = 4
"""Letters of a known name that make another name resemble it."""


def resembles(text: str, spelled: Iterable[str]) -> bool:
    """Whether a known name, or its stem, stands within a name (``Facilities (2)``, ``План по объектам``): it may be
    meant for it."""
    seen = loosely(text)
    return any(len(stem) >= LEAST_WORD and stem in seen for name in spelled if (stem := _stem(loosely(name))))


def _stem(word: str) -> str:
    """A word without the ending that its form may change, one letter in five."""
    return word[: max(LEAST_WORD, len(word) - max(1, len(word) // 5))] if len(word) > LEAST_WORD else word


def missing_sheets(tables: Mapping[str, Table], sheets: Sequence[Sheet]) -> list[Issue]:
    """Required sheets that are not there."""
    return [Issue("missing_sheet", sheet.name, slots={"name": sheet.name})
            for sheet in sheets if sheet.required and sheet.name not in tables]
