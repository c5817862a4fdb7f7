"""From when and until when benefits of a project are counted (docs/numbers.md, Benefits)."""

from __future__ import annotations

from math import floor

from jaryq.case.case import Case, Facility, Package
from jaryq.case.works import YEAR
from jaryq.verify.schedule import Schedule, window_of
from jaryq.verify.works import open_months


class Horizon:
    """``H`` and the earliest finish of each project."""

    def __init__(self, case: Case, schedule: Schedule) -> None:
        self.case, self.schedule = case, schedule

    def earliest(self, facility: Facility, position: int) -> int:
        """The earliest allowed start (of a plan that starts it where it may not and never might: that one)."""
        return min(self.schedule.allowed[facility.id], default=position)

    def last_for(self, facility: Facility, position: int) -> int:
        """``H`` of a facility, from its earliest start."""
        finish = self.schedule.finish(facility.id, self.earliest(facility, position))
        return self._last_year(facility, self.schedule.calendar.year(finish))

    def last_of(self, package: Package) -> int:
        """``H`` of a package: from its earliest year."""
        return self._last_year(package, max(package.earliest, self.schedule.calendar.plan_from))

    def first_open(self, package: Package) -> int:
        """The first period in which the package may be renewed."""
        calendar, season = self.schedule.calendar, open_months(self.case, package) if package.seasonal else YEAR
        window = window_of(package, calendar)
        open_in = (t for t in range(calendar.count) if calendar.year(t) in window and calendar.months_in(t, season))
        return next(open_in, calendar.count)

    def _last_year(self, project: Facility | Package, finish: int) -> int:
        """One calendar end for every start, from the earliest possible finish."""
        return min(self.case.settings.evaluation_last_year, floor(finish + project.life))
