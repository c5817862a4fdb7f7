"""Checking a plan by other means than those that made it: nothing here imports the formulation or derived factors;
the solver is asked by ``other_again`` alone, for what only solving shows."""
