"""Each family of rows of the program has a check of verify that holds the same of a plan: a limit that only the algebra
knows is no limit of the plan."""

from jaryq.documents import pages  # noqa: F401  (loads every file of rows)
from jaryq.formulation.declare import ROWS
from jaryq.verify.asserted import CHECKS

HELD_BY = {
    "at_least": "target_short", "at_most": "target_short", "equal": "target_exact", "largest_shortfall": "value",
    "kept_is_done": "value",
    "carried_over": "old_money", "old_is_drawn": "new_money", "ceiling": "ceiling", "pace": "loan_pace",
    "envelope": "envelope",
    "fund_balance": "fund_balance", "lines_spent": "lines_spent", "paid_in_full": "outlays_paid",
    "signed_for": "signed_covers", "signed_works": "signed_works", "agreed_works": "signed_works",
    "agreed_part": "signed_works", "agreed_least": "ticket_works",
    "counterpart": "counterpart", "group_envelope": "group_envelope", "group_share": "group_share",
    "largest_share": "max_share", "share_so_far": "share_so_far", "by_quantity": "by_quantity",
    "smallest_share": "min_share", "takes_part": "min_share", "smallest_amount": "smallest",
    "used_if_taken": "smallest",
    "partner_content": "tied_content", "supplied_from_draws": "supplied_drawn", "tied_product": "supplied_enough",
    "local_costs": "export_share", "local_from_draws": "export_share", "tariff_rise": "tariff_rise",
    "balance": "balance", "tie_forth": "tie_flow", "tie_back": "tie_flow", "dscr": "dscr",
    "deficit_short": "target_short",
    "committed_km": "committed_km", "draw_pace": "draw_pace", "draw_effect": "draw_effect",
    "must_draw": "must_draw", "ramp_up": "ramp_up",
    "ramp_down": "target_short",
    "lot_km_least": "lot_km", "lot_km_most": "lot_km", "lot_starts": "lot_starts", "projects_most": "projects_most",
    "signed_most": "signed_most",
    "signed_if_taken": "signed_most", "ticket_least": "ticket", "ticket_part": "ticket",
    "crew_capacity": "crews", "crew_pool": "crew_pool", "outage_capacity": "outage_capacity",
    "outage_season": "outage_season",
    "start_once": "start_once", "start_required": "start_must", "variant_required": "start_must",
    "one_variant": "one_variant", "works_after": "works_after",
    "works_after_through": "works_after", "only_with": "only_with", "choice_least": "choice", "choice_most": "choice",
    "scope_km": "renew_scope", "yearly_km": "renew_pace", "trench_km": "trench_km", "trench_of_package": "trench_joint",
    "trench_of_other": "trench_joint",
    "wish_start": "wishes", "wish_renew": "wishes", "wish_km": "wishes", "wish_payer": "wishes",
}
"""Of each family the check that fails where a plan breaks it; what only settles a column of the program shows in the
value of a stage."""


def test_each_family_of_rows_is_held_by_a_check() -> None:
    assert {name: HELD_BY.get(name) in CHECKS for name in ROWS} == dict.fromkeys(ROWS, True)
    assert set(HELD_BY) == set(ROWS)
