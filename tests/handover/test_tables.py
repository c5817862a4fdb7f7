"""`--tables`: what other programs are handed, read back by other programs."""

import csv
import importlib.util
import io
import json

import highspy
import openpyxl
import pytest
from pyarrow import parquet

from jaryq.base.text import Text
from jaryq.commands.cli import main
from jaryq.handover.tables import comma_separated, mark_stale
from jaryq.handover.tables_fields import Field
from jaryq.workbook.plan import read_plan
from tests.sampled import exhaustive_beside
from tests.workbooks import minimal_tables, plain_workbook

TARGET = {"target": "T", "measure": "facilities", "years": "2027", "unit": "facilities", "sense": ">=", "value": 4,
          "priority": "1"}
SHEETS = {
    "settings": [{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2027},
                 {"setting": "prices", "value": 2}],
    "regions": [{"region": "R1", "name": "One", "name_ru": "Один"}, {"region": "R2", "name": "Two"}],
    "facilities": [{"facility": "F1", "name": "=Boiler", "name_ru": "Котельная", "cost": 6.0, "must_do": True,
                    "region": "R1", "latitude": 51.5, "longitude": 71.25},
                   {"facility": "Ф2", "cost": 4.0, "benefit": 9.0, "region": "R1", "latitude": 50.5,
                    "longitude": 70.25}, {"facility": "F3", "cost": 9.0, "benefit": 12.0, "region": "R2"}],
    "sources": [{"source_id": "S", "kind": "budget"}],
    "source_years": [{"source_id": "S", "2026": 10.0, "2027": 1.0}],
    "targets": [TARGET],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A case of three facilities, money for F1 and Ф2, and a target of four that is missed by two."""
    place = tmp_path_factory.mktemp("tables")
    plain_workbook(minimal_tables(**SHEETS), place / "case.xlsx")
    assert main(["plan", str(place / "case.xlsx"), "--out", str(place / "out"), "--tables", str(place / "tables")]) == 0
    return place


def described(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_frictionless_finds_no_fault(made):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(made / "tables" / "datapackage.json"))
    assert report.flatten(["title", "type", "message"]) == []
    (made / "other").mkdir()
    for path in (made / "tables").iterdir():
        (made / "other" / path.name).write_bytes(path.read_bytes())
    (made / "other" / "funding.csv").write_text((made / "other" / "funding.csv").read_text().replace("10.0", "ten"))
    assert not frictionless.validate(str(made / "other" / "datapackage.json")).valid  # it looks at what it is given


def test_every_table_of_the_plan_is_there_with_its_columns(made):
    """Columns are those that the sheets of plan.xlsx show, in words; the descriptor has their titles, units and
    types."""
    book = openpyxl.load_workbook(made / "out" / "plan.xlsx", read_only=True)
    resources = {one["name"]: one for one in described(made / "tables")["resources"] if "schema" in one}
    assert {"facilities", "funding", "funding_years", "targets", "cash", "limits", "stages",
            "checks"} <= set(resources) <= set(book.sheetnames)
    for name, resource in resources.items():
        shown = [str(cell).replace("\n", " ") for cell in next(book[name].iter_rows(min_row=3, max_row=3,
            values_only=True)) if cell]
        assert [field["title"]
                for field in resource["schema"]["fields"]] == shown[:len(resource["schema"]["fields"])], name
        assert all(field["title_ru"] for field in resource["schema"]["fields"])
        assert (made / "tables" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",") == [
            field["name"] for field in resource["schema"]["fields"]]
    cost = next(field for field in resources["facilities"]["schema"]["fields"] if field["name"] == "cost_2027")
    assert (cost["type"], cost["unit"], cost["title"], cost["title_ru"], cost["unit_title_ru"]) == ("number", "bn KZT",
        "Cost in 2027", "Затраты в 2027", "млрд тенге")
    assert resources["funding_years"]["schema"]["primaryKey"] == ["source", "year"]
    assert resources["funding_years"]["schema"]["foreignKeys"] == [{"fields": ["source"],
        "reference": {"resource": "funding", "fields": ["source"]}}]


def test_values_are_those_of_the_plan_and_a_blank_is_no_zero(made):
    plan = read_plan(made / "out" / "plan.xlsx").plan
    told = {row["facility"]: row for row in rows(made / "tables", "facilities")}
    assert {key for key, row in told.items() if row["start"]} == {key for key, _ in plan.start}
    assert float(told["F1"]["total"]) == 6.0
    assert told["F3"]["start"] == told["F3"]["finish"] == ""
    [missed] = rows(made / "tables", "targets")
    assert (float(missed["value"]), float(missed["reached"]), float(missed["shortfall"]), missed["met"]) == (4.0, 2.0,
        2.0, "no")


def test_parquet_holds_the_same(made):
    """Numbers with their types, and texts as they are: an apostrophe keeps a name from running as a formula in CSV
    alone."""
    for name in ("facilities", "funding_years", "limits"):
        table = parquet.read_table(made / "tables" / f"{name}.parquet")
        told = rows(made / "tables", name)
        assert table.column_names == list(told[0])
        for column in table.column_names:
            for value, text in zip(table[column].to_pylist(), (row[column] for row in told), strict=True):
                assert text == ("" if value is None else value if isinstance(value, str)
                                else repr(value)) or text == f"'{value}" or value is None
    facilities = parquet.read_table(made / "tables" / "facilities.parquet")
    assert str(facilities.schema.field("cost_2026").type) == "double"
    assert facilities.schema.field("cost_2026").metadata[b"unit"] == b"bn KZT"
    assert facilities["name"].to_pylist()[0] == "=Boiler"
    assert rows(made / "tables", "facilities")[0]["name"] == "'=Boiler"


def test_a_word_in_place_of_a_number_is_a_stated_missing_value():
    """``impossible`` where loosening a limit leaves no plan: blank in Parquet, the word in CSV."""
    field = Field("gain", "number", Text("Gain", "Выигрыш"), Text("n", "п"), "", None, (1.5, None, None),
                  (None, "impossible", None))
    assert comma_separated((field,)).decode() == "gain\r\n1.5\r\nimpossible\r\n\"\"\r\n"
    assert field.missing == ("impossible",)


def test_points(made):
    """RFC 7946: longitude first, nothing where nothing is known; a region stands in the middle of its facilities:
    (70.25 + 71.25) / 2."""
    facilities = {one["id"]: one
                  for one in json.loads((made / "tables" / "facilities.geojson").read_text())["features"]}
    assert facilities["F1"]["geometry"] == {"type": "Point", "coordinates": [71.25, 51.5]}
    assert facilities["F3"]["geometry"] is None
    assert facilities["F1"]["properties"]["total"] == 6.0
    assert facilities["F1"]["properties"]["name"] == "=Boiler"
    regions = {one["id"]: one for one in json.loads((made / "tables" / "regions.geojson").read_text())["features"]}
    assert regions["R1"]["geometry"]["coordinates"] == [70.75, 51.0]
    assert regions["R2"]["geometry"] is None
    assert (regions["R1"]["properties"]["facilities_in_plan"], regions["R1"]["properties"]["facilities_cost"],
            regions["R1"]["properties"]["name_ru"]) == (2, 10.0, "Один")


def test_the_program_has_the_optimum_of_the_plan(made):
    """HiGHS reads the file and finds the plan's own objective under the plan's own shortfalls; names are those of the
    program."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    assert solver.readModel(str(made / "tables" / "program.mps")) == highspy.HighsStatus.kOk
    solver.run()
    claims = read_plan(made / "out" / "plan.xlsx").claims
    assert -solver.getInfo().objective_function_value == pytest.approx(claims["objective"], abs=1e-6)
    program = solver.getLp()
    assert "kept[priority_1]" in program.row_names_
    assert "start[F1,2026]" in program.col_names_
    # Ф in Latin letters, with a mark of its full name
    assert any(name.startswith("start[F2,2026]~") for name in program.col_names_)


def test_another_language_has_the_same_columns_and_solves_nothing(made, tmp_path, monkeypatch):
    """The plan that stands is verified and written again."""
    monkeypatch.setattr("jaryq.api.verified.solve", lambda *_, **__: pytest.fail("solved again"))
    assert main(["plan", str(made / "case.xlsx"), "--out", str(made / "out"), "--tables", str(tmp_path / "ru"),
                 "--lang", "ru"]) == 0
    assert main(["plan", str(made / "case.xlsx"), "--out", str(made / "out"), "--tables", str(tmp_path / "again"),
                 "--lang", "ru"]) == 0
    english, russian = described(made / "tables"), described(tmp_path / "ru")
    assert [[one["name"], one.get("schema", {}).get("fields")]
            for one in russian["resources"]] == [[one["name"], one.get("schema", {}).get("fields")]
                                                 for one in english["resources"]]
    assert russian["languages"] == ["ru"]
    assert rows(tmp_path / "ru", "facilities")[0]["name"] == "Котельная"
    assert {path.name: path.read_bytes() for path in (tmp_path / "ru").iterdir()} == {path.name: path.read_bytes()
        for path in (tmp_path / "again").iterdir()}


def test_nothing_of_the_machine_is_told(made):
    """Neither a path nor a licence that only the owner of a workbook can give."""
    assert str(made) not in (made / "tables" / "datapackage.json").read_text(encoding="utf-8")
    assert "licenses" not in described(made / "tables")
    assert described(made / "tables")["sources"] == [{"title": "case.xlsx"}]


# --- the folder -------------------------------------------------------------------------------------------------------

def test_what_was_not_written_here_or_was_changed_stays(made, tmp_path, run):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "facilities.csv").write_text("mine")
    (folder / "notes.csv").write_text("mine")
    code, said = run("plan", made / "case.xlsx", "--out", tmp_path / "out", "--tables", folder)
    assert (code, (folder / "facilities.csv").read_text()) == (64, "mine")
    assert "facilities.csv is there already" in said
    # told before anything is solved
    assert not (tmp_path / "out").exists() or not (tmp_path / "out" / "plan.xlsx").exists()
    assert run("plan", made / "case.xlsx", "--out", made / "out", "--tables", folder, "--force")[0] == 0
    assert run("plan", made / "case.xlsx", "--out", made / "out", "--tables", folder)[0] == 0
    assert (folder / "notes.csv").read_text() == "mine"
    text = (folder / "funding.csv").read_text()
    (folder / "funding.csv").write_text(text + "x")
    assert run("plan", made / "case.xlsx", "--out", made / "out", "--tables", folder)[0] == 64
    assert (folder / "funding.csv").read_text() == text + "x"


