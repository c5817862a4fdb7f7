"""How workbooks look: fonts, fills, borders, number formats and the small texts of the input workbook."""

from __future__ import annotations

import datetime
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from model.sheets.spec import Column

FONT = "Calibri"
DARK = "FF1F3A5F"
GREY = "FF6B7280"
TITLE = Font(FONT, size=14, bold=True, color=DARK)
UNIT = Font(FONT, size=9, italic=True, color=GREY)
HEAD = Font(FONT, size=10, bold=True, color="FFFFFFFF")
BODY = Font(FONT, size=10)
LINK = Font(FONT, size=10, underline="single", color="FF1D4ED8")
HEAD_FILL = PatternFill("solid", fgColor=DARK)
KEY_FILL = PatternFill("solid", fgColor="FF2F5D8A")
LINE = Border(bottom=Side("thin", color="FFE5E7EB"))
WRAP = Alignment(vertical="top", wrap_text=True)
TOP = Alignment(vertical="top")
MIDDLE = Alignment(vertical="top", horizontal="center")
LEFT = Alignment(vertical="top", horizontal="left")
RIGHT = Alignment(vertical="top", horizontal="right", indent=1)
RIGHT_WRAP = Alignment(vertical="top", horizontal="right", indent=1, wrap_text=True)

# Fills of conditional formats: Excel takes their background colour.
ESTIMATE = PatternFill("solid", bgColor="FFFFF7DB")
ILLUSTRATIVE = PatternFill("solid", bgColor="FFFDE9DC")
MISSING = PatternFill("solid", bgColor="FFF9C6C6")

FIXED_DAY = datetime.datetime(2026, 1, 1)
_STAMP = (2026, 1, 1, 0, 0, 0)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def when(formula: str, fill: PatternFill, stop: bool = False) -> Rule:
    """A conditional fill."""
    return Rule("expression", dxf=DifferentialStyle(fill=fill), formula=[formula], stopIfTrue=stop or None)


def number_format(column: Column) -> str:
    """The format of a column's cells: by unit; text (so that a key typed 12 stays as it is) for short texts."""
    if column.kind == "text":
        return "@" if column.width < 30 else "General"
    if column.unit_of is not None:
        form = column.unit_of.format
        return "General" if form.endswith("#") else form  # 0.## would show 7 as "7."
    return "0" if column.kind == "integer" else "General"


def titled(title: str, note: str) -> CellRichText:
    """A title with the sheet's note behind it in small grey letters."""
    return CellRichText(
        TextBlock(InlineFont(rFont=FONT, sz=14, b=True, color=Color(DARK)), title),
        TextBlock(InlineFont(rFont=FONT, sz=10, color=Color(GREY)), f"   {note}"),
    )


def printable(sheet: Worksheet, rows: str, columns: str = "", area: str = "", wide: bool = False) -> None:
    """Landscape on A4 (A3 where ``wide``), as wide as one page, headings repeated, page numbers in the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if wide else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = rows
    if columns:
        sheet.print_title_cols = columns
    if area:
        sheet.print_area = area
    sheet.oddFooter.left.text = "&A"  # type: ignore[union-attr]
    sheet.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5


def storable(text: str) -> str:
    """The text without control characters, which a workbook cannot hold, and not longer than a cell."""
    return _CONTROL.sub("", text)[:32767]


def fill_in(cell: Cell, value: object) -> None:
    """Put a value into a cell so that the same value is read back."""
    if isinstance(value, str):
        cell.value = storable(value)
        cell.data_type = "s"  # a text such as "=1" or "#N/A" is neither a formula nor an error
    elif isinstance(value, float) and float(f"{value:.16g}") != value:
        cell._value = repr(value)  # type: ignore[attr-defined]  # openpyxl writes 16 digits of a number; 0.1 + 0.2 has 17
        cell.data_type = "n"
    else:
        cell.value = value  # type: ignore[assignment]


def save(book: Workbook, path: Path) -> None:
    """Write the workbook whole or not at all, with the same bytes for the same content (no clock in them)."""
    book.properties.creator = "Jaryq"
    book.properties.created = FIXED_DAY
    raw, final = BytesIO(), BytesIO()
    book.save(raw)
    stamp = FIXED_DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(final.getvalue())
    os.replace(partial, path)
