"""From (Case, Factors, Solution, findings) to the Report: every table of a plan workbook, each by one pure step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.factors.derive import Factors
from jaryq.report.adequacy import balances_table, flows_table
from jaryq.report.amounts import Amounts, amounts
from jaryq.report.borrowers import borrowers_table, burden_table
from jaryq.report.by_region import by_kind_table, by_region_table
from jaryq.report.by_year import by_year_table
from jaryq.report.calibration import calibration_table
from jaryq.report.cash import cash_table
from jaryq.report.changes import changes_table
from jaryq.report.choices import choices_table
from jaryq.report.condition import condition_table, wear_table
from jaryq.report.consumers import tariffs_table
from jaryq.report.debt import books
from jaryq.report.debt_table import debt_table
from jaryq.report.facilities import facilities_table
from jaryq.report.fragile import fragile_table
from jaryq.report.funding import funding_table, years_table
from jaryq.report.gains import gains_table
from jaryq.report.health import classes_table, health_table
from jaryq.report.limits import limits_tables
from jaryq.report.loans import loans_table
from jaryq.report.networks import networks_table, regions_table
from jaryq.report.objective import objective_table
from jaryq.report.options import options_table
from jaryq.report.overview import overview
from jaryq.report.partner_page import partner_pages
from jaryq.report.partners import partners_table
from jaryq.report.quantities import quantities_table
from jaryq.report.questions import questions_table
from jaryq.report.ramps import ramps_table
from jaryq.report.report import Report
from jaryq.report.resources import crews_table, outages_table, trenches_table
from jaryq.report.shapes import Out
from jaryq.report.stages import checks_table, stages_table
from jaryq.report.states import States, states
from jaryq.report.streets import streets
from jaryq.report.stretched import stretches_tables
from jaryq.report.targets import targets_table
from jaryq.report.timetable import km_table, timetable_table
from jaryq.report.unused import unused_table
from jaryq.report.uses import uses_table
from jaryq.report.why import why_tables, with_reasons
from jaryq.solve.solution import Solution
from jaryq.verify.finding import Finding


def build_report(case: Case, factors: Factors, solution: Solution, findings: Sequence[Finding] = (),
                 manifest: Mapping[str, str] | None = None) -> Report:
    """The report of a plan. Pure; the tables stand in the order of ``sheets.results.TABLES``."""
    found = amounts(case, factors, solution.plan)
    loans = books(found)
    conditions = states(found)
    tariffs = (tariffs_table(found),) if case.tariffs else ()
    quantities = (quantities_table(found),) if case.quantities else ()
    kinds = (by_kind_table(conditions),) if case.packages else ()
    made = (
        by_year_table(found), by_region_table(conditions),
        with_reasons(facilities_table(found), case, solution), timetable_table(found), *_slipping(found),
        networks_table(found),
        regions_table(found), *kinds, *stretches_tables(found, solution.renewed, (manifest or {}).get("stretches", "")),
        *_works(found),
        *quantities, *_adequacy(found), *_condition(found, conditions),
        funding_table(found), years_table(found), uses_table(found), unused_table(found),
        partners_table(found), loans_table(found), debt_table(loans), cash_table(found, loans), *tariffs,
        *_bearing(found), targets_table(found),
        objective_table(found), gains_table(found), *limits_tables(case, solution), *why_tables(case, solution),
        stages_table(solution),
        checks_table(findings), *((calibration_table(found),) if case.calibration else ()),
    )
    tables = {table.sheet: table for table in made}
    tables = _with(tables, questions_table(case, solution, tables), "why", "stages")
    settings = case.settings
    subtitle = Text(f"Scenario {case.scenario}; {settings.plan_from}-{settings.last_year}; money of "
                    f"{settings.price_year} where it says price year",
                    f"Сценарий {case.scenario}; {settings.plan_from}-{settings.last_year}; «год цен»: деньги "
                    f"{settings.price_year} года")
    return Report(settings.title, subtitle, overview(found, conditions, solution, findings, tables), tables,
                  dict(manifest or {}),
                  partner_pages(found, loans), streets(found, solution.renewed))


def _with(tables: dict[str, Out], table: Out, *before: str) -> dict[str, Out]:
    """The tables with one more, in front of the first of these names."""
    place = next(i for i, name in enumerate(tables) if name in before)
    items = list(tables.items())
    return dict([*items[:place], (table.sheet, table), *items[place:]])


def _slipping(found: Amounts) -> list[Out]:
    """How much works can slip, where there are works."""
    return [table for table in (fragile_table(found),) if table.rows]


def _works(found: Amounts) -> list[Out]:
    """Tables on the works, those that have a row."""
    case = found.case
    made = [km_table(found)] if case.settings.periods_per_year > 1 else []
    made += [crews_table(found), outages_table(found), trenches_table(found), ramps_table(found),
             choices_table(found)]
    if case.before.start or case.before.renew:
        made.append(changes_table(found))
    return [table for table in made if table.rows or table.sheet == "changes_since"]


def _adequacy(found: Amounts) -> list[Out]:
    """Tables on capacity at the peak, where there are balances."""
    made = [balances_table(found), flows_table(found)] if found.case.balances else []
    return [table for table in made if table.rows]


def _bearing(found: Amounts) -> list[Out]:
    """Tables on borrowers and on the burden of households, those that have a row."""
    return [table for table in (burden_table(found), borrowers_table(found)) if table.rows]


def _condition(found: Amounts, made: States) -> list[Out]:
    """Tables on condition, those that have a row."""
    tables = [condition_table(made), wear_table(made), classes_table(made), health_table(made),
        options_table(found)] if made.anything else [options_table(found)]
    return [table for table in tables if table.rows]
