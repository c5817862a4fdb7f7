"""What writing everything of a finished plan costs in processor seconds: plan.xlsx with its fronts, report.html, the
tables for other programs, the brief and the pages of the regions.

    python benchmarks/writing.py PLAN.xlsx [--lang en] [--runs 2]

The plan is read from its file, not solved. The first run is as in a process of its own, with the modules that writing
loads; the others are without them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.besides import Besides  # noqa: E402
from jaryq.api.clock import Clock  # noqa: E402
from jaryq.api.findings import all_claims, verify  # noqa: E402
from jaryq.api.verified import Verified, compiled, settled  # noqa: E402
from jaryq.api.written import manifest_of, write_results  # noqa: E402
from jaryq.workbook.plan_read import read_plan  # noqa: E402


def finished(path: Path) -> Verified:
    """The verified plan that a file holds."""
    stored = read_plan(path)
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    program = compiled(accepted)
    solution = settled(stored.solution, accepted.factors, program)
    claims = all_claims(accepted.case, accepted.factors, solution)
    return Verified(accepted, program, solution, claims, verify(accepted.factors, solution, claims, program))


def seconds(done: Verified, source: Path, lang: str) -> float:
    """Processor seconds of writing all of it into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        asked = Besides(tables=place / "tables", brief=True, regions=True)
        begun = time.process_time()
        write_results(done, place, manifest_of(source, done.accepted.case.scenario, lang), lang, Clock(),
                      besides=asked)
        return time.process_time() - begun


def main() -> int:
    """Prints the seconds of each run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", type=Path)
    parser.add_argument("--lang", default="en", choices=("en", "ru", "kk", "ja"))
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    done = finished(options.plan)
    for run in range(1, options.runs + 1):
        print(f"run {run}: {seconds(done, options.plan, options.lang):.1f} s of processor", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
