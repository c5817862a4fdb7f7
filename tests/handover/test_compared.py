"""The opening page of a comparison: sentences by hand from small plans, their numbers those of the tables, and empty
cases."""

import re
from dataclasses import replace
from random import Random

import pytest

from jaryq.case.plan import Plan
from jaryq.handover.compared import _figures, compared
from jaryq.handover.compared_said import against, alone, built, money, moves, partner_money, shortfalls, unpaid, value
from jaryq.handover.compared_why import better_in, explained, looks_better, made_of, parts_told
from jaryq.report.compare import comparison
from jaryq.report.compare.facts import PARTS, Facts, Worth
from jaryq.report.compare.story import Story
from jaryq.report.words import same
from jaryq.solve.choice import Choice
from jaryq.tables.change import Change
from jaryq.tables.scenarios import Changed
from tests.cases import edit, facility, keyed, target
from tests.report.test_compare import PAID, START, failed, flat, result

NO_MOVES = dict.fromkeys(("added", "dropped", "earlier", "later", "more", "less", "moved", "paid", "other"), 0)


def facts(**more):
    """129 facilities, 86,500 km, 14,614 bn spent, which cost the purse 8,280; benefits 1,720, net -6,591; 0.5 from the
    best; 20 rows missed."""
    known = {"facilities": 129.0, "km": 86500.0, "spend": 14614.0, "cost": 8280.0, "benefits": 1720.0, "value": -6591.0,
             "distance": 0.5,
             "shortfalls": {"1": 0.0, "2": 892.0, "3": 31.1}, "missed": 20, "drawn": {"JP": 148.0},
             "loans": {"J": same("JICA")},
             "partners": {"J": "JP", "E": "DE"}, "after": 46.1}
    return Facts(**{**known, **more})


def story(found=None, parts=(), changed=(), made=(), real=(), stand=(0, 0, 0), name="Other"):
    worth = None if found is None else Worth(-6591.0, {**dict.fromkeys(PARTS, 0.0), **dict(parts)}, found.value)
    return Story(same(name), name.lower(), "" if found else "why not", found, worth, tuple(changed), dict(real),
                 {**NO_MOVES, **dict(made)},
                 dict(zip(("real", "open", "tie"), stand, strict=True)))


BASE = story(facts(), name="Base")


def cell(sheet, key, column="status"):
    return Changed(sheet, key, column, f"{sheet}!A4", 1, 2, Change(sheet, "", column, "", "set", 2, "scenario_changes",
        "A9"))


@pytest.mark.parametrize(("more", "english", "russian"), [
    ({}, "It completes as much as the base: 129 facilities, 86,500 km.",
     "Завершает столько же, сколько базовый: объектов 129, км 86\u00a0500."),
    ({"facilities": 131.0, "km": 86380.0}, "It completes 2 facilities more, 131 in all; 120 km fewer, 86,380 in all.",
     "Завершает: объектов на 2 больше, всего 131; км на 120 меньше, всего 86\u00a0380."),
    ({"km": 86501.5}, "It completes as many facilities, 129; 1.5 km more, 86,502 in all.",
     "Завершает: объектов столько же, 129; км на 1,5 больше, всего 86\u00a0502."),
    ({"facilities": 128.0}, "It completes 1 facility fewer, 128 in all; as many km, 86,500.",
     "Завершает: объектов на 1 меньше, всего 128; км столько же, 86\u00a0500."),
])
def test_what_is_built(more, english, russian):
    said = built(facts(), facts(**more))
    assert (said.en, said.ru) == (english, russian)


LATE = {"last": 2031, "reached": (57.0, 61585.0), "asked": 153}


