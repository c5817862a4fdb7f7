"""What would change the decision, by hand: of a sweep, of early decisions, of a front, of plans that are almost as
good; and inputs that move nothing because a lender stays away in the middle future."""

import numpy as np
import pytest

from jaryq.api.accepted import accept
from jaryq.api.question import program_of, question
from jaryq.api.uncertain import run
from jaryq.api.uncertain.batches import here
from jaryq.api.uncertain.ground import Ground
from jaryq.api.uncertain.sweep import away, if_they_come, still
from jaryq.base.text import Text
from jaryq.case.uncertain import uncertain_of
from jaryq.handover.uncertain.choosing import almost, along
from jaryq.handover.uncertain.decided import Plan
from jaryq.handover.uncertain.known import not_knowing, verdict
from jaryq.handover.uncertain.turning import End, decisions
from jaryq.solve.run import solve
from jaryq.uncertainty.otherwise import equally_good
from jaryq.uncertainty.outcomes import Outcome
from jaryq.uncertainty.solved import Interval
from tests.uncertainty.make_uncertain import uncertain
from tests.uncertainty.test_futures import hand_tables
from tests.uncertainty.test_money_and_risk import accepted  # noqa: F401
from tests.uncertainty.test_variants_are_one import MORE
from tests.uncertainty.test_what_must_be_done import one_facility


@pytest.fixture(scope="module")
def case():
    """F (12) with its variant V, G (3), H (2), I (1) with its variant J."""
    return one_facility(years=3, more=MORE).case


def plan(years, why=None):
    """A best plan that takes these facilities whole, begun in these years."""
    return Outcome(None, why=why) if why else Outcome({}, shares=dict.fromkeys(years, 1.0), years=years)


def said(texts, lang="en"):
    return [getattr(one, lang) for one in texts]


STEEL, DOLLAR, LENDER = (uncertain("uniform", 0.0, None, 2.0, key="Steel"),
                         uncertain("uniform", 0.0, None, 2.0, key="Dollar"),
                         uncertain("comes", 0.0, probability=0.5, key="Lender"))


def test_ends_of_inputs_against_the_middle(case):
    """In the middle F, G and H in 2026. Steel at 1.028: F goes out, I comes in; at 0.97 H begins half a year later in
    the mean of its parts. The dollar changes nothing; with the lender there is no plan."""
    middle = plan({"F": 2026.0, "G": 2026.0, "H": 2026.0})
    ends = [End(STEEL, 1.0, 1.028, plan({"J": 2027.0, "G": 2026.0, "H": 2026.0})),
            End(STEEL, 1.0, 0.97, plan({"V": 2026.0, "G": 2026.0, "H": 2026.5})),
            End(DOLLAR, 1.0, 0.9, middle), End(DOLLAR, 1.0, 1.1, middle), End(LENDER, 0.0, 0.0, middle),
            End(LENDER, 0.0, 1.0, plan({}, Text("None.", "Нет.")))]
    page = decisions(case, middle, ends)
    assert said(page.sentences) == ["2 of 3 uncertain inputs alone change which facilities the best plan takes, or "
                                    "when they begin."]
    assert said(page.verdict.robust) == ["Whichever of 3 uncertain inputs alone is at its low or high value, where "
                                         "there is a plan, the best plan takes 1 of the "
                                         "3 facilities of the middle, begun at the same time: G."]
    assert said(page.verdict.open) == ["3 facilities come in, go out or begin at another time with one input alone: F, "
                                       "H, I."]
    assert said(page.verdict.changes) == [
        "Lender: yes (in the middle no): there is no plan (None).",
        "Steel: 1.028 (in the middle 1): comes in: I; goes out: F.",
        "Steel: 0.97 (in the middle 1): begins at another time: H (2026.5, not 2026.0).",
        "1 of 3 uncertain inputs alone changes no facility and no start at its low and high values."]
    assert said(page.verdict.changes, "ru")[1:3] == ["Steel: 1,028 (в середине 1): входит: I; выходит: F.",
                                                     "Steel: 0,97 (в середине 1): начинается иначе: H (2026,5, не "
                                                     "2026,0)."]
    assert [said(row[:6]) for row in page.blocks[0].rows] == [
        ["Lender", "yes", "no", *["there is no plan"] * 3], ["Steel", "1.028", "1", "I", "F", "–"],
        ["Steel", "0.97", "1", "–", "–", "H (2026.5, not 2026.0)"]]


