"""Builds the published problems that ship as examples: inputs/lorie_savage.xlsx (see docs/examples.md).

    python inputs/build_examples.py [--out inputs]

The same run gives the same bytes, so the files can be compared with what is in the repository.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

from model.data.tables import Table, Tables  # noqa: E402
from model.workbook.inputs import write_inputs  # noqa: E402

LORIE_SAVAGE = "Lorie and Savage (1955), Three Problems in Rationing Capital, Journal of Business 28, nine-project problem"
VALUES = (14, 17, 17, 15, 40, 12, 14, 10, 12)
FIRST = (12, 54, 6, 6, 30, 6, 48, 36, 18)
SECOND = (3, 7, 6, 2, 35, 6, 4, 3, 3)
BUDGETS = (50, 20)


def lorie_savage() -> Tables:
    """Nine projects with outlays in two years, net present values, and a budget for each year; what is not used lapses."""
    settings = [
        ("case", "Lorie and Savage (1955): nine projects, two budgets", ""),
        ("first_year", 2026, "period 1 of the paper; the years themselves mean nothing"),
        ("last_year", 2027, "period 2 of the paper"),
        ("discount_rate", 0, "the paper states net present values and budgets; nothing is discounted again"),
        ("facilities", "divisible", "the linear program; enter whole for projects that are done or not"),
        ("benefit_is", "net", "the paper states net present values"),
        ("gap", 0, ""),
        ("price_step", 0.5, "small enough for the same projects to stay partly done"),
    ]
    proven = {"data_status": "reported", "source": LORIE_SAVAGE}
    sheets = {
        "settings": [{"setting": name, "value": value, "note": note or None} for name, value, note in settings],
        "facilities": [
            {"facility": f"P{number}", "name": f"Project {number}", "benefit": value, "spend_2026": first, "spend_2027": second, **proven}
            for number, (value, first, second) in enumerate(zip(VALUES, FIRST, SECOND, strict=True), start=1)
        ],
        "sources": [{"source_id": "BUDGET", "name": "Budget of the firm", "kind": "budget", "carry_over": "none", **proven}],
        "source_years": [{"source_id": "BUDGET", "2026": BUDGETS[0], "2027": BUDGETS[1], **proven}],
    }
    return Tables("lorie_savage", {name: Table.of(name, rows) for name, rows in sheets.items()})


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the example workbooks.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder that receives the workbooks")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    write_inputs(lorie_savage(), out / "lorie_savage.xlsx")
    print(out / "lorie_savage.xlsx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
