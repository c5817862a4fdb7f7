"""A second pass over sheets for what stands beside the values of cells: units in number formats, parts of a text that
are struck out or raised.

Made only where a workbook has such formats or texts: most have none.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from jaryq.base.text import LANGS, Text
from jaryq.workbook.marks import MOST_MARKS, Runs, place_of
from jaryq.workbook.package import local, parse
from jaryq.workbook.shown_unit import Unit, unit_of_code

STRUCK, RAISED, LOWERED = "struck", "raised", "lowered"
_LOOKS = {
    "": Text("“{text}”", "«{text}»"), STRUCK: Text("“{text}” struck out", "зачёркнуто «{text}»"),
    RAISED: Text("“{text}” raised", "надстрочное «{text}»"),
    LOWERED: Text("“{text}” lowered", "подстрочное «{text}»"),
}
_OFF = ("0", "false")
Piece = tuple[str | None, str]
"""How a part of a text looks (None: as the font of its cell), and the part."""


@dataclass
class Beside:
    """``units``: rows by column and unit; ``parts``: texts of cells whose parts look different, shown apart;
    ``struck``: rows by column of texts all of whose parts are struck out."""

    units: dict[tuple[int, Unit], Runs] = field(default_factory=dict)
    parts: dict[tuple[int, int], Text] = field(default_factory=dict)
    struck: dict[int, Runs] = field(default_factory=dict)


def all_struck(pieces: list[Piece]) -> bool:
    """Whether every part of a text is struck out by its own font."""
    said = [look for look, text in pieces if text.strip()]
    return bool(said) and all(look == STRUCK for look in said)


def apart(pieces: list[Piece], font: str = "") -> Text | None:
    """The parts of a text shown apart, or None where they all look alike."""
    looks: list[list[str]] = []
    for look, text in pieces:
        look = font if look is None else look
        if looks and looks[-1][0] == look:
            looks[-1][1] += text
        elif text.strip():
            looks.append([look, text])
    if len(looks) < 2:
        return None
    return Text(*(", ".join(_LOOKS[look].say(lang, text=text.strip()) for look, text in looks) for lang in LANGS))


class BesideXlsx:
    """Formats with units, fonts that set apart, and shared texts whose parts look different, of a whole .xlsx
    workbook."""

    def __init__(self, archive: zipfile.ZipFile, styles: str | None, texts: str | None) -> None:
        self._archive = archive
        names = archive.namelist()
        look = _Styles()
        if styles in names:
            parse(archive, str(styles), look.start)
        self.units: Mapping[str, Unit] = {str(i): unit for i, (code, _) in enumerate(look.formats)
                                          if (unit := unit_of_code(look.codes.get(code, "")))}
        self.fonts: Mapping[str, str] = {str(i): look.fonts[int(font)] for i, (_, font) in enumerate(look.formats)
                                         if font.isdigit() and int(font) < len(look.fonts) and look.fonts[int(font)]}
        shared = _Texts()
        if texts in names and sets_apart(archive.read(str(texts))):
            parse(archive, str(texts), shared.start, shared.attach)
        self.texts: Mapping[str, list[Piece]] = shared.found

    def of(self, part: str, *, inline: bool) -> Beside:
        """What stands beside the values of one sheet; ``inline``: whether texts in its cells may have pieces of their
        own."""
        if not (self.units or self.texts or inline):
            return Beside()
        one = _Cells(self)
        parse(self._archive, part, one.start, one.attach)
        return one.found


LONGEST_APART = len(b"vertAlign")


def sets_apart(raw: bytes) -> bool:
    """Whether XML may hold pieces of a text that are struck out, raised or lowered."""
    return b"strike" in raw or b"vertAlign" in raw


def _look(name: str, attributes: dict[str, str]) -> str | None:
    """How an element of a font makes a text look."""
    if name == "strike":
        return "" if attributes.get("val", "1") in _OFF else STRUCK
    return ({"superscript": RAISED, "subscript": LOWERED}.get(attributes.get("val", ""), "") if name == "vertAlign"
            else None)


class _Styles:
    """Handlers of the styles: codes by number, fonts, and number and font of each cell format."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.fonts: list[str] = []
        self.formats: list[tuple[str, str]] = []
        self._section = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "numFmt" and self._section != "dxfs":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("fonts", "fills", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            self._section = name
        elif name == "font" and self._section == "fonts":
            self.fonts.append("")
        elif self._section == "fonts" and self.fonts and (look := _look(name, attributes)):
            self.fonts[-1] = look
        elif name == "xf" and self._section == "cellXfs":
            self.formats.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))


class _Pieces:
    """Handlers of a text in parts (``r`` with ``rPr`` and ``t``): phonetic readings are no part of it."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._inside = False
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "r":
            self.pieces.append((None, ""))
        elif name == "rPr" and self.pieces:
            self.pieces[-1] = ("", "")
        elif name == "t":
            self._inside = not self._phonetic
            if self._inside and not self.pieces:
                self.pieces.append((None, ""))
        elif name == "rPh":
            self._phonetic = True
        elif self.pieces and (look := _look(name, attributes)):
            self.pieces[-1] = (look, self.pieces[-1][1])

    def text(self, data: str) -> None:
        if self._inside:
            look, text = self.pieces[-1]
            self.pieces[-1] = (look, text + data)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._phonetic = False


class _Texts(_Pieces):
    """Shared texts with parts that are struck out, raised or lowered, by their number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[Piece]] = {}
        self._number = -1

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.EndElementHandler, parser.CharacterDataHandler = self.end, self.text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "si":
            self._number += 1
            self.pieces = []
        super().start(tag, attributes)

    def end(self, tag: str) -> None:
        super().end(tag)
        if local(tag) == "si" and ((any(look for look, _ in self.pieces) and len(self.pieces) > 1)
                                   or all_struck(self.pieces)):
            self.found[str(self._number)] = self.pieces


class _Cells(_Pieces):
    """Cells of one sheet."""

    def __init__(self, book: BesideXlsx) -> None:
        super().__init__()
        self.found = Beside()
        self._book = book
        self._row = self._column = 0
        self._kind = self._style = ""
        self._value: str | None = None

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.EndElementHandler, parser.CharacterDataHandler = self.end, self.text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            place = attributes.get("r")
            row, self._column = place_of(place) if place else (self._row, self._column + 1)
            self._row, self._kind, self._style = row, attributes.get("t", ""), attributes.get("s", "0")
            self._value, self.pieces = None, []
        elif name == "v":
            self._value = ""
        elif self._kind == "inlineStr":
            super().start(tag, attributes)

    def text(self, data: str) -> None:
        if self._value is not None:
            self._value += data
        else:
            super().text(data)

    def end(self, tag: str) -> None:
        super().end(tag)
        if local(tag) != "c":
            return
        if self._kind in ("s", "inlineStr"):
            pieces = self._book.texts.get((self._value or "").strip(), []) if self._kind == "s" else self.pieces
            parts = apart(pieces, self._book.fonts.get(self._style, ""))
            if parts is not None and len(self.found.parts) < MOST_MARKS:
                self.found.parts[self._row, self._column] = parts
            if all_struck(pieces):
                self.found.struck.setdefault(self._column, Runs()).add(self._row)
        elif self._value and (unit := self._book.units.get(self._style)):
            self.found.units.setdefault((self._column, unit), Runs()).add(self._row)
        self._value, self._kind = None, ""
