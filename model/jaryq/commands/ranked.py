"""``explain PLAN ranking``: the ranking by benefit per KZT beside the plan."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.api.ranked import Greedy
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.commands.wishes import DIFFER_NAMED
from jaryq.report.counting import COMPLETED, KM
from jaryq.report.words import figure, name_of, number, stage_name, told

HEAD = Text("ranking by benefit per KZT | the plan | difference", "ранжирование по выгоде на тенге | план | разница")
ROW = Text("{what}: {rank} | {plan} | {difference}", "{what}: {rank} | {plan} | {difference}")
ONLY_PLAN = Text("Only in the plan: {names}", "Только в плане: {names}")
ONLY_RANK = Text("Only by the ranking: {names}", "Только по ранжированию: {names}")
PARTS = Text("No money keeps the lenders' tickets and smallest shares with these works: they are taken in parts, which "
             "flatters the ranking.",
             "Никакие деньги не соблюдают с этими работами пороги и наименьшие доли кредиторов: они взяты частями, что "
             "приукрашивает ранжирование.")
TOP = Text("From the top (benefit per KZT):", "С начала списка (выгода на тенге):")
LINE = Text("  {ratio} {name}: {what}", "  {ratio} {name}: {what}")
LEFT = Text("left out, no room", "не вошёл, нет места")
KM_OF = Text("{km} km", "{km} км")
MORE = Text("+{count} more", "ещё {count}")
SHOWN = 20
"""So many of the ranking are listed, and so many names in a line."""


def lines(case: Case, found: Greedy, lang: Lang) -> Iterator[str]:
    """The two side by side, the ranking from the top, what only one of them does."""
    yield HEAD.say(lang)
    for name in dict.fromkeys([*found.plan, *found.by_rank]):
        yield _row(stage_name(name, case.settings.objective), found.by_rank.get(name), found.plan.get(name), lang)
    yield _row(COMPLETED, found.completed["by_rank"], found.completed["plan"], lang)
    yield _row(KM, found.km["by_rank"], found.km["plan"], lang)
    for text, keys in ((ONLY_PLAN, found.only_plan), (ONLY_RANK, found.only_rank)):
        if keys:
            shown = [name_of(case.facilities[key]).say(lang) for key in keys[:DIFFER_NAMED]]
            rest = [MORE.say(lang, count=len(keys) - DIFFER_NAMED)] if len(keys) > DIFFER_NAMED else []
            yield text.say(lang, names="; ".join([*shown, *rest]))
    if found.divisible:
        yield PARTS.say(lang)
    yield TOP.say(lang)
    for one in found.ranked[:SHOWN]:
        what = one.start or (KM_OF.say(lang, km=told(one.km).say(lang)) if one.km else LEFT.say(lang))
        yield LINE.say(lang, ratio=number(one.ratio, 2).say(lang) if one.ratio < 1e9 else "∞",
                       name=name_of(case.project(one.project)).say(lang), what=what)


def _row(what: Text, rank: float | None, plan: float | None, lang: Lang) -> str:
    apart = None if rank is None or plan is None else rank - plan
    return ROW.say(lang, what=what.say(lang), rank=figure(rank).say(lang), plan=figure(plan).say(lang),
                   difference=figure(apart).say(lang))
