"""From the Pyomo model to a solution. Only compile.py sees Pyomo, only highs.py runs the solver."""
