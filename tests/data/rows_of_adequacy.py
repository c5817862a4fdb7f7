"""Workbooks that break the rules of balances, ties, borrowers and bills, and ones that just do not: edits of the base
case of ``test_rules``."""

A, B, T, Q, F, M = "balances", "borrowers", "ties", "quantities", "facilities", "sources"
NORTH = {"area": "North", "unit": "MW", "regions": "R1", "peak_2026": 100.0, "available_2026": 90.0, "priority": "1"}
SOUTH = {"area": "South", "unit": "MW", "regions": "R2", "peak_2026": 80.0, "available_2026": 90.0, "priority": "1"}
TIE = {"tie": "NS", "from_area": "North", "to_area": "South", "unit": "MW", "2026": 10.0}
FIRM = {"quantity": "firm", "unit": "MW", "kind": "level", "value": None}
LINE = {"quantity": "line", "unit": "MW", "kind": "level", "value": None}
FLOW = {"quantity": "energy", "unit": "MWh", "kind": "flow", "value": None}
TWO_REGIONS = {("regions", 1): {"region": "R2"}}
JOINED = {**TWO_REGIONS, (A, 0): NORTH, (A, 1): SOUTH, (T, 0): TIE}
DEFICIT = {"target": "X", "measure": "deficit", "filter": "area=S*", "by": None, "years": None, "sense": "<=",
           "value": 0.0, "unit": "MW", "priority": "hard", "price": None,
           "scale": 1.0}
CO = {"borrower": "CO", "cover": 1.25, "priority": "1", "cash_2026": 10.0, "other_2026": 8.0}
OWED = {(M, 1): {"borrower": "CO"}}
BILL = {"region": "R1", "sector": "heat", "base": 40.0, "household_share": 75.0}
KNOWN = {("regions", 0): {"population": 1e6, "income": 200_000.0}}
BURDEN = {**DEFICIT, "measure": "burden", "filter": None, "value": 1.5, "unit": "%", "scale": None}
CONSUMERS = {(M, 1): {"who_repays": "consumers"}, (F, 0): {"region": "R1"}}

