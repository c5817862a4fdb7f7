"""Pieces of a command's work that need nothing of each other: each is a function of a module and what it is asked, and
gives arrays, so that processes or a cluster can work them off and what is finished can be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jaryq.solve.lp import Array

Answer = tuple[Array, ...]


@dataclass(frozen=True, eq=False)
class Piece:
    """``ask``: a function of a module, of ``args``. ``known``: what it hangs on besides its function, where that is not
    to be read off ``args``."""

    ask: Callable[..., Answer]
    args: tuple[object, ...]
    known: str = ""

    def answer(self) -> Answer:
        return self.ask(*self.args)


Work = Callable[[Sequence[Piece]], list[Answer]]
"""Works pieces off: their answers in their order."""


def in_turn(pieces: Sequence[Piece]) -> list[Answer]:
    """Here, one after another."""
    return [piece.answer() for piece in pieces]
