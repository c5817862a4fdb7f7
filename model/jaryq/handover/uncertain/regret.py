"""The page of regret: every future's early decisions under every future, the least regret, what each row decides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.handover.said import told
from jaryq.handover.shapes import Front, Verdict
from jaryq.handover.uncertain.intervals import SMALL, TWO_FIGURES, in_cell, is_one
from jaryq.handover.uncertain.missing import late_works, missing_money, passed_limits
from jaryq.handover.uncertain.two_stage import OPEN, STOPPED
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact, Value
from jaryq.uncertainty.two_stage import Regrets

GAVE_WAY = "*"
"""Mark of a cell in which early decisions on money are not kept in full."""

KEY = Text(f"{GAVE_WAY} In this future not all of these early decisions are possible (a lower ceiling, a lender that "
           f"does not come, a smallest loan that is not reached): as much of them is kept as it allows, so that a row "
           f"with a star can regret less than any row without one.",
           f"{GAVE_WAY} В этом варианте возможны не все эти ранние решения (ниже предел, кредитор не пришёл, не набран "
           f"наименьший заём): сохранено столько, сколько он допускает, поэтому сожаление строки со "
           f"звёздочкой может быть меньше, чем у любой строки без неё.")

EVERYWHERE = Text("of early decisions that every future allows", "ранних решений, допустимых во всех вариантах")

CHOSEN = "least_regret"
"""The row that is chosen for the least regret itself."""


def regretting(made: Regrets, names: Mapping[str, Text], titles: Sequence[Text], projects: Mapping[str, Text],
               decided: Sequence[Block] = (), starts: Text | None = None, *, amounts: bool = True,
               late: Sequence[Mapping[str, str]] = (), verdict: Verdict | None = None) -> Front:
    """The table of regret: early decisions down, futures across. ``decided``: what each row decides early, by name, and
    ``starts`` a sentence on it; ``amounts``: whether draws are among them; ``projects``: their names; ``late``: those
    that must be done and are not in time, by future, and when they end."""
    rows: list[tuple[Value, ...]] = []
    for a, plan in enumerate(made.plans):
        cells = [in_cell(one, GAVE_WAY if b in plan.gave_way else "") for b, one in enumerate(made.of[a])]
        rows.append((names[plan.name], *cells, in_cell(made.largest_of(a))))
    least = made.least
    open_ = any(one is not None and not is_one(one) for line in made.of for one in line)
    starred = any(plan.gave_way for plan in made.plans)
    block = Block(Text("Regret: what early decisions cost above the best of each future",
                       "Сожаление: насколько ранние решения дороже лучших в каждом варианте"),
                  (Field(Text("Early decisions of", "Ранние решения для")),
                   *(Field(title, BILLION) for title in titles),
                   Field(Text("largest", "наибольшее"), BILLION)), tuple(rows),
                  ((TWO_FIGURES,) if open_ else ()) + ((KEY,) if starred else ()), frozenset({least}))
    figures = [Fact(Text("Least largest regret", "Наименьшее из наибольших"), made.largest(least), BILLION,
                    EVERYWHERE if starred and not made.plans[least].gave_way else None),
               Fact(Text("none is below", "не бывает ниже"), made.bound, BILLION, EVERYWHERE if starred else None)]
    if (star := made.least_starred) is not None:
        figures.append(Fact(Text("Least of a row with a star", "Наименьшее у строк со звёздочкой"), made.largest(star),
                            BILLION, Text(f"{names[made.plans[star].name].en}; not every future allows all of it",
                                          f"{names[made.plans[star].name].ru}; допустимо не во всех вариантах")))
    said = [*_least(made, names), *([] if starts is None else [starts])]
    owners = _owners(made, least, names)
    who = Text("With the early decisions of least regret", "При ранних решениях наименьшего сожаления") \
        if owners is None else Text(f"With the early decisions of {owners.en}", f"При ранних решениях {owners.ru}")
    if made.plans[least].unpaid:
        said.append(missing_money(who, made.plans[least].unpaid, titles, projects))
    if made.plans[least].passed:
        said += passed_limits(who, made.plans[least].passed, titles, projects)
    said += late_works(late or [{}] * len(titles), titles, projects)
    if not made.ended:
        said.append(STOPPED)
    if not amounts:
        said.append(OPEN)
    return Front("regret", Text("Regret", "Сожаление"),
                 Text("Every future's early decisions under every future, what comes later decided anew.",
                      "Ранние решения каждого варианта при каждом варианте; дальнейшее решается заново."),
                 tuple(figures), tuple(said), (), (block, *decided), long=bool(decided), verdict=verdict)


def _least(made: Regrets, names: Mapping[str, Text]) -> list[Text]:
    """The least regret and what none is below, of what every future allows; apart from it that of rows with a star; the
    most."""
    least, amount = made.least, made.largest(made.least)
    others = [a for a in range(len(made.plans)) if a != least and math.isfinite(made.largest(a))]
    if amount <= SMALL and not any(made.largest(a) > SMALL for a in others):
        return [Text("Whichever future's early decisions are taken, none regrets anything.",
                     "Какие бы ранние решения ни принять, сожалеть не о чем.")]
    owners = _owners(made, least, names)
    who = Text("the early decisions chosen for it", "выбранные ради него ранние решения") if owners is None else \
        Text(f"the early decisions of {owners.en}", f"ранние решения {owners.ru}")
    everywhere = any(plan.gave_way for plan in made.plans) and not made.plans[least].gave_way
    of, bound = EVERYWHERE if everywhere else None, told(made.bound)
    none = None if made.bound <= SMALL else Text(
        f"; none of these regret less than {bound.en}" if everywhere else
        f"; no early decisions that every future allows regret less than {bound.en}",
        f"; меньше {bound.ru} у таких решений не бывает" if everywhere else
        f"; у ранних решений, допустимых во всех вариантах, меньше {bound.ru} не бывает")
    said = [Text(f"Least regret{f' {of.en}' if of else ''}: {who.en}, at most {told(amount).en} bn KZT above the "
                 f"best{none.en if none else ''}.",
                 f"Наименьшее сожаление{f' {of.ru}' if of else ''}: {who.ru}, не более {told(amount).ru} млрд тенге "
                 f"выше лучшего{none.ru if none else ''}.")]
    if (star := made.least_starred) is not None:
        name, size = names[made.plans[star].name], told(made.largest(star))
        below = made.largest(star) < made.bound
        said.append(Text(
            f"The early decisions of “{name.en}” regret at most {size.en}, but not every future allows all of them "
            f"(the cells with a star)" + (": they are no plan for all futures, so that they can lie below the bound."
                                          if below else "."),
            f"Ранние решения «{name.ru}» дают сожаление не более {size.ru}, но целиком допустимы не во всех вариантах "
            f"(ячейки со звёздочкой)" + (": это не план для всех вариантов, поэтому они могут быть ниже границы."
                                         if below else ".")))
    if others:
        worst = max(others, key=made.largest)
        said.append(Text(f"Most regret: those of “{names[made.plans[worst].name].en}”, up to "
                         f"{told(made.largest(worst)).en} bn KZT.",
                         f"Наибольшее сожаление: решения «{names[made.plans[worst].name].ru}», до "
                         f"{told(made.largest(worst)).ru} млрд тенге."))
    return said


def _owners(made: Regrets, plan: int, names: Mapping[str, Text]) -> Text | None:
    """Whose early decisions a row has, with all others that regret as much, as it is told; None: nobody's but those
    chosen for the least regret."""
    amount, starred = told(made.largest(plan)).en, bool(made.plans[plan].gave_way)
    alike = [a for a, one in enumerate(made.plans)
             if a == plan or (told(made.largest(a)).en == amount and bool(one.gave_way) == starred)]
    shown = [names[made.plans[a].name] for a in alike if made.plans[a].name != CHOSEN]
    return Text(", ".join(f"“{one.en}”" for one in shown), ", ".join(f"«{one.ru}»" for one in shown)) if shown else None
