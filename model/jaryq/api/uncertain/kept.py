"""Batches of draws in files: figures of every future and what its plans do, as Parquet (extra ``uncertainty``). Draws
have the numbers there that sentences call them by, from 1 on; the name of a file says how many come before it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jaryq.base.free import free_file
from jaryq.base.places import write_whole
from jaryq.base.text import Text
from jaryq.handover.tables_parquet import Columns, begins_as_parquet, columns_of, parquet_of, said_by
from jaryq.uncertainty.outcomes import Judged, Outcome

PLANS = ("stands", "best")
FIGURES, WORKS = "figures", "works"

NAME = re.compile(rf"({FIGURES}|{WORKS})-\d{{6,}}\.parquet")

FIRST = 1
"""The number of the first draw."""


def keep(folder: Path, numbers: Sequence[int], judged: Sequence[Judged], key: str, keys: Sequence[str]) -> None:
    """Write a batch: the works of its plans first, the figures last, whose file says that the batch is whole."""
    write(_path(folder, WORKS, numbers), _works(numbers, judged), key)
    write(_path(folder, FIGURES, numbers), _figures(numbers, judged, keys), key)


def write(path: Path, columns: Columns, key: str) -> None:
    """One file, whole or not at all."""
    made = parquet_of(columns, {"key": key})
    write_whole(path, lambda draft: draft.write_bytes(made))


def draws_in(folder: Path, numbers: Sequence[int], key: str, keys: Sequence[str]) -> list[Judged] | None:
    """A batch as it is kept; None where it is not there whole, or is of another key."""
    found: list[Mapping[str, Sequence[Any]]] = []
    for name in (FIGURES, WORKS):
        read = columns_of(_path(folder, name, numbers))
        if read is None or read[1].get("key") != key:
            return None
        found.append(read[0])
    figures, works = found
    shares: dict[tuple[int, str], tuple[dict[str, float], dict[str, float]]] = {}
    for number, plan, project, share, year in zip(*(works[name] for name in ("draw", "plan", "project", "share",
                                                                             "year")), strict=True):
        mine = shares.setdefault((int(number) - FIRST, str(plan)), ({}, {}))
        name = sys.intern(str(project))  # of a hundred thousand draws the names would fill the memory
        mine[0][name] = float(share)
        if year is not None:
            mine[1][name] = float(year)
    rows: dict[tuple[int, str], int] = {
        (int(number) - FIRST, str(plan)): i for i, (number, plan) in
        enumerate(zip(figures["draw"], figures["plan"], strict=True))}
    if set(rows) != {(number, plan) for number in numbers for plan in PLANS} or not set(keys) <= set(figures):
        return None

    def outcome(number: int, plan: str) -> Outcome:
        i = rows[number, plan]
        there = figures[keys[0]][i] is not None
        values = {name: float(figures[name][i]) for name in keys} if there else None
        done, years = shares.get((number, plan), ({}, {}))
        return Outcome(values, listed("missed_targets", i), done, years, said("why", i), listed("unfinished", i))

    def listed(name: str, i: int) -> tuple[str, ...]:
        return tuple(str(figures[name][i]).split(";")) if figures[name][i] else ()

    def said(name: str, i: int) -> Text | None:
        return Text(str(figures[name][i]), str(figures[f"{name}_ru"][i])) if figures[name][i] else None

    return [Judged(outcome(number, "stands"), outcome(number, "best"), said("impossible", rows[number, "stands"]))
            for number in numbers]


def free_batches(folder: Path, force: bool) -> None:
    """Raises Misplaced where a file with the name of a batch is none: neither whole nor a damaged one of these
    commands. ``force``: it is replaced, should its number come."""
    for path in _batches_in(folder):
        free_file(path, _is_batch, (), force)


def drop_others(folder: Path, key: str) -> None:
    """Take away the batches of other orders, once one is complete: who reads the folder reads one case."""
    for path in _batches_in(folder):
        told = said_by(path)
        if told is not None and told.get("key") not in (None, key):
            path.unlink(missing_ok=True)


def _batches_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.parquet") if NAME.fullmatch(path.name))


def _is_batch(path: Path) -> bool:
    told = said_by(path)
    return begins_as_parquet(path) if told is None else "key" in told


def _path(folder: Path, name: str, numbers: Sequence[int]) -> Path:
    return folder / f"{name}-{numbers[0]:06d}.parquet"


def _figures(numbers: Sequence[int], judged: Sequence[Judged], keys: Sequence[str]) -> Columns:
    rows = [(number, plan, one, getattr(one, plan)) for number, one in zip(numbers, judged, strict=True)
            for plan in PLANS]
    found: Columns = {
        "draw": [FIRST + number for number, _, _, _ in rows], "plan": [plan for _, plan, _, _ in rows],
        **_said("impossible", [one.impossible for _, _, one, _ in rows]),
        **_said("why", [outcome.why for *_, outcome in rows]),
        "missed_targets": [";".join(outcome.missed) for *_, outcome in rows],
        "unfinished": [";".join(outcome.unfinished) for *_, outcome in rows]}
    return found | {key: [None if outcome.figures is None else outcome.figures[key] for *_, outcome in rows]
                    for key in keys}


def _said(name: str, texts: Sequence[Text | None]) -> Columns:
    """Texts in two columns, English and Russian."""
    return {name: ["" if text is None else text.en for text in texts],
            f"{name}_ru": ["" if text is None else text.ru for text in texts]}


def _works(numbers: Sequence[int], judged: Sequence[Judged]) -> Columns:
    rows = [(FIRST + number, plan, project, share, getattr(one, plan).years.get(project))
            for number, one in zip(numbers, judged, strict=True) for plan in PLANS
            for project, share in sorted(getattr(one, plan).shares.items())]
    return {name: [row[i] for row in rows] for i, name in enumerate(("draw", "plan", "project", "share", "year"))}
