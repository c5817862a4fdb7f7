"""Processes that tests start see the package of this checkout, whatever is installed; what is exhaustive is marked; a
small workbook and the command line, as tests of commands call them."""

import gc
import os
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.browsers import browser  # noqa: F401  a fixture

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(Path(__file__).parents[1] / "model"),
                                                         os.environ.get("PYTHONPATH"))))

# as the package has it, which tests that import openpyxl themselves may come before
os.environ.setdefault("OPENPYXL_LXML", "False")

# hundreds of processes import the package; compiled anew in each of them it takes longer than what they do
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

gc.disable()  # until all tests are collected: what is made by then stays

EXHAUSTIVE = ("properties", "damage")
"""Folders of tests over many drawn cases, or every kind of damage. Others carry the marker themselves."""


LONG = ("test_order.py", "test_benchmark.py", "test_mirror.py", "test_small_cases.py", "test_in_classes.py",
        "test_pieces.py")
"""Files with single tests of more than ten seconds."""


def pytest_configure(config):
    """The whole suite leaves out what is exhaustive, which ``-m exhaustive`` runs; files and tests that are asked for
    by name run all they have."""
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.markexpr:
        config.option.markexpr = "not exhaustive"


def pytest_ignore_collect(collection_path, config):
    """Files without a test that is asked for are not even imported."""
    if collection_path.suffix != ".py" or config.option.markexpr not in ("exhaustive", "not exhaustive"):
        return None
    drawn = collection_path.parent.name in EXHAUSTIVE
    unmarked = not drawn and "exhaustive" not in collection_path.read_text(encoding="utf-8")
    return (drawn if config.option.markexpr == "not exhaustive" else unmarked) or None


def pytest_collection_finish():
    """The collector of garbage need not look through thousands of collected tests again and again, nor through every
    few hundred objects that a test makes."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    gc.enable()


def pytest_collection_modifyitems(config, items):
    """What is exhaustive is marked before those are left out that nobody asks for; tests that take longest come first,
    so that none is begun at the end."""
    lacking = {}
    for item in items:
        if item.path.parent.name in EXHAUSTIVE:
            item.add_marker("exhaustive")
        if kept := item.get_closest_marker("sampled"):
            found = [pattern for pattern in kept.args if fnmatchcase(item.callspec.id, pattern)]
            lacking.setdefault(item.nodeid.partition("[")[0], set(kept.args)).difference_update(found)
            if not found:
                item.add_marker("exhaustive")
    if any(lacking.values()) and config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        raise pytest.UsageError(f"no cases of these ids: {lacking}")
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture
def book(tmp_path):
    """A small workbook that can be planned."""
    from tests.test_cli import BASE
    from tests.workbooks import minimal_tables, plain_workbook

    plain_workbook(minimal_tables(**BASE), tmp_path / "case.xlsx")
    return tmp_path / "case.xlsx"


@pytest.fixture
def run_apart(capsys):
    """The command line in this process: its exit code, output and errors, without a traceback."""
    from jaryq.commands.cli import main

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out, said.err

    return call


@pytest.fixture
def run(run_apart):
    """The same with output and errors as one text, which tells no unforeseen fault."""
    def call(*arguments):
        code, out, err = run_apart(*arguments)
        assert "unforeseen" not in out + err
        return code, out + err

    return call
