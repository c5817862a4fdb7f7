"""What-ifs of the page on the shipped case: what a change takes from accepting it to its decision page, near and far,
against the same stages from nothing on the full program, in processor seconds and steps of the simplex.

python benchmarks/what_ifs.py [INPUT]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.api.again_decision import moved, standing_of  # noqa: E402
from jaryq.commands.start import seldom  # noqa: E402
from jaryq.desk.levers import levers, stated_in  # noqa: E402
from jaryq.solve.highs import Solver  # noqa: E402
from jaryq.solve.stages import linear_stages  # noqa: E402
from jaryq.tables.scenarios import BASE  # noqa: E402

PLACES = {"costs": (105, 130, 150, 60), "rate-USD": (200, 60), "money-JP": (0, 300), "later": (1, 2), "later-JP": (1,),
          "target-T-regions": (12.1,)}
"""Of levers, by their key: near and at their ends."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", nargs="?", default=str(ROOT / "inputs" / "kazakhstan.xlsx"))
    seldom()  # as the command line has it
    source = Path(parser.parse_args().input)
    begun = time.process_time()
    standing = standing_of(source, BASE)
    moved(standing, ())
    small = standing.classes
    if small is None:
        print("too few projects are alike")
        return 1
    share = small.base.program.shape[1] / standing.program.shape[1]
    print(f"ready after {time.process_time() - begun:.2f} s of processor; the smaller program has {share:.2f} of the "
          "columns\n")
    print("| lever | to | whole answer | steps | stages from nothing in full | steps | ratio of steps |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    known = {lever.key: lever for lever in levers(stated_in(standing.accepted.tables, BASE), BASE)}
    for key, places in PLACES.items():
        for place in places if key in known else ():
            small.steps, begun = 0, time.process_time()
            one = moved(standing, known[key].changes(float(place)))
            spent, steps = time.process_time() - begun, small.steps
            solver, begun = Solver(one.program), time.process_time()
            linear_stages(one.program, standing.solved(one.program.objectives), solver)
            print(f"| {key} | {place:g} | {spent:.2f} | {steps:,} | {time.process_time() - begun:.2f} | "
                  f"{solver.steps:,} | {steps / solver.steps:.2f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
