"""Small programs: whether there is a plan with an opposite that is as good as the shown one is decided to the end, by a
search for it and, where there is none, by a branching tree whose leaves all say so in exact arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.explain.opposites import Opposite, Rows
from jaryq.explain.plans import Found, Plans
from jaryq.explain.shown import Shown
from jaryq.solve.clock import now
from jaryq.solve.exact import Arithmetic, Cap
from jaryq.solve.limits import Limits, Spent
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.nodes import Kept, Leaf, Relaxation
from jaryq.solve.search import Arena
from jaryq.solve.solution import Gap
from jaryq.solve.tree import Effort, Grown, Growth, Guide, grow

SMALL = 10_000
"""Coefficients of a program up to which this is done."""

NODES = 20_000
SECONDS = 30.0
"""Nodes of a search, and seconds of the clock far behind them, for one opposite."""
SEARCHED, LOOK = 4e9, 1e5
"""Work of a search for one opposite at most, and between two moments at which the solver lets itself be stopped, beside
what its coefficients take: of programs of 430 to 650 coefficients 0.25 to 0.4 ms in all."""

GROWN = Effort(1_000, 1.6e9)
"""Leaves and effort of a tree for one opposite: no hope is asked for, as with the plan's own."""

ABOVE = 1e-6
"""Where no plan is as good a tree has to show that none is within this share of the value."""


@dataclass(eq=False)
class Account(Spent):
    """The work of searches and trees on a small program. ``until``: of clock.now, by which all end."""

    until: float = math.inf

    def look(self, program: LinearProgram, nodes: int) -> None:
        super().look(program, nodes)
        self.work += LOOK

    @property
    def end(self) -> float:
        """By which what begins now ends, of clock.now."""
        return min(now() + SECONDS, self.until)


@dataclass(frozen=True, eq=False)
class Decided:
    """The bounds of the stages up to the first that shuts the opposite out (None: no plan there), or the plan found."""

    bounds: Mapping[str, Fraction | None]
    shut: bool
    cannot: bool
    found: Found | None


def decide(shown: Shown, rows: Rows, plans: Plans, opposite: Opposite, spent: Account, *, exactly: bool) -> Decided:
    """The opposite, way by way: shut out if all ways are; ``exactly``: also what it costs, not only that it costs more
    than plans as good may. ``spent`` gains the work that it takes."""
    ways = [_decide(shown, plans, way.of(shown.program), spent, exactly) for way in rows.ways(opposite)]
    for way in ways:
        if way.found is not None:
            return way
    bounds: dict[str, Fraction | None] = {}
    for name in shown.names:
        known = [way.bounds[name] for way in ways if name in way.bounds]
        told = [bound for bound in known if bound is not None]
        if len(known) < len(ways) and not told:
            break
        bounds[name] = min(told) if told else None
        bound = bounds[name]
        if bound is None or bound > shown.most(name) or len(known) < len(ways):
            break
    return Decided(bounds, all(way.shut for way in ways), all(way.cannot for way in ways), None)


def _decide(shown: Shown, plans: Plans, program: LinearProgram, spent: Account, exactly: bool) -> Decided:
    bounds: dict[str, Fraction | None] = {}
    x: Array | None = None
    for name in shown.names:
        relaxation = Relaxation(program, name, [Kept(earlier, shown.most(earlier)) for earlier in shown.before(name)])
        try:
            start = relaxation.at(())
            spent.work += relaxation.work
            bound = None if start.empty else _bound(shown, program, relaxation, Grown((), start))
        except NoPlan:
            return Decided(bounds, False, False, None)
        if bound is None:
            bounds[name] = None
            return Decided(bounds, _empty(program, Grown((), start), relaxation, shown),
                           not np.any(start.caps > 0.0), None)
        bounds[name] = bound
        if not exactly:
            x, decided = _as_good(shown, program, relaxation, start, bounds, spent)
            if decided is not None:
                return decided
            continue
        x, grown = _exactly(shown, program, relaxation, start, spent)
        if x is not None and program.value(name, x) <= shown.most(name) + 1e-9 * max(1.0, abs(shown.most(name))):
            continue
        return _said(shown, program, relaxation, grown, bounds, none=True)
    found = None if x is None else plans.held(x)
    return Decided(bounds, False, False, found)


def _as_good(shown: Shown, program: LinearProgram, relaxation: Relaxation, start: Leaf,
             bounds: dict[str, Fraction | None], spent: Account) -> tuple[Array | None, Decided | None]:
    """A whole point of a stage that is as good as the shown plan, or what shuts it out. The tree is asked first: it
    proves what it says, and where there is such a point it comes upon one; the solver's own search is asked where the
    tree is not through."""
    name = relaxation.stage
    most = shown.most(name)
    at_root = bounds[name]
    if at_root is not None and at_root > most:
        return None, Decided(bounds, True, False, None)
    hair = ABOVE * max(1.0, abs(most))
    met: list[Array] = []
    grown = _grown(relaxation, start, most + hair, 0.75 * hair, met.append, spent, shown.guides.get(name))
    if met and program.value(name, met[0]) <= most:
        return met[0], None
    if grown is not None and grown.ended == "proved":
        return None, _said(shown, program, relaxation, grown, bounds, none=False)
    try:
        return _search(shown, program, name, spent), None
    except (Infeasible, NoPlan):
        return None, Decided(bounds, False, False, None)


