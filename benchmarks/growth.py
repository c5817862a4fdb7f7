"""How time and memory grow with the case: the shipped one, and one that is several times as large.

    python benchmarks/growth.py [INPUT] [--times 10] [--json FILE]

Each size runs in a process of its own, up to the written plan, in processor seconds. Only the case itself is solved,
its facilities divisible and without prices, once and outside of what is measured: the larger one gets the copies of
that plan (``scale.copies_of_plan``), and ``verify`` finds whether they hold all limits.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "model")]

from benchmarks.line import _peak_mb  # noqa: E402
from benchmarks.scale import copies_of_plan, scaled  # noqa: E402
from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.findings import all_claims, recomputed  # noqa: E402
from jaryq.api.verified import compiled, solved  # noqa: E402
from jaryq.case.case import Case  # noqa: E402
from jaryq.commands.start import seldom  # noqa: E402
from jaryq.formulation.model import assemble  # noqa: E402
from jaryq.report.build import build_report  # noqa: E402
from jaryq.solve.compile import compile_model, free  # noqa: E402
from jaryq.solve.solution import Solution  # noqa: E402
from jaryq.tables.tables import Table, Tables  # noqa: E402
from jaryq.tables.typed import typed  # noqa: E402
from jaryq.verify.finding import failed  # noqa: E402
from jaryq.workbook.plan import write_plan  # noqa: E402
from jaryq.workbook.read import read  # noqa: E402

MOST_EXPONENT, MOST_MB = 1.2, 2048
SETTINGS = {"facilities": "divisible", "prices": 0, "tie_break": "no"}


def tables_of(source: Path) -> Tables:
    """Typed tables of a case whose facilities are divisible, without prices of limits and tie-break."""
    tables, _ = typed(read(source)[0])
    table = tables["settings"]
    stated = [{**row, "value": SETTINGS.get(str(row["setting"]), row["value"])} for _, row in table.records()]
    there = {row["setting"] for row in stated}
    more = [{"setting": name, "value": value} for name, value in SETTINGS.items() if name not in there]
    return tables.with_sheet(Table.of("settings", [*stated, *more], list(table.values)))


def measure(source: Path, times: int, solution: Solution) -> dict[str, Any]:
    """Processor seconds of each step of a case so many times as large, checks that failed, and the peak memory."""
    seconds: dict[str, float] = {}
    last = time.process_time()

    def step(name: str) -> None:
        nonlocal last
        now = time.process_time()
        seconds[name] = seconds.get(name, 0.0) + now - last
        last = now

    tables = tables_of(source)
    case = accept(tables, ()).case
    larger = scaled(tables, times)
    plan = copied(solution, case, times)
    step("prepare")
    accepted = accept(larger, ())
    step("check")
    model = assemble(accepted.factors)
    step("build")
    program = compile_model(model)
    free(model)  # as in the line: the algebra ends with its arrays
    del model
    step("compile")
    numbers = all_claims(accepted.case, accepted.factors, plan)
    step("claims")
    findings = recomputed(accepted.case, plan.plan, numbers)
    step("verify")
    report = build_report(accepted.case, accepted.factors, plan, findings, {})
    step("report")
    with tempfile.TemporaryDirectory() as folder:
        write_plan(Path(folder) / "plan.xlsx", accepted.case, report, accepted.tables, plan, numbers, {}, "en")
    step("write")
    return {"times": times, "seconds": seconds, "peak_mb": _peak_mb(), "columns": program.shape[1],
            "rows": program.shape[0], "nonzeros": int(program.matrix.nnz), "issues": len(accepted.issues),
            "checks": len(findings), "failed": [f"{one.check} {one.place}" for one in failed(findings)][:5]}


def copied(solution: Solution, case: Case, times: int) -> Solution:
    """The solution of so many copies of a case: its plan and its value in each of them."""
    return replace(solution, plan=copies_of_plan(solution.plan, case, times), value=solution.value * times)


def exponents(small: Mapping[str, Any], large: Mapping[str, Any]) -> dict[str, float]:
    """By which power of the size each step grows."""
    ratio = math.log(large["times"] / small["times"])
    return {name: math.log(large["seconds"][name] / taken) / ratio for name, taken in small["seconds"].items()
            if name != "prepare"}


def apart(source: Path, times: int, kept: Path) -> dict[str, Any]:
    """``measure`` in a process of its own."""
    done = subprocess.run([sys.executable, __file__, str(source), "--one", str(times), "--solution", str(kept)],
                          check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> int:
    """Measure both sizes, print a table and whether all bounds are kept (exit code 1 if not)."""
    known = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    known.add_argument("input", type=Path, nargs="?", default=ROOT / "inputs" / "kazakhstan.xlsx")
    known.add_argument("--times", type=int, default=10)
    known.add_argument("--json", type=Path, metavar="FILE")
    known.add_argument("--one", type=int, help=argparse.SUPPRESS)
    known.add_argument("--solution", type=Path, help=argparse.SUPPRESS)
    asked = known.parse_args()
    seldom()  # as the command line has it
    if asked.one is not None:
        print(json.dumps(measure(asked.input, asked.one, pickle.loads(asked.solution.read_bytes()))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        accepted = accept(tables_of(asked.input), ())
        kept = Path(folder) / "solution"
        kept.write_bytes(pickle.dumps(solved(accepted, compiled(accepted), lambda _: None)))
        small, large = apart(asked.input, 1, kept), apart(asked.input, asked.times, kept)
    grown = exponents(small, large)
    print(f"| step | 1 x | {asked.times} x | exponent |\n|---|---:|---:|---:|")
    for name, power in grown.items():
        print(f"| {name} | {small['seconds'][name]:.2f} | {large['seconds'][name]:.2f} | {power:.2f} |")
    print(f"| peak memory, MB | {small['peak_mb']:.0f} | {large['peak_mb']:.0f} | |\n")
    print(f"{large['columns']:,} columns, {large['rows']:,} rows, {large['nonzeros']:,} nonzeros; {large['issues']} "
          f"issues; {large['checks']:,} checks, failed: {', '.join(large['failed']) or 'none'}.")
    if asked.json:
        asked.json.write_text(json.dumps({"small": small, "large": large, "exponents": grown}, indent=2) + "\n",
                              encoding="utf-8")
    kept_all = max(grown.values()) <= MOST_EXPONENT and large["peak_mb"] < MOST_MB and not large["failed"]
    return 0 if kept_all else 1


if __name__ == "__main__":
    sys.exit(main())
