"""Rules across sheets: each a named function that yields issues with their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.base.lookalike import told_apart
from jaryq.base.text import Text
from jaryq.base.units import bn_of
from jaryq.case.case import Facility, Target
from jaryq.case.scope import heard
from jaryq.factors.by_quantity import without_quantity
from jaryq.factors.derive import Factors
from jaryq.factors.eligibility import who_pays
from jaryq.factors.schedule import why_no_start
from jaryq.rules.commitments import binding
from jaryq.rules.meant import known_values, measure_is_meant
from jaryq.rules.rows import EACH_YEAR, Rows, span_of, years_of
from jaryq.rules.sizes import number
from jaryq.sheets.measures import MEASURES, OF_SOURCES
from jaryq.tables.filters import nearest
from jaryq.tables.programme import UNDER_WAY
from jaryq.tables.selector import AREA_COLUMNS, FILTER_COLUMNS, MONEY_COLUMNS, columns_of, parse
from jaryq.tables.tables import Tables


def years_in_order(tables: Tables) -> Iterator[Issue]:
    """first_year <= plan_from <= last_year <= evaluation_last_year."""
    span = years_of(tables)
    settings = Rows(tables, "settings")
    where = {row.get("setting"): position for position, row in settings.rows}
    order = ("first_year", "plan_from", "last_year", "evaluation_last_year")
    for earlier, later in pairwise(order):
        if span[earlier] > span[later]:
            position = where.get(later, where.get(earlier))
            if position is not None:
                yield settings.issue("years_out_of_order", position, "value", rule=f"{earlier} <= {later}")
    for sheet in ("facilities", "networks"):
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            if row.get("earliest") and row.get("latest") and row["earliest"] > row["latest"]:
                yield rows.issue("years_out_of_order", position, "latest", rule="earliest <= latest")
    rows = Rows(tables, "sources")
    for position, row in rows.rows:
        if row.get("available_from") and row.get("available_to") and row["available_from"] > row["available_to"]:
            yield rows.issue("years_out_of_order", position, "available_to", rule="available_from <= available_to")


def keys_do_not_clash(tables: Tables) -> Iterator[Issue]:
    """A package must not have the key of a facility: progress, eligibility and plans speak of both."""
    facilities = {row.get("facility"): position for position, row in Rows(tables, "facilities").rows}
    rows = Rows(tables, "networks")
    for position, row in rows.rows:
        if row.get("package") in facilities:
            other = f"facilities!{tables.get('facilities').cell(facilities[row['package']], 'facility')}"
            yield rows.issue("duplicate_key", position, "package", other=other)


def costs_are_stated(tables: Tables) -> Iterator[Issue]:
    """A facility needs a cost or spending by year (not both), within the planned years (under contract also after
    them); one that is done needs none."""
    span = span_of(tables)
    rows = Rows(tables, "facilities")
    done = {row.get("project") for _, row in Rows(tables, "progress").rows if row.get("status") == "done"}
    columns = rows.year_columns("spend_")
    contracts = {row.get("project") for _, row in Rows(tables, "progress").rows if row.get("status") in UNDER_WAY}
    for position, row in rows.rows:
        stated = [y for y in columns if row.get(f"spend_{y}") is not None]
        if not stated and row.get("cost") is None and row.get("facility") not in done:
            yield rows.issue("missing_value", position, "cost", what=Text("bn KZT", "млрд тенге"))
        if stated and row.get("cost") is not None:
            yield rows.issue(
                "wrong_type",
                position,
                "cost",
                what=Text("either a cost or spending by year, not both",
                          "либо стоимость, либо затраты по годам, но не то и другое"),
            )
        for year in stated:
            amount = row[f"spend_{year}"]
            goes_on = year > span["last_year"] and amount > 0 and row.get("facility") in contracts and any(
                span["plan_from"] <= y <= span["last_year"] and row[f"spend_{y}"] > 0 for y in stated)
            if not span["plan_from"] <= year <= span["last_year"] and amount != 0 and not goes_on:
                yield rows.issue("years_out_of_order", position, f"spend_{year}",
                                 rule=f"{span['plan_from']} <= year <= {span['last_year']}")


def contracts_end_after_the_plan(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """What is under contract and spends after the last planned year is paid and not counted (a note)."""
    rows, last = Rows(tables, "facilities"), factors.case.settings.last_year
    for position, row in rows.rows:
        facility = factors.case.facilities[row["facility"]]
        if facility.unfinished and facility.spend:
            later = {year: amount for year, amount in facility.spend.items() if year > last}
            yield rows.issue("ends_after_plan", position, f"spend_{max(later)}", year=max(later), last=last,
                             amount=number(sum(later.values())))


def imports_have_a_currency(tables: Tables) -> Iterator[Issue]:
    rows = Rows(tables, "asset_types")
    for position, row in rows.rows:
        if (row.get("import_share") or 0) > 0 and row.get("import_currency") is None:
            yield rows.issue("missing_value", position, "import_currency",
                             what=Text("currency of the imported share", "валюта импортной доли"))


def indices_are_complete(tables: Tables) -> Iterator[Issue]:
    """Every index has a level for each year from the first one needed to the last one given, and a long-run rate for
    the time after."""
    span = span_of(tables)
    rows = Rows(tables, "price_indices")
    columns = rows.year_columns()
    begin = min(span["price_year"], span["plan_from"], span["first_year"])
    for position, row in rows.rows:
        given = [y for y in columns if row.get(str(y)) is not None]
        if not given:
            yield rows.issue("missing_rate", position, "long_run", what=Text("level of the index", "уровень индекса"),
                             years=begin, where=EACH_YEAR)
            continue
        for year in range(begin, max(given) + 1):
            if year not in given:
                yield rows.issue("missing_rate", position, str(year),
                                 what=Text("level of the index", "уровень индекса"), years=year, where=EACH_YEAR)
        if row.get("long_run") is None:
            yield rows.issue("missing_rate", position, "long_run", what=Text("long-run growth", "долгосрочный рост"),
                             years=f"{max(given) + 1}+", where=Text("the yearly growth in long_run",
                                                                   "ежегодный рост в long_run"))


def rates_are_complete(tables: Tables) -> Iterator[Issue]:
    """Every currency has a rate for each year from the first one needed to the last one given."""
    span = span_of(tables)
    rows = Rows(tables, "currencies")
    columns = rows.year_columns()
    begin = min(span["price_year"], span["plan_from"])
    for position, row in rows.rows:
        given = [y for y in columns if row.get(str(y)) is not None]
        if not given:
            yield rows.issue("missing_rate", position, "currency", what=Text("exchange rate", "курс валюты"),
                             years=begin, where=EACH_YEAR)
            continue
        for year in range(begin, max(begin, *given) + 1):
            if year not in given:
                yield rows.issue("missing_rate", position, str(year), what=Text("exchange rate", "курс валюты"),
                                 years=year, where=EACH_YEAR)


def sources_are_bounded(tables: Tables) -> Iterator[Issue]:
    """An open source needs a ceiling for each planned year of its window, or an envelope (loans, or any source)."""
    span = span_of(tables)
    rows = Rows(tables, "sources")
    ceilings = {row.get("source_id"): (position, row) for position, row in Rows(tables, "source_years").rows}
    table = Rows(tables, "source_years")
    for position, row in rows.rows:
        if row.get("status") == "closed":
            continue
        needs_all = row.get("envelope") is None or row.get("carry_over") == "fund"
        if not needs_all:
            continue
        begin = max(span["plan_from"], int(row.get("available_from") or 0))
        end = min(span["last_year"], int(row.get("available_to") or span["last_year"]))
        place, stated = ceilings.get(row.get("source_id"), (None, {}))
        if place is None:
            yield rows.issue(
                "missing_value",
                position,
                "envelope",
                what=Text("an envelope here or ceilings on source_years",
                          "лимит здесь или потолки на листе source_years"),
            )
            continue
        for year in range(begin, end + 1):
            if stated.get(str(year)) is None:
                unit = bn_of(str(row.get("currency") or HOME_CURRENCY))
                yield table.issue(
                    "missing_value", place, str(year), what=Text(f"ceiling, {unit.say()}; 0 closes the year",
                                                                 f"потолок, {unit.say('ru')}; 0 закрывает год")
                )


def targets_are_meant(tables: Tables) -> Iterator[Issue]:
    """Quantity, unit, selector, years, grouping, priority and scale of each target."""
    span = span_of(tables)
    quantities = {row.get("quantity"): row for _, row in Rows(tables, "quantities").rows}
    rows = Rows(tables, "targets")
    for position, row in rows.rows:
        measure = row.get("measure")
        if measure is None or row.get("value") is None:
            continue
        kind, columns = MEASURES[measure], columns_of(measure)
        yield from measure_is_meant(rows, position, row, span, quantities)
        if row.get("sense") is not None and row["sense"] not in kind.senses:
            said = ", ".join(kind.senses)
            yield rows.issue("target_unfit", position, "sense",
                             detail=Text(f"a target on {measure} has the sense {said}",
                                         f"знак цели по {measure}: {said}"),
                             remedy=Text(f"enter {said}", f"укажите {said}"))
        remedy = Text("choose another column or leave it blank", "выберите другой столбец или оставьте пустым")
        if row.get("by") is not None and row["by"] not in columns and kind.of != "projects":
            said = ", ".join(columns)
            yield rows.issue("target_unfit", position, "by",
                             detail=Text(f"{measure} can be split by {said}", f"{measure} делится по {said}"),
                             remedy=remedy)
        elif row.get("by") in AREA_COLUMNS and kind.of == "projects":
            yield rows.issue("target_unfit", position, "by",
                             detail=Text("only deficits can be split by areas", "по районам делится только дефицит"),
                             remedy=remedy)
        elif row.get("by") in MONEY_COLUMNS and measure not in OF_SOURCES:
            yield rows.issue(
                "target_unfit",
                position,
                "by",
                detail=Text("only money of sources can be split by these columns of sources",
                            "по столбцам источников делятся только деньги источников"),
                remedy=remedy,
            )
        if (row.get("priority") is None) == (row.get("price") is None):
            yield rows.issue(
                "target_unfit",
                position,
                "priority",
                detail=Text("either a priority or a price is needed, not both",
                            "нужен приоритет или цена, но не то и другое"),
                remedy=Text("fill in one of the two", "заполните одно из двух"),
            )
        if row["value"] == 0 and row.get("scale") is None:
            yield rows.issue("missing_value", position, "scale",
                             what=Text("needed where the value is 0", "нужен, если значение 0"))


def selectors_match(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A target speaks of something."""
    rows = Rows(tables, "targets")
    targets: dict[str, list[Target]] = {}
    for target in factors.case.targets:
        targets.setdefault(target.row, []).append(target)
    speaking = {row for row, mine in targets.items() if heard(factors.case, mine)}
    for position, row in rows.rows:
        if row.get("target") not in speaking:
            hint = nearest(parse(row.get("filter"), FILTER_COLUMNS), tables, known_values(factors.case))
            yield replace(rows.issue("selector_matches_nothing", position, "filter", hint=hint),
                          value=told_apart(row.get("filter") or ""))


