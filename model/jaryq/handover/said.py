"""Sentences of the front pages, each made from numbers of the report by one rule; a rule has nothing to say where its
numbers are not there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.condition import WHOLE
from jaryq.report.limits import SHORTFALLS, binding, limit_name
from jaryq.report.report import Report
from jaryq.report.shapes import Value
from jaryq.report.words import MEASURES, NO, OPEN, SMALL, number, same

COUNTED = (MEASURES["facilities"], MEASURES["km"])
"""Measures of the published counts."""

DONE_IN_WORDS = {MEASURES["facilities"]: Text("are in service", "в работе"),
                 MEASURES["km"]: Text("are renewed", "обновлено")}

BRACKETS = re.compile(r" ?\([^()]*\)")
QUARTER = re.compile(r"(\d{4})Q([1-4])")
NOTHING = "–"

WORTH_SAYING = 1.0
"""Percent of spending from which unused money is told."""

MOVED = 0.05
"""Points of wear from which a change is one."""


def as_number(value: Value) -> float:
    """A cell as a number; 0 for a blank, a text or a truth."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def as_text(value: Value) -> Text:
    """A cell as a text; a dash for a blank."""
    return value if isinstance(value, Text) else same(str(value or NOTHING))


def when(value: Value) -> Value:
    """A period in words, ``2026 Q1``; anything else as it is."""
    found = QUARTER.fullmatch(value) if isinstance(value, str) else None
    return value if found is None else Text(f"{found[1]} Q{found[2]}", f"{found[1]} {found[2]}кв")


def bare(text: Text) -> Text:
    """Without what stands in brackets: names of sources explain themselves there."""
    return Text(*(BRACKETS.sub("", said).strip() or said for said in (text.en, text.ru)))


def capital(text: Text) -> Text:
    """With a capital at the beginning."""
    return Text(text.en[:1].upper() + text.en[1:], text.ru[:1].upper() + text.ru[1:])


def told(value: float) -> Text:
    """A figure in a sentence: whole from a hundred on, one place from one on, else two; nothing as 0."""
    size = abs(value)
    if size < SMALL:
        return number(0.0)
    return number(value, 0 if size >= 100 or abs(value - round(value)) < SMALL else 1 if size >= 1 else 2)


def told_apart(values: Sequence[float]) -> list[Text]:
    """Figures beside each other, with so many places (all the same) that no two read alike and none is more than a
    hundredth of its size off."""
    for places in range(7):
        said = [number(value, places) for value in values]
        near = all(abs(round(value, places) - value) <= 0.01 * abs(value) for value in values)
        if near and len({text.en for text in said}) == len(set(values)):
            return said
    return [Text(f"{value:g}", f"{value:g}".replace(".", ",")) for value in values]


def reached(case: Case, report: Report) -> list[Text]:
    """``By 2030: 86,500 of 86,000 km asked are renewed; 129 of 200 facilities asked are in service, 71 short.`` Counts
    of the whole programme that are targets of the last year."""
    rows = [row for row in counted(report) if row.get("year") == str(case.settings.last_year)]
    said = [of_asked(row) for row in rows]
    if not said:
        return []
    year = case.settings.last_year
    return [Text(f"By {year}: " + "; ".join(t.en for t in said) + ".",
                 f"К {year} году: " + "; ".join(t.ru for t in said) + ".")]


def counted(report: Report) -> list[Mapping[str, Value]]:
    """Rows of targets that ask for a number of facilities or km of the whole programme."""
    return [row for row in report.tables["targets"].rows if row.get("measure") in COUNTED and not row.get("filter")
            and row.get("sense") == ">="]


def of_asked(row: Mapping[str, Value]) -> Text:
    """A row of targets on counts: ``86,500 of 86,000 km asked are renewed``."""
    unit = as_text(row.get("unit"))
    got, asked = number(as_number(row.get("reached"))), number(as_number(row.get("value")))
    short = as_number(row.get("shortfall"))
    missing, lacks = "", ""
    if row.get("met") is NO:
        said = number(short)
        missing, lacks = f", {said.en} short", f", не хватает {said.ru}"
    are = DONE_IN_WORDS[as_text(row.get("measure"))]
    return Text(f"{got.en} of {asked.en} {unit.en} asked {are.en}{missing}",
                f"{are.ru} {got.ru} из требуемых {asked.ru} {unit.ru}{lacks}")


