"""The shipped case is what inputs/facts, inputs/choices and the builder make of it: inputs/README.md says what is
master."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from jaryq.workbook.folder import write_folder
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.read import read
from tests.examples.conftest import vars_of

INPUTS = Path(__file__).parents[2] / "inputs"
BUILDER = INPUTS / "kazakhstan_builder"
README = (INPUTS / "README.md").read_text(encoding="utf-8")


def cells(tables):
    """Every cell that holds something, by sheet, row and heading, but the remarks that the program writes on
    defaults."""
    found = {}
    for name, table in tables.sheets.items():
        for position, row in table.records():
            by_program = name == "settings" and row["value"] is None
            found |= {(name, position, column): value for column, value in row.items()
                      if value is not None and not (by_program and column == "note")}
    return found


def test_the_workbook_is_what_its_facts_make_of_it(built, tmp_path):
    write_inputs(built, tmp_path / "kazakhstan.xlsx")
    rebuilt, issues = read(tmp_path / "kazakhstan.xlsx")
    assert issues == []
    shipped, issues = read(INPUTS / "kazakhstan.xlsx")
    assert issues == []
    assert list(rebuilt.sheets) == list(shipped.sheets)
    new, old = cells(rebuilt), cells(shipped)
    assert len(old) > 10_000
    assert {key: (old.get(key), new.get(key)) for key in old.keys() | new.keys() if old.get(key) != new.get(key)} == {}


def test_the_mirror_is_what_the_facts_make_of_it(built, tmp_path):
    write_folder(built, tmp_path / "kazakhstan")
    rebuilt, _ = read(tmp_path / "kazakhstan")
    shipped, issues = read(INPUTS / "kazakhstan")
    assert issues == []
    assert cells(rebuilt) == cells(shipped)


def test_a_changed_figure_changes_the_case(builder, facts, built):
    """The target of 86,000 km is one figure; with 90,000 in its place one cell of ``targets`` differs and nothing else
    does."""
    changed = [{**row, "value": "90000"} if row["key"] == "programme.network_km_target" else row
               for row in facts.figures]
    other = builder.case.build(builder.facts.Facts(**{**vars_of(facts), "figures": changed}))
    new, old = cells(other), cells(built)
    assert {key: new[key] for key in old if old[key] != new[key]} == {("targets", 0, "value"): 90000}


def test_the_builder_holds_no_source_and_reads_only_the_two_folders():
    """A figure with a source belongs to the facts: no address stands in the builder, and it opens no other folder."""
    for path in BUILDER.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "http" not in text, path.name
        assert len(text.splitlines()) <= 250, path.name
        if path.name != "facts.py":
            assert "open(" not in text, path.name
            assert "Path" not in text, path.name
    assert re.findall(r'folder / "(\w+)"', (BUILDER / "facts.py").read_text(encoding="utf-8")) == ["facts", "choices"]


def test_the_page_names_every_file_and_every_column_of_figures():
    described = set(re.findall(r"^\| `(\w+\.csv)` \|", README, re.MULTILINE))
    assert described == {path.name for path in (INPUTS / "facts").glob("*.csv")}
    chosen = set(re.findall(r"`(\w+)`", README.split("## choices/")[1]))
    assert chosen - {"source"} == {path.stem for path in (INPUTS / "choices").glob("*.csv")}
    for name in ("figures.csv", "project_facts.csv"):
        with (INPUTS / "facts" / name).open(encoding="utf-8", newline="") as handle:
            header = next(csv.reader(handle))
        line = next(line for line in README.splitlines() if line.startswith(f"| `{name}`"))
        assert re.findall(r"`(\w+)`", line) == header


def test_figures_in_remarks_follow_the_facts(builder, facts):
    """The length below 220 kV is one figure: with 450,000 km in its place the remark of every line of 0.4-10 kV says
    so, but where the region's own are published."""
    changed = [{**row, "value": "450000"} if (row["key"], row["year"]) == ("length.electric_networks_regional", "2025")
               else row
               for row in facts.figures]
    other = builder.case.build(builder.facts.Facts(**{**vars_of(facts), "figures": changed}))
    told = [row["note"] for _, row in other["networks"].records() if row["asset_type"] == "line_04_10"]
    assert len(told) == 40
    assert [note for note in told if ("450,000 km of 2025" in note) == ("km in all: published" in note)] == []
    assert sum("450,000 km of 2025" in note for note in told) == 24  # the lines of eight regions are published


def test_what_is_committed_ends_in_its_published_year_at_the_latest(built):
    """`end` of inputs/choices/projects.csv is the date at which the works are finished, 2029 the first moment of that
    year: the last year allowed is that of the day before. Ekibastuz GRES-2 unit 3 is in service in 2028, Konaev 20
    months from March 2026."""
    with (INPUTS / "choices" / "projects.csv").open(encoding="utf-8", newline="") as file:
        ends = {row["facility"]: float(row["end"]) for row in csv.DictReader(file) if "committed" in row["standing"]
                and row["end"]}
    latest = {row["facility"]: row["latest"] for _, row in built["facilities"].records() if row["facility"] in ends}
    assert len(latest) >= 20
    assert (latest["F116"], latest["F197"]) == (2028, 2027)
    for facility, year in latest.items():
        assert year < ends[facility] <= year + 1, facility
