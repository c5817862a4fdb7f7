"""What works weigh in the measures of works: facilities, km, shares of cost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from jaryq.case.case import Case, Facility, Package, Project
from jaryq.case.scope import weight_of
from jaryq.factors.works import done_before


def weights(case: Case, name: str, projects: Collection[Project]) -> tuple[Mapping[str, float], float]:
    """Weight of each whole facility, and of a km of each package, and what it is a share of (1 in a count); a variant
    has that of the facility it is a variant of, which counts once."""
    facilities = {project.id: project for project in projects if isinstance(project, Facility)}
    packages = {project.id: project for project in projects if isinstance(project, Package)}
    if name == "km":
        return dict.fromkeys(packages, 1.0), 1.0
    if name == "facilities":
        return {p: float(facility.counts) for p, facility in facilities.items()}, 1.0
    own = {p: weight_of(case.facilities[facility.asset]) for p, facility in facilities.items()}
    whole = sum(weight_of(case.facilities[a]) for a in sorted({facility.asset for facility in facilities.values()}))
    whole += sum(weight_of(package) for package in packages.values())
    return own | {n: package.unit_cost for n, package in packages.items()}, whole


def done_already(projects: Iterable[Project], weight: Mapping[str, float], whole: float, year: int) -> float:
    """What a measure of works comes to by what was done before the plan; ``weight`` and ``whole``: of ``weights``."""
    if whole <= 0:
        return 0.0
    return sum(weight[project.id] * done_before(project, year) for project in projects if project.id in weight) / whole