def test_a_scenario_that_ends_a_year_later_is_told_at_the_year_of_the_base():
    """129 - 57 = 72 facilities and 86,500 - 61,585 = 24,915 km are wanting at the end of 2030; the year after has 3
    more aims."""
    base, late = facts(last=2030, asked=150), facts(**LATE)
    said = built(base, late)
    assert said.en == ("By the end of 2030 it completes 72 facilities fewer, 57 in all; 24,915 km fewer, 61,585 in "
                       "all. By the end of 2031, its own last year: "
                       "129 facilities and 86,500 km; sums and aims are of all its years.")
    assert said.ru == ("К концу 2030 года завершает: объектов на 72 меньше, всего 57; км на 24\u00a0915 меньше, всего "
                       "61\u00a0585. К концу 2031 года, своего последнего: "
                       "объектов 129, км 86\u00a0500; суммы и цели за все его годы.")
    assert [one.en for one in shortfalls(base, late)] == ["Aims missed: 20 of 153, in the base 20 of 150."]
    worse = facts(**{**LATE, "shortfalls": {"1": 0.0, "2": 911.0, "3": 31.1}})
    assert [one.en for one in shortfalls(base, worse)][1:] == ["Aims missed: 20 of 153, in the base 20 of 150."]
    better = facts(**LATE, value=-6577.7)
    assert looks_better(base, better, story(better, {"volume": 13.3}).worth)[0].en.endswith("but less is built by the "
        "end of 2030: the rest is built, paid and discounted later.")
    fewer = facts(**{**LATE, "facilities": 120.0}, value=-6577.7)
    assert looks_better(base, fewer, story(fewer, {"volume": 13.3}).worth)[0].en.endswith("but less is built: what is "
        "not done is not paid.")
    moved = facts(**{**LATE, "asked": 150, "moved": 4})
    assert [(one.en, one.ru) for one in shortfalls(base, moved)] == [(
        "Aims missed: 20, as in the base. Aims asked of another year than in the base: 4.",
        "Целей не выполнено: 20, как в базовом. Целей, которые требуются к другому году, чем в базовом: 4.")]
    # Even where nothing else differs, the year does.
    assert next(one.en for one in against(story(base), story(facts(last=2031,
        reached=(129.0, 86500.0))))).startswith("By the end of 2030 it completes as much as the base")


def test_what_it_costs():
    """14,700 - 14,614 = 86 more; 8,280 - 8,253.4 = 26.6 less."""
    assert money(facts(), facts(spend=14700.0, cost=8253.4)).en == (
        "Spending is 86 bn KZT more, 14,700 in all, nominal; the money costs the purse 26.6 bn KZT less in present "
        "value, 8,253 in all.")
    assert money(facts(),
                 facts()).en == "Spending is the same (14,614 bn KZT, nominal); the money costs the purse as much."


@pytest.mark.parametrize(("change", "own", "says"), [
    (-27.3, 1.2, "27.3 bn KZT worse, -6,618 in all; the difference is more than this plan could still gain, 1.2."),
    (-1.1, 1.2, "1.1 bn KZT worse, -6,592 in all; the difference is no more than this plan could still gain, 1.2, so "
                "none is shown."),
    (0.6, 9.0,
     "0.60 bn KZT better, -6,590 in all; the difference is more than the base's plan could still gain, 0.50."),
    (0.4, 9.0, "0.40 bn KZT better, -6,591 in all; the difference is no more than the base's plan could still gain, "
               "0.50, so none is shown."),
    (-27.3, None, "27.3 bn KZT worse, -6,618 in all."),
])
def test_a_difference_counts_against_what_the_worse_plan_could_still_gain(change, own, says):
    assert value(facts(), facts(value=-6591.0 + change, distance=own)).en == f"Net value for the purse: {says}"


def test_the_first_priority_that_differs_decides():
    said = shortfalls(facts(), facts(shortfalls={"1": 0.0, "2": 911.0, "3": 30.0}))
    assert [one.en for one in said] == ["In the order of priorities it is worse than the base: shortfalls (percent of "
                                        "what is asked, added up) of "
                                        "priority 2: 892 → 911 (worse), priority 3: 31.1 → 30 (better)."]
    both = shortfalls(facts(), facts(shortfalls={"1": 0.0, "2": 911.0, "3": 32.0}))[0]
    assert both.en.endswith("priority 2: 892 → 911, priority 3: 31.1 → 32.")
    assert shortfalls(facts(), facts(shortfalls={"1": 0.0, "2": 890.0,
                                                 "3": 99.0}))[0].ru.startswith("По порядку приоритетов лучше базового:")
    assert [one.en for one in shortfalls(facts(), facts(missed=22))] == ["Aims missed: 22, in the base 20."]
    assert [one.en for one in shortfalls(facts(), facts())] == ["Aims missed: 20, as in the base."]
    assert [one.en for one in shortfalls(facts(missed=0), facts(missed=0))] == ["All aims are met."]


