"""Builds the shipped case: inputs/kazakhstan.xlsx and its text mirror inputs/kazakhstan/*.csv, from inputs/facts and
inputs/choices.

python inputs/build_kazakhstan.py [--from inputs] [--out inputs]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "model")]

from kazakhstan_builder.case import build  # noqa: E402
from kazakhstan_builder.checks import problems  # noqa: E402
from kazakhstan_builder.facts import Facts  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the workbook of the shipped case.")
    parser.add_argument("--from", dest="folder", type=Path, default=HERE, help="folder with facts/ and choices/")
    parser.add_argument("--out", type=Path, default=HERE, help="folder that receives kazakhstan.xlsx and kazakhstan/")
    options = parser.parse_args()
    facts = Facts.read(options.folder)
    if faults := problems(facts):
        print("\n".join(faults), file=sys.stderr)
        return 65
    tables = build(facts)

    from jaryq.workbook.folder import write_folder
    from jaryq.workbook.inputs import write_inputs

    options.out.mkdir(parents=True, exist_ok=True)
    write_inputs(tables, options.out / "kazakhstan.xlsx")
    write_folder(tables, options.out / "kazakhstan")
    print(", ".join(f"{name} {len(table)}" for name, table in tables.sheets.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
