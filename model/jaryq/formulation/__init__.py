"""The algebra: one file per family of constraints. With solve/compile.py the only importer of Pyomo."""
