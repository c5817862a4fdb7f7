"""Programs that differ in one number, solved one after another: each goes on from the nearest that was solved."""

from __future__ import annotations

from jaryq.solve.at_once import Reached
from jaryq.solve.lp import LinearProgram
from jaryq.solve.warm import Warm

OWN = 1000
"""Steps of the simplex that take as long as setting up and reading one program does."""


class Beside:
    """Programs by the value of the number. What the nearest basis is too far from (``near`` of Warm) is solved from
    nothing, and stands then to go on from: where one basis leads nowhere, its neighbours do not try it again.

    ``spent``: steps of the simplex, with those that handling each program is worth; the same on every machine.
    """

    def __init__(self, warm: Warm, now: float) -> None:
        self.stands = [(now, warm)]
        self.spent = 0

    def reached(self, value: float, program: LinearProgram) -> Reached:
        """What the stages reach with the number at a value, and the point. Raises Infeasible, NoPlan."""
        nearest = min(self.stands, key=lambda stand: abs(stand[0] - value))[1]
        before, known = nearest.steps, nearest.anew
        try:
            found = nearest.reached(program)
        finally:
            self.spent += OWN + nearest.steps - before
        made = nearest.anew
        if made is not None and made is not known and not made.fell_back:
            stand = Warm(program, nearest.names, made, proved=nearest.proved, near=nearest.near)
            self.stands.append((value, stand))
        return found
