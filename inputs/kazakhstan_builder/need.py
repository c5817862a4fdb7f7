"""The need, from which the kilometres of the programme are chosen: whole networks by region and band of wear.

Two bands for each package: what is due for replacement, and the rest; of what is due of heat networks the 1,600 km that
are published as worn by 75 % and more are a band of their own, with the middle of 75 and 100 % as its wear. Published
three times, the due part of a network is about its wear: 67,000 of 137,000 km of pipes at 49 %, 7,000 of 14,000 km of
heat networks at 50 to 54 %, 16,000 of 20,000 km of lines of West Kazakhstan at 82 %. The wear of the due band is a
third of the way from the mean to the end (heat networks: 1,600 km at 75 % and more and 3,700 km at 50 to 74 % have 70 %
in the middle); the rest follows, so that the mean stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kazakhstan_builder.facts import LAST_YEAR, Facts, Record, both, sure, trace
from kazakhstan_builder.failures import COUNTED_IN
from kazakhstan_builder.pace import Limit, divided, limits
from kazakhstan_builder.wear import national

Sheets = dict[str, list[Record]]

CLASSES = {
    "line_220": ("Lines renewed: 220 kV and above", "Обновление линий: 220 кВ и выше", "2"),
    "line_35_110": ("Lines renewed: 35-110 kV", "Обновление линий: 35-110 кВ", "2"),
}
TOWARDS_THE_END = 1 / 3
WORST = (75.0, 100.0)
"""Percent of wear of the heat networks that are told apart."""
LEAST_OF_A_REGION = 0.6
"""Each region gets at least so much of what the country gets on average: choice of this case."""
BANDS = {
    "worst": ("worn by three quarters and more", "изношенные на три четверти и более"),
    "due": ("due for replacement", "к замене"),
    "fair": ("in fair condition", "в удовлетворительном состоянии"),
}


def need(facts: Facts, sheets: Sheets) -> Sheets:
    """Networks, kilometres done, trenches and targets of the need, from those of the programme's kilometres."""
    packages, renewed = sheets["networks"], {row["package"] for row in sheets["networks"]}
    kinds = {row["asset_type"]: row for row in sheets["asset_types"]}
    wear = {row["package"]: row["wear"] / 100 for row in packages}
    rates, paces = failures(packages, kinds, wear), limits(packages, sheets["targets"], sheets["progress"])
    made = {row["package"]: bands(facts, row, wear[row["package"]], rates[row["package"]], paces[row["package"]])
            for row in packages}
    first = {package: found[0]["package"] for package, found in made.items()}
    return {
        "networks": [band for found in made.values() for band in found],
        "progress": [of_due(row, renewed, "project") for row in sheets["progress"]],
        "trenches": [{**row, **{column: first[row[column]] for column in ("package", "with_package")}}
                     for row in sheets["trenches"]],
        "targets": [*sheets["targets"], *of_classes(facts, packages)],
    }


def failures(packages: Iterable[Record], kinds: dict[str, Record], wear: dict[str, float]) -> dict[str, float]:
    """Failures for 100 km and year of each package: its own where published, else those of the kind, which the wear of
    the regions has where they were counted (the mean of those without a count of their own, where they were not counted
    in regions), in proportion to the wear of the region, as within it."""
    length: dict[str, float] = defaultdict(float)
    worn: dict[str, float] = defaultdict(float)
    for row in packages:
        counted = COUNTED_IN.get(row["asset_type"])
        if row["region"] in counted if counted else row["bursts"] is None:
            length[row["asset_type"]] += row["km_total"]
            worn[row["asset_type"]] += row["km_total"] * wear[row["package"]]
    return {row["package"]: row["bursts"] if row["bursts"] is not None
            else kinds[row["asset_type"]]["bursts"] * wear[row["package"]] * length[row["asset_type"]]
            / worn[row["asset_type"]] for row in packages}


def worst_of_due(facts: Facts) -> float:
    """Part of the heat networks due for replacement that is worn by 75 % and more."""
    due = float(facts.networks["NET006"]["length_km"]) * national(facts, "heat") / 100
    return facts.value("length.heat_wear_75_plus", 2022) / due


def bands(facts: Facts, row: Record, wear: float, bursts: float, pace: Limit) -> list[Record]:
    """The worst of what is due (heat), what is due, and the rest: the length, the wear, the failures and the km a year
    of the whole package between them."""
    due = round(row["km_total"] * wear)
    worn = wear + (1 - wear) * TOWARDS_THE_END
    rest = (row["km_total"] * wear - due * worn) / (row["km_total"] - due)
    worst = round(due * worst_of_due(facts)) if row["asset_type"] == "heat_network" else 0
    end_wear = sum(WORST) / 200
    made = {"worst": (worst, end_wear), "due": (due - worst, (due * worn - worst * end_wear) / (due - worst)),
            "fair": (row["km_total"] - due, rest)}
    made = {end: band for end, band in made.items() if band[0]}
    a_year = divided(pace.km, row["km"], {end: km for end, (km, _) in made.items()})
    found = []
    for end, (km, band_wear) in made.items():
        english, russian = BANDS[end]
        found.append(sure({
            **row, "package": f"{row['package']}-{end}", "name": f"{row['name']}, {english}",
            "name_ru": f"{row['name_ru']}, {russian}",
            "km": km, "km_total": km, "wear": round(band_wear * 100, 2), "bursts": round(bursts * band_wear / wear, 2),
            "km_per_year": a_year[end], "source": both(row["source"], pace.source),
            "note": f"{row['note']}; band of wear: {due / row['km_total']:.0%} of the length is due, as its wear says; "
                    "failures in proportion to wear, among regions as within one; "
                    f"km a year: all bands together {pace.km:,}, {pace.rule}, the most worn first",
        }))
    return found


def of_due(row: Record, packages: set[str], column: str) -> Record:
    """A package named in ``column`` as its band that is due: what was renewed was."""
    return {**row, column: f"{row[column]}-due"} if row[column] in packages else row


def of_classes(facts: Facts, packages: Iterable[Record]) -> list[Record]:
    """Lines of 35 kV and above as the packages had them: km are counted alike, so without these the cheap ones alone
    would be renewed."""
    found = []
    for kind, (name, name_ru, priority) in CLASSES.items():
        planned = sum(row["km"] for row in packages if row["asset_type"] == kind)
        marks = trace("estimate", facts.unit_costs["UC035"]["source"], "see sources_and_method, topic voltage_classes")
        found.append({
            "target": f"T-km-{kind}", "name": name, "name_ru": name_ru, "measure": "km", "filter": f"type={kind}",
            "years": str(LAST_YEAR), "sense": ">=", "value": planned, "unit": "km", "priority": priority, **marks,
        })
    return found


def least_of_a_region(planned: Iterable[Record]) -> float:
    """Percent of its networks that each region gets renewed at least."""
    rows = list(planned)
    return round(LEAST_OF_A_REGION * sum(row["km"] for row in rows) / sum(row["km_total"] for row in rows) * 100, 1)
