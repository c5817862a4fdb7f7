"""Why then, why this money, in sentences: what the runner-up costs beside what the plan has, by the limits that bind
under their own names, and in plain words (docs/numbers.md, The other choice)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.explain.parts import OWN, PAID, Beside
from jaryq.formulation.declare import ROWS
from jaryq.report.limits import part_in_words
from jaryq.report.why import unit_of_stage
from jaryq.report.words import joined, name_of, number, said_when, stage_name
from jaryq.solve.solution import Solution

THEN = Text("Why then: {next} in place of {chosen} {costs}: {parts}.",
            "Почему тогда: {next} вместо {chosen} {costs}: {parts}.")
MONEY = Text("Why this money: in {year} most is paid by {chosen}. 1 bn KZT of it from {next} instead {costs}: {parts}.",
             "Почему эти деньги: в {year} году больше всего платит {chosen}. Если 1 млрд тенге из них даст {next}, это "
             "{costs}: {parts}.")
DEARER = Text("would cost {more} {unit} more in money of today",
              "обойдётся в сегодняшних деньгах на {more} {unit} дороже")
CHEAPER = Text("would cost {more} {unit} less in money of today (reckoned with parts of projects; the plan does them "
               "whole)", "обойдётся в сегодняшних деньгах на {more} {unit} дешевле (расчёт по частям проектов, а план "
               "выполняет их целиком)")
FULL = Text("would cost {more} {unit} less in money of today, but all that it may pay here is drawn already",
            "обойдётся в сегодняшних деньгах на {more} {unit} дешевле, но всё, что он может дать здесь, уже выбрано")
SLIGHT = Text("would cost {more} {unit} less in money of today, within the tolerance of the search",
              "обойдётся в сегодняшних деньгах на {more} {unit} дешевле, в пределах допуска поиска")
ALIKE = Text("would cost the same with projects reckoned by parts",
             "обойдётся во столько же, если считать проекты частями")
OF_ITS_OWN = Text("what it brings", "то, что он приносит")
OF_MONEY = Text("what this money costs", "цена этих денег")
SPENDING = Text("the money for it", "деньги на него")
REST = Text("all else", "всё остальное")
NOTHING = Text("so reckoned nothing tells them apart", "при таком счёте ничто их не различает")
NOT_THEN = Text(
    "Not {next} but {chosen}: begun then, the money for it would cost {money} {unit} {more}. Its benefits would be "
    "{brings} {unit} {most}.{limits} {so}.",
    "Не {next}, а {chosen}: при таком начале деньги на него обошлись бы на {money} {unit} {more}. Его выгода была бы "
    "на {brings} {unit} {most}.{limits} {so}.")
MORE, LESS = Text("more", "больше"), Text("less", "меньше")
DEAR, CHEAP = Text("more", "дороже"), Text("less", "дешевле")
TAKES = Text(" Others would lose {by} {unit} by limits that bind: {names}.",
             " Другие потеряли бы {by} {unit} там, где держат ограничения: {names}.")
LEAVES = Text(" Others would gain {by} {unit} by limits that bind: {names}.",
              " Другие выиграли бы {by} {unit} там, где держат ограничения: {names}.")
SO_WORSE = Text("In all it is {by} {unit} dearer", "В целом это на {by} {unit} дороже")
SO_ALIKE = Text("In all it comes to the same, with projects reckoned by parts: money does not tell the two apart",
                "В целом выходит то же, если считать проекты частями: деньгами эти сроки не различаются")
AS_GOOD = Text("{next} or {chosen}: with projects reckoned by parts both cost and bring the same.",
               "{next} или {chosen}: если считать проекты частями, оба срока стоят и дают одинаково.")
SO_CHEAPER = Text("In all that would be {by} {unit} cheaper, with projects reckoned by parts. The plan does them whole",
                  "В целом это было бы на {by} {unit} дешевле, если считать проекты частями. План выполняет их целиком")
ASK = Text("What a start in {when} costs, proved with whole projects: explain PLAN \"{project} {start}\".",
           "Во что обходится начало в {when}, доказано для целых проектов: explain PLAN \"{project} {start}\".")
SEEN = 5e-3
"""Smaller parts are told with the others, so that what is shown adds up as shown."""
NAMED = 4


def then_said(case: Case, solution: Solution, start: Beside, years: Sequence[Beside]) -> Iterator[Text]:
    """The runner-up by its parts, and of every year in plain words why its best start is not taken."""
    yield THEN.fill(chosen=said_when(start.chosen), next=said_when(start.next),
                    **_beside(case, solution, start, OF_ITS_OWN))
    for one in years:
        yield _plain(case, solution, one)


def ask_said(project: str, start: Beside) -> Text:
    """How to have the runner-up priced."""
    return ASK.fill(project=project, start=start.next, when=said_when(start.next))


def money_said(case: Case, solution: Solution, payer: Beside) -> Text:
    """The runner-up among payers by its parts."""
    chosen, other = (name_of(case.sources[key]) for key in (payer.chosen, payer.next))
    return MONEY.fill(chosen=chosen, next=other, year=payer.year, **_beside(case, solution, payer, OF_MONEY))


def _beside(case: Case, solution: Solution, one: Beside, own: Text) -> dict[str, Text]:
    """By how much the runner-up is dearer, and its parts to a hundredth, which add up to that."""
    apart = one.next_cost.less(one.cost)
    total = round(one.next_cost.cost - one.cost.cost, 2) + 0.0
    named = {name: round(value, 2) for name, value in apart.items() if abs(value) >= SEEN}
    shown = dict(list(named.items())[:NAMED])
    rest = round(total - sum(shown.values()), 2)
    parts = [_part(_title(case, solution, name, own), value) for name, value in shown.items()]
    parts += [_part(REST, rest)] if rest else []
    return {"costs": _costs(case, solution, one, total), "parts": joined(parts) or NOTHING}


def _costs(case: Case, solution: Solution, one: Beside, total: float) -> Text:
    if not total:
        return ALIKE
    unit = unit_of_stage(solution, solution.stages[-1].name)
    less = CHEAPER if one.next not in case.sources else FULL if one.full else SLIGHT
    return (DEARER if total > 0 else less).fill(more=number(abs(total), 2), unit=unit)


def _part(title: Text, value: float) -> Text:
    shown, sign = number(abs(value), 2), "+" if value >= 0 else "-"
    return Text(f"{title.en} {sign}{shown.en}", f"{title.ru} {sign}{shown.ru}")


def _title(case: Case, solution: Solution, key: str, own: Text) -> Text:
    """A part by its own name: a limit with what and when it is of."""
    if key in (OWN, PAID):
        return own if key == OWN else SPENDING
    family, _, index = key.partition("[")
    if family not in ROWS:
        return stage_name(key, solution.objective)
    words = joined([part_in_words(case, part) for part in index.rstrip("]").split(",")], ", ")
    title = ROWS[family].text
    return title if words is None else Text(f"{title.en}: {words.en}", f"{title.ru}: {words.ru}")


def _plain(case: Case, solution: Solution, one: Beside) -> Text:
    """Why the plan does not begin it at the best start of another year."""
    unit = unit_of_stage(solution, solution.stages[-1].name)
    apart = one.next_cost.less(one.cost)
    money, own = round(apart.get(PAID, 0.0), 2), round(apart.get(OWN, 0.0), 2)
    total = round(one.next_cost.cost - one.cost.cost, 2)
    others = round(total - money - own, 2)
    names = joined([_title(case, solution, key, OF_ITS_OWN) for key, value in apart.items()
                    if key not in (OWN, PAID) and abs(value) >= SEEN][:2], "; ")
    if names is None:
        money, others = round(total - own, 2), 0.0
    if not money and not own and not others:
        return AS_GOOD.fill(next=said_when(one.next), chosen=said_when(one.chosen))
    limits = "" if not others or names is None else (TAKES if others > 0 else LEAVES).fill(
        by=number(abs(others), 2), unit=unit, names=names)
    so = SO_ALIKE if not total else (SO_WORSE if total > 0 else SO_CHEAPER).fill(by=number(abs(total), 2), unit=unit)
    return NOT_THEN.fill(next=said_when(one.next), chosen=said_when(one.chosen), unit=unit, limits=limits, so=so,
                         money=number(abs(money), 2), more=DEAR if money >= 0 else CHEAP,
                         brings=number(abs(own), 2), most=MORE if own <= 0 else LESS)
