"""Workbooks that break the rules of uncertain inputs, and ones that just do not: edits of the base case of
``test_rules``. More in ``test_uncertainty_sheet``."""

U = "uncertainty"
COST = {"uncertain": "cost", "sheet": "facilities", "column": "cost", "operation": "multiply",
        "distribution": "triangular", "low": 0.9, "likely": 0.9, "high": 0.9001, "group": None, "correlation": None,
        "source": "Stated"}
DELAY = {**COST, "column": "works_months", "operation": "add", "distribution": "delay", "low": 0.0, "likely": 1.0,
         "high": 2.0}
SPEND = {**COST, "uncertain": "spend", "column": "spend_"}


def two(correlation):
    return {(U, 0): {**COST, "group": "g", "correlation": correlation}, (U, 1): {**SPEND, "group": "g"}}


def weights(low, lower):
    return {("scenarios", 1): {"probability": low}, ("scenarios", 2): {"probability": lower}}


BROKEN = [
    ("uncertain_rows_are_meant", {(U, 0): {**COST, "likely": 0.8999}}, "limits_crossed", f"{U}!F4"),
    ("uncertain_rows_are_meant", {(U, 0): {**COST, "high": None}}, "parameter_missing", f"{U}!H4"),
    ("uncertain_rows_are_meant", {(U, 0): {**COST, "high": 0.9}}, "uncertain_certain", f"{U}!H4"),
    ("uncertain_rows_are_meant", {(U, 0): {**COST, "source": None}}, "uncertain_unsourced", f"{U}!K4"),
    ("uncertain_rows_are_meant", {(U, 0): {**DELAY, "high": 2.5}}, "uncertain_unfit", f"{U}!H4"),
    ("groups_move_together", {**two(-0.49), (U, 2): {**SPEND, "uncertain": "third", "group": "g"}}, "correlation_unfit",
     f"{U}!J4"),
    ("groups_move_together", two(None), "correlation_unfit", f"{U}!J4"),
    ("futures_have_probabilities", weights(0.5, 0.5), "scenario_weights", "scenarios!C5"),
    ("futures_have_probabilities", weights(50.0, 49.999), "scenario_weights", "scenarios!C5"),
    ("futures_have_probabilities", weights(None, 100.0), "scenario_weights", "scenarios!C6"),
]

SOUND = [
    ("uncertain_rows_are_meant", {(U, 0): COST}),
    ("uncertain_rows_are_meant", {(U, 0): DELAY}),
    ("groups_move_together", two(-1.0)),
    ("futures_have_probabilities", weights(50.0, 50.0)),
    ("futures_have_probabilities", weights(None, None)),
]
