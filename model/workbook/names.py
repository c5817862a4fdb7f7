"""Which declared sheet each sheet of a file (or each file of a folder) is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from model.base.issues import Issue
from model.data.convert import LETTERS, near
from model.data.tables import Table
from model.sheets.aliases import loosely, sheet_called, titles
from model.sheets.spec import Sheet

MOST_HINTS = 20


def is_note(name: str) -> bool:
    """Whether a sheet's (or file's) name says that it holds notes."""
    return name.strip().startswith("#")


def match_sheets(names: Iterable[str], declared: Mapping[str, Sheet]) -> tuple[dict[str, Sheet], list[Issue]]:
    """The declared sheet of each name found, and issues for the others; sheets of notes are left out.

    A name may be the sheet's own or its title in any language, in any case; look-alike letters are repaired with a note.
    """
    found: dict[str, Sheet] = {}
    issues: list[Issue] = []
    spelled = {name: sheet.name for sheet in declared.values() for name in (sheet.name, *titles(sheet.text))}
    for raw in sorted((name for name in names if not is_note(name)), key=lambda name: name.strip() not in declared):
        sheet = sheet_called(declared.values(), raw) if len(raw) < 200 else None
        other = next((name for name, taken in found.items() if taken is sheet), None)
        if sheet is None:
            hint = near(raw, spelled) if len(issues) < MOST_HINTS else ""
            issues.append(Issue("unknown_sheet", raw, value=raw, slots={"hint": hint}))
        elif other is not None:
            issues.append(Issue("duplicate_sheet", sheet.name, value=raw, slots={"other": other, "name": sheet.name}))
        else:
            found[raw] = sheet
            if raw.strip().casefold() not in {name.casefold() for name in (sheet.name, *titles(sheet.text))} and loosely(raw):
                issues.append(Issue("repaired_letters", sheet.name, value=raw, slots={"read": sheet.name, "why": LETTERS}))
    return found, issues


def missing_sheets(tables: Mapping[str, Table], sheets: Sequence[Sheet]) -> list[Issue]:
    """Required sheets that are not there."""
    return [Issue("missing_sheet", sheet.name, slots={"name": sheet.name}) for sheet in sheets if sheet.required and sheet.name not in tables]
