"""Numbers of a case that can be moved: a limit, all money of a source, a target, by the names that people give them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jaryq.base.nearness import nearest_word
from jaryq.case.case import Case
from jaryq.factors.again import again
from jaryq.factors.derive import Factors, derive
from jaryq.formulation.declare import Limit

MONEY = ("ceiling", "envelope")
"""Limits that all of a source's money is within."""


class NoSuchDial(ValueError):
    """Nothing that can be moved is called so; ``near``: what is called nearly so, or nothing."""

    def __init__(self, what: str, near: str) -> None:
        super().__init__(f"nothing that can be moved is called {what}" + (f"; did you mean {near}?" if near else ""))
        self.near = near


@dataclass(frozen=True, eq=False)
class Dial:
    """Limits that move together: one limit in its own ``unit``, or several by the same part (unit ``%``, ``now`` 100).

    ``loosens`` is +1 if a larger value gives more freedom. ``now`` of nothing cannot be moved by a part.
    """

    name: str
    limits: tuple[Limit, ...]
    unit: str
    now: float
    loosens: int

    def factors(self, f: Factors, value: float) -> Factors:
        """Factors of the case of ``f`` with the number at a value."""
        if len(self.limits) == 1:
            limit = self.limits[0]
            return again(f, limit.put(f.case, value), limit.kind, limit.index[0])
        case = f.case
        for limit in self.limits:
            case = limit.put(case, limit.value * value / self.now)
        return derive(case, f)


def dial(limits: Sequence[Limit], f: Factors, what: str) -> Dial:
    """The number called ``what``: a limit by its name (``ceiling[KZ_LOCAL,2027]``) or its cell (``source_years!D7``), a
    source or a target by its key or name. Raises NoSuchDial."""
    wanted = _plain(what)
    for limit in limits:
        if wanted in (_plain(limit.name), _plain(limit.origin)):
            return _of([limit], limit.name)
    named = dict(_named(f.case))
    for key, names in named.items():
        if wanted in {_plain(name) for name in names}:
            mine = [limit for limit in limits if _belongs(f.case, limit, key)]
            if mine:
                return _of(mine, key)
    known = {_plain(name): name for names in named.values() for name in names}
    known |= {_plain(limit.name): limit.name for limit in limits}
    raise NoSuchDial(what, known.get(nearest_word(wanted, known), ""))


def _of(limits: Sequence[Limit], name: str) -> Dial:
    first = limits[0]
    if len(limits) == 1:
        return Dial(name, (first,), first.unit, first.value, first.loosens)
    return Dial(name, tuple(limits), "%", 100.0, first.loosens)


def _belongs(case: Case, limit: Limit, key: str) -> bool:
    """Whether a limit is one of a source's money, or of a row of targets."""
    if limit.kind in MONEY:
        return limit.index[0] == key
    return limit.kind == "target" and case.target_at[limit.index[0]].row == key


def _named(case: Case) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Keys and names of sources and of rows of targets."""
    for key, source in case.sources.items():
        yield key, (key, source.name, source.name_ru)
    for target in case.targets:
        yield target.row, (target.row, target.name, target.name_ru)


def _plain(text: str) -> str:
    return text.strip().lower().replace("$", "").replace(" ", "")
