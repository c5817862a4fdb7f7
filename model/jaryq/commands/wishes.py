"""``explain PLAN wishes``: what the wishes of sheet overrides cost, in three columns."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from jaryq.api.wishes import BEST, HAND, KEPT, Wished
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.explain.told import moved_said, rule_said
from jaryq.report.counting import COMPLETED, KM
from jaryq.report.words import figure, name_of, stage_name

HEAD = Text("by hand | wishes kept | without wishes", "вручную | пожелания соблюдены | без пожеланий")
ROW = Text("{what}: {hand} | {kept} | {best}", "{what}: {hand} | {kept} | {best}")
WHOLE = Text("The plan by hand breaks no limit.", "План вручную не нарушает ограничений.")
BROKEN = Text("Limits that the plan by hand breaks (value needed):",
              "Ограничения, которые нарушает план вручную (нужное значение):")
GIVEN_UP = Text("Rules that the plan by hand does not keep:", "Правила, которые план вручную не соблюдает:")
DIFFER = Text("Projects in which the three differ (start, or km):", "Проекты с различиями (начало или км):")
RULE = Text("  {rule}", "  {rule}")
STEPS = {"the best plan without the wishes": Text("the best plan without the wishes", "лучший план без пожеланий"),
         "the best plan with the wishes kept": Text("the best plan with the wishes kept",
                                                    "лучший план с соблюдением пожеланий"),
         "the hand-made plan as it stands": Text("the hand-made plan as it stands", "план вручную как есть")}
DIFFER_NAMED = 20
"""So many names stand in a line."""
MOST = 40
"""So many projects are listed; the others are counted."""
MORE = Text("  and {count} more", "  и ещё {count}")
NO_WISHES = Text(
    "The plan was made without wishes: there is nothing to price. Write them on the sheet overrides and plan again, or "
    "try one: plan INPUT --set \"overrides; PROJECT; not_before; set 2028\".",
    "План составлен без пожеланий: оценивать нечего. Запишите их на лист overrides и составьте план снова или "
    "попробуйте: plan INPUT --set \"overrides; PROJECT; not_before; set 2028\".")


def step(text: str, lang: Lang) -> None:
    """Say what is being solved."""
    print(f"[{STEPS[text].say(lang)}]", file=sys.stderr)


def lines(case: Case, found: Wished, lang: Lang) -> Iterator[str]:
    """The three plans as a person reads them."""
    yield HEAD.say(lang)
    names = dict.fromkeys(name for plan in found.plans.values() for name in plan.stages)
    for name in names:
        of = {which: figure(plan.stages.get(name)).say(lang) for which, plan in found.plans.items()}
        yield _row(stage_name(name, case.settings.objective), of, lang)
    done = {which: figure(float(plan.facilities)).say(lang) for which, plan in found.plans.items()}
    yield _row(COMPLETED, done, lang)
    yield _row(KM, {which: figure(plan.km).say(lang) for which, plan in found.plans.items()}, lang)
    if not found.broken and not found.given_up:
        yield WHOLE.say(lang)
    if found.broken:
        yield BROKEN.say(lang)
        yield from (moved_said(one).say(lang) for one in found.broken)
    if found.given_up:
        yield GIVEN_UP.say(lang)
        yield from (RULE.say(lang, rule=rule_said(rule).say(lang)) for rule in found.given_up)
    if found.differ:
        yield DIFFER.say(lang)
    for key, works in list(found.differ.items())[:MOST]:
        said = {which: of if isinstance(of, str) else figure(of).say(lang) for which, of in works.items()}
        yield "  " + _row(name_of(case.project(key)), {which: text or "-" for which, text in said.items()}, lang)
    if len(found.differ) > MOST:
        yield MORE.say(lang, count=len(found.differ) - MOST)


def _row(what: Text, of: dict[str, str], lang: Lang) -> str:
    return ROW.say(lang, what=what.say(lang), hand=of[HAND], kept=of[KEPT], best=of[BEST])
