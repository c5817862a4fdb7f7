"""The page of a sweep: a tornado of each figure, a grid of two inputs, elementary effects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.counted import INPUTS, counted, english, russian
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.case.uncertain import COMES, Uncertain
from jaryq.handover.said import capital, told, told_apart
from jaryq.handover.shapes import Chart, Front, Series
from jaryq.handover.uncertain.labels import label
from jaryq.handover.uncertain.named import listed, value_said
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Value
from jaryq.uncertainty.morris import Effects

MOVED = 1e-6
"""A figure that moves by less than this part of its size does not move."""


@dataclass(frozen=True)
class Swing:
    """What a figure is with an input at its low and its high value (None: there is no plan, ``why``)."""

    row: Uncertain
    values: tuple[float, float]
    low: float | None
    high: float | None
    why: tuple[Text | None, Text | None] = (None, None)

    def said(self, value: float) -> Value:
        """A value of the input; in words where it comes or does not."""
        if self.row.distribution != "comes":
            return value_said(value)
        return Text("comes", "приходит") if value == COMES else Text("stays away", "не приходит")

    def width(self, middle: float) -> float:
        """How far apart the figure is at the two ends (where one has no plan: the other from the middle)."""
        low, high = self._ends(middle)
        return abs(high - low)

    def reach(self, middle: float) -> float:
        """How far the figure goes from the middle at most."""
        return max(abs(one - middle) for one in self._ends(middle))

    def _ends(self, middle: float) -> tuple[float, float]:
        return (middle if self.low is None else self.low), (middle if self.high is None else self.high)


@dataclass(frozen=True)
class Without:
    """``names``: what stays away in the middle; ``ends``: the figure where all of it comes, at both ends of the inputs
    that do not move it without, by their keys."""

    names: Sequence[Text]
    ends: Mapping[str, tuple[float | None, float | None]]

    def moves(self, key: str) -> bool:
        """Whether an input moves the figure where they come."""
        low, high = self.ends.get(key, (None, None))
        return low is not None and high is not None and abs(high - low) > MOVED * max(1.0, abs(low))


def tornado(figure: str, which: str, middle: float | None, swings: Sequence[Swing],
               indicators: Mapping[str, tuple[Text, str]], effects: Mapping[str, Effects] | None = None,
               grid: Block | None = None, coming: Without | None = None) -> Front:
    """The page of one figure; ``which``: of the plan as it ``stands`` or of the ``best``; ``coming``: what those do
    that do not move it, where comes what stays away in the middle."""
    of, base = label(figure, indicators), 0.0 if middle is None else middle
    order = sorted(swings, key=lambda one: -one.width(base))
    plan = (Text("the plan as it stands", "план как есть") if which == "stands"
            else Text("the best plan of each future", "лучший план каждого варианта"))
    chart = Chart(
        "tornado", "bars", Text(f"{capital(of.text).en}: {plan.en}", f"{capital(of.text).ru}: {plan.ru}"),
        _unit(of.unit), tuple(one.row.name for one in order),
        (Series(Text("input low", "данное низкое"), tuple(_less(one.low, base) for one in order)),
         Series(Text("input high", "данное высокое"), tuple(_less(one.high, base) for one in order))),
        Text(f"How far {of.text.en} moves with each uncertain input alone.",
             f"Насколько меняется показатель «{of.text.ru}» при изменении каждого данного отдельно."))
    fields = [Field(Text("Uncertain input", "Неопределённое данное")), Field(Text("low value", "низкое значение")),
              Field(Text("high value", "высокое значение")), Field(Text("figure at low", "показатель при низком"),
                  of.unit),
              Field(Text("figure at high", "показатель при высоком"), of.unit),
              Field(Text("width", "размах"), of.unit)]
    if effects is not None:
        fields += [Field(Text("mean effect (Morris)", "средний эффект (Моррис)"), of.unit),
                   Field(Text("spread of effects", "разброс эффектов"), of.unit)]
    rows = []
    for one in order:
        line: tuple[Value, ...] = (one.row.name, *map(one.said, one.values), one.low, one.high, one.width(base))
        if effects is not None:
            found = effects.get(one.row.id)
            line += (None, None) if found is None else (found.mu_star, found.sigma)
        rows.append(line)
    said = (*_said(of.text, base, order), *_why_still(order, coming)) if middle is not None else ()
    return Front(f"sweep_{figure}_{which}", Text(f"Tornado: {of.text.en}", f"Торнадо: {of.text.ru}"),
                 Text("Each uncertain input alone at its low and its high value, the others in the middle; in the "
                      "order of the width: how far apart the figure is at the two.",
                      "Каждое неопределённое данное отдельно на низком и высоком значении, прочие в середине; по "
                      "порядку размаха: насколько показатель при них различается."),
                 (), said, (chart,) if not chart.empty else (),
                 (Block(Text("Each input alone", "Каждое данное отдельно"), tuple(fields), tuple(rows),
                        (*_without(order), *(_beside(base, order) if middle is not None else ()))),
                  *((grid,) if grid is not None else ())))


def _without(order: Sequence[Swing]) -> tuple[Text, ...]:
    """At which ends there is no plan, and why."""
    return tuple(Text(f"{one.row.name.en} at its {end.en}: there is no plan ({why.en.rstrip('.')}).",
                      f"{one.row.name.ru}, {end.ru}: плана нет ({why.ru.rstrip('.')}).")
                 for one in order
                 for end, why in zip((Text("low value", "низкое значение"), Text("high value", "высокое значение")),
                                     one.why, strict=True) if why is not None)


def _beside(base: float, order: Sequence[Swing]) -> tuple[Text, ...]:
    """Inputs with both ends on one side of the middle: the width is not how far they move the figure."""
    found = []
    for one in sorted(order, key=lambda one: -one.reach(base)):
        if one.low is None or one.high is None:
            continue
        off = (one.low - base, one.high - base)
        if off[0] * off[1] > 0.0 and min(map(abs, off)) > MOVED * max(1.0, abs(base)):
            side = Text("below", "ниже") if off[0] < 0.0 else Text("above", "выше")
            least, most = (told(value) for value in sorted(map(abs, off)))
            found.append(Text(f"{one.row.name.en} ({least.en} and {most.en} {side.en})",
                              f"{one.row.name.ru} ({side.ru} на {least.ru} и {most.ru})"))
    if not found:
        return ()
    every = listed(found, len(found))
    return (Text(f"At both ends on one side of the middle ({told(base).en}), so that the width does not say how far "
                 f"the figure moves: {every.en}.",
                 f"На обоих концах по одну сторону от середины ({told(base).ru}), так что размах не говорит, насколько "
                 f"показатель меняется: {every.ru}."),)


def grid_block(figure: str, rows: tuple[Uncertain, Uncertain], values: Sequence[tuple[float, float, float | None]],
               indicators: Mapping[str, tuple[Text, str]]) -> Block:
    """A figure over two inputs: a row for each value of the first, a column for each of the second."""
    of = label(figure, indicators)
    across = sorted({second for _, second, _ in values})
    down = sorted({first for first, _, _ in values})
    at = {(first, second): value for first, second, value in values}
    unit = _unit(of.unit)
    # Headings are values of the inputs, in their own unit: the unit of the figure is said once, above.
    return Block(
        Text(f"{capital(of.text).en} ({unit.en}): {rows[0].name.en} down, {rows[1].name.en} across",
             f"{capital(of.text).ru} ({unit.ru}): {rows[0].name.ru} вниз, {rows[1].name.ru} вправо"),
        (Field(rows[0].name), *(Field(head) for head in told_apart(across))),
        tuple((value_said(first), *(at.get((first, second)) for second in across)) for first in down))


def _said(name: Text, base: float, order: Sequence[Swing]) -> tuple[Text, ...]:
    moving = [one for one in order if one.reach(base) > MOVED * max(1.0, abs(base))]
    still = len(order) - len(moving)
    found = []
    if moving:
        top, (low, high) = moving[0], _ends(moving[0], base)
        found.append(Text(
            f"{capital(name).en}: moved most by “{top.row.name.en}”, {told(low).en} to {told(high).en} with "
            f"{told(base).en} in the middle.",
            f"{capital(name).ru}: сильнее всего зависит от данного «{top.row.name.ru}», от {told(low).ru} до "
            f"{told(high).ru}, в середине {told(base).ru}."))
    if still:
        found.append(Text(f"{still} of {counted(len(order), *INPUTS).en} {english(still, 'does', 'do')} not move it.",
                          f"{still} из {counted(len(order), *INPUTS).ru} на него не "
                          f"{russian(still, 'влияет', 'влияют', 'влияют')}."))
    return tuple(found)


def _why_still(order: Sequence[Swing], coming: Without | None) -> tuple[Text, ...]:
    """Which inputs do not move the figure because a lender does not come in the middle, and what they do where it
    comes."""
    found = [] if coming is None else [one.row for one in order if coming.moves(one.row.id)]
    if coming is None or not found:
        return ()
    parts = []
    for row in found:
        low, high = (told_apart([end for end in coming.ends[row.id] if end is not None]))
        parts.append(Text(f"{row.name.en} ({low.en} at its low value, {high.en} at its high one)",
                          f"{row.name.ru} ({low.ru} при низком, {high.ru} при высоком)"))
    every, names = listed(parts, len(parts)), listed(coming.names, len(coming.names))
    return (Text(f"Of these, {english(len(parts), 'one does', 'some do')} not move it because in the middle future "
                 f"this stays away: {names.en}. Where it comes: {every.en}.",
                 f"Из них {russian(len(parts), 'одно не влияет', *['некоторые не влияют'] * 2)} потому, что в среднем "
                 f"варианте не приходит: {names.ru}. Если приходит: {every.ru}."),)


def _ends(one: Swing, base: float) -> tuple[float, float]:
    known = [value for value in (one.low, one.high, base) if value is not None]
    return min(known), max(known)


def _less(value: float | None, base: float) -> float | None:
    return None if value is None else value - base


def _unit(unit: str) -> Text:
    return UNITS[unit].symbol if unit in UNITS and unit != "number" else Text("number", "число")
