"""The shipped case with a register of its own, as files: a workbook that names the register, and the register."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from jaryq.api.accepted import accept
from jaryq.api.invented import invented
from jaryq.tables.tables import Table, Tables
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.read import read
from jaryq.workbook.register.columnar import parquet_bytes

STEM = "stretches"


def with_stretches(path: Path, count: int, seed: int = 0) -> dict[str, bytes]:
    """The bytes of both files by their names: the workbook at ``path`` with a register of about ``count`` stretches, in
    Parquet where it can be written, else in CSV. Raises InputRejected for a workbook that cannot be planned."""
    tables, issues = read(path)
    frame = invented(accept(tables, issues).case, count, seed)
    try:
        name, content = f"{STEM}.parquet", parquet_bytes(frame)
    except ImportError:
        name, content = f"{STEM}.csv", frame.to_csv(index=False, lineterminator="\n").encode()
    with TemporaryDirectory() as folder:
        write_inputs(naming(tables, name), draft := Path(folder) / path.name)
        return {path.name: draft.read_bytes(), name: content}


def naming(tables: Tables, register: str) -> Tables:
    """Tables whose settings name a register."""
    table = tables["settings"]
    rows = [row for _, row in table.records()]
    known = [row for row in rows if row["setting"] == "register"]
    for row in known:
        row["value"] = register
    rows += [] if known else [{"setting": "register", "value": register}]
    return tables.with_sheet(Table.of("settings", rows, list(table.values)))
