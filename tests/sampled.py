"""Cases of one kind of which some stand for the others: these run in every suite, the others in the exhaustive part."""

from collections.abc import Iterable
from typing import Any

import pytest


def exhaustive_but(values: Iterable[Any], kept: Iterable[Any]) -> list[Any]:
    """``values`` in their order, all exhaustive but those ``kept``. (``conftest`` collects for the exhaustive part only files that hold that word.)"""
    values, kept = list(values), list(kept)
    assert kept
    assert all(value in values for value in kept)
    return [value if value in kept else pytest.param(value, marks=pytest.mark.exhaustive) for value in values]