def test_another_plan_that_is_as_good_is_no_change(case):
    """Without the lender H begins in 2027 and all stages are what they are in the middle; steel takes F out."""
    middle = plan({"F": 2026.0, "H": 2026.0})
    tie = End(LENDER, 1.0, 0.0, plan({"F": 2026.0, "H": 2027.0}), as_good=True)
    page = decisions(case, middle, [tie, End(STEEL, 1.0, 1.028, plan({"H": 2026.0})),
                                    End(DOLLAR, 1.0, 1.1, middle, as_good=True)])
    assert said(page.sentences) == [
        "1 of 3 uncertain inputs alone changes which facilities the best plan takes, or when they begin.",
        "Where the result is that of the middle, another facility or start is no better and no worse."]
    assert said(page.verdict.open) == ["1 facility comes in, goes out or begins at another time with one input alone: "
                                       "F."]
    assert said(page.verdict.changes) == [
        "Steel: 1.028 (in the middle 1): goes out: F.",
        "Lender: no (in the middle yes): with the same result as in the middle, begins at another time: H (2027, not "
        "2026).",
        "1 of 3 uncertain inputs alone changes no facility and no start at its low and high values."]
    assert said(page.verdict.changes, "ru")[1] == (
        "Lender: нет (в середине да): при том же результате, что в середине, начинается иначе: H (2027, не 2026).")
    assert [None if row[-1] is None else row[-1].en for row in page.blocks[0].rows] == [None, "the same"]
    alone = decisions(case, middle, [tie])
    assert said(alone.sentences)[0] == ("None of 1 uncertain input alone changes which facilities the best plan takes, "
                                        "or when they begin.")


@pytest.mark.parametrize(("second", "same"), [
    ({"objective": -25.65734, "short": 1.0, "km": 7.0}, True),
    ({"objective": -25.6574, "short": 1.0, "km": 3.0}, False),
    ({"objective": -25.65734, "short": 1.01, "km": 3.0}, False), (None, False)])
def test_a_plan_is_as_good_by_what_it_is_judged_by(second, same):
    """-25.65734 and -25.6574 are 6e-5 apart, twice a millionth of them and more."""
    first = Outcome({"objective": -25.65734, "short": 1.0, "km": 3.0})
    assert equally_good(first, Outcome(second), ("objective", "short")) is same


def test_no_input_changes_the_decision(case):
    middle = plan({"F": 2026.0})
    page = decisions(case, middle, [End(DOLLAR, 1.0, 0.9, middle), End(DOLLAR, 1.0, 1.1, middle)])
    assert said(page.sentences) == ["None of 1 uncertain input alone changes which facilities the best plan takes, or "
                                    "when they begin."]
    assert said(page.verdict.changes) == ["1 of 1 uncertain input alone changes no facility and no start at its low "
                                          "and high values."]
    assert (page.blocks, page.verdict.open) == ((), ())


def test_without_a_plan_in_the_middle_nothing_is_compared(case):
    page = decisions(case, plan({}, Text("None.", "Нет.")), [End(DOLLAR, 1.0, 0.9, plan({"F": 2026.0}))])
    assert (page.verdict, page.blocks) == (None, ())
    assert said(page.sentences) == ["With all inputs in the middle there is no plan: there are no decisions to compare "
                                    "with."]


def early(title, starts, money=0.0):
    return Plan(Text(title, f"«{title}»"), {**{("start", (key, period)): share
                                               for key, (period, share) in starts.items()},
                                               ("draw", ("S", "F", 2026)): money})


def test_what_each_future_would_have_decided_otherwise(case):
    """Decided: F and G in 2026. In the first future G is not begun and H is; in the second F in 2027; in the third the
    same with other money; in the last all is the same."""
    chosen = early("chosen", {"F": ("2026", 1.0), "G": ("2026", 1.0)}, 5.0)
    own = [early("a", {"F": ("2026", 1.0), "H": ("2027", 1.0)}, 5.0),
           early("b", {"F": ("2027", 1.0), "G": ("2026", 1.0)}, 5.0),
           early("c", {"F": ("2026", 1.0), "G": ("2026", 1.0)}, 6.0),
           early("d", {"F": ("2026", 1.0), "G": ("2026", 1.0)}, 5.0 + 1e-9)]
    found = verdict(case, chosen, own, 2028, not_knowing([Interval(2.0, 2.0), Interval(0.0, 3.0), None,
                                                          Interval(0.0, 1e-7)]))
    assert said(found.robust) == ["No facility starts before 2028 at the same time whichever of these futures is "
                                  "decided for."]
    assert said(found.open) == ["Whether or when they start before 2028 hangs on the future that is decided for (3 "
                                "facilities): F, G, H."]
    assert said(found.changes) == [
        "If “a” were known to come: also started before 2028: H – 2027; not started before 2028: G. The decisions of "
        "this page cost 2 bn KZT more there.",
        "If “b” were known to come: started at another time: F – 2027 in place of 2026. The decisions of this page "
        "cost 0 to 3 bn KZT more there.",
        "If “c” were known to come: the same facilities would start at the same time; money, km, signatures or crews "
        "would differ (tables of the page). The decisions "
        "of this page go on to no plan there.",
        "If “d” were known to come: nothing would be decided otherwise."]
    assert verdict(case, chosen, own[2:], 2028).robust[0].en == (
        "Whichever of these futures is decided for, the same 2 facilities start before 2028, at the same time: F, G.")
    assert said(verdict(case, early("x", {}), [early("y", {})],
                        2028).robust) == ["No facility is started before 2028, whichever of these futures comes."]


