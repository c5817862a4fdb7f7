"""Tables of a report are made when they are asked for, and are then those of the whole report."""

import pytest

from jaryq.base.lazily import Lazily
from jaryq.report.build import build_report, report_as_asked
from tests.report.test_works_tables import made


def test_a_report_as_asked_is_the_report():
    whole, asked = build_report(*made()), report_as_asked(*made())
    assert list(asked.tables) == list(whole.tables)
    assert all(asked.tables[name] == table for name, table in whole.tables.items())
    assert (asked.title, asked.subtitle, asked.overview) == (whole.title, whole.subtitle, whole.overview)


def test_what_is_made_is_made_once_and_what_is_not_asked_for_never():
    count = []
    lazy = Lazily({"one": lambda: count.append("one") or 1, "none": lambda: None, "never": lambda: count.append("never")})
    assert lazy["one"] == lazy.get("one") == 1
    assert count == ["one"]
    assert "none" not in lazy
    assert "other" not in lazy
    assert 3 not in lazy
    with pytest.raises(KeyError):
        lazy["none"]
    with pytest.raises(KeyError):
        lazy["other"]


def test_a_fault_of_a_maker_is_no_missing_name():
    lazy = Lazily({"bad": lambda: {}["gone"]})
    with pytest.raises(KeyError, match="gone"):
        "bad" in lazy  # noqa: B015
    with pytest.raises(KeyError, match="gone"):
        list(lazy)
