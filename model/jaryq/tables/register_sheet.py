"""The sheet ``segments`` as a register, and the name of the file that stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

import numpy as np

from jaryq.base.once import once
from jaryq.sheets.aliases import setting_called
from jaryq.sheets.segments import SEGMENTS
from jaryq.sheets.settings import SETTINGS
from jaryq.tables.register import Coded, Register
from jaryq.tables.tables import Table, Tables

CODED = ("package", "material", "street")


def register_named(tables: Tables) -> str | None:
    """What the setting ``register`` says, as it was read; None where it is blank."""
    table = tables.get(SETTINGS.name)
    for said, value in zip(table.values.get("setting", ()), table.values.get("value", ()), strict=False):
        if isinstance(said, str) and (setting := setting_called(said)) is not None and setting.name == "register":
            return str(value).strip() or None if value is not None else None
    return None


def register_of(tables: Tables) -> Register | None:
    """The stretches of an input, from its register or its sheet; None where it has none."""
    table = tables.get(SEGMENTS.name)
    return tables.register if tables.register is not None or not len(table) else of_sheet(table)


@once
def of_sheet(table: Table) -> Register:
    """The typed sheet as arrays; what has an issue is blank there, and is here."""
    size = len(table)
    numbers = {name: np.array([np.nan if value is None or isinstance(value, str) else value for value in values],
                              dtype=np.float64)
               for name, values in table.values.items()
               if (column := SEGMENTS.column(name)) is not None and column.kind in ("number", "integer")}
    coded = {name: _coded(table.values.get(name, (None,) * size)) for name in CODED}
    keys = np.array([_text(value).encode() for value in table.values.get("segment", (None,) * size)] or [b""])[:size]
    return Register(SEGMENTS.name, "", keys, numbers, coded, lambda column: [
        None if value is None else str(value) for value in table.values[column]])


def _text(value: object) -> str:
    return "" if value is None else normalize("NFC", str(value).strip())


def _coded(values: Sequence[object]) -> Coded:
    known: dict[str, int] = {}
    codes = [known.setdefault(text, len(known)) if (text := _text(value)) else -1 for value in values]
    return Coded(np.array(codes, dtype=np.int32), tuple(known))