def test_stages_and_regret_say_what_knowing_would_change(accepted):  # noqa: F811
    """A (worth 5 net, early) or C later (worth -6 or 14 net): decided together nothing is begun; known, A is begun in
    the poor future (5 are lost there), nothing in the rich one. Of least regret A is begun in part, so that both
    futures lose as much: 5 (1 - a) = 9 a, a = 5/14, 3.2 in both."""
    found, made = run.stages(accepted, (), None, None, 5.0, lambda _: None)
    one = run.told_of_stages(accepted, found, made, None).verdict
    poor, rich = (title.en for title in found.titles)
    assert said(one.changes) == [f"If “{poor}” were known to come: also started before 2027: A – 2026. The decisions "
                                 "of this page cost 5 bn KZT more there.",
                                 f"If “{rich}” were known to come: nothing would be decided otherwise."]
    assert said(one.open) == ["Whether or when it starts before 2027 hangs on the future that is decided for (1 "
                              "facility): A."]
    other = run.told_of_regret(found, run.regret(found, made, 5.0, lambda _: None)).verdict
    assert [text.startswith(f"If “{name}” were known")
            for text, name in zip(said(other.changes), (poor, rich), strict=True)] == [True, True]
    assert "not started before 2027: A" in other.changes[1].en
    assert "started at another time: A – 2026 (100 %) in place of 2026 (" in other.changes[0].en
    assert [text.partition("page cost ")[2].split()[0] for text in said(other.changes)] == ["3.2", "3.2"]


def test_where_along_a_front_facilities_come_in(case):
    """G in all three plans; F where the debt is 0 or 3; nothing of the others."""
    one = along(case, Text("debt", "долг"), (0.0, 3.0, 6.0), (frozenset("FG"), frozenset("FG"), frozenset("G")))
    assert said(one.robust) == ["All 3 plans of the front take at least half of the same 1 facility: G."]
    assert said(one.open) == ["At least half taken by some of the plans of the front only: F."]
    assert said(one.changes) == ["F: taken where debt is 0 to 3; not where it is 6."]
    split = along(case, Text("debt", "долг"), (0.0, 3.0, 6.0, 9.0),
                  (frozenset("FG"), frozenset("G"), frozenset("FG"), frozenset("FG")))
    assert said(split.changes) == ["F: taken where debt is 0, 6 to 9; not where it is 3."]
    same = along(case, Text("debt", "долг"), (0.0, 3.0), (frozenset("G"), frozenset("G")))
    assert said(same.changes) == ["No facility comes in or goes out along the front, whatever debt is asked for."]
    assert said(along(case, Text("debt", "долг"), (0.0, 3.0),
                      (frozenset("G"), frozenset("F"))).robust) == [
        "No facility is taken, at least half of it, by all plans of the front."]


def test_what_is_open_at_almost_no_cost():
    names = [Text(f"F{n}", f"О{n}") for n in range(9)]
    one = almost(2.5, names, names[:1], 7)
    assert said(one.robust) == ["All 7 plans found within 2.5 % of the best take at least half of F0, F1, F2, "
                                "F3, F4, F5, F6, F7 and 1 more."]
    assert said(one.open) == ["Within 2.5 % of the best one plan is found without, and another with at least "
                              "half of: F0."]
    assert [change.en.partition(" Which")[0] for change in one.changes] == [
        "For 2.5 % of spending each of these by itself can be taken, at least half of it, or left out for other "
        "reasons: F0."]
    assert one.changes[0].ru.startswith("За 2,5 % затрат каждый из них в отдельности можно взять (хотя бы наполовину) "
                                        "или не брать по другим причинам: О0.")
    assert almost(2.5, [], [], 1).robust == ()


