"""How case.* and units.* were made: ``python -m tests.workbook.files.make FOLDER`` writes case.xlsx and units.xlsx;
then, of each,

    soffice --headless --convert-to xls case.xlsx
    node -e "const x = require('xlsx'); x.writeFile(x.readFile('case.xlsx', {cellNF: true, cellStyles: true}),
    'case.xlsb')" (npm package xlsx 0.18.5)
"""

import sys
from pathlib import Path

import xlsxwriter

SETTINGS = (("setting", "value"), ("first_year", 2026), ("last_year", 2028), ("discount_rate", 6.5))
FACILITIES = (("facility", "name", "owner", "cost", "note"), ("F1", "Котельная", "Astana", 12.5, "7/0"),
              ("F2", "Substation", None, 7, None), ("F3", "ЖЭО", "x", 1e-7, None))


def write(path: Path) -> None:
    """Headings in row 3; owner merged over F1 and F2, F3 hidden, an error in the remark of F1, its cost the result of a
    formula, keep in a percent format."""
    with xlsxwriter.Workbook(path) as book:
        percent = book.add_format({"num_format": "0%"})
        for name, rows in (("settings", SETTINGS), ("facilities", FACILITIES)):
            page = book.add_worksheet(name)
            for number, row in enumerate(rows, 2):
                page.write_row(number, 0, row)
            if name == "facilities":
                page.write_formula("D4", "=10+2.5", None, 12.5)
                page.write_formula("E4", "=7/0", None, "#DIV/0!")
                page.merge_range("C4:C5", "Astana")
                page.set_row(5, None, None, {"hidden": True})
        page = book.add_worksheet("sources")
        page.write_row(2, 0, ("source_id", "name", "kind", "keep"))
        page.write_row(3, 0, ("S1", "Budget", "budget"))
        page.write(3, 3, 0.5, percent)
        page = book.add_worksheet("source_years")
        page.write_row(2, 0, ("source_id", 2026, 2027, 2028))
        page.write_row(3, 0, ("S1", 10, 10, 0))
        book.add_worksheet("#notes").write(0, 0, "mine")


def write_units(path: Path) -> None:
    """Formats with a unit: $ and KZT beside costs in bn KZT, years beside months; F3 struck out."""
    with xlsxwriter.Workbook(path) as book:
        dollars, tenge, years, struck = (book.add_format(form) for form in (
            {"num_format": "[$$-409]#,##0.00"}, {"num_format": '0.0 "₸"'}, {"num_format": '0" лет"'},
            {"font_strikeout": True}))
        page = book.add_worksheet("settings")
        for number, row in enumerate(SETTINGS, 2):
            page.write_row(number, 0, row)
        page = book.add_worksheet("facilities")
        page.write_row(2, 0, ("facility", "cost", "works_months"))
        page.write_row(3, 0, ("F1",))
        page.write(3, 1, 5, dollars)
        page.write(3, 2, 24, years)
        page.write_row(4, 0, ("F2", 5.0))
        page.write(4, 1, 5, tenge)
        page.write_row(5, 0, ("F3", 5.5), struck)
        page = book.add_worksheet("sources")
        page.write_row(2, 0, ("source_id", "kind"))
        page.write_row(3, 0, ("S1", "budget"))
        page = book.add_worksheet("source_years")
        page.write_row(2, 0, ("source_id", 2026, 2027, 2028))
        page.write_row(3, 0, ("S1", 10, 10, 0))


if __name__ == "__main__":
    write(Path(sys.argv[1]) / "case.xlsx")
    write_units(Path(sys.argv[1]) / "units.xlsx")
