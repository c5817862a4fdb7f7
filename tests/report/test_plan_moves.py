"""Two plans side by side on the screen: what really moves first, ties counted only; what comes of a change, by hand."""

from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.commands.cli import main
from jaryq.report.compare.moves import Move
from jaryq.report.plan_differences import plan_differences, projects_lines
from jaryq.report.plan_differences_record import as_json
from jaryq.solve.choice import Choice
from jaryq.tables.diff import Diff
from tests.cases import facility, keyed
from tests.hand.test_hand_wishes import tables, two
from tests.report.test_compare import flat, result
from tests.sampled import exhaustive_but_for
from tests.workbooks import plain_workbook

KEYS = ("F3", "F2", "F1")
COST = {"F1": 10.0, "F2": 4.0, "F3": 0.5}


def compared(dropped, choices):
    """The older plan does all three for 14.5; the newer has dropped some. The plans are at most 1 from the best."""
    case = flat(facilities=keyed(*(facility(key, cost=COST[key]) for key in KEYS)), order={"facilities": KEYS})
    whole = Plan({(key, "2026"): 1.0 for key in KEYS}, draw={("B", key, 2026): COST[key] for key in KEYS})
    fewer = replace(whole, start={place: 1.0 for place in whole.start if place[0] not in dropped},
                    draw={place: by for place, by in whole.draw.items() if place[1] not in dropped})
    sides = [result("old", case, whole, choices=choices), result("new", case, fewer)]
    for one in sides:
        one.claims.update({"value[objective]": 0.0, "bound[objective]": 1.0})
    return plan_differences(*sides, Diff((), ()))


ALWAYS = (Choice("facility", "F1", "in", "out", "always", "multipliers"),)


def test_what_really_moves_stands_first_and_ties_are_counted():
    """F1 is always done in the older plan; on F2 hang 4, more than 1; on F3 0.5."""
    found = compared(KEYS, ALWAYS)
    assert [line for line in projects_lines(found, "en") if line] == [
        "Projects that differ: 2 (dropped 2)", "  F1: dropped", "  F2: dropped (not examined)",
        "  Not listed, since both plans could as well do it the other way (ties): 1"]
    assert list(projects_lines(found, "ru"))[-1] == (
        "  Не перечислены, поскольку оба плана могли бы сделать и иначе (равноценно): 1")
    assert {row["project"]: row["standing"] for row in as_json(found)["projects"]} == {"F1": "real", "F2": "open",
        "F3": "tie"}


def test_where_all_are_ties_nothing_really_differs():
    assert list(projects_lines(compared(("F3",), ()), "en")) == [
        "", "Projects: none really differs; ties, in which both plans could as well do it the other way: 1"]


@exhaustive_but_for("ru-*")
@pytest.mark.parametrize(("lang", "first"), [
    ("en", "What comes of the change: Not one facility and not one km more is done. Budgets, utilities and consumers "
           "together are worse off by 1.2 bn KZT in money of today."),
    ("ru", "Что даёт изменение: Не делается больше ни одного объекта и ни одного километра. Бюджеты, предприятия и "
           "потребители вместе теряют 1,2 млрд тенге в сегодняшних деньгах."),
])
def test_what_comes_of_a_change_stands_first(tmp_path, capsys, lang, first):
    """A in 2026 and B in 2027: 20 + 0.8 x 14 = 31.2; B by 2026, so A in 2027: 14 + 0.8 x 20 = 30."""
    plain_workbook(tables(two()), tmp_path / "in.xlsx", "en")
    assert main(["plan", str(tmp_path / "in.xlsx"), "--set", "overrides; B; not_after; set 2026", "--out",
                 str(tmp_path / "out"), "--lang", lang, "--no-report"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == first
    assert any(line.startswith("  B: ") for line in told)


@pytest.mark.parametrize(("stand", "last"), [
    ({"F1": "real", "F2": "open", "F3": "open"}, ["  F1: dropped",
                                                  "  Not listed, only paid by others, which nobody examined: 2"]),
    ({"F1": "tie", "F2": "open", "F3": "open"}, ["Projects: none really differs; ties, in which both plans could as "
                                                 "well do it the other way: 1",
                                                 "  Not listed, only paid by others, which nobody examined: 2"]),
])
def test_payers_that_nobody_examined_are_counted(monkeypatch, stand, last):
    """Of F2 and F3 only who pays moves, and nobody looked into it: one line, not one for each."""
    monkeypatch.setattr("jaryq.report.plan_differences.standings", lambda _: stand)
    found = compared(KEYS, ALWAYS)
    paid = replace(found, moves={key: move if key == "F1" else Move(("paid",), Text("paid by C", "платит C"))
                                 for key, move in found.moves.items()})
    assert list(projects_lines(paid, "en"))[-2:] == last
    assert list(projects_lines(paid,
                               "ru"))[-1] == "  Не перечислены, только другие плательщики, что никто не проверял: 2"
