"""Curves of limits, sources and targets by hand, on the warm program; and whole plans beside them."""

from dataclasses import replace

import pytest

from jaryq.api.accepted import accept
from jaryq.api.again import Standing
from jaryq.api.curve import curve_of, next_units
from jaryq.api.verified import compiled
from jaryq.commands.cli import main
from jaryq.commands.curve import lines
from jaryq.commands.curve_names import names
from jaryq.explain.dials import NoSuchDial
from jaryq.solve.beside import OWN
from jaryq.solve.stages import FACE, linear_stages
from tests.hand.test_from_workbooks import PIPE, book, facility, goal, package


def standing(tables):
    accepted = accept(tables, [])
    return Standing(accepted, compiled(accepted))


def money(**settings):
    """A of 10 is worth 20, B of 10 is worth 14; there are 12."""
    return standing(book(sources=[{"source_id": "B", "name": "Budget", "envelope": 12}], settings=settings,
                         facilities=[facility("A", 10, benefit=30), facility("Bb", 10, benefit=24)]))


def stages(points, stage="objective"):
    return [(round(point.value, 6), round(point.stages[stage], 6)) for point in points]


@pytest.mark.parametrize("what", ["envelope[B]", "sources!C4", "B", "budget"])
def test_a_limit(what):
    """As in docs/numbers.md: 6 x 2; A whole at 10; B whole at 20."""
    found = curve_of(money(), what)
    assert stages(found.points) == [(6, 12), (10, 20), (12, 22.8), (20, 34), (24, 34)]
    assert (found.curve.first, found.curve.last, found.curve.whole) == (True, True, True)
    assert [{p: round(amount, 6) for p, amount in moved.items()} for _, _, moved in found.moves()] == [
        {"A": 0.4}, {"Bb": 0.2}, {"Bb": 0.8}, {}]


def from_nothing(monkeypatch):
    """Programs that are solved from nothing, as they come."""
    seen = []
    monkeypatch.setattr("jaryq.solve.beside.linear_stages", lambda program, *rest,
                        **more: (seen.append(program), linear_stages(program, *rest, **more))[1])
    return seen


def test_places_go_on_from_their_neighbours(monkeypatch):
    seen = from_nothing(monkeypatch)
    assert stages(curve_of(money(), "B").points) == [(6, 12), (10, 20), (12, 22.8), (20, 34), (24, 34)]
    assert seen == []


def test_bases_that_do_not_pay_are_left(monkeypatch):
    """Not one step from a basis is allowed, so the way to what needs one is halved, and then that is solved from
    nothing: the curve of docs/numbers.md all the same."""
    monkeypatch.setattr("jaryq.solve.beside.NEAR_ALL", 0)
    monkeypatch.setattr("jaryq.solve.beside.STEPS", 0)
    seen = from_nothing(monkeypatch)
    assert stages(curve_of(money(), "B").points) == [(6, 12), (10, 20), (12, 22.8), (20, 34), (24, 34)]
    assert seen


def test_on_finer_faces_places_go_on_from_where_their_stages_have_ended(monkeypatch):
    """No point holds on the coarser faces: the finer ones begin from its bases, and nothing is solved from nothing (18:
    A, and 8 x 1.4)."""
    monkeypatch.setattr("jaryq.solve.beside.NEAR_ALL", 0)
    monkeypatch.setattr("jaryq.solve.beside.holds", lambda program, values, x, least: least < FACE)
    seen = from_nothing(monkeypatch)
    assert stages(curve_of(money(), "B", high=50.0).points) == [(6, 12), (10, 20), (12, 22.8), (18, 31.2)]
    assert seen == []


def test_the_effort_is_bounded_and_what_stays_open_is_told(monkeypatch):
    """No effort for breaks: both ends (6 x 2; 34) and the number as it is (22.8), and all between may be other. So on
    the screen."""
    monkeypatch.setattr("jaryq.api.curve.EFFORT", 0)
    there = money()
    found = curve_of(there, "B")
    assert stages(found.points) == [(6, 12), (12, 22.8), (24, 34)]
    assert (found.curve.whole, found.curve.open) == (False, ((6, 24),))
    assert found.beside.spent <= 3 * (OWN + 100)
    said = list(lines(there.accepted.case, found, [], "en"))
    assert any("from 6 to 24" in line and "Not every break" in line for line in said)


def test_the_next_units():
    """Of 12: 1 more is worth 1.4, 10 more 8 x 1.4, 100 no more than that."""
    there = money()
    rows = next_units(there, curve_of(there, "B"))
    assert [(step, round(point.stages["objective"], 6)) for step, point in rows] == [(1.0, 24.2), (10.0, 34.0),
        (100.0, 34.0)]


def test_whole_plans_are_points_of_their_own():
    """At 6 nothing whole fits; at 15 A; at 24 both."""
    found = curve_of(money(), "B", whole=3)
    assert stages(found.wholes) == [(6, 0), (15, 20), (24, 34)]
    assert [dict(point.shares) for point in found.wholes] == [{}, {"A": 1.0}, {"A": 1.0, "Bb": 1.0}]
    assert list(found.frame["whole"]) == [False] * 5 + [True] * 3


