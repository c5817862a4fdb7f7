"""The pages of two figures against each other and of plans that are almost as good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from jaryq.base.counted import FACILITIES, counted, english, russian
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.handover.said import capital, told, without_noise
from jaryq.handover.shapes import Chart, Front, Series, Verdict
from jaryq.report.block import Block, Field

NAMED = 8
"""Facilities that a sentence names."""

GROUPS = {"region": Text("Regions", "Регионы"), "sector": Text("Sectors", "Секторы"),
          "source": Text("Sources of money", "Источники денег")}


def against_each_other(key: str, names: tuple[Text, Text], units: tuple[str, str],
                       points: Sequence[tuple[float, float]], note: Text | None = None,
                      verdict: Verdict | None = None) -> Front:
    """``points``: what the two figures, called ``key`` together, can be; ``note``: of what kind the plans are."""
    one, other = (capital(name) for name in names)
    points = list(zip(*(without_noise(of, 1.0) for of in zip(*points, strict=True)), strict=True))
    rows = tuple((first, second) for first, second in points)
    first, last = points[0], points[-1]
    said = ((Text("Both are best at once: there is nothing to give up.", "Оба наилучшие сразу: выбирать не из чего."),)
            if len(points) == 1 else
            (Text(f"{one.en} goes from {told(first[0]).en} to {told(last[0]).en} while {names[1].en} goes from "
                  f"{told(first[1]).en} to {told(last[1]).en}.",
                  f"{one.ru}: от {told(first[0]).ru} до {told(last[0]).ru}, при этом {names[1].ru}: от "
                  f"{told(first[1]).ru} до {told(last[1]).ru}."), *_steepest(names, points)))
    curve = Chart("front", "curve", Text("The front", "Граница"), _unit(units[0]), tuple(b for _, b in points),
                  (Series(one, tuple(a for a, _ in points)),),
                  Text(f"{one.en} over {names[1].en}.", f"{one.ru}; по горизонтали: {names[1].ru}."),
                  names[1] if names[1].en.startswith(_unit(units[1]).en) else
                  Text(f"{names[1].en}, {_unit(units[1]).en}", f"{names[1].ru}, {_unit(units[1]).ru}"))
    title = Text(f"Front: {names[0].en} and {names[1].en}", f"Граница: {names[0].ru} и {names[1].ru}")
    return Front(f"front_{key}", title,
                 note or Text("What the two can be together. Divisible plans; shortfalls stay as small as they can be.",
                              "Какими оба могут быть вместе. Делимые планы; недовыполнения остаются наименьшими."),
                 (), said, (curve,) if len(points) > 1 else (),
                 (Block(Text("Points", "Точки"), (Field(one, units[0]), Field(other, units[1])), rows),),
                 verdict=verdict)


def _steepest(names: tuple[Text, Text], points: Sequence[tuple[float, float]]) -> list[Text]:
    """Between which neighbours one figure gives most of the other, and least, where that differs."""
    steps = [(abs(b[0] - a[0]) / abs(b[1] - a[1]), a, b) for a, b in pairwise(points) if a[1] != b[1]]
    if len(steps) < 2:
        return []
    least, most = min(steps)[0], max(steps)[0]
    if most - least <= 1e-6 * max(1.0, most):
        return []
    said = [told(value) for value in (least, most)]
    return [Text(f"A unit of the second figure ({names[1].en}) costs {said[0].en} to {said[1].en} of the first.",
                 f"Единица второго показателя ({names[1].ru}) стоит от {said[0].ru} до {said[1].ru} первого.")]


def almost_as_good(percent: float, groups: Mapping[str, Sequence[tuple[Text, float, float, float]]],
                   shared: Sequence[Text], open_: Sequence[Text], plans: int,
                   verdict: Verdict | None = None, partly: Sequence[tuple[Text, float, float]] = ()) -> Front:
    """``groups``: by kind, each group's name, money in the best plan, least, most; the facilities of which all
    ``plans`` take at least half; those of which some have nothing and others at least half; of the others that some
    have, the least and the greatest share."""
    blocks = [Block(GROUPS[kind], (Field(Text("Name", "Название")), Field(Text("best plan", "лучший план"), BILLION),
                                   Field(Text("at least", "не менее"), BILLION),
                                   Field(Text("at most", "не более"), BILLION)), tuple(rows))
              for kind, rows in groups.items() if rows]
    share = told(percent)
    count, found = len(shared), counted(plans, ("plan was", "plans were"), ("план", "плана", "планов"))
    all_ = counted(count, *FACILITIES) if count else Text("no facility", "ни один объект не")
    some = counted(len(open_), *FACILITIES)
    said = [Text(f"Within {share.en} % of spending from the best plan, {found.en} found; {all_.en} "
                 f"{english(count or 1, 'is', 'are')} taken, at least half of {english(count or 1, 'it', 'each')}, by "
                 f"all of them{_named(shared)[0]}.",
                 f"В пределах {share.ru} % затрат от лучшего плана {russian(plans, 'найден', 'найдены', 'найдено')} "
                 f"{found.ru}; {all_.ru} {russian(count or 1, 'входит', 'входят', 'входят')} хотя бы "
                 f"наполовину во все"
                 f"{_named(shared)[1]}.")]
    if open_:
        said.append(Text(f"Of {some.en} some of them have nothing and others at least half{_named(open_)[0]}.",
                         f"{some.ru} в одних планах {russian(len(open_), 'отсутствует', 'отсутствуют', 'отсутствуют')},"
                         f" а в другие {russian(len(open_), 'входит', 'входят', 'входят')} хотя бы "
                         f"наполовину{_named(open_)[1]}."))
    if partly:
        part, names = counted(len(partly), *FACILITIES), _named([_share(*one) for one in partly])
        said.append(Text(f"Of {part.en} they have other shares, from the least to the greatest{names[0]}.",
                         f"{part.ru} {russian(len(partly), 'входит', 'входят', 'входят')} в них с иными долями, от "
                         f"наименьшей до наибольшей{names[1]}."))
    return Front("alternatives", Text("Plans that are almost as good", "Почти такие же хорошие планы"),
                 Text("What each group can get at least and at most; divisible plans, shortfalls as small as they "
                      "can be.",
                      "Сколько может получить каждая группа; делимые планы, недовыполнения наименьшие."),
                 (), tuple(said), (), tuple(blocks), verdict=verdict)


def _share(of: Text, least: float, most: float) -> Text:
    """``A (10 to 30 %)``."""
    low, high = (told(100.0 * value) for value in (least, most))
    return (Text(f"{of.en} ({low.en} %)", f"{of.ru} ({low.ru} %)") if low == high else
            Text(f"{of.en} ({low.en} to {high.en} %)", f"{of.ru} (от {low.ru} до {high.ru} %)"))


def _named(names: Sequence[Text]) -> tuple[str, str]:
    """``: A, B and 3 more`` in English and Russian; nothing where there are none."""
    if not names:
        return "", ""
    more = len(names) - NAMED
    said = [", ".join(words) for words in ([one.en for one in names[:NAMED]], [one.ru for one in names[:NAMED]])]
    return (f": {said[0]}{f' and {more} more' if more > 0 else ''}",
            f": {said[1]}{f' и ещё {more}' if more > 0 else ''}")


def _unit(unit: str) -> Text:
    return UNITS[unit].symbol if unit in UNITS else Text("number", "число")
