"""Modules that are imported when a command asks for them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from jaryq.base.faults import Fault
from jaryq.base.text import Text
from jaryq.commands.loading import leaving_at_once, not_loaded, room


class Later:
    """A module that is imported when a command asks for it: solver and algebra take longer to import than most inputs
    take to check."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, what: str) -> Any:
        if self._name not in sys.modules:
            try:
                room()
                with leaving_at_once():
                    import_module(self._name)
            except (ImportError, MemoryError) as error:
                raise Fault(Text(not_loaded(error), not_loaded(error))) from error
        return getattr(sys.modules[self._name], what)
