"""The grid's own words: each is one that the grid asks for, and none is left in another language."""

import re
from pathlib import Path

import pytest
from nicegui.elements import aggrid

from jaryq.desk.grid_words import WORDS, words_of_grid
from tests.desk.test_morning import desk, go  # noqa: F401  the fixture is asked for by its name

SCRIPT = Path(aggrid.__file__).parent / "dist" / "index.js"


def test_the_grid_asks_for_each_of_its_words_by_that_name():
    asked = set(re.findall(r"\b[a-z][A-Za-z]+\b", SCRIPT.read_text(encoding="utf-8")))
    assert set(WORDS) <= asked


def test_no_word_is_left_in_another_language():
    """Keys of a keyboard alone are Latin."""
    for name, said in words_of_grid("ru").items():
        assert not set(re.findall("[A-Za-z]+", said)) - {"CTRL", "ENTER", "ALT"}, name


@pytest.mark.exhaustive
@pytest.mark.xdist_group("browser")
def test_filters_of_the_grid_are_in_the_language(desk):  # noqa: F811
    go(desk, "inputs", "ru", sheet="facilities")
    desk.locator(".ag-header-cell-filter-button").first.click(force=True)
    desk.locator(".ag-filter").get_by_text("Содержит").first.wait_for()
    assert desk.get_by_text("Contains").count() == 0
