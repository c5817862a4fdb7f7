"""Facts of the shipped case: each with a source, a status, a unit of the vocabulary and a value in its range; one fact
once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture
def checks(builder):
    return builder.checks


def with_figure(facts, **cells):
    """The facts with one more figure, right but for ``cells``."""
    right = {"key": "test.km", "value": "5", "unit": "km", "year": "2026", "region": "KZ", "source": "https://a.kz",
             "source_date": "",
             "status": "reported", "note": ""}
    return changed(facts, figures=[*facts.figures, {**right, **cells}])


def changed(facts, **fields):
    return type(facts)(**{name: fields.get(name, getattr(facts, name)) for name in type(facts).__dataclass_fields__})


def test_the_shipped_facts_hold_what_is_asked_of_them(checks, facts):
    assert checks.problems(facts) == []


@pytest.mark.parametrize(("cells", "said"), [
    ({}, None),
    ({"value": "2-3"}, None),
    ({"value": "-3"}, "outside 0 to 1000000 km"),
    ({"value": "7-6"}, "outside"),
    ({"value": "1,5"}, "1,5 is no number"),
    ({"value": "nan"}, "nan is no number"),
    ({"value": " "}, "no value"),
    ({"value": "2000000"}, "outside"),
    ({"unit": "kilometres"}, "unit 'kilometres' is not in units.csv"),
    ({"unit": "date", "value": "2029-13"}, "2029-13 is no date"),
    ({"unit": "date", "value": "2029-Q3"}, None),
    ({"source": " "}, "no source"),
    ({"status": "sure"}, "status 'sure'"),
    ({"year": "next year"}, "next year is no year"),
    ({"year": "2026-2030"}, None),
    ({"region": "KZ-99"}, "region 'KZ-99' is not known"),
    ({"key": "programme.network_km_target", "year": "2030"}, "stands 2 times"),
])
def test_a_fault_of_a_figure_is_told_once(checks, facts, cells, said):
    found = checks.problems(with_figure(facts, **cells))
    assert len(found) == (0 if said is None else 1), found
    assert all(said in one for one in found)


def test_a_subject_that_nobody_knows_is_told(checks, facts):
    stranger = {**facts.project_facts[0], "subject": "F999"}
    assert checks.problems(changed(facts, project_facts=[*facts.project_facts, stranger])) == [
        f"project_facts.csv F999!{stranger['attribute']}: F999 is no facility and no source; a new one begins with NEW-"
    ]


def test_a_row_of_another_table_without_a_source_is_told(checks, facts):
    plants = {**facts.facilities, "F001": {**facts.facilities["F001"], "source": ""}}
    assert checks.problems(changed(facts, facilities=plants)) == ["facilities.csv F001: no source"]


def test_a_figure_with_several_years_must_be_asked_by_year(facts):
    """Published for 2015 and for 2025: without the year there is no one value."""
    assert facts.value("length.electric_networks", 2015) == 136600
    assert facts.value("length.electric_networks", 2025) == 470000
    with pytest.raises(KeyError, match="2015, 2025"):
        facts.value("length.electric_networks")
    with pytest.raises(KeyError, match="the facts have none"):
        facts.value("length.of_nothing", 2025)


def test_bands_of_calibration_hold_the_published_figure_and_name_their_sources(checks, facts):
    """At least 25 rows, 15 of them outputs; a band is the spread of sources, or blank: 20 % to each side."""
    rows = facts.choices["calibration"]
    assert len({row["row"] for row in rows}) == len(rows) >= 25
    assert sum(row["kind"] == "output" for row in rows) >= 15
    assert {row["kind"] for row in rows} == {"output", "input"}
    for row in rows:
        assert all(row[column] for column in ("what", "what_ru", "given")), row["row"]
        assert all(facts.source(part.removeprefix("@")) for part in row["source"].split("; ")), row["row"]
        assert row["unit"] in facts.units, row["row"]
        least, published, most = (figure(facts, row[column]) for column in ("least", "published", "most"))
        by_rule = least is None and most is None
        assert row["basis"] == ("20 %" if by_rule else "spread"), row["row"]
        assert by_rule or (published is not None and least <= published <= most), row["row"]


def figure(facts, text):
    """A number, or the figure or fact on a project that the braces name; money that the builder raises to the price
    year has no band of its own."""
    if text.endswith("_money}") and "." not in text:
        return None
    row, _, column = text.strip("{}").partition("!")
    if text.startswith("{"):
        return float(facts.cell(row, column) if column else facts.of(row)["value"])
    return float(text) if text else None


def test_nothing_is_built_from_facts_with_a_fault(tmp_path):
    for name in ("facts", "choices"):
        (tmp_path / name).mkdir()
        for path in (INPUTS / name).glob("*.csv"):
            text = path.read_text(encoding="utf-8")
            (tmp_path / name / path.name).write_text(text.replace(",km,2030,KZ,", ",leagues,2030,KZ,"),
                                                     encoding="utf-8")
    command = [sys.executable, str(INPUTS / "build_kazakhstan.py"), "--from", str(tmp_path), "--out",
               str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 65
    assert "programme.network_km_target|2030|KZ: unit 'leagues' is not in units.csv" in done.stderr
    assert not (tmp_path / "out").exists()
