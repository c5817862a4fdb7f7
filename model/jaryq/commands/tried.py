"""Changes tried from the command line (``plan --set``): the plan with them, and what moves against the plan without
them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jaryq.api.accepted import Accepted, accept
from jaryq.api.besides import NOTHING, Besides
from jaryq.api.last_plan import last_plan
from jaryq.api.manifest import plan_in
from jaryq.api.results import free_results, inside
from jaryq.api.reuse import kept, key_of
from jaryq.api.run_one import run_one
from jaryq.api.stretches_priced import Pricing, here
from jaryq.api.whose import free_of_others
from jaryq.api.written import Finished
from jaryq.base.errors import Infeasible, InputRejected, NoPlan
from jaryq.base.free import same_file
from jaryq.base.issues import Issue
from jaryq.base.safe_name import TRIED
from jaryq.base.text import Lang, Text
from jaryq.case.since import with_last_plan
from jaryq.commands.check.text import told
from jaryq.commands.messages import NOTHING_MOVES, STANDS, WRITTEN, headline, moved_line
from jaryq.commands.plan import Progress, beside, place_of, root_of, tell_besides
from jaryq.report.plan_differences import plan_differences, projects_lines
from jaryq.report.question_changes import between
from jaryq.report.result import Result
from jaryq.tables.diff import differences
from jaryq.tables.tables import Tables
from jaryq.tables.typed_changes import typed_changes
from jaryq.workbook.plan import StoredPlan, read_plan
from jaryq.workbook.read import read

FIGURES = (
    ("objective", Text("objective, bn KZT", "цель, млрд тенге")),
    ("society", Text("value for society, bn KZT", "ценность для общества, млрд тенге")),
    ("facilities_completed", Text("facilities completed", "объектов закончено")),
    ("km_renewed", Text("km renewed", "км обновлено")),
    ("outlays_pv", Text("spending, present value, bn KZT", "затраты, приведённые, млрд тенге")),
    ("funding_pv", Text("cost of funding, present value, bn KZT", "цена денег, приведённая, млрд тенге")),
    *((f"priority_{p}", Text(f"missed at priority {p}", f"не выполнено, приоритет {p}")) for p in (1, 2, 3)),
)
DRAWN = Text("drawn from {source}, bn KZT", "выбрано из {source}, млрд тенге")
MOST_SOURCES = 8
NOTHING_BEFORE = Text("Without the changes there is no plan to compare with.",
                      "Без изменений плана нет, сравнивать не с чем.")
COMES = Text("What comes of the change: {said}", "Что даёт изменение: {said}")

def tried(source: Path, scenario: str, out: Path | None, lang: Lang, texts: Sequence[str], since: Path | None = None,
          force: bool = False, besides: Besides = NOTHING, pricing: Pricing = here) -> int:
    """Plan a workbook with changes that stand in no cell, and say which figures and projects move against the plan
    without them. ``besides``: what else is written of the plan with them."""
    changes, issues = typed_changes(texts, "--set")
    if issues:
        raise InputRejected(issues)
    say = Progress(lang)
    tables, found = read(source)
    if since is not None:
        tables = with_last_plan(tables, last_plan(since, tables))
    # A wrong change is told before anything is planned.
    changed = accept(tables, found, scenario, changes)
    without = _accepted(tables, found, scenario)
    told([issue for issue in changed.issues if without is None or issue not in without.issues], lang)
    root = root_of(source, lang)
    home = inside(root, scenario)
    folder = root / TRIED if out is None else place_of(source, scenario, out, lang, force, changes)
    if out is None or not same_file(home, out):
        free_of_others(home, source, scenario, force)
    for place in (home, folder):
        free_results(place, (source,), force)
    besides.needed()
    besides.free(folder, (source,), force)
    before = None
    if without is not None:
        if kept(home, key_of(without)) is not None:
            say(STANDS.say(lang, folder=home))
            before = read_plan(plan_in(home))
        else:
            before = _planned(lambda: run_one(source, scenario, home, lang, say, (), since, force=force,
                                                besides=Besides(report=besides.report), pricing=pricing))
    # What is there without the changes is read before the other is written: its folder may be the same.
    done = run_one(source, scenario, folder, lang, say, changes, since, force=force, besides=besides,
                   pricing=pricing)
    after = read_plan(done.plan)
    if before is None:
        print(headline(done.content, lang))
        print(NOTHING_BEFORE.say(lang))
    else:
        print(COMES.say(lang, said=between(before.solution, before.claims, after.claims).say(lang)))
        print(headline(done.content, lang))
        for line in _moved(before.claims, after.claims, lang):
            print(line)
        for line in projects_lines(plan_differences(_result(before), _result(after),
                                                    differences(before.tables, after.tables)), lang):
            print(line)
    print(WRITTEN.say(lang, path=done.plan))
    beside(done, lang)
    tell_besides(besides, folder, lang)
    return 0


def _result(stored: StoredPlan) -> Result:
    factors = accept(stored.tables, [], stored.scenario, as_changed=True).factors
    return Result(stored.scenario, stored.scenario, stored.scenario, (), factors, stored.plan, stored.claims,
                  choices=stored.solution.choices, gaps=stored.solution.gaps)


def _accepted(tables: Tables, found: Sequence[Issue], scenario: str) -> Accepted | None:
    """The input without the changes; None where it is rejected: a change may be what repairs it."""
    try:
        return accept(tables, found, scenario)
    except InputRejected:
        return None


def _planned(run: Callable[[], Finished]) -> StoredPlan | None:
    """The plan without the changes; None where there is none without them, proved or not: a change may be what
    repairs it."""
    try:
        return read_plan(run().plan)
    except (Infeasible, NoPlan):
        return None


def _moved(before: Mapping[str, float], after: Mapping[str, float], lang: Lang) -> list[str]:
    """The figures that move, most telling first; sources by the size of their move."""
    sources = sorted((key for key in {*before, *after} if key.startswith("draw[")),
                     key=lambda key: (-abs(after.get(key, 0.0) - before.get(key, 0.0)), key))
    rows = [*((key, text.say(lang)) for key, text in FIGURES),
            *((key, DRAWN.say(lang, source=key[5:-1])) for key in sources[:MOST_SOURCES])]
    lines = []
    for key, text in rows:
        old, new = before.get(key, 0.0), after.get(key, 0.0)
        if abs(new - old) > 1e-6 * max(1.0, abs(old)):
            lines.append(moved_line(text, old, new, lang))
    return lines or [NOTHING_MOVES.say(lang)]
