"""Factors of a case in which one limit stands at another value: what follows from the limit is derived again, by the
code that derived it first."""

from __future__ import annotations

from dataclasses import replace

from jaryq.case.case import Case
from jaryq.factors.bounds import draw_years, draws_most, envelopes, lines_most, payers
from jaryq.factors.derive import Factors, derive
from jaryq.factors.lenders import asks
from jaryq.factors.money import signed_anew
from jaryq.factors.schedule import too_large
from jaryq.factors.works import rooms


def again(f: Factors, case: Case, kind: str, key: str) -> Factors:
    """``case`` is that of ``f`` but for a limit of ``kind`` (``ceiling``, ``envelope``, ``crews``, ``outage``,
    ``group_envelope``, ``target``, ``ramp_least``, ``ramp_start``, ``pace``) of the source, resource row, region,
    target or ramp ``key``."""
    if kind in ("ceiling", "envelope"):
        return _money(f, case, key)
    if kind == "pace":
        # A pace says from when a source is drawn, and what a payee could get of it.
        same = draw_years(case) == f.bounds.years and not _asked(case, key)
        return replace(f, case=case) if same else derive(case, f)
    if kind == "crews":
        return replace(f, case=case, works=replace(f.works, rooms=rooms(case, (f.case, f.works.rooms))))
    if kind == "outage":
        # Starts that take more capacity out than the limit do not exist; nearly everything follows from the starts.
        same = all(too_large(f.case, one) == too_large(case, one) for one in case.facilities.values())
        return replace(f, case=case) if same else derive(case)
    return replace(f, case=case)


def _money(f: Factors, case: Case, s: str) -> Factors:
    """A source's limits bound its draws, those of the fund it is drawn into, and what was signed before."""
    if _asked(case, s):
        # What a payee could get at most, and so which are closed, follows from all that a source has.
        return derive(case, f)
    touched, bounds, exchange = _drawn(case, s), f.bounds, f.money.exchange
    drawn = {pair: most for pair, most in bounds.draws.items() if pair[0] not in touched}
    moved = draws_most(case, bounds.pays, bounds.years, exchange, bounds.outlay, f.money.income, bounds.share_most,
                       bounds.begun, touched)
    by = payers(moved, case)
    return replace(
        f, case=case, money=signed_anew(f.money, case, f.prices),
        bounds=replace(bounds, draws=drawn | moved, drawn_by={**bounds.drawn_by, **{one: by[one] for one in touched}},
                       line=lines_most(case, bounds.years, exchange), envelope=envelopes(case, bounds.before)),
    )


def _drawn(case: Case, s: str) -> set[str]:
    """A source, and the fund that it is drawn into."""
    return {s, case.sources[s].draws_to or s}


def _asked(case: Case, s: str) -> bool:
    """Whether it is decided in whom a source, or the fund that it is drawn into, takes part."""
    return any(asks(case, case.sources[one]) for one in _drawn(case, s))
