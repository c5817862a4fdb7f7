"""The bytes of a CSV file as text, and the mark that separates its fields. Nothing is taken for granted: what is not
UTF-8 is told, what fits no encoding is refused with its place."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from jaryq.base.runs import runs
from jaryq.base.text import Text
from jaryq.sheets.spec import Sheet
from jaryq.workbook.locate import MOST_ABOVE, headings_in

SEPARATORS = (",", ";", "\t", "|")

_BEFORE = re.compile(r'sep=([,;\t|:])"?\r?\n?', re.IGNORECASE)
"""The line with which Excel is told the separator."""

_MARKS = frozenset("«»№–—°“”„…’‘\xa0•·±§©®−")
"""Characters of cp1251 beyond ASCII that stand in Russian texts beside letters."""

_RUSSIAN = re.compile("[А-Яа-яЁё]")
_MIXED = re.compile("[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")
_SWAPPED = re.compile("[а-яё][А-ЯЁ]{2}")
_WORD = re.compile("[A-Za-zА-Яа-яЁё]{2,}")


class Undecodable(Exception):
    """The file is in no encoding that is read; ``detail`` says where."""

    def __init__(self, detail: Text) -> None:
        super().__init__(detail.en)
        self.detail = detail


def decoded(raw: bytes) -> tuple[str, str]:
    """The text, and the encoding where it is not UTF-8 (else nothing). Raises Undecodable, also for bytes of zero in a
    text: whatever wrote them, it was no text."""
    text, encoding = _decoded(raw)
    if (place := text.find("\0")) >= 0:
        raise _wrong(text[:place].encode("utf-8", "replace"), 0, encoding or "UTF-8")
    return text, encoding


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return _strictly(raw, "utf-32", "UTF-32"), "UTF-32"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(raw, "utf-16", "UTF-16"), "UTF-16"
    for encoding, high, low in (("utf-16-le", raw[1:2000:2], raw[:2000:2]), ("utf-16-be", raw[:2000:2], raw[1:2000:2])):
        # Latin letters are 00.., Cyrillic ones 04..
        if high.count(0) > low.count(0) == 0 and high.count(0) + high.count(4) > 0.9 * len(high):
            return _strictly(raw, encoding, "UTF-16"), "UTF-16"
    marked = raw.startswith(codecs.BOM_UTF8)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode(), ""
    except UnicodeDecodeError as error:
        if marked or _nearly(raw):
            raise _wrong(raw[: error.start], raw[error.start], "UTF-8") from None
        if (text := _russian(raw)) is None:
            raise _wrong(raw[: error.start], raw[error.start], "UTF-8, UTF-16, cp1251") from None
        return text, "cp1251"


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, "ignore").encode()
        raise _wrong(before, raw[error.start], name) from None


def _wrong(before: bytes, byte: int, encodings: str) -> Undecodable:
    line, place = before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1
    return Undecodable(Text(
        f"line {line}, byte {place} (hexadecimal {byte:02X}) is not {encodings}; save it as “CSV UTF-8”",
        f"строка {line}, байт {place} (шестнадцатеричный {byte:02X}) не в кодировке {encodings}; сохраните файл как "
        "«CSV UTF-8»"))


def _nearly(raw: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: then the file is a damaged one, and no other encoding explains it."""
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(1 for character in text if character > "\x7f") - wrong > wrong


def _russian(raw: bytes) -> str | None:
    """The text in cp1251 if that makes Russian words: no letters of two alphabets in most of them, as other encodings
    would give."""
    try:
        text = raw.decode("cp1251")
    except UnicodeDecodeError:
        return None
    beyond = [character for character in text if character > "\x7f"]
    letters = sum(1 for character in beyond if _RUSSIAN.match(character))
    if letters < 0.5 * len(beyond) or letters + sum(1 for character in beyond
                                                    if character in _MARKS) < 0.9 * len(beyond):
        return None
    words = [word for word in _WORD.findall(text) if _RUSSIAN.search(word)]
    strange = sum(1 for word in words if _MIXED.search(word) or _SWAPPED.search(word))
    return text if words and strange <= 0.2 * len(words) else None


def records(text: str, sheet: Sheet) -> tuple[str, list[tuple[int, list[str]]]]:
    """The separator, and the records with the line number on which each starts. Raises csv.Error."""
    first = text[: text.find("\n") + 1] or text
    said = _BEFORE.fullmatch(first.lstrip('"'))
    mark = said.group(1) if said is not None else separator(text, sheet)
    return mark, list(_records(text, mark))[1 if said is not None else 0:]


def separator(text: str, sheet: Sheet) -> str:
    """The mark by which one of the first lines holds most headings of the sheet; without headings, the one that gives
    all lines most alike fields."""
    begins = text[: 1 << 20]
    return max(SEPARATORS, key=lambda mark: _fits(begins, mark, sheet))


def _fits(text: str, mark: str, sheet: Sheet) -> tuple[int, int]:
    rows: list[list[str]] = []
    try:
        rows.extend(row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark), MOST_ABOVE))
    except csv.Error:
        return 0, 0
    filled = [len(row) for row in rows if any(row)]
    most = max(filled, key=filled.count, default=1)
    headings = max((headings_in(sheet, row, {}) for row in rows), default=0)
    return headings, filled.count(most) if most > 1 else 0


def _records(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """A quoted field may hold line breaks, so a record is told by the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    start = 1
    for row in reader:
        yield start, [field[1:] if field.startswith("'") and runs(field) else field for field in row]
        start = reader.line_num + 1
