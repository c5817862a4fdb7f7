"""Whether a plan keeps what is wanted of its projects (docs/numbers.md, Wishes)."""

from __future__ import annotations

from math import fsum

from jaryq.base.home import BILLION
from jaryq.case.case import Facility, Package
from jaryq.case.works import Wish
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import Funding
from jaryq.verify.schedule import Schedule


def verify_wishes(schedule: Schedule, funding: Funding, ledger: Ledger) -> None:
    """wishes: of what is done or started before the plan only the payer counts."""
    for key, wish in schedule.case.wishes.items():
        project = schedule.case.project(key)
        if isinstance(project, Package):
            _verify_km(schedule, key, wish, ledger)
        elif project.done is None and project.started is None:
            _verify_starts(schedule, project, wish, ledger)
        if wish.payer is not None:
            _verify_payer(funding, key, wish, wish.payer, ledger)


def _ruled_out(wish: Wish, position: int) -> bool:
    """Whether nothing of the project is wanted in the period at ``position``."""
    return (wish.decision is False or (wish.first is not None and position < wish.first)
            or (wish.last is not None and position > wish.last))


def _verify_starts(schedule: Schedule, facility: Facility, wish: Wish, ledger: Ledger) -> None:
    """No start where none is wanted; what is to be done is this row itself, in full."""
    starts = schedule.starts.get(facility.id, ())
    for position, share in starts:
        if _ruled_out(wish, position):
            ledger.none("wishes", f"start[{facility.id},{schedule.calendar.label(position)}]", share, "share")
    if wish.decision is True:
        ledger.note("wishes", f"start[{facility.id}]", fsum(share for _, share in starts), "=", 1.0, "share")


def _verify_km(schedule: Schedule, package: str, wish: Wish, ledger: Ledger) -> None:
    """No km where none are wanted; in a year that names them just these."""
    for position, km in schedule.renewals.get(package, ()):
        if _ruled_out(wish, position):
            ledger.none("wishes", f"renew[{package},{schedule.calendar.label(position)}]", km, "km")
    renewed = schedule.km_by_year(package)
    for year, km in wish.km.items():
        if year in schedule.calendar.years:
            ledger.note("wishes", f"renew[{package},{year}]", renewed.get(year, 0.0), "=", km, "km")


def _verify_payer(funding: Funding, project: str, wish: Wish, payer: str, ledger: Ledger) -> None:
    """sum_y draw[s,p,y] >= payer_share x sum_y outlay[p,y], bn KZT, over all planned years."""
    drawn = funding.by_source_project.get((payer, project), 0.0)
    due = wish.share * funding.spent().get(project, 0.0)
    ledger.note("wishes", f"draw[{payer},{project}]", drawn, ">=", due, BILLION, drawn + due)
