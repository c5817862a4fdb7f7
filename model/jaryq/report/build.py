"""From (Case, Factors, Solution, findings) to the Report: every table of a plan workbook, each by one pure step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from jaryq.base.lazily import Lazily
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
from jaryq.report.debt import Book, books
from jaryq.report.debt_table import debt_table
from jaryq.report.facilities import facilities_table
from jaryq.report.fragile import fragile_table
from jaryq.report.funding import funding_table, years_table
from jaryq.report.gains import gains_table
from jaryq.report.health import classes_table, health_table
from jaryq.report.limits import SHEETS, limits_tables
from jaryq.report.loans import loans_table
from jaryq.report.networks import networks_table, regions_table
from jaryq.report.objective import objective_table
from jaryq.report.options import options_table
from jaryq.report.overview import keyed, overview
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
from jaryq.report.stretched import SHEETS as STRETCHES
from jaryq.report.stretched import stretches_tables
from jaryq.report.targets import targets_table
from jaryq.report.timetable import km_table, timetable_table
from jaryq.report.unused import unused_table
from jaryq.report.uses import uses_table
from jaryq.report.why import why_tables, with_reasons
from jaryq.report.words import scenario_of
from jaryq.solve.solution import Solution
from jaryq.verify.finding import Finding


def build_report(case: Case, factors: Factors, solution: Solution, findings: Sequence[Finding] = (),
                 manifest: Mapping[str, str] | None = None) -> Report:
    """The report of a plan. Pure; the tables stand in the order of ``sheets.results.TABLES``."""
    parts = Parts(case, factors, solution, findings, (manifest or {}).get("stretches", ""))
    return replace(parts.report(), tables=dict(parts.tables), manifest=dict(manifest or {}),
                   partner_pages=partner_pages(parts.found, parts.loans),
                   streets=streets(parts.found, solution.renewed))


def report_as_asked(case: Case, factors: Factors, solution: Solution, findings: Sequence[Finding] = (), *,
                    front: bool = False) -> Report:
    """The same report for who looks at a part of it: tables are made when they are asked for; no pages of partners.
    ``front``: the overview has only what the pages of decision, money and trust take from it."""
    return Parts(case, factors, solution, findings).report(front=front)


class Parts:
    """What a report is made of, each part once and when it is asked for. ``file``: where all stretches that are renewed
    stand."""

    def __init__(self, case: Case, factors: Factors, solution: Solution, findings: Sequence[Finding],
                 file: str = "") -> None:
        self.case, self.solution, self.findings, self.file = case, solution, findings, file
        self.found = amounts(case, factors, solution.plan, solution.renewed)
        self.tables: Lazily[Out] = Lazily({
            "by_year": self._made(by_year_table),
            "by_region": lambda: by_region_table(self.conditions),
            "facilities": lambda: with_reasons(facilities_table(self.found), case, solution),
            "timetable": self._made(timetable_table), "fragile": self._filled(fragile_table),
            "networks": self._made(networks_table), "networks_by_region": self._made(regions_table),
            "networks_by_kind": lambda: by_kind_table(self.conditions) if case.packages else None,
            **{sheet.name: partial(self._of_stretches, sheet.name) for sheet in STRETCHES},
            "networks_by_period": self._filled(km_table, case.settings.periods_per_year > 1),
            "crews": self._filled(crews_table), "outages": self._filled(outages_table),
            "trenches": self._filled(trenches_table), "ramps": self._filled(ramps_table),
            "choices": self._filled(choices_table),
            "changes_since": self._made(changes_table, case.before.start or case.before.renew),
            "quantities": self._made(quantities_table, case.quantities),
            "balances": self._filled(balances_table, case.balances),
            "flows": self._filled(flows_table, case.balances),
            "condition": self._of_condition(condition_table),
            # Wear hangs on no zone and no failure.
            "wear": lambda: _if_filled(wear_table(States(self.found))),
            "risk_by_class": self._of_condition(classes_table), "health": self._of_condition(health_table),
            "options": self._filled(options_table),
            "funding": self._made(funding_table), "funding_years": self._made(years_table),
            "uses": self._made(uses_table), "unused": self._made(unused_table),
            "partners": self._made(partners_table), "loans": self._made(loans_table),
            "debt_service": lambda: debt_table(self.loans), "cash": lambda: cash_table(self.found, self.loans),
            "tariffs": self._made(tariffs_table, case.tariffs),
            "burden": self._filled(burden_table), "borrowers": self._filled(borrowers_table),
            "targets": self._made(targets_table), "objective": self._made(objective_table),
            "gains": self._made(gains_table),
            **{sheet: partial(_of, limits_tables, sheet, case, solution) for sheet in SHEETS},
            "questions": lambda: questions_table(case, solution, self.tables, self.found),
            "why": partial(_of, why_tables, "why", case, solution),
            "stages": lambda: stages_table(solution, findings), "checks": lambda: checks_table(findings),
            "calibration": self._made(calibration_table, case.calibration),
        })
        """By their names, in their order; those of which a case has nothing are not there."""

    @cached_property
    def conditions(self) -> States:
        return states(self.found)

    @cached_property
    def loans(self) -> Mapping[str, Book]:
        return books(self.found)

    @cached_property
    def stretches(self) -> Mapping[str, Out]:
        return {table.sheet: table for table in stretches_tables(self.found, self.solution.renewed, self.file)}

    def report(self, *, front: bool = False) -> Report:
        """Title, overview (``front``: see above) and tables, without pages of partners."""
        settings = self.case.settings
        scenario = scenario_of(self.case)
        subtitle = Text(f"Scenario {scenario.en}; {settings.plan_from}-{settings.last_year}; amounts "
                        f"called price year are in money of {settings.price_year}",
                        f"Сценарий {scenario.ru}; {settings.plan_from}-{settings.last_year}; суммы с "
                        f"пометкой «год цен» даны в деньгах {settings.price_year} года")
        seen = keyed(self.found, self.solution, self.findings, self.tables) if front else \
            overview(self.found, self.conditions, self.solution, self.findings, self.tables)
        return Report(settings.title, subtitle, seen, self.tables, {})

    def _of_stretches(self, sheet: str) -> Out | None:
        return self.stretches.get(sheet)

    def _made(self, table: Callable[[Amounts], Out], there: object = True) -> Callable[[], Out | None]:
        return lambda: table(self.found) if there else None

    def _filled(self, table: Callable[[Amounts], Out], there: object = True) -> Callable[[], Out | None]:
        """A table that is there if it has a row."""
        return lambda: _if_filled(table(self.found)) if there else None

    def _of_condition(self, table: Callable[[States], Out]) -> Callable[[], Out | None]:
        return lambda: _if_filled(table(self.conditions)) if self.conditions.anything else None


def _if_filled(table: Out) -> Out | None:
    return table if table.rows else None


def _of(tables: Callable[[Case, Solution], Sequence[Out]], sheet: str, case: Case, solution: Solution) -> Out | None:
    return {table.sheet: table for table in tables(case, solution)}.get(sheet)
