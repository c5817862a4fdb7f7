"""The sheet for people, second part: condition and risk, variants, order, outages, resources, routes, trenches."""

from __future__ import annotations

from collections.abc import Mapping

from kazakhstan_builder import published as pub
from kazakhstan_builder.condition import HEAT_VALUE, RED_SCORE, YELLOW_SCORE, lost_load
from kazakhstan_builder.facts import Facts, Record, both
from kazakhstan_builder.lengths import losses, national_km


def method_works(facts: Facts, calibration: Mapping[str, float], others: int) -> list[Record]:
    chp, substation = calibration["chp_coal"], calibration["substation_110"]
    load = pub.LOAD_2025_MW / (facts.value("power.installed", 2025) * 1000)
    power, heat, water = (losses(facts)[sector] for sector in ("power", "heat", "water"))
    sewer = national_km(facts)["sewer_network"][0]
    rows: list[tuple[str, str, str, str]] = [
        (
            "condition_of_facilities",
            "Score by age as in CNAIM 2.1, with the normative life of the kind. Year or wear are published for most power plants. Where neither is, what "
            "is published for "
            "the kind stands in: CHPs 61 %, boiler houses 63.1 % (Kokshetau), substations 66.2 % (all networks; Kostanay 72 %), sewage works 1975 (most "
            "are said to be over "
            "50 years old); water works stay without a score. Age alone takes a plant to 5.5 (yellow) and never to red. Inspection: the only published "
            "one is the "
            "ministry's ranking of CHPs by wear, technological violations and staff. Its red zone (ten plants) counts as a score of at least "
            f"{RED_SCORE:g}, its yellow one (three named) as at least {YELLOW_SCORE:g}: the typical scores of CNAIM's bands 4 and 3, derived, not "
            "measured. No plant's tests or inspection "
            "reports are public: the columns observed and measured are empty, fill them from the technical audits. After a reconstruction the score is "
            "1, new plants and "
            "conversions 0.5, an overhaul 4; new units have no score, since they do not mend the old ones.",
            "Индекс по возрасту как в CNAIM 2.1 с нормативным сроком вида. Год или износ опубликованы для большинства станций. Где нет ни того ни "
            "другого, взято "
            "опубликованное по виду: ТЭЦ 61 %, котельные 63,1 % (Кокшетау), подстанции 66,2 % (все сети; Костанай 72 %), очистные 1975 год (большинству "
            "более 50 лет); "
            "водопроводные сооружения без индекса. Один возраст доводит станцию до 5,5 (жёлтая), но не до красной зоны. Осмотр: опубликован только рейтинг ТЭЦ "
            "министерства по износу, технологическим нарушениям и кадрам. Его красная зона (десять станций) принята как индекс не менее "
            f"{str(RED_SCORE).replace('.', ',')}, жёлтая (названы три) как не менее {YELLOW_SCORE:g}: типичные индексы полос 4 и 3 CNAIM, расчётно, не по "
            "измерениям. Испытания и осмотры "
            "станций не публикуются: столбцы observed и measured пусты, заполните их по техническому аудиту. После реконструкции индекс 1, у новых станций и "
            "перевода на газ 0,5, после капитального ремонта 4; у новых блоков индекса нет, старые они не чинят.",
            both(pub.ZONES, pub.CNAIM, pub.OLD_SEWAGE_WORKS),
        ),
        (
            "condition_kinds",
            "Failure curve (C = 1.087, floor 4, cap 15): K = 0.0431 % of 132 kV breakers for substations, taken to fail mostly in their switchgear; "
            "K = 0.0454 % of 132 kV transformers for plants and works, which have no classes of their own. "
            f"Calibration: CHPs x {chp:g}, so that those of the case fail three times a year per 37 (heat of a town was cut at Ridder, Ekibastuz, Ridder "
            "in 2022-23 and at Ridder, Temirtau, "
            f"Ekibastuz in 2023-24: six in two seasons); condensing plants take the same; substations x {substation:g}, so that they fail as those of the "
            "national company "
            "(12 violations a year at 82 substations in 2023, none an accident). Boiler houses, hydropower, water and sewage works: 1, nothing is published. "
            "Cost of a failure: CNAIM's reference costs (pounds, without its network part) at 850 KZT of 2025 per pound (1.3 dollars, 25 % of inflation "
            "since 2020-21, "
            "521 KZT per dollar), with no correction for incomes; repair of a CHP or condensing plant 4.9 bn (the reserve's money for Ridder CHP in "
            "2024), hydropower half of it, "
            "boiler houses 0.655 bn (one item of Kyzylorda South). Not supplied: CHP heat capacity x 72 h x 30 % (heat unknown: 2.2 Gcal/h per MW), "
            "condensing plants one sixth of capacity, of "
            "which the grid replaces nine tenths, x 72 h, hydropower 2.5 % x 72 h, boiler houses 30 % x 24 h, substations 10 % x 4 h, sewage works half "
            "the flow x 72 h: judgement. "
            f"Value: power {lost_load(facts):,.0f} thousand KZT/MWh (GDP of 2025 over generation), heat {HEAT_VALUE:g} thousand KZT/Gcal (heating with "
            "electricity at 32.54 KZT/kWh), water 5,000 KZT/m3 "
            "(dearest price paid in villages), sewage 500 KZT/m3 (judgement).",
            "Кривая отказов (C = 1,087, пределы 4 и 15): K = 0,0431 % выключателей 132 кВ для подстанций, где, как принято здесь, чаще отказывает коммутация; "
            "K = 0,0454 % трансформаторов 132 кВ для станций и сооружений, у которых своих классов нет. "
            f"Калибровка: ТЭЦ x {str(chp).replace('.', ',')}, чтобы они отказывали три раза в год на 37 станций (города оставались без тепла: Риддер, "
            "Экибастуз, Риддер в 2022-23 и Риддер, Темиртау, "
            f"Экибастуз в 2023-24: шесть за два сезона); ГРЭС так же; подстанции x {str(substation).replace('.', ',')}, как у национальной компании "
            "(12 нарушений в год на 82 подстанциях в 2023 году, аварий нет). Котельные, ГЭС, водопроводные и очистные сооружения: 1, данных нет. "
            "Цена отказа: справочные стоимости CNAIM (фунты, без сетевой части) по 850 тенге 2025 года за фунт (1,3 доллара, инфляция 25 % с 2020-21 года, "
            "521 тенге за доллар), без поправки на доходы; ремонт ТЭЦ и ГРЭС 4,9 млрд (деньги резерва на Риддерскую ТЭЦ в 2024 году), ГЭС половина, "
            "котельные 0,655 млрд (одна статья Южной котельной Кызылорды). Недоотпуск: тепловая мощность ТЭЦ x 72 ч x 30 % (если неизвестна, 2,2 Гкал/ч "
            "на МВт), ГРЭС шестая часть мощности, "
            "девять десятых которой замещает сеть, x 72 ч, ГЭС 2,5 % x 72 ч, котельные 30 % x 24 ч, подстанции 10 % x 4 ч, очистные половина расхода x "
            "72 ч: экспертно. "
            f"Цена: электроэнергия {lost_load(facts):,.0f} тыс. тенге/МВт·ч (ВВП 2025 года на выработку), тепло {str(HEAT_VALUE).replace('.', ',')} тыс. "
            "тенге/Гкал (обогрев электричеством по 32,54 тенге/кВт·ч), вода "
            "5 000 тенге/м3 (наибольшая цена в сёлах), стоки 500 тенге/м3 (экспертно).".replace("1,282", "1 282"),
            both(pub.CNAIM, pub.CHP_WINTER_2022, pub.CHP_WINTER_2023, pub.RIDDER_2023, pub.RIDDER_2024, pub.KEGOC_2023, pub.POWER_TARIFF, pub.WATER_PRICES),
        ),
        (
            "failures_of_networks",
            "Heat: 41.8 per 100 km and year, the mean of the damage found in Almaty in 2019 (532) and 2021 (626) on 1,386 km, most of it in tests "
            "outside the heating season; water and sewer: 20.6, the geometric mean of Almaty (57.5: almost 2,300 accidents of 2011 on 2,549 + 1,454 km, "
            "70 % worn) and of North America (7.4: 23,803 breaks on 200,000 miles); Almaty itself 57.5; otherwise the same in all regions, not scaled "
            "with wear. New pipes: 5 (design rate of heat mains), for "
            "water and sewer by analogy. Growth 4.1 % a year (breaks of water mains in North America: 27 % in six years). Lines of 220 kV and above: 53 "
            "violations on 27,000 km of the "
            "national company in 2023, 0.20 per 100 km; each class below five times as often, by judgement (35-110 kV 0.98, 0.4-10 kV 4.91); renewal "
            "leaves those by nature (46 of 65); growth 2.5 % "
            "(natural growth of wear of 2-3 %). Repair of a burst: 8 m of pipe (as in Almaty) at the unit cost of the programme; lines: CNAIM's "
            "conductor and pole. Not supplied per failure by judgement: heat 8 Gcal (one in ten in the heating "
            "season; 120 buildings for five hours in Ust-Kamenogorsk), water and sewer 0.1 thousand m3, lines 2-10 MWh. No register of failures by "
            "region is public: replace these by the utilities' records.",
            "Тепло: 41,8 на 100 км в год, среднее повреждений Алматы в 2019 (532) и 2021 годах (626) на 1 386 км, большей частью на испытаниях вне "
            "сезона; вода и канализация: 20,6, среднее геометрическое Алматы (57,5: почти 2 300 аварий 2011 года на 2 549 + 1 454 км, износ 70 %) и "
            "Северной Америки (7,4: 23 803 прорыва на 200 000 миль); сам Алматы 57,5; в остальном одинаково во всех регионах, "
            "без поправки на износ. Новые трубы: 5 (нормативная для теплотрасс), для "
            "воды и канализации по аналогии. Рост 4,1 % в год (водопроводы Северной Америки: 27 % за шесть лет). Линии 220 кВ и выше: 53 нарушения на 27 "
            "000 км "
            "национальной компании в 2023 году, 0,20 на 100 км; каждый класс ниже впятеро чаще, экспертно (35-110 кВ 0,98, 0,4-10 кВ 4,91); обновление "
            "оставляет природные (46 из 65); рост 2,5 % "
            "(естественный рост износа 2-3 %). Ремонт прорыва: 8 м трубы (как в Алматы) по удельной стоимости программы; линии: провод и опора CNAIM. "
            "Недоотпуск на отказ экспертно: тепло 8 Гкал (один из десяти в "
            "сезон; 120 зданий на пять часов в Усть-Каменогорске), вода и стоки 0,1 тыс. м3, линии 2-10 МВт·ч. Реестра отказов по регионам в открытом "
            "доступе нет: замените данными предприятий.",
            both(
                pub.ALMATY_HEAT_2019, pub.ALMATY_HEAT_2021, pub.ALMATY_WATER_2011, pub.NEW_HEAT_PIPE, pub.WATER_BREAKS, pub.KEGOC_2023, pub.MENDED, pub.CUT_OFF,
            ),
        ),
        (
            "wear_of_networks",
            "Length of whole networks: published for the region (heat in three regions and Zhetisu, water and sewer in Almaty and Zhetisu), else the "
            "rest of the national length in proportion to the scope: heat 14,000 km, water 61,000 (2015), "
            f"sewer {round(sewer / 100) * 100} (ratio to water in three places), lines of 0.4-110 kV 136,600 (2015), 220 kV and above 27,000. Wear: "
            "published for the region and kind; else the region's mean of pipes (six regions); else the country's "
            "at the end of 2025 (heat 50, electricity 66.2, water 39, sewer 55 %). In the model renewed km are of average wear and what waits ages by "
            "its normative life (2.5-4 points a year; the ministry says 2-3). The programme renews 11 % of the heat, "
            "8 % of the water, 12 % of the sewer and about half of the electricity networks, so the promised wear of 2029 cannot be reached by it alone, "
            "above all for heat: published wear falls faster, probably because the most worn pipes go first "
            "and books are revalued.",
            "Длина всей сети: опубликованная по региону (тепло в трёх регионах и Жетісу, вода и канализация в Алматы и Жетісу), иначе остаток длины по "
            "стране пропорционально программе: тепло 14 000 км, вода 61 000 (2015), "
            f"канализация {round(sewer / 100) * 100} (отношение к воде в трёх местах), линии 0,4-110 кВ 136 600 (2015), 220 кВ и выше 27 000. Износ: "
            "опубликованный для региона и вида; иначе среднее труб региона (шесть регионов); иначе по стране "
            "на конец 2025 года (тепло 50, электросети 66,2, вода 39, канализация 55 %). В модели обновляются км среднего износа, а ожидающее стареет по "
            "нормативному сроку (2,5-4 пункта в год; министерство называет 2-3). Программа обновляет 11 % тепловых, "
            "8 % водопроводных, 12 % канализационных и около половины электрических сетей, поэтому обещанный износ 2029 года ею одной не достигается, "
            "прежде всего по теплу: опубликованный износ падает быстрее, вероятно, потому что первыми меняют худшие трубы "
            "и основные средства переоцениваются.",
            both(
                *(facts.url(key, 2025) for key in ("year.2025.heat_wear_end", "wear.electricity", "wear.water", "wear.natural_growth")),
                pub.ZHETISU, pub.KARAGANDA_WATER,
            ),
        ),
        (
            "losses_of_networks",
            f"Power: 11 % of 123 TWh over 163,600 km, {power[0]:.0f} MWh a year and km in all classes; after renewal in the ratio 7 to 11 (older "
            "published figures). Heat: Petropavlovsk's 138 thousand Gcal on 284 km, "
            f"{heat[0]:.0f} Gcal a year and km everywhere; water: 218 mn m3 of 2018 over 61,000 km, {water[0]:.1f} thousand m3; after renewal a third, by "
            "judgement. Their money is in savings.",
            f"Электроэнергия: 11 % от 123 ТВт·ч на 163 600 км, {power[0]:.0f} МВт·ч в год на км для всех классов; после обновления в отношении 7 к 11 "
            "(прежние опубликованные доли). Тепло: 138 тыс. Гкал Петропавловска на 284 км, "
            f"{heat[0]:.0f} Гкал в год на км везде; вода: 218 млн м3 2018 года на 61 000 км, {str(round(water[0], 1)).replace('.', ',')} тыс. м3; после "
            "обновления треть, экспертно. Их деньги в экономии.",
            both(power[3], heat[3], water[3]),
        ),
        (
            "variants",
            f"{others} variants of coal CHPs on which no project runs. Overhaul: 21 % of the reconstruction (a year's repairs at Karaganda, 34.3 mn "
            "KZT/MW, over life extension at 61 % wear), holds eight years, does not count as a rebuilt facility. "
            "New plant in its place: 850 mn KZT/MW or 60 mn per Gcal/h of heat; not where a new CHP is a facility of its own (Semey, Ust-Kamenogorsk) "
            "and not below 50 MW without a published heat capacity. Gas: mean of Almaty CHP-2 and CHP-3, 584 mn KZT/MW, "
            "in towns on the Saryarka main (Astana, Temirtau, Zhezkazgan); the north gets a main in 2027-2030 only. Yearly savings of both 1.5 times "
            "those of the reconstruction. All are estimates; none is a plan of an owner.",
            f"{others} вариантов угольных ТЭЦ, на которых не идёт проект. Капитальный ремонт: 21 % реконструкции (ремонт за год в Караганде, 34,3 млн "
            "тенге/МВт, к продлению ресурса при износе 61 %), держится восемь лет, не считается реконструированным объектом. "
            "Новая станция взамен: 850 млн тенге/МВт или 60 млн за Гкал/ч; не там, где новая ТЭЦ отдельный объект (Семей, Усть-Каменогорск), и не при "
            "мощности ниже 50 МВт без опубликованной тепловой мощности. Газ: среднее Алматинских ТЭЦ-2 и ТЭЦ-3, 584 млн тенге/МВт, "
            "в городах на газопроводе Сарыарка (Астана, Темиртау, Жезказган); север получает газопровод только в 2027-2030 годах. Экономия обоих в 1,5 "
            "раза больше реконструкции. Всё это оценки, не планы владельцев.",
            both(pub.GAS_TOWNS, pub.GAS_NORTH, facts.unit_costs["UC067"]["source_url"], facts.unit_costs["UC053"]["source_url"]),
        ),
        (
            "order_of_works",
            "Kyzylorda's old CHP and South boiler house (reported without reserve) wait for the new CHP; Almaty CHP-1 waits for CHP-2 and Kokshetau's "
            "boiler houses for the new CHP, by judgement: a town keeps a reserve while a source is rebuilt. "
            "No other order is published.",
            "Старая ТЭЦ Кызылорды и Южная котельная (по сообщениям без резерва) ждут новой ТЭЦ; Алматинская ТЭЦ-1 ждёт ТЭЦ-2, котельные Кокшетау новой "
            "ТЭЦ, экспертно: город сохраняет резерв, пока источник перестраивают. "
            "Другой порядок не опубликован.",
            facts.unit_costs["UC070"]["source_url"],
        ),
        (
            "outages",
            "Heat sources and heat mains stop only in the months open in their region (May-August in the north, centre and east, May-September "
            "elsewhere). Condensing plants keep to the same months: the winter peak (17.6 GW) is above own generation (16.7 GW). "
            "Out of service at once: a quarter of a CHP in two summers, a sixth of a condensing plant and half a boiler house in one, a quarter of a "
            "hydropower plant in four months of any season; works under way and new plants nothing. "
            f"Limit in MW: capacity of the region's plants in this case, less {load:.0%} of it (load of autumn 2025, 14,957 MW, over 25 GW installed) and "
            "a reserve of 15 %; in Gcal/h: boiler houses less 25 % for hot water and 15 %. "
            "Capacity of CHPs is counted in MW, as published; the grid between regions is not modelled.",
            "Источники тепла и теплотрассы останавливают только в месяцы, открытые в регионе (май-август на севере, в центре и на востоке, май-сентябрь "
            "в остальных). ГРЭС в те же месяцы: зимний пик (17,6 ГВт) выше собственной генерации (16,7 ГВт). "
            "Одновременно вне работы: четверть ТЭЦ в два лета, шестая часть ГРЭС и половина котельной в одно, четверть ГЭС на четыре месяца в любой "
            "сезон; начатые работы и новые станции ничего. "
            f"Предел в МВт: мощность станций региона в этом расчёте за вычетом {load:.0%} (нагрузка осени 2025 года, 14 957 МВт, к 25 ГВт установленных) "
            "и резерва 15 %; в Гкал/ч: котельные за вычетом 25 % на горячую воду и 15 %. "
            "Мощность ТЭЦ считается в МВт, как опубликована; сеть между регионами не моделируется.",
            both(pub.LOAD_2025, pub.WINTER_2025),
        ),
        (
            "routes",
            "Months added to procurement: by rail from China 2 (10 days published for containers, a month at the border, customs), from Russia 1, by road from "
            "Europe 2, by sea from Japan and Korea or from Europe over the Caspian 3 (21 days by rail through China are published for containers; "
            "heavy pieces, ship and customs as long again, and the border). A kind takes the route of the country with its largest content; gas "
            "turbines, hydro turbines and 500 kV transformers come by sea. Equipment of works under way is bought.",
            "Месяцев сверх закупки: из Китая железной дорогой 2 (10 дней для контейнеров, месяц на границе, таможня), из России 1, из Европы дорогой 2, "
            "морем из Японии и Кореи или из Европы через Каспий 3 (для контейнеров через Китай опубликован 21 день; "
            "тяжёлые части, судно и таможня ещё столько же и граница). Вид идёт маршрутом страны с наибольшей долей; газовые и гидротурбины и "
            "трансформаторы 500 кВ идут морем. Оборудование начатых работ куплено.",
            both(pub.BY_RAIL, pub.RAIL_DAYS, pub.BORDER_DAYS),
        ),
        (
            "trenches",
            "Water beside heat and sewer beside water: a tenth of the shorter of the two packages of a region lies in the same street; renewed together "
            "the first is 20 % cheaper (half of earthworks and reinstatement of about 40 %). Judgement: no share was found for the country.",
            "Вода рядом с теплом и канализация рядом с водой: десятая часть более короткого из двух пакетов региона лежит на одной улице; при совместном "
            "обновлении первый дешевле на 20 % (половина земляных работ и благоустройства, около 40 %). Экспертно: доли по стране не найдено.",
            pub.TRENCHES,
        ),
    ]
    return [{"topic": topic, "text": english, "text_ru": russian, "source": source} for topic, english, russian, source in rows]
