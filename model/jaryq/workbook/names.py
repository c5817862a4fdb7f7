"""Which declared sheet each sheet of a file (or each file of a folder) is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from jaryq.base.issues import Issue
from jaryq.sheets.aliases import loosely, resembled, sheet_called, titles
from jaryq.sheets.spec import Sheet
from jaryq.tables.convert import LETTERS
from jaryq.tables.fault import near, offered
from jaryq.tables.tables import Table
from jaryq.workbook.foreign import NUMBERS, Rows, numbers_in, sheet_like

MOST_HINTS = 20


def is_note(name: str) -> bool:
    """Whether a sheet's (or file's) name says that it holds notes."""
    return name.strip().startswith("#")


def match_sheets(names: Iterable[str], declared: Mapping[str, Sheet],
                 contents: Mapping[str, Rows] = MappingProxyType({})) -> tuple[dict[str, Sheet], list[Issue]]:
    """The declared sheet of each name found, and issues for the others; sheets of notes are left out.

    A name may be the sheet's own or its title in any language, in any case; look-alike letters are repaired with a
    note. Others are judged by their name and by what stands on them (``contents``, as far as it was read): those that
    may be meant for a sheet stop, those with numbers are a surprise, others a note, unless a required sheet is missing:
    then it may be that one.
    """
    found: dict[str, Sheet] = {}
    taken: dict[str, str] = {}
    issues: list[Issue] = []
    spelled = {name: sheet.name for sheet in declared.values() for name in (sheet.name, *titles(sheet.text))}
    for raw in sorted((name for name in names if not is_note(name)), key=lambda name: name.strip() not in declared):
        sheet = sheet_called(declared.values(), raw) if len(raw) < 200 else None
        if sheet is None:
            issues.append(_unknown(raw, spelled, declared, contents) if len(issues) < MOST_HINTS
                          else Issue("unknown_sheet", raw, value=raw, slots={"hint": ""}))
        elif sheet.name in taken:
            issues.append(Issue("duplicate_sheet", sheet.name, value=raw,
                                slots={"other": taken[sheet.name], "name": sheet.name}))
        else:
            found[raw] = sheet
            taken[sheet.name] = raw
            if raw.strip().casefold() not in {name.casefold()
                                              for name in (sheet.name, *titles(sheet.text))} and loosely(raw):
                issues.append(Issue("repaired_letters", sheet.name, value=raw,
                                    slots={"read": sheet.name, "why": LETTERS}))
    lost = [sheet.name for sheet in declared.values() if sheet.required and sheet not in found.values()]
    return found, [replace(issue, code="unknown_sheet")
                   if lost and issue.code in ("foreign_sheet", "sheet_left_out") else issue for issue in issues]


def _unknown(raw: str, spelled: Mapping[str, str], declared: Mapping[str, Sheet],
             contents: Mapping[str, Rows]) -> Issue:
    """What is said of a sheet that is none of the declared ones."""
    if hint := near(raw, spelled):
        return Issue("unknown_sheet", raw, value=raw, slots={"hint": hint})
    like = resembled(raw, spelled)
    rows = contents.get(raw)
    if rows is None:
        return Issue("unknown_sheet" if like else "foreign_sheet", raw, value=raw, slots={"hint": ""})
    if meant := sheet_like(rows, declared.values(), like):
        return Issue("unknown_sheet", raw, value=raw, slots={"hint": offered(meant)})
    if numbers_in(value for row in rows for value in row):
        return Issue("sheet_left_out", raw, value=raw, slots={"what": NUMBERS})
    return Issue("foreign_sheet", raw, value=raw)


def missing_sheets(tables: Mapping[str, Table], sheets: Sequence[Sheet]) -> list[Issue]:
    """Required sheets that are not there."""
    return [Issue("missing_sheet", sheet.name, slots={"name": sheet.name})
            for sheet in sheets if sheet.required and sheet.name not in tables]
