"""``explain PLAN PROJECT`` on the screen and in Python: two facilities that are worth 20 and 14, money for one."""

import openpyxl
import pytest

import jaryq
from jaryq.api.choices import start_asked
from jaryq.base.errors import JaryqError
from jaryq.commands.cli import main
from jaryq.commands.messages import SOLVED_AGAIN
from jaryq.workbook.plan_file import open_plan
from tests.hand.test_from_workbooks import book, facility
from tests.sampled import exhaustive_but_for
from tests.workbooks import plain_workbook


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Alpha of 10 has a benefit of 30, Beta of 10 one of 24; there are 12 and two together cost 20."""
    here = tmp_path_factory.mktemp("why")
    tables = book(settings={"explain": "left out"}, sources=[{"source_id": "M", "name": "Budget", "name_ru": "Бюджет",
        "envelope": 12}],
                  facilities=[facility("A", 10, benefit=30, name="Alpha", name_ru="Альфа"),
                              facility("B", 10, benefit=24, name="Beta", name_ru="Бета")])
    plain_workbook(tables, here / "case.xlsx", "en")
    assert main(["plan", str(here / "case.xlsx"), "--out", str(here / "out")]) == 0
    return here


def said(capsys, *arguments):
    capsys.readouterr()
    assert main(["explain", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_what_is_left_out(folder, capsys):
    """Beta in place of Alpha is worth 14 in place of 20: 6 worse; a benefit 6 more turns it."""
    out = said(capsys, folder / "out", "B")
    assert "Done or not: never; if done, worse by at least 6.00 bn KZT" in out
    assert "What would turn it: a benefit (present value) more by at least 6.00 bn KZT." in out
    russian = said(capsys, folder / "out", "B", "--lang", "ru")
    assert "никогда; если выполняется, хуже не менее чем на 6,00 млрд тенге" in russian


def test_what_is_done(folder, capsys):
    """Alpha left out, Beta comes in: 6 worse; without the only payer it is not done either, and one figure is told."""
    out = said(capsys, folder / "out", "A")
    assert "Done or not: always; if not done, worse by at least 6.00 bn KZT" in out
    assert "Without its largest payer: no other may pay for it, so that is the same as not doing it." in out
    assert "Без главного плательщика: платить за него больше некому, так что это то же, что не выполнять." in said(
        capsys, folder / "out", "A", "--lang", "ru")
    assert "a benefit (present value) less by at least 6.00 bn KZT" in out


def test_the_plan_says_it_too(folder):
    """The sheet and the sentence of the facility left out, in the file and in Python."""
    plan = jaryq.plan(jaryq.read(folder / "case.xlsx"))
    why = plan["why"].set_index("project")
    assert list(why["verdict"]) == ["always", "never"]
    assert why.loc["B", "least"] == pytest.approx(6.0)
    assert plan["facilities"].set_index("facility").loc["B",
                                                        "why"].startswith("not selected: if done, worse by at least "
                                                        "6.00 bn KZT")
    assert plan.explain("B").choices[0].verdict == "never"
    # One call for all: a limit, the ranking, what is not there.
    limit = next(name for name in plan.case.accepted.factors.case.sources)
    assert plan.explain(limit).dial.limits
    assert plan.explain("ranking").completed["plan"] == 1.0
    with pytest.raises(JaryqError, match="no project, target, limit, source or partner X"):
        plan.explain("X")
    assert "why" in open_plan(folder / "out" / "plan.xlsx", everything=True).cells


def test_a_plan_that_asks_for_nothing_says_nothing(folder):
    plan = jaryq.plan(jaryq.read(folder / "case.xlsx", changes=["settings; setting=explain; value; set off"]))
    assert "why" not in plan
    assert plan["facilities"].set_index("facility").loc["B", "why"] == "not selected"


def test_deep_verification_holds(folder, capsys):
    assert main(["verify", str(folder / "out" / "plan.xlsx"), "--deep"]) == 0


@exhaustive_but_for("ru-*")
@pytest.mark.parametrize(("lang", "hold", "verdict"), [
    ("en", "checks hold.", "does not stand as it is: checks that fail: 0, cells that differ: 1. That "),
    ("ru", "выполнено проверок", "в таком виде не подтверждается: проверок не выполнено: 0, ячеек расходится: 1. То, "),
])
def test_a_forged_choice_is_not_told_beside_checks_that_hold(folder, tmp_path, capsys, lang, hold, verdict):
    """One cell of sheet why, "never" of Beta, says "always": the checks of what is stored hold, which no line says by
    itself; the last line is the verdict."""
    book = openpyxl.load_workbook(folder / "out" / "plan.xlsx")
    (cell,) = (cell for row in book["why"].iter_rows() for cell in row if cell.value == "never")
    cell.value = "always"
    book.save(tmp_path / "plan.xlsx")
    capsys.readouterr()
    for deep in ([], ["--deep"]):
        assert main(["verify", str(tmp_path / "plan.xlsx"), "--lang", lang, *deep]) == 1
        told = capsys.readouterr()
        assert f"why!{cell.coordinate}" in told.err
        assert hold not in told.out
        assert verdict in told.out.splitlines()[-1]
        assert SOLVED_AGAIN.say(lang) not in told.out
    assert main(["verify", str(folder / "out" / "plan.xlsx"), "--lang", lang, "--deep"]) == 0
    told = capsys.readouterr().out
    assert hold in told
    assert SOLVED_AGAIN.say(lang) in told


def test_a_start_by_itself(folder, capsys):
    """A year later costs nothing without discounting; of a start that is not there those that are; the start that it
    has is told."""
    assert said(capsys, folder / "out", "A 2027").splitlines() == ["Alpha",
        "Start in 2027: open; a plan as good exists with it in 2027: neither better nor worse."]
    assert said(capsys, folder / "out", "A 2027", "--lang", "ru").splitlines() == ["Альфа",
        "Начало в 2027: открыто; есть план не хуже, где начало 2027: не лучше и не хуже."]
    assert said(capsys, folder / "out",
                "A 2026") == "Alpha: no other start to price: it is settled, not done, or starts then.\n"
    assert main(["explain", str(folder / "out"), "A 2019"]) != 0
    assert "A cannot start in 2019: its starts lie between 2026 and 2028" in capsys.readouterr().err
    assert jaryq.plan(jaryq.read(folder / "case.xlsx")).explain("A 2027").choices[0].other == "2027"


@pytest.mark.parametrize(("asked", "start"), [("A", ""), ("A 2026", "2026"), ("A 2026Q2", "2026Q2"),
                                              ("A 2026 q2", "2026Q2"), ("A 2 кв. 2026", "2026Q2")])
def test_a_start_is_asked_for_in_words(folder, asked, start):
    case = jaryq.read(folder / "case.xlsx").accepted.case
    assert start_asked(case, asked) == ("A", start)
    assert start_asked(case, "A soon") is None
    assert start_asked(case, "Z 2026") is None
