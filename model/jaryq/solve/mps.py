"""The linear program as free MPS, with the names it has here: for any other solver.

One objective can be asked at a time, so the file asks the last of the stages given; a row for each earlier one keeps
what was reached there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from jaryq.solve.lp import Array, LinearProgram, Name, label

LONGEST = 200
"""Letters of a name; readers of free MPS hold at least 255."""

SLACK = 1e-9
"""Of the size (at least of 1) of an earlier stage, in the row that keeps it."""

_NOT_PLAIN = re.compile(r"[^!-~]+")
"""What a name of free MPS cannot hold: blanks, and letters that not every reader takes for one."""

_LATIN = str.maketrans(dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі", [
    *"abvgde", "zh", *"zijklmnoprstufh", "ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya", "yo", "ae", "gh", "q",
    "ng", "oe", "u", "ue", "h", "i"], strict=True)))
_LATIN |= {ord(chr(small).upper()): letters.capitalize() for small, letters in _LATIN.items()}
"""Letters of Russian and Kazakh keys, so that their names stay readable."""


def mps(program: LinearProgram, stage: str, kept: Mapping[str, float], title: str = "jaryq") -> bytes:
    """Minimise the objective of ``stage`` over the rows of the program, each stage of ``kept`` at most at its value (in
    the minimised sense, as ``LinearProgram.value`` gives it). Whole columns stand between markers."""
    columns, rows = names(program.columns), names((*program.rows, *(("kept", (name,)) for name in kept)))
    limits = _limits(program, kept)
    cost, constant = program.objectives[stage]
    target = _apart(stage, set(rows))
    lines = [f"NAME {plain(title)}", "ROWS", f" N {target}"]
    lines += [f" {kind} {name}" for name, (kind, _, _) in zip(rows, limits, strict=True)]
    lines += ["COLUMNS", *_columns(program, columns, rows, target, cost, kept), "RHS"]
    if constant:
        lines.append(f" RHS {target} {_number(-constant)}")
    lines += [f" RHS {name} {_number(side)}" for name, (_, side, _) in zip(rows, limits, strict=True) if side]
    if spans := [f" RANGES {name} {_number(span)}" for name, (_, _, span) in zip(rows, limits, strict=True) if span]:
        lines += ["RANGES", *spans]
    lines += ["BOUNDS", *_bounds(program, columns), "ENDATA"]
    return ("\n".join(lines) + "\n").encode("ascii")


def names(told: Sequence[Name]) -> tuple[str, ...]:
    """``draw[JICA,F001,2027]`` for each, in plain letters and not too long; those that would be alike get a mark of
    their full name."""
    full = [label(name) for name in told]
    short = [plain(name) for name in full]
    counted: dict[str, int] = {}
    for name in short:
        counted[name] = counted.get(name, 0) + 1
    return tuple(name if counted[name] == 1 and name == whole else _marked(name, whole)
                 for name, whole in zip(short, full, strict=True))


def plain(name: str) -> str:
    """The name without blanks, in Latin letters, cut to its longest."""
    return _NOT_PLAIN.sub("_", name.translate(_LATIN))[:LONGEST] or "_"


def _marked(name: str, whole: str) -> str:
    return f"{name[:LONGEST - 11]}~{hashlib.sha256(whole.encode()).hexdigest()[:10]}"


def _apart(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _limits(program: LinearProgram, kept: Mapping[str, float]) -> list[tuple[str, float, float]]:
    """Letter, side and span (0: none) of each row."""
    found = [_limit(lower, upper) for lower, upper in zip(program.row_lower, program.row_upper, strict=True)]
    for name, value in kept.items():
        found.append(("L", value + SLACK * max(1.0, abs(value)) - program.objectives[name][1], 0.0))
    return found


def _limit(lower: float, upper: float) -> tuple[str, float, float]:
    if lower == upper:
        return "E", upper, 0.0
    if np.isinf(lower) and np.isinf(upper):
        return "N", 0.0, 0.0
    if np.isinf(upper):
        return "G", lower, 0.0
    return "L", upper, 0.0 if np.isinf(lower) else upper - lower


def _columns(program: LinearProgram, columns: Sequence[str], rows: Sequence[str], target: str, cost: Array,
             kept: Mapping[str, float]) -> Iterator[str]:
    matrix, count = program.by_column, program.shape[0]
    more = [(rows[count + k], program.objectives[name][0]) for k, name in enumerate(kept)]
    inside = False
    for j, column in enumerate(columns):
        if program.whole[j] != inside:
            inside = bool(program.whole[j])
            yield f" MARKER{j} 'MARKER' '{'INTORG' if inside else 'INTEND'}'"
        yield f" {column} {target} {_number(cost[j])}"
        for k in range(matrix.indptr[j], matrix.indptr[j + 1]):
            if matrix.data[k]:
                yield f" {column} {rows[matrix.indices[k]]} {_number(matrix.data[k])}"
        for row, vector in more:
            if vector[j]:
                yield f" {column} {row} {_number(vector[j])}"
    if inside:
        yield " MARKER 'MARKER' 'INTEND'"


def _bounds(program: LinearProgram, columns: Sequence[str]) -> Iterator[str]:
    for column, low, high in zip(columns, program.col_lower, program.col_upper, strict=True):
        if low == high:
            yield f" FX BND {column} {_number(low)}"
            continue
        if low:
            yield f" LO BND {column} {_number(low)}"
        yield f" UP BND {column} {_number(high)}"


def _number(value: float) -> str:
    return repr(float(value))
