"""Curves on which an earlier stage breaks again and again within a short stretch, the last alone moving over a long
one."""

from pathlib import Path

import pytest

from jaryq.api.accepted import accept
from jaryq.api.again import Standing
from jaryq.api.curve import curve_of, dial_of
from jaryq.api.verified import compiled
from jaryq.commands.curve import lines
from jaryq.solve.beside import Beside
from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages
from jaryq.workbook.read import read
from tests.hand.test_from_workbooks import PIPE, REGIONS, book, facility, goal, package
from tests.hand.test_hand_curves import standing

ROOT = Path(__file__).parents[2]
SMALL = [0.004 + 0.0001 * i for i in range(30)]
"""What facilities of region B cost, 0.1635 in all; those of A cost 1 each, the first worth 20, the last 2."""
MONEY = 15.0 + sum(SMALL)


def at(km):
    """By hand: of what km (priority 1) leave, first the small ones (priority 2), the cheapest first, then those of A,
    the best first: km and facilities of B missed, and the sum of benefits less costs."""
    km_done = min(km, MONEY)
    left = MONEY - km_done
    small = 0.0
    for cost in SMALL:
        small += min(1.0, max(left, 0.0) / cost)
        left -= cost
    worth = sum((20.0 - 2 * i) * min(1.0, max(left - i, 0.0)) for i in range(10))
    return km - km_done, 30.0 - small, worth - km_done - min(MONEY - km_done, sum(SMALL))


def dense():
    facilities = [*(facility(f"S{i}", cost, region="B") for i, cost in enumerate(SMALL)),
                  *(facility(f"G{i}", 1, region="A", benefit=21 - 2 * i) for i in range(10))]
    return standing(book(sources=[{"source_id": "B", "envelope": MONEY}], regions=REGIONS, asset_types=PIPE,
                         facilities=facilities,
                         networks=[package(km=40, region="A")],
                         targets=[goal("K", "km", 10, "km", "2028"),
                                  goal("S", "facilities", 30, "facilities", "2028", priority="2", filter="region=B")]))


@pytest.fixture
def found(monkeypatch):
    there = dense()
    monkeypatch.setattr("jaryq.api.curve.EFFORT", 120 * 1000 * len(there.program.rows))
    return there, curve_of(there, "K")


def from_nothing(there, found, value):
    program = there.moves.at(found.dial.limits[0], value).of(there.program)
    return linear_stages(program, there.names, Solver(program)).values


def test_it_ends_and_says_where_points_alone_are_told(found):
    there, curve = found
    assert curve.curve.whole
    (a, b), = curve.curve.apart
    assert 15.0 - 0.03 <= a < 15.01
    assert 15.15 < b <= MONEY + 0.03
    for lang, text in (("en", "there the lines above are points"), ("ru", "там строки выше - отдельные точки")):
        assert any(text in line for line in lines(there.accepted.case, curve, [], lang))


def test_what_is_told_is_exact(found):
    """Points everywhere, lines but within the stretch, against the stages from nothing; the objective by hand too."""
    there, curve = found
    (a, b), = curve.curve.apart
    for point in curve.points:
        values = from_nothing(there, curve, point.value)
        assert {name: value if name != "objective" else -value
                for name, value in values.items()} == pytest.approx(dict(point.stages), abs=1e-6)
        assert point.stages["objective"] == pytest.approx(at(point.value)[2], abs=1e-6)
    for i in range(61):
        where = 5.0 + 15.0 * i / 60
        if not a <= where <= b:
            values, told = from_nothing(there, curve, where), curve.curve.at(where)
            for name in there.names[:-1]:
                assert told[name] == pytest.approx(values[name], abs=1e-6)
            assert abs(told["objective"] - values["objective"]) <= curve.curve.off + 1e-6


def test_with_all_effort_every_break_is_found(monkeypatch):
    """The 29 breaks of the small ones too, each where by hand."""
    monkeypatch.setattr("jaryq.explain.curves.MANY", 600)
    there = dense()
    curve = curve_of(there, "K")
    assert curve.curve.whole
    assert not curve.curve.apart
    told = sorted(point.value for point in curve.points)
    for i in range(1, 30):
        where = MONEY - sum(SMALL[:i])
        assert min(abs(where - one) for one in told) < 1e-5


@pytest.mark.parametrize(("steps", "anew"), [(0, True), (1000, False)])
def test_a_stage_goes_on_from_where_the_one_before_has_ended(monkeypatch, steps, anew):
    """No stage may take a step from its own basis at the next place: what is asked for from there all the same is told,
    by hand, and not from nothing; without leave to do so what lies beyond a break (11, 12) is."""
    monkeypatch.setattr("jaryq.solve.beside.NEAR_ALL", 0)
    monkeypatch.setattr("jaryq.solve.beside.EACH", 0)
    monkeypatch.setattr("jaryq.solve.beside.STEPS", steps)
    seen = []
    monkeypatch.setattr("jaryq.solve.beside.linear_stages", lambda program, *rest,
                        **more: (seen.append(program), linear_stages(program, *rest, **more))[1])
    there = dense()
    beside, dial = Beside(there.warm, 10.0), dial_of(there, "K")
    for value in (9.5, 9.25, 11.5, 11.25, 12.5):
        program = there.moves.at(dial.limits[0], value).of(there.program)
        values = beside.solved(value, program).values
        assert -values["objective"] == pytest.approx(at(value)[2], abs=1e-6)
    assert bool(seen) == anew


@pytest.mark.exhaustive
def test_the_curve_of_km_of_the_shipped_plan_is_told_whole():
    """As docs/numbers.md says; there are lines between all points but two, and what is told is exact at three places.
    """
    accepted = accept(*read(ROOT / "inputs" / "kazakhstan.xlsx"))
    there = Standing(accepted, compiled(accepted), proved=False)
    curve = curve_of(there, "T-km")
    assert curve.curve.whole
    (first, last), = curve.curve.apart
    moved = max(point.stages["objective"] for point in curve.points) - min(point.stages["objective"]
        for point in curve.points)
    page = (ROOT / "docs" / "numbers.md").read_text(encoding="utf-8")
    assert f"whole, in {len(curve.points)} points with lines between all of them but two (from {first:,.0f} to " \
        f"{last:,.0f} km), to within {curve.curve.off:.1f} bn KZT of {moved:,.0f}." in page
    for where in (100000.0, 130000.0, 160000.0):
        values, told = from_nothing(there, curve, where), curve.curve.at(where)
        assert abs(told["objective"] - values["objective"]) <= curve.curve.off + 1e-5
        assert all(told[name] == pytest.approx(values[name], abs=1e-6) for name in there.names[:-1])
