"""Sentences of the front pages from small reports by hand: the expected words follow from the numbers in the test."""

from types import SimpleNamespace

import pytest

from jaryq.base.text import Text
from jaryq.handover import aims, answers, lenders, limits_said, money_flow, trust
from jaryq.handover.gantt import at_peaks
from jaryq.handover.limits_said import tight, tightest
from jaryq.handover.said import (
    certain,
    payers,
    told,
    unused,
    valued,
    wear,
)
from jaryq.handover.said_aims import missed, on_the_way, promises, reached, why_short, years_said
from jaryq.report.condition import WHOLE
from jaryq.report.limits import MAY, MONEY, SHORTFALLS, TIME, binding
from jaryq.report.report import Report
from jaryq.report.shapes import Fact, Out, Section
from jaryq.report.words import AT_HOME, CLOSED, MEASURES, NO, OPEN, YES, same

CASE = SimpleNamespace(settings=SimpleNamespace(last_year=2030, objective="purse"), regions={}, target_at={},
                       balances=())


def report(facts=(), **tables):
    sections = (Section(same("s"), same("l"), tuple(facts)),)
    return Report(same("t"), same("u"), sections, dict(tables.items()), {})


def targets(*rows):
    headings = ("target", "name", "measure", "filter", "year", "sense", "value", "reached", "shortfall", "unit",
                "normalised", "priority", "met", "origin")
    return Out("targets", headings, rows)


def target(name, measure, value, got, **more):
    short = max(0.0, value - got)
    return {"target": name, "name": same(name), "measure": MEASURES[measure], "filter": None, "year": "2030",
            "sense": ">=", "value": value, "reached": got,
            "shortfall": short, "unit": Text("km", "км"), "normalised": 100 * short / value, "priority": same("1"),
            "met": NO if short else YES} | more


def funding(**groups):
    rows = tuple({"group": AT_HOME[group], "total": amount, "unused": left} for group, (amount, left) in groups.items())
    return Out("funding", ("group", "total", "unused"), rows, sums=("total", "unused"), groups="group")


@pytest.mark.parametrize(("value", "said"), [(0.0, "0"), (1234.56, "1,235"), (99.94, "99.9"), (5, "5"), (0.126, "0.13"),
                                             (0.0961, "0.1"), (0.0094, "0.009"), (0.00099, "0.001"), (-12.34, "-12.3"),
                                             (1e-5, "0")])
def test_no_digit_more_than_a_figure_deserves(value, said):
    assert told(value).en == said


def test_counts_are_told_against_what_was_asked():
    """150 of 200 km: 50 short. A row of one region, of another year, and a wear target are not counts of the whole."""
    made = report(targets=targets(target("A", "km", 200.0, 150.0), target("B", "facilities", 9.0, 9.0),
                                  target("C", "km", 5.0, 1.0, filter="region=X"),
                                  target("D", "km", 5.0, 1.0, year="2028"), target("E", "wear", 5.0, 1.0)))
    [one] = reached(CASE, made)
    assert one.en == "By 2030: 150 of 200 km asked are renewed, 50 short; 9 of 9 km asked are in service."
    assert one.ru == "К 2030 году: обновлено 150 из требуемых 200 км, не хватает 50; в работе 9 из требуемых 9 км."
    assert reached(CASE, report(targets=targets())) == []


def test_the_row_furthest_from_what_was_asked():
    """Of 10 asked 4 are missing (40 %), of 300 asked 100 (33.3 %): the first is further, though it lacks less."""
    made = report(targets=targets(target("Big", "km", 300.0, 200.0), target("Small", "km", 10.0, 6.0)))
    assert [one.en for one in missed(CASE, made)] == ["Furthest from what was asked of 2030: Small, 6 of 10 km."]
    assert missed(CASE, report(targets=targets(target("A", "km", 3.0, 3.0)))) == []


