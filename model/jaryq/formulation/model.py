"""From factors to a Pyomo model: variables, every declared family of rows, one objective per stage."""

from __future__ import annotations

from typing import Any, cast

from jaryq.base.collector import no_collector
from jaryq.base.errors import Infeasible
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.assemble import rows_in_order, stage_expression, stage_names
from jaryq.formulation.declare import VARIABLES, Row
from jaryq.formulation.forms import Compared, Forms, holds_of_nothing
from jaryq.formulation.variables import add_variables


def assemble(f: Factors) -> Any:
    """The Pyomo model of a case. Raises Infeasible if a row without decisions cannot hold."""
    from jaryq.formulation.whole_sums import Algebra

    # Only now: Algebra loads Pyomo without what nobody asks for.
    import pyomo.environ as pyo  # isort: skip

    with no_collector():
        m = Algebra(name=f.case.name)
        add_variables(m, f)
        for family in rows_in_order():
            _add_rows(m, f, family)
        m.stages = pyo.ObjectiveList()
        m.stage_names = stage_names(f)
        m.implied = frozenset(name for name, family in VARIABLES.items() if family.bound == "rows")
        for name in m.stage_names:
            m.stages.add(expr=stage_expression(m, f, name) + 0.0)
    return m


def _add_rows(m: Model, f: Factors, family: Row) -> None:
    import pyomo.environ as pyo

    # Made before Pyomo asks: it tells the user itself of what a rule raises.
    made = {index: _made(m, f, family, index) for index in family.where(f)}

    def rule(_: Any, *index: Any) -> Any:
        row = made.pop(index)
        return pyo.Constraint.Skip if row is True else row

    # A set of one-letter keys is given as plain keys: Pyomo unpacks tuples of one.
    keys = [index[0] if len(index) == 1 else index for index in made]
    setattr(m, family.name, pyo.Constraint(keys, rule=rule))


def _made(m: Model, f: Factors, family: Row, index: tuple[Any, ...]) -> Relation | bool:
    """A row of a family; True if it says nothing. Raises Infeasible if it cannot hold without decisions."""
    made = family.rule(m, f, *index)
    if made is False:
        # By how much it is broken a comparison of two numbers does not say; the same rule with forms does.
        numbers = family.rule(cast("Model", Forms(f, {})), f, *index)
        if isinstance(numbers, Compared) and holds_of_nothing(*numbers.sides):
            return True
        title = f"{family.name}[{','.join(map(str, index))}]"
        message = f"{family.text.en} cannot hold: nothing that may be decided has an effect on {title}"
        raise Infeasible(message, (title,))
    return made
