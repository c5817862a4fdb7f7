"""Numbers of a case that can be moved: a limit, all money of a source, a target, by the names that people give them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jaryq.base.countries import COUNTRIES
from jaryq.base.home import HOME_CURRENCY
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


class Ambiguous(ValueError):
    """Several that can be moved are called so: ``keys`` of sources, targets and partners, and ``limits``."""

    def __init__(self, what: str, keys: Sequence[str], limits: Sequence[Limit]) -> None:
        super().__init__(f"{what} may mean several: {', '.join((*keys, *(limit.name for limit in limits)))}")
        self.keys, self.limits = tuple(keys), tuple(limits)


@dataclass(frozen=True, eq=False)
class Dial:
    """Limits that move together: one limit in its own ``unit``, several by the same part (unit ``%``, ``now`` 100);
    rows of targets that ask the same of each group in their own unit.

    ``loosens`` is +1 if a larger value gives more freedom. ``now`` of nothing cannot be moved by a part. ``money``: of
    all money of a source or partner that moves by the same part, what it offers in all (envelope, else ceilings
    together), bn of ``currency``: its own, of several that differ that at home, at the rates of the price year; else
    nothing.
    """

    name: str
    limits: tuple[Limit, ...]
    unit: str
    now: float
    loosens: int
    money: float = 0.0
    currency: str = ""

    def factors(self, f: Factors, value: float) -> Factors:
        """Factors of the case of ``f`` with the number at a value."""
        if len(self.limits) == 1:
            limit = self.limits[0]
            return again(f, limit.put(f.case, value), limit.kind, limit.index[0])
        case = f.case
        for limit in self.limits:
            case = limit.put(case, limit.value * value / self.now)
        return derive(case, f)


def dial(limits: Sequence[Limit], f: Factors, what: str,
         called: Callable[[Limit], Iterable[str]] = lambda _: ()) -> Dial:
    """The number called ``what``: a limit by its name (``ceiling[KZ_LOCAL,2027]``), its cell (``source_years!D7``) or
    what people call it (``called``); a source or a target by its key or name; a partner country by its code or name,
    all its sources together. Words of a name will do where they fit one alone: sources, targets and countries before
    limits. Raises NoSuchDial, Ambiguous."""
    wanted = _plain(what)
    for limit in limits:
        if wanted in (_plain(limit.name), _plain(limit.origin)):
            return _of([limit], limit.name, f)
    together = {key: mine for key, names in _named(f.case)
                if names and (mine := [limit for limit in limits if _belongs(f.case, limit, key)])}
    named = dict(_named(f.case))
    spoken = {limit.name: tuple(called(limit)) for limit in limits}
    at = {limit.name: limit for limit in limits}
    exactly: Callable[[str], bool] = lambda name: _plain(name) == wanted  # noqa: E731
    for fits in (exactly, lambda name: _words_in(what, name)):
        found = [key for key in together if any(map(fits, named[key]))]
        if len(found) == 1:
            return _of(together[found[0]], found[0], f)
        single = [name for name, names in spoken.items() if any(map(fits, names))]
        if not found and len(single) == 1:
            return _of([at[single[0]]], single[0], f)
        if found or single:
            raise Ambiguous(what, found, [at[name] for name in single])
    known = {_plain(name): name for names in named.values() for name in names}
    known |= {_plain(limit.name): limit.name for limit in limits}
    raise NoSuchDial(what, known.get(nearest_word(wanted, known), ""))


def _words_in(what: str, name: str) -> bool:
    """Whether each word of what is asked begins a word of a name."""
    words = re.findall(r"\w+", name.casefold())
    asked = re.findall(r"\w+", what.casefold())
    return bool(asked) and all(any(word.startswith(part) for word in words) for part in asked)


def _of(limits: Sequence[Limit], name: str, f: Factors) -> Dial:
    first = limits[0]
    if len(limits) == 1:
        return Dial(name, (first,), first.unit, first.value, first.loosens)
    if first.kind == "target" and len({(limit.unit, limit.value) for limit in limits}) == 1:
        return Dial(name, tuple(limits), first.unit, first.value, first.loosens)
    return Dial(name, tuple(limits), "%", 100.0, first.loosens, *_money(limits, f))


def _money(limits: Sequence[Limit], f: Factors) -> tuple[float, str]:
    """What sources offer in all, and in which currency; nothing of limits that are no money."""
    if any(limit.kind not in MONEY for limit in limits):
        return 0.0, ""
    offers = {limit.index[0]: limit.value for limit in limits if limit.kind == "envelope"}
    for s in {limit.index[0] for limit in limits} - offers.keys():
        offers[s] = math.fsum(limit.value for limit in limits if limit.index[0] == s)
    currencies = {f.case.sources[s].currency for s in offers}
    if len(currencies) == 1:
        return math.fsum(offers.values()), currencies.pop()
    return math.fsum(own * f.money.exchange0[s] for s, own in offers.items()), HOME_CURRENCY


def _belongs(case: Case, limit: Limit, key: str) -> bool:
    """Whether a limit is one of a source's money, of a partner's, or of a row of targets."""
    if limit.kind in MONEY:
        return key in (limit.index[0], case.sources[limit.index[0]].partner)
    return limit.kind == "target" and case.target_at[limit.index[0]].row == key


def _named(case: Case) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Keys and names of sources, of rows of targets and of partner countries."""
    for key, source in case.sources.items():
        yield key, (key, source.name, source.name_ru)
    for target in case.targets:
        yield target.row, (target.row, target.name, target.name_ru)
    for partner in sorted({source.partner for source in case.sources.values() if source.foreign}):
        said = COUNTRIES.get(partner)
        yield partner, (partner, *((said.en, said.ru) if said is not None else ()))


def _plain(text: str) -> str:
    return text.strip().lower().replace("$", "").replace(" ", "")
