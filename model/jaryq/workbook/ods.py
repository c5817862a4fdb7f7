"""A streaming pass over an .ods workbook (LibreOffice) for what calamine does not tell, like :mod:`jaryq.workbook.scan`
for .xlsx."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from itertools import islice
from xml.parsers import expat

from jaryq.workbook.beside_ods import BesideOds, count_of
from jaryq.workbook.marks import MOST_MARKS, Marks, Runs
from jaryq.workbook.package import MOST_SHEETS, Unreadable, local, parse, refuse_unsafe, too_many_sheets

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_LAST_ROW = 1 << 24
_LAST_COLUMN = 1 << 16


class OdsScan:
    """The sheets of an open .ods workbook, in order, with the marks of each: all stand in one part, which is passed
    over once."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        refuse_unsafe(archive)
        names = archive.namelist()
        if "META-INF/manifest.xml" in names:
            parse(archive, "META-INF/manifest.xml", _refuse_encrypted)
        struck = Struck()
        if "styles.xml" in names:
            parse(archive, "styles.xml", struck.start)
        one = _Pass(struck)
        parse(archive, "content.xml", one.start, one.attach)
        self.sheets: dict[str, Marks] = one.sheets
        beside = BesideOds(archive)
        for name, marks in self.sheets.items():
            marks.units, marks.parts = beside.of(name).units, beside.of(name).parts
            for column, rows in beside.of(name).struck.items():
                marks.struck[column] = marks.struck[column].with_all(rows) if column in marks.struck else rows
        self.hidden = {name for name, marks in one.sheets.items() if marks.hidden}
        self.others: list[str] = []
        if not self.sheets:
            raise Unreadable("it has no sheets", "в нём нет листов")

    def sheet(self, name: str) -> Marks:
        """Marks of one sheet. Raises Unreadable where it would fill the memory."""
        self.sheets[name].refuse_too_large(name)
        return self.sheets[name]


def _refuse_encrypted(tag: str, _: dict[str, str]) -> None:
    if local(tag) == "encryption-data":
        raise Unreadable("it is protected by a password", "защищён паролем", "protected_file")


class Struck:
    """Styles of cells that strike out, their own way or that of the style they come from."""

    def __init__(self) -> None:
        self._own: dict[str, bool] = {}
        self._parent: dict[str, str] = {}
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "style":
            self._style = _get(attributes, "name") if _get(attributes, "family") == "table-cell" else ""
            self._parent[self._style] = _get(attributes, "parent-style-name")
        elif name == "text-properties" and self._style and (line := _get(attributes, "text-line-through-style")
                                                            or _get(attributes, "text-line-through-type")):
            self._own[self._style] = line != "none"

    def __contains__(self, style: object) -> bool:
        for _ in range(len(self._parent) + 1):
            if not isinstance(style, str) or not style:
                return False
            if style in self._own:
                return self._own[style]
            style = self._parent.get(style)
        return False


