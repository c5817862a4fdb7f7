"""Units as people write them, and letters that look the same. Factors by hand: 1 bn = 1000 mn, a year 12 months, a km
1000 m, 1 % = 100 basis points."""

from fractions import Fraction

import pytest

from jaryq.base.lookalike import looks, mixed, plain, spelled_out
from jaryq.base.quantities import factor, quantity, split_unit, unit_quantity
from jaryq.base.text import LANGS
from jaryq.base.units import UNITS

NO_AMOUNTS = {"index", "month", "year", "crew-years per km or bn KZT", "number", "rank", "unit of capacity",
              "capacity of the row", "units", "units/year", "units/km/year",
              "unit of quantity", "KZT/unit of quantity", "currency/unit of quantity"}
"""Never an amount, or none until the row says in what."""


@pytest.mark.parametrize(("said", "unit", "times"), [
    ("млрд", "bn KZT", 1), ("млн тенге", "bn KZT", Fraction(1, 1000)), ("тыс. тг", "bn KZT", Fraction(1, 10**6)),
    ("₸", "bn KZT", Fraction(1, 10**9)),
    ("трлн", "bn KZT", 1000), ("bn KZT", "bn KZT", 1), ("KZT bn", "bn KZT", 1), ("billion tenge", "bn KZT", 1),
    ("億テンゲ", "bn KZT", Fraction(1, 10)),
    ("млн. тенге в год", "bn KZT/year", Fraction(1, 1000)), ("млрд", "bn KZT/year", 1),
    ("млн/мес", "bn KZT/year", Fraction(12, 1000)),
    ("млн тенге/км", "mn KZT/km", 1), ("млн", "mn KZT/km", 1), ("тыс. тенге/м", "mn KZT/km", 1),
    ("bn KZT per km", "mn KZT/km", 1000),
    ("mn KZT/km/year", "mn KZT/km/year", 1), ("тенге", "KZT/unit", 1), ("км", "km", 1), ("тыс. км", "km", 1000),
    ("м", "km", Fraction(1, 1000)),
    ("km a year", "km/year", 1), ("км/год", "km/year", 1), ("км жылына", "km/year", 1), ("км", "km/year", 1),
    ("%", "%", 1), ("％", "%", 1),
    ("процентов", "%", 1), ("% годовых", "%", 1), ("% p.a.", "%/year", 1), ("б.п.", "%", Fraction(1, 100)),
    ("share", "%", 100), ("%", "share", Fraction(1, 100)),
    ("мес.", "months", 1), ("лет", "months", 12), ("года", "years", 1), ("ай", "months", 1), ("か月", "months", 1),
    ("мес", "years", Fraction(1, 12)),
    ("раз в год", "times/year", 1), ("бригадо-лет", "crew-years", 1), ("чел.", "persons", 1),
    ("тыс. чел.", "persons", 1000), ("млн", "persons", 10**6),
    ("шт.", "facilities", 1), ("МВт", "MW", 1), ("кВт", "MW", Fraction(1, 1000)), ("°", "degrees", 1),
    ("мин", "seconds", 60),
    ("бригады", "crews", 1), ("шт.", "crews", 1), ("班", "crews", 1), ("отказа в год", "failures/year", 1),
    ("шт", "failures/year", 1), ("отказ/мес", "failures/year", 12),
    ("на 100 км в год", "per 100 km a year", 1), ("на 100 км", "per 100 km a year", 1),
    ("прорывов", "per 100 km a year", 1), ("прорывов на км", "per 100 km a year", 100),
    ("bursts per 1000 km a year", "per 100 km a year", Fraction(1, 10)), ("件/100km/年", "per 100 km a year", 1),
    ("шт/100 км/мес", "per 100 km a year", 12), ("балла", "score", 1), ("点", "score", 1),
    ("млрд тенге", "mn KZT", 1000), ("млн", "thousand KZT", 1000),
    ("тенге", "thousand KZT", Fraction(1, 1000)), ("млн за бригадо-год", "mn KZT per crew-year", 1),
    ("сут", "hours", 24), ("дня", "hours", 24), ("ч", "hours", 1)])
def test_factors(said, unit, times):
    found = quantity(said)
    assert found is not None
    assert factor(found, unit) == times


@pytest.mark.parametrize(("said", "unit"), [
    ("$ bn", "bn KZT"), ("bn USD", "bn KZT"), ("руб", "bn KZT"), ("км", "bn KZT"), ("%", "km"),
    ("млн тенге/год", "mn KZT/km"), ("млн тенге/км", "bn KZT"),
    ("мес", "%"), ("m", "bn KZT"), ("bn KZT", "number"), ("км", "index"), ("год", "year"), ("bn JPY", "bn currency"),
    ("тенге/доллар", "KZT/unit")])
def test_units_that_do_not_go_together(said, unit):
    found = quantity(said)
    assert found is not None
    assert factor(found, unit) is None


@pytest.mark.parametrize("said", ["", "попугаев", "млрд млн", "км км", "тенге доллар", "bn KZT per", "/ год", "per km",
                                  "¥", "x" * 1000, "км/тыс. тенге"])
def test_what_is_no_unit(said):
    assert quantity(said) is None


