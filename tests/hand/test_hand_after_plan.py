"""What ends after the plan by hand: a contract of 60 that spends 10, 20 and 30 in 2027 to 2029, the plan ends in 2028.
No discounting, prices stand still, money without end, unless said otherwise."""

import pytest
from openpyxl import load_workbook

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from tests.hand.test_from_workbooks import book, by_the_whole_line, facility, goal, started

CONTRACT = [{"project": "F", "year": 2026, "status": "committed"}]
SPENDS = {"spend_2027": 10, "spend_2028": 20, "spend_2029": 30}


def contract(settings=None, facilities=(), progress=CONTRACT, more=(), **sheets):
    """The contract, worth 100 a year, counted to 2030; ``more``: of its row."""
    row = {"facility": "F", "savings": 100, **SPENDS, **dict(more)}
    return book(facilities=[row, *facilities], progress=progress,
                settings={"evaluation_last_year": 2030, **(settings or {})}, **sheets)


def test_it_is_paid_and_not_in_service(tmp_path):
    """30 are paid, nothing is saved, no facility is in service by the end of 2028, and 30 are still to pay; the sheets
    say so."""
    path = tmp_path / "plan.xlsx"
    done = by_the_whole_line(contract(targets=[goal("T", "facilities", 1, "facilities", "2028")]), path)
    assert started(done) == {"F": "2027"}
    claims = done.claims
    assert (done.solution.value, claims["outlays_pv"], claims["benefits_pv"], claims["facilities_completed"],
            claims["shortfall[T]"], claims["to_pay_after[F]"]) == pytest.approx((-30, 30, 0, 0, 1, 30))
    assert (claims["spend[2027]"], claims["spend[2028]"]) == pytest.approx((10, 20))
    said = [[str(cell) for cell in row if cell is not None]
            for sheet in load_workbook(path, read_only=True) for row in sheet.iter_rows(values_only=True)]
    assert any("завершится после плана" in row and "2029" in row and "30" in row for row in said)
    assert any("Останется заплатить после плана, номинально" in row for row in said)


def test_what_ends_with_the_plan_is_in_service(tmp_path):
    """Without the 30 of 2029 the same contract ends with 2028: 100 in 2029 and in 2030."""
    done = by_the_whole_line(contract(more={"spend_2029": None}), tmp_path / "plan.xlsx")
    assert (done.solution.value, done.claims["facilities_completed"]) == pytest.approx((200 - 30, 1))
    assert not any(key.startswith("to_pay_after") for key in done.claims)


def test_what_is_still_to_pay_is_dear_as_its_year(tmp_path):
    """Prices grow by 10 % a year from 2026: 11 and 20 x 1.21 are paid, 30 x 1.331 are still to pay."""
    done = by_the_whole_line(contract(price_indices=[{"index": "general", "2026": 100, "long_run": 10}]),
                             tmp_path / "plan.xlsx")
    assert (done.claims["spend[2027]"], done.claims["spend[2028]"], done.claims["to_pay_after[F]"]) == pytest.approx(
        (11, 24.2, 39.93))


def test_neither_quantity_nor_balance_has_it(tmp_path):
    """50 MW that would come in 2030: the quantity of 2029 has none, and the area is short of 50 in 2028, 2029 and
    2030."""
    done = by_the_whole_line(contract(
        more={"q_mw": 50, "region": "A"}, regions=[{"region": "A"}],
        quantities=[{"quantity": "mw", "unit": "MW", "kind": "level"},
                    {"quantity": "mwh", "unit": "MWh", "kind": "flow", "value": 1e6}],
        balances=[{"area": "A", "unit": "MW", "quantity": "mw", "regions": "A", "peak_2028": 100, "peak_2030": 100,
                   "peak_2026": 100, "available_2026": 50, "priority": "2"}]), tmp_path / "plan.xlsx")
    deficit = {key: amount for key, amount in done.solution.plan.deficit.items() if amount > 1e-9}
    assert deficit == pytest.approx({("A@MW", y): 50.0 for y in range(2026, 2031)})
    assert done.claims["quantity[mw,2028]"] == pytest.approx(0.0)
    assert done.claims["benefits_pv"] == pytest.approx(0.0)