def test_a_front_tells_what_its_plans_take(accepted):  # noqa: F811
    """Money against risk: A in no early decision of the least mean, all of it where it is safest; half of it, taken,
    between: -5 and -2.5 of risk, not 0."""
    one = run.told_of_front(run.front_of_risk(accepted, (), None, 0.5, 3, lambda _: None)).verdict
    assert said(one.robust) == ["No facility is taken, at least half of it, by all plans of the front."]
    assert said(one.changes) == ["A: taken where mean of the worst 50 % (CVaR) is -5.0 to -2.5; not where it is 0.0."]


YEN = {"uncertain": "yen", "name": "Yen", "name_ru": "Иена", "sheet": "currencies", "selector": "currency=JPY",
       "operation": "multiply", "distribution": "uniform",
       "low": 0.75, "high": 1.25}
COMES = {"uncertain": "japan", "name": "Japan gives", "name_ru": "Япония даёт", "sheet": "sources",
         "selector": "source_id=J", "column": "envelope", "operation": "multiply",
         "distribution": "comes", "low": 0.0, "probability": 0.5}


def test_an_input_of_a_lender_that_stays_away_in_the_middle(tmp_path, monkeypatch):
    """The hand case with a grant of 1 bn yen, which comes or not with equal chances: away at P50. In the middle 1.5 bn
    of 2028 nobody pays, whatever the yen; with the grant 1.5 less 0.8 or 1.2 (P10 and P90 of the yen): 0.7 or 0.3.
    The plans at both ends of the yen are as good as the one in the middle; with the grant, or more of the
    budget, a better one is there."""
    asked = []
    monkeypatch.setattr("jaryq.api.uncertain.swept.decisions",
                        lambda case, middle, ends: asked.extend(ends) or decisions(case, middle, ends))
    money = [{"uncertain": "price", "name": "Prices", "sheet": "price_indices", "years": "2028",
              "operation": "multiply",
                                                           "distribution": "uniform", "low": 0.6, "high": 1.6},
                                                          {"uncertain": "money", "name": "Money",
                                                           "sheet": "source_years", "selector": "source_id=S",
                                                           "years": "2028",
                                                           "operation": "multiply", "distribution": "discrete",
                                                           "values": "0.8:0.5; 1.2:0.5"}]
    found = accept(hand_tables(uncertainty=[*money, YEN, COMES], scenarios=[], scenario_changes=[],
                               sources=[{"source_id": "S", "name": "Budget", "kind": "budget"},
                                        {"source_id": "J", "name": "Japan", "kind": "grant", "currency": "JPY",
                                         "partner": "JP", "envelope": 1.0}],
                               currencies=[{"currency": "JPY", **{str(year): 1.0 for year in range(2026, 2029)}}]), [])
    program = program_of(found.factors)
    ground = Ground(found, solve(question(found.factors, program), program).plan, uncertain_of(found.tables), "k")
    page, _ = run.sweep(ground, tmp_path / "sweep", here, "unfunded", "stands")
    assert {one.row.name.en: one.as_good for one in asked} == {"Yen": True, "Japan gives": False, "Money": False,
                                                               "Prices": False}
    rows = {row[0].en: row[3:] for row in page.blocks[0].rows}
    assert rows["Yen"] == pytest.approx((1.5, 1.5, 0.0), abs=1e-7)
    assert rows["Japan gives"] == pytest.approx((1.5, 0.5, 1.0), abs=1e-7)
    assert page.sentences[-1].en == ("Of these, one does not move it because in the middle future this stays away: "
                                     "Japan gives. Where it comes: Yen (0.7 at its low value, "
                                     "0.3 at its high one).")
    assert page.sentences[-1].ru == ("Из них одно не влияет потому, что в среднем варианте не приходит: Япония даёт. "
                                     "Если приходит: Иена (0,7 при низком, 0,3 при высоком).")


def test_only_what_does_not_move_is_asked_once_more():
    """Of four inputs the second does not move the figure, the lender is away: its two ends with the lender there; with
    no lender away nothing would be asked."""
    rows = (STEEL, DOLLAR, LENDER, uncertain("comes", 0.0, probability=0.9, key="Sure"))
    column = [10.0, 9.0, 11.0, 10.0, 10.0, 10.0, 12.0, 8.0, 10.0]
    assert (still(rows, np.array(column)), away(rows)) == ([1], [2])
    assert if_they_come(rows, [1]) == [[1.0, pytest.approx(0.2), 1.0, 1.0], [1.0, pytest.approx(1.8), 1.0, 1.0]]
    assert away((STEEL, DOLLAR)) == []
