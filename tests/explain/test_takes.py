"""What it would take to meet a target that a plan misses: amounts by hand. From 2026 to 2028, no discounting, works of
12 months, km for 1 bn."""

import numpy as np
import pytest

from jaryq.api.accepted import accept, accept_changes
from jaryq.api.asked import asked as as_changes
from jaryq.api.clock import Clock
from jaryq.api.takes import _missed, takes
from jaryq.api.takes_asked import lacks_said
from jaryq.api.takes_told import grouped, in_short
from jaryq.api.verified import decide
from jaryq.base.errors import Told
from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.commands import cli
from jaryq.explain.conflict import Moved, Rule
from jaryq.solve.highs import Outcome
from tests.explain.test_no_plan import PIPE, STAYS, book, budget, facility, goal, package, years
from tests.hand.test_hand_balances import one_area, plant, programme
from tests.workbooks import plain_workbook


def km():
    """40 km for 40, 10 a year: a third more in each year."""
    return book([budget()], asset_types=PIPE, networks=[package()], source_years=[years(10, 10, 10)],
                targets=[goal("T", "km", 40, "km", "2028")])


def second():
    """25 pay for the 20 km of the first priority; the facility of the second takes 10: 5 of 25 more, for the km are not
    to be given up."""
    return book([budget(envelope=25)], [facility("A", 10, savings=0)], asset_types=PIPE, networks=[package(km=20)],
                targets=[goal("T", "km", 20, "km", "2028"), goal("U", "facilities", 1, "facilities", "2028", "2")])


def priced():
    """A row with a price in place of a priority: 4 of 10 km are worth their price no more than 6 bn can be spent; the
    envelope to 10."""
    return book([budget(envelope=6)], asset_types=PIPE, networks=[package(km=10)],
                targets=[goal("T", "km", 10, "km", "2028", None, price=5)])


def nothing():
    """10 of 20 km are paid by an envelope that may not move."""
    return book([budget(envelope=10, **STAYS)], asset_types=PIPE, networks=[package(km=20)],
                targets=[goal("T", "km", 20, "km", "2028")])


CASES = {
    km: ("T", 10, {f"source_years; source_id=B; {y}; set 13.3334" for y in (2026, 2027, 2028)}),
    second: ("U", 1, {"sources; source_id=B; envelope; set 30"}),
    priced: ("T", 4, {"sources; source_id=B; envelope; set 10"}),
    nothing: ("T", 10, set()),
}


def asked(tables, row):
    done = decide(accept(tables, []), Clock(), lambda _: None)
    return takes(done.accepted, done.solution.plan, row)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_what_it_takes(case):
    row, short, changes = CASES[case]
    found = asked(case(), row)
    assert found.record["missed"] == pytest.approx(short)
    assert {move["change"] for move in found.record["moves"]} == changes
    assert found.record["tested"] == bool(changes)
    if not changes:
        assert [text.en for text in found.said[-2:]] == ["No movement of limits that may move meets it.",
                                                         "What stands in the way: Envelope, B: 10 bn KZT (sources!B4)."]
        assert found.said[-1].ru.startswith("Что этому мешает: ")


def test_where_no_limit_stands_in_the_way_that_is_said():
    """Two facilities are asked for and one is there: with every limit lifted there is no second. By units: one
    facility, not 1 facilities; in Russian the genitive."""
    tables = book([budget(envelope=30)], facilities=[facility("A", 10, benefit=20)],
                  targets=[goal("T", "facilities", 2, "facilities", "2028")])
    said = asked(tables, "T").said
    assert said[0].en == "T: 1 facility against at least 2 asked."
    assert said[0].ru == "T: 1 объект при требуемых не менее 2."
    assert said[-1].en == "No limit stands in the way: with all of them lifted no more than 1 facility can be reached."
    assert said[-1].ru == "Мешает не ограничение: и без всех ограничений достижимо не более 1 объекта."


def test_a_target_that_is_met_takes_nothing():
    assert [text.en for text in asked(second(), "T").said] == ["T: the target is met."]


def test_a_target_that_is_not_there():
    with pytest.raises(Told, match="the plan has no target X"):
        asked(km(), "X")


