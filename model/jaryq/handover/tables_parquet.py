"""One table as Parquet (extra ``tables``): typed columns, with unit and titles in the metadata of each."""

from __future__ import annotations

from jaryq.handover.tables_fields import Field


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
