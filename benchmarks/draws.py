"""Draws of the shipped case's uncertain inputs, the plan as it stands (starts held), as an ensemble works them off,
against the same futures as separate runs: read from the workbook (once, its time counts for each), accepted as an input
is, built by the modelling language and solved from nothing. Processor seconds, and how far values of stages are apart.

python benchmarks/draws.py [PLAN] [--draws N]
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.question import program_of, question  # noqa: E402
from jaryq.api.uncertain.judge import Judge, opened  # noqa: E402
from jaryq.base.collector import no_collector, stays  # noqa: E402
from jaryq.case.stages import valued  # noqa: E402
from jaryq.case.uncertain import changes_of_draw, uncertain_of  # noqa: E402
from jaryq.factors.going_on import going_on  # noqa: E402
from jaryq.factors.indicators import figures, missed  # noqa: E402
from jaryq.solve.highs import Solver  # noqa: E402
from jaryq.solve.read import plan_of  # noqa: E402
from jaryq.solve.stages import linear_stages  # noqa: E402
from jaryq.tables.change import Change  # noqa: E402
from jaryq.tables.tables import Tables  # noqa: E402
from jaryq.uncertainty.draws import draws  # noqa: E402
from jaryq.workbook.plan_read import read_plan  # noqa: E402
from jaryq.workbook.read import read  # noqa: E402


def alone(judge: Judge, tables: Tables, scenario: str, changes: Sequence[Change]) -> Mapping[str, float]:
    """The figures of a future as a run of its own finds them."""
    with no_collector():
        f = going_on(accept(tables, [], scenario, changes).factors, judge.plan)
        program = program_of(f)
        held = judge.held(opened(program, f))
        found = linear_stages(held, valued(held.objectives), Solver(held))
        plan = plan_of(question(f, program), program, found.x[: program.shape[1]])
        missed(f, plan)
        return {**figures(f, plan, judge.indicators), **found.values}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", nargs="?", default=str(ROOT / "outputs" / "kazakhstan" / "base" / "plan.xlsx"))
    parser.add_argument("--draws", type=int, default=10)
    known = parser.parse_args()
    stored = read_plan(Path(known.plan))
    begun = time.process_time()
    read(ROOT / "inputs" / "kazakhstan.xlsx")
    reading = time.process_time() - begun
    begun = time.process_time()
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    judge = Judge(accepted, stored.plan, best=False)
    stays()  # as in a process that works off draws
    once = time.process_time() - begun
    rows = uncertain_of(accepted.tables)
    futures = [changes_of_draw(rows, values) for values in draws(rows, known.draws, 0).values.tolist()]
    warm = cold = apart = 0.0
    for changes in futures:  # in turn, so that what else the machine does meets both; each clears up after itself
        begun = time.process_time()
        made = judge.of(changes).stands.figures
        gc.collect()
        warm += time.process_time() - begun
        begun = time.process_time()
        own = alone(judge, stored.tables, stored.scenario, changes)
        gc.collect()
        cold += time.process_time() - begun
        assert made is not None
        apart = max(apart, *(abs(own[key] - made[key]) / max(1.0, abs(own[key]))
                             for key in judge.stages if key in own))
    each, alone_each = warm / known.draws, cold / known.draws
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratios = [(once + 200 * each) / (200 * separate) for separate in (reading + alone_each, alone_each)]
    print(f"{once:.1f} s once, {each:.2f} s a draw, a separate run {alone_each:.2f} s and {reading:.2f} to read its "
          f"workbook; of 200 draws the ratio is {ratios[0]:.2f}, {ratios[1]:.2f} without reading; stages apart by "
          f"{apart:.1e} of their size; {memory:.0f} MB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