def test_the_command(tmp_path, capsys):
    """Every missed target if none is named, in both languages; of one that is named after its curve."""
    plain_workbook(km(), tmp_path / "km.xlsx")
    assert cli.main(["plan", str(tmp_path / "km.xlsx"), "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    plan = str(tmp_path / "out" / "plan.xlsx")
    assert cli.main(["explain", plan]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:4] == ["T: 30 km against at least 40 asked.",
                        "What it would take, other targets missing no more than now:",
                        "Cheapest repair, with which a plan was found:",
                        "  Ceiling of the year, B, 2026: 10 -> 13.3334 bn KZT (source_years!B4)"]
    assert said[-1] == '  try: --set "targets; target=T; priority; set hard"'
    assert cli.main(["explain", plan, "T", "--lang", "ru"]) == 0
    assert "Самое дешёвое исправление, с которым план найден:" in capsys.readouterr().out


def test_what_was_not_found_is_not_said_to_be_impossible(monkeypatch):
    """Neither the plan's own starts nor a dive nor the search come to moves: that there are none does not follow."""
    monkeypatch.setattr("jaryq.solve.elastic.at_hand", lambda *_: None)
    monkeypatch.setattr("jaryq.solve.elastic.search", lambda *_: Outcome("limit", np.zeros(0), np.zeros(0), np.zeros(0),
        np.nan, 0.0, ""))
    found = asked(second(), "U")
    assert found.said[-1].en == "No movement of limits was found within the effort; whether there is one is not known."
    assert not found.record["found"]


def test_the_starts_of_the_plan_are_tried_first(monkeypatch):
    """Of 20 km more, whose works the plan has, the search finds nothing by itself: with the starts of the plan its
    moves are found, and that there may be cheaper ones is said."""
    monkeypatch.setattr("jaryq.solve.elastic.search", lambda *_: Outcome("limit", np.zeros(0), np.zeros(0), np.zeros(0),
        np.nan, 0.0, ""))
    found = asked(second(), "U")
    assert {move["change"] for move in found.record["moves"]} == CASES[second][2]
    assert "there may be a cheaper one" in " ".join(text.en for text in found.said)


@pytest.mark.parametrize("case", [km, second, priced], ids=lambda case: case.__name__)
@pytest.mark.parametrize("large", [0, 6000])
def test_with_its_repair_the_target_is_reached(case, large, monkeypatch):
    """The changes that are told, applied to the inputs: the plan of these misses nothing of the row; whether the plan's
    choices are kept or not."""
    monkeypatch.setattr("jaryq.api.takes.LARGE", large)
    row, short, changes = CASES[case]
    found = asked(case(), row)
    assert {move["change"] for move in found.record["moves"]} == changes
    after = accept_changes(accept(case(), []), as_changes([*changes, *found.record["hard"]]))
    plan = decide(after, Clock(), lambda _: None).solution.plan
    assert sum(_missed(plan, g.id) for g in after.case.targets if g.row == row) == pytest.approx(0.0, abs=1e-6)
    assert short > 1e-6


def test_with_its_own_choices_nothing_may_be_found(monkeypatch):
    """Nothing that may move meets it, in a program of which the choices are kept too; what stands in the way is told
    all the same."""
    monkeypatch.setattr("jaryq.api.takes.LARGE", 0)
    said = asked(nothing(), "T").said
    assert [text.en for text in said] == ["T: 10 km against at least 20 asked.",
                                          "No movement of limits that may move meets it.",
                                          "What stands in the way: Envelope, B: 10 bn KZT (sources!B4)."]


def test_many_moves_are_told_by_their_kinds(monkeypatch):
    """30 of 40 km, ceilings of 10 a year to 13.33: 10 in all, 3.33 a year; the cells where they are asked for."""
    monkeypatch.setattr("jaryq.api.takes.FEW", 2)
    monkeypatch.setattr("jaryq.api.takes.LARGE", 0)
    done = decide(accept(km(), []), Clock(), lambda _: None)
    said = takes(done.accepted, done.solution.plan, "T").said
    assert [text.en for text in said] == [
        "T: 30 km against at least 40 asked.", "What it would take, other targets missing no more than now:",
        "In short: 3.3 bn KZT more a year (B).",
        "The plan found with it does more: pipe, 10 km.", "Cheapest repair, with which a plan was found:",
        "  Ceiling of the year, B, 2026 to 2028: 30 -> 40 bn KZT in all, 3.3 bn KZT more each year",
        "  each cell, with changes to try: explain PLAN T --cells"]
    assert said[2].ru == "Коротко: на 3,3 млрд тенге в год больше (B)."
    assert said[5].ru.endswith("B, 2026-2028: 30 -> 40 млрд тенге всего, на 3,3 млрд тенге в год больше")
    cells = [text.en for text in takes(done.accepted, done.solution.plan, "T", cells=True).said]
    assert sum("source_years!" in line for line in cells) == 3
    assert sum("--set" in line for line in cells) == 4


def moved(name, index, old, new, unit, title="L"):
    return Moved(Rule(name, Text(title, title), index, old, unit, "x!A1"), new, "")


def test_many_moves_of_several_sources_crews_and_packages():
    """Two years of B by 10 and 20 more, one of C by 6: 36 in two years, 18 a year, most of it B, 15. Crews 10 -> 15 and
    30 -> 45 in two regions: half as many more; two places are named by what they gain most. The package's km a year 20
    -> 28; what is of other kinds by name with its unit."""
    case = accept(book([budget(envelope=9), {**budget(envelope=9), "source_id": "C", "name": "Loan",
                                             "name_ru": "Заём"}], asset_types=PIPE, networks=[package()]), []).case
    bn, crew, km_ = Text("bn KZT", "млрд тенге"), Text("crew-years", "бригадо-лет"), Text("km", "км")
    many = [moved("ceiling[B,2026]", ("B", "2026"), 10.0, 20.0, bn),
            moved("ceiling[B,2027]", ("B", "2027"), 10.0, 30.0, bn),
            moved("ceiling[C,2027]", ("C", "2027"), 1.0, 7.0, bn),
            moved("crews[w@R1,2026]", ("w@R1", "2026"), 10.0, 15.0, crew),
            moved("crews[w@R2,2026]", ("w@R2", "2026"), 30.0, 45.0, crew),
            moved("km_per_year[N]", (next(iter(case.packages)),), 20.0, 28.0, km_),
            moved("ramp_least[a]", ("a",), 1.0, 2.0, km_), moved("ramp_least[b]", ("b",), 3.0, 7.0, km_)]
    short = in_short(case, many)
    assert short.en == (
        "In short: 18 bn KZT more a year (most of it B, 15 bn KZT); works capacity larger by 50 % in 2 regions.")
    assert short.ru == (
        "Коротко: на 18 млрд тенге в год больше (больше всего: B, 15 млрд тенге); мощность работ больше на 50 % в 2 "
        "регионах.")
    said = list(grouped(case, many))
    assert [text.en for text in said] == [
        "  L, B, 2026 to 2027: 20 -> 50 bn KZT in all, 10 to 20 bn KZT more in a year",
        "  L, Loan, 2027: 1 -> 7 bn KZT",
        "  L, w, 2026: 40 -> 60 crew-years in all (in 2 regions; the most: R2 30 -> 45, R1 10 -> 15)",
        f"  L, {next(iter(case.packages.values())).name or 'N'}: 20 -> 28 km",
        "  L: b 3 -> 7, a 1 -> 2 (km)"]
    assert said[0].ru == "  L, B, 2026-2027: 20 -> 50 млрд тенге всего, на 10 - 20 млрд тенге в год больше"
    assert said[2].ru == (
        "  L, w, 2026: 40 -> 60 бригадо-лет всего (в 2 регионах; больше всего: R2 30 -> 45, R1 10 -> 15)")


def test_lacks_of_capacity_are_named_beside_the_rows_of_targets():
    """They count among the rows that a plan misses: 10 of 100 in 2026 and 20 in 2027 are lacks, 0.00001 in 2028 is
    none."""
    case = programme(plant(), balances=(one_area(),))
    said, = lacks_said(case, Plan(deficit={("South@MW", 2026): 10.0, ("South@MW", 2027): 20.0,
                                           ("South@MW", 2028): 1e-5}))
    assert said.en == (
        "Beside these 2 rows of capacity at the peak fall short: South (MW) 2026, 2027. Sheet balances has them.")
    assert said.ru == "Кроме того, мощности в пик не хватает (2 строки): South (МВт) 2026, 2027. См. лист balances."
    assert lacks_said(case, Plan()) == []