def test_the_largest_payer_and_the_share_from_abroad():
    """75 + 25 = 100; 12.5 of it from abroad."""
    made = report([Fact(same("a"), 12.5, "bn KZT", key="abroad")],
                  funding=funding(budget=(25.0, 0.0), loan=(75.0, 0.0)))
    assert [one.en for one in payers(CASE, made)] == [
        "It costs 100 bn KZT in money of the years of payment; the largest payer is “Loans at home” (75 %), and 12.5 % "
        "comes from abroad."]
    assert payers(CASE, report(funding=funding())) == []


def limits(*rows, sheet="limits"):
    return Out(sheet, ("limit", "name", "moves", "gain"), tuple({"limit": name, "name": same(name), "moves": moves,
        "gain": gain} for name, moves, gain in rows))


def test_the_tightest_limit_is_that_of_the_first_shortfall_that_moves():
    """No limit moves shortfall 1; of shortfall 2 B takes off 3 and A 1, however much C adds to the objective; D can
    only lose. Where nothing else gains, C is told."""
    made = report(limits=limits(("A", SHORTFALLS["2"], 1.0), ("B", SHORTFALLS["2"], 3.0), ("C", MONEY, 99.0),
                                ("D", SHORTFALLS["1"], Text("impossible", "невозможно"))))
    assert tightest(made)["limit"] == "B"
    assert [row["limit"] for row in binding(made.tables)] == ["B", "A", "C", "D"]
    assert tightest(report(limits=limits(("C", MONEY, 99.0))))["limit"] == "C"
    assert tightest(report(limits=limits(("C", MONEY, 0.0)))) is None
    assert tightest(report()) is None


def test_of_two_regimes_a_limit_is_told_in_that_in_which_it_gains_more():
    """A gains 1 of shortfall 2 where projects may change, of the same projects only money; B 2 and 3 of money."""
    made = report(limits=limits(("A", SHORTFALLS["2"], 1.0), ("B", MONEY, 2.0)),
                  limits_same=limits(("A", MONEY, 9.0), ("B", MONEY, 3.0), sheet="limits_same"))
    assert [(row["limit"], row["gain"]) for row in binding(made.tables)] == [("A", 1.0), ("B", 3.0)]


def test_unused_money_is_told_from_a_percent_on():
    """4 left of 100 spent is told: 2.5 that could still pay, with the open source that has most of it and why it does
    not, and 1.5 that can pay for nothing, likewise; 0.5 of 100 is not. A closed source leaves more, but is not open."""
    def row(name, usable, barred, why, status=OPEN):
        return {"name": same(name), "status": status, "usable": usable, "barred": barred, "why": same(why)}

    headings = ("name", "status", "usable", "barred", "why")
    rows = (row("A", 0.5, 0.5, "x"), row("B", 2.0, 0.0, "it is dear"), row("D", 0.0, 1.0, "its pace binds"),
            row("C", None, None, "closed", CLOSED))
    fact = Fact(same("u"), 4.0, "bn KZT", key="unused")
    spent = funding(budget=(100.0, 4.0))
    [one] = unused(CASE, report([fact], funding=spent, unused=Out("unused", headings, rows)))
    assert one.en == ("4 bn KZT of open sources stay unused: 2 could, each source for itself, still pay for "
                      "something, most of it in “B” (2), but it is dear; 2 can pay for nothing more, most of it "
                      "in “D” (1), since its pace binds.")
    assert one.ru == ("В открытых источниках остаётся 4 млрд тенге: 2 ещё могли бы, каждый источник сам по "
                      "себе, за что-то платить, больше всего в «B» (2), но it is dear; 2 больше ни за что не могут "
                      "заплатить, больше всего в «D» (1), так как its pace binds.")
    [one] = unused(CASE, report([fact], funding=spent, unused=Out("unused", headings, rows[2:])))
    assert one.en == ("4 bn KZT of open sources stay unused: 1 can pay for nothing more, most of it in “D” (1), since "
                      "its pace binds.")
    assert [one.en for one in unused(CASE, report([fact], funding=spent))] == [
        "4 bn KZT of open sources stay unused."]
    assert unused(CASE, report([Fact(same("u"), 0.5, "bn KZT", key="unused")],
                               funding=funding(budget=(100.0, 0.5)))) == []


