"""The tile map: every region once, regions with a common border touch, unknown regions have no map."""

from itertools import combinations

import pytest

from jaryq.base.regions import known_regions, region_names
from jaryq.base.text import Text
from jaryq.handover.tiles import tiles

NEIGHBOURS = {
    "KZ-10": "33 35 55 63", "KZ-11": "35 39 55 59 62 71", "KZ-15": "23 27 39 43 47 62", "KZ-19": "31 33 75",
    "KZ-23": "15 27 47",
    "KZ-27": "15 23", "KZ-31": "19 35 61", "KZ-33": "10 19", "KZ-35": "10 11 31 55 62", "KZ-39": "11 15 59 62",
    "KZ-43": "15 61 62",
    "KZ-47": "15 23", "KZ-55": "10 11 35 59", "KZ-59": "11 39 55", "KZ-61": "31 43 62 79", "KZ-62": "11 15 35 39 43 61",
    "KZ-63": "10",
    "KZ-71": "11", "KZ-75": "19", "KZ-79": "61",
}
"""Common borders on land since 2022, from maps; borders across lake Balkhash left out."""
PLACES = {key: (place.row, place.column) for key, place in known_regions().items()}
SHORT = {key: place.short for key, place in known_regions().items()}
UNIT = {"wear": (Text("Wear", "Износ"), Text("%", "%"))}
ALT = Text("Map.", "Карта.")


def test_every_region_has_a_place_of_its_own():
    assert set(PLACES) == set(region_names()) == set(NEIGHBOURS)
    assert len(set(PLACES.values())) == 20


def test_borders_are_told_from_both_sides():
    assert all(key[3:] in NEIGHBOURS[f"KZ-{other}"].split() for key, others in NEIGHBOURS.items()
               for other in others.split())


@pytest.mark.parametrize(("one", "other"), [(a, b) for a, b in combinations(sorted(PLACES), 2)
                                            if b[3:] in NEIGHBOURS[a].split()])
def test_neighbours_touch(one, other):
    (r, c), (s, d) = PLACES[one], PLACES[other]
    assert max(abs(r - s), abs(c - d)) == 1


def test_short_names_fit():
    assert max(len(text.say(lang)) for text in SHORT.values() for lang in ("en", "ru")) <= 11


def row(key, wear):
    return {"region": key, "name": Text(key or "none", key or "none"), "wear": wear}


def test_values_stand_on_their_tiles_and_blanks_stay_blank():
    made = tiles(ALT, UNIT, "wear", [row("KZ-75", 50.0), row("KZ-59", None), row(None, 1.0)], ALT)
    assert [(tile.key, tile.row, tile.column, tile.values) for tile in made.tiles] == [
        ("KZ-59", 0, 3, {"wear": None}), ("KZ-75", 4, 6, {"wear": 50.0})]


@pytest.mark.parametrize("keys", [[], [None], ["R1"], ["KZ-75", "R1"]])
def test_other_regions_have_no_map(keys):
    assert tiles(ALT, UNIT, "wear", [row(key, 1.0) for key in keys], ALT) is None
