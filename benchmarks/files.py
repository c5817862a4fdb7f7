"""How reading and writing a large sheet compares with calamine and XlsxWriter alone, in processor seconds.

    python benchmarks/files.py [--rows 100000] [--runs 3]

The sheet has twelve columns of texts and numbers. The same file is read by ``workbook.read`` and by calamine alone; the
same table is written as an input sheet of a plan and, cell by cell in two formats, by XlsxWriter alone. The shortest of
the runs counts.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "model")]

import python_calamine  # noqa: E402
import xlsxwriter  # noqa: E402

from jaryq.commands.start import seldom  # noqa: E402
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables  # noqa: E402
from jaryq.workbook.plan_data import write_input  # noqa: E402
from jaryq.workbook.plan_style import Style  # noqa: E402
from jaryq.workbook.read import read  # noqa: E402


def table(rows: int) -> Table:
    """Facilities with twelve columns: six of texts, four of numbers, a flag, a remark."""
    chance = random.Random(1)
    return Table.of("facilities", [{
        "facility": f"F{i:06d}", "name": f"Boiler house {i}", "asset_type": "boiler", "region": "KZ-10",
        "place": f"Town {i % 500}", "cost": round(chance.uniform(1, 90), 3), "earliest": 2026.0, "latest": 2030.0,
        "savings": round(chance.uniform(0, 5), 3), "must_do": "yes" if i % 2 else "no", "data_status": "estimate",
        "note": f"note {i % 900}"} for i in range(rows)])


def write_alone(path: Path, made: Table) -> None:
    """The table by XlsxWriter alone."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(made.sheet)
    text, number = book.add_format({"text_wrap": True}), book.add_format({"valign": "top"})
    for place, (name, column) in enumerate(made.values.items()):
        sheet.write_string(FIRST_DATA_ROW - 2, place, str(name), text)
        for position, value in enumerate(column, start=FIRST_DATA_ROW - 1):
            if isinstance(value, str):
                sheet.write_string(position, place, value, text)
            else:
                sheet.write_number(position, place, value, number)
    book.close()


def write_ours(path: Path, made: Table) -> None:
    """The table as an input sheet of a plan."""
    book = xlsxwriter.Workbook(str(path))
    write_input(book.add_worksheet(made.sheet), made, Style(book), "en", "")
    book.close()


def read_alone(path: Path) -> list[Any]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def read_ours(path: Path) -> Tables:
    return read(path)[0]


def shortest(run: Callable[[], object], runs: int) -> float:
    """Processor seconds of the shortest of some runs."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return min(taken)


def main() -> int:
    """Measure and print."""
    known = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    known.add_argument("--rows", type=int, default=100_000)
    known.add_argument("--runs", type=int, default=3)
    asked = known.parse_args()
    seldom()  # as the command line has it
    made = table(asked.rows)
    with tempfile.TemporaryDirectory() as folder:
        alone, ours = Path(folder) / "alone.xlsx", Path(folder) / "ours.xlsx"
        writing = {"XlsxWriter alone": shortest(lambda: write_alone(alone, made), asked.runs),
                   "an input sheet of a plan": shortest(lambda: write_ours(ours, made), asked.runs)}
        reading = {"calamine alone": shortest(lambda: read_alone(alone), asked.runs),
                   "workbook.read": shortest(lambda: read_ours(alone), asked.runs)}
    for what, found in (("reading", reading), ("writing", writing)):
        (one, alone_), (other, all_) = found.items()
        print(f"{what} {asked.rows:,} x 12: {one} {alone_:.2f}, {other} {all_:.2f}: {all_ / alone_:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
