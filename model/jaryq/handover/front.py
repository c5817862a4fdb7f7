"""The front of the plan: ten pages (one more with a register of stretches) in the order in which a meeting asks."""

from __future__ import annotations

from jaryq.case.case import Case
from jaryq.handover.aims import aims
from jaryq.handover.answers import answers
from jaryq.handover.decision import decision
from jaryq.handover.gantt import gantt
from jaryq.handover.lenders import lenders
from jaryq.handover.money_flow import money_flow
from jaryq.handover.places import places
from jaryq.handover.renewal import renewal
from jaryq.handover.shapes import Front
from jaryq.handover.stretches import stretches
from jaryq.handover.trust import trust
from jaryq.handover.years import years
from jaryq.report.report import Report

PAGES = (decision, years, gantt, renewal, stretches, places, money_flow, lenders, aims, answers, trust)
"""Every page is made by one function from the case (names, regions, years) and the report (all figures)."""


def front(case: Case, report: Report) -> tuple[Front, ...]:
    """The front pages, those that have anything to say."""
    return tuple(page for make in PAGES if (page := make(case, report)) is not None)
