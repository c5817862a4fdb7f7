"""A case: what is damaged, and which issues that gives, in the order of codes and places. Expectations stand here
before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.damage.book import Book

Damage = Callable[[Book], Any]


@dataclass(frozen=True)
class Case:
    """``issues``: code and place (``facilities!F001.cost``, ``facilities!``, ``facilities!P4``), a scenario's with
    ``@name`` behind the place. ``reads``: typed values of places afterwards. ``says``: words of the first issue's
    sentence. ``scenarios``: whether the workbook has some."""

    name: str
    damage: Damage
    issues: tuple[tuple[str, str], ...]
    reads: Mapping[str, Any] = field(default_factory=dict)
    says: str = ""
    scenarios: bool = False


def case(name: str, damage: Damage, *issues: tuple[str, str], reads: Mapping[str, Any] | None = None,
         says: str = "") -> Case:
    return Case(name, damage, issues, reads or {}, says)


def puts(place: str, value: Any, **how: Any) -> Damage:
    """One cell."""
    return lambda book: book.put(place, value, **how)


def all_of(*damages: Damage) -> Damage:
    def damage(book: Book) -> None:
        for each in damages:
            each(book)
    return damage


def adds(sheet: str, /, **values: Any) -> Damage:
    """A row."""
    return lambda book: book.add(sheet, **values)


def serial(day: date) -> int:
    """A day as Excel stores it."""
    return (day - date(1899, 12, 30)).days
