"""Sentences of the table questions, each wording by hand."""

import math
import sys
from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.by_year import ALL, RENEWED
from jaryq.report.delayed import put_off
from jaryq.report.limits import MONEY, SHORTFALLS
from jaryq.report.points import fewer as fewer_missed
from jaryq.report.points import more as more_missed
from jaryq.report.question_changes import changes, sentences
from jaryq.report.question_firm import earlier, waiting
from jaryq.report.question_limits import one_more
from jaryq.report.question_places import lenders
from jaryq.report.question_row import ROOM, leading
from jaryq.report.questions import questions_table
from jaryq.report.shapes import Out
from jaryq.report.targets import PRIORITIES
from jaryq.report.why import KINDS_OF_CHOICE, STATES, VERDICTS
from jaryq.report.words import NO, OPEN, YES
from jaryq.solve.solution import Stage, WhatIf
from tests.cases import edit, facility, keyed, source, target
from tests.make import bare_case
from tests.report.plans import solution as made_up


def case(**more):
    return bare_case(first_year=2026, last_year=2028, facilities=keyed(facility("A", cost=10.0)),
                     sources=keyed(replace(source("M"), name="Towns", name_ru="Города"),
                                   replace(source("J", kind="loan", partner="JP"), name="JICA", name_ru="JICA")),
                     targets=(replace(target("T", "facilities", 200.0, 2028, priority="1"), name="All",
                                      name_ru="Все"),), **more)


def tables(**rows):
    empty = {"facilities": (), "targets": ()}
    return {name: Out(name, (), tuple(found)) for name, found in {**empty, **rows}.items()}


def said(*whatifs, whole=None, **rows):
    """Answers by question, in both languages."""
    of = case()
    solution = replace(made_up(Plan(), derive(of)), whatifs=whatifs)
    return [(str(row["question"].en), row["question"].ru, row["answer"], row["more"])
            for row in questions_table(of, solution, tables(**rows)).rows]


def only(about, found):
    mine = [row for row in found if about in row[0]]
    assert len(mine) == 1, [row[0] for row in found]
    return mine[0]


@pytest.mark.parametrize(("moved", "en", "ru"), [
    ({"objective": 26.786},
     "Budgets, utilities and consumers together are better off by 26.8 bn KZT in money of today.",
     "Бюджеты, предприятия и потребители вместе выигрывают 26,8 млрд тенге в сегодняшних деньгах."),
    ({"objective": -1234.56}, "Budgets, utilities and consumers together are worse off by 1,235 bn KZT in money of "
                              "today.",
     "Бюджеты, предприятия и потребители вместе теряют 1\u00a0235 млрд тенге в сегодняшних деньгах."),
    ({"priority_1": 0.5, "objective": 0.0}, "More is missed of the aims of priority 1 (as if one more aim lacked 27 % "
                                            "of what it asks).",
     "Недовыполнение целей больше: приоритета 1 (как если бы ещё одной цели не хватало 27 % требуемого)."),
    ({"priority_1": 2.0, "priority_2": -9.0, "spread_2": 3.0, "objective": 1e-5},
     "More is missed of the aims of priority 1 (as if one more aim lacked 58 % of what it asks). "
     "Less is missed of the aims of priority 2 (as if one aim missed whole and one that lacks 79 % of what it asks "
     "were met).",
     "Недовыполнение целей больше: приоритета 1 (как если бы ещё одной цели не хватало 58 % требуемого). "
     "Недовыполнение целей меньше: приоритета 2 (как если бы была достигнута одна цель, не выполненная совсем, и ещё "
     "одна, которой не хватает 79 % требуемого)."),
    ({"priority_1": 0.0, "objective": 0.0}, "Nothing changes.", "Ничего не меняется."),
])
def test_what_changes(moved, en, ru):
    """The objective is a present value: more is better. Largest shortfalls are told by their priority, noise not at
    all. Tenths count 0.1, 0.2, ..: 0.5 points are 20 % and 0.2/0.3 of a tenth; 2 are 50 % and 0.5/0.6 of one; 9 are an
    aim of 5.5 and 3.5, 70 % and 0.7/0.8 of a tenth."""
    of = case()
    found = sentences(changes(made_up(Plan(), derive(of)), WhatIf("double", "JP", "", 2.0, moved)))
    assert (found.en, found.ru) == (en, ru)


