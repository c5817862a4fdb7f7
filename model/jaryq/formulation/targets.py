"""Targets: the measures as linear expressions, their rows, their shortfalls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from jaryq.case.case import Case, Target
from jaryq.case.scope import draws_on, projects_of, weight_of
from jaryq.factors.derive import Factors
from jaryq.formulation.declare import Limit, row
from jaryq.formulation.funding import outlay
from jaryq.formulation.variables import spread_rows
from jaryq.sheets.measures import OF_ASSETS, SLOPES


def _at_least(f: Factors) -> Iterator[tuple[str]]:
    return ((g.id,) for g in f.case.targets if g.sense == ">=")


def _at_most(f: Factors) -> Iterator[tuple[str]]:
    return ((g.id,) for g in f.case.targets if g.sense == "<=")


def _equal(f: Factors) -> Iterator[tuple[str]]:
    return ((g.id,) for g in f.case.targets if g.sense == "=")


def _find(f: Factors, g: str) -> Target:
    return f.case.target_at[g]


def finished(m: Any, f: Factors, p: str, y: int) -> Any:
    """Share of a facility finished in the planned years up to 31 December of ``y``."""
    return sum(m.start[p, s.period.label] for s in f.works.starts[p] if s.finish.year <= y)


def renewed(m: Any, f: Factors, n: str, y: int) -> Any:
    """Km of a package renewed in the planned years up to 31 December of ``y``."""
    return sum(m.renew[n, t] for t in f.works.open[n] if f.works.period_year[t] <= y)


def measure(m: Any, f: Factors, target: Target) -> tuple[Any, float]:
    """A target's measure as (linear expression, constant from what is done), in the target's unit."""
    case = f.case
    mine = projects_of(case, target)
    facilities = [project.id for project in mine if project.id in case.facilities]
    packages = [project.id for project in mine if project.id in case.packages]
    y = target.year
    if target.measure == "km":
        done = sum(km for n in packages for year, km in case.packages[n].done.items() if year <= y)
        return sum(renewed(m, f, n, y) for n in packages), done
    if target.measure == "facilities":
        mine_ = [p for p in facilities if case.facilities[p].counts]
        done = sum(1.0 for p in mine_ if (year := case.facilities[p].done) is not None and year <= y)
        return sum(finished(m, f, p, y) for p in mine_), done
    if target.measure in OF_ASSETS:
        linear = f.risk.rates.terms(target)
        variables = {"start": m.start, "renew": m.renew}
        return sum(factor * variables[kind][p, t] for (kind, p, t),
                   factor in linear.of.items() if factor != 0), linear.constant
    if target.measure == "share_done":
        return _share_done(m, f, facilities, packages, y)
    years = [u for u in case.settings.years if target.year_first <= u <= y]
    if target.measure == "spend":
        return sum(outlay(m, f, project.id, u) for project in mine for u in years), 0.0
    keys = {project.id for project in mine}
    sources = [source.id for source in case.sources.values() if draws_on(target, source)]
    if target.measure != "draw":
        return _debt(m, f, target, sources, keys)
    return sum(m.draw[s, p, u] for s in sources for p in f.bounds.drawn_by[s] if p in keys
               for u in years if (s, p, u) in f.bounds.draw), 0.0


def _share_done(m: Any, f: Factors, facilities: list[str], packages: list[str], y: int) -> tuple[Any, float]:
    """Share of overnight cost done; a variant has the weight of the facility it is a variant of, which counts once."""
    case = f.case
    weight = {p: weight_of(case.facilities[case.facilities[p].asset]) for p in facilities}
    total = sum(weight_of(case.facilities[a]) for a in sorted({case.facilities[p].asset for p in facilities}))
    total += sum(weight_of(case.packages[n]) for n in packages)
    if total <= 0:
        return 0, 0.0
    done = sum(weight[p] for p in facilities if (year := case.facilities[p].done) is not None and year <= y)
    done += sum(case.packages[n].unit_cost * km for n in packages for year,
                km in case.packages[n].done.items() if year <= y)
    now = sum(weight[p] / total * finished(m, f, p, y) for p in facilities if weight[p] > 0)
    now += sum(case.packages[n].unit_cost / total * renewed(m, f, n, y) for n in packages)
    return now, done / total


def _debt(m: Any, f: Factors, target: Target, sources: list[str], keys: set[str]) -> tuple[Any, float]:
    """Service, subsidy or stock of the loans among ``sources`` from draws on the projects of ``keys``; fees on signed
    amounts, and what draws save of them, belong to no project and count where the target speaks of all of them."""
    if target.measure == "foreign_share":
        stock = replace(target, measure="debt_stock")
        loans = [s for s, source in f.case.sources.items() if source.kind == "loan"]
        foreign, _ = _debt(m, f, stock, [s for s in sources if f.case.sources[s].currency != "KZT"], keys)
        everything, _ = _debt(m, f, stock, loans, keys)
        return foreign - target.value * everything, 0.0
    years = range(target.year_first, target.year + 1)
    if target.measure == "borrowing":
        loans = [s for s in sources if f.case.sources[s].kind == "loan"]
        drawn = [m.draw[s, p, u] for s in loans for u in f.bounds.years[s] if u in years
                 for p in f.bounds.drawn_by[s] if p in keys and (s, p, u) in f.bounds.draw]
        lines = [m.line[s, u] for s, u in sorted(f.bounds.line) if s in loans and u in years
                 and len(keys) == len(f.case.projects)]
        return sum(drawn) + sum(lines), 0.0
    whole = len(keys) == len(f.case.projects)
    per_draw = {key: amount for key in f.money.service if key[0] in sources
                and (amount := f.debt(target.measure, *key, years, saved=whole)) != 0}
    terms = [per_draw[s, y] * m.draw[s, p, y] for s, y in sorted(per_draw)
             for p in f.bounds.drawn_by[s] if p in keys and (s, p, y) in f.bounds.draw]
    terms += [amount * m.line[s, y] for (s, y), amount in sorted(per_draw.items()) if (s, y) in f.bounds.line and whole]
    if target.measure != "debt_service" or not whole:
        return sum(terms), 0.0
    signed = [f.fees(s, years) / f.money.exchange0[s] * m.signed[s]
              for s in sources if s in m.signed and f.fees(s, years) != 0]
    return sum(terms) + sum(signed), sum(f.fees(s, years) for s in sources if s in f.money.signed_before)


def _side(target: Target) -> float:
    """Right-hand side: the value, or nothing where it is multiplied out."""
    return 0.0 if target.measure == "foreign_share" else target.value


def missed(variable: Any, g: str) -> Any:
    """Shortfall of a target row in the measure's unit: the sum of its stretches (0 for hard rows)."""
    return sum(variable[g, k] for k in range(len(SLOPES)) if (g, k) in variable)


