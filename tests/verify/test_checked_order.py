"""Order and choice against numbers worked out in the docstrings (docs/numbers.md, Order, choice, variants, shared
trenches). See test_mutations_works.py."""

from __future__ import annotations

import pytest

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.works import Choice, Link
from jaryq.verify.order import Order, timetable
from jaryq.verify.recompute import recompute
from jaryq.verify.schedule import Schedule
from tests.cases import facility, keyed, named, package
from tests.verify.common import bare, failing, totals_of


def works(key: str, months: float, **more: object) -> object:
    return facility(key, works_months=months, **more)


def waits(case: Case, **starts: str) -> bool:
    """Whether whole starts in these periods break works_after."""
    return "works_after" in failing(case, start=dict.fromkeys(starts.items(), 1.0))


def linked(*facilities: object, links: tuple[Link, ...], **more: object) -> Case:
    return bare(facilities=keyed(*facilities), sequence=links, **more)


# Whole plans: a timetable -------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("first", "second", "lag", "from_end", "broken"), [
    (3, {"months": 9.0}, 0.0, True, False),
    (3, {"months": 9.0}, 0.1, True, True),
    (3, {"months": 9.1}, 0.0, True, True),
    # 8 of procurement and 12 of works are 20 of 24 months: works begin in the ninth and may slide by 4
    (12, {"months": 12.0, "procurement_months": 8.0}, 0.0, True, False),
    (12, {"months": 12.0, "procurement_months": 8.0}, 0.1, True, True),
    # 2 months after the begin of the year they slide, no more than to the ninth
    (12, {"months": 4.0}, 8.0, False, False),
    (12, {"months": 4.0}, 8.1, False, True),
    (12, {"months": 4.0}, -4.0, True, False),
    (12, {"months": 4.0}, -3.9, True, True),
])
def test_a_follower_slides_within_its_years(first: float, second: dict[str, float], lag: float, from_end: bool,
                                            broken: bool) -> None:
    """A and B both start in 2026."""
    months = second.pop("months")
    case = linked(works("A", first), works("B", months, **second), links=(Link("B", "A", from_end, lag),))
    second["months"] = months
    assert waits(case, A="2026", B="2026") is broken
    assert not waits(case, A="2026", B="2027")


def test_what_slides_pushes_what_waits_for_it() -> None:
    """A, B, C of 5 months: A 0 to 5, B 5 to 10, C would end in March of 2027. Of 4 all end with 2026; with B a month
    later C is a month too late. In quarters from 2026Q1, 2026Q2 and 2026Q4: 0 to 5, 5 to 10 (B may begin in May or
    April), 10 to 15."""
    three = [works(key, 5.0) for key in "ABC"]
    links = (Link("B", "A"), Link("C", "B"))
    assert waits(linked(*three, links=links), A="2026", B="2026", C="2026")
    assert not waits(linked(*three, links=links), A="2026", B="2026", C="2027")
    assert not waits(linked(*(works(key, 4.0) for key in "ABC"), links=links), A="2026", B="2026", C="2026")
    assert waits(linked(*(works(key, 4.0) for key in "ABC"), links=(Link("B", "A", lag=1.0), Link("C", "B"))), A="2026",
                 B="2026", C="2026")
    case = linked(*three, links=links, resolution="quarter")
    schedule = Schedule.of(case, Plan(start={("A", "2026Q1"): 1.0, ("B", "2026Q2"): 1.0, ("C", "2026Q4"): 1.0}))
    assert timetable(Order.of(schedule), {"A": 0, "B": 1, "C": 3}) == {"A": 0.0, "B": 5.0, "C": 10.0}
    assert waits(case, A="2026Q1", B="2026Q2", C="2026Q3")  # C slides from July to August


def test_the_variant_that_is_done_is_in_the_timetable() -> None:
    """C of 4 after B of 4 (its variant W of 8) after A of 4: by B until December, by W not. W itself may stand in front
    of A where only B waits for it."""
    three = [works("A", 4.0), works("B", 4.0), works("W", 8.0, option_of="B"), works("C", 4.0)]
    case = linked(*three, links=(Link("B", "A"), Link("W", "A"), Link("C", "B")))
    assert not waits(case, A="2026", B="2026", C="2026")
    assert waits(case, A="2026", W="2026", C="2026")
    assert not waits(linked(*three, links=(Link("B", "A"), Link("C", "B"))), W="2026", C="2026")
    assert waits(linked(*three, links=(Link("B", "A"), Link("C", "B"))), B="2026", C="2026")
    assert waits(linked(*three, links=(Link("C", "W"),)), B="2026", C="2027")


