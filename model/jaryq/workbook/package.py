"""The zip file that a workbook is: what is refused before anything is unpacked, and parts of XML streamed in bounded
memory.

A hostile file may unpack to a thousand times its size, hold entities that expand, parts that overlap or lie about their
length, one endless name, or elements nested without end. Each is refused here, before another library opens the file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from xml.parsers import expat

from jaryq.base.text import Text

LARGEST_FILE = 1 << 28
"""Bytes of a file on the disk."""

LARGEST = 1 << 29
"""Bytes all XML parts of a workbook may unpack to (a sheet of 500,000 rows by 12 columns has about 250 MB)."""

SUSPECT_SIZE, SUSPECT_RATIO = 1 << 23, 200
"""A part larger than this that unpacks to so many times its packed size is no sheet that somebody wrote (those: 5 to 50
times)."""

MOST_PARTS = 20_000
MOST_SHEETS = 1_000
"""Sheets of a workbook; those that people make have some dozens."""

LONGEST_TOKEN = 1 << 24
DEEPEST = 1_000

_CHUNK = 1 << 18
_XML = (".xml", ".rels", ".vml", ".bin")
Start = Callable[[str, dict[str, str]], None]


class Unreadable(Exception):
    """The file is not a workbook that can be read; ``detail`` says why, in the user's language, ``code`` is the kind of
    issue."""

    def __init__(self, en: str, ru: str, code: str = "unreadable_file", sheet: str = "", cell: str = "") -> None:
        super().__init__(en)
        self.detail = Text(en, ru)
        self.code, self.sheet, self.cell = code, sheet, cell


def unsafe(en: str, ru: str) -> Unreadable:
    """The refusal of a file that no spreadsheet program writes."""
    return Unreadable(en, ru, "unsafe_file")


def too_many_sheets() -> Unreadable:
    """The refusal of a workbook whose sheets alone would take minutes to tell apart."""
    return Unreadable(f"it has more than {MOST_SHEETS} sheets", f"в нём больше {MOST_SHEETS} листов", "too_large")


def refuse_unsafe(archive: zipfile.ZipFile) -> None:
    """Raise Unreadable where the archive's list of parts alone shows that it should not be unpacked."""
    infos = archive.infolist()
    if len(infos) > MOST_PARTS:
        raise unsafe(f"it has {len(infos)} parts", f"в нём {len(infos)} частей")
    if len({info.filename.casefold() for info in infos}) < len(infos):
        raise unsafe("it holds a part twice", "одна из частей повторяется")
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable("it is protected by a password", "защищён паролем", "protected_file")
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise unsafe("a part is packed by an unusual method", "одна из частей упакована необычным способом")
    parts = [info for info in infos if info.filename.casefold().endswith(_XML)]
    for info in parts:
        if info.file_size > SUSPECT_SIZE and info.file_size > SUSPECT_RATIO * max(info.compress_size, 1):
            ratio = info.file_size // max(info.compress_size, 1)
            raise unsafe(f"its part {info.filename} unpacks to {ratio} times its size",
                         f"часть {info.filename} распаковывается в {ratio} раз больше")
    if sum(info.file_size for info in parts) > LARGEST:
        most = LARGEST >> 20
        raise Unreadable(f"it unpacks to more than {most} MB", f"в распакованном виде больше {most} МБ", "too_large")
    ends = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < ends:
            raise unsafe("its parts overlap", "его части перекрываются")
        ends = info.header_offset + info.compress_size


def local(tag: str) -> str:
    """An element's name without its prefix."""
    return tag.rpartition(":")[2]


def parse(archive: zipfile.ZipFile, part: str, start: Start | None,
          attach: Callable[[expat.XMLParserType], None] | None = None,
          thin: Callable[[bytes], bytes] | None = None) -> None:
    """Stream one XML part through ``start``, or only find out whether it is well-formed (a part that is longer than it
    says fails its checksum at the end); ``attach`` gets the parser, to set other handlers when they are needed.

    ``thin`` may take out of a piece what does not matter. Raises Unreadable where the part is absent, damaged, has a
    DTD, or would fill the memory.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_dtd
    if attach is not None:
        attach(parser)
    fed = depth = 0
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                if thin is not None:
                    chunk = thin(chunk)
                parser.Parse(chunk, False)
                fed += len(chunk)
                depth += _deeper(chunk)
                if fed - max(parser.CurrentByteIndex, 0) > LONGEST_TOKEN or depth > DEEPEST:
                    raise unsafe(f"its part {part} has an endless name or nesting",
                                 f"в части {part} бесконечное имя или вложенность")
        parser.Parse(b"", True)
    except KeyError:
        raise Unreadable(f"its part {part} is missing", f"нет части {part}") from None
    except expat.ExpatError:
        raise Unreadable(f"its part {part} is damaged", f"часть {part} повреждена") from None


def _deeper(chunk: bytes) -> int:
    """By how much elements are nested deeper after a piece of XML, about (tags cut in two, comments)."""
    opened = chunk.count(b"<") - chunk.count(b"<!") - chunk.count(b"<?")
    return opened - 2 * chunk.count(b"</") - chunk.count(b"/>")


def _refuse_dtd(*_: object) -> None:
    raise unsafe("it contains a document type definition", "в нём есть определение типа документа")
