"""Scenarios as futures of which one comes true: their programs, with one price for everything that may be missed
(docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.again import with_what_is_there
from jaryq.api.question import program_of
from jaryq.api.uncertain.judge import PAID, PASSED
from jaryq.api.uncertain.signed_early import signed_early
from jaryq.base.errors import Infeasible, InputRejected, Told
from jaryq.base.text import Text
from jaryq.factors.derive import Factors
from jaryq.factors.going_on import late_musts, musts_going_on
from jaryq.factors.loans import signed_in
from jaryq.factors.schedule import Start
from jaryq.formulation.declare import VARIABLES
from jaryq.rules.feasible import OF_SCENARIOS
from jaryq.solve.in_place import Elsewhere
from jaryq.solve.lp import LinearProgram, Name
from jaryq.solve.stacked import Branch
from jaryq.solve.unfunded import BEYOND, UNFUNDED, rows_of, scalar, with_unfunded
from jaryq.tables.fault import near
from jaryq.tables.scenarios import ALMOST, BASE, called, changes_of, names, probabilities
from jaryq.uncertainty.early import early
from jaryq.uncertainty.late import AFTER, HANGS, IN_TIME, NEVER
from jaryq.uncertainty.mean_future import mean_program
from jaryq.uncertainty.two_stage import Early

MOST = 8
"""Futures that are looked at together at most."""

UNPRICED = Text("plans of several futures are compared by one figure, in which missed targets have a price: state "
                "{names} on the sheet settings (what a unit of normalised shortfall of the priority is worth, bn KZT)",
                "планы для нескольких вариантов будущего сравниваются одной величиной, в которой у пропущенных целей "
                "есть цена: укажите {names} на листе settings (сколько стоит единица нормированного недовыполнения "
                "приоритета, млрд тенге)")
FEW = Text("too few futures to compare ({count}): name at least two scenarios",
           "мало вариантов будущего для сравнения ({count}): назовите хотя бы два сценария")
MANY = Text("{count} futures are too many: name at most {most} scenarios",
            "вариантов будущего {count}, это слишком много: назовите не более {most} сценариев")
UNKNOWN = Text("no scenario is called {name}{hint}", "нет сценария {name}{hint}")
SUM = Text("the probabilities of the scenarios ({names}) add up to {sum} %, not 100 %",
           "вероятности сценариев ({names}) в сумме дают {sum} %, а не 100 %")


class Unasked(Told):
    """Futures that cannot be looked at together."""

    exit_code = 2
    status = "rejected"


@dataclass(frozen=True, eq=False)
class Futures:
    """Futures by the names of their scenarios, as branches of one program; the mean one (None: they do not have the
    same decisions and rows), and which decisions come before it is known."""

    base: Accepted
    titles: tuple[Text, ...]
    branches: tuple[Branch, ...]
    mean: Branch | None
    early: Early
    known_from: int
    projects: Mapping[str, Text]
    """Names of facilities and packages."""
    amounts: bool = True
    late: tuple[Mapping[str, str], ...] = ()
    """What must be done and is not finished in time, by future, and when it ends there."""


def futures(base: Accepted, asked: Sequence[str] = (), known_from: int | None = None,
            say: Callable[[str], None] = lambda _: None, *, amounts: bool = True) -> Futures:
    """The scenarios ``asked`` (none: those with a probability, else all), each with its probability. ``amounts``:
    whether the money of early years is decided early too. Raises Unasked;
    InputRejected where a scenario would be rejected; Infeasible."""
    weights = weights_of(base, asked)
    missing = [f"price_shortfall_{n}" for n, price in zip("123", base.case.settings.price_shortfalls, strict=True)
               if price is None and any(target.priority == n for target in base.case.targets)]
    if missing:
        raise Unasked(UNPRICED.fill(names=", ".join(missing)))
    inputs, late = [], []
    for name in weights:
        say(f"the program of {name}")
        made = _of_scenario(base, name) if name != BASE else base
        late.append(frozenset(late_musts(made.factors)))
        inputs.append(replace(made, factors=musts_going_on(made.factors, base.factors)))
    programs = as_wide([_as_in(base.factors, program, keys)
                        for program, keys in zip(_programs(inputs), late, strict=True)])
    at = base.case.settings.known_from if known_from is None else known_from
    programs = signed_early(base.factors, [one.factors for one in inputs], programs, at)
    branches = tuple(_branch(name, accepted, program, weights[name])
                     for name, accepted, program in zip(weights, inputs, programs, strict=True))
    signed = {key: signed_in(source) for key, source in base.case.sources.items()}
    year_of = {period.label: period.year for period in base.case.periods}
    titles = tuple(called(base.tables, name) for name in weights)
    return Futures(base, titles, branches, mean_program(branches),
                   early(at, turns(), year_of, signed, amounts=amounts), at,
                   {key: Text(one.name, one.name_ru) for key, one in base.case.projects.items()}, amounts,
                   tuple(_ends(one.factors, program, keys)
                         for one, program, keys in zip(inputs, programs, late, strict=True)))


def turns() -> dict[str, str]:
    """When each family of decisions of the program is decided, as declared."""
    return {name: family.decided for name, family in VARIABLES.items()}


def _of_scenario(base: Accepted, name: str) -> Accepted:
    """The case of a scenario; what lacks money or crews or begins before its turn has its price there, what is late
    goes on. Raises InputRejected, whose issues name the scenario."""
    try:
        return accept_changes(base, changes_of(base.tables, name)[0], past=OF_SCENARIOS)
    except InputRejected as rejected:
        raise InputRejected([replace(issue, scenario=name) for issue in rejected.issues]) from rejected


def weights_of(base: Accepted, asked: Sequence[str]) -> dict[str, float]:
    """The probability of each future. Raises Unasked."""
    known = names(base.tables)
    for name in asked:
        if name not in known:
            raise Unasked(UNKNOWN.fill(name=name, hint=near(name, known)))
    stated = probabilities(base.tables)
    chosen = list(dict.fromkeys(asked)) or [name for name in known if not stated or name in stated]
    if len(chosen) < 2:
        raise Unasked(FEW.fill(count=len(chosen)))
    if len(chosen) > MOST:
        raise Unasked(MANY.fill(count=len(chosen), most=MOST))
    if not stated or (asked and not all(name in stated for name in chosen)):
        return dict.fromkeys(chosen, 1.0 / len(chosen))
    total = math.fsum(stated[name] for name in chosen)
    if not asked and abs(total - 1.0) > ALMOST:
        raise Unasked(SUM.fill(names=", ".join(chosen), sum=f"{100 * total:g}"))
    return {name: stated[name] / total for name in chosen}


def _programs(inputs: Sequence[Accepted]) -> list[LinearProgram]:
    """Programs of futures, on the places of the first where they fit; what a future does not have is not in its
    program, whichever way that was made."""
    first = program_of(inputs[0].factors)
    found = [first]
    for accepted in inputs[1:]:
        try:
            found.append(with_what_is_there(first, accepted.factors))
        except (Elsewhere, Infeasible):
            found.append(program_of(accepted.factors))
    return found


def as_wide(programs: Sequence[LinearProgram]) -> list[LinearProgram]:
    """The programs, in each of which a decision that it has and whose bound follows from rows may be as large as in any
    other: money that is drawn early for works that cost less in a future is there, and is not needed."""
    widest: dict[Name, float] = {}
    for program in programs:
        for name, most in zip(program.columns, program.col_upper.tolist(), strict=True):
            if name[0] in program.implied:
                widest[name] = max(most, widest.get(name, 0.0))
    return [program.with_bounds(col_upper=np.array([
        widest.get(name, most) for name, most in zip(program.columns, program.col_upper.tolist(), strict=True)]))
        for program in programs]


def _as_in(base: Factors, program: LinearProgram, late: Collection[str]) -> LinearProgram:
    """The program in which what is ``late`` begins no later than in the base, where it can: nobody puts off what must
    be done so as not to pay it."""
    if not late:
        return program
    upper, position = program.col_upper.copy(), base.works.position
    for p in late:
        mine = {position[str(index[1])]: j for j, (family, index) in enumerate(program.columns)
                if family == "start" and index[0] == p}
        last = max((position[s.period.label] for s in base.works.starts.get(p, ())), default=0)
        last = max(last, min(mine, default=last))  # where it cannot begin by then: as soon as it can
        upper[[j for place, j in mine.items() if place > last]] = 0.0
    return program.with_bounds(col_upper=upper)


def _ends(f: Factors, program: LinearProgram, late: Collection[str]) -> dict[str, str]:
    """When what is late ends, by the starts that the program leaves it; what ends in its window is left out."""
    found = {}
    for p in sorted(late):
        starts, latest = open_starts(f, program, p), f.case.facilities[p].latest
        after = [start.late for start in starts]
        if starts and not any(after) and all(start.finish.year <= latest for start in starts):
            continue  # in time, beyond what outages allow
        found[p] = NEVER if not after else AFTER if all(after) else HANGS if any(after) else IN_TIME
    return found


def open_starts(f: Factors, program: LinearProgram, p: str) -> list[Start]:
    """The starts that a program leaves a facility."""
    return [f.works.start_at[index] for (family, index), most in zip(
        program.columns, program.col_upper.tolist(), strict=True) if family == "start" and index[0] == p and most > 0]


def _branch(name: str, accepted: Accepted, program: LinearProgram, weight: float) -> Branch:
    """A future in which works may stay unpaid and limits be passed, all at their prices."""
    settings = accepted.case.settings
    open_ = with_unfunded(program, rows_of(program, PAID), rows_of(program, *PASSED), unspent=True)
    prices = {UNFUNDED: settings.price_unfunded, BEYOND: settings.price_beyond}
    prices |= {f"priority_{n}": price for n, price in zip("123", settings.price_shortfalls, strict=True)
               if price is not None}
    return Branch(name, open_, *scalar(open_, prices), weight)