@pytest.mark.parametrize(("points", "en", "ru", "met", "met_ru"), [
    (0.0009, "one more aim lacked under 0.1 % of what it asks", "ещё одной цели не хватало менее 0,1 % требуемого",
     "one aim that lacks under 0.1 % of what it asks were met",
     "была достигнута одна цель, которой не хватает менее 0,1 % требуемого"),
    (1.0, "one more aim lacked 40 % of what it asks", "ещё одной цели не хватало 40 % требуемого",
     "one aim that lacks 40 % of what it asks were met",
     "была достигнута одна цель, которой не хватает 40 % требуемого"),
    (5.5, "one more aim were missed whole", "ещё одна цель не была достигнута совсем", "one aim missed whole were met",
     "была достигнута одна цель, не выполненная совсем"),
    (11.0, "2 more aims were missed whole", "ещё 2 цели не были достигнуты совсем", "2 aims missed whole were met",
     "были достигнуты 2 цели, не выполненные совсем"),
    (28.0, "5 more aims were missed whole and another lacked 27 % of what it asks",
     "ещё 5 целей не были достигнуты совсем, а одной не хватало 27 % требуемого",
     "5 aims missed whole and one that lacks 27 % of what it asks were met",
     "были достигнуты 5 целей, не выполненные совсем, и ещё одна, которой не хватает 27 % требуемого"),
])
def test_points_are_told_as_aims(points, en, ru, met, met_ru):
    """0.1 + 0.2 + 0.3 + 0.4 = 1 point is 40 % of an aim, all tenths are 5.5; 28 are five and 0.5, 20 % and 0.2/0.3 of a
    tenth."""
    said, other = more_missed(points), fewer_missed(points)
    assert (said.en, said.ru) == (f"as if {en}", f"как если бы {ru}")
    assert (other.en, other.ru) == (f"as if {met}", f"как если бы {met_ru}")


def test_a_partner_twice():
    _, ru, answer, more = only("Japan", said(WhatIf("double", "JP", "", 2.0, {"objective": 2.0})))
    assert ru == "Что если деньги удвоятся: Япония?"
    assert answer.en == "Budgets, utilities and consumers together are better off by 2 bn KZT in money of today."
    assert (more.en, more.ru) == ("key JP", "ключ JP")


def test_years_that_bring_the_same_stand_together():
    years = [WhatIf("more", year, f"ceiling[M,{year}]" if of else "", 1.0, {"objective": by})
             for year, by, of in (("2026", 0.1, True), ("2027", 0.05, True), ("2028", 0.05, True),
                                  ("2029", 0.0, False))]
    answer = only("one more bn", said(*years))[2]
    by = "budgets, utilities and consumers together are better off by"
    assert answer.en == (
        f"2026: {by} 0.10 bn KZT in money of today (Towns); 2027–2028: {by} 0.05 bn KZT in money of today (Towns); "
        "2029: nothing, since no ceiling at home is used up.")
    assert answer.ru.startswith("2026: бюджеты, предприятия и потребители вместе выигрывают 0,10 млрд тенге в "
                                "сегодняшних деньгах (Города); 2027–2028: ")


def test_five_years_of_five_gains_have_room_in_the_short_answer():
    years = [WhatIf("more", year, f"ceiling[M,{year}]", 1.0, {"objective": by},
                    works={"km": 0.0, "facilities": 0.0, "spent": 0.0, "replaced": 1.0})
                    for year, by in (("2026", 0.17), ("2027", 0.08), ("2028", 0.07), ("2029", 0.06), ("2030", 0.05))]
    of = case()
    row, = one_more(of, replace(made_up(Plan(), derive(of)), whatifs=years), tables())
    assert row.short.en == ("In no year does it build a facility or a km more; it takes the place of dearer money. The "
                            "gain of all payers in money of today, bn KZT: 2026: 0.17; 2027: 0.08; 2028: 0.07; 2029: "
                            "0.06; 2030: 0.05.")
    assert row.short.ru.endswith("в сегодняшних деньгах, млрд тенге: 2026: 0,17; 2027: 0,08; 2028: 0,07; 2029: 0,06; "
                                 "2030: 0,05.")
    assert max(len(row.short.en), len(row.short.ru)) <= ROOM


