"""Seconds and peak memory of each step of the shipped case, and how the whole line compares with HiGHS alone on the
same program.

python benchmarks/line.py [INPUT] [--json FILE]

One run on one machine: compare ratios, not seconds.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

import jaryq  # noqa: E402, F401, I001  (before numpy: one thread for sums, as the command line has it)
import highspy  # noqa: E402
import numpy as np  # noqa: E402

from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.clock import Clock  # noqa: E402
from jaryq.api.verified import Verified, decide  # noqa: E402
from jaryq.commands.start import seldom  # noqa: E402
from jaryq.report.build import build_report  # noqa: E402
from jaryq.solve.highs import Silent, Solver  # noqa: E402
from jaryq.solve.lp import LinearProgram  # noqa: E402
from jaryq.solve.stages import linear_stages  # noqa: E402
from jaryq.workbook.plan import write_plan  # noqa: E402
from jaryq.workbook.read import read  # noqa: E402

STEPS = ("read", "check", "build", "solve", "verify", "write")


@dataclass
class Meter(Clock):
    """A clock that also keeps the processor seconds of each step, and its peak memory in MB (the process's, so what
    earlier steps hold counts)."""

    peak_mb: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        _forget_peak()
        begun = time.process_time()
        with super().step(name):
            yield
        self.processor[name] = self.processor.get(name, 0.0) + time.process_time() - begun
        self.peak_mb[name] = max(self.peak_mb.get(name, 0.0), _peak_mb())


@dataclass(frozen=True)
class Measured:
    """What one run measured. ``solver_seconds``: spent inside HiGHS, two runs at a time counted twice."""

    seconds: Mapping[str, float]
    processor: Mapping[str, float]
    peak_mb: Mapping[str, float]
    solver_seconds: float
    columns: int
    rows: int
    nonzeros: int
    whole_columns: int
    objective_alone: float
    linear_stages: float
    linear_stages_processor: float
    checks: int
    machine: str

    @property
    def line(self) -> float:
        return sum(self.seconds[step] for step in STEPS)

    @property
    def ratios(self) -> dict[str, float]:
        return {
            "line / HiGHS alone, objective": self.line / self.objective_alone,
            "line / HiGHS alone, all linear stages": self.line / self.linear_stages,
            "the same in processor seconds":
                sum(self.processor[step] for step in STEPS) / self.linear_stages_processor,
            "HiGHS seconds / solve (two at a time)": self.solver_seconds / self.seconds["solve"],
        }


def measure(source: Path = ROOT / "inputs" / "kazakhstan.xlsx") -> Measured:
    """Run the line once, from the workbook to the written plan, then HiGHS alone on the same arrays."""
    meter = Meter()
    done = planned(source, "base", meter)
    program = done.program
    begun, worked = time.perf_counter(), time.process_time()
    linear_stages(program, tuple(program.objectives), Solver(program))
    stages, stages_processor = time.perf_counter() - begun, time.process_time() - worked
    return Measured(
        seconds=meter.seconds, processor=meter.processor, peak_mb=meter.peak_mb,
        solver_seconds=done.solution.solver_seconds, columns=program.shape[1], rows=program.shape[0],
        nonzeros=int(program.matrix.nnz), whole_columns=int(program.whole.sum()),
        objective_alone=objective_alone(program), linear_stages=stages,
        linear_stages_processor=stages_processor, checks=len(done.findings),
        machine=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    )


def planned(source: Path, scenario: str, meter: Meter) -> Verified:
    """The line for one scenario, from the workbook to the written plan, without ``explain``."""
    with meter.step("read"):
        tables, issues = read(source)
    with meter.step("check"):
        ready = accept(tables, issues, scenario)
    done = decide(ready, meter, lambda _: None, explain=False)
    with tempfile.TemporaryDirectory() as folder, meter.step("write"):
        checked = done.accepted
        report = build_report(checked.case, checked.factors, done.solution, done.findings, {})
        write_plan(Path(folder) / "plan.xlsx", checked.case, report, checked.tables, done.solution, done.claims, {},
                   "en")
    return done


def objective_alone(program: LinearProgram) -> float:
    """Seconds of HiGHS, with its default options and one thread, for the objective's linear program passed as
    arrays."""
    begun = time.perf_counter()
    highs = Silent()
    highs.setOptionValue("threads", 1)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = program.shape
    vector, lp.offset_ = program.objectives["objective"]
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = vector, program.col_lower, program.col_upper
    lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = (program.matrix.indptr.astype(np.int32),
                                                program.matrix.indices.astype(np.int32))
    lp.a_matrix_.value_ = program.matrix.data
    highs.passModel(lp)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        message = f"HiGHS alone: {highs.modelStatusToString(highs.getModelStatus())}"
        raise RuntimeError(message)
    return time.perf_counter() - begun


def _forget_peak() -> None:
    """Start counting peak memory anew (Linux; elsewhere the peak is that of the whole run so far)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def _peak_mb() -> float:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return float(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)


def table(found: Measured) -> str:
    """The measurement as a Markdown table and two lines."""
    lines = ["| step | seconds | processor seconds | peak memory, MB |", "|---|---:|---:|---:|"]
    lines += [f"| {step} | {found.seconds[step]:.2f} | {found.processor[step]:.2f} | {found.peak_mb[step]:.0f} |"
              for step in STEPS]
    lines += [f"| whole line | {found.line:.2f} | {sum(found.processor.values()):.2f} | "
              f"{max(found.peak_mb.values()):.0f} |"]
    lines += [f"| HiGHS alone, objective | {found.objective_alone:.2f} | | |",
              f"| HiGHS alone, all linear stages | {found.linear_stages:.2f} | "
              f"{found.linear_stages_processor:.2f} | |"]
    size = (f"{found.columns:,} columns ({found.whole_columns:,} whole), {found.rows:,} rows, {found.nonzeros:,} "
            "nonzeros")
    ratios = "; ".join(f"{name}: {value:.2f}" for name, value in found.ratios.items())
    return "\n".join([*lines, "", f"{size}; {found.checks} checks; {found.machine}.", f"{ratios}."])


def main() -> int:
    """Measure, print, and write JSON if asked."""
    known = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    known.add_argument("input", type=Path, nargs="?", default=ROOT / "inputs" / "kazakhstan.xlsx")
    known.add_argument("--json", type=Path, metavar="FILE",
                       help="also write the numbers as JSON (- for the screen, instead of the table)")
    seldom()  # as the command line has it
    asked = known.parse_args()
    found = measure(asked.input)
    content = json.dumps({**asdict(found), "line": found.line, "ratios": found.ratios}, indent=2) + "\n"
    if asked.json == Path("-"):
        print(content, end="")
        return 0
    print(table(found))
    if asked.json:
        asked.json.write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
