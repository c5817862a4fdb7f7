"""From the Results of all scenarios to the comparison: every table by one pure step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.base.text import Text
from jaryq.report.compare.facts import facts_of, worths_of
from jaryq.report.compare.inputs import failures_table, inputs_table
from jaryq.report.compare.money import money_table
from jaryq.report.compare.overview import overview
from jaryq.report.compare.projects import (
    Moves,
    Stands,
    counts,
    judged_of,
    moves_of,
    moves_table,
    projects_table,
    sentence,
    standings,
    states_of,
)
from jaryq.report.compare.shapes import Side, ends_of, settings_of, side
from jaryq.report.compare.story import Comparison, Story
from jaryq.report.compare.targets import compared_targets, rows_of
from jaryq.report.compare.waterfall import bridges_of, waterfall_table
from jaryq.report.result import Result
from jaryq.report.words import joined, number


def _made(moves: Moves, stand: Stands, i: int) -> Mapping[str, int]:
    """How many projects of scenario ``i`` move really, by kind of move."""
    real: Moves = {key: line for key, line in moves.items()
            if (found := stand[key][i]) is not None and found.standing == "real"}
    return {kind: n for kind, n in counts(real, i).items() if n}


def _other_years(sides: Sequence[Side]) -> tuple[str, str]:
    """Which scenarios end in another year than the first, and when, in brackets; nothing where none does."""
    first, *_ = ends_of(sides) or (0,)
    ends = [(one.name, one.found.case.settings.last_year) for one in sides if one.found]
    said = joined([Text(f"{name.en}: to {last}", f"{name.ru}: до {last} года") for name, last in ends
                   if last != first], ", ")
    return ("", "") if said is None else (f" ({said.en})", f" ({said.ru})")


def comparison(results: Sequence[Result]) -> Comparison:
    """All scenarios side by side, in the order given; the first is what the others are compared with. Pure.

    A scenario without a plan keeps its column, blank, and stands under failures; if the first has none, differences are
    blank.
    """
    if not results:
        raise ValueError("a comparison needs at least one scenario")
    sides = tuple(side(result) for result in results)
    states = states_of(sides)
    moves = moves_of(states)
    stand = judged_of(sides, states, moves)
    targets = rows_of(sides)
    bridges = bridges_of(sides)
    facts, worths = facts_of(sides), worths_of(sides, bridges)
    settings = settings_of(sides)
    done, of = number(sum(1 for one in sides if one.found)), number(len(sides))
    span = f"; {settings.plan_from}–{settings.last_year}" if settings else ""
    other, other_ru = _other_years(sides)
    count = Text(f"{done.en} of {of.en} scenarios with a plan", f"сценариев с планом: {done.ru} из {of.ru}")
    base = sides[0].name
    return Comparison(
        title=settings.title if settings else Text("Comparison of scenarios", "Сравнение сценариев"),
        subtitle=Text(f"Compared with: {base.en}; {count.en}{span}{other}",
                      f"Сравнение с: {base.ru}; {count.ru}{span}{other_ru}"),
        names=tuple(one.name for one in sides), ids=tuple(one.result.scenario for one in sides),
        overview=overview(sides, moves, targets, stand),
        projects=projects_table(sides, states, moves, stand),
        moves=tuple(sentence(sides, moves, i) for i in range(len(sides))),
        money=money_table(sides), targets=compared_targets(sides, targets), waterfall=waterfall_table(bridges),
        bridges=bridges,
        inputs=inputs_table(sides), listed=moves_table(sides, states, moves, stand), failures=failures_table(sides),
        stories=tuple(Story(one.name, one.result.scenario, one.result.failure.strip(), facts[i], worths[i],
                            tuple(one.result.changed), _made(moves, stand, i),
                            counts(moves, i), standings(stand, i), _besides(one, moves, i))
                      for i, one in enumerate(sides)),
    )


def _besides(one: Side, moves: Moves, i: int) -> int:
    """Facilities that come in and do not count towards the number of the programme's."""
    facilities = one.found.case.facilities if one.found else {}
    return sum(1 for key, made in moves.items() if key in facilities and not facilities[key].counts
               and (move := made[i]) is not None and "added" in move.kinds)
