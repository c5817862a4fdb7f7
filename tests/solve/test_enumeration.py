"""Small whole cases against all choices of starts, tried one by one on a model of their own.

For each choice the shortfalls of counts and spending follow from arithmetic; the best funding (and what it misses of a
target on draws) is a linear program written here for scipy, from docs/numbers.md, without the formulation. Constant
prices, no discounting, so a budget tenge costs 1, a tenge of a foreign grant 0, one of a bullet loan 1 + rate x tenor,
and savings are those of a whole life whenever a project is finished: what a late finish gives up at the beginning is
credited at the end.
"""

import itertools
import random

import numpy as np
import pytest
from scipy.optimize import linprog

from jaryq.verify.certificate import verify_certificate
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from tests.cases import facility, keyed, rule, source, target
from tests.make import bare_case, program_of, solved, stage_values
from tests.sampled import exhaustive_beside, exhaustive_but

FIRST = 2026
LIFE = 3
SLOPES, WIDTHS = range(1, 11), (*[0.1] * 9, None)


class Draft:
    """A random programme in plain numbers."""

    def __init__(self, seed):
        chance = random.Random(seed)
        self.years = list(range(FIRST, FIRST + chance.choice((2, 3))))
        count = 6 if len(self.years) == 2 else 4
        self.cost = {f"F{i}": float(chance.randint(2, 12)) for i in range(count)}
        self.long = {p: chance.random() < 0.35 for p in self.cost}
        self.savings = {p: float(chance.randint(0, 9)) for p in self.cost}
        self.must = {p for p in self.cost if chance.random() < 0.1}
        self.budget = {y: float(chance.randint(6, 16)) for y in self.years}
        self.carry = chance.choice(("none", "one_year"))
        self.keep = chance.choice((0.5, 1.0))
        self.pace = {y: float(chance.randint(2, 8)) for y in self.years}
        self.envelope = float(chance.randint(4, 14))
        self.share = chance.choice((0.4, 0.7, 1.0))
        self.so_far = seed % 2 == 1
        self.rate, self.tenor = chance.choice((0.02, 0.2)), 5
        self.grant = {y: float(chance.randint(0, 4)) for y in self.years}
        self.granted = {p for p in self.cost if chance.random() < 0.5}
        self.wanted = chance.randint(2, count)
        self.most_spent = float(chance.randint(5, 20))
        self.most_lent = float(chance.randint(1, 6)) if chance.random() < 0.5 else None

    def starts(self, p):
        last = self.years[-1] - (1 if self.long[p] else 0)
        return [y for y in self.years if y <= last]

    def finish(self, p, start):
        return start + (1 if self.long[p] else 0)

    def outlay(self, choice):
        """Outlay by (project, year)."""
        found = {}
        for p, start in choice.items():
            span = [start, start + 1] if self.long[p] else [start]
            found |= {(p, y): self.cost[p] / len(span) for y in span}
        return found

    def benefit(self, choice):
        return sum(self.savings[p] * LIFE for p in choice)

    def choices(self):
        """All choices of starts in which what must be done is done."""
        names = sorted(self.cost)
        options = [([] if p in self.must else [None]) + self.starts(p) for p in names]
        for picked in itertools.product(*options):
            yield {p: start for p, start in zip(names, picked, strict=True) if start is not None}

    def case(self):
        last = self.years[-1]
        window = {"available_to": last}
        sources = [
            source("B", ceilings=self.budget, carry_over=self.carry, keep=self.keep, **window),
            source("L", kind="loan", ceilings=self.pace, carry_over="loan", envelope=self.envelope,
                   max_share=self.share, share_holds="so_far" if self.so_far else "in_all",
                   rate=self.rate, tenor=float(self.tenor), payments=1, repayment="bullet", **window),
            source("G", kind="grant", partner="US", ceilings=self.grant, **window),
        ]
        goals = [
            target("T1", "facilities", float(self.wanted), last),
            target("T2", "spend", self.most_spent, FIRST, sense="<=", priority="2"),
        ]
        if self.most_lent is not None:
            goals.append(target("T3", "draw", self.most_lent, last, year_first=FIRST, sense="<=", priority="3",
                                filter={"source": "L"}))
        projects = [facility(p, asset_type=None, cost=self.cost[p], works_months=24.0 if self.long[p] else 12.0,
                             latest=last, life=float(LIFE),
                             savings=self.savings[p], must=p in self.must) for p in self.cost]
        rules = tuple(rule("G", project=p) for p in sorted(self.granted)) or (rule("G", allowed=False),)
        return bare_case(last_year=last, evaluation_last_year=2060, facilities=keyed(*projects),
                         sources=keyed(*sources), targets=tuple(goals), rules=rules,
                         whole=True, node_limit=100_000)


