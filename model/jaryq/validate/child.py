"""OR-Tools in a process of its own: reads a program from an .npz file, solves it by GLOP or SCIP, writes the answer.

It runs as a script (``python -P child.py``) and imports nothing of this program: OR-Tools and highspy both carry HiGHS,
and two copies of its symbols in one process are not safe. A line on standard input names both files, separated by a
tab; a line on standard output says ``done`` or what failed.
"""

from __future__ import annotations

import datetime
import sys
from typing import Any

import numpy as np

STOPS = {"OPTIMAL": "optimal", "INFEASIBLE": "infeasible", "UNBOUNDED": "unbounded",
         "INFEASIBLE_OR_UNBOUNDED": "infeasible"}
STATUSES = {"BASIC": 0, "AT_LOWER_BOUND": 1, "AT_UPPER_BOUND": 2, "FREE": 3, "FIXED_VALUE": 1}
"""Numbers of ``answer.BASIC`` and its like; a fixed column or row stands at both of its sides."""


def program_of(given: Any) -> Any:
    """The arrays as a model of MathOpt."""
    from ortools.math_opt import model_pb2

    proto = model_pb2.ModelProto()
    columns, rows = len(given["cost"]), len(given["row_lower"])
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(given["col_lower"].tolist())
    proto.variables.upper_bounds.extend(given["col_upper"].tolist())
    proto.variables.integers.extend(given["whole"].tolist())
    proto.objective.offset = float(given["offset"])
    costly = np.flatnonzero(given["cost"])
    proto.objective.linear_coefficients.ids.extend(costly.tolist())
    proto.objective.linear_coefficients.values.extend(given["cost"][costly].tolist())
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(given["row_lower"].tolist())
    proto.linear_constraints.upper_bounds.extend(given["row_upper"].tolist())
    proto.linear_constraint_matrix.row_ids.extend(given["at_row"].tolist())
    proto.linear_constraint_matrix.column_ids.extend(given["at_column"].tolist())
    proto.linear_constraint_matrix.coefficients.extend(given["coefficients"].tolist())
    return proto


def solved(given: Any) -> dict[str, Any]:
    """The answer as arrays."""
    from ortools.math_opt.python import mathopt

    model = mathopt.Model.from_model_proto(program_of(given))
    params = mathopt.SolveParameters(time_limit=datetime.timedelta(seconds=float(given["seconds"])), threads=1)
    whole = bool(given["whole"].any())
    if whole:
        params.relative_gap_tolerance, params.absolute_gap_tolerance = 0.0, float(given["gap"])
        params.gscip.real_params["numerics/feastol"] = 1e-7
    else:
        params.glop.primal_feasibility_tolerance = params.glop.dual_feasibility_tolerance = 1e-9
    result = mathopt.solve(model, mathopt.SolverType.GSCIP if whole else mathopt.SolverType.GLOP, params=params)
    ended = result.termination
    limited = ended.limit in (mathopt.Limit.TIME, mathopt.Limit.INTERRUPTED)
    said = f"{ended.reason.name} {ended.limit.name if ended.limit else ''} {ended.detail}".strip()
    answer: dict[str, Any] = {"stop": "limit" if limited else STOPS.get(ended.reason.name, "other"), "said": said}
    if result.has_primal_feasible_solution():
        answer |= {"x": np.array(result.variable_values(list(model.variables()))), "value": result.objective_value(),
                   "bound": ended.objective_bounds.dual_bound}
        if not whole and result.has_dual_feasible_solution():
            answer["row_dual"] = np.array(result.dual_values(list(model.linear_constraints())))
        if not whole and result.has_basis():
            answer["basis_columns"] = _statuses(result.variable_status(list(model.variables())))
            answer["basis_rows"] = _statuses(result.constraint_status(list(model.linear_constraints())))
    elif not whole and result.has_dual_ray():
        answer["ray"] = np.array(result.ray_dual_values(list(model.linear_constraints())))
    return answer


def _statuses(found: Any) -> Any:
    return np.array([STATUSES[status.name] for status in found], dtype=np.int8)


def main() -> None:
    """Answer one question after the other until standard input ends."""
    for line in sys.stdin:
        question, _, answer = line.rstrip("\n").partition("\t")
        try:
            with np.load(question) as given:
                found = solved(given)
            np.savez(answer, **found)
            print("done", flush=True)
        except Exception as error:
            print(f"failed {type(error).__name__}: {error}".replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
