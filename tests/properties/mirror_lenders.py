"""What lenders ask, ramps, lots and km under contract, put into a random case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaryq.case.case import Case, Source
from jaryq.case.sources import Ramp
from tests.cases import edit

if TYPE_CHECKING:
    from tests.properties.mirror_cases import Chance


def with_lenders(chance: Chance, case: Case) -> Case:
    """Half of the cases have some of it."""
    if not chance.often(0.5):
        return case
    for key, source in case.sources.items():
        if chance.often(0.6) and key != "O":
            case = edit(case, "sources", key, **_asked(chance, source))
    for key in case.asset_types:
        if chance.often(0.3):
            case = edit(case, "asset_types", key, ramp=_ramp(chance, 10.0))
    for name in case.groups:
        # More may not be signed already than may be.
        there = sum(s.group == name and s.signing_year < 2026 for s in case.sources.values())
        case = edit(case, "groups", name, signed_most=max(chance.choice((1, 2)), there))
    for key, facility in case.facilities.items():
        if chance.often(0.3) and facility.option_of is None and facility.spend is None and not facility.must:
            case = edit(case, "facilities", key, lot="A")
    for key, package in case.packages.items():
        if chance.often(0.4):
            case = edit(case, "packages", key, lot=chance.choice(("A", "B")), lot_km=chance.choice((None, 15.0)))
        elif chance.often(0.3):
            case = edit(case, "packages", key, committed={2027: 4.0, 2028: 3.0} if package.km > 10.0 else {})
    return case


def _asked(chance: Chance, source: Source) -> dict[str, object]:
    """Conditions of one source; nothing that a plan could not keep."""
    more: dict[str, object] = {}
    signed = source.envelope is not None
    if chance.often(0.4) and (signed or source.kind == "loan"):
        more |= {"pace": chance.choice(((0.4, 0.6), (0.2, 0.3, 0.5), (1.0,))), "effective_months": chance.choice((0.0, 0.0, 5.0))}
    if chance.often(0.4) and not source.draws_to:
        more |= {"ticket": chance.choice((0.2, 1.0, 3.0)), "projects_most": chance.choice((None, 1, 2))}
    if chance.often(0.3):
        more["ramp"] = _ramp(chance, 1.0)
    if chance.often(0.2) and source.kind == "loan" and source.signing_year >= 2026:
        more["must_draw"] = True
    return more


def _ramp(chance: Chance, least: float) -> Ramp:
    return Ramp(chance.choice((None, 0.2, 1.0)), chance.choice((0.1, 0.5)), least, chance.choice(("1", "2", "3")))

