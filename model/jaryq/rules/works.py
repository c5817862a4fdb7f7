"""Rules of condition and works across sheets: order, variants, what has begun, resources, outages, trenches, the last
plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jaryq.base.digits import apart
from jaryq.base.home import HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.build import settings_values
from jaryq.case.case import Case
from jaryq.factors.derive import Factors
from jaryq.factors.schedule import why_no_start
from jaryq.rules.commitments import binding
from jaryq.rules.rows import Rows, span_of
from jaryq.tables.tables import Tables


def variants_fit(tables: Tables) -> Iterator[Issue]:
    """A variant is one of a facility that is none itself; at most one of them must be done, at most one is done or
    under way.

    One that must be done beside another that is done has no start (``outages_fit`` says so).
    """
    rows = Rows(tables, "facilities")
    base = {row.get("facility"): row.get("option_of") for _, row in rows.rows}
    status = {(row.get("project"), row.get("status")) for _, row in Rows(tables, "progress").rows}
    must: dict[Any, Any] = {}
    begun: dict[Any, Any] = {}
    for position, row in rows.rows:
        key, of = row.get("facility"), row.get("option_of")
        if of is not None and (of == key or base.get(of) is not None):
            yield rows.issue("variant_unfit", position, "option_of", detail=Text(
                "a variant must name a facility that is no variant itself",
                "вариант должен называть объект, который сам не вариант"))
        asset = of or key
        if status & {(key, "started"), (key, "done")}:
            if asset in begun:
                yield rows.issue("variant_unfit", position, "option_of" if of else "facility", detail=Text(
                    f"two variants of {asset} are done or under way: {begun[asset]} and {key}",
                    f"выполнены или выполняются два варианта {asset}: {begun[asset]} и {key}"))
            begun.setdefault(asset, key)
        elif (row.get("must_do") and row.get("must_be_this")) or (key, "committed") in status:
            if asset in must:
                yield rows.issue("variant_unfit", position, "option_of" if of else "facility", detail=Text(
                    f"two variants of {asset} must be done: {must[asset]} and {key}",
                    f"обязательны два варианта {asset}: {must[asset]} и {key}"))
            must.setdefault(asset, key)


def started_fits(tables: Tables) -> Iterator[Issue]:
    """What has begun are facilities, before the planned years, not done as well; what a source paid can be turned into
    its currency."""
    span = span_of(tables)
    rows = Rows(tables, "progress")
    facilities = {row.get("facility") for _, row in Rows(tables, "facilities").rows}
    rates = {row.get("currency"): row for _, row in Rows(tables, "currencies").rows}
    currency = {row.get("source_id"): row.get("currency") for _, row in Rows(tables, "sources").rows}
    status: dict[Any, Any] = {}
    for position, row in rows.rows:
        project, said, year = row.get("project"), row.get("status"), row.get("year")
        if said == "started" and year is not None and year >= span["plan_from"]:
            yield rows.issue("progress_unfit", position, "year", detail=Text(
                f"what has started began before the first planned year {span['plan_from']}",
                f"начатое началось до первого планируемого года {span['plan_from']}"))
        if said == "started" and project is not None and project not in facilities:
            yield rows.issue("progress_unfit", position, "status", detail=Text(
                "only facilities are started; enter km as done",
                "начатыми бывают только объекты; км указывайте как done"))
        if said in ("started", "done") and project in facilities:
            if project in status:
                yield rows.issue("progress_unfit", position, "status",
                                 detail=Text(f"it is {status[project]} already", f"уже указано {status[project]}"))
            status.setdefault(project, said)
        money = currency.get(row.get("paid_by"), HOME_CURRENCY)
        if (row.get("spent") and money not in (None, HOME_CURRENCY) and money in rates and year is not None
            and rates[money].get(str(year)) is None):
            yield rows.issue("missing_rate", position, "paid_by", what=Text(f"rate of {money}", f"курс {money}"),
                             years=year, where=Text(f"the rate of {year} on sheet currencies",
                                                    f"курс {year} года на листе currencies"))


def outage_limits_are_stated(tables: Tables) -> Iterator[Issue]:
    """Either a limit, or what is available and the peak."""
    rows = Rows(tables, "outage_limits")
    for position, row in rows.rows:
        parts = [row.get("available"), row.get("peak")]
        if row.get("limit") is None and None in parts:
            column = "available" if parts[0] is None else "peak"
            yield rows.issue("missing_value", position, column, what=Text("or a limit", "или предел в столбце limit"))
        if row.get("limit") is not None and parts != [None, None]:
            yield rows.issue("either_or", position, "limit", columns="limit; available, peak")


def trenches_fit(tables: Tables) -> Iterator[Issue]:
    """Two different packages; what sharing saves is no more than the package costs."""
    cost: dict[Any, Any] = {row.get("package"): row.get("unit_cost") for _, row in Rows(tables, "networks").rows}
    rows = Rows(tables, "trenches")
    saved: dict[Any, float] = {}
    for position, row in rows.rows:
        package = row.get("package")
        if package is not None and package == row.get("with_package"):
            yield rows.issue("trench_unfit", position, "with_package", detail=Text(
                "a package shares no trench with itself", "пакет не делит траншею сам с собой"))
        if package is not None and row.get("saving") is not None and cost.get(package) is not None:
            saved[package] = saved.get(package, 0.0) + row["saving"]
            if saved[package] > cost[package]:
                all_, most = apart(saved[package], cost[package])
                yield rows.issue("trench_unfit", position, "saving", detail=Text(
                    f"savings of {package} add up to {all_}, more than its unit cost {most}",
                    f"экономия {package} в сумме {all_}, больше удельной стоимости {most}"))


def last_plan_is_read(tables: Tables) -> Iterator[Issue]:
    """Periods like 2027 or 2027Q3; a share or km, not both."""
    rows = Rows(tables, "last_plan")
    for position, row in rows.rows:
        if row.get("period") is not None and not re.fullmatch(r"\d{4}(Q[1-4])?", str(row["period"])):
            yield rows.issue("wrong_type", position, "period",
                             what=Text("a period such as 2027 or 2027Q3", "период вида 2027 или 2027Q3"))
        if row.get("share") is None and row.get("km") is None:
            yield rows.issue("missing_value", position, "share", what=Text("or km", "или km"))
        elif row.get("share") is not None and row.get("km") is not None:
            yield rows.issue("either_or", position, "share", columns="share, km")


def scores_are_in_order(tables: Tables) -> Iterator[Issue]:
    """Floors of scores lie below caps, yellow below red."""
    for sheet, low, high in (("asset_types", "score_floor", "score_cap"), ("facilities", "score_least", "score_most")):
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            if row.get(low) is not None and row.get(high) is not None and row[low] > row[high]:
                yield rows.issue("limits_crossed", position, low, most=high, limit=apart(row[high], row[low])[0])
    values = settings_values(tables)
    if float(values["yellow_from"]) > float(values["red_from"]):
        settings = Rows(tables, "settings")
        where = {row.get("setting"): position for position, row in settings.rows}
        place = where.get("yellow_from", where.get("red_from"))
        if place is not None:
            yield settings.issue("limits_crossed", place, "value", most="red_from",
                                 limit=apart(float(values["red_from"]), float(values["yellow_from"]))[0])


def outages_fit(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Works that fit into their window also have room for their outage and a season for their crews."""
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        facility = factors.case.facilities[row["facility"]]
        if facility.done is not None or factors.works.starts[facility.id]:
            continue
        why = why_no_start(factors.case, facility)
        if why is not None and why[0] != "window":
            codes = {"capacity": "outage_too_large", "season": "outage_without_season", "crews": "crews_without_season",
                     "variant": "variant_closed"}
            yield rows.issue(("must_" if binding(factors, facility.id) else "") + codes[why[0]], position, "facility",
                             detail=_crews(factors.case, why[1]) if why[0] == "crews" else why[1])


def _crews(case: Case, keys: str) -> Text:
    """Works resources by their names."""
    names = [case.crew_names[key] for key in keys.split(", ")]
    return Text(", ".join(name.en for name in names), ", ".join(name.ru for name in names))


def failures_have_a_size(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Where a unit not supplied has a value, what a failure takes away should be known."""
    rows = Rows(tables, "facilities")
    for position, row in rows.rows:
        condition = factors.case.facilities[row["facility"]].condition
        if (condition is not None and condition.lost is None and condition.lost_value > 0
            and factors.case.facilities[row["facility"]].done is None):
            yield rows.issue("lost_unknown", position, "lost")