def test_moves_are_counted_by_how_they_stand():
    here = story(facts(), made={"added": 1, "dropped": 1, "later": 3}, real={"added": 1, "later": 2}, stand=(3, 1, 2))
    said = moves(here)
    assert (said.en, said.ru) == ("Projects that move: 6 (in 1, out 1); really 3 (added 1, later 2), ties 2, not "
                                  "examined 1, which may be either.",
                                  "Меняется проектов: 6 (входит 1, выходит 1); по-настоящему 3 (добавлено 1, позже 2), "
                                  "равноценно 2, не проверено 1, среди них могут быть и те, и другие.")
    assert moves(story(facts(),
                       stand=(0, 14, 9))).en == (
        "Projects that move: 23 (in 0, out 0); of none is it shown that it moves really, ties 9, not examined 14, "
        "which may be either.")
    besides = moves(replace(story(facts(), made={"added": 29}, stand=(29, 0, 0)), besides=27))
    assert (
        "Projects that move: 29 (in 29, of them 27 facilities that do not count towards the programme, out 0)"
        in besides.en)
    assert "(входит 29, из них 27 не засчитываемых в число объектов программы, выходит 0)" in besides.ru
    assert moves(story(facts(),
                       stand=(0, 0,
                              2))).en == "Projects that move: 2 (in 0, out 0); really none, ties 2, not examined 0."
    assert moves(story(facts())).en == "No project moves."


@pytest.mark.parametrize(("changed", "drawn", "says"), [
    ([("sources", "J")], {}, ["Money from Japan (148 bn KZT, nominal) adds no facility and no km; it saves the purse "
                              "26.6 bn KZT of present value."]),
    ([("sources", "J"), ("source_years", "J")], {}, ["Money from Japan (148 bn KZT, nominal) adds no facility and no "
                                                     "km; it saves the purse 26.6 bn KZT of present value."]),
    ([("sources", "J"), ("sources", "E")], {}, []), ([("sources", "J"), ("facilities", "J")], {}, []),
    ([("sources", "X")], {}, []), ([], {}, []),
    ([("sources", "J")], {"JP": 1.0}, []),
])
def test_what_a_partners_money_brings(changed, drawn, says):
    """Without it the money costs 26.6 more; said only where nothing but this partner's sources differs, and only one of
    the plans draws there."""
    here = story(facts(drawn=drawn, cost=8306.6), changed=[cell(*one) for one in changed])
    assert [one.en for one in partner_money(BASE, here)] == says


def test_a_scenario_that_opens_a_partner_is_told_the_same_way():
    """The base draws nothing from Germany; the scenario draws 10, builds 2 facilities more and 5 km fewer, and its
    money costs 4 more."""
    here = story(facts(drawn={"JP": 148.0, "DE": 10.0}, facilities=131.0, km=86495.0, cost=8284.0),
                 changed=[cell("sources", "E")])
    assert [one.en for one in partner_money(BASE, here)] == [
        "Money from Germany (10 bn KZT, nominal) adds +2 facilities and -5 km; it costs the purse 4 bn KZT of present "
        "value more."]


