"""Sentences of the table questions, each wording by hand."""

import math
from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.questions import changes, questions_table
from jaryq.report.shapes import Out
from jaryq.solve.solution import WhatIf
from tests.cases import facility, keyed, source, target
from tests.make import bare_case
from tests.report.plans import solution as made_up


def case(**more):
    return bare_case(first_year=2026, last_year=2028, facilities=keyed(facility("A", cost=10.0)),
                     sources=keyed(replace(source("M"), name="Towns", name_ru="Города"), replace(source("J", kind="loan", partner="JP"), name="JICA", name_ru="JICA")),
                     targets=(replace(target("T", "facilities", 200.0, 2028, priority="1"), name="All", name_ru="Все"),), **more)


def tables(**rows):
    empty = {"facilities": (), "targets": ()}
    return {name: Out(name, (), tuple(found)) for name, found in {**empty, **rows}.items()}


def said(*whatifs, whole=None, **rows):
    """Answers by question, in both languages."""
    of = case()
    solution = replace(made_up(Plan(), derive(of)), whatifs=whatifs)
    return [(str(row["question"].en), row["question"].ru, row["answer"], row["more"]) for row in questions_table(of, solution, tables(**rows)).rows]


def only(about, found):
    mine = [row for row in found if about in row[0]]
    assert len(mine) == 1, [row[0] for row in found]
    return mine[0]


@pytest.mark.parametrize(("moved", "en", "ru"), [
    ({"objective": 26.786}, "the objective better by 26.786 bn KZT", "показатель цели лучше на 26,786 млрд тенге"),
    ({"objective": -1.0}, "the objective worse by 1 bn KZT", "показатель цели хуже на 1 млрд тенге"),
    ({"priority_1": 0.5, "objective": 0.0}, "aims of priority 1 miss 0.500 more", "по целям приоритета 1 не хватает больше на 0,500"),
    ({"priority_2": -2.0, "spread_2": 3.0, "objective": 1e-5}, "aims of priority 2 miss 2 less", "по целям приоритета 2 не хватает меньше на 2"),
    ({"priority_1": 0.0, "objective": 0.0}, "nothing changes", "ничего не меняется"),
])
def test_what_changes(moved, en, ru):
    """The objective is a present value: more is better. Largest shortfalls are told by their priority, noise not at all."""
    of = case()
    found = changes(made_up(Plan(), derive(of)), WhatIf("double", "JP", "", 2.0, moved))
    assert (found.en, found.ru) == (en, ru)


def test_a_partner_twice():
    _, ru, answer, more = only("Japan", said(WhatIf("double", "JP", "", 2.0, {"objective": 2.0})))
    assert ru == "Что если деньги удвоятся: Япония?"
    assert answer == Text("the objective better by 2 bn KZT (facilities divisible)", "показатель цели лучше на 2 млрд тенге (объекты делимы)")
    assert more.en == "jaryq explain PLAN JP"


def test_years_that_bring_the_same_stand_together():
    years = [WhatIf("more", year, f"ceiling[M,{year}]" if of else "", 1.0, {"objective": by})
             for year, by, of in (("2026", 0.1, True), ("2027", 0.05, True), ("2028", 0.05, True), ("2029", 0.0, False))]
    answer = only("one more bn", said(*years))[2]
    assert answer.en == ("2026: the objective better by 0.100 bn KZT (Ceiling of a source: Towns); 2027-2028: the objective better by 0.050 bn KZT (Ceiling of a source: Towns); "
                         "2029: nothing changes (no ceiling at home is used up)")
    assert answer.ru.startswith("2026: показатель цели лучше на 0,100 млрд тенге (Потолок источника: Города); 2027-2028: ")


def test_a_year_later():
    answer = only("a year later", said(WhatIf("later", "2026", "", 1.0, {"priority_1": 1.0, "objective": -3.0})))[2]
    assert answer.en == "if in 2026 no works begin but those committed before: aims of priority 1 miss 1 more, the objective worse by 3 bn KZT (facilities divisible)"
    assert answer.ru == "если в 2026 году не начинать работ, кроме обязательных: по целям приоритета 1 не хватает больше на 1, показатель цели хуже на 3 млрд тенге (объекты делимы)"
    row = only("a year later", said())
    assert row[2] is None
    assert "programme_late" not in row[3].en, "no other case has that scenario"


@pytest.mark.parametrize(("most", "en", "ru"), [
    (200.0, "for 50 bn KZT in the planned years, if nothing else is asked; the plan spends 70 for all its aims (facilities divisible)",
     "за 50 млрд тенге в плановые годы, если больше ничего не требовать; весь план на все цели тратит 70 (объекты делимы)"),
    (129.0, "129 facilities at most can be reached, for 50 bn KZT in the planned years, if nothing else is asked; the plan spends 70 for all its aims (facilities divisible)",
     "достижимо не более: 129 объектов, за 50 млрд тенге в плановые годы, если больше ничего не требовать; весь план на все цели тратит 70 (объекты делимы)"),
])
def test_the_cheapest_way(most, en, ru):
    row = only("cheapest", said(WhatIf("cheapest", "T", "", most, {}, 50.0), funding=({"total": 30.0}, {"total": 40.0})))
    assert (row[0], row[1]) == ("All: what is the cheapest way to 200 facilities?", "Все: как дешевле всего этого достичь (200 объектов)?")
    assert (row[2].en, row[2].ru) == (en, ru)


