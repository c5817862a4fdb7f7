"""The opening page of a comparison: sentences on every scenario, its figures, and what its net value is made of."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.handover.compared_said import against, alone, partner_money
from jaryq.handover.compared_why import explained
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.compare.facts import PARTS, Facts
from jaryq.report.compare.shapes import NO_PLAN
from jaryq.report.compare.story import Comparison, Story
from jaryq.report.shapes import Value
from jaryq.report.words import SMALL, same

TITLE = Text("In short", "Коротко")
NAMED = Text("{name}: {said}", "{name}: {said}")
QUOTED = Text("“{name}”", "«{name}»")
ONLY = Text("There is one scenario: nothing to compare it with.", "Сценарий один: сравнивать не с чем.")
NO_BASE = Text("The base has no plan, so no differences are told: each scenario stands by itself.",
               "У базового нет плана, поэтому отличия не указаны: каждый сценарий описан сам по себе.")
NONE = Text("No scenario has a plan.", "Ни у одного сценария нет плана.")
WHY = Text("Why {name} differs: {said}", "Почему {name} отличается: {said}")
ON_A_PAGE = 5
"""So many scenarios are told on one page."""
LONGEST = 160
"""Letters of a reason that are shown here; the sheet of failures has all."""


def compared(made: Comparison) -> Front:
    """The page. Sentences of the base first, then of the others in their order."""
    base, *others = made.stories
    if not any(story.facts for story in made.stories):
        return Front("compared", TITLE, made.subtitle, sentences=(NONE, *map(_failed, made.stories)))
    said = [_by_itself(base)]
    if not others:
        said.append(ONLY)
    elif base.facts is None:
        said = [NO_BASE, *said, *map(_by_itself, others)]
    else:
        said += [sentence for story in others for sentence in _compared(base, story)]
    blocks = (_figures(made.stories), _worth(made.stories))
    return Front("compared", TITLE, made.subtitle, sentences=tuple(said),
                 blocks=tuple(block for block in blocks if block.rows), long=len(made.stories) > ON_A_PAGE)


def _compared(base: Story, story: Story) -> list[Text]:
    """One paragraph on a scenario, and one on why it differs."""
    if story.facts is None:
        return [_failed(story)]
    name = QUOTED.fill(name=story.name)
    found = [NAMED.fill(name=name, said=_together([*partner_money(base, story), *against(base, story)]))]
    if why := explained(base, story):
        found.append(WHY.fill(name=name, said=_together(why)))
    return found


def _by_itself(story: Story) -> Text:
    if story.facts is None:
        return _failed(story)
    return NAMED.fill(name=QUOTED.fill(name=story.name), said=_together(alone(story.facts)))


def _failed(story: Story) -> Text:
    why = story.failure if len(story.failure) <= LONGEST else f"{story.failure[:LONGEST].rstrip()}…"
    said = Text(f"{NO_PLAN.en}. {why}", f"{NO_PLAN.ru}. {why}")
    return NAMED.fill(name=QUOTED.fill(name=story.name), said=said)


def _together(parts: Sequence[Text]) -> Text:
    return Text(" ".join(part.en for part in parts), " ".join(part.ru for part in parts))


FIGURES: tuple[tuple[str, Text, str], ...] = (
    ("facilities", Text("Facilities by the end", "Объектов к концу"), "facilities"),
    ("km", Text("Networks by the end", "Сетей к концу"), "km"),
    ("spend", Text("Spending, nominal", "Затраты, номинал"), BILLION),
    ("cost", Text("Cost of the money", "Стоимость денег"), BILLION),
    ("benefits", Text("Benefits", "Выгоды"), BILLION),
    ("value", Text("Net value", "Чистая выгода"), BILLION),
    ("unpaid", Text("Not in it: still to pay after, nominal", "Не входит: заплатить после плана, номинал"), BILLION),
    ("missed", Text("Aims missed", "Целей не выполнено"), ""),
)


AT_ONE_TIME: tuple[tuple[str, Text, str], ...] = (
    ("last", Text("Last year", "Последний год"), ""),
    ("facilities", Text("Facilities by the end of {year}", "Объектов к концу {year}"), "facilities"),
    ("km", Text("Networks by the end of {year}", "Сетей к концу {year}"), "km"),
)
"""Instead of the first two, where scenarios end in different years: what stands by the end of the base's last."""


def _figure(facts: Facts, name: str) -> Value:
    """A figure of the table; of what is built by the end of the base's last year, a year as a word."""
    by: dict[str, Value] = {"facilities": facts.built[0], "km": facts.built[1], "last": same(str(facts.last))}
    value: Value = by.get(name, getattr(facts, name))
    return value


def _figures(stories: Sequence[Story]) -> Block:
    """The figures of which the sentences are made, a row for each scenario."""
    known = [story.facts for story in stories if story.facts is not None]
    apart, own = len({facts.last for facts in known}) > 1, known[0].last if known else 0
    heads = (*(AT_ONE_TIME if apart else FIGURES[:2]),
             *(one for one in FIGURES[2:] if one[0] != "unpaid" or any(facts.unpaid >= SMALL for facts in known)))
    fields = (Field(Text("Scenario", "Сценарий")),
              *(Field(head.fill(year=str(own)) if apart and name in ("facilities", "km") else head, unit)
                for name, head, unit in heads))
    rows = tuple((story.name, *(None if story.facts is None else _figure(story.facts, name) for name, _, _ in heads))
                 for story in stories)
    return Block(Text("Scenarios in figures (cost, benefits, net value: of the purse, present value)",
                      "Сценарии в цифрах (стоимость денег, выгоды и чистая выгода: кошелёк, приведённая стоимость)"),
                 fields, rows, strong=frozenset({0}))


def _worth(stories: Sequence[Story]) -> Block:
    """What the change of the net value is made of, a row for each scenario; parts that are nothing in all are left
    out."""
    there = [story for story in stories if story.worth is not None]
    parts = [key for key in PARTS if any(abs(story.worth.parts[key]) >= SMALL for story in there if story.worth)]
    whole = Text("bn KZT", "млрд тенге")  # another unit than the parts, which are smaller and have decimals
    fields = (Field(Text("Scenario", "Сценарий")), Field(Text("Base", "Базовый"), whole),
              *(Field(PARTS[key], BILLION) for key in parts), Field(Text("Scenario's own", "Сам сценарий"), whole))
    rows: list[tuple[Value, ...]] = [
        (story.name, story.worth.base, *(story.worth.parts[key] for key in parts), story.worth.value)
        for story in there if story.worth is not None]
    return Block(Text("What the net value is made of (gains positive, in present value)",
                      "Из чего складывается чистая выгода (выигрыш положителен, приведённая стоимость)"), fields,
                 tuple(rows) if parts else ())