def test_parts_of_a_change():
    """Of 100 in all sizes: 60, -35 and 4.9 (below 5 %) with 0.1: told 60 and -35, the rest is 5."""
    worth = Worth(0.0, {**dict.fromkeys(PARTS, 0.0), "timing": 60.0, "benefits": -35.0, "prices": 4.9, "rest": 0.1},
                  30.0)
    assert parts_told(worth).en == "works in other years +60, benefits -35, the rest +5"
    assert [one.en for one in made_of(facts(value=0.0), facts(value=30.0), worth)] == [
        "Its net value changes by +30 bn KZT: works in other years +60, benefits -35, the rest +5."]
    odd = Worth(0.0, {**dict.fromkeys(PARTS, 0.0), "timing": 437.77, "volume": -277.47, "benefits": -90.30,
                      "financing": -86.98, "prices": 21.97}, 4.99)
    # One by one they would be +438, -277, -90.3, -87.0 and +22.0, which make 5.7 and not 5.0.
    assert parts_told(odd).en == (
        "works in other years +437.8, more or fewer works -277.5, benefits -90.3, terms of the money -87.0, "
        "the rest +22.0")
    assert made_of(facts(), facts(value=-6590.8), worth) == []  # 0.2 is not shown: the base could still gain 0.5


def test_why_a_scenario_that_misses_more_looks_better():
    other = facts(last=2030, shortfalls={"1": 0.0, "2": 911.0, "3": 30.0}, cost=8213.0, value=-6500.0, after=61.0,
                  loans={})
    said = " ".join(one.en for one in explained(story(facts(last=2030), name="Base"), story(other, {"volume": 91.0})))
    assert said == ("Its net value changes by +91 bn KZT: more or fewer works +91. It looks better (net value, cost of "
                    "the money, priority 3), but it misses more "
                    "of priority 2, which counts before: what is missed costs nothing. Payments move beyond 2030: 61 % "
                    "of what the money costs is "
                    "paid after it, in the base 46.1 %. It neither draws nor pays for these loans of the base: JICA.")


@pytest.mark.parametrize(("more", "parts", "reason"), [
    ({"value": -6500.0, "facilities": 120.0}, {"volume": 91.0}, "less is built: what is not done is not paid"),
    ({"value": -6500.0, "km": 80000.0}, {"volume": 91.0}, "less is built: what is not done is not paid"),
    ({"value": -6600.0, "cost": 8200.0}, {"benefits": -89.0, "financing": 80.0},
     "its net value is worse: what is spared on money is lost elsewhere"),
    ({"value": -6500.0}, {"timing": 146.0, "benefits": -55.0},
     "the works are only paid later and discounted more: no gain of the works themselves"),
    ({"value": -6500.0}, {"prices": 100.0, "timing": -9.0}, None), ({"value": -6591.0}, {}, None),
    ({"value": -6600.0, "cost": 8300.0}, {"benefits": -9.0}, None),
])
def test_what_speaks_against_a_scenario_that_looks_better(more, parts, reason):
    other = facts(**more)
    said = [one.en for one in looks_better(facts(), other, story(other, parts).worth)]
    assert (said == []) if reason is None else said[0].endswith(f"), but {reason}.")


def test_what_looks_better():
    assert [one.en for one in better_in(facts(), facts(value=-6590.6))] == []  # not shown
    assert [one.en for one in better_in(facts(), facts(shortfalls={"1": 0.1, "2": 800.0, "3": 31.1}))] == ["priority 2"]
    # better in the order too
    assert [one.en for one in better_in(facts(), facts(shortfalls={"1": 0.0, "2": 800.0, "3": 20.0}))] == []


def test_a_plan_by_itself():
    assert " ".join(one.en for one in alone(facts())) == (
        "129 facilities and 86,500 km by the end; spending 14,614 bn KZT, nominal. Aims missed: 20.")


# From plans.

def page(*results):
    return compared(comparison(list(results)))


