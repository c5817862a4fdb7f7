"""Closed lists by the words that people use: in cells, settings and filters; each word means one value of its
column."""

import pytest

from jaryq.rules.names import scenarios_are_folders
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.said import MONTHS, WORDS, meant
from jaryq.sheets.settings import SETTING_COLUMNS
from jaryq.tables.convert import convert
from jaryq.tables.scenarios import apply
from jaryq.tables.selector import FILTER_COLUMNS, BadSelector, parse
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.tables.typed_changes import command_change
from tests.data.test_filters import SHEETS

LISTS = {f"{sheet.name}.{column.name}": column.one_of for sheet in INPUTS for column in sheet.columns
         if column.one_of and column.name not in ("sheet", "setting", "unit", "capacity_unit", "sense", "day_count")}
LISTS |= {column.name: column.one_of for column in SETTING_COLUMNS if column.one_of} | {"filter": FILTER_COLUMNS}
DIGITS = ("1", "2", "3")


@pytest.mark.parametrize("name", LISTS)
def test_every_value_of_a_list_has_words_that_mean_it_alone(name):
    for value in set(LISTS[name]).difference(DIGITS):
        words = WORDS[value].split("|")
        assert any("а" <= letter <= "я" for word in words for letter in word.lower()), value
        assert {meant(word, LISTS[name]) for word in words} == {value}


def column(sheet, name):
    return next(each.column(name) for each in INPUTS if each.name == sheet)


@pytest.mark.parametrize(("place", "said", "read"), [
    (("sources", "kind"), "Бюджет", "budget"), (("sources", "kind"), "заём", "loan"),
    (("sources", "kind"), "ЗАЕМ", "loan"),
    (("sources", "kind"), "несие", "loan"), (("sources", "kind"), "融資", "loan"),
    (("sources", "repayment"), "аннуитет", "annuity"),
    (("sources", "repayment"), "元利均等", "annuity"), (("sources", "carry_over"), "нет", "none"),
    (("asset_types", "sector"), "Тепло", "heat"),
    (("targets", "measure"), "износ", "wear"), (("targets", "by"), "регион", "region"),
    (("sequence", "relation"), "FS", "finish_start"),
    (("quantities", "kind"), "поток", "flow"), (("borrowers", "level"), "предприятие", "company"),
    (("progress", "status"), "завершено", "done"),
    (("sequence", "relation"), "конец-начало", "finish_start"),
    (("sequence", "relation"), "Конец - начало", "finish_start"), (("targets", "priority"), "жёсткая", "hard"),
])
def test_a_word_is_read_with_a_note(place, said, read):
    value, faults = convert(column(*place), said)
    assert value == read
    assert [fault.code for fault in faults] == ["repaired_letters"]


@pytest.mark.parametrize(("place", "said", "hint"), [(("sources", "repayment"), "ануитет", "annuity"),
                                                     (("sources", "kind"), "кредитт", "loan")])
def test_a_word_mistyped_is_offered(place, said, hint):
    value, (fault,) = convert(column(*place), said)
    assert value is None
    assert fault.code == "value_not_allowed"
    assert f"“{hint}”" in fault.slots["hint"].en


@pytest.mark.parametrize("place", [(sheet.name, each.name) for sheet in INPUTS for each in sheet.columns
                                   if each.unit == "month"])
@pytest.mark.parametrize(("said", "read"), [
    ("ноябрь", 11), ("НОЯБРЬ", 11), ("нояб.", 11), ("ноября", 11), ("November", 11), ("Nov.", 11), ("қараша", 11),
    ("11月", 11), ("11 月", 11), ("十一月", 11),
    ("Mаy", 5), ("қаңтар", 1), ("декабрь", 12), ("сентября", 9)])
def test_a_month_by_its_name_is_read_with_a_note(place, said, read):
    value, faults = convert(column(*place), said)
    assert (value, type(value)) == (read, int)
    assert [(fault.code, fault.slots["read"]) for fault in faults] == [("repaired_text", read)]


