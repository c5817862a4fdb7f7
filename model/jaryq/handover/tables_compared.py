"""The tables of a comparison of scenarios for other programs: a row for each scenario and what it says of it, with the
key of the scenario in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jaryq.base.marked_folder import free_marked, stated, write_marked
from jaryq.base.text import Lang, Text
from jaryq.handover.tables import MARK, STALE, described_files
from jaryq.handover.tables_package import DESCRIPTOR
from jaryq.report.compare.facts import PARTS, PRIORITIES
from jaryq.report.compare.story import Comparison, Story
from jaryq.report.shapes import Out, Value
from jaryq.sheets.results_compare import TARGETS_COMPARED
from jaryq.sheets.results_compare_data import ID, INDICATORS, SCENARIOS, TARGETS_LONG, WORTH

COMPARED = Text("Scenarios of {case}, side by side", "Сценарии рядом: {case}")
NAMES = ("scenarios", "indicators", "worth", "moves", "money", "targets", "waterfall", "inputs", "failures")
OF_ROWS = ("asked", "reached", "short", "met")
"""Columns of targets that each scenario has."""


def ours(name: str) -> bool:
    """Whether a file of this name may be written into the folder."""
    stem, _, ending = name.rpartition(".")
    return name == DESCRIPTOR or (ending in ("csv", "parquet") and stem in NAMES)


def free_compared(folder: Path, own: Sequence[Path] = (), force: bool = False) -> None:
    """Raises Misplaced or Fault where the folder cannot be written, is read by the command, or holds files of these
    names that were not written here or were changed since."""
    free_marked(folder, MARK, ours, own, force)


def write_compared(folder: Path, made: Comparison, about: Mapping[str, Any], lang: Lang) -> None:
    """Write the tables with their descriptor, whole or not at all; those of an earlier comparison that this one has not
    go. Raises Misplaced or Fault."""
    said = COMPARED.fill(case=made.title)
    files = described_files(list(tables_of(made)), {}, about, said, lang)
    write_marked(folder, files, MARK, [STALE, *(name for name in stated(folder, MARK) if ours(name))])


def tables_of(made: Comparison) -> Iterator[Out]:
    """All tables, each with the key of the scenario as its first column."""
    yield _scenarios(made.stories)
    yield _indicators(made)
    yield _worth(made.stories)
    yield _keyed(made.listed)
    yield _keyed(made.money)
    yield _targets(made)
    there = [story.scenario for story in made.stories[1:] if story.facts is not None]
    rows = [{"id": key, **row} for key, row in zip(there, made.waterfall.rows, strict=bool(made.waterfall.rows))]
    yield _keyed(replace(made.waterfall, rows=tuple(rows)))
    yield _keyed(made.inputs)
    if made.failures is not None:
        yield _keyed(made.failures)


def _keyed(table: Out) -> Out:
    """A table whose rows have the key of their scenario, with a column for it in place of that of its name as key."""
    form = table.declared
    columns = (ID, *(column for column in form.columns if column.name != ID.name))
    key = (ID.name, *(name for name in form.key if name != "scenario"))
    headings = (ID.name, *(heading for heading in table.headings if heading != ID.name))
    return replace(table, headings=headings, form=replace(form, columns=columns, key=key))


def _scenarios(stories: Sequence[Story]) -> Out:
    rows: list[Mapping[str, Value]] = []
    for story in stories:
        row: dict[str, Value] = {"id": story.scenario, "name": story.name, "plan": story.facts is not None,
                                 "changed": len(story.changed), "reason": story.failure or None}
        if story.facts is not None:
            known = story.facts
            row |= {name: getattr(known, name) for name in ("facilities", "km", "spend", "cost", "benefits", "value",
                                                            "distance", "missed", "after", "unpaid")}
            row |= {f"shortfall_{p}": known.shortfalls.get(p) for p in PRIORITIES}
        if story.worth is not None:
            row |= {f"moves_{standing}": count for standing, count in story.standings.items()}
        rows.append(row)
    return Out("scenarios", tuple(column.name for column in SCENARIOS.columns), tuple(rows), form=SCENARIOS)


def _indicators(made: Comparison) -> Out:
    rows: list[Mapping[str, Value]] = []
    for block in made.overview:
        for line in block.lines:
            for i, (key, value) in enumerate(zip(made.ids, line.values, strict=True)):
                words = isinstance(value, (str, Text))
                unit = line.said or line.unit or None
                rows.append({"id": key, "block": block.head, "label": line.label, "unit": unit,
                             "value": None if words else value, "said": value if words else None,
                             "difference": line.difference(i) if i else None, "differs": line.differs})
    return Out("indicators", tuple(column.name for column in INDICATORS.columns), tuple(rows), form=INDICATORS)


def _worth(stories: Sequence[Story]) -> Out:
    rows: list[Mapping[str, Value]] = [
        {"id": story.scenario, "base": story.worth.base, **story.worth.parts, "value": story.worth.value}
        for story in stories if story.worth is not None]
    return Out("worth", ("id", "base", *PARTS, "value"), tuple(rows), form=WORTH)


def _targets(made: Comparison) -> Out:
    """A row for each target and scenario; what the scenario asks where it asks something else than the base."""
    common = tuple(column.name for column in TARGETS_COMPARED.columns)
    rows: list[Mapping[str, Value]] = [
        {"id": key, **{name: row.get(name) for name in common}, **{name: row.get(f"{name}_{i}") for name in OF_ROWS}}
        for i, key in enumerate(made.ids) for row in made.targets.rows if f"met_{i}" in row]
    return Out("targets", ("id", *common, *OF_ROWS), tuple(rows), form=TARGETS_LONG)
