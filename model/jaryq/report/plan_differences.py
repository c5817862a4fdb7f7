"""What changed between two finished plans, for a screen and for machines: figures, projects, money by source, targets,
and the inputs behind them.

Both come from the same steps as the comparison of scenarios (``report.compare``), with the older plan as what the newer
is compared with.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.home import BILLION
from jaryq.base.text import Lang, Text
from jaryq.report.compare.money import money_table
from jaryq.report.compare.moves import KINDS_OF_MOVE, Move, State
from jaryq.report.compare.overview import overview
from jaryq.report.compare.projects import counts, moves_of, states_of
from jaryq.report.compare.shapes import Block, Side, case_with, side
from jaryq.report.compare.targets import rows_of
from jaryq.report.compare.ties import STANDINGS, Standing, judged
from jaryq.report.result import Result
from jaryq.report.shapes import Value
from jaryq.report.words import name_of, number
from jaryq.tables.change import Change
from jaryq.tables.compared import joined
from jaryq.tables.compared import said as shown
from jaryq.tables.diff import Diff
from jaryq.tables.scenarios import Changed

MOST = 40
"""Lines of one kind that are shown on the screen; the JSON form and the workbook have all."""

NOTHING = Text("No differences between {old} and {new}.", "Различий между {old} и {new} нет.")
OF = Text("{path} (case {case}, scenario {scenario})", "{path} (расчёт {case}, сценарий {scenario})")
OTHER_CASE = Text("The two plans are of different cases; what only one of them has counts as absent in the other.",
                  "Это планы разных расчётов; чего нет в одном из них, считается отсутствующим.")
INPUTS = Text("Inputs: {count} row(s) differ, on {sheets}.",
              "Исходные данные: различается строк: {count}, на листах {sheets}.")
SAME_INPUTS = Text("Inputs: the same.", "Исходные данные: те же.")
PROJECTS = Text("Projects that differ: {count} ({kinds})", "Проектов с различиями: {count} ({kinds})")
NO_PROJECTS = Text("Projects: all the same", "Проекты: все те же")
TIES = Text("  Not listed, since both plans could as well do it the other way (ties): {count}",
            "  Не перечислены, поскольку оба плана могли бы сделать и иначе (равноценно): {count}")
ALL_TIES = Text("Projects: none really differs; ties, in which both plans could as well do it the other way: {count}",
                "Проекты: по существу не различается ни один; оба плана могли бы сделать и иначе (равноценно): {count}")
PAID = Text("  Not listed, only paid by others, which nobody examined: {count}",
            "  Не перечислены, только другие плательщики, что никто не проверял: {count}")
MONEY = Text("Money by source, nominal, bn KZT", "Деньги по источникам, номинально, млрд тенге")
TARGETS = Text("Targets: reached", "Цели: достигнуто")
MISSED = Text("missed by {short}", "не хватает {short}")
MORE = Text("+{count} more", "ещё {count}")
YEARS = Text("by year: {years}", "по годам: {years}")


@dataclass(frozen=True)
class PlanDiff:
    """Two plans side by side: the older first."""

    old: Side
    new: Side
    blocks: tuple[Block, ...]
    states: Mapping[str, tuple[State | None, ...]]
    moves: Mapping[str, Move]
    money: tuple[tuple[Mapping[str, Value], Mapping[str, Value]], ...]
    targets: tuple[tuple[str, Mapping[str, Value], Mapping[str, Value]], ...]
    inputs: Diff

    @property
    def same_case(self) -> bool:
        return case_of(self.old) == case_of(self.new)

    @property
    def anything(self) -> bool:
        """Whether the plans or their inputs differ at all."""
        moved = any(differs(line.values[0], line.values[1]) for block in self.blocks for line in block.lines)
        return bool(moved or self.moves or self.money or self.targets or self.inputs.sheets or not self.same_case)


def plan_differences(old: Result, new: Result, inputs: Diff) -> PlanDiff:
    """Two results with plans, and the differences of the inputs they were made from. Pure."""
    sides = (side(old), side(new))
    states = states_of(sides)
    moves = moves_of(states)
    targets = rows_of(sides)
    blocks = overview(sides, moves, targets)
    without = blocks[0].lines[0].label  # the block on the run itself: the inputs are told apart
    return PlanDiff(
        *sides, tuple(block for block in blocks if block.lines[0].label != without and block.lines[0].part != "count"),
        states,
        {key: made for key, line in moves.items() if (made := line[1]) is not None and made.kinds},
        tuple(_money(sides)), tuple(_targets(targets)), inputs,
    )


def changed_cells(inputs: Diff, new: str) -> tuple[Changed, ...]:
    """The cells in which the inputs of two plans differ, as a comparison lists the cells that a scenario changes;
    ``new`` names the newer plan."""
    return tuple(
        Changed(sheet.sheet.name, joined(row.key), cell.column, cell.new_cell or cell.old_cell, shown(cell.old),
                shown(cell.new),
                Change(sheet.sheet.name, "", cell.column, "", "differs", None, new, cell.new_cell))
        for sheet in inputs.sheets for row in sheet.rows for cell in row.cells
    )


def case_of(one: Side) -> str:
    return one.found.case.name if one.found else ""


def _money(sides: Sequence[Side]) -> Iterator[tuple[Mapping[str, Value], Mapping[str, Value]]]:
    """Rows of the sources whose draws differ in any year."""
    rows = money_table(sides).rows
    half = len(rows) // 2
    for one, other in zip(rows[:half], rows[half:], strict=True):
        if any(differs(one[heading] or 0.0, other[heading] or 0.0) for heading in one if heading.startswith("use_")):
            yield one, other


def _targets(rows: Sequence[Mapping[str, Mapping[str, Value]]]) -> Iterator[tuple[str, Mapping[str, Value],
                                                                                  Mapping[str, Value]]]:
    for key in dict.fromkeys(key for there in rows for key in there):
        one, other = (there.get(key, {}) for there in rows)
        if any(differs(one.get(heading), other.get(heading)) for heading in ("value", "reached", "shortfall")):
            yield key, one, other


def differs(one: Value, other: Value) -> bool:
    """Whether two figures differ by more than what is left of two equal sums."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return not math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one != other


