"""The page of deciding before knowing: what is common to all futures, and what knowing would be worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.counted import english, russian
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.handover.said import capital
from jaryq.handover.shapes import Front, Verdict
from jaryq.handover.uncertain.intervals import SMALL, TWO_FIGURES, in_cell, in_fact, is_one, range_said
from jaryq.handover.uncertain.missing import late_works, missing_money, passed_limits
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact, Value
from jaryq.uncertainty.solved import Interval
from jaryq.uncertainty.two_stage import TwoStage, mean_of

OPEN = Text("The amounts of money of early years stay open: works, km, crews and signatures alone are decided early.",
            "Суммы денег ранних лет остаются открытыми: рано решаются только работы, км, бригады и подписи.")

STOPPED = Text("The program of all futures side by side ended by its effort, before its best was reached: what is told "
               "is proved, but there may be better decisions than these, and a better bound.",
               "Программа всех вариантов вместе закончена по исчерпании отведённой работы, раньше чем найдено лучшее: "
               "сказанное доказано, но могут быть и решения лучше этих, и граница точнее.")

VSS = Text("Value of looking at all futures (VSS)", "Цена учёта всех вариантов (VSS)")

NO_MEAN = Text("The futures do not all have the same decisions and limits (a lender that does not come, a start that "
               "is not possible any more), so that they have no mean to decide for: there is no VSS.",
               "Не во всех вариантах есть одни и те же решения и пределы (кредитор не приходит, начало работ уже "
               "невозможно), поэтому среднего, для которого можно решать, нет: нет и VSS.")
AGAINST_FOUND = Text("Saved against the decisions found for the mean",
                     "Экономия против решений, найденных для среднего варианта")

ELSE = {("renew", "joint"): Text("networks are renewed", "обновление сетей"),
        ("draw", "line"): Text("money is drawn", "выборка денег"),
        ("signed", "taken", "part", "payee"): Text("sources are signed", "подписание источников"),
        ("extra", "lent", "borrowed"): Text("crews are changed", "перемены в бригадах")}
"""What is decided early beside starts, by families of decisions."""


def deciding(made: TwoStage, titles: Sequence[Text], year: int, decided: Sequence[Block], level: float | None,
             projects: Mapping[str, Text], *, amounts: bool = True, late: Sequence[Mapping[str, str]] = (),
             verdict: Verdict | None = None) -> Front:
    """``decided``: what is decided early for all, by name. ``projects``: their names; ``late``: those that must be done
    and are not in time, by future, and when they end."""
    rows: list[tuple[Value, ...]] = []
    for i, (title, branch) in enumerate(zip(titles, made.branches, strict=True)):
        rows.append((title, 100 * branch.weight, in_cell(made.known[i].cost), in_cell(made.together.in_each[i]),
                     None if made.mean is None else in_cell(made.mean.in_each[i])))
    block = Block(Text("What each future costs", "Сколько стоит каждый вариант"),
                  (Field(Text("Future", "Вариант будущего")), Field(Text("Probability", "Вероятность"), "%"),
                   Field(Text("known from the start", "известен заранее"), BILLION),
                   Field(Text("decided for all", "решено для всех"), BILLION),
                   Field(Text("decided for the mean", "решено для среднего"), BILLION)), tuple(rows),
                  (TWO_FIGURES,) if _any_open(made) else ())
    measure = (Text("mean cost", "средняя стоимость") if level is None else
               Text(f"mean of the worst {100 * (1 - level):.3g} % (CVaR)",
                    f"среднее худших {100 * (1 - level):.3g} % (CVaR)".replace(".", ",")))
    facts = [Fact(capital(measure), *in_fact(made.decided)),
             Fact(Text("Value of knowing (EVPI)", "Цена знания (EVPI)"), *in_fact(made.of_information)),
             *([Fact(VSS if made.mean_stands else AGAINST_FOUND, *in_fact(made.of_solution))]
               if made.of_solution is not None else [])]
    count = len({index[0] for (family, index), share in made.together.early.items()
                 if family == "start" and share > SMALL})
    said = [Text(f"Decided before {year}: {count} facility {english(count, 'start is', 'starts are')} the same "
                 f"whatever comes.",
                 f"Решается до {year} года: {count} "
                 f"{russian(count, 'начало работ одинаково', 'начала работ одинаковы', 'начал работ одинаковы')} при "
                 f"любом варианте.") if count else
            _no_start(made, year)]
    known, worth, cost = range_said(made.if_known), range_said(made.of_information), range_said(made.decided)
    said.append(Text(f"The {measure.en} is {cost.en} bn KZT, {known.en} if the future were known: knowing would be "
                     f"worth {worth.en}.",
                     f"{capital(measure).ru}: {cost.ru} млрд тенге, а при известном будущем {known.ru}: знание стоило "
                     f"бы {worth.ru}."))
    said.append(missing_money(Text("Decided for all", "Решено для всех"), made.together.unpaid, titles, projects))
    if any(math.fsum(one.values()) > SMALL for one in made.unpaid_if_known):
        said.append(missing_money(Text("Even if the future were known", "Даже при известном будущем"),
                                  made.unpaid_if_known, titles, projects))
    said += passed_limits(Text("Decided for all", "Решено для всех"), made.together.passed, titles, projects)
    said += passed_limits(Text("Even if the future were known", "Даже при известном будущем"), made.passed_if_known,
                          titles, projects)
    if made.of_solution is not None:
        said.append(_saved(made, made.of_solution))
    elif made.mean is not None:
        said.append(Text("The early decisions for the mean future go on to no plan in some of the futures.",
                         "Ранние решения для среднего варианта в некоторых вариантах не ведут ни к какому плану."))
    else:
        said.append(NO_MEAN)
    if level is not None:
        plain = range_said(mean_of(made.branches, [one for one in made.together.in_each if one is not None]))
        said.append(Text(f"Chosen for the mean of the worst {100 * (1 - level):.3g} % of the futures, not for the mean "
                         f"of all, which is {plain.en} bn KZT.",
                         f"Выбрано по среднему худших {100 * (1 - level):.3g} %".replace(".", ",") +
                         " вариантов, а не по среднему всех, "
                         f"которое равно {plain.ru} млрд тенге."))
    said += late_works(late or [{}] * len(titles), titles, projects)
    if not made.ended:
        said.append(STOPPED)
    if not amounts:
        said.append(OPEN)
    return Front("stages", Text("Deciding before knowing", "Решать, не зная"),
                 Text("One figure for each future: the objective, missed targets, unfunded money and passed limits "
                      "at their "
                      "prices on the sheet settings. Facility equivalents where facilities are divisible.",
                      "Одна величина на вариант: цель, недовыполнения, нехватка денег и превышенные пределы по ценам "
                      "листа "
                      "settings. Эквиваленты объектов, если объекты делимы."),
                 tuple(facts), tuple(said), (), (block, *decided), long=bool(decided), verdict=verdict)


def _any_open(made: TwoStage) -> bool:
    """Whether a cell of the table of costs has two figures."""
    plans = [made.together.in_each, *([] if made.mean is None else [made.mean.in_each])]
    return any(one is not None and math.isfinite(one.high) and not is_one(one)
               for costs in ([found.cost for found in made.known], *plans) for one in costs)


def _saved(made: TwoStage, saved: Interval) -> Text:
    """What looking at all futures saves against planning for their mean, and of which decisions that is true."""
    amount = range_said(saved)
    less = (Text(f"saves {amount.en} bn KZT", f"экономит {amount.ru} млрд тенге") if saved.high > SMALL
            else Text("saves nothing", "ничего не экономит"))
    if made.mean_stands:
        return Text(f"Deciding for all futures {less.en} against deciding for their mean.",
                    f"Решение с учётом всех вариантов {less.ru} против решения для среднего.")
    assert made.mean is not None, "there is something to save against"
    if made.mean.gave_way:
        return Text(f"Deciding for all futures {less.en} against deciding for their mean as far as each future allows "
                    f"it: some allow not all of those decisions, so that this is no VSS.",
                    f"Решение с учётом всех вариантов {less.ru} против решения для среднего, насколько его допускает "
                    f"каждый вариант: некоторые допускают не все эти решения, поэтому это не VSS.")
    return Text(f"Deciding for all futures {less.en} against the decisions found for their mean; whether these are "
                f"the best for the mean is not proved, so that this is no VSS (a larger --seconds may prove it).",
                f"Решение с учётом всех вариантов {less.ru} против решений, найденных для среднего; лучшие ли они для "
                f"среднего, не доказано, поэтому это не VSS (доказать может большее --seconds).")


def _no_start(made: TwoStage, year: int) -> Text:
    """What is decided early where no facility is started: something else, or nothing at all."""
    there = {family for (family, _), value in made.together.early.items() if abs(value) > SMALL}
    done = [said for families, said in ELSE.items() if there & set(families)]
    if done:
        return Text(f"No facility is started before {year}; decided before it: {', '.join(one.en for one in done)}.",
                    f"До {year} года ни один объект не начинается; до него решается: "
                    f"{', '.join(one.ru for one in done)}.")
    return Text(f"Nothing is decided before {year}: no facility is started, nothing is renewed, signed or drawn.",
                f"До {year} года ничего не решается: объекты не начинаются, сети не обновляются, ничего не "
                f"подписывается и не выбирается.")