def test_money_that_builds_nothing_is_said_to_build_nothing_and_what_holds_the_works():
    """Both parts of a growth limit are one; a limit on money and one that moves money alone do not hold the works."""
    years = [WhatIf("more", year, f"ceiling[M,{year}]", 1.0, {"objective": by},
                    works={"km": 0.0, "facilities": 0.004, "spent": 0.0, "replaced": 1.0})
                    for year, by in (("2026", 0.1), ("2027", 0.05), ("2028", 0.05))]

    def limit(key, gain, **more):
        return {"limit": key, "gain": gain, "moves": SHORTFALLS["3"], "may": None, "unit": Text("km", "км")} | more

    rows = (limit("ramp_least[pipe]", 0.3, name=Text("Growth, fixed: Pipes", "Рост: Трубы"), value=2000.0),
            limit("ramp_up[pipe]", 0.2, name=Text("Growth, part: Pipes", "Рост: Трубы"), value=25.0,
            unit=Text("%", "%")), limit("ceiling[M,2026]", 0.1, name=Text("Money", "Деньги"), value=1.0),
            limit("crews[x]", 0.05, name=Text("Crews", "Бригады"), value=7.0, moves=MONEY))
    answer = only("one more bn", said(*years, limits=rows))[2]
    assert answer.en == ("In no year does it build a facility or a km more; it takes the place of dearer money. So "
                         "much better off are budgets, utilities and consumers in money of today: "
                         "2026: 0.10 bn KZT (Towns); 2027–2028: 0.05 bn KZT (Towns). What holds the works back is not "
                         "money but: growth of works from year to year: Pipes (2,000 km and 25 %).")
    assert "Работы держат не деньги, а: рост работ от года к году: Трубы (2\u00a0000 км и 25 %)." in answer.ru
    bind = only("bind most", said(limits=rows))[2]
    assert bind.en == (
        "These first: growth of works from year to year: Pipes (2,000 km and 25 %); Money (1 km); Crews (7 km).")


@pytest.mark.parametrize(("value", "little"), [(29.0, False), (31.0, True)])
def test_limits_of_which_none_matters_say_so(value, little):
    """A step takes 0.3 points off: a hundredth of 30."""
    row = {"limit": "crews[x]", "gain": 0.3, "moves": SHORTFALLS["3"], "name": Text("Crews", "Бригады"), "value": 7.0,
           "step": 0.07, "unit": Text("km", "км")}
    of = case()
    solution = replace(made_up(Plan(), derive(of)), stages=(Stage("priority_3", value, value),))
    [answer] = [row["answer"] for row in questions_table(of, solution, tables(limits=(row,))).rows
                if "bind most" in row["question"].en]
    assert ("None of them matters much by itself: with 0.07 km more of the first less is missed of the aims of "
            "priority 3, but only as if one aim that lacks 20 % of what it asks were met." in answer.en) == little


def test_a_year_later():
    answer = only("a year later", said(WhatIf("later", "2026", "", 1.0, {"priority_1": 1.0, "objective": -3.0})))[2]
    assert answer.en == ("Suppose that in 2026 no works begin but those committed before. More is missed of the aims "
                         "of priority 1 (as if one more aim lacked 40 % of what it asks). "
                         "Budgets, utilities and consumers together are worse off by 3 bn KZT in money of today.")
    assert answer.ru == ("Допустим, в 2026 году не начинаются никакие работы, кроме обязательных. Недовыполнение целей "
                         "больше: приоритета 1 (как если бы ещё одной цели не хватало 40 % "
                         "требуемого). Бюджеты, предприятия и потребители вместе теряют 3 млрд тенге в сегодняшних "
                         "деньгах.")
    row = only("a year later", said())
    assert row[2] is None
    assert "programme_late" not in row[3].en, "no other case has that scenario"


@pytest.mark.parametrize(("most", "en", "ru"), [
    (200.0, "The cheapest way to 200 facilities takes 50 bn KZT in the planned years, if nothing else is asked. The "
            "plan spends 70 bn KZT for all its aims.",
     "Самый дешёвый путь до 200 объектов: 50 млрд тенге в плановые годы, если больше ничего не требовать. Весь план на "
     "все цели тратит 70 млрд тенге."),
    (129.0, "200 facilities cannot be reached, 129 facilities at most can. The cheapest way to 129 facilities takes 50 "
            "bn KZT in the planned years, if nothing else is asked. "
     "The plan spends 70 bn KZT for all its aims.",
     "Достичь 200 объектов нельзя, самое большее 129 объектов. Самый дешёвый путь до 129 объектов: 50 млрд тенге в "
     "плановые годы, если больше ничего не требовать. "
     "Весь план на все цели тратит 70 млрд тенге."),
])
def test_the_cheapest_way(most, en, ru):
    row = only("cheapest", said(WhatIf("cheapest", "T", "", most, {}, 50.0),
                                funding=({"total": 30.0}, {"total": 40.0})))
    assert (row[0], row[1]) == ("All: what is the cheapest way to 200 facilities?",
                                "Все: как дешевле всего дойти до 200 объектов?")
    assert (row[2].en, row[2].ru) == (en, ru)


