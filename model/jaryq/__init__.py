"""Jaryq: a planning optimizer for energy modernization.

    case = jaryq.read("kazakhstan.xlsx", scenario="base", changes=[...])
    plan = jaryq.plan(case)
    plan["facilities"]; plan.summary; plan.write("outputs")

See docs/api.md. What is named here is loaded when it is asked for, so that ``import jaryq`` costs nothing.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from jaryq.base.version import VERSION

# Nothing here multiplies dense matrices, and BLAS threads that wait for work burn the processor. Set before numpy
# loads; who sets it keeps it.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

__version__ = VERSION

if TYPE_CHECKING:
    from jaryq.api.opened import read as read
    from jaryq.api.planned import plan as plan
    from jaryq.base.errors import Infeasible as Infeasible
    from jaryq.base.errors import InputRejected as InputRejected
    from jaryq.base.errors import JaryqError as JaryqError
    from jaryq.base.errors import NoPlan as NoPlan
    from jaryq.base.errors import NotVerified as NotVerified

_HOMES = {
    "read": "jaryq.api.opened", "plan": "jaryq.api.planned",
    **dict.fromkeys(("JaryqError", "InputRejected", "Infeasible", "NoPlan", "NotVerified"), "jaryq.base.errors"),
}
"""Where each name of the package is at home. None of them is the name of a module here: that would take its place."""

__all__ = ["Infeasible", "InputRejected", "JaryqError", "NoPlan", "NotVerified", "plan", "read"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
