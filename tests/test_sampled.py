"""What is exhaustive because others stand for it: these are there, and run in every suite."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = [path for path in sorted((ROOT / "tests").rglob("test_*.py"))
         if "exhaustive_beside(" in path.read_text(encoding="utf-8")]
ALWAYS_EXHAUSTIVE = ("properties", "damage")


def marks(test):
    """Decorators of a test as they are written."""
    return [ast.unparse(mark) for mark in test.decorator_list]


@cache
def functions_of(path):
    return {node.name: node for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef)}


def is_quick(path, name):
    """Whether a test is there of which at least one case runs in every suite."""
    found = functions_of(path).get(name) if path.exists() and path.parent.name not in ALWAYS_EXHAUSTIVE else None
    return found is not None and not any(mark == "pytest.mark.exhaustive" or mark.startswith("exhaustive_beside(")
                                         for mark in marks(found))


def lacking(path):
    """Those that are said to stand for a test of this file and do not."""
    found = []
    for test in functions_of(path).values():
        for mark in test.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "exhaustive_beside":
                for other in (ast.literal_eval(said) for said in mark.args):
                    place, _, name = other.rpartition("::")
                    if not is_quick(ROOT / place if place else path, name):
                        found.append(f"{path.name}::{test.name}: {other}")
    return found


def test_what_stands_for_an_exhaustive_test_runs_in_every_suite():
    assert len(FILES) > 20
    assert [one for path in FILES for one in lacking(path)] == []


def test_a_test_that_is_gone_or_exhaustive_itself_stands_for_none(tmp_path):
    path = tmp_path / "test_x.py"
    path.write_text('@exhaustive_beside("test_b", "test_c", "test_d", "test_gone")\ndef test_a(): '
                    '...\n\n@pytest.mark.exhaustive\ndef test_b(): ...\n\n'
                    '@exhaustive_beside("test_d")\ndef test_c(): ...\n\n@pytest.mark.parametrize("n", [1])\ndef '
                    'test_d(n): ...\n', encoding="utf-8")
    assert lacking(path) == ["test_x.py::test_a: test_b", "test_x.py::test_a: test_c", "test_x.py::test_a: test_gone"]
