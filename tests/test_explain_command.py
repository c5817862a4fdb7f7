"""``explain PLAN WHAT`` on the screen: a small case whose curve is known (tests/hand/test_hand_curves.py)."""

import openpyxl
import pytest

from jaryq.api.accepted import accept
from jaryq.commands.cli import main
from jaryq.formulation.assemble import limits
from jaryq.workbook.plan import read_plan
from tests.hand.test_from_workbooks import book, facility, goal
from tests.hand.test_hand_wishes import two
from tests.workbooks import plain_workbook


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A of 10 is worth 20, B of 10 is worth 14; there are 12."""
    folder = tmp_path_factory.mktemp("explain")
    tables = book(sources=[{"source_id": "M", "name": "Budget", "name_ru": "Бюджет", "envelope": 12}],
                  facilities=[facility("A", 10, benefit=30, name="Alpha", name_ru="Альфа"),
                              facility("B", 10, benefit=24, name="Beta", name_ru="Бета")])
    plain_workbook(tables, folder / "case.xlsx", "en")
    assert main(["plan", str(folder / "case.xlsx"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def said(capsys, *arguments):
    capsys.readouterr()
    code = main(["explain", *map(str, arguments)])
    ended = capsys.readouterr()
    return code, ended.out.splitlines(), ended.err


def test_a_limit(plan, capsys):
    """From the folder or the file, by name, cell, key and name of the source."""
    for what in ("envelope[M]", "Budget", "M"):
        code, lines, _ = said(capsys, plan, what)
        assert code == 0
        # 1 of the 10 of B, of which 0.2 is done, worth 14 / 10
        part = "About as many facilities are finished (parts of them added up, 0.10 of one more)."
        assert lines[0] == (f"Envelope of a source: Budget: what does 1 bn KZT more buy? {part} 1 bn KZT more is "
                            "spent. "
                            "Budgets, utilities and consumers together are better off by 1.4 bn KZT in money of today.")
        assert lines[1] == (
            "Envelope of a source: Budget: 12 bn KZT now. What the plan becomes (facilities divisible; straight "
            "between the lines):")
        values = [line.split(":")[0].strip() for line in lines[2:] if line.startswith("  ") and "purse" in line]
        assert values == ["6 bn KZT", "10 bn KZT", "12 bn KZT (now)", "20 bn KZT", "24 bn KZT", "the next 1 bn KZT",
                          "the next 10 bn KZT", "the next 100 bn KZT"]
        assert [line.strip() for line in lines if "more of:" in line] == ["more of: Alpha (40 %)",
            "more of: Beta (20 %)", "more of: Beta (80 %)"]
        assert lines[-2].endswith("+11.2 bn KZT; more of Beta (80 %)")
        # 112 are there, A and B take 20.
        assert lines[-1].endswith("+11.2 bn KZT; more of Beta (80 %) (no more than the next 10 bn KZT: 92 bn KZT of it "
                                  "stay unused)")
    cell = next(limit.origin for limit in limits(accept(read_plan(plan / "plan.xlsx").tables, [],
                                                        as_changed=True).factors))
    assert cell.startswith("sources!")
    assert said(capsys, plan / "plan.xlsx", cell) == said(capsys, plan, "envelope[M]")


def test_in_russian_and_whole(plan, capsys):
    code, lines, _ = said(capsys, plan, "бюджет", "--lang", "ru", "--whole", "2", "--low", "-20", "--high", "70")
    assert code == 0
    assert lines[0].startswith("Лимит источника: Бюджет: что даст ещё 1 млрд тенге? Завершено почти столько же "
                               "объектов (в сумме их частей больше на 0,10 объекта). Потрачено на 1 млрд тенге больше.")
    assert "Бюджет: сейчас 12 млрд тенге" in lines[1]
    assert [(line.split(":")[0], " ".join(line.split()[-5:-2])) for line in lines
            if line.startswith("  целый план")] == [
        ("  целый план при 9,6 млрд тенге", "0 млрд тенге;"), ("  целый план при 20,4 млрд тенге", "34 млрд тенге;")]


@pytest.mark.parametrize(("arguments", "text"), [
    (["envelop[M]"], "perhaps envelope[M] is meant"), (["nothing like it"],
                                                       "nothing that can be moved is called nothing like it"),
])
def test_what_is_not_there(plan, capsys, arguments, text):
    code, lines, error = said(capsys, plan, *arguments)
    assert (code, lines) == (64, [])
    assert text in error
    assert "Traceback" not in error


@pytest.mark.parametrize("wrong", [["--low", "5"], ["--high", "-1"], ["--whole", "11"]])
def test_wrong_use(plan, wrong):
    with pytest.raises(SystemExit) as ended:
        main(["explain", str(plan), "M", *wrong])
    assert ended.value.code == 64


def test_wishes(tmp_path, capsys):
    """12 a year that lapse; A is worth 20, B 14, C costs 10 and brings 6: C wanted in 2026 breaks the ceiling by hand
    (A and C: 20), else A is done a year later. 25 % a year, counted at the start: kept -4 + 0.8 x 20 + 0.64 x 14, best
    20 + 0.8 x 14."""
    tables = two({"project": "C", "decision": "do", "not_after": "2026"})
    plain_workbook(type(book())("case", tables), tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out")]) == 0
    code, lines, _ = said(capsys, tmp_path / "out", "wishes")
    assert code == 0
    assert lines[0] == "by hand | wishes kept | without wishes"
    assert [line.split(": ")[-1] for line in lines if line.startswith(("Objective",
        "Facilities"))] == ["27.2 | 20.96 | 31.2", "3 | 3 | 2"]
    assert any(line.startswith("  ") and "10 -> 20 bn KZT" in line for line in lines)
    assert "  C: 2026 | 2026 | -" in lines
    assert "вручную | пожелания соблюдены | без пожеланий" in said(capsys, tmp_path / "out", "пожелания", "--lang",
        "ru")[1]


def test_no_wishes(plan, capsys):
    code, lines, _ = said(capsys, plan, "wishes")
    assert code == 0
    assert lines[0].startswith("The plan was made without wishes")
    assert "overrides" in lines[0]


def test_the_ranking(plan, capsys):
    """Money 12 for one of two of 10: both ways A, worth 20; A brings 3 a KZT, B 2.4."""
    code, lines, _ = said(capsys, plan, "ranking")
    assert code == 0
    assert lines[0] == "ranking by benefit per KZT | the plan | difference"
    assert [line.split(": ")[-1] for line in lines if line.startswith(("Objective", "Facilities"))] == ["20 | 20 | 0",
        "1 | 1 | 0"]
    assert lines[-2:] == ["  3.00 Alpha: 2026", "  2.40 Beta: left out, no room"]
    assert said(capsys, plan, "ранжирование", "--lang", "ru")[1][-1] == "  2,40 Бета: не вошёл, нет места"


def test_what_has_started_is_settled(tmp_path, capsys):
    """A goes on; two may pay for it, so that only the payer is left to choose. C is done, D takes longer than the plan,
    E is under contract."""
    tables = book(sources=[{"source_id": "M", "envelope": 20},
                           {"source_id": "K", "kind": "loan", "rate": 5, "tenor": 4, "payments": 1, "clock": "cohort",
                            "envelope": 20}],
                  facilities=[facility("A", 10, benefit=30, name="Alpha"), facility("B", 9, benefit=24),
                              facility("C", 5, benefit=9, name="Cee"),
                              facility("D", 5, benefit=99, name="Dee", works_months=60),
                              facility("E", 1, benefit=9, name="Ee", owner="KEGOC", latest=2027)],
                  progress=[{"project": "A", "year": 2025, "status": "started"},
                            {"project": "C", "year": 2025, "status": "done"},
                            {"project": "E", "year": 2025, "status": "committed"}])
    plain_workbook(tables, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out")]) == 0
    code, lines, _ = said(capsys, tmp_path / "out", "A")
    assert code == 0
    assert lines[0] == "Alpha: whether and when is settled (begun 2025); left is who pays."
    assert said(capsys, tmp_path / "out", "A", "--lang", "ru")[1][0].endswith("выполнять ли и когда, решено (начато в "
        "2025); остаётся, кто платит.")
    for key, why in (("C", "Cee: nothing is left to choose (done before the plan)."),
                     ("D", "Dee: nothing is left to choose (it can begin in no planned period)."),
                     ("E", "Ee: whether and when is settled (under contract, its start open, by KEGOC, to be finished "
                           "by 2027); left is who pays.")):
        assert said(capsys, tmp_path / "out", key)[1][0] == why


def cells(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    return sheet, [value for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


def test_a_curve_as_a_workbook(plan, tmp_path, capsys):
    """What the screen says of every break (6, 10, 12, 20, 24 bn: worth 12, 20, 22.8, 34, 34) as rows, and a chart over
    the numbers themselves."""
    out = tmp_path / "curve.xlsx"
    code, lines, _ = said(capsys, plan, "Budget", "--out", out)
    assert (code, lines[-1]) == (0, f"Written to {out}.")
    sheet, values = cells(out)
    rows = [row for row in sheet.iter_rows(min_col=1, max_col=40, values_only=True)
            if any(isinstance(v, (int, float)) for v in row[:20])]
    table = [[v for v in row if v is not None] for row in rows
             if any(isinstance(v, float | int) and min(abs(v - at) for at in (6, 10, 12, 20, 24)) < 1e-6
                    for v in row[:20])]
    assert [row[0] for row in table if isinstance(row[0], (int, float))] == pytest.approx([6, 10, 12, 20, 24])
    assert {"now", "Alpha (40\u00a0%)", "Beta (20\u00a0%)", "Beta (80\u00a0%)"} <= set(values)
    chart = sheet._charts[0]
    assert type(chart).__name__ == "ScatterChart"
    assert len(sheet._charts) == 1


def test_the_workbook_is_asked_for_where_there_is_one_and_never_over_a_stranger(plan, tmp_path, capsys):
    code, _lines, error = said(capsys, plan, "A", "--out", tmp_path / "x.xlsx")
    assert code == 64
    assert "--out is for a limit" in error
    assert not (tmp_path / "x.xlsx").exists()
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    code, _, error = said(capsys, plan, "Budget", "--out", tmp_path / "mine.xlsx")
    assert code != 0
    assert (tmp_path / "mine.xlsx").read_bytes() == b"mine"


def test_the_ranking_as_a_workbook_in_russian(plan, tmp_path, capsys):
    """By benefit per KZT: Alpha 30 for 10 first, it takes 10 of 12 and Beta has no room."""
    code, _, _ = said(capsys, plan, "ranking", "--lang", "ru", "--out", tmp_path / "rank.xlsx")
    _, values = cells(tmp_path / "rank.xlsx")
    assert code == 0
    assert values.index("Альфа") < values.index("Бета")
    assert "не вошёл, нет места" in values
    assert 3 in [round(v, 6) for v in values if isinstance(v, float | int)]


def test_a_target_that_is_reached_all_the_same(tmp_path, capsys):
    """Both of 10 are worth it and paid: that one is asked for costs nothing, and why is said: two are reached where
    none is asked for."""
    tables = book(sources=[{"source_id": "M", "envelope": 24}],
                  facilities=[facility("A", 10, benefit=30), facility("B", 10, benefit=24)],
                  targets=[goal("T", "facilities", 1, "facilities", "2028")])
    plain_workbook(tables, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out")]) == 0
    code, lines, _ = said(capsys, tmp_path / "out", "T")
    assert code == 0
    assert (
        "  if 1 facility less were asked: nothing (without asking for it 2 facilities more are reached, for other aims "
        "or benefits)" in lines)
    assert lines[0] == ("T: what is the cheapest way to 1 facility? The cheapest way to 1 facility takes 10 bn KZT in "
                        "the planned years, if nothing else is asked. "
                        "The plan spends 20 bn KZT for all its aims.")
    assert lines[1].startswith("T: what do the last 0.10 of the 1 facility reached cost? Nothing by themselves. "
                               "Without asking for them the plan still reaches 2 facilities"), lines[1]
    russian = said(capsys, tmp_path / "out", "T", "--lang", "ru")[1]
    assert any(line.startswith("  если требовать меньше на 1 объект: ничего (") for line in russian)
    assert any(line.endswith("ничего (и без этого требования достигается больше, ради других целей или выгод, на 2 "
                             "объекта)") for line in russian)


def test_one_more_of_its_own_unit(tmp_path, capsys):
    """A of 100 is worth 200, money 50 of which half of it is done: one more bn brings 2, as ten bring 20."""
    tables = book(sources=[{"source_id": "M", "envelope": 50}],
                  facilities=[facility("A", 100, benefit=300, name="Alpha")])
    plain_workbook(tables, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out")]) == 0
    lines = [line for line in said(capsys, tmp_path / "out", "M")[1] if "the next" in line]
    assert [line.split(":")[0].strip() for line in lines] == ["the next 1 bn KZT", "the next 10 bn KZT",
        "the next 100 bn KZT"]
    assert [line.split("purse ")[1].split()[0] for line in lines] == ["+2", "+20", "+100"]


def test_of_what_may_be_at_most_more_is_allowed(tmp_path, capsys):
    """The lines of what more would bring say that more is allowed, not that so much more is had."""
    tables = book(sources=[{"source_id": "M", "envelope": 500}],
                  facilities=[facility("A", 100, benefit=300, name="Alpha")],
                  targets=[goal("T", "spending", 50, "bn KZT", "2028", sense="<=", priority="hard")])
    plain_workbook(tables, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out")]) == 0
    said_so = {lang: [line for line in said(capsys, tmp_path / "out", "T", "--lang", lang)[1] if word in line]
               for lang, word in (("en", "were allowed"), ("ru", "если допустить"))}
    assert [line.split(":")[0] for line in said_so["en"]] == [f"  if {step} bn KZT more were allowed"
        for step in (1, 10, 100)]
    assert said_so["ru"][0].startswith("  если допустить больше на 1 млрд тенге: ")


def test_ten_times_as_much(tmp_path, capsys):
    """Of 500 the next 1, 10, 100 and 1,000: A of 600 is worth 600."""
    tables = book(sources=[{"source_id": "M", "envelope": 500}], facilities=[facility("A", 600, benefit=1200)])
    plain_workbook(tables, tmp_path / "case.xlsx", "en")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out")]) == 0
    lines = [line for line in said(capsys, tmp_path / "out", "M")[1] if "the next" in line]
    assert [line.split("purse ")[1].split()[0] for line in lines] == ["+1", "+10", "+100", "+100"]
    assert lines[-1].endswith("(no more than the next 100 bn KZT: 900 bn KZT of it stay unused)")
