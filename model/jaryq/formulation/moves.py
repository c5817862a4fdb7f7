"""What moves with a limit: the sides of the rows it stands in, and every bound of a decision derived from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jaryq.case.case import Case
from jaryq.factors.again import again
from jaryq.factors.bounds import no_more_draws, same_draws
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear
from jaryq.factors.pace import paced, signed_amount
from jaryq.factors.soft_rows import soft_rows
from jaryq.formulation.borrowers import rooms_move_alike
from jaryq.formulation.declare import VARIABLES, Limit, Name
from jaryq.formulation.express import columns_of
from jaryq.formulation.follows import as_missed
from jaryq.formulation.indices import counted_in_groups
from jaryq.formulation.lenders import payee_most
from jaryq.formulation.signing import agreed, agreed_for, is_limited_by_works
from jaryq.formulation.together import part_most, taken_most
from jaryq.formulation.variables import old, signed
from jaryq.sheets.measures import RATIOS


@dataclass(frozen=True)
class Moved:
    """A limit at another value: the change of the sides of rows, the new upper bounds of columns that have another one,
    the change of coefficients by row and column; ``anew``: factors of the case with the limit changed, where columns or
    places of coefficients are others too and the program has to be built anew."""

    sides: Mapping[Name, float]
    most: Mapping[Name, float]
    anew: Factors | None = None
    coefficients: Mapping[tuple[Name, Name], float] = field(default_factory=dict)


class Mover:
    """Moves limits of a case whose program has certain columns; ``wide``: the factors the program's columns and
    coefficients come from."""

    def __init__(self, f: Factors, columns: Iterable[Name], wide: Factors | None = None) -> None:
        self.f = f
        self.wide = f if wide is None else wide
        self._known: dict[tuple[str, float], Moved] = {}
        self.groups: dict[tuple[str, str], list[Name]] = {}
        for family, index in columns:
            if VARIABLES[family].limited:
                self.groups.setdefault((family, str(index[0])), []).append((family, index))
        # How far these can be exceeded follows from what may be drawn: first indices of what their forms speak of.
        self.drawn = {row.id: frozenset(str(index[0]) for _, index in row.beyond(self.wide).of)
                      for row in soft_rows(self.wide).values() if row.of_sources}
        self._now: dict[Name, float] = {}

    def now(self, name: Name) -> float:
        """The upper bound of a decision that follows from limits, with all of them where they are."""
        if name not in self._now:
            self._now[name] = VARIABLES[name[0]].most(self.f, *name[1])
        return self._now[name]

    def at(self, limit: Limit, value: float) -> Moved:
        """The limit at another value; each is derived once."""
        key = (limit.name, value)
        if key not in self._known:
            self._known[key] = self._at(limit, value, self.groups)
        return self._known[key]

    def among(self, columns: Collection[Name]) -> Callable[[Limit, float], Moved]:
        """The same where nothing is asked but the upper bounds of certain columns."""
        asked = frozenset(columns)
        groups = {key: mine for key, names in self.groups.items()
                  if (mine := [name for name in names if name in asked])}
        return lambda limit, value: self._at(limit, value, groups)

    def _at(self, limit: Limit, value: float, groups: Mapping[tuple[str, str], Sequence[Name]]) -> Moved:
        case = limit.put(self.f.case, value)
        f = again(self.f, case, limit.kind, limit.index[0])
        change = limit.stands(f) - limit.stands(self.f)
        sides = {row: change * per_unit for row, per_unit in limit.moves.items()}
        inside: dict[tuple[Name, Name], float] = {}
        there = True
        if limit.rows is not None:
            sides, inside, there = self._forms(f, limit.rows(self.f), limit.rows(f))
        touched = touched_by(case, limit)
        fits = there and self._fits(limit, f, touched)
        among = touched
        if limit.kind in ("ceiling", "envelope"):
            among = frozenset(row for row, of in self.drawn.items() if of & touched or not fits)
        if fits:
            as_missed(f, self.f, among)
        mine = {row.id: row.priority for row in soft_rows(self.f).values() if row.id in among}
        most: dict[Name, float] = {}
        for (family, first), names in groups.items():
            if first in touched or (
                family in ("short", "excess") and first in mine
            ) or (family == "worst" and first in mine.values()):
                most |= {name: now for name in names if (now := VARIABLES[family].most(f, *name[1])) != self.now(name)}
        return Moved(sides, most, None if fits else f, inside)

    def _forms(self, f: Factors, old: Mapping[Name, Linear], new: Mapping[Name, Linear]
               ) -> tuple[dict[Name, float], dict[tuple[Name, Name], float], bool]:
        """Changes of sides and coefficients of rows that are forms of at most nothing, and whether all coefficients
        that change stand in the program."""
        sides = {row: old[row].constant - form.constant for row, form in new.items()}
        inside: dict[tuple[Name, Name], float] = {}
        there = True
        for row, form in new.items():
            for decision in dict.fromkeys((*old[row].of, *form.of)):
                before, now = old[row].of.get(decision, 0.0), form.of.get(decision, 0.0)
                for family, index, size in columns_of(f, decision):
                    name = (family, index if isinstance(index, tuple) else (index,))
                    if now != before:
                        inside[row, name] = inside.get((row, name), 0.0) + (now - before) / size
                        there = there and before != 0.0
        return sides, inside, there

    def _fits(self, limit: Limit, f: Factors, touched: frozenset[str]) -> bool:
        """Whether the program has all columns of the new factors, and the same coefficients and constants."""
        old = self.wide
        if limit.kind == "target":
            return all(g.measure not in RATIOS for g in f.case.targets if g.id == limit.index[0])
        if limit.kind == "outage":
            return f.works.starts == old.works.starts and same_draws(f.bounds, old.bounds)
        if limit.kind == "crews":
            pairs = ((f.works.rooms.extra, old.works.rooms.extra), (f.works.rooms.lent, old.works.rooms.lent),
                     (f.works.rooms.borrowed, old.works.rooms.borrowed))
            return all(new.keys() <= there.keys() for new, there in pairs)
        if limit.kind in ("group_envelope", "ramp_least", "ramp_start", "ramp_up", "rise", "available", "tie"):
            return True
        if limit.kind == "pace":
            return (same_draws(f.bounds, old.bounds) and f.bounds.line.keys() == old.bounds.line.keys()
                    and f.bounds.payees.closed.keys() == old.bounds.payees.closed.keys()
                    and self._alike_limited(f, touched) and _choices(f, touched) == _choices(old, touched))
        if limit.kind == "cash":
            b, stated = limit.index
            years = {int(index[1]): factor for (_, index), factor in limit.moves.items()}
            return rooms_move_alike(self.f.case.borrowers[b], f.case.borrowers[b], int(stated), years)
        if any(_known_in_advance(f, s) for s in touched):
            return False
        if not (no_more_draws(f.bounds, old.bounds) and f.bounds.line.keys() <= old.bounds.line.keys()
                and f.bounds.users == old.bounds.users):
            return False
        return (f.money.signed_before == old.money.signed_before and self._alike_limited(f, touched)
                and _carried(f, touched) <= _carried(old, touched)
                and _choices(f, touched) == _choices(old, touched))

    def _alike_limited(self, f: Factors, touched: frozenset[str]) -> bool:
        """Whether works limit what is signed of the same sources; of others nothing has moved."""
        return all(is_limited_by_works(f, s) == is_limited_by_works(self.wide, s) for s in touched)


def touched_by(case: Case, limit: Limit) -> frozenset[str]:
    """First indices of the decisions whose bounds may follow from a limit: its source and the fund that one is drawn
    into, resource rows that lend to each other, its target, rows of rules whose sides it moves."""
    key = limit.index[0]
    if limit.kind == "cash":
        return frozenset(f"{family}[{','.join(map(str, index))}]" for family, index in limit.moves)
    if key in case.sources:
        return frozenset({key, case.sources[key].draws_to or key})
    if limit.kind == "crews":
        crew = case.crew_at[key].crew
        return frozenset(row.id for row in case.crews if row.crew == crew)
    return frozenset({key})


def _known_in_advance(f: Factors, s: str) -> bool:
    """Whether rows hold what of a source may be drawn as numbers that do not move one by one with its limits: shares
    of what is signed less what was paid, nothing below nothing."""
    source = f.case.sources[s]
    return (paced(source) or source.must_draw) and signed_amount(f.case, source) is not None


def _carried(f: Factors, sources: frozenset[str]) -> set[tuple[str, int]]:
    return {(s, y) for s in sources if f.case.sources[s].carry_over == "one_year"
            for y in f.bounds.years[s] if old(f, s, y) > 0}


def _choices(f: Factors, sources: frozenset[str]) -> dict[Any, float]:
    """Coefficients of taking part and of being used at all: the largest sums of draws, the least of a ticket."""
    if not f.case.settings.whole:
        return {}
    found: dict[Any, float] = {(s, p): part_most(f, s, p) for s, p in f.bounds.share_least if s in sources}
    counted = {s for mine in counted_in_groups(f).values() for s in mine}
    found |= {("payee", s, x): payee_most(f, s, x) for s, x in f.bounds.payees.most if s in sources}
    found |= {("agreed", s, x): agreed(f, s, x) for s, x in agreed_for(f) if s in sources}
    found |= {("least", s): least for s, least in f.bounds.payees.least.items() if s in sources}
    found |= {("signed", s): signed(f, s) for s in counted & sources if s in f.signing}
    return found | {s: taken_most(f, s) for s in sources if f.case.sources[s].smallest or s in counted}


def same_columns(f: Factors, other: Factors) -> bool:
    """Whether the programs of two factors have the same decisions."""
    families = ((f.bounds.line, other.bounds.line),
                (f.works.rooms.extra, other.works.rooms.extra),
                (f.works.rooms.lent, other.works.rooms.lent),
                (f.works.rooms.borrowed, other.works.rooms.borrowed))
    sources = frozenset(f.case.sources)
    if not same_draws(f.bounds, other.bounds):
        return False
    return all(one.keys() == two.keys() for one, two in families) and _carried(f, sources) == _carried(other, sources)


def widened(f: Factors, limits: Iterable[Limit], size: Mapping[str, float]) -> Factors:
    """Factors with the limits of nothing at their size, so that the decisions they keep from existing exist."""
    for limit in limits:
        f = again(f, limit.put(f.case, size[limit.name]), limit.kind, limit.index[0])
    return f
