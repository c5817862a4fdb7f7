"""Draws of the shipped case's uncertain inputs, the plan as it stands (starts held), as an ensemble works them off,
against the same futures as separate runs. A separate run is a process of its own, as a person starts one for each: it
reads the plan's workbook with its inputs, accepts them with the changes of the draw, has the program built by the
modelling language, solves it from nothing and tells the figures. Processor seconds, of processes whole and of their
parts: without starting Python and importing, without reading, of the solver alone; and how far values of stages are
apart. Tables and charts are written by neither.

python benchmarks/draws.py [PLAN] [--draws N]
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.question import program_of, question  # noqa: E402
from jaryq.api.uncertain.judge import Judge, opened, with_starts_held  # noqa: E402
from jaryq.base.collector import no_collector, stays  # noqa: E402
from jaryq.case.stages import valued  # noqa: E402
from jaryq.case.uncertain import changes_of_draw, uncertain_of  # noqa: E402
from jaryq.factors.going_on import going_on  # noqa: E402
from jaryq.factors.indicators import figures, indicators, missed  # noqa: E402
from jaryq.solve.highs import Solver  # noqa: E402
from jaryq.solve.read import plan_of  # noqa: E402
from jaryq.solve.stages import linear_stages  # noqa: E402
from jaryq.uncertainty.draws import draws  # noqa: E402
from jaryq.workbook.plan_read import read_plan  # noqa: E402


def alone(plan: Path, number: int, count: int) -> Mapping[str, Any]:
    """What a process of its own finds of a draw, and the processor seconds of its parts."""
    started = time.process_time()
    with no_collector():
        stored = read_plan(plan)
        read_in = time.process_time()
        rows = uncertain_of(stored.tables)
        changes = changes_of_draw(rows, draws(rows, count, 0).values.tolist()[number])
        accepted = accept(stored.tables, [], stored.scenario, changes)
        f = going_on(accepted.factors, stored.plan)
        program = program_of(f)
        held = with_starts_held(opened(program, f), stored.plan, [one.label for one in f.case.periods])
        built = time.process_time()
        found = linear_stages(held, valued(held.objectives), Solver(held))
        solved = time.process_time()
        made = plan_of(question(f, program), program, found.x[: program.shape[1]])
        missed(f, made)
        told = {**figures(f, made, indicators(f.case)), **found.values}
    ended = time.process_time()
    return {"values": told, "seconds": {"start": started, "read": read_in - started, "build": built - read_in,
                                        "solve": solved - built, "tell": ended - solved}}


def separate(plan: Path, number: int, count: int) -> tuple[float, Mapping[str, Any]]:
    """Processor seconds of the process of a draw, and what it says."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([sys.executable, __file__, str(plan), "--draws", str(count), "--alone", str(number)],
                         stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, json.loads(run.stdout)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", nargs="?", default=str(ROOT / "outputs" / "kazakhstan" / "base" / "plan.xlsx"))
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    known = parser.parse_args()
    path, count = Path(known.plan), known.draws
    if known.alone is not None:
        print(json.dumps(alone(path, known.alone, count)))
        return 0
    stored = read_plan(path)
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    judge = Judge(accepted, stored.plan, best=False)
    stays()  # as in a process that works off draws
    once = time.process_time()  # with the start of the process
    rows = uncertain_of(accepted.tables)
    warm = cold = apart = 0.0
    parts: Counter[str] = Counter()
    for number, values in enumerate(draws(rows, count, 0).values.tolist()):
        begun = time.process_time()
        made = judge.of(changes_of_draw(rows, values)).stands.figures  # in turn: what else the machine does meets both
        gc.collect()
        warm += time.process_time() - begun
        seconds, own = separate(path, number, count)
        cold += seconds
        parts.update(own["seconds"])
        assert made is not None
        apart = max(apart, *(abs(own["values"][key] - made[key]) / max(1.0, abs(own["values"][key]))
                             for key in judge.stages if key in own["values"]))
    each, separate_each = warm / count, cold / count
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, read_in = parts["start"] / count, parts["read"] / count
    print(f"{once:.1f} s once, {each:.2f} s a draw; a separate run {separate_each:.2f} s: "
          + ", ".join(f"{name} {seconds / count:.2f}" for name, seconds in parts.items()))
    for name, run in (("separate runs", separate_each), ("the same without starting Python", separate_each - started),
                      ("without starting and reading", separate_each - started - read_in)):
        print(f"of 200 {name} 200 draws take {(once + 200 * each) / (200 * run):.2f}")
    print(f"stages apart by {apart:.1e} of their size; {memory:.0f} MB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
