"""How the input workbook looks: fonts, fills, borders, number formats, print set-up; and how it is saved.

The colours are those of the plan workbook.
"""

from __future__ import annotations

import datetime
import math
import re
import zipfile
from collections.abc import Mapping
from copy import copy
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES, Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from jaryq.base.places import write_whole
from jaryq.sheets.spec import Column
from jaryq.tables.values import Rejected, Stated, hundredfold
from jaryq.workbook import plan_style
from jaryq.workbook.in_order import in_order


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")


FONT = plan_style.FONT
INK, MUTED, RULE, DARK = (_argb(colour)
                          for colour in (plan_style.INK, plan_style.MUTED, plan_style.LINE, plan_style.HEAD))
STRONG_GREY, RED, VIOLET, DEEP = "FF5C6870", _argb(plan_style.BAD), "FF5B3A8C", "FF1C3D4F"

BODY = Font(FONT, size=10, color=INK)
SMALL = Font(FONT, size=9, color=INK)
GREY = Font(FONT, size=9, italic=True, color=STRONG_GREY)
HEAD = Font(FONT, size=10, bold=True, color="FFFFFFFF")
LINK = Font(FONT, size=10, underline="single", color="FF1F5FA8")
SMALL_LINK = Font(FONT, size=9, underline="single", color="FF1F5FA8")
HEAD_FILL = PatternFill("solid", fgColor=DARK)
KEY_FILL = PatternFill("solid", fgColor=DEEP)
BAND_FILL = PatternFill("solid", fgColor=_argb(plan_style.BAND))
GROUP_HEAD = Font(FONT, size=10, bold=True, color="FFFFFFFF")
GROUP_FILLS: tuple[tuple[PatternFill, PatternFill], ...] = tuple(
    (PatternFill("solid", fgColor=f"FF{strong}"), PatternFill("solid", fgColor=f"FF{pale}")) for strong, pale in (
        ("5A7F94", "DDE9EF"), ("4F8577", "DCEDE7"), ("6E8B4A", "E7EFDB"), ("A06A4C", "F2E6DE"), ("6A6F9E", "E5E6F2"),
        ("7D868C", "ECEEEF")))
"""Colours of groups of columns (model/jaryq/sheets/groups.py): above the titles, and behind them."""
LINE = Border(bottom=Side("thin", color=RULE))
SIDES = Border(left=Side("thin", color="FFFFFFFF"), right=Side("thin", color="FFFFFFFF"))
EDGE = Border(left=Side("thick", color="FFFFFFFF"))
WRAP = Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)
TOP = Alignment(vertical="top", horizontal="left", indent=1)
CENTRE = Alignment(vertical="center", horizontal="left", indent=1, wrap_text=True)
LEVEL = Alignment(vertical="center")
SAID = Alignment(vertical="center", horizontal="left", indent=1)
UNDER = Alignment(vertical="bottom", horizontal="left", indent=1, wrap_text=True)
UNDER_RIGHT = Alignment(vertical="bottom", horizontal="right", wrap_text=True)
MIDDLE = Alignment(vertical="top", horizontal="center")
RIGHT = Alignment(vertical="top", horizontal="right")


def tint(fill: str, ink: str = "", bold: bool = False, italic: bool = False) -> DifferentialStyle:
    """What a conditional format changes. Excel takes the background colour of its fill."""
    font = Font(color=ink or None, bold=bold or None, italic=italic or None) if ink or bold or italic else None
    return DifferentialStyle(font=font, fill=PatternFill("solid", bgColor=fill))


ESTIMATE = tint(_argb(plan_style.ESTIMATE))
ILLUSTRATIVE = tint("FFFBE3D3", italic=True)
MISSING = tint("FFF7C6C0")
WRONG = tint("FFF7C6C0", ink="FF9B1C12", bold=True)
SUSPICIOUS = tint("FFE6DCF3", ink=VIOLET)

FIXED_DAY = datetime.datetime(2026, 1, 1)
_STAMP = (2026, 1, 1, 0, 0, 0)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


_Looks = dict[tuple[object, ...], tuple[StyleArray, Mapping[str, object]]]
_LOOKS: WeakKeyDictionary[Workbook, _Looks] = WeakKeyDictionary()


