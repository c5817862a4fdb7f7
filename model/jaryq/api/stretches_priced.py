"""Who prices the stretches of a plan: this process, or the workers of a cluster. The answer has the same bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from jaryq.api.clusters import Say, cluster_at, unheard
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.workers import shared_out

PARTS = 2
"""So many parts each worker has about: one that is done early takes another."""

Pricing = Callable[[Stretches], AbstractContextManager[Stretches]]

here: Pricing = nullcontext
"""This process."""


def on_cluster(address: str, say: Say = unheard) -> Pricing:
    """The workers of a cluster of Dask (extra ``cluster``), whose scheduler has this address."""

    @contextmanager
    def shared(register: Stretches) -> Iterator[Stretches]:
        with cluster_at(address, say) as client:
            yield shared_out(register, client, PARTS * max(len(client.scheduler_info()["workers"]), 1))

    return shared
