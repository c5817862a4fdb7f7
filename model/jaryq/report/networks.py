"""Tables ``networks`` (by package) and ``networks_by_region`` (region x kind of network), with km that add up."""

from __future__ import annotations

import math

from jaryq.case.case import Package
from jaryq.report.amounts import Amounts
from jaryq.report.projects import data_status, ordered, payers, planned, who_pays, worth
from jaryq.report.shapes import Out, Value
from jaryq.report.words import NO_SOURCE, NOT_CHOSEN, NOTHING_LEFT, name_of, region_of, same, sector_of

KM = ("scope", "done")
NOTHING_KM = 1e-6
"""Below this nothing remains to be renewed (a millimetre)."""


def networks_table(found: Amounts) -> Out:
    """One row for each package of the input. Km; costs nominal bn KZT, ``real`` and present values in price-year
    money."""
    case = found.case
    shares = payers(found)
    rows = [_row(found, case.packages[key], shares.get(key, [])) for key in ordered(found, "networks", case.packages)]
    kms = tuple(f"km_{year}" for year in found.years)
    headings = (
        "package", "name", "region", "kind", "sector", *KM, *kms, "renewed", "remaining", "total", "real", "sources",
        "benefit_pv", "cost_pv", "why",
        "data_status",
    )
    return Out("networks", headings, tuple(rows), row_sums={"renewed": "km_"},
               sums=(*KM, *kms, "renewed", "remaining", "total", "real", "benefit_pv", "cost_pv"))


def _row(found: Amounts, package: Package, paid: list[tuple[float, str]]) -> dict[str, Value]:
    key = package.id
    row = _km(found, [package]) | {
        "package": key, "name": name_of(package), "region": region_of(found.case, package.region),
        "kind": _kind(found, package),
        "sector": sector_of(package.sector), "data_status": data_status(package),
    }
    if not planned(found, key):
        left = package.km - package.km_done
        why = NOTHING_LEFT if left <= 0 else NO_SOURCE if not found.factors.bounds.pays[key] else NOT_CHOSEN
        return row | {"why": why}
    return row | {"total": found.spent.get(key, 0.0), "real": found.real(key), "sources": who_pays(found, paid),
                  **worth(found, package)}


def _kind(found: Amounts, package: Package) -> Value:
    kind = found.case.asset_types.get(package.asset_type or "")
    return name_of(kind) if kind else same(package.asset_type) if package.asset_type else None


def _km(found: Amounts, packages: list[Package]) -> dict[str, Value]:
    """Km in scope, done before, renewed by year and in all, and what remains, of some packages."""
    by_year = {y: math.fsum(found.km.get((p.id, y), 0.0) for p in packages) for y in found.years}
    scope, done, renewed = (math.fsum(p.km for p in packages), math.fsum(p.km_done for p in packages),
                            math.fsum(by_year.values()))
    left = scope - done - renewed
    return {
        "scope": scope, "done": done, **{f"km_{y}": km for y, km in by_year.items()}, "renewed": renewed,
        "remaining": left if left > NOTHING_KM else 0.0,
    }


def regions_table(found: Amounts) -> Out:
    """One row for each region and kind of network; subtotals by sector beneath. Km, nominal bn KZT."""
    case = found.case
    places: dict[tuple[str, str], list[Package]] = {}
    for key in ordered(found, "networks", case.packages):
        package = case.packages[key]
        places.setdefault((package.region or "", package.asset_type or ""), []).append(package)
    regions = {key: i for i, key in enumerate([*case.order.get("regions", ()), *sorted(case.regions)][::-1])}
    kinds = {key: i for i, key in enumerate(case.asset_types)}
    rows = []
    for place in sorted(places, key=lambda p: (-regions.get(p[0], -1), p[0], kinds.get(p[1], 0))):
        packages = places[place]
        first = packages[0]
        costs = {f"cost_{y}": math.fsum(found.outlay.get((p.id, y), 0.0) for p in packages) for y in found.years}
        rows.append(_km(found, packages) | costs | {
            "region": region_of(case, first.region), "kind": _kind(found, first), "sector": sector_of(first.sector),
            "total": math.fsum(costs.values()),
        })
    kms, costs_ = tuple(f"km_{y}" for y in found.years), tuple(f"cost_{y}" for y in found.years)
    headings = ("region", "kind", "sector", *KM, *kms, "renewed", "remaining", *costs_, "total")
    return Out("networks_by_region", headings, tuple(rows), row_sums={"renewed": "km_", "total": "cost_"},
               sums=(*KM, *kms, "renewed", "remaining", *costs_, "total"), groups="sector")
