"""Processes that tests start see the package of this checkout, whatever is installed; what is exhaustive is marked; a small workbook and
the command line, as tests of commands call them."""

import os
from pathlib import Path

import pytest

from tests.browsers import browser  # noqa: F401  a fixture

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(Path(__file__).parents[1] / "model"), os.environ.get("PYTHONPATH"))))

os.environ.setdefault("OPENPYXL_LXML", "False")  # as the package has it, which tests that import openpyxl themselves may come before

EXHAUSTIVE = ("properties", "damage")
"""Folders of tests over many drawn cases, or every kind of damage. Others carry the marker themselves."""


def pytest_configure(config):
    """The whole suite leaves out what is exhaustive, which ``-m exhaustive`` runs; files and tests that are asked for by name run all they have."""
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.markexpr:
        config.option.markexpr = "not exhaustive"


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name in EXHAUSTIVE:
            item.add_marker("exhaustive")


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
