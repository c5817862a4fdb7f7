"""Small cases by several solvers in two environments: the oldest allowed highspy and Pyomo, and the newest.

    python benchmarks/versions.py [--only oldest|newest] [--keep FOLDER]

Each environment is made new in a temporary folder; pip fetches what it needs. What was asked is the last but one line
of each run. Exit code 1 if one of them disagrees or cannot be made.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = ("highspy", "pyomo")
"""Packages whose lower bounds in pyproject.toml are tried."""


def oldest() -> list[str]:
    """``highspy==1.13``, ``pyomo==6.10``: exactly the lower bounds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounds = dict(requirement.split(",")[0].split(">=") for requirement in project["dependencies"])
    return [f"{name}=={bounds[name]}" for name in OLDEST]


def tried(name: str, pinned: list[str], folder: Path) -> bool:
    """Make the environment and run the small set in it; whether all agreed."""
    begun = time.perf_counter()
    place = folder / name
    venv.create(place, with_pip=True)
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "-q", "-e", f"{ROOT}[validate]", *pinned], check=True)
    made = time.perf_counter() - begun
    done = subprocess.run([python, "run.py", "validate", "--small"], cwd=ROOT, capture_output=True, text=True,
                          encoding="utf-8", check=False)
    print(f"{name} ({' '.join(pinned) or 'whatever pip finds'}): made in {made:.0f} s, asked in "
          f"{time.perf_counter() - begun - made:.0f} s")
    print("\n".join(done.stdout.splitlines()[-2:] if done.returncode == 0 else [done.stdout, done.stderr]))
    return done.returncode == 0


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", choices=("oldest", "newest"))
    asked.add_argument("--keep", type=Path, metavar="FOLDER", help="where the environments stay")
    known = asked.parse_args()
    environments = {"oldest": oldest(), "newest": []}
    with tempfile.TemporaryDirectory(prefix="jaryq-versions-") as away:
        folder = known.keep or Path(away)
        results = [tried(name, pinned, folder) for name, pinned in environments.items() if known.only in (None, name)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
