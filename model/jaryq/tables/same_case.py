"""Whether the last plan is of the same case as an input: the name of the case, and what its projects are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaryq.base.text import Text
from jaryq.tables.numerals import number_of
from jaryq.tables.tables import Tables
from jaryq.tables.values import show

KEYS = {"facilities": "facility", "networks": "package"}
TELLING = ("name", "asset_type", "region", "cost", "unit_cost")
"""Columns by which a project is known again where the case has another name; blank ones tell nothing."""

SHOWN = 3
"""Projects that are named as examples."""

OTHER = Text("the last plan is of another case: {was}, not {now}; of its {all} projects {same} are the same here "
             "({why}). "
             "If it is the same case under a new name, enter the same title (setting case) in both",
             "прошлый план составлен для другого расчёта: {was}, а не {now}; из его проектов ({all}) здесь те же: "
             "{same} ({why}). "
             "Если это тот же расчёт под новым именем, задайте в обоих одно название (настройка case)")
GONE = Text("not here: {keys}", "здесь нет: {keys}")
UNLIKE = Text("{key} has {column} {was} there and {now} here", "у {key} {column} там {was}, здесь {now}")


def another_case(now: Tables, last: Tables) -> Text | None:
    """What says that ``last``, the inputs of a finished plan, are of another case than ``now``; None where they are of
    the same.

    The same are cases of which at least half of the last plan's projects are here, by key and name. Where neither the
    file nor the title (setting ``case``) is called the same, a project must agree in kind, region and cost too: F1 is
    in every second case.
    """
    here, there = _projects(now), _projects(last)
    columns = TELLING[:1] if _called_the_same(now, last) else TELLING
    unlike = {key: column for key in there if key in here if (column := _differs(here[key], there[key], columns))}
    gone = [key for key in there if key not in here]
    same = len(there) - len(gone) - len(unlike)
    if 2 * same >= len(there):
        return None
    keys = ", ".join(gone[:SHOWN]) + (", ..." if len(gone) > SHOWN else "")
    first = next(iter(unlike), "")
    why = GONE.fill(keys=keys) if gone else UNLIKE.fill(
        key=first, column=unlike[first], was=_shown(there[first], unlike[first]),
        now=_shown(here[first], unlike[first]))
    return OTHER.fill(was=_name(last), now=_name(now), all=len(there), same=same, why=why)


def _projects(tables: Tables) -> dict[str, Mapping[str, Any]]:
    return {show(row[key]).strip(): row for sheet, key in KEYS.items()
            for _, row in tables.get(sheet).records() if row.get(key) is not None}


def _title(tables: Tables) -> str:
    """What somebody entered; the default tells nothing."""
    stated = {row.get("setting"): row.get("value") for _, row in tables.get("settings").records()}
    title = show(stated.get("case")).strip()
    return "" if title == "case" else title


def _name(tables: Tables) -> str:
    title = _title(tables)
    return f"{tables.name} ({title})" if title else tables.name


def _called_the_same(now: Tables, last: Tables) -> bool:
    """By their titles where both have one, else by their files."""
    titles = _title(now), _title(last)
    return titles[0] == titles[1] if all(titles) else now.name == last.name


def _shown(row: Mapping[str, Any], column: str) -> str:
    return show(row.get(column)).strip()


def _differs(here: Mapping[str, Any], there: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    """The first of the columns that both rows fill, and differently."""
    for column in columns:
        one, other = _shown(here, column), _shown(there, column)
        if one and other and one.casefold() != other.casefold() and not _equal(one, other):
            return column
    return ""


def _equal(one: str, other: str) -> bool:
    """``12`` and ``12.0``, ``12,5`` and ``12.5`` are the same number."""
    try:
        number = number_of(one)
        return number is not None and number == number_of(other)
    except ValueError:
        return False