def test_all_money_of_a_source():
    """Ceilings of 4 in 2026 and 8 in 2027 are 100 %; undiscounted, a part of A is worth as much in either year: at 50 %
    6 x 2. They are 12 bn: the next 1 is worth 1.4, the next 10 8 x 1.4, as of one limit of 12."""
    tables = book(sources=[{"source_id": "B"}], facilities=[facility("A", 10, benefit=30),
                                                            facility("Bb", 10, benefit=24)],
                  source_years=[{"source_id": "B", "2026": 4, "2027": 8, "2028": 0}])
    there = standing(tables)
    found = curve_of(there, "B")
    assert (found.dial.unit, found.dial.now) == ("%", 100.0)
    assert [(step, round(point.stages["objective"], 6)) for step, point in next_units(there, found)] == [(1.0, 24.2),
        (10.0, 34.0), (100.0, 34.0)]
    assert stages(found.points) == [(50, 12), (round(1000 / 12, 6), 20), (100, 22.8), (round(2000 / 12, 6), 34),
                                    (200, 34)]


def test_a_target():
    """40 km at 1 bn in scope, money for 30: of a target of 20 nothing is missed up to 30, above it a km a km; missed km
    in shares of the target's scale, convex: the first tenth counts once. Beyond that each km that is done costs 1."""
    tables = book(sources=[{"source_id": "B", "envelope": 30}], asset_types=PIPE, networks=[package()],
                  targets=[goal("T", "km", 20, "km", "2028", scale=100)])
    found = curve_of(standing(tables), "T", high=100)
    assert stages(found.points) == [(10, -10), (20, -20), (30, -30), (40, -30)]
    assert stages(found.points, "priority_1") == [(10, 0), (20, 0), (30, 0), (40, 0.1)]


def test_where_plans_end():
    """A must be done and costs 10 of 12: below 10 there is no plan."""
    tables = book(sources=[{"source_id": "B", "envelope": 12}],
                  facilities=[facility("A", 10, benefit=30, must_do=True)])
    found = curve_of(standing(tables), "B")
    assert stages(found.points) == [(pytest.approx(10.0, abs=1e-4), 20), (12, 20), (24, 20)]
    assert (found.curve.first, found.curve.last) == (False, True)
    # What holds it there is that A must be done: no other limit, and nothing above.
    assert found.ends[1] is None
    there = standing(tables).accepted.case
    for lang, kept in (("en", "No plan beyond 10 bn KZT: what cannot be kept with it is "),
                       ("ru", "Дальше 10 млрд тенге плана нет: вместе с этим невыполнимо: ")):
        line, = (line for line in lines(there, found, [], lang) if kept in line)
        assert "A" in line.removeprefix(kept)
    none = replace(found, ends=(None, None))
    assert "  No plan beyond 10 bn KZT: which limit keeps it from there was not found." in list(lines(there, none, [],
        "en"))


def test_what_cannot_be_moved():
    with pytest.raises(NoSuchDial) as told:
        curve_of(money(), "envelpe[B]")
    assert told.value.near == "envelope[B]"
    for wrong in ({"low": 5.0}, {"high": -1.0}, {"whole": 11}, {"low": -101.0}):
        with pytest.raises(ValueError):
            curve_of(money(), "B", **wrong)


@pytest.mark.parametrize("end", ["inf", "nan"])
def test_an_end_without_number_is_wrong_use(end, tmp_path):
    with pytest.raises(SystemExit) as ended:
        main(["explain", str(tmp_path), "B", "--high", end])
    assert ended.value.code == 64
    with pytest.raises(ValueError):
        curve_of(money(), "B", high=float(end))


def test_every_width_of_a_missed_target_is_a_break():
    """30 of 50 km: missed in tenths of 50 from 35 on, 5 km each; below 30 nothing is missed and the objective moves."""
    tables = book(sources=[{"source_id": "B", "envelope": 30}], asset_types=PIPE, networks=[package(km=60)],
                  targets=[goal("T", "km", 50, "km", "2028")])
    found = curve_of(standing(tables), "T")
    assert found.curve.whole
    assert {30, 35, 40, 45, 50, 55, 60, 65, 70, 75} <= {round(point.value, 3) for point in found.points}


def test_a_curve_of_many_breaks_says_so_on_the_screen():
    """How near the lines are, and how near breaks may be to others, in words."""
    there = money()
    found = curve_of(there, "B")
    found = replace(found, curve=replace(found.curve, off=0.25, narrow=0.5))
    said = {lang: "\n".join(lines(there.accepted.case, found, [], lang)) for lang in ("en", "ru")}
    assert "Straight between the lines to within 0.25 bn KZT" in said["en"]
    assert "but for those within 0.5 bn KZT of another" in said["en"]
    assert "отклонение от прямой не больше 0,25 млрд тенге" in said["ru"]
    assert "Straight" not in "\n".join(lines(there.accepted.case, curve_of(there, "B"), [], "en"))


def test_points_at_which_only_the_count_moves_are_left_out():
    """One facility is there and worth doing; 2 are asked for, from 1 to 4: nothing is done otherwise anywhere, what is
    missed counts more with every tenth."""
    tables = book(facilities=[facility("A", 10, benefit=30, name="Alpha")],
                  targets=[goal("T", "facilities", 2, "facilities", "2028")])
    there = standing(tables)
    found = curve_of(there, "T")
    assert len(found.points) > 6
    told = list(lines(there.accepted.case, found, [], "en"))
    assert [line.partition(":")[0].strip() for line in told if "purse" in line] == ["1 facility", "2 facilities (now)",
        "4 facilities"]
    assert "      nothing is done otherwise here; only what counts as missed grows, tenth by tenth" in told


def test_parts_of_a_facility_are_whole_percent():
    case = money().accepted.case
    assert names(case, {"A": 0.48186, "Bb": 0.999}, "en") == "Bb; A (48 %)"
    assert names(case, {"A": 0.9949, "Bb": 0.0051}, "en") == "A (99 %); Bb (1 %)"
