"""What a finished plan says of its other choices, asked of HiGHS alone: the program of the plan with the opposite of a
choice forced, nothing of the plan's own proofs (fixings, trees, multipliers) used.

    python benchmarks/claims.py PLAN.xlsx [--each 8] [--seed 15] [--seconds 20] [--amounts] [--csv FILE]

*Always* and *never* say that no whole plan as good as the shown one does the opposite. The stage that shuts it out is
minimised under what such plans keep in the stages before: first its linear program, whose bound is computed from the
arrays and the solver's multipliers (weak duality, so that these may be wrong), then by branching, whose bound is the
solver's word. Confirmed if the bound lies beyond what plans as good reach; contradicted if a plan is found that is
better than the sheet says any is. *Open* names a plan: confirmed if the starts it names hold the opposite and a whole
plan with them keeps what plans as good as the shown one keep in every stage. Else undecided within the time.

Exit code 1: a claim is contradicted, or of a class that has claims none is confirmed.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import highspy
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.verified import compiled  # noqa: E402
from jaryq.solve.choice import Choice  # noqa: E402
from jaryq.solve.highs import Silent  # noqa: E402
from jaryq.solve.lp import Array, LinearProgram, label  # noqa: E402
from jaryq.solve.solution import MAXIMISED, Solution  # noqa: E402
from jaryq.workbook.plan_read import read_plan  # noqa: E402

CONFIRMED, CONTRADICTED, UNDECIDED = "confirmed", "contradicted", "undecided"

SLACK = 1e-6
"""Share of the size of a value by which a bound may be missed, and a whole plan of the solver may miss a row."""


@dataclass(frozen=True)
class Answer:
    """``by``: linear program, branching, plan; ``bound``: least that the stage (of what is open the last one) can be,
    ``reached``: what a plan found has, ``within``: what plans as good as the shown one have at most; all minimised."""

    claim: Choice
    word: str
    by: str
    stage: str
    bound: float
    reached: float
    within: float
    seconds: float


class Claims:
    """The program of a plan in HiGHS, with a row for each stage but the last one and one for what is asked."""

    def __init__(self, program: LinearProgram, solution: Solution, seconds: float, *, amounts: bool = False) -> None:
        """``amounts``: go on until the bound is what the claim tells, not only beyond plans as good as the shown one.
        """
        self.program, self.plan, self.seconds, self.amounts = program, solution.plan, seconds, amounts
        turn = -1.0 if solution.objective in MAXIMISED else 1.0
        self.values = {one.name: (turn if one.name == "objective" else 1.0) * one.value for one in solution.stages}
        # As docs/numbers.md has it: the gap of the search, at least 1e-6 of the value.
        self.most = {one.name: self.values[one.name] + max(one.search.gap.size if one.search else 0.0,
                                                           1e-6 * max(1.0, abs(one.value))) for one in solution.stages}
        self.names = list(self.values)
        self.starts: dict[str, dict[str, int]] = {}
        self.draws: dict[tuple[str, str], list[int]] = {}
        for j, (family, index) in enumerate(program.columns):
            if family == "start":
                self.starts.setdefault(str(index[0]), {})[str(index[1])] = j
            elif family == "draw":
                self.draws.setdefault((str(index[0]), str(index[1])), []).append(j)
        self.linear = self._made(whole=False)

    def ask(self, claim: Choice) -> Answer:
        """The answer to one claim."""
        begun = time.process_time()
        word = self._open(claim) if claim.verdict == "open" else self._shut(claim)
        return Answer(claim, *word, time.process_time() - begun)

    def _shut(self, claim: Choice) -> tuple[str, str, str, float, float, float]:
        stage = self.names[0] if claim.cannot else list(claim.at_least)[-1]
        told = np.inf if claim.cannot else self.values[stage] + claim.at_least[stage]
        most = np.inf if claim.cannot else self.most[stage]
        lower, upper, one_of = self._opposite(claim)
        if np.any(lower > upper):
            return CONFIRMED, "bounds", stage, np.inf, np.nan, most
        self._put(self.linear, stage, lower, upper, one_of)
        self.linear.run()
        status = self.linear.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            bound = self._by_duality(self.linear, stage, lower, upper, one_of)
            if bound > most and (not self.amounts or bound >= told - _slack(told)):
                return CONFIRMED, "linear program", stage, bound, np.nan, most
        whole = self._made(whole=True)
        self._put(whole, stage, lower, upper, one_of)
        bound, reached = self._branched(whole, stage, told - _slack(told) if self.amounts else most, -np.inf)
        if reached < told - _slack(told):
            return CONTRADICTED, "branching", stage, bound, reached, most
        if bound > most or bound == np.inf:
            return CONFIRMED, "branching", stage, bound, reached, most
        return UNDECIDED, "branching", stage, bound, reached, most

    def _open(self, claim: Choice) -> tuple[str, str, str, float, float, float]:
        stage = self.names[-1]
        lower, upper, one_of = self._opposite(claim)
        here = {j for (key, when), share in self.plan.start.items() if share > 0.5
                for j in [self.starts.get(key, {}).get(when)] if j is not None}
        named = {label(self.program.columns[j]): j for mine in self.starts.values() for j in mine.values()}
        here ^= {named[told.removeprefix("-")] for told in claim.instead}
        every = [j for mine in self.starts.values() for j in mine.values()]
        held = np.array([float(j in here) for j in every])
        holds = np.all(held <= upper[every]) and np.all(held >= lower[every]) and \
            (not one_of or sum(j in here for j in one_of) == 1)
        lower[every] = upper[every] = held
        whole = self._made(whole=True)
        self._put(whole, stage, lower, upper, [])
        bound, reached = self._branched(whole, stage, np.inf, self.most[stage])
        good = holds and reached <= self.most[stage] + _slack(self.most[stage])
        shut = not holds or bound > self.most[stage] + _slack(self.most[stage])
        word = CONFIRMED if good else CONTRADICTED if shut else UNDECIDED
        return word, "plan", stage, bound, reached, self.most[stage]

    def _opposite(self, claim: Choice) -> tuple[Array, Array, Sequence[int]]:
        """Bounds of columns with the opposite, and the columns of which exactly one is 1."""
        lower, upper = self.program.col_lower.copy(), self.program.col_upper.copy()
        mine = self.starts.get(claim.project, {})
        if claim.kind == "payer":
            upper[self.draws[claim.now, claim.project]] = 0.0
            return lower, upper, []
        if claim.kind == "start":
            upper[[j for when, j in mine.items() if when != claim.other]] = 0.0
            lower[mine[claim.other]] = 1.0
            return lower, upper, []
        if claim.other == "out":
            upper[[*mine.values()]] = 0.0
            return lower, upper, []
        return lower, upper, [*mine.values()]

    def _made(self, *, whole: bool) -> Any:
        """HiGHS with the program and a row of each stage but the last."""
        p, solver = self.program, Silent()
        for option, value in (("output_flag", False), ("threads", 1), ("primal_feasibility_tolerance", 1e-9),
                              ("dual_feasibility_tolerance", 1e-9), ("mip_feasibility_tolerance", 1e-7),
                              ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-6),
                              # HiGHS counts the time of all runs of an instance: one that is kept has none.
                              ("time_limit", self.seconds if whole else np.inf)):
            solver.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = p.shape
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(p.shape[1]), p.col_lower, p.col_upper
        lp.row_lower_, lp.row_upper_ = p.row_lower, p.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = p.matrix.indptr.astype(np.int32), p.matrix.indices.astype(np.int32)
        lp.a_matrix_.value_ = p.matrix.data
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger if one else highspy.HighsVarType.kContinuous
                               for one in p.whole]
        solver.passModel(lp)
        for name in self.names[:-1]:
            vector = p.unit(name) * p.objectives[name][0]
            where = np.flatnonzero(vector).astype(np.int32)
            solver.addRow(-np.inf, np.inf, len(where), where, vector[where])
        return solver

    def _put(self, solver: Any, stage: str, lower: Array, upper: Array, one_of: Sequence[int]) -> None:
        """Ask for the least of a stage, stages before kept, between bounds of columns, one of some starts 1."""
        p = self.program
        columns = np.arange(p.shape[1], dtype=np.int32)
        solver.changeColsBounds(len(columns), columns, lower, upper)
        solver.changeColsCost(len(columns), columns, p.unit(stage) * p.objectives[stage][0])
        before = self.names[: self.names.index(stage)]
        for place, name in enumerate(self.names[:-1]):
            side = p.unit(name) * (self.most[name] - p.objectives[name][1]) if name in before else np.inf
            solver.changeRowBounds(p.shape[0] + place, -np.inf, side)
        own = p.shape[0] + len(self.names) - 1
        if solver.getNumRow() > own:
            solver.deleteRows(1, np.array([own], dtype=np.int32))
        if one_of:
            solver.addRow(1.0, 1.0, len(one_of), np.array(one_of, dtype=np.int32), np.ones(len(one_of)))

    def _by_duality(self, solver: Any, stage: str, lower: Array, upper: Array, one_of: Sequence[int]) -> float:
        """The bound of the solver's multipliers, computed from the arrays: any multipliers give one."""
        p, unit = self.program, self.program.unit(stage)
        dual = np.array(solver.getSolution().row_dual) / unit
        rows, more = dual[: p.shape[0]], dual[p.shape[0]:]
        rows = np.where(((rows > 0) & np.isinf(p.row_lower)) | ((rows < 0) & np.isinf(p.row_upper)), 0.0, rows)
        sides = np.where(rows > 0, p.row_lower, p.row_upper)
        cost, constant = p.objectives[stage]
        left, bound = cost - p.matrix.T @ rows, constant + float(rows[rows != 0] @ sides[rows != 0])
        for place, name in enumerate(self.names[: self.names.index(stage)]):
            y = min(float(more[place]), 0.0) * p.unit(name)
            left -= y * p.objectives[name][0]
            bound += y * (self.most[name] - p.objectives[name][1])
        if one_of:
            left[list(one_of)] -= more[-1]
            bound += float(more[-1])
        return bound + float(np.where(left > 0, left * lower, left * upper).sum())

    def _branched(self, solver: Any, stage: str, beyond: float, enough: float) -> tuple[float, float]:
        """Bound and value reached of a stage by branching, which ends once its bound is beyond a value, or a plan
        reaches ``enough``."""
        unit, constant = self.program.unit(stage), self.program.objectives[stage][1]

        def look(event: Any) -> None:
            seen = event.data_out
            bound, reached = seen.mip_dual_bound / unit + constant, seen.mip_primal_bound / unit + constant
            if bound > beyond + (0.0 if self.amounts else _slack(beyond)) or reached <= enough:
                event.interrupt()

        solver.cbMipInterrupt.subscribe(look)
        solver.run()
        known, info = highspy.HighsModelStatus, solver.getInfo()
        if solver.getModelStatus() == known.kInfeasible:
            # HiGHS calls some programs infeasible that are not, under presolve: only a second search counts.
            solver.setOptionValue("presolve", "off")
            solver.clearSolver()
            solver.run()
            info = solver.getInfo()
            if solver.getModelStatus() == known.kInfeasible:
                return np.inf, np.inf
        bound = info.mip_dual_bound / unit + constant if np.isfinite(info.mip_dual_bound) else -np.inf
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return bound, np.inf
        return bound, self._settled(solver, stage)

    def _settled(self, solver: Any, stage: str) -> float:
        """The value of the solver's plan once its choices are rounded and all else is solved again: nothing is gained
        by a tolerance."""
        p = self.program
        x = np.array(solver.getSolution().col_value)
        lower, upper = np.where(p.whole, np.round(x), p.col_lower), np.where(p.whole, np.round(x), p.col_upper)
        again = self.linear
        self._put(again, stage, lower, upper, [])
        again.run()
        if again.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return np.inf
        return float(p.objectives[stage][0] @ np.array(again.getSolution().col_value)) + p.objectives[stage][1]


