"""What follows from a value is found once for each value, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Of = TypeVar("Of")
Part = TypeVar("Part")
Found = TypeVar("Found")


def once(function: Callable[[Of], Found]) -> Callable[[Of], Found]:
    """``function``, asked once for each value. The value must be immutable and told apart by identity (``eq=False``);
    what is found is shared by all who ask, so they must not change it."""
    return once_for(_itself)(function)


def once_for(part: Callable[[Of], Part]) -> Callable[[Callable[[Of], Found]], Callable[[Of], Found]]:
    """The same for a function that follows from a part of its value alone, or from what that part itself follows from:
    asked once for each such part (told apart by identity), however many values share it."""

    def decorate(function: Callable[[Of], Found]) -> Callable[[Of], Found]:
        memory: WeakKeyDictionary[Part, Found] = WeakKeyDictionary()

        @wraps(function)
        def ask(of: Of) -> Found:
            key = part(of)
            if key not in memory:
                memory[key] = function(of)
            return memory[key]

        return ask

    return decorate


def _itself(of: Of) -> Of:
    return of
