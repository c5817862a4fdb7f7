"""A whole search that begins with a point gives back the point whose value it tells."""

from tests.cases import facility, keyed, source, target
from tests.make import bare_case, solved


def test_starts_of_variants_are_settled_though_presolve_does_it_all():
    """Least cost, undiscounted: Ac (asked for by its key) and Gb (3) instead of G (4) whenever, so in the first year;
    three facilities by 2028 are asked of two."""
    rows = [("A", 9.0, None), ("Ab", 6.0, "A"), ("Ac", 8.0, "A"), ("G", 4.0, None), ("Gb", 3.0, "G")]
    projects = [facility(key, cost=cost, option_of=of, must_any=key == "A") for key, cost, of in rows]
    targets = (target("T", "facilities", 1.0, filter={"project": "Ac"}),
               target("U", "facilities", 1.0, filter={"project": "G"}), target("V", "facilities", 3.0, priority="2"))
    case = bare_case(facilities=keyed(*projects), sources=keyed(source("M",
        ceilings=dict.fromkeys((2026, 2027, 2028), 50.0))), objective="least_cost", whole=True,
                     tie_break=True, targets=targets)
    assert set(solved(case).plan.start) == {("Ac", "2026"), ("Gb", "2026")}
