"""Selectors: ``column=value; column=value*`` (all must hold, ``*`` matches any run of letters), and ranges of years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

PROJECT_COLUMNS = ("project", "kind", "sector", "type", "region", "zone")
MONEY_COLUMNS = ("source", "partner", "currency", "group", "payer")


class BadSelector(ValueError):
    """The text is not a selector; the message says why."""


def parse(text: str | None, columns: tuple[str, ...]) -> dict[str, str]:
    """The parts of a selector; raises BadSelector for another form or an unknown column."""
    parts: dict[str, str] = {}
    for piece in (text or "").split(";"):
        if not piece.strip():
            continue
        column, sign, value = piece.partition("=")
        column, value = column.strip().lower(), value.strip()
        if not sign or not value:
            raise BadSelector(f"“{piece.strip()}” is not column=value")
        if column not in columns:
            raise BadSelector(f"“{column}” is not a column here")
        if column in parts:
            raise BadSelector(f"“{column}” stands twice")
        parts[column] = value
    return parts


def fits(wanted: str, value: object) -> bool:
    """Whether ``value`` matches a selector's value; only ``*`` is special."""
    if value is None:
        return False
    pattern = re.sub(r"([\[?])", r"[\1]", wanted)
    return fnmatchcase(str(value), pattern)


def years(text: object, first: int, last: int) -> tuple[int, int] | None:
    """``2027`` -> (2027, 2027), ``2027-2030`` -> both ends, blank -> None. Raises BadSelector if outside ``first..last``."""
    if text is None or str(text).strip() == "":
        return None
    found = re.fullmatch(r"(\d{4})(?:\.0)?(?:\s*[-–—]\s*(\d{4}))?", str(text).strip())
    if not found:
        raise BadSelector("not a year or a range of years such as 2027-2030")
    begin, end = int(found[1]), int(found[2] or found[1])
    if not first <= begin <= end <= last:
        raise BadSelector(f"years must lie in {first}-{last}, in order")
    return begin, end


def matches(parts: Mapping[str, str], values: Mapping[str, object]) -> bool:
    """Whether a row with these ``values`` fits every part."""
    return all(fits(wanted, values.get(column)) for column, wanted in parts.items())