def test_the_input_is_no_place_for_them(made, tmp_path, run):
    assert run("mirror", made / "case.xlsx", tmp_path / "csv")[0] == 0
    code, said = run("plan", tmp_path / "csv", "--out", tmp_path / "out", "--tables", tmp_path / "csv")
    assert code == 64
    assert "is what this command reads" in said


def test_tables_of_a_plan_that_is_no_more_say_so(made, tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    for path in (made / "tables").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    mark_stale(folder)
    assert not (folder / "datapackage.json").exists()
    assert (folder / "datapackage.stale.json").exists()
    (tmp_path / "empty").mkdir()
    mark_stale(tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_run_without_a_plan_leaves_no_package_of_an_older_one(made, tmp_path, run):
    """F1 must be done, costs 6 and has money of 1: hard rules contradict each other."""
    folder = tmp_path / "tables"
    assert run("plan", made / "case.xlsx", "--out", made / "out", "--tables", folder)[0] == 0
    poor = tmp_path / "poor.xlsx"
    plain_workbook(minimal_tables(**{**SHEETS, "source_years": [{"source_id": "S", "2026": 1.0, "2027": 1.0}]}), poor)
    assert run("plan", poor, "--out", tmp_path / "out", "--tables", folder)[0] in (2, 3)
    assert not (folder / "datapackage.json").exists()


def test_without_the_extra_the_command_that_installs_it_is_told(made, tmp_path, run, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "pyarrow"
                        else find(name, *more))
    for command in ("plan", "scenarios"):
        code, said = run(command, made / "case.xlsx", "--out", tmp_path / "out", "--tables", tmp_path / "tables")
        assert code == 64
        assert "pyarrow is not installed" in said
        assert "pip install" in said
    assert not (tmp_path / "tables").exists()


@exhaustive_beside("test_every_table_of_the_plan_is_there_with_its_columns")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_scenarios_have_a_folder_each(made, tmp_path, run):
    """Also those whose plan stands already."""
    book = tmp_path / "two.xlsx"
    plain_workbook(minimal_tables(**SHEETS, scenarios=[{"scenario": "rich"}], scenario_changes=[
        {"scenario": "rich", "sheet": "source_years", "selector": None, "column": None, "years": "2026",
         "operation": "multiply", "value": "2"}]), book)
    assert run("scenarios", book, "--out", tmp_path / "out")[0] == 0
    assert run("scenarios", book, "--out", tmp_path / "out", "--tables", tmp_path / "tables")[0] == 0
    assert [row["facility"] for row in rows(tmp_path / "tables" / "base", "facilities") if row["start"]] == ["F1", "Ф2"]
    assert [row["facility"] for row in rows(tmp_path / "tables" / "rich", "facilities") if row["start"]] == ["F1", "Ф2",
        "F3"]
    assert described(tmp_path / "tables" / "rich")["jaryq"]["scenario"] == "rich"
    of_scenarios(tmp_path / "tables")
    (tmp_path / "tables" / "moves.csv").write_text("mine", encoding="utf-8")
    code, said = run("scenarios", book, "--out", tmp_path / "out", "--tables", tmp_path / "tables")
    assert (code, "moves.csv" in said) == (64, True)


def of_scenarios(folder):
    """The tables of the comparison stand in the folder itself, are valid, and say the same as the plans: F3 is in the
    scenario alone."""
    report = pytest.importorskip("frictionless").validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    resources = {one["name"]: one["schema"] for one in described(folder)["resources"] if "schema" in one}
    assert set(resources) == {"scenarios", "indicators", "worth", "moves", "money", "targets", "waterfall", "inputs"}
    assert [resources[name]["primaryKey"] for name in ("scenarios", "moves", "money")] == [["id"], ["id", "project"],
        ["id", "source"]]
    assert {one["reference"]["resource"] for name in resources if name != "scenarios"
            for one in resources[name]["foreignKeys"]} == {"scenarios"}
    assert [(row["id"], row["plan"], row["facilities"]) for row in rows(folder, "scenarios")] == [("base", "true",
        "2.0"), ("rich", "true", "3.0")]
    assert [(row["id"], row["project"]) for row in rows(folder, "moves")
            if row["here"].startswith("added")] == [("rich", "F3")]
    [worth] = rows(folder, "worth")
    values = {row["id"]: float(row["value"]) for row in rows(folder, "indicators")
              if row["label"] == "Net value for the programme purse"}
    assert (float(worth["base"]), float(worth["value"])) == (values["base"], values["rich"])
    parts = [float(value) for name, value in worth.items() if name not in ("id", "base", "value")]
    assert sum(parts) == pytest.approx(values["rich"] - values["base"], abs=1e-8)
    assert parquet.read_table(folder / "money.parquet").num_rows == len(rows(folder, "money"))
    assert {row["id"] for row in rows(folder, "targets")} == {"base", "rich"}


def test_bytes_that_no_utf8_has_are_replaced():
    field = Field("a", "string", Text("A", "А"), Text("n", "п"), "", None, ("x\ud800,\"y\"",), (None,))
    assert list(csv.reader(io.StringIO(comma_separated((field,)).decode("utf-8")))) == [["a"], ["x?,\"y\""]]


def test_not_among_the_results(made, tmp_path, run):
    """Tables and results have files of one name (what a plan renews stands in stretches.parquet): one folder for both
    is refused before anything is written, there or not yet."""
    for there in (False, True):
        folder = tmp_path / f"both{there}"
        if there:
            folder.mkdir()
        code, said = run("plan", made / "case.xlsx", "--out", folder, "--tables", folder)
        assert (code, "Name another folder" in said, list(folder.glob("*")) if there else folder.exists()) == (64, True,
            [] if there else False)
