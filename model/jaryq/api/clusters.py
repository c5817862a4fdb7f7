"""A cluster of Dask by the address of its scheduler (extra ``cluster``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jaryq.base.errors import Told
from jaryq.base.text import Text

WAIT = 30
"""Seconds that a scheduler has to answer."""

WAITING = Text("waiting for the scheduler at {address}, at most {seconds} s",
               "жду планировщика по адресу {address}, не более {seconds} с")
SILENT = Text("no scheduler answers at {address} (waited at most {seconds} s). A cluster needs the extra cluster on "
              "every machine (pip install -e \".[cluster]\"): start dask scheduler on one, dask worker ADDRESS on the "
              "others, and give with --scheduler the address that the scheduler prints",
              "по адресу {address} планировщик не отвечает (ожидание не более {seconds} с). Кластеру нужно дополнение "
              "cluster на каждой машине (pip install -e \".[cluster]\"): запустите dask scheduler на одной, dask "
              "worker АДРЕС на других и укажите в --scheduler адрес, который напечатает планировщик")

Say = Callable[[Text], None]


class NoScheduler(Told):
    """Nobody answers at the address of a scheduler."""

    exit_code = 1
    status = "failed"


def unheard(text: Text) -> None:
    """Says nothing."""


@contextmanager
def cluster_at(address: str, say: Say = unheard) -> Iterator[Any]:
    """The client of a scheduler; it is said at once that it is waited for. Raises NoScheduler where none answers in
    time, or the address is none."""
    from distributed import Client

    say(WAITING.fill(address=address, seconds=WAIT))
    try:
        client = Client(address, timeout=WAIT)
    except (OSError, ValueError) as error:
        raise NoScheduler(SILENT.fill(address=address, seconds=WAIT)) from error
    with client:
        yield client
