"""Deciding by the mean and by the worst part of futures, and the front between them, by one case in parts
(docs/numbers.md: Deciding before knowing)."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.uncertain import run
from jaryq.api.uncertain.written import write_told
from jaryq.base.text import Text
from jaryq.solve.highs import Solver
from jaryq.uncertainty import frontier
from tests.uncertainty.test_futures import hand_tables


@pytest.fixture(scope="module")
def accepted():
    """10 bn KZT in all for A (cost 10, worth 15, in 2026) or C (cost 10, in 2027, worth 4 in ``high``, 24 in ``low``),
    as likely. Nothing is discounted, 2027 is known when it begins. With a share a of A: z = -5 a in high (C loses
    money), -5 a - 14 (1 - a) = 9 a - 14 in low."""
    span = {"first_year": 2026, "last_year": 2027, "discount_rate": 0.0, "discount_basis": "nominal",
            "facilities": "divisible", "prices": 0, "explain": "off",
            "objective": "purse", "decide_by": 2027}
    works = {"works_months": 12.0, "asset_type": "boiler", "data_status": "estimate", "cost": 10.0}
    return accept(hand_tables(
        settings=[{"setting": name, "value": value} for name, value in span.items()],
        facilities=[{"facility": "A", "name": "A", "benefit": 15.0, "earliest": 2026, "latest": 2026, **works},
                    {"facility": "C", "name": "C", "benefit": 14.0, "earliest": 2027, "latest": 2027, **works}],
        price_indices=[{"index": "works", "2026": 1.0, "2027": 1.0, "long_run": 0.0}],
        sources=[{"source_id": "S", "name": "Budget", "kind": "budget", "envelope": 10.0}],
        source_years=[{"source_id": "S", "2026": 10.0, "2027": 10.0}],
        targets=[], uncertainty=[], scenarios=[{"scenario": key, "name": key, "probability": 50.0}
                                               for key in ("high", "low")],
        scenario_changes=[{"scenario": key, "sheet": "facilities", "selector": "facility=C", "column": "benefit",
                           "operation": "set", "value": str(worth)}
                          for key, worth in (("high", 4), ("low", 24))]), [])


@pytest.mark.parametrize(("level", "share", "decided", "known"),
                         [(None, 0, -7, -9.5), (0.5, 1, -5, -5), (0.25, 1, -5, -8)],
                         ids=["mean", "worst half", "worst 75 %"])
def test_what_knowing_is_worth_is_of_what_is_minimised(accepted, level, share, decided, known):
    """Known: -5 (all of A) and -14 (all of C). Mean of z: 2 a - 7, least at a = 0; known -9.5: 2.5. Worst half: max(-5
    a, 9 a - 14) = -5 a, least at a = 1; of the known ones -5: nothing. Worst 75 %: 2/3 of -5 a and 1/3 of 9 a - 14:
    -(14 + a)/3, least at a = 1: -5; of the known ones -(2 x 5 + 14)/3 = -8: 3."""
    found, made = run.stages(accepted, (), None, level, 5.0, lambda _: None)
    assert made.together.early[("start", ("A", "2026"))] == pytest.approx(share, abs=1e-6)
    for interval, value in ((made.decided, decided), (made.if_known, known), (made.of_information, decided - known)):
        assert (interval.low, interval.high) == pytest.approx((value, value), abs=1e-5)
    page = run.told_of_stages(accepted, found, made, level)
    assert page.figures[0].value == pytest.approx(decided, abs=1e-5)
    assert ("CVaR" in page.figures[0].label.en) == (level is not None)
    if level == 0.5:
        assert page.sentences[1].en == (
            "The mean of the worst 50 % (CVaR) is -5 bn KZT, -5 if the future were known: knowing would be worth 0.")
        assert "the mean of all, which is -5 bn KZT" in page.sentences[-1].en
    if level is None:
        assert page.sentences[0].en == (
            "Nothing is decided before 2027: no facility is started, nothing is renewed, signed or drawn.")


@pytest.mark.parametrize("large", [False, True])
def test_money_against_risk(accepted, large, monkeypatch):
    """Least mean at a = 0: -7, the worst half 0; safest at a = 1: -5 and -5; CVaR held at -2.5: a = 0.5, mean -6. A
    large program, of which the simplex method finds no end, is solved by an interior point method: the same points."""
    asked, own = [], Solver.option
    monkeypatch.setattr(frontier, "LARGE", 0 if large else frontier.LARGE)
    monkeypatch.setattr(Solver, "option", lambda self, name, value: asked.append((name, value))
                        or own(self, name, value))
    made = run.front_of_risk(accepted, (), None, 0.5, 3, lambda _: None)
    assert [(point.one, point.other) for point in made.points] == [pytest.approx(one, abs=1e-5)
        for one in ((-5, -5), (-6, -2.5), (-7, 0))]
    page = run.told_of_front(made)
    assert page.sentences[0].en == (
        "Mean cost over the futures goes from -5 to -7 while mean of the worst 50 % (CVaR) goes from -5 to 0.")
    assert page.charts[0].labels == pytest.approx((-5, -2.5, 0), abs=1e-5)
    assert (("solver", "ipm") in asked) == large


def test_a_worst_part_within_the_probability_of_one_future(accepted):
    """The worst 10 % lie within the worse future, as the worst half does."""
    made = run.front_of_risk(accepted, (), None, 0.9, 2, lambda _: None)
    assert [(point.one, point.other) for point in made.points] == [pytest.approx(one, abs=1e-5)
        for one in ((-5, -5), (-7, 0))]


def test_fronts_of_other_figures_stay_beside_each_other(accepted, tmp_path):
    """A front that is asked again takes the place of its own page alone."""
    title = Text("Hand", "Ручной")
    risk = run.told_of_front(run.front_of_risk(accepted, (), None, 0.5, 2, lambda _: None))
    plain = run.told_of_front(run.front(accepted, ("objective", "spending"), 3))
    for pages in ([risk], [plain], [risk]):
        write_told(tmp_path, "front", pages, "k", title, "en")
    kept = (tmp_path / "uncertainty.json").read_text()
    assert [kept.count(f'"key": "{page.key}"') for page in (risk, plain)] == [1, 1]
