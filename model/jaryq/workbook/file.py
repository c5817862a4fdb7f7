"""One file with sheets, of any form that is read (.xlsx, .xlsm, strict .xlsx, .ods, .xlsb, .xls): raw values of its
cells and what they do not tell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from typing import Any

import python_calamine

from jaryq.workbook.binary import XlsbScan, XlsScan
from jaryq.workbook.marks import Marks
from jaryq.workbook.ods import MIME, OdsScan
from jaryq.workbook.ole import MAGIC as OLE
from jaryq.workbook.package import LARGEST_FILE, Unreadable
from jaryq.workbook.relations import by_any_name
from jaryq.workbook.scan import Scan
from jaryq.workbook.usual import usual

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it stands in the file: rows of raw values from A1 on, and the marks of its cells."""

    values: list[list[Any]]
    marks: Marks


@dataclass(frozen=True)
class RawBook:
    """``sheets``: those that were asked for; ``others``: names of all the rest, by whether they hold cells (else charts
    and the like); ``binary``: the form of a file of which not everything can be checked (.xls, .xlsb)."""

    sheets: Mapping[str, RawSheet]
    others: Mapping[str, bool] = field(default_factory=dict)
    binary: str = ""
    peeked: Mapping[str, list[list[Any]]] = field(default_factory=dict)


