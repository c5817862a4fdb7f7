"""Variants of one facility are one: a facility that is done in one way or another is done in any case; what must be
done and cannot begin is told."""

from types import SimpleNamespace

import pytest

from jaryq.api.asked import asked
from jaryq.api.uncertain.judge import Judge
from jaryq.handover.uncertain.choices import to_sign
from jaryq.uncertainty.ensemble import Ensemble
from jaryq.uncertainty.outcomes import Judged, Outcome
from tests.uncertainty.test_order_and_end import page_of
from tests.uncertainty.test_what_must_be_done import one_facility, planned

ROW = {"works_months": 12.0, "asset_type": "boiler", "data_status": "estimate"}
MORE = [{"facility": "V", "name": "F: overhaul", "name_ru": "F: ремонт", "cost": 11.0, "option_of": "F", **ROW},
        {"facility": "G", "name": "G", "cost": 3.0, **ROW}, {"facility": "H", "name": "H", "cost": 2.0, **ROW},
        {"facility": "I", "name": "I", "cost": 1.0, **ROW}, {"facility": "J", "name": "J: other", "cost": 1.0,
        "option_of": "I", **ROW}]


def taken(*shares):
    """An ensemble whose best plans have these shares, all begun in 2026."""
    best = [Outcome({}, shares=one, years=dict.fromkeys(one, 2026.0)) for one in shares]
    return Ensemble(SimpleNamespace(rows=()), tuple(Judged(Outcome(None), one) for one in best), ())


@pytest.fixture(scope="module")
def page():
    """Of ten futures F is taken in four, its overhaul V in five, half of both in one; G in all; H in six; I in two and
    its variant J in three."""
    futures = [{"F": 1.0, "G": 1.0}] * 4 + [{"V": 1.0, "G": 1.0}] * 5 + [{"F": 0.5, "V": 0.5, "G": 1.0}]
    more = [{"H": 1.0}] * 6 + [{}] * 4, [{"I": 1.0}] * 2 + [{"J": 1.0}] * 3 + [{}] * 5
    made = taken(*({**one, **two, **three} for one, two, three in zip(futures, *more, strict=True)))
    return to_sign(one_facility(years=3, more=MORE).case, made)


def test_counts_are_of_facilities(page):
    """F and G are taken in all ten, F in no way in nine of them; H and I hang; none is left out."""
    assert [fact.value for fact in page.figures] == [2, 1, 1, 0, 2]
    assert page.sentences[0].en == (
        "Of 4 facilities the best plans take 2 in at least 90 % of the futures, 0 in at most 10 %; 2 hang on what "
        "comes.")
    assert page.sentences[0].ru.startswith("Из 4 объектов лучшие планы берут 2 ")
    assert "1 begins before" in page.sentences[1].en
    assert "cost 3 bn KZT" in page.sentences[1].en
    assert page.sentences[2].en == (
        "1 facility of these is done in any case, and how is open (new or overhauled, say): F.")
    assert page.sentences[2].ru == (
        "Из них 1 объект выполняется в любом случае, но открыто, как именно (заново или ремонтом): F.")


def test_what_is_open_is_how_and_not_whether(page):
    sign, ways, hang = page.blocks
    assert [(row[0].en, row[2]) for row in sign.rows] == [("G", 100)]
    assert [(row[0].en, row[1].en, row[2], row[3]) for row in ways.rows] == [("F", "F: overhaul", 60,
        pytest.approx(55)), ("F", "F", 50, pytest.approx(45))]
    assert [(row[0].en, row[1], row[2]) for row in hang.rows] == [("H", 60, 60), ("I", 50, 50)]
    assert [row[-2:] for row in (*sign.rows, *ways.rows, *hang.rows)] == [(2026, 2026)] * 5


def test_a_facility_of_which_one_row_is_sure_is_signed_in_that_way():
    """F in nine of ten futures, V in the tenth: F is signed."""
    found = to_sign(one_facility(years=3, more=MORE).case, taken(*[{"F": 1.0}] * 9, {"V": 1.0}))
    assert [fact.value for fact in found.figures] == [1, 1, 0, 3, 0]
    assert [(row[0].en, row[2]) for row in found.blocks[0].rows] == [("F", 90)]


def test_a_must_that_cannot_begin_is_told(tmp_path):
    """F is a must of 2026 or 2027; where it may begin in 2028 only, with 2027 the last year, it is not begun: neither
    is anything paid nor finished."""
    accepted = one_facility(years=2, must_do="yes", latest=2027)
    judge = Judge(accepted, planned(accepted))
    gone, base = (judge.of(asked(one)) for one in (["facilities; facility=F; earliest; set 2028",
                                                    "facilities; facility=F; latest; set 2028"], []))
    assert (gone.impossible, gone.stands.figures["facilities"], gone.stands.figures["spending"]) == (None, 0, 0)
    page = page_of(accepted, [gone, base, gone], tmp_path)
    assert ("What must be done cannot begin in the planned years any more in 2 of 3 futures, most often F; it is "
            "neither paid nor counted there." in
            [one.en for one in page.sentences])
    assert any(one.ru.startswith("Обязательное уже не может начаться в плановые годы в 2 из 3 вариантов, чаще всего F;")
               for one in page.sentences)
    block = next(block for block in page.blocks if "cannot begin" in block.head.en)
    assert [(row[0].en, row[1]) for row in block.rows] == [("F", pytest.approx(200 / 3))]
    assert not any("cannot begin" in one.en for one in page_of(accepted, [base, base], tmp_path).sentences)


def test_a_must_that_another_variant_does_is_begun(tmp_path):
    """One of F and V must be done; where F cannot begin any more and V is planned, nothing is missing."""
    accepted = one_facility(years=2, must_do="yes", more=MORE[:1])
    judge = Judge(accepted, planned(accepted))
    page = page_of(accepted, [judge.of(asked([]))] * 2, tmp_path)
    assert not any("cannot begin" in one.en for one in page.sentences)
