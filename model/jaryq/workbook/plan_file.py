"""Opens a plan workbook: the values of its sheets, and for a full comparison every cell with its formula."""

from __future__ import annotations

import datetime
import html
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import python_calamine

from jaryq.base.errors import Told
from jaryq.base.faults import fault
from jaryq.base.text import Text
from jaryq.sheets.results import MANIFEST_OUT
from jaryq.sheets.results_data import DATA, INPUT_PREFIX
from jaryq.tables.tables import letters
from jaryq.workbook.marks import place_of
from jaryq.workbook.noted import Cell, Place
from jaryq.workbook.scan import Scan, Unreadable
from jaryq.workbook.seal import Cells

Grid = list[list[Any]]
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*>([^<]*)<')
_STORED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>(?:<(?:\w+:)?f\b[^>]*>[^<]*</(?:\w+:)?f>)?<(?:\w+:)?v>([^<]*)<'
)

NO_FILE = Text("there is no file {path}", "файла {path} нет")
UNREADABLE = Text("{name}: {why}", "{name}: {why}")
DAMAGED = Text("{name} is damaged or not a plan workbook", "{name} повреждён или не является книгой плана")


class DamagedPlan(Told):
    """The file is not a complete plan workbook; the text says where."""

    def __init__(self, text: Text | str) -> None:
        super().__init__(text if isinstance(text, Text) else Text(text, text))


@dataclass(frozen=True, eq=False)
class PlanFile:
    """Values of the sheets that were asked for (by calamine, rows from the top left cell on), and their formulas."""

    path: Path
    grids: Mapping[str, Grid]
    formulas: Mapping[str, Mapping[Place, str]]

    @cached_property
    def cells(self) -> Cells:
        """All cells that hold something."""
        return {name: _cells(grid, self.formulas.get(name, {})) for name, grid in self.grids.items()}


def open_plan(path: Path, *, everything: bool = False) -> PlanFile:
    """The sheets that ``verify`` is given (or ``everything``), after a pass that refuses what no plan workbook has.
    Raises DamagedPlan."""
    try:
        with zipfile.ZipFile(path) as archive:
            scan = Scan(archive)
            wanted = [name for name in scan.sheets if everything or name in DATA or name == MANIFEST_OUT.name
                      or name.startswith(INPUT_PREFIX)]
            for name in wanted:
                scan.sheet(name)
            formulas = {name: _formulas(archive.read(scan.sheets[name])) for name in wanted} if everything else {}
            with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
                grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted}
            for name, grid in grids.items():
                _without_dates(grid, partial(archive.read, scan.sheets[name]))
            return PlanFile(path, grids, formulas)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except PermissionError as error:
        raise fault(error, path) from error
    except FileNotFoundError:
        raise DamagedPlan(NO_FILE.fill(path=path)) from None
    except Unreadable as error:
        raise DamagedPlan(UNREADABLE.fill(name=path.name, why=error.detail)) from error
    except BaseException as error:  # zip, XML, memory, and the panics of the Rust library, which are no Exceptions
        raise DamagedPlan(DAMAGED.fill(name=path.name)) from error


def _formulas(xml: bytes) -> dict[Place, str]:
    """Formulas of a sheet; of a shared one only the first cell has its text."""
    found = {}
    for match in _FORMULA.finditer(xml):
        row, column = place_of(match[1].decode())
        found[row - 1, column - 1] = html.unescape(match[2].decode("utf-8", "replace")).lstrip("=")
    return found


def _without_dates(grid: Grid, xml: Callable[[], bytes]) -> None:
    """Numbers in place of dates and times: a plan has none, but a program may have given a cell their format."""
    dated = [(r, c) for r, line in enumerate(grid) for c, value in enumerate(line)
             if isinstance(value, (datetime.date, datetime.time, datetime.timedelta))]
    if dated:
        stored = {match[1].decode(): match[2] for match in _STORED.finditer(xml())}
        for r, c in dated:
            grid[r][c] = float(stored[f"{letters(c + 1)}{r + 1}"])


def _cells(grid: Grid, formulas: Mapping[Place, str]) -> dict[Place, Cell]:
    found = {(r, c): Cell(value if isinstance(value, (bool, str)) else float(value), formulas.get((r, c), ""))
             for r, line in enumerate(grid) for c, value in enumerate(line) if value != ""}
    for place, text in formulas.items():
        if place not in found:
            found[place] = Cell(None, text)
    return found
