"""How many km of a region's networks of a kind may be renewed in a year, and how the bands of wear divide them.

A region may renew 30 % of its share of the programme in a year, or what a published plan of it takes where that is
more. The bands together have this limit: the share is filled from the most worn band down, and each band has of the
limit what it has of the share, in whole km that add up. A band that the share does not reach has 0: nothing of it is
renewed. So no region exceeds its limit, and each can renew its whole share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jaryq.tables.selector import matches, parse
from kazakhstan_builder.facts import FIRST_YEAR, PLAN_FROM, Record, allocate

PER_YEAR = Decimal("0.30")
"""Largest part of a region's share renewed in one year: half as much again as an even pace over five years."""
COLUMNS = ("kind", "type", "region")
"""What the filters of regional plans name."""


@dataclass(frozen=True)
class Limit:
    """``km``: whole km a year of all bands of a package. ``rule``: where they come from, for its remark; ``source``:
    that of a published plan."""

    km: int
    rule: str
    source: str = ""


def limits(packages: Sequence[Record], targets: Iterable[Record], progress: Iterable[Record]) -> dict[str, Limit]:
    """Limits by package. Where what regional plans among ``targets`` ask until a year, less what was done before the
    plan begins, is more than the limits of the networks they name allow until then, these are raised to an even pace,
    divided by their shares. Never more than the network is long."""
    found = {row["package"]: Limit(max(1, math.ceil(Decimal(str(row["km"])) * PER_YEAR)),
                                   f"{PER_YEAR:.0%} of the region's share") for row in packages}
    done = {row["project"]: row["km"] for row in progress if row["year"] == FIRST_YEAR and row.get("km")}
    for target in targets:
        mine = named(packages, target)
        if not mine:
            continue
        years = int(target["years"]) - FIRST_YEAR
        asked = target["value"] - sum(done.get(row["package"], 0) for row in mine)
        each, when = math.ceil(asked / years), f"in {PLAN_FROM}" + f"-{target['years']}" * (years > 1)
        if each <= sum(found[row["package"]].km for row in mine):
            continue
        for package, km in allocate(each, {row["package"]: row["km"] for row in mine}).items():
            if km > found[package].km:
                found[package] = Limit(int(km), f"what “{target['name']}” takes, {asked:,g} km {when}",
                                       target["source"])
    return found


def named(packages: Iterable[Record], target: Record) -> list[Record]:
    """Packages whose km a plan of one region asks for; none where the target is none."""
    if target["measure"] != "km" or "region=" not in (target["filter"] or ""):
        return []
    wanted = parse(target["filter"], COLUMNS)
    return [row for row in packages if matches(wanted, {"kind": "network", "type": row["asset_type"],
                                                        "region": row["region"]})]


def divided(limit: int, share: int, bands: Mapping[str, int]) -> dict[str, int]:
    """``limit`` (km a year) among bands from the most worn to the least, by what of ``share`` (km) falls into each;
    ``bands``: their length, km."""
    parts: dict[str, int] = {}
    for band, km in bands.items():
        parts[band] = min(km, share - sum(parts.values()))
    return {band: int(km) for band, km in allocate(limit, parts).items()}
