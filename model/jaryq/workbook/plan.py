"""The plan workbook: everything a meeting reads, and everything ``verify`` needs, in one file that appears whole or not
at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.handover.front import front
from jaryq.handover.partners import by_year
from jaryq.handover.shapes import Front
from jaryq.report.report import Report
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.results import CONTENTS, MANIFEST_OUT, OVERVIEW, RESULT
from jaryq.sheets.results_data import DATA_SHEETS, INPUT_PREFIX, SEAL
from jaryq.solve.solution import Solution
from jaryq.tables.scenarios import called
from jaryq.tables.tables import Tables
from jaryq.workbook.book import write_book
from jaryq.workbook.front_gantt import numbered
from jaryq.workbook.front_sheet import write_front
from jaryq.workbook.noted import Noted
from jaryq.workbook.partner_pages import Beside, write_partner_page
from jaryq.workbook.partner_scenarios import command, moved_alone
from jaryq.workbook.plan_data import NotWritten, data_rows, put, write_data, write_input
from jaryq.workbook.plan_place import FIRST, HEADINGS
from jaryq.workbook.plan_read import StoredPlan, read_plan
from jaryq.workbook.plan_style import HEAD, TABS, Style, print_setup, row_height
from jaryq.workbook.plan_summary import write_summary
from jaryq.workbook.plan_tables import write_head, write_table
from jaryq.workbook.seal import Cells, seal_rows

__all__ = ["NotWritten", "StoredPlan", "Written", "cells_of_plan", "read_plan", "write_plan"]

PURPOSE = "plan"
"""What the file is marked as."""

HAND_OVER = Text("A page to hand over: products, projects, drawdown, procurement, service.",
                 "Страница для передачи партнёру: продукты, проекты, выборка, закупки, платежи.")
PRINTING = Text("These sheets are selected together when the file opens, so that printing prints them, {all} pages, "
                "and no others; they are locked against typing (without a password). Click on any other tab, such as "
                "this one, before you filter or choose a figure in one of them. To select them again: click on "
                "the first of them, then on the last with Shift held.",
                "При открытии файла эти листы выделены вместе: печать выводит их (страниц: {all}) и только их; от "
                "ввода они защищены (без пароля). Перед фильтром или выбором показателя щёлкните по вкладке любого "
                "другого листа, например этого. Чтобы выделить их снова: щёлкните по первому из них, затем по "
                "последнему с Shift.")
"""Both programs print the selected sheets unless told otherwise (decision 31)."""
ALLOWED = dict.fromkeys(("objects", "scenarios", "format_cells", "format_columns", "format_rows", "autofilter"),
                        True)
"""What a locked sheet lets people do besides looking, copying and choosing in cells that are not locked."""
PARTS = {
    "front": Text("In front", "Главные листы"),
    "report": Text("The plan", "План"),
    "input": Text("Inputs as they were used", "Исходные данные, как они использованы"),
    "data": Text("Data for the command verify", "Данные для команды verify"),
}


class Written(NamedTuple):
    """Where a plan stands, and its seal."""

    path: Path
    seal: str


def write_plan(
    path: Path, case: Case, report: Report, inputs: Tables, solution: Solution, claims: Mapping[str, float],
    manifest: Mapping[str, str], lang: Lang = "en", ready: Callable[[], object] | None = None,
) -> Written:
    """Write ``plan.xlsx`` beside its place and move it there when it is complete; where it stands: ``plan.2.xlsx`` and
    so on if an older plan is open in another program. ``ready``: done just before it moves. Raises NotWritten."""
    seals: list[str] = []

    def fill(book: Any) -> None:
        seals.append(_write(Noted(book), case, report, inputs, solution, claims, manifest, lang))

    return Written(write_book(path, PURPOSE, fill, ready), seals[0])


def cells_of_plan(
    case: Case, report: Report, inputs: Tables, solution: Solution, claims: Mapping[str, float],
    manifest: Mapping[str, str], lang: Lang = "en",
) -> Cells:
    """All cells that ``write_plan`` would write, without a file."""
    noted = Noted()
    _write(noted, case, report, inputs, solution, claims, manifest, lang)
    return noted.cells


def _write(
    book: Noted, case: Case, report: Report, inputs: Tables, solution: Solution, claims: Mapping[str, float],
    manifest: Mapping[str, str], lang: Lang,
) -> str:
    """All sheets; the seal that they state."""
    style = Style(book)
    footer = f"{case.settings.title.say(lang)}, {called(inputs, case.scenario).say(lang)}"
    _properties(book, case, lang)
    names = (CONTENTS.name, OVERVIEW.name, *report.tables, *(page.sheet for page in report.partner_pages))
    pages = {page.title.say(lang)[:31]: page for page in front(case, report)}
    sheets = {name: _add(book, name, "front") for name in pages} | {name: _add(book, name, "report") for name in names}
    numbers = numbered(pages, lang)
    for name, shown in pages.items():
        write_front(sheets[name], book, name, shown, style, lang, footer, others=sheets, numbers=numbers[name])
    _contents(sheets[CONTENTS.name], case, report, inputs, pages, style, lang, footer)
    write_summary(sheets[OVERVIEW.name], book, report, style, lang, footer)
    for name, table in report.tables.items():
        write_table(sheets[name], table, style, lang, footer)
    back = [name for name, shown in pages.items() if shown.key == "lenders"]
    for page in report.partner_pages:
        beside = Beside(book, by_year(case, report, page.partner), moved_alone(inputs, case, page.partner))
        write_partner_page(sheets[page.sheet], page, style, lang, footer, [*back, CONTENTS.name], beside)
    for name, given in inputs.sheets.items():
        write_input(_add(book, INPUT_PREFIX + name, "input"), given, style, lang, footer)
    _manifest(_add(book, MANIFEST_OUT.name, "report"), manifest, style, lang, footer)
    for name, rows in data_rows(inputs, case.scenario, lang, solution, claims).items():
        write_data(_hidden(book, name), name, rows, style, lang, footer)
    # After all that it seals.
    seal = seal_rows(book.cells)
    write_data(_hidden(book, SEAL.name), SEAL.name, seal, style, lang, footer)
    _printed_together([sheets[name] for name in pages])
    return seal[0][3]


def _printed_together(front: Sequence[Any]) -> None:
    """What is printed unasked are the selected sheets, so all of the front are selected at the opening; and locked, for
    what is typed into one of several goes into all."""
    for sheet in front:
        sheet.select()
        sheet.protect("", ALLOWED)
    front[0].activate()


def _add(book: Any, name: str, part: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_tab_color(TABS[part])
    return sheet


def _hidden(book: Any, name: str) -> Any:
    """A sheet that the command verify reads and people need not see."""
    sheet = _add(book, name, "data")
    sheet.hide()
    return sheet


def _properties(book: Any, case: Case, lang: Lang) -> None:
    scenario = Text("scenario", "сценарий").say(lang)
    book.set_properties({
        "title": case.settings.title.say(lang), "subject": f"{case.name}, {scenario} {case.scenario}",
        "author": "Jaryq", "category": "plan",
        "comments": OVERVIEW.note.say(lang),
    })
    book.set_calc_mode("auto")


def _contents(sheet: Any, case: Case, report: Report, inputs: Tables, pages: Mapping[str, Front], style: Style,
              lang: Lang, footer: str) -> None:
    """Links to all sheets, in the parts of the workbook."""
    sheet.set_row(0, 22)
    sheet.write_string(0, 0, f"{case.settings.title.say(lang)}: {CONTENTS.text.say(lang).lower()}", style.title())
    sheet.write_string(1, 0, report.subtitle.say(lang), style.note())
    for c, column in enumerate(CONTENTS.columns):
        sheet.write_string(HEADINGS, c, column.text.say(lang), style.head())
        sheet.set_column(c, c, column.width)
    sheet.set_row(HEADINGS, 20)
    listed = [("front", name, page.note.say(lang), "") for name, page in pages.items()]
    listed += [("report", name, RESULT[name].text.say(lang), RESULT[name].note.say(lang))
              for name in (OVERVIEW.name, *report.tables)]
    listed += [("report", page.sheet, page.title.say(lang), HAND_OVER.say(lang)) for page in report.partner_pages]
    for name in inputs.sheets:
        declared = INPUT.get(name)
        listed.append(("input", INPUT_PREFIX + name, declared.text.say(lang) if declared else name,
                       declared.note.say(lang) if declared else ""))
    listed.append(("data", MANIFEST_OUT.name, MANIFEST_OUT.text.say(lang), MANIFEST_OUT.note.say(lang)))
    listed += [("data", data.name, data.text.say(lang), data.note.say(lang)) for data in DATA_SHEETS]
    row, part = FIRST, ""
    printing = PRINTING.say(lang, all=next(iter(numbered(pages, lang).values())).of)
    for kind, name, title, note in listed:
        if kind != part:
            row, part = row + (1 if part else 0), kind
            sheet.write_string(row, 0, PARTS[kind].say(lang), style(bold=True, font_color=HEAD, valign="vcenter"))
            if kind == "front":
                sheet.write_string(row, 1, printing, style.note(text_wrap=True))
            sheet.set_row(row, row_height([(printing, CONTENTS.columns[1].width)]) if kind == "front" else 20)
            row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", style.link(), name)
        said = f"{title}. {note}" if note else title
        sheet.write_string(row, 1, said, style(text_wrap=True))
        sheet.set_row(row, row_height([(said, CONTENTS.columns[1].width)]))
        row += 1
    for page in report.partner_pages:
        if (typed := command(inputs, case, page.partner)) is not None:
            sheet.write_string(row, 1, typed.say(lang), style.note(text_wrap=True))
            sheet.set_row(row, row_height([(typed.say(lang), CONTENTS.columns[1].width)]))
            row += 1
    sheet.freeze_panes(FIRST, 0)
    print_setup(sheet, footer)


def _manifest(sheet: Any, manifest: Mapping[str, str], style: Style, lang: Lang, footer: str) -> None:
    write_head(sheet, style, MANIFEST_OUT.text.say(lang), MANIFEST_OUT.note.say(lang), lang, height=20)
    for c, column in enumerate(MANIFEST_OUT.columns):
        sheet.write_string(HEADINGS, c, column.name, style.head())
        sheet.set_column(c, c, column.width)
    for r, (key, value) in enumerate(manifest.items()):
        put(sheet, FIRST + r, 0, key, style(text_wrap=True))
        put(sheet, FIRST + r, 1, value, style(text_wrap=True))
        sheet.set_row(FIRST + r,
                      row_height([(key, MANIFEST_OUT.columns[0].width), (str(value), MANIFEST_OUT.columns[1].width)]))
    sheet.freeze_panes(FIRST, 1)
    print_setup(sheet, footer)