@pytest.mark.parametrize(("said", "own", "times"), [
    ("МВт", "MW", 1), ("ГВт", "MW", 1000), ("Гкал/ч", "Gcal/h", 1), ("Гкал/сағ", "Gcal/h", 1), ("МВА", "MVA", 1),
    ("кВА", "MVA", Fraction(1, 1000)), ("кВ", "kV", 1),
    ("тыс. м3/сут", "thousand m3/day", 1), ("тыс. м³ в сутки", "thousand m3/day", 1),
    ("м3/ч", "thousand m3/day", Fraction(24, 1000)), ("куб. м/сут", "thousand m3/day", Fraction(1, 1000)),
    ("Гкал/ч", "Гкал/ч", 1), ("МВт", "Gcal/h", None), ("МВА", "MW", None), ("МВт", "", None)])
def test_capacities_in_the_unit_of_the_row(said, own, times):
    assert factor(quantity(said), "unit of capacity", own) == times
    assert factor(quantity(said), "number", own) == times


@pytest.mark.parametrize(("said", "unit", "own", "times"), [
    ("МВт·ч", "units", "MWh", 1), ("МВт*ч", "units", "MWh", 1), ("ГВт⋅ч", "units", "MWh", 1000),
    ("тыс. кВтч", "units", "MWh", 1), ("тыс. Гкал", "units", "Gcal", 1000),
    ("м3", "units", "thousand m3", Fraction(1, 1000)), ("Гкал/км", "units/km/year", "Gcal", None),
    ("Гкал/км/год", "units/km/year", "Gcal", 1),
    ("тыс. м3 на км в год", "units/km/year", "thousand m3", 1), ("МВт·ч", "units", "Gcal", None),
    ("Гкал", "units", "", None)])
def test_what_is_not_supplied_in_the_unit_of_the_sector(said, unit, own, times):
    assert factor(quantity(said), unit, own) == times


@pytest.mark.parametrize(("said", "unit", "own", "times"), [
    ("ГВт·ч", "unit of quantity", "MWh", 1000), ("тыс. чел.", "unit of quantity", "persons", 1000),
    ("МВт", "unit of quantity", "Gcal", None),
    ("млн тенге/МВт", "KZT/unit of quantity", "MW", 10**6), ("тенге/Гкал", "KZT/unit of quantity", "MWh", None)])
def test_quantities_in_the_unit_of_their_row(said, unit, own, times):
    assert factor(quantity(said), unit, own) == times


def test_amounts_in_the_currency_of_the_row():
    assert factor(quantity("億円"), "bn currency", "JPY") == Fraction(1, 10)
    assert factor(quantity("млн евро"), "bn currency", "EUR") == Fraction(1, 1000)
    assert factor(quantity("млн"), "bn currency", "JPY") == Fraction(1, 1000)
    assert factor(quantity("млн евро"), "bn currency", "JPY") is None


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_of_the_vocabulary_is_known_by_its_own_name(unit):
    """Whoever adds a unit learns here whether people may write it into cells: either it is an amount, or it stands in
    the list above."""
    if unit in NO_AMOUNTS:
        assert unit_quantity(unit) is None
        return
    own = quantity(unit.replace(" currency", ""))
    assert own is not None
    assert factor(own, unit) == 1


@pytest.mark.parametrize("unit", sorted(set(UNITS) - NO_AMOUNTS))
def test_the_symbol_of_a_unit_never_means_another_size(unit):
    for lang in LANGS:
        said = quantity(UNITS[unit].symbol.say(lang))
        assert said is None or factor(said, unit) in (1, None), lang


@pytest.mark.parametrize(("text", "parts"), [
    ("12,5 млрд", ("12,5", "млрд")), ("40km", ("40", "km")), ("$3,4 bn", ("3,4", "$ bn")),
    ("KZT 3.4 bn", ("3.4", "KZT bn")), ("1 234,5 тыс. км", ("1 234,5", "тыс. км")),
    ("12 500 000 тенге", ("12 500 000", "тенге")), ("-5 %", ("-5", "%")), ("1e3 km", ("1e3", "km")),
    ("12億円", ("12", "億円")), ("KZ-10", ("KZ-10", "")), ("12 345", ("12 345", ""))])
def test_a_number_and_its_unit(text, parts):
    assert split_unit(text) == parts


# --- letters ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "seen"), [
    ("КZ-10", "KZ-10"), ("СНР", "CHP"), ("KZ–10", "KZ-10"), ("KZ\u00a010", "KZ 10"), ("KZ\u200b10", "KZ10"),
    ("ＫＺ１０", "KZ10"), ("Жамбыл", "Жaмбыл"), ("plain", "plain"), ("two  words", "two words")])
def test_what_the_eye_sees(text, seen):
    assert looks(text) == seen


def test_lower_letters_that_differ_are_not_the_same():
    assert looks("в") != looks("b")
    assert looks("н") != looks("h")
    assert looks("т") != looks("t")


@pytest.mark.parametrize(("text", "word"), [("KZ-10", ""), ("ТЭЦ-2", ""), ("ТЭЦ-PVL", ""), ("ПС-220кВ", ""),
                                            ("КZ-10", "КZ"), ("Boilеr 2", "Boilеr"), ("日本 JP", "")])
def test_two_alphabets_in_one_word(text, word):
    assert mixed(text) == word


def test_cyrillic_letters_are_shown():
    assert spelled_out("КZ") == "[К]Z"
    assert plain("a\u200b\u00ad b\t\nc ") == "a b c"
