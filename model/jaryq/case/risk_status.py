"""How sure the figures are that avoided risk follows from: what a failure or burst costs, and how often it comes
(docs/numbers.md, How sure figures are)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jaryq.case.sureness import columns_of, status_in, weakest

Row = Mapping[str, Any]

COSTS = ("repair_cost", "safety_cost", "environment_cost")
"""Columns of a kind that a failure costs by."""
OWN = ("year_built", "wear", "duty", "location", "observed", "measured", "reliability", "score_least", "score_most")
"""Columns of a facility that its score follows from, where they are filled."""
KIND = ("life", "pof_k", "pof_c", "calibration", "score_floor", "score_cap")
"""Columns of its kind that score and rate follow from."""
BURSTS, BURSTS_OF_KIND = ("bursts", "burst_growth", "bursts_after"), ("calibration", "bursts_most")
"""Columns of a package, or else of its kind, that bursts follow from; those of the kind alone."""


def cost_status(r: Row, kind: Row) -> str:
    """Weakest status of the figures that a failure or burst costs by: the row's own consequence, else each cost of its
    kind above 0, and the value of what is not supplied."""
    own = [(r, "consequence")] if r["consequence"] is not None else [(kind, name) for name in COSTS if kind[name]]
    return _weakest(r, [*own, *((kind, name) for name in ("lost_value",) if kind[name])])


def rate_status(r: Row, kind: Row) -> str:
    """Weakest status of the figures that the rate of failures of a facility follows from, before and after works."""
    figures = [(r, name) for name in OWN if r[name] is not None]
    figures += [(kind, name) for name in KIND if kind[name] is not None]
    return _weakest(r, [*figures, _own_or_kind(r, kind, "health_after")])


def bursts_status(r: Row, kind: Row) -> str:
    """Weakest status of the figures that bursts of a package follow from, before and after renewal."""
    figures = [_own_or_kind(r, kind, name) for name in BURSTS if r[name] is not None or kind[name] is not None]
    return _weakest(r, [*figures, *((kind, name) for name in BURSTS_OF_KIND if kind[name] is not None)])


def lost_status(r: Row, kind: Row) -> str:
    """Weakest status of the figures that tell what a failure or burst leaves unsupplied: the row's own, else what its
    kind loses each time, else capacity, hours and share."""
    if r["lost"] is not None or kind["lost_each"] is not None:
        return _weakest(r, [(r, "lost") if r["lost"] is not None else (kind, "lost_each")])
    own = [(r, "capacity")] if r.get("capacity") is not None else []
    return _weakest(r, [*own, *((kind, name) for name in ("hours_lost", "share_lost") if kind[name] is not None)])


def _own_or_kind(r: Row, kind: Row, name: str) -> tuple[Row, str]:
    return (r if r[name] is not None else kind, name)


def _weakest(r: Row, figures: Iterable[tuple[Row, str]]) -> str:
    """Of figures by row and column; of the row itself where there are none."""
    found = [status_in(row["data_status"], columns_of(row["estimated"]), [name]) for row, name in figures]
    return weakest(found) if found else str(r["data_status"])