@pytest.mark.parametrize(("crews", "other"), [(1.0, None), (2.0, "2027")])
def test_its_works_need_crews_in_the_planned_years(crews, other, tmp_path):
    """0.05 crew-years a bn: 3 for the 60 in three years, so one each in 2027 and 2028. Another of 20 in 2027 needs one
    too: of one crew nothing is left for it, of two it is done."""
    done = by_the_whole_line(contract(
        facilities=[facility("G", 20, savings=100, asset_type="plant", earliest=2027, latest=2027)],
        more={"asset_type": "plant"}, crews=[{"crew": "welders", "2026": 0, "2027": crews, "2028": 1}],
        asset_types=[{"asset_type": "plant", "sector": "heat", "crew": "welders", "crew_need": 0.05}]),
        tmp_path / "plan.xlsx")
    assert started(done).get("G") == other


@pytest.mark.parametrize(("months", "other"), [(12, "2028"), (13, None)])
def test_its_outage_takes_capacity_where_it_falls_into_the_plan(months, other, tmp_path):
    """Works of 36 months, the last 12 of them after the plan: an outage of 12 months is not seen, of one of 13 December
    of 2028 is, and with it another that is out in all of 2028 is more than the limit."""
    out = {"capacity": 40, "capacity_unit": "MW", "offline": 40, "region": "A"}
    done = by_the_whole_line(contract(
        settings={"resolution": "year"}, regions=[{"region": "A"}],
        more={**out, "outage_months": months},
        facilities=[facility("G", 20, savings=100, earliest=2028, **out, outage_months=12)],
        outage_limits=[{"region": "A", "unit": "MW", "limit": 40}]), tmp_path / "plan.xlsx")
    assert started(done).get("G") == other


def test_what_waits_for_it_is_not_done(tmp_path):
    """G may begin after F ends, which it does not in the plan; H goes with F, and is done."""
    done = by_the_whole_line(contract(facilities=[facility("G", 1, savings=100, after="F"),
                                                  facility("H", 1, savings=100, only_with="F")]),
                             tmp_path / "plan.xlsx")
    assert started(done) == {"F": "2027", "H": "2026"}


def test_for_the_earliest_finish_it_is_not_done(tmp_path):
    """Of 60 and 20 the smaller ends after one year, the other counts as one year past the three: (60 x 4 + 20)/80."""
    done = by_the_whole_line(contract(settings={"objective": "earliest_finish"}, facilities=[facility("G", 20)]),
                             tmp_path / "plan.xlsx")
    assert done.solution.value == pytest.approx((60 * 4 + 20) / 80)


def test_what_has_started_goes_on_from_the_first_period(tmp_path):
    """Started in 2024, nothing is paid in 2026: it goes on from 2026 all the same."""
    done = by_the_whole_line(contract(progress=[{"project": "F", "year": 2024, "status": "started"}]),
                             tmp_path / "plan.xlsx")
    assert started(done) == {"F": "2026"}
    assert (done.solution.value, done.claims["to_pay_after[F]"]) == pytest.approx((-30, 30))


def test_a_stated_benefit_is_not_counted_either(tmp_path):
    done = by_the_whole_line(contract(more={"savings": None, "benefit": 500}), tmp_path / "plan.xlsx")
    assert done.solution.value == pytest.approx(-30)


def codes(tables):
    try:
        return {issue.code for issue in accept(tables, []).issues}
    except InputRejected as rejected:
        return {issue.code for issue in rejected.issues}


@pytest.mark.parametrize(("more", "progress", "code"), [
    ({}, CONTRACT, "ends_after_plan"),
    ({"latest": 2029}, CONTRACT, "ends_after_plan"),
    # not under contract; nothing in the planned years; income after them; an end before what is spent
    ({}, (), "years_out_of_order"),
    ({"spend_2027": None, "spend_2028": None}, CONTRACT, "years_out_of_order"),
    ({"spend_2029": -30}, CONTRACT, "years_out_of_order"),
    ({"latest": 2028}, CONTRACT, "no_room_for_works"),
])
def test_what_may_be_stated(more, progress, code):
    assert code in codes(contract(more=more, progress=progress))
