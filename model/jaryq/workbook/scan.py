"""A streaming pass over an .xlsx or .xlsm workbook for what calamine does not tell: see
:class:`jaryq.workbook.marks.Marks`.

Both forms of the standard are read, the transitional and the strict one: elements and relations are told by their local
names.
"""

from __future__ import annotations

import posixpath
import zipfile
from array import array
from collections.abc import Mapping
from xml.parsers import expat

from jaryq.workbook.beside import BesideXlsx
from jaryq.workbook.formats import Formats, formats_of
from jaryq.workbook.marks import MOST_TEXT, Marks
from jaryq.workbook.package import MOST_SHEETS, Start, Unreadable, local, parse, refuse_unsafe, too_many_sheets
from jaryq.workbook.plain_texts import PlainTexts
from jaryq.workbook.relations import Relation, path_of, relations, rels_of
from jaryq.workbook.rich import true_errors
from jaryq.workbook.sheet_pass import SheetPass

__all__ = ["Marks", "Scan", "Unreadable"]

_PERCENT_BUILTIN = {"9", "10"}
_READ_BY_OTHERS = ("sharedstrings", "styles", "workbook", "[content_types]")


class Scan:
    """The parts of an open workbook: its sheets by name, those that are no tables of cells, which are hidden, and the
    pass over one sheet."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        refuse_unsafe(archive)
        main = path_of(relations(archive, "_rels/.rels", ""), "officeDocument")
        if main is None:
            raise Unreadable("it is not an Excel workbook", "это не книга Excel")
        if main.casefold().endswith(".bin"):
            raise Unreadable("a binary workbook (.xlsb)", "двоичная книга (.xlsb)", "other_format")
        parts = relations(archive, rels_of(main), posixpath.dirname(main))
        self.sheets: dict[str, str] = {}
        self.others: list[str] = []
        self.hidden: set[str] = set()
        self.never_calculated = False
        parse(archive, main, self._workbook(parts))
        if not self.sheets:
            raise Unreadable("it has no sheets", "в нём нет листов")
        kinds = {one.kind.rpartition("/")[2]: one.path for one in parts.values()}
        self._linked = "externalLink" in kinds
        self._formats = self._styles(kinds.get("styles"))
        self._beside = BesideXlsx(archive, kinds.get("styles"), kinds.get("sharedStrings"))
        self._true_errors = true_errors(archive)
        self._lengths = array("L")
        for part in archive.namelist():
            base = posixpath.basename(part).casefold()
            if base.startswith("sharedstrings"):
                self._measure(part)
            elif base.startswith(_READ_BY_OTHERS) or base.endswith(".rels"):
                parse(archive, part, None)

    def _measure(self, part: str) -> None:
        """Bytes of each shared text, mark-up included: from one to the next, of the last one to the end of the part."""
        plain = PlainTexts()
        parse(self._archive, part, None, thin=plain.look)
        if plain.sure:
            self._lengths.extend(plain.lengths)
            return
        begins: list[int] = []
        used: list[expat.XMLParserType] = []

        def start(tag: str, _: dict[str, str]) -> None:
            if tag == "si" or local(tag) == "si":
                begins.append(used[0].CurrentByteIndex)

        parse(self._archive, part, start, used.append)
        ends = [*begins[1:], self._archive.getinfo(part).file_size]
        self._lengths.extend(end - begin for begin, end in zip(begins, ends, strict=True) if end > begin)

    def _workbook(self, parts: Mapping[str, Relation]) -> Start:
        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "sheet":
                if len(self.sheets) + len(self.others) >= MOST_SHEETS:
                    raise too_many_sheets()
                relation = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
                one = parts.get(relation, Relation("", "", ""))
                name = attributes.get("name", "")
                if one.kind.endswith("/worksheet"):
                    self.sheets[name] = one.path
                else:
                    self.others.append(name)
                if attributes.get("state", "visible") != "visible":
                    self.hidden.add(name)
            elif local(tag) == "calcPr":
                self.never_calculated = attributes.get("fullCalcOnLoad") in ("1", "true")
        return start

    def _styles(self, part: str | None) -> Formats:
        """Cell formats that show a number as another one, by their indices as they stand in a cell's ``s``."""
        codes: dict[str, str] = {}
        indices: list[tuple[str, str]] = []
        struck: list[bool] = []
        section = ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal section
            name = local(tag)
            if name == "numFmt":
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name in ("fonts", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
                section = name
            elif name == "font" and section == "fonts":
                struck.append(False)
            elif name == "strike" and section == "fonts" and struck:
                struck[-1] = attributes.get("val", "1") not in ("0", "false")
            elif name == "xf" and section == "cellXfs":
                indices.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

        if part is not None and part in self._archive.namelist():
            parse(self._archive, part, start)
        fonts = {str(font) for font, strikes in enumerate(struck) if strikes}
        return formats_of([codes.get(number, "0%" if number in _PERCENT_BUILTIN else "") for number, _ in indices],
                          [place for place, (_, font) in enumerate(indices) if font in fonts])

    def sheet(self, name: str) -> Marks:
        """The pass over one sheet. Raises Unreadable where it would fill the memory."""
        one = SheetPass(self._formats, self.never_calculated, self._linked, self._true_errors)
        parse(self._archive, self.sheets[name], one.start, one.attach, one.thin)
        found = one.marks
        if found.texts and found.texts * max(self._lengths, default=0) > MOST_TEXT:
            found.texts = self._text_of(self.sheets[name])
        else:
            found.texts = 0
        beside = self._beside.of(self.sheets[name], inline=one.inline)
        found.units, found.parts = beside.units, beside.parts
        for column, rows in beside.struck.items():
            found.struck[column] = found.struck[column].with_all(rows) if column in found.struck else rows
        found.hidden = name in self.hidden
        found.refuse_too_large(name)
        return found

    def _text_of(self, part: str) -> int:
        """Bytes of all shared texts of a sheet, each as often as it stands there."""
        total, inside, said = 0, False, ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if local(tag) == "c":
                inside = attributes.get("t") == "s"

        def text(data: str) -> None:
            nonlocal said
            if inside and data.strip():
                said = (said + data)[:12]

        def end(tag: str) -> None:
            nonlocal total, said
            if local(tag) == "v" and said:
                place = int(said) if said.strip().isdigit() else -1
                total += self._lengths[place] if 0 <= place < len(self._lengths) else 0
                said = ""

        def attach(parser: expat.XMLParserType) -> None:
            parser.CharacterDataHandler = text
            parser.EndElementHandler = end

        parse(self._archive, part, start, attach)
        return total
