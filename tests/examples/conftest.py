"""The builder of the shipped case, its facts and what it makes of them, once for all tests of a process."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

INPUTS = Path(__file__).parents[2] / "inputs"
MODULES = ("adequacy", "case", "checks", "facts", "need", "networks", "pace", "quantities", "uncertainty", "wear")


@pytest.fixture(scope="session")
def builder():
    """Modules of the builder by name."""
    sys.path.insert(0, str(INPUTS))
    yield SimpleNamespace(**{name: importlib.import_module(f"kazakhstan_builder.{name}") for name in MODULES})
    sys.path.remove(str(INPUTS))


@pytest.fixture(scope="session")
def facts(builder):
    return builder.facts.Facts.read(INPUTS)


@pytest.fixture(scope="session")
def built(builder, facts):
    return builder.case.build(facts)


def vars_of(facts):
    """Fields of the facts, to make others with some of them changed."""
    return {name: getattr(facts, name) for name in type(facts).__dataclass_fields__}