def test_what_was_begun_or_done_before() -> None:
    """S has 12 of 18 months left: B of 9 waits to December, but for an overlap of 9. It waits for nothing itself. What
    waits for a done one does not wait."""
    started = works("S", 18.0, started=6.0)
    assert waits(linked(started, works("B", 9.0), links=(Link("B", "S"),)), S="2026", B="2026")
    assert not waits(linked(started, works("B", 9.0), links=(Link("B", "S", lag=-9.0),)), S="2026", B="2026")
    assert not waits(linked(started, works("B", 9.0), links=(Link("S", "B"),)), S="2026")
    done = works("D", 12.0, done=2025)
    chain = (Link("D", "A"), Link("B", "D"))
    assert not waits(linked(done, works("A", 12.0), works("B", 12.0), links=chain), B="2026")


def test_stated_spending_keeps_its_years() -> None:
    """Spent in 2027 and 2028, income in 2026: works are those of 2027 and 2028. A year after the end of A (2026): not
    in 2027."""
    case = linked(works("A", 12.0), works("B", 1.0, spend={2026: -1.0, 2027: 2.0, 2028: 2.0}), links=(Link("B", "A"),))
    assert not waits(case, A="2026", B="2026")
    late = linked(works("A", 12.0), works("B", 1.0, spend={2026: -1.0, 2027: 2.0, 2028: 2.0}),
                  links=(Link("B", "A", lag=0.1),))
    assert waits(late, A="2026", B="2026")
    first = linked(works("A", 1.0, spend={2026: 1.0, 2027: 1.0}), works("B", 6.0), links=(Link("B", "A"),))
    assert waits(first, A="2026", B="2027")
    assert not waits(first, A="2026", B="2028")


def test_a_row_takes_the_place_of_the_column() -> None:
    """Column after says no lag, the row an overlap of 12."""
    case = linked(works("A", 12.0), works("B", 12.0, after=("A",)), links=(Link("B", "A", lag=-12.0),))
    assert not waits(case, A="2026", B="2026")


# Shares: pairs ------------------------------------------------------------------------------------------------------

def broken(case: Case, **shares: dict[str, float]) -> list[str]:
    """The places that break works_after: shares by period."""
    start = {(key, period): share for key, by in shares.items() for period, share in by.items()}
    (row,) = (f for f in recompute(case, Plan(start=start))[1] if f.check == "works_after")
    return [] if row.ok else row.place.split("; ")


def test_shares_fit_by_the_longest_path() -> None:
    """A, B, C of 5: C of 2026 has no share of A's 2026 that fits, though neighbours fit."""
    case = linked(*(works(key, 5.0) for key in "ABC"), links=(Link("B", "A"), Link("C", "B")), whole=False)
    half = {"2026": 0.5}
    assert broken(case, A=half, B=half, C=half) == ["start[C,2026] after A"]
    assert broken(case, A=half, B=half, C={"2027": 0.5}) == []
    assert broken(case, A={"2026": 0.4}, B=half) == ["start[B,2026] after A"]
    assert broken(case, A=half, B=half, C={"2027": 0.3, "2028": 0.3}) == ["start[C,2028] after A",
        "start[C,2028] after B"]


def test_shares_of_variants_in_between() -> None:
    """C of 4 after B (4) or W (8) after A (4). A 0.6 and B 0.2, W 0.4 and C 0.6 in 2026: by the shorter way all fit; by
    W, which 0.4 are, none of A does: 0.6 + 0.4 - 1 <= 0. With W 0.5 and B 0.1 that breaks by 0.1."""
    three = [works("A", 4.0), works("B", 4.0), works("W", 8.0, option_of="B"), works("C", 4.0)]
    case = linked(*three, links=(Link("B", "A"), Link("W", "A"), Link("C", "B")), whole=False)
    of = {"A": {"2026": 0.6}, "C": {"2026": 0.6}}
    assert broken(case, **of, B={"2026": 0.2}, W={"2026": 0.4}) == []
    assert broken(case, **of, B={"2026": 0.1}, W={"2026": 0.5}) == ["start[C,2026] after A by W"]


def test_a_way_that_one_variant_has_not() -> None:
    """Only W waits for A: C after B needs A as far as W is done. C 1, W 0.7, B 0.3: 1 + 0.7 - 1 <= A = 0.7 fits, 0.6
    does not."""
    three = [works("A", 12.0), works("B", 12.0), works("W", 12.0, option_of="B"), works("C", 12.0)]
    case = linked(*three, links=(Link("W", "A"), Link("C", "B")), whole=False)
    later = {"W": {"2027": 0.7}, "B": {"2026": 0.3}, "C": {"2028": 1.0}}
    assert broken(case, A={"2026": 0.7}, **later) == []
    assert broken(case, A={"2026": 0.6}, **later) == ["start[W,2027] after A", "start[C,2028] after A by W"]


