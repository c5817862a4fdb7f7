"""Sentences on what was asked of a plan: what is reached, what is missed and when, what is promised and not aimed
at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.counted import OF_FACILITIES
from jaryq.base.counted import counted as counted_as
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text
from jaryq.report.adequacy import missing_alone
from jaryq.report.counting import counting, others, what_they_are
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.targets import PRIORITIES
from jaryq.report.words import MEASURES, NO, amount_of, number, told

COUNTED = (MEASURES["facilities"], MEASURES["km"])
"""Measures of the published counts."""

DONE_IN_WORDS = {MEASURES["facilities"]: Text("are in service", "в работе"),
                 MEASURES["km"]: Text("are renewed", "обновлено")}

PRICED = PRIORITIES["price"]
TOKEN = 1e-4
"""Of all spending: a price that makes the whole of a target worth less is a token."""
MISSED_SHOWN = 5
OF_MISSING, NO_MORE = (" of what is missing there today", " того, чего там не хватает сейчас"), ("", "")


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


def reached_and_missed(case: Case, report: Report) -> list[Text]:
    """What is reached of the counts, and what is furthest from what was asked, in one sentence."""
    first, worst = reached(case, report), furthest(case, report)
    if not first or worst is None:
        return first or missed(case, report)
    return [Text(f"{first[0].en[:-1]}; furthest from what was asked: {worst.en}.",
                 f"{first[0].ru[:-1]}; дальше всего от требуемого: {worst.ru}.")]


def counted(report: Report) -> list[Mapping[str, Value]]:
    """Rows of targets that ask for a number of facilities or km of the whole programme."""
    return [row for row in report.tables["targets"].rows if row.get("measure") in COUNTED and not row.get("filter")
            and row.get("sense") == ">="]


def of_asked(row: Mapping[str, Value]) -> Text:
    """A row of targets on counts: ``86,500 of 86,000 km asked are renewed``."""
    unit = as_text(row.get("unit"))
    got, asked = number(as_number(row.get("reached"))), amount_of(round(as_number(row.get("value"))), unit,
                                                                  genitive=True)
    short = as_number(row.get("shortfall"))
    missing, lacks = "", ""
    if row.get("met") is NO:
        said = number(short)
        missing, lacks = f", {said.en} short", f", не хватает {said.ru}"
    are = DONE_IN_WORDS[as_text(row.get("measure"))]
    return Text(f"{got.en} of {asked.en} asked {are.en}{missing}",
                f"{are.ru} {got.ru} из требуемых {asked.ru}{lacks}")


def why_short(case: Case, report: Report) -> list[Text]:
    """Why fewer facilities are in service than are asked in the last year: how many there are that count, how many of
    these are done, and what the others are."""
    last = str(case.settings.last_year)
    row = next((row for row in counted(report) if row.get("measure") == MEASURES["facilities"] and row.get("met") is NO
                and row.get("year") == last), None)
    if row is None:
        return []
    asked, got = as_number(row.get("value")), as_number(row.get("reached"))
    counts = counting(case)
    rows = others(case)
    n = number(len(counts))
    all_, rest = counted_as(len(case.assets), *OF_FACILITIES), number(len(rows))
    made, wanted = number(got), number(asked)
    said = Text(f"{n.en} of the {all_.en} in scope count towards the {wanted.en} asked",
                f"Из {all_.ru} программы в требуемые {wanted.ru} засчитываются {n.ru}")
    if rows:
        are = what_they_are(case, rows)
        said = Text(f"{said.en}; the other {rest.en} do not ({are.en})",
                    f"{said.ru}; ещё {rest.ru} не засчитываются ({are.ru})")
    if got > len(counts) - 0.5:
        end = Text(f"all {n.en} that count are done: the list of facilities limits the number, not money",
                   f"все {n.ru} засчитываемых выполнены: число ограничивает перечень объектов, а не деньги")
    elif len(counts) < asked:
        lack = number(asked - len(counts))
        end = Text(f"{made.en} of those that count are done, and with all of them {lack.en} would still be missing",
                   f"из засчитываемых выполнено {made.ru}, и со всеми не хватило бы {lack.ru}")
    else:
        end = Text(f"{made.en} of those that count are done, and the page of answers says what keeps the others out",
                   f"из засчитываемых выполнено {made.ru}, а что мешает остальным, сказано на листе ответов")
    return [Text(f"{said.en}; {end.en}.", f"{said.ru}; {end.ru}.")]


def missed(case: Case, report: Report) -> list[Text]:
    """The target that is missed by the largest share, among those of the last year."""
    worst, year = furthest(case, report), case.settings.last_year
    if worst is None:
        return []
    return [Text(f"Furthest from what was asked of {year}: {worst.en}.",
                 f"Дальше всего от требуемого к {year} году: {worst.ru}.")]


def furthest(case: Case, report: Report) -> Text | None:
    """``Sewage works, 20 of 45 facilities``; None where nothing is missed in the last year."""
    rows = [row for row in report.tables["targets"].rows if row.get("met") is NO
            and row.get("year") == str(case.settings.last_year)]
    if not rows:
        return None
    worst = max(rows, key=lambda row: as_number(row.get("normalised")))
    name, unit = as_text(worst.get("name")), as_text(worst.get("unit"))
    got, asked = told(as_number(worst.get("reached"))), amount_of(as_number(worst.get("value")), unit, genitive=True)
    return Text(f"{name.en}, {got.en} of {asked.en}", f"{name.ru}, {got.ru} из {asked.ru}")


def on_the_way(case: Case, report: Report) -> list[Text]:
    """Aims that are missed in years before the last, each once with its years (none where its name has them) and the
    largest share that is missed: a deficit of the first winters is no less one for being over at the end."""
    by_name: dict[Text, list[Mapping[str, Value]]] = {}
    for row in report.tables["targets"].rows:
        if row.get("met") is NO and row.get("year") != str(case.settings.last_year) and row.get("priority") != PRICED:
            by_name.setdefault(as_text(row.get("name")), []).append(row)
    worst = {name: max(as_number(row.get("normalised")) for row in rows) for name, rows in by_name.items()}
    names = sorted(by_name, key=lambda name: -worst[name])
    if not names:
        return []
    parts, missing = [], missing_alone(case)
    for name in names[:MISSED_SHOWN]:
        years, part = years_said([str(row.get("year")) for row in by_name[name]]), told(worst[name])
        once = len(by_name[name]) == 1
        when = "" if years in name.en and years in name.ru else f", {years}"
        alone = OF_MISSING if any(row.get("origin") in missing for row in by_name[name]) else NO_MORE
        parts.append(Text(f"{name.en}{when} (by {'' if once else 'up to '}{part.en} %{alone[0]})",
                          f"{name.ru}{when} ({'на' if once else 'до'} {part.ru} %{alone[1]})"))
    more = len(names) - MISSED_SHOWN
    rest = (f"; and {more} more", f"; и ещё {more}") if more > 0 else ("", "")
    return [Text("Missed in the years before: " + "; ".join(p.en for p in parts) + f"{rest[0]}.",
                 "Не достигнуто в годы до этого: " + "; ".join(p.ru for p in parts) + f"{rest[1]}.")]


def years_said(years: Sequence[str]) -> str:
    """``2026–2028, 2030``: neighbours together, in their order; a range of years stands as it is."""
    plain, others = sorted({int(y) for y in years if y.isdigit()}), [y.replace("-", "–") for y in years
                                                                     if not y.isdigit()]
    runs: list[list[int]] = []
    for year in plain:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join([*(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs), *others])


def told_only(case: Case, report: Report, row: Mapping[str, Value]) -> bool:
    """Whether a target has a token price: the whole of what is asked of it is worth less than ``TOKEN`` of all
    spending, so that the plan tells it and does not aim at it."""
    target = case.target_at.get(str(row.get("target"))) if row.get("priority") == PRICED else None
    if target is None:
        return False
    return target.price * target.scale < TOKEN * report.tables["funding"].total("total")


def promises(case: Case, report: Report) -> list[Text]:
    """What was promised and is not aimed at: reached beside asked."""
    rows = [row for row in report.tables["targets"].rows if row.get("met") is NO and told_only(case, report, row)]
    if not rows:
        return []
    parts = []
    for row in rows:
        name, unit, year = as_text(row.get("name")), as_text(row.get("unit")), row.get("year")
        got, asked = told(as_number(row.get("reached"))), told(as_number(row.get("value")))
        parts.append(Text(f"{name.en} {got.en} against {asked.en} {unit.en} ({year})",
                          f"{name.ru} {got.ru} вместо {asked.ru} {unit.ru} ({year})"))
    return [Text("Promised, but not aimed at (they have a token price alone): " + "; ".join(p.en for p in parts) + ".",
                 "Обещано, но целями плана не является (задана лишь условная цена): " + "; ".join(p.ru for p in parts)
                 + ".")]