def test_the_limit_that_gains_most_is_told():
    rows = ({"limit": "c", "name": same("crews in March"), "moves": SHORTFALLS["1"], "gain": 0.5, "step": 2.0,
             "unit": Text("crew-years", "бригадо-лет")},)
    stages = Out("stages", ("stage", "value"), ({"stage": Text("Shortfall of priority 1",
        "Недовыполнение приоритета 1"), "value": 4.0},))
    [one] = tight(CASE, report(limits=Out("limits", ("limit",), rows), stages=stages))
    assert one.en == (
        "Of the limits that people can loosen the one that gains most is “crews in March”: loosened by 2 crew-years, "
        "less is missed of the aims of priority 1, as if one aim that lacks 27 % of what it asks were met.")
    assert one.ru == (
        "Из ограничений, которые можно ослабить, больше всего даёт «crews in March»: при ослаблении на 2 бригадо-года "
        "цели приоритета 1 недовыполнены меньше, как если бы была достигнута одна цель, которой не хватает 27 % "
        "требуемого.")
    assert tight(CASE, report()) == []


@pytest.mark.parametrize(("gain", "much"), [(0.039, False), (0.041, True)])
def test_no_single_limit_matters_much(gain, much):
    """A step, a hundredth of the limit, that takes less than a hundredth off 4 points, 0.04, is little."""
    rows = ({"limit": "c", "name": same("crews"), "moves": SHORTFALLS["1"], "gain": gain, "step": 2.0,
             "unit": Text("crew-years", "бригадо-лет")},)
    stages = Out("stages", ("stage", "value"), ({"stage": Text("Shortfall of priority 1",
        "Недовыполнение приоритета 1"), "value": 4.0},))
    [one] = tight(CASE, report(limits=Out("limits", ("limit",), rows), stages=stages))
    assert one.en.startswith("Of the limits") == much
    assert one.en.startswith(
        "No single limit that people can loosen matters much for priority 1. Even with that which "
        "gains most, “crews” loosened by 2 crew-years, less is missed of the aims of priority 1") != much
    assert one.ru.startswith("Для приоритета 1 ни одно из ограничений") != much


def counting(counts, status):
    return SimpleNamespace(counts=counts, data_status=status)


@pytest.mark.parametrize(("got", "asked", "status", "end"), [
    (3.0, 5.0, "illustrative", "(all of them illustrative); all 3 that count are done: the list of facilities limits "
                               "the number, not money."),
    (2.0, 5.0, "estimate", "(no facilities of the programme); 2 of those that count are done, and with all of them 2 "
                           "would still be missing."),
    (1.0, 3.0, "illustrative", "(all of them illustrative); 1 of those that count are done, and the page of answers "
                               "says what keeps the others out."),
])
def test_why_there_are_fewer_facilities_than_were_asked(got, asked, status, end):
    """Three assets count (one by its variant), two do not: what limits the number follows from how many of the three
    are done and how many were asked."""
    known = {"A": counting(True, "reported"), "B": counting(True, "estimate"), "C": counting(False, "estimate"),
             "Cv": counting(True, "estimate"),
             "D": counting(False, status), "E": counting(False, status)}
    case = SimpleNamespace(settings=CASE.settings, facilities=known,
                           assets={"A": ("A",), "B": ("B",), "C": ("C", "Cv"), "D": ("D",), "E": ("E",)})
    [one] = why_short(case, report(targets=targets(target("T", "facilities", asked, got))))
    assert one.en == f"3 of the 5 facilities in scope count towards the {asked:.0f} asked; the other 2 do not {end}"
    assert one.ru.startswith(f"Из 5 объектов программы в требуемые {asked:.0f} засчитываются 3; ещё 2 не засчитываются")
    assert why_short(case, report(targets=targets(target("T", "facilities", 3.0, 3.0)))) == []
    assert why_short(case, report(targets=targets(target("T", "facilities", 5.0, 3.0, filter="region=X")))) == []


