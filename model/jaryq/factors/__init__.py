"""Derived numbers: prices, loans, risk, schedule, bounds. No Pyomo, no openpyxl."""
