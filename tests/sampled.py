"""Cases of one kind of which some stand for the others: these run in every suite, the others in the exhaustive part.

``conftest`` collects for the exhaustive part only files that hold that word; ``test_sampled`` holds that what stands
for the others is there.
"""

from collections.abc import Iterable
from typing import Any

import pytest


def exhaustive_but(values: Iterable[Any], kept: Iterable[Any]) -> list[Any]:
    """``values`` in their order, all exhaustive but those ``kept``."""
    values, kept = list(values), list(kept)
    assert kept
    assert all(value in values for value in kept)
    return [value if value in kept else pytest.param(value, marks=pytest.mark.exhaustive) for value in values]


def exhaustive_but_for(*ids: str) -> pytest.MarkDecorator:
    """Marks a test of several cases: all are exhaustive but those of these ids (patterns of the shell), each of which
    there must be."""
    return pytest.mark.sampled(*ids)


def exhaustive_beside(other: str, *others: str) -> pytest.MarkDecorator:
    """Marks a test as exhaustive, since others of its kind run in every suite: names of tests of its file, or
    ``tests/path.py::name``."""
    return pytest.mark.exhaustive(other, *others)