def dress(cell: object, **look: object) -> None:
    """Give a cell its look (``font``, ``fill``, ``alignment``, ``border``, ``number_format``), in that order, over what
    it has. A look that a workbook has seen is copied: openpyxl reads all of a font anew for each cell it is given
    to."""
    assert isinstance(cell, Cell | MergedCell)
    book = cell.parent.parent
    assert book is not None
    known = _LOOKS.setdefault(book, {})
    had = bytes(cell._style or b"")  # type: ignore[union-attr]
    seen = (had, *((name, id(value)) for name, value in look.items()))
    if seen not in known:
        for name, value in look.items():
            setattr(cell, name, value)
        known[seen] = (copy(cell._style), look)  # type: ignore[union-attr]
    else:
        cell._style = copy(known[seen][0])  # type: ignore[union-attr]


def when(formula: str, look: DifferentialStyle, stop: bool = True) -> Rule:
    """A conditional format; those that come later are left out where it holds."""
    return Rule("expression", dxf=look, formula=[formula], stopIfTrue=stop or None)


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
        TextBlock(InlineFont(rFont=FONT, sz=10, color=Color(STRONG_GREY)), f"   {note}"),
    )


def above(title: str, unit: str, required: bool) -> CellRichText:
    """What stands above a heading: the column's title, a red star where it is required, the unit on a line of its
    own."""
    parts = [TextBlock(InlineFont(rFont=FONT, sz=9, b=True, color=Color(DARK)), title)]
    if required:
        parts.append(TextBlock(InlineFont(rFont=FONT, sz=9, b=True, color=Color(RED)), " *"))
    if unit:
        parts.append(TextBlock(InlineFont(rFont=FONT, sz=9, i=True, color=Color(STRONG_GREY)), f"\n{unit}"))
    return CellRichText(*parts)


def printable(sheet: Worksheet, rows: str, columns: str = "", area: str = "", width: float = 0.0,
              tall: int = 0) -> None:
    """Landscape with the headings repeated and page numbers in the foot; as many pages beside each other as ``width``
    (letters) needs, at most ``tall`` beneath each other (0: as many as needed).

    A4 holds 190 letters at a size that can be read, A3 holds 310.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if width > A4 else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = max(1, math.ceil(width / A3))
    sheet.page_setup.fitToHeight = tall
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = rows
    if columns:
        sheet.print_title_cols = columns
    if area:
        sheet.print_area = area
    sheet.oddFooter.left.text = "&8&A"  # type: ignore[union-attr]
    sheet.oddFooter.right.text = "&8&P / &N"  # type: ignore[union-attr]
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5


A4, A3 = 190, 310
"""Letters of width that a page holds at a size that can be read."""


def storable(text: str) -> str:
    """The text without control characters, which a workbook cannot hold, and not longer than a cell."""
    return _CONTROL.sub("", text)[:32767]


def hundredth(value: float) -> float:
    """``value`` over 100 without the noise of binary fractions: 7.0 -> 0.07."""
    return float(Decimal(repr(float(value))).scaleb(-2))


def fill_in(cell: Cell, value: object) -> None:
    """Put a value into a cell so that the same value is read back."""
    if isinstance(value, Rejected) and value in ERROR_CODES:
        cell.value = str(value)  # the error itself, not a text that looks like one
        cell.data_type = "e"
    elif isinstance(value, Stated) and hundredfold(hundredth(value)) == value:
        cell.value = hundredth(value)
        cell.number_format = "0.######%"
    elif isinstance(value, str):
        cell.value = storable(value)
        cell.data_type = "s"  # a text such as "=1" or "#N/A" is neither a formula nor an error
    elif isinstance(value, float) and float(f"{value:.16g}") != value:
        # openpyxl writes 16 digits of a number; 0.1 + 0.2 has 17.
        cell._value = repr(value)  # type: ignore[attr-defined]
        cell.data_type = "n"
    else:
        cell.value = value  # type: ignore[assignment]


def save(book: Workbook, path: Path, stored: Mapping[str, Mapping[str, int]] | None = None) -> None:
    """Write the workbook whole or not at all, with the same bytes for the same content (no clock in them).

    ``stored``: values of formulas by sheet and cell, for programs that show a workbook without calculating it; openpyxl
    stores none.
    """
    parts = {f"xl/worksheets/sheet{1 + book.sheetnames.index(sheet)}.xml": values
             for sheet, values in (stored or {}).items()}
    book.properties.creator = "Jaryq"
    book.properties.created = FIXED_DAY
    raw, final = BytesIO(), BytesIO()
    book.save(raw)
    stamp = FIXED_DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = in_order(source.read(name)) if name.startswith("xl/") else source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            for cell, value in parts.get(name, {}).items():
                data = re.sub(rb'(<c r="%b"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?' % cell.encode(),
                              rb"\g<1><v>%d</v>" % value, data)
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    write_whole(path, lambda draft: draft.write_bytes(final.getvalue()))
