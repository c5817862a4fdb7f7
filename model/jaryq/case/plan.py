"""The Plan: the decisions in the users' terms. What the solver found, and what ``verify`` reads back from a plan
workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jaryq.sheets.decisions import DECISIONS

T = TypeVar("T")


def _all_declared(plan: type[T]) -> type[T]:
    """A class with a field for every family that is stored: those that it names have the types it gives them. Raises
    TypeError if it names one that is not declared."""
    typed = plan.__annotations__
    if unknown := [name for name in typed if name not in DECISIONS]:
        raise TypeError(f"{', '.join(unknown)}: no such decision is declared")
    for name in DECISIONS:
        if name not in typed:
            typed[name] = Mapping[Any, float]
            setattr(plan, name, field(default_factory=dict))
    return plan


@dataclass(frozen=True)
@_all_declared
class Plan:
    """Decisions of a plan, one field for each family of ``sheets/decisions.py``; entries that are absent are zero.

    start[f, t]: share of facility f whose project starts in period t (0 or 1 in a whole plan);
    renew[n, t]: km of package n renewed in period t;
    draw[s, p, y]: nominal bn KZT of source s spent on project p in year y;
    old[s, y]: of source s (carry_over one_year) in year y, money carried over from the year before and used, bn of its
    currency; idle[s, y]: of source s (carry_over fund), money not used by the end of year y, bn of its currency;
    signed[s]: amount of a loan that the plan signs, bn of its currency;
    line[s, y]: nominal bn KZT of loan s drawn into its fund in year y; part[s, p], taken[s]: 1 where a source with a
    smallest share pays for p, where a source with a smallest amount is used (whole plans);
    supplied[s, p]: bn KZT of tied money of s (tied_over product) that buys partner goods in p;
    extra[w, t], lent[w, t], borrowed[w, t]: crew-years of resource row w (see ``Crew.id``) added at a premium, lent to
    other regions, borrowed from them; joint[k, t]: km of trench row k (see ``Trench.id``) renewed together;
    payee[s, x]: 1 where a source with a ticket or a largest number of projects pays for x, a project or lot (whole
    plans); lot[L]: share to which a lot of packages is taken;
    flow[i, d, t]: what flows over tie i in direction d (forth, back) at the peak of period t (a later year: its label),
    in the unit of the tie; deficit[b, y]: deficit of balance b (see ``Balance.id``) in year y, in its unit;
    above[n, t]: what the stretches of package n renewed in period t bring above as many km that are as the package on
    average, present value, bn KZT of the price year (packages with a register; may be less than nothing);
    short[g]: shortfall of target row g (see ``Target.id``), in the target's unit; excess[g]: for '=' rows, too much;
    apart[g]: what the stretches renewed change of what target row g measures beside as many km that are as their
    package on average, in the target's unit (targets by stretch; may be less than nothing).
    """

    start: Mapping[tuple[str, str], float] = field(default_factory=dict)
    renew: Mapping[tuple[str, str], float] = field(default_factory=dict)
    draw: Mapping[tuple[str, str, int], float] = field(default_factory=dict)
    old: Mapping[tuple[str, int], float] = field(default_factory=dict)
    idle: Mapping[tuple[str, int], float] = field(default_factory=dict)
    supplied: Mapping[tuple[str, str], float] = field(default_factory=dict)
    signed: Mapping[str, float] = field(default_factory=dict)
    line: Mapping[tuple[str, int], float] = field(default_factory=dict)
    part: Mapping[tuple[str, str], float] = field(default_factory=dict)
    taken: Mapping[str, float] = field(default_factory=dict)
    extra: Mapping[tuple[str, str], float] = field(default_factory=dict)
    lent: Mapping[tuple[str, str], float] = field(default_factory=dict)
    borrowed: Mapping[tuple[str, str], float] = field(default_factory=dict)
    payee: Mapping[tuple[str, str], float] = field(default_factory=dict)
    lot: Mapping[str, float] = field(default_factory=dict)
    joint: Mapping[tuple[str, str], float] = field(default_factory=dict)
    flow: Mapping[tuple[str, str, str], float] = field(default_factory=dict)
    deficit: Mapping[tuple[str, int], float] = field(default_factory=dict)
    above: Mapping[tuple[str, str], float] = field(default_factory=dict)
    short: Mapping[str, float] = field(default_factory=dict)
    excess: Mapping[str, float] = field(default_factory=dict)
    apart: Mapping[str, float] = field(default_factory=dict)

    def of(self, family: str) -> Mapping[Any, float]:
        """The decisions of a family by its name. Raises AttributeError if there is none."""
        found: Mapping[Any, float] = getattr(self, family)
        return found
