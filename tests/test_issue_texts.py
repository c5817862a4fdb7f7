"""How an issue shows what it found: allowed values whole, what people typed neither too long nor turned around."""

from jaryq.base.issues import LONGEST_SHOWN, Issue
from jaryq.sheets.inputs import INPUT


def test_allowed_values_are_listed_whole():
    """The measures of targets are longer than a value that is cut off."""
    allowed = ", ".join(INPUT["targets"].column("measure").one_of)
    assert len(allowed) > LONGEST_SHOWN
    said = Issue("value_not_allowed", "targets", "D4", "measure", "объекты", {"allowed": allowed, "hint": ""}).say("en")
    assert f"allowed: {allowed}. " in said


def test_a_value_is_cut_off_and_turns_nothing_around():
    said = Issue("value_not_allowed", "targets", "D4", "measure", "F\u202e1\u2066" + "x" * 500,
                 {"allowed": "a, b", "hint": ""}).say("ru")
    assert "F�1�xxx" in said
    assert "x" * LONGEST_SHOWN not in said
