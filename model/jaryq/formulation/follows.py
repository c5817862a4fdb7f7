"""Decisions that follow from the others: what is missed, local costs, flows, deficits, what single stretches bring.
They come after those of ``variables``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from jaryq.base.home import BILLION
from jaryq.base.once import once
from jaryq.factors.adequacy import deficit_most, deficits, flow_most, flows
from jaryq.factors.derive import Factors
from jaryq.factors.largest import most
from jaryq.factors.linear import Decision
from jaryq.factors.soft_rows import by_priority, soft_rows
from jaryq.factors.stretch_targets import most_apart, still_of_targets
from jaryq.formulation import variables  # noqa: F401  (declared first: the order of the program)
from jaryq.formulation.declare import VARIABLES, Index, Name, variable
from jaryq.formulation.indices import local_pairs, spread_rows
from jaryq.sheets.measures import SLOPES, WIDTHS


def _soft(f: Factors, other: str) -> Iterator[Index]:
    """Stretches of the soft rows that have not the sense ``other``."""
    return ((g.id, k) for g in soft_rows(f).values() if g.priority != "hard" and g.sense != other
            for k in range(len(SLOPES)))


def _exceeded(f: Factors, g: str, k: int) -> Name:
    """Too much of what is to stay below a limit is its shortfall; only '=' rows have both."""
    del k
    return ("short" if soft_rows(f)[g].sense == "<=" else "excess"), (g,)


@variable(lambda f: _soft(f, "<="), "the measure's", "Shortfalls", "Недовыполнение",
          bound="limits", decided="follows", tie=False,
          plan=lambda _, g, k: ("short", (g,)))
def short(f: Factors, g: str, k: int) -> float:
    """What row g (of targets, or of a rule with a priority) misses, in stretch k of its convex cost.

    At most: the width of the stretch.
    """
    return width(most_missed(f, g, "short"), soft_rows(f)[g].scale, k)


@variable(lambda f: _soft(f, ">="), "the measure's", "Excesses", "Превышения",
          bound="limits", decided="follows", tie=False,
          plan=_exceeded)
def excess(f: Factors, g: str, k: int) -> float:
    """By how much target row g is exceeded where it may not be, in stretch k.

    At most: the width of the stretch.
    """
    return width(most_missed(f, g, "excess"), soft_rows(f)[g].scale, k)


@variable(lambda f: sorted((n,) for n in spread_rows(f)), "normalised", "Largest shortfalls",
          "Наибольшее недовыполнение", bound="limits", decided="follows", tie=False)
def worst(f: Factors, N: str) -> float:
    """Largest normalised shortfall of the rows of priority N, where it has several.

    At most: the most that one can miss.
    """
    # A stretch may be longer than what can be missed, so at least all of them.
    found = [sum(WIDTHS)]
    for g in by_priority(f, N):
        found += [most_missed(f, g.id, side) / g.scale for side in g.sides]
    return max(found)


@variable(local_pairs, BILLION, "Local costs of contracts", "Местные затраты контрактов",
          bound="rows", decided="follows")
def local(f: Factors, s: str, p: str) -> float:
    """Local costs of project p that tied export credit s pays.

    At most: the largest draws of the source there.
    """
    return sum(f.bounds.draw_most(s, p, y) for y in f.bounds.years[s])


@variable(flows, "unit of the tie", "Flows over ties", "Перетоки по связям", bound="limits", decided="follows")
def flow(f: Factors, i: str, d: str, t: str) -> float:
    """Flow over tie i in direction d (forth, back) at the peak of period t.

    At most: the capacity of the year, and all that works can raise it by.
    """
    return flow_most(f, i, d, t, partial(_in_plan, f))


@variable(deficits, "unit of the balance", "Deficits of capacity", "Дефициты мощности", bound="own", decided="follows")
def deficit(f: Factors, b: str, y: int) -> float:
    """Deficit of balance b in year y: that of its worst peak period.

    At most: the peak with its reserve, and all that works can take out or take away.
    """
    return deficit_most(f, b, y, partial(_in_plan, f))


@variable(lambda f: ((n, t) for n in (f.case.stretches.packages if f.case.stretches else ())
                     for t in f.works.open[n]), BILLION, "Stretches above their mean", "Участки сверх среднего",
          bound="own", decided="follows")
def above(f: Factors, n: str, t: str) -> float:
    """What the stretches of package n renewed in period t bring above as many mean km of it; the program of packages
    knows no stretches, a plan states it.

    At most: nothing.
    """
    del f, n, t
    return 0.0


@variable(lambda f: ((g,) for g in f.case.target_at if g in still_of_targets(f)), "unit of the measure",
          "Stretches beside their mean", "Участки сверх среднего в целях", bound="own", decided="follows")
def apart(f: Factors, g: str) -> float:
    """What stretches renewed change of what target row g measures beside as many mean km of their packages; the program
    of packages knows no stretches, a plan states it.

    At most: nothing.
    """
    del f, g
    return 0.0


def width(total: float, scale: float, k: int) -> float:
    """Length of stretch ``k`` of a shortfall that may reach ``total``, its convex cost stepping at shares of
    ``scale``."""
    return WIDTHS[k] * scale if k < len(WIDTHS) else max(total - sum(WIDTHS) * scale, 0.0)


def most_missed(f: Factors, g: str, side: str) -> float:
    """The most that a row can fall short by (``short``) or be exceeded by, in the unit of its shortfall."""
    row, known = soft_rows(f)[g], _known(f)
    if side == "short" and row.most is not None:
        return row.most
    if (g, side) not in known:
        above = row.beyond(f)
        sign = -1.0 if side == "short" else 1.0
        known[g, side] = most(f, above.times(sign), partial(_in_plan, f)) + most_apart(f, g, sign)
    return known[g, side]


def as_missed(f: Factors, like: Factors, others: Collection[str]) -> None:
    """What rows of ``f`` can miss at most is as in ``like``, but for the rows ``others``."""
    _known(f).update((key, found) for key, found in _known(like).items() if key[0] not in others)


@once
def _known(f: Factors) -> dict[tuple[str, str], float]:
    """What has been found of the rows of a case: the forms of few change with a limit."""
    del f
    return {}


def _in_plan(f: Factors, decision: Decision) -> float:
    """Largest value of a decision, in the unit of the plan."""
    family, index = decision
    return VARIABLES[family].most(f, *index) / VARIABLES[family].scale(f, *index)