def works_fit(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A facility's works fit into its window; for one that must be done this stops the run."""
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        facility = factors.case.facilities[row["facility"]]
        if facility.done is None and not factors.works.starts[facility.id] and (why_no_start(factors.case, facility)
                                                                                or ("",
                                                                          ))[0] == "window":
            months = facility.procurement_months + facility.works_months
            code = "no_room_for_works" if binding(factors, facility.id) else "window_too_short"
            yield rows.issue(code, position, "latest", months=f"{months:g}", earliest=facility.earliest,
                             latest=facility.latest)


def projects_have_money(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Every project has an open source that may pay for it, and brings what it pays by; what costs nothing needs
    none."""
    case = factors.case
    pays, _ = who_pays(case)
    lacking = without_quantity(case, pays)
    for sheet, column in (("facilities", "facility"), ("networks", "package")):
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            project = case.project(row[column])
            if getattr(project, "done", None) is not None and sheet == "facilities":
                continue
            if isinstance(project, Facility) and project.overnight <= 0:
                continue
            if any((s, project.id) not in lacking for s in pays[project.id]):
                continue
            if isinstance(project, Facility) and binding(factors, project.id):
                yield rows.issue("no_money_for_commitment", position, column)
            elif pays[project.id]:
                payers = [case.sources[s] for s in sorted(pays[project.id])]
                yield rows.issue("payer_without_quantity", position, column, sources=", ".join(s.id for s in payers),
                                 quantity=", ".join(dict.fromkeys(str(s.quantity) for s in payers)))
            else:
                yield rows.issue("no_source_for_project", position, column)
