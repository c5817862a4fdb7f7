"""The committed pages follow from the declarations, and every family of rows says what it should."""

import inspect
import re
from pathlib import Path

import pyomo.environ as pyo
import pytest

from jaryq.base.text import Lang
from jaryq.documents import pages
from jaryq.documents import sheets as sheet_pages
from jaryq.factors.derive import derive
from jaryq.formulation.declare import ROWS, VARIABLES
from jaryq.formulation.model import assemble
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.sheets.settings import SETTING_COLUMNS, SETTINGS
from jaryq.sheets.spec import Sheet
from tests.cases import full_case
from tests.docstrings import parts_of

SHEETS = [f"sheets/{lang}/{sheet.name}.md" for lang in ("en", "ru") for sheet in INPUTS]
NAMES = ["formulation.md", "issues.md", "inputs.en.md", "inputs.ru.md", *SHEETS]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_fresh(name: str) -> None:
    committed = (pages.DOCS / name).read_text(encoding="utf-8")
    assert committed == pages.pages()[name], "run python -m jaryq.documents.pages"


def test_there_are_no_other_pages() -> None:
    assert set(pages.pages()) == set(NAMES)
    assert {path.relative_to(pages.DOCS).as_posix() for path in (pages.DOCS / "sheets").rglob("*.md")} == set(SHEETS)


def test_pages_of_sheets_that_are_no_more_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / "sheets" / "en").mkdir(parents=True)
    (tmp_path / "sheets" / "en" / "gone.md").write_text("old", encoding="utf-8")
    (tmp_path / "mine.md").write_text("kept", encoding="utf-8")
    pages.main(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")} == {*NAMES, "mine.md"}


@pytest.mark.parametrize("name", list(ROWS))
def test_each_family_says_sentence_equation_unit_and_dual(name: str) -> None:
    parts = parts_of(ROWS[name].rule)
    assert [part for part, said in parts.items() if not said] == []
    assert parts["sentence"].endswith(".")
    assert parts["equation"].count("{") == parts["equation"].count("}")
    assert any(sign in parts["equation"] for sign in ("=", r"\le", r"\ge"))


def test_where_each_family_exists_is_said() -> None:
    """One that is said to exist as another one names a family that there is."""
    assert [name for name, row in ROWS.items() if not row.exists] == []
    assert {row.exists.removeprefix("as ") for row in ROWS.values() if row.exists.startswith("as ")} <= set(ROWS)


def test_each_variable_says_what_it_is_and_how_large() -> None:
    rows = {name: pages._variable(family) for name, family in VARIABLES.items()}
    assert [name for name, (_, unit, meaning, most, _) in rows.items()
            if not (unit and meaning.endswith(".") and most)] == []


def test_the_index_of_a_variable_is_that_of_the_program() -> None:
    model = assemble(derive(full_case()))
    for variable in model.component_objects(pyo.Var):
        index = pages._index(VARIABLES[variable.local_name].most, 1).split(", ")
        assert {len(key) if isinstance(key, tuple) else 1 for key in variable} <= {len(index)}, variable.local_name


def test_each_objective_is_explained() -> None:
    explained = pages.formulation()
    for function in pages._functions(pages.objective):
        assert inspect.getdoc(function)
        assert f"### {function.__name__}\n" in explained


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("sheet", INPUTS, ids=lambda sheet: sheet.name)
def test_each_column_and_setting_has_a_row_with_its_example(sheet: Sheet, lang: Lang) -> None:
    page = sheet_pages.page(sheet, lang)
    wanted = [*sheet.columns, *(SETTING_COLUMNS if sheet is SETTINGS else ())]
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) == len(wanted)
    assert all(row.rstrip(" |").endswith("`") for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    folder = (pages.DOCS / name).parent
    for target in re.findall(r"\]\(([^)#]+)\)", pages.pages()[name]):
        assert (folder / target).resolve().exists(), target


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_index_names_every_sheet(lang: Lang) -> None:
    page = sheet_pages.index(lang)
    assert all(f"| [{sheet.name}](sheets/{lang}/{sheet.name}.md) | {sheet.title(lang)} |" in page for sheet in INPUTS)


def test_the_page_of_a_sheet_names_those_that_refer_to_it() -> None:
    page = sheet_pages.page(INPUT["reference_rates"], "en")
    assert "Sheets whose rows refer to it: [sources](sources.md)." in page


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_tables_are_whole(name: str) -> None:
    """A stray bar or line break in a text would shift the columns."""
    width = 0
    for line in pages.pages()[name].splitlines():
        bars = line.count("|") - line.count(r"\|")
        width = bars if line.startswith("|") and not width else width * line.startswith("|")
        assert not line.startswith("|") or bars == width, line


def test_each_decision_has_a_number_of_its_own_and_stands_in_the_index():
    """A number names one decision: in the file's name, in its title and in the list of decisions."""
    files = sorted(path.name for path in (pages.DOCS / "decisions").glob("*.md"))
    assert [name[:4] for name in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    index = (pages.DOCS / "README.md").read_text(encoding="utf-8")
    for name in files:
        assert (pages.DOCS / "decisions" / name).read_text(encoding="utf-8").startswith(f"# {name[:4]}")
        assert f"- [{name[:4]}](decisions/{name}) " in index
