"""The workbooks that ship with the program: beside the package in a wheel, in ``inputs`` of the folder that holds
``model`` otherwise."""

from __future__ import annotations

from pathlib import Path

CASE = "kazakhstan.xlsx"
"""The case that is planned where none is named."""

_PACKAGE = Path(__file__).resolve().parents[1]


def inputs() -> Path:
    """The folder of the workbooks."""
    beside = _PACKAGE / "inputs"
    return beside if beside.is_dir() else _PACKAGE.parents[1] / "inputs"


def shipped_case() -> Path:
    """The shipped case: that of the folder one stands in, else that of the program."""
    here = Path("inputs") / CASE
    return here if here.exists() else inputs() / CASE


def published() -> tuple[Path, ...]:
    """The published problems, by name."""
    return tuple(path for path in sorted(inputs().glob("*.xlsx")) if path.name != CASE and path.name[0] not in "~.")
