"""The programme's own categories where it names none: sewage works of its cities, district boiler houses, 110-220 kV substations."""

from __future__ import annotations

from kazakhstan_builder.costs import SAVINGS, boiler_house, sewage_works, substation
from kazakhstan_builder.facts import Facts, Record, both, trace
from kazakhstan_builder.projects import BIG_CITIES, LARGE_CITIES

TOWNS: dict[str, tuple[tuple[str, str], ...]] = {
    "KZ-10": (("Semey", "Семей"), ("Kurchatov", "Курчатов")),
    "KZ-11": (("Kokshetau", "Кокшетау"), ("Shchuchinsk", "Щучинск"), ("Atbasar", "Атбасар")),
    "KZ-15": (("Aktobe", "Актобе"), ("Kandyagash", "Кандыагаш"), ("Khromtau", "Хромтау")),
    "KZ-19": (("Konaev", "Конаев"), ("Talgar", "Талгар")),
    "KZ-23": (("Atyrau", "Атырау"), ("Kulsary", "Кульсары")),
    "KZ-27": (("Uralsk", "Уральск"), ("Aksai", "Аксай")),
    "KZ-31": (("Taraz", "Тараз"), ("Shu", "Шу")),
    "KZ-33": (("Taldykorgan", "Талдыкорган"), ("Zharkent", "Жаркент")),
    "KZ-35": (("Karaganda", "Караганда"), ("Temirtau", "Темиртау"), ("Shakhtinsk", "Шахтинск")),
    "KZ-39": (("Kostanay", "Костанай"), ("Rudny", "Рудный"), ("Arkalyk", "Аркалык")),
    "KZ-43": (("Kyzylorda", "Кызылорда"), ("Aral", "Аральск")),
    "KZ-47": (("Aktau", "Актау"), ("Zhanaozen", "Жанаозен")),
    "KZ-55": (("Pavlodar", "Павлодар"), ("Ekibastuz", "Экибастуз"), ("Aksu", "Аксу")),
    "KZ-59": (("Petropavlovsk", "Петропавловск"), ("Taiynsha", "Тайынша")),
    "KZ-61": (("Turkistan", "Туркестан"), ("Kentau", "Кентау")),
    "KZ-62": (("Zhezkazgan", "Жезказган"), ("Satpayev", "Сатпаев")),
    "KZ-63": (("Ust-Kamenogorsk", "Усть-Каменогорск"), ("Ridder", "Риддер")),
    "KZ-71": (("Astana", "Астана"),),
    "KZ-75": (("Almaty", "Алматы"),),
    "KZ-79": (("Shymkent", "Шымкент"),),
}

SEWAGE = (
    "Semey",
    "Kokshetau",
    "Shchuchinsk",
    "Atbasar",
    "Kandyagash",
    "Khromtau",
    "Talgar",
    "Kulsary",
    "Uralsk",
    "Taraz",
    "Shu",
    "Taldykorgan",
    "Zharkent",
    "Temirtau",
    "Shakhtinsk",
    "Kostanay",
    "Rudny",
    "Arkalyk",
    "Aral",
    "Zhanaozen",
    "Pavlodar",
    "Petropavlovsk",
    "Taiynsha",
    "Turkistan",
    "Kentau",
    "Ust-Kamenogorsk",
    "Ridder",
)
"""With the cities of the named works this makes 45, the number of sewage projects of the programme."""

COAL_REGIONS = ("KZ-10", "KZ-11", "KZ-33", "KZ-35", "KZ-55", "KZ-59", "KZ-62", "KZ-63")
NODES_220 = ("KZ-10", "KZ-11", "KZ-15", "KZ-31", "KZ-33", "KZ-35", "KZ-39", "KZ-55", "KZ-59", "KZ-63")
"""Regions without a named 220 kV substation that are on the grid of 220 kV and above."""

HEAT_LARGE, HEAT_OTHER = 100.0, 50.0
MVA_LARGE, MVA_OTHER = 80.0, 50.0
BOILER_HOUSES = {"KZ-75": 4}
"""Number of boiler houses where it is not one in each of two towns (Almaty rebuilds 17)."""

