"""Condition to risk against published numbers. CNAIM: Common Network Asset Indices Methodology 2.1 (Ofgem 2021).

Worked examples of the method are taken from public code that carries them: the R package CNAIM
(github.com/Utiligize/CNAIM, MIT, ``tests/testthat``), among them example E.4 of the guidance, and
github.com/jpawitro/cnaim (``tests/test_pdf_first_regression.py``). Our own arithmetic is in the docstrings.
"""

import math

import pytest

from jaryq.factors import condition as cn
from tests.cases import bursts, condition

NOW = 2026
UNBOUNDED = {"floor": 0.5}
"""The package's functions of today apply no floor to the score; the method (table 21) and its functions of later years
do."""


def aged(years, **more):
    return condition(year_built=NOW - years, **more)


def today(c):
    return cn.probability(c, cn.score(c, NOW))


# --- ageing -----------------------------------------------------------------------------------------------------------

def test_expected_life():
    """test-expected_life.R: life 1, duty 2, location 5 gives 0.1; E.4, steps 8 and 9: 60 years at 1.1 and at 0.9 x
    1.1."""
    assert cn.expected_life(condition(life=1.0, duty=2.0, location=5.0)) == pytest.approx(0.1)
    assert cn.expected_life(condition(life=60.0, location=1.1)) == pytest.approx(54.54545454545454)
    assert cn.expected_life(condition(life=60.0, duty=0.9, location=1.1)) == pytest.approx(60.6060606060606)


@pytest.mark.parametrize(("life", "more", "rate"), [
    (10.0, {}, 0.239789527), (5.0, {}, 0.479579055),  # test-beta_1.R
    # E.4, steps 10 and 11
    (60.0, {"location": 1.1}, 0.0439614133346368), (60.0, {"location": 1.1, "duty": 0.9}, 0.039565272001173116),
])
def test_initial_ageing_rate(life, more, rate):
    assert cn.ageing_from_new(condition(life=life, **more)) == pytest.approx(rate, rel=1e-8)


@pytest.mark.parametrize(("duty", "score"), [(1.0, 2.90173651), (0.9, 2.43382404)])
def test_example_e4_good_transformer(duty, score):
    """E.4: a 33 kV transformer (duty 1.0) and its tapchanger (0.9), 40 years old, location 1.1, condition factor 1:
    steps 12, 13, 15, 16."""
    c = aged(40, life=60.0, duty=duty, location=1.1)
    assert cn.score_by_age(c, NOW) == pytest.approx(score, rel=1e-8)
    assert cn.score(c, NOW) == pytest.approx(score, rel=1e-8)


def test_initial_score():
    """test-initial_health.R: rate 1 after 2 years 3.694528; the cap of 5.5. A life of ln 11 years has the rate 1."""
    assert cn.score_by_age(aged(2, life=math.log(11)), NOW) == pytest.approx(3.694528, rel=1e-6)
    assert cn.score_by_age(aged(200, life=math.log(11) / 100), NOW) == 5.5


@pytest.mark.parametrize(("wear", "score"), [(0.0, 0.5), (0.40, 1.30), (0.45, 1.47), (0.70, 2.68), (0.90, 4.33),
                                             (1.0, 5.5)])
def test_book_wear_alone(wear, score):
    """Without a year of commissioning the age is the wear's part of the life: 0.5 x 11^wear, whatever the life. It
    never says more than 5.5."""
    for life in (25.0, 60.0):
        c = condition(year_built=None, wear=wear, life=life)
        assert cn.age(c, NOW) == pytest.approx(wear * life)
        assert cn.score(c, NOW) == pytest.approx(score, abs=0.005)


def test_age_follows_the_year_of_commissioning_before_wear():
    assert cn.age(condition(year_built=2000, wear=0.9), NOW) == 26.0
    assert cn.age(condition(year_built=2030), NOW) == 0.0


# --- inspections ------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("observed", "measured", "combined"), [
    # test-health_score_excl_ehv_132kv_tf.R
    (5, 4, 7), (4, 5, 7), (5, 1, 5), (1, 5, 5), (5, 0.1, 5), (0.1, 5, 5), (1, 1, 1), (1, 0.5, 0.5), (0.5, 1, 0.5),
    (1, 1.5, 1.5),  # test-mmi.R: the example of the documentation, divider 1.5
    # table 9: both at most 1: the lesser and, divided by 1.5, what the greater is below 1
    (0.75, 0.5, 0.5 - 0.25 / 1.5),
])
def test_condition_factor(observed, measured, combined):
    assert cn.factor(observed, measured) == pytest.approx(combined)


