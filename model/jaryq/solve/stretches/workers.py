"""Stretches priced by several machines: each holds the stretches of some packages, and is told prices only.

A round of groups gives out prices and the groups of stretches and takes back the choice of each. A stretch is priced
alone and sums are taken here, so the answer has the same bits as that of one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from jaryq.solve.stretches.pricing import Asked
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.types import Whole

AGAIN = 2
"""So many times a part is given out anew whose worker was lost."""


def shared_out(register: Stretches, client: Any, count: int) -> Stretches:
    """The same stretches, priced by the workers of a ``distributed.Client`` in about ``count`` parts, none of which
    cuts a package. Where a worker is lost, its part goes to another."""
    parts = by_package(register.package, count)
    held = [client.scatter(register.part(part), hash=False) for part in parts]

    def elsewhere(of_part: Callable[..., Any], group: Whole, asked: Asked) -> Iterator[tuple[slice, Any]]:
        told = client.scatter(asked, broadcast=True, hash=False)
        found = [client.submit(of_part, stretches, slice(None), group[part], told, pure=False, retries=AGAIN)
                 for part, stretches in zip(parts, held, strict=True)]
        for part, future in zip(parts, found, strict=True):
            yield part, future.result()

    return replace(register, elsewhere=elsewhere)


def by_package(package: Whole, count: int) -> list[slice]:
    """At most ``count`` parts of about the same number of stretches, cut between packages (which stand together)."""
    if not len(package):
        return []
    starts = np.flatnonzero(np.concatenate([[True], package[1:] != package[:-1]]))
    wanted = np.arange(1, count) * len(package) / count
    after = np.searchsorted(starts, wanted)
    before = np.maximum(after - 1, 0)
    bounds = np.concatenate([starts, [len(package)]])
    nearer = np.where(bounds[after] - wanted < wanted - bounds[before], bounds[after], bounds[before])
    cuts = np.unique(np.concatenate([[0], nearer, [len(package)]])).tolist()
    return [slice(int(a), int(b)) for a, b in pairwise(cuts)]
