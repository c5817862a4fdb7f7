"""Scenarios in which what must be done cannot be finished in time: it goes on there, as in draws, and early decisions
are compared all the same."""

import pytest

from jaryq.api.uncertain import run
from jaryq.api.uncertain.futures import futures
from jaryq.base.text import Text
from jaryq.handover.uncertain.missing import late_works
from tests.uncertainty.test_what_must_be_done import one_facility

SLOW = {"selector": "", "column": "works_months", "operation": "add", "value": "12"}
LATER = {"selector": "facility=F", "column": "works_months", "operation": "add", "value": "24"}
LOT = [{"facility": "G", "name": "G", "cost": 4.0, "works_months": 12.0, "asset_type": "boiler",
        "data_status": "estimate", "lot": "L", "earliest": 2027,
        "latest": 2027}]


def asked(accepted, names, known_from, *, amounts=True):
    found, made = run.stages(accepted, names, known_from, None, 5.0, lambda _: None, amounts=amounts)
    return found, made, run.regret(found, made, 5.0, lambda _: None)


@pytest.mark.parametrize(("known_from", "amounts"), [(2026, True), (2028, False)], ids=["nothing early", "works early"])
def test_a_must_that_a_scenario_makes_late_goes_on_there(known_from, amounts):
    """Cost 12 of 2027, where it must begin and end; of 24 months half is due in 2027, nothing is finished: 6 there, 12
    in the base, 9 in the mean, whether it is decided early or not. Nobody may choose not to begin, so knowing is worth
    nothing and nothing is regretted."""
    accepted = one_facility(years=2, must_do="yes", cost=12.0, earliest=2027, latest=2027, scenarios=[("slow", SLOW)])
    found, made, table = asked(accepted, ("base", "slow"), known_from, amounts=amounts)
    assert found.late == ({}, {"F": "after"})
    assert [one.cost.high for one in made.known] == pytest.approx([12, 6])
    assert made.decided.high == pytest.approx(9)
    assert made.of_information.high == pytest.approx(0, abs=1e-6)
    assert max(table.largest(a) for a in range(len(table.plans))) == pytest.approx(0, abs=1e-6)
    pages = run.told_of_stages(accepted, found, made, None), run.told_of_regret(found, table)
    for page in pages:
        assert ("In “slow” what must be done is not finished in time: F; "
                "it is paid as far as the planned years go and not counted.") in [one.en for one in page.sentences]
        assert any(one.ru.startswith("В варианте «slow» обязательное не завершено в срок: F;")
                   for one in page.sentences)


def said_in(accepted, found, made, table):
    return [[one.en for one in page.sentences] for page in (run.told_of_stages(accepted, found, made, None),
                                                            run.told_of_regret(found, table))]


def test_a_late_must_that_ends_in_the_planned_years_is_counted():
    """Cost 12, worth 20, from 2026 to 2026; of 24 months it ends in 2027, planned years to 2028: finished, 12 - 20 =
    -8, as in the base."""
    accepted = one_facility(years=3, objective="purse", must_do="yes", cost=12.0, benefit=20.0, earliest=2026,
                            latest=2026, scenarios=[("slow", SLOW)])
    found, made, table = asked(accepted, ("base", "slow"), 2026)
    assert found.late == ({}, {"F": "in_time"})
    assert [one.cost.high for one in made.known] == pytest.approx([-8, -8])
    for said in said_in(accepted, found, made, table):
        assert (
            "In “slow” what must be done is not finished in time: F; it ends within the planned years, is paid and "
            "counted." in said)
        assert not any("not counted" in one for one in said)


