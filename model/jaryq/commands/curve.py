"""``explain PLAN LIMIT``: what a limit, a source's money or a target is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from jaryq.api.accepted import Accepted
from jaryq.api.again import Standing
from jaryq.api.curve import Point, PriceCurve, Shares, curve_of, dial_of, next_units
from jaryq.api.verified import compiled
from jaryq.base.counted import FACILITIES, amount, counted
from jaryq.base.errors import Told
from jaryq.base.home import BILLION
from jaryq.base.text import Lang, Text
from jaryq.base.units import bn_of
from jaryq.case.case import Case
from jaryq.commands.curve_joined import ENDS, JOINED, ended, joined_points
from jaryq.commands.curve_names import LEAST_KM, MORE, names
from jaryq.explain.dials import Ambiguous, Dial, NoSuchDial
from jaryq.report.limits import in_words, unit_of
from jaryq.report.words import UNIT_WORDS, amount_of, country, figure, joined, name_of, same, stage_name

NOTHING_CALLED = Text("nothing that can be moved is called {what}", "ничего изменяемого с названием {what} нет")
MEANT = Text("nothing that can be moved is called {what}; perhaps {near} is meant",
             "ничего изменяемого с названием {what} нет; возможно, имеется в виду {near}")
SEVERAL = Text("{what} may mean several; ask for one by its key: {names}",
               "«{what}» может означать разное; укажите ключ: {names}")
NO_PART = Text("{what} is nothing in this case: no part of it can be added or taken",
               "{what} в этом расчёте равно нулю: прибавить или убавить часть нельзя")
HEAD = Text("{name}: {now} now. What the plan becomes (facilities divisible; straight between the lines):",
            "{name}: сейчас {now}. Каким становится план (объекты делимы; между строками по прямой):")
TOGETHER = Text("  {count} limits move together, from {least} to {most} now, each in its own unit.",
                "  Вместе движутся ограничения: {count}, сейчас от {least} до {most}, каждое в своей единице.")
OFFERED = Text("  100 % is {money} in all.", "  100 % - это всего {money}.")
ROW = Text("  {value}{here}: {stages}", "  {value}{here}: {stages}")
HERE = Text(" (now)", " (сейчас)")
WHOLE = Text("  whole plan at {value}: {stages}; {count}", "  целый план при {value}: {stages}; {count}")
NOT_ALL = Text("  Not every break was found within the effort: between some lines from {spans} {unit} the plan is a"
               " little other (--low and --high nearer to what is now find more).",
               "  Найдены не все изломы: между некоторыми строками в пределах {spans} {unit} план немного иной (чем"
               " ближе --low и --high к нынешнему, тем больше найдено).")
NEARLY = Text("  Straight between the lines to within {off} ({stage}): every break that counts for more is"
              " here{narrow}.",
              "  Между строками отклонение от прямой не больше {off} ({stage}): все изломы, которые значат больше,"
              " здесь{narrow}.")
APART = Text(", but for those within {width} of another", ", кроме тех, что ближе {width} к соседнему")
POINTS = Text("  From {spans} {unit} earlier aims turn again and again: there the lines above are points, and between"
              " them the plan is another.",
              "  В пределах {spans} {unit} более ранние цели меняются снова и снова: там строки выше - отдельные точки,"
              " а между ними план иной.")
ALL_BUT = Text("  Every break is here{narrow}.", "  Здесь все изломы{narrow}.")
SPAN = Text("{a} to {b}", "{a} - {b}")
IN = Text("      more of: {names}", "      больше: {names}")
OUT = Text("      less of: {names}", "      меньше: {names}")
STILL = Text("      nothing is done otherwise here; only what counts as missed grows, tenth by tenth",
             "      здесь ничего не делается иначе; растёт лишь то, что засчитывается как недовыполнение")
NEXT = Text("  the next {step}: {change}{names}", "  ещё {step}: {change}{names}")
ASKED = Text("  if {step} less were asked: {change}{names}", "  если требовать меньше на {step}: {change}{names}")
ALLOWED = Text("  if {step} more were allowed: {change}{names}", "  если допустить больше на {step}: {change}{names}")
BUYS = Text("; more of {names}", "; больше: {names}")
STAGE = Text("{stage} {value}", "{stage} {value}")
NO_CHANGE = Text("nothing", "ничего")
AS_BEFORE = Text(" (no more than the next {step}: {why})", " (не больше, чем ещё {step}: {why})")
AS_WITH = Text(" (no more than with {step}: {why})", " (не больше, чем при шаге {step}: {why})")
BECAUSE = Text(" ({why})", " ({why})")
UNUSED = Text("{left} of it stay unused", "остаётся неиспользованным: {left}")
ANYWAY = Text("without asking for it {left} more are reached, for other aims or benefits",
              "и без этого требования достигается больше, ради других целей или выгод, на {left}")
OTHERS = Text("other limits hold", "держат другие ограничения")
CANDIDATES = 12
"""So many things that may be meant are listed."""
SEEN = 5e-4
"""Smaller changes are none."""


class Unknown(Told):
    """What was asked for is not there."""

    exit_code = 64
    status = "rejected"


Following = Sequence[tuple[float, Point]]
"""What the next units of a limit buy: the step, and the plan there."""


def told_curve(accepted: Accepted, what: str, low: float, high: float, whole: int, lang: Lang,
               first: Callable[[Standing, Dial], None] = lambda *_: None) -> tuple[str, PriceCurve, Following]:
    """Print the curve of ``what``; the row of targets that it is of, or nothing, and what was found; ``first`` has
    what is moved before anything of the curve is traced. Raises Unknown where nothing is called so, or it is
    nothing."""
    standing = Standing(accepted, compiled(accepted), proved=False)
    try:
        moved = dial_of(standing, what)
        if moved.now:
            first(standing, moved)
        found = curve_of(standing, moved, low, high, whole)
    except NoSuchDial as error:
        raise Unknown((MEANT if error.near else NOTHING_CALLED).fill(what=what, near=error.near)) from error
    except Ambiguous as error:
        raise Unknown(SEVERAL.fill(what=what, names=_candidates(accepted.case, error))) from error
    except ValueError as error:
        raise Unknown(NO_PART.fill(what=what)) from error
    following = next_units(standing, found)
    for line in lines(accepted.case, found, following, lang):
        print(line)
    return row_of(accepted.case, moved), found, following


def row_of(case: Case, moved: Dial) -> str:
    """The row of targets that is moved, or nothing."""
    limit = moved.limits[0]
    return case.target_at[limit.index[0]].row if limit.kind == "target" else ""


def _counted_only(found: PriceCurve, moves: Sequence[Shares]) -> list[bool]:
    """Of each point whether nothing is done otherwise at it, before or behind, and the objective stays: only what
    counts as missed moves there, which its neighbours on the list tell."""
    points = found.points
    same_work = [place > 0 and not any(amount > LEAST_KM or amount < -LEAST_KM for amount in moves[place].values())
                 and abs(points[place].stages["objective"] - points[place - 1].stages["objective"]) <= SEEN
                 for place in range(len(points))] if "objective" in points[0].stages else [False] * len(points)
    return [same_work[place] and place + 1 < len(points) and same_work[place + 1]
            and points[place].value != found.dial.now for place in range(len(points))]


def _candidates(case: Case, error: Ambiguous) -> Text:
    """What may be meant, by name with its key."""
    every = [*((_named(case, key), key) for key in error.keys),
             *((in_words(case, limit.kind, limit.index, limit.name), limit.name) for limit in error.limits)]
    said = every[:CANDIDATES]
    more = [MORE.fill(count=len(every) - CANDIDATES)] if len(every) > CANDIDATES else []
    return joined([*(Text(f"{name.en} ({key})", f"{name.ru} ({key})") for name, key in said), *more]) or same("-")


def lines(case: Case, found: PriceCurve, following: Following, lang: Lang) -> Iterator[str]:
    """The curve as a person reads it."""
    yield from head_lines(case, found, lang)
    shown, count = joined_points(found.points, found.dial.now), len(found.points)
    found = replace(found, points=tuple(found.points[place] for place in shown.told)) if shown.left_out else found
    moves: list[Shares] = [{}, *(moved for _, _, moved in found.moves())]
    unit, still = called(case, found)[1], _counted_only(found, moves)
    for place, (point, moved) in enumerate(zip(found.points, moves, strict=True)):
        if still[place]:
            if not still[place - 1]:
                yield STILL.say(lang)
            continue
        if moved:
            yield from _moved(case, moved, lang)
        here = HERE.say(lang) if point.value == found.dial.now else ""
        yield ROW.say(lang, value=_so_many(point.value, unit, lang), here=here,
                      stages=_stages(case, point, moving(found.points), lang))
    if shown.left_out:
        off = [_value(case, name, value, lang) for name, value in shown.off.items() if value > SEEN]
        yield JOINED.say(lang, count=count - len(shown.told), off="; ".join(off) or NO_CHANGE.say(lang))
    yield from after_lines(case, found, following, lang, joined=shown.left_out)


def called(case: Case, found: PriceCurve) -> tuple[Text, Text]:
    """What moves, and its unit: that of one limit, or percent of several."""
    return called_dial(case, found.dial)


def called_dial(case: Case, dial: Dial) -> tuple[Text, Text]:
    """The same of what is moved."""
    limit, one = dial.limits[0], len(dial.limits) == 1
    name = in_words(case, limit.kind, limit.index, limit.name) if one else _named(case, dial.name)
    own = one or dial.unit != "%"
    return name, (unit_of(case, limit.kind, limit.index, limit.unit) if own else None) or same(dial.unit)


def head_lines(case: Case, found: PriceCurve, lang: Lang) -> Iterator[str]:
    """What the curve is of."""
    name, unit = called(case, found)
    yield HEAD.say(lang, name=name.say(lang), now=_so_many(found.dial.now, unit, lang))
    if len(found.dial.limits) > 1:
        values = sorted(each.value for each in found.dial.limits)
        least, most = (figure(value).say(lang) for value in (values[0], values[-1]))
        yield TOGETHER.say(lang, count=len(values), least=least, most=most)
    if found.dial.money:
        yield OFFERED.say(lang, money=amount_of(found.dial.money, bn_of(found.dial.currency)).say(lang))


def after_lines(case: Case, found: PriceCurve, following: Following, lang: Lang, *,
                joined: bool = False) -> Iterator[str]:
    """Where plans end, what was not looked into, what the next units buy, whole plans."""
    unit = called(case, found)[1]
    yield from (ENDS.say(lang, value=_so_many(end, unit, lang), why=why.say(lang)) for end, why in ended(found))
    if not found.curve.whole:
        yield NOT_ALL.say(lang, spans=_spans(found.curve.open, lang), unit=unit.say(lang))
    elif not joined:
        yield from _how_near(case, found, unit, lang)
    if found.curve.apart:
        yield POINTS.say(lang, spans=_spans(found.curve.apart, lang), unit=unit.say(lang))
    yield from _following(case, found, following, lang)
    for point in found.wholes:
        facilities = sum(1 for p in point.shares if p in case.facilities)
        yield WHOLE.say(lang, value=_so_many(point.value, unit, lang),
                        stages=_stages(case, point, moving(found.points), lang),
                        count=counted(facilities, *FACILITIES).say(lang))


def _spans(spans: Sequence[tuple[float, float]], lang: Lang) -> str:
    return (joined([SPAN.fill(a=figure(a), b=figure(b)) for a, b in spans]) or same("-")).say(lang)


def _how_near(case: Case, found: PriceCurve, unit: Text, lang: Lang) -> Iterator[str]:
    """How near the lines are to the curve, where it has many breaks."""
    curve = found.curve
    narrow = APART.say(lang, width=_so_many(curve.narrow, unit, lang)) if curve.narrow else ""
    if curve.off:
        off = amount_of(curve.off, UNIT_WORDS["years" if case.settings.objective == "earliest_finish" else BILLION])
        last = list(found.points[0].stages)[-1]
        yield NEARLY.say(lang, stage=_stage(case, last, lang), off=off.say(lang), narrow=narrow)
    elif narrow:
        yield ALL_BUT.say(lang, narrow=narrow)


def _following(case: Case, found: PriceCurve, following: Following, lang: Lang) -> Iterator[str]:
    own = bn_of(found.dial.currency) if found.dial.money else called(case, found)[1]
    target = found.dial.limits[0].kind == "target"
    line = NEXT if not target else ALLOWED if found.dial.loosens > 0 else ASKED
    here = {point.value: point for point in found.points}[found.dial.now]
    before: tuple[float, dict[str, float]] | None = None
    for step, point in following:
        changes = {name: value - here.stages[name] for name, value in point.stages.items()
                   if abs(value - here.stages[name]) > SEEN}
        change = ", ".join(_value(case, name, value, lang, signed=True) for name, value in changes.items())
        more = names(case, {p: amount - here.shares.get(p, 0.0) for p, amount in point.shares.items()}, lang)
        why = ""
        if not changes:
            why = BECAUSE.say(lang, why=_held(found, point, lang, own))
        elif before is not None and _alike(before[1], changes):
            why = (AS_WITH if target else AS_BEFORE).say(lang, step=_so_many(before[0], own, lang),
                                                         why=_held(found, point, lang, own))
        before = step, changes
        yield line.say(lang, step=_so_many(step, own, lang), change=change or NO_CHANGE.say(lang),
                       names=BUYS.say(lang, names=more) if more else "") + why


def _so_many(value: float, unit: Text, lang: Lang) -> str:
    """A figure with its unit, noise of what was solved left out."""
    value = float(f"{value:.9g}")
    return amount(value, figure(value), unit).say(lang)


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether more of the number brings no more than less of it."""
    return all(abs(one.get(name, 0.0) - other.get(name, 0.0)) <= SEEN for name in {*one, *other})


