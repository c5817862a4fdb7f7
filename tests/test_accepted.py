"""What the check accepts is planned and verified; what cannot be computed is an issue with its cell."""

import csv
import zipfile
from pathlib import Path
from xml.dom import minidom

import pytest

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from jaryq.commands.cli import main
from jaryq.workbook.read import read
from tests.sampled import exhaustive_but_for
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def plan(tmp_path, capsys):
    def call(**sheets):
        plain_workbook(minimal_tables(**{**BASE, **sheets}), tmp_path / "case.xlsx")
        code = main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out")])
        if code == 0:
            assert main(["verify", str(tmp_path / "out" / "plan.xlsx")]) == 0
        said = capsys.readouterr()
        assert "unforeseen" not in said.err
        return code, said.out + said.err

    return call


def money(amount):
    return [{"source_id": "S", "2026": amount, "2027": amount}]


@exhaustive_but_for("no money, and none needed", "the largest amounts")
@pytest.mark.parametrize(("sheets", "headline"), [
    ({"facilities": []}, "0 of 0 facilities"),
    ({"facilities": [{"facility": "F1", "cost": 0.0, "benefit": 1.0}]}, "1 of 1 facilities"),
    ({"facilities": [{"facility": "F1", "cost": 0.0, "must_do": True}], "source_years": money(0.0)},
     "1 of 1 facilities"),
    ({"facilities": [{"facility": "F1", "cost": 5e6, "benefit": 1e7}], "source_years": money(1e7)},
     "1 of 1 facilities"),
    ({"source_years": money(1e7)}, "3 of 3 facilities"),
], ids=["no facilities", "nothing costs anything", "no money, and none needed", "the largest amounts",
        "the largest ceilings"])
def test_a_plan(plan, sheets, headline):
    code, said = plan(**sheets)
    assert code == 0
    assert headline in said


@pytest.mark.parametrize(("sheets", "cell", "most"), [
    ({"facilities": [{"facility": "F1", "cost": 1e308}]}, "facilities!Q4", "10000000 bn KZT"),
    ({"facilities": [{"facility": "F1", "cost": 1e9}], "source_years": money(1e7)}, "facilities!Q4", "10000000 bn KZT"),
    ({"facilities": [{"facility": "F1", "cost": 1.0, "benefit": 1e13}]}, "facilities!Y4", "10000000 bn KZT"),
    ({"source_years": money(1e308)}, "source_years!B4", "10000000 bn KZT"),
    ({"source_years": money(1e10)}, "source_years!B4", "10000000 bn KZT"),
    ({"targets": [{"target": "T", "measure": "facilities", "value": 1e308, "unit": "facilities", "priority": "1",
                   "years": 2027}]}, "targets!I4", "10000000 facilities"),
], ids=["cost", "cost of 1e9", "benefit", "ceiling", "ceiling of 1e10", "target"])
def test_amounts_that_nothing_reaches(plan, sheets, cell, most):
    """10 mn bn KZT are more than fifty times what the country produces in a year."""
    code, said = plan(**sheets)
    assert code == 2
    assert cell in said
    assert f"at most {most} is allowed" in said


def test_characters_that_no_workbook_can_hold(tmp_path, capsys):
    """From a CSV file, in a name and in the title: they are replaced where they are read, in the plan and in a new
    workbook."""
    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    folder = tmp_path / "csv"
    assert main(["mirror", str(tmp_path / "case.xlsx"), str(folder)]) == 0
    with (folder / "facilities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with (folder / "facilities.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*row, "name" if i == 0 else "A\x01\x0b\uffff\ufffe\x7fB"]
                                    for i, row in enumerate(rows)])
    with (folder / "settings.csv").open("a", encoding="utf-8") as file:
        file.write("case,T\x02\uffff\n")
    for arguments in (["plan", folder, "--out", tmp_path / "out"], ["verify", tmp_path / "out" / "plan.xlsx"],
                      ["migrate", folder, tmp_path / "new.xlsx"],
                      ["check", tmp_path / "new.xlsx"], ["diff", folder, tmp_path / "case.xlsx", "--out",
                                                         tmp_path / "diff.xlsx"],
                                                         ["mirror", folder, tmp_path / "again"]):
        assert main([str(argument) for argument in arguments]) == 0, capsys.readouterr().err
    for name in ("out/plan.xlsx", "new.xlsx", "diff.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    minidom.parseString(archive.read(part))
    assert "\x01" not in capsys.readouterr().out


def test_a_check_derives_no_benefits(monkeypatch):
    """Benefits of the shipped case take longer than all else that a check does, and its quantities, calibration and
    targets on condition need none of them."""
    def never(*_):
        raise AssertionError("a check asked for benefits")

    monkeypatch.setattr("jaryq.factors.derive.risks_of", never)
    accepted = accept(*read(ROOT / "inputs" / "kazakhstan.xlsx"))
    assert {"losses", "wear", "failures", "quantity"} <= {part.measure for row in accepted.case.calibration
                                                          for parts in row.parts for part in parts}


def test_a_blank_that_several_rules_ask_for_is_told_once():
    """A loan signed in 2024 that must be drawn, without envelope and ceilings: the amount that must be drawn is asked
    for, not an envelope as well."""
    none = dict.fromkeys(("envelope", "signing_year", "must_draw"))
    loan = {"source_id": "L", "name": "L", "kind": "loan", "partner": "KZ", "currency": "KZT", "status": "open",
            "rate": 5, "tenor": 5, "grace": 1, **none}
    budget = {"source_id": "B", "name": "B", "kind": "budget", "partner": "KZ", "currency": "KZT", "status": "open",
              **none}
    for more, asked in (({"signing_year": 2024, "must_draw": True}, "the amount that must be drawn"),
                        ({"must_draw": True}, "an envelope here or ceilings")):
        tables = minimal_tables(sources=[budget, {**loan, **more}],
                                source_years=[{"source_id": "B", "2026": 50.0, "2027": 50.0, "2028": 50.0}])
        with pytest.raises(InputRejected) as rejected:
            accept(tables, [])
        (issue,) = [issue for issue in rejected.value.issues if issue.column == "envelope"]
        assert asked in issue.say("en")
