"""What waits for what, and variants (docs/numbers.md, Order, choice, variants, shared trenches).

A whole plan has a timetable or has none: works begin as early as their start and what they wait for let them. Shares
have no timetable: of each start there are enough shares of those waited for that fit, by every path between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from jaryq.base.hair import LEAST
from jaryq.case.works import Link
from jaryq.verify.calendar import HAIR
from jaryq.verify.finding import Ledger
from jaryq.verify.paths import Path, gap, paths_between
from jaryq.verify.schedule import Schedule
from jaryq.verify.works import phases


@dataclass(frozen=True)
class Timing:
    """Months: of the start before its works begin, of works, and by which they may slide within their periods."""

    begin: float
    works: float
    slide: float


def timing_of(schedule: Schedule, key: str) -> Timing:
    """Stated spending works from January of its first to December of its last year with a positive amount."""
    works, size = schedule.works[key], schedule.calendar.months
    if schedule.case.facilities[key].spend is not None:
        first = float(works.begins * size)
        return Timing(first, works.lead * size - first, 0.0)
    buying, working = phases(schedule.case.facilities[key])
    return Timing(buying, working, works.lead * size - buying - working)


@dataclass(frozen=True)
class Order:
    """Links that still hold by the facility that waits (``links``), and the timing of each facility."""

    schedule: Schedule
    timing: Mapping[str, Timing]
    links: Mapping[str, tuple[Link, ...]]

    @staticmethod
    def of(schedule: Schedule) -> Order:
        """What is done or has started does not wait, and what is done has been waited for."""
        case, links = schedule.case, dict[str, tuple[Link, ...]]()
        for link in case.links:
            waiting = case.facilities[link.project]
            if waiting.done is None and waiting.started is None \
                    and all(case.facilities[key].done is None for key in case.meets(link.after)):
                links[link.project] = (*links.get(link.project, ()), link)
        return Order(schedule, {key: timing_of(schedule, key) for key in case.facilities}, links)

    def begin(self, key: str, position: int) -> float:
        """Months from 1 January of ``plan_from`` to the works of a start, as early as they can begin by themselves."""
        return position * self.schedule.calendar.months + self.timing[key].begin

    def latest(self, key: str, position: int) -> float:
        """The same, as late as they can begin."""
        return self.begin(key, position) + self.timing[key].slide

    def place(self, key: str, position: int, after: str) -> str:
        return f"start[{key},{self.schedule.calendar.label(position)}] after {after}"


def verify_order(schedule: Schedule, ledger: Ledger) -> None:
    """works_after, one_variant."""
    order = Order.of(schedule)
    if schedule.case.settings.whole:
        _verify_timetable(order, ledger)
    else:
        _verify_shares(order, ledger)
    for own, keys in schedule.assets.items():
        if len(keys) > 1:
            total = fsum(share for key in keys for _, share in schedule.starts.get(key, ()))
            ledger.note("one_variant", f"start[{own} and variants]", total, "<=", 1.0, "share")


def _verify_timetable(order: Order, ledger: Ledger) -> None:
    """Each link: the works that wait begin after what it asks for, and no later than their periods let them."""
    started = _started(order.schedule)
    begins = timetable(order, started)
    for key, position in started.items():
        for link in order.links.get(key, ()):
            place = order.place(key, position, link.after)
            ready = _ready(order, link, begins)
            if ready is None:
                ledger.note("works_after", place, 1.0, "<=", 0.0, "share")
            else:
                ledger.note("works_after", place, ready, "<=", order.latest(key, position), "months")


def timetable(order: Order, started: Mapping[str, int]) -> dict[str, float]:
    """Months from 1 January of ``plan_from`` at which the works of each start begin: the longest path to it."""
    begins = {key: order.begin(key, position) for key, position in started.items()}
    for _ in started:  # no path is longer than all of them
        later = {key: ready for key in started for link in order.links.get(key, ())
                 if (ready := _ready(order, link, begins)) is not None and ready > begins[key] + HAIR}
        for key, ready in later.items():
            begins[key] = max(begins[key], ready)
        if not later:
            break
    return begins


def _started(schedule: Schedule) -> dict[str, int]:
    """The first start of each facility; that there is one alone is checked elsewhere."""
    return {key: rows[0][0] for key in schedule.case.facilities
            if (rows := [row for row in schedule.starts.get(key, ()) if row[1] > LEAST])}


def _ready(order: Order, link: Link, begins: Mapping[str, float]) -> float | None:
    """The month from which the link lets works begin; None if nothing that meets it is done."""
    found = [begins[key] + gap(link, order.timing[key].works)
             for key in order.schedule.case.meets(link.after) if key in begins]
    return min(found, default=None)


def _verify_shares(order: Order, ledger: Ledger) -> None:
    """Shares started up to each start against those that fit, of each facility on a path to it."""
    schedule, case = order.schedule, order.schedule.case
    done = {key: fsum(share for _, share in schedule.starts.get(key, ())) for key in case.facilities}
    paths = paths_between(case, order.links, {key: timing.works for key, timing in order.timing.items()})
    for key, found in paths.items():
        so_far: list[float] = []
        for position, share in schedule.starts.get(key, ()):
            so_far.append(share)
            latest = order.latest(key, position)
            for after, through, waits in _rows(found):
                fits = fsum(part for other, months in waits.items() for begun, part in schedule.starts.get(other, ())
                            if order.begin(other, begun) + months <= latest + HAIR)
                place = order.place(key, position, after) + (f" by {'+'.join(sorted(through))}" if through else "")
                asked = fsum([*so_far, *(done[one] - 1.0 for one in through)])
                ledger.note("works_after", place, asked, "<=", fits, "share")


def _rows(found: Mapping[tuple[str, str], list[Path]]) -> Iterator[tuple[str, frozenset[str], dict[str, float]]]:
    """Of the paths to one facility, by (name, facility meant by it): each name, the variants in between that have to be
    done (none: it waits whatever is done), and for each facility meant the months from its works to those that wait."""
    for after in sorted({name for name, _ in found}):
        meant = {other: paths for (name, other), paths in found.items() if name == after}
        for through in {path.through for paths in meant.values() for path in paths}:
            yield after, through, {other: max(path.months for path in paths if path.through <= through)
                                   for other, paths in meant.items()}
