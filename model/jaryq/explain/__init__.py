"""Why a plan is as it is: the other choice and its cost, what would turn it, which limits hold it."""