@pytest.mark.parametrize(("age", "factor", "more", "score"), [
    (200, 1.0, {}, 5.5), (200, 1.5, {}, 8.25), (200, 300.0, {}, 10.0),  # test-current_health.R: never above 10
    (0, 0.33, {}, 0.5),  # the example of current_health: 0.5 x 0.33, never below 0.5
    (0, 1.0, {"least": 4.0}, 4.0), (200, 1.0, {"most": 3.0}, 3.0), (200, 1.0, {"least": 8.0}, 8.0),
    (200, 1.0, {"reliability": 1.5}, 8.25), (200, 1.5, {"reliability": 0.6}, 4.95),
])
def test_score_of_today(age, factor, more, score):
    assert cn.score(aged(age, observed=factor, **more), NOW) == pytest.approx(score)


# --- probability ------------------------------------------------------------------------------------------------------

CLASSES = {"6.6/11 kV transformer": 0.0078, "EHV and 132 kV transformer": 0.0454, "132 kV circuit breaker": 0.0431,
           "HV switchgear primary": 0.0052,
           "pole": 0.0285, "tower": 0.0545, "overhead conductor": 0.0080, "cable": 0.0658}
AT = {"6.6/11 kV transformer": ("0.222", "0.472", "0.716", "1.225", "2.223"),
      "EHV and 132 kV transformer": ("1.294", "2.745", "4.168", "7.133", "12.94"),
      "132 kV circuit breaker": ("1.228", "2.606", "3.957", "6.771", "12.28"),
      "HV switchgear primary": ("0.148", "0.314", "0.477", "0.817", "1.482"),
      "pole": ("0.812", "1.723", "2.617", "4.478", "8.123"), "tower": ("1.553", "3.295", "5.004", "8.562", "15.53"),
      "overhead conductor": ("0.228", "0.484", "0.735", "1.257", "2.280"),
      "cable": ("1.875", "3.979", "6.041", "10.34", "18.75")}
"""Percent a year at scores of at most 4, 5.5, 6.5, 8 and 10, from K of table 21 and C = 1.087."""


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_probability_by_class(kind):
    c = condition(pof_k=CLASSES[kind] / 100)
    for score, percent in zip((4.0, 5.5, 6.5, 8.0, 10.0), AT[kind], strict=True):
        assert 100 * cn.probability(c, score) == pytest.approx(float(percent),
            abs=0.51 * 10 ** -len(percent.split(".")[1]))


@pytest.mark.parametrize(("k", "score", "probability"), [
    (0.0454, 3.931585, 0.01244618),  # test-pof_transformer_33_66kv.R: a 66 kV transformer, 43 years old
    (0.0545, 0.674752, 0.001127),  # test-pof_towers.R: a 33 kV tower
    (0.0078, 0.5, 0.0001340004),  # test-pof_transformer_11_20kv.R: one year old
    (0.0069, 0.5, 0.0001185),  # test-pof_board_04kv.R
])
def test_published_probability_at_a_score(k, score, probability):
    assert cn.probability(condition(pof_k=k / 100, **UNBOUNDED), score) == pytest.approx(probability, rel=5e-4)


@pytest.mark.parametrize(("k", "life", "location", "age", "score", "probability"), [
    (0.128, 25.0, 0.925, 10, 1.21419, 0.00457),  # test-pof_meter.R
    (0.128, 30.0, 0.925, 25, None, 0.0220866),  # test-pof_relay.R
    (0.0658, 80.0, 1.0, 50, 2.237899, 0.005784),  # test-pof_cables_04kv_pex.R
    (0.0329, 75.0, 1.0, 50, None, 0.003467356),  # test-pof_serviceline.R
    (0.0431, 60.0, 0.925, 10, None, 0.00094),  # test-pof_132kv_cb.R
])
def test_published_probability_from_age(k, life, location, age, score, probability):
    """From K, life and age to the probability; 0.925 is the package's location factor of what stands indoors by
    default."""
    c = aged(age, pof_k=k / 100, life=life, location=location, **UNBOUNDED)
    if score:
        assert cn.score(c, NOW) == pytest.approx(score, abs=5e-6)
    assert today(c) == pytest.approx(probability, rel=2e-3)


def test_floor_and_cap():
    """As good as 4, as bad as 15 and no further (table 21): 1, 2.1, 3.2, 5.5, 10 and 31 times a healthy asset."""
    c = condition()
    healthy = cn.probability(c, 4.0)
    assert [cn.probability(c, h) for h in (0.5, 3.0)] == [healthy] * 2
    assert cn.probability(c, 40.0) == cn.probability(c, 15.0)
    ratios = [cn.probability(c, h) / healthy for h in (5.5, 6.5, 8.0, 10.0, 15.0)]
    assert ratios == pytest.approx([2.1, 3.2, 5.5, 10.0, 31.0], rel=0.025)


def test_calibration_and_certainty():
    """2.25 times as many failures at home; never more than one a year."""
    assert cn.probability(condition(calibration=2.25), 10.0) == pytest.approx(2.25 * cn.probability(condition(), 10.0))
    assert cn.probability(condition(calibration=100.0), 10.0) == 1.0


