"""Kinds of assets, facilities and packages of the Case: a project's own value first, then that of the facility it is a
variant of, then its kind's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from jaryq.case.case import AssetType, Facility, Package, Ramp, Settings
from jaryq.case.fill import in_order, keys_in, named, once_of, part, rows, share, years_of
from jaryq.case.quantities import coefficients
from jaryq.case.risk_status import COSTS, bursts_status, cost_status, lost_status, rate_status
from jaryq.case.sureness import columns_of
from jaryq.case.works import Bursts, Condition, Outage, Wish
from jaryq.sheets.condition import FROM_BASE
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Tables

Row = Mapping[str, Any]

NO_KIND: Row = {column.name: column.default for column in INPUT["asset_types"].columns
                if not column.family} | {"asset_type": None, "sector": None}
"""What holds for a facility without a kind."""

INSPECTIONS = ("observed", "measured", "reliability", "score_least", "score_most")


def kinds_in(tables: Tables) -> dict[str, Row]:
    """Rows of kinds of assets by key."""
    return {r["asset_type"]: r for r in rows(tables, "asset_types")}


def asset_type(r: Row) -> AssetType:
    content = {heading.removeprefix("content_"): part(value)
               for heading, value in r.items() if heading.startswith("content_") and value is not None}
    return AssetType(
        **named(r, "asset_type"),
        sector=r["sector"],
        life=r["life"],
        procurement_months=r["procurement_months"],
        works_months=r["works_months"],
        procurement_share=part(r["procurement_share"]),
        cost_class=r["cost_class"],
        import_share=part(r["import_share"]),
        import_currency=r["import_currency"],
        crew=r["crew"],
        crew_need=r["crew_need"],
        content=in_order(content),
        route=r["route"],
        ramp=ramp(r),
    )


def ramp(r: Row) -> Ramp | None:
    """Ramps of a kind of asset or a source; None where neither is stated."""
    if r["ramp_up"] is None and r["ramp_down"] is None:
        return None
    return Ramp(share(r["ramp_up"]), share(r["ramp_down"]), r["ramp_least"], r["ramp_priority"],
                r["cells"].get("ramp_least", r["origin"]), up_cell=r["cells"].get("ramp_up", r["origin"]),
                start=r["ramp_start"], begins=r["ramp_from"], start_cell=r["cells"].get("ramp_start", r["origin"]),
                down_cell=r["cells"].get("ramp_down", r["origin"]))


@once_of("facilities", "asset_types", "regions", "progress", "routes", "crew_needs", "quantities")
def facilities(tables: Tables, settings: Settings, wanted: Mapping[str, Wish]) -> dict[str, Facility]:
    """All facilities, sorted by key; a variant takes what it leaves blank from the facility it is a variant of.
    ``wanted``: wishes by project."""
    kinds = kinds_in(tables)
    progress = rows(tables, "progress")
    done = {r["project"]: int(r["year"]) for r in progress if r["status"] == "done"}
    committed = {r["project"] for r in progress if r["status"] == "committed"}
    started = {
        r["project"]: 12.0 * (settings.plan_from - int(r["year"])) - 3.0 * (int(r["quarter"] or 1) - 1)
        for r in progress if r["status"] == "started"
    }
    wished = {key for key, wish in wanted.items() if wish.decision is True}
    regions = {r["region"]: r for r in rows(tables, "regions")}
    routes = {r["route"]: r["lead_months"] + r["delay_months"] for r in rows(tables, "routes")}
    needs: dict[str, dict[str, float]] = {}
    for r in rows(tables, "crew_needs"):
        needs.setdefault(r["project"], {})[r["crew"]] = r["crews"]
    stated = {r["facility"]: r for r in rows(tables, "facilities")}
    several = {key for r in stated.values() if r["option_of"] for key in (r["facility"], r["option_of"])}
    found = {}
    for key, own in stated.items():
        base = stated.get(own["option_of"] or "", own)
        r = {**own, **{name: base[name] for name in FROM_BASE if own[name] is None}}
        kind = kinds.get(r["asset_type"] or "", NO_KIND)
        spend = years_of(r, "spend_")
        paid_to = max((year for year, amount in spend.items() if amount > 0), default=settings.last_year)
        after = (key in committed or key in started) and paid_to > settings.last_year
        shared = _shared(r, kind, settings, regions)
        if after:
            shared["latest"] = int(r["latest"] or paid_to)
        route = r["route"] or kind["route"]
        bought = kind["procurement_months"] if r["procurement_months"] is None else r["procurement_months"]
        found[key] = Facility(
            **named(r, "facility"),
            kind="facility",
            **shared,
            quantities=coefficients(tables, own),
            cost=r["cost"] or 0.0,
            spend=spend or None,
            procurement_months=bought + routes.get(route or "", 0.0),
            works_months=r["works_months"] or kind["works_months"],
            savings=r["savings"] or 0.0,
            benefit=r["benefit"],
            income_to=r["income_to"],
            must=(bool(r["must_do"]) and (bool(r["must_be_this"]) or key not in several)) or key in committed
            or key in started or key in wished,
            must_any=bool(r["must_do"]) and key in several,
            committed=key in committed,
            done=done.get(key),
            place=r["place"] or "",
            owner=own["owner"] or base["owner"] or "",
            owner_ru=(own if own["owner"] else base)["owner_ru"] or "",
            latitude=r["latitude"],
            longitude=r["longitude"],
            option_of=own["option_of"],
            counts=bool(r["counts"]),
            after=keys_in(r["after"]),
            choices=keys_in(own["choice"]),
            started=started.get(key),
            crews=in_order(needs[key]) if key in needs else None,
            outage=_outage(r, kind),
            own_zone=r["zone"],
            condition=_condition(r, kind, spend),
            unfinished=after and shared["latest"] >= paid_to,
            route=route,
            scope=r["scope"],
            capacity=r["capacity"],
        )
    return in_order(found)


def _shared(r: Row, kind: Row, settings: Settings, regions: Mapping[str, Row]) -> dict[str, Any]:
    """What facilities and packages have in common."""
    return {
        "asset_type": r["asset_type"],
        "region": r["region"],
        "sector": kind["sector"],
        "zone": r["zone"] or regions.get(r["region"] or "", {}).get("zone"),
        "earliest": max(int(r["earliest"] or 0), settings.plan_from),
        "latest": min(int(r["latest"] or settings.last_year), settings.last_year),
        "life": r["life"] or kind["life"],
        "data_status": r["data_status"],
        "estimated": columns_of(r["estimated"]),
        "only_with": keys_in(r["only_with"]),
        "lot": r["lot"],
        "borrower": r["borrower"],
    }


def _outage(r: Row, kind: Row) -> Outage:
    months = kind["outage_months"] if r["outage_months"] is None else r["outage_months"]
    capacity = r["offline"]
    if capacity is None and r["capacity"] is not None:
        capacity = r["capacity"] * part(kind["offline_share"])
    return Outage(months, capacity, r["capacity_unit"], bool(kind["outage_season"]))


def _condition(r: Row, kind: Row, spend: Mapping[int, float]) -> Condition | None:
    if kind["pof_k"] is None or (r["year_built"] is None and r["wear"] is None):
        return None
    overnight = math.fsum(max(amount, 0.0) for amount in spend.values()) if spend else r["cost"] or 0.0
    return Condition(
        pof_k=part(kind["pof_k"]),
        pof_c=kind["pof_c"],
        calibration=kind["calibration"],
        floor=kind["score_floor"],
        cap=kind["score_cap"],
        life=kind["life"],
        duty=r["duty"] or 1.0,
        location=r["location"] or 1.0,
        year_built=None if r["year_built"] is None else int(r["year_built"]),
        wear=share(r["wear"]),
        observed=r["observed"] or 1.0,
        measured=r["measured"] or 1.0,
        reliability=r["reliability"] or 1.0,
        least=r["score_least"] or 0.5,
        most=r["score_most"] or 10.0,
        inspected=any(r[name] is not None for name in INSPECTIONS),
        health_after=r["health_after"] or kind["health_after"],
        consequence=_consequence(r, kind),
        lost=_lost(r, kind),
        lost_value=kind["lost_value"] / 1e6,
        replaced=None if r["replaced"] is None else int(r["replaced"]),
        **_without_works(kind),
        replacement=overnight if r["replacement_cost"] is None else r["replacement_cost"],
        cost_status=cost_status(r, kind),
        rate_status=rate_status(r, kind),
        lost_status=lost_status(r, kind),
    )


def _without_works(kind: Row) -> dict[str, Any]:
    """What happens to an asset of a kind that fails, and when it would be replaced."""
    when = kind["replace_when"] or "rate"
    at = ({"rate": 20.0, "score": 10.0, "age": 1.5 * kind["life"]}[when] if kind["replace_at"] is None
          else kind["replace_at"])
    return {"after_failure": kind["after_failure"], "replace_when": when,
            "replace_at": part(at) if when == "rate" else at}


def _consequence(r: Row, kind: Row) -> float:
    """bn KZT of a failure or burst, without what is not supplied."""
    stated = r["consequence"]
    total = math.fsum(kind[name] for name in COSTS) if stated is None else stated
    return float(total) / 1000.0


def _lost(r: Row, kind: Row) -> float | None:
    """MWh, Gcal or thousand m3 not supplied per failure or burst; None where nothing says so."""
    if r["lost"] is not None:
        return float(r["lost"])
    if kind["lost_each"] is not None:
        return float(kind["lost_each"])
    capacity, unit = r.get("capacity"), r.get("capacity_unit")
    if capacity is None or kind["hours_lost"] is None or unit in (None, "kV"):
        return None
    hours = kind["hours_lost"] / (24.0 if unit == "thousand m3/day" else 1.0)
    return float(capacity * hours * part(kind["share_lost"]))


@once_of("networks", "asset_types", "regions", "progress", "quantities")
def packages(tables: Tables, settings: Settings) -> dict[str, Package]:
    """All packages of networks, sorted by key."""
    kinds = kinds_in(tables)
    done, committed = (_km_by_year(tables, status) for status in ("done", "committed"))
    regions = {r["region"]: r for r in rows(tables, "regions")}
    found = {}
    for r in rows(tables, "networks"):
        kind = kinds[r["asset_type"]]
        key = r["package"]
        found[key] = Package(
            **named(r, "package"),
            kind="network",
            **_shared(r, kind, settings, regions),
            owner=r["owner"] or "",
            owner_ru=r["owner_ru"] or "",
            quantities=coefficients(tables, r),
            km=r["km"],
            unit_cost=r["unit_cost"] / 1000.0,
            km_per_year=r["km_per_year"],
            savings=(r["savings"] or 0.0) / 1000.0,
            done=dict(sorted(done.get(key, {}).items())),
            committed=dict(sorted(committed.get(key, {}).items())),
            lot_km=r["lot_km"],
            km_total=r["km_total"],
            wear=share(r["wear"]),
            bursts=_bursts(r, kind),
            losses=r["losses"],
            losses_after=r["losses_after"],
            seasonal=bool(kind["outage_season"]),
        )
    return in_order(found)


def _km_by_year(tables: Tables, status: str) -> dict[str, dict[int, float]]:
    """Km of packages by year that sheet progress tells with a status."""
    found: dict[str, dict[int, float]] = {}
    for r in rows(tables, "progress"):
        if r["status"] == status and r["km"] is not None:
            by_year = found.setdefault(r["project"], {})
            by_year[int(r["year"])] = by_year.get(int(r["year"]), 0.0) + r["km"]
    return found


def _bursts(r: Row, kind: Row) -> Bursts | None:
    def of(name: str) -> float | None:
        value = kind[name] if r[name] is None else r[name]
        return None if value is None else float(value)

    rate = of("bursts")
    if rate is None:
        return None
    after = of("bursts_after")
    return Bursts(
        rate=rate / 100.0,
        growth=part(of("burst_growth") or 0.0),
        after=(rate if after is None else after) / 100.0,
        most=kind["bursts_most"] / 100.0,
        calibration=kind["calibration"],
        consequence=_consequence(r, kind),
        lost=_lost(r, kind),
        lost_value=kind["lost_value"] / 1e6,
        replace_at=kind["replace_at"] / 100.0 if kind["replace_when"] == "rate" and kind["replace_at"] is not None
        else math.inf,
        cost_status=cost_status(r, kind),
        rate_status=bursts_status(r, kind),
        lost_status=lost_status(r, kind),
    )