def _exactly(shown: Shown, program: LinearProgram, relaxation: Relaxation, start: Leaf,
             spent: Account) -> tuple[Array | None, Growth | None]:
    """The best whole point of a stage that a tree comes upon, and the tree: where it is through none is better."""
    vector, constant = program.objectives[relaxation.stage]
    worst = constant + float(np.maximum(vector * program.col_lower, vector * program.col_upper).sum()) + 1.0
    met: list[Array] = []

    def accept(x: Array) -> float:
        met.append(x)
        return program.value(relaxation.stage, x)

    grown = _grown(relaxation, start, worst, 1e-7 * max(1.0, abs(shown.most(relaxation.stage))), accept, spent,
                   shown.guides.get(relaxation.stage))
    return min(met, key=partial(program.value, relaxation.stage), default=None), grown


def _grown(relaxation: Relaxation, start: Leaf, best: float, tolerance: float,
           accept: Callable[[Array], float | None], spent: Account, guide: Guide | None) -> Growth | None:
    """A tree of a stage that begins as that of the plan, to be counted; None where the solver is at a loss."""
    begun = relaxation.work
    try:
        return grow(relaxation, start, best, tolerance, accept, spent.end, GROWN, guide)
    except NoPlan:
        return None
    finally:
        spent.work += relaxation.work - begun


def _said(shown: Shown, program: LinearProgram, relaxation: Relaxation, grown: Growth | None,
          bounds: dict[str, Fraction | None], *, none: bool) -> Decided:
    """What a tree proves of a stage in which no plan is as good as the shown one. ``none``: none was found at all."""
    name = relaxation.stage
    at_root = bounds[name]
    root = Decided(bounds, at_root is not None and at_root > shown.most(name), False, None)
    if grown is None:
        return root
    leaves = list(_leaves(grown.root))
    said = [(leaf, _bound(shown, program, relaxation, leaf)) for leaf in leaves if not leaf.leaf.empty]
    empty = [leaf for leaf in leaves if leaf.leaf.empty]
    if not all(_empty(program, leaf, relaxation, shown) for leaf in empty):
        return root
    least = min((bound for _, bound in said), default=None)
    if least is not None and least <= shown.most(name):
        return root
    bounds = {**bounds, name: least if least is None else max(least, bounds[name] or least)}
    cannot = none and least is None and all(not np.any(leaf.leaf.caps > 0.0) for leaf in empty)
    return Decided(bounds, True, cannot, None)


def _leaves(node: Grown) -> Sequence[Grown]:
    if node.branches is None:
        return [node]
    return [leaf for branch in node.branches for leaf in _leaves(branch)]


def _parts(shown: Shown, program: LinearProgram, relaxation: Relaxation,
           path: Sequence[tuple[int, int, int]], leaf: Leaf) -> tuple[list[Cap], Array, Array]:
    """Caps of earlier stages and of splits, and bounds of columns at a node."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    caps = [Cap(*program.objectives[kept.stage], shown.most(kept.stage), float(m))
            for kept, m in zip(relaxation.caps, leaf.caps, strict=True)]
    sides: dict[tuple[int, int], float] = {}
    for number, level, branch in path:
        columns = list(relaxation.sets[number])
        if branch == 0 and level == 0:
            upper[columns] = 0.0
        elif len(columns) == 1:
            lower[columns] = 1.0
        else:
            known = sides.get((number, branch))
            new = float(level if branch == 0 else level + 1)
            sides[number, branch] = new if known is None else (min if branch == 0 else max)(known, new)
    for (number, branch), side in sides.items():
        m = float(leaf.sets[number]) if branch else -float(leaf.sets[number])
        total = np.zeros(program.shape[1])
        total[list(relaxation.sets[number])] = -1.0 if branch else 1.0
        caps.append(Cap(total, 0.0, -side if branch else side, max(m, 0.0)))
    return caps, lower, upper


def _bound(shown: Shown, program: LinearProgram, relaxation: Relaxation, node: Grown) -> Fraction:
    """The bound of a node, exactly."""
    caps, lower, upper = _parts(shown, program, relaxation, node.path, node.leaf)
    return Arithmetic(program).bound(*program.objectives[relaxation.stage], node.leaf.rows, caps, lower, upper)


def _empty(program: LinearProgram, node: Grown, relaxation: Relaxation, shown: Shown) -> bool:
    """Whether a node that is said to be empty is proved to be so."""
    caps, lower, upper = _parts(shown, program, relaxation, node.path, node.leaf)
    return Arithmetic(program).empty(node.leaf.rows, caps, lower, upper)


def _search(shown: Shown, program: LinearProgram, name: str, spent: Account) -> Array:
    """A whole point of a stage that is as good as the shown plan, under what plans as good keep before. Raises
    Infeasible, NoPlan."""
    limits = Limits({name: Gap(0.0, "outlays")}, NODES, spent.work + SEARCHED, spent.end, 0, hard=True,
                    spent=spent)
    arena = Arena(program, limits)
    arena.caps = {kept: shown.most(kept) for kept in (*shown.before(name), name)}
    return arena.run_all((name,), None)
