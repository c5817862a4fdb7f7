"""Tables ``crews``, ``outages`` and ``trenches``: what works need and meet, by period."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.case.case import Crew, Period
from jaryq.factors.linear import Linear
from jaryq.factors.resources import crews_needed, out_of_service
from jaryq.factors.schedule import open_months
from jaryq.factors.season import share_of_block
from jaryq.report.amounts import Amounts
from jaryq.report.charges import premiums, savings
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.words import UNIT_WORDS, crew_of, joined, name_of, number, region_of, same


def crews_table(found: Amounts) -> Out:
    """One row for each resource row and planned year with a need or a capacity, in the order of resources, regions and
    years."""
    case = found.case
    paid = premiums(found)
    rows: list[dict[str, Value]] = []
    places = {key: i for i, key in enumerate(ordered(found, "regions", case.regions))}
    for crew in sorted(case.crews, key=lambda crew: (crew.crew, -1 if crew.region is None
                                                     else places.get(crew.region, len(places)), crew.id)):
        for year in found.years:
            used = [_use(found, crew, period.label, paid) for period in case.periods if period.year == year]
            if any(use.need > NOTHING or use.room > NOTHING for use in used):
                rows.append(_crew(found, crew, year, used))
    optional = [h for h in ("extra", "borrowed", "lent", "premium") if any(row[h] for row in rows)]
    shown = ("used",) if case.settings.periods_per_year == 1 else ("used_1", "used_2", "used_3", "used_4")
    headings = ("crew", "region", "year", "facilities", "networks", "need", "capacity",
                *(h for h in ("extra", "borrowed", "lent") if h in optional),
                "free", *(h for h in ("premium",) if h in optional), *shown)
    formulas = {"need": ("facilities", "networks"), "free": ("capacity", "extra", "borrowed", "-lent", "-need")}
    sums = tuple(h for h in headings if h not in ("crew", "region", "year", *shown))
    return Out("crews", headings, tuple(rows), sums=sums, groups="crew", formulas=formulas, rounded=("free",),
               remarks=REMARKS)


COUNTRY = Text("whole country", "вся страна")
REMARKS = (
    Text("Use of a period: need and lent over its capacity in season; above 100 % with overtime, contractors or "
         "borrowed crews; blank out of season.",
         "Использование периода: потребность и отданное к мощности в сезон; больше 100 % со сверхурочными, подрядом "
         "или чужими бригадами; вне сезона пусто."),
    Text("A project may need a resource of its region and one of the whole country at once; totals add up all rows.",
         "Проект может занимать ресурс региона и ресурс страны одновременно; итоги складывают все строки."),
)


@dataclass(frozen=True)
class Use:
    """What a resource row needs and has in a period: crew-years; the premium nominal bn KZT."""

    facilities: float
    networks: float
    room: float
    extra: float
    borrowed: float
    lent: float
    premium: float

    @property
    def need(self) -> float:
        return self.facilities + self.networks


def _use(found: Amounts, crew: Crew, t: str, paid: Mapping[tuple[str, str], float]) -> Use:
    plan, factors, key = found.plan, found.factors, (crew.id, t)
    need = crews_needed(factors).get(key, Linear({}))
    more = (plan.extra.get(key, 0.0), plan.borrowed.get(key, 0.0), plan.lent.get(key, 0.0))
    facilities, networks = need.only("start").on(plan), need.only("renew").on(plan)
    return Use(facilities, networks, factors.works.rooms.own.get(key, 0.0), *more, paid.get(key, 0.0))


def _crew(found: Amounts, crew: Crew, year: int, used: list[Use]) -> dict[str, Value]:
    """The periods of a year together, and the use of each."""
    def total(name: str) -> float:
        return math.fsum(getattr(use, name) for use in used)

    parts = {name: total(name) for name in ("facilities", "networks", "extra", "borrowed", "lent", "premium")}
    need, room = total("need"), total("room")
    shares = [100.0 * (use.need + use.lent) / use.room if use.room > NOTHING else None for use in used]
    return {
        "crew": crew_of(found.case, crew.crew),
        "region": region_of(found.case, crew.region) or COUNTRY, "year": year, **parts,
        "need": need, "capacity": room,
        "free": round(math.fsum([room, parts["extra"], parts["borrowed"], -parts["lent"], -need]), 9) + 0.0,
        **({"used": shares[0]} if len(used) == 1 else {f"used_{q}": share for q, share in enumerate(shares, 1)}),
    }


def outages_table(found: Amounts) -> Out:
    """One row for each region, unit and period with capacity out of service, in the order of regions."""
    case, out = found.case, out_of_service(found.factors)
    limits = {(limit.region, limit.unit): limit.value for limit in case.outages}
    periods = {period.label: period for period in case.periods}
    places = {key: i for i, key in enumerate(ordered(found, "regions", case.regions))}
    parts = {at: {key: amount for key, amount in linear.by(0, found.plan).items() if amount > NOTHING}
             for at, linear in out.items()}
    order = sorted((at for at, amounts in parts.items() if amounts), key=lambda at: (
        places.get(at[0], len(places)), at[0], at[1], periods[at[2]].position))
    rows = [_outage(found, region, unit, periods[t], parts[region, unit, t], limits.get((region, unit)))
            for region, unit, t in order]
    yearly = case.settings.periods_per_year == 1
    headings = ("region", "unit", "year", *(() if yearly else ("period",)), "out", "limit", "used", "season", "open",
                "which")
    remarks = (
        Text("Periods without capacity out of service are left out. A facility is counted for the part of the period "
             "in which it is out.",
             "Периоды без вывода мощностей опущены. Объект учитывается за ту часть периода, когда он выведен."),
    )
    return Out("outages", headings, tuple(rows), remarks=remarks, alike=("out", "limit", "season", "open"))


def _outage(found: Amounts, region: str, unit: str, period: Period, parts: Mapping[str, float],
            limit: float | None) -> dict[str, Value]:
    case = found.case
    size = 12 / case.settings.periods_per_year
    total = math.fsum(parts.values())
    seasonal = [amount for key, amount in parts.items() if case.facilities[key].outage.seasonal]
    opened = share_of_block(period.position, size, open_months(case, case.facilities[min(parts)]))
    word, names = UNIT_WORDS.get(unit, same(unit)), []
    for key, amount in sorted(parts.items(), key=lambda part: (-part[1], part[0])):
        name, said = name_of(case.facilities[key]), number(amount, 0 if amount >= 10 else 1)
        names.append(Text(f"{name.en} ({said.en} {word.en})", f"{name.ru} ({said.ru} {word.ru})"))
    return {
        "region": region_of(case, region), "unit": word, "year": period.year, "period": period.label, "out": total,
        "limit": limit,
        "used": 100.0 * total / limit if limit else None, "season": math.fsum(seasonal) if seasonal else None,
        "open": limit * opened if limit is not None and seasonal else None, "which": joined(names),
    }


def trenches_table(found: Amounts) -> Out:
    """One row for each row of sheet trenches, in the order of the input."""
    case, saved = found.case, savings(found)
    rows = []
    for trench in case.trenches:
        package = case.packages[trench.package]
        together: dict[int, list[float]] = {y: [] for y in found.years}
        for (k, t), amount in found.plan.joint.items():
            if k == trench.id:
                together[found.factors.works.period_year[t]].append(amount)
        km = {f"km_{y}": math.fsum(values) for y, values in together.items()}
        money = {f"saved_{y}": saved.get((trench.id, y), 0.0) for y in found.years}
        rows.append({
            "package": trench.package, "name": name_of(package), "other": trench.other,
            "region": region_of(case, package.region), "shared": trench.km,
            **km, "km": math.fsum(km.values()), **money, "saved": math.fsum(money.values()),
        })
    kms, moneys = tuple(f"km_{y}" for y in found.years), tuple(f"saved_{y}" for y in found.years)
    headings = ("package", "name", "other", "region", "shared", *kms, "km", *moneys, "saved")
    return Out("trenches", headings, tuple(rows), row_sums={"km": "km_", "saved": "saved_"},
               sums=("shared", *kms, "km", *moneys, "saved"))