def test_the_cheapest_way_says_that_works_under_contract_are_in_it(monkeypatch):
    """They are paid for in any plan: the shipped case's 86,000 km took more than its plan spends on networks, without a
    word."""
    own = case()
    key, first = next(iter(own.facilities.items()))
    under = replace(own, facilities={**own.facilities, key: replace(first, committed=True)})
    monkeypatch.setattr(sys.modules[__name__], "case", lambda: under)
    row = only("cheapest", said(WhatIf("cheapest", "T", "", 200.0, {}, 50.0)))
    assert "if nothing else is asked, works that are begun or committed included." in row[2].en
    assert "если больше ничего не требовать, вместе с начатым и обязательным." in row[2].ru


def test_the_last_of_a_target():
    """What it costs; where others reach it by the way: so much all the same, and what a tenth less of all of them would
    bring."""
    last = WhatIf("last", "T", "", 20.0, {"priority_1": 0.0, "objective": 4.0}, 109.0)
    assert only("the last 20", said(last))[2].en == ("Suppose that they are not asked for (this aim itself is then not "
                                                     "counted). "
                                                     "Budgets, utilities and consumers together are better off by 4 bn "
                                                     "KZT in money of today.")
    nothing = replace(last, changes={"priority_1": 0.0, "objective": 0.0}, also=200.0)
    together = WhatIf("together", "T", "", 20.0, {"objective": 5.0})
    answer = only("the last 20", said(nothing, together))[2]
    assert answer.en == ("Nothing by themselves. Without asking for them the plan still reaches 200 facilities, for "
                         "its other aims or benefits. Suppose that every aim of this measure asks a "
                         "tenth less. Budgets, utilities and consumers together are better off by 5 bn KZT in money of "
                         "today.")
    assert answer.ru == ("Сами по себе нисколько. И без этого требования план достигает 200 объектов ради других целей "
                         "или выгод. Допустим, все цели этого показателя требуют на "
                         "десятую часть меньше. Бюджеты, предприятия и потребители вместе выигрывают 5 млрд тенге в "
                         "сегодняшних деньгах.")
    assert only("the last 20",
                said(replace(nothing,
                             also=math.nan)))[2].en == "Nothing by themselves.", "of a plan of an earlier version"


@pytest.mark.parametrize(("most", "said_en"), [
    (129.0, "129 is all that can be reached, even if nothing else were asked."),
    (150.0,
     "Asked alone, at most 150 could be reached; other aims of its priority, or those before it, take the rest."),
])
def test_why_a_target_is_missed(most, said_en):
    found = said(WhatIf("alone", "T", "", most, {}), targets=({"target": "T", "shortfall": 71.0, "reached": 129.0,
        "priority": PRIORITIES["2"]},
                                                              {"target": "U", "shortfall": 0.0, "reached": 9.0,
                                                              "priority": PRIORITIES["2"]}))
    row = only("why 71", found)
    assert row[2].en == said_en
    assert row[1] == "Все: почему не хватает 71 объекта?"
    assert not [one for one in said(WhatIf("alone", "T", "", most, {}),
                                    targets=({"target": "T", "shortfall": 0.0, "reached": 200.0},))
                                    if "why" in one[0].lower() and "short" in one[0]]


@pytest.mark.parametrize(("other", "beside"), [("hard", True), ("1", True), ("2", True), ("3", False)])
def test_only_aims_beside_or_before_take_the_rest(other, beside):
    """130 by parts, 129 whole: what comes after the aim takes nothing from it."""
    rows = ({"target": "T", "shortfall": 71.0, "reached": 129.0, "priority": PRIORITIES["2"]},
            {"target": "U", "priority": PRIORITIES[other]})
    answer = only("why 71", said(WhatIf("alone", "T", "", 130.0, {}), targets=rows))[2]
    assert ("take the rest" in answer.en) == beside
    assert (answer.en
            == "By parts of facilities at most 130 could be reached; 129 is what whole facilities allow.") != beside
    assert (answer.ru == "Частями объектов достижимо не более 130; целые объекты позволяют 129.") != beside


