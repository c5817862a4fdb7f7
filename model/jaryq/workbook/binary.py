"""What calamine does not tell of binary workbooks, .xls ([MS-XLS]) and .xlsb ([MS-XLSB]): errors, which it gives as
blanks, formats and the units in them, what is struck out, merged or hidden, and how large a sheet is. Parts of a text,
comments and links are not looked for: :data:`UNCHECKED` says so."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jaryq.base.text import Text
from jaryq.workbook.formats import Formats, formats_of
from jaryq.workbook.marks import MOST_MARKS, Marks, Runs
from jaryq.workbook.ole import Container
from jaryq.workbook.package import MOST_SHEETS, Unreadable, refuse_unsafe, too_many_sheets
from jaryq.workbook.relations import by_any_name, plain, relations, rels_of
from jaryq.workbook.sheet_pass import MOST_MERGED
from jaryq.workbook.shown_unit import Unit, unit_of_code

UNCHECKED = Text("parts of a text that are struck out or raised, links to other workbooks and pictures",
                 "зачёркнутые и поднятые части текста, ссылки на другие книги и рисунки")
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_PERCENT = {9: "0%", 10: "0.00%"}

_STRUCK = 0x08
"""The bit of a font that strikes out."""

Record = tuple[int, bytes]
Looks = tuple[Formats, Mapping[str, Unit]]
"""Cell formats, and by the index of each what unit it writes beside a number."""


class _Cells:
    """Adds cells to the marks of a sheet."""

    def __init__(self, formats: Formats, units: Mapping[str, Unit]) -> None:
        self.marks = Marks()
        self._formats, self._units = formats, units

    def add(self, row: int, column: int, style: int, error: int | None = None, text: bool = False) -> None:
        """A cell that holds something; row and column from 0."""
        marks, index = self.marks, str(style)
        place = (row + 1, column + 1)
        marks.rows, marks.columns = max(marks.rows, row + 1), max(marks.columns, column + 1)
        marks.texts += text
        if index in self._formats.percent:
            marks.percent.setdefault(column + 1, Runs()).add(row + 1)
        elif index in self._formats.padded and len(marks.padded) < MOST_MARKS:
            marks.padded[place] = self._formats.padded[index]
        elif index in self._formats.scaled and len(marks.scaled) < MOST_MARKS:
            marks.scaled[place] = self._formats.scaled[index]
        if index in self._units and not text and error is None:
            marks.units.setdefault((column + 1, self._units[index]), Runs()).add(row + 1)
        if index in self._formats.struck:
            marks.struck.setdefault(column + 1, Runs()).add(row + 1)
        if error is not None and len(marks.errors) <= MOST_MARKS:
            marks.errors[place] = ERRORS.get(error, "#VALUE!")

    def merge(self, top: int, bottom: int, left: int, right: int) -> None:
        if len(self.marks.merged) <= MOST_MERGED:
            self.marks.merged.append((top + 1, left + 1, bottom + 1, right + 1))

    def done(self, name: str, hidden: bool, longest: int) -> Marks:
        """The marks. Raises Unreadable where the sheet would fill the memory (each text counted as long as the
        longest)."""
        self.marks.texts *= longest
        self.marks.hidden = hidden
        self.marks.refuse_too_large(name)
        self.marks.texts = 0
        return self.marks


class XlsScan:
    """An old workbook: records of four bytes and their content, the sheets one after the other in one stream."""

    def __init__(self, raw: bytes) -> None:
        container = Container(raw)
        if {"EncryptedPackage", "EncryptionInfo"} & container.names():
            raise Unreadable("it is protected by a password", "защищён паролем", "protected_file")
        self._stream = container.stream("Workbook" if "Workbook" in container.names() else "Book")
        self.sheets: dict[str, str] = {}
        self.others: list[str] = []
        self._begins: list[tuple[int, bool]] = []
        codes, styles, struck = dict[int, str](_PERCENT), list[tuple[int, int]](), list[bool]()
        self._longest = 0
        for number, data in self._records(0):
            if number == 0x2F:
                raise Unreadable("it is protected by a password", "защищён паролем", "protected_file")
            if len(self._begins) > MOST_SHEETS:
                raise too_many_sheets()
            if number == 0x85 and len(data) >= 8:
                self._begins.append((int.from_bytes(data[:4], "little"), data[4] & 3 > 0))
            elif number == 0x41E and len(data) > 5:
                codes[int.from_bytes(data[:2], "little")] = data[5:].decode("utf-16-le" if data[4] & 1 else "latin-1",
                                                                            "replace")
            elif number == 0xE0 and len(data) >= 4:
                font = int.from_bytes(data[:2], "little")
                styles.append((int.from_bytes(data[2:4], "little"), font - (font > 4)))  # there is no font 4
            elif number == 0x31 and len(data) >= 4:
                struck.append(data[2] & _STRUCK > 0)
            elif number in (0xFC, 0x3C):
                self._longest = min(self._longest + len(data), 32_767)
        self._formats, self._units = _looks(codes, styles, struck)

    def name(self, names: list[str]) -> None:
        """The sheets by the names that calamine gives, in the same order."""
        if len(names) != len(self._begins):
            raise Unreadable("its sheets cannot be told apart", "не удаётся различить её листы")
        self.sheets = {name: str(place) for place, name in enumerate(names)}

    def sheet(self, name: str) -> Marks:
        begin, hidden = self._begins[int(self.sheets[name])]
        cells = _Cells(self._formats, self._units)
        for number, data in self._records(begin):
            if number in (0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6, 0x06) and len(data) >= 8:
                row, column, style = struct.unpack_from("<HHH", data)
                cells.add(row, column, style, _error_of(number, data), number == 0xFD)
            elif number == 0xBD and len(data) >= 12:
                row, column = struct.unpack_from("<HH", data)
                for place in range(4, len(data) - 7, 6):
                    cells.add(row, column + (place - 4) // 6, int.from_bytes(data[place: place + 2], "little"))
            elif number == 0xE5:
                for place in range(2, len(data) - 7, 8):
                    cells.merge(*struct.unpack_from("<HHHH", data, place))
            elif number == 0x208 and len(data) >= 14 and data[12] & 0x20:
                cells.marks.hidden_rows.add(int.from_bytes(data[:2], "little") + 1)
            elif number == 0x7D and len(data) >= 10 and data[8] & 1:
                cells.marks.hidden_columns.add(int.from_bytes(data[:2], "little") + 1,
                                               int.from_bytes(data[2:4], "little") + 1)
        return cells.done(name, hidden, self._longest)

    def _records(self, place: int) -> Iterator[Record]:
        """Records from ``place`` to the end of the substream; those within others (charts) are passed over."""
        stream, deep = self._stream, 0
        while place + 4 <= len(stream):
            number, size = struct.unpack_from("<HH", stream, place)
            deep += number in (0x809, 0x409, 0x209, 0x09)
            if number == 0x0A:
                deep -= 1
                if deep <= 0:
                    return
            elif deep == 1:
                yield number, stream[place + 4: place + 4 + size]
            place += 4 + size


def _error_of(number: int, data: bytes) -> int | None:
    """The code of an error in a cell of .xls: one that is typed, or the result of a formula."""
    if number == 0x205:
        return data[6] if data[7] else None
    return data[8] if number == 0x06 and data[12:14] == b"\xff\xff" and data[6] == 2 else None


class XlsbScan:
    """A binary workbook: the parts of an .xlsx, each as records whose number and size are packed in seven bits a byte.

    ``short``: values of cells in the short form (no column: the one behind the last), which calamine passes over.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        refuse_unsafe(archive)
        self._archive, self._names = archive, by_any_name(archive)
        main = "xl/workbook.bin"
        parts = relations(archive, self._names.get(rels_of(main), rels_of(main)), "xl")
        kinds = {one.kind.rpartition("/")[2]: one.path for one in parts.values()}
        self.sheets: dict[str, str] = {}
        self.others: list[str] = []
        self.hidden: set[str] = set()
        for number, data in self._records(main):
            if number == 156:
                if len(self.sheets) + len(self.others) >= MOST_SHEETS:
                    raise too_many_sheets()
                key, place = _text(data, 8)
                name, _ = _text(data, place)
                one = parts.get(key)
                if one is not None and one.kind.endswith("/worksheet"):
                    self.sheets[name] = one.path
                else:
                    self.others.append(name)
                if int.from_bytes(data[:4], "little"):
                    self.hidden.add(name)
        self.short: dict[str, dict[tuple[int, int], Any]] = {}
        self._formats, self._units = self._styles(kinds.get("styles", ""))
        self._texts = [_text(data, 1)[0] for number, data in self._records(kinds.get("sharedStrings", ""))
                       if number == 19]
        self._longest = max(map(len, self._texts), default=0)

    def _styles(self, part: str) -> Looks:
        codes, styles, struck, inside = dict[int, str](_PERCENT), list[tuple[int, int]](), list[bool](), False
        for number, data in self._records(part):
            if number == 44:
                codes[int.from_bytes(data[:2], "little")] = _text(data, 2)[0]
            elif number == 43 and len(data) >= 4:
                struck.append(data[2] & _STRUCK > 0)
            elif number in (617, 618):
                inside = number == 617
            elif number == 47 and inside:
                styles.append((int.from_bytes(data[2:4], "little"), int.from_bytes(data[4:6], "little")))
        return _looks(codes, styles, struck)

    def sheet(self, name: str) -> Marks:
        cells, row, column = _Cells(self._formats, self._units), 0, -1
        short = self.short[name] = {}
        for number, data in self._records(self.sheets[name], needed=True):
            if number == 0:
                column = -1
                row = int.from_bytes(data[:4], "little")
                if len(data) > 11 and data[11] & 0x10:
                    cells.marks.hidden_rows.add(row + 1)
            elif 1 <= number <= 11 and len(data) >= 8:
                column = int.from_bytes(data[:4], "little")
                error = data[8] if number in (3, 11) and len(data) > 8 else None
                if number > 1:
                    cells.add(row, column, int.from_bytes(data[4:7], "little"), error, number == 7)
            elif 12 <= number <= 18 and len(data) >= 4:
                column += 1
                if number > 12:
                    cells.add(row, column, int.from_bytes(data[:3], "little"),
                              data[4] if number == 14 and len(data) > 4 else None, number == 18)
                    short[row + 1, column + 1] = self._short(number, data[4:])
            elif number == 176 and len(data) >= 16:
                cells.merge(*struct.unpack_from("<IIII", data))
            elif number == 60 and len(data) >= 18 and data[16] & 1:
                cells.marks.hidden_columns.add(int.from_bytes(data[:4], "little") + 1,
                                               int.from_bytes(data[4:8], "little") + 1)
        return cells.done(name, name in self.hidden, self._longest)

    def _short(self, number: int, data: bytes) -> Any:
        """The value of a cell in the short form. Raises struct.error and IndexError where it is damaged."""
        if number == 13:
            whole = int.from_bytes(data[:4], "little", signed=True)
            value = float(whole >> 2) if whole & 2 else struct.unpack("<d", b"\0\0\0\0"
                                                                      + (whole & 0xFFFFFFFC).to_bytes(4, "little"))[0]
            return value / 100 if whole & 1 else value
        if number == 15:
            return bool(data[0])
        if number == 16:
            return struct.unpack_from("<d", data)[0]
        return (_text(data, 0)[0] if number == 17 else self._texts[int.from_bytes(data[:4], "little")] if number == 18
                else None)

    def _records(self, part: str, needed: bool = False) -> Iterator[Record]:
        if plain(part) not in self._names:
            if needed:
                raise Unreadable(f"its part {part} is missing", f"нет части {part}")
            return
        data, place = self._archive.read(self._names[plain(part)]), 0
        while place < len(data):
            number, place = _packed(data, place, 2)
            size, place = _packed(data, place, 4)
            yield number, data[place: place + size]
            place += size


def _looks(codes: Mapping[int, str], styles: Sequence[tuple[int, int]], struck: Sequence[bool]) -> Looks:
    """What cell formats (number format and font of each) make of a cell; ``codes``: number formats that are known."""
    said = [codes.get(code, "") for code, _ in styles]
    fonts = [place for place, (_, font) in enumerate(styles) if font < len(struck) and struck[font]]
    return (formats_of(said, fonts),
            {str(place): unit for place, code in enumerate(said) if (unit := unit_of_code(code)) is not None})


def _packed(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and the place behind it."""
    number = 0
    for count in range(most):
        byte = data[place] if place < len(data) else 0
        place += 1
        number |= (byte & 0x7F) << (7 * count)
        if not byte & 0x80:
            break
    return number, place


def _text(data: bytes, place: int) -> tuple[str, int]:
    """A text behind its length, and the place behind it."""
    size = int.from_bytes(data[place: place + 4], "little")
    if size > len(data):
        return "", len(data)
    return data[place + 4: place + 4 + 2 * size].decode("utf-16-le", "replace"), place + 4 + 2 * size
