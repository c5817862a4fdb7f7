"""What has a key is found by its key: nothing is searched through for the one thing of a name."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1] / "model/jaryq"


def names(node):
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def searched(text):
    """Calls ``next(x for x in things if x.name == wanted)``: one condition, what a thing has against what does not hang
    on it."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "next"
                and isinstance(node.args[0], ast.GeneratorExp)):
            continue
        parts = node.args[0].generators
        mine = set().union(*(names(part.target) for part in parts))
        conditions = [test for part in parts for test in part.ifs]
        if len(conditions) == 1 and isinstance(conditions[0], ast.Compare) and isinstance(conditions[0].ops[0], ast.Eq):
            sides = [bool(names(side) & mine) for side in (conditions[0].left, conditions[0].comparators[0])]
            if sides.count(True) == 1:
                found.append(ast.unparse(node))
    return found


NO_KEYS = {
    "commands/batch.py": "the first issue that stops",
    "report/questions.py": "the first what-if of a kind, of which there are several",
    "tables/diff.py": "rows that have no key, by all that they hold",
    "workbook/annotated/xml.py": "the first child of a name, of which there may be several",
    "workbook/ods.py": "a name in any namespace",
}


def test_nothing_with_a_key_is_searched_for():
    found = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py")
             if searched(path.read_text(encoding="utf-8"))}
    assert found == set(NO_KEYS)


def test_a_search_by_key_is_seen():
    assert len(
        searched("def f(case, label):\n    return next(p.position for p in case.periods if p.label == label)\n")) == 1
    assert len(
        searched("def f(case, label):\n    return next((p for p in case.periods if label == p.label), None)\n")) == 1
    assert searched("def f(rows):\n    return next((row for row in rows if row.value > 0), None)\n") == []
    assert searched("def f(rows):\n    return next(iter(rows))\n") == []
