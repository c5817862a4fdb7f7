"""Places priced at the multipliers of a partition: what is best for each, against what its groups do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jaryq.solve.lp import Array
from jaryq.solve.stretches.cells import shared
from jaryq.solve.stretches.places import EDGES, answers
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.restricted import Restricted
from jaryq.solve.stretches.types import Mask, Whole

REGRET = 1e-11
"""A regret of a place above this share of the largest worth of any parts its stretches from their groups."""

CLEAR = 1e-9
"""A part this near to all of a group."""


@dataclass(frozen=True, eq=False)
class Mixed:
    """What groups do: ``part[g, t]`` of each, ``shared[edge, t]`` of what each trench of a place shares."""

    part: Array
    shared: Array


def mixed(register: Stretches, made: Restricted, x: Array) -> Mixed | None:
    """What a point of the program of a partition does, where there are places."""
    if register.places is None:
        return None
    partition = made.partition
    km = np.where(partition.km > 0, partition.km, 1.0)
    return Mixed(made.km(x) / km[:, None], shared(register, partition.group, partition.cells, made.together(x)))


def worths(register: Stretches, stage: str, here: slice, links: Array, dual: Array) -> tuple[Array, Array]:
    """What each member of some places is worth above its price, and what each of their trenches saves, if done in
    whole: [h, 3, t] both, minus infinity where a member is closed or missing."""
    places = register.places
    assert places is not None
    member, pair = places.member[here], places.pair[here]
    index = np.maximum(member, 0)
    worth = register.values(stage, index.ravel(), links, dual).reshape(*index.shape, -1)
    # A stretch of no length has nothing to do.
    worth[(register.km[index] <= 0) | (member < 0)] = -np.inf
    worth *= np.where(register.km[index] > 0, register.km[index], 1.0)[:, :, None]
    saved = places.saved(links)
    saves = np.where(pair[:, :, None] >= 0, saved[np.maximum(pair, 0)] * places.km[here][:, :, None], 0.0)
    return worth, saves


def earned(register: Stretches, stage: str, links: Array, dual: Array) -> float:
    """What all places earn above the prices, in floats."""
    places = register.places
    return 0.0 if places is None else sum(
        float(answers(*worths(register, stage, here, links, dual)).value.sum()) for here in places.blocks())


def priced_together(register: Stretches, group: Whole, at: tuple[str, Array, Array], mixed: Mixed,
                    into: tuple[Array, Whole, Mask, Array, Whole, Mask]) -> tuple[Whole, Whole]:
    """Best choices of all places at (stage, links, multipliers of rows), told of stretches as ``Priced`` has them.
    The shared trenches and periods in which stretches are best renewed together."""
    places, (stage, links, dual) = register.places, at
    assert places is not None
    best, choice, apart, margin, code, torn = into
    apart[register.placed] = False
    margin[register.placed] = 0.0
    of_edge = np.full(places.pair.shape, -1, dtype=np.int64)
    of_edge[places.edge[0], places.edge[1]] = np.arange(len(places.edge_km))
    found: list[tuple[Whole, ...]] = []
    largest = 0.0
    e_at, t_at = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for here in places.blocks():
        worth, saves = worths(register, stage, here, links, dual)
        answer = answers(worth, saves)
        member, edges = places.member[here], of_edge[here]
        there = member >= 0
        km = np.where(there, register.km[member], 0.0).sum(axis=1)
        km = np.where(km > 0, km, 1.0)
        part = np.where(there[:, :, None], mixed.part[group[member]], 0.0)
        done = (part * np.where(np.isfinite(worth), worth, 0.0)).sum(axis=(1, 2))
        done += (np.where(edges[:, :, None] >= 0, mixed.shared[edges], 0.0) * saves).sum(axis=(1, 2))
        regret = (answer.value - done) / km
        largest = max(largest, float(np.abs(answer.value / km).max(initial=0.0)))
        best[member[there]] = np.broadcast_to((answer.value / km)[:, None], member.shape)[there]
        choice[member[there]] = answer.period[there]
        code[member[there]] = _code(answer.joined, answer.period, register.periods)[there]
        margin[member[there]] = np.broadcast_to(regret[:, None], member.shape)[there]
        found.append((np.flatnonzero(there.any(axis=1)) + here.start, answer.period, answer.joined))
        # What is renewed in the same period anyhow may share too.
        for e, (i, j) in enumerate(EDGES):
            at_once = (part[:, i] > CLEAR) & (part[:, j] > CLEAR) & (saves[:, e] > 0) & (edges[:, e] >= 0)[:, None]
            at_once &= mixed.shared[edges[:, e]] < np.minimum(part[:, i], part[:, j]) - CLEAR
            h, t = np.nonzero(at_once)
            e_at.append(edges[h, e])
            t_at.append(t)
    own = np.where(choice >= 0, mixed.part[group, np.maximum(choice, 0)], 1.0 - mixed.part[group].sum(axis=1))
    wrong = margin > REGRET * max(largest, float(np.abs(links).max(initial=0.0)))
    # Who does in whole what is best for it already waits for the others of its place.
    apart[register.placed] = (wrong & (own < 1.0 - CLEAR))[register.placed]
    torn[:] = wrong & register.placed
    for place, period, joined in found:
        for e, (i, j) in enumerate(EDGES):
            use = ((joined[:, i] >> e) & 1 == 1) & (of_edge[place, e] >= 0)
            halves = (joined[:, i] == 8) & (of_edge[place, e] >= 0)
            use &= torn[places.member[place, i]]
            halves &= torn[places.member[place, i]]
            e_at += [of_edge[place[use], e], of_edge[place[halves], e], of_edge[place[halves], e]]
            t_at += [period[use, i], period[halves, i], period[halves, j]]
    return np.concatenate(e_at), np.concatenate(t_at)


def _code(joined: Whole, period: Whole, periods: int) -> Whole:
    """A number for a choice: the period alone, further ones with others."""
    return np.where(joined > 0, joined * (periods + 1) + period, period)
