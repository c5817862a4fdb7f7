"""What a partner's money does: the projects it finances, its drawdown by year, and what its suppliers can deliver."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import LANGS, Text
from jaryq.case.case import Facility, Package, Source
from jaryq.factors.eligibility import by_source, why_closed
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block, Field
from jaryq.report.partner_debt import BN
from jaryq.report.partner_shape import clean
from jaryq.report.projects import NOTHING, data_status, ordered, owner_of, planned
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import joined, name_of, region_of, said_when, same, sector_of

NAME, PRODUCT = Text("Project", "Проект"), Text("Product", "Продукт")
BN_KZT = BILLION
SMALLER = Text("{n} smaller ones, listed beneath", "ещё {n} меньших, перечислены ниже")
SHUT = Text("Left out, since the rules above close them to all its products: {kinds}.",
            "Не показаны, так как правила выше закрывают их для всех его продуктов: {kinds}.")


def projects_of(found: Amounts, partner: str) -> list[tuple[float, Facility | Package]]:
    """Projects the partner's sources pay for with the amounts, the largest first."""
    sums: dict[str, list[float]] = {}
    for (s, p), amount in found.paid.items():
        if found.case.sources[s].partner == partner and amount > NOTHING:
            sums.setdefault(p, []).append(amount)
    rows = [(math.fsum(values), found.case.project(p)) for p, values in sums.items()]
    return sorted(rows, key=lambda row: (-row[0], row[1].id))


def content_of(found: Amounts, project: Facility | Package, partner: str) -> float:
    """Share of the cost of a project that the partner's suppliers can deliver."""
    kind = found.case.asset_types.get(project.asset_type or "")
    return kind.content.get(partner, 0.0) if kind else 0.0


def financed(found: Amounts, partner: str, most: int | None = None) -> Block:
    """Projects the partner pays for: when, at what cost, and what others add. ``most``: of more than so many the
    others stand in one row."""
    fields: tuple[Field, ...] = (
        Field(NAME), Field(Text("Region; owner", "Регион; владелец")), Field(Text("Kind", "Вид")),
        Field(Text("Start and finish", "Начало и окончание")),
        Field(Text("Cost", "Стоимость"), BN_KZT, total=True),
        Field(Text("Its cost rests on", "Стоимость: вид данных")),
        Field(Text("Partner's money", "Деньги партнёра"), BN_KZT, total=True),
        Field(Text("Share", "Доля"), "%"),
        Field(Text("Counterpart: budgets, own", "Средства заёмщика: бюджет, свои"), BN_KZT, total=True),
        Field(Text("Other lenders, grants", "Другие кредиторы, гранты"), BN_KZT, total=True),
        Field(Text("It can supply", "Может поставить"), BN_KZT, total=True),
    )
    rows: list[tuple[Value, ...]] = []
    for amount, project in projects_of(found, partner):
        cost = found.spent.get(project.id, 0.0)
        home = math.fsum(v for (s, p), v in found.paid.items() if p == project.id and _at_home(found.case.sources[s]))
        rows.append((
            name_of(project), _where(found, project), _kind(found, project), _when(found, project),
            cost, data_status(project), amount,
            100.0 * amount / cost if cost else None, home, clean(cost - amount - home),
            content_of(found, project, partner) * cost,
        ))
    made = tuple(shortened(rows, most))
    if all(as_number(row[-1]) <= NOTHING for row in made):  # its suppliers can deliver nothing: no column of nothing
        fields, made = fields[:-1], tuple(row[:-1] for row in made)
    return Block(Text("Projects it finances", "Финансируемые проекты"), fields, made, adds=((4, (6, 8, 9)),))


def shortened(rows: Sequence[tuple[Value, ...]], most: int | None) -> list[tuple[Value, ...]]:
    """The first rows, then how many more with their sums; the share is that of the sums."""
    if most is None or len(rows) <= most + 1:
        return list(rows)
    rest = rows[most:]
    cost, paid, home, others, supply = (math.fsum(as_number(row[at]) for row in rest) for at in (4, 6, 8, 9, 10))
    return [*rows[:most], (SMALLER.fill(n=len(rest)), None, None, None, cost, None, paid,
                           100.0 * paid / cost if cost else None, home, clean(others), supply)]


def _at_home(source: Source) -> bool:
    return source.kind in ("budget", "own") and not source.foreign


def _where(found: Amounts, project: Facility | Package) -> Text | None:
    """Region, and who owns or runs it, where that is stated."""
    stated = (region_of(found.case, project.region), owner_of(project))
    return joined([one for one in stated if one is not None])


def _kind(found: Amounts, project: Facility | Package) -> Text | None:
    kind = found.case.asset_types.get(project.asset_type or "")
    return name_of(kind) if kind else sector_of(project.sector)


