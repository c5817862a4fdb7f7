"""The sheet of issues that is added to the copy: one issue a row, with a link to its cell. Its name begins with #, so
it is not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jaryq.base.issues import Issue, shown
from jaryq.base.severity import NAMES, SEVERITIES, Severity
from jaryq.base.text import Lang, Text
from jaryq.sheets.inputs import INPUT
from jaryq.workbook.annotated.parts import MAIN, Parts, identifier_of, naming
from jaryq.workbook.annotated.styles import Styles
from jaryq.workbook.annotated.xml import Patch, quoted, said

NAME = "#issues"
TAB = "FFB4232A"
"""Colour of the sheet's tab, by which the sheet of an earlier annotation is known."""

MOST = 10_000
"""Rows; issues beyond them are counted."""

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
TITLE = Text("Issues found by Jaryq", "Замечания Jaryq")
REMARK = Text("{counts}. The sheet is not read (its name begins with #) and is written anew by check --annotate.",
              "{counts}. Лист не читается (имя начинается с #) и записывается заново командой check --annotate.")
OTHERS = Text("and {count} more", "и ещё {count}")
HEADS = (Text("Severity", "Важность"), Text("Cell", "Ячейка"), Text("Column", "Столбец"), Text("Value", "Значение"),
         Text("Rule", "Правило"),
         Text("What to do", "Что сделать"), Text("Code", "Код"))
WIDTHS = (13, 22, 22, 22, 62, 62, 28)
COUNTED: dict[Severity, Text] = {"stop": Text("Stops: {count}", "Останавливают: {count}"),
                                 "surprise": Text("surprises: {count}", "неожиданностей: {count}"),
                                 "note": Text("notes: {count}", "заметок: {count}")}


@dataclass(frozen=True)
class Line:
    """One issue as cells of the list: severity, place as shown, where a link leads (sheet as named in the file, cell),
    the rest as texts."""

    severity: Severity
    place: str
    sheet: str
    cell: str
    texts: tuple[str, ...]


def lines_of(issues: Sequence[Issue], names: dict[str, str], lang: Lang) -> list[Line]:
    """The issues as lines, worst first; ``names``: of declared sheets as they stand in the file."""
    sheets = {name: place for place, name in enumerate(INPUT)}
    found = []
    for issue in sorted(issues, key=lambda issue: (SEVERITIES.index(issue.severity), sheets.get(issue.sheet, -1))):
        sheet = names.get(issue.sheet, "")
        place = "!".join(
            part for part in (sheet or issue.sheet, issue.cell) if part
        ) + (f" ({issue.scenario})" if issue.scenario else "")
        cell = issue.cell if not issue.cell.isdigit() else f"A{issue.cell}"
        found.append(Line(issue.severity, place, sheet, cell or "A1",
                          (issue.column, shown(issue.value), issue.rule(lang), issue.remedy(lang), issue.code)))
    return found


def counted(issues: Sequence[Issue], lang: Lang) -> str:
    return ", ".join(COUNTED[severity].say(lang, count=sum(1 for issue in issues if issue.severity == severity))
                     for severity in COUNTED)


def location(sheet: str, cell: str) -> str:
    """``'sheet'!D14``, as a link inside the workbook names it."""
    name = sheet.replace("'", "''")
    return f"'{name}'!{cell}"


def add_issue_sheet(parts: Parts, issues: Sequence[Issue], names: dict[str, str], styles: Styles, lang: Lang) -> None:
    """Add the sheet behind all others, or write that of an earlier annotation anew."""
    xml = _xml(issues, names, styles, lang)
    related = parts.targets(parts.main)
    book = parts.tree(parts.main)
    sheets = book.first("sheets")
    assert sheets is not None
    there = {node.attributes.get("name", ""): related.get(identifier_of(node.attributes), ("", ""))[1]
             for node in sheets.all("sheet")}
    for name, part in there.items():
        if name.startswith(NAME) and part in parts.names() and f'rgb="{TAB}"'.encode() in parts.get(part)[:2000]:
            parts.put(part, xml)
            return
    part = parts.free_name("xl/worksheets/sheet{}.xml")
    parts.put(part, xml)
    parts.declare(part, SHEET_TYPE)
    identifier = parts.relate(parts.main, "worksheet", part)
    taken = {name.casefold() for name in there}
    title = next(name for number in range(1, len(taken) + 2)
                 if (name := NAME if number == 1 else f"{NAME} {number}").casefold() not in taken)
    number = max((int(text) for node in sheets.all("sheet") if (text := node.attributes.get("sheetId", "")).isdigit()),
                 default=0) + 1
    patch = Patch(parts.get(parts.main))
    patch.append(sheets, f'<{book.prefix}sheet name="{quoted(title)}" sheetId="{number}" '
                         f'{naming(book, identifier)}/>')
    parts.put(parts.main, patch.done())


def _xml(issues: Sequence[Issue], names: dict[str, str], styles: Styles, lang: Lang) -> bytes:
    lines = lines_of(issues, names, lang)
    rows = [_row(1, [(TITLE.say(lang), styles.title)]), _row(2, [(REMARK.say(lang, counts=counted(issues, lang)), 0)])]
    rows.append(_row(4, [(head.say(lang), styles.head) for head in HEADS]))
    links = []
    for number, line in enumerate(lines[:MOST], start=5):
        place = (line.place, styles.link if line.sheet else styles.text)
        severity = (NAMES[line.severity].say(lang), styles.of[line.severity])
        rows.append(_row(number, [severity, place, *((text, styles.text) for text in line.texts)], height_of(line)))
        if line.sheet:
            links.append(f'<hyperlink ref="B{number}" location="{quoted(location(line.sheet, line.cell))}" '
                         f'display="{quoted(line.place)}"/>')
    if len(lines) > MOST:
        rows.append(_row(5 + MOST, [(OTHERS.say(lang, count=len(lines) - MOST), 0)]))
    columns = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
                      for n, width in enumerate(WIDTHS, start=1))
    return "".join((
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">',
        f'<sheetPr><tabColor rgb="{TAB}"/><pageSetUpPr fitToPage="1"/></sheetPr>',
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">',
        '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>', *rows, "</sheetData>",
        f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
        '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>',
    )).encode()


def height_of(line: Line) -> int:
    """Points that the wrapped texts of a line need: programs do not agree on who has to find out."""
    return 15 * max(sum(-(-max(len(part), 1) // int(0.9 * width)) for part in text.split("\n"))
                    for text, width in zip(line.texts, WIDTHS[2:], strict=True))


def _row(number: int, cells: Sequence[tuple[str, int]], height: int = 0) -> str:
    made = "".join(
        f'<c r="{"ABCDEFG"[place]}{number}" s="{style}" t="inlineStr"><is><t '
        f'xml:space="preserve">{said(text)}</t></is></c>'
        for place, (text, style) in enumerate(cells) if text)
    high = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{high}>{made}</row>'
