"""All rules across sheets, in the order in which they are asked.

``structure`` runs before the Case, ``sense`` on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from jaryq.base.issues import Issue
from jaryq.factors.derive import Factors
from jaryq.rules.across import (
    contracts_end_after_the_plan,
    costs_are_stated,
    imports_have_a_currency,
    indices_are_complete,
    keys_do_not_clash,
    projects_have_money,
    rates_are_complete,
    selectors_match,
    sources_are_bounded,
    targets_are_meant,
    works_fit,
    years_in_order,
)
from jaryq.rules.adequacy import (
    balances_are_stated,
    balances_are_used,
    balances_fit,
    capacity_is_valued_once,
    places_are_known,
    ties_fit,
)
from jaryq.rules.borrowers import (
    borrowers_are_used,
    borrowers_have_cash,
    burdens_are_known,
    consumers_are_told,
    guarantees_are_of_loans,
)
from jaryq.rules.calibration import (
    calibration_is_meant,
    calibration_speaks_of_something,
    calibration_without_a_plan,
)
from jaryq.rules.feasible import FEASIBLE, OF_TARGETS
from jaryq.rules.lenders import (
    groups_keep_their_number,
    quantities_have_their_price,
    shares_hold_of_something,
    tickets_are_in_reach,
    what_must_be_drawn_can_be,
)
from jaryq.rules.loans import (
    ends_of_limits_are_in_order,
    floating_rates_stay_above_zero,
    floors_are_open,
    funds_of_loans_exist,
    lines_pay_for_no_project,
    loans_have_a_rate,
    loans_have_terms,
    references_are_complete,
    shares_fit_the_payments,
    shares_stand_where_money_is_allowed,
    signing_is_known,
    subsidies_stay_below_the_rate,
    tariffs_have_projects,
    whole_plans_only,
)
from jaryq.rules.lots import lots_are_meant, lots_can_start
from jaryq.rules.names import keys_are_names, scenarios_are_folders
from jaryq.rules.order import (
    choices_are_stated,
    choices_can_be_met,
    company_is_another,
    links_are_said_once,
    lists_name_rows,
    order_is_possible,
    waiting_ends,
)
from jaryq.rules.pace import (
    pace_ends_in_time,
    pace_is_felt,
    pace_is_whole,
    ramps_begin_in_time,
    ramps_have_a_base,
    ramps_have_a_least,
    ramps_leave_contracts_alone,
)
from jaryq.rules.progress import contracts_fit, progress_fits
from jaryq.rules.quantities import (
    quantities_are_meant,
    savings_have_their_own_reason,
    values_are_complete,
    values_stand_once,
)
from jaryq.rules.rows import UnknownYears
from jaryq.rules.stretches import (
    stretches_add_up,
    stretches_are_known,
    stretches_make_sense,
    stretches_share_trenches,
)
from jaryq.rules.uncertain import futures_have_probabilities, groups_move_together, uncertain_rows_are_meant
from jaryq.rules.units import heads_fit_their_rows
from jaryq.rules.unused import UNUSED
from jaryq.rules.wishes import wishes_are_meant, wishes_can_be_kept
from jaryq.rules.works import (
    failures_have_a_size,
    last_plan_is_read,
    outage_limits_are_stated,
    outages_fit,
    scores_are_in_order,
    started_fits,
    trenches_fit,
    variants_fit,
)
from jaryq.tables.tables import Tables


def structure(tables: Tables) -> list[Issue]:
    """Issues that would keep a Case from being built or meant. Without sound years in the settings the rules about
    years are silent."""
    found: list[Issue] = []
    for rule in STRUCTURE:
        with suppress(UnknownYears):
            found += rule(tables)
    return found


def sense(tables: Tables, factors: Factors, *, stops_alone: bool = False) -> list[Issue]:
    """Issues that need the Case and its factors: windows, money for commitments, what cannot be reached.
    ``stops_alone``: rules that stop nothing are not asked: those of targets where none is hard, those of what is
    unused."""
    if not stops_alone:
        rules = (*SENSE, *FEASIBLE, *UNUSED)
    elif any(target.priority == "hard" for target in factors.case.targets):
        rules = (*SENSE, *FEASIBLE)
    else:
        rules = (*SENSE, *(rule for rule in FEASIBLE if rule not in OF_TARGETS))
    return [issue for rule in rules for issue in rule(tables, factors)]


STRUCTURE: tuple[Callable[[Tables], Iterator[Issue]], ...] = (
    years_in_order,
    heads_fit_their_rows,
    keys_do_not_clash,
    keys_are_names,
    scenarios_are_folders,
    costs_are_stated,
    imports_have_a_currency,
    indices_are_complete,
    rates_are_complete,
    loans_have_terms,
    loans_have_a_rate,
    references_are_complete,
    shares_fit_the_payments,
    subsidies_stay_below_the_rate,
    signing_is_known,
    funds_of_loans_exist,
    lines_pay_for_no_project,
    quantities_have_their_price,
    ends_of_limits_are_in_order,
    shares_stand_where_money_is_allowed,
    whole_plans_only,
    sources_are_bounded,
    progress_fits,
    contracts_fit,
    ramps_have_a_least,
    ramps_begin_in_time,
    pace_is_whole,
    lots_are_meant,
    started_fits,
    lists_name_rows,
    order_is_possible,
    links_are_said_once,
    company_is_another,
    choices_are_stated,
    variants_fit,
    wishes_are_meant,
    outage_limits_are_stated,
    trenches_fit,
    quantities_are_meant,
    values_are_complete,
    stretches_are_known,
    last_plan_is_read,
    scores_are_in_order,
    targets_are_meant,
    balances_are_stated,
    balances_fit,
    ties_fit,
    borrowers_have_cash,
    guarantees_are_of_loans,
    calibration_is_meant,
    uncertain_rows_are_meant,
    groups_move_together,
    futures_have_probabilities,
)

SENSE: tuple[Callable[[Tables, Factors], Iterator[Issue]], ...] = (
    selectors_match,
    works_fit,
    outages_fit,
    waiting_ends,
    choices_can_be_met,
    wishes_can_be_kept,
    failures_have_a_size,
    projects_have_money,
    floating_rates_stay_above_zero,
    floors_are_open,
    tariffs_have_projects,
    places_are_known,
    capacity_is_valued_once,
    burdens_are_known,
    consumers_are_told,
    balances_are_used,
    borrowers_are_used,
    pace_is_felt,
    pace_ends_in_time,
    ramps_have_a_base,
    ramps_leave_contracts_alone,
    contracts_end_after_the_plan,
    shares_hold_of_something,
    tickets_are_in_reach,
    what_must_be_drawn_can_be,
    groups_keep_their_number,
    lots_can_start,
    values_stand_once,
    savings_have_their_own_reason,
    calibration_speaks_of_something,
    calibration_without_a_plan,
    stretches_add_up, stretches_make_sense, stretches_share_trenches,
)
