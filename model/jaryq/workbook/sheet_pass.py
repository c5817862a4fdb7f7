"""The pass over the XML of one sheet of an .xlsx workbook: handlers for the parser, which fill in the sheet's Marks."""

from __future__ import annotations

import re
from collections.abc import Container
from xml.parsers import expat

from jaryq.tables.tables import letters
from jaryq.workbook.beside import LONGEST_APART, sets_apart
from jaryq.workbook.formats import Formats
from jaryq.workbook.marks import MOST_MARKS, Marks, Runs, area_of, place_of
from jaryq.workbook.package import local
from jaryq.workbook.plain_rows import PlainRows

_EXTERNAL = re.compile(r"\[\d+\]")
_BLANK_CELL = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")?/>(?=<c r="|</row>)')
MOST_MERGED = 10_000


def without_blanks(chunk: bytes) -> bytes:
    """XML without cells that hold a format only: a sheet may have ten million of them."""
    return _BLANK_CELL.sub(b"", chunk) if chunk.count(b"/><c r=") > 100 else chunk


class SheetPass:
    """Handlers of one sheet's XML. Texts and ends of elements are looked at only inside cells with a formula or an
    error.

    A formula's value counts as absent where nothing is stored, and, in a workbook that was never calculated, also where
    0 is stored (some writers store 0 for what they cannot calculate). ``true_errors``: see
    :func:`jaryq.workbook.rich.true_errors`.
    """

    def __init__(self, formats: Formats, never_calculated: bool, linked: bool,
                 true_errors: Container[str] = frozenset()) -> None:
        self.marks = Marks()
        self._formats = formats
        self._telling = formats.percent | formats.padded.keys() | formats.scaled.keys() | formats.struck
        self._plain = PlainRows(self.marks, self._telling)
        self._inline = self._apart = False
        self._tail = b""
        self._never_calculated = never_calculated
        self._linked = linked
        self._true_errors = true_errors
        self._picture = False
        self._parser: expat.XMLParserType | None = None
        self._columns: dict[str, int] = {}
        self._row = self._cell_row = self._column = 0
        self._row_text = "0"
        self._place = ""
        self._kind = self._style = ""
        self._formula = False
        self._said: str | None = None
        self._stored: str | None = None

    def attach(self, parser: expat.XMLParserType) -> None:
        self._parser = parser

    def thin(self, chunk: bytes) -> bytes:
        """A piece without what tells nothing more."""
        thinned = without_blanks(self._plain.thin(chunk))
        seen = self._tail + thinned
        self._inline = self._inline or b"<is" in seen
        self._apart = self._apart or sets_apart(seen)
        self._tail = thinned[-LONGEST_APART:]
        return thinned

    @property
    def inline(self) -> bool:
        """Whether texts that stand in the cells themselves may have pieces that look unlike the rest."""
        return self._inline and self._apart

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called a few million times on a large sheet, so the two frequent elements come first and call nothing."""
        name = tag if ":" not in tag else local(tag)
        if name == "v" or name == "is":
            self._stored = ""
            self._said = None
            cell, row = self._place, self._row
            column = self._columns.get(cell[: -len(self._row_text)], 0) if cell.endswith(self._row_text) else 0
            if not column:
                self._locate()
                row, column = self._cell_row, self._column
            marks = self.marks
            if row > marks.rows:
                marks.rows = row
            if column > marks.columns:
                marks.columns = column
            if self._kind == "s":
                marks.texts += 1
            if self._style in self._telling:
                self._format(row, column)
        elif name == "c":
            place = attributes.get("r")
            if place is None:
                self._locate()
                place = letters(self._column + 1) + self._row_text
            self._place = place
            self._kind = attributes.get("t", "")
            self._style = attributes.get("s", "")
            self._formula = False
            self._stored = self._said = None
            if self._kind == "e":
                self._picture = attributes.get("vm", "0") not in self._true_errors and "vm" in attributes
                self._watch(True)
        elif name == "f":
            self._formula = True
            self._said = ""
            self._watch(True)
        else:
            self._other(name, attributes)

    def _format(self, row: int, column: int) -> None:
        """A number that is shown as another one, a value that is struck out."""
        marks, formats, style = self.marks, self._formats, self._style
        if style in formats.struck:
            marks.struck.setdefault(column, Runs()).add(row)
        if style in formats.percent:
            marks.percent.setdefault(column, Runs()).add(row)
        elif style in formats.padded and len(marks.padded) < MOST_MARKS:
            marks.padded[row, column] = formats.padded[style]
        elif style in formats.scaled and len(marks.scaled) < MOST_MARKS:
            marks.scaled[row, column] = formats.scaled[style]

    def _other(self, name: str, attributes: dict[str, str]) -> None:
        """The beginning of a row, columns that are hidden, and areas that are merged."""
        marks = self.marks
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._row_text = str(self._row)
            self._place = ""
            if attributes.get("hidden") in ("1", "true"):
                marks.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in ("1", "true") and attributes.get("outlineLevel", "0") == "0":
            # else folded, with a button
            marks.hidden_columns.add(int(attributes.get("min", "0")), int(attributes.get("max", "0")))
        elif name == "mergeCell" and len(marks.merged) <= MOST_MERGED:
            marks.merged.append(area_of(attributes.get("ref", "")))

    def _locate(self) -> None:
        """Row and column of the present cell; a cell may contradict its row, and calamine believes the cell."""
        place, row = self._place, self._row_text
        column = self._columns.get(place[: -len(row)]) if place.endswith(row) else None
        if column is not None:
            self._cell_row, self._column = self._row, column
        elif place:
            self._cell_row, self._column = place_of(place)
            self._columns[place.rstrip("0123456789")] = self._column
        else:
            self._cell_row, self._column = self._row, 0

    def _watch(self, on: bool) -> None:
        if self._parser is not None:
            self._parser.EndElementHandler = self._end if on else None
            self._parser.CharacterDataHandler = self._text if on else None

    def _text(self, data: str) -> None:
        if self._stored is not None:
            self._stored += data
        elif self._linked and self._said is not None:
            self._said += data

    def _end(self, tag: str) -> None:
        self._locate()
        if local(tag) == "f" and self._said and _EXTERNAL.search(self._said) and len(self.marks.external) < MOST_MARKS:
            self.marks.external.append((self._cell_row, self._column))
        if local(tag) != "c":
            return
        stored = None if self._stored is None else self._stored.strip()
        if self._kind == "e" and self._picture:
            if len(self.marks.pictures) <= MOST_MARKS:
                self.marks.pictures.append((self._cell_row, self._column))
        elif self._kind == "e":
            if len(self.marks.errors) <= MOST_MARKS:
                self.marks.errors[self._cell_row, self._column] = stored or "#VALUE!"
        elif self._formula and self._missing(stored) and len(self.marks.no_value) <= MOST_MARKS:
            self.marks.no_value.append((self._cell_row, self._column))
        self._watch(False)

    def _missing(self, stored: str | None) -> bool:
        if self._kind == "str":
            return stored is None
        return not stored or (self._never_calculated and stored == "0")
