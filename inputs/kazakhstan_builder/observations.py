"""The unit costs that rows of the case refer to by number (UC...), with their sources, so that the workbook stands alone."""

from __future__ import annotations

from kazakhstan_builder.facts import Facts, Record

NUMBERS: dict[str, tuple[str, str, str]] = {
    # number: column of the value, what it is in English and in Russian
    "UC001": ("kzt_mn_per_km", "heat networks, budget of the programme over its length", "тепловые сети, бюджет программы на её длину"),
    "UC002": ("kzt_mn_per_km", "power lines with substations and equipment, budget over length", "электросети с подстанциями и оборудованием, бюджет на длину"),
    "UC003": ("kzt_mn_per_km", "water networks, budget over length", "водопроводные сети, бюджет на длину"),
    "UC004": ("kzt_mn_per_km", "sewer networks with treatment works, budget over length", "канализационные сети с очистными сооружениями, бюджет на длину"),
    "UC035": ("quantity_km", "lines of 220-500 kV in the national company's rehabilitation", "линии 220-500 кВ в реабилитации национальной компании"),
    "UC048": ("cost_kzt_bn", "61 sewage works of the list of 2024", "61 очистное сооружение списка 2024 года"),
    "UC051": ("cost_kzt_bn", "filter station of Atyrau", "фильтровальная станция Атырау"),
    "UC052": ("cost_kzt_bn", "pump-filter station 3 of Astana with its main", "насосно-фильтровальная станция № 3 Астаны с водоводом"),
    "UC056": ("kzt_mn_per_mw", "new coal CHP of Kokshetau, 240 MW", "новая угольная ТЭЦ Кокшетау, 240 МВт"),
    "UC067": ("kzt_mn_per_mw", "repairs of one year at the CHPs of Karaganda", "ремонт за год на ТЭЦ Караганды"),
    "UC069": ("cost_kzt_bn", "renewal of boilers 7-12 of Kentau CHP-5", "обновление котлов 7-12 Кентауской ТЭЦ-5"),
    "UC070": ("cost_kzt_bn", "three steam boilers of the South boiler house, Kyzylorda", "три паровых котла Южной котельной, Кызылорда"),
    "UC076": ("kzt_mn_per_km", "planning default, lines of 0.4-10 kV", "плановое значение, линии 0,4-10 кВ"),
    "UC077": ("kzt_mn_per_km", "planning default, lines of 35-110 kV", "плановое значение, линии 35-110 кВ"),
    "UC078": ("kzt_mn_per_km", "planning default, lines of 220 kV", "плановое значение, линии 220 кВ"),
    "UC082": (
        "kzt_mn_per_mva",
        "planning default, substations of 220 kV; one observed project, Ortalyk",
        "плановое значение, подстанции 220 кВ; один проект, «Орталық»",
    ),
    "UC083": ("kzt_mn_per_mw", "planning default, new CHP", "плановое значение, новая ТЭЦ"),
    "UC084": ("kzt_mn_per_mw", "planning default, life extension of a power plant", "плановое значение, продление ресурса электростанции"),
    "UC089": (
        "cost_kzt_bn",
        "sewage works of Aktobe, 100 thousand m3/day (the loan, so a lower bound)",
        "КОС Актобе, 100 тыс. м3/сут. (сумма займа, нижняя граница)",
    ),
    "UC092": ("cost_kzt_bn", "8 sewage works with guaranteed loans in the list of 2024", "8 очистных с гарантированными займами в списке 2024 года"),
    "UC093": ("kzt_mn_per_mw", "four units of Shardara hydropower plant", "четыре агрегата Шардаринской ГЭС"),
    "UC094": ("cost_kzt_bn", "intake and main of Uralsk", "водозабор и водовод Уральска"),
}

UNITS = {
    "kzt_mn_per_km": ("mn KZT/km", "млн тенге/км"),
    "kzt_mn_per_mw": ("mn KZT/MW", "млн тенге/МВт"),
    "kzt_mn_per_mva": ("mn KZT/MVA", "млн тенге/МВА"),
    "cost_kzt_bn": ("bn KZT", "млрд тенге"),
    "quantity_km": ("km", "км"),
}


def observations(facts: Facts) -> list[Record]:
    records: list[Record] = []
    for key, (column, english, russian) in NUMBERS.items():
        row = facts.unit_costs[key]
        unit, unit_ru = UNITS[column]
        year = f", money of {row['price_year']}" if row["price_year"] and column != "quantity_km" else ""
        year_ru = f", цены {row['price_year']} года" if year else ""
        default = row["status"] == "estimate"
        records.append(
            {
                "topic": key,
                "text": f"{english}: {float(row[column]):g} {unit}{year}",
                "text_ru": f"{russian}: {row[column].replace('.', ',')} {unit_ru}{year_ru}",
                "source": "central value of the observed costs, an estimate" if default else row["source_url"],
            }
        )
    return records
