"""A loan or grant that is signed before it is known what comes true, and drawn after: what one future does not have of
it nobody counts on in the others, whether fees hang on the signature or not."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.uncertain import run
from jaryq.api.uncertain.early_told import as_told, if_known
from jaryq.base.text import Text
from jaryq.tables.tables import Table, Tables

AWAY = {"closed": ("status", "closed"), "nothing": ("envelope", "0"), "a millionth": ("envelope", "0.000001")}
LOAN = {"kind": "loan", "partner": "JP", "rate": 0.0, "draw_timing": "end", "grace": 10.0, "tenor": 10.0,
        "repayment": "bullet", "payments": 1.0}
TERMS = {"plain": {}, "a fee": {"front_end": 0.001}, "a commitment fee": {"commitment_fee": 0.001},
         "a ticket": {"ticket": 0.1}}
FEES = 5e-4
"""0.001 % of 20 in each of two years."""


def case_of(change, lender, first=2027, sheet="sources"):
    """A (4, worth 10, 2027), which J alone can pay; what nobody pays costs twice as much. J has another row in the
    second of two futures of equal probability; known from 2027."""
    settings = {"first_year": 2026, "last_year": 2027, "discount_rate": 0.0, "facilities": "whole", "prices": 0,
                "explain": "off", "price_unfunded": 2.0, "decide_by": 2027}
    column, value = change
    rows = {"settings": [{"setting": name, "value": of} for name, of in settings.items()],
            "facilities": [{"facility": "A", "cost": 4.0, "works_months": 12.0, "earliest": 2027, "latest": 2027,
                            "benefit": 10.0}],
            "sources": [{"source_id": "S", "kind": "budget"},
                        {"source_id": "J", "envelope": 20.0, "available_from": first, **lender}],
            "source_years": [{"source_id": "S", "2026": 0.0, "2027": 0.0},
                             {"source_id": "J", "2026": 0.0, "2027": 20.0}],
            "scenarios": [{"scenario": "base", "probability": 50.0}, {"scenario": "other", "probability": 50.0}],
            "scenario_changes": [{"scenario": "other", "sheet": sheet, "selector": "source_id=J",
                                  "column": column, "operation": "set", "value": value}]}
    return accept(Tables("signed", {name: Table.of(name, found) for name, found in rows.items()}), [])


def decided(accepted, *, amounts=True):
    found, made = run.stages(accepted, (), None, None, 10.0, lambda _: None, amounts=amounts)
    return found, made, run.regret(found, made, 10.0, lambda _: None)


@pytest.mark.parametrize("amounts", [True, False])
@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("away", AWAY)
def test_what_is_signed_early_is_one_in_all_futures(away, terms, amounts):
    """Known: 4 - 10 = -6, and 2 x 4 - 10 = -2 where J does not come: -4 in the mean. Nobody can sign what a future
    does not have: -2 in both, knowing is worth 2. The base's own decisions sign J: a star, no regret; those that every
    future allows regret 4 in the base."""
    found, made, table = decided(case_of(AWAY[away], {**LOAN, "signing_year": 2026, **TERMS[terms]}), amounts=amounts)
    assert [one.cost.high for one in made.known] == pytest.approx([-6.0, -2.0], abs=FEES)
    assert [made.decided.high, made.of_information.high] == pytest.approx([-2.0, 2.0], abs=FEES)
    assert [plan.gave_way for plan in table.plans] == [{1}, frozenset(), frozenset(), frozenset()]
    assert [table.largest(0), table.largest(table.least), table.bound] == pytest.approx([0.0, 4.0, 4.0], abs=FEES)
    # J is signed for what A costs by who knows that it comes, and by nobody else
    signed = [sum(value for (family, _), value in plan.early.items() if family in ("signed", "payee"))
              for plan in (*if_known(found, made), *as_told(found, [(Text("all", "все"), made.together)]))]
    assert signed[0] > 0.5
    assert signed[1:] == pytest.approx([0.0, 0.0], abs=2e-6)


@pytest.mark.parametrize("terms", ["plain", "a fee", "a commitment fee"])
def test_no_more_is_signed_than_each_future_allows(terms):
    """2 of 20 in the other future: 2 paid and 2 unpaid, 2 + 4 - 10 = -4 in both; known -6 and -4: worth 1, regret 2."""
    _, made, table = decided(case_of(("envelope", "2"), {**LOAN, "signing_year": 2026, **TERMS[terms]}))
    assert [made.decided.high, made.of_information.high] == pytest.approx([-4.0, 1.0], abs=FEES)
    assert [plan.gave_way for plan in table.plans[:2]] == [{1}, frozenset()]
    assert [table.largest(table.least), table.bound] == pytest.approx([2.0, 2.0], abs=FEES)


def test_a_grant_is_signed_too():
    """The purse pays nothing of a grant: -10 and -2 if known, -2 in both together."""
    _, made, _ = decided(case_of(AWAY["closed"], {"kind": "grant", "partner": "JP", "signing_year": 2026}))
    assert [made.decided.high, made.of_information.high] == pytest.approx([-2.0, 4.0], abs=1e-6)


@pytest.mark.parametrize(("lender", "first", "rp"), [
    ({**LOAN, "signing_year": 2027}, 2027, -4.0),  # signed once it is known
    (LOAN, 2027, -4.0),  # no year of signing: the first of draws
    (LOAN, 2026, -2.0),
    ({"kind": "budget"}, 2026, -4.0)])  # a budget is not signed
def test_what_is_signed_later_is_each_future_s_own(lender, first, rp):
    _, made, table = decided(case_of(AWAY["closed"], lender, first))
    assert [made.decided.high, made.of_information.high] == pytest.approx([rp, rp + 4.0], abs=1e-6)
    assert table.bound == pytest.approx(2.0 * (rp + 4.0), abs=1e-6)


def test_what_all_futures_have_is_drawn_as_each_needs():
    """J has 20 in both, in the other future with a row of its own: no signature is needed, each draws its 4."""
    found, made, _ = decided(case_of(("grace", "5"), {**LOAN, "signing_year": 2026}))
    assert [made.decided.high, made.of_information.high] == pytest.approx([-6.0, 0.0], abs=1e-6)
    assert not any(family == "signed" for branch in found.branches for family, _ in branch.program.columns)


def test_where_one_future_states_an_envelope_the_other_has_its_years_alone():
    """20 in 2027 without an envelope, in the other future with one of 20: nothing is less than before."""
    accepted = case_of(("envelope", "20"), {**LOAN, "signing_year": 2026, "envelope": None})
    _, made, _ = decided(accepted)
    assert [made.decided.high, made.of_information.high] == pytest.approx([-6.0, 0.0], abs=1e-6)


@pytest.mark.parametrize(("terms", "rp", "worth"), [("plain", -5.0, 0.0), ("a fee", -4.0, 1.0)])
def test_blank_envelopes_with_other_years_are_told_apart_by_a_fee_alone(terms, rp, worth):
    """2 of 20 in 2027, no envelope: 2 + 2 x 2 - 10 = -4 in the other future, -6 in the base. Nothing is signed early
    where nothing hangs on it: each draws its own, -5 in the mean. A fee gives J a signed amount, of which the other
    future can draw 2: -4 in both."""
    lender = {**LOAN, "signing_year": 2026, "envelope": None, **TERMS[terms]}
    _, made, _ = decided(case_of(("2027", "2"), lender, sheet="source_years"))
    assert [made.decided.high, made.of_information.high] == pytest.approx([rp, worth], abs=FEES)