class _Pass:
    """Handlers of ``content.xml``. Rows and cells say how often they repeat."""

    def __init__(self, struck: Struck) -> None:
        self._struck = struck
        self._strikes: dict[str, bool] = {}
        self._of_columns = Runs()
        self.sheets: dict[str, Marks] = {}
        self._marks: Marks | None = None
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row = self._rows = self._column = self._columns = self._width = 0
        self._inside = self._deep = 0
        self._text: str | None = None
        self._error = False
        self._letters = 0

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if self._marks is None:
            self._before(tag, name, attributes)
        elif name in ("table-cell", "covered-table-cell") and not self._inside:
            self._cell(name, attributes, self._marks)
        elif name == "p" and self._inside:
            self._text = ""
        elif name == "table":
            self._deep += 1  # a table within a cell
        elif self._deep:
            return
        elif name == "table-row":
            self._row += self._rows
            self._rows = _count(attributes, "number-rows-repeated", _LAST_ROW)
            self._column = self._columns = 0
            if _get(attributes, "visibility") in ("collapse", "filter"):
                self._marks.hidden_rows.add(self._row, self._row + self._rows - 1)
        elif name == "table-column":
            wide = _count(attributes, "number-columns-repeated", _LAST_COLUMN)
            if _get(attributes, "visibility") in ("collapse", "filter"):
                self._marks.hidden_columns.add(self._width + 1, self._width + wide)
            if self._is_struck(_get(attributes, "default-cell-style-name")):
                self._of_columns.add(self._width + 1, self._width + wide)
            self._width += wide

    def _before(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        """Styles that hide a sheet, and the beginning of a sheet."""
        self._struck.start(tag, attributes)
        if name == "style":
            self._style = _get(attributes, "name")
        elif name == "table-properties" and _get(attributes, "display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table":
            title = _get(attributes, "name")
            if len(self.sheets) >= MOST_SHEETS:
                raise too_many_sheets()
            if title in self.sheets:
                raise Unreadable("it has two sheets of one name", "в нём два листа с одним именем")
            self._marks = self.sheets[title] = Marks(hidden=_get(attributes, "style-name") in self._hidden_styles)
            self._row, self._rows, self._width = 0, 1, 0
            self._of_columns = Runs()

    def _cell(self, name: str, attributes: dict[str, str], marks: Marks) -> None:
        self._inside = 1
        self._column += self._columns or 1
        self._columns = 1
        self._error = False
        if not attributes:
            return
        said = {_local(key): value for key, value in attributes.items()}
        self._columns = count_of(said, "number-columns-repeated", _LAST_COLUMN)
        kind, formula = said.get("value-type", ""), said.get("formula")
        if not kind and formula is None and "number-columns-spanned" not in said:
            return
        self._error = any(value == "error" and key.startswith("calcext") for key, value in attributes.items())
        rows, columns = self._row + self._rows - 1, self._column + self._columns - 1
        if kind or formula is not None:
            marks.rows, marks.columns = max(marks.rows, rows), max(marks.columns, columns)
            self._letters = 0
        if said.get("value-type") == "percentage":
            for column in range(self._column, columns + 1):
                marks.percent.setdefault(column, Runs()).add(self._row, rows)
        style = said.get("style-name", "")
        for column in range(self._column, columns + 1) if kind and (style or self._of_columns) else ():
            if self._is_struck(style) if style else column in self._of_columns:
                marks.struck.setdefault(column, Runs()).add(self._row, rows)
        if formula is not None and not kind:
            marks.no_value += self._each(MOST_MARKS + 1 - len(marks.no_value))
        if formula is not None and "'file:" in formula:
            marks.external += self._each(MOST_MARKS - len(marks.external))
        down, right = count_of(said, "number-rows-spanned", _LAST_ROW), count_of(said, "number-columns-spanned",
                                                                               _LAST_COLUMN)
        if name == "table-cell" and down * right > 1:
            marks.merged.append((self._row, self._column, self._row + down - 1, self._column + right - 1))

    def _is_struck(self, style: str) -> bool:
        if style not in self._strikes:
            self._strikes[style] = style in self._struck
        return self._strikes[style]

    def _each(self, most: int) -> list[tuple[int, int]]:
        """The cells that the present one stands for, at most so many."""
        cells = ((row, column) for row in range(self._row, self._row + self._rows)
                 for column in range(self._column, self._column + self._columns))
        return list(islice(cells, max(most, 0)))

    def text(self, data: str) -> None:
        self._letters += len(data)
        if self._text is not None and self._error:
            self._text = (self._text + data)[:40]

    def end(self, tag: str) -> None:
        if self._marks is None:
            return
        name = _local(tag)
        if name == "p":
            return
        if name == "table":
            if self._deep:
                self._deep -= 1
            else:
                self._marks = None
        elif not self._deep and (name == "table-cell" or name == "covered-table-cell"):
            # A text that repeats over rows and columns is unpacked as often.
            if self._letters and self._rows * self._columns > 1:
                self._marks.texts += self._letters * self._rows * self._columns
            self._letters = 0
            if self._error:
                self._marks.errors |= dict.fromkeys(self._each(MOST_MARKS + 1 - len(self._marks.errors)),
                                                    self._text or "#VALUE!")
            self._inside, self._text, self._error = 0, None, False


@lru_cache(maxsize=10_000)
def _local(tag: str) -> str:
    return local(tag)


def _get(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if _local(key) == name), "")


def _count(attributes: dict[str, str], name: str, most: int) -> int:
    """How often something repeats or spans; 1 where it does not say. Raises ValueError for what is no number."""
    return count_of({name: _get(attributes, name)}, name, most)
