"""Rows of order and choice and the independent check of them allow the same plans, in both directions: every whole plan
of small cases, and many in shares."""

from itertools import product
from math import prod

import numpy as np

from jaryq.case.plan import Plan
from jaryq.case.works import Link
from jaryq.verify.choice import verify_choice
from jaryq.verify.finding import Ledger
from jaryq.verify.order import verify_order
from jaryq.verify.schedule import Schedule
from tests.cases import changed, facility, keyed, package
from tests.make import bare_case, program_of
from tests.properties.mirror_cases import Chance, in_order

FAMILIES = {"works_after": "works_after", "works_after_through": "works_after", "only_with": "only_with",
            "choice_least": "choice", "choice_most": "choice"}
SEEDS = range(60)
MOST = 300
"""So many plans are tried of a case."""


def ordered_case(seed):
    """Three to six facilities of few months with variants, what is done or has started, links, company, groups; 2026
    and 2027, in years or quarters."""
    chance = Chance(f"order {seed}")
    window = {"earliest": 2026, "latest": chance.choice((2027, 2027, 2028))}
    some = [facility("F0", works_months=chance.choice((3.0, 8.0, 12.0)), **window),
            facility("F1", works_months=chance.choice((2.0, 5.0)), **window)]
    if chance.often(0.3):
        some[0] = facility("F0", works_months=18.0, started=chance.choice((2.0, 6.0, 13.0)), **window)
    elif chance.often(0.3):
        some[0] = facility("F0", done=2025, **window)
    elif chance.often(0.5):
        some.append(facility("F0b", works_months=chance.choice((1.0, 4.0, 7.0)), option_of="F0", **window))
    if chance.often(0.2):
        some.append(facility("F2", spend={2026: -1.0, 2027: 1.0} if chance.often(0.5) else {2026: 1.0}, income_to="B",
                             **window))
    if chance.often(0.3):
        some.append(facility("F1b", works_months=chance.choice((1.0, 8.0)), option_of="F1", **window))
    found, nets, more = in_order(chance, some, [package("N", km=10.0, unit_cost=0.1)])
    return bare_case(facilities=keyed(*found), packages=keyed(*nets), last_year=window["latest"],
                     resolution=chance.choice(("year", "quarter")), **more), chance


def chained_case(seed):
    """A, B, C, D in a row in one or two years, B and C with variants of other months that wait by links of their own,
    of one kind or either; or do not wait."""
    chance = Chance(f"chain {seed}")
    resolution = chance.choice(("year", "year", "quarter"))
    months = (1.0, 2.0, 3.0, 4.0, 5.0) if resolution == "year" else (1.0, 2.0, 3.0, 3.0, 6.0)
    window = {"earliest": 2026, "latest": chance.choice((2026, 2027))}
    rows = [facility(key, works_months=chance.choice(months), option_of=of, **window)
            for key, of in (("A", None), ("B", None), ("B2", "B"), ("C", None), ("C2", "C"), ("D", None))]
    def link(p, q):
        return Link(p, q, chance.often(0.7), float(chance.choice((-2, 0, 0, 1, 2))))

    links = [link(p, q) for p, q in (("B", "A"), ("B2", "A"), ("C", "B"), ("C2", "B"), ("D", "C"), ("D", "B2"),
                                     ("C2", "A")) if chance.often(0.25 if (p, q) in (("D", "B2"), ("C2", "A"))
                                     else 0.9)]
    return bare_case(facilities=keyed(*rows), packages=keyed(package("N", km=10.0, unit_cost=0.1)),
                     last_year=window["latest"], sequence=tuple(links), resolution=resolution), chance


def plans(case, starts, chance):
    """Choices of starts by facility in which an asset is done at most once: all whole ones, or as many as are tried;
    and as many in quarters of shares."""
    keys = list(starts)
    if prod(len(starts[key]) + 1 for key in keys) <= MOST:
        all_of = product(*([None, *starts[key]] for key in keys))
    else:
        all_of = ([chance.choice((None, *starts[key])) for key in keys] for _ in range(MOST))
    for one in all_of:
        yield {(key, at): 1.0 for key, at in zip(keys, one, strict=True) if at is not None}
    for _ in range(MOST // 4):
        found = {}
        for asset in {case.facilities[key].asset for key in keys}:
            left = 4
            for key in (key for key in keys if case.facilities[key].asset == asset):
                for at in sorted(chance.sample(starts[key], min(2, len(starts[key])))):
                    part = chance.randint(0, left)
                    left -= part
                    found[key, at] = part / 4
        yield found


def disagreements(seed):
    """What either side alone forbids."""
    base, chance = chained_case(seed) if seed % 3 == 0 else ordered_case(seed)
    seen, apart = {name: set() for name in FAMILIES.values()}, []
    for whole in (True, False):
        case = changed(base, whole=whole)
        program = program_of(case)[1]
        rows = [(i, FAMILIES[name]) for i, (name, _) in enumerate(program.rows) if name in FAMILIES]
        starts = {}
        for family, index in program.columns:
            if family == "start":
                starts.setdefault(index[0], []).append(index[1])
        for start in plans(case, starts, chance):
            if whole is not all(share in (0.0, 1.0) for share in start.values()):
                continue
            if any(sum(share for (key, _), share in start.items() if case.facilities[key].asset == asset) > 1
                    for asset in case.assets):
                continue
            km = chance.choice((0.0, 5.0, 10.0))
            x = np.zeros(len(program.columns))
            for pair, share in start.items():
                x[program.column_at["start", pair]] = share
            label = next(index[1] for family, index in program.columns if family == "renew")
            x[program.column_at["renew", ("N", label)]] = km
            value = program.matrix @ x
            mine = {name for i, name in rows if value[i] < program.row_lower[i] - 1e-7
                    or value[i] > program.row_upper[i] + 1e-7}
            ledger = Ledger()
            schedule = Schedule.of(case, Plan(start=start, renew={("N", label): km}))
            verify_order(schedule, ledger)
            verify_choice(schedule, ledger)
            other = {finding.check for finding in ledger.worst.values() if not finding.ok} - {"one_variant"}
            for name in seen:
                seen[name].add((whole, name in mine))
            if mine != other:
                apart.append((whole, start, km, sorted(mine), sorted(other), dict(ledger.places)))
    return apart, seen


def test_both_sides_allow_the_same():
    """Of each family and of both kinds of plans some are allowed and some forbidden by the cases together."""
    wrong, seen = {}, {}
    for seed in SEEDS:
        apart, found = disagreements(seed)
        if apart:
            wrong[seed] = apart[:3]
        for name, some in found.items():
            seen.setdefault(name, set()).update(some)
    assert wrong == {}
    assert all(len(some) == 4 for some in seen.values()), seen