def _held(found: PriceCurve, point: Point, lang: Lang, unit: Text) -> str:
    """Why no more comes of it."""
    if point.left is None or not SEEN < point.left < float("inf"):
        return OTHERS.say(lang)
    said = ANYWAY if found.dial.limits[0].kind == "target" and found.dial.loosens < 0 else UNUSED
    return said.fill(left=amount_of(point.left, unit)).say(lang)


def moving(points: Sequence[Point]) -> list[str]:
    """Stages that move along the curve, and the objective."""
    every = dict.fromkeys(name for point in points for name in point.stages)
    return [name for name in every if name == "objective"
            or max(p.stages.get(name, 0.0) for p in points) - min(p.stages.get(name, 0.0) for p in points) > 5e-4]


def _stages(case: Case, point: Point, which: Sequence[str], lang: Lang) -> str:
    return ", ".join(_value(case, name, point.stages[name], lang) for name in which if name in point.stages)


def _value(case: Case, name: str, value: float, lang: Lang, *, signed: bool = False) -> str:
    """What a stage reaches, the objective with its unit."""
    said = STAGE.say(lang, stage=_stage(case, name, lang), value=figure(value, signed=signed).say(lang))
    unit = UNIT_WORDS["years" if case.settings.objective == "earliest_finish" else BILLION]
    return f"{said} {unit.say(lang)}" if name == "objective" else said


def _stage(case: Case, name: str, lang: Lang) -> str:
    return stage_name(name, case.settings.objective).say(lang)


def _moved(case: Case, moved: Shares, lang: Lang) -> Iterator[str]:
    """What is done more of and less: facilities by name, networks by kind."""
    for text, sign in ((IN, 1.0), (OUT, -1.0)):
        if shown := names(case, {p: sign * amount for p, amount in moved.items()}, lang):
            yield text.say(lang, names=shown)


def _named(case: Case, key: str) -> Text:
    if key in case.sources:
        return name_of(case.sources[key])
    if any(source.partner == key for source in case.sources.values()):
        return country(key)
    rows = {target.row: target for target in reversed(case.targets)}
    return name_of(rows[key]) if key in rows else Text(key, key)
