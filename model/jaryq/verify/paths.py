"""The longest paths of links between facilities, by the variants that stand in between (docs/numbers.md, Order, choice,
variants, shared trenches)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from jaryq.case.case import Case
from jaryq.case.works import Link

Found = dict[tuple[str, str], list["Path"]]
"""Paths to a facility by the name at their other end and a facility meant by it."""


@dataclass(frozen=True)
class Path:
    """Months from the begin of the works at its far end to those that wait, if the variants ``through`` are done."""

    through: frozenset[str]
    months: float


def gap(link: Link, works: float) -> float:
    """Months from the begin of works that take ``works`` months to the begin of those that wait for them."""
    return link.lag + (works if link.from_end else 0.0)


def paths_between(case: Case, links: Mapping[str, Sequence[Link]], works: Mapping[str, float]) -> dict[str, Found]:
    """All paths to each facility that waits, of any length; only the longest of those with the same variants."""
    before = {key: {other for link in mine for other in case.meets(link.after)} for key, mine in links.items()}
    found: dict[str, Found] = {}
    for key in TopologicalSorter(before).static_order():
        if key in links:
            paths: Found = defaultdict(list)
            for link in links[key]:
                _follow(case, link, works, found, paths)
            found[key] = {ends: _longest(some) for ends, some in paths.items()}
    return found


def _follow(case: Case, link: Link, works: Mapping[str, float], known: Mapping[str, Found], paths: Found) -> None:
    """Paths that end with the link: itself, and those to what it names. With variants in between: the shortest, which
    holds for all of them, and that of each which is longer."""
    meant = case.meets(link.after)
    for other in meant:
        paths[link.after, other].append(Path(frozenset(), gap(link, works[other])))
    beyond = {m: {ends: [Path(path.through, path.months + gap(link, works[m])) for path in some]
                  for ends, some in known.get(m, {}).items()} for m in meant}
    for m, by_ends in beyond.items():
        mine = frozenset((m,)) if len(meant) > 1 else frozenset()
        for ends, some in by_ends.items():
            paths[ends] += [Path(path.through | mine, path.months) for path in some]
    if len(meant) > 1:
        for ends in set.intersection(*(set(by_ends) for by_ends in beyond.values())):
            longest = [[path.months for path in by_ends[ends] if not path.through] for by_ends in beyond.values()]
            if all(longest):
                paths[ends].append(Path(frozenset(), min(max(months) for months in longest)))


def _longest(paths: Sequence[Path]) -> list[Path]:
    """Without those that say no more than another which asks for fewer variants."""
    best: dict[frozenset[str], float] = {}
    for path in paths:
        best[path.through] = max(path.months, best.get(path.through, path.months))
    return [Path(through, months) for through, months in best.items()
            if not any(other < through and more >= months for other, more in best.items())]
