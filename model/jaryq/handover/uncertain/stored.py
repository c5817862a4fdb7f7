"""Pages as JSON and back, so that the pages of several commands stand in one workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from jaryq.base.text import Text
from jaryq.handover.shapes import Chart, Front, Series, Verdict
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact

SHAPES: Mapping[str, Any] = {shape.__name__: shape for shape in (Front, Chart, Series, Block, Field, Fact, Text,
                                                         Verdict)}


def as_json(value: Any) -> Any:
    """A page, or a part of one."""
    if is_dataclass(value) and not isinstance(value, type):
        record = {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
        return {"is": type(value).__name__, **{name: item for name, item in record.items() if item not in (None, [])}}
    if isinstance(value, frozenset):
        return {"is": "set", "of": sorted(value)}
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in value]
    return value


def from_json(value: Any) -> Any:
    """What ``as_json`` made. Raises KeyError, TypeError or ValueError for anything else."""
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if not isinstance(value, Mapping):
        return value
    if value["is"] == "set":
        return frozenset(value["of"])
    return SHAPES[value["is"]](**{name: from_json(item) for name, item in value.items() if name != "is"})