@row(_at_least, "measure", "Target, at least", "Цель, не меньше",
     "target rows with sense >=")
def at_least(m: Any, f: Factors, g: str) -> Any:
    r"""A measure reaches its target, but for a shortfall; a share of debt is multiplied out: foreign less value times
    all debt, against nothing.

    .. math:: measure_g + done_g + \sum_k short_{g,k} \ge value_g

    Unit: the measure's (km, facilities, share, bn KZT). Dual: price of the target in the stage's unit per unit of the
    measure.
    """
    target = _find(f, g)
    body, done = measure(m, f, target)
    return body + missed(m.short, g) >= _side(target) - done


@row(_at_most, "measure", "Target, at most", "Цель, не больше",
     "target rows with sense <=")
def at_most(m: Any, f: Factors, g: str) -> Any:
    r"""A measure stays below its limit, but for an excess; a share of debt is multiplied out: foreign less value times
    all debt, against nothing.

    .. math:: measure_g + done_g - \sum_k excess_{g,k} \le value_g

    Unit: the measure's. Dual: price of the limit in the stage's unit per unit of the measure.
    """
    target = _find(f, g)
    body, done = measure(m, f, target)
    return body - missed(m.excess, g) <= _side(target) - done


@row(_equal, "measure", "Target, equal", "Цель, равно",
     "target rows with sense =")
def equal(m: Any, f: Factors, g: str) -> Any:
    r"""A measure equals its target, but for a shortfall or an excess; a share of debt is multiplied out, as in the rows
    above.

    .. math:: measure_g + done_g + \sum_k short_{g,k} - \sum_k excess_{g,k} = value_g

    Unit: the measure's (km, facilities, share, bn KZT). Dual: price of the target in the stage's unit per unit of the
    measure.
    """
    target = _find(f, g)
    body, done = measure(m, f, target)
    return body + missed(m.short, g) - missed(m.excess, g) == _side(target) - done


def normalised(m: Any, f: Factors, g: str) -> Any:
    """What a target row misses, as a share of its scale."""
    return (missed(m.short, g) + missed(m.excess, g)) / _find(f, g).scale


@row(lambda f: ((g,) for rows in spread_rows(f).values() for g in rows), "normalised shortfall",
     "Largest shortfall", "Наибольшее недовыполнение",
     "target rows of the priorities that have several")
def largest_shortfall(m: Any, f: Factors, g: str) -> Any:
    r"""No target row of a priority misses more, as a share of its scale, than the largest shortfall of the priority.

    .. math:: \sum_k (short_{g,k} + excess_{g,k}) / scale_g \le worst_{priority(g)}

    Unit: normalised shortfall. Dual: weight of the row among those that miss most.
    """
    return normalised(m, f, g) - m.worst[_find(f, g).priority] <= 0


def limits(f: Factors) -> Iterator[Limit]:
    """The value of each target row, in its own unit; what its shortfall is measured by (``scale``) stays when it
    moves."""
    family = {">=": "at_least", "<=": "at_most", "=": "equal"}
    for g in f.case.targets:
        unit = {"km": "km", "facilities": "facilities", "red_zone": "facilities"}.get(g.measure, "bn KZT")
        unit = "share" if g.measure in ("share_done", "wear", "foreign_share") else unit
        unit = "number" if g.measure in ("failures", "not_supplied", "losses") else unit
        # A share of debt is multiplied out: its coefficients move with it; as a side, a share moves by its part of the
        # scale.
        per_unit = g.scale / g.value if g.measure == "foreign_share" and g.value > 0 else 1.0
        moves = {(family[g.sense], (g.id,)): per_unit}
        natural = 1.0 if g.measure == "foreign_share" else g.scale
        yield Limit("target", (g.id,), g.origin, unit, g.value, moves, partial(_with_value, g.id),
                    partial(_value, g.id), -1 if g.sense == ">=" else 1, natural)


def _value(g: str, f: Factors) -> float:
    return _find(f, g).value


def _with_value(g: str, case: Case, value: float) -> Case:
    return replace(case, targets=tuple(replace(target, value=value) if target.id == g else target
                                       for target in case.targets))
