"""One table as Parquet (extra ``tables``): typed columns, with unit and titles in the metadata of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jaryq.handover.tables_fields import Field

BEGINNING = b"PAR1"


def parquet(fields: tuple[Field, ...]) -> bytes:
    """The bytes of the file; the same for the same columns."""
    import pyarrow
    from pyarrow import parquet as files

    types = {"string": pyarrow.string(), "number": pyarrow.float64(), "integer": pyarrow.int64(),
             "boolean": pyarrow.bool_()}
    schema = pyarrow.schema([pyarrow.field(one.name, types[one.kind], metadata={
        "title": one.title.en, "title_ru": one.title.ru, "unit": one.unit}) for one in fields])
    columns = [pyarrow.array(list(one.values), type=types[one.kind]) for one in fields]
    sink = pyarrow.BufferOutputStream()
    files.write_table(pyarrow.Table.from_arrays(columns, schema=schema), sink)
    return bytes(sink.getvalue().to_pybytes())


Columns = dict[str, list[object]]
"""Values by the name of their column."""


def parquet_of(columns: Columns, told: Mapping[str, str]) -> bytes:
    """The bytes of a file of plain columns (texts, numbers, truths; None is blank); ``told``: what it says of itself.
    Columns without a value are numbers."""
    import pyarrow
    from pyarrow import parquet as files

    def column(values: list[object]) -> pyarrow.Array:
        blank = all(value is None for value in values)
        return pyarrow.array(values, type=pyarrow.float64() if blank else None)

    table = pyarrow.table({name: column(values) for name, values in columns.items()})
    sink = pyarrow.BufferOutputStream()
    files.write_table(table.replace_schema_metadata(dict(told)), sink)
    return bytes(sink.getvalue().to_pybytes())


def columns_of(path: Path) -> tuple[Columns, dict[str, str]] | None:
    """The columns of such a file and what it says of itself; None where it is not there or cannot be read."""
    import pyarrow
    from pyarrow import parquet as files

    try:
        table = files.read_table(path)
    except (OSError, pyarrow.ArrowException):
        return None
    told = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
    return table.to_pydict(), told


def said_by(path: Path) -> dict[str, str] | None:
    """What such a file says of itself, its columns unread; None where it cannot be read."""
    import pyarrow
    from pyarrow import parquet as files

    try:
        told = files.read_schema(path).metadata or {}
    except (OSError, pyarrow.ArrowException):
        return None
    return {key.decode(errors="replace"): value.decode(errors="replace") for key, value in told.items()}


def begins_as_parquet(path: Path) -> bool:
    """Whether a file, cut off or not, begins as one of this kind."""
    try:
        with path.open("rb") as file:
            return file.read(len(BEGINNING)) == BEGINNING
    except OSError:
        return False
