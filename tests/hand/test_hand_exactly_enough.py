"""Limits that are exactly what is needed, to the last digit that a spreadsheet keeps: what is exactly enough is enough.
Sums and products of doubles are off by their last digit, in either direction; no proof may live on that. Years, whole,
no prices move; limits are worked out in fractions and written with 15 digits."""

from fractions import Fraction

import pytest

from jaryq.api.arrays import arrays_of
from jaryq.base.errors import Infeasible
from jaryq.case.case import Crew, SourceGroup
from jaryq.factors.derive import derive
from tests.cases import edit, facility, keyed, named, package, source, target
from tests.hand.runs import answer, drawn, km, near, started
from tests.make import bare_case

WORTH = 2.0
"""What a plant saves in a year, bn KZT: more than it costs."""


def written(number):
    """A number as a spreadsheet keeps it."""
    return float(f"{float(number):.15g}")


def plant(cost, procurement=0, share=0, key="F", **more):
    """Bought from January 2026 on, then built in 12 months; what is paid while it is bought, in percent."""
    work = facility(key, **{"cost": float(cost), "procurement_months": float(procurement), "works_months": 12.0,
                            "savings": WORTH * cost, **more})
    return work, outlays(cost, procurement, share)


def outlays(cost, procurement, share):
    """What it costs in 2026 and in 2027, by hand: what is paid ahead, in the year in which it is bought; the rest
    evenly over 12 months, of which ``procurement`` fall into the second year."""
    ahead = Fraction(share if procurement else 0, 100) * cost
    late = (cost - ahead) * Fraction(procurement, 12)
    return {2026: cost - late, 2027: late}


def paid_by(works, *sources, share=0, **more):
    case = bare_case(**{"whole": True, "facilities": keyed(*works), "sources": keyed(*sources), **more})
    return edit(case, "asset_types", "plant", procurement_share=share / 100)


def budget(spent, less=0.0, **more):
    """A budget of just that, ``less`` of it in 2027 missing."""
    return source("B", ceilings={2026: written(spent[2026]), 2027: written(spent[2027]) - less, 2028: 0.0}, **more)


EXACT = [(months, cost, share) for months in (0, 3, 6, 9, 10, 11) for cost in (5, 8, 10) for share in (0, 20, 30)]


@pytest.mark.parametrize("must", [False, True])
@pytest.mark.parametrize(("months", "cost", "share"), EXACT)
def test_ceilings_that_are_the_outlays(months, cost, share, must):
    """Each of the 54 is built in 2026, the only year in which it can be, whether it must be or only pays."""
    work, spent = plant(cost, months, share, must=must)
    found = answer(paid_by([work], budget(spent), share=share))
    assert started(found) == {"F": "2026"}
    assert drawn(found, "B") == near(cost)
    assert all(stage.proved for stage in found.stages)


@pytest.mark.parametrize(("months", "share"), [(9, 20), (10, 0), (11, 30)])
def test_a_ceiling_that_lacks_more_than_a_row_may_be_broken_by(months, share):
    """A millionth of a billion too little is too little, and proved to be."""
    work, spent = plant(5, months, share)
    found = answer(paid_by([work], budget(spent, less=1e-6), share=share))
    assert started(found) == {}
    assert all(stage.proved for stage in found.stages)
    with pytest.raises(Infeasible):
        answer(paid_by([plant(5, months, share, must=True)[0]], budget(spent, less=1e-6), share=share))


@pytest.mark.parametrize("must", [False, True])
@pytest.mark.parametrize(("months", "cost", "share"), EXACT[1::3])
def test_an_envelope_or_two_sources_that_are_the_cost(months, cost, share, must):
    """One source without ceilings and an envelope of the cost; two that pay a third each year, and the rest."""
    work, spent = plant(cost, months, share, must=must)
    assert started(answer(paid_by([work], source("B", envelope=float(cost)), share=share))) == {"F": "2026"}
    parts = [source(key, ceilings={**{y: written(part * amount) for y, amount in spent.items()}, 2028: 0.0})
             for key, part in (("B", Fraction(1, 3)), ("C", Fraction(2, 3)))]
    assert started(answer(paid_by([work], *parts, share=share))) == {"F": "2026"}


@pytest.mark.parametrize("shares", [(0.7, 0.2, 0.1), (0.3, 0.6, 0.1), (0.35, 0.35, 0.3)])
@pytest.mark.parametrize("months", [0, 9, 11])
def test_largest_shares_that_add_up_to_all(months, shares):
    work, _ = plant(10, months, 20)
    sources = [source(f"S{i}", max_share=share) for i, share in enumerate(shares)]
    found = answer(paid_by([work], *sources, share=20))
    assert started(found)
    assert [drawn(found, s.id) for s in sources] == near([10 * share for share in shares])


