"""What-ifs on the warm program of the shipped case against the same changes accepted, built and solved from nothing:
processor seconds, and how far the stages are apart.

python benchmarks/again.py [INPUT]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.again import Standing  # noqa: E402
from jaryq.api.question import program_of  # noqa: E402
from jaryq.commands.start import seldom  # noqa: E402
from jaryq.solve.highs import Solver  # noqa: E402
from jaryq.solve.stages import linear_stages  # noqa: E402
from jaryq.tables.typed_changes import typed_changes  # noqa: E402
from jaryq.workbook.read import read  # noqa: E402

WHAT_IFS = (
    ["source_years; KZ_LOCAL; 2027; multiply 0.9"], ["sources; ; envelope; multiply 1.1"],
    ["facilities; F001; cost; multiply 1.2"], ["quantities; ; value; multiply 1.1"],
    ["facilities; ; cost; multiply 1.05"], ["networks; ; unit_cost; multiply 0.95"],
    ["targets; ; value; multiply 1.02"],
)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", nargs="?", default=str(ROOT / "inputs" / "kazakhstan.xlsx"))
    seldom()  # as the command line has it
    tables, issues = read(Path(parser.parse_args().input))
    accepted = accept(tables, issues)
    begun = time.process_time()
    standing = Standing(accepted, program_of(accepted.factors))
    names = tuple(standing.warm.names)
    print(f"built and solved once: {time.process_time() - begun:.2f} s of processor, {len(names)} stages\n")
    print("| change | in place | seconds | from nothing | ratio | stages apart by at most |")
    print("|---|---|---:|---:|---:|---:|")
    for change in WHAT_IFS:
        found = standing.again(change)
        begun = time.process_time()
        program = program_of(accept(tables, issues, extra=typed_changes(change, "")[0]).factors)
        values = linear_stages(program, names, Solver(program)).values
        spent = time.process_time() - begun
        apart = max(abs(abs(values[name]) - abs(found.after[name])) for name in names)
        place = "yes" if found.in_place else "no"
        seconds = f"{found.seconds:.2f} | {spent:.2f} | {found.seconds / spent:.2f}"
        print(f"| `{'`, `'.join(change)}` | {place} | {seconds} | {apart:.0e} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
