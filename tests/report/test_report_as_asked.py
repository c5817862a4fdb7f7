"""Tables of a report are made when they are asked for, and are then those of the whole report."""

import pytest

from jaryq.base.lazily import Lazily
from jaryq.handover.decision import decision
from jaryq.handover.money_flow import money_flow
from jaryq.handover.trust import trust
from jaryq.report import build
from jaryq.report.build import build_report, report_as_asked
from tests.report.test_works_tables import made


def test_a_report_as_asked_is_the_report():
    whole, asked = build_report(*made()), report_as_asked(*made())
    assert list(asked.tables) == list(whole.tables)
    assert all(asked.tables[name] == table for name, table in whole.tables.items())
    assert (asked.title, asked.subtitle, asked.overview) == (whole.title, whole.subtitle, whole.overview)


def test_a_front_page_is_the_same_from_less(monkeypatch):
    """The decision page of what-ifs, and those of money and trust, from an overview of key figures: the same, and no
    state of an asset is derived for the first."""
    case = made()[0]
    whole = build_report(*made())
    assert len(whole.overview) > len(report_as_asked(*made(), front=True).overview)
    with monkeypatch.context() as patched:
        patched.setattr(build, "states", lambda _: pytest.fail("states of assets derived"))
        assert decision(case, report_as_asked(*made(), front=True)) == decision(case, whole)
    for page in (money_flow, trust):
        assert page(case, report_as_asked(*made(), front=True)) == page(case, whole)
    assert [strip.chart for section in whole.overview for strip in section.strips if strip.chart] \
        == [strip.chart for section in report_as_asked(*made(), front=True).overview for strip in section.strips
            if strip.chart]


def test_what_is_made_is_made_once_and_what_is_not_asked_for_never():
    count = []
    lazy = Lazily({"one": lambda: count.append("one") or 1, "none": lambda: None,
                   "never": lambda: count.append("never")})
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