# --- later years ------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("score", "slower"), [(0.5, 1.0), (1.99, 1.0), (2.0, 1.0), (3.75, 1.25), (5.5, 1.5),
                                               (9.0, 1.5)])
def test_ageing_reduction(score, slower):
    assert cn.slowing(score) == pytest.approx(slower)


def test_forecast_ageing_rate():
    """test-beta_2.R: a score of 1 at 25 years: 0.02772589. The life is long enough for 2 b1 to lie above; below a score
    of 2 nothing slows it."""
    c = aged(25, life=150.0, least=1.0, most=1.0)
    assert math.log(cn.score_in(c, NOW, 1.0)) == pytest.approx(0.02772589, rel=1e-6)


def test_published_future_of_an_rtu():
    """test-pof_future_rtu.R: 1 year old, life 20, K 0.128, 25 years on 0.26977956."""
    c = aged(1, pof_k=0.00128, life=20.0, location=0.925)
    assert cn.probability(c, cn.score_in(c, NOW, 25.0)) == pytest.approx(0.26977956, rel=1e-7)


def test_published_future_of_a_transformer():
    """test_pdf_first_regression.py: a 6.6/11 kV transformer with a score of 0.5 (rate b1): floor now, 8.0 in 75 years,
    20.158 in 100, capped at 15."""
    c = aged(12, pof_k=0.000078, life=60.0, location=0.925, most=0.5)
    assert [cn.probability(c, cn.score_in(c, NOW, t)) for t in (0.0, 75.0, 100.0)] == pytest.approx([0.0022230351545,
        0.012253502042715, 0.068069594419125], rel=1e-9)
    assert cn.score_in(c, NOW, 100.0) == pytest.approx(20.15813706958846, rel=1e-9)


def test_ageing_is_at_most_twice_that_from_new():
    """A score of 5 after 5 years: ln(10)/5 = 0.46 a year is cut to 2 ln(11)/60 = 0.0799, slowed by 1 + 3/7."""
    c = aged(5, least=5.0, most=5.0)
    assert cn.score_in(c, NOW, 10.0) == pytest.approx(5.0 * math.exp(20 * math.log(11) / 60 / (10 / 7)))


def test_ageing_of_what_is_as_good_as_new_or_was_just_built():
    """0.5: b1, whatever the age. Built this year but found at 4: 2 b1, slowed by 9/7."""
    assert cn.score_in(aged(30, most=0.5), NOW, 12.0) == pytest.approx(0.5 * 11 ** (12 / 60))
    assert cn.score_in(aged(0), NOW, 12.0) == pytest.approx(0.5 * 11 ** (12 / 60))
    assert cn.score_in(aged(0, least=4.0), NOW, 9.0) == pytest.approx(4.0 * 11 ** (2 * 9 / 60 / (9 / 7)))


def test_a_very_short_life_is_only_bad():
    """A life of a tenth of a year, hard duty: the score is at its worst, no number overflows."""
    c = aged(100, life=0.1, duty=10.0, location=10.0)
    assert cn.score(c, NOW) == 5.5
    assert cn.probability(c, cn.score_in(c, NOW, 100.0)) == cn.probability(c,
        cn.score_after(c, 100.0)) == cn.probability(c, 15.0)


def test_after_works_it_ages_from_new():
    """From 0.5 over a life of 60: 5.5 after 60 years. Repaired to 3: the same rate, slowed by 8/7."""
    assert cn.score_after(condition(), 60.0) == pytest.approx(5.5)
    assert cn.score_after(condition(health_after=3.0, duty=1.2),
                          10.0) == pytest.approx(3.0 * 11 ** (1.2 * 10 / 60 / (8 / 7)))


# --- money, pipes -----------------------------------------------------------------------------------------------------

def test_consequence():
    """0.2 bn and 500 MWh at 40 thousand KZT (0.00004 bn): 0.22 bn. What is not known to be lost counts nothing."""
    assert cn.consequence(condition(consequence=0.2, lost=500.0, lost_value=0.00004)) == pytest.approx(0.22)
    assert cn.consequence(bursts(consequence=0.2, lost_value=0.00004)) == pytest.approx(0.2)


def test_bursts_grow():
    """0.3 per km, 10 % a year: 0.363 after two; at most 0.35; new pipes from 0.05; calibration multiplies what is
    capped."""
    b = bursts(rate=0.3, growth=0.1, after=0.05, most=0.35, calibration=2.0)
    assert cn.bursts_old(b, 0.0) == pytest.approx(0.6)
    assert cn.bursts_old(b, 1.0) == pytest.approx(0.66)
    assert cn.bursts_old(b, 2.0) == pytest.approx(0.7)
    assert cn.bursts_new(b, 2.0) == pytest.approx(2 * 0.05 * 1.21)
    assert cn.bursts_new(b, 100.0) == pytest.approx(0.7)
