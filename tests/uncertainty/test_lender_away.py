"""A lender that does not come in one of two futures: closed, or with an envelope of nothing, or of nearly nothing; the
same answer each time, and no mean of futures that do not have the same decisions."""

import numpy as np
import pytest

from jaryq.api.accepted import accept, accept_changes
from jaryq.api.again import with_what_is_there
from jaryq.api.question import program_of
from jaryq.api.uncertain import run
from jaryq.api.uncertain.futures import futures
from jaryq.handover.uncertain.two_stage import NO_MEAN
from jaryq.tables.scenarios import changes_of
from jaryq.tables.tables import Table, Tables
from jaryq.uncertainty.mean_future import mean_program

AWAY = {"closed": ("status", "closed"), "nothing": ("envelope", "0"), "a millionth": ("envelope", "0.000001")}
LOAN = {"kind": "loan", "partner": "JP", "rate": 0.0, "draw_timing": "end", "grace": 10.0, "tenor": 10.0,
        "repayment": "bullet", "payments": 1.0, "signing_year": 2026}
LENDERS = {"budget": {"kind": "budget"}, "a ticket": {**LOAN, "ticket": 1.0}, "a fee": {**LOAN, "front_end": 1.0}}


def tables_of(away, facilities, years, last, price, lender):
    """Two sources: S, and J with 20, which is ``away`` in the second of two futures; 50 % each."""
    column, value = AWAY[away]
    settings = {"first_year": 2026, "last_year": last, "discount_rate": 0.0, "discount_basis": "nominal",
                "facilities": "whole", "prices": 0, "explain": "off", "price_unfunded": price, "decide_by": 2027}
    rows = {"settings": [{"setting": name, "value": of} for name, of in settings.items()], "facilities": facilities,
            "sources": [{"source_id": "S", "kind": "budget"}, {"source_id": "J", "envelope": 20.0, **LENDERS[lender]}],
            "source_years": years, "scenarios": [{"scenario": "base", "probability": 50.0},
                                                 {"scenario": "none", "probability": 50.0}],
            "scenario_changes": [{"scenario": "none", "sheet": "sources", "selector": "source_id=J", "column": column,
                                  "operation": "set", "value": value}]}
    return Tables("away", {name: Table.of(name, found) for name, found in rows.items()})


def alone(away, lender="budget"):
    """A costs 4 in 2026 and is worth 10; J alone has money then. What nobody pays costs twice as much."""
    return accept(tables_of(away, [{"facility": "A", "cost": 4.0, "works_months": 12.0, "earliest": 2026,
                                    "latest": 2026, "benefit": 10.0}],
                            [{"source_id": "S", "2026": 0.0, "2027": 5.0}, {"source_id": "J", "2026": 20.0,
                                                                           "2027": 0.0}], 2027, 2.0, lender), [])


def waiting(away):
    """A (4, worth 5) in 2026 by S, or in its place B (6, worth 20) from 2027 to 2028 by J."""
    works = {"A": (4.0, 12.0, 2026, 2026, 5.0, ""), "B": (6.0, 24.0, 2027, 2028, 20.0, "A")}
    return accept(tables_of(away, [
        {"facility": name, "cost": cost, "works_months": months, "earliest": first, "latest": last, "benefit": worth,
         "option_of": of} for name, (cost, months, first, last, worth, of) in works.items()],
        [{"source_id": "S", "2026": 4.0, "2027": 0.0, "2028": 0.0},
         {"source_id": "J", "2026": 0.0, "2027": 20.0, "2028": 20.0}], 2028, 1000.0, "budget"), [])


def both(accepted):
    found, made = run.stages(accepted, (), None, None, 10.0, lambda _: None)
    return found, made, run.regret(found, made, 10.0, lambda _: None)


