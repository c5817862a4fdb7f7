"""What can be moved in a what-if: numbers and switches that the case itself declares, each as ordinary changes.

No rule of the model stands here: a lever is a pattern of changes as the option ``--set`` takes them, and what they do
is checked and decided as for every change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.countries import COUNTRIES
from jaryq.base.home import HOME, HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.tables.change import Change
from jaryq.tables.scenarios import BASE, called, changed, changes_of, names
from jaryq.tables.tables import Tables
from jaryq.tables.values import show

VALUE = "{value}"
"""Stands in a pattern for where the lever is."""

MONEY_OF = Text("Money of {partner}: all its sources", "Деньги партнёра {partner}: все источники")
RATE_OF = Text("Exchange rate of {currency}, from {first} on", "Курс {currency}, с {first} года")
COSTS = Text("Costs of facilities and of networks", "Стоимость объектов и сетей")
LATER = Text("The whole programme begins later", "Вся программа начинается позже")
LATER_OF = Text("Money of {partner} comes later", "Деньги партнёра {partner} приходят позже")
OF_NOW = Text("% of what is stated", "% от указанного")
YEARS = Text("yr", "г.")
"""Short, as it stands after any number: 1, 2."""
AS_STATED = Text("in the unit of the target", "в единице цели")
TARGET = Text("Target: {name}", "Цель: {name}")

MOST_PARTNERS, MOST_CURRENCIES, MOST_TARGETS = 4, 4, 12

UNSAFE = frozenset(";,=*|")
"""Signs that mean something in a selector: a row whose key has one is not moved from here."""


@dataclass(frozen=True)
class Lever:
    """A number from ``low`` to ``high`` (a switch: 0 or 1), which stands at ``now``. ``patterns``: the changes where it
    stands elsewhere, ``{value}`` being its place times ``scale``; ``dates``: they move dates, so that the program is
    built again and nothing takes longer."""

    key: str
    text: Text
    unit: Text | None
    low: float
    high: float
    step: float
    now: float
    patterns: tuple[str, ...]
    scale: float = 1.0
    dates: bool = False

    @property
    def switch(self) -> bool:
        return self.unit is None

    def changes(self, value: float) -> tuple[str, ...]:
        """Changes that put it there; none where it stands already."""
        if abs(value - self.now) < 1e-12:
            return ()
        said = f"{round(value * self.scale, 12):.12g}"
        return tuple(pattern.replace(VALUE, said) for pattern in self.patterns)


def changes_at(levers: Sequence[Lever], places: Mapping[str, float]) -> tuple[str, ...]:
    """The changes of all levers where they stand; switches, whose changes may set what others multiply, come first."""
    return tuple(change for lever in sorted(levers, key=lambda one: not one.switch)
                 for change in lever.changes(min(max(places.get(lever.key, lever.now), lever.low), lever.high)))


def levers(tables: Tables, scenario: str = BASE) -> tuple[Lever, ...]:
    """The levers of typed tables, in the order in which they are asked about: money of partners, exchange rates, costs,
    delays, targets from below (those that ask the same of every region first), scenarios of the workbook as
    switches."""
    return (*_partners(tables), *_rates(tables), *_costs(tables), *_delays(tables), *_targets(tables),
            *_scenarios(tables, scenario))


def stated_in(tables: Tables, scenario: str) -> Tables:
    """Typed tables as a scenario has them, from which its levers begin."""
    changes, loops = changes_of(tables, scenario)
    return tables if loops or not changes else changed(tables, changes)[0]


def _rows(tables: Tables, sheet: str, key: str) -> Iterator[Mapping[str, object]]:
    for _, row in tables.get(sheet).records():
        said = row.get(key)
        if isinstance(said, str) and said.strip() and not UNSAFE & set(said):
            yield row


def _sources_of(tables: Tables) -> dict[str, list[str]]:
    """Open sources of each partner abroad."""
    found: dict[str, list[str]] = {}
    for row in _rows(tables, "sources", "source_id"):
        partner = row.get("partner")
        if partner not in (None, "", HOME) and row.get("status") != "closed" and not UNSAFE & set(str(partner)):
            found.setdefault(str(partner), []).append(str(row["source_id"]))
    return dict(sorted(found.items(), key=lambda item: -len(item[1]))[:MOST_PARTNERS])


def _partners(tables: Tables) -> Iterator[Lever]:
    limited = {str(row["source_id"]) for row in _rows(tables, "source_years", "source_id")}
    for partner, sources in _sources_of(tables).items():
        ceilings = [source for source in sources if source in limited]
        patterns = [f"sources; source_id={'|'.join(sources)}; envelope; multiply {VALUE}"]
        if ceilings:
            patterns.append(f"source_years; source_id={'|'.join(ceilings)}; ; multiply {VALUE}")
        with_envelope = any(row.get("envelope") is not None for row in _rows(tables, "sources", "source_id")
                            if row["source_id"] in sources)
        yield Lever(f"money-{partner}", MONEY_OF.fill(partner=_country(partner)), OF_NOW, 0.0, 300.0, 10.0, 100.0,
                    tuple(patterns if with_envelope else patterns[1:]), 0.01)


def _rates(tables: Tables) -> Iterator[Lever]:
    first, last = _years(tables)
    if not first or not last:
        return
    for row in list(_rows(tables, "currencies", "currency"))[:MOST_CURRENCIES]:
        code = str(row["currency"])
        if code != HOME_CURRENCY:
            yield Lever(f"rate-{code}", RATE_OF.fill(currency=code, first=first), OF_NOW, 60.0, 200.0, 5.0, 100.0,
                        (f"currencies; currency={code}; {first}-{last}; multiply {VALUE}",), 0.01)


def _costs(tables: Tables) -> Iterator[Lever]:
    patterns = [f"{sheet}; ; {column}; multiply {VALUE}" for sheet, column in (
        ("facilities", "cost"), ("networks", "unit_cost"))
        if any(row.get(column) is not None for _, row in tables.get(sheet).records())]
    if patterns:
        yield Lever("costs", COSTS, OF_NOW, 60.0, 150.0, 5.0, 100.0, tuple(patterns), 0.01)


def _delays(tables: Tables) -> Iterator[Lever]:
    yield Lever("later", LATER, YEARS, 0.0, 2.0, 1.0, 0.0, (f"programme; ; ; shift {VALUE}",), dates=True)
    for partner, sources in _sources_of(tables).items():
        yield Lever(f"later-{partner}", LATER_OF.fill(partner=_country(partner)), YEARS, 0.0, 2.0, 1.0, 0.0,
                    (f"programme; source_id={'|'.join(sources)}; ; shift {VALUE}",), dates=True)


def _targets(tables: Tables) -> Iterator[Lever]:
    asked = [row for row in _rows(tables, "targets", "target")
             if row.get("sense") in (None, ">=") and isinstance(row.get("value"), int | float) and row["value"]]
    asked.sort(key=lambda row: "region" not in f"{row.get('by') or ''} {row.get('filter') or ''}")
    for row in asked[:MOST_TARGETS]:
        value, key = float(str(row["value"])), str(row["target"])
        name = str(row.get("name") or key)
        said = Text(name, str(row.get("name_ru") or name))
        unit = UNITS.get(str(row.get("unit")))
        step = float(f"{abs(value) / 20.0:.1g}")
        yield Lever(f"target-{key}", TARGET.fill(name=said), unit.symbol if unit is not None else AS_STATED,
                    0.0, 2.0 * value, step, value, (f"targets; target={key}; value; set {VALUE}",))


def _scenarios(tables: Tables, scenario: str) -> Iterator[Lever]:
    for name in names(tables):
        if name in (BASE, scenario):
            continue
        changes, loops = changes_of(tables, name)
        texts = [_typed(change) for change in changes]
        if texts and not loops and all(texts):
            yield Lever(f"scenario-{name}", called(tables, name), None, 0.0, 1.0, 1.0, 0.0,
                        tuple(text for text in texts if text))


def _typed(change: Change) -> str:
    """A change as it is typed; nothing where it cannot be."""
    value = show(change.value) if change.value is not None else ""
    parts = (change.table, change.selector.replace(";", ","), f"{change.column} {change.years}".strip())
    if any(";" in part for part in parts) or "{" in f"{parts}{value}" or "," in change.selector:
        return ""
    return f"{'; '.join(parts)}; {change.operation} {value}".rstrip()


def _years(tables: Tables) -> tuple[int, int]:
    stated = {row.get("setting"): row.get("value") for _, row in tables.get("settings").records()}
    first, last = stated.get("plan_from") or stated.get("first_year"), stated.get("last_year")
    return (int(first) if isinstance(first, int) else 0), (int(last) if isinstance(last, int) else 0)


def _country(code: str) -> Text:
    return COUNTRIES.get(code) or Text(code, code)