BROKEN = [
    ("balances_are_stated", {(A, 0): {**NORTH, "peak_2026": None, "peak_2027": 100.0}}, "missing_value", ["D4"]),
    ("balances_are_stated", {(A, 0): {**NORTH, "available_2026": None, "available_2027": 9.0}}, "missing_value",
     ["E4"]),
    ("balances_are_stated", {(A, 0): {**NORTH, "price": 0.1}}, "either_or", ["G4"]),
    ("balances_are_stated", {(A, 0): NORTH, (A, 1): SOUTH, (T, 0): {**TIE, "2026": None, "2027": 5.0}}, "missing_value",
     ["E4"]),
    ("balances_fit", {(A, 0): {**NORTH, "regions": "R1; R9"}}, "unknown_reference", ["C4"]),
    ("balances_fit", {(Q, 0): FLOW, (A, 0): {**NORTH, "quantity": "energy"}}, "balance_unfit", ["G4"]),
    ("balances_fit", {(Q, 0): {**FIRM, "unit": "Gcal/h"}, (A, 0): {**NORTH, "quantity": "firm"}}, "balance_unfit",
     ["G4"]),
    ("balances_fit", {**JOINED, (A, 1): {**SOUTH, "regions": "R2; R1"}}, "balance_unfit", ["C5"]),
    ("balances_fit", {**JOINED, (A, 1): {**SOUTH, "regions": None}}, "balance_unfit", ["C5"]),
    ("balances_fit", {**JOINED, (A, 1): {**SOUTH, "regions": "R1", "places": "P"}}, "balance_unfit", ["C5"]),
    ("ties_fit", {**JOINED, (T, 0): {**TIE, "unit": "Gcal/h"}}, "tie_unfit", ["B4", "C4"]),
    ("ties_fit", {**JOINED, (T, 0): {**TIE, "unit": "Gcal/h"}}, "tie_unfit", ["B4", "C4"]),
    ("ties_fit", {**JOINED, (T, 0): {**TIE, "to_area": "North"}}, "tie_unfit", ["C4"]),
    ("ties_fit", {**JOINED, (Q, 0): FLOW, (T, 0): {**TIE, "quantity": "energy"}}, "tie_unfit", ["F4"]),
    ("ties_fit", {**JOINED, (Q, 0): LINE, (T, 0): {**TIE, "quantity": "line"},
                  (T, 1): {**TIE, "tie": "NS2", "quantity": "line"}}, "tie_unfit", ["F5"]),
    ("ties_fit", {**JOINED, (Q, 0): FIRM, (A, 0): {**NORTH, "quantity": "firm"}, (T, 0): {**TIE, "quantity": "firm"}},
     "tie_unfit", ["F4"]),
    ("ties_fit", {**JOINED, (A, 1): {**SOUTH, "priority": None}}, "balance_unfit", ["F5"]),
    ("ties_fit", {**JOINED, (A, 0): {**NORTH, "peak_from": 12}}, "balance_unfit", ["G5"]),
    ("places_are_known", {(A, 0): {**NORTH, "regions": None, "places": "Astana; Semei"}, (F, 0): {"place": "Semey"},
                          (F, 1): {"place": "Astana"}}, "selector_matches_nothing", ["G4"]),
    ("capacity_is_valued_once", {(Q, 0): {**FIRM, "value": 1e6}, (F, 0): {"region": "R1", "q_firm": 15.0},
                                 (A, 0): {**NORTH, "priority": None, "price": 1.0, "quantity": "firm"}},
     "valued_by_deficit", ["G4"]),
    ("capacity_is_valued_once",
     {(Q, 0): FIRM, (Q, 1): {**LINE, "value": 5e6}, (F, 0): {"region": "R1", "q_firm": 15.0, "q_line": 15.0},
      (A, 0): {**NORTH, "priority": None, "price": 1.0, "quantity": "firm"}},
     "added_twice", ["H4"]),
    # Energy that the plants bring is valued, and what lacks it is priced: the same hours may count twice.
    ("capacity_is_valued_once",
     {(Q, 0): FIRM, (Q, 1): {**FLOW, "value": 5e3}, (F, 0): {"region": "R1", "q_firm": 15.0, "q_energy": 15.0},
      (A, 0): {**NORTH, "priority": None, "price": 1.0, "quantity": "firm"}},
     "added_twice", ["H4"]),
    ("balances_are_used", {(A, 0): {**NORTH, "priority": None}}, "row_unused", ["A4"]),
    ("borrowers_have_cash", {(B, 0): {**CO, "cash_2026": None}}, "cash_missing", ["C4"]),
    ("borrowers_have_cash", {(B, 0): {**CO, "cash_2026": 9.9}}, "cash_short", ["D4"]),
    ("guarantees_are_of_loans", {(M, 0): {"guaranteed": 50.0}}, "unused_term", ["N4"]),
    ("guarantees_are_of_loans", {(M, 0): {"borrower": "CO"}, (B, 0): CO}, "unused_term", ["N4"]),
    ("burdens_are_known", {("tariffs", 0): BILL, ("targets", 2): BURDEN,
                           ("regions", 0): {"population": 1e6, "income": None}}, "burden_unfit", ["C4"]),
    ("burdens_are_known", {("tariffs", 0): {**BILL, "household_share": None}, ("targets", 2): BURDEN, **KNOWN},
     "burden_unfit", ["D4"]),
    ("consumers_are_told", CONSUMERS, "tariffs_absent", ["N5"]),
    ("borrowers_are_used", {(B, 0): CO}, "row_unused", ["A4"]),
    ("targets_are_meant", {("targets", 2): {**DEFICIT, "sense": ">="}}, "target_unfit", ["K6"]),
    ("targets_are_meant", {("targets", 2): {**DEFICIT, "unit": "MWh"}}, "target_unfit", ["G6"]),
    ("targets_are_meant", {("targets", 2): {**DEFICIT, "by": "region"}}, "target_unfit", ["D6"]),
    ("targets_are_meant", {("targets", 2): {**DEFICIT, "filter": "region=R1"}}, "bad_selector", ["C6"]),
    ("targets_are_meant", {("targets", 0): {"by": "area"}}, "target_unfit", ["D4"]),
    ("targets_are_meant", {("targets", 2): {**BURDEN, "filter": "area=South"}}, "bad_selector", ["C6"]),
    ("selectors_match", {(A, 0): NORTH, ("targets", 2): DEFICIT}, "selector_matches_nothing", ["C6"]),
    ("selectors_match", {("targets", 2): BURDEN}, "selector_matches_nothing", ["C6"]),
    ("selectors_match", {(B, 0): CO, ("targets", 1): {"filter": "borrower=CO", "by": None}}, "selector_matches_nothing",
     ["C5"]),
    ("selectors_match", {(B, 0): {**CO, "level": "local"}, **OWED,
                         ("targets", 1): {"filter": "level=company", "by": None}}, "selector_matches_nothing", ["C5"]),
]