def test_wear_that_rises_in_spite_of_the_programme():
    """Heat rises by 13.4 points, water by 2, power falls; a region's row is not the whole."""
    def row(kind, now, then, idle, region=WHOLE):
        return {"kind": same(kind), "region": region, "now": now, "plan_2030": then, "idle_2030": idle}

    headings = ("kind", "region", "now", "plan_2030", "idle_2030")
    rows = (row("Heat", 50.0, 63.4, 69.9), row("Water", 40.0, 42.0, 50.0), row("Power", 60.0, 55.0, 70.0),
            row("Sewer", 1.0, 90.0, 90.0, region=same("X")))
    [one] = wear(CASE, report(wear=Out("wear", headings, rows)))
    assert one.en == (
        "In spite of the programme wear rises in 2 of 3 kinds of network, most here: Heat, 50.0 to 63.4 % (without "
        "works 69.9).")
    [other] = wear(CASE, report(wear=Out("wear", headings, rows[2:3])))
    assert other.en == (
        "Wear rises in no kind of network; it falls most here: Power, 60.0 to 55.0 % (without works 70.0).")


def test_the_proved_distance_stands_beside_the_share_of_estimates():
    facts = [Fact(same("d"), 0.25, "%", key="distance"), Fact(same("e"), 56.2, "%", key="estimates")]
    [one] = certain(CASE, report(facts))
    assert one.en == (
        "No plan with the same shortfalls is better by more than 0.25 % of the present value of spending, which is "
        "proved; but 56 % of spending rests on estimates.")
    [best] = certain(CASE, report([Fact(same("d"), 1e-9, "%", key="distance"), facts[1]]))
    assert best.en == (
        "No plan with the same shortfalls is better, which is proved; but 56 % of spending rests on estimates.")
    assert certain(CASE, report(facts[1:])) == []


def test_streams_of_money_add_up_to_the_table():
    """Budget pays 3 + 2 for heat in A and B, 4 for water in A; loans 1 for heat in A."""
    rows = tuple({"group": same(g), "sector": same(s), "region": same(r), "total": v}
                 for g, s, r, v in (("budget", "heat", "A", 3.0), ("budget", "heat", "B", 2.0),
                                    ("budget", "water", "A", 4.0), ("loan", "heat", "A", 1.0)))
    made = money_flow.flows(report(uses=Out("uses", ("group", "sector", "region", "total"), rows)))
    assert {(flow.start.en, flow.end.en): flow.value for flow in made} == {
        ("budget", "heat"): 5.0, ("budget", "water"): 4.0, ("loan", "heat"): 1.0, ("heat", "A"): 4.0,
        ("heat", "B"): 2.0, ("water", "A"): 4.0}


def test_what_is_left_unused_is_said_alike_in_both_languages():
    """What it is, what of it could pay for what, what open and closed sources cannot, and where that stands."""
    row = {"group": same("loan"), "total": 5.0, "unused": 3.0}
    made = money_flow._sources(report(funding=Out("funding", ("group", "total", "unused"), (row,), groups="group",
                                                  sums=("total", "unused"))))
    [note] = made.notes
    for lang, parts in (("en", ("what ceilings and envelopes allow", "at most still pay for something", "in place of "
                                "other money in works of the plan or for works outside it", "the rest of open sources "
                                "can pay for nothing more in the planned years", "closed ones is out of reach",
                                "sheet unused says")),
                        ("ru", ("того, что допускают потолки и лимиты", "не более чем указано ещё могло бы платить",
                                "вместо других денег в работах плана или за работы вне его", "остальному в открытых "
                                "источниках платить не за что", "в закрытых оно недоступно",
                                "показывает лист unused"))):
        assert [part for part in parts if part not in note.say(lang)] == []
    last = made.fields[-1].head
    assert (last.en, last.ru) == ("of it could still pay", "ещё могло бы платить")


