"""Wishes (sheet overrides): what somebody wants of a project is kept, and costs what it costs. From 2026 to 2028, no
discounting, works of 12 months."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.explained import why_no_plan
from jaryq.api.verified import decide
from jaryq.base.errors import Infeasible, InputRejected
from jaryq.commands.cli import main
from jaryq.rules.feasible import ARITHMETIC
from jaryq.tables.typed_changes import typed_changes
from tests.hand.test_from_workbooks import PIPE, book, facility, goal, package
from tests.sampled import exhaustive_but_for
from tests.workbooks import plain_workbook

LESS = {"discount_rate": 25, "discount_timing": "start"}
TEN = {"2026": 10, "2027": 10, "2028": 10}


def two(*wishes, **more):
    """10 a year that lapse; each costs 10, and a year later everything is worth 0.8 of it. A brings 30, B 24, C 6: A is
    worth 20, 16, 12.8, B 14, 11.2, 8.96, C -4, -3.2,
    -2.56."""
    return {**book(settings=LESS, source_years=[{"source_id": "B", **TEN}], sources=[{"source_id": "B"}],
                   facilities=[facility("A", 10, benefit=30), facility("B", 10, benefit=24),
                               facility("C", 10, benefit=6)],
                   overrides=list(wishes) or [{"project": "A"}], **more).sheets}


def tables(sheets):
    return type(book())("hand", sheets)


def decided(sheets, changes=()):
    made, issues = typed_changes(changes, "--set")
    assert not issues
    return decide(accept(tables(sheets), [], "base", made), Clock(), lambda _: None).solution


def starts(solution):
    return {f: t for (f, t), share in solution.plan.start.items() if share > 0.5}


BY_HAND = {
    "nothing wanted": (two(), 31.2, {"A": "2026", "B": "2027"}),
    "later": (two({"project": "A", "not_before": "2027"}), 30.0, {"B": "2026", "A": "2027"}),
    "just then": (two({"project": "A", "not_before": 2027, "not_after": 2027}), 30.0, {"B": "2026", "A": "2027"}),
    "earlier": (two({"project": "B", "not_after": "2026"}), 30.0, {"B": "2026", "A": "2027"}),
    "left out": (two({"project": "A", "decision": "leave_out"}), 14.0, {"B": "2026"}),
    "late": (two({"project": "A", "not_before": "2028"}), 26.8, {"A": "2028", "B": "2026"}),
    "no wish for it to be done": (two({"project": "C", "not_before": "2028"}), 31.2, {"A": "2026", "B": "2027"}),
    "done all the same": (two({"project": "C", "decision": "do"}), 28.64, {"A": "2026", "B": "2027", "C": "2028"}),
    "done and early": (two({"project": "C", "decision": "do", "not_after": "2026"}), -4.0 + 16.0 + 8.96,
                       {"C": "2026", "A": "2027", "B": "2028"}),
    "before the plan": (two({"project": "A", "not_before": "2020"}), 31.2, {"A": "2026", "B": "2027"}),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_wishes_for_facilities(name):
    sheets, value, when = BY_HAND[name]
    found = decided(sheets)
    assert (found.value, starts(found)) == (pytest.approx(value), when)


def test_a_wish_by_a_change_needs_no_row():
    """The same from the command line, with the sheet there and without it. A left out and B late: 11.2."""
    for sheets in (two(), {name: table for name, table in two().items() if name != "overrides"}):
        assert decided(sheets, ["overrides; project=A; not_before; set 2027"]).value == pytest.approx(30.0)
        assert decided(sheets, ["overrides; A; decision; set leave_out",
                                "overrides; B; not_before; set 2027"]).value == pytest.approx(11.2)


def pipes(*wishes, settings=None, **more):
    """40 km at 1 bn that bring nothing, and a target of 20 km."""
    rows = {"overrides": list(wishes)} if wishes else {}
    return book(settings=settings, asset_types=PIPE, networks=[package(**more)],
                targets=[goal("T", "km", 20, "km", "2028")], **rows).sheets


def km_by_year(solution):
    found = {}
    for (_, t), km in solution.plan.renew.items():
        found[t[:4]] = found.get(t[:4], 0.0) + km
    return {year: round(km, 9) for year, km in found.items() if km > 1e-9}


def test_km_that_are_wanted():
    """20 are asked for by 2028, undiscounted and so at once; with 10 in 2027 and 5 in 2028 the other 5 come in 2026.
    What is wanted beyond the target is paid."""
    assert km_by_year(decided(pipes())) == {"2026": 20.0}
    assert km_by_year(decided(pipes({"project": "N", "km_2027": 10, "km_2028": 5}))) == {"2026": 5.0, "2027": 10.0,
        "2028": 5.0}
    more = decided(pipes({"project": "N", "km_2027": 30}))
    assert (km_by_year(more), more.value) == ({"2027": 30.0}, pytest.approx(-30.0))
    assert km_by_year(decided(pipes({"project": "N", "not_before": "2027", "km_2027": 8}))) == {"2027": 8.0,
        "2028": 12.0}
    out = decided(pipes({"project": "N", "decision": "leave_out"}))
    assert (km_by_year(out), out.plan.short["T"]) == ({}, pytest.approx(20.0))


def test_km_of_quarters():
    """In quarters the year counts: 4 km in 2027 whenever, the other 16 in 2026; from the third quarter of 2027 on is
    the second half of it."""
    quarters = {"resolution": "quarter"}
    assert km_by_year(decided(pipes({"project": "N", "km_2027": 4}, settings=quarters))) == {"2026": 16.0, "2027": 4.0}
    late = decided(pipes({"project": "N", "not_before": "2027Q3", "not_after": "2027Q4"}, settings=quarters))
    assert {t for (_, t), km in late.plan.renew.items() if km > 1e-9} == {"2027Q3"}


def paid(*wishes, **share):
    """A loan of 4 payments at 10 % beside free own money of the budget: the budget pays, 15 x 2 - 10 = 20; with the
    loan the service is more than 10."""
    return book(sources=[{"source_id": "B", "envelope": 50},
                         {"source_id": "L", "kind": "loan", "rate": 10, "tenor": 4, "payments": 1, "clock": "cohort",
                          "envelope": 50, **share}],
                facilities=[facility("A", 10, benefit=30)], overrides=list(wishes)).sheets


@pytest.mark.parametrize(("wish", "least"), [({}, 0.0), ({"payer": "L"}, 10.0),
                                             ({"payer": "L", "payer_share": 30}, 3.0)])
def test_who_is_wanted_to_pay(wish, least):
    """Of 10 the loan pays all, or 30 %; undiscounted, it costs its interest besides, so no more than that."""
    found = decided(paid({"project": "A", "not_after": "2028", **wish}))
    assert sum(v for (s, _, _), v in found.plan.draw.items() if s == "L") == pytest.approx(least)
    assert (found.value == pytest.approx(20.0)) is (least == 0.0)


def refused(sheets):
    with pytest.raises(InputRejected) as caught:
        accept(tables(sheets), [], "base")
    return [(issue.code, issue.cell) for issue in caught.value.issues if issue.sheet == "overrides"]


@pytest.mark.parametrize(("sheets", "cell"), [
    (two({"project": "A", "not_before": "spring"}), ("wrong_type", "B4")),
    (two({"project": "A", "decision": "leave_out", "not_before": "2027"}), ("wish_unfit", "C4")),
    (two({"project": "A", "km_2027": 3}), ("wish_unfit", "B4")),
    (two({"project": "A", "decision": "do", "not_before": "2031"}), ("wish_unfit", "C4")),
    (two({"project": "A", "decision": "do", "not_before": "2028", "not_after": "2027"}), ("limits_crossed", "C4")),
    (two({"project": "A", "not_before": "2027Q4", "not_after": "2027Q3"}), ("limits_crossed", "B4")),
    (two({"project": "Z", "decision": "do"}), ("unknown_reference", "A4")),
    (two({"project": "A", "decision": "leave_out"}, progress=[{"project": "A", "year": 2025, "status": "started"}]),
     ("wish_unfit", "B4")),
    (pipes({"project": "N", "decision": "do"}), ("wish_unfit", "B4")),
    (pipes({"project": "N", "km_2027": 41}), ("wish_unfit", "B4")),
    (pipes({"project": "N", "km_2027": 21, "km_2028": 20}), ("wish_unfit", "C4")),
    (pipes({"project": "N", "km_2027": 7}, km_per_year=5), ("wish_unfit", "B4")),
    (pipes({"project": "N", "km_2027": 7, "not_before": "2028"}), ("wish_unfit", "B4")),
    (paid({"project": "A", "payer": "L"}, max_share=50), ("wish_unfit", "C4")),
    (paid({"project": "A", "not_before": "2026", "payer_share": 30}), ("unused_term", "C4")),
])
def test_wishes_that_cannot_be(sheets, cell):
    assert cell in refused(sheets)


@pytest.mark.parametrize(("sheets", "cell"), [
    (two({"project": "A"}), ("wish_idle", "A4")),
    (two({"project": "A", "not_before": "2031"}), ("wish_idle", "B4")),
    (pipes({"project": "N", "km_2031": 7}), ("wish_idle", "B4")),
])
def test_wishes_that_do_nothing_are_told(sheets, cell):
    assert cell in [(issue.code, issue.cell) for issue in accept(tables(sheets), [], "base").issues]


def test_a_conflict_of_wishes_names_their_cells():
    """Two of 10 are wanted in 2026, which has 10: the decisions, the dates and the ceiling, each where it stands; not
    must_do, which is blank."""
    sheets = two({"project": "A", "decision": "do", "not_after": "2026"},
                 {"project": "B", "decision": "do", "not_after": "2026"})
    with pytest.raises(Infeasible):
        decided(sheets)
    found = why_no_plan(accept(tables(sheets), [], past=ARITHMETIC))
    assert {rule["cell"] for rule in found.record["conflict"]} == {"overrides!B4", "overrides!B5", "overrides!C4",
        "overrides!C5", "source_years!B4"}


@exhaustive_but_for("4-*")
@pytest.mark.parametrize(("ceiling", "change"), [(10, "source_years; source_id=B; 2026; set 20"),
                                                 (4, "source_years; source_id=B; 2026; set 10")])
def test_a_repair_is_tried_where_there_is_no_plan_without_it(tmp_path, capsys, ceiling, change):
    """A is to be done in 2026 for 10. With a ceiling of 10 and B wanted too hard rules contradict each other; with 4
    the input itself is refused. Either change leaves a plan."""
    wishes = [{"project": "A", "decision": "do", "not_after": "2026"}] + ([{"project": "B", "decision": "do",
        "not_after": "2026"}] if ceiling == 10 else [])
    years = type(book()["sources"]).of("source_years", [{"source_id": "B", "2026": ceiling, "2027": 4, "2028": 4}])
    plain_workbook(tables({**two(*wishes), "source_years": years}), tmp_path / "in.xlsx", "en")
    assert main(["plan", str(tmp_path / "in.xlsx"), "--set", change, "--out", str(tmp_path / "out")]) == 0
    assert "Without the changes there is no plan to compare with." in capsys.readouterr().out
