"""Files and modules that docstrings and comments of the model name are there: what moves takes its mentions along."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "model" / "jaryq"
ROOMS = sorted(path.name for path in MODEL.iterdir() if (path / "__init__.py").exists())
FILES = sorted(MODEL.rglob("*.py"))


def missing(text, beside=MODEL):
    """Paths such as ``tables/typed.py``, modules such as ``factors.risk`` and pages such as docs/numbers.md that are
    named and are not there."""
    paths = set(re.findall(r"(?<![\w/.])((?:[a-z_]+/)+[a-z_]+\.py)\b", text)) | set(re.findall(r"``([a-z_]+\.py)``",
        text))
    gone = {name for name in paths if not any((place / name).exists() for place in (ROOT, MODEL, beside))}
    for dotted in set(re.findall(r"``(?:jaryq\.)?([a-z_]+\.[a-z_]+(?:\.[a-z_]+)*)``", text)):
        room, *rest = dotted.split(".")
        if room in (*ROOMS, "data") and not any((place / "/".join(part)).with_suffix(end).exists()
                                                for place in (MODEL / room, beside / room) for end in ("", ".py")
                                                for part in (rest, rest[:-1]) if part or end == ""):
            gone.add(dotted)
    return gone | {page for page in re.findall(r"docs/[\w./-]+?\.md", text) if not (ROOT / page).exists()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(MODEL).as_posix())
def test_what_is_named_is_there(path):
    assert missing(path.read_text(encoding="utf-8"), path.parent) == set()


def test_what_is_not_there_is_seen():
    assert missing("see data/row_units.py, ``data.risk``, ``factors.risk``, docs/nowhere.md and docs/numbers.md") == {
        "data/row_units.py", "data.risk", "docs/nowhere.md"}
