"""Units in sentences are those of the language, and money is told one way."""

from dataclasses import replace

from jaryq.base.units import CAPACITY, UNITS, bn_of
from jaryq.case.areas import ENERGY
from jaryq.factors.lenders import SMALL, TICKET
from jaryq.report.stages import checks_table
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
