"""What of the decisions a plan workbook keeps: declared once, for the plan itself, the sheets that hold it, and those
who read it back. The algebra attaches bounds and indices to the same names (``formulation``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from jaryq.base.home import BILLION

Of = Literal["facility", "package", "project", "period", "year", "source", "crew", "trench", "target",
             "payee", "lot", "tie", "direction", "peak", "balance", "peak_year", "registered"]
"""What a part of an index names; ``peak``: a period with peak months, or a later year; ``peak_year``: a planned year,
or a later one; ``registered``: a package with a register of stretches."""

HEADING: dict[Of, str] = {"crew": "row", "trench": "row", "payee": "project", "lot": "row", "tie": "row",
                          "balance": "row", "peak": "period", "peak_year": "year", "registered": "row"}
"""Columns of data sheets that are not called as what they name."""


@dataclass(frozen=True)
class Decision:
    """A family of decisions of a plan: the data sheet that holds it, what its index names, and its unit in the plan
    (that of the program may be another). ``signed``: it may be less than nothing."""

    name: str
    sheet: str
    index: tuple[Of, ...]
    unit: str
    signed: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of its sheet in which the parts of its index stand."""
        return tuple(HEADING.get(of, of) for of in self.index)

    def parts(self, key: Any) -> tuple[Any, ...]:
        """The parts of a key of the plan: a lone part is a key itself."""
        return key if len(self.index) > 1 else (key,)

    def key(self, parts: Iterable[Any]) -> Any:
        """The key of the plan that parts make."""
        made = tuple(parts)
        return made if len(made) > 1 else made[0]


DECISIONS: dict[str, Decision] = {}
"""Families by their names, in the order in which they are stored."""


def decision(name: str, sheet: str, index: tuple[Of, ...], unit: str, *, signed: bool = False) -> None:
    """Declare a family of decisions that is stored. Raises ValueError if there is one of that name."""
    if name in DECISIONS:
        raise ValueError(f"two families of decisions are called {name}")
    DECISIONS[name] = Decision(name, sheet, index, unit, signed)


def of_sheet(sheet: str) -> tuple[Decision, ...]:
    """The families that a data sheet holds."""
    return tuple(family for family in DECISIONS.values() if family.sheet == sheet)


decision("start", "x_start", ("facility", "period"), "share")
decision("renew", "x_renew", ("package", "period"), "km")
decision("draw", "x_draw", ("source", "project", "year"), BILLION)
decision("old", "x_money", ("source", "year"), "bn currency")
decision("idle", "x_money", ("source", "year"), "bn currency")
decision("supplied", "x_money", ("source", "project"), BILLION)
decision("signed", "x_money", ("source",), "bn currency")
decision("line", "x_money", ("source", "year"), BILLION)
decision("part", "x_money", ("source", "project"), "number")
decision("taken", "x_money", ("source",), "number")
decision("extra", "x_works", ("crew", "period"), "crew-years")
decision("lent", "x_works", ("crew", "period"), "crew-years")
decision("borrowed", "x_works", ("crew", "period"), "crew-years")
decision("payee", "x_money", ("source", "payee"), "number")
decision("lot", "x_works", ("lot",), "share")
decision("joint", "x_works", ("trench", "period"), "km")
decision("flow", "x_balance", ("tie", "direction", "peak"), "units")
decision("deficit", "x_balance", ("balance", "peak_year"), "units")
decision("above", "x_works", ("registered", "period"), BILLION, signed=True)
decision("short", "x_short", ("target",), "number")
decision("excess", "x_short", ("target",), "number")
decision("apart", "x_short", ("target",), "number", signed=True)