@pytest.mark.parametrize("lender", LENDERS)
@pytest.mark.parametrize("away", AWAY)
def test_what_a_future_does_not_have_is_nothing_in_all(away, lender):
    """A is worth it even unpaid: 2 x 4 - 10 = -2. With J, 4 - 10 = -6 (a fee of 1 % of the 4 drawn or of the 20 lies
    within 0.2). Together J gives nothing in 2026: -2 in both, so knowing is worth (-2) - (-4) = 2. The decisions for
    the base draw J's 4, which the other future does not have: a star, and no regret; those that both allow regret
    4."""
    found, made, table = both(alone(away, lender))
    near = {"abs": 0.21 if lender == "a fee" else 1e-4}
    assert [made.decided.high, made.of_information.high] == pytest.approx([-2.0, 2.0], **near)
    assert [one.cost.high for one in made.known] == pytest.approx([-6.0, -2.0], **near)
    assert drawn_of(made.together.early, "J") == pytest.approx(0.0, abs=2e-6)
    assert [one.high for one in table.of[0]] == pytest.approx([0.0, 0.0], abs=1e-4)
    assert table.plans[0].gave_way == {1}
    assert not table.plans[table.least].gave_way
    assert [table.largest(table.least), table.bound] == pytest.approx([4.0, 4.0], **near)
    # a ticket of 1 is out of reach of a millionth: nobody can take it there, as where J is closed
    assert (found.mean is None) == (away != "a millionth" or lender == "a ticket")


def drawn_of(early, source):
    return sum(value for (name, index), value in early.items() if name == "draw" and index[0] == source)


@pytest.mark.parametrize("away", AWAY)
def test_futures_without_the_same_decisions_have_no_mean(away):
    """B needs J, which comes in one of two: A now is 4 - 5 = -1 in both; to wait 6 - 20 = -14 and 0, mean -7. Known:
    -14 and -1, -7.5: knowing is worth 0.5. Regret of waiting 1, of A 13. Planning for a mean that has half of J waits
    too: no more is saved; where J is not there at all there is no such mean, and it is said."""
    found, made, table = both(waiting(away))
    assert [made.decided.high, made.of_information.high] == pytest.approx([-7.0, 0.5], abs=1e-4)
    assert [[one.high for one in row] for row in table.of[:2]] == [pytest.approx([0.0, 1.0], abs=1e-4),
                                                                  pytest.approx([13.0, 0.0], abs=1e-4)]
    said = run.told_of_stages(found.base, found, made, None).sentences
    if away == "a millionth":
        assert (made.mean_stands, made.of_solution.high) == (True, pytest.approx(0.0, abs=1e-4))
        assert NO_MEAN not in said
    else:
        assert (found.mean, made.of_solution) == (None, None)
        assert NO_MEAN in said


@pytest.mark.parametrize("away", AWAY)
def test_a_program_has_the_same_places_in_place_and_built(away):
    """Without J no column and no row of it is there, whichever way the program is made; whichever future stands
    first, the answer is one."""
    accepted = waiting(away)
    other = accept_changes(accepted, changes_of(accepted.tables, "none")[0])
    base, built = program_of(accepted.factors), program_of(other.factors)
    made = with_what_is_there(base, other.factors)
    assert (set(made.columns), set(made.rows)) == (set(built.columns), set(built.rows))
    ours, theirs = [[one.matrix[one.row_at[row]].toarray().ravel()[one.column_at[column]] for row in built.rows
                     for column in built.columns] for one in (made, built)]
    assert ours == theirs
    assert [made.col_upper[made.column_at[name]] for name in built.columns] == list(built.col_upper)
    assert any(name[0] == "draw" and name[1][0] == "J" for name in base.columns)
    assert any(name[0] == "draw" and name[1][0] == "J" for name in made.columns) == (away == "a millionth")
    turned = [futures(accepted, order).branches for order in (("base", "none"), ("none", "base"))]
    assert [mean_program(one) is None for one in turned] == [away != "a millionth"] * 2


def test_the_mean_does_not_ask_for_an_order():
    """Columns and rows of one future in the other order: the mean is of those of the same names."""
    branches = futures(waiting("a millionth")).branches
    plain, turned = mean_program(branches), mean_program((branches[0], in_reverse(branches[1])))
    assert (plain.program.matrix != turned.program.matrix).nnz == 0
    for of in ("col_upper", "row_lower", "row_upper"):
        assert np.array_equal(getattr(plain.program, of), getattr(turned.program, of))
    assert np.array_equal(plain.cost, turned.cost)


def in_reverse(branch):
    one = branch.program
    program = type(one)(one.matrix[::-1][:, ::-1], *(getattr(one, of)[::-1] for of in (
        "row_lower", "row_upper", "col_lower", "col_upper", "whole")), {}, one.columns[::-1], one.rows[::-1])
    return type(branch)(branch.name, program, branch.cost[::-1], branch.constant, branch.weight)
