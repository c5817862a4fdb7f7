"""What is written once: no six lines stand twice."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = 6
IMPORT = re.compile(r"^[ \t]*(?:import [\w., ]+|from [\w.]+ import (?:\([^)]*\)|[^(\n]*)).*$", re.MULTILINE)
"""An import, over several lines or not."""


def said(path):
    """The lines of a file that say something, with their numbers: without spaces, blank lines, comments, lone
    punctuation and imports (a list of names from elsewhere is no second reading of anything)."""
    text = path.read_text(encoding="utf-8")
    imports = set()
    for found in IMPORT.finditer(text):
        first = text.count("\n", 0, found.start()) + 1
        imports.update(range(first, first + found.group().count("\n") + 1))
    folded = ((number, " ".join(line.split())) for number, line in enumerate(text.splitlines(), 1)
              if number not in imports)
    return [(number, line) for number, line in folded if not line.startswith("#")
            and any(sign.isalnum() for sign in line)]


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
    ("a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n", "x = 0\n\n    # why\na  = 1\nb = 2\nc = 3\nd = 4\n\ne = 5\nf = 6\n",
     [["one.py:1", "two.py:4"]]),
    ("a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n", "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 7\n", []),
    ("import a\nimport b\nfrom c import (\n    d,\n    e,\n    f,\n)\n",
     "import a\nimport b\nfrom c import (\n    d,\n    e,\n    f,\n)\n", []),
])
def test_copies_are_seen_whatever_stands_between(tmp_path, first, second, places):
    """Six lines of a file again in another, with blank lines, a comment and other spaces: found. One line differs, or
    all are imports: not."""
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text(first, encoding="utf-8")
    two.write_text(second, encoding="utf-8")
    assert copies([one, two]) == places


def test_frames_of_python_values_are_made_in_one_place():
    """Tables of cells are made by the functions of ``tables``; what the API gives notebooks is typed where it can be,
    in ``api/frames.py``."""
    made = re.compile(r"(?:DataFrame|Series)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?dtype=object")
    makers = {f"{path.parent.name}/{path.name}" for path in files("model")
              if made.search(path.read_text(encoding="utf-8"))}
    assert makers == {"tables/tables.py", "api/frames.py"}


def function(node, own):
    """What a function takes and does, without its name, its docstring and its annotations; with the names of its module
    that it reads."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    taken = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    given = [ast.dump(value) for value in (*node.args.defaults, *node.args.kw_defaults) if value is not None]
    read = {inner.id for line in body for inner in ast.walk(line) if isinstance(inner, ast.Name)}
    return (tuple(taken), tuple(given), ast.dump(ast.Module(body, [])),
            *sorted(own[name] for name in read & own.keys()))


SHORT = 280
"""Signs of a syntax tree that say no more than one choice or one call."""


def twice(sources):
    """Functions of modules that are the same under one name or two, if they do more than that."""
    found = defaultdict(list)
    for name, source in sources.items():
        module = ast.parse(source).body
        own = {target.id: f"{name}:{target.id}" for node in module if isinstance(node, ast.Assign)
               for target in node.targets if isinstance(target, ast.Name)}
        own |= {node.name: f"{name}:{node.name}" for node in module if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        for node in module:
            if isinstance(node, ast.FunctionDef):
                said = function(node, own)
                if len(said[2]) > SHORT:
                    found[said].append(f"{name}:{node.name}")
    return [places for places in found.values() if len(places) > 1]


FROM_A_DECLARATION = [["formulation/follows.py:local", "formulation/together.py:part_most"]]
"""The bound of a decision is what its declaration says, even where another bound comes to the same."""


def test_no_function_stands_twice():
    """Not even a short one: what two files need is one file's, and the other's to import."""
    sources = {path.relative_to(ROOT / "model/jaryq").as_posix(): path.read_text(encoding="utf-8")
               for path in files("model")}
    assert [sorted(places) for places in twice(sources)] == [sorted(places) for places in FROM_A_DECLARATION]


def test_a_function_that_stands_twice_is_seen_under_another_name():
    first = (
        "def number_of(value):\n    \"\"\"A number.\"\"\"\n    return float(value) if isinstance(value, int | float) "
        "and not isinstance(value, bool) else 0.0\n")
    second = first.replace("number_of", "as_number").replace('    """A number."""\n', "")
    assert twice({"one.py": first, "two.py": second}) == [["one.py:number_of", "two.py:as_number"]]
    assert twice({"one.py": first, "two.py": second.replace("0.0", "1.0")}) == []