STANDS_FOR = "stands for a facility of the programme that is not named in public; replace it by the real one"


def record(facts: Facts, kind: str, region: str, town: tuple[str, str], key: str, names: tuple[str, str], estimate: tuple[float, str]) -> Record:
    english, russian = town
    cost, rule = estimate
    capital = next((row for row in facts.regions if row["region_id"] == region), None)
    at_capital = capital is not None and capital["capital_ru"] == russian
    return {
        "facility": key,
        "name": f"{names[0]}, {english}",
        "name_ru": f"{names[1]}, {russian}",
        "asset_type": kind,
        "region": region,
        "place": english,
        "latitude": float(capital["lat"]) if capital is not None and at_capital else None,
        "longitude": float(capital["lon"]) if capital is not None and at_capital else None,
        "scope": "reconstruction",
        "cost": round(cost, 3),
        "savings": round(cost * SAVINGS[kind] / 100, 3),
        **trace("illustrative", rule, STANDS_FOR),
    }


def code(town: str) -> str:
    return town.upper().replace(" ", "-")


def sewage(facts: Facts, region: str) -> list[Record]:
    return [
        record(
            facts,
            "wastewater_plant",
            region,
            town,
            f"I-KOS-{code(town[0])}",
            ("Sewage works", "Канализационные очистные сооружения"),
            sewage_works(facts, town[0] in BIG_CITIES),
        )
        for town in TOWNS[region]
        if town[0] in SEWAGE
    ]


def boilers(facts: Facts, region: str) -> list[Record]:
    kind = "boiler_house_coal" if region in COAL_REGIONS else "boiler_house_gas"
    towns = TOWNS[region][:2]
    places = towns if len(towns) == 2 else towns * BOILER_HOUSES.get(region, 2)
    records: list[Record] = []
    for town in places:
        count = 1 + sum(1 for earlier in records if earlier["place"] == town[0])
        size = HEAT_LARGE if town[0] in LARGE_CITIES else HEAT_OTHER
        one = record(
            facts,
            kind,
            region,
            town,
            f"I-BH-{code(town[0])}-{count}",
            (f"District boiler house {count}", f"Районная котельная № {count}"),
            boiler_house(size, new=False),
        )
        records.append({**one, "capacity": size, "capacity_unit": "Gcal/h"})
    return records


def substations(facts: Facts, region: str) -> list[Record]:
    towns = TOWNS[region][:2]
    places = towns if len(towns) == 2 else towns * 2
    records: list[Record] = []
    for position, town in enumerate(places):
        size = MVA_LARGE if town[0] in LARGE_CITIES else MVA_OTHER
        again = position > 0 and places[0] == town
        key, number = f"I-SS-{code(town[0])}-110{'-2' if again else ''}", " 2" if again else ""
        one = record(
            facts,
            "substation_110",
            region,
            town,
            key,
            (f"110 kV substation{number}", f"Подстанция 110 кВ{' № 2' if again else ''}"),
            substation(facts, 110, size, new=False),
        )
        records.append({**one, "capacity": size, "capacity_unit": "MVA"})
    if region in NODES_220:
        one = record(
            facts,
            "substation_220",
            region,
            towns[0],
            f"I-SS-{code(towns[0][0])}-220",
            ("220 kV substation", "Подстанция 220 кВ"),
            substation(facts, 220, None, new=False),
        )
        records.append({**one, "capacity": 250.0, "capacity_unit": "MVA"})
    return records


def illustrative(facts: Facts) -> list[Record]:
    """By region, in the order of the regions: sewage works, boiler houses, substations."""
    sources = {
        "wastewater_plant": both(facts.url("kos.projects", 2026), facts.url("kos.projects_2024", 2024)),
        "boiler": facts.url("boiler_houses.below_100_gcal_h", 2015),
        "substation": facts.url("year.2026.hv_substations", 2026),
    }
    records: list[Record] = []
    for region in facts.region_ids():
        records += [*sewage(facts, region), *boilers(facts, region), *substations(facts, region)]
    for one in records:
        group = next(name for name in sources if str(one["asset_type"]).startswith(name))
        one["source"] = f"category of the programme: {sources[group]}; cost: {one['source']}"
    return records
