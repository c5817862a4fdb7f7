"""What follows from a value is found once for each value, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Of = TypeVar("Of")
Found = TypeVar("Found")


def once(function: Callable[[Of], Found]) -> Callable[[Of], Found]:
    """``function``, asked once for each value. The value must be immutable and told apart by identity (``eq=False``);
    what is found is shared by all who ask, so they must not change it."""
    memory: WeakKeyDictionary[Of, Found] = WeakKeyDictionary()

    @wraps(function)
    def ask(of: Of) -> Found:
        if of not in memory:
            memory[of] = function(of)
        return memory[of]

    return ask