def _when(found: Amounts, project: Facility | Package) -> Text | None:
    """First period, with preparation and procurement, and the last; of a package those of its km."""
    if isinstance(project, Package):
        labels = [t for (n, t), km in found.plan.renew.items() if n == project.id and km > NOTHING]
        return _from_to(min(labels), max(labels)) if labels else None
    begun = [start for start in found.factors.works.starts[project.id]
             if found.plan.start.get((project.id, start.period.label), 0.0) > NOTHING]
    return _from_to(begun[0].period.label, begun[-1].finish.label) if begun else None


def _from_to(first: str, last: str) -> Text | None:
    """Two periods, or one where they are the same; a line breaks between them."""
    said = [said_when(label) for label in dict.fromkeys((first, last))]
    return joined([Text(*(one.say(lang).replace(" ", "\u00a0") for lang in LANGS)) for one in said], " - ")


def drawdown(found: Amounts, mine: Sequence[Source]) -> tuple[Block, ...]:
    """Draws by year: in the currency of each product, then in bn KZT."""
    used = [source for source in mine if any(found.drawn(source.id, y) > NOTHING for y in found.years)]
    years = tuple(same(str(y)) for y in found.years)
    total = Text("All years", "Все годы")
    rows = {s.id: [found.use(s.id, y) for y in found.years] for s in used}
    own: tuple[tuple[Value, ...], ...] = tuple((name_of(s), BN.fill(code=s.currency), *rows[s.id],
                                                math.fsum(rows[s.id])) for s in used)
    rows = {s.id: [found.drawn(s.id, y) for y in found.years] for s in used}
    kzt: tuple[tuple[Value, ...], ...] = tuple((name_of(s), Text("bn KZT", "млрд тенге"), *rows[s.id],
                                                math.fsum(rows[s.id])) for s in used)
    first = (Field(PRODUCT), Field(Text("Unit", "Единица")))
    adds = ((2 + len(years), tuple(range(2, 2 + len(years)))),)
    one = len({source.currency for source in used}) == 1
    return (
        Block(Text("Drawdown by year, in the currency", "Выборка по годам, в валюте"),
              (*first, *(Field(y, "bn currency", one) for y in (*years, total))), own, adds=adds),
        Block(Text("Drawdown by year, in KZT", "Выборка по годам, в тенге"),
              (*first, *(Field(y, BN_KZT, True, exact=True) for y in (*years, total))), kzt, adds=adds),
    )


def procurement(found: Amounts, partner: str) -> Block:
    """What the partner's suppliers can deliver, by kind of asset: in the projects it finances, and in all that the
    rules leave open to some product of it (in the whole plan where it has none that is open)."""
    fields = (
        Field(Text("Kind of asset", "Вид")), Field(Text("Sector", "Отрасль")),
        Field(Text("Content", "Доля его поставок"), "%"),
        Field(Text("Spending it finances in part", "Затраты с его участием"), BN_KZT, total=True),
        Field(Text("It can supply there", "Может поставить в них"), BN_KZT, total=True),
        Field(Text("Spending of the plan open to its money", "Затраты плана, открытые для его денег"), BN_KZT,
              total=True),
        Field(Text("It could supply in all", "Мог бы поставить всего"), BN_KZT, total=True),
    )
    financed_keys = {project.id for _, project in projects_of(found, partner)}
    active = [project for key, project in found.case.projects.items() if planned(found, key)]
    stated = by_source(found.case.rules)
    mine = [source for source in found.case.sources.values() if source.partner == partner and source.open]
    rows, shut = [], []
    for key in ordered(found, "asset_types", found.case.asset_types):
        kind = found.case.asset_types[key]
        content = kind.content.get(partner, 0.0)
        of_kind = [p for p in active if p.asset_type == key]
        free = [p for p in of_kind if not mine or any(why_closed(source, p, stated.get(source.id, ())) is None
                                                      for source in mine)]
        spent = {p.id: found.spent.get(p.id, 0.0) for p in free}
        if content > 0 and of_kind and not free:
            shut.append(name_of(kind))
        elif content > 0 and spent:
            here, whole = math.fsum(v for p, v in spent.items() if p in financed_keys), math.fsum(spent.values())
            rows.append((name_of(kind), sector_of(kind.sector), 100.0 * content, here, content * here, whole,
                         content * whole))
    return Block(Text("Procurement its suppliers can deliver", "Закупки, которые могут выполнить его поставщики"),
                 fields, tuple(rows), _shut(shut))


def _shut(kinds: list[Text]) -> tuple[Text, ...]:
    """Kinds that are left out of what could be supplied, since the rules close them to every product."""
    names = joined(kinds, ", ")
    return () if names is None else (SHUT.fill(kinds=names),)
