"""Looks of a plan workbook: colours, fonts, number formats by unit and size, widths, print set-up. No data here."""

from __future__ import annotations

import math
import textwrap
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from jaryq.base.home import BILLION, HOME_CURRENCY, MILLION

INK, MUTED, LINE = "#1F2A33", "#8A949C", "#C9D1D6"
HEAD, HEAD_INK, BAND, TOTAL = "#2F5D73", "#FFFFFF", "#EAF0F3", "#F1F4F6"
ESTIMATE, BAD, GOOD = "#FFF6DD", "#A3261B", "#2E6B3C"
TABS = {"front": "#8E2F28", "report": "#2F5D73", "input": "#C9A227", "data": "#A8B0B6"}
PALETTE = ("#2F5D73", "#D98E32", "#6E9B7B", "#B5524A", "#7C6A9C", "#C9B458", "#5AA0B8", "#8C8C8C", "#5E3B1C", "#445E93",
           "#DDA3B2", "#3F7F6E")
FONT = "Calibri"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""Options of an XlsxWriter book: a text stays a text, and parts are packed in memory, so that a run that is stopped
leaves no temporary files."""

NONE = '"–"'
"""Format of what is nothing."""


class Numbers(NamedTuple):
    """Numbers of printed pages that stand together: that of the first of a sheet, and how many there are in all."""

    first: int
    of: int


class Style:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._asked: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        """The format with these XlsxWriter properties on top of the common ones."""
        asked = tuple(properties.items())
        if (made := self._asked.get(asked)) is None:
            made = self._asked[asked] = self._format(properties)
        return made

    def _format(self, properties: dict[str, Any]) -> Any:
        wanted = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", **properties}
        if wanted.get("indent"):
            wanted.setdefault("align", "left")  # without it Excel ignores the indent
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def title(self) -> Any:
        return self(bold=True, font_size=14, font_color=HEAD, valign="vcenter")

    def note(self, **properties: Any) -> Any:
        return self(font_color=MUTED, italic=True, **properties)

    def head(self, **properties: Any) -> Any:
        return self(bold=True, bg_color=HEAD, font_color=HEAD_INK, text_wrap=True, valign="vcenter", border=1,
                    border_color=LINE, **properties)

    def unit(self) -> Any:
        return self(font_color=MUTED, font_size=8, align="center", text_wrap=True)

    def link(self) -> Any:
        return self(font_color="#1F5FA8", underline=1)


def places(size: float) -> int:
    """Decimals of an amount: 1 from a hundred on, 2 from one on, else 3."""
    return 1 if size >= 100 else 2 if size >= 1 else 3


def amount(decimals: int) -> str:
    """Number format with thousands, negative numbers in red, nothing as a dash."""
    body = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{body};[Red]-{body};"–"'


def number_format(unit: str, values: Iterable[object]) -> str:
    """Format of a column of numbers by its unit and the largest of its values."""
    values = list(values)
    size = max((abs(v) for v in values if isinstance(v, (int, float)) and math.isfinite(v)), default=0.0)
    if unit in (BILLION, MILLION):
        return amount(places(size))
    if unit in ("crew-years", "score", "failures/year"):
        return amount(2 if size < 1000 else 1)
    if unit == "km":
        return amount(1)
    if unit == "%":
        return amount(1)
    if unit == "share":
        return amount(3)
    if unit == "months":
        return amount(0) if _whole(values) else amount(1)
    if unit == "facilities":
        return amount(0) if _whole(values) else amount(2)
    if unit == f"{HOME_CURRENCY}/unit":
        return amount(4 if size < 10 else 2)
    if unit == "year":
        return "0"
    # Persons, a sum per head: what is read without a mark of thousands up to 999 is not from there on.
    return amount(0 if _whole(values) else 1) if unit and size >= 1000 else "General"


def free_format(value: float) -> str:
    """Format of a single number whose unit stands beside it."""
    if not math.isfinite(value):
        return "General"
    if value == 0.0:
        return "0"
    if abs(value - round(value)) < 1e-9 * max(1.0, abs(value)):
        return amount(0)
    size = abs(value)
    return amount(places(size)) if size >= 0.01 else amount(6) if size >= 1e-5 else "0.0E+00"


def _whole(values: Iterable[object]) -> bool:
    return all(float(v).is_integer() for v in values if isinstance(v, (int, float)))


def shown_length(value: float, form: str) -> int:
    """About how many letters a number takes in a format."""
    if form in (NONE, "0.0E+00"):
        return 8
    if form == "General":
        return min(len(f"{value:.10g}"), 12)
    decimals = form.split(";")[0].partition(".")[2].count("0")
    return len(f"{abs(value):,.{decimals}f}") + (1 if value < 0 else 0)


def longest_word(text: str) -> int:
    """Length of the longest piece that cannot be broken at a space."""
    return max((len(word) for word in text.split()), default=0)


def row_height(cells: Iterable[tuple[str, float]], line: float = 13.0) -> float:
    """Height of a row (points) in which every text is seen whole: (text, column width in letters). Nothing is left to
    the program that opens the file: LibreOffice does not grow rows by itself."""
    most = 1
    for text, width in cells:
        room = max(int(width * (0.6 if _full(text) else 1.08 if _wide(text) else 1.2) - 1.5), 4)
        if len(text) > room or "\n" in text:
            most = max(most, _lines(text, room))
    return min(line * most + 1.5, 409.0)


@lru_cache(maxsize=10_000)
def _lines(text: str, room: int) -> int:
    """Lines that a text takes; the same words stand in many rows and in columns of one width."""
    return sum(max(1, len(textwrap.wrap(part, room))) for part in text.split("\n"))


def _wide(text: str) -> bool:
    """Whether a text has letters wider than Latin ones (Cyrillic); signs such as an arrow or a dash are none."""
    return not text.isascii() and any(mark > "\u024f" and mark.isalpha() for mark in text)


def _full(text: str) -> bool:
    """Whether a text is mostly in letters as wide as two (Japanese)."""
    return not text.isascii() and 2 * sum(unicodedata.east_asian_width(mark) in "WF" for mark in text) > len(text)


def print_setup(sheet: Any, footer: str, last_head_row: int | None = 2, portrait: bool = False,
                letters: float = 0.0) -> None:
    """A4 (A3 from 190 letters of width on), one page wide, heading rows on every page, footer with the case, the sheet
    and the page."""
    sheet.set_paper(8 if letters > 190 else 9)
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    if last_head_row is not None:
        sheet.repeat_rows(0, last_head_row)
    sheet.set_footer(footer_of(footer))


def print_front(sheet: Any, row: int, column: int, high: int) -> None:
    """A4 landscape, all up to this row and column on one page in width and as many in height (0: as it comes)."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_area(0, 0, row, column)
    sheet.fit_to_pages(1, high)


def footer_of(text: str, numbers: Numbers | None = None, *, long: bool = False, name: str = "") -> str:
    """The case, the sheet and the number of the page among all that are printed, or among those that stand together,
    whatever else is printed with them; ``long``: the sheet has several; ``name``: what is said in place of the name of
    the sheet."""
    plain = text.replace("&", "&&")[:120]
    counted = "&P / &N" if numbers is None else f"{'&P' if long else numbers.first} / {numbers.of}"
    called = name.replace("&", "&&") or "&A"
    return f"&L&8{plain}&C&8{called}&R&8 {counted}"
