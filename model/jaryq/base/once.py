"""What follows from a value is found once for each value, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Of = TypeVar("Of")
Part = TypeVar("Part")
Beside = TypeVar("Beside")
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
            try:
                return memory[key]
            except KeyError:
                found = function(of)
            return memory.setdefault(key, found)

        return ask

    return decorate


def once_beside(function: Callable[[Of, Beside], Found]) -> Callable[[Of, Beside], Found]:
    """The same for a function of a value and of what stands beside it: what was found first for the value, and what was
    found last, is found again while all that stands beside it is equal. First comes the case as it stands, to which one
    comes back between its scenarios."""
    memory: WeakKeyDictionary[Of, list[tuple[Beside, Found]]] = WeakKeyDictionary()

    @wraps(function)
    def ask(of: Of, beside: Beside) -> Found:
        seen = memory.setdefault(of, [])
        for place, (there, found) in enumerate(seen):
            if there is beside:
                return found
            if there == beside:  # the same value is told at once when it is asked for again
                seen[place] = (beside, found)
                return found
        found = function(of, beside)
        del seen[1:]
        seen.append((beside, found))
        return found

    return ask


def _itself(of: Of) -> Of:
    return of
