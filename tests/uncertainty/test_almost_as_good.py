"""Plans that are almost as good: what all of them take, what can be left out, what is another share in some."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.uncertain import run
from jaryq.api.uncertain.fronts import alternatives
from jaryq.tables.tables import Table, Tables


def two_plants(worth):
    """A (10, worth ``worth``) and B (10, worth 20), of which 10 are paid; in parts."""
    settings = {"first_year": 2026, "last_year": 2027, "discount_rate": 0.0, "facilities": "divisible", "prices": 0,
                "explain": "off"}
    works = {"cost": 10.0, "works_months": 12.0, "earliest": 2026, "latest": 2026}
    rows = {"settings": [{"setting": name, "value": of} for name, of in settings.items()],
            "facilities": [{"facility": "A", "name": "Plant A", "name_ru": "Завод A", "region": "R1",
                            "benefit": worth, **works},
                           {"facility": "B", "name": "Plant B", "name_ru": "Завод B", "region": "R2",
                            "benefit": 20.0, **works}],
            "regions": [{"region": "R1", "population": 1000.0}, {"region": "R2", "population": 1000.0}],
            "sources": [{"source_id": "S", "kind": "budget"}],
            "source_years": [{"source_id": "S", "2026": 10.0, "2027": 0.0}]}
    return accept(Tables("two", {name: Table.of(name, found) for name, found in rows.items()}), [])


@pytest.mark.parametrize(("worth", "shared", "open_", "partly"), [
    (30.0, ("A",), (), {"B": (0.0, 0.1)}),
    (22.5, ("A",), (), {"B": (0.0, 0.4)}),
    (21.25, (), ("B",), {"A": (0.2, 1.0)}),
    (20.5, (), ("A", "B"), {})])
def test_what_can_be_left_out(worth, shared, open_, partly):
    """Within 10 % of the 10 that are spent 1 may be lost; B in place of A loses worth - 20 for all of it, so B has at
    most 1 / (worth - 20): 0.1, 0.4, 0.8, all. A share of 0.9 to 1, or of 0.2 to 1, is never without A."""
    made = alternatives(two_plants(worth), 10.0)
    assert (made.shared, made.open) == (shared, open_)
    assert set(made.partly) == set(partly)
    for key, ends in partly.items():
        assert made.partly[key] == pytest.approx(ends, abs=1e-5)


def test_the_words_say_no_more_than_the_plans():
    page = run.told_of_alternatives(two_plants(30.0), 10.0)
    assert [one.en for one in page.verdict.robust] == [
        "All 7 plans found within 10 % of the best take at least half of Plant A."]
    assert (page.verdict.open, page.verdict.changes) == ((), ())
    assert [one.en for one in page.sentences] == [
        "Within 10 % of spending from the best plan, 7 plans were found; 1 facility is taken, at least half of it, by "
        "all of them: Plant A.",
        "Of 1 facility they have other shares, from the least to the greatest: Plant B (0 to 10 %)."]
    assert page.sentences[1].ru == ("1 объект входит в них с иными долями, от наименьшей до наибольшей: Завод B (от 0 "
                                    "до 10 %).")
    assert [one.en for one in run.told_of_alternatives(two_plants(20.5), 10.0).verdict.open] == [
        "Within 10 % of the best one plan is found without, and another with at least half of: Plant A, Plant B."]
