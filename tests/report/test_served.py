"""Which targets a project serves, and what holds money that is left, by hand."""

from dataclasses import replace

from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.amounts import amounts
from jaryq.report.served import for_target, served
from jaryq.report.unused import unused_table
from tests.cases import facility, keyed, package, source, target
from tests.make import bare_case


def found(case, **plan):
    return amounts(case, derive(case), Plan(**plan))


def test_a_project_serves_the_rows_that_would_miss_more_without_it():
    """A and B are done, two facilities are asked and one of heat (A): without A both rows miss one, without B the
    first. Ten km asked, 12 renewed by N (10) and M (2): without N 8 are missing, without M none. C is not in the plan.
    The row of one project comes before that of two, priority 1 before all."""
    case = bare_case(
        first_year=2026, last_year=2027, facilities=keyed(facility("A", cost=1.0, sector="heat"),
                                                          facility("B", cost=1.0, sector="power"),
                                                          facility("C", cost=1.0, sector="heat")),
        packages=keyed(package("N", km=10.0), package("M", km=5.0)), sources=keyed(source("S")),
        targets=(target("two", "facilities", 2.0, 2027), target("heat", "facilities", 1.0, 2027,
        filter={"sector": "heat"}), target("km", "km", 10.0, 2027, priority="1")))
    made = found(case, start={("A", "2026"): 1.0, ("B", "2026"): 1.0}, renew={("N", "2026"): 10.0, ("M", "2027"): 2.0})
    assert {key: [name.en for name in names] for key, names in served(made).items()} == {"A": ["heat", "two"],
        "B": ["two"], "N": ["km"]}
    assert for_target(made, "A").en == "for a target: heat, two"
    assert for_target(made, "M").en == "for a target"


def test_a_row_that_asks_for_less_is_served_by_what_lowers_it():
    """Wear of at most 30 %: renewing N lowers it; spending of at most 1 is served by nothing that spends."""
    case = bare_case(first_year=2026, last_year=2027, packages=keyed(package("N", km=10.0, wear=0.6)),
                     sources=keyed(source("S")),
                     targets=(target("worn", "wear", 0.3, 2027, sense="<="),
                              target("money", "spend", 1.0, 2026, sense="<=")))
    made = found(case, renew={("N", "2026"): 5.0})
    assert [name.en for name in served(made)["N"]] == ["worn"]


def why(made, loan):
    """The reason of what is left of a loan."""
    [row] = [row for row in unused_table(made).rows if row["source"] == loan.id]
    return row["why"]


def paying(**more):
    """A loan of 100 at its pace of 20 and 80 %, signed in 2026 and drawn in that year alone, beside a budget that pays
    the rest of A (60 in 2026)."""
    loan = source("L", kind="loan", tenor=10.0, signing_year=2026, envelope=100.0, available_to=2026,
                  draw_timing="start", **more)
    return bare_case(first_year=2026, last_year=2027, plan_from=2026, whole=True,
                     facilities=keyed(facility("A", cost=60.0), facility("B", cost=3.0)),
                     sources=keyed(loan, source("S", available_to=2027)))


def test_money_is_left_by_the_pace_of_its_loan():
    """By the end of 2026 a year has passed since the signing: 20 of 100 may be drawn, and are."""
    case = paying(pace=(0.2, 0.8))
    made = found(case, start={("A", "2026"): 1.0}, draw={("L", "A", 2026): 20.0, ("S", "A", 2026): 40.0},
                 signed={"L": 100.0})
    loan = case.sources["L"]
    assert why(made, loan).en.startswith(
        "its pace binds: by the end of 2026 at most 20 % of what is signed may be drawn")
    less = found(case, start={("A", "2026"): 1.0}, draw={("L", "A", 2026): 10.0, ("S", "A", 2026): 50.0},
                 signed={"L": 100.0})
    assert "pace" not in why(less, loan).en


def test_money_is_left_by_the_ticket_of_its_lender():
    """B costs 3, the ticket is 5; A is done: all that is left to pay for is too small."""
    case = replace(paying(ticket=5.0))
    made = found(case, start={("A", "2026"): 1.0}, draw={("L", "A", 2026): 20.0, ("S", "A", 2026): 40.0},
                 signed={"L": 100.0})
    loan = case.sources["L"]
    assert why(made, loan).en.startswith(
        "its ticket binds: all 1 projects that it might still pay for are smaller")
