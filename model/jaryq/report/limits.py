"""Tables ``limits`` and ``limits_same``: what each limit costs, and how far that holds; limits by the names that
people give them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.home import BILLION, HOME_CURRENCY
from jaryq.base.text import LANGS, Text
from jaryq.case.case import Case
from jaryq.case.ramps import source_of
from jaryq.report.shapes import Out, Value
from jaryq.report.words import POINTS_SAID, SECTORS, UNIT_WORDS, crew_of, joined, name_of, number, same, when
from jaryq.report.words import unit_of as unit_of_target
from jaryq.sheets.measures import BY_LAW
from jaryq.solve.solution import MAXIMISED, Move, Price, Solution

SHEETS: Mapping[str, str] = {"limits": "projects_may_change", "limits_same": "same_projects"}
"""Tables of prices, and the regime that each is of."""
KINDS_OF_LIMIT: Mapping[str, Text] = {
    "ceiling": Text("Ceiling of a source", "Потолок источника"),
    "envelope": Text("Envelope of a source", "Лимит источника"),
    "crews": Text("Works resource", "Ресурс работ"),
    "group_envelope": Text("Envelope of a group", "Лимит группы источников"),
    "target": Text("Target", "Цель"), "outage": Text("Capacity out of service", "Вывод мощностей"),
    "pace": Text("Pace of drawing", "Темп выборки"),
    "ramp_up": Text("Growth from year to year, the part in percent", "Рост от года к году, часть в процентах"),
    "rise": Text("Largest rise of bills", "Наибольший рост счетов"),
    "ramp_least": Text("Growth from year to year, the fixed part", "Рост от года к году, постоянная часть"),
    "ramp_start": Text("Growth in the first year, at most", "Рост в первом году, не более"),
    "available": Text("Capacity available at the peak", "Располагаемая мощность в пик"),
    "tie": Text("Capacity of a tie", "Пропускная способность связи"),
    "cash": Text("Cash of a borrower", "Денежный поток заёмщика"),
}
"""Kinds of limits that can be moved, as ``formulation`` names them."""


FIXED = ("outage", "available", "tie", "cash", "rise")
"""Kinds of limits that fact or law sets: nobody loosens them to get a better plan."""
MAY: Mapping[str, Text] = {"loosen": Text("people may loosen it", "можно ослабить"),
                           "ask": Text("less may be asked", "можно требовать меньше"),
                           "fixed": Text("set by fact or law", "задано природой вещей или законом")}
"""Whose choice a limit is (key ``may`` of a row of ``limits``)."""
IMPOSSIBLE = Text("impossible", "невозможно")
SHORTFALLS: Mapping[str, Text] = {p: Text(f"priority {p}, missed", f"приоритет {p}, недовыполнение")
                                  for p in ("1", "2", "3")}
MONEY, TIME, NOTHING = (Text("objective, bn KZT", "цель, млрд тенге"), Text("objective, years", "цель, лет"),
                        Text("nothing", "ничего"))
PRIORITY_OF: Mapping[object, str] = {text: p for p, text in SHORTFALLS.items()}
"""The priority whose shortfall a limit moves first; of other moves there is none."""
RANK: Mapping[Text, int] = {text: i for i, text in enumerate((*SHORTFALLS.values(), MONEY, TIME, NOTHING))}
"""What a limit moves first (column ``moves``), in the order of stages."""
REMARKS = (
    Text("Gain and loss are those of one step, in what the limit moves first: shortfalls of a priority (in points) "
         "before the objective. “impossible”: no plan holds the limit so moved, or there is nothing left to take.",
         "Выигрыш и потеря даны за один шаг, в том, что ограничение меняет первым: недовыполнение приоритета (в "
         "баллах) раньше показателя цели. «невозможно»: плана с таким ограничением нет, или отнимать уже нечего."),
    POINTS_SAID,
    Text("From, to: values of the limit between which all stages go on at these rates. Blank: within the step itself "
         "they do not, the move opens decisions that this plan does not have, or it moves rates of a large program; "
         "the range is not told then.",
         "От, до: величины ограничения, между которыми все этапы меняются с этой же скоростью. Пусто: это не так уже "
         "внутри шага, сдвиг открывает решения, которых в этом плане нет, или меняет доли в большой программе; тогда "
         "диапазон не указан."),
)


def limits_tables(case: Case, solution: Solution) -> tuple[Out, ...]:
    """One row for each limit that was priced, regimes apart: projects may change (facilities divisible), and the same
    projects, where facilities are whole."""
    made = []
    for sheet, regime in SHEETS.items():
        rows = tuple(_limit(case, solution, price) for price in solution.prices if price.regime == regime)
        if rows or sheet == "limits" or case.settings.whole:
            headings = [h for h in HEADINGS if h not in ("year", "place", "besides") or any(row.get(h) for row in rows)]
            made.append(Out(sheet, tuple(headings), rows, remarks=REMARKS if rows else ()))
    return tuple(made)


HEADINGS = ("name", "year", "place", "unit", "value", "used", "step", "moves", "gain", "loss", "per_unit", "from", "to",
            "besides", "origin", "limit")


def binding(tables: Mapping[str, Out]) -> list[Mapping[str, Value]]:
    """Rows of both tables, of the regime in which each limit gains more, the largest gain of the first stage in front;
    then those that gain nothing."""
    rows = [row for sheet in SHEETS if sheet in tables for row in tables[sheet].rows]
    first: dict[Value, Mapping[str, Value]] = {}
    for row in sorted(rows, key=_rank):
        first.setdefault(row.get("limit"), row)
    return list(first.values())


def _rank(row: Mapping[str, Value]) -> tuple[bool, int, float]:
    gain = row.get("gain")
    size = float(gain) if isinstance(gain, (int, float)) else 0.0
    moves = row.get("moves")
    return size <= 0, RANK.get(moves, len(RANK)) if isinstance(moves, Text) else len(RANK), -size


def loosened(rows: Sequence[Mapping[str, Value]]) -> list[Mapping[str, Value]]:
    """Those that are somebody's choice: money, crews, pace, ceilings, and what is asked; facts and laws are left out.
    What is asked stands last, since asking less of an aim is no gain but for the others."""
    return [*(row for row in rows if row.get("may") not in (MAY["fixed"], MAY["ask"])),
            *(row for row in rows if row.get("may") == MAY["ask"])]


def _may(case: Case, kind: str, index: Sequence[str]) -> Text:
    target = case.target_at.get(index[0]) if kind == "target" and index else None
    if kind in FIXED or (target is not None and target.measure in BY_LAW):
        return MAY["fixed"]
    return MAY["ask"] if kind == "target" else MAY["loosen"]


def limit_name(row: Mapping[str, Value]) -> Text:
    """A limit with its place and year."""
    parts = [value if isinstance(value, Text) else same(str(value))
             for part in ("name", "place", "year") if (value := row.get(part))]
    return joined(parts, ", ") or same(str(row.get("limit")))


def _limit(case: Case, solution: Solution, price: Price) -> dict[str, Value]:
    ways = {"gain": price.loosen, "loss": price.tighten}
    turned = {way: _better(solution.objective, move) for way, move in ways.items()}
    first = next((stage for stage in (*SHORTFALLS.values(), _objective(solution.objective))
                  if any(abs(of.get(stage, 0.0)) > 0.0 for of in turned.values())), NOTHING)
    sizes: dict[str, Value] = {}
    for way, move in ways.items():
        sign = 1.0 if way == "gain" else -1.0
        sizes[way] = sign * turned[way].get(first, 0.0) + 0.0 if move.feasible else IMPOSSIBLE
    one = next((size for size in sizes.values() if isinstance(size, float)), None)
    low, high = (price.tighten, price.loosen) if price.loosens > 0 else (price.loosen, price.tighten)
    said = words_of(case, price.kind, price.index, price.limit)
    return {
        "may": _may(case, price.kind, price.index),
        "limit": price.limit, "name": said.name, "year": said.year, "place": said.place, "origin": price.origin,
        "value": price.value, "used": price.used, "unit": unit_of(case, price.kind, price.index, price.unit),
        "step": price.step, "moves": first, **sizes,
        "per_unit": None if one is None or not price.step else one / price.step,
        "from": _end(low, price.value), "to": _end(high, price.value),
        "besides": _besides(turned["gain" if price.loosen.feasible else "loss"], first, price.loosen.feasible),
    }


def _objective(name: str) -> Text:
    return TIME if name == "earliest_finish" else MONEY


def _better(objective: str, move: Move) -> dict[Text, float]:
    """By how much each stage is better, in their order."""
    if not move.feasible:
        return {}
    sign = 1.0 if objective in MAXIMISED else -1.0
    return {**{SHORTFALLS[p]: -change for p, change in sorted(move.shortfalls.items()) if p in SHORTFALLS},
            _objective(objective): sign * move.objective}


def _besides(better: Mapping[Text, float], first: Text, loosened: bool) -> Text | None:
    """What else the step moves: stages behind the first one."""
    rest = [(stage, by) for stage, by in better.items() if stage is not first and abs(by) > SMALLEST]
    parts = []
    for stage, by in rest:
        size = number(abs(by), 3 if abs(by) >= 0.01 else 6)
        how = Text("better by", "лучше на") if by > 0 else Text("worse by", "хуже на")
        parts.append(Text(f"{stage.en}: {how.en} {size.en}", f"{stage.ru}: {how.ru} {size.ru}"))
    said = joined(parts)
    if said is None or loosened:
        return said
    return Text(f"tightened: {said.en}", f"при ужесточении: {said.ru}")


SMALLEST = 1e-6
"""Smaller changes beside the first one are not told."""


def _end(move: Move, value: float) -> Value:
    """The end of the range on one side, in the unit of the limit."""
    if not move.feasible or math.isnan(move.until):
        return None
    if math.isinf(move.until):
        if not value:
            return Text("no end found", "конца не найдено")
        far = number(2 * value, 0 if float(2 * value).is_integer() else 3)
        return Text(f"{far.en} or more", f"{far.ru} и более")
    return move.until


def unit_of(case: Case, kind: str, index: Sequence[str], unit: str) -> Text | None:
    """The unit of a limit in words; of a source's money its own currency, of capacity and of what is not supplied or
    lost that of the row."""
    source = case.sources.get(source_of(index[0])) if index else None
    if unit == "bn currency" and source is not None and source.currency != HOME_CURRENCY:
        return Text(f"bn {source.currency}", f"млрд {source.currency}")
    if kind in ("outage", "available", "tie"):
        own = case.tie_at[index[0]].unit if kind == "tie" else index[0].rpartition("@")[2]
        return UNIT_WORDS.get(own, same(own))
    unit = BILLION if unit == "bn currency" else unit
    target = case.target_at.get(index[0]) if kind == "target" else None
    if target is not None and unit == "number":
        return unit_of_target(target)
    return UNIT_WORDS.get(unit, same(unit)) if unit else None


@dataclass(frozen=True)
class Words:
    """A limit as people name it: what it is, of which year, where."""

    name: Text
    year: str | None = None
    place: Text | None = None

    @property
    def full(self) -> Text:
        """``Ceiling of a source: JICA, 2027``."""
        parts = (self.name, self.place, same(self.year) if self.year else None)
        return joined([part for part in parts if part is not None], ", ") or self.name


def words_of(case: Case, kind: str, index: Sequence[str], name: str) -> Words:
    """Parts of the index by their names where the case has them; the year and the place apart."""
    said = KINDS_OF_LIMIT.get(kind) or same(kind.replace("_", " ") or name)
    what: list[Text] = []
    year: str | None = None
    place: Text | None = None
    target = case.target_at.get(index[0]) if kind == "target" and index else None
    if target is not None and (target.row != target.id or target.year):
        year = f"{target.year_first}-{target.year}" if target.year_first and target.year_first != target.year \
            else str(target.year) if target.year else None
        region = target.filter.get("region")
        place = _part(case, region) if region and region in case.regions else None
        index = (target.id,)
    for part in index:
        first, at, second = part.partition("@")
        if kind not in ("pace", "target") and part.isdigit() and len(part) == 4:
            year = part
        elif kind == "target":
            what.append(name_of(target) if target is not None else same(part))
        elif at and kind == "crews":
            what.append(_part(case, first))
            place = _place(case, second)
        elif at and kind in ("outage", "available"):
            place = _place(case, first)
        elif part in case.regions:
            place = _part(case, part)
        elif kind == "pace" and part.isdigit():
            what.append(Text(f"by the end of its year {part}", f"к концу {part}-го года"))
        elif part:
            what.append(_part(case, part))
    if not what:
        return Words(said, year, place)
    return Words(Text(f"{said.en}: {', '.join(p.en for p in what)}", f"{said.ru}: {', '.join(p.ru for p in what)}"),
                 year, place)


def names_of(case: Case, kind: str, index: Sequence[str], name: str) -> tuple[str, ...]:
    """What people call a limit, in the languages of texts: with and without the word for its kind."""
    said = words_of(case, kind, index, name).full
    said_of = KINDS_OF_LIMIT.get(kind)
    full = [said.say(lang) for lang in LANGS]
    return tuple(dict.fromkeys((*full, *(text.removeprefix(f"{said_of.say(lang)}: ")
                                         for text, lang in zip(full, LANGS, strict=True) if said_of is not None))))


def in_words(case: Case, kind: str, index: Sequence[str], name: str) -> Text:
    """``Ceiling of a source: JICA, 2027``."""
    return words_of(case, kind, index, name).full


def _place(case: Case, key: str) -> Text:
    return Text("whole country", "вся страна") if key == "*" else _part(case, key)


def part_in_words(case: Case, part: str) -> Text:
    """A part of an index by its name: a source, a project, a region, a period."""
    return when(part) or _part(case, part.partition("@")[0])


def _part(case: Case, part: str) -> Text:
    """A part of an index by its name."""
    named = {**case.asset_types, **case.groups, **case.sources, **case.projects, **case.regions, **case.tie_at,
             **case.borrowers, **case.target_at}
    areas = {balance.area: balance.name for balance in case.balances}
    if part in named:
        return name_of(named[part])
    return areas.get(part) or UNIT_WORDS.get(part) or SECTORS.get(part) or crew_of(case, part)
