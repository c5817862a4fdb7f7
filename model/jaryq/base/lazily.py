"""Values by name that are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Lazily(Mapping[str, Made], Generic[Made]):
    """Each value is made once, when it is asked for first; a name whose maker gives None is not there."""

    def __init__(self, makers: Mapping[str, Callable[[], Made | None]]) -> None:
        self._makers, self._made = dict(makers), dict[str, Made | None]()

    def __getitem__(self, name: str) -> Made:
        made = self._value(name)
        if made is None:
            raise KeyError(name)
        return made

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._makers and self._value(name) is not None

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._makers if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _value(self, name: str) -> Made | None:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]
