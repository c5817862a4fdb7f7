"""How firm a plan is, and why its works do not begin earlier: answers that name the numbers behind them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from jaryq.base.counted import FACILITIES, OF_FACILITIES, OF_PUBLISHED, OF_WORKS, counted, english, russian
from jaryq.base.text import Text
from jaryq.factors.adequacy import peaks, works
from jaryq.report.amounts import Amounts
from jaryq.report.calibration import BANDS, tally
from jaryq.report.delayed import put_off
from jaryq.report.projects import planned
from jaryq.report.published import how_sure
from jaryq.report.question_changes import MONEY, sentences, spoken
from jaryq.report.question_places import Tables, text
from jaryq.report.question_row import Row, leading, row_of
from jaryq.report.shapes import Value, as_number
from jaryq.report.why import KINDS_OF_CHOICE, STATES, VERDICTS
from jaryq.report.words import COMMITTED, NO, YES, at_most, joined, number, proved, said_when, sheet
from jaryq.solve.solution import Solution

OTHERS: tuple[tuple[str, str], tuple[str, str, str]] = (
    ("variant or facility", "variants and facilities"),
    ("вариант или объект", "варианта и объекта", "вариантов и объектов"))
LEAST = 0.5
"""Percent of the money from which it is told that it rests on estimates: one percent, rounded."""


def firm(solution: Solution, tables: Tables, found: Amounts | None) -> Iterator[Row]:
    """Whether other choices would do as well, how far a better plan may be, what the inputs rest on, and how much the
    works may slip."""
    kept, left = _choices(tables)
    sure = [*_distance(solution), *_inputs(tables, found)]
    parts = [*_committed(tables), *kept, *left, *sure, *_slack(tables)]
    if "why" in tables and parts:
        yield Row(Text("How firm is the plan?", "Насколько устойчив план?"), sentences(parts), sheet("why"),
                  _in_short(solution, tables, found, kept) or leading(parts))


def _in_short(solution: Solution, tables: Tables, found: Amounts | None, kept: Sequence[Text]) -> Text | None:
    """The same in short: the choices together with what speaks against them, which is never left out for room, and how
    exact the calculation is, if there is room."""
    caveats = joined([*_estimated(found), *_without_slack(tables)], "; ")
    first = [*kept, *([] if caveats is None else [caveats])]
    return leading([sentences(first), *_exact(solution)]) if first else None


def _estimated(found: Amounts | None) -> list[Text]:
    """What part of the money rests on estimates, if any."""
    share = _share_of_estimates(found)
    part = number(share)
    return [Text(f"{part.en} % of the money rests on estimates", f"{part.ru} % денег основано на оценках")] \
        if share >= LEAST else []


def _share_of_estimates(found: Amounts | None) -> float:
    facts = {fact.key: as_number(fact.value) for fact in (how_sure(found) if found is not None else ())}
    return facts.get("estimates", 0.0)


def _without_slack(tables: Tables) -> list[Text]:
    """How many works have no time to spare."""
    rows = tables["fragile"].rows if "fragile" in tables else ()
    tight = sum(row.get("slack") is NO for row in rows)
    of = counted(len(rows), *OF_WORKS)
    return [Text(f"{tight} of {of.en} {english(tight, 'has', 'have')} no time to spare",
                 f"запаса времени нет у {tight} из {of.ru}")] if tight else []


def _exact(solution: Solution) -> list[Text]:
    """How exact the calculation is."""
    gap = solution.certified_gap
    if gap is None or not math.isfinite(gap) or solution.objective == "earliest_finish":
        return []
    if not at_most(100.0 * gap):
        return [Text("the calculation is exact", "расчёт точен")]
    by = proved(100.0 * gap)
    return [Text(f"the calculation is exact to {by.en} % of spending", f"расчёт точен до {by.ru} % затрат")]


def _committed(tables: Tables) -> list[Text]:
    """How many facilities nobody was asked about."""
    bound = sum(bool(row.get("start")) and text(row.get("why")).en.startswith(COMMITTED.en)
                for row in tables["facilities"].rows)
    if not bound:
        return []
    of = counted(bound, *FACILITIES)
    return [Text(f"{of.en} {english(bound, 'is', 'are')} committed already",
                 f"{of.ru} уже {russian(bound, 'обязателен', 'обязательны', 'обязательны')}")]


def _choices(tables: Tables) -> tuple[list[Text], list[Text]]:
    """What is known of the choices that the plan holds, and of those that it leaves out."""
    rows = [row for row in (tables["why"].rows if "why" in tables else ()) if row.get("choice") in
            (None, KINDS_OF_CHOICE["facility"])]
    inside = [row for row in rows if row.get("now") != STATES["out"]]
    outside = [row for row in rows if row.get("now") == STATES["out"]]
    kept, left = list[Text](), list[Text]()
    if inside:
        of = counted(len(inside), *OF_FACILITIES)
        head = Text(f"the plan was free to leave out {of.en}", f"от {of.ru} план мог бы отказаться")
        kept.append(Text(f"{head.en}: {_told(inside, *LEAVING).en}", f"{head.ru}: {_told(inside, *LEAVING).ru}"))
    if outside:
        of = counted(len(outside), *OTHERS)
        said = _told(outside, *DOING)
        left.append(Text(f"{of.en} {english(len(outside), 'is', 'are')} left out: {said.en}",
                         f"{russian(len(outside), 'не вошёл', 'не вошли', 'не вошли')} {of.ru}: {said.ru}"))
    return kept, left


LEAVING = (Text("without any one of them every plan is worse", "без любого из них всякий план хуже"),
           Text("without any one of {n} of them every plan is worse", "без любого из {n} всякий план хуже"),
           Text("{n} could be left out about as well", "{n} можно не выполнять, почти ничего не теряя"))
DOING = (Text("doing any one of them makes every plan worse", "с любым из них всякий план хуже"),
         Text("doing any one of {n} of them makes every plan worse", "с любым из {n} всякий план хуже"),
         Text("{n} could be done about as well", "{n} можно выполнить, почти ничего не теряя"))
UNKNOWN = Text("{n} not examined to the end", "{n} до конца не проверено")


def _told(rows: Sequence[Mapping[str, Value]], every: Text, shut: Text, free: Text) -> Text:
    """How many of the choices are firm, how many open, of how many neither is known; all alike without a number."""
    verdicts = [text(row.get("verdict")) for row in rows]
    firm_ones = sum(one in (VERDICTS["always"], VERDICTS["never"]) for one in verdicts)
    if firm_ones == len(rows):
        return every
    open_ones = sum(one == VERDICTS["open"] for one in verdicts)
    parts = [(firm_ones, shut), (open_ones, free), (len(rows) - firm_ones - open_ones, UNKNOWN)]
    listed = joined([said.fill(n=n) for n, said in parts if n], ", ")
    assert listed is not None
    return listed


def _distance(solution: Solution) -> list[Text]:
    gap = solution.certified_gap
    if gap is None or not math.isfinite(gap) or solution.objective == "earliest_finish":
        return []
    if not at_most(100.0 * gap):
        return [Text("the calculation is exact: no plan that misses no more is better, which is proved",
                     "расчёт точен: доказано, что лучшего плана с теми же недовыполнениями нет")]
    by = proved(100.0 * gap)
    return [Text(f"the calculation is all but exact: a plan that misses no more can be better by {by.en} % of spending "
                 "at most, which is proved",
                 f"расчёт почти точен: доказано, что план с теми же недовыполнениями может быть лучше не более чем на "
                 f"{by.ru} % затрат")]


def _inputs(tables: Tables, found: Amounts | None) -> list[Text]:
    """The share of money on estimates, and the published figures that the plan does not come near."""
    made = [Text(f"the inputs are not as sure: {part.en}", f"исходные данные не так надёжны: {part.ru}")
            for part in _estimated(found)]
    counts = tally(tables["calibration"].rows if "calibration" in tables else ())
    if off := counts.outside:
        of = counted(counts.compared, *OF_PUBLISHED)
        lies = english(off, "lies", "lie")
        made.append(Text(f"{off} of {of.en} {lies} outside the band of each ({BANDS.en})",
                         f"{off} из {of.ru} {russian(off, 'лежит', 'лежат', 'лежат')} вне своей полосы "
                         f"({BANDS.ru})"))
    if not made:
        return []
    return [Text(", and ".join(part.en for part in made), ", и ".join(part.ru for part in made))]


def _slack(tables: Tables) -> list[Text]:
    """How many works have no time to spare, and how many end in the last quarter of a year."""
    rows = tables["fragile"].rows if "fragile" in tables else ()
    tight, late = (sum(row.get(name) is said for row in rows) for name, said in (("slack", NO), ("last_quarter", YES)))
    if not tight:
        return []
    of = counted(len(rows), *OF_WORKS)
    more = (f", and {late} end in the last quarter of a year", f", а в последнем квартале года кончаются {late}") \
        if late else ("", "")
    return [Text(f"there is little time to spare: {tight} of {of.en} {english(tight, 'has', 'have')} none{more[0]}",
                 f"времени в запасе мало: его нет у {tight} из {of.ru}{more[1]}")]


def waiting(found: Amounts | None) -> Iterator[Row]:
    """What putting works off saves and loses, of all facilities that begin later than they could and are worth more so.
    """
    if found is None:
        return
    late = [off for key, facility in found.case.facilities.items() if planned(found, key)
            if (off := put_off(found, facility)) is not None]
    if not late:
        return
    saves, loses = (spoken(math.fsum(part), MONEY) for part in
                    ((off.saves for off in late), (off.loses for off in late)))
    n = counted(len(late), *FACILITIES)
    yield row_of(Text("Why do works not begin earlier?", "Почему работы не начинаются раньше?"),
                 [Text(f"{n.en} could begin earlier and {english(len(late), 'does', 'do')} not: in money of today "
                       f"putting them off saves {saves.en} of their cost and loses {loses.en} of their benefits",
                       f"{n.ru} можно было бы начать раньше: в сегодняшних деньгах отсрочка экономит {saves.ru} "
                       f"затрат и теряет {loses.ru} выгод")], sheet("facilities"))


def earlier(found: Amounts | None, key: str) -> list[Text]:
    """Of one facility: what beginning in the first period open to it would cost and bring, and which shortage it would
    not have ended."""
    off = put_off(found, found.case.facilities[key]) if found is not None and key in found.case.facilities else None
    if found is None or off is None:
        return []
    saves, loses, first = spoken(off.saves, MONEY), spoken(off.loses, MONEY), said_when(off.first)
    return [Text(f"begun in {first.en} it would cost {saves.en} more in money of today and bring {loses.en} more of "
                 "benefits",
                 f"с началом в {first.ru} это обошлось бы дороже на {saves.ru} в сегодняшних деньгах, а выгод дало бы "
                 f"больше на {loses.ru}"), *_too_late(found, key, off.first)]


def _too_late(found: Amounts, key: str, first: str) -> list[Text]:
    """Shortages of capacity that the facility would not have eased even if begun in the first period open to it."""
    f, made = found.factors, []
    for balance in found.case.balances:
        years = [y for y in balance.years if found.plan.deficit.get((balance.id, y), 0.0) > 0.5]
        adds = {peak.year for peak in peaks(f)[balance.id]
                if works(f, balance, peak).of.get(("start", (key, first)))}
        begun = f.works.start_at.get((key, first))
        if years and adds and begun is not None and not adds & set(years):
            span, end = _years(years), said_when(begun.finish.label)
            made.append(Text(f"nor would it have eased the shortage of {span} ({balance.name.en}): it would have been "
                             f"ready only in {end.en}",
                             f"не смягчил бы он и нехватку {span} ({balance.name.ru}): готов был бы только {end.ru}"))
    return made


def _years(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{min(years)}–{max(years)}"
