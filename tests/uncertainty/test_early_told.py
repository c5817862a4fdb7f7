"""What is decided early, by name: starts, signatures, km, draws and crews of each row beside each other, what differs
first; and rows that not every future allows, apart from those that every one does."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.uncertain import run
from jaryq.base.text import Text
from jaryq.handover.uncertain.decided import Plan, early_blocks, starts_said
from jaryq.handover.uncertain.regret import regretting
from jaryq.uncertainty.solved import Interval
from jaryq.uncertainty.two_stage import Decided, Regrets
from tests.uncertainty.test_futures import hand_tables

TITLES = Text("first", "первый"), Text("second", "второй")


@pytest.fixture(scope="module")
def accepted():
    """The boiler house, and a second one that is dearer; a package of networks; a loan in dollars that is signed."""
    works = {"works_months": 24.0, "earliest": 2027, "latest": 2028, "asset_type": "boiler", "data_status": "estimate"}
    return accept(hand_tables(
        facilities=[{"facility": "F", "name": "Boiler house", "name_ru": "Котельная", "cost": 10.0, **works},
                    {"facility": "G", "name": "Station", "name_ru": "Станция", "cost": 30.0, **works}],
        networks=[{"package": "N", "name": "Mains", "name_ru": "Сети", "asset_type": "pipe", "km": 5.0, "km_total": 5.0,
                   "unit_cost": 0.001, "data_status": "estimate"}],
        asset_types=[{"asset_type": "boiler", "sector": "heat", "cost_class": "works"},
                     {"asset_type": "pipe", "name": "Heat mains", "name_ru": "Теплосети", "sector": "heat",
                      "cost_class": "works"}]), [])


def rows_of(block, lang="en"):
    return [tuple(getattr(value, lang, value) for value in row) for row in block.rows]


def test_tables_of_what_is_decided(accepted):
    """The dearer one differs (27 against 60 % of it), the other starts alike; 2 and 1.5 km of pipes; draws of two
    projects of one year are one row."""
    plans = [Plan(TITLES[0], {("start", ("F", "2027")): 1.0, ("start", ("G", "2027")): 1.0,
                              ("renew", ("N", "2027")): 2.0,
                              ("draw", ("S", "F", 2027)): 3.0, ("draw", ("S", "N", 2027)): 1.0,
                              ("taken", ("S",)): 1.0}),
             Plan(TITLES[1], {("start", ("F", "2027")): 1.0, ("start", ("G", "2027")): 0.6,
                              ("renew", ("N", "2027")): 1.5,
                              ("draw", ("S", "F", 2027)): 4.0, ("draw", ("S", "N", 2027)): 0.0,
                              ("taken", ("S",)): 0.0})]
    starts, signed, km, draws = early_blocks(accepted.case, plans, 2028)
    assert [field.head for field in starts.fields[1:]] == list(TITLES)
    assert rows_of(starts) == [("Station", "2027", "2027 (60 %)"), ("Boiler house", "2027", "2027")]
    assert rows_of(starts, "ru")[0] == ("Станция", "2027", "2027 (60 %)")
    assert starts.notes[0].en == "The first 1 of 2 rows differ between the columns; the rest (1) are the same in all."
    assert rows_of(signed) == [("Budget", "used", "yes", "–")]
    assert (rows_of(km), km.fields[2].unit) == ([("Heat mains", "2027", 2.0, 1.5)], "km")
    assert (rows_of(draws), draws.fields[2].unit) == ([("Budget", "2027", 4.0, 4.0)], "bn KZT")
    assert draws.notes[0].en == "All rows are the same in every column."
    assert starts_said(accepted.case, plans, 2028).en == ("Of 2 facilities that some row starts before 2028, 1 starts "
                                                          "at the same time in every row; the tables "
                                                          "show what each row decides, what differs first.")
    assert starts_said(accepted.case, [plans[0]], 2028).ru == (
        "Какую бы строку ни выбрать, до 2028 года начинаются одни и те же 2 объекта в одни сроки.")
    assert starts_said(accepted.case, [Plan(TITLES[0], {})], 2028) is None


def test_the_least_regret_can_be_read_and_signed():
    """Of the hand case of futures: cheap's own starts all of it, dear's 0.8, together 0.9, least regret 0.8 + 1.4/21 (5
    times that drawn in 2027)."""
    accepted = accept(hand_tables(), [])
    found, made = run.stages(accepted, (), None, None, 10.0, lambda _: None)
    table = run.regret(found, made, 10.0, lambda _: None)
    page = run.told_of_regret(found, table)
    starts, draws = page.blocks[1:]
    assert [field.head.en for field in starts.fields] == ["Facility", "least regret", "Cheap", "Dear",
                                                          "all futures (least mean)"]
    assert rows_of(starts) == [("Boiler house", "2027 (86.7 %)", "2027", "2027 (80 %)", "2027 (90 %)")]
    assert draws.rows[0][2:] == pytest.approx((5 * (0.8 + 1.4 / 21), 5.0, 4.0, 4.5), abs=1e-5)
    assert page.sentences[0].en == (
        "Least regret: the early decisions chosen for it, at most 0.60 bn KZT above the best; no early decisions that "
        "every future allows regret less than 0.60.")
    stages = run.told_of_stages(accepted, found, made, None)
    assert [block.head.en for block in stages.blocks[1:]] == ["Facilities started before 2028",
        "Money drawn before 2028"]
    assert stages.blocks[1].rows[0][1].en == "2027 (90 %)"


def test_rows_with_a_star_stand_apart():
    """Row "a" regrets 10.6 and a future does not allow all of it; "b" regrets 30.4 and every one does; none of these is
    below 29.1."""
    costs = {"a": (0.0, 10.6), "b": (26.5, 30.4)}
    plans = tuple(Decided(name, {}, Interval(1.0, 1.0), tuple(Interval(of, of) for of in each),
                          frozenset({1} if name == "a" else ()), ({}, {}), ({}, {}))
                  for name, each in costs.items())
    made = Regrets(plans, tuple(tuple(Interval(of, of) for of in each) for each in costs.values()), 29.1)
    names = {"a": Text("Budget cut", "Урезанный бюджет"), "b": Text("Base", "База")}
    page = regretting(made, names, [Text("x", "x"), Text("y", "y")], {})
    assert (made.least, made.least_starred) == (1, 0)
    assert [(one.label.en, one.value, one.note.en) for one in page.figures] == [
        ("Least largest regret", 30.4, "of early decisions that every future allows"),
        ("none is below", 29.1, "of early decisions that every future allows"),
        ("Least of a row with a star", 10.6, "Budget cut; not every future allows all of it")]
    assert page.blocks[0].strong == {1}
    assert page.sentences[0] == Text(
        "Least regret of early decisions that every future allows: the early decisions of “Base”, at most 30.4 bn KZT "
        "above the best; none of these regret less than "
        "29.1.", "Наименьшее сожаление ранних решений, допустимых во всех вариантах: ранние решения «База», не более "
                 "30,4 млрд тенге выше лучшего; меньше 29,1 у таких "
        "решений не бывает.")
    assert page.sentences[1].en == ("The early decisions of “Budget cut” regret at most 10.6, but not every future "
                                    "allows all of them (the cells with a star): they are "
                                    "no plan for all futures, so that they can lie below the bound.")
    assert page.blocks[0].notes[-1].en.startswith("* In this future not all of these early decisions are possible")
    assert "so that a row with a star can regret less than any row without one." in page.blocks[0].notes[-1].en


def test_rows_that_regret_as_much_are_named_together():
    plans = tuple(Decided(name, {}, Interval(1.0, 1.0), (Interval(1.0, 1.0),) * 2) for name in ("a", "b", "c"))
    made = Regrets(plans, ((Interval(0.0, 0.0), Interval(2.0, 2.0)), (Interval(2.0, 2.0), Interval(0.0, 0.0)),
                           (Interval(5.0, 5.0),) * 2), 0.0)
    page = regretting(made, {name: Text(name, name) for name in "abc"}, [Text("a", "a"), Text("b", "b")], {})
    assert page.sentences[0].en == "Least regret: the early decisions of “a”, “b”, at most 2 bn KZT above the best."
