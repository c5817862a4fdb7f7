"""Parts of other packages that are loaded with them and that nobody asks for.

Where Pyomo finds SciPy it loads SciPy's statistics too, and what these need: two thirds of the time that Pyomo takes to
load.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

BESIDE_PYOMO = ("scipy.stats", "scipy.integrate", "scipy.spatial")
"""Parts of SciPy that Pyomo loads beside ``scipy.sparse``, which it needs."""


@contextmanager
def without(names: tuple[str, ...]) -> Iterator[None]:
    """Whoever loads these modules meanwhile gets empty ones, which are forgotten afterwards: loaded later they are what
    they are. Modules that are loaded already stay."""
    empty = {name: ModuleType(name) for name in names if name not in sys.modules}
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            sys.modules.pop(name, None)
