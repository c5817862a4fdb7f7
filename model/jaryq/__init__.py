"""Jaryq: a planning optimizer for energy modernization. Five verbs: read, build, solve, verify, write (see docs/)."""

import os

# Nothing here multiplies dense matrices, and BLAS threads that wait for work burn the processor. Set before numpy
# loads; who sets it keeps it.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

__version__ = "0.1.0"
