"""What works wait for, along chains of links (docs/numbers.md: Order, to the month)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jaryq.case.case import Case
from jaryq.case.works import Link
from jaryq.factors.schedule import Start

NEGLIGIBLE = 1e-9
"""Months that are rounding, not time."""

Starts = Mapping[str, tuple[Start, ...]]


Way = tuple[float | None, float | None]
"""Months after the works of another end and months after they begin, both at least; None: not asked."""


@dataclass(frozen=True)
class Wait:
    """When works of a facility may begin after those of another: in one of several ``ways`` (one, but where variants in
    between ask in different ways). ``via``: rows in between, of several variants each, through which this holds."""

    ways: tuple[Way, ...]
    via: tuple[str, ...] = ()

    def meets(self, before: Start, waiting: Start) -> bool:
        """Whether works that begin as late in their periods as they can are late enough."""
        latest = waiting.works[0] + waiting.slack + NEGLIGIBLE
        return any((end is None or before.works[1] + end <= latest)
                   and (begin is None or before.works[0] + begin <= latest) for end, begin in self.ways)

    def later(self, months: float) -> Wait:
        """The same, so many months later."""
        return replace(self, ways=tuple((_plus(end, months), _plus(begin, months)) for end, begin in self.ways))

    def together(self, other: Wait) -> Wait:
        """Both at once: of several paths the longest counts."""
        ways = ((_longest(end, also), _longest(begin, too)) for end, begin in self.ways for also, too in other.ways)
        return replace(self, ways=tuple(dict.fromkeys(ways)))

    def either(self, other: Wait) -> Wait:
        """One or the other: of variants in between the shortest counts for all."""
        ways = tuple(dict.fromkeys((*self.ways, *other.ways)))
        return Wait(tuple(way for way in ways if not any(one != way and _asks_no_more(one, way) for one in ways)))


Waits = dict[tuple[str, tuple[str, ...]], Wait]
"""What one row waits for: by facility and rows in between."""


def waits(case: Case, starts: Starts) -> Mapping[tuple[str, str, str], Wait]:
    """What each facility that is neither done nor started waits for: by facility, what it waits for (as links name it)
    and the rows in between (joined by ``+``; blank: whatever they are).

    What follows from shorter chains is left out: through a row whose works fill their periods, the whole of it. Raises
    RecursionError for a circle, which the rules refuse.
    """
    chains = Chains(case, starts)
    return {(p, q, "+".join(via)): wait for p in sorted(chains.links)
            if starts[p] and case.facilities[p].started is None
            for (q, via), wait in sorted(chains.of(p).items()) if not chains.follows(p, q, wait)}


class Chains:
    """Links of a case, and what each row waits for along them, found once."""

    def __init__(self, case: Case, starts: Starts) -> None:
        self.case, self.starts = case, starts
        self.links: dict[str, list[Link]] = {}
        for link in case.links:
            self.links.setdefault(link.project, []).append(link)
        self._known: dict[str, Waits] = {}

    def of(self, p: str) -> Waits:
        """What a row waits for, itself and through others."""
        if p not in self._known:
            found: Waits = {}
            for link in self.links.get(p, ()):
                if not any(self.case.facilities[key].done is not None for key in self.case.meets(link.after)):
                    _add(found, link.after, _wait(link))
                    self._through(found, link)
            self._known[p] = found
        return self._known[p]

    def _through(self, found: Waits, link: Link) -> None:
        """What the rows that meet a link pass on; of several variants what all of them do, and what each does if it is
        the one that is done."""
        rows = [key for key in self.case.meets(link.after) if self.starts[key]]
        passed = [self._passes_on(key, link, alone=len(rows) == 1) for key in rows]
        if len(rows) == 1:
            for (q, via), wait in passed[0].items():
                _add(found, q, wait, via)
            return
        for q in sorted({q for each in passed for q, _ in each}):
            common = _of_all([each.get((q, ())) for each in passed])
            if common is not None:
                _add(found, q, common)
            for key, each in zip(rows, passed, strict=True):
                for (other, via), wait in each.items():
                    if other == q and (via or common is None or wait.ways != common.ways):
                        _add(found, q, wait, tuple(sorted({*via, key})))

    def _passes_on(self, row: str, link: Link, alone: bool) -> Waits:
        """What a row in between waits for, longer by its works and the lag; nothing if it has begun, or if no other
        meets the link and it cannot slide: then the shorter chains say it."""
        start = self.starts[row][0]
        if self.case.facilities[row].started is not None or (alone and start.slack <= NEGLIGIBLE):
            return {}
        months = (start.works[1] - start.works[0] if link.from_end else 0.0) + link.lag
        return {key: wait.later(months) for key, wait in self.of(row).items()}

    def follows(self, p: str, q: str, wait: Wait) -> bool:
        """Whether a chain asks no more than its last link and the chain up to it, in any start (single rows only)."""
        if wait.via or len(self.case.meets(q)) > 1 or any(link.after == q for link in self.links[p]):
            return False
        return all(_latest(self.starts[q], wait, start) >= min(self._by_steps(q, start, link)
                                                               for link in self.links[p]) for start in self.starts[p])

    def _by_steps(self, q: str, start: Start, link: Link) -> float:
        """The latest start of ``q`` that the link and what it names leave, as a place among its starts."""
        rows = self.case.meets(link.after)
        shorter = self.of(rows[0]).get((q, ())) if len(rows) == 1 else None
        if shorter is None:
            return math.inf
        place = _latest(self.starts[rows[0]], _wait(link), start)
        return _latest(self.starts[q], shorter, self.starts[rows[0]][place]) if place >= 0 else -1


def _wait(link: Link) -> Wait:
    return Wait(((link.lag, None) if link.from_end else (None, link.lag),))


def _latest(before: Sequence[Start], wait: Wait, waiting: Start) -> int:
    """Place of the latest start that is early enough; -1 if none is. Starts are in order, so are the ends of works."""
    return bisect_right(before, False, key=lambda start: not wait.meets(start, waiting)) - 1


def _of_all(waits: Sequence[Wait | None]) -> Wait | None:
    """What each of several variants asks: the shortest; None if one asks nothing."""
    found = waits[0] if waits else None
    for other in waits[1:]:
        found = None if found is None or other is None else found.either(other)
    return found


def _add(found: Waits, q: str, wait: Wait, via: tuple[str, ...] = ()) -> None:
    mine = replace(wait, via=via)
    found[q, via] = found[q, via].together(mine) if (q, via) in found else mine


def _asks_no_more(one: Way, other: Way) -> bool:
    """Whether what meets the other way meets this one."""
    return all(mine is None or (its is not None and mine <= its) for mine, its in zip(one, other, strict=True))


def _plus(offset: float | None, months: float) -> float | None:
    return None if offset is None else offset + months


def _longest(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else max(one, other)

