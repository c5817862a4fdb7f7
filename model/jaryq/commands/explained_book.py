"""``explain PLAN WHAT --out FILE``: what the screen says of a curve, of wishes or of the ranking, as a workbook: tables
and charts in place of lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.api.curve import Point, PriceCurve
from jaryq.api.ranked import Greedy
from jaryq.api.wishes import BEST, HAND, KEPT, Wished
from jaryq.base.home import BILLION
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.commands import curve, ranked, wishes
from jaryq.commands.curve_names import names
from jaryq.explain.told import moved_said, rule_said
from jaryq.handover.shapes import Chart, Front, Series
from jaryq.report.block import Block, Field
from jaryq.report.counting import COMPLETED, KM
from jaryq.report.shapes import Value
from jaryq.report.words import UNIT_WORDS, figure, name_of, same, stage_name

CURVE = Text("{name}: what it is worth", "{name}: чего стоит")
STANDS = Text("Now: {now} {unit}.", "Сейчас: {now} {unit}.")
CURVE_NOTE = Text("Facilities divisible; straight between the rows. Whole plans stand for themselves.",
                  "Объекты делимы; между строками по прямой. Целые планы - отдельные точки.")
SHARES = Text("missed, weighted shares", "не выполнено, взвешенные доли")
POINTS, IN, OUT = Text("Every break", "Все изломы"), Text("comes in", "прибавляется"), Text("goes out", "убывает")
NOW, WHOLE = Text("now", "сейчас"), Text("whole plan", "целый план")
KIND = Text("what it is", "что это")
ALT = Text("{stage} over {name}: {count} points.", "{stage} при разных значениях ({name}): точек {count}.")
WISHES, WISHES_NOTE = (Text("What the wishes cost", "Чего стоят пожелания"),
                       Text("The plan by hand as it stands, the best plan with the wishes kept, the best without.",
                            "План вручную как есть, лучший план с пожеланиями и лучший без них."))
RANKING, RANKING_NOTE = (Text("Ranking beside the plan", "Ранжирование рядом с планом"),
                         Text("Projects taken from the top by benefit per KZT under the same limits.",
                              "Проекты взяты сверху по выгоде на тенге при тех же ограничениях."))
FIGURE, PROJECT = Text("figure", "показатель"), Text("project", "проект")
COLUMNS = {HAND: Text("by hand", "вручную"), KEPT: Text("wishes kept", "пожелания соблюдены"),
           BEST: Text("without wishes", "без пожеланий")}
FIGURES, DIFFER = Text("In figures", "В цифрах"), Text("Projects that differ", "Проекты с различиями")
RANK, PLAN, APART = Text("ranking", "ранжирование"), Text("plan", "план"), Text("difference", "разница")
FROM_TOP = Text("From the top", "С начала списка")
RATIO, TAKEN = Text("benefit per KZT", "выгода на тенге"), Text("taken", "взят")


def curve_front(case: Case, found: PriceCurve, following: Sequence[tuple[float, Point]], lang: Lang) -> Front:
    """The curve: a chart for each stage that moves, every break with what comes in and goes out before it."""
    name, unit = curve.called(case, found)
    moving = curve.moving(found.points)
    stages = {stage: stage_name(stage, case.settings.objective) for stage in moving}
    units = {stage: _unit(case, stage) for stage in moving}
    rows: list[tuple[Value, ...]] = []
    for point, moved in zip(found.points, [{}, *(moved for _, _, moved in found.moves())], strict=True):
        told = [names(case, {p: sign * amount for p, amount in moved.items()}, lang) for sign in (1.0, -1.0)]
        rows.append((point.value, NOW if point.value == found.dial.now else None,
                     *(point.stages.get(stage) for stage in moving), *(same(one) if one else None for one in told)))
    rows += [(point.value, WHOLE, *(point.stages.get(stage) for stage in moving), None, None)
             for point in found.wholes]
    fields = (Field(name, unit), Field(KIND), *(Field(stages[stage], units[stage]) for stage in moving), Field(IN),
              Field(OUT))
    charts = tuple(
        Chart(f"curve_{stage}", "curve", stages[stage], units[stage], tuple(point.value for point in found.points),
              (Series(stages[stage], tuple(point.stages.get(stage) for point in found.points)),),
              ALT.fill(stage=stages[stage], name=name, count=len(found.points)), Text(f"{name.en}, {unit.en}",
                                                                                     f"{name.ru}, {unit.ru}"))
        for stage in moving)
    now = STANDS.fill(now=figure(found.dial.now), unit=unit)
    said = (now, *(same(line.strip()) for line in (*list(curve.head_lines(case, found, lang))[1:],
                                                   *curve.after_lines(case, found, following, lang))))
    return Front("curve", CURVE.fill(name=name), CURVE_NOTE, sentences=said, charts=charts,
                 blocks=(Block(POINTS, fields, tuple(rows)),), long=True)


def _unit(case: Case, stage: str) -> Text:
    if stage != "objective":
        return SHARES
    return UNIT_WORDS["years" if case.settings.objective == "earliest_finish" else BILLION]


def wishes_front(case: Case, found: Wished) -> Front:
    """The three plans side by side, what the one by hand breaks, the projects in which they differ."""
    names = dict.fromkeys(name for plan in found.plans.values() for name in plan.stages)
    rows: list[tuple[Value, ...]] = [
        (stage_name(name, case.settings.objective), *(found.plans[which].stages.get(name) for which in COLUMNS))
        for name in names]
    rows += [(COMPLETED, *(found.plans[which].facilities for which in COLUMNS)),
             (KM, *(found.plans[which].km for which in COLUMNS))]
    differ = tuple((name_of(case.project(key)), *(_shown(of.get(which)) for which in COLUMNS))
                   for key, of in found.differ.items())
    said = [wishes.WHOLE] if not found.broken and not found.given_up else []
    if found.broken:
        said += [wishes.BROKEN, *(moved_said(one) for one in found.broken)]
    if found.given_up:
        said += [wishes.GIVEN_UP, *(rule_said(rule) for rule in found.given_up)]
    heads = tuple(Field(text) for text in COLUMNS.values())
    return Front("wishes", WISHES, WISHES_NOTE, sentences=tuple(said), long=True, blocks=(
        Block(FIGURES, (Field(FIGURE), *heads), tuple(rows)), Block(DIFFER, (Field(PROJECT), *heads), differ)))


def _shown(value: str | float | None) -> Value:
    return same(value) if isinstance(value, str) and value else value or None


def ranking_front(case: Case, found: Greedy) -> Front:
    """The ranking from the top, whole, and the two plans side by side."""
    pairs: list[tuple[Text, float | None, float | None]] = [
        (stage_name(name, case.settings.objective), found.by_rank.get(name), found.plan.get(name))
        for name in dict.fromkeys([*found.plan, *found.by_rank])]
    pairs += [(COMPLETED, found.completed["by_rank"], found.completed["plan"]),
              (KM, found.km["by_rank"], found.km["plan"])]
    rows = tuple((name, rank, plan, None if rank is None or plan is None else rank - plan)
                 for name, rank, plan in pairs)
    only = _only(found.only_plan, found.only_rank)
    top = tuple((name_of(case.project(one.project)), one.ratio if one.ratio < 1e9 else None,
                 same(one.start) if one.start else ranked.KM_OF.fill(km=one.km) if one.km else ranked.LEFT,
                 only.get(one.project)) for one in found.ranked)
    said = (ranked.PARTS,) if found.divisible else ()
    return Front("ranking", RANKING, RANKING_NOTE, sentences=said, long=True, blocks=(
        Block(FIGURES, (Field(FIGURE), Field(RANK), Field(PLAN), Field(APART)), rows),
        Block(FROM_TOP, (Field(PROJECT), Field(RATIO), Field(TAKEN), Field(DIFFER)), top)))


ONLY_PLAN, ONLY_RANK = Text("only in the plan", "только в плане"), Text("only by the ranking", "только по ранжированию")


def _only(plan: Sequence[str], rank: Sequence[str]) -> Mapping[str, Text]:
    return {**dict.fromkeys(plan, ONLY_PLAN), **dict.fromkeys(rank, ONLY_RANK)}
