"""The country that plans, the currency it counts in, and the partner whose money is shown first: said here alone."""

from __future__ import annotations

HOME, HOME_CURRENCY = "KZ", "KZT"
"""Codes of the country (ISO 3166) and of its currency (ISO 4217), which needs no row in sheet currencies."""

THOUSAND, MILLION, BILLION = (f"{much} {HOME_CURRENCY}" for much in ("thousand", "mn", "bn"))
"""Names of the units of money; in the program and in tables money is in the last, unless a column says otherwise."""

FIRST_PARTNER = "JP"
"""The partner country that tables name before all others, with a page that compares it with them."""
