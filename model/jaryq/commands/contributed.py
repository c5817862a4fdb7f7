"""``diff OLD NEW --why``: what each group of changed sheets contributes, on the screen and for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jaryq.api.accepted import Accepted, accept
from jaryq.api.contributions import GROUPS, Contributions, contributions, indicators
from jaryq.base.errors import InputRejected, speaking_of
from jaryq.base.issues import stops
from jaryq.base.text import Lang, Text
from jaryq.report.words import figure, stage_name
from jaryq.workbook.finished import finished
from jaryq.workbook.plan import read_plan
from jaryq.workbook.read import read

HEAD = Text("What the changes contribute (facilities divisible; mean over all orders in which they may come):",
            "Вклад изменений (объекты делимы; среднее по всем порядкам, в которых они могут наступить):")
LINE = Text("{what}: {before} -> {after} ({change})", "{what}: {before} -> {after} ({change})")
PART = Text("  {group}: {share}", "  {group}: {share}")
SMALL = Text(" (smaller than the gap of the two plans)", " (меньше зазора двух планов)")
NO_GROUP = Text("The inputs do not differ in anything that a plan depends on.",
                "Исходные данные не различаются ни в чём, от чего зависит план.")
SOLVING = Text("solving with what is new of: {groups}", "решается с новым из: {groups}")

FIGURES: Mapping[str, Text] = {
    "society": Text("value for society, bn KZT", "ценность для общества, млрд тенге"),
    "benefits_pv": Text("benefits, present value, bn KZT", "выгоды, приведённые, млрд тенге"),
    "outlays_pv": Text("spending, present value, bn KZT", "затраты, приведённые, млрд тенге"),
    "funding_pv": Text("cost of funding, present value, bn KZT", "цена денег, приведённая, млрд тенге"),
    "facilities_completed": Text("facilities completed (parts count as parts)", "объектов закончено (части частями)"),
    "km_renewed": Text("km renewed", "км обновлено"),
}
DRAWN = Text("drawn from partner {partner}, nominal, bn KZT", "выбрано у партнёра {partner}, номинально, млрд тенге")
OBJECTIVE = Text("{objective}, bn KZT", "{objective}, млрд тенге")
OF_MONEY = frozenset({"objective", "society"})
"""Figures that the search settles only to its gap."""
LEAST = 5e-4
"""Smaller contributions are not shown on the screen."""


def told_why(old: Path, new: Path, form: str, scenario: str, lang: Lang) -> int:
    """What changed from one input to another (or from one finished plan's to another's), solved and printed."""
    with speaking_of(old):
        before = _accepted(old, scenario)
        first = indicators(before)
    with speaking_of(new):
        after = _accepted(new, scenario)
        last = indicators(after)
    found = contributions(before, after, lambda groups: print(
        SOLVING.say(lang, groups=_groups(groups, ", ").say(lang)), file=sys.stderr), (first, last))
    if form == "json":
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(found, before, after, lang)))
    return 0


def lines(found: Contributions, before: Accepted, after: Accepted, lang: Lang) -> Iterator[str]:
    """Each indicator that moves, with what each group adds to it."""
    if not found.of:
        yield NO_GROUP.say(lang)
        return
    yield HEAD.say(lang)
    for why in found.joined:
        yield why.say(lang)
    least = _gap(before, found.before) + _gap(after, found.after)
    for name in dict.fromkeys([*found.before, *found.after]):
        was, now = found.before.get(name, 0.0), found.after.get(name, 0.0)
        shares = {group: values.get(name, 0.0) for group, values in found.of.items()}
        if abs(now - was) < LEAST and all(abs(share) < LEAST for share in shares.values()):
            continue
        yield LINE.say(lang, what=_called(name, before, lang), before=figure(was).say(lang),
                       after=figure(now).say(lang), change=figure(now - was, signed=True).say(lang))
        for group, share in sorted(shares.items(), key=lambda item: (-abs(item[1]), item[0])):
            small = name in OF_MONEY and 0 < abs(share) < least
            yield PART.say(lang, group=_groups(group, "+").say(lang), share=figure(share, signed=True).say(lang)) + (
                SMALL.say(lang) if small else "")


def as_json(found: Contributions) -> dict[str, Any]:
    """The same for machines."""
    return {"before": dict(found.before), "after": dict(found.after),
            "contributions": {group: dict(values) for group, values in found.of.items()},
            "joined": [why.en for why in found.joined]}


def _accepted(path: Path, scenario: str) -> Accepted:
    """An input in a scenario, or the input of a finished plan as it was used."""
    plan = finished(path)
    if plan is not None:
        stored = read_plan(plan.path)
        return accept(stored.tables, [], stored.scenario, as_changed=True)
    tables, issues = read(path)
    if not tables.sheets and stops(issues):
        raise InputRejected(issues)
    return accept(tables, issues, scenario)


def _gap(accepted: Accepted, values: Mapping[str, float]) -> float:
    """How near the search of a whole plan comes at least, bn KZT; nothing where facilities are divisible."""
    settings = accepted.case.settings
    whole = settings.whole and settings.objective != "earliest_finish"
    return settings.gap * values["outlays_pv"] if whole else 0.0


def _called(name: str, accepted: Accepted, lang: Lang) -> str:
    """An indicator in words."""
    if name == "objective":
        return OBJECTIVE.say(lang, objective=stage_name(name, accepted.case.settings.objective).say(lang))
    if name.startswith("draw_partner["):
        return DRAWN.say(lang, partner=name.removeprefix("draw_partner[").rstrip("]"))
    return FIGURES[name].say(lang) if name in FIGURES else stage_name(name, "").say(lang)


def _groups(names: str, sign: str) -> Text:
    """Groups in words."""
    parts = [GROUPS[name.strip()][0] if name.strip() in GROUPS else Text(name, name) for name in names.split(sign)]
    return Text(sign.join(part.en for part in parts), sign.join(part.ru for part in parts))
