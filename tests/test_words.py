"""One word for one thing, in the names of the model (docs/maintain.md, Words)."""

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "model" / "jaryq"
FILES = sorted(SOURCE.rglob("*.py"))


def named():
    """Names of modules, classes and functions, each with its place, as (place, name)."""
    for path in FILES:
        place = path.relative_to(SOURCE).as_posix()
        yield place, place.removesuffix("/__init__.py") if path.name == "__init__.py" else path.stem
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield place, node.name


NAMES = list(named())


def with_word(word):
    return {(place, name) for place, name in NAMES if re.search(word, name, re.IGNORECASE)}


def test_inputs_are_checked_and_plans_verified():
    """``check`` is the command that looks at an input, and what a line of the plan's sheet ``checks`` is called; what looks at a plan is ``verify_...``."""
    assert {(place, name) for place, name in with_word("check") if not place.startswith("commands/")} == {("report/limits.py", "checks_table")}
    assert {name for place, name in with_word("check") if place.startswith("commands/")} == {"commands/check", "check", "_check", "_checked"}