def _slack(value: float) -> float:
    return SLACK * max(1.0, abs(value)) if np.isfinite(value) else 0.0


def sample(claims: Sequence[Choice], each: int, seed: int) -> list[Choice]:
    """So many of each class (0: all), in the order of the sheet."""
    if not each:
        return [*claims]
    chance, classes = random.Random(seed), dict[str, list[int]]()
    for place, one in enumerate(claims):
        classes.setdefault(one.verdict, []).append(place)
    taken = {place for mine in classes.values() for place in chance.sample(mine, min(each, len(mine)))}
    return [one for place, one in enumerate(claims) if place in taken]


def answers(plan: Path, each: int, seed: int, seconds: float, *, amounts: bool = False,
            ) -> Iterable[Answer]:
    """Of the claims of a finished plan (none of what it leaves undecided), one after the other."""
    stored = read_plan(plan)
    program = compiled(accept(stored.tables, [], stored.scenario, as_changed=True))
    claims = Claims(program, stored.solution, seconds, amounts=amounts)
    for one in sample([one for one in stored.solution.choices if one.verdict != "undecided"], each, seed):
        yield claims.ask(one)


def row(one: Answer) -> Mapping[str, object]:
    """An answer as a line of a table."""
    claim = one.claim
    told = {stage: f"{value:.9g}" for stage, value in (claim.at_most or claim.at_least).items()}
    return {"kind": claim.kind, "project": claim.project, "now": claim.now, "other": claim.other,
            "verdict": claim.verdict, "shown by": claim.by, "stage": one.stage, "told": told.get(one.stage, ""),
            "word": one.word, "by": one.by, "bound": f"{one.bound:.9g}", "reached": f"{one.reached:.9g}",
            "within": f"{one.within:.9g}", "seconds": f"{one.seconds:.1f}"}


