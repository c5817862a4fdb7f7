"""The linear forms of measures and of parts of the objective, against the arrays of the program, and against what every
plan obeys."""

import math
import random
import re
from dataclasses import replace

import numpy as np
import pytest

from jaryq.api.question import question
from jaryq.case.works import months_between
from jaryq.factors.derive import derive
from jaryq.factors.gains import AIMS, GAINS, gained, kept, objective
from jaryq.factors.largest import most
from jaryq.factors.linear import Linear, total
from jaryq.factors.measures import MEASURES as TERMS
from jaryq.factors.measures import measured
from jaryq.formulation.express import coefficients
from jaryq.report.words import MEASURES as WORDS
from jaryq.report.words import unit_of
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.measures import MEASURES, OF_SOURCES, PERCENT, SECTORS_OF, UNITS_OF_QUANTITIES
from jaryq.solve.read import plan_of
from jaryq.verify.recompute import recompute
from tests.cases import add, changed, full_case, full_plan, keyed, quantity, source, target
from tests.formulation.small import answer, case_of, plain
from tests.formulation.test_golden import lending, quarterly, yearly
from tests.make import program_of
from tests.report.works import works_case, works_plan

CASES = {case.__name__: case for case in (yearly, quarterly, lending, full_case, works_case)}
FILTERS = ({}, {"region": "R1"}, {"kind": "facility"}, {"partner": "JP"})
ROW_OF = {">=": "at_least", "<=": "at_most", "=": "equal"}


def with_every_measure(case, **more):
    """The case, divisible, with three targets of each measure: the three senses, soft, hard and priced, one year and
    all, with and without a filter; quantities of each kind, a part of them by the condition, that works change up and
    down."""
    rows, last = [], case.settings.last_year
    case = with_quantities(case)
    for i, (name, kind) in enumerate(sorted(MEASURES.items())):
        for j, sense in enumerate(ROW_OF):
            chosen = FILTERS[(i + j) % len(FILTERS)]
            filter_ = chosen if name in OF_SOURCES or "partner" not in chosen else {}
            unit = kind.unit or tuple(SECTORS_OF)[(i + j) % 2]
            more_of = {"quantity": ("flow", "level", "once")[j]} if kind.of_quantity else {}
            rows.append(target(f"Z-{name}-{j}", name, 0.3 if name in PERCENT else 2.0, last, sense=sense,
                               filter=filter_, unit=unit, price=0.2,
                               priority=("1", "price", "2")[(i + j) % 3], year_first=case.settings.plan_from if i % 2
                               else last, **more_of))
    return add(changed(case, whole=False, **more), "targets", *rows)


def with_quantities(case):
    """A level, a flow of the heating season with what losses are avoided, and something that comes once, all with a
    value; coefficients of both signs."""
    of = {table: {key: replace(one, quantities={"level": 3.0 - i, "flow": 10.0 * i, "once": (-1.0) ** i})
                  for i, (key, one) in enumerate(getattr(case, table).items())} for table in ("facilities", "packages")}
    rows = (quantity("level", unit="MW", value=2e8), quantity("once", unit="t", kind="once", value=1e8,
        by_region={"R1": {2026: 3e8}}),
            quantity("flow", unit="Gcal", kind="flow", derived="losses", season=months_between(11, 3), value=1e7))
    return replace(case, quantities=keyed(*rows), **of)


def some_point(program, seed):
    """A point of the columns' bounds, a third of them nothing."""
    at = random.Random(seed)
    return np.array([low + (high - low) * max(0.0, at.uniform(-0.5, 1.0))
                     for low, high in zip(program.col_lower, program.col_upper, strict=True)])


def beside(program, x):
    """The decisions of a point that no plan keeps."""
    return {"kept": {index: value for (family, index), value in zip(program.columns, x.tolist(), strict=True)
                     if family == "kept"}}


