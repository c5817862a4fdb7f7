"""From Tables to Case: checks, cross-sheet rules, derived factors. No Pyomo, no openpyxl."""
