"""Pictures of the page in the guide say in a text of the file (`figures`) which figures stand on them: those of the
shipped plan as the guide states them elsewhere (which its own test holds), and of the what-if that they show, computed
here. Who takes one anew writes its figures into it."""

import json
import re
import struct
from pathlib import Path

import pytest

from jaryq.api.again_decision import moved, standing_of
from jaryq.handover.decision import FIGURES

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "guide" / "pictures"


def said(path):
    """What a picture says of itself: its chunks of plain text, by their keywords."""
    content, at, found = path.read_bytes(), 8, {}
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at:at + 8])
        if kind == b"tEXt":
            key, _, text = content[at + 8:at + 8 + size].partition(b"\0")
            found[key.decode("latin-1")] = text.decode("latin-1")
        at += size + 12
    return json.loads(found["figures"])


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_picture_of_results_is_of_the_plan_that_the_guide_tells(lang):
    line = next(line
                for line in (ROOT / "docs" / "guide" / "en" / "first-plan.md").read_text(encoding="utf-8").splitlines()
                if "129 of 249 facilities" in line)
    facilities, km, spending, missed, rows = (int(one.replace(",", "")) for one in re.search(
        r"([\d,]+) of 249 facilities, ([\d,]+) of 606,999 km, ([\d,]+) bn KZT; ([\d,]+) of ([\d,]+) target rows missed",
        line).groups())
    shown = said(PICTURES / lang / "desk-results.png")
    assert (shown["facilities"], shown["km"], shown["spending"], shown["targets"]) == (facilities, km, spending,
        rows - missed)


@pytest.mark.exhaustive
def test_the_picture_of_a_what_if_is_of_that_what_if():
    """Half of Japan's money, in both languages; money from abroad tells it from the case as stated."""
    standing = standing_of(ROOT / "inputs" / "kazakhstan.xlsx", "base")

    def figures(changes):
        return {figure["key"]: figure["value"] for figure in moved(standing,
            changes).shown["scenario"]["pages"][0]["figures"] if figure["key"] in FIGURES[:-1]}

    for lang in ("en", "ru"):
        shown = said(PICTURES / lang / "desk-what-if.png")
        assert shown["changes"] == ["sources; source_id=JP_JICA|JP_JBIC_NEXI; envelope; multiply 0.5"]
        told = {key: shown[key] for key in FIGURES[:-1]}
        assert told == pytest.approx(figures(shown["changes"]), abs=0.51)
        assert told != pytest.approx(figures(()), abs=0.51)
