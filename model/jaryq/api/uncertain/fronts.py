"""Two figures of a plan against each other, and plans that are almost as good and differ most (docs/numbers.md:
Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jaryq.api.accepted import Accepted
from jaryq.api.question import program_of
from jaryq.base.errors import Told
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case, Target
from jaryq.case.stages import valued
from jaryq.factors.derive import Factors
from jaryq.factors.indicators import indicators
from jaryq.factors.linear import Linear
from jaryq.factors.measures import measured
from jaryq.formulation.express import coefficients
from jaryq.report.words import OBJECTIVES
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.solution import MAXIMISED
from jaryq.solve.stages import linear_stages
from jaryq.uncertainty.ensemble import SOME
from jaryq.uncertainty.frontier import Axis, Near, Point, frontier, near_best, with_least
from jaryq.uncertainty.otherwise import HALF
from jaryq.uncertainty.pieces import Work, in_turn

OBJECTIVE, WORST, FOREIGN = "objective", "worst_region", "foreign_debt"

IN_YEARS = "earliest_finish"
"""The objective that is no money."""

NOTHING = 1e-6
"""A share up to which a plan has nothing of a facility."""

NO_AXIS = Text("no figure is called {name}; there are {known}", "нет показателя {name}; есть {known}")


class NoAxis(Told):
    """A figure that is none."""

    exit_code = 64


@dataclass(frozen=True, eq=False)
class Frontier:
    """``points``: what the two figures of ``names`` can be together, in their own senses; those between two points can
    be too."""

    names: tuple[str, str]
    axes: tuple[Text, Text]
    units: tuple[str, str]
    points: tuple[Point, ...]
    case: Case
    taken: tuple[frozenset[str], ...]
    """The facilities that each point takes at least half of (of several futures: before it is known which comes)."""
    note: Text | None = None


@dataclass(frozen=True, eq=False)
class Alternatives:
    """Plans within ``percent`` of the best: what each group of projects or lenders gets at least and at most, bn KZT,
    by the kind of group; the facilities (variants of one are one) of which all plans found take at least half; those of
    which one has nothing and another at least half; of the others that some have, their least and greatest share."""

    percent: float
    groups: Mapping[str, Mapping[str, Near]]
    shared: tuple[str, ...]
    open: tuple[str, ...]
    partly: Mapping[str, tuple[float, float]]
    plans: int


def known_axes(accepted: Accepted) -> tuple[str, ...]:
    """Figures that can stand against each other."""
    return (OBJECTIVE, WORST, FOREIGN, *(one.key for one in indicators(accepted.case) if one.key != "foreign"))


def frontier_of(accepted: Accepted, names: tuple[str, str], count: int, work: Work = in_turn) -> Frontier:
    """``count`` plans evenly spaced along the second figure, each with the best of the first; shortfalls stay as small
    as they can be. Raises NoAxis; Infeasible, NoPlan."""
    program = at_least_missed(accepted)
    one, other = (_axis(accepted, name, program) for name in names)
    for axis in (one, other):
        if axis[2] is not None:
            program = with_least(program, *axis[2])
    fitted = [Axis(_long(axis.cost, program), axis.constant, axis.sign) if least is None else
              Axis(_last(program), 0.0, -1.0) for axis, _, least, _ in (one, other)]
    points = frontier(program, fitted[0], fitted[1], count, work)
    taken = [taken_of(accepted.case, zip(program.columns, point.x.tolist(), strict=True)) for point in points]
    return Frontier(names, (one[1], other[1]), (one[3], other[3]), points, accepted.case, tuple(taken))


def taken_of(case: Case, values: Iterable[tuple[Name, float]]) -> frozenset[str]:
    """Facilities (variants of one are one) that decisions take at least half of."""
    shares: dict[str, float] = {}
    for (family, index), value in values:
        if family == "start":
            key = case.facilities[str(index[0])].asset
            shares[key] = shares.get(key, 0.0) + value
    return frozenset(key for key, share in shares.items() if share >= HALF - SOME)


def alternatives(accepted: Accepted, percent: float) -> Alternatives:
    """Plans whose objective is within ``percent`` of the present value of spending of the best. Raises Infeasible,
    NoPlan."""
    f = accepted.factors
    program = at_least_missed(accepted)
    cost, constant = program.objectives[OBJECTIVE]
    outlays = np.array(coefficients(f, f.spent, program.columns))
    groups = {
        "region": {key: _spend(f, program, {"region": key}) for key in accepted.case.regions},
        "sector": {key: _spend(f, program, {"sector": key}) for key in sorted(
            {project.sector for project in accepted.case.projects.values() if project.sector})},
        "source": {key: _draws(program, key) for key in sorted(accepted.case.sources)},
    }
    named = [(kind, key, vector) for kind, found in groups.items() for key, vector in found.items() if vector.any()]
    near, points = near_best(program, cost, constant, percent / 100.0, outlays, [vector for _, _, vector in named])
    ranges: dict[str, dict[str, Near]] = {}
    for (kind, key, _), one in zip(named, near, strict=True):
        ranges.setdefault(kind, {})[key] = one
    shares = _shares(program, points, {key: one.asset for key, one in accepted.case.facilities.items()})
    return Alternatives(percent, ranges, *told_by_shares(shares), len(points))


def told_by_shares(shares: Mapping[str, Array]
                   ) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, tuple[float, float]]]:
    """Facilities by their shares in plans: those of which all take at least half; those of which one has nothing and
    another at least half; of the others that some have, the least and the greatest share."""
    ends = {key: (float(shares[key].min()), float(shares[key].max())) for key in sorted(shares)}
    every = tuple(key for key, (least, _) in ends.items() if least >= HALF - SOME)
    open_ = tuple(key for key, (least, most) in ends.items() if least <= NOTHING and most >= HALF - SOME)
    return every, open_, {key: both for key, both in ends.items()
                          if both[1] > NOTHING and key not in every and key not in open_}


def at_least_missed(accepted: Accepted) -> LinearProgram:
    """The program in which what comes before the objective stays as good as it can be."""
    program = program_of(accepted.factors)
    names = valued(program.objectives)
    staged = linear_stages(program, names, Solver(program))
    return staged.faces[names[-1]].of(program) if names[-1] in staged.faces else program


def _axis(accepted: Accepted, name: str, program: LinearProgram
          ) -> tuple[Axis, Text, tuple[Sequence[Array], Sequence[float]] | None, str]:
    """A figure as a cost to be minimised, its name, its parts where the least of them counts, its unit."""
    f = accepted.factors
    if name == OBJECTIVE:
        cost, constant = program.objectives[OBJECTIVE]
        sign = -1.0 if accepted.case.settings.objective in MAXIMISED else 1.0
        chosen = accepted.case.settings.objective
        return Axis(cost, constant, sign), OBJECTIVES[chosen], None, "years" if chosen == IN_YEARS else BILLION
    if name == WORST:
        people = {key: region.population for key, region in accepted.case.regions.items() if region.population}
        parts = [_spend(f, program, {"region": key}) / (number / 1e6) for key, number in people.items() if number]
        text = Text("spending in the region that gets least, per million people",
                    "затраты в регионе, получающем меньше всех, на миллион человек")
        return Axis(np.zeros(program.shape[1]), 0.0, -1.0), text, (parts, [0.0] * len(parts)), BILLION
    if name == FOREIGN:
        last = accepted.case.settings.last_year
        other = "|".join(s for s, source in accepted.case.sources.items() if source.in_foreign_currency)
        part = measured(f, Target(FOREIGN, "", "", "", measure="debt_stock", filter={"source": other},
                                  year_first=last, year=last)).part if other else Linear({}, 0.0, BILLION)
        cost = np.array(coefficients(f, part, program.columns))
        text = Text(f"debt in other currencies at the end of {last}", f"валютный долг на конец {last} года")
        return Axis(cost, part.constant, 1.0), text, None, BILLION
    by_key = {one.key: one for one in indicators(accepted.case)}
    if name not in by_key or name == "foreign":
        raise NoAxis(NO_AXIS.fill(name=name, known=", ".join(known_axes(accepted))))
    one = by_key[name]
    part = measured(f, one.target).part
    cost = np.array(coefficients(f, part, program.columns))
    sign = -1.0 if one.more else 1.0
    return Axis(sign * cost, sign * part.constant, sign), one.text, None, one.unit


def _spend(f: Factors, program: LinearProgram, only: Mapping[str, str]) -> Array:
    settings = f.case.settings
    target = Target("spend", "", "", "", measure="spend", filter=dict(only), year_first=settings.plan_from,
                    year=settings.last_year)
    return np.array(coefficients(f, measured(f, target).part, program.columns))


def _draws(program: LinearProgram, source: str) -> Array:
    return np.array([float(family == "draw" and index[0] == source) for family, index in program.columns])


def _shares(program: LinearProgram, points: Sequence[Array], assets: Mapping[str, str]) -> dict[str, Array]:
    """Of each facility, in whichever of its variants, its share in every plan."""
    found: dict[str, Array] = {}
    for j, (family, index) in enumerate(program.columns):
        if family == "start":
            key = assets[str(index[0])]
            found[key] = found.get(key, np.zeros(len(points))) + np.array([x[j] for x in points])
    return found


def _long(vector: Array, program: LinearProgram) -> Array:
    return np.concatenate([vector, np.zeros(program.shape[1] - len(vector))])


def _last(program: LinearProgram) -> Array:
    """More of the last column."""
    vector = np.zeros(program.shape[1])
    vector[-1] = -1.0
    return vector

