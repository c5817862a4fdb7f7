"""What a repair of many limits comes to, in words: by kind of limit, with names, sums and as many digits as a figure
deserves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from jaryq.api.explained import Repaired
from jaryq.base.counted import FACILITIES, counted
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.explain.conflict import Moved, Rule
from jaryq.explain.told import AGAIN, BY_LAW, CUT, REPAIR, ROUNDED, TRY, UNTESTED, moved_said, old_and_new, with_unit
from jaryq.explain.told import number as exactly
from jaryq.report.limits import part_in_words
from jaryq.report.words import amount_of, joined, number, region_of, same, told

FEW = 6
"""Up to so many moves are told each with its cell."""
NAMED = 3
"""So many places or names stand in a line."""
PACKAGES = ("package", "packages"), ("пакет", "пакета", "пакетов")
IN_REGIONS = ("region", "regions"), ("регионе", "регионах", "регионах")

LINE = Text("  {what}: {old} -> {new}{more}", "  {what}: {old} -> {new}{more}")
AT = Text("{title}, {what}", "{title}, {what}")
YEARS = Text("{title}, {first} to {last}", "{title}, {first}-{last}")
FROM_TO = Text(" in all, {least} to {most} more in a year", " всего, на {least} - {most} в год больше")
EACH_YEAR = Text(" in all, {least} more each year", " всего, на {least} в год больше")
IN_ALL = Text(" in all ({count}; the most: {names})", " всего ({count}; больше всего: {names})")
IN = Text("in {regions}", "в {regions}")
ONE = Text("{name} {old} -> {new}", "{name} {old} -> {new}")
MANY = Text("  {title}: {names}", "  {title}: {names}")
WITH = Text("{names} ({unit})", "{names} ({unit})")
REST = Text("{count} more", "ещё {count}")

CELL = Text("  {what}: {old} -> {new} ({cell})", "  {what}: {old} -> {new} ({cell})")
KEPT = Text("(with the facilities of the plan as they are: with others there may be a cheaper one)",
            "(объекты плана без изменений: с другими возможно и дешевле)")
EACH = Text("  each cell, with changes to try: explain PLAN {target} --cells",
            "  каждая ячейка и изменения для пробы: explain PLAN {target} --cells")

TAKE = Text("In short: {parts}.", "Коротко: {parts}.")
MONEY = Text("{by} more a year ({names})", "на {by} в год больше ({names})")
MOSTLY = Text("most of it {name}, {by}", "больше всего: {name}, {by}")
CREWS = Text("works capacity larger by {percent} % {where}", "мощность работ больше на {percent} % {where}")
DONE = Text("The plan found with it does more: {parts}.", "План, найденный с этим, делает больше: {parts}.")
KM = Text("{name}, {by}", "{name}, {by}")
IN_YEAR = Text("{title}, {what}, {year}", "{title}, {what}, {year}")


def grouped(case: Case, moved: Sequence[Moved]) -> Iterator[Text]:
    """A line for each kind of limit that moves: of money for each source, of crews and km a year for each trade."""
    for (kind, subject), mine in _groups(case, moved).items():
        yield _single(case, mine[0]) if len(mine) == 1 else LINES.get(kind, _others)(case, subject, mine)


def repair_lines(case: Case, found: Repaired, hard: Sequence[str], row: str, *, many: bool,
                 cells: bool) -> Iterator[Text]:
    """The moves of a repair: ``many`` by their kinds, else each with its cell (``cells``: by key) and as changes to
    try."""
    moves = found.moves
    if moves is None:
        return
    yield REPAIR if found.tested else UNTESTED
    yield from (grouped(case, moves.moved) if many else map(moved_said, moves.moved) if cells
                else (_in_cell(case, one) for one in moves.moved))
    yield from [BY_LAW] if moves.by == "law" else []
    yield from [KEPT] if moves.kept else [] if moves.solved else [CUT]
    yield from [AGAIN.fill(rounds=found.rounds)] if found.rounds > 1 else []
    if many:
        yield EACH.fill(target=row)
        return
    yield from [] if found.exact else [ROUNDED]
    yield from (TRY.fill(change=change) for change in (*(one.change for one in moves.moved), *hard))


def _in_cell(case: Case, one: Moved) -> Text:
    """A move by the names of what it speaks of, to the digits of its cell."""
    names = [_part(case, part) for part in one.rule.index]
    what = AT.fill(title=one.rule.title, what=joined(names, ", ") or same(""))
    old, new = old_and_new(one)
    return CELL.fill(what=what, old=old, new=new, cell=one.rule.cell)


def in_short(case: Case, moved: Sequence[Moved]) -> Text | None:
    """The money a year and the crews of a repair in one sentence; nothing where it moves neither."""
    groups = _groups(case, moved)
    parts = _money_a_year(case, {subject: mine for (kind, subject), mine in groups.items() if kind == "ceiling"})
    crews = [one for (kind, _), mine in groups.items() if kind == "crews" for one in mine]
    if crews:
        share = _by(crews) / max(sum(_old(one) for one in crews), 1e-9)
        parts.append(CREWS.fill(percent=told(100.0 * share), where=_where(case, crews)))
    listed = joined(parts)
    return None if listed is None else TAKE.fill(parts=listed)


def _money_a_year(case: Case, by_source: Mapping[str, Sequence[Moved]]) -> list[Text]:
    """More money a year in all, in each currency, and of which source most."""
    units: dict[str, list[str]] = {}
    for source, mine in by_source.items():
        units.setdefault(_unit(mine[0]).en, []).append(source)
    said = []
    for sources in units.values():
        years = {one.rule.index[1] for source in sources for one in by_source[source]}
        unit, a_year = _unit(by_source[sources[0]][0]), {s: _by(by_source[s]) / len(years) for s in sources}
        first = max(sources, key=lambda s: a_year[s])
        name = _part(case, first)
        names = name if len(sources) == 1 else MOSTLY.fill(name=name, by=amount_of(a_year[first], unit))
        said.append(MONEY.fill(by=amount_of(sum(a_year.values()), unit), names=names))
    return said


def done_more(case: Case, km: Mapping[str, float], facilities: int) -> Text | None:
    """What the plan found with the repair has more of: ``km`` by package, ``facilities``."""
    by_kind: dict[str, float] = {}
    for package, more in km.items():
        kind = case.packages[package].asset_type or ""
        by_kind[kind] = by_kind.get(kind, 0.0) + more
    parts = [KM.fill(by=amount_of(more, Text("km", "км")), name=_part(case, kind))
             for kind, more in sorted(by_kind.items()) if more >= 0.5]
    parts = [counted(facilities, *FACILITIES), *parts] if facilities > 0 else parts
    listed = joined(parts)
    return None if listed is None else DONE.fill(parts=listed)


def _groups(case: Case, moved: Sequence[Moved]) -> Mapping[tuple[str, str], list[Moved]]:
    found: dict[tuple[str, str], list[Moved]] = {}
    for one in moved:
        found.setdefault((_kind(one.rule), _subject(case, one.rule)), []).append(one)
    return found


def _kind(rule: Rule) -> str:
    return rule.name.partition("[")[0]


def _subject(case: Case, rule: Rule) -> str:
    """Of what the limits are told together: a source, a trade, a kind of network; else all of a kind."""
    kind, first = _kind(rule), rule.index[0]
    if kind == "km_per_year":
        return case.packages[first].asset_type or ""
    return first.partition("@")[0] if kind in ("ceiling", "crews") else _unit_of(rule).en


def _by(mine: Sequence[Moved]) -> float:
    return sum(one.now - _old(one) for one in mine)


def _old(one: Moved) -> float:
    return one.rule.value or 0.0


def _unit(one: Moved) -> Text:
    return _unit_of(one.rule)


def _unit_of(rule: Rule) -> Text:
    return rule.unit or same("")


def _figures(rule: Rule, old: float, new: float) -> tuple[Text, Text]:
    """Values of a limit, as many digits as tell them apart; years without marks of thousands."""
    if rule.unit is None:
        return same(f"{old:.0f}"), same(f"{new:.0f}")
    said = told(old), told(new)
    return said if said[0] != said[1] else (exactly(old, new), exactly(new, old))


def _line(rule: Rule, what: Text, old: float, new: float, more: Text | str = "") -> Text:
    was, becomes = _figures(rule, old, new)
    if rule.unit is not None:
        becomes = amount_of(new, rule.unit) if becomes == told(new) else with_unit(rule, new, old)
    return LINE.fill(what=what, old=was, new=becomes, more=more)


def _sum(mine: Sequence[Moved], what: Text, more: Text) -> Text:
    return _line(mine[0].rule, what, sum(map(_old, mine)), sum(one.now for one in mine), more)


def _single(case: Case, one: Moved) -> Text:
    names = [_part(case, part) for part in one.rule.index]
    said = AT.fill(title=one.rule.title, what=joined(names, ", ") or same(""))
    return _line(one.rule, said, _old(one), one.now)


def _money(case: Case, source: str, mine: Sequence[Moved]) -> Text:
    """Ceilings of a source by year."""
    years = sorted(int(one.rule.index[1]) for one in mine)
    more = sorted(one.now - _old(one) for one in mine)
    title = AT.fill(title=mine[0].rule.title, what=_part(case, source))
    what = YEARS.fill(title=title, first=years[0], last=years[-1])
    least, most = told(more[0]), amount_of(more[-1], _unit(mine[0]))
    apart = EACH_YEAR.fill(least=most) if told(more[-1]) == least else FROM_TO.fill(least=least, most=most)
    return _sum(mine, what, apart)


def _crews(case: Case, crew: str, mine: Sequence[Moved]) -> Text:
    """Capacities of a trade by region."""
    years = {one.rule.index[1] for one in mine}
    what = AT.fill(title=mine[0].rule.title, what=_part(case, crew)) if len(years) > 1 else IN_YEAR.fill(
        title=mine[0].rule.title, what=_part(case, crew), year=min(years))
    return _sum(mine, what, IN_ALL.fill(count=_where(case, mine), names=_most(case, mine)))


def _lengths(case: Case, kind: str, mine: Sequence[Moved]) -> Text:
    """Km a year of packages of a kind of network."""
    what = AT.fill(title=mine[0].rule.title, what=_part(case, kind))
    return _sum(mine, what, IN_ALL.fill(count=counted(len(mine), *PACKAGES), names=_most(case, mine)))


def _others(case: Case, _: str, mine: Sequence[Moved]) -> Text:
    """Limits of another kind in one unit, those that move most by name."""
    unit = mine[0].rule.unit
    names = _most(case, mine)
    return MANY.fill(title=mine[0].rule.title, names=names if unit is None else WITH.fill(names=names, unit=unit))


LINES: Mapping[str, Callable[[Case, str, Sequence[Moved]], Text]] = {
    "ceiling": _money, "crews": _crews, "km_per_year": _lengths}


def _where(case: Case, mine: Sequence[Moved]) -> Text:
    """``in 18 regions``."""
    regions = {_region(case, one.rule) for one in mine}
    return IN.fill(regions=counted(len(regions), *IN_REGIONS))


def _region(case: Case, rule: Rule) -> str:
    """The region that a limit is of, empty where it is of none."""
    first = rule.index[0]
    project = case.projects.get(first)
    return (project.region or "") if project is not None else first.partition("@")[2]


def _most(case: Case, mine: Sequence[Moved]) -> Text:
    """The places that move most, with their values; the others counted."""
    places: dict[str, list[Moved]] = {}
    for one in mine:
        places.setdefault(_region(case, one.rule) if _kind(one.rule) in LINES else one.rule.name, []).append(one)
    ranked = sorted(places.items(), key=lambda item: (-abs(_by(item[1])), item[0]))
    said = []
    for place, of in ranked[:NAMED]:
        name = region_of(case, place) if _kind(of[0].rule) in LINES else joined(
            [_part(case, part) for part in of[0].rule.index], ", ")
        old, new = sum(map(_old, of)), sum(one.now for one in of)
        was, becomes = _figures(of[0].rule, old, new)
        said.append(ONE.fill(name=name or Text("whole country", "вся страна"), old=was, new=becomes))
    if len(ranked) > NAMED:
        said.append(REST.fill(count=number(len(ranked) - NAMED)))
    return joined(said, ", ") or same("-")


def _part(case: Case, part: str) -> Text:
    """A part of an index by its name, a region of the whole country included."""
    first, at, second = part.partition("@")
    if not at or second == "*":
        return part_in_words(case, first)
    return joined([part_in_words(case, first), region_of(case, second) or same(second)], ", ") or same(part)
