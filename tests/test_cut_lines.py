"""Lines are cut by meaning: none ends between the names of a ``for`` and its ``in``."""

import io
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def cut(text):
    """Lines that end between ``for`` and its ``in``."""
    words = list(tokenize.generate_tokens(io.StringIO(text).readline))
    found = []
    for place, word in enumerate(words):
        if (word.type, word.string) != (tokenize.NAME, "for"):
            continue
        depth = 0
        for later in words[place + 1:]:
            depth += (later.string in ("(", "[", "{")) - (later.string in (")", "]", "}"))
            if depth == 0 and (later.type, later.string) == (tokenize.NAME, "in"):
                if later.start[0] > word.start[0]:
                    found.append(word.start[0])
                break
    return found


@pytest.mark.parametrize("folder", ["model", "inputs", "benchmarks", "tests"])
def test_no_line_ends_between_the_names_of_a_for(folder):
    assert [f"{path.relative_to(ROOT)}:{line}" for path in sorted((ROOT / folder).rglob("*.py"))
            for line in cut(path.read_text(encoding="utf-8"))] == []


def test_a_cut_is_seen():
    assert cut("x = [z + t for z,\n     t in pairs]\n") == [1]
    assert cut("x = {z: t for z, (t,\n     u) in pairs}\n") == [1]
    assert cut("x = [z\n     for z, t in pairs\n     if t]\n") == []


@pytest.mark.parametrize("name", [".ci/run", "pyproject.toml", "setup.py", "run.py"])
def test_lines_of_what_builds_and_checks_are_at_most_120_characters(name):
    assert [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if len(line) > 120] == []
