"""Plans in many futures: ensembles, sweeps, two stages, regret, fronts, stress."""
