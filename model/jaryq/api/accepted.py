"""From tables to an accepted input: everything that is said before anything is solved. It needs no solver and no
algebra."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jaryq.api.beside import of_changes, of_filters, of_sound_rows
from jaryq.base.errors import InputRejected
from jaryq.base.issues import Issue, capped, stops
from jaryq.case.build import build
from jaryq.case.case import Case
from jaryq.factors.derive import Factors, derive
from jaryq.rules.consequences import (
    absent_once,
    blanks_once,
    columns_once,
    of_sound_cells,
    sound_years,
    without_lost_keys,
)
from jaryq.rules.draws import at_parameter, draws_are_possible, ends, sound_rows
from jaryq.rules.magnitude import magnitude
from jaryq.rules.run import sense, structure
from jaryq.rules.sums import rows_of_sums
from jaryq.tables.change import Change
from jaryq.tables.fault import near
from jaryq.tables.scenarios import BASE, Changed, blamed, changes_of, names
from jaryq.tables.scenarios import changed as apply_changes
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed

SCENARIO_SHEETS = ("scenarios", "scenario_changes", "uncertainty")
"""Sheets that change others."""


@dataclass(frozen=True, eq=False)
class Accepted:
    """An accepted input: its tables as typed and changed, the Case, its factors, the issues that do not stop the run,
    and what a scenario changed."""

    tables: Tables
    factors: Factors
    issues: tuple[Issue, ...]
    changed: tuple[Changed, ...] = ()

    @property
    def case(self) -> Case:
        return self.factors.case


def accept(tables: Tables, issues: Sequence[Issue], scenario: str = BASE, extra: Sequence[Change] = (), *,
           as_changed: bool = False, past: Collection[str] = ()) -> Accepted:
    """Typed tables with the scenario's changes, rules and factors.

    ``extra``: further changes after the scenario's own; ``as_changed``: the tables hold the changes already (those of a
    finished plan); ``past``: kinds of issues of the case as a whole that do not stop it here (``ARITHMETIC``: it is
    asked why no plan keeps all rules).
    Raises InputRejected with all issues found if one of them stops the run.
    """
    return _accepted(*_as_stated(tables, issues, as_changed=as_changed), scenario, extra, as_changed,
                     past=past)


def accept_changes(accepted: Accepted, changes: Sequence[Change], *, past: Collection[str] = (),
                   stops_alone: bool = False) -> Accepted:
    """An accepted input with further changes, checked as all changes are; ``past`` as for ``accept``. ``stops_alone``:
    nobody reads what does not stop. Raises InputRejected."""
    # Its tables hold the changes of its scenario already.
    tables = accepted.tables.with_sheet(Table.of("scenario_changes", []))
    return _accepted(tables, (), BASE, changes, like=accepted.factors, past=past, stops_alone=stops_alone)


def _as_stated(tables: Tables, issues: Sequence[Issue], *,
               as_changed: bool = False) -> tuple[Tables, tuple[Issue, ...]]:
    """Typed tables and all issues of what is stated, whatever the scenario. Draws change what no scenario has changed
    yet, so that those of a finished plan are not asked again."""
    tables, more = typed(tables)
    found = [*issues, *more]
    # Rules across sheets speak only of values that are sound, so they run beside the other issues, all in one go.
    broken = structure(sound_years(found, tables))
    told = {(issue.sheet, issue.cell) for issue in broken}
    sizes = [issue for issue in magnitude(tables, stops(found))
             if issue.code != "value_apart" or (issue.sheet, issue.cell) not in told]
    more = of_sound_cells((*broken, *sizes, *rows_of_sums(tables)), found, tables)
    _add(found, capped(more))
    found = blanks_once(columns_once(absent_once(without_lost_keys(found, tables), tables), tables))
    if stops(found):
        _add(found, _not_yet(found, of_sound_rows(tables, found)))
    if not as_changed:
        _add(found, _of_draws(tables, found))
    return tables, tuple(found)


def _of_draws(tables: Tables, found: Sequence[Issue]) -> Iterator[Issue]:
    """Issues of uncertain inputs; while the input stops, those of sound rows about sound columns."""
    if not stops(found):
        yield from draws_are_possible(tables)
    else:
        for changes in ends(sound_rows(tables, found)):
            yield from (at_parameter(tables, issue) for issue in of_changes(tables, changes, found))


def _accepted(tables: Tables, issues: Sequence[Issue], scenario: str, extra: Sequence[Change] = (),
              as_changed: bool = False, like: Factors | None = None, past: Collection[str] = (),
              stops_alone: bool = False) -> Accepted:
    found = list(issues)
    changes, loops = changes_of(tables, scenario)
    if scenario not in names(tables) and not as_changed:
        found.append(Issue("unknown_reference", "scenarios", "", "scenario", scenario,
                           {"target": "scenarios", "hint": near(scenario, names(tables))}))
    found += loops
    if stops(found):
        if not as_changed:
            _add(found, of_changes(tables, (*changes, *extra), found))
            if not stops(issues):
                _add(found, of_filters(tables, (*changes, *extra)))
        raise InputRejected(found)
    made: tuple[Changed, ...] = ()
    if (changes or extra) and not as_changed:
        stated = tables
        tables, made, more = apply_changes(tables, (*changes, *extra))
        _add(found, more)
        if not stops(found):
            _add(found, blamed(structure(tables), made))
            _add(found, _not_yet(found, magnitude(tables)))
        if stops(found):
            _add(found, of_filters(stated, (*changes, *extra)))
            raise InputRejected(found)
    tables = tables.at_fifteen_digits()
    placed = tables.placed()  # What the plan says of cells is of the tables as they stand in it.
    factors = derive(build(placed, scenario), like)
    whole = sense(tables, factors, stops_alone=stops_alone)
    _add(found, blamed(whole, made))
    # By their own kinds: told of a change, each is "a changed value breaks a rule".
    if any(issue.code not in past for issue in stops(whole)):
        raise InputRejected(found)
    return Accepted(placed, factors, tuple(found), made)


def accept_all(tables: Tables, issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues of an input and of all its scenarios. Raises InputRejected if one of them stops a run."""
    found = all_issues(tables, issues)
    if stops(found):
        raise InputRejected(found)
    return found


