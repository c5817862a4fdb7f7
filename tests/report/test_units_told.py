"""Units in sentences are those of the language, and money is told one way."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from jaryq.base.units import CAPACITY, UNITS, bn_of
from jaryq.case.areas import ENERGY
from jaryq.commands.messages import headline
from jaryq.factors.lenders import SMALL, TICKET
from jaryq.handover.said import certain
from jaryq.report.question_firm import _distance, _exact
from jaryq.report.shapes import Fact
from jaryq.report.stages import checks_table
from jaryq.report.words import at_most, proved, same
from jaryq.verify.asserted import CHECKS
from jaryq.verify.finding import Finding


def test_money_is_told_one_way():
    """Tenge has a word of its own in Russian, other currencies their code."""
    assert (bn_of("KZT").en, bn_of("KZT").ru) == ("bn KZT", "млрд тенге")
    assert (bn_of("JPY").en, bn_of("JPY").ru) == ("bn JPY", "млрд JPY")
    assert SMALL.fill(ticket=TICKET.fill(least="5",
                                         unit=bn_of(
                                         "JPY"))).ru == "меньше наименьшей суммы кредитора на проект (5 млрд JPY)"


def test_units_of_capacity_have_russian_words():
    assert set(ENERGY) <= set(CAPACITY)
    assert CAPACITY["Gcal/h"].ru == "Гкал/ч"


def test_units_of_checks_are_words():
    """A unit that stands in a column's declaration is told by its symbol."""
    one = Finding(check=next(iter(CHECKS)), place="x", claimed=1.0, recomputed=1.0, residual=0.0, tolerance=1.0,
                  unit="unit of quantity")
    (row,) = checks_table([one]).rows
    assert row["unit"] == UNITS["unit of quantity"].symbol
    (row,) = checks_table([replace(one, unit="units/year")]).rows
    assert row["unit"].ru == "МВт·ч, Гкал или тыс. м3 в год"


@pytest.mark.parametrize(("percent", "said"), [
    (0.0, "0"), (1e-6, "0"), (1.1e-6, "0.000002"), (0.00209, "0.003"), (0.003, "0.003"), (0.0301, "0.04"),
    (0.0951, "0.10"), (0.2501, "0.26"), (0.25, "0.25"), (0.9951, "1"), (1.0004, "1.1"), (5.0, "5"), (1.01, "1.1"),
    (42.01, "42.1"), (99.91, "100"), (123.2, "124"),
])
def test_a_proved_distance_is_told_rounded_up(percent, said):
    """As many places as other figures have, never less than what is proved; twice rounded is once rounded."""
    assert proved(percent).en == said
    assert at_most(at_most(percent)) == at_most(percent) >= percent - 1e-6


def test_every_place_tells_the_same_proved_distance():
    """0.00209 % of outlays: fact, sentence, both answers and the command say 0.003, none says 0.002."""
    solved = SimpleNamespace(certified_gap=2.09e-5, objective="purse")
    for said in (*_exact(solved), *_distance(solved)):
        assert "0.003 % of spending" in said.en
        assert "0,003 % затрат" in said.ru
    objective = {"name": "purse", "certified_gap": 2.09e-5, "certified_gap_of_stake": None, "proved": False}
    kpi = {"facilities_completed": 1, "facilities_in_scope": 2, "km_renewed": 0.0, "km_in_scope": 0.0,
           "spend_bn_kzt": 3.0}
    content = {"kpi": kpi, "objective": objective, "stages": [{"name": "objective"}], "targets": []}
    assert "Within 0.003 % of outlays" in headline(content, "en")
    facts = [Fact(same("d"), at_most(2.09e-3), "%", key="distance"), Fact(same("e"), 50.0, "%", key="estimates")]
    report = SimpleNamespace(fact=lambda key: next((fact for fact in facts if fact.key == key), None))
    assert "better by more than 0.003 %" in certain(None, report)[0].en
    assert "более чем на 0,003 %" in certain(None, report)[0].ru