def test_a_late_must_that_is_counted_if_it_begins_early():
    """From 2026 to 2027, 24 months in the scenario whose window is 2026 alone: begun in 2026, as in the base, it ends
    in 2027 and is counted; begun in 2027 it is not. Worth 20: -8; put off 6 of 12, without the 20."""
    changes = [SLOW, {"selector": "facility=F", "column": "latest", "operation": "set", "value": "2026"}]
    accepted = one_facility(years=2, objective="purse", must_do="yes", cost=12.0, benefit=20.0, earliest=2026,
                            latest=2027, scenarios=[("slow", changes)])
    found, made, table = asked(accepted, ("base", "slow"), 2026)
    assert found.late == ({}, {"F": "hangs"})
    assert made.known[1].cost.high == pytest.approx(-8)
    for said in said_in(accepted, found, made, table):
        assert any("and counted where it begins early enough to end within them." in one for one in said)


def test_each_kind_of_late_works_has_its_sentence():
    """Two that are counted and one that is not: a sentence each, in the order of what becomes of them."""
    said = late_works([{}, {"B": "after", "A": "in_time", "C": "in_time", "D": "never"}],
                      [Text("one", "один"), Text("two", "два")], {})
    assert [one.en.partition("time: ")[2].partition(";")[0] for one in said] == ["A, C", "B", "D"]
    assert ["not counted" in one.en for one in said] == [False, True, False]
    assert ["не засчитано" in one.ru for one in said] == [False, True, True]


def test_money_that_is_decided_before_works_turn_out_late():
    """The draw d of 2027 in common: d + 3 (12 - d) in the base, d + 3 (d - 6) where half is due; the mean is d + 9,
    least at 6: 15, of which 6 for not knowing. By the base (12) 18 + 12 are paid where 6 would do: 24 more; by slow (6)
    24 in the base: 12 more. The largest regret is least at d = 8: z = 20 and 14, 8 more in both."""
    accepted = one_facility(years=2, must_do="yes", cost=12.0, earliest=2027, latest=2027, scenarios=[("slow", SLOW)])
    _, made, table = asked(accepted, ("base", "slow"), 2028)
    assert made.decided.high == pytest.approx(15)
    assert made.of_information.high == pytest.approx(6)
    assert [table.largest(a) for a in (0, 1)] == pytest.approx([24, 12])
    assert table.largest(table.least) == pytest.approx(8)
    assert table.bound == pytest.approx(8)


def test_nobody_puts_off_what_must_be_done():
    """2026 and 2027, to be begun in 2026 (12 months, as late as 2026): 36 months cost 12, 4 a year: 8 fall into the
    planned years. Begun in 2027 it would be 4, in no year of the base."""
    accepted = one_facility(years=2, must_do="yes", cost=12.0, earliest=2026, latest=2026, scenarios=[("later", LATER)])
    _, made, _ = asked(accepted, ("base", "later"), 2026)
    assert [one.cost.high for one in made.known] == pytest.approx([12, 8])


def test_the_lot_goes_on_with_it():
    """F (8, a must) and G (4) in one lot, 2027 to 2027: of 24 months half of both, 6."""
    accepted = one_facility(years=2, must_do="yes", lot="L", earliest=2027, latest=2027, more=LOT, cost=8.0,
                            scenarios=[("slow", SLOW)])
    found, made, _ = asked(accepted, ("base", "slow"), 2028)
    assert found.late[1] == {"F": "after", "G": "after"}
    assert [one.cost.high for one in made.known] == pytest.approx([12, 6])


def test_a_must_that_may_only_begin_later_begins_as_soon_as_it_can():
    """It may begin in 2027 only, and takes 24 months: half of 12."""
    changes = [{"selector": "facility=F", "column": column, "operation": operation, "value": value}
               for column, operation, value in (("works_months", "add", "12"), ("earliest", "set", "2027"),
                                                ("latest", "set", "2027"))]
    accepted = one_facility(years=2, must_do="yes", cost=12.0, earliest=2026, latest=2026,
                            scenarios=[("both", changes)])
    found = futures(accepted, ("base", "both"), 2026)
    starts = [(index, most) for (family, index), most in zip(found.branches[1].program.columns,
        found.branches[1].program.col_upper, strict=True)
              if family == "start"]
    assert [index for index, most in starts if most > 0] == [("F", "2027")]