def lines(found: PlanDiff, lang: Lang) -> Iterator[str]:
    """The differences as lines; the paths are the names of the two results."""
    one, other = (_named(side, lang) for side in (found.old, found.new))
    if not found.anything:
        yield NOTHING.say(lang, old=one, new=other)
        return
    yield f"{one} -> {other}"
    if not found.same_case:
        yield OTHER_CASE.say(lang)
    sheets = found.inputs.sheets
    yield INPUTS.say(lang, count=sum(len(sheet.rows) for sheet in sheets),
                     sheets=", ".join(sheet.sheet.name for sheet in sheets)) if sheets \
        else SAME_INPUTS.say(lang)
    for block in found.blocks:
        rows = [_figure(line.label.say(lang), _unit(line.unit, line.said, lang), line.values[0], line.values[1], lang)
                for line in block.lines if differs(*line.values[:2])]
        yield from _section(block.head.say(lang), rows)
    yield from projects_lines(found, lang)
    yield from _section(MONEY.say(lang), [line for pair in found.money for line in _source(*pair, lang=lang)])
    yield from _section(TARGETS.say(lang), [_target(*row, lang=lang) for row in found.targets])


def _named(one: Side, lang: Lang) -> str:
    return OF.say(lang, path=one.name.say(lang), case=case_of(one), scenario=one.result.scenario)


