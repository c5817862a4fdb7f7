"""Sentences of the table questions, each wording by hand."""

import math
from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.by_year import ALL, RENEWED
from jaryq.report.question_changes import changes
from jaryq.report.question_places import lenders
from jaryq.report.questions import questions_table
from jaryq.report.shapes import Out
from jaryq.report.words import OPEN
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
    ({"objective": 26.786}, "the objective better by 26.8 bn KZT", "показатель цели лучше на 26,8 млрд тенге"),
    ({"objective": -1.0}, "the objective worse by 1 bn KZT", "показатель цели хуже на 1 млрд тенге"),
    ({"priority_1": 0.5, "objective": 0.0}, "aims of priority 1 are missed by 0.50 points of shortfall more", "недовыполнение целей приоритета 1 больше на 0,50 балла недовыполнения"),
    ({"priority_2": -2.0, "spread_2": 3.0, "objective": 1e-5}, "aims of priority 2 are missed by 2 points of shortfall less", "недовыполнение целей приоритета 2 меньше на 2 балла недовыполнения"),
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
    assert (more.en, more.ru) == ("key JP", "ключ JP")


def test_years_that_bring_the_same_stand_together():
    years = [WhatIf("more", year, f"ceiling[M,{year}]" if of else "", 1.0, {"objective": by})
             for year, by, of in (("2026", 0.1, True), ("2027", 0.05, True), ("2028", 0.05, True), ("2029", 0.0, False))]
    answer = only("one more bn", said(*years))[2]
    assert answer.en == ("2026: the objective better by 0.10 bn KZT (Ceiling of a source: Towns); 2027-2028: the objective better by 0.05 bn KZT (Ceiling of a source: Towns); "
                         "2029: nothing changes (no ceiling at home is used up)")
    assert answer.ru.startswith("2026: показатель цели лучше на 0,10 млрд тенге (Потолок источника: Города); 2027-2028: ")


def test_a_year_later():
    answer = only("a year later", said(WhatIf("later", "2026", "", 1.0, {"priority_1": 1.0, "objective": -3.0})))[2]
    assert answer.en == "if in 2026 no works begin but those committed before: aims of priority 1 are missed by 1 point of shortfall more, the objective worse by 3 bn KZT (facilities divisible)"
    assert answer.ru == "если в 2026 году не начинать работ, кроме обязательных: недовыполнение целей приоритета 1 больше на 1 балл недовыполнения, показатель цели хуже на 3 млрд тенге (объекты делимы)"
    row = only("a year later", said())
    assert row[2] is None
    assert "programme_late" not in row[3].en, "no other case has that scenario"


@pytest.mark.parametrize(("most", "en", "ru"), [
    (200.0, "for 50 bn KZT in the planned years, if nothing else is asked; the plan spends 70 for all its aims (facilities divisible)",
     "за 50 млрд тенге в плановые годы, если больше ничего не требовать; весь план на все цели тратит 70 (объекты делимы)"),
    (129.0, "129 facilities at most can be reached, for 50 bn KZT in the planned years, if nothing else is asked; the plan spends 70 for all its aims (facilities divisible)",
     "достижимо не более 129 объектов, за 50 млрд тенге в плановые годы, если больше ничего не требовать; весь план на все цели тратит 70 (объекты делимы)"),
])
def test_the_cheapest_way(most, en, ru):
    row = only("cheapest", said(WhatIf("cheapest", "T", "", most, {}, 50.0), funding=({"total": 30.0}, {"total": 40.0})))
    assert (row[0], row[1]) == ("All: what is the cheapest way to 200 facilities?", "Все: как дешевле всего дойти до 200 объектов?")
    assert (row[2].en, row[2].ru) == (en, ru)


def test_the_last_of_a_target():
    """What it costs; where others reach it by the way: so much all the same, and what a tenth less of all of them would bring."""
    last = WhatIf("last", "T", "", 20.0, {"priority_1": 0.0, "objective": 4.0}, 109.0)
    assert only("the last 20", said(last))[2].en == "without asking for them: the objective better by 4 bn KZT (this aim itself not counted; facilities divisible)"
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
    assert row[1] == "Все: почему не хватает 71 объекта?"
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
    assert (when[2].en, when[2].ru) == ("2027 to 2028: a target", "2027 – 2028: цель")
    one_period = only("Small", said(facilities=({"facility": "A", "name": Text("Small", "Малый"), "start": "2027", "finish": "2027", "total": 3.0, "why": Text("pays", "окупается")},)))
    assert (one_period[2].en, one_period[2].ru) == ("2027: pays", "2027: окупается")
    assert only("worst off", found)[2].en == "West: networks worn to 65.2 % by 2028 (60 % now); it gets 2 bn KZT"
    lent = only("Japan: what is lent", found)
    assert (lent[2].en, lent[3].en) == ("JICA 8 bn KZT, repaid 2033–2034, in all 10.5 bn KZT with interest and fees", "sheet partner_JP")
    assert only("firm", found)[2].en == "of 3 examined: never 1, open 2"