def test_when_and_where():
    """The dearest facility; the region worn most at the end (not that worn most now); the lender that gives most, with
    the years of principal; the limits that gain."""
    found = said(
        facilities=({"facility": "A", "name": Text("Small", "Малый"), "start": "2026", "finish": "2027", "total": 3.0,
                     "why": Text("pays", "окупается")},
                    {"facility": "B", "name": Text("Big", "Большой"), "start": "2027", "finish": "2028", "total": 9.0,
                     "why": Text("a target", "цель")},
                    {"facility": "C", "name": Text("Left", "Нет"), "start": None, "total": 99.0}),
        by_region=({"name": Text("East", "Восток"), "wear_now": 70.0, "wear_plan": 50.0, "total": 5.0, "per_head": 1.0},
                   {"name": Text("West", "Запад"), "wear_now": 60.0, "wear_plan": 65.25, "total": 2.0,
                    "per_head": None}),
        loans=({"source": "J", "name": Text("JICA", "JICA"), "partner": Text("Japan", "Япония"), "total": 8.0},
               {"source": "M", "name": Text("Towns", "Города"), "partner": None, "total": 80.0}),
        debt_service=({"source": "J", "year": 2031, "principal": 0.0, "k_service": 1.0},
                      {"source": "J", "year": 2033, "principal": 4.0, "k_service": 5.0},
                      {"source": "J", "year": 2034, "principal": 4.0, "k_service": 4.5},
                      {"source": "M", "year": 2050, "principal": 1.0, "k_service": 9.0}),
        why=tuple({"now": STATES["out"], "verdict": VERDICTS[verdict]} for verdict in ("open", "never", "open")))
    when = only("Big", found)
    assert (when[2].en, when[2].ru) == ("2027 to 2028: a target.", "2027 – 2028: цель.")
    one_period = only("Small", said(facilities=({"facility": "A", "name": Text("Small", "Малый"), "start": "2027",
                                                 "finish": "2027", "total": 3.0, "why": Text("pays", "окупается")},)))
    assert (one_period[2].en, one_period[2].ru) == ("2027: pays.", "2027: окупается.")
    assert only("worst off",
                found)[2].en == "By the wear of its networks West: 65.2 % by 2028 (60 % now). It gets 2 bn KZT."
    lent = only("Japan: what is lent", found)
    assert (lent[2].en, lent[3].en) == ("JICA 8 bn KZT, repaid 2033–2034, in all 10.5 bn KZT with interest and fees.",
                                        "sheet partner_JP")
    assert only("firm", found)[2].en == (
        "3 variants and facilities are left out: doing any one of 1 of them makes every plan worse, "
        "2 could be done about as well.")


def test_less_done_is_no_gain():
    """Aims are missed by 2 points more, 1 facility and 300 km fewer are done, 40 bn less is spent: 9 bn more of the
    objective are no gain."""
    moved = WhatIf("later", "2026", "", 1.0, {"priority_1": 2.0, "objective": 9.0},
                   works={"km": -300.0, "facilities": -1.0, "spent": -40.0})
    answer = only("a year later", said(moved))[2]
    assert answer.en == ("Suppose that in 2026 no works begin but those committed before. 1 facility fewer is finished "
                         "and 300 km fewer are renewed. 40 bn KZT less is spent. More is missed of "
                         "the aims of priority 1 (as if one more aim lacked 58 % of what it asks). "
                         "Budgets, utilities and consumers keep 9 bn KZT in money of today, which is no gain: less is "
                         "done for it.")
    assert "Завершено меньше на 1 объект и обновлено меньше на 300 км. Потрачено на 40 млрд тенге меньше." in answer.ru
    assert "better" not in answer.en


@pytest.mark.parametrize(("limit", "gain", "km", "told"), [
    ("ramp_least[pipe]", 0.1, 100.0, True), ("ramp_up[pipe]", 0.1, 286.0, False), ("ramp_up[pipe]", 0.0, 100.0, False),
    ("crew[pipe]", 0.1, 100.0, False)])
def test_a_year_without_works_costs_more_than_its_own_km(limit, gain, km, told):
    """300 km are lost, of which 100 were planned in the year: 200 are lost later where a limit on growth binds; 14 of
    300, under a twentieth, are not told apart."""
    moved = WhatIf("later", "2026", "", 1.0, {"priority_1": 2.0}, works={"km": -300.0})
    years = ({"what": RENEWED, "sector": ALL, "y_2026": km},
             {"what": RENEWED, "sector": Text("heat", "heat"), "y_2026": 1.0})
    answer = only("a year later", said(moved, by_year=years,
                                       limits=({"limit": limit, "gain": gain, "moves": None,
                                                "name": Text("pipe", "pipe")},)))[2]
    assert (
        "Of the km lost 100 km are those of 2026 itself, the other 200 km are lost later, since works may grow"
        in answer.en) == told
    assert ("сам 2026 год даёт 100 км, ещё 200 км теряются позже" in answer.ru) == told
    assert ("lost later" in answer.en) == told