@pytest.mark.parametrize("aim", sorted(AIMS))
@pytest.mark.parametrize("name", sorted(CASES))
def test_forms_are_what_rows_and_objective_hold(name, aim):
    """On a plan that a point stands for, the form of a target is the activity of its row without its stretches, less
    its side; the objective's is the stage's value."""
    case = with_every_measure(CASES[name](), objective=aim)
    f, program = program_of(case)
    x = some_point(program, f"{name} {aim}")
    plan = plan_of(question(f, program), program, x)
    stretches = np.array([family in ("short", "excess") for family, _ in program.columns])
    activity = program.matrix @ np.where(stretches, 0.0, x)
    seen = 0
    for one in case.targets:
        i = program.row_at.get((ROW_OF[one.sense], (one.id,)))
        if i is None:
            continue
        side = program.row_upper[i] if math.isfinite(program.row_upper[i]) else program.row_lower[i]
        above = measured(f, one).beyond(one.value)
        scale = 1.0 + sum(abs(factor) for factor in above.of.values())
        assert above.on(plan) == pytest.approx(activity[i] - side, abs=1e-8 * scale), one.id
        seen += bool(above.of)
    assert seen >= 3
    assert objective(f).on(plan, beside(program, x)) == pytest.approx(program.value("objective", x), rel=1e-9, abs=1e-7)


@pytest.mark.parametrize("name", sorted(CASES))
def test_forms_have_the_coefficients_of_the_program(name):
    """Column by column, money of sources at the price year's rate and each stretch of a shortfall by itself."""
    f, program = program_of(with_every_measure(CASES[name]()))
    assert np.allclose(coefficients(f, objective(f), program.columns), program.objectives["objective"][0], rtol=1e-12,
                       atol=0.0)
    for one in f.case.targets:
        i = program.row_at.get((ROW_OF[one.sense], (one.id,)))
        if i is not None:
            row = program.matrix[[i], :].toarray()[0]
            mine = np.array([0.0 if family in ("short", "excess") else 1.0 for family, _ in program.columns])
            assert np.allclose(coefficients(f, measured(f, one).beyond(one.value), program.columns), row * mine,
                               rtol=1e-12, atol=1e-15), one.id


def test_every_measure_has_its_term_its_words_and_a_unit():
    """A measure is declared in sheets/measures.py; without a term, or without words, it would fail only where a row
    asks for it."""
    assert set(TERMS) == set(MEASURES) == set(WORDS)
    for name, kind in MEASURES.items():
        for unit in UNITS_OF_QUANTITIES if kind.of_quantity else SECTORS_OF if kind.unit is None else (kind.unit,):
            assert unit_of(target("T", name, 1.0, unit=unit)).en


def test_the_sheet_says_what_each_measure_is():
    """In the note of the column, in each language."""
    note = INPUT["targets"].column("measure").note
    assert [(lang, name) for lang in ("en", "ru") for name in MEASURES
            if not re.search(rf"\b{name}\b", note.say(lang))] == []


def test_the_objectives_are_made_of_declared_parts():
    assert set().union(*AIMS.values()) == set(GAINS)


def an_allowed_plan(f, at):
    """Starts of at most one variant of an asset, no more km than are left, draws within the outlay of a project in a
    year: what every plan obeys."""
    start, renew, draw = {}, {}, {}
    for variants in f.case.assets.values():
        chosen = [(p, s.period.label) for p in variants for s in f.works.starts[p]]
        if chosen:
            start[at.choice(chosen)] = at.choice((1.0, 1.0, 0.5, 0.0))
    for n, labels in f.works.open.items():
        left = f.case.packages[n].km - f.case.packages[n].km_done
        for t in at.sample(labels, len(labels)):
            renew[n, t] = min(f.bounds.km[n, t], left) * at.choice((0.0, 0.5, 1.0))
            left -= renew[n, t]
    room = dict(f.bounds.outlay)
    for s, p, y in at.sample(sorted(f.bounds.draw), len(f.bounds.draw)):
        draw[s, p, y] = min(f.bounds.draw[s, p, y], room[p, y]) * at.choice((0.0, 0.5, 1.0))
        room[p, y] -= draw[s, p, y]
    return replace(full_plan(), start=start, renew=renew, draw=draw, old={}, idle={}, supplied={}, signed={}, line={},
                   short={}, excess={})


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_plan_exceeds_the_most(name):
    """200 plans of each case, and the least as the most of the form turned round."""
    f = derive(with_every_measure(CASES[name]()))
    at = random.Random(name)

    def box(decision):
        family, index = decision
        return {"start": lambda: 1.0, "renew": lambda: f.bounds.km[index], "draw": lambda: f.bounds.draw[index],
                "line": lambda: f.bounds.line[index]}.get(family, lambda: 0.0)()

    plans = [an_allowed_plan(f, at) for _ in range(200)]
    for one in f.case.targets:
        for form in (measured(f, one).part, measured(f, one).part.times(-1.0)):
            limit = most(f, form, box)
            assert max(form.on(plan) for plan in plans) <= limit + 1e-9 * (1.0 + abs(limit)), one.id