@pytest.mark.parametrize(("months", "cost", "share"), EXACT[2::3])
def test_a_ticket_that_is_the_works(months, cost, share):
    """A loan alone, ticket and envelope the cost; the same shared by two plants of a lot, a third and the rest."""
    def lender(**more):
        return source("L", **{"kind": "loan", "tenor": 30.0, "payments": 1, "envelope": float(cost),
                              "ticket": float(cost), **more})
    work, _ = plant(cost, months, share)
    assert started(answer(paid_by([work], lender(), share=share))) == {"F": "2026"}
    lot = [plant(written(part * cost), months, share, key, lot="K")[0]
           for key, part in (("F", Fraction(1, 3)), ("G", Fraction(2, 3)))]
    assert started(answer(paid_by(lot, lender(must_draw=True), share=share))) == {"F": "2026", "G": "2026"}


@pytest.mark.parametrize("limit", ["smallest", "group"])
@pytest.mark.parametrize("months", [0, 9, 11])
def test_a_least_amount_and_the_envelope_of_a_group_that_are_the_cost(months, limit):
    work, _ = plant(8, months, 30)
    more = {"groups": keyed(SourceGroup(**named("G"), envelope=8.0))} if limit == "group" else {}
    own = {"group": "G"} if limit == "group" else {"smallest": 8.0, "envelope": 8.0}
    assert started(answer(paid_by([work], source("B", **own), share=30, **more))) == {"F": "2026"}


@pytest.mark.parametrize("each", [4.1, 33.3, 0.7])
def test_kilometres_that_are_all_there_are(each):
    """Three years of a largest number of km a year, which is a third of all; a hard target on all of them."""
    length = written(3 * Fraction(str(each)))
    pipes = package("N", km=length, unit_cost=0.1, km_per_year=each)
    case = bare_case(whole=True, packages=keyed(pipes), sources=keyed(source("B")),
                     targets=(target("T", "km", length, priority="hard"),))
    assert km(answer(case), "N") == near(length)


@pytest.mark.parametrize("sense", [">=", "<="])
@pytest.mark.parametrize("parts", [(0.7, 0.1), (0.1, 0.2), (1.1, 2.2, 3.3)])
def test_a_hard_target_that_what_is_done_meets_exactly(parts, sense, caplog):
    """Nothing that may be decided moves it: 0.7 + 0.1 done is 0.8, and 0.1 + 0.2 is 0.3, though not in doubles. By a
    millionth more (or less) it cannot hold. Both algebras say so, and the modelling language nothing beside it."""
    done = dict(zip((2023, 2024, 2025), parts, strict=False))
    whole = written(sum(Fraction(str(part)) for part in parts))

    def asked(value):
        return bare_case(
            whole=True, first_year=2023, plan_from=2026, price_year=2026, sources=keyed(source("B")),
            packages=keyed(package("N", km=20.0, unit_cost=0.1, done=done, latest=2025)),
            targets=(target("T", "km", value, priority="hard", year_first=2023, sense=sense),))
    assert km(answer(asked(whole)), "N") == 0.0
    assert not arrays_of(derive(asked(whole))).rows
    missed = asked(whole + (1e-6 if sense == ">=" else -1e-6))
    for found in (answer, lambda case: arrays_of(derive(case))):
        with pytest.raises(Infeasible, match="nothing that may be decided"):
            found(missed)
    assert not caplog.records


@pytest.mark.parametrize("needs", [(0.1, 0.2), (0.1, 0.7), (0.3, 0.6, 0.1)])
@pytest.mark.parametrize("must", [False, True])
def test_crews_that_are_just_what_works_need(needs, must):
    """Plants of 12 months from January need so many crews in 2026; their sum is there in 2026 alone."""
    there = written(sum(Fraction(str(need)) for need in needs))
    works = [plant(10 * need, key=f"F{i}", must=must)[0] for i, need in enumerate(needs)]
    case = paid_by(works, source("B"), crews=(Crew("build", None, {2026: there, 2027: 0.0, 2028: 0.0}, "test"),))
    case = edit(case, "asset_types", "plant", crew="build", crew_need=0.1)
    assert started(answer(case)) == {f"F{i}": "2026" for i in range(len(needs))}
