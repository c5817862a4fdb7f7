"""Bills, incomes and borrowers of the shipped case, by hand from the facts."""

from __future__ import annotations

from collections import Counter

import pytest


def test_bills_of_the_regions_are_those_of_the_country(built):
    """Households paid 620 bn for power, 24 % of consumption, and 195 bn for heat, 54 %: 2,583.3 and 361.1 bn in all.
    They rise by 30 % a year at most, the upper end of the 20 to 30 % announced for 2025."""
    bills = Counter()
    for _, row in built["tariffs"].records():
        bills[row["sector"]] += row["base"]
        assert row["rise"] == 30
    assert bills == {"power": pytest.approx(620 / 0.24, abs=0.05), "heat": pytest.approx(195 / 0.54, abs=0.05)}


def test_incomes_are_of_the_survey(built):
    """121,519 KZT a month in 2025; Astana 408.1 of 283.6 thousand a quarter in 2023."""
    income = {row["region"]: row["income"] for _, row in built["regions"].records()}
    assert income["KZ-10"] == 121_519
    assert income["KZ-71"] == pytest.approx(121_519 * 408.1 / 283.6, abs=1)


def test_the_agency_of_the_project_loan_is_a_borrower_and_of_what_is_borrowed_for_its_line(built):
    owed = {row["source_id"]: row["borrower"] for _, row in built["sources"].records() if row["borrower"]}
    assert owed == {"JP_JICA": "KEGOC", "EBRD_KEGOC_WEST": "KEGOC", "KZ_KEGOC_BOND": "KEGOC",
                    "KZ_NF_BOND": "SAMRUK_KAZYNA", "KZ_SK_BOND": "SAMRUK_KAZYNA"}


def test_the_largest_rise_is_told_as_what_was_announced(built):
    page = next(row for _, row in built["sources_and_method"].records() if row["topic"] == "tariffs")
    assert "Largest rise: 30 % a year in every region and year, an estimate" in page["text"]
    assert "Наибольший рост: 30 % в год в каждом регионе и году, оценка" in page["text_ru"]
    assert all(row["data_status"] == "estimate" for _, row in built["tariffs"].records())
