"""Builds the published problems that ship as examples: one workbook each in inputs/ (see docs/examples.md).

    python inputs/build_examples.py [--out inputs]

The same run gives the same bytes, so the files can be compared with what is in the repository.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "model")]

from jaryq.sheets.settings import SCHEMA_VERSION  # noqa: E402
from jaryq.tables.tables import Table, Tables  # noqa: E402
from jaryq.workbook.inputs import write_inputs  # noqa: E402

LORIE_SAVAGE = (
    "Lorie and Savage (1955), Three Problems in Rationing Capital, Journal of Business 28, nine-project problem")
VALUES = (14, 17, 17, 15, 40, 12, 14, 10, 12)
FIRST = (12, 54, 6, 6, 30, 6, 48, 36, 18)
SECOND = (3, 7, 6, 2, 35, 6, 4, 3, 3)
BUDGETS = (50, 20)


def lorie_savage() -> Tables:
    """Nine projects with outlays in two years, net present values, and a budget for each year; what is not used
    lapses."""
    settings = [
        ("case", "Lorie and Savage (1955): nine projects, two budgets", ""),
        ("first_year", 2026, "period 1 of the paper; the years themselves mean nothing"),
        ("last_year", 2027, "period 2 of the paper"),
        ("discount_rate", 0, "the paper states net present values and budgets; nothing is discounted again"),
        ("facilities", "divisible", "the linear program; enter whole for projects that are done or not"),
        ("benefit_is", "net", "the paper states net present values"),
        ("gap", 0, ""),
        ("price_step", 0.5, "small enough for the same projects to stay partly done"),
    ]
    proven = {"data_status": "reported", "source": LORIE_SAVAGE}
    sheets = {
        "settings": [{"setting": name, "value": value, "note": note or None} for name, value, note in settings],
        "facilities": [
            {"facility": f"P{number}", "name": f"Project {number}", "benefit": value, "spend_2026": first,
             "spend_2027": second, **proven}
            for number, (value, first, second) in enumerate(zip(VALUES, FIRST, SECOND, strict=True), start=1)
        ],
        "sources": [{"source_id": "BUDGET", "name": "Budget of the firm", "kind": "budget", "carry_over": "none",
                     **proven}],
        "source_years": [{"source_id": "BUDGET", "2026": BUDGETS[0], "2027": BUDGETS[1], **proven}],
    }
    return Tables("lorie_savage", {name: Table.of(name, rows) for name, rows in sheets.items()})


SHORT_TERM = (
    "Cornuejols and Tutuncu, Optimization Methods in Finance, Cambridge University Press 2007, section 3.1: short-term "
    "financing")
CASH_FLOW = (-150, -100, 200, -200, 50, 300)
CREDIT_LIMIT, CREDIT_RATE, PAPER_RATE, IDLE_RATE = 100, 1.0, 2.0, 0.3

DEDICATION = (
    "Cornuejols and Tutuncu, Optimization Methods in Finance, Cambridge University Press 2007, section 3.2: dedication")
LIABILITIES = (12000, 18000, 20000, 20000, 16000, 15000, 12000, 10000)
BONDS = ((102, 5, 1), (99, 3.5, 2), (101, 5, 2), (98, 3.5, 3), (98, 4, 4), (104, 9, 5), (100, 6, 5), (101, 8, 6),
         (102, 9, 7), (94, 7, 8))
"""Price, coupon, years to maturity; face value 100."""
LOT = 200
"""Bonds in a facility: more than any bond is bought."""

CHOICE_OF_LOANS = (
    "Gueret, Prins and Sevaux, Applications of Optimization with Xpress-MP, Dash Optimization 2002, H-1: choice of "
    "loans")
SHOPS = {"LONDON": 2.5, "MUNICH": 1.0, "ROME": 1.7}
BANKS = {"BANK1": (5.0, 6.5, 6.1), "BANK2": (5.2, 6.2, 6.2), "BANK3": (5.5, 5.8, 6.5)}
BANK_LIMIT, TENOR = 3.0, 8

Record = Mapping[str, Any]
AT_YEAR_END: Record = {"clock": "cohort", "draw_timing": "end", "payments": 1}
"""A draw counts at the end of its year, so that the first of its yearly payments falls in the next."""


def short_term_financing() -> Tables:
    """Cash needs of six months (years 2026 to 2031), a credit line and commercial paper drawn into one fund, which
    earns interest; wealth at the end."""
    years = range(2026, 2032)
    monthly = 100 * ((1 + PAPER_RATE / 100) ** (1 / 3) - 1)
    proven = {"data_status": "reported", "source": SHORT_TERM}
    loan = {"kind": "loan", "draws_to": "CASH", "service_from": "CASH", **AT_YEAR_END, "repayment": "bullet", **proven}
    sheets = {
        "settings": _settings(
            ("case", "Cornuejols and Tutuncu: short-term financing", ""),
            ("first_year", 2026, "January; a year stands for a month"), ("last_year", 2031, "June"),
            ("discount_rate", 0, "wealth in June is the sum of all that comes and goes"),
            ("facilities", "divisible", ""), ("gap", 0, ""), ("prices", 0, "")),
        "facilities": [{"facility": "FIRM", "name": "Net cash flow of the firm", "must_do": True, "income_to": "CASH",
                        **proven,
                        **{f"spend_{year}": -flow for year, flow in zip(years, CASH_FLOW, strict=True)}}],
        "sources": [
            {"source_id": "CASH", "name": "Cash", "kind": "own", "carry_over": "fund", "interest": IDLE_RATE, **proven},
            {"source_id": "LINE", "name": "Line of credit", **loan, "rate": CREDIT_RATE, "tenor": 1,
             "available_to": 2030},
            {"source_id": "PAPER", "name": "90-day commercial paper", **loan, "rate": monthly, "tenor": 3, "grace": 3,
             "interest_in_grace": "capitalised", "available_to": 2028, "envelope": 1000},
        ],
        "source_years": [
            {"source_id": "CASH", **{str(year): 0 for year in years}, **proven},
            {"source_id": "LINE", **{str(year): CREDIT_LIMIT for year in years if year < 2031}, **proven},
        ],
    }
    return _tables("short_term_financing", sheets)


def dedication() -> Tables:
    """Ten bonds in parts of lots, liabilities of eight years paid from what the bonds bring, the least money today;
    thousands of dollars."""
    proven = {"data_status": "reported", "source": DEDICATION}
    held = {"must_do": False, "income_to": "CASH", **proven}
    bonds = [
        {"facility": f"B{number:02}", "name": f"Bond {number}", **held, "spend_2025": LOT * price / 1000,
         **{f"spend_{2025 + year}": -LOT * (coupon + (100 if year == maturity else 0)) / 1000
            for year in range(1, maturity + 1)}}
        for number, (price, coupon, maturity) in enumerate(BONDS, start=1)
    ]
    sheets = {
        "settings": _settings(
            ("case", "Cornuejols and Tutuncu: dedication", ""), ("first_year", 2025, "today"),
            ("last_year", 2033, "eighth year of liabilities"),
            ("discount_rate", 0, "the least money today is wanted, by a target of the first priority"),
            ("facilities", "divisible", "bonds in any amount"),
            ("gap", 0, ""), ("shortfall_gap", 0, ""), ("prices", 0, "")),
        "facilities": [
            *bonds, {"facility": "KEEP", "name": "Cash kept for the first year", **held, "spend_2025": 50,
                     "spend_2026": -50},
            {"facility": "LIAB", "name": "Liabilities", **proven, "must_do": True,
             **{f"spend_{2025 + year}": amount / 1000 for year, amount in enumerate(LIABILITIES, start=1)}},
        ],
        "sources": [
            {"source_id": "CASH", "name": "What bonds bring", "kind": "own", "carry_over": "fund", **proven},
            {"source_id": "TODAY", "name": "Money today", "kind": "budget", "carry_over": "none", "available_to": 2025,
             **proven},
        ],
        "source_years": [
            {"source_id": "CASH", **{str(year): 0 for year in range(2025, 2034)}, **proven},
            {"source_id": "TODAY", "2025": 1000, **proven},
        ],
        "eligibility": [{"source_id": s, "project": "LIAB", "allowed": s == "CASH", **proven}
                        for s in ("CASH", "TODAY")],
        "targets": [{"target": "COST", "name": "Cost of the portfolio", "measure": "draw", "filter": "source=TODAY",
                     "years": "2025", "sense": "<=", "value": 0,
                     "unit": "bn KZT", "priority": "1", "scale": 100, **proven}],
    }
    return _tables("dedication", sheets)


FINCO = "Winston, Operations Research: Applications and Algorithms, section 3.11: Finco multiperiod investment"
INVESTMENTS = {"A": (-1, 0.5, 1, 0), "B": (0, -1, 0.5, 1), "C": (-1, 1.2, 0, 0), "D": (-1, 0, 0, 1.9),
               "E": (0, 0, -1, 1.5)}
STAKE, MOST_IN_ONE, MONEY_MARKET = 100, 75, 8


def finco() -> Tables:
    """Five investments over four dates, at most 75 in each; what they bring is invested again, idle money earns 8 %;
    thousands of dollars."""
    years = range(2026, 2030)
    proven = {"data_status": "reported", "source": FINCO}
    sheets = {
        "settings": _settings(
            ("case", "Winston: Finco multiperiod investment", ""), ("first_year", 2026, "time 0"),
            ("last_year", 2029, "time 3"),
            ("discount_rate", 0, "cash at time 3 is the sum of all that comes and goes"),
            ("facilities", "divisible", "any amount up to 75"), ("gap", 0, ""),
            ("prices", 0, "")),
        "facilities": [
            {"facility": key, "name": f"Investment {key}, 75 at most", "income_to": "CASH", **proven,
             **{f"spend_{year}": -MOST_IN_ONE * flow for year, flow in zip(years, flows, strict=True) if flow}}
            for key, flows in INVESTMENTS.items()
        ],
        "sources": [{"source_id": "CASH", "name": "Cash on hand", "kind": "own", "carry_over": "fund",
                     "interest": MONEY_MARKET, **proven}],
        "source_years": [{"source_id": "CASH", **{str(year): STAKE if year == 2026 else 0 for year in years},
                          **proven}],
    }
    return _tables("finco", sheets)


def choice_of_loans() -> Tables:
    """Three shops, three banks with a rate for each shop and a limit in all, annuities over eight years; millions of
    dollars."""
    proven = {"data_status": "reported", "source": CHOICE_OF_LOANS}
    loans = [(bank, shop, rate) for bank, rates in BANKS.items() for shop, rate in zip(SHOPS, rates, strict=True)]
    sheets = {
        "settings": _settings(
            ("case", "Gueret, Prins and Sevaux: choice of loans", ""), ("first_year", 2026, ""),
            ("last_year", 2026, "the shops are opened at once"),
            ("discount_rate", 0, "annuities of eight years, summed"), ("objective", "least_cost", ""),
            ("facilities", "divisible", ""), ("gap", 0, ""),
            ("prices", 0, "")),
        "facilities": [{"facility": shop, "name": f"Shop in {shop.title()}", "cost": cost, "must_do": True, **proven}
                       for shop, cost in SHOPS.items()],
        "sources": [
            {"source_id": f"{bank}_{shop}", "name": f"{bank.title()} for {shop.title()}", "kind": "loan", "group": bank,
             "rate": rate, "tenor": TENOR,
             "repayment": "annuity", **AT_YEAR_END, "envelope": BANK_LIMIT, **proven} for bank, shop, rate in loans
        ],
        "source_groups": [{"group": bank, "name": bank.title(), "envelope": BANK_LIMIT, **proven} for bank in BANKS],
        "source_years": [],
        "eligibility": [{"source_id": f"{bank}_{shop}", "project": shop, "allowed": True,
                         "reason": "rate for this shop", **proven} for bank, shop, _ in loans],
    }
    return _tables("choice_of_loans", sheets)


PSPLIB = (
    "Kolisch and Sprecher (1997), PSPLIB: a project scheduling problem library, EJOR 96: set j30, instance j301_1.sm")
ACTIVITIES: Mapping[int, tuple[int, tuple[int, int, int, int], tuple[int, ...]]] = {
    2: (8, (4, 0, 0, 0), (6, 11, 15)), 3: (4, (10, 0, 0, 0), (7, 8, 13)), 4: (6, (0, 0, 0, 3), (5, 9, 10)),
    5: (3, (3, 0, 0, 0), (20,)),
    6: (8, (0, 0, 0, 8), (30,)), 7: (5, (4, 0, 0, 0), (27,)), 8: (9, (0, 1, 0, 0), (12, 19, 27)),
    9: (2, (6, 0, 0, 0), (14,)),
    10: (7, (0, 0, 0, 1), (16, 25)), 11: (9, (0, 5, 0, 0), (20, 26)), 12: (2, (0, 7, 0, 0), (14,)),
    13: (6, (4, 0, 0, 0), (17, 18)),
    14: (3, (0, 8, 0, 0), (17,)), 15: (9, (3, 0, 0, 0), (25,)), 16: (10, (0, 0, 0, 5), (21, 22)),
    17: (6, (0, 0, 0, 8), (22,)),
    18: (5, (0, 0, 0, 7), (20, 22)), 19: (3, (0, 1, 0, 0), (24, 29)), 20: (7, (0, 10, 0, 0), (23, 25)),
    21: (2, (0, 0, 0, 6), (28,)),
    22: (7, (2, 0, 0, 0), (23,)), 23: (2, (3, 0, 0, 0), (24,)), 24: (3, (0, 9, 0, 0), (30,)),
    25: (3, (4, 0, 0, 0), (30,)),
    26: (7, (0, 0, 4, 0), (31,)), 27: (8, (0, 0, 0, 7), (28,)), 28: (3, (0, 8, 0, 0), (31,)),
    29: (7, (0, 7, 0, 0), (32,)),
    30: (2, (0, 7, 0, 0), (32,)), 31: (2, (0, 0, 2, 0), (32,)),
}
"""Activity: duration, demand of each resource, successors. 1 is the source of the network, 32 its sink; neither takes
time or resources."""
AVAILABLE = (12, 13, 4, 12)
SINK = 32
QUARTER = 3


def psplib_j301_1() -> Tables:
    """Thirty activities in quarters, four resources; the sink alone costs something, so that the mean finish is its
    own."""
    proven = {"data_status": "reported", "source": PSPLIB}
    before = {job: [other for other, (_, _, successors) in ACTIVITIES.items() if job in successors]
              for job in (*ACTIVITIES, SINK)}
    works = {job: duration for job, (duration, _, _) in ACTIVITIES.items()} | {SINK: 1}
    sheets = {
        "settings": _settings(
            ("case", "PSPLIB j301_1: thirty activities, four resources", ""),
            ("first_year", 2026, "a quarter stands for a period of the library"),
            ("last_year", 2037, "48 quarters; any plan that fits may be longer than the best"),
            ("resolution", "quarter", ""),
            ("objective", "earliest_finish", "of the sink, which alone has a cost"), ("facilities", "whole", ""),
            ("gap", 0, ""), ("node_limit", 100000, ""),
            ("prices", 0, "")),
        "facilities": [
            {"facility": f"J{job:02}", "name": "End of the project" if job == SINK else f"Activity {job}", "cost": 1
             if job == SINK else 0,
             "works_months": QUARTER * works[job], "must_do": True,
             "after": "; ".join(f"J{other:02}" for other in before[job]) or None, **proven}
            for job in sorted(works)
        ],
        "crews": [{"crew": f"R{number}", "2026": count, **proven} for number, count in enumerate(AVAILABLE, start=1)],
        "crew_needs": [
            {"project": f"J{job:02}", "crew": f"R{number}", "crews": count, **proven}
            for job, (_, demand, _) in ACTIVITIES.items() for number, count in enumerate(demand, start=1) if count
        ],
        "sources": [{"source_id": "MONEY", "name": "Money for the end", "kind": "budget", "envelope": 1, **proven}],
    }
    return _tables("psplib_j301_1", sheets)


def _settings(*rows: tuple[str, Any, str]) -> list[Record]:
    return [{"setting": name, "value": value, "note": note or None} for name, value, note in rows]


def _tables(name: str, sheets: Mapping[str, Sequence[Record]]) -> Tables:
    """In the form of this program, so that nothing is migrated when they are read."""
    version = {"setting": "schema_version", "value": SCHEMA_VERSION, "note": None}
    stated = {**sheets, "settings": [version, *sheets["settings"]]}
    return Tables(name, {sheet: Table.of(sheet, rows, ["source_id"] if sheet == "source_years" else [])
                         for sheet, rows in stated.items()})


EXAMPLES: tuple[Callable[[], Tables], ...] = (lorie_savage, short_term_financing, dedication, choice_of_loans, finco,
                                              psplib_j301_1)


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the example workbooks.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder that receives the workbooks")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for example in EXAMPLES:
        tables = example()
        write_inputs(tables, out / f"{tables.name}.xlsx")
        print(out / f"{tables.name}.xlsx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