def test_twice_the_money_buys_nothing_because_its_pace_binds():
    """100 more is drawn and 0.2 more is spent: so much takes the place of other money; 7 of what is offered now is not
    drawn."""
    double = WhatIf("double", "JP", "", 2.0, {"objective": 3.0},
                    works={"km": 0.2, "facilities": 0.004, "spent": 0.2, "draws": 100.0})
    left = ({"group": Text("Japan", "Япония"), "status": OPEN, "total": 2.0, "why": Text("dear", "дорого")},
            {"group": Text("Japan", "Япония"), "status": OPEN, "total": 5.0,
             "why": Text("its pace binds", "держит темп")})
    answer = only("Japan", said(double, unused=left))[2]
    assert answer.en == ("Not one facility and not one km more is done. Budgets, utilities and consumers together are "
                         "better off by 3 bn KZT in money of today. 100 bn KZT more of its money is "
                         "drawn, in place of dearer money. As it is, 7 bn KZT of what it offers stays undrawn, and of "
                         "twice as much the same would hold: its pace binds.")
    more = WhatIf("double", "JP", "", 2.0, {"objective": 3.0},
                  works={"km": 12.0, "facilities": 1.7, "spent": 9.0, "draws": 5.0})
    assert only("Japan", said(more))[2].ru.startswith("Завершено больше на 2 объекта и обновлено больше на 12 км. "
                                                      "Потрачено на 9 млрд тенге больше. Бюджеты")


def test_the_last_are_said_of_what_is_reached():
    """129 of 200 are reached: the last 20 are of these."""
    last = WhatIf("last", "T", "", 20.0, {"objective": 4.0}, 109.0, {"facilities": -20.0, "km": 0.0, "spent": -50.0})
    row = only("the last 20", said(last, targets=({"target": "T", "reached": 129.0, "shortfall": 71.0},)))
    assert (row[0], row[1]) == ("All: what do the last 20 of the 129 facilities reached cost?",
                                "Все: сколько стоят последние 20 из достигнутых 129 объектов?")
    assert row[2].en == ("Suppose that they are not asked for (this aim itself is then not counted). 20 facilities "
                         "fewer are finished. 50 bn KZT less is spent. "
                         "Budgets, utilities and consumers together are better off by 4 bn KZT in money of today.")


def test_what_is_committed_since_when_and_by_whom():
    """Those that had begun come first, whatever they cost; of several reasons the first is told."""
    def row(key, total, why):
        return {"facility": key, "name": Text(key, key), "start": "2026Q1", "finish": "2027Q2", "total": total,
                "why": why}

    found = said(facilities=(row("A", 9.0, Text("committed: under contract, its start open; not earlier",
                                                "по обязательству: не начаты; не раньше")),
                             row("B", 3.0, Text("committed: begun 2024 Q3, by KEGOC",
                                                "по обязательству: начато: 3 кв. 2024")),
                                                row("C", 99.0, Text("for a target", "ради цели"))))
    assert only("committed", found)[2].en == (
        "B (2026 Q1 to 2027 Q2): begun 2024 Q3, by KEGOC; A (2026 Q1 to 2027 Q2): under contract, its start open.")


def test_products_of_a_lender_beyond_four_are_counted():
    """Six products of 6, 5, 4, 3, 2, 1: 21 in all, four by name."""
    of = bare_case(sources=keyed(*(replace(source(f"P{n}", kind="loan", partner="JP"), name=f"P{n}", name_ru=f"П{n}")
                                   for n in range(6))))
    rows = tuple({"source": f"P{n}", "name": Text(f"P{n}", f"П{n}"), "total": 6.0 - n} for n in range(6))
    [row] = lenders(of, tables(loans=rows))
    assert row.answer.en == "21 bn KZT in all: P0 6 bn KZT; P1 5 bn KZT; P2 4 bn KZT; P3 3 bn KZT; and 2 more."
    assert row.short.en == "21 bn KZT.", "nothing is repaid"
    due = tuple({"source": key, "year": year, "principal": back, "k_service": 2.0}
                for key, year, back in (("P0", 2027, 0.0), ("P0", 2030, 1.0), ("P5", 2033, 1.0), ("other", 2050, 1.0)))
    [row] = lenders(of, tables(loans=rows, debt_service=due))
    assert row.short.en == "21 bn KZT, repaid 2030–2033, in all 6 bn KZT with interest and fees."
    assert row.short.ru == "21 млрд тенге, возврат 2030–2033, всего с процентами и комиссиями 6 млрд тенге."
    assert row.question.ru == "Япония: сколько выдано взаймы и когда долг возвращают?"