def load(path: Path, wanted: Callable[[list[str]], Collection[str]],
         looked_at: Callable[[list[str]], Collection[str]] = lambda _: ()) -> RawBook:
    """Raw values and marks of the sheets whose names ``wanted`` picks from all names, and values alone of those that
    ``looked_at`` picks, as far as they can be read.

    The file is read once, so that a program that saves it meanwhile does no harm. Raises Unreadable, whatever goes
    wrong: damaged files make the libraries below fail in more ways than they document, and a panic of calamine is no
    Exception.
    """
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):  # a pipe is waited for without end, a device may have none
            raise Unreadable("it is no file with contents (a pipe, a device or a folder)",
                             "это не файл с содержимым (канал, устройство или папка)")
        if stat.st_size > LARGEST_FILE:
            most = LARGEST_FILE >> 20
            raise Unreadable(f"the file is larger than {most} MB", f"файл больше {most} МБ", "too_large")
        raw = path.read_bytes()
        refuse_other_kinds(raw)
        if raw.startswith(OLE):
            return _load_xls(raw, wanted, looked_at)
        raw = usual(raw)
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            scan = _scan(archive)
            names = list(scan.sheets)
            picked = wanted(names)
            marks = {name: scan.sheet(name) for name in picked}
            safe = [name for name in looked_at(names) if name not in picked and _is_safe(scan, name)]
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(raw)) as book:
            if missing := set(names) - set(book.sheet_names):
                shown = ", ".join(sorted(missing)[:3])
                raise Unreadable(f"its sheets cannot be told apart ({shown})",
                                 f"не удаётся различить её листы ({shown})")
            short = scan.short if isinstance(scan, XlsbScan) else {}
            values = _rows if isinstance(scan, Scan) else _values
            sheets = {name: RawSheet(_filled(values(book, name), short.get(name, {})), marks[name]) for name in picked}
            rest = {name: name in names for name in (*names, *scan.others) if name not in picked}
            peeked = dict(_peeked(book, safe))
        return RawBook(sheets, rest, ".xlsb" if isinstance(scan, XlsbScan) else "", peeked)
    except (Unreadable, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except PermissionError as error:
        raise Unreadable("it cannot be opened; is it open in another program? Or rights to it are missing",
                         "он не открывается; не открыт ли он в другой программе? Или на него нет прав",
                         "not_opened") from error
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise Unreadable(reason, reason) from error
    except BaseException as error:
        raise Unreadable("it is damaged or incomplete", "он повреждён или неполон") from error


def _is_safe(scan: Scan | OdsScan | XlsbScan | XlsScan, name: str) -> bool:
    """Whether a sheet that is only looked at would not fill the memory."""
    try:
        scan.sheet(name)
    except Unreadable:
        return False
    return True


def _peeked(book: python_calamine.CalamineWorkbook, names: Collection[str]) -> Iterator[tuple[str, list[list[Any]]]]:
    """Values of sheets that are only looked at; what cannot be read is left out."""
    for name in names:
        try:
            yield name, _values(book, name)
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException:  # a panic of calamine is no Exception; nothing of the sheet is needed
            continue


def _load_xls(raw: bytes, wanted: Callable[[list[str]], Collection[str]],
              looked_at: Callable[[list[str]], Collection[str]]) -> RawBook:
    scan = XlsScan(raw)
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO(raw)) as book:
        scan.name(book.sheet_names)
        tables = [one.name for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
        picked = wanted(tables)
        marks = {name: scan.sheet(name) for name in picked}
        sheets = {name: RawSheet(_values(book, name), marks[name]) for name in picked}
        safe = [name for name in looked_at(tables) if name not in picked and _is_safe(scan, name)]
        return RawBook(sheets, {name: name in tables for name in book.sheet_names if name not in picked}, ".xls",
                       dict(_peeked(book, safe)))


def _rows(book: python_calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    """Rows from A1 on. Numbers of .xlsx are floats."""
    sheet = book.get_sheet_by_name(name)
    rows: list[list[Any]] = sheet.to_python()
    above, left = sheet.start or (0, 0)
    # Asked for what is empty before the first cell too, calamine copies all cells.
    if left:
        rows = [[""] * left + row for row in rows]
    return [[""] * len(rows[0]) for _ in range(above)] + rows if above else rows


def _values(book: python_calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    """Rows from A1 on. Numbers are floats, whatever form the file stores them in (those of .xls are partly whole)."""
    rows = _rows(book, name)
    if int not in set(map(type, chain.from_iterable(rows))):
        return rows
    return [[float(value) if type(value) is int else value for value in row] if int in map(type, row) else row
            for row in rows]


def _filled(rows: list[list[Any]], cells: Mapping[tuple[int, int], Any]) -> list[list[Any]]:
    """The rows with more cells."""
    for (row, column), value in cells.items():
        rows.extend([] for _ in range(row - len(rows)))
        line = rows[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = value
    return rows


def refuse_other_kinds(raw: bytes) -> None:
    """Raise Unreadable for what is no zip file and no old workbook: files under a password, texts."""
    if raw.startswith(OLE[:4]):
        if _ENCRYPTED in raw:
            raise Unreadable("it is protected by a password", "защищён паролем", "protected_file")
        if _WORD in raw:
            raise Unreadable("an old document of Word", "старый документ Word", "other_format")
        return
    if raw.startswith(b"PK"):
        return
    if not raw:
        raise Unreadable("it is empty", "он пуст")
    start = raw[:1000].lstrip().lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise Unreadable("a web page or XML under the name of a workbook", "веб-страница или XML под именем книги",
                         "other_format")
    if b"\0" not in raw[:4096]:
        raise Unreadable("a text; CSV files are read as a folder with one file a sheet",
                         "текст; файлы CSV читаются папкой, по файлу на лист", "other_format")
    raise Unreadable("it is not an Excel workbook", "это не книга Excel")


def _scan(archive: zipfile.ZipFile) -> Scan | OdsScan | XlsbScan:
    names = set(archive.namelist())
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            kind = stream.read(200).strip()
        if kind == MIME:
            return OdsScan(archive)
        raise Unreadable(f"of the kind {kind.decode('ascii', 'replace')[:80]}",
                         f"вида {kind.decode('ascii', 'replace')[:80]}", "other_format")
    if any(name.endswith(".iwa") for name in names):
        raise Unreadable("a document of Apple Numbers", "документ Apple Numbers", "other_format")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Unreadable("a document or presentation", "документ или презентация", "other_format")
    if "xl/workbook.bin" in by_any_name(archive):
        return XlsbScan(archive)
    if not any(name.endswith((".xml", ".rels")) for name in names):
        raise Unreadable("a zip archive; unpack it first", "архив zip; сначала распакуйте его", "other_format")
    return Scan(archive)

