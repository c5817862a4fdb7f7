"""What a partner page shows beside its tables: a chart of draws and payments, and scenarios that move its money
alone."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from jaryq.commands.cli import parser
from jaryq.handover.partners import by_year
from jaryq.report.report import Report
from jaryq.report.shapes import Out
from jaryq.report.words import same
from jaryq.workbook.partner_scenarios import command, moved_alone
from tests.cases import keyed, source
from tests.make import bare_case

CASE = bare_case(sources=keyed(replace(source("JP_A"), partner="JP"), replace(source("JP_B"), partner="JP"),
                               replace(source("CN_A"), partner="CN"), source("M")))


def row(key, year, **more):
    return {"source": key, "year": year, "k_drawn": 0.0, "k_principal": 0.0, "k_interest": 0.0, "k_state": 0.0,
            "k_fees": 0.0} | more


def test_draws_stand_above_and_payments_below():
    """Two products of Japan: 5 and 3 drawn in 2026, 4 paid back in 2028 with 1 and 0.5 of interest and fees. China's
    are not its."""
    rows = (row("JP_A", 2026, k_drawn=5.0, k_fees=0.5), row("JP_B", 2026, k_drawn=3.0),
            row("JP_A", 2028, k_principal=4.0, k_interest=1.0, k_state=0.25), row("CN_A", 2027, k_drawn=9.0))
    chart = by_year(CASE, Report(same("t"), same("u"), (), {"debt_service": Out("debt_service", (), rows)}, {}), "JP")
    assert chart.labels == (2026, 2028)
    assert [(one.name.en, one.values) for one in chart.series] == [("Drawn", (8.0, 0.0)), ("Principal", (0.0, -4.0)),
        ("Interest and fees", (-0.5, -1.25))]
    assert chart.alt.en == "Japan: 8 bn KZT drawn, 6 paid back by 2028."
    assert by_year(CASE, Report(same("t"), same("u"), (), {}, {}), "JP") is None


def inputs(*changes, builds_on=None):
    named = {"late": ("Late", "Поздно"), "all": ("All late", None)}
    sheets = {"scenarios": [{"scenario": key, "name": en, "name_ru": ru, "builds_on": builds_on}
                            for key, (en, ru) in named.items()],
              "scenario_changes": [{"scenario": key, "sheet": sheet, "selector": selector}
                                   for key, sheet, selector in changes]}
    return SimpleNamespace(get=lambda name: SimpleNamespace(records=lambda: list(enumerate(sheets[name]))))


@pytest.mark.parametrize(("selector", "sheet", "told"), [
    ("source_id=JP*", "programme", True), ("partner=JP", "sources", True), ("source=JP_A", "source_years", True),
    ("source_id=*", "sources", False), ("source_id=JP_A|CN_A", "sources", False),
    ("partner=CN", "sources", False), (None, "programme", False), ("source_id=JP*", "currencies", False),
    ("source_id=X*", "sources", False)])
def test_scenarios_that_move_its_money_alone_are_named(selector, sheet, told):
    """`all` moves everything and is never its own; one that also moves something else is not either."""
    said = moved_alone(inputs(("late", sheet, selector), ("all", "facilities", None)), CASE, "JP")
    assert (said is not None) == told
    if told:
        assert said.en == ("If its money is late, dearer or absent (Late): comparison.xlsx of these scenarios says "
                           "which projects move, fall out or come in; how to make it stands on the sheet "
                           "contents.")
        assert said.ru.startswith("Если эти деньги придут позже, станут дороже или их не будет (Поздно): в "
                                  "comparison.xlsx этих сценариев сказано")
        assert all("jaryq" not in one and "--only" not in one
                   for one in said.all().values()), "the page is handed to a lender"
    assert moved_alone(inputs(("late", sheet, selector), ("late", "facilities", None)), CASE, "JP") is None
    assert moved_alone(inputs(("late", sheet, selector), builds_on="all"), CASE, "JP") is None


def test_the_command_can_be_typed_as_it_stands():
    """What the sheet of contents says is what the program reads: base and the two scenarios of Japan's money."""
    given = inputs(("late", "sources", "partner=JP"), ("all", "sources", "source=JP_A"))
    for said in command(given, CASE, "JP").all().values():
        assert parser().parse_args(said.partition("jaryq ")[2].split()).only == ["late", "all"]
    assert command(given, CASE, "CN") is None
