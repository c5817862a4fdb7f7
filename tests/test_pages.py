"""The committed pages follow from the declarations, and every family of rows says what it should."""

import inspect

import pyomo.environ as pyo
import pytest

from model import pages
from model.data.derive import derive
from model.formulation.assemble import assemble
from model.formulation.declare import ROWS
from model.sheets.inputs import INPUTS
from model.sheets.settings import SETTING_COLUMNS
from tests.cases import full_case


@pytest.mark.parametrize("name", ["formulation.md", "inputs.en.md", "inputs.ru.md", "issues.md"])
def test_the_page_is_fresh(name: str) -> None:
    committed = (pages.DOCS / name).read_text(encoding="utf-8")
    assert committed == pages.pages()[name], "run python -m model.pages"


def test_there_are_no_other_pages() -> None:
    assert set(pages.pages()) == {"formulation.md", "inputs.en.md", "inputs.ru.md", "issues.md"}


@pytest.mark.parametrize("name", list(ROWS))
def test_each_family_says_sentence_equation_unit_and_dual(name: str) -> None:
    parts = pages.parts_of(ROWS[name].rule)
    assert [part for part, said in parts.items() if not said] == []
    assert parts["sentence"].endswith(".")
    assert parts["equation"].count("{") == parts["equation"].count("}")
    assert any(sign in parts["equation"] for sign in ("=", r"\le", r"\ge"))


def test_where_each_family_exists_is_said() -> None:
    assert set(pages.WHERE) == set(ROWS)


def test_the_variables_are_those_of_the_program() -> None:
    model = assemble(derive(full_case()))
    made = {variable.local_name: variable for variable in model.component_objects(pyo.Var)}
    assert set(pages.VARIABLES) == set(made)
    for name, (index, *_) in pages.VARIABLES.items():
        assert {len(key) for key in made[name]} <= {len(index.split(", "))}, name


def test_each_objective_is_explained() -> None:
    explained = pages.formulation()
    for function in pages._functions(pages.objective):
        assert inspect.getdoc(function)
        assert f"### {function.__name__}\n" in explained


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_each_column_and_setting_has_a_row(lang: str) -> None:
    page = pages.inputs(lang)
    wanted = [*(column for sheet in INPUTS for column in sheet.columns), *SETTING_COLUMNS]
    assert page.count("\n| `") == len(wanted)
    assert all(f"\n## {sheet.name}\n" in page for sheet in INPUTS)


@pytest.mark.parametrize("name", ["formulation.md", "inputs.en.md", "inputs.ru.md", "issues.md"])
def test_rows_of_tables_are_whole(name: str) -> None:
    """A stray bar or line break in a text would shift the columns."""
    width = 0
    for line in pages.pages()[name].splitlines():
        bars = line.count("|") - line.count(r"\|")
        width = bars if line.startswith("|") and not width else width * line.startswith("|")
        assert not line.startswith("|") or bars == width, line
