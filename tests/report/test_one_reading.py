"""What the algebra adds up, the report evaluates by the same form: it multiplies no need, outage or cost of works with
a decision itself."""

import ast
from pathlib import Path

from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.factors.resources import crews_needed, out_in_season, out_of_service
from tests.report.works import works_case

ROOT = Path(__file__).parents[2] / "model/jaryq"
DATA = {"crew_need", "crew_km", "outlay", "unit_cost", "km_cost", "trench_saving", "saving", "outage", "extra_cost",
        "lend_cost"}
"""What works need and cost, per unit of a decision."""
DECISIONS = {"start", "renew", "joint", "extra", "borrowed", "lent"}


def reread(text):
    """Functions that read both what a unit of works needs or costs and the decisions of a plan on works."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            inner = [one for one in ast.walk(node) if isinstance(one, ast.Attribute)]
            decided = {one.attr for one in inner if ast.unparse(one.value).split(".")[-1] == "plan"} & DECISIONS
            read = {one.attr for one in inner if not ast.unparse(one.value).endswith("found")} & DATA
            if decided and read:
                found.add(node.name)
    return found


def test_the_report_multiplies_no_need_with_a_decision():
    assert {(path.name, name) for path in (ROOT / "report").rglob("*.py")
            for name in reread(path.read_text(encoding="utf-8"))} == set()


def test_a_second_reading_is_seen():
    assert reread("def f(found, w):\n    return sum(v * found.factors.works.crew_km[w][n] for (n, t), v in "
                  "found.plan.renew.items())\n") == {"f"}
    assert reread("def f(found, n):\n    return found.plan.renew[n]\n") == set()


def test_needs_by_hand():
    """Every form on one decision is what its unit needs: read off the case."""
    f = derive(works_case())
    (w, t), need = next((place, form) for place, form in crews_needed(f).items()
                        if any(family == "renew" for family, _ in form.of))
    (_, at), each = next((decision, each) for decision, each in need.of.items() if decision[0] == "renew")
    kind = f.case.asset_types[f.case.packages[at[0]].asset_type]
    assert (each, at[1], f.case.crew_at[w].crew) == (kind.crew_need, t, kind.crew)
    assert need.only("start").on(Plan(renew={at: 2.0})) == 0.0
    assert need.on(Plan(renew={at: 2.0})) == 2.0 * kind.crew_need
    assert set(out_in_season(f)) <= set(out_of_service(f))
