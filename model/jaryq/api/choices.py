"""``explain PLAN PROJECT``: what the other choices of a project cost, why then, why this money, what would turn it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jaryq.api.accepted import Accepted
from jaryq.api.flips import flips
from jaryq.api.flips_told import flips_said
from jaryq.api.means import by_means, told_of
from jaryq.api.question import question
from jaryq.api.verified import no_opposite
from jaryq.api.why_then import ask_said, money_said, then_said
from jaryq.base.errors import Told
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case, Facility
from jaryq.explain.opposites import Rows
from jaryq.explain.other import other_choices
from jaryq.explain.parts import Beside, payer_beside, years_beside
from jaryq.explain.plans import Plans
from jaryq.explain.shown import Held, Shown, shown
from jaryq.report.projects import bound_by
from jaryq.report.why import VERDICTS, sentence
from jaryq.report.words import name_of, number, said_when
from jaryq.solve.choice import Choice, Kind
from jaryq.solve.lp import LinearProgram
from jaryq.solve.solution import Solution

NO_PROJECT = Text("the case has no project {project}", "в расчёте нет проекта {project}")
SETTLED = Text("{name}: nothing is left to choose ({since}).", "{name}: выбирать нечего ({since}).")
SETTLED_TIME = Text("{name}: whether and when is settled ({since}); left is who pays.",
                    "{name}: выполнять ли и когда, решено ({since}); остаётся, кто платит.")
DONE = Text("done before the plan", "выполнено до плана")
NEVER = Text("it can begin in no planned period", "начать нельзя ни в одном плановом периоде")
ONE_WAY = Text("no other start or payer is open to it", "иного начала или плательщика для него нет")
LINE = Text("{what}: {verdict}; {said}.", "{what}: {verdict}; {said}.")
NO_START = Text("{project} cannot start in {start}: its starts lie between {first} and {last}",
                "{project} не может начаться в {start}: начала возможны между {first} и {last}")
AS_IT_IS = Text("{name}: no other start to price: it is settled, not done, or starts then.",
                "{name}: иного начала для оценки нет: решено, не выполняется или начинается именно тогда.")
ONLY_PAYER = Text("Without its largest payer: no other may pay for it, so that is the same as not doing it.",
                  "Без главного плательщика: платить за него больше некому, так что это то же, что не выполнять.")
KINDS_OF_CHOICE: Mapping[Kind, Text] = {
    "facility": Text("Done or not", "Выполнять ли"), "start": Text("Start in {other}", "Начало в {other}"),
    "payer": Text("Without its largest payer", "Без главного плательщика")}
MORE = Text("What would turn it: a benefit (present value) more by at least {least} bn KZT{most}.",
            "Что изменит выбор: выгода (приведённая) больше не менее чем на {least} млрд тенге{most}.")
LESS = Text("What would turn it: a benefit (present value) less by at least {least} bn KZT{most}.",
            "Что изменит выбор: выгода (приведённая) меньше не менее чем на {least} млрд тенге{most}.")
ENOUGH = Text("; {most} is enough", "; достаточно {most}")
AS_GOOD = Text("What would turn it: nothing has to move, a plan as good does it the other way.",
               "Что изменит выбор: ничего менять не нужно, не худший план делает наоборот.")
NO_BENEFIT = Text("Shortfalls decide here: no benefit turns it.", "Решают недовыполнения: выгодой выбор не изменить.")
IMPOSSIBLE = Text("No plan holds the opposite: no benefit turns it.",
                  "Плана с противоположным решением нет: выгодой выбор не изменить.")


START: tuple[Kind, ...] = ("start",)
WHEN = re.compile(r"(?:(?P<k>[1-4]) *Q *)?(?P<year>\d{4})(?: *[Qq](?P<q>[1-4]))?")


@dataclass(frozen=True, repr=False)
class Explained:
    """What is known of the choices of a project: priced, and in sentences. ``start``, ``payer``: what the plan has
    beside the runner-up."""

    project: str
    choices: tuple[Choice, ...]
    start: Beside | None
    payer: Beside | None
    said: tuple[Text, ...]

    def __repr__(self) -> str:
        return "\n".join(text.say("en") for text in self.said)

    def say(self, lang: Lang) -> list[str]:
        return [text.say(lang) for text in self.said]


def start_asked(case: Case, what: str) -> tuple[str, str] | None:
    """The project that is asked for, and the start, where one is: ``F002``, ``F002 2026 Q2``, ``F002 2 кв. 2026``;
    nothing where the first word is no project."""
    project, _, start = what.strip().partition(" ")
    if what.strip() in case.projects:
        return what.strip(), ""
    if project not in case.projects:
        return None
    when = WHEN.fullmatch(start.strip().replace("кв.", "Q"))
    if when is None:
        return None
    quarter = when["q"] or when["k"]
    return project, f"{when['year']}Q{quarter}" if quarter else when["year"]


def explained_project(accepted: Accepted, program: LinearProgram, solution: Solution, project: str, *,
                      confirm: bool = False, tell: Callable[[Text], None] = lambda _: None, at: str = "") -> Explained:
    """All other choices of a project, with the effort of a whole plan for it alone (what the plan holds of it already
    is not asked again), and what turns them; with ``confirm`` that is tried by whole plans; of the start ``at`` a
    period that alone. Each sentence goes to ``tell`` as soon as it is known. Raises Told where there is no such
    project, or start of it."""
    case = accepted.case
    if project not in case.projects:
        raise Told(NO_PROJECT.fill(project=project))
    starts = [start.period.label for start in accepted.factors.works.starts.get(project, ())]
    if at and at not in starts:
        raise Told(NO_START.fill(project=project, start=said_when(at), first=said_when(min(starts, default="-")),
                                 last=said_when(max(starts, default="-"))))
    name = name_of(case.projects[project])
    said: list[Text] = []

    def say(texts: Iterable[Text]) -> None:
        for text in texts:
            said.append(text)
            tell(text)

    say(told_of(case))
    solution = by_means(accepted, program, solution)
    known = tuple(one for one in solution.choices if one.project == project and one.verdict != "undecided")
    kinds = [kind for kind in KINDS_OF_CHOICE if kind not in {one.kind for one in known}]
    asked = question(accepted.factors, program)
    fixed = project in no_opposite(case)
    if at:
        found = other_choices(asked, program, solution, no_opposite(case), only=(project,), kinds=START,
                              at=(at,)).choices
        say([_head(accepted, project, found), *_priced(case, solution, found)] if found else [AS_IT_IS.fill(name=name)])
        return Explained(project, found, None, None, tuple(said))
    if known:
        say([_head(accepted, project, known), *_priced(case, solution, known)])
    answered = other_choices(asked, program, solution, no_opposite(case), only=(project,), kinds=kinds)
    found = answered.choices
    told = (*known, *found)
    say(() if known else [_head(accepted, project, told)])
    say(_priced(case, solution, found))
    say([ONLY_PAYER] if not fixed and project in case.facilities and _payers(accepted, project) == 1 else ())
    plan = shown(asked, program, solution)
    rows = Rows(plan.program)
    years = [] if fixed else years_beside(plan, rows, project)
    start = min(years, key=lambda one: one.next_cost.cost) if years else None
    payer = payer_beside(plan, project, _as_done(plan, rows, answered.basis))
    say(_said(case, solution, told, start, years, payer))
    for one in told:
        if one.kind == "facility":
            for flip in flips(accepted, program, solution, one, confirm=confirm, basis=answered.basis):
                say(flips_said(case, (flip,)))
    return Explained(project, told, start, payer, tuple(said))


def _payers(accepted: Accepted, project: str) -> int:
    """How many sources may pay for a project."""
    return sum(project in projects for projects in accepted.factors.bounds.drawn_by.values())


def _as_done(plan: Shown, rows: Rows, basis: object) -> Held | None:
    """What money is worth to the plan as it stands; None where all is divisible, and so by the stored multipliers."""
    if not plan.program.whole.any():
        return None
    plans = Plans(plan, rows)
    if basis is not None:
        plans.solver.start_from(basis)
    return plans.as_done()


def _head(accepted: Accepted, project: str, told: tuple[Choice, ...]) -> Text:
    """The project, and what of it is settled, and by what."""
    name, fixed = name_of(accepted.case.projects[project]), project in no_opposite(accepted.case)
    if told and not fixed:
        return name
    return (SETTLED_TIME if told else SETTLED).fill(name=name, since=_settled(accepted, project))


def _settled(accepted: Accepted, project: str) -> Text:
    """Which of the cases settles it, and since when: done, begun, committed, never possible, or only one way open."""
    of, case = accepted.case.projects[project], accepted.case
    if isinstance(of, Facility) and of.done is not None:
        return DONE
    if isinstance(of, Facility) and (of.started is not None or of.committed) and (said := bound_by(case, of)):
        return said
    return ONE_WAY if accepted.factors.works.open.get(project) or accepted.factors.works.starts.get(project) else NEVER


def _priced(case: Case, solution: Solution, told: Sequence[Choice]) -> Iterator[Text]:
    for one in told:
        yield LINE.fill(what=KINDS_OF_CHOICE[one.kind].fill(other=said_when(one.other)), verdict=VERDICTS[one.verdict],
                        said=sentence(case, solution, one))


def _said(case: Case, solution: Solution, told: Sequence[Choice], start: Beside | None,
          years: Sequence[Beside], payer: Beside | None) -> Iterator[Text]:
    if start is not None:
        yield from then_said(case, solution, start, years)
        if start.next not in {one.other for one in told if one.kind == "start"}:
            yield ask_said(told[0].project, start)
    if payer is not None:
        yield money_said(case, solution, payer)
    yield from (text for one in told if one.kind == "facility" for text in _turn(solution, one))


def _turn(solution: Solution, one: Choice) -> Iterator[Text]:
    """By how much the benefit would have to be another for a plan with the opposite to be as good as this one: what the
    opposite costs in the objective. Proved by its bound; the plan found shows what is enough."""
    if one.verdict == "open":
        yield AS_GOOD
        return
    if _by_shortfall(one):
        yield IMPOSSIBLE if one.cannot else NO_BENEFIT
    elif solution.objective in ("purse", "most_benefit"):
        least, most = one.at_least.get("objective", 0.0), one.at_most.get("objective")
        if least > 0.0 or (most is not None and most > 0.0):
            enough = "" if most is None else ENOUGH.fill(most=number(most, 2))
            yield (MORE if one.lets_in else LESS).fill(least=number(max(least, 0.0), 2), most=enough)


def _by_shortfall(one: Choice) -> bool:
    return one.verdict in ("always", "never") and (one.cannot or "objective" not in one.at_least)
