"""A register as CSV: UTF-8, the first line the headings; commas, semicolons or tabs between the values."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from jaryq.base.text import printable
from jaryq.workbook.register.parts import PIECE, BadRegister, BadRows, Cells, Opened, count_rows, objects, unreadable

HEAD = 1 << 20
SEPARATORS = (",", ";", "\t")
FIRST = 5
"""Rows that an issue names."""


def open_csv(path: Path) -> Opened:
    """A CSV file. Raises BadRegister, in pieces also BadRows: each row has a value under each heading, no more and no
    fewer, as otherwise values would stand under headings that are not theirs."""
    _in_utf8(path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.readline(HEAD)
    separator = max(SEPARATORS, key=head.count)
    headings = tuple(value.strip() for value in next(_lines(path, separator), ()))
    if not any(headings):
        raise BadRegister("register_empty")

    def pieces(columns: Sequence[str]) -> Iterator[Mapping[str, Cells]]:
        places = [headings.index(name) for name in columns]
        rows, found = _fitting(_lines(path, separator), headings, separator), 0
        while piece := list(islice(rows, PIECE)):
            count_rows(found := found + len(piece))
            yield {name: _cells([row[place] for row in piece], separator)
                   for name, place in zip(columns, places, strict=True)}

    return Opened(headings, pieces)


def _lines(path: Path, separator: str) -> Iterator[list[str]]:
    """Rows as they stand, the headings first, without lines that are blank. Raises BadRegister for quotation marks
    that do not match."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=separator, strict=True)
        try:
            yield from (row for row in reader if len(row) > 1 or (row and row[0].strip()))
        except csv.Error as error:
            raise unreadable(f"its quotation marks or lines are damaged at line {reader.line_num} ({error})",
                             f"кавычки или строки повреждены в строке {reader.line_num} ({error})") from error


def _fitting(lines: Iterator[list[str]], headings: Sequence[str], separator: str) -> Iterator[list[str]]:
    """Rows of data. Cells at the end that have no heading count only where something stands in them. Raises BadRows at
    the end of the file where rows are longer or shorter than the headings."""
    least = max(place for place, text in enumerate(headings) if text) + 1
    wrong: list[int] = []
    first: list[str] = []
    next(lines)
    for place, row in enumerate(lines, 1):
        if len(row) != least and (not least < len(row) <= len(headings) or any(map(str.strip, row[least:]))):
            first = first or row
            wrong.append(place)
        elif not wrong:
            yield row
    if wrong:
        raise BadRows("register_ragged", printable(separator.join(first)), count=len(wrong), found=len(first),
                      headings=least, rows=", ".join(map(str, wrong[:FIRST])))


def _cells(texts: Sequence[str], separator: str) -> Cells:
    """Texts; with semicolons between the values a comma in a number is a decimal comma, which the reader of numbers
    has to know, so numbers are made here where all of a piece are."""
    values, blank = objects(texts)
    if separator == ";" and any("," in text for text in texts):
        plain = np.array([text.replace(",", ".") for text in texts], dtype=object)
        number = pd.to_numeric(pd.Series(plain), errors="coerce").notna().to_numpy()
        values[number] = plain[number]
    return values, blank


def _in_utf8(path: Path) -> None:
    """Raises BadRegister for a file in another encoding, with the place of the first byte that is not UTF-8."""
    decoder, place = codecs.getincrementaldecoder("utf-8")(), 0
    with path.open("rb") as stream:
        while block := stream.read(HEAD):
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError as error:
                raise BadRegister("register_encoding", first=place + error.start + 1) from error
            if "\0" in text:
                raise BadRegister("register_encoding", first=place + 1 + block.find(b"\0"))
            place += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise BadRegister("register_encoding", first=place) from error
