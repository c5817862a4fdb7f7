"""Order relations of the works, tried on small divisible cases: more crews, more room for outages, wider windows and
more money are never worse; a longer lead is never better. As elsewhere "better" is in the order of the stages, and
every plan must be sound by the independent check."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jaryq.case.case import Crew, Region
from jaryq.case.works import YEAR, Before, Outage, OutageLimit, Paid, Trench, months_between
from tests.cases import bursts, changed, condition, edit, facility, keyed, named, package, source, target
from tests.make import bare_case, solved
from tests.properties.test_properties import EXAMPLES, TIGHT, never_worse, relaxation_of, values

SUMMER = months_between(5, 9)
shares = st.sampled_from((0.0, 0.3))


@st.composite
def works(draw, seasons=True, **more):
    """Three facilities (one may wait for another, one may be a variant), heat and water pipes that share a trench,
    crews of two regions, outages, a red zone."""
    resolution = draw(st.sampled_from(("year", "quarter")))
    seasonal = seasons and draw(st.booleans())
    rate = st.sampled_from((None, condition(consequence=3.0, year_built=1970),
                            condition(consequence=1.0, observed=3.0)))
    plants = [
        facility(f"F{i}", cost=float(draw(st.integers(1, 8))), savings=draw(st.integers(0, 6)) / 4, life=100.0,
                 works_months=draw(st.sampled_from((6.0, 9.0, 12.0))),
                 procurement_months=draw(st.sampled_from((0.0, 3.0))), region=draw(st.sampled_from(("R1", "R2"))),
                 earliest=draw(st.sampled_from((2026, 2027))),
                 latest=2027, condition=draw(rate), own_zone=draw(st.sampled_from((None, "red"))),
                 outage=Outage(draw(st.sampled_from((0.0, 2.0))), 50.0, "MW", seasonal=seasonal))
        for i in range(3)
    ]
    plants[1] = replace(plants[1], **draw(st.sampled_from(({}, {"after": ("F0",)}, {"option_of": "F0"}))))
    nets = [package(key, km=40.0, unit_cost=draw(st.integers(1, 8)) / 50, savings=draw(st.integers(0, 5)) / 100,
                    life=100.0, km_per_year=draw(st.sampled_from((None, 25.0))),
                    latest=2027, sector=sector, wear=0.5, bursts=draw(st.sampled_from((None,
                    bursts(consequence=0.01, growth=0.05)))), seasonal=seasonal and key == "H")
            for key, sector in (("H", "heat"), ("W", "water"))]
    crews = tuple(
        Crew("build", region, {2026: float(draw(st.integers(0, 3))) / 2, 2027: float(draw(st.integers(0, 3))) / 2},
             "test", lend_share=draw(shares), lend_cost=0.05,
             extra_share=draw(shares), extra_cost=0.1, season=months_between(4, 11) if seasonal else YEAR)
        for region in ("R1", "R2"))
    goals = [target("K", "km", float(draw(st.integers(10, 60))), 2027, priority=draw(st.sampled_from(("1", "2")))),
             target("W", "wear", 0.4, 2027, sense="<=", priority="2"),
             target("Z", "red_zone", 1.0, 2027, sense="<=", scale=1.0)]
    return bare_case(**{
        "last_year": 2027, "resolution": resolution, "discount_rate": 0.05, "evaluation_last_year": 2032,
        "tie_break": False,
        "regions": keyed(Region(**named("R1"), open_months=SUMMER if seasonal else YEAR), Region(**named("R2"))),
        "facilities": keyed(*plants), "packages": keyed(*nets), "crews": crews,
        "targets": tuple(goals[: draw(st.integers(0, 3))]),
        "sources": keyed(source("B", ceilings={2026: float(draw(st.integers(0, 12))),
                                               2027: float(draw(st.integers(0, 12)))}, available_to=2027)),
        "outages": (OutageLimit("R1", "MW", draw(st.sampled_from((40.0, 50.0, 70.0))), "test"),),
        "trenches": (Trench("H", "W", 10.0, 0.01, "test"),), "red_zone_first": draw(st.booleans()), **more})


def of_crews(case, **more):
    return replace(case, crews=tuple(replace(crew, **{name: change(crew) for name, change in more.items()})
                                     for crew in case.crews))


def red_too(case, other):
    """Values of the stages of both; where nothing red can be mended there is no stage for it: all of it is left, 1."""
    found = [{stage.name: -stage.value if stage.name == "objective" else stage.value for stage in solved(one).stages}
             for one in (case, other)]
    names = ["red_zone"] * any("red_zone" in one for one in found) + [name for name in found[0] if name != "red_zone"]
    return [[one.get(name, 1.0) for name in names] for one in found]


@EXAMPLES
@given(works(), st.sampled_from((0, 1)), st.sampled_from((2026, 2027)))
def test_more_crews_are_never_worse(case, row, year):
    rows = list(case.crews)
    rows[row] = replace(rows[row], capacity={**rows[row].capacity, year: rows[row].capacity[year] + 0.5})
    never_worse(values(replace(case, crews=tuple(rows))), values(case))


@EXAMPLES
@given(works(), st.sampled_from(("extra_share", "lend_share")))
def test_more_overtime_and_lending_are_never_worse(case, column):
    never_worse(values(of_crews(case, **{column: lambda crew: getattr(crew, column) + 0.3})), values(case))


@EXAMPLES
@given(works(), st.sampled_from(("extra_cost", "lend_cost")))
def test_a_dearer_premium_is_never_better(case, column):
    never_worse(values(case), values(of_crews(case, **{column: lambda crew: 2 * getattr(crew, column)})))


@EXAMPLES
@given(works(), st.sampled_from((10.0, 60.0)))
def test_more_room_for_outages_is_never_worse(case, more):
    """A facility that the region could not spare at all may become possible."""
    wider = replace(case, outages=tuple(replace(limit, value=limit.value + more) for limit in case.outages))
    never_worse(*red_too(wider, case))


@EXAMPLES
@given(works())
def test_a_longer_open_season_is_never_worse(case):
    """Without a yearly pace: that is spread over the open months, of which more then fall outside the season of the
    crews."""
    case = replace(case, packages={key: replace(net, km_per_year=None) for key, net in case.packages.items()})
    wider = replace(case, regions={key: replace(region, open_months=YEAR) for key, region in case.regions.items()})
    never_worse(*red_too(wider, case))


@EXAMPLES
@given(works(red_zone_first=False))
def test_a_wider_window_is_never_worse(case):
    """Lives reach beyond the evaluation horizon, so the end of the benefits does not move with the earliest finish."""
    wider = replace(case, facilities={key: replace(plant, earliest=2026) for key, plant in case.facilities.items()})
    never_worse(values(wider), values(case))


@EXAMPLES
@given(works(), st.sampled_from((2026, 2027)), st.integers(1, 6))
def test_more_money_is_never_worse(case, year, more):
    ceilings = case.sources["B"].ceilings
    never_worse(values(edit(case, "sources", "B", ceilings={**ceilings, year: ceilings[year] + more})), values(case))


@EXAMPLES
@given(works(seasons=False, red_zone_first=False), st.sampled_from(("F0", "F1", "F2")), st.integers(1, 2))
def test_a_longer_lead_is_never_better(case, key, periods):
    """Whole periods more of procurement, of which nothing is paid (payments stay with the works), no season, and
    waiting costs nothing: what a late start does with the shorter lead is all that the longer one can do."""
    plant = case.facilities[key]
    months = periods * 12.0 / case.settings.periods_per_year
    never_worse(values(case), values(edit(case, "facilities", key,
                                          procurement_months=plant.procurement_months + months)))


@EXAMPLES
@given(works())
def test_waiting_for_nothing_and_a_trench_are_never_worse(case):
    free = replace(case, facilities={key: replace(plant, after=()) for key, plant in case.facilities.items()})
    never_worse(values(free), values(case))
    never_worse(values(case), values(replace(case, trenches=())))


@EXAMPLES
@given(works(red_zone_first=True))
def test_what_comes_after_the_red_zone_is_never_better_for_it(case):
    free = solved(changed(case, red_zone_first=False))
    held = solved(case)
    names = [stage.name for stage in free.stages]
    first, second = ([-s.value if s.name == "objective" else s.value for s in found.stages if s.name in names]
                     for found in (free, held))
    never_worse(first, second)
    if held.red_cost is None:
        assert first == pytest.approx(second, abs=TIGHT)
    else:
        assert held.red_cost.objective == pytest.approx(second[-1] * -1 + first[-1], abs=1e-6)


@EXAMPLES
@given(works(targets=()), st.sampled_from((0.0, 0.05)), st.sampled_from((0.1, 1.0)))
def test_the_price_of_change_is_never_welcome(case, low, high):
    """Against the plan of a case with other money: the higher the price, the lower the value, and the smaller the
    change."""
    last = solved(edit(case, "sources", "B", ceilings={2026: 6.0, 2027: 6.0})).plan
    km = {}
    for (n, t), amount in last.renew.items():
        km[n, int(t[:4])] = km.get((n, int(t[:4])), 0.0) + amount
    case = replace(case, before=Before(dict(last.start), km))
    never_worse(values(changed(case, stability=low)), values(changed(case, stability=high)))


@EXAMPLES
@given(works(whole=True))
def test_a_whole_plan_is_never_better_than_one_in_parts(case):
    divisible = changed(case, whole=False)
    never_worse(values(divisible), values(case))


@EXAMPLES
@given(works(whole=True), st.sampled_from((0.0, 0.05)), st.sampled_from((None, 0.0, 4.0)))
def test_the_small_program_is_a_relaxation(case, stability, paid):
    """Every stage on its own is at least as good in the small program, and any point of the full one is one of the
    small one, worth the same. Also where F2 has started and a grant with a largest share has paid for it."""
    before = Before({("F0", case.periods[0].label): 1.0, ("F2", "2027"): 1.0}, {("H", 2026): 10.0})
    case = changed(case, stability=stability, before=before)
    if paid is not None:
        case = edit(case, "facilities", "F2", started=3.0, must=True, crews={}, outage=Outage())
        money = source("B", ceilings={2026: 50.0, 2027: 50.0}, available_to=2027)
        case = replace(case, sources=keyed(money, source("G", kind="grant", partner="US", max_share=0.5,
                                                         available_to=2027)),
                                                         paid=(Paid("F2", "G", 2025, paid), Paid("F2", "B", 2025, 1.0)))
    relaxation_of(case)