def main() -> int:
    """Ask, tell, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--each", type=int, default=8, help="claims of each class; 0: all")
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=20.0, help="time of branching for one claim")
    parser.add_argument("--amounts", action="store_true", help="also that the opposite costs at least what is told")
    parser.add_argument("--csv", type=Path, help="write the answers here")
    options = parser.parse_args()
    count: dict[str, dict[str, int]] = {}
    lines = []
    for one in answers(options.plan, options.each, options.seed, options.seconds, amounts=options.amounts):
        lines.append(row(one))
        mine = count.setdefault(one.claim.verdict, dict.fromkeys((CONFIRMED, UNDECIDED, CONTRADICTED), 0))
        mine[one.word] += 1
        print(*(f"{name} {value}" if name in ("bound", "reached", "within", "told") else value
                for name, value in lines[-1].items()), sep="  ", flush=True)
        if options.csv:
            with options.csv.open("w", newline="", encoding="utf-8") as file:
                table = csv.DictWriter(file, [*lines[0]])
                table.writeheader()
                table.writerows(lines)
    for verdict, mine in count.items():
        print(f"{verdict}: {', '.join(f'{number} {word}' for word, number in mine.items())}")
    return int(any(mine[CONTRADICTED] or not mine[CONFIRMED] for mine in count.values()))


if __name__ == "__main__":
    sys.exit(main())