@pytest.mark.parametrize(("row", "way", "words"), [
    ({"moves": SHORTFALLS["2"], "gain": 0.5}, "gain", "less is missed of the aims of priority 2, as if one aim that "
                                                      "lacks 27 % of what it asks were met"),
    ({"moves": SHORTFALLS["1"], "loss": 2.0}, "loss", "more is missed of the aims of priority 1, as if one more aim "
                                                      "lacked 58 % of what it asks"),
    ({"moves": MONEY, "gain": 7.0}, "gain", "7 bn KZT better"),
    ({"moves": MONEY, "loss": 0.25}, "loss", "0.25 bn KZT worse"),
    ({"moves": TIME, "gain": 7.0}, "gain", "7 years better"),
    ({"moves": MONEY, "gain": 0.0}, "gain", "nothing"), ({"moves": MONEY, "loss": Text("impossible", "невозможно")},
                                                         "loss", "impossible"),
])
def test_what_a_step_of_a_limit_does(row, way, words):
    """The first shortfall that moves counts before the objective."""
    assert limits_said.said(row, way).en == words


def test_an_aim_is_shown_in_all_years_in_which_it_is_missed():
    """A is missed by 40 % in 2029 and by 50 % in 2030, C by 45 %: every year of A before C, since its worst is worse. B
    is reached."""
    rows = targets(target("A", "km", 10.0, 6.0, year="2029"), target("C", "km", 100.0, 55.0),
                   target("A", "km", 10.0, 5.0), target("B", "km", 10.0, 12.0))
    page = aims.aims(CASE, report(targets=rows))
    short, held = page.blocks
    assert [(row[0].en, row[1], row[2].en, row[3], row[6], row[7]) for row in short.rows] == [
        ("A", 2029, "at least 10", 6.0, 4.0, 40.0), ("A", 2030, "at least 10", 5.0, 5.0, 50.0),
        ("C", 2030, "at least 100", 55.0, 45.0, 45.0)]
    assert short.notes == ()
    assert [(row[0].en, row[2].en, row[3]) for row in held.rows] == [("B", "at least 10", 12.0)]
    assert aims.aims(CASE, report(targets=targets())) is None


def test_aims_have_no_column_of_nothing():
    """No limit is priced: no column of prices. One moves the objective by 2.5 bn for a unit: a column, blank beside the
    other."""
    rows = targets(target("A", "km", 10.0, 5.0), target("B", "km", 10.0, 6.0))
    short, = aims.aims(CASE, report(targets=rows)).blocks
    assert {len(row) for row in short.rows} == {len(short.fields)}
    assert aims.UNIT_LESS not in short.fields
    price = {"limit": f"target[{rows.rows[0]['target']}]", "per_unit": 2.5, "moves": MONEY}
    short, = aims.aims(CASE, report(targets=rows, limits=SimpleNamespace(rows=[price]))).blocks
    assert short.fields[-1] == aims.UNIT_LESS
    assert [row[-1] for row in short.rows] == [2.5, None]


