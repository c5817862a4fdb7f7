"""How many km of a region's networks of a kind may be renewed in a year, and how the bands of wear divide them.

A region may renew 30 % of its share of the programme in a year; where a published plan of it, or the least that each
region gets, takes more, what that takes. The bands together have this limit: the share is filled from the most worn
band down, and each band has of the limit what it has of the share, in whole km that add up. A band that the share does
not reach has 0: nothing of it is renewed. So no region exceeds its limit, and each can renew its whole share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jaryq.tables.selector import FILTER_COLUMNS, matches, parse
from kazakhstan_builder.facts import FIRST_YEAR, Record, allocate

PER_YEAR = Decimal("0.30")
"""Largest part of a region's share renewed in one year: half as much again as an even pace over five years."""


@dataclass(frozen=True)
class Limit:
    """``km``: whole km a year of all bands of a package. ``rule``: where they come from, for its remark. ``source``:
    that of the plan that raised them."""

    km: int
    rule: str
    source: str = ""


def limits(packages: Sequence[Record], targets: Iterable[Record], progress: Iterable[Record]) -> dict[str, Limit]:
    """Limits by package. Where a plan of a region among ``targets``, or the least that each region gets, asks for more
    until its year, less what was done before the plan begins, than the limits of the networks that it names allow until
    then, these are raised in one proportion, up to whole km."""
    found = {row["package"]: Limit(max(1, math.ceil(Decimal(str(row["km"])) * PER_YEAR)),
                                   f"{PER_YEAR:.0%} of the region's share") for row in packages}
    done = {row["project"]: row["km"] for row in progress if row["year"] == FIRST_YEAR and row.get("km")}
    for target in targets:
        years = int(target["years"]) - FIRST_YEAR if target["measure"] in ("km", "share_done") else 0
        for mine in named(packages, target):
            asked, worth = demand(target, mine)
            each = (asked - sum(worth[key] * done.get(key, 0) for key in worth)) / years
            allowed = sum(worth[key] * found[key].km for key in worth)
            if each > allowed:
                rule = f"raised to what “{target['name']}” takes to {target['years']}"
                found |= {key: Limit(math.ceil(round(found[key].km * each / allowed, 6)), rule, target["source"])
                          for key in worth}
    return found


def named(packages: Sequence[Record], target: Record) -> list[list[Record]]:
    """Packages of each region whose km a target asks for, of one region or by region; none where it asks for others."""
    wanted = parse(target["filter"], FILTER_COLUMNS)
    by_region = target["measure"] == "share_done" and target["by"] == "region" and wanted.get("kind") == "network"
    if not by_region and not (target["measure"] == "km" and "region" in wanted):
        return []
    mine: dict[str, list[Record]] = {}
    for row in packages:
        if matches(wanted, {"kind": "network", "type": row["asset_type"], "region": row["region"]}):
            mine.setdefault(row["region"], []).append(row)
    return list(mine.values())


def demand(target: Record, mine: Sequence[Record]) -> tuple[float, dict[str, float]]:
    """What a target asks of packages, and what a km of each counts: km, or money where it asks for a part by value."""
    if target["measure"] == "km":
        return target["value"], {row["package"]: 1.0 for row in mine}
    whole = sum(row["km_total"] * row["unit_cost"] for row in mine)
    return target["value"] / 100 * whole, {row["package"]: row["unit_cost"] for row in mine}


def divided(limit: int, share: int, bands: Mapping[str, int]) -> dict[str, int]:
    """``limit`` (km a year) among bands from the most worn to the least, by what of ``share`` (km) falls into each;
    ``bands``: their length, km."""
    parts: dict[str, int] = {}
    for band, km in bands.items():
        parts[band] = min(km, share - sum(parts.values()))
    return {band: int(km) for band, km in allocate(limit, parts).items()}
