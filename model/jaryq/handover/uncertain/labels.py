"""Names and units of the figures by which plans are compared over many futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.base.home import BILLION
from jaryq.base.text import Text

FIGURES: Mapping[str, tuple[Text, str]] = {
    "missed": (Text("targets missed", "целей не достигнуто"), "number"),
    "unfunded": (Text("money that nobody pays", "не хватает денег"), BILLION),
    "beyond": (Text("limits of crews, outages and order that are passed",
                    "превышение пределов бригад, остановов и порядка"), "number"),
    "beyond_works": (Text("crews and outages beyond their limits", "бригады и остановы сверх пределов"), "number"),
    "beyond_order": (Text("works before their turn", "работы раньше очереди"), "number"),
    "objective": (Text("what the plan costs, present value", "стоимость плана, приведённая"), BILLION),
}


@dataclass(frozen=True)
class Label:
    """A figure: its name, its unit (a name of ``UNITS``)."""

    text: Text
    unit: str


def label(key: str, indicators: Mapping[str, tuple[Text, str]]) -> Label:
    """The label of a figure by its key."""
    if key in indicators:
        return Label(*indicators[key])
    if key in FIGURES:
        return Label(*FIGURES[key])
    priority = key.rpartition("_")[2]
    if key.startswith("spread_"):
        return Label(Text(f"largest shortfall, priority {priority}",
                          f"наибольшее недовыполнение, приоритет {priority}"), "number")
    return Label(Text(f"shortfall, priority {priority}", f"недовыполнение, приоритет {priority}"), "number")