def test_the_shortest_of_variants_holds_for_all() -> None:
    """B and its variant W both wait for A: C, after B, needs as much of A, though B and W together are twice A. A year
    each: A 0.5, B 0.5, W 0.5, C 1. W waits for the begin of A (4 months) or two more, B for its end and one month more:
    C of 4, after B of 2 or W of 2, may begin after 2 + 2 at the soonest. With C of 8 (4 of room) that fits, with C of 9
    (3) nothing does."""
    three = [works("A", 12.0), works("B", 12.0), works("W", 12.0, option_of="B"), works("C", 12.0)]
    case = linked(*three, links=(Link("B", "A"), Link("W", "A"), Link("C", "B")), whole=False)
    both = {"A": {"2026": 0.5}, "B": {"2027": 0.5}, "W": {"2027": 0.5}}
    assert broken(case, **both, C={"2028": 0.5}) == []
    assert broken(case, **both, C={"2028": 1.0}) == ["start[C,2028] after A"]
    for months, wrong in ((8.0, []), (9.0, ["start[C,2026] after A"])):
        mixed = [works("A", 4.0), works("B", 2.0), works("W", 2.0, option_of="B"), works("C", months)]
        case = linked(*mixed, links=(Link("B", "A", lag=1.0), Link("W", "A", from_end=False, lag=2.0), Link("C", "B")),
                      whole=False)
        # by B, which waits until 5 and ends at 7, less than half of C: 0.4 + 0.5 - 1 < 0
        assert broken(case, A={"2026": 0.5}, B={"2026": 0.5}, W={"2026": 0.5}, C={"2026": 0.4}) == wrong


def test_two_variants_on_one_way() -> None:
    """A, B, C of 2 months, the variants V of B and W of C of 4, D of 3 may begin after 9. Either variant fits (2 + 4 +
    2 and 2 + 2 + 4), both do not (2 + 4 + 4): then D - 1 + V - 1 + W <= 0."""
    five = [works("A", 2.0), works("B", 2.0), works("V", 4.0, option_of="B"), works("C", 2.0),
            works("W", 4.0, option_of="C"), works("D", 3.0)]
    links = (Link("B", "A"), Link("V", "A"), Link("C", "B"), Link("W", "B"), Link("D", "C"))
    case = linked(*five, links=links, whole=False)
    one, some, most = {"2026": 1.0}, {"2026": 0.5}, {"2026": 0.6}
    assert broken(case, A=one, B=some, V=some, C=some, W=some, D=one) == []
    assert broken(case, A=one, B={"2026": 0.4}, V=most, C={"2026": 0.4}, W=most,
                  D=one) == ["start[D,2026] after A by V+W"]
    whole = linked(*five, links=links)
    assert not waits(whole, A="2026", V="2026", C="2026", D="2026")
    assert waits(whole, A="2026", V="2026", W="2026", D="2026")


# Choice -------------------------------------------------------------------------------------------------------------

def test_company_in_shares() -> None:
    """P at most as much as Q and its variant W together; N has 50 km left: half of them with half of Q."""
    three = [facility("P", only_with=("Q",)), facility("Q"), facility("W", option_of="Q")]
    case = bare(whole=False, facilities=keyed(*three), packages=keyed(package("N", km=60.0, done={2025: 10.0},
        only_with=("Q",))))
    rest = {"start": {("Q", "2028"): 0.3, ("W", "2026"): 0.2, ("P", "2026"): 0.5}}
    assert "only_with" not in failing(case, renew={("N", "2026"): 25.0}, **rest)
    assert "only_with" in failing(case, renew={("N", "2026"): 25.1}, **rest)
    assert "only_with" in failing(case, start={**rest["start"], ("P", "2027"): 0.01})
    alone = bare(whole=False, facilities=keyed(facility("P", only_with=("W",)), *three[1:]))
    assert "only_with" in failing(alone, start={("Q", "2026"): 0.5, ("P", "2026"): 0.1})
    done = bare(facilities=keyed(three[0], three[1], facility("W", option_of="Q", done=2025)))
    assert "only_with" not in failing(done, start={("P", "2026"): 1.0})


@pytest.mark.parametrize(("least", "most", "fails"), [(2, None, False), (3, None, True), (None, 2, False),
                                                      (None, 1, True), (0, 5, False)])
def test_what_is_done_counts_in_its_group(least: int | None, most: int | None, fails: bool) -> None:
    """D is done, 0.4 of P and 0.6 of Q; R is of no group, O of another."""
    group = keyed(Choice(**named("G"), at_least=least, at_most=most), Choice(**named("H"), at_most=9))
    members = [facility(key, choices=("G",)) for key in ("P", "Q")]
    case = bare(whole=False, choices=group, facilities=keyed(
        facility("D", done=2025, choices=("G", "H")), *members, facility("R"), facility("O", choices=("H",))))
    start = {("P", "2026"): 0.4, ("Q", "2026"): 0.5, ("Q", "2028"): 0.1, ("R", "2026"): 1.0, ("O", "2026"): 1.0}
    assert ("choice" in failing(case, start=start)) is fails
    assert totals_of(case, start=start).claims()["chosen[G]"] == pytest.approx(2.0)
    assert totals_of(case, start=start).claims()["chosen[H]"] == pytest.approx(2.0)