def test_how_firm_the_plan_is():
    """1 committed; of 3 that could be left out 2 are firm; of 2 works 1 has no slack and ends in a last quarter; 1 of 2
    published figures is off. 0.0042 of the spending is 0.42 %."""
    rows = tuple({"choice": KINDS_OF_CHOICE["facility"], "now": STATES[now], "verdict": VERDICTS[verdict]}
                 for now, verdict in (("in", "always"), ("in", "always"), ("in", "open"), ("out", "open"),
                                      ("out", "never"), ("out", "undecided")))
    rows += ({"choice": KINDS_OF_CHOICE["payer"], "now": "x", "verdict": VERDICTS["open"]},)
    answer = only("firm", said(why=rows, facilities=({"facility": "A", "name": Text("A", "A"), "start": "2026",
                                                      "finish": "2026", "total": 1.0,
                                                      "why": Text("committed: begun 2025",
                                                      "по обязательству: начато")},),
                               fragile=({"slack": NO, "last_quarter": YES}, {"slack": YES, "last_quarter": NO}),
                               calibration=({"inside": NO}, {"inside": YES})))[2]
    assert answer.en.startswith("1 facility is committed already. The plan was free to leave out 3 facilities: without "
                                "any one of 2 of them every plan is worse, 1 could be left out "
                                "about as well. 3 variants and facilities are left out: doing any one of 1 of them "
                                "makes every plan worse, 1 could be done about as well, "
                                "1 not examined to the end. ")
    assert answer.en.endswith("1 of 2 published figures lies outside the band of each (20 % to either side, or the "
                              "spread of sources that is entered). There is little time to spare: 1 of 2 projects "
                              "has none, and 1 end in the last quarter of a year.")
    assert (
        "1 объект уже обязателен. От 3 объектов план мог бы отказаться: без любого из 2 всякий план хуже, 1 можно не "
        "выполнять" in answer.ru)


def test_in_short_the_caveats_stay():
    """All of cost 10 is an estimate: 100 %; of 2 works 1 has no slack; -14.2 is 0.24 from -14.44, 2.4 % of 10; both
    stay with many choices too."""
    of = edit(case(), "facilities", "A", data_status="estimate")
    plan = Plan({("A", "2026"): 1.0}, draw={("M", "A", 2026): 10.0})
    rows = tuple({"choice": KINDS_OF_CHOICE["facility"], "now": STATES["in"], "verdict": VERDICTS["always"]}
                 for _ in range(2))
    works = ({"slack": NO, "last_quarter": YES}, {"slack": YES, "last_quarter": NO})

    def short(verdicts):
        found = questions_table(of, made_up(plan, derive(of)), tables(why=verdicts, fragile=works),
                                amounts(of, derive(of), plan)).rows
        return next(row["short"] for row in found if "firm" in row["question"].en)

    assert short(rows).en == ("The plan was free to leave out 2 facilities: without any one of them every plan is "
                              "worse. 100 % of the money rests on estimates; "
                              "1 of 2 projects has no time to spare. The calculation is exact to 2.4 % of spending.")
    assert "100 % денег основано на оценках; запаса времени нет у 1 из 2 " in short(rows).ru
    many = rows + tuple({**rows[0], "verdict": VERDICTS[key]} for key in ("open", "undecided"))
    assert "100 % of the money rests on estimates; 1 of 2 projects has no time to spare." in short(many).en


def test_in_short_no_limit_matters_stays_however_long_its_names():
    """0.3 points of 31 are less than a hundredth; names of 200 letters leave room for nothing else."""
    row = {"limit": "crews[x]", "gain": 0.3, "moves": SHORTFALLS["3"], "name": Text("Crews " * 40, "Бригады " * 30),
           "value": 7.0, "step": 0.07, "unit": Text("km", "км")}
    of = case()
    solution = replace(made_up(Plan(), derive(of)), stages=(Stage("priority_3", 31.0, 31.0),))
    [short] = [one["short"] for one in questions_table(of, solution, tables(limits=(row,))).rows
               if "bind most" in one["question"].en]
    assert short.en.endswith("None of them matters much by itself.")
    assert short.ru.endswith("Каждое само по себе меняет мало.")


def test_why_works_wait_is_told_with_sums():
    """Ten of cost at 8 %, paid in mid-year: begun in 2026 worth 10 x 1.08^-0.5 = 9.62 of cost, in 2030 1.08^-4 of it,
    7.07: 2.55 saved, more than is lost of savings of 0.6 a year."""
    kept = facility("A", cost=10.0, savings=0.6, life=30.0, must=True, earliest=2026, latest=2030)
    of = bare_case(first_year=2026, last_year=2030, facilities=keyed(kept),
                   sources=keyed(source("B", ceilings={y: 10.0 if y == 2030 else 0.0 for y in range(2026, 2031)},
                                        available_to=2030)),
                   discount_rate=0.08, evaluation_last_year=2060)
    here = amounts(of, derive(of), Plan({("A", "2030"): 1.0}))
    off = put_off(here, of.facilities["A"])
    assert (off.first, off.saves) == ("2026", pytest.approx(10 * 1.08**-0.5 * (1 - 1.08**-4)))
    [row] = waiting(here)
    assert row.short == row.answer
    assert row.answer.en == (
        "1 facility could begin earlier and does not: in money of today putting them off saves 2.5 bn KZT of their "
        f"cost and loses {off.loses:.1f} bn KZT of their benefits.")
    assert 0 < off.loses < off.saves
    [sentence] = earlier(here, "A")
    assert sentence.en == (
        f"begun in 2026 it would cost 2.5 bn KZT more in money of today and bring {off.loses:.1f} bn KZT more of "
        "benefits")
    assert list(waiting(amounts(of, derive(of), Plan({("A", "2026"): 1.0})))) == []


