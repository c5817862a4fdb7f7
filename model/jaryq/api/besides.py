"""What a run writes besides the plan: its report, and where they are asked for the tables for other programs, the brief
and the pages of the regions."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from jaryq.api.hashes import input_hash
from jaryq.api.results import inside
from jaryq.api.stretches import priced_by_links
from jaryq.api.verified import Verified
from jaryq.base.extras import need
from jaryq.base.faults import Misplaced
from jaryq.base.free import free_file, marked_as, same_file
from jaryq.base.mark import purpose_of
from jaryq.base.places import write_whole
from jaryq.base.shipped import CASE, inputs
from jaryq.base.text import Lang, Text
from jaryq.case.stages import valued
from jaryq.handover.brief import LANGUAGES, brief
from jaryq.handover.tables import files_of, free_tables, mark_stale, write_tables
from jaryq.handover.tables_points import stretches
from jaryq.report.compare import Comparison
from jaryq.report.report import Report
from jaryq.solve.mps import mps
from jaryq.workbook.regions import PURPOSE, write_regions

AMONG_RESULTS = Text("{folder} holds the results of the run: tables there would stand in the place of its own files. "
                     "Name another folder for the tables.",
                     "В {folder} пишутся результаты расчёта: таблицы заняли бы место его файлов. Укажите для таблиц "
                     "другую папку.")
BRIEF = "brief"
"""What the brief is marked as."""

REGIONS = "regions.xlsx"
OLDER = {"brief.en.docx": BRIEF, "brief.ru.docx": BRIEF, REGIONS: PURPOSE}
"""Files beside a plan that speak of it, and what they are marked as."""


@dataclass(frozen=True)
class Besides:
    """``tables``: the folder of the tables, None where they are not asked for; ``report``: whether report.html is
    written beside the plan; ``brief``, ``regions``: whether the brief and the pages of the regions are."""

    tables: Path | None = None
    report: bool = True
    brief: bool = False
    regions: bool = False

    @property
    def asked(self) -> bool:
        """Whether anything is that no plan has without being asked."""
        return self.tables is not None or self.brief or self.regions

    def places(self, folder: Path) -> tuple[Path, ...]:
        """Where it stands; ``folder`` is that of the plan."""
        return (*(() if self.tables is None else (self.tables,)), *self._beside(folder))

    def _beside(self, folder: Path) -> dict[Path, str]:
        """Files beside the plan, and what they are marked as."""
        return dict.fromkeys(self._briefs(folder).values(), BRIEF) | (
            {folder / REGIONS: PURPOSE} if self.regions else {})

    def _briefs(self, folder: Path) -> dict[Lang, Path]:
        return {lang: folder / f"brief.{lang}.docx" for lang in LANGUAGES} if self.brief else {}

    def needed(self) -> None:
        """Raises MissingExtra where what is asked needs packages that are not installed."""
        if self.tables is not None:
            need("tables")
        if self.brief:
            need("brief")

    def of(self, scenario: str) -> Besides:
        """The same of one scenario of several: each has a folder of its own."""
        return self if self.tables is None else replace(self, tables=inside(self.tables, scenario))

    def free(self, folder: Path, own: Iterable[Path] = (), force: bool = False) -> None:
        """Raises Misplaced or Fault where a place cannot or must not be written; ``folder`` is that of the plan."""
        for path, purpose in self._beside(folder).items():
            free_file(path, marked_as(purpose), own, force)
        if self.tables is not None:
            if same_file(self.tables, folder) or self.tables.resolve() == folder.resolve():
                raise Misplaced(AMONG_RESULTS.fill(folder=self.tables))
            free_tables(self.tables, own, force)

    def write(self, done: Verified, report: Report, folder: Path, lang: Lang) -> None:
        """All that is asked for, each whole or not at all. Raises Misplaced or Fault."""
        case = done.accepted.case
        for tongue, path in self._briefs(folder).items():
            content = brief(case, report, tongue)
            write_whole(path, partial(Path.write_bytes, data=content), BRIEF)
        if self.regions:
            write_regions(folder / REGIONS, case, report, lang)
        if self.tables is not None:
            write_tables(self.tables, files_of(case, report, program_of_plan(done), about(report), lang,
                                               layer_of(done)))

    def stale(self, folder: Path) -> None:
        """There is no plan: what an earlier one left says so."""
        outdated(folder)
        if self.tables is not None:
            mark_stale(self.tables)


NOTHING = Besides()


def outdated(folder: Path, but: Iterable[Path] = ()) -> None:
    """What stands beside an earlier plan is marked as stale by its name, ``but`` for what was written now; a file that
    is no work of this program, or is open, stays."""
    kept = set(but)
    for name, purpose in OLDER.items():
        path = folder / name
        if path not in kept and purpose_of(path) == purpose:
            stem, _, ending = name.partition(".")
            with contextlib.suppress(OSError):
                path.replace(path.with_name(f"{stem}.stale.{ending}"))


def program_of_plan(done: Verified) -> bytes:
    """The program whose optimum the plan is, or is near: the objective under the plan's own shortfalls, as MPS. With a
    register that of the packages, a km of which earns the multiplier of its link: its optimum is the plan's bound."""
    program, solution = priced_by_links(done.accepted.factors, done.program, done.solution), done.solution
    value = {stage.name: stage.value for stage in solution.stages}
    *earlier, last = (name for name in valued(program.objectives) if name in value)
    return mps(program, last, {name: value[name] for name in earlier}, done.accepted.case.name)


def layer_of(done: Verified) -> bytes | None:
    """The stretches of a plan as a layer of a map; None without a register."""
    case, renewed = done.accepted.case, done.solution.renewed
    if case.stretches is None or renewed is None:
        return None
    return stretches(case.stretches, renewed, [period.label for period in case.periods])


def about(report: Report) -> Mapping[str, Any]:
    """What the descriptor of the tables says of their origin."""
    said = report.manifest
    return {key: said[key] for key in ("input", "scenario", "input_sha256", "changes", "since") if key in said} | {
        "shipped": "changes" not in said and said.get("input_sha256") == _shipped()}


def about_scenarios(source: Path, made: Comparison) -> Mapping[str, Any]:
    """What the descriptor of a comparison's tables says of their origin."""
    digest = input_hash(source)
    return {"input": source.name, "input_sha256": digest, "scenarios": list(made.ids), "shipped": digest == _shipped()}


def _shipped() -> str | None:
    path = inputs() / CASE
    return input_hash(path) if path.is_file() else None
