"""Sentences of the front pages, each made from numbers of the report by one rule; a rule has nothing to say where its
numbers are not there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from jaryq.base.counted import OF_PUBLISHED, counted, english, russian
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.calibration import BANDS, tally
from jaryq.report.condition import WHOLE
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import OPEN, at_most, joined, number, proved, same
from jaryq.report.words import told as told
from jaryq.report.words import when as period_said

BRACKETS = re.compile(r" ?\([^()]*\)")
NOTHING = "–"

WORTH_SAYING = 1.0
"""Percent of spending from which unused money is told."""

LEAST_TOLD = 0.5
"""bn KZT: what would be told as 0 is not told."""

NOISE = 1e-6
"""The part of the greatest figure below which another beside it is nothing."""

MOVED = 0.05
"""Points of wear from which a change is one."""


def as_text(value: Value) -> Text:
    """A cell as a text; a dash for a blank."""
    return value if isinstance(value, Text) else same(str(value or NOTHING))


def when(value: Value) -> Value:
    """A period in words, ``2026 Q1``; anything else as it is."""
    return period_said(value) or value


def bare(text: Text) -> Text:
    """Without what stands in brackets: names of sources explain themselves there."""
    return Text(*(BRACKETS.sub("", said).strip() or said for said in (text.en, text.ru)))


def capital(text: Text) -> Text:
    """With a capital at the beginning."""
    return Text(text.en[:1].upper() + text.en[1:], text.ru[:1].upper() + text.ru[1:])


def without_noise(values: Sequence[float], least: float = 0.0) -> list[float]:
    """The figures, those as 0 that are below NOISE of the greatest or of ``least``: what a solver leaves of nothing."""
    size = max((abs(value) for value in values), default=0.0)
    return [value if abs(value) > NOISE * max(size, least) else 0.0 for value in values]


def told_apart(values: Sequence[float]) -> list[Text]:
    """Figures beside each other, with so many places (all the same) that no two read alike and none is more than a
    hundredth of its size off; what is nothing beside the greatest is nothing."""
    values = without_noise(values)
    for places in range(7):
        said = [number(value, places) for value in values]
        near = all(abs(round(value, places) - value) <= 0.01 * abs(value) for value in values)
        if near and len({text.en for text in said}) == len(set(values)):
            return said
    return [Text(f"{value:g}", f"{value:g}".replace(".", ",")) for value in values]


def valued(case: Case, report: Report) -> list[Text]:
    """What the objective is, and what of it is gain and what cost."""
    table = report.tables.get("objective")
    if table is None or "value" not in table.headings or not table.rows or case.settings.objective != "purse":
        return []
    values = [as_number(row.get("value")) for row in table.rows]
    gain, cost, net = (number(value) for value in (math.fsum(v for v in values if v > 0),
                                                   -math.fsum(v for v in values if v < 0), math.fsum(values)))
    below = math.fsum(values) < 0
    en, ru = (": it is done for its aims, which this money does not count", ": план нужен ради целей, а их эти деньги "
              "не учитывают") if below else ("", "")
    return [Text(f"The objective, what the plan is worth to budgets, utilities and consumers together in money of "
                 f"today, is {net.en} bn KZT: benefits of {gain.en} less {cost.en} that they pay{en}.",
                 f"Показатель цели, то есть чего план стоит для бюджетов, предприятий и потребителей вместе в "
                 f"сегодняшних деньгах: {net.ru} млрд тенге, то есть выгоды {gain.ru} минус платежи {cost.ru}{ru}.")]


def payers(case: Case, report: Report) -> list[Text]:
    """Who pays most, and what comes from abroad."""
    funding = report.tables["funding"]
    total = funding.total("total")
    groups = [group for group in funding.group_values()
              if isinstance(group, Text) and funding.total("total", group) > 0]
    if total <= 0 or not groups:
        return []
    first = max(groups, key=lambda group: funding.total("total", group))
    part = number(100.0 * funding.total("total", first) / total)
    abroad = report.fact("abroad")
    share = told(100.0 * as_number(abroad.value) / total if abroad is not None else 0.0)
    spent = told(total)
    return [Text(f"It costs {spent.en} bn KZT in money of the years of payment; the largest payer is “{first.en}” "
                 f"({part.en} %), and {share.en} % comes from abroad.",
                 f"Стоимость {spent.ru} млрд тенге в деньгах годов платежа; больше всего платит «{first.ru}» "
                 f"({part.ru} %), из-за рубежа {share.ru} %.")]


def unused(case: Case, report: Report) -> list[Text]:
    """Money that open sources leave: what of it could still pay for something, the source with most of that and what
    holds it; and what can pay for nothing more."""
    left, table = report.fact("unused"), report.tables.get("unused")
    total = report.tables["funding"].total("total")
    if left is None or total <= 0 or 100.0 * as_number(left.value) / total < WORTH_SAYING:
        return []
    amount = number(as_number(left.value))
    rows = [row for row in table.rows if row.get("status") is OPEN] if table is not None else []
    said = joined([part for part in (_could_pay(rows), _barred(rows)) if part is not None])
    en, ru = (f": {said.en}", f": {said.ru}") if said is not None else ("", "")
    return [Text(f"{amount.en} bn KZT of open sources stay unused{en}.",
                 f"В открытых источниках остаётся {amount.ru} млрд тенге{ru}.")]


def _could_pay(rows: Sequence[Mapping[str, Value]]) -> Text | None:
    """``3 could, each source for itself, still pay for something, most of it in “B” (2), but its price is ...``; None
    where nothing could. In the works of a plan what one source pays more another pays less."""
    whole = math.fsum(as_number(row.get("usable")) for row in rows)
    if whole < LEAST_TOLD:
        return None
    most = max(rows, key=lambda row: as_number(row.get("usable")))
    amount, part = number(whole), number(as_number(most.get("usable")))
    name, why = as_text(most.get("name")), as_text(most.get("why"))
    return Text(f"{amount.en} could, each source for itself, still pay for something, most of it in “{name.en}” "
                f"({part.en}), but {why.en}",
                f"{amount.ru} ещё могли бы, каждый источник сам по себе, за что-то платить, больше всего в "
                f"«{name.ru}» ({part.ru}), но {why.ru}")


def _barred(rows: Sequence[Mapping[str, Value]]) -> Text | None:
    """``1 can pay for nothing more, most of it in “A” (1): all it may pay for is paid``."""
    whole = math.fsum(as_number(row.get("barred")) for row in rows)
    if whole < LEAST_TOLD:
        return None
    most = max(rows, key=lambda row: as_number(row.get("barred")))
    amount, part = number(whole), number(as_number(most.get("barred")))
    name, why = as_text(most.get("name")), as_text(most.get("why"))
    return Text(f"{amount.en} can pay for nothing more, most of it in “{name.en}” ({part.en}), since {why.en}",
                f"{amount.ru} больше ни за что не могут заплатить, больше всего в «{name.ru}» ({part.ru}), так как "
                f"{why.ru}")


def wear(case: Case, report: Report) -> list[Text]:
    """Where wear of networks rises in spite of the programme, and where it falls."""
    table = report.tables.get("wear")
    if table is None:
        return []
    last = f"plan_{case.settings.last_year}"
    rows = [row for row in table.rows if row.get("region") == WHOLE and last in table.headings]
    rising = [row for row in rows if as_number(row.get(last)) > as_number(row.get("now")) + MOVED]
    falling = [row for row in rows if as_number(row.get(last)) < as_number(row.get("now")) - MOVED]
    if not rows:
        return []
    if not rising:
        fell = _move(min(falling or rows, key=lambda row: _by(row, last)), last)
        return [Text(f"Wear rises in no kind of network; it falls most here: {fell.en}.",
                     f"Износ не растёт ни по одному виду сетей; больше всего снижается: {fell.ru}.")]
    rose = _move(max(rising, key=lambda row: _by(row, last)), last)
    some, of = number(len(rising)), number(len(rows))
    return [Text(f"In spite of the programme wear rises in {some.en} of {of.en} kinds of network, most here: "
                 f"{rose.en}.",
                 f"Несмотря на программу износ растёт у {some.ru} из {of.ru} видов сетей; больше всего: "
                 f"{rose.ru}.")]


def _by(row: Mapping[str, Value], last: str) -> float:
    return as_number(row.get(last)) - as_number(row.get("now"))


def _move(row: Mapping[str, Value], last: str) -> Text:
    """``heat networks, 50.0 to 63.4 % (without works 69.9)``."""
    kind = as_text(row.get("kind"))
    now, then, idle = (number(as_number(row.get(heading)), 1)
                       for heading in ("now", last, last.replace("plan_", "idle_")))
    return Text(f"{kind.en}, {now.en} to {then.en} % (without works {idle.en})",
                f"{kind.ru}, с {now.ru} до {then.ru} % (без работ {idle.ru})")


def certain(case: Case, report: Report) -> list[Text]:
    """The certified distance beside the share of estimates: the one says nothing about the other."""
    distance, estimates, compared = (report.fact(key) for key in ("distance", "estimates", "calibration"))
    if distance is None or estimates is None or not isinstance(distance.value, float):
        return []  # or nothing is proved yet
    by, part = at_most(as_number(distance.value)), number(as_number(estimates.value))
    gap = proved(by)
    better = Text(f"is better by more than {gap.en} % of the present value of spending",
                  f"лучшего более чем на {gap.ru} % приведённых затрат") \
        if by > 0 else Text("is better", "лучшего")
    made = Text(f"No plan with the same shortfalls {better.en}, which is proved; but {part.en} % of spending rests on "
                "estimates",
                f"Доказано: нет плана с теми же недовыполнениями, {better.ru}; но {part.ru} % затрат основано на "
                "оценках")
    if compared is None:
        return [Text(f"{made.en}.", f"{made.ru}.")]
    near, met = number(as_number(compared.value)), round(as_number(compared.value))
    counts = tally(report.tables["calibration"].rows)
    of = counted(counts.compared, *OF_PUBLISHED)
    whole = counts.and_empty(Text(
        f"{made.en}, and {near.en} of {of.en} {english(met, 'lies', 'lie')} within the band of each ({BANDS.en})",
        f"{made.ru}, и в пределах своей полосы ({BANDS.ru}) {russian(met, 'лежит', 'лежат', 'лежат')} "
        f"{near.ru} из {of.ru}"))
    return [Text(f"{whole.en}.", f"{whole.ru}.")]
