"""docs/maintain.md names files and tests that are there, and counts them rightly."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "maintain.md").read_text(encoding="utf-8")
CHANGES = {part.splitlines()[0]: part for part in PAGE.split("\n## ")[1:]}
LINE = re.compile(r"^\| `([\w/]+\.(?:py|csv))`( \(new\))? \|", re.MULTILINE)


def test_there_are_six() -> None:
    assert len(CHANGES) == 6


@pytest.mark.parametrize("change", list(CHANGES))
def test_the_files_are_there_and_counted(change: str) -> None:
    """New files are in rooms that are there, and not there yet."""
    said = re.search(r"Files: (\d+)", CHANGES[change])
    lines = LINE.findall(CHANGES[change])
    assert said is not None
    assert int(said[1]) == len(lines) == len(set(lines)) == CHANGES[change].count("\n| `")
    for name, new in lines:
        path = ROOT / "model" / "jaryq" / name
        assert path.parent.is_dir(), name
        assert path.exists() != bool(new), name


def test_a_field_is_in_the_file_of_its_class() -> None:
    """Where a row speaks of the field of a class, its file is the one that declares the class, not one that passes it
    on."""
    rows = re.findall(r"^\| `([\w/]+\.py)` \| (?:[^|]*)\bfield of `(\w+)`", PAGE, re.MULTILINE)
    assert len(rows) >= 4
    for name, record in rows:
        text = (ROOT / "model" / "jaryq" / name).read_text(encoding="utf-8")
        assert re.search(rf"^class {record}\b", text, re.MULTILINE), f"{record} is not declared in {name}"


def test_what_else_it_names_is_there() -> None:
    """Tests from the top, other files of the model from its package; names in capitals stand in the file named before
    or in the row."""
    named = set(re.findall(r"`((?:\w+/)+\w+\.(?:py|csv))`", PAGE)) - {name for name, new in LINE.findall(PAGE) if new}
    assert len(named) > 25
    assert [name for name in sorted(named) if not (ROOT / name).exists()
            and not (ROOT / "model" / "jaryq" / name).exists()] == []


def test_the_places_inside_files_are_there() -> None:
    """Words of code that a row names (`FEES`, `_loan`, `Payment`) stand in the file of the row."""
    seen = 0
    for row in re.findall(r"^\| `([\w/]+\.py)` \| ([^|]+) \|", PAGE, re.MULTILINE):
        text = (ROOT / "model" / "jaryq" / row[0]).read_text(encoding="utf-8")
        for word in re.findall(r"`(_?[A-Za-z_]+)`", row[1]):
            seen += 1
            assert re.search(rf"\b{word}\b", text), f"{row[0]}: {word}"
    assert seen >= 10
