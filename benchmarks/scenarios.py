"""Processor seconds of each scenario of a workbook, from the input to the written plan, one after another in one
process and without ``explain``.

    python benchmarks/scenarios.py [INPUT] [--only NAME ...] [--json FILE]

To hold: 30 a scenario in the mean (twelve within six minutes). Exit code 1 where it is not kept. The file has the
values and bounds of all stages too, to compare plans before and after a change.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "model")]

from benchmarks.line import STEPS, Meter, planned  # noqa: E402
from jaryq.commands.start import seldom  # noqa: E402
from jaryq.tables.scenarios import names  # noqa: E402
from jaryq.tables.typed import typed  # noqa: E402
from jaryq.workbook.read import read  # noqa: E402

MOST = 30.0


def measure(source: Path, scenario: str) -> dict[str, Any]:
    """Processor seconds of the steps of one scenario, the load of the machine, and of each stage its value, bound and
    what ended its search."""
    meter = Meter()
    stages = planned(source, scenario, meter).solution.stages
    return {"seconds": {step: meter.processor[step] for step in STEPS}, "load": os.getloadavg()[0],
            "stages": {one.name: [one.value, one.bound, one.search and one.search.ended] for one in stages}}


def main() -> int:
    """Measure, print a line for each scenario and the mean."""
    known = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    known.add_argument("input", type=Path, nargs="?", default=ROOT / "inputs" / "kazakhstan.xlsx")
    known.add_argument("--only", nargs="+", metavar="NAME")
    known.add_argument("--json", type=Path, metavar="FILE")
    asked = known.parse_args()
    seldom()  # as the command line has it
    found: dict[str, dict[str, Any]] = {}
    for scenario in asked.only or names(typed(read(asked.input)[0])[0]):
        one = found[scenario] = measure(asked.input, scenario)
        steps = ", ".join(f"{step} {taken:.1f}" for step, taken in one["seconds"].items())
        print(f"{scenario}: {sum(one['seconds'].values()):.1f} ({steps}; load {one['load']:.1f})", flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    whole = sum(sum(one["seconds"].values()) for one in found.values())
    print(f"{len(found)} scenarios: {whole:.1f}, {whole / len(found):.1f} each")
    return int(whole > MOST * len(found))


if __name__ == "__main__":
    sys.exit(main())