def test_every_month_has_names_in_four_languages():
    """Each by its number in the order of the year: 12 names of each kind, none for two months."""
    for letters in ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя", "әғқңөұүһі", "月"):
        assert {number for name, number in MONTHS.items() if set(letters) & set(name.lower())} == ({1, 2, 4, 7, 9, 10,
            11, 12} if letters[0] == "ә" else set(range(1, 13)))


def test_what_is_no_month_says_what_is_one():
    works = column("regions", "works_from")
    value, (fault,) = convert(works, "ноябрр")
    assert (value, fault.code, fault.slots["what"].en) == (None, "wrong_type",
                                                           "a month, 1 to 12 or its name (did you mean “11”?)")
    assert [fault.code for fault in convert(works, "13")[1]] == ["repaired_text", "value_above_maximum"]
    assert convert(works, 11.0) == (11, ())
    assert convert(column("sources", "grace"), "ноябрь")[0] is None  # a number of years is no month


def test_a_word_of_another_column_is_none():
    assert convert(column("sources", "kind"), "износ")[0] is None


def of_filter(text):
    target = {**SHEETS["targets"][0], "filter": text}
    read, issues = typed(Tables("case", {name: Table.of(name, rows)
                                         for name, rows in {**SHEETS, "targets": [target]}.items()}))
    return read["targets"].frame["filter"][0], [issue.slots["read"] for issue in issues
                                                if issue.sheet == "targets" and issue.code == "repaired_letters"]


@pytest.mark.parametrize(("said", "read", "told"), [
    ("регион=KZ-35", "region=KZ-35", ["region"]), ("Регион = Караганда", "region=KZ-35", ["region", "KZ-35"]),
    ("өңір=KZ-35; сектор=Тепло", "region=KZ-35; sector=heat", ["region", "sector", "heat"]),
    ("sector=Heat|вода", "sector=heat|water", ["heat", "water"]), ("地域=KZ-*", "region=KZ-*", ["region"]),
    ("страна=Япония", "partner=JP", ["partner", "JP"]), ("kind=объект", "kind=facility", ["facility"]),
    ("sector=heat", "sector=heat", []),
])
def test_filters_in_words(said, read, told):
    assert of_filter(said) == (read, told)


def test_a_filter_column_mistyped_in_russian_is_offered():
    with pytest.raises(BadSelector, match=r"did you mean “region”\?"):
        parse("региион=KZ-35", FILTER_COLUMNS)


@pytest.mark.parametrize(("said", "cells"), [
    ("sources; вид=заём; envelope; set 3", [("EBRD", 3.0)]), ("facilities; Регион=KZ-35; cost; set 1", [("F1", 1.0)]),
    ("facilities; область=Караганда; cost; set 1", [("F1", 1.0)]),
    ("Объекты; F1; Стоимость; умножить 2", [("F1", 10.0)]),
])
def test_selectors_of_changes_in_words(said, cells):
    change, issues = command_change(said)
    assert not issues
    _, made, issues = apply(typed(Tables("case", {name: Table.of(name, rows) for name, rows in SHEETS.items()}))[0],
                            [change])
    assert [(item.key, item.new) for item in made] == cells
    assert {issue.severity for issue in issues} <= {"note"}


@pytest.mark.parametrize(("name", "odd"), [("-", False), ("n/a", False), ("low;high", True), ("low costs", False),
                                           ("x=1", True)])
def test_a_scenario_that_is_hard_to_name_is_told(name, odd):
    """Where its folder is safe: ``n/a`` and ``-`` are no folders, which stops before."""
    tables = Tables("case", {"scenarios": Table.of("scenarios", [{"scenario": name, "name": "s"}])})
    found = {issue.code for issue in scenarios_are_folders(tables)}
    assert ("odd_key" in found, "unsafe_name" in found) == (odd, name in ("n/a", "-"))