def test_the_most_by_hand():
    """Km of N1: 90 are left of 100, 40 a year in 2026 and 2027, 10 done before: 10 + 80. Facilities that count: F1, F2
    and F4, and F3 that is done: 4. Spending of 2027: F1 costs 6 a year, F2 4 in one of the years (outlay 4), F4 brings
    in (no outlay), N1 40 km at 0.1: 6 + 4 + 4 = 14."""
    f = derive(full_case())

    def of(name, year, **more):
        return most(f, measured(f, target("T", name, 1.0, year, **more)).part, lambda d: f.bounds.km[d[1]]
                    if d[0] == "renew" else 1.0)

    assert of("km", 2028) == pytest.approx(90.0)
    assert of("facilities", 2028) == pytest.approx(4.0)
    assert of("spend", 2027, year_first=2027) == pytest.approx(14.0)


def test_parts_of_a_plan_by_hand():
    """The plan of tests/report/works.py: AV a quarter earlier than planned (10 bn, moved twice), N1 8 km for 6 (0.1 a
    km), N2 5 km for none: 20 + 0.2 + 0.5, at 0.1. Overtime of 0.5 crew-years at 0.5 and 0.3 borrowed at 0.1: 0.28. No
    discounting."""
    f = derive(works_case())
    plan = works_plan()
    assert gained(f, "stability").on(plan, kept(f, plan)) == pytest.approx(-2.07)
    assert gained(f, "premiums").on(plan) == pytest.approx(-0.28)
    assert gained(f, "draws").by(1, plan) == pytest.approx({"AV": -10.0, "S": -2.0, "N1": -0.7, "N2": -0.5})


def test_a_fund_earns_after_its_last_ceiling():
    """20 in 2026, 1 in 2027, nothing stated for 2028; A takes 5 in 2026. 15 stay and earn 1.5 in 2027, so 1 + 16.5 =
    17.5 stay and earn 1.75 in 2028: -5 + 3.25. The independent check says the same."""
    case = case_of(plain("A", cost=5.0, must=True, latest=2026, benefit=0.0),
                   source("F", kind="own", carry_over="fund", interest=0.1, keep=1.0, ceilings={2026: 20.0, 2027: 1.0}))
    found = answer(case)
    assert found.value == pytest.approx(-1.75)
    assert gained(derive(case), "interest").on(found.plan) == pytest.approx(3.25)
    assert recompute(case, found.plan)[0].objective == pytest.approx(-1.75)


def test_a_sum_keeps_order_and_adds_exactly():
    one, two = Linear({("start", ("F", "t")): 0.1, ("renew", ("N", "t")): 1e16}, 1.0,
                      "km"), Linear({("renew", ("N", "t")): -1e16, ("start", ("F", "t")): 0.2}, 2.0)
    three = Linear({("start", ("F", "t")): 0.3})
    found = total([one, two, three])
    assert list(found.of.items()) == [(("start", ("F", "t")), 0.6), (("renew", ("N", "t")), 0.0)]
    assert (found.constant, found.unit) == (3.0, "km")
    assert found.on(full_plan(start={("F", "t"): 0.5}, renew={})) == 3.3
