"""How long the shipped case takes against an earlier commit, both run in turn on this machine.

    python benchmarks/against.py REV [--runs 3] [--json FILE]

The earlier commit is checked out into a temporary folder; each plans its own shipped case with its own code. The ratio
of the shortest runs counts, because other work on the machine only ever makes a run longer.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASE = Path("inputs") / "kazakhstan.xlsx"


def seconds(tree: Path, out: Path) -> dict[str, float]:
    """Seconds of each step of one run of the shipped case in a checkout."""
    subprocess.run([sys.executable, "run.py", "plan", str(CASE), "--out", str(out)], cwd=tree, check=True,
                   capture_output=True)
    found: dict[str, float] = json.loads((out / "summary.json").read_text(encoding="utf-8"))["seconds"]
    return found


def compare(rev: str, runs: int) -> dict[str, object]:
    """Shortest total of both, their ratio, and the steps of the shortest runs."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(before), rev], cwd=ROOT, check=True)
        try:
            taken: dict[str, list[dict[str, float]]] = {"before": [], "now": []}
            for number in range(runs):
                taken["before"].append(seconds(before, Path(folder) / f"before-{number}"))
                taken["now"].append(seconds(ROOT, Path(folder) / f"now-{number}"))
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(before)], cwd=ROOT, check=True)
    best = {name: min(times, key=lambda one: one["total"]) for name, times in taken.items()}
    return {"rev": rev, "runs": runs, "ratio": best["now"]["total"] / best["before"]["total"], **best}


def main() -> int:
    parser = argparse.ArgumentParser(description="Time the shipped case against an earlier commit.")
    parser.add_argument("rev", help="the earlier commit")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    found = compare(options.rev, options.runs)
    text = json.dumps(found, indent=2)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
