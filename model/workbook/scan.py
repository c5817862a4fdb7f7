"""What calamine does not tell: a streaming pass over a workbook's XML for errors, formulas without value and percent formats.

Constant memory but for the cells it reports; a file with a DTD, or one that unpacks to more than it should, is refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from model.base.text import Text

LARGEST = 1 << 30
"""Bytes all XML parts of a workbook may unpack to (a sheet of 500,000 rows by 12 columns has about 250 MB)."""

MOST_CELLS = 40_000_000
"""Cells of the rectangle a sheet's values span: calamine holds all of it, so one stray value far away would fill the memory."""

_PERCENT_BUILTIN = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CHUNK = 1 << 18
Start = Callable[[str, dict[str, str]], None]


class Unreadable(Exception):
    """The file is not a workbook that can be read; ``detail`` says why, in the user's language."""

    def __init__(self, en: str, ru: str) -> None:
        super().__init__(en)
        self.detail = Text(en, ru)


@dataclass
class Marks:
    """What was found on one sheet; cells as (row number, column number), both from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    no_value: list[tuple[int, int]] = field(default_factory=list)
    percent: dict[int, set[int]] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def local(tag: str) -> str:
    """An element's name without its prefix."""
    return tag.rpartition(":")[2]


def parse(archive: zipfile.ZipFile, part: str, start: Start, attach: Callable[[expat.XMLParserType], None] | None = None) -> None:
    """Stream one XML part through ``start``; ``attach`` gets the parser, to set other handlers when they are needed.

    Raises Unreadable where the part is absent, damaged or has a DTD.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_dtd
    if attach is not None:
        attach(parser)
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except KeyError:
        raise Unreadable(f"its part {part} is missing", f"нет части {part}") from None
    except expat.ExpatError:
        raise Unreadable(f"its part {part} is damaged", f"часть {part} повреждена") from None


def _refuse_dtd(*_: object) -> None:
    raise Unreadable("it contains a document type definition, which no workbook needs", "в нём есть определение типа документа, ненужное книге")


class Scan:
    """The parts of an open workbook: its sheets by name, which styles are percent, and the pass over one sheet."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._check_size()
        main = self._target("_rels/.rels", "", "/officeDocument")
        if main is None:
            raise Unreadable("it is not an Excel workbook", "это не книга Excel")
        folder, name = posixpath.split(main)
        parts = self._relations(f"{folder}/_rels/{name}.rels", folder)
        self.sheets: dict[str, str] = {}
        self.never_calculated = False
        parse(archive, main, self._workbook(parts))
        styles = next((part for kind, part in parts.values() if kind.endswith("/styles")), None)
        self._percent_styles = self._styles(styles) if styles in archive.namelist() else frozenset[str]()

    def _check_size(self) -> None:
        infos = self._archive.infolist()
        if len({info.filename for info in infos}) < len(infos):
            raise Unreadable("it holds a part twice", "одна из частей повторяется")
        if sum(info.file_size for info in infos) > LARGEST:
            raise Unreadable("it unpacks to more than 1 GB", "в распакованном виде больше 1 ГБ")
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("it is protected by a password", "защищён паролем")
        for info in infos:  # a part that is longer than it says fails its checksum here, before calamine unpacks all of it
            if posixpath.basename(info.filename).startswith("sharedStrings"):
                parse(self._archive, info.filename, lambda _tag, _attributes: None)

    def _relations(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[attributes.get("Id", "")] = (attributes.get("Type", ""), path)

        parse(self._archive, part, start)
        return found

    def _target(self, part: str, folder: str, kind: str) -> str | None:
        return next((path for type_, path in self._relations(part, folder).values() if type_.endswith(kind)), None)

    def _workbook(self, parts: Mapping[str, tuple[str, str]]) -> Start:
        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "sheet":
                relation = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
                kind, path = parts.get(relation, ("", ""))
                if kind.endswith("/worksheet"):
                    self.sheets[attributes.get("name", "")] = path
            elif local(tag) == "calcPr":
                self.never_calculated = attributes.get("fullCalcOnLoad") in ("1", "true")
        return start

    def _styles(self, part: str | None) -> frozenset[str]:
        """Indices of the cell formats that show numbers as percent, as they stand in a cell's ``s``."""
        formats: dict[str, str] = {}
        indices: list[str] = []
        section = ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal section
            name = local(tag)
            if name == "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
                section = name
            elif name == "xf" and section == "cellXfs":
                indices.append(attributes.get("numFmtId", "0"))

        if part is not None:
            parse(self._archive, part, start)

        def percent(number: str) -> bool:
            code = formats.get(number)
            return "%" in _QUOTED.sub("", code) if code is not None else number.isdigit() and int(number) in _PERCENT_BUILTIN

        return frozenset(str(i) for i, number in enumerate(indices) if percent(number))

    def sheet(self, name: str) -> Marks:
        """The pass over one sheet. Raises Unreadable where its values span too large a rectangle."""
        marks = _SheetPass(self._percent_styles, self.never_calculated)
        parse(self._archive, self.sheets[name], marks.start, marks.attach)
        found = marks.marks
        if found.rows * found.columns > MOST_CELLS:
            raise Unreadable(f"the sheet {name} spans {found.rows} rows by {found.columns} columns; delete stray values far from the table",
                             f"лист {name} занимает {found.rows} строк на {found.columns} столбцов; удалите случайные значения вдали от таблицы")
        return found


class _SheetPass:
    """Handlers of one sheet's XML. Texts and ends of elements are looked at only inside cells with a formula or an error.

    A formula's value counts as absent where nothing is stored, and, in a workbook that was never calculated, also where 0 is
    stored (some writers store 0 for what they cannot calculate).
    """

    def __init__(self, percent_styles: frozenset[str], never_calculated: bool) -> None:
        self.marks = Marks()
        self._percent = percent_styles
        self._never_calculated = never_calculated
        self._parser: expat.XMLParserType | None = None
        self._columns: dict[str, int] = {}
        self._row = self._cell_row = self._column = 0
        self._row_text = "0"
        self._kind = self._style = ""
        self._formula = False
        self._stored: str | None = None

    def attach(self, parser: expat.XMLParserType) -> None:
        self._parser = parser

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag) if ":" in tag else tag
        if name == "c":
            self._locate(attributes.get("r"))
            self._kind = attributes.get("t", "")
            self._style = attributes.get("s", "")
            self._formula = False
            self._stored = None
            if self._kind == "e":
                self._watch(True)
        elif name == "v" or name == "is":
            self._value()
        elif name == "f":
            self._formula = True
            self._watch(True)
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._row_text = str(self._row)
            self._column = 0

    def _value(self) -> None:
        """The cell has a value: note how far the values reach, and whether it is shown as percent."""
        self._stored = ""
        marks = self.marks
        if self._cell_row > marks.rows:
            marks.rows = self._cell_row
        if self._column > marks.columns:
            marks.columns = self._column
        if self._style in self._percent:
            marks.percent.setdefault(self._column, set()).add(self._cell_row)

    def _locate(self, place: str | None) -> None:
        """Row and column of a cell such as D14, or the next one of its row where the cell does not say."""
        self._cell_row = self._row
        if not place:
            self._column += 1
            return
        column = self._columns.get(place[: -len(self._row_text)]) if place.endswith(self._row_text) else None
        if column is None:
            name = place.rstrip("0123456789")
            self._cell_row = int(place[len(name):])
            column = 0
            for letter in name.upper():
                column = column * 26 + ord(letter) - 64
            self._columns[name] = column
        self._column = column

    def _watch(self, on: bool) -> None:
        if self._parser is not None:
            self._parser.EndElementHandler = self._end if on else None
            self._parser.CharacterDataHandler = self._text if on else None

    def _text(self, data: str) -> None:
        if self._stored is not None:
            self._stored += data

    def _end(self, tag: str) -> None:
        if local(tag) != "c":
            return
        stored = None if self._stored is None else self._stored.strip()
        if self._kind == "e":
            self.marks.errors[self._cell_row, self._column] = stored or "#VALUE!"
        elif self._formula and self._missing(stored):
            self.marks.no_value.append((self._cell_row, self._column))
        self._watch(False)

    def _missing(self, stored: str | None) -> bool:
        if self._kind == "str":
            return stored is None
        return not stored or (self._never_calculated and stored == "0")
