"""``jaryq.plan``: an opened case built, solved and verified; each step is a method too."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd

from jaryq.api.again import Again, Standing
from jaryq.api.asked import told_beneath
from jaryq.api.besides import Besides
from jaryq.api.choices import Explained, explained_project, start_asked
from jaryq.api.clock import Clock
from jaryq.api.curve import HIGH, LOW, PriceCurve, curve_of
from jaryq.api.explained import why_no_plan, why_not_found
from jaryq.api.findings import verify
from jaryq.api.frames import Frames
from jaryq.api.frames_of_results import findings_frame, output_frame
from jaryq.api.manifest import plan_in
from jaryq.api.origin import Origin
from jaryq.api.ranked import Greedy, ranking_of
from jaryq.api.results import free_results
from jaryq.api.reuse import key_of
from jaryq.api.shown import html, listed, row
from jaryq.api.takes import Takes, takes
from jaryq.api.verified import Verified, compiled, explained, solved, verified
from jaryq.api.wishes import Wished, wished
from jaryq.api.written import manifest_of, summary_of, write_results
from jaryq.base.errors import Infeasible, NoPlan, Told
from jaryq.base.free import same_file
from jaryq.base.home import BILLION
from jaryq.base.text import Lang, Text
from jaryq.explain.dials import Ambiguous, NoSuchDial
from jaryq.report.build import build_report
from jaryq.report.proved import proof_of
from jaryq.report.report import Report
from jaryq.report.words import proved
from jaryq.solve.lp import LinearProgram
from jaryq.solve.solution import Solution
from jaryq.verify.finding import failed
from jaryq.workbook.register.of_plan import told_of


def plan(case: Origin) -> VerifiedPlan:
    """The plan of an opened case: built, solved, verified. Raises Infeasible (with the rules that contradict each
    other, and the cheapest repair in ``why``), NoPlan (with the limits that are nearest in ``why``), NotVerified."""
    if not isinstance(case, Origin):
        raise TypeError("plan takes what jaryq.read gives: jaryq.plan(jaryq.read(...))")
    try:
        return build_program(case).solve().verify()
    except Infeasible as error:
        error.why = why_no_plan(case.accepted)
        raise
    except NoPlan as error:
        error.why = why_not_found(case.accepted)
        raise


def build_program(case: Origin) -> Program:
    """The linear program of an opened case."""
    clock = Clock(dict(case.seconds))
    with clock.step("build"):
        return Program(case, compiled(case.accepted), clock)


@dataclass(frozen=True, eq=False, repr=False)
class Program:
    """The linear program of a case. ``linear``: its arrays, with a name for every row and column; all objectives are
    minimised there."""

    case: Origin
    linear: LinearProgram
    clock: Clock

    def solve(self) -> SolvedProgram:
        """The answer, stage by stage. Raises Infeasible, NoPlan."""
        clock = Clock(dict(self.clock.seconds))
        with clock.step("solve"):
            solution = solved(self.case.accepted, self.linear, lambda _: None)
        with clock.step("explain"):
            return SolvedProgram(self, explained(self.case.accepted, self.linear, solution, lambda _: None), clock)

    def __repr__(self) -> str:
        rows, columns = self.linear.shape
        whole = int(self.linear.whole.sum())
        return (f"<jaryq program of {self.case.name}, scenario {self.case.scenario}: {rows:,} rows, {columns:,} "
                f"columns ({whole:,} whole), {self.linear.matrix.nnz:,} coefficients>")

    def _repr_html_(self) -> str:
        families = {"rows": Counter(name for name, _ in self.linear.rows),
                    "columns": Counter(name for name, _ in self.linear.columns)}
        return html(f"Program of {self.case.name}, scenario {self.case.scenario}",
                    [row(what, f"{sum(found.values()):,}") for what, found in families.items()],
                    *(listed([f"{name}: {count:,}" for name, count in found.items()], f"families of {what}")
                      for what, found in families.items()))


NO_SUCH = Text("the plan has no project, target, limit, source or partner {what}",
               "в плане нет проекта, цели, ограничения, источника или партнёра {what}")
SEVERAL = Text("{what} may mean several: {names}", "{what} может означать разное: {names}")


@dataclass(frozen=True, eq=False, repr=False)
class SolvedProgram:
    """What the solver found, not verified yet. ``solution``: decisions, stages, multipliers, prices of limits."""

    program: Program
    solution: Solution
    clock: Clock

    @property
    def stages(self) -> pd.DataFrame:
        """Value and certified bound of each stage, in its own unit (shortfalls are normalised)."""
        rows = [(stage.name, stage.value, stage.bound, stage.proved) for stage in self.solution.stages]
        return pd.DataFrame(rows, columns=["stage", "value", "bound", "proved"])

    def verify(self) -> VerifiedPlan:
        """The plan, once every limit and total computed again holds. Raises NotVerified where one does not."""
        case, clock = self.program.case, Clock(dict(self.clock.seconds))
        return VerifiedPlan(case, verified(case.accepted, self.program.linear, self.solution, clock, lambda _: None),
                            clock)

    def __repr__(self) -> str:
        case = self.program.case
        return (f"<jaryq solution of {case.name}, scenario {case.scenario}: {self.solution.objective} "
                f"{self.solution.value:,.3f}, {len(self.solution.stages)} stages>")

    def _repr_html_(self) -> str:
        case = self.program.case
        return html(f"Solution of {case.name}, scenario {case.scenario}, not verified yet",
                    [row(self.solution.objective, f"{self.solution.value:,.3f}")], self.stages.to_html(index=False))


@dataclass(frozen=True, eq=False, repr=False)
class VerifiedPlan:
    """A verified plan: ``plan["facilities"]`` is an output sheet, ``plan.summary`` what machines read, ``plan.write``
    puts it into a folder. ``done``: all that is known about it."""

    case: Origin
    done: Verified
    clock: Clock

    def __getitem__(self, sheet: str) -> pd.DataFrame:
        """An output sheet: its rows without totals, in the units of ``attrs["units"]``. Raises KeyError with the
        sheets that there are."""
        return self.tables[sheet]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The output sheets that this plan has, by name; texts in the language of the case. ``attrs``: ``title``,
        ``units`` and ``headings`` by column."""
        sheets, lang = self._report.tables, self.case.lang
        return Frames(f"the plan of {self.case.name}",
                      {name: partial(output_frame, table, lang) for name, table in sheets.items()})

    @property
    def summary(self) -> dict[str, Any]:
        """What ``summary.json`` says, but for the name and the seal of a file."""
        return summary_of(self.done, self.clock)

    def again(self, changes: Sequence[str]) -> Again:
        """What if: what each stage reaches with changes, written as for ``jaryq.read``, facilities divisible. The
        first time takes all linear stages, each later one only what changes; ``remark`` says so where a program had to
        be built again. Raises InputRejected, Infeasible, NoPlan."""
        with told_beneath(self.case.lang):
            return self._standing.again(changes)

    def explain(self, what: str, *, confirm: bool = False) -> Takes | Explained | PriceCurve | Wished | Greedy:
        """All that ``explain PLAN WHAT`` answers. Of a project: what its other choices cost, why then, why this money,
        what would turn it (``confirm``: tried by whole plans, which takes as many plans), of ``F002 2026Q2`` what that
        start costs. Of a row of targets what it
        would take to meet it where this plan misses it: the cheapest movement of limits that may move, with every other
        row missing no more than now; tried before it is told (its ``curve`` says what it is worth). Of ``wishes`` and
        ``ranking`` what these methods tell; of a limit, a source or a partner its curve. Raises JaryqError where there
        is nothing of the name."""
        done, case = self.done, self.done.accepted.case
        if (start := start_asked(case, what)) is not None:
            return explained_project(done.accepted, done.program, done.solution, start[0], confirm=confirm, at=start[1])
        if what in ("wishes", "ranking"):
            return self.wishes() if what == "wishes" else self.ranking()
        if any(what in (target.row, target.id) for target in case.targets):
            return takes(done.accepted, done.solution.plan, what)
        try:
            return self.curve(what)
        except NoSuchDial as error:
            raise Told(NO_SUCH.fill(what=what)) from error
        except Ambiguous as error:
            names = ", ".join((*error.keys, *(limit.name for limit in error.limits)))
            raise Told(SEVERAL.fill(what=what, names=names)) from error

    def curve(self, what: str, low: float = LOW, high: float = HIGH, whole: int = 0) -> PriceCurve:
        """What the plan becomes while a limit (``ceiling[KZ_LOCAL,2027]``, or its cell), all money of a source or a
        row of targets moves from ``low`` to ``high`` percent of it: break points of the linear plan (facilities
        divisible), and so many ``whole`` plans. Raises NoSuchDial, ValueError, Infeasible."""
        return curve_of(self._standing, what, low, high, whole)

    def ranking(self) -> Greedy:
        """The ranking by benefit per KZT under the same limits, beside this plan. Raises NoPlan where it leads to
        none."""
        return ranking_of(self.done.accepted, self.done.program, self.done.solution)

    def wishes(self) -> Wished:
        """What the wishes of the case (sheet overrides) cost: the hand-made plan as it stands, this plan, the best one
        without them. Raises ValueError if there are none, Infeasible, NoPlan."""
        return wished(self.done.accepted, self.done.solution)

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self.done.accepted, self.done.program)

    def verify(self) -> pd.DataFrame:
        """Every check made again, from the case and the decisions alone: what is claimed, what was computed, by how
        much they differ and may differ."""
        done = self.done
        found = verify(done.accepted.factors, done.solution, done.claims, done.program)
        return findings_frame(found, self.case.lang)

    def write(self, folder: str | os.PathLike[str], *, lang: Lang | None = None, force: bool = False,
              report: bool = True) -> Path:
        """Write plan.xlsx, report.html (unless ``report`` is False), summary.json and manifest.json, each whole or
        not at all; where the plan stands (beside its place if an older one is open in another program).

        Raises Misplaced where ``folder`` holds files that Jaryq did not write (``force`` replaces them), and Fault
        where the machine would not.
        """
        case, place, said = self.case, Path(folder), lang or self.case.lang
        since = [case.since] if case.since and not same_file(case.since, plan_in(place)) else []
        free_results(place, (case.source, *since), force)
        manifest = manifest_of(case.source, case.scenario, said, case.changes)
        if case.since is not None:
            manifest["since"] = case.since.name
        manifest |= {"input_sha256": case.digest, "key": key_of(case.accepted)}
        manifest |= told_of(case.accepted.tables.register, case.source, place)
        return write_results(self.done, place, manifest, said, Clock(dict(self.clock.seconds)),
                             besides=Besides(report=report)).plan

    def __repr__(self) -> str:
        return f"<jaryq plan of {self.case.name}, scenario {self.case.scenario}: {self._reached}; {self._certain}>"

    def _repr_html_(self) -> str:
        facts = [row("reaches", self._reached), row("certified", self._certain),
                 row("checks", f"{len(self.done.findings)} made, {len(failed(self.done.findings))} failed")]
        return html(f"Plan of {self.case.name}, scenario {self.case.scenario}", facts,
                    listed([f"{name}: {table.declared.text.say(self.case.lang)}"
                            for name, table in self._report.tables.items()], "sheets"))

    @cached_property
    def _report(self) -> Report:
        done = self.done
        return build_report(done.accepted.case, done.accepted.factors, done.solution, done.findings)

    @property
    def _reached(self) -> str:
        claims, solution = self.done.claims, self.done.solution
        unit = "years" if solution.objective == "earliest_finish" else BILLION
        return (f"facilities {claims['facilities_completed']:,.6g}, km {claims['km_renewed']:,.6g}, "
                f"{solution.objective} {solution.value:,.3f} {unit}")

    @property
    def _certain(self) -> str:
        main, gap = self.done.solution.main, self.done.solution.certified_gap
        if main is not None and main.proved:
            return proof_of(main, self.done.findings, money=self.done.solution.objective != "earliest_finish").en
        if gap is None or not math.isfinite(gap):
            return "no certified distance"
        return f"within {proved(100.0 * gap).en} % of outlays of the best possible"
