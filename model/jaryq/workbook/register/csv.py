"""A register as CSV: UTF-8, the first line the headings; commas, semicolons or tabs between the values."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from pandas.errors import EmptyDataError, ParserError

from jaryq.workbook.register.parts import PIECE, BadRegister, Cells, Opened, count_rows, unreadable

HEAD = 1 << 20
SEPARATORS = (",", ";", "\t")


def open_csv(path: Path, numeric: Sequence[str] = ()) -> Opened:
    """A CSV file. Raises BadRegister."""
    _in_utf8(path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.readline(HEAD)
    separator = max(SEPARATORS, key=head.count)
    headings = _headings(path, separator)

    def pieces(columns: Sequence[str]) -> Iterator[Mapping[str, Cells]]:
        rows = 0
        try:
            with pd.read_csv(path, sep=separator, encoding="utf-8-sig", dtype=str,
                             usecols=list(columns) if len(columns) == 1 else None,  # It lets longer lines pass.
                             keep_default_na=False, na_values=[""], chunksize=PIECE, index_col=False,
                             skip_blank_lines=True, on_bad_lines="error") as reader:
                for frame in reader:
                    count_rows(rows := rows + len(frame))
                    yield {name: _cells(frame[name], separator) for name in columns}
        except (ParserError, UnicodeError, ValueError, OverflowError) as error:
            raise unreadable(f"its lines do not fit its headings ({error})",
                             f"строки не соответствуют заголовкам ({error})") from error

    return Opened(headings, pieces)


def _cells(column: pd.Series, separator: str) -> Cells:
    """Texts; with semicolons between the values a comma in a number is a decimal comma, which the reader of numbers
    has to know, so numbers are made here where all of a piece are."""
    blank = column.isna().to_numpy()
    values = column.to_numpy(dtype=object)
    if separator == ";" and any("," in text for text in values[~blank][:100]):
        plain = column.str.replace(",", ".", regex=False).to_numpy(dtype=object)
        number = pd.to_numeric(pd.Series(plain), errors="coerce").notna().to_numpy()
        values = values.copy()
        values[number] = plain[number]
    return values, blank


def _headings(path: Path, separator: str) -> tuple[str, ...]:
    try:
        first = pd.read_csv(path, sep=separator, encoding="utf-8-sig", header=None, nrows=1, dtype=str,
                            keep_default_na=False)
    except EmptyDataError as error:
        raise BadRegister("register_empty") from error
    except (ParserError, ValueError, OverflowError) as error:
        raise unreadable(str(error), str(error)) from error
    return tuple(str(value).strip() for value in first.iloc[0])


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
