"""Table ``ramps``: how fast km of a kind, or use of a source, rise and fall from year to year; and who is exempt."""

from __future__ import annotations

import math

from jaryq.base.text import Text
from jaryq.base.units import bn_of
from jaryq.case.ramps import Ramped, ramps_of
from jaryq.factors.ramps import allowed, amount, exempt
from jaryq.factors.ramps import last as counted_from
from jaryq.report.amounts import Amounts
from jaryq.report.projects import NOTHING
from jaryq.report.shapes import Fact, Out, Value
from jaryq.report.words import UNIT_WORDS, name_of

KIND, SOURCE = Text("kind of asset", "вид"), Text("source", "источник")
EXEMPT = Text("Under contract, beside the ramp: {name}", "По договорам сверх темпа роста: {name}")
BESIDE = Text("Committed and started works come on top of the allowed rise; see the sheet ramps.",
              "Работы по договорам и начатые идут сверх допустимого роста; см. лист ramps.")


def ramps_table(found: Amounts) -> Out:
    """One row for each ramp and year that it holds for, kinds first. What is allowed holds what is exempt; a ramp
    without a limit of the rise allows anything."""
    rows = tuple(_row(found, key, ramped, y) for key, ramped in ramps_of(found.case).items() for y in ramped.years)
    headings = ("ramp", "of", "name", "year", "unit", "last", "allowed", "exempt", "done", "wanted")
    return Out("ramps", headings, rows, alike=("last", "allowed", "exempt", "done", "wanted"))


def _row(found: Amounts, key: str, ramped: Ramped, y: int) -> dict[str, Value]:
    f, plan, ramp = found.factors, found.plan, ramped.ramp
    last = counted_from(f, ramped, y).on(plan)
    return {
        "ramp": key, "of": KIND if ramped.of == "kind" else SOURCE, "name": _name(found, ramped), "year": y,
        "unit": unit_of(found, ramped), "last": last,
        "allowed": None if ramp.up is None else allowed(f, ramped, y).on(plan),
        "exempt": None if ramp.up is None else exempt(f, ramped, y).on(plan), "done": amount(f, ramped, y).on(plan),
        "wanted": (1.0 - ramp.down) * last if ramp.down is not None and y in ramped.falling else None,
    }


def unit_of(found: Amounts, ramped: Ramped) -> Text:
    """Km, or bn of the source's currency."""
    if ramped.of == "kind":
        return UNIT_WORDS["km"]
    return bn_of(found.case.sources[ramped.id].currency)


def _name(found: Amounts, ramped: Ramped) -> Text:
    return name_of(found.case.asset_types[ramped.id] if ramped.of == "kind" else found.case.sources[ramped.id])


def exempt_facts(found: Amounts) -> tuple[Fact, ...]:
    """Who is exempt from a ramp, and by how much over all years."""
    made = []
    for ramped in ramps_of(found.case).values():
        if ramped.ramp.up is not None:
            total = math.fsum(exempt(found.factors, ramped, y).on(found.plan) for y in ramped.years)
            if total > NOTHING:
                made.append(Fact(EXEMPT.fill(name=_name(found, ramped)), total, "km" if ramped.of == "kind" else "",
                                 BESIDE, said=unit_of(found, ramped)))
    return tuple(made)


def ramp_numbers(found: Amounts) -> dict[str, float]:
    """Km of kinds with a ramp by year, and what is exempt where a rise is limited (km, or bn of the currency)."""
    numbers: dict[str, float] = {}
    for key, ramped in ramps_of(found.case).items():
        if ramped.of == "kind":
            numbers |= {f"km[{ramped.id},{y}]": amount(found.factors, ramped, y).on(found.plan) for y in found.years}
        if ramped.ramp.up is not None:
            numbers |= {f"exempt[{key},{y}]": exempt(found.factors, ramped, y).on(found.plan) for y in ramped.years}
    return numbers
