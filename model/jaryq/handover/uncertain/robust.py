"""What many futures say of the decision: which facilities hold whatever comes, which hang on it, and on which values of
which input (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.counted import FACILITIES, OF_FACILITIES, OF_FUTURES, counted, english, russian
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.case.uncertain import Uncertain
from jaryq.handover.shapes import Verdict
from jaryq.handover.uncertain.facilities import dearest, decided, name, named
from jaryq.handover.uncertain.grouped import NEVER, SURE, Grouped
from jaryq.handover.uncertain.named import listed, range_of, value_said
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Value
from jaryq.report.words import number
from jaryq.uncertainty.dividing import Dividing, Division
from jaryq.uncertainty.ensemble import Ensemble

MOST = 6
"""Divisions that the first page names."""

Divided = Sequence[tuple[str, Division | None]]
"""Rows of facilities with what divides the futures that take them."""


def divided(case: Case, made: Ensemble, groups: Grouped) -> Divided:
    """Facilities that hang on what comes, and of those done in any case the row that is taken most, each with the input
    that divides the futures best."""
    asked = [(key, case.assets[key]) for key in groups.hang]
    asked += [(row, (row,)) for key in groups.how
              for row in [max(case.assets[key], key=lambda one: groups.of_rows[one].often)]]
    if not made.draws.rows:
        return [(key, None) for key, _ in asked]
    dividing = Dividing(made.known)
    return [(key, dividing.best(made.taken(*rows))) for key, rows in asked]


def verdict(case: Case, made: Ensemble, groups: Grouped, found: Divided) -> Verdict:
    """Sentences of an ensemble; none where no future has a plan."""
    if not made.planned:
        return Verdict()
    return Verdict((*_robust(case, made, groups), *_left_out(case, groups)), _open(case, groups),
                   _changes(case, made, found))


def division_block(case: Case, made: Ensemble, found: Divided) -> Block:
    """A row for each facility of which an input divides the futures."""
    rows: list[tuple[Value, ...]] = []
    for key, one in found:
        if one is not None:
            row = made.draws.rows[one.row]
            rows.append((name(case, key), row.name, range_of(row, one.done), range_of(row, one.left),
                         _side(row, one), 100 * one.inside / one.count, 100 * one.strays / one.rest))
    return Block(Text("What divides the futures that take it from the others",
                      "Что отличает варианты, где объект выбран, от прочих"),
                 (Field(Text("Facility", "Объект")), Field(Text("Uncertain input", "Неопределённое данное")),
                  Field(Text("seen where it is taken", "где выбран")), Field(Text("seen elsewhere", "где не выбран")),
                  Field(Text("border", "граница")),
                  Field(Text("of those that take it, beyond the border", "где выбран: за границей"), "%"),
                  Field(Text("of the others", "где не выбран: за границей"), "%")), tuple(rows),
                 (Text("The input and the border that tell the two apart best; no row where chance alone (999 random "
                       "orders of the futures) does as well in one of twenty.",
                       "Данное и граница, которые лучше всего их различают; нет строки, где случай (999 случайных "
                       "перестановок вариантов) различает не хуже в одном из двадцати."),))


def _robust(case: Case, made: Ensemble, groups: Grouped) -> list[Text]:
    """What is taken in all futures and in nearly all, and whose start differs."""
    of = counted(len(groups.found), *OF_FACILITIES)
    all_ = dearest(case, [key for key in groups.sure if groups.found[key].often > 1.0 - 1e-9])
    n, taken, which = number(len(made.planned)), number(len(all_)), decided(case, all_)
    said = [Text(f"In all {n.en} futures the best plan takes {taken.en} of {of.en}{which[0]}.",
                 f"Во всех вариантах ({n.ru}) лучший план берёт {taken.ru} из {of.ru}{which[1]}.")]
    if nearly := dearest(case, [key for key in groups.sure if key not in all_]):
        names = listed([_with_part(case, groups, key) for key in nearly])
        said.append(Text(f"Not in all, but in at least {100 * SURE:.0f} % of them: {names.en}.",
                         f"Не во всех, но не менее чем в {100 * SURE:.0f} % из них: {names.ru}."))
    late = [key for key in dearest(case, groups.sure) if (year := groups.found[key].year) is not None
            and round(year.low) != round(year.high)]
    if late:
        names = listed([_with_years(case, groups, key) for key in late])
        said.append(Text(f"Taken whatever comes, but the year of the start hangs on it (eight of ten futures): "
                         f"{names.en}.",
                         f"Выбраны при любом будущем, но год начала от него зависит (восемь из десяти вариантов): "
                         f"{names.ru}."))
    elif groups.sure:
        said.append(Text("What is taken whatever comes begins in the same year in at least eight of ten futures.",
                         "Выбранное при любом будущем начинается в одном и том же году не менее чем в восьми из "
                         "десяти вариантов."))
    return said


def _left_out(case: Case, groups: Grouped) -> list[Text]:
    if not groups.never:
        return []
    names = named(case, groups.never)
    return [Text(f"Left out in at least {100 - 100 * NEVER:.0f} % of the futures: {names.en}.",
                 f"Не выбраны не менее чем в {100 - 100 * NEVER:.0f} % вариантов: {names.ru}.")]


def _open(case: Case, groups: Grouped) -> tuple[Text, ...]:
    """What hangs on what comes, and of what the way is open."""
    said = []
    if groups.hang:
        count, names = len(groups.hang), listed([_with_part(case, groups, key) for key in groups.hang])
        said.append(Text(f"{counted(count, *FACILITIES).en} {english(count, 'hangs', 'hang')} on what comes (taken in "
                         f"so many of 100 futures): {names.en}.",
                         f"{counted(count, *FACILITIES).ru} {russian(count, 'зависит', 'зависят', 'зависят')} от того, "
                         f"что сбудется (выбран в стольких из 100 вариантов): {names.ru}."))
    else:
        said.append(Text("No facility hangs on what comes.", "Ни один объект не зависит от того, что сбудется."))
    if groups.how:
        names = named(case, groups.how)
        said.append(Text(f"Done in any case, but how is open (new or overhauled, say): {names.en}.",
                         f"Выполняются в любом случае, но открыто, как именно (заново или ремонтом): {names.ru}."))
    return tuple(said)


def _changes(case: Case, made: Ensemble, found: Divided) -> tuple[Text, ...]:
    """At which values of an input facilities come in and go out."""
    told = [(key, one) for key, one in found if one is not None]
    blind = [key for key, one in found if one is None]
    said = [_division(case, made, key, one) for key, one in told[:MOST]]
    if (more := len(told) - MOST) > 0:
        said.append(Text(f"Of {more} more the table of the same page says it.",
                         f"Ещё о {more} говорит таблица той же страницы."))
    if blind:
        count, names = len(blind), named(case, blind)
        said.append(Text(f"No single input tells apart when {english(count, 'this is', 'these are')} taken (chance "
                         f"does as well): {names.en}. Several act together, or there are too few futures: ensemble "
                         f"with more --draws.",
                         f"Ни одно данное само по себе не определяет, когда выбраны (случай различает не хуже): "
                         f"{names.ru}. Действуют несколько вместе, или вариантов мало: ensemble с большим --draws."))
    if not found:
        of = counted(len(made.planned), *OF_FUTURES)
        said.append(Text(f"Nothing that was drawn in {of.en} changes which facilities are taken in more than one of "
                         f"ten.",
                         f"Ничто из разыгранного (всего {of.ru}) не меняет набор выбранных объектов чаще чем в одном "
                         f"из десяти."))
    return tuple(said)


def _division(case: Case, made: Ensemble, key: str, one: Division) -> Text:
    """``A is taken where Costs are at most 1.12: so in 11 of the 12 futures that take it (1.01 to 1.15 seen), in 3 of
    the 28 others (1.02 to 1.6)``."""
    row, of = made.draws.rows[one.row], name(case, key)
    side, done, left = _side(row, one), range_of(row, one.done), range_of(row, one.left)
    return Text(f"{of.en}: taken where {row.name.en} is {side.en}; so in {one.inside} of the {one.count} futures "
                f"that take it (seen: {done.en}) and in {one.strays} of the {one.rest} others (seen: {left.en}).",
                f"{of.ru}: выбирается, где {row.name.ru}: {side.ru}; так в {one.inside} из {one.count} вариантов с "
                f"ним (встречалось: {done.ru}) и в {one.strays} из {one.rest} прочих (встречалось: {left.ru}).")


def _side(row: Uncertain, one: Division) -> Text:
    """On which side of the border of an input something is taken."""
    if row.distribution == "comes":
        return range_of(row, (one.edge, one.edge))
    edge = value_said(one.edge)
    return Text(f"at least {edge.en}", f"не менее {edge.ru}") if one.above else \
        Text(f"at most {edge.en}", f"не более {edge.ru}")


def _with_part(case: Case, groups: Grouped, key: str) -> Text:
    of, part = name(case, key), f"{100 * groups.found[key].often:.0f}"
    return Text(f"{of.en} ({part})", f"{of.ru} ({part})")


def _with_years(case: Case, groups: Grouped, key: str) -> Text:
    of, year = name(case, key), groups.found[key].year
    assert year is not None, "it is taken"
    return Text(f"{of.en} ({year.low:.0f} to {year.high:.0f})", f"{of.ru} ({year.low:.0f}-{year.high:.0f})")