def test_an_answer_in_short_is_its_first_sentences_the_same_in_both_languages():
    """Two sentences of 100 letters and a blank are 201 with full stops 203 (in Russian 143), three too many; a single
    one stays, however long."""
    def part(mark, count, ru):
        return Text(mark * count, "я" * ru)

    assert leading([part("a", 100, 70), part("b", 100, 70), part("c", 100, 70)]).en == f"A{'a' * 99}. B{'b' * 99}."
    assert leading([part("a", 10, 200), part("b", 10, 200)]).en == f"A{'a' * 9}.", "in Russian the second has no room"
    assert len(leading([part("a", ROOM + 1, 1), part("b", 1, 1)]).en) == ROOM + 2


def test_the_page_tells_the_first_of_each_kind_and_no_list_of_committed_works():
    def row(key):
        return {"facility": key, "name": Text(key, key), "start": "2026Q1", "finish": "2027Q2", "total": 1.0,
                "why": Text("committed: begun 2024", "по обязательству: начато")}

    doubles = [WhatIf("double", code, "", 2.0, {"objective": 2.0}) for code in ("JP", "CN")]
    of = case()
    found = questions_table(of, replace(made_up(Plan(), derive(of)), whatifs=tuple(doubles)),
                            tables(facilities=(row("A"),)))
    told = {row["question"].en: row["short"] for row in found.rows}
    assert told["What if the money of Japan doubles?"].en == (
        "Budgets, utilities and consumers together are better off by 2 bn KZT in money of today.")
    assert told["What if the money of China doubles?"] is None
    assert told["Which works are committed, since when and by whom?"] is None
    assert told["What if we start a year later?"] is None, "nothing was asked"
    assert "short" not in found.headings


def test_a_year_later_in_short_is_no_saving_alone():
    """39,000 km and 1,983 bn less, with more missed of two priorities: the saving is not told without what it costs."""
    later = WhatIf("later", "2026", "", 1.0, {"priority_1": 1.0, "priority_2": 1e-5, "priority_3": 2.0,
                                              "objective": 3.0},
                                              works={"km": -39000.0, "facilities": 0.0, "spent": -1983.0})
    of = case()
    [row] = [row for row in questions_table(of, replace(made_up(Plan(), derive(of)), whatifs=(later,)), tables()).rows
             if "year later" in row["question"].en]
    assert row["short"].en == ("Suppose that in 2026 only committed works begin. 39,000 km fewer are renewed and no "
                               "facility is lost. "
                               "More is missed of priorities 1, 3: 40 %, 58 % of what one aim asks. 1,983 bn KZT less "
                               "is spent.")
    assert "Недовыполнено больше, приоритеты 1, 3: на 40, 58 % одной цели." in row["short"].ru


def test_a_year_later_in_short_says_how_many_km_are_lost_in_later_years():
    """300 km are lost, 100 of them were planned in 2026; an aim missed whole counts 5.5 points, of 2 more points 58 %
    of one (0.1 + 0.2 + .. + 0.5 = 1.5, the rest 0.5 at 0.6)."""
    later = WhatIf("later", "2026", "", 1.0, {"priority_2": 7.5}, works={"km": -300.0})
    of = case()
    known = tables(by_year=({"what": RENEWED, "sector": ALL, "y_2026": 100.0},),
                   limits=({"limit": "ramp_least[pipe]", "gain": 0.1, "moves": None, "name": Text("pipe", "pipe")},))
    [row] = [row for row in questions_table(of, replace(made_up(Plan(), derive(of)), whatifs=(later,)), known).rows
             if "year later" in row["question"].en]
    assert row["short"].en == ("Suppose that in 2026 only committed works begin. 300 km fewer are renewed and no "
                               "facility is lost (of the km 200 after 2026: yearly growth is limited). "
                               "More is missed of priority 2: 158 % of what one aim asks.")
    assert "обновлено меньше на 300 км" in row["short"].ru.lower()
    assert (
        "(из этих км 200 после 2026 года: годовой рост ограничен). Недовыполнено больше, приоритет 2: на 158 % одной "
        "цели." in row["short"].ru)
