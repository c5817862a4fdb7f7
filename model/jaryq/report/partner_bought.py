"""What is bought before a loan that helps to pay for it is in force."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.case.case import Facility, Source
from jaryq.factors.loans import signed_in
from jaryq.factors.prices import POINTS
from jaryq.report.amounts import Amounts
from jaryq.report.loans import from_on, is_signed
from jaryq.report.partner_shape import NAMED, few
from jaryq.report.projects import NOTHING
from jaryq.report.timetable import procured_by
from jaryq.report.timing import chosen
from jaryq.report.words import joined, name_of, said_when

BOUGHT = Text("{product}: bought before it is in force ({when}), so that other money pays for the purchase: {what}.",
              "{product}: закупка кончается до вступления в силу ({when}), её оплачивают другие деньги: {what}.")
BY = Text("{name}, procurement ends {when}", "{name}, конец закупки {when}")


def bought_before(found: Amounts, source: Source) -> Text | None:
    """Facilities that a loan helps to pay for, not at work yet, all of whose procurement ends by the date from which it
    may be drawn, the earliest first; None without any, and of a loan that has no date."""
    if not is_signed(source):
        return None
    force = signed_in(source) + POINTS[source.draw_timing] + source.effective_months / 12.0
    ended = sorted((ends, project.id, name_of(project)) for (s, p), amount in found.paid.items()
                   if s == source.id and amount > NOTHING and isinstance(project := found.case.project(p), Facility)
                   and (ends := _procured(found, project)) is not None and _date(found, ends) <= force + 1e-9)
    if not ended:
        return None
    return BOUGHT.fill(product=name_of(source), when=from_on(found, force), what=joined(few(
        [BY.fill(name=name, when=said_when(ends)) for ends, _, name in ended], NAMED)))


def _procured(found: Amounts, facility: Facility) -> str | None:
    """The last period of procurement of all starts in the plan; of what is at work its suppliers were chosen before."""
    if facility.started is not None:
        return None
    labels = [procured_by(found.case, facility, start) for start, _ in chosen(found, facility.id)]
    return max((label for label in labels if label is not None), default=None)


def _date(found: Amounts, label: str) -> float:
    """End of a period, a year with its part."""
    year, _, quarter = label.partition("Q")
    return int(year) + (int(quarter) / found.case.settings.periods_per_year if quarter else 1.0)
