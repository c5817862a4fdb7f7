"""A register as Parquet (extra ``tables``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from jaryq.workbook.register.parts import (
    MOST_BYTES,
    PIECE,
    BadRegister,
    Cells,
    Opened,
    count_rows,
    objects,
    unreadable,
)


def open_parquet(path: Path) -> Opened:
    """A Parquet file. Raises BadRegister."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise BadRegister("register_needs") from error
    try:
        with parquet.ParquetFile(path) as file:
            meta, schema = file.metadata, file.schema_arrow
            count_rows(meta.num_rows)
            if sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups)) > MOST_BYTES:
                raise BadRegister("register_too_large", found=f"> {MOST_BYTES >> 30} GB", most=f"{MOST_BYTES >> 30} GB")
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise unreadable(f"it is damaged or cut off ({error})", f"он повреждён или обрезан ({error})") from error

    def pieces(columns: Sequence[str]) -> Iterator[Mapping[str, Cells]]:
        try:
            with parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=PIECE, columns=list(columns)):
                    yield {name: _cells(batch.column(batch.schema.get_field_index(name))) for name in columns}
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise unreadable(f"it is damaged or cut off ({error})", f"он повреждён или обрезан ({error})") from error

    return Opened(tuple(schema.names), pieces)


def _cells(array: Any) -> Cells:
    import pyarrow

    blank = array.is_null().to_numpy(zero_copy_only=False)
    kind = array.type
    if pyarrow.types.is_integer(kind) or pyarrow.types.is_floating(kind) or pyarrow.types.is_decimal(kind):
        values = array.cast(pyarrow.float64(), safe=False).to_numpy(zero_copy_only=False)
        return np.asarray(values, dtype=np.float64), blank
    if pyarrow.types.is_dictionary(kind):
        array = array.dictionary_decode()
    values, empty = objects(_texts(array))
    return values, blank | empty


def _texts(array: Any) -> list[str | None]:
    """What is no number as texts: a date, yes or no, a list counts for no number and for no key but its text."""
    import pyarrow

    of = pyarrow.types
    if of.is_date(array.type) or of.is_timestamp(array.type):  # also of years that Python has none of
        array = array.cast(pyarrow.string())
    return [_text(value) for value in array.to_pylist()]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def parquet_bytes(columns: Any) -> bytes:
    """A frame of columns as the bytes of a Parquet file. Raises ImportError without pyarrow."""
    import pyarrow
    from pyarrow import parquet

    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.Table.from_pandas(columns, preserve_index=False), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())
