"""What is decided early, by name: starts of facilities, signatures, km by kind, draws, crews, beside each other for
several sets of early decisions; what differs between them first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.counted import FACILITIES, OF_FACILITIES, OF_ROWS, counted, english, russian
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import told
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Value
from jaryq.report.words import crew_of, name_of, said_when, same

Early = Mapping[tuple[str, tuple[object, ...]], float]
"""Early decisions by family and index, in units of the plan."""

Key = Callable[[str, tuple[object, ...]], tuple[object, ...] | None]
"""Where a decision counts, by family and index; None: nowhere."""

SOME = 1e-6
"""Less is what a solver leaves of nothing."""

YES, NOT = Text("yes", "да"), "–"

CREWS = {"extra": Text("added", "дополнительно"), "lent": Text("lent to other regions", "отданы другим регионам"),
         "borrowed": Text("from other regions", "из других регионов")}


@dataclass(frozen=True)
class Plan:
    """Early decisions and whose they are."""

    title: Text
    early: Early


@dataclass(frozen=True)
class Line:
    """A decision: its names, what each plan has of it, and what it counts for in the order."""

    names: tuple[Text, ...]
    values: tuple[Value, ...]
    size: float

    @property
    def differs(self) -> bool:
        """Whether two plans have it otherwise, as it is shown."""
        return len({told(one).en if isinstance(one, float) else str(one) for one in self.values}) > 1


def early_blocks(case: Case, plans: Sequence[Plan], year: int) -> tuple[Block, ...]:
    """The tables of what ``plans`` decide before ``year``, those without a row left out."""
    heads = (
        (Text(f"Facilities started before {year}", f"Объекты, начинаемые до {year} года"),
         (Text("Facility", "Объект"),), "", starts(case, plans)),
        (Text(f"Signed before {year}", f"Подписывается до {year} года"),
         (Text("Source", "Источник"), Text("What", "Что")), "", _signatures(case, plans)),
        (Text(f"Km of networks renewed before {year}", f"Км сетей, обновляемые до {year} года"),
         (Text("Kind", "Вид"), Text("Year", "Год")), "km", _km(case, plans)),
        (Text(f"Money drawn before {year}", f"Деньги, выбираемые до {year} года"),
         (Text("Source", "Источник"), Text("Year", "Год")), BILLION, _draws(case, plans)),
        (Text(f"Crews changed before {year}", f"Перемены в бригадах до {year} года"),
         (Text("Crew", "Бригады"), Text("Year", "Год")), "crew-years", _crews(case, plans)))
    return tuple(_block(head, names, unit, lines, plans) for head, names, unit, lines in heads if lines)


def starts_said(case: Case, plans: Sequence[Plan], year: int) -> Text | None:
    """How many facilities any of the plans starts early, and how many start alike in all; None where none does."""
    lines = starts(case, plans)
    if not lines:
        return None
    many, alike = counted(len(lines), *FACILITIES), sum(not line.differs for line in lines)
    of = counted(len(lines), *OF_FACILITIES)
    if alike == len(lines):
        return Text(f"Whichever row is decided for, the same {many.en} {english(len(lines), 'starts', 'start')} before "
                    f"{year}, at the same time.",
                    f"Какую бы строку ни выбрать, до {year} года "
                    f"{russian(len(lines), 'начинается', *['начинаются'] * 2)} "
                    f"{russian(len(lines), 'один и тот же', *['одни и те же'] * 2)} {many.ru} в одни сроки.")
    return Text(f"Of {many.en} that some row starts before {year}, {alike} {english(alike, 'starts', 'start')} at the "
                f"same time in every row; the tables show what each row decides, what differs first.",
                f"Из {of.ru}, начинаемых хотя бы в одной строке до {year} года, одинаково во всех строках: {alike}; "
                f"таблицы показывают решения каждой строки, различия первыми.")


def starts(case: Case, plans: Sequence[Plan]) -> list[Line]:
    """Facilities that any plan starts early, the dearest first, and when."""
    found: dict[str, list[dict[str, float]]] = defaultdict(lambda: [{} for _ in plans])
    for number, plan in enumerate(plans):
        for (family, index), share in plan.early.items():
            if family == "start" and share > SOME:
                found[str(index[0])][number][str(index[1])] = share
    return _ordered([Line((name_of(case.facilities[key]),), tuple(_when(case, one) for one in each),
                          case.facilities[key].overnight) for key, each in found.items()])


def _when(case: Case, shares: Mapping[str, float]) -> Value:
    """When a facility starts, in parts where it does so."""
    in_order = sorted(shares.items(), key=lambda one: case.period_at[one[0]].position)
    parts = [said if share > 1.0 - SOME else Text(f"{said.en} ({told(100 * share).en} %)",
                                                  f"{said.ru} ({told(100 * share).ru} %)")
             for label, share in in_order for said in [said_when(label)]]
    return Text(", ".join(one.en for one in parts), ", ".join(one.ru for one in parts)) if parts else NOT


def _signatures(case: Case, plans: Sequence[Plan]) -> list[Line]:
    """What is signed: amounts in the currency of the source, whether it is used, what it takes part in."""
    lines = []
    amounts = _sums(plans, lambda family, index: index[:1] if family == "signed" else None)
    for (key,), values in amounts.items():
        source = case.sources[str(key)]
        unit = Text(f"amount, bn {source.currency}", f"сумма, млрд {source.currency}")
        lines.append(Line((name_of(source), unit), tuple(values), max(values)))
    for family in ("taken", "part", "payee"):
        for index, values in _sums(plans, _of(family)).items():
            what = Text("used", "используется") if family == "taken" else _payee(case, str(index[1]))
            lines.append(Line((name_of(case.sources[str(index[0])]), what), tuple(_yes(one) for one in values), 0.0))
    return _ordered(lines)


def _of(family: str) -> Key:
    """Decisions of one family, each by itself."""
    return lambda name, index: index if name == family else None


def _yes(value: float) -> Value:
    """Whether something is done, or in which part."""
    if value <= SOME or value > 1.0 - SOME:
        return YES if value > SOME else NOT
    part = told(100 * value)
    return Text(f"{part.en} %", f"{part.ru} %")


def _payee(case: Case, key: str) -> Text:
    """A project, or a lot, that a source takes part in."""
    name = name_of(case.projects[key]) if key in case.projects else same(key)
    return Text(f"takes part in {name.en}", f"участвует: {name.ru}")


def _km(case: Case, plans: Sequence[Plan]) -> list[Line]:
    found = _sums(plans, lambda family, index: (
        case.packages[str(index[0])].asset_type, _year(case, index[1])) if family == "renew" else None)
    return _ordered([Line((name_of(case.asset_types[str(kind)]), same(str(year))), tuple(values), max(values))
                     for (kind, year), values in found.items()])


def _draws(case: Case, plans: Sequence[Plan]) -> list[Line]:
    found = _sums(plans, lambda family, index: (index[0], index[-1]) if family in ("draw", "line") else None)
    return _ordered([Line((name_of(case.sources[str(key)]), same(str(year))), tuple(values), max(values))
                     for (key, year), values in found.items()])


def _crews(case: Case, plans: Sequence[Plan]) -> list[Line]:
    lines = []
    for (family, row, year), values in _sums(plans, lambda family, index: (
            family, index[0], _year(case, index[1])) if family in CREWS else None).items():
        crew, how = case.crew_at[str(row)], CREWS[str(family)]
        name = crew_of(case, crew.crew)
        if crew.region:
            place = name_of(case.regions[crew.region])
            name = Text(f"{name.en}, {place.en}", f"{name.ru}, {place.ru}")
        lines.append(Line((Text(f"{name.en}: {how.en}", f"{name.ru}: {how.ru}"), same(str(year))), tuple(values),
                          max(values)))
    return _ordered(lines)


def _sums(plans: Sequence[Plan], key: Key) -> dict[tuple[object, ...], list[float]]:
    """Sums of early decisions by what ``key`` makes of family and index (None: not counted), of each plan; without what
    is nothing in all."""
    found: dict[tuple[object, ...], list[float]] = defaultdict(lambda: [0.0] * len(plans))
    for number, plan in enumerate(plans):
        for (family, index), value in plan.early.items():
            if (at := key(family, index)) is not None:
                found[at][number] += value
    return {at: [value if abs(value) > SOME else 0.0 for value in values]
            for at, values in sorted(found.items(), key=lambda item: repr(item[0])) if max(map(abs, values)) > SOME}


def _ordered(lines: Sequence[Line]) -> list[Line]:
    """What differs first, the largest above."""
    return sorted(lines, key=lambda line: (not line.differs, -line.size, tuple(name.en for name in line.names)))


def _year(case: Case, label: object) -> int:
    return case.period_at[str(label)].year


def _block(head: Text, names: Sequence[Text], unit: str, lines: Sequence[Line], plans: Sequence[Plan]) -> Block:
    fields = (*(Field(name) for name in names), *(Field(plan.title, unit) for plan in plans))
    rows = tuple((*line.names, *line.values) for line in lines)
    differing = sum(line.differs for line in lines)
    if len(plans) < 2:
        return Block(head, fields, rows)
    if not differing:
        return Block(head, fields, rows, (Text("All rows are the same in every column.",
                                               "Все строки одинаковы во всех столбцах."),))
    alike, of = len(lines) - differing, counted(len(lines), *OF_ROWS)
    note = Text(f"The first {differing} of {of.en} differ between the columns; the rest ({alike}) are the same in all.",
                f"Первые {differing} из {of.ru} различаются по столбцам; остальные ({alike}) одинаковы во всех.") \
        if alike else Text("All rows differ between the columns.", "Все строки различаются по столбцам.")
    return Block(head, fields, rows, (note,))