def all_issues(tables: Tables, issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues of an input and of all its scenarios; what only a scenario brings about names it."""
    found: list[Issue] = []
    like: Factors | None = None
    stated = _as_stated(tables, issues)
    # By their names as they are read: what was repaired is not asked for in its old form.
    listed, _ = typed(Tables(tables.name, {name: tables[name] for name in ("scenarios",) if name in tables}))
    for scenario in names(listed):
        try:
            accepted = _accepted(*stated, scenario, like=like)
            like, more = accepted.factors if scenario == BASE else like, accepted.issues
        except InputRejected as rejected:
            more = rejected.issues
        if scenario != BASE:
            more = tuple(issue if issue.sheet in SCENARIO_SHEETS else replace(issue, scenario=scenario)
                         for issue in _not_yet(found, more))
        _add(found, more)
    return tuple(found)


def _add(found: list[Issue], more: Iterable[Issue]) -> None:
    """Each issue once: a hundred thousand of them are no reason to wait."""
    there: dict[tuple[str, ...], list[Issue]] = {}
    for issue in found:
        there.setdefault(_place(issue), []).append(issue)
    for issue in more:
        same = there.setdefault(_place(issue), [])
        if not same or _slots(issue) not in map(_slots, same):
            same.append(issue)
            found.append(issue)


def _place(issue: Issue) -> tuple[str, ...]:
    """All of an issue but its slots, which take longer to compare."""
    return issue.code, issue.sheet, issue.cell, issue.column, issue.value, issue.scenario


def _slots(issue: Issue) -> str:
    return repr(sorted(issue.slots.items(), key=lambda slot: slot[0]))


def _not_yet(found: Sequence[Issue], more: Iterable[Issue]) -> list[Issue]:
    """Those of which nothing of the kind has been said about the same cell."""
    there = {(issue.code, issue.sheet, issue.cell, issue.column) for issue in found}
    return [issue for issue in more if (issue.code, issue.sheet, issue.cell, issue.column) not in there]
