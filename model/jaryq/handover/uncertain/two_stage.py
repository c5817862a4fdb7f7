"""The pages of deciding before knowing: what is common to all futures, what knowing would be worth, and regret."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.counted import english, russian
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.handover.said import capital, told
from jaryq.handover.shapes import Front
from jaryq.handover.uncertain.missing import late_works, missing_money, passed_limits
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact, Value
from jaryq.uncertainty.solved import Interval
from jaryq.uncertainty.two_stage import Regrets, TwoStage, mean_of

SMALL = 1e-6
"""Less is what is left of sums, bn KZT."""

CLOSE = 1e-6
"""An interval narrower than this part of its size is one figure."""

GAVE_WAY = "*"
"""Mark of a cell in which early decisions on money are not kept in full."""

OPEN = Text("The amounts of money of early years stay open: works, km, crews and signatures alone are decided early.",
            "Суммы денег ранних лет остаются открытыми: рано решаются только работы, км, бригады и подписи.")

NO_PLAN = Text("no plan goes on", "план не продолжить")

VSS = Text("Value of looking at all futures (VSS)", "Цена учёта всех вариантов (VSS)")

AGAINST_FOUND = Text("Saved against the decisions found for the mean",
                     "Экономия против решений, найденных для среднего варианта")

BETWEEN = Text("it lies between these two for certain", "достоверно лежит между этими двумя")

ELSE = {("renew", "joint"): Text("networks are renewed", "обновление сетей"),
        ("draw", "line"): Text("money is drawn", "выборка денег"),
        ("signed", "taken", "part", "payee"): Text("sources are signed", "подписание источников"),
        ("extra", "lent", "borrowed"): Text("crews are changed", "перемены в бригадах")}
"""What is decided early beside starts, by families of decisions."""

TWO_FIGURES = Text("Two figures: a plan was found with the larger, none is below the smaller.",
                   "Две цифры: с большей план найден, меньше меньшей не бывает.")


def deciding(made: TwoStage, titles: Sequence[Text], year: int, starts: Sequence[tuple[Text, str, float]],
                level: float | None, projects: Mapping[str, Text], *, amounts: bool = True,
                late: Sequence[Mapping[str, str]] = ()) -> Front:
    """``starts``: early decisions on facilities that are common: name, period, share. ``projects``: their names;
    ``late``: those that must be done and are not in time, by future, and when they end."""
    rows: list[tuple[Value, ...]] = []
    for i, (title, branch) in enumerate(zip(titles, made.branches, strict=True)):
        rows.append((title, 100 * branch.weight, _told(made.known[i].cost), _told(made.together.in_each[i]),
                     None if made.mean is None else _told(made.mean.in_each[i])))
    block = Block(Text("What each future costs", "Сколько стоит каждый вариант"),
                  (Field(Text("Future", "Вариант будущего")), Field(Text("Probability", "Вероятность"), "%"),
                   Field(Text("known from the start", "известен заранее"), BILLION),
                   Field(Text("decided for all", "решено для всех"), BILLION),
                   Field(Text("decided for the mean", "решено для среднего"), BILLION)), tuple(rows),
                  (TWO_FIGURES,) if _any_open(made) else ())
    early = Block(Text(f"Facilities started before {year} whatever comes",
                       f"Объекты, начинаемые до {year} года при любом варианте"),
                  (Field(Text("Facility", "Объект")), Field(Text("Start", "Начало")), Field(Text("Share", "Доля"),
                                                                                                 "%")),
                  tuple((name, period, 100 * share) for name, period, share in starts))
    measure = (Text("mean cost", "средняя стоимость") if level is None else
               Text(f"mean of the worst {100 * (1 - level):.3g} % (CVaR)",
                    f"среднее худших {100 * (1 - level):.3g} % (CVaR)".replace(".", ",")))
    facts = [Fact(capital(measure), *_fact(made.decided)),
             Fact(Text("Value of knowing (EVPI)", "Цена знания (EVPI)"), *_fact(made.of_information)),
             *([Fact(VSS if made.mean_stands else AGAINST_FOUND, *_fact(made.of_solution))]
               if made.of_solution is not None else [])]
    count = len(starts)
    said = [Text(f"Decided before {year}: {count} facility {english(count, 'start is', 'starts are')} the same "
                 f"whatever comes.",
                 f"Решается до {year} года: {count} "
                 f"{russian(count, 'начало работ одинаково', 'начала работ одинаковы', 'начал работ одинаковы')} при "
                 f"любом варианте.") if count else
            _no_start(made, year)]
    known, worth, cost = _range(made.if_known), _range(made.of_information), _range(made.decided)
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
    if level is not None:
        plain = _range(mean_of(made.branches, [one for one in made.together.in_each if one is not None]))
        said.append(Text(f"Chosen for the mean of the worst {100 * (1 - level):.3g} % of the futures, not for the mean "
                         f"of all, which is {plain.en} bn KZT.",
                         f"Выбрано по среднему худших {100 * (1 - level):.3g} %".replace(".", ",") +
                         " вариантов, а не по среднему всех, "
                         f"которое равно {plain.ru} млрд тенге."))
    said += late_works(late or [{}] * len(titles), titles, projects)
    if not amounts:
        said.append(OPEN)
    return Front("stages", Text("Deciding before knowing", "Решать, не зная"),
                 Text("One figure for each future: the objective, missed targets, unfunded money and passed limits "
                      "at their "
                      "prices on the sheet settings. Facility equivalents where facilities are divisible.",
                      "Одна величина на вариант: цель, недовыполнения, нехватка денег и превышенные пределы по ценам "
                      "листа "
                      "settings. Эквиваленты объектов, если объекты делимы."),
                 tuple(facts), tuple(said), (), tuple(one for one in (block, early) if one.rows))


def regretting(made: Regrets, names: Mapping[str, Text], titles: Sequence[Text],
               projects: Mapping[str, Text], *, amounts: bool = True, late: Sequence[Mapping[str, str]] = ()) -> Front:
    """The table of regret: early decisions down, futures across. ``amounts``: whether draws are among them;
    ``projects``: their names; ``late``: those that must be done and are not in time, by future, and when they end."""
    rows: list[tuple[Value, ...]] = []
    for a, plan in enumerate(made.plans):
        cells = [_told(one, GAVE_WAY if b in plan.gave_way else "") for b, one in enumerate(made.of[a])]
        rows.append((names[plan.name], *cells, _told(made.largest_of(a))))
    least = made.least
    open_ = any(one is not None and not _close(one) for line in made.of for one in line)
    gave_way = sum(len(plan.gave_way) for plan in made.plans)
    notes = []
    if open_:
        notes.append(TWO_FIGURES)
    if gave_way:
        notes.append(Text(f"{GAVE_WAY} The future does not allow all early decisions (a lower ceiling, a lender that "
                          f"does not come, its smallest ticket): they are kept as far as it does, what is missing is "
                          f"unfunded.",
                          f"{GAVE_WAY} Вариант не допускает всех ранних решений (ниже предел, кредитора нет, не "
                          f"набран наименьший заём): они сохранены насколько можно, недостающее не оплачено."))
    block = Block(Text("Regret: what early decisions cost above the best of each future",
                       "Сожаление: насколько ранние решения дороже лучших в каждом варианте"),
                  (Field(Text("Early decisions of", "Ранние решения для")),
                   *(Field(title, BILLION) for title in titles),
                   Field(Text("largest", "наибольшее"), BILLION)), tuple(rows), tuple(notes), frozenset({least}))
    best = names[made.plans[least].name]
    amount = made.largest(least)
    said = [Text(f"Least regret: the early decisions of “{best.en}”, at most {told(amount).en} bn KZT above the best.",
                 f"Наименьшее сожаление: ранние решения «{best.ru}», не более {told(amount).ru} млрд тенге выше "
                 f"лучшего.")]
    others = [a for a in range(len(made.plans)) if a != least and math.isfinite(made.largest(a))]
    if not any(made.largest(a) > SMALL for a in others) and amount <= SMALL:
        said = [Text("Whichever future's early decisions are taken, none regrets anything.",
                     "Какие бы ранние решения ни принять, сожалеть не о чем.")]
    elif others:
        worst = max(others, key=made.largest)
        said.append(Text(f"Most regret: those of “{names[made.plans[worst].name].en}”, up to "
                         f"{told(made.largest(worst)).en} bn KZT.",
                         f"Наибольшее сожаление: решения «{names[made.plans[worst].name].ru}», до "
                         f"{told(made.largest(worst)).ru} млрд тенге."))
    if made.plans[least].unpaid:
        said.append(missing_money(Text(f"With the early decisions of “{best.en}”", f"При ранних решениях «{best.ru}»"),
                                  made.plans[least].unpaid, titles, projects))
    if made.plans[least].passed:
        said += passed_limits(Text(f"With the early decisions of “{best.en}”", f"При ранних решениях «{best.ru}»"),
                              made.plans[least].passed, titles, projects)
    if made.bound > SMALL:
        said.append(Text(f"No early decisions that every future allows have a largest regret below "
                         f"{told(made.bound).en} bn KZT.",
                         f"Наибольшее сожаление ранних решений, допустимых во всех вариантах, не ниже "
                         f"{told(made.bound).ru} млрд тенге."))
    said += late_works(late or [{}] * len(titles), titles, projects)
    if not amounts:
        said.append(OPEN)
    return Front("regret", Text("Regret", "Сожаление"),
                 Text("Every future's early decisions under every future, what comes later decided anew.",
                      "Ранние решения каждого варианта при каждом варианте; дальнейшее решается заново."),
                 (Fact(Text("Least largest regret", "Наименьшее из наибольших"), amount, BILLION),
                  Fact(Text("none is below", "не бывает ниже"), made.bound, BILLION)), tuple(said), (), (block,))


def _told(one: Interval | None, mark: str = "") -> Value:
    """An interval in a cell: one figure where it is closed; words where there is no plan."""
    if one is None or math.isinf(one.high):
        return NO_PLAN
    if _close(one) and not mark:
        return one.high if abs(one.high) > SMALL else 0.0
    range_ = _range(one)
    return Text(f"{range_.en}{mark}", f"{range_.ru}{mark}")


def _close(one: Interval) -> bool:
    """Whether an interval is one figure, as it is shown."""
    if not math.isfinite(one.high):
        return False
    return one.width <= CLOSE * max(1.0, abs(one.high)) or told(one.low) == told(one.high)


def _fact(one: Interval) -> tuple[Value, str, Text | None]:
    if _close(one):
        return one.high, BILLION, None
    return _range(one), BILLION, BETWEEN if math.isfinite(one.high) else None


def _range(one: Interval) -> Text:
    low, high = told(one.low), told(one.high) if math.isfinite(one.high) else None
    if high is None:
        return Text(f"at least {low.en}", f"не менее {low.ru}")
    if _close(one):
        return high
    return Text(f"{low.en} to {high.en}", f"от {low.ru} до {high.ru}")


def _any_open(made: TwoStage) -> bool:
    """Whether a cell of the table of costs has two figures."""
    plans = [made.together.in_each, *([] if made.mean is None else [made.mean.in_each])]
    return any(one is not None and math.isfinite(one.high) and not _close(one)
               for costs in ([found.cost for found in made.known], *plans) for one in costs)


def _saved(made: TwoStage, saved: Interval) -> Text:
    """What looking at all futures saves against planning for their mean, and of which decisions that is true."""
    amount = _range(saved)
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