def test_two_small_plans_by_hand():
    """F1 saves 3 a year of 2027 to 2030 (12) and costs 10 from the budget: net 2, the target of one facility met.
    Without it nothing is spent, saved or met: net 0, which is 2 worse; 100 % of the target is missed. In the base's
    words F1 is always done."""
    case = edit(flat(), "facilities", "F1", savings=3.0)
    sides = [result("base", case, Plan(START, draw=PAID), choices=(Choice("facility", "F1", "in", "out", "always",
        "multipliers"),)),
             result("s", case, Plan(short={"T": 1.0}))]
    for one, best in zip(sides, (2.0, 0.5), strict=True):
        one.claims.update({"value[objective]": best - 0.25, "bound[objective]": best})
    said = [one.en for one in page(*sides).sentences]
    assert said == [
        "“BASE”: 1 facility and 10 km by the end; spending 10 bn KZT, nominal. All aims are met.",
        "“S”: It completes 1 facility fewer, 0 in all; as many km, 10. Spending is 10 bn KZT less, 0 in all, nominal; "
        "the money costs the purse 10 bn KZT less in present "
        "value, 0 in all. Net value for the purse: 2 bn KZT worse, 0 in all; the difference is more than this plan "
        "could still gain, 0.25. In the order of priorities it is worse than the base: "
        "shortfalls (percent of what is asked, added up) of priority 1: 0 → 100. Projects that move: 1 (in 0, out 1); "
        "really 1 (dropped 1), ties 0, not examined 0.",
        "Why “S” differs: Its net value changes by -2 bn KZT: benefits -12, more or fewer works +10. It looks better "
        "(cost of the money), but it misses more of "
        "priority 1, which counts before: what is missed costs nothing.",
    ]


def test_scenarios_of_different_years_are_compared_at_one():
    """F1 is built in 2026 by the base and in the last year by the scenario, which has one year more: at the end of the
    base's years the scenario has none of it."""
    case = flat()
    last = case.settings.last_year
    longer = flat(last_year=last + 1, facilities=keyed(facility("F1", cost=10.0, latest=last + 1)))
    late = Plan({("F1", str(last + 1)): 1.0}, draw={("B", "F1", last + 1): 10.0})
    made = comparison([result("base", case, Plan(START, draw=PAID)), result("s", longer, late)])
    found = compared(made)
    assert made.subtitle.en.endswith(f"{last} (S: to {last + 1})")
    assert made.subtitle.ru.endswith(f"{last} (s-ру: до {last + 1} года)")
    assert (
        f"By the end of {last} it completes 1 facility fewer, 0 in all; as many km, 10. By the end of {last + 1}, its "
        "own last year: 1 facility and 10 km" in found.sentences[1].en)
    table = found.blocks[0]
    assert [field.head.en for field in table.fields][:4] == ["Scenario", "Last year",
        f"Facilities by the end of {last}", f"Networks by the end of {last}"]
    assert [(row[1].en, *row[2:4]) for row in table.rows] == [(str(last), 1.0, 10.0), (str(last + 1), 0.0, 10.0)]
    lines = {line.label.en: line.values for block in made.overview for line in block.lines}
    assert lines[f"Facilities completed by the end of {last}"] == (1.0, 0.0)
    assert lines["Facilities completed by the end"] == (1.0, 1.0)
    assert [one.en for one in lines["Last year of the plan"]] == [str(last), str(last + 1)]
    alike = comparison([result("base", case, Plan(START, draw=PAID)), result("s", case, Plan())])
    assert not any(str(last) in line.label.en or "Last year" in line.label.en for block in alike.overview
                   for line in block.lines)


def test_empty_cases():
    assert [one.en for one in page(result("base", flat(), Plan())).sentences][1:] == ["There is one scenario: nothing "
        "to compare it with."]
    alike = page(result("base", flat(), Plan(START, draw=PAID)), result("s", flat(), Plan(START, draw=PAID)))
    assert [one.en for one in alike.sentences][1:] == ["“S”: Nothing differs from the base."]
    assert [block.head.en.split(" (")[0] for block in alike.blocks] == ["Scenarios in figures"]
    none = page(failed("base", "x" * 400), failed("s"))
    assert [one.ru for one in none.sentences] == ["Ни у одного сценария нет плана.", f"«BASE»: нет плана. {'x' * 160}…",
                                                  "«S»: нет плана. no room"]
    assert none.blocks == ()
    without = page(failed("base"), result("s", flat(), Plan(START, draw=PAID)))
    assert [one.en.split(":")[0] for one in without.sentences] == ["The base has no plan, so no differences are told",
        "“BASE”", "“S”"]
    mixed = page(result("base", flat(), Plan()), failed("s"), result("t", flat(), Plan(START, draw=PAID)))
    assert [one.en.split(":")[0] for one in mixed.sentences][:3] == ["“BASE”", "“S”", "“T”"]