def test_lenders_open_ones_by_amount_closed_ones_with_their_reason():
    def row(name, status, total, reason=None):
        return {"partner": same("Japan"), "source": name, "name": same(name), "status": status, "total": total,
                "reason": reason, "currency": "JPY", "count": 1}

    rows = (row("small", OPEN, 1.0), row("large", OPEN, 3.0), row("shut", CLOSED, 0.0, same("not offered here")),
            row("mute", CLOSED, 0.0))
    partners = Out("partners", ("partner", "source", "name", "status", "total", "currency", "count", "reason"), rows,
                   sums=("total",))
    page = lenders.lenders(CASE, report(partners=partners, funding=funding(loan=(16.0, 0.0))))
    table, shut = page.blocks
    assert [line[0].en for line in table.rows] == ["large", "small"]
    assert [note.en for note in shut.notes] == ["Japan, shut: not offered here.", "Japan, mute: no reason is given."]
    assert [one.en for one in page.sentences] == ["Japan: 4 bn KZT, 25 % of all spending."]
    assert page.charts[0].series[0].values == (4.0,)


def test_an_open_product_says_when_it_is_signed_and_effective_and_what_the_state_guarantees():
    """Signed in 2027, effective from the third quarter of 2028, 62.5 % guaranteed; of the other nothing is known."""
    rows = tuple({"partner": same("Japan"), "source": key, "name": same(key), "status": OPEN, "total": total,
                  "currency": "JPY", "count": 1} for key, total in (("L", 4.0), ("G", 1.0)))
    loan = {"source": "L", "signing_year": 2027, "effective": same("2028 Q3"), "guaranteed": 62.5, "rate": 1.7}
    page = lenders.lenders(CASE, report(partners=Out("partners", ("source",), rows, sums=("total",)),
                                        funding=funding(loan=(16.0, 0.0)), loans=Out("loans", ("source",), (loan,))))
    heads = [field.head.en for field in page.blocks[0].fields]
    said = [dict(zip(heads, row, strict=True)) for row in page.blocks[0].rows]
    assert [(row["Signed"], getattr(row["Effective from"], "en", None), row["State guarantee"]) for row in said] == [
        (2027, "2028 Q3", 62.5), (None, None, None)]


def test_a_loan_is_repaid_from_its_first_principal_to_its_last_and_the_rest_of_a_partner_is_told():
    """Interest alone in 2026, principal of 1, 3 and 2 bn KZT in 2027, 2029 and 2030: from 2027 to 2030, 3 at most. 7
    are left by pace, 2 by another reason."""
    years = [{"source": "large", "year": y, "principal": p / 2, "k_principal": p}
             for y, p in ((2026, 0.0), (2027, 1.0), (2029, 3.0), (2030, 2.0))]
    row = {"partner": same("Japan"), "source": "large", "name": same("large"), "status": OPEN, "total": 4.0,
           "currency": "JPY", "count": 1}
    left = [{"group": same("Japan"), "status": OPEN, "total": v, "why": same(w)}
            for v, w in ((2.0, "it is dear"), (3.0, "its pace binds"), (4.0, "its pace binds"))]
    page = lenders.lenders(CASE, report(partners=Out("partners", ("source",), (row,), sums=("total",)),
                                        funding=funding(loan=(16.0, 0.0)),
                                        debt_service=Out("debt_service", ("source",), tuple(years)),
                                        unused=Out("unused", ("group",), tuple(left))))
    assert page.blocks[0].rows[0][-2:] == ("2027–2030", 3.0)
    assert [one.en for one in page.sentences] == ["Japan: 4 bn KZT, 25 % of all spending; 9 more are not drawn, mostly "
                                                  "because its pace binds."]


def test_limits_that_have_no_room_on_the_page_are_named():
    """Ten gain, two do not: eight are shown, two named."""
    rows = [(f"L{i:02}", SHORTFALLS["1"], 10.0 - i) for i in range(10)] + [("none", MONEY, 0.0), ("less", MONEY, -1.0)]
    table = answers._limits(report(limits=limits(*rows)))
    assert len(table.rows) == 8
    assert table.notes[1].en == "2 more limits bind (sheet limits): L08; L09."


@pytest.mark.parametrize(("measure", "take", "year", "said"),
                         [("wear", "total", "2029", "end of 2029"), ("spend", "total", "2026", "in 2026"),
                          ("km", "change", "2026", "in 2026"),
                                                               ("spend", "total", "2026-2030", "2026 to 2030"),
                                                               ("deficit", "last", "2026-2030", "2026-2030")])
