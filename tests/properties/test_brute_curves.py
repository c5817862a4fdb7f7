"""Curves against brute force: at random values of a random limit, source or target the curve says what a program built
from nothing says; and contributions add up."""

import random
from functools import reduce
from itertools import combinations, permutations

import pytest

from jaryq.api.accepted import Accepted, accept
from jaryq.api.again import Standing
from jaryq.api.contributions import contributions
from jaryq.api.curve import curve_of
from jaryq.api.question import program_of
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.case.stages import valued
from jaryq.factors.derive import derive
from jaryq.formulation.assemble import limits
from jaryq.solve.highs import Solver
from jaryq.solve.solution import MAXIMISED
from jaryq.solve.stages import linear_stages
from jaryq.tables.tables import Tables
from tests.hand.test_from_workbooks import book, facility
from tests.properties.mirror_cases import mirror_case

SEEDS = range(30)
VALUES = 10


def anew(case):
    """What the stages of a case reach with its facilities divisible, each in its own sense; None where there is no
    plan."""
    try:
        program = program_of(derive(case))
        found = linear_stages(program, valued(program.objectives), Solver(program)).values
    except (Infeasible, NoPlan):
        return None
    sign = -1.0 if case.settings.objective in MAXIMISED else 1.0
    return {name: sign * value if name == "objective" else value for name, value in found.items()}


def names(case, f):
    """Limits that are something, sources with several limits, rows of targets with several."""
    several = [key for key in case.sources if sum(limit.kind in ("ceiling", "envelope") and limit.index[0] == key
                                                  and limit.value > 0 for limit in limits(f)) > 1]
    return [limit.name for limit in limits(f) if limit.value] + several


def put(case, dial, value):
    if len(dial.limits) == 1:
        return dial.limits[0].put(case, value)
    return reduce(lambda so_far, limit: limit.put(so_far, limit.value * value / dial.now), dial.limits, case)


def compared(seed):
    """(the number, value, stage, by the curve, built from nothing) where they are apart; how many values were compared,
    and whether every break was found."""
    case = mirror_case(seed)
    factors = derive(case)
    chance = random.Random(f"curves of {seed}")
    try:
        standing = Standing(Accepted(Tables("curves", {}), factors, ()), program_of(factors))
        _ = standing.warm
    except (Infeasible, NoPlan):
        return [], 0, True
    found = curve_of(standing, chance.choice(names(case, factors)))
    apart, count = [], 0
    first, last = found.points[0].value, found.points[-1].value
    for _ in range(VALUES):
        value = chance.uniform(first, last)
        fresh, curve = anew(put(case, found.dial, value)), found.curve.at(value)
        count += 1
        for name, by_curve in curve.items():
            sign = -1.0 if name == "objective" and case.settings.objective in MAXIMISED else 1.0
            there = None if fresh is None else fresh.get(name)
            if there is None or sign * by_curve != pytest.approx(there, rel=1e-6, abs=1e-6):
                apart.append((found.dial.name, first, last, value, name, sign * by_curve, there))
    return apart, count, found.curve.whole


def test_curves_of_30_cases_are_what_programs_built_from_nothing_say():
    """Ten values each; of all but a few the curve says that all breaks are found."""
    found = {seed: compared(seed) for seed in SEEDS}
    assert {seed: apart for seed, (apart, _, _) in found.items() if apart} == {}
    assert sum(count for _, count, _ in found.values()) >= 25 * VALUES
    assert sum(whole for _, _, whole in found.values()) >= 25


def random_book(chance):
    rows = [facility(key, chance.randint(4, 12), benefit=chance.randint(5, 40), works_months=12)
            for key in ("A", "B", "C")]
    return {"settings": {"discount_rate": chance.choice((0, 5, 12)), "last_year": 2027, "evaluation_last_year": 2030},
            "facilities": rows, "sources": [{"source_id": "M", "envelope": chance.randint(5, 30)}]}


def mixed(old, new, groups):
    """The older book with what the newer one says of some groups."""
    sheet = {"settings": "settings", "projects": "facilities", "money": "sources"}
    return {**old, **{sheet[group]: new[sheet[group]] for group in groups}}


def worth(rows):
    return anew(accept(book(**rows), []).case)["objective"]


@pytest.mark.parametrize("seed", range(5))
def test_contributions_are_the_mean_over_all_orders_and_add_up(seed):
    """Every order walked by itself: what a group adds when its turn comes, by programs built from nothing."""
    chance = random.Random(f"contributions of {seed}")
    old, new = random_book(chance), random_book(chance)
    new["settings"]["discount_rate"] = old["settings"]["discount_rate"] + 3
    new["sources"] = [{"source_id": "M", "envelope": old["sources"][0]["envelope"] + 4}]
    groups = ("settings", "projects", "money")
    known = {frozenset(mine): worth(mixed(old, new, mine)) for size in range(4) for mine in combinations(groups, size)}
    orders = list(permutations(groups))
    mean = {group: sum(known[frozenset(order[: order.index(group) + 1])] - known[frozenset(order[: order.index(group)])]
                       for order in orders) / len(orders) for group in groups}
    found = contributions(accept(book(**old), []), accept(book(**new), []))
    assert {group: values["objective"] for group, values in found.of.items()} == pytest.approx(mean, rel=1e-6, abs=1e-6)
    for name, after in found.after.items():
        assert sum(values.get(name, 0.0) for values in found.of.values()) == pytest.approx(after - found.before[name],
            rel=1e-6, abs=1e-6)
