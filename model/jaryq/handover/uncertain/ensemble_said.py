"""Sentences on a plan in many futures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jaryq.base.counted import DRAWS, FACILITIES, OF_DRAWS, OF_FUTURES, counted, english, russian
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import capital, told
from jaryq.handover.uncertain.labels import label
from jaryq.uncertainty.ensemble import Ensemble
from jaryq.uncertainty.outcomes import MANNED, UNFUNDED, Judged

MOST_NAMED = 3
"""Facilities that a sentence names."""

STOP = Text(".", ".")
"""How a sentence ends that has nothing beside it."""


def sentences(case: Case, made: Ensemble, indicators: Mapping[str, tuple[Text, str]]) -> tuple[Text, ...]:
    """Of money that is missing, futures without a plan, how figures spread, limits that are passed, works that end too
    late."""
    found = [_missing(made)] if made.possible else []
    stuck, none = made.without
    of = counted(made.possible, *OF_FUTURES)
    if stuck:
        first = _first(made, lambda one: one.stands.why if one.stands.figures is None else None)
        found.append(Text(f"In {stuck} of {of.en} the plan cannot go on as it stands, whatever the money ({first.en}).",
                          f"В {stuck} из {of.ru} план как есть невозможен при любых деньгах ({first.ru})."))
    if none:
        first = _first(made, lambda one: one.best.why if one.best.figures is None else None)
        found.append(Text(f"In {none} of {of.en} there is no plan at all ({first.en}).",
                          f"В {none} из {of.ru} плана нет совсем ({first.ru})."))
    if made.impossible:
        first, count = _first(made, lambda one: one.impossible), made.impossible
        found.append(Text(
            f"{counted(count, *DRAWS).en} cannot be, the input would be rejected ({first.en}).",
            f"{counted(count, *DRAWS).ru} {russian(count, 'невозможен', 'невозможны', 'невозможны')}, данные "
            f"были бы отклонены ({first.ru})."))
    for key in ("facilities", "km", "spending"):
        one = made.spread("stands", key)
        if one is None or (key == "km" and not one.high):
            continue
        name = capital(label(key, indicators).text)
        low, middle, high = (told(value) for value in (one.low, one.median, one.high))
        if low == high:
            found.append(Text(f"{name.en}, plan as it stands: {middle.en} in at least eight of ten futures.",
                              f"{name.ru}, план как есть: {middle.ru} не менее чем в восьми из десяти вариантов."))
            continue
        found.append(Text(f"{name.en}, plan as it stands: {middle.en} in the middle, {low.en} to {high.en} in "
                          f"eight of ten futures.",
                          f"{name.ru}, план как есть: в середине {middle.ru}, от {low.ru} до {high.ru} в восьми из "
                          "десяти вариантов."))
    if made.beyond:
        over, _ = made.where_some(MANNED)
        found.append(Text(f"Crews or outages are needed beyond their limits in {over} of {of.en}.",
                          f"Бригад или остановов нужно сверх пределов в {over} из {of.ru}."))
    if over := made.out_of_order:
        found.append(Text(f"Works begin before those that they wait for in {over} of {of.en}: the order cannot be kept "
                          f"there.",
                          f"Работы начинаются раньше тех, которых должны ждать, в {over} из {of.ru}: порядок там не "
                          f"выдержать."))
    if made.unfinished:
        found.append(_unfinished(case, made, of))
    if (few := made.unbegun(musts(case))):
        found.append(_unbegun(case, few, made.where_unbegun(musts(case)), of))
    if made.whole:
        count, gone = len(made.whole), sum(one.figures is None for one in made.whole.values())
        without = ("", "") if not gone else (
            f"; {gone} of them {english(gone, 'has', 'have')} no plan", f"; без плана: {gone}")
        found.append(Text(f"{count} {english(count, 'future was', 'futures were')} also planned with whole "
                          f"facilities{without[0]}.",
                          f"С целыми объектами рассчитано вариантов: {count}{without[1]}."))
    return tuple(found)


def _unfinished(case: Case, made: Ensemble, of: Text) -> Text:
    """How often works end after the last year, how many and most often which ones."""
    last = case.settings.last_year
    count, many = made.where_unfinished
    named = [Text(case.facilities[key].name, case.facilities[key].name_ru) for key, _ in made.unfinished[:MOST_NAMED]]
    assert many is not None, "some are unfinished"
    middle = round(many.median)
    some = counted(middle, *FACILITIES)
    return Text(f"Works of the plan as it stands end after {last} in {count} of {of.en}: {some.en} in the middle of "
                f"these, most often {', '.join(one.en for one in named)}; they are paid and not counted.",
                f"Работы плана как есть кончаются после {last} года в {count} из {of.ru}: в середине этих вариантов "
                f"{some.ru}, чаще всего {', '.join(one.ru for one in named)}; они оплачены и не засчитаны.")


def musts(case: Case) -> Mapping[str, tuple[str, ...]]:
    """Facilities that must be done and are not done yet, with the rows of which one is done."""
    of = {key: [case.facilities[row] for row in rows] for key, rows in case.assets.items()}
    return {key: case.assets[key] for key, rows in of.items() if all(one.done is None for one in rows)
            and any(one.must or one.must_any or one.started is not None for one in rows)}


def _unbegun(case: Case, few: Sequence[tuple[str, int]], count: int, of: Text) -> Text:
    """What must be done and cannot begin, in how many futures."""
    named = [Text(case.facilities[key].name, case.facilities[key].name_ru) for key, _ in few[:MOST_NAMED]]
    rest = len(few) - len(named)
    more = (f" and {rest} more", f" и ещё {rest}") if rest else ("", "")
    return Text(f"What must be done cannot begin in the planned years any more in {count} of {of.en}, most often "
                f"{', '.join(one.en for one in named)}{more[0]}; it is neither paid nor counted there.",
                f"Обязательное уже не может начаться в плановые годы в {count} из {of.ru}, чаще всего "
                f"{', '.join(one.ru for one in named)}{more[1]}; оно там не оплачено и не засчитано.")


def _missing(made: Ensemble) -> Text:
    """How often nobody pays, and how much."""
    count, some = made.where_some(UNFUNDED)
    of, beside = counted(made.possible, *OF_FUTURES), STOP
    if made.impossible:
        of = Text(f"{of.en} that can be", f"{of.ru}, которые возможны,")
        drawn = counted(len(made.judged), *OF_DRAWS)
        beside = Text(f"; {made.impossible} of {drawn.en} cannot be and {english(made.impossible, 'is', 'are')} not "
                      f"counted.", f"; из {drawn.ru} невозможны и не считаются: {made.impossible}.")
    if not count:
        return Text(f"The plan as it stands lacks money in none of {of.en}{beside.en}",
                    f"План как есть обеспечен деньгами во всех {'возможных ' if made.impossible else ''}вариантах "
                    f"({made.possible}){beside.ru}")
    part = told(round(100 * made.unfunded, 1))
    over = made.spread("stands", UNFUNDED)
    if some is None or over is None:
        return Text(f"The plan as it stands lacks money in {count} of {of.en} ({part.en} %){beside.en}",
                    f"Плану как есть не хватает денег в {count} из {of.ru} ({part.ru} %){beside.ru}")
    middle, high = told(some.median), told(over.high)
    return Text(f"The plan as it stands lacks money in {count} of {of.en} ({part.en} %): {middle.en} bn KZT in the "
                f"middle of these; P90 of all futures is {high.en}{beside.en}",
                f"Плану как есть не хватает денег в {count} из {of.ru} ({part.ru} %): в середине этих вариантов "
                f"{middle.ru} млрд тенге; P90 по всем вариантам {high.ru}{beside.ru}")


def _first(made: Ensemble, of: Callable[[Judged], Text | None]) -> Text:
    """The first draw with a reason, and this."""
    for number, one in enumerate(made.judged, 1):
        if (why := of(one)) is not None:
            return Text(f"draw {number}: {why.en.rstrip('.')}", f"розыгрыш {number}: {why.ru.rstrip('.')}")
    return Text("no reason is kept", "причина не сохранена")