def test_the_last_of_a_target():
    """What it costs; where others reach it by the way: so much all the same, and what a tenth less of all of them would bring."""
    last = WhatIf("last", "T", "", 20.0, {"priority_1": 0.0, "objective": 4.0}, 109.0)
    assert only("the last 20", said(last))[2].en == "without asking for them: the objective better by 4 bn KZT (facilities divisible)"
    nothing = replace(last, changes={"priority_1": 0.0, "objective": 0.0}, also=200.0)
    together = WhatIf("together", "T", "", 20.0, {"objective": 5.0})
    answer = only("the last 20", said(nothing, together))[2]
    assert answer.en == ("nothing by themselves: without asking for them the plan still reaches 200 facilities, for its other aims or benefits; with a tenth less in every target of this "
                         "measure: the objective better by 5 bn KZT (facilities divisible)")
    assert answer.ru == ("сами по себе нисколько: и без этого требования план достигает 200 объектов ради других целей или выгод; если во всех целях этого показателя требовать на "
                         "десятую часть меньше: показатель цели лучше на 5 млрд тенге (объекты делимы)")
    assert only("the last 20", said(replace(nothing, also=math.nan)))[2].en == "nothing by themselves (facilities divisible)", "of a plan of an earlier version"


@pytest.mark.parametrize(("most", "said_en"), [
    (129.0, "129 is all that can be reached, even if nothing else were asked (facilities divisible)"),
    (150.0, "asked alone, at most 150 could be reached (facilities divisible); other aims of its priority, or those before it, take the rest"),
])
def test_why_a_target_is_missed(most, said_en):
    found = said(WhatIf("alone", "T", "", most, {}), targets=({"target": "T", "shortfall": 71.0, "reached": 129.0},))
    row = only("why 71", found)
    assert row[2].en == said_en
    assert row[1] == "Все: почему не достигнуто (не хватает: 71 объектов)?"
    assert not [one for one in said(WhatIf("alone", "T", "", most, {}), targets=({"target": "T", "shortfall": 0.0, "reached": 200.0},)) if "why" in one[0].lower() and "short" in one[0]]


def test_when_and_where():
    """The dearest facility; the region worn most at the end (not that worn most now); the lender that gives most, with the years of principal; the limits that gain."""
    found = said(
        facilities=({"facility": "A", "name": Text("Small", "Малый"), "start": "2026", "finish": "2027", "total": 3.0, "why": Text("pays", "окупается")},
                    {"facility": "B", "name": Text("Big", "Большой"), "start": "2027", "finish": "2028", "total": 9.0, "why": Text("a target", "цель")},
                    {"facility": "C", "name": Text("Left", "Нет"), "start": None, "total": 99.0}),
        by_region=({"name": Text("East", "Восток"), "wear_now": 70.0, "wear_plan": 50.0, "total": 5.0, "per_head": 1.0},
                   {"name": Text("West", "Запад"), "wear_now": 60.0, "wear_plan": 65.25, "total": 2.0, "per_head": None}),
        loans=({"source": "J", "name": Text("JICA", "JICA"), "partner": Text("Japan", "Япония"), "total": 8.0}, {"source": "M", "name": Text("Towns", "Города"), "partner": None, "total": 80.0}),
        debt_service=({"source": "J", "year": 2031, "principal": 0.0, "k_service": 1.0}, {"source": "J", "year": 2033, "principal": 4.0, "k_service": 5.0},
                      {"source": "J", "year": 2034, "principal": 4.0, "k_service": 4.5}, {"source": "M", "year": 2050, "principal": 1.0, "k_service": 9.0}),
        why=({"verdict": Text("open", "открыто")}, {"verdict": Text("never", "никогда")}, {"verdict": Text("open", "открыто")}))
    when = only("Big", found)
    assert (when[2].en, when[2].ru) == ("2027 to 2028: a target", "2027-2028: цель")
    one_period = only("Small", said(facilities=({"facility": "A", "name": Text("Small", "Малый"), "start": "2027", "finish": "2027", "total": 3.0, "why": Text("pays", "окупается")},)))
    assert (one_period[2].en, one_period[2].ru) == ("2027: pays", "2027: окупается")
    assert only("worst off", found)[2].en == "West: networks worn to 65.2 % by 2028 (60.0 % now); it gets 2 bn KZT"
    assert only("largest lender", found)[2].en == "Japan, JICA: 8.0 bn KZT; repaid 2033-2034, in all 10.5 bn KZT with interest"
    assert only("firm", found)[2].en == "of 3 examined: never 1, open 2"
