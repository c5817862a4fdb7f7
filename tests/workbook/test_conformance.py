"""Every workbook that is written holds to Office Open XML, as a conformance checker sees it (openxml-audit, in the
extra dev)."""

import shutil
from pathlib import Path

import pytest

from jaryq.base.shipped import inputs
from jaryq.commands.cli import main
from jaryq.workbook.in_order import in_order
from jaryq.workbook.inputs import write_inputs
from tests.sampled import exhaustive_but_for
from tests.test_batch import CHANGES
from tests.workbooks import minimal_tables

audit = pytest.importorskip("openxml_audit")
MADE = ("regions", "case", "template", "migrated", "annotated", "difference", "plans", "comparison", "base", "richer")
BRIEFS = ("brief.en.docx", "brief.ru.docx")


def errors(path: Path) -> list[str]:
    result = audit.OpenXmlValidator(max_errors=0).validate(str(path))
    return [f"{error.part_uri}: {error.description}" for error in result.errors
            if "error" in str(error.severity).casefold()]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One of each kind: two scenarios of a small case, and what commands make of them."""
    place = tmp_path_factory.mktemp("conformance")
    case, out = place / "case.xlsx", place / "out"
    write_inputs(minimal_tables(
        settings=[{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2028},
                  {"setting": "prices", "value": 0}],
        facilities=[{"facility": "F1", "cost": 12.5, "works_months": 24.0, "benefit": 30.0, "must_do": True},
                    {"facility": "F2", "cost": 7.0, "benefit": 9.0}],
        source_years=[{"source_id": "S1", "2026": 10.0, "2027": 10.0, "2028": 10.0}],
        scenarios=[{"scenario": "richer"}],
        scenario_changes=[change for change in CHANGES if change["scenario"] == "richer"]), case)
    assert main(["scenarios", str(case), "--out", str(out), "--processes", "1", "--lang", "ru", "--brief",
                 "--regions"]) == 0
    for name in ("base", "richer"):
        shutil.copy(out / name / "plan.xlsx", place / f"{name}.xlsx")
    shutil.copy(out / "comparison.xlsx", place / "comparison.xlsx")
    shutil.copy(out / "richer" / "regions.xlsx", place / "regions.xlsx")
    for command in (["template", str(place / "template.xlsx"), "--lang", "ru"],
                    ["migrate", str(case), str(place / "migrated.xlsx")],
                    ["check", str(case), "--annotate", str(place / "annotated.xlsx")],
                    ["diff", str(case), str(place / "template.xlsx"), "--out", str(place / "difference.xlsx")],
                    ["diff", str(place / "base.xlsx"), str(place / "richer.xlsx"), "--out", str(place / "plans.xlsx")]):
        assert main(command) == 0, command
    return place


@exhaustive_but_for("regions", "case", "difference", "plans", "comparison", "base")
@pytest.mark.parametrize("name", MADE)
def test_the_checker_finds_no_error(made, name):
    assert errors(made / f"{name}.xlsx") == []


@pytest.mark.parametrize("name", BRIEFS)
def test_nor_in_the_brief(made, name):
    assert errors(made / "out" / "richer" / name) == []


@exhaustive_but_for("finco.xlsx")
@pytest.mark.parametrize("name", ["finco.xlsx", "lorie_savage.xlsx"])
def test_nor_in_what_ships(name):
    assert errors(inputs() / name) == []


def test_properties_of_a_font_stand_in_the_order_of_the_schema():
    """b before sz before color before the name (ECMA-376, CT_Font); a part without fonts stays as it is."""
    assert in_order(b'<font><name val="A" /><b val="1" /><color rgb="F" /><sz val="9" /><other /></font>') == \
        b'<font><b val="1" /><sz val="9" /><color rgb="F" /><name val="A" /><other /></font>'
    assert in_order(b"<row><c><v>1</v></c></row>") == b"<row><c><v>1</v></c></row>"