SOUND = [
    ("balances_are_stated", {(A, 0): {**NORTH, "peak_2026": None, "peak_2025": 100.0}}),
    ("balances_are_stated", {(A, 0): {**NORTH, "priority": None, "price": 0.1}}),
    ("balances_fit", JOINED),
    ("balances_fit", {**JOINED, (A, 0): {**NORTH, "places": "P"}, (A, 1): {**SOUTH, "regions": "R1", "places": "S"}}),
    ("balances_fit", {**JOINED, (A, 1): {**SOUTH, "regions": "R1", "unit": "Gcal/h"}}),
    ("balances_fit", {(Q, 0): FIRM, (A, 0): {**NORTH, "quantity": "firm"}}),
    ("ties_fit", {**JOINED, (Q, 0): LINE, (T, 0): {**TIE, "quantity": "line"}}),
    ("ties_fit", {**JOINED, (A, 1): {**SOUTH, "priority": None}, ("targets", 2): DEFICIT}),
    ("ties_fit", {**JOINED, (A, 0): {**NORTH, "priority": None}, (A, 1): {**SOUTH, "priority": None}}),
    ("places_are_known", {(A, 0): {**NORTH, "places": "Semey"}, (F, 0): {"place": "Semey", "region": "R1"}}),
    ("capacity_is_valued_once", {(Q, 0): {**FIRM, "value": 1e6}, (F, 0): {"region": "R1", "q_firm": 15.0},
                                 (A, 0): {**NORTH, "quantity": "firm"}}),
    ("capacity_is_valued_once",
     {(Q, 0): FIRM, (Q, 1): {**FLOW, "unit": "Gcal", "value": 5e3},
      (F, 0): {"region": "R1", "q_firm": 15.0, "q_energy": 15.0},
      (A, 0): {**NORTH, "priority": None, "price": 1.0, "quantity": "firm"}}),
    ("capacity_is_valued_once",
     {(Q, 0): FIRM, (Q, 1): FLOW, (F, 0): {"region": "R1", "q_firm": 15.0, "q_energy": 15.0},
      (A, 0): {**NORTH, "priority": None, "price": 1.0, "quantity": "firm"}}),
    ("balances_are_used", {(A, 0): NORTH}),
    ("balances_are_used", {(A, 0): {**NORTH, "priority": None, "quantity": "firm"}, (Q, 0): FIRM,
                           (F, 0): {"region": "R1", "q_firm": 15.0}}),
    ("balances_are_used", {**TWO_REGIONS, (A, 0): {**SOUTH, "priority": None}, ("targets", 2): DEFICIT}),
    ("borrowers_have_cash", {(B, 0): CO}),
    ("borrowers_have_cash", {(B, 0): {"borrower": "CO", "priority": None}}),
    ("guarantees_are_of_loans", {(M, 1): {"guaranteed": 50.0}}),
    ("burdens_are_known", {("tariffs", 0): BILL, ("targets", 2): BURDEN, **KNOWN}),
    ("burdens_are_known", {("tariffs", 0): {**BILL, "household_share": None}}),
    ("consumers_are_told", {**CONSUMERS, ("tariffs", 0): BILL}),
    ("borrowers_are_used", {(B, 0): CO, **OWED}),
    ("borrowers_are_used", {(B, 0): CO, (M, 1): {"who_repays": "utility"}, (F, 0): {"borrower": "CO"}}),
    ("targets_are_meant", {("targets", 2): {**DEFICIT, "by": "area", "filter": None}}),
    ("selectors_match", {**TWO_REGIONS, (A, 0): SOUTH, ("targets", 2): DEFICIT}),
    ("selectors_match", {(B, 0): CO, **OWED, ("targets", 1): {"filter": "borrower=CO; level=company", "by": "level"}}),
]
