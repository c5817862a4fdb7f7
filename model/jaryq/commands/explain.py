"""``explain PLAN WHAT``: what a limit, a source's money or a target is worth, from the finished plan alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jaryq.api.accepted import accept
from jaryq.api.again import Standing
from jaryq.api.curve import Point, PriceCurve, Shares, curve_of, next_units
from jaryq.api.verified import compiled
from jaryq.base.errors import Told
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.explain.dials import NoSuchDial
from jaryq.report.limits import in_words, unit_of
from jaryq.report.words import name_of, number, stage_name
from jaryq.workbook.finished import expect_plan
from jaryq.workbook.plan import read_plan

NOTHING_CALLED = Text("nothing that can be moved is called {what}{hint}",
                      "ничего изменяемого с названием {what} нет{hint}")
MEANT = Text("; did you mean {near}?", "; возможно, {near}?")
NO_PART = Text("{what} is nothing in this case: no part of it can be added or taken",
               "{what} в этом расчёте равно нулю: прибавить или убавить часть нельзя")
HEAD = Text("{name}: {now} {unit} now. What the plan becomes (facilities divisible; straight between the lines):",
            "{name}: сейчас {now} {unit}. Каким становится план (объекты делимы; между строками по прямой):")
ROW = Text("  {value} {unit}{here}: {stages}", "  {value} {unit}{here}: {stages}")
HERE = Text(" (now)", " (сейчас)")
WHOLE = Text("  whole plan at {value} {unit}: {stages}; facilities {count}",
             "  целый план при {value} {unit}: {stages}; объектов {count}")
ENDS = Text("  No plan beyond {value} {unit}.", "  Дальше {value} {unit} плана нет.")
IN = Text("      more of: {names}", "      больше: {names}")
OUT = Text("      less of: {names}", "      меньше: {names}")
NEXT = Text("  the next {step} {unit}: {change}{names}", "  следующие {step} {unit}: {change}{names}")
BUYS = Text("; more of {names}", "; больше: {names}")
MORE = Text("+{count} more", "ещё {count}")
STAGE = Text("{stage} {value}", "{stage} {value}")
NO_CHANGE = Text("nothing", "ничего")
STEPS = (10.0, 100.0, 1000.0)
NAMED = 6
"""So many projects are named in a line; the others are counted."""


class Unknown(Told):
    """What was asked for is not there."""

    exit_code = 64
    status = "rejected"


def command(path: Path, what: str, low: float, high: float, whole: int, lang: Lang) -> int:
    """Print the curve of ``what``. Raises Unknown where nothing is called so, or it is nothing."""
    expect_plan(path)
    stored = read_plan(path)
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    standing = Standing(accepted, compiled(accepted))
    try:
        found = curve_of(standing, what, low, high, whole)
    except NoSuchDial as error:
        hint = Text(MEANT.en.format(near=error.near), MEANT.ru.format(near=error.near)) if error.near else Text("", "")
        raise Unknown(NOTHING_CALLED.fill(what=what, hint=hint)) from error
    except ValueError as error:
        raise Unknown(NO_PART.fill(what=what)) from error
    steps = STEPS if found.dial.unit in ("bn KZT", "bn currency", "km", "number", "%") else ()
    for line in lines(accepted.case, found, next_units(standing, found, steps), lang):
        print(line)
    return 0


def lines(case: Case, found: PriceCurve, following: Sequence[tuple[float, Point]], lang: Lang) -> Iterator[str]:
    """The curve as a person reads it."""
    dial = found.dial
    limit = dial.limits[0]
    one = len(dial.limits) == 1
    name = in_words(case, limit.kind, limit.index, limit.name) if one else _named(case, dial.name)
    unit = (unit_of(case, limit.kind, limit.index, limit.unit) if one else None) or Text(dial.unit, dial.unit)
    said = {"unit": unit.say(lang)}
    yield HEAD.say(lang, name=name.say(lang), now=_value(dial.now, lang), **said)
    moving = _moving(found.points)
    moves: list[Shares] = [{}, *(moved for _, _, moved in found.moves())]
    for point, moved in zip(found.points, moves, strict=True):
        if moved:
            yield from _moved(case, moved, lang)
        here = HERE.say(lang) if point.value == dial.now else ""
        yield ROW.say(lang, value=_value(point.value, lang), here=here, stages=_stages(case, point, moving, lang),
                      **said)
    for end, whole in ((found.points[0], found.curve.first), (found.points[-1], found.curve.last)):
        if not whole:
            yield ENDS.say(lang, value=_value(end.value, lang), **said)
    yield from _following(case, found, following, lang, said["unit"])
    for point in found.wholes:
        facilities = sum(1 for p in point.shares if p in case.facilities)
        yield WHOLE.say(lang, value=_value(point.value, lang), stages=_stages(case, point, moving, lang),
                        count=facilities, **said)


def _following(case: Case, found: PriceCurve, following: Sequence[tuple[float, Point]], lang: Lang,
               unit: str) -> Iterator[str]:
    here = next(point for point in found.points if point.value == found.dial.now)
    for step, point in following:
        changes = {name: value - here.stages[name] for name, value in point.stages.items()
                   if abs(value - here.stages[name]) > 5e-4}
        change = ", ".join(STAGE.say(lang, stage=_stage(case, name, lang), value=_value(value, lang, signed=True))
                           for name, value in changes.items())
        more = _names(case, [p for p, amount in point.shares.items() if amount - here.shares.get(p, 0.0) > 0.005], lang)
        yield NEXT.say(lang, step=_value(step, lang), unit=unit, change=change or NO_CHANGE.say(lang),
                       names=BUYS.say(lang, names=more) if more else "")


def _moving(points: Sequence[Point]) -> list[str]:
    """Stages that move along the curve, and the objective."""
    names = dict.fromkeys(name for point in points for name in point.stages)
    return [name for name in names if name == "objective"
            or max(p.stages.get(name, 0.0) for p in points) - min(p.stages.get(name, 0.0) for p in points) > 5e-4]


def _stages(case: Case, point: Point, moving: Sequence[str], lang: Lang) -> str:
    return ", ".join(STAGE.say(lang, stage=_stage(case, name, lang), value=_value(point.stages[name], lang))
                     for name in moving if name in point.stages)


def _stage(case: Case, name: str, lang: Lang) -> str:
    return stage_name(name, case.settings.objective).say(lang)


def _moved(case: Case, moved: Shares, lang: Lang) -> Iterator[str]:
    for text, sign in ((IN, 1.0), (OUT, -1.0)):
        names = _names(case, [p for p, amount in sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0]))
                              if sign * amount > 0.005], lang)
        if names:
            yield text.say(lang, names=names)


def _names(case: Case, keys: Sequence[str], lang: Lang) -> str:
    shown = [name_of(case.project(key)).say(lang) for key in keys[:NAMED]]
    rest = [MORE.say(lang, count=len(keys) - NAMED)] if len(keys) > NAMED else []
    return "; ".join([*shown, *rest])


def _named(case: Case, key: str) -> Text:
    if key in case.sources:
        return name_of(case.sources[key])
    return next((name_of(target) for target in case.targets if target.row == key), Text(key, key))


def _value(value: float, lang: Lang, *, signed: bool = False) -> str:
    text = number(abs(value), 0 if abs(value - round(value)) < 5e-7 else (3 if abs(value) < 100 else 1)).say(lang)
    sign = "-" if value < 0 else ("+" if signed else "")
    return sign + text