def test_less_done_is_no_gain():
    """Aims are missed by 2 points more, 1 facility and 300 km fewer are done, 40 bn less is spent: 9 bn more of the objective are no gain."""
    moved = WhatIf("later", "2026", "", 1.0, {"priority_1": 2.0, "objective": 9.0}, works={"km": -300.0, "facilities": -1.0, "spent": -40.0})
    answer = only("a year later", said(moved))[2]
    assert answer.en == ("if in 2026 no works begin but those committed before: 1 facility fewer and 300 km fewer are done, 40 bn KZT less is spent, aims of priority 1 are missed by "
                         "2 points of shortfall more, the objective is 9 bn KZT higher only because less is done, which is no gain (facilities divisible)")
    assert "сделано меньше на 1 объект и меньше на 300 км, потрачено на 40 млрд тенге меньше" in answer.ru
    assert "better" not in answer.en


@pytest.mark.parametrize(("limit", "gain", "km", "told"), [
    ("ramp_least[pipe]", 0.1, 100.0, True), ("ramp_up[pipe]", 0.1, 286.0, False), ("ramp_up[pipe]", 0.0, 100.0, False), ("crew[pipe]", 0.1, 100.0, False)])
def test_a_year_without_works_costs_more_than_its_own_km(limit, gain, km, told):
    """300 km are lost, of which 100 were planned in the year: 200 are lost later where a limit on growth binds; 14 of 300, under a twentieth, are not told apart."""
    moved = WhatIf("later", "2026", "", 1.0, {"priority_1": 2.0}, works={"km": -300.0})
    years = ({"what": RENEWED, "sector": ALL, "y_2026": km}, {"what": RENEWED, "sector": Text("heat", "heat"), "y_2026": 1.0})
    answer = only("a year later", said(moved, by_year=years, limits=({"limit": limit, "gain": gain, "moves": None, "name": Text("pipe", "pipe")},)))[2]
    assert ("of the km lost 100 km are those of 2026 itself, the other 200 km are lost later, since works may grow" in answer.en) == told
    assert ("сам 2026 год даёт 100 км, ещё 200 км теряются позже" in answer.ru) == told
    assert ("lost later" in answer.en) == told


def test_twice_the_money_buys_nothing_because_its_pace_binds():
    """100 more is drawn and 0.2 more is spent: so much takes the place of other money; 7 of what is offered now is not drawn."""
    double = WhatIf("double", "JP", "", 2.0, {"objective": 3.0}, works={"km": 0.2, "facilities": 0.01, "spent": 0.2, "draws": 100.0})
    left = ({"group": Text("Japan", "Япония"), "status": OPEN, "total": 2.0, "why": Text("dear", "дорого")},
            {"group": Text("Japan", "Япония"), "status": OPEN, "total": 5.0, "why": Text("its pace binds", "держит темп")})
    answer = only("Japan", said(double, unused=left))[2]
    assert answer.en == ("no facility and no km more, the objective better by 3 bn KZT; 100 bn KZT more of its money is drawn, in place of dearer money; as it is, 7 bn KZT of it stays "
                         "undrawn: its pace binds (facilities divisible)")
    more = WhatIf("double", "JP", "", 2.0, {"objective": 3.0}, works={"km": 12.0, "facilities": 1.5, "spent": 9.0, "draws": 5.0})
    assert only("Japan", said(more))[2].ru == "сделано больше на 1,5 объекта и больше на 12 км, потрачено на 9 млрд тенге больше, показатель цели лучше на 3 млрд тенге (объекты делимы)"


def test_the_last_are_said_of_what_is_reached():
    """129 of 200 are reached: the last 20 are of these."""
    last = WhatIf("last", "T", "", 20.0, {"objective": 4.0}, 109.0, {"facilities": -20.0, "km": 0.0, "spent": -50.0})
    row = only("the last 20", said(last, targets=({"target": "T", "reached": 129.0, "shortfall": 71.0},)))
    assert (row[0], row[1]) == ("All: what do the last 20 of the 129 facilities reached cost?", "Все: сколько стоят последние 20 из достигнутых 129 объектов?")
    assert row[2].en == "without asking for them: 20 facilities fewer are done, 50 bn KZT less is spent, the objective better by 4 bn KZT (this aim itself not counted; facilities divisible)"


def test_what_is_committed_since_when_and_by_whom():
    """Those that had begun come first, whatever they cost; of several reasons the first is told."""
    def row(key, total, why):
        return {"facility": key, "name": Text(key, key), "start": "2026Q1", "finish": "2027Q2", "total": total, "why": why}

    found = said(facilities=(row("A", 9.0, Text("committed: under contract, not begun; not earlier", "по обязательству: не начаты; не раньше")),
                             row("B", 3.0, Text("committed: begun 2024 Q3, by KEGOC", "по обязательству: начато: 3 кв. 2024")), row("C", 99.0, Text("for a target", "ради цели"))))
    assert only("committed", found)[2].en == "B, 2026 Q1 to 2027 Q2: committed: begun 2024 Q3, by KEGOC; A, 2026 Q1 to 2027 Q2: committed: under contract, not begun"


def test_products_of_a_lender_beyond_four_are_counted():
    """Six products of 6, 5, 4, 3, 2, 1: 21 in all, four by name."""
    of = bare_case(sources=keyed(*(replace(source(f"P{n}", kind="loan", partner="JP"), name=f"P{n}", name_ru=f"П{n}") for n in range(6))))
    rows = tuple({"source": f"P{n}", "name": Text(f"P{n}", f"П{n}"), "total": 6.0 - n} for n in range(6))
    [(_, answer, _)] = lenders(of, tables(loans=rows))
    assert answer.en == "21 bn KZT in all: P0 6 bn KZT; P1 5 bn KZT; P2 4 bn KZT; P3 3 bn KZT; and 2 more"
