"""Sources that are signed before it is known what comes true and whose signed amount is no decision of the program:
neither fee nor pace hangs on it (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.factors.derive import Factors
from jaryq.factors.loans import signed_in
from jaryq.solve.lp import LinearProgram, Name
from jaryq.uncertainty.signatures import SIGNED, Signature, with_signatures

BY_CONTRACT = ("loan", "grant")
"""Kinds of sources that are signed; budgets and own money are not."""


def signed_early(base: Factors, futures: Sequence[Factors], programs: Sequence[LinearProgram],
                 before: int) -> list[LinearProgram]:
    """The programs with a signature of each loan and grant that the plan signs before 1 January of ``before``, where
    futures differ in what can be signed of it: one does not have it, or has another envelope."""
    found: list[dict[str, Signature]] = [{} for _ in programs]
    for s, source in base.case.sources.items():
        if source.kind in BY_CONTRACT and base.case.settings.plan_from <= signed_in(source) < before:
            for mine, one in zip(found, _signatures(base, futures, programs, s), strict=True):
                mine |= {} if one is None else {s: one}
    return [with_signatures(program, mine) for program, mine in zip(programs, found, strict=True)]


def _signatures(base: Factors, futures: Sequence[Factors], programs: Sequence[LinearProgram],
                s: str) -> list[Signature | None]:
    """The signature of a source in each future; None where it is decided anyway, is not there, or is one in all."""
    uses = [_uses(base, f, program, s) for f, program in zip(futures, programs, strict=True)]
    decided = [(SIGNED, (s,)) in program.column_at for program in programs]
    envelopes = [f.case.sources[s].envelope for f in futures]
    if not any(uses) or all(decided) or (all(uses) and not any(decided) and len(set(envelopes)) == 1):
        return [None] * len(programs)
    stated = max((one for one in envelopes if one is not None), default=0.0) * base.money.exchange0[s]
    most = [_most(program, of, stated) if one is None or not of else one * base.money.exchange0[s]
            for program, of, one in zip(programs, uses, envelopes, strict=True)]
    least = 0.0 if any(decided) else min(most)
    return [None if already or not of else Signature(of, least, value)
            for already, of, value in zip(decided, uses, most, strict=True)]


def _uses(base: Factors, f: Factors, program: LinearProgram, s: str) -> dict[Name, float]:
    """What a bn KZT of each draw is of what is signed, at the price year's rate in the base."""
    return {name: base.money.exchange0[s] / f.money.exchange[s, int(name[1][-1])]
            for name, most in zip(program.columns, program.col_upper.tolist(), strict=True)
            if name[0] in ("draw", "line") and name[1][0] == s and most > 0.0}


def _most(program: LinearProgram, uses: Mapping[Name, float], stated: float) -> float:
    """What can be signed where no envelope is ``stated``: all that can be drawn, no less than the other futures state;
    nothing where nothing can be drawn."""
    drawn = sum(value * float(program.col_upper[program.column_at[name]]) for name, value in uses.items())
    return max(drawn, stated) if uses else 0.0