def _section(head: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield from ("", head, *(f"  {row}" for row in rows))


def _unit(unit: str, words: Text | None, lang: Lang) -> str:
    """A unit behind a figure; what the label says already is not said again."""
    if words is not None:
        return words.say(lang)
    return {BILLION: Text("bn KZT", "млрд тенге").say(lang), "km": Text("km", "км").say(lang), "%": "%"}.get(unit, "")


def _figure(label: str, unit: str, old: Value, new: Value, lang: Lang) -> str:
    one, other, change = told(old, new, lang)
    return f"{label}: {one} -> {other}{f' {unit}' if unit else ''}{change}"


def told(old: Value, new: Value, lang: Lang) -> tuple[str, str, str]:
    """Two figures with as many decimals as it takes to see that they differ, and the change in brackets."""
    if not (_number(old) and _number(new)):
        return _one(old, lang), _one(new, lang), ""
    a, b = float(old), float(new)  # type: ignore[arg-type]
    whole = a.is_integer() and b.is_integer()
    places = 0 if whole else next((n for n, least in ((1, 10.0), (2, 0.01), (3, 0.001), (6, 1e-6))
                                   if abs(b - a) >= least), 9)
    change = number(abs(b - a), places).say(lang)
    return number(a, places).say(lang), number(b, places).say(lang), f" ({'+' if b > a else '-'}{change})"


def _number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _one(value: Value, lang: Lang) -> str:
    if isinstance(value, Text):
        return value.say(lang)
    if _number(value):
        return number(float(value), 0 if float(value).is_integer() else 2).say(lang)  # type: ignore[arg-type]
    return "-" if value is None else str(value)


def standings(found: PlanDiff) -> Mapping[str, Standing]:
    """How each move stands: real, not examined, or a tie (docs/numbers.md, Scenarios side by side)."""
    made: dict[str, Standing] = {}
    for key, move in found.moves.items():
        one, other = found.states[key][:2]
        if one is not None and other is not None:
            made[key] = judged(key, found.old, found.new, (one, other), move).standing
    return made


def projects_lines(found: PlanDiff, lang: Lang) -> Iterator[str]:
    """The projects that move, by name: real moves first, then what was not examined; ties, and other payers that were
    not examined, are counted only."""
    sides = (found.old, found.new)
    if not found.moves:
        yield from ("", NO_PROJECTS.say(lang))
        return
    stand = standings(found)
    shown = [(key, move) for standing in ("real", "open") for key, move in found.moves.items()
             if stand.get(key, "real") == standing]
    ties = len(found.moves) - len(shown)
    paid = {key for key, move in shown if stand.get(key) == "open" and tuple(move.kinds) == ("paid",)}
    shown = [(key, move) for key, move in shown if key not in paid]
    rows = []
    for key, move in shown[:MOST]:
        name, unsure = name_in(sides, key, lang), stand.get(key) == "open"
        rows.append(f"{key}{f' {name}' if name != key else ''}: {move.text.say(lang)}"
                    + (f" ({STANDINGS['open'].say(lang)})" if unsure else ""))
    if len(shown) > MOST:
        rows.append(MORE.say(lang, count=len(shown) - MOST))
    if not shown:
        yield from ("", ALL_TIES.say(lang, count=ties))
        yield from [PAID.say(lang, count=len(paid))] if paid else []
        return
    made = counts({key: (None, move) for key, move in shown}, 1)
    kinds = ", ".join(f"{KINDS_OF_MOVE[kind].say(lang)} {n}" for kind, n in made.items() if n)
    yield from _section(PROJECTS.say(lang, count=len(shown), kinds=kinds), rows)
    if ties:
        yield TIES.say(lang, count=ties)
    if paid:
        yield PAID.say(lang, count=len(paid))


def name_in(sides: Sequence[Side], key: str, lang: Lang) -> str:
    return name_of(case_with(sides, key).project(key)).say(lang)


def _source(old: Mapping[str, Value], new: Mapping[str, Value], lang: Lang) -> Iterator[str]:
    """A source in all, and in the years in which it differs."""
    yield _figure(_one(new.get("name") or old.get("name") or old["source"], lang), "", old["total"], new["total"], lang)
    years = [heading for heading in new if heading.startswith("use_")
             and differs(old[heading] or 0.0, new[heading] or 0.0)]
    if years:
        shown = [f"{heading.removeprefix('use_')} {' -> '.join(told(old[heading], new[heading], lang)[:2])}"
                 for heading in years]
        yield "  " + YEARS.say(lang, years="; ".join(shown))


def _target(key: str, old: Mapping[str, Value], new: Mapping[str, Value], lang: Lang) -> str:
    row = new or old
    name = _one(row.get("name"), lang) if row.get("name") else key
    unit = _one(row.get("unit"), lang)
    one, other, change = told(old.get("reached"), new.get("reached"), lang)
    short = [_one(value, lang) for value in (old.get("shortfall"), new.get("shortfall"))]
    missed = f"; {MISSED.say(lang, short=' -> '.join(short))}" if short[0] != short[1] else ""
    year = f", {row['year']}" if row.get("year") else ""
    return f"{name}{year}: {one} -> {other} {unit}{change}{missed}"
