"""What is said of choices, wishes, conflicts and files: once, in the right direction, of the right place."""

from dataclasses import replace

import pytest

import jaryq
from jaryq.api.accepted import accept
from jaryq.api.explained import why_no_plan
from jaryq.api.why_then import OF_ITS_OWN, _beside
from jaryq.base.errors import InputRejected
from jaryq.commands.cli import main
from jaryq.explain.parts import Beside, Parts
from jaryq.report.why import sentence, with_reasons
from jaryq.rules.feasible import ARITHMETIC
from jaryq.solve.choice import Choice
from jaryq.solve.solution import Stage
from tests.explain.test_no_plan import MUST, STAYS, budget, years
from tests.hand.test_from_workbooks import book, facility
from tests.hand.test_hand_wishes import decided, tables, two
from tests.workbooks import plain_workbook


def test_undecided_is_said_once():
    """A verdict stands before its sentence, in its own column or on the screen; among facilities, where there is none,
    the sentence brings it."""
    from jaryq.report.shapes import Out
    from jaryq.report.words import NOT_CHOSEN

    solution, case = decided(two({"project": "C"})), accept(tables(two()), []).case
    one = Choice("facility", "C", "out", "in", "undecided", "nothing", at_least={"objective": -3.0})
    said = sentence(case, solution, one)
    assert "undecided" not in said.en
    assert "не решено" not in said.ru
    table = with_reasons(Out("facilities", ("facility", "why"), ({"facility": "C", "why": NOT_CHOSEN},)), case,
                         replace(solution, choices=(one,)))
    told = table.rows[0]["why"]
    assert (told.en.count("undecided"), told.ru.count("не решено")) == (1, 1)


def test_what_aims_miss_is_told_as_so_much_of_one_aim():
    """1 point is 0.1 + 0.2 + 0.3 + 0.4: one aim missed by 40 %; no word on points."""
    solution, case = decided(two({"project": "C"})), accept(tables(two()), []).case
    said = sentence(case, solution, Choice("facility", "C", "out", "in", "never", "program",
                                           at_least={"priority_2": 1.0}))
    assert said.en == (
        "if done, more is missed of the aims of priority 2, at least as if one more aim lacked 40 % of what it asks: "
        "no plan as good as this one")
    assert said.ru == ("если выполняется, цели приоритета 2 недовыполнены больше, не менее чем как если бы ещё одной "
                       "цели не хватало 40 % требуемого: "
                       "плана не хуже этого нет")


@pytest.mark.parametrize(("more", "en", "ru"), [
    (0.011, "would cost 0.01 bn KZT more in money of today",
     "обойдётся в сегодняшних деньгах на 0,01 млрд тенге дороже"),
    (-0.011, "would cost 0.01 bn KZT less in money of today",
     "обойдётся в сегодняшних деньгах на 0,01 млрд тенге дешевле"),
    (1e-5, "would cost the same with projects reckoned by parts",
     "обойдётся во столько же, если считать проекты частями"),
])
def test_the_runner_up_is_dearer_or_cheaper(more, en, ru):
    case = accept(tables(two()), []).case
    said = _beside(case, decided(two({"project": "C"})), Beside("2026", Parts({"own": 1.0}), "2027",
        Parts({"own": 1.0 + more})), OF_ITS_OWN)["costs"]
    assert said.en.startswith(en)
    assert said.ru.startswith(ru)


def test_a_wish_that_is_no_period_is_told_once():
    """A goes on since 2025; "spring" is no period, and that is all that is wrong with the row."""
    sheets = two({"project": "A", "not_before": "spring"}, progress=[{"project": "A", "year": 2025,
        "status": "started"}])
    with pytest.raises(InputRejected) as stopped:
        accept(tables(sheets), [])
    assert [(issue.code, issue.column) for issue in stopped.value.issues
            if issue.sheet == "overrides"] == [("wrong_type", "not_before")]


def test_a_commitment_of_progress_is_told_at_its_row():
    """10 are due in 2026 and 6 are there; it is progress that says so, not must_do."""
    made = book([budget()], [facility("A", 10, latest=2026, **{**MUST, **STAYS, "must_do": None})],
                source_years=[years(6, 40, 40)],
                progress=[{"project": "A", "year": 2026, "status": "committed"}])
    found = why_no_plan(accept(made, [], past=ARITHMETIC))
    assert {one["cell"].split("!")[0] for one in found.record["conflict"]} == {"progress", "source_years", "facilities"}
    cells = {one["name"].split("[")[0]: one["cell"] for one in found.record["conflict"]}
    assert cells["start_required"].startswith("progress!")


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_files_the_one_that_fails_is_named(tmp_path, capsys, turned):
    """One has a plan, the other 6 of the 10 that are due: by arithmetic alone."""
    for name, money in (("good", 40), ("bad", 6)):
        plain_workbook(book([budget()], [facility("A", 10, latest=2026, **MUST)], source_years=[years(money, 0, 0)]),
                       tmp_path / f"{name}.xlsx", "en")
    order = ["bad", "good"] if turned else ["good", "bad"]
    assert main(["diff", *(str(tmp_path / f"{name}.xlsx") for name in order), "--why"]) == 2
    said = capsys.readouterr().err
    assert f"In {tmp_path / 'bad.xlsx'}:" in said
    assert "good.xlsx" not in said


