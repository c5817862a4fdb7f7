"""A small national case, kept beside these tests as CSV files: what the shipped case was for two regions before its
networks were those of the whole need. It does not follow the shipped case; columns and sheets declared since then are
blank in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.read import read
from tests.damage.book import Book

BASE = Path(__file__).parent / "base"
SCENARIOS = ("no_japan", "sea_route_late")


@cache
def small(scenarios: bool = False) -> Book:
    """Copy it before damaging it. Each scenario is checked like an input of its own, so only cases about them have
    some."""
    with TemporaryDirectory() as folder:
        write_inputs(read(BASE)[0], path := Path(folder) / "case.xlsx")
        book = Book(path)
    for name in ("#dictionary", "#lists"):
        page = book.page(name)
        data = page.find("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheetData")
        for line in list(data):
            if int(line.get("r")) > 9:
                data.remove(line)
    book.drop("scenarios", lambda row: row["scenario"] == "base" or (scenarios and row["scenario"] in SCENARIOS))
    book.drop("scenario_changes", lambda row: scenarios and row["scenario"] in SCENARIOS)
    for sheet in book.known():
        if not sheet.startswith("#"):
            book.where(sheet)
    return book.settle()


def rows(book: Book, sheet: str) -> list[dict]:
    """The rows of a sheet by heading."""
    headings = {letters: name for name, letters in book.where(sheet)[1].items()}
    return [{headings[letters]: value for letters, value in cells.items() if letters in headings}
            for row, cells in book.values(sheet).items() if row > 3 and cells]
