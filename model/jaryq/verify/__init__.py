"""Checking a plan by other means than those that made it: nothing here imports the formulation, the solver or derived
factors."""
