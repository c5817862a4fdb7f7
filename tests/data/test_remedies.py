"""What is said of a mistake names what would mend it, and no column that its sheet does not have."""

import re

import pytest

from jaryq.sheets.inputs import INPUT
from tests.data.test_rules import RAMP, SIGNED, A, C, F, I, L, M, edited, issues_of

G, V = "choices", "quantity_values"
MW = {("quantities", 0): {"quantity": "mw", "unit": "MW", "kind": "level"}}
LATER = {**MW, (V, 0): {"quantity": "mw", "2026": None, "2027": 5.0}}
NORTH = {"area": "N", "unit": "MW", "peak_2026": 90.0, "available_2026": 95.0}


@pytest.mark.parametrize(("rule", "edits", "said", "remedy"), [
    ("values_are_complete", LATER, "value of the quantity is needed for 2026",
     "Enter a value for 2026 or a year before it, or value of the quantity on sheet quantities."),
    ("rates_are_complete", {(C, 0): {"2025": None}}, "exchange rate is needed for 2025",
     "Enter a value for each year up to the last one given."),
    ("indices_are_complete", {(I, 0): {"long_run": None}}, "long-run growth is needed for",
     "Enter the yearly growth in long_run."),
    ("balances_are_stated", {("balances", 0): {**NORTH, "priority": "1", "price": 0.1}},
     "no more than one of priority; price may be filled in", "Clear one of them."),
    ("choices_are_stated", {(F, 0): {"choice": "G"}, (G, 0): {"choice": "G", "at_least": None}},
     "at_least and at_most are blank, so nothing is limited", "Nothing to do"),
    ("last_plan_is_read", {(L, 0): {"project": "F1", "period": "2027", "share": None, "km": None}},
     "a value is required", "Fill in the cell (or km)."),
    ("pace_is_whole", {(M, 1): {"pace": "50; 40"}}, "its shares add up to 90 %, not 100",
     "Enter shares of all years of draws, separated by ;, that add up to 100 %."),
    ("pace_is_whole", {(M, 1): {"pace": "90"}}, "its shares add up to 90 %, not 100",
     "Enter shares of all years of draws, separated by ;, that add up to 100 %."),
    ("pace_is_whole", {(M, 1): {"pace": "50; 50", "envelope": None}}, "an envelope is needed",
     "Enter the amount in envelope, or clear pace."),
    # signed in the middle of 2024 and effective five years later: nothing by 2028
    ("what_must_be_drawn_can_be", {(M, 1): {**SIGNED, "envelope": 1.0, "effective_months": 60.0}},
     "it has no year of draws",
     "Widen available_from and available_to, or lower effective_months, or clear must_draw."),
    # four years and a half to the end of 2028, a fifth in each
    ("what_must_be_drawn_can_be", {(M, 1): {**SIGNED, "envelope": 1.0, "pace": "20; 20; 20; 20; 20"}},
     "its 1 must be drawn, but at most 0.9 can be: its pace and effectiveness",
     "Quicken pace, or lower effective_months, or widen available_to, or clear must_draw."),
    ("ramps_begin_in_time", {(A, 1): {**RAMP, "ramp_from": 2040}},
     "the ramp begins after 2028, the last planned year: each planned year is counted from 2025",
     "Enter a planned year, or leave it blank for the first one."),
])
def test_the_remedy_mends_it(rule, edits, said, remedy):
    (issue,) = issues_of(rule, edited(edits))
    told = issue.say("en")
    assert said in told
    assert remedy in told
    assert not re.search(r"\{\w+\}", told + issue.say("ru"))
    assert "long-run rate" not in told or "long_run" in INPUT[issue.sheet].at