def test_the_years_of_a_published_figure_are_told_in_words(measure, take, year, said):
    """Wear stands on 31 December; money and the km of a year are of the whole year."""
    one = SimpleNamespace(id="c", take=take, parts=((SimpleNamespace(measure=measure, quantity=None),),))
    shown = trust._when(SimpleNamespace(calibration_at={"c": one}, quantities={}), {"calibration": "c", "year": year})
    assert getattr(shown, "en", shown) == said


def test_what_nobody_can_loosen_is_left_out_and_named():
    """The peak of a town gains most, but is no choice; asking less of an aim stands behind money, though it gains
    more."""
    rows = ({"limit": "available[X]", "name": same("Peak of X"), "moves": SHORTFALLS["1"], "gain": 20.0,
             "may": MAY["fixed"]},
            {"limit": "target[T]", "name": same("Aim T"), "moves": SHORTFALLS["1"], "gain": 5.0, "may": MAY["ask"]},
            {"limit": "ceiling[M]", "name": same("Money of towns"), "moves": SHORTFALLS["1"], "gain": 1.0,
             "may": MAY["loosen"]})
    made = report(limits=Out("limits", ("limit",), rows))
    assert tightest(made)["limit"] == "ceiling[M]"
    table = answers._limits(made)
    assert [row[0].en for row in table.rows] == ["Money of towns", "Aim T"]
    assert table.notes[-1].en.startswith("Left out, since fact or law sets them and nobody can loosen them: Peak of X.")


def test_deficits_of_the_first_winters_are_told_though_they_end():
    """Heat is missed whole in 2026 and 2027 and by 20 % in 2029, km of 2026 by a tenth; the last year has its own
    sentence, a priced promise too."""
    rows = targets(target("Heat", "km", 10.0, 0.0, year="2026"), target("Heat", "km", 10.0, 0.0, year="2027"),
                   target("Heat", "km", 10.0, 8.0, year="2029"),
                   target("Early km", "km", 10.0, 9.0, year="2026"), target("End", "km", 10.0, 1.0),
                   target("Promise", "km", 10.0, 1.0, year="2029", priority=Text("priced", "по цене")))
    [one] = on_the_way(CASE, report(targets=rows))
    assert one.en == "Missed in the years before: Heat, 2026–2027, 2029 (by up to 100 %); Early km, 2026 (by 10 %)."
    assert one.ru == "Не достигнуто в годы до этого: Heat, 2026–2027, 2029 (до 100 %); Early km, 2026 (на 10 %)."
    assert on_the_way(CASE, report(targets=targets(target("End", "km", 10.0, 1.0)))) == []


@pytest.mark.parametrize(("years", "said"), [(["2027", "2026"], "2026–2027"), (["2026", "2028"], "2026, 2028"),
                                             (["2026-2030"], "2026–2030"), (["2029"], "2029")])
def test_years_in_words(years, said):
    assert years_said(years) == said


@pytest.mark.parametrize(("price", "told_so"), [(0.1, True), (1.0, False)])
def test_a_promise_with_a_token_price_is_told_as_not_aimed_at(price, told_so):
    """45 % at 0.1 bn for the whole are 0.045: of 1,000 spent a ten-thousandth is 0.1. At 1.0 they are 0.45, which is
    aimed at as far as it pays."""
    rows = targets(target("Wear", "wear", 45.0, 71.0, sense="<=", shortfall=26.0, normalised=57.8, met=NO, year="2029",
                          priority=Text("priced", "по цене"), unit=same("%")))
    case = SimpleNamespace(**{**vars(CASE), "target_at": {"Wear": SimpleNamespace(price=price, scale=0.45)}})
    made = report(targets=rows, funding=funding(budget=(1000.0, 0.0)))
    assert [one.en for one in promises(case, made)] == (["Promised, but not aimed at (they have a token price alone): "
                                                         "Wear 71 against 45 % (2029)."] if told_so else [])
    [block] = aims.aims(case, made).blocks
    assert block.rows[0][5].en == ("told only" if told_so else "priced")
    assert bool(block.notes) is told_so


