"""Sectors of energy in words."""

from collections.abc import Mapping

from jaryq.base.text import Text

SECTORS: Mapping[str, Text] = {
    "power": Text("power", "электроэнергия"), "heat": Text("heat", "тепло"), "water": Text("water", "вода"),
    "sewer": Text("sewer", "водоотведение"),
}