def test_names_are_texts_and_no_templates():
    name = "{said} " + "x" * 60
    named = result("s", flat(), Plan(START, draw=PAID))
    named = type(named)(**{**vars(named), "name": name, "name_ru": "{0}"})
    said = page(result("base", flat(), Plan()), named).sentences
    assert said[1].en.startswith(f"“{name}”: It completes 1 facility more, 1 in all")
    assert said[1].ru.startswith("«{0}»: ")


def numbers(text):
    return [float(found.replace(",", "").replace("−", "-"))
            for found in re.findall(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize("seed", range(12))
def test_numbers_of_the_sentences_are_those_of_the_tables(seed):
    """Of random plans of a small case: every figure in the sentences on what is built, costs and is worth is one of the
    overview or a difference there."""
    rng = Random(seed)
    case = flat(facilities=keyed(*(facility(f"F{i}", cost=rng.choice((3.0, 7.5, 41.0)),
                                            savings=rng.choice((0.0, 1.0, 4.5))) for i in range(5))),
                targets=(target("T", "facilities", 4.0), target("K", "km", 60.0, priority="2")))

    def plan():
        start, draw, renew = {}, {}, {}
        for key, one in case.facilities.items():
            if rng.random() < 0.6:
                year = rng.choice((2026, 2027, 2028))
                start[key, str(year)] = 1.0
                draw[rng.choice("BGL"), key, year] = one.cost
        for year in (2026, 2027):
            if km := rng.choice((0.0, 12.5, 40.0)):
                renew["N1", str(year)] = km
                draw["B", "N1", year] = 0.1 * km
        return Plan(start, renew, draw, short={"T": max(0.0, 4.0 - len(start)),
                                               "K": max(0.0, 60.0 - sum(renew.values()))})

    made = comparison([result("base", case, plan()), result("s", case, plan())])
    lines = [line for block in made.overview for line in block.lines]
    known = [v for line in lines for v in (*line.values, line.difference(1)) if isinstance(v, (int, float))]
    base, here = made.stories
    for said in (built(base.facts, here.facts), money(base.facts, here.facts), *shortfalls(base.facts, here.facts)):
        for number in numbers(re.sub(r"priority \d", "priority", said.en)):
            assert any(abs(abs(number) - abs(v)) <= max(0.51 if abs(v) >= 100 else 0.051 if abs(v) >= 1 else 0.0051,
                                                        0.0) for v in known), (said.en, number)
    net = next(line for line in lines if line.label.en == "Net value for the programme purse")
    assert (base.facts.value, here.facts.value) == tuple(net.values)
    assert sum(here.worth.parts.values()) == pytest.approx(net.difference(1), abs=1e-8)
    assert against(base, here)


def test_later_payments_are_told_beside_the_value():
    """200 bn are still to pay after the plan, in the base 68: told beside the value and as a column; where both leave
    as much nothing is said, and the column stays."""
    (said,) = unpaid(facts(unpaid=68.0), facts(unpaid=200.0))
    assert said.en == ("In neither value is what is still to pay after the plan for works that end later: 200 bn KZT, "
                       "nominal, here, 68 in the base; so a better value may be no gain.")
    assert "здесь 200 млрд тенге (номинально), в базовом 68" in said.ru
    assert unpaid(facts(unpaid=68.0), facts(unpaid=68.0)) == []
    late = story(facts(unpaid=200.0, value=-6455.0), stand=(1, 0, 0))
    sentences = [one.en for one in against(BASE, late)]
    assert sentences[2].startswith("Net value for the purse: 136")
    assert sentences[3].startswith("In neither value")
    head = "Not in it: still to pay after, nominal"
    columns = [field.head.en for field in _figures([BASE, late]).fields]
    assert columns.index(head) == columns.index("Net value") + 1
    assert [row[columns.index(head)] for row in _figures([BASE, late]).rows] == [0.0, 200.0]
    assert head not in [field.head.en for field in _figures([BASE]).fields]