def test_what_the_objective_is():
    """Benefits 30 and 12, payments 50 and 2: 42 - 52 = -10."""
    parts = Out("objective", ("part", "value"), tuple({"part": same("p"), "value": v}
                                                      for v in (30.0, 12.0, -50.0, -2.0)))
    [one] = valued(CASE, report(objective=parts))
    assert one.en == ("The objective, what the plan is worth to budgets, utilities and consumers together in money of "
                      "today, is -10 bn KZT: benefits of 42 less 52 that they pay: it is done "
                      "for its aims, which this money does not count.")
    assert valued(CASE, report()) == []


def test_what_lenders_are_paid_and_why_the_principal_is_more_than_was_drawn():
    """110 back of 90 drawn: 5 of interest was added to the debt, 15 are the exchange rate."""
    cash = Out("cash", ("year", "principal", "interest", "fees", "service"),
               tuple({"year": y, "principal": 55.0, "interest": 10.0, "fees": 0.0, "service": 65.0}
                     for y in (2030, 2031)))
    debt = Out("debt_service", ("source", "k_drawn", "k_capitalised"),
               ({"source": "J", "k_drawn": 90.0, "k_capitalised": 5.0},))
    assert [one.en for one in money_flow._owed(report(cash=cash, debt_service=debt))] == [
        "Lenders are paid 130 bn KZT until 2031: 110 principal, 20 interest; the dearest year is 2030 with 65 bn KZT.",
        "The principal is 20 bn KZT more than the 90 drawn, since foreign money costs more KZT when it is repaid, 5 of "
        "interest is added to the debt."]


def test_a_year_in_the_name_of_an_aim_is_not_said_again():
    rows = targets(target("Networks renewed by the end of 2026", "km", 10.0, 9.0, year="2026"))
    [one] = on_the_way(CASE, report(targets=rows))
    assert one.en == "Missed in the years before: Networks renewed by the end of 2026 (by 10 %)."


@pytest.mark.parametrize(("parts", "said"), [
    ((631.6, 205.5, 147.8), ["631.6", "205.5", "147.8"]),  # told whole 632 + 206 + 148 = 986, their sum is told as 985
    ((500.2, 300.1), ["500", "300"]), ((0.25, 0.5), ["0.25", "0.50"])])
def test_parts_that_are_told_add_up(parts, said):
    assert [one.en for one in lenders.adding_up(parts)] == said


def test_the_timetable_says_that_supply_holds_while_works_are_out():
    """Of two years the one with more out; nothing of an area where nothing is; what is missing is said as such."""
    def row(area, period, out, left):
        return {"area": area, "unit": Text("MW", "МВт"), "year": int(period[:4]), "period": period, "out": out,
                "left": left}

    north, south, town = Text("North", "Север"), Text("South", "Юг"), same("Town")
    rows = (row(north, "2029Q1", 100.0, 5.0), row(north, "2030Q4", 535.6, 561.0), row(south, "2028", 40.0, -172.8),
            row(town, "2028", 0.0, -1.0))
    made = report(balances=Out("balances", ("area", "unit", "year", "period", "out", "left"), rows))
    first, second = at_peaks(made)
    assert first.en == (
        "At the peak of 2030 Q4 works keep 536 MW out of service (North); 561 MW more than is needed are left.")
    assert first.ru == "В пик (4 кв. 2030) из-за работ выведено 536 МВт (Север); сверх потребности остаётся 561 МВт."
    assert second.en == (
        "At the peak of 2028 works keep 40 MW out of service (South); 173 MW of what is needed are missing.")
    assert at_peaks(report()) == []