def convex(u):
    """Cost of a normalised shortfall: slopes 1, 2, .. 10 on ten widths of 0.1, the last open."""
    cost = 0.0
    for slope, width in zip(SLOPES, WIDTHS, strict=True):
        width = float("inf") if width is None else width
        part = min(u, width)
        cost += slope * part
        u -= part
    return cost


class Funding:
    """The funding of one choice as a linear program: draws by (source, project, year), old money by year, stretches of
    T3."""

    def __init__(self, draft, choice):
        self.draft = draft
        self.outlay = draft.outlay(choice)
        draws = [(s, p, y) for (p, y) in self.outlay for s in "BLG" if s != "G" or p in draft.granted]
        old = [("old", "", y) for y in draft.years[1:]] if draft.carry == "one_year" else []
        parts = [("u", "", k) for k in range(len(SLOPES))] if draft.most_lent is not None else []
        self.at = {key: j for j, key in enumerate([*draws, *old, *parts])}
        self.rows, self.limits, self.even, self.sums = [], [], [], []
        self._paid()
        self._ceilings()
        self._loan()

    def row(self, terms):
        vector = np.zeros(len(self.at))
        for key, value in terms:
            if key in self.at:
                vector[self.at[key]] += value
        return vector

    def most(self, terms, limit):
        self.rows.append(self.row(terms))
        self.limits.append(limit)

    def used(self, s, y, times=1.0):
        return [((s, p, y), times) for (p, u) in self.outlay if u == y]

    def _paid(self):
        for (p, y), amount in self.outlay.items():
            self.even.append(self.row([((s, p, y), 1.0) for s in "BLG"]))
            self.sums.append(amount)

    def _ceilings(self):
        d = self.draft
        for y in d.years:
            self.most(self.used("G", y), d.grant[y])
            self.most([*self.used("B", y), (("old", "", y), -1.0)], d.budget[y])
            if ("old", "", y) in self.at:
                self.most([(("old", "", y), 1.0), *self.used("B", y, -1.0)], 0.0)
                self.most([(("old", "", y), 1.0), *self.used("B", y - 1, d.keep), (("old", "", y - 1), -d.keep)],
                          d.keep * d.budget[y - 1])

    def _loan(self):
        d = self.draft
        for last in d.years:
            self.most([term for y in d.years if y <= last for term in self.used("L", y)],
                      sum(d.pace[y] for y in d.years if y <= last))
        every = [term for y in d.years for term in self.used("L", y)]
        self.most(every, d.envelope)
        for p in {p for p, _ in self.outlay}:
            for last in d.years if d.so_far else d.years[-1:]:
                total = sum(amount for (q, y), amount in self.outlay.items() if q == p and y <= last)
                self.most([(("L", p, y), 1.0) for y in d.years if y <= last], d.share * total)
        if d.most_lent is not None:
            self.most([*every, *((("u", "", k), -d.most_lent) for k in range(len(SLOPES)))], d.most_lent)

    def solve(self, cost):
        if not self.at:
            return 0.0
        bounds = [(0, WIDTHS[key[2]] if key[0] == "u" else None) for key in self.at]
        found = linprog(cost, A_ub=np.array(self.rows), b_ub=self.limits, A_eq=np.array(self.even) if self.even
                        else None, b_eq=self.sums or None,
                        bounds=bounds, method="highs")
        return float(found.fun) if found.status == 0 else None

    def best(self):
        """(least convex cost of what is lent too much, least cost of funding then), or None if the choice cannot be
        paid."""
        over = self.row([(("u", "", k), slope) for k, slope in enumerate(SLOPES)])
        missed = self.solve(over)
        if missed is None:
            return None
        self.rows.append(over)
        self.limits.append(missed + 1e-10)
        price = {"B": 1.0, "L": 1.0 + self.draft.rate * self.draft.tenor, "G": 0.0}
        cost = self.row([(key, price.get(key[0], 0.0)) for key in self.at])
        return missed, self.solve(cost)