def why_short(case: Case, report: Report) -> list[Text]:
    """Why fewer facilities are in service than are asked in the last year: how many there are that count, how many of
    these are done, and what the others are."""
    last = str(case.settings.last_year)
    row = next((row for row in counted(report) if row.get("measure") == MEASURES["facilities"] and row.get("met") is NO
                and row.get("year") == last), None)
    if row is None:
        return []
    asked, got = as_number(row.get("value")), as_number(row.get("reached"))
    counts = [asset for asset, variants in case.assets.items() if any(case.facilities[v].counts for v in variants)]
    others = [case.facilities[asset] for asset in case.assets if asset not in set(counts)]
    illustrative = sum(facility.data_status == "illustrative" for facility in others)
    n, all_, rest, some = (number(v) for v in (len(counts), len(case.assets), len(others), illustrative))
    made, wanted = number(got), number(asked)
    said = Text(f"{n.en} of the {all_.en} facilities in scope count towards the {wanted.en} asked",
                f"Из {all_.ru} объектов программы в требуемые {wanted.ru} засчитываются {n.ru}")
    if others:
        of = Text(f"{some.en} of them illustrative", f"из них условных {some.ru}") if illustrative < len(others) else \
            Text("all of them illustrative", "все они условные")
        kind = of if illustrative else Text("variants and rows that are no facility of the programme",
                                            "это варианты и строки, которые не объекты программы")
        said = Text(f"{said.en}; the other {rest.en} rows do not ({kind.en})",
                    f"{said.ru}; остальные {rest.ru} строк нет ({kind.ru})")
    if got > len(counts) - 0.5:
        end = Text(f"All {n.en} that count are done: the list of facilities limits the number, not money",
                   f"Все {n.ru} засчитываемых выполнены: число ограничивает перечень объектов, а не деньги")
    elif len(counts) < asked:
        lack = number(asked - len(counts))
        end = Text(f"{made.en} of those that count are done; with all of them {lack.en} would still be missing",
                   f"Из засчитываемых выполнено {made.ru}; и со всеми не хватило бы {lack.ru}")
    else:
        end = Text(f"{made.en} of those that count are done; the page of answers says what keeps the others out",
                   f"Из засчитываемых выполнено {made.ru}; что мешает остальным, сказано на листе ответов")
    return [Text(f"{said.en}. {end.en}.", f"{said.ru}. {end.ru}.")]


def missed(case: Case, report: Report) -> list[Text]:
    """The target that is missed by the largest share, among those of the last year."""
    rows = [row for row in report.tables["targets"].rows if row.get("met") is NO
            and row.get("year") == str(case.settings.last_year)]
    if not rows:
        return []
    worst = max(rows, key=lambda row: as_number(row.get("normalised")))
    name, unit = as_text(worst.get("name")), as_text(worst.get("unit"))
    got, asked = told(as_number(worst.get("reached"))), told(as_number(worst.get("value")))
    year = case.settings.last_year
    return [Text(f"Furthest from what was asked of {year}: {name.en}, {got.en} against {asked.en} {unit.en}.",
                 f"Дальше всего от требуемого к {year} году: {name.ru}, {got.ru} при требуемых {asked.ru} {unit.ru}.")]


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
    """Money that open sources leave, the source that leaves most of it, and what holds that."""
    left = report.fact("unused")
    total = report.tables["funding"].total("total")
    if left is None or total <= 0 or 100.0 * as_number(left.value) / total < WORTH_SAYING:
        return []
    amount = number(as_number(left.value))
    rows = [row for row in report.tables["unused"].rows if row.get("status") is OPEN] if "unused" in report.tables \
        else []
    if not rows:
        return [Text(f"{amount.en} bn KZT of open sources stay unused.",
                     f"В открытых источниках остаётся {amount.ru} млрд тенге.")]
    most = max(rows, key=lambda row: as_number(row.get("total")))
    name, why, part = as_text(most.get("name")), as_text(most.get("why")), number(as_number(most.get("total")))
    return [Text(f"{amount.en} bn KZT of open sources stay unused, most of it in “{name.en}” ({part.en}), because: "
                 f"{why.en}.",
                 f"В открытых источниках остаётся {amount.ru} млрд тенге, больше всего в «{name.ru}» ({part.ru}), "
                 f"причина: {why.ru}.")]


def tight(case: Case, report: Report) -> list[Text]:
    """The limit that gains most when it is loosened by a step."""
    first = tightest(report)
    if first is None:
        return []
    name = limit_name(first)
    return [Text(f"The limit that gains most when it is loosened by a step is “{name.en}”.",
                 f"Больше всего дало бы ослабление на шаг ограничения «{name.ru}».")]


def tightest(report: Report) -> Mapping[str, Value] | None:
    """The row of ``limits`` that takes most off the first shortfall that any row moves; None where none does."""
    mends = [row for row in binding(report.tables) if row.get("moves") in SHORTFALLS.values()
             and as_number(row.get("gain")) > 0]
    return mends[0] if mends else None


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
    return [Text(f"In spite of the programme wear rises in {len(rising)} of {len(rows)} kinds of network, most here: "
                 f"{rose.en}.",
                 f"Несмотря на программу износ растёт по видам сетей: {len(rising)} из {len(rows)}; больше всего: "
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
    by, part = as_number(distance.value), number(as_number(estimates.value))
    gap = number(by, 3)
    better = Text(f"is better by more than {gap.en} % of the present value of spending",
                  f"лучшего более чем на {gap.ru} % приведённых затрат") \
        if by >= SMALL else Text("is better", "лучшего")
    made = Text(f"No plan with the same shortfalls {better.en}, which is proved; but {part.en} % of spending rests on "
                "estimates",
                f"Доказано: нет плана с теми же недовыполнениями, {better.ru}; но {part.ru} % затрат основано на "
                "оценках")
    if compared is None:
        return [Text(f"{made.en}.", f"{made.ru}.")]
    near, of = number(as_number(compared.value)), number(len(report.tables["calibration"].rows))
    return [Text(f"{made.en}, and {near.en} of {of.en} published figures are met.",
                 f"{made.ru}, и совпадает {near.ru} из {of.ru} опубликованных величин.")]
