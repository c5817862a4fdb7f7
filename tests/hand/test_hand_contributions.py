"""What changed between two inputs, by hand: contributions of groups of sheets in the mean over all orders; they add
up."""

import json

import pytest

from jaryq.api.accepted import accept
from jaryq.api.contributions import changed_groups, contributions, mean_over_orders
from jaryq.commands.cli import main
from tests.hand.test_from_workbooks import book, facility, goal
from tests.sampled import exhaustive_beside
from tests.workbooks import plain_workbook


def test_the_mean_over_orders():
    """Nothing 0, A 10, B 4, both 20: A brings 10 first and 16 last, B 4 and 10. Three that are worth 6 only together: 2
    each."""
    known = {frozenset(): 0.0, frozenset({0}): 10.0, frozenset({1}): 4.0, frozenset({0, 1}): 20.0}
    assert (mean_over_orders(known, 0, 2), mean_over_orders(known, 1, 2)) == (13.0, 7.0)
    three = {frozenset(s): 6.0 * (len(s) == 3) for s in ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))}
    assert [mean_over_orders(three, i, 3) for i in range(3)] == pytest.approx([2.0, 2.0, 2.0])


def case(benefit, money):
    """A of 10 is worth its benefit less 10, as far as there is money; undiscounted and divisible."""
    return book(sources=[{"source_id": "B", "envelope": money}], facilities=[facility("A", 10, benefit=benefit)])


def test_groups_that_change():
    assert changed_groups(case(30, 5).with_sheet(case(30, 5)["settings"]), case(30, 5)) == []
    assert changed_groups(case(30, 5), case(40, 10)) == ["projects", "money"]


def test_contributions_add_up():
    """Money for a half: 20/2 = 10; for all 20. A benefit of 40 in place of 30: 15 and 30. Money brings 10 or 15, the
    benefit 5 or 10."""
    found = contributions(accept(case(30, 5), []), accept(case(40, 10), []))
    assert (found.before["objective"], found.after["objective"]) == (pytest.approx(10.0), pytest.approx(30.0))
    assert {group: values["objective"] for group, values in found.of.items()} == {"projects": pytest.approx(7.5),
        "money": pytest.approx(12.5)}
    assert {group: values["facilities_completed"]
            for group, values in found.of.items()} == {"projects": pytest.approx(0.0), "money": pytest.approx(0.5)}
    assert found.joined == ()


def test_groups_that_cannot_stand_alone_are_one():
    """The newer case has a project that only the newer source may pay for: each without the other is no input."""
    new = case(30, 5).with_sheet(book(sources=[{"source_id": "C", "envelope": 10}])["sources"])
    new = new.with_sheet(book(sources=[{"source_id": "C", "envelope": 10}])["source_years"])
    new = new.with_sheet(book(facilities=[facility("A", 10, benefit=30, income_to="C")])["facilities"])
    found = contributions(accept(case(30, 5), []), accept(new, []))
    assert [set(group.split("+")) for group in found.of] == [{"projects", "money"}]
    assert found.of[next(iter(found.of))]["objective"] == pytest.approx(10.0)
    assert [why.en.split(":")[0] for why in found.joined] == ["projects and money are told together"]


def test_why_groups_are_one_is_what_stops():
    """The newer case asks for two facilities and has the second one; the older one cannot reach that alone. That A
    saves 50 times its cost in a year is a surprise that stands first, and no reason."""
    odd, money = facility("A", 10, savings=500), [{"source_id": "B", "envelope": 50}]
    new = book(sources=money, facilities=[odd, facility("C", 10, benefit=30)],
               targets=[goal("T", "facilities", 2, "facilities", "2028", priority="hard")])
    why, = contributions(accept(book(sources=money, facilities=[odd]), []), accept(new, [])).joined
    assert "targets!" in why.en
    assert "savings" not in why.en


@exhaustive_beside("test_a_folder_of_results_is_a_plan_and_reasons_are_told_in_both_languages")
def test_on_the_screen(tmp_path, capsys):
    for name, tables in (("old", case(30, 5)), ("new", case(40, 10)), ("same", case(40, 10))):
        plain_workbook(tables, tmp_path / f"{name}.xlsx", "en")
    old, new, same = (str(tmp_path / f"{name}.xlsx") for name in ("old", "new", "same"))
    assert main(["diff", old, new, "--why"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("Objective") and line.endswith(", bn KZT: 10 -> 30 (+20)")]
    assert "  money: +12.5" in said
    assert "  projects: +7.5" in said
    assert main(["diff", old, new, "--why", "--lang", "ru"]) == 0
    assert "  деньги: +12,5" in capsys.readouterr().out.splitlines()
    assert main(["diff", old, new, "--why", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["contributions"]["money"]["objective"] == pytest.approx(12.5)
    assert main(["diff", new, same, "--why"]) == 0
    assert capsys.readouterr().out == "The inputs do not differ in anything that a plan depends on.\n"
    for wrong in (["--scenario", "x"], ["--why", "--out", "d.xlsx"]):
        with pytest.raises(SystemExit) as ended:
            main(["diff", old, new, *wrong])
        assert ended.value.code == 64


def test_a_folder_of_results_is_a_plan_and_reasons_are_told_in_both_languages(tmp_path, capsys):
    """A plan against an input, by its folder; money that must be spent on what only the newer input has is told with
    the projects, in Russian too."""
    for name, tables in (("old", case(30, 5)), ("new", case(40, 10))):
        plain_workbook(tables, tmp_path / f"{name}.xlsx", "en")
    assert main(["plan", str(tmp_path / "old.xlsx"), "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert main(["diff", str(tmp_path / "out"), str(tmp_path / "new.xlsx"), "--why"]) == 0
    assert "  money: +12.5" in capsys.readouterr().out.splitlines()
    new = case(30, 5).with_sheet(book(sources=[{"source_id": "C", "envelope": 10}])["sources"])
    new = new.with_sheet(book(sources=[{"source_id": "C", "envelope": 10}])["source_years"])
    new = new.with_sheet(book(facilities=[facility("A", 10, benefit=30, income_to="C")])["facilities"])
    why = contributions(accept(case(30, 5), []), accept(new, [])).joined[0]
    assert why.ru.startswith("проекты и деньги показаны вместе: ")
    assert "Возьмите" in why.ru
