"""Any record of ours as rows of (path, number, text) and back again: a sheet can hold what has no sheet of its own.

A record is a frozen dataclass of numbers, texts, yes/no, other records, tuples of one kind, mappings from text to
number, each possibly None. A new field of such a record is stored and read back without a further line anywhere.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Row = tuple[str, float | None, str | None]
"""Path, number, text. None is a row with neither; an empty text is a row with neither too, told from None by the
field's type."""

DIGITS = 15
"""Digits of a number that every spreadsheet program keeps (a double holds each decimal number of so many digits)."""


LATER: Mapping[str, bool] = {"later": True}
"""Metadata of a field that rows of an earlier version do not have: read as its default there."""


class Unflat(ValueError):
    """Rows that are no record: ``path`` says which row is missing, too many or of another kind."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path} {what}")
        self.path = path


def fifteen(value: float) -> float:
    """The number with the digits that a spreadsheet keeps; idempotent, and the same after any spreadsheet has saved
    it."""
    return float(f"{value:.{DIGITS}g}")


def rounded(value: Any) -> Any:
    """A record, tuple, mapping or number with every number at 15 digits; everything else as it is."""
    if isinstance(value, float):
        return fifteen(value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{field.name: rounded(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, tuple):
        return tuple(rounded(item) for item in value)
    if isinstance(value, Mapping):
        return {key: rounded(item) for key, item in value.items()}
    return value


def rows_of(value: Any, path: str = "", leave: frozenset[str] = frozenset()) -> Iterator[Row]:
    """Rows of a record, in the order of its fields; ``leave``: fields of the record itself that stand elsewhere."""
    if value is None:
        yield path, None, None
    elif isinstance(value, str):
        yield path, None, value or None
    elif isinstance(value, (bool, int, float)):
        yield path, float(value), None
    elif isinstance(value, tuple):
        yield path, float(len(value)), None
        for i, item in enumerate(value):
            yield from rows_of(item, f"{path}[{i}]")
    elif isinstance(value, Mapping):
        yield path, float(len(value)), None
        for i, (key, item) in enumerate(value.items()):
            if not isinstance(key, str) or not isinstance(item, (int, float)):
                raise TypeError(f"{path}: only mappings from text to number are stored")
            yield f"{path}[{i}]", float(item), key or None
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in leave:
                yield from rows_of(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    else:
        raise TypeError(f"{path}: a {type(value).__name__} is not stored")


def built(kind: type, rows: Mapping[str, tuple[float | None, str | None]], given: Mapping[str, Any]) -> Any:
    """The record of ``kind`` that the rows tell; ``given``: its fields that stand elsewhere. Raises Unflat for a row
    that is missing or too many."""
    left = dict(rows)
    later = {field.name for field in fields(kind) if _later(field)}
    made = kind(**{name: given[name] if name in given else _built(of, name, left) for name, of in _fields(kind).items()
                   if name in given or name not in later or name in left})
    if left:
        raise Unflat(next(iter(left)), "is not known")
    return made


@cache
def _fields(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _built(kind: Any, path: str, left: dict[str, tuple[float | None, str | None]]) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if left.get(path) == (None, None):
            del left[path]
            return None
        return _built(next(one for one in inner if one is not type(None)), path, left)
    if is_dataclass(kind):
        later = {field.name for field in fields(kind) if _later(field)}
        return kind(**{name: _built(of, f"{path}.{name}", left) for name, of in _fields(kind).items()  # type: ignore
                       if name not in later or f"{path}.{name}" in left})
    number, text = _take(path, left)
    if kind is str or origin is Literal:
        return text or ""
    if number is None:
        raise Unflat(path, "has no number")
    if origin is tuple:
        return tuple(_built(inner[0], f"{path}[{i}]", left) for i in range(int(number)))
    if origin is not None and issubclass(origin, Mapping):
        pairs = [_take(f"{path}[{i}]", left) for i in range(int(number))]
        return {key or "": value for value, key in pairs}
    return kind(number)


def _later(field: Field[Any]) -> bool:
    return bool(field.metadata.get("later"))


def _take(path: str, left: dict[str, tuple[float | None, str | None]]) -> tuple[float | None, str | None]:
    if path not in left:
        raise Unflat(path, "is missing")
    return left.pop(path)