def test_two_must_dos_that_only_solving_finds_to_be_too_many(tmp_path, capsys):
    """8 + 8 are due by 2026, each for itself within 12; the contradiction is told of its file, too."""
    for name, money in (("good", 40), ("bad", 12)):
        plain_workbook(book([budget()], [facility(key, 8, latest=2026, **MUST) for key in "AB"],
                            source_years=[years(money, 0, 0)]), tmp_path / f"{name}.xlsx", "en")
    assert main(["diff", str(tmp_path / "good.xlsx"), str(tmp_path / "bad.xlsx"), "--why"]) in (2, 3)
    assert f"In {tmp_path / 'bad.xlsx'}:" in capsys.readouterr().err


def test_a_notebook_is_told_why_arithmetic_leaves_no_plan(tmp_path):
    """10 are due in 2026 and 6 are there: the ceiling moves to 10, as on the command line; the notes of the exception
    say it."""
    plain_workbook(book([budget()], [facility("A", 10, latest=2026, **{**MUST, **STAYS})],
                        source_years=[years(6, 0, 0)]), tmp_path / "bad.xlsx", "en")
    with pytest.raises(InputRejected) as stopped:
        jaryq.read(tmp_path / "bad.xlsx")
    assert [move["new"] for move in stopped.value.why.record["repair"]["moves"]] == pytest.approx([10.0])
    assert any("6 -> 10 bn KZT" in note for note in stopped.value.__notes__)


@pytest.mark.parametrize(("kind", "other", "worse", "instead", "en", "ru"), [
    ("start", "2027", 0.5, ("start[A,2027]", "-start[A,2026]"), "with it in 2027: worse by 0.50",
     "где начало 2027: хуже на 0,50"),
    ("start", "2027", -0.5, ("start[A,2027]", "-start[A,2026]"), "with it in 2027: better by 0.50",
     "где начало 2027: лучше на 0,50"),
    ("facility", "in", 1.0, ("start[A,2027]", "start[C,2027]", "-start[C,2026]"),
     "with it done (+A, C 2026 -> 2027): worse by 1.00", "выполняется (+A, C 2026 -> 2027): хуже"),
    ("facility", "out", 0.0, ("-start[A,2027]",), "with it not done (-A): neither better nor worse",
     "не выполняется (-A): не лучше и не хуже"),
])
def test_a_plan_as_good_is_said_with_what_moves(kind, other, worse, instead, en, ru):
    """What starts at another time is one change, and none beside the time asked for; below nothing it is better."""
    solution, case = decided(two({"project": "C"})), accept(tables(two()), []).case
    case = replace(case, facilities={key: replace(one, name=key, name_ru=key) for key, one in case.facilities.items()})
    one = Choice(kind, "A", "2026" if kind == "start" else "in", other, "open", "found", at_most={"objective": worse},
                 instead=instead)
    said = sentence(case, solution, one)
    assert en in said.en
    assert ru in said.ru


@pytest.mark.parametrize(("stage", "en", "ru"), [
    ("priority_1", "if done, more is missed of the aims of priority 1,",
     "если выполняется, цели приоритета 1 недовыполнены больше,"),
    ("priority_2", "if done and priority 1 misses no more, more is missed of the aims of priority 2,",
     "если выполняется и цели приоритета 1 недовыполнены не больше, цели приоритета 2 недовыполнены больше,"),
    ("priority_3", "if done and priorities 1, 2 miss no more, more is missed of the aims of priority 3,",
     "если выполняется и цели приоритетов 1, 2 недовыполнены не больше, цели приоритета 3 недовыполнены больше,")])
def test_what_a_later_aim_loses_holds_where_those_before_lose_nothing(stage, en, ru):
    """What an opposite loses of an aim is known of plans that keep the aims before it; others may trade one for the
    other."""
    solution, case = decided(two({"project": "C"})), accept(tables(two()), []).case
    ordered = replace(solution, stages=tuple(Stage(name, 0.0, 0.0)
                                             for name in ("priority_1", "priority_2", "spread_2", "priority_3",
                                                          "objective")))
    said = sentence(case, ordered, Choice("facility", "C", "out", "in", "never", "multipliers", at_least={stage: 1.0}))
    assert said.en.startswith(en)
    assert said.ru.startswith(ru)
