"""Order and choice in whole answers, by hand (docs/numbers.md: Order, Choice). 2026 and 2027, A is done as early as can
be, nothing is discounted."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jaryq.case.works import Choice, Link
from jaryq.factors.derive import derive
from tests.cases import keyed, named, package, target
from tests.formulation.small import answer, budget, case_of, km, plain

SOONEST = {"objective": "earliest_finish", "whole": True}


def when(found):
    return {p: t for (p, t), part in found.plan.start.items() if part > 0.5}


def ordered(*facilities, links=(), **more):
    """All of them must be done, as early as can be; 2026 and 2027."""
    sequence = tuple(Link(*link) for link in links)
    return case_of(*facilities, budget(), **{**SOONEST, "last_year": 2027, "sequence": sequence, **more})


def must(key, months, **more):
    return plain(key, cost=1.0, works_months=float(months), must=True, **{"latest": 2027, **more})


# --- O1: one period may hold both -------------------------------------------------------------------------------------

@pytest.mark.parametrize(("first", "second", "bought", "lag", "year"), [
    (3, 9, 0, 0, "2026"), (3, 9, 0, 1, "2027"), (3, 6, 0, 3, "2026"), (6, 6, 6, 0, "2026"), (12, 12, 0, 0, "2027")])
def test_two_follow_each_other_in_one_period(first, second, bought, lag, year):
    """B of 9 months slides by 12 - 9 = 3: 3 + 0 <= 0 + 0 + 3, both in 2026; a month of lag is one too many. B of 6
    slides by 6: 3 + 3 <= 6. With 6 months of procurement it slides by nothing, and its works begin after 6 anyway. 12
    and 12 are two years."""
    found = answer(ordered(must("A", first), must("B", second, procurement_months=float(bought)),
                           links=[("B", "A", True, float(lag))]))
    assert when(found) == {"A": "2026", "B": year}


def test_column_after_is_a_link_of_no_lag_unless_a_row_says_otherwise():
    """A 3, B 9: together in 2026 by the column; with a row of the same pair and a lag of 1 the row counts."""
    assert when(answer(ordered(must("A", 3), must("B", 9, after=("A",)))))["B"] == "2026"
    assert when(answer(ordered(must("A", 3), must("B", 9, after=("A",)), links=[("B", "A", True, 1.0)])))["B"] == "2027"


# --- O2: chains -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("months", "lag", "year"), [(4, 0, "2026"), (5, 0, "2027"), (4, 1, "2027"), (4, -1, "2026"),
                                                     (5, -1, "2027"), (5, -1.5, "2026")])
def test_a_chain_of_three_needs_room_for_all(months, lag, year):
    """A, B, C of 4: 4 + 4 <= 12 - 4, all in 2026. Of 5 each pair fits (5 <= 7), the three do not (10 > 7). With a lag
    of 1 twice 10 > 8. Of 5 with lags of
    -1: 5 - 1 + 5 - 1 = 8 > 7; of -1.5: 7 <= 7."""
    found = answer(ordered(must("A", months), must("B", months), must("C", months),
                           links=[("B", "A", True, lag), ("C", "B", True, lag)]))
    assert when(found) == {"A": "2026", "B": "2026", "C": year}


def test_the_longest_of_two_paths_counts():
    """D (3) after B (3) and C (6), both after A (3): by B 3 + 3 <= 9, by C 3 + 6 <= 9. With C of 7: 10 > 9."""
    links = [("B", "A"), ("C", "A"), ("D", "B"), ("D", "C")]
    assert when(answer(ordered(must("A", 3), must("B", 3), must("C", 6), must("D", 3), links=links)))["D"] == "2026"
    assert when(answer(ordered(must("A", 3), must("B", 3), must("C", 7), must("D", 3), links=links)))["D"] == "2027"


def test_of_variants_in_between_the_one_that_is_done_counts():
    """C (4) after B, after A (4); B of 4 months costs 3, its variant B2 of 8 months costs 1. By B all three fit into
    2026 (4 + 4 <= 8); by B2 each pair fits (4 <= 4, 8 <= 8), but 4 + 8 > 8, so with it C is done in 2027. C ends in
    2026 at the latest: then it has to be B."""
    projects = [must("A", 4), plain("B", cost=3.0, works_months=4.0, must_any=True, latest=2027),
                plain("B2", cost=1.0, works_months=8.0, option_of="B", latest=2027)]
    links = [("B", "A"), ("B2", "A"), ("C", "B")]
    early = answer(ordered(*projects, must("C", 4, latest=2026), links=links, objective="purse"))
    late = answer(ordered(*projects, must("C", 4), links=links, objective="purse"))
    assert when(early) == {"A": "2026", "B": "2026", "C": "2026"}
    assert sorted(when(late)) == ["A", "B2", "C"]
    assert when(late)["C"] == "2027"


# --- O3: kinds of links -----------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("months", "from_end", "lag", "period"), [
    (3, False, 6, "2026Q3"), (3, True, -6, "2026Q3"), (3, True, 0, "2027Q1"), (2, True, -7, "2026Q3"),
    (2, True, -8, "2026Q2"), (3, False, 0, "2026Q1")])
def test_links_of_both_kinds_and_lags_of_both_signs(months, from_end, lag, period):
    """A: 12 months from 2026Q1. Start to start, 6 later: 0 + 6 <= 3 i. End to start, 6 earlier: 12 - 6. Two months
    slide by one: 12 - 7 = 5 <= 3 i + 1, i = 2; 12 - 8 = 4 <= 3 x 1 + 1."""
    found = answer(ordered(must("A", 12), must("B", months), links=[("B", "A", from_end, float(lag))],
                           resolution="quarter"))
    assert when(found) == {"A": "2026Q1", "B": period}


def test_what_has_started_is_waited_for_with_what_is_left_of_it():
    """S: 18 months, begun 6 before 2026: 12 are left. B (9, slides by 3) waits for them: 12 > 3, 2027. With a lag of
    -9: 12 - 9 = 3 <= 3."""
    started = plain("S", cost=1.0, works_months=18.0, started=6.0, must=True, latest=2027)
    for lag, year in ((0.0, "2027"), (-9.0, "2026")):
        found = answer(ordered(started, must("B", 9), links=[("B", "S", True, lag)], first_year=2025))
        assert when(found) == {"S": "2026", "B": year}


def test_a_follower_is_not_done_without_what_it_waits_for():
    """B is worth 5, A nothing and costs 10: neither, even where B may begin long before A (a lag of -100)."""
    projects = [plain("A", cost=10.0, benefit=0.0, latest=2027), plain("B", cost=1.0, benefit=6.0, latest=2027)]
    found = answer(ordered(*projects, links=[("B", "A", True, -100.0)], objective="purse"))
    assert when(found) == {}


# --- O4: choice -------------------------------------------------------------------------------------------------------

def chosen(*facilities, least=None, most=None):
    group = keyed(Choice(**named("G"), at_least=least, at_most=most))
    found = answer(case_of(*facilities, budget(), whole=True, choices=group))
    return set(when(found)), found.value


def of_group(key, worth, **more):
    return plain(key, cost=10.0, benefit=10.0 + worth, **{"choices": ("G",), **more})


@pytest.mark.parametrize(("least", "most", "done", "value"), [
    (None, 1, {"F1"}, 5.0), (2, 2, {"F1", "F2"}, 9.0), (3, None, {"F1", "F2", "F3"}, 6.0), (None, 0, set(), 0.0),
    (0, 3, {"F1", "F2"}, 9.0)])
def test_so_many_of_a_group(least, most, done, value):
    """Net 5, 4 and -3: the best one, the best two, all three."""
    assert chosen(of_group("F1", 5.0), of_group("F2", 4.0), of_group("F3", -3.0), least=least, most=most) == (done,
        pytest.approx(value))


@pytest.mark.parametrize(("most", "done", "value"), [(None, {"F1", "F2", "F3"}, 6.0), (1, {"F2"}, 4.0)])
def test_one_only_with_another(most, done, value):
    """F1 (5) only with F3 (-3): together 2 more. With one of the group alone: F2 (4) rather than F1, which would be
    two."""
    found = chosen(of_group("F1", 5.0, only_with=("F3",)), of_group("F2", 4.0), of_group("F3", -3.0), most=most)
    assert found == (done, pytest.approx(value))


def test_a_group_may_hold_one_variant_and_not_the_other():
    """At least one of the group, which holds F1b (1) alone, not F1 (5): F1b and F2, 5; F1 itself would not count."""
    found = chosen(of_group("F1", 5.0, choices=()), of_group("F1b", 1.0, option_of="F1"),
                   of_group("F2", 4.0, choices=()), least=1)
    assert found == ({"F1b", "F2"}, pytest.approx(5.0))


def test_what_is_done_counts_in_its_group():
    """D is done already: at most one is reached, so F1 (5) is not; at least two: F1 too."""
    done = plain("D", cost=1.0, done=2025, choices=("G",))
    assert chosen(done, of_group("F1", 5.0), most=1)[0] == set()
    assert chosen(done, of_group("F1", -5.0), least=2)[0] == {"F1"}


@pytest.mark.parametrize(("worth", "renewed"), [(-1.0, 50.0), (-50.0, 0.0)])
def test_km_only_with_a_facility(worth, renewed):
    """50 km worth 0.2 each of them 0.1 to renew (a target prices each km at 0.1 more than it costs): 5 in all, only
    with F. F costs 1 more than it is worth: all km; 50 more: none."""
    net = package("N", km=50.0, unit_cost=0.1, asset_type=None, only_with=("F",))
    goal = target("K", "km", 50.0, priority="price", price=0.2)
    found = answer(case_of(plain("F", cost=60.0, benefit=60.0 + worth), net, budget(), whole=True, targets=(goal,)))
    assert km(found) == pytest.approx(renewed)


# --- pairs against timetables -----------------------------------------------------------------------------------------

def room(case, starts):
    """Whether works of these starts have a timetable within their periods: each begins as early as its period and what
    it waits for let it; no pairs here."""
    size = 12.0 / case.settings.periods_per_year
    begins = {}
    for key in sorted(starts):  # links name earlier keys only
        facility = case.facilities[key]
        first = starts[key] * size + facility.procurement_months
        for link in case.sequence:
            if link.project == key:
                other = begins[link.after]
                first = max(first, other + link.lag + (case.facilities[link.after].works_months if link.from_end
                                                       else 0.0))
        lead = facility.procurement_months + facility.works_months
        periods = -(-lead // size)
        if first + facility.works_months > (starts[key] + periods) * size + 1e-9:
            return False
        begins[key] = first
    return True


months = st.sampled_from((2.0, 3.0, 4.0, 5.0, 7.0, 12.0))
relations = st.tuples(st.booleans(), st.sampled_from((-6.0, -2.0, 0.0, 1.0, 4.0)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(months, st.sampled_from((0.0, 2.0))), min_size=2, max_size=4), st.data())
def test_pairs_allow_what_a_timetable_allows(works, data):
    """Every choice of starts of up to four facilities of 2026 and 2027 in quarters or years: the waits of pairs hold
    exactly if a timetable exists."""
    keys = [f"P{i}" for i in range(len(works))]
    pairs = [(q, p) for i, p in enumerate(keys) for q in keys[:i]]
    links = tuple(Link(p, q, *data.draw(relations)) for q, p in pairs if data.draw(st.booleans()))
    facilities = [plain(key, cost=1.0, works_months=work, procurement_months=bought, latest=2027)
                  for key, (work, bought) in zip(keys, works, strict=True)]
    resolution = data.draw(st.sampled_from(("year", "quarter")))
    case = case_of(*facilities, budget(), last_year=2027, sequence=links, resolution=resolution)
    f = derive(case)
    for one in product(*(f.works.starts[key] for key in keys)):
        start = dict(zip(keys, one, strict=True))
        allowed = all(wait.meets(start[q], start[p]) for (p, q, _), wait in f.works.waits.items())
        assert allowed == room(case, {key: each.period.position for key, each in start.items()}), start
