"""What is written once: no six lines stand twice."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = 6
IMPORT = re.compile(r"^[ \t]*(?:import [\w., ]+|from [\w.]+ import (?:\([^)]*\)|[^(\n]*)).*$", re.MULTILINE)
"""An import, over several lines or not."""


def said(path):
    """The lines of a file that say something, with their numbers: without spaces, blank lines, comments, lone punctuation and imports (a
    list of names from elsewhere is no second reading of anything)."""
    text = path.read_text(encoding="utf-8")
    imports = set()
    for found in IMPORT.finditer(text):
        first = text.count("\n", 0, found.start()) + 1
        imports.update(range(first, first + found.group().count("\n") + 1))
    folded = ((number, " ".join(line.split())) for number, line in enumerate(text.splitlines(), 1) if number not in imports)
    return [(number, line) for number, line in folded if not line.startswith("#") and any(sign.isalnum() for sign in line)]


def copies(paths):
    """Places of runs of six lines that stand more than once, also within one file."""
    found = defaultdict(list)
    for path in paths:
        lines = said(path)
        for first in range(len(lines) - RUN + 1):
            run = tuple(line for _, line in lines[first:first + RUN])
            found[run].append(f"{path.name}:{lines[first][0]}")
    return [places for places in found.values() if len(places) > 1]


def files(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_no_six_lines_stand_twice():
    paths = files("model", "benchmarks", "inputs", "tests")
    assert len(paths) > 500
    assert copies(paths) == []


@pytest.mark.parametrize(("first", "second", "places"), [
    ("a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n", "x = 0\n\n    # why\na  = 1\nb = 2\nc = 3\nd = 4\n\ne = 5\nf = 6\n", [["one.py:1", "two.py:4"]]),
    ("a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n", "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 7\n", []),
    ("import a\nimport b\nfrom c import (\n    d,\n    e,\n    f,\n)\n", "import a\nimport b\nfrom c import (\n    d,\n    e,\n    f,\n)\n", []),
])
def test_copies_are_seen_whatever_stands_between(tmp_path, first, second, places):
    """Six lines of a file again in another, with blank lines, a comment and other spaces: found. One line differs, or all are imports: not."""
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text(first, encoding="utf-8")
    two.write_text(second, encoding="utf-8")
    assert copies([one, two]) == places


def test_frames_of_python_values_are_made_in_one_place():
    """Tables of cells are made by the functions of ``tables``; what the API gives notebooks is typed where it can be, in ``api/frames.py``."""
    made = re.compile(r"(?:DataFrame|Series)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?dtype=object")
    makers = {f"{path.parent.name}/{path.name}" for path in files("model") if made.search(path.read_text(encoding="utf-8"))}
    assert makers == {"tables/tables.py", "api/frames.py"}
