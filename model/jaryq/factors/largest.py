"""The most that a quantity can come to: its linear form maximised over what decisions can be, each by itself and those
that exclude each other together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear


def most(f: Factors, linear: Linear, box: Callable[[Decision], float]) -> float:
    """A number that ``linear`` cannot exceed in any plan: of an asset's variants one is started, of a package no more
    km are renewed than are left, a project's draws of a year are its outlay; every decision is at most ``box``."""
    best: dict[tuple[str, Any], list[tuple[float, float]]] = {}
    for decision, factor in linear.of.items():
        if factor > 0:
            best.setdefault(_together(f, decision), []).append((factor, box(decision)))
    return linear.constant + sum(_filled(terms, _room(f, group)) for group, terms in best.items())


def _filled(terms: list[tuple[float, float]], room: float) -> float:
    """The dearest first, until the room they share is used."""
    found = 0.0
    for factor, largest in sorted(terms, reverse=True):
        amount = min(largest, room)
        found, room = found + factor * amount, room - amount
    return found


def _together(f: Factors, decision: Decision) -> tuple[str, Any]:
    """The decisions that share a room: starts of an asset, km of a package, draws for a project in a year."""
    family, index = decision
    if family == "start":
        return family, f.case.facilities[index[0]].asset
    if family == "renew":
        return family, index[0]
    return family, index[1:] if family == "draw" else index


def _room(f: Factors, group: tuple[str, Any]) -> float:
    family, key = group
    if family == "start":
        return 1.0
    if family == "renew":
        return max(f.case.packages[key].km - f.case.packages[key].km_done, 0.0)
    return f.bounds.outlay.get(key, 0.0) if family == "draw" else float("inf")
