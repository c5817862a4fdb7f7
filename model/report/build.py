"""From (Case, Factors, Solution, findings) to the Report: every table of a plan workbook, each by one pure step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.base.text import Text
from model.data.case import Case
from model.data.derive import Factors
from model.report.amounts import amounts
from model.report.cash import cash_table
from model.report.consumers import tariffs_table
from model.report.debt import books
from model.report.debt_table import debt_table
from model.report.facilities import facilities_table
from model.report.funding import funding_table, years_table
from model.report.kinds import Report
from model.report.limits import checks_table, limits_table, stages_table
from model.report.loans import loans_table
from model.report.networks import networks_table, regions_table
from model.report.overview import overview
from model.report.partner_page import partner_pages
from model.report.partners import partners_table
from model.report.targets import targets_table
from model.report.unused import unused_table
from model.solve.solution import Solution
from model.verify.finding import Finding


def build_report(case: Case, factors: Factors, solution: Solution, findings: Sequence[Finding] = (), manifest: Mapping[str, str] | None = None) -> Report:
    """The report of a plan. Pure; the tables stand in the order of ``sheets.results.TABLES``."""
    found = amounts(case, factors, solution.plan)
    loans = books(found)
    tariffs = (tariffs_table(found),) if case.tariffs else ()
    made = (
        facilities_table(found), networks_table(found), regions_table(found), funding_table(found), years_table(found), unused_table(found),
        partners_table(found), loans_table(found), debt_table(loans), cash_table(found, loans), *tariffs, targets_table(found),
        limits_table(case, solution), stages_table(solution), checks_table(findings),
    )
    tables = {table.sheet: table for table in made}
    settings = case.settings
    subtitle = Text(f"Scenario {case.scenario}; {settings.plan_from}-{settings.last_year}; money of {settings.price_year} where it says price year",
                    f"Сценарий {case.scenario}; {settings.plan_from}-{settings.last_year}; «год цен»: деньги {settings.price_year} года")
    return Report(settings.title, subtitle, overview(found, solution, findings, tables), tables, dict(manifest or {}),
                  partner_pages(found, loans))
