"""The country that plans, the currency it counts in, and the partner whose money is shown first: said here alone."""

from __future__ import annotations

HOME, HOME_CURRENCY = "KZ", "KZT"
"""Codes of the country (ISO 3166) and of its currency (ISO 4217), which needs no row in sheet currencies."""

FIRST_PARTNER = "JP"
"""The partner country that tables name before all others, with a page that compares it with them."""
