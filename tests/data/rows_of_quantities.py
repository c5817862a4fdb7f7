"""Workbooks that break the rules of quantities, and ones that just do not: edits of the base case of ``test_rules``.
More in ``test_quantity_rules``."""

Q, V, F, N, K = "quantities", "quantity_values", "facilities", "networks", "asset_types"
MW = {"quantity": "mw", "unit": "MW", "kind": "level", "value": None}
LOSSES = {"quantity": "heat", "unit": "Gcal", "kind": "flow", "value": 20_000.0, "derived": "losses"}
SUPPLY = {**LOSSES, "derived": "not_supplied"}
SAVED = {(N, 1): {"savings": 1.0, "losses": 39.0, "losses_after": 22.0}}
VALUED_KIND = {(K, 0): {"pof_k": 0.05, "lost_value": 10.0}, (F, 0): {"wear": 50.0, "lost": 20.0}}


def alike(count):
    """So many further packages whose savings are 5 % of their unit cost."""
    return {(N, 3 + n): {"package": f"M{n}", "asset_type": "pipe", "km": 5.0, "unit_cost": 50.0 + n,
                         "savings": (50.0 + n) * 0.05} for n in range(count)}


BROKEN = [
    ("quantities_are_meant", {(Q, 0): {**MW, "quantity": "mw-1"}}, "quantity_unfit", f"{Q}!A4"),
    ("quantities_are_meant", {(Q, 0): MW, (Q, 1): {**MW, "quantity": "MW"}}, "quantity_unfit", f"{Q}!A5"),
    ("quantities_are_meant", {(Q, 0): {**LOSSES, "kind": "level"}}, "quantity_unfit", f"{Q}!E4"),
    ("quantities_are_meant", {(Q, 0): {**LOSSES, "unit": "MW"}}, "quantity_unfit", f"{Q}!B4"),
    ("quantities_are_meant", {(Q, 0): {**LOSSES, "unit": "MWh"}}, "quantity_unfit", f"{Q}!B4"),
    ("quantities_are_meant", {(Q, 0): {**MW, "season_to": 3}}, "unused_term", f"{Q}!E4"),
    ("values_are_complete", {(Q, 0): MW, (V, 0): {"quantity": "mw", "2026": None, "2027": 5.0}}, "missing_rate",
     f"{V}!B4"),
    ("values_stand_once", {(Q, 0): {**MW, "value": 1e6}, (F, 0): {"benefit": 5.0, "q_mw": 3.0}}, "valued_once",
     f"{F}!J4"),
    ("values_stand_once", {(Q, 0): SUPPLY, **VALUED_KIND}, "valued_once", f"{K}!F4"),
    ("values_stand_once", {(Q, 0): LOSSES, **SAVED}, "counted_twice", f"{Q}!D4"),
    ("savings_have_their_own_reason", alike(5), "savings_follow_cost", f"{N}!G7"),
]

SOUND = [
    ("quantities_are_meant", {(Q, 0): {**LOSSES, "season_from": 11, "season_to": 3}}),
    ("values_are_complete", {(Q, 0): {**MW, "value": 4.0}, (V, 0): {"quantity": "mw", "2026": None, "2027": 5.0}}),
    ("values_stand_once", {(Q, 0): {**LOSSES, "value": None}, **SAVED}),
    ("savings_have_their_own_reason", alike(4)),
]