def enumerated(draft):
    """The best of all choices: (priority 1, priority 2, priority 3, objective), or None if none can be paid."""
    last = draft.years[-1]
    groups = {}
    for choice in draft.choices():
        done = sum(draft.finish(p, start) <= last for p, start in choice.items())
        spent = sum(amount for (_, y), amount in draft.outlay(choice).items() if y == FIRST)
        first = convex(max(draft.wanted - done, 0) / draft.wanted)
        second = convex(max(spent - draft.most_spent, 0.0) / draft.most_spent)
        groups.setdefault((round(first, 9), round(second, 9)), []).append(choice)
    for key in sorted(groups):
        paid = [(best, choice) for choice in groups[key] if (best := Funding(draft, choice).best()) is not None]
        if paid:
            third = min(best[0] for best, _ in paid)
            value = max(draft.benefit(choice) - best[1] for best, choice in paid if best[0] <= third + 1e-9)
            return *key, third, value
    return None


@pytest.mark.parametrize("seed", exhaustive_but(range(24), range(8)))
def test_whole_plan_is_the_best_of_all_choices(seed):
    draft = Draft(seed)
    best = enumerated(draft)
    assert best is not None
    case = draft.case()
    found = solved(case)
    assert not failed(recompute(case, found.plan)[1])
    assert set(found.plan.start.values()) <= {1.0}
    values = stage_values(found)
    reached = (values["priority_1"], values["priority_2"], values.get("priority_3", 0.0), found.value)
    assert reached == pytest.approx(best, abs=2e-6)
    for stage in found.stages:
        better = stage.bound - stage.value if stage.name == "objective" else stage.value - stage.bound
        assert better >= -1e-6, stage.name
    assert found.certified_bound >= best[3] - 1e-6
    # Small as these are, every stage is proved; what is proved is the best of all choices.
    assert all(stage.proved for stage in found.stages)
    assert found.certified_bound == pytest.approx(best[3], abs=1e-5)
    _, program = program_of(case)
    claims = {f"{name}[{stage.name}]": getattr(stage, name) for stage in found.stages
              for name in ("value", "bound", "linear", "leaves") if getattr(stage, name) is not None}
    assert not failed(verify_certificate(program, [stage.name for stage in found.stages], "purse", claims,
                                         found.multipliers, found.proof))


def shared_grant(dear):
    """A needs 6 in 2026 and in 2027 for a benefit of 20, C 12 in 2028 for 13. G is free, has 6, 6 and 1, and pays at
    most half of a project; C has a budget of 12. Added up, G pays 12 of 24, so the search on the small program wants A.
    In truth G pays 6 of A, and the rest is a loan at four times the money (``dear``) or nobody's: A is worth 20 - 24,
    or cannot be paid. The best is C alone, for 11 of the budget and 1 of G: 2."""
    bill = {"asset_type": None, "income_to": None}
    lent = 6.0 if dear else 0.0
    sources = [
        source("B", ceilings={2026: 0.0, 2027: 0.0, 2028: 12.0}),
        source("G", kind="grant", partner="US", ceilings={2026: 6.0, 2027: 6.0, 2028: 1.0}, max_share=0.5),
        source("M", kind="loan", ceilings={2026: lent, 2027: lent, 2028: 0.0}, rate=0.6, tenor=5.0, payments=1,
               repayment="bullet"),
    ]
    projects = [facility("A", spend={2026: 6.0, 2027: 6.0}, benefit=20.0, **bill),
                facility("C", spend={2028: 12.0}, benefit=13.0, **bill)]
    return bare_case(facilities=keyed(*projects), sources=keyed(*sources), whole=True)


@pytest.mark.parametrize("dear", [True, False])
def test_the_search_goes_on_in_full_where_the_small_program_misleads(dear):
    found = solved(shared_grant(dear))
    assert found.value == pytest.approx(2.0)
    assert set(found.plan.start) == {("C", "2028")}


@exhaustive_beside("test_whole_plan_is_the_best_of_all_choices")
def test_drafts_are_varied():
    """The cases are worth trying: targets are missed and met, loans and grants and old money are used, choices are
    many."""
    solutions = [(Draft(seed), solved(Draft(seed).case())) for seed in range(24)]
    for priority in ("priority_1", "priority_2", "priority_3"):
        values = [stage_values(found)[priority] for _, found in solutions if priority in stage_values(found)]
        assert any(value > 0.01 for value in values), priority
        assert any(value < 1e-9 for value in values), priority
    assert {s for _, found in solutions for s, _, _ in found.plan.draw} == {"B", "L", "G"}
    assert any(found.plan.old for _, found in solutions)
    assert any(abs(found.certified_bound - found.main.linear) > 0.01 for _, found in solutions
               if found.main.linear is not None)
    for stage in ("priority_1", "priority_3", "objective"):
        assert any(stage in found.proof.trees for _, found in solutions), stage
    assert any(found.proof.fixings for _, found in solutions)
