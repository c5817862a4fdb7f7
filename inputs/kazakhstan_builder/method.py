"""The sheet for people: how the lists and the estimates were made, and where published figures conflict."""

from __future__ import annotations

from kazakhstan_builder.facts import Facts, Record

FACILITIES = "https://qazinform.com/news/kzt-68-trillion-required-to-revitalize-kazakhstans-utilities-5272ae"


def method(facts: Facts, counts: dict[str, int]) -> list[Record]:
    decree = facts.url("programme.investment_total_decree", "2025-2029")
    kept, named, drawn = counts["all"], counts["named"], counts["illustrative"]
    rows: list[tuple[str, str, str, str]] = [
        (
            "programme",
            "The case is the national project of modernization of the energy and utilities sectors (2025-2029) with the targets set for 2030: at "
            "least 200 facilities and 86,000 km of networks. "
            "The sectors add up to 86,500 km: 77,600 electricity, 1,600 heat, 4,700 water, 2,600 sewer.",
            "Расчёт описывает национальный проект модернизации энергетического и коммунального секторов (2025-2029 годы) и цели на 2030 год: не "
            "менее 200 объектов и 86 тыс. км сетей. "
            "Сумма по отраслям 86 500 км: 77 600 электрических, 1 600 тепловых, 4 700 водопроводных, 2 600 канализационных.",
            decree,
        ),
        (
            "status_of_data",
            "reported: a source says it; derived: arithmetic on published values; estimate: judgement by a rule stated in the row or here; "
            "illustrative: stands for a facility that is not named "
            "in public. A row with several takes the weakest. Costs and packages are mostly estimates: replace them by the owners' figures before "
            "deciding on a project.",
            "reported: сказано в источнике; derived: расчёт по опубликованным данным; estimate: оценка по правилу, указанному в строке или здесь; "
            "illustrative: условный объект вместо не названного "
            "публично. Строка с несколькими статусами получает самый слабый. Стоимости и пакеты в основном оценки: перед решением по проекту "
            "замените их данными владельцев.",
            "choice of this case",
        ),
        (
            "list_of_facilities",
            f"{kept} facilities. {named} are named in public sources: thermal and hydropower plants, substations, boiler houses, water and sewage "
            f"works; captive plants of factories and fields, small and "
            "recent hydropower, aggregate rows and assets commissioned since 2015 without a known project were left out (the substations Aktogay "
            "500, Taldykorgan 500 and Karabatan 220 among them), mains belong to the "
            f"networks. {drawn} are illustrative: sewage works (with the named cities 45, the number of the programme), district boiler houses in "
            f"two towns of each region (four in Almaty, two in each "
            "other city of republican significance), a 110 kV substation in each of the same towns, a 220 kV substation in ten regions. The "
            "published figure of 200 may count utilities as well as plants: the approved text speaks of at "
            "least 200 natural monopolies and 30 CHPs. Here a facility is one plant or works.",
            f"{kept} объектов. {named} названы в открытых источниках: тепловые и гидроэлектростанции, подстанции, котельные, водопроводные и "
            f"канализационные сооружения; не включены "
            "станции предприятий и месторождений, малые и новые ГЭС, сводные строки и объекты, введённые с 2015 года, без известного проекта (среди "
            "них подстанции 500 кВ «Актогай» и «Талдыкорган», 220 кВ «Карабатан»); магистрали "
            f"относятся к сетям. {drawn} условные: канализационные очистные сооружения (вместе с названными городами 45, как в программе), районные "
            f"котельные в двух городах каждого региона (в Алматы четыре, в "
            "двух других городах республиканского значения по две), подстанция 110 кВ в тех же городах, подстанция 220 кВ в десяти регионах. "
            "Опубликованное число 200 может считать и предприятия: в утверждённом тексте названы не "
            "менее 200 субъектов естественных монополий и 30 ТЭЦ. Здесь объект это одна станция или одно сооружение.",
            decree,
        ),
        (
            "cost_of_facilities",
            "Overnight cost still to be spent after 2025, in bn KZT of 2025. Running projects: published cost times the share of time left at the "
            "end of 2025 between start and finish (a year without a "
            "month is its middle for a start and its end for a finish; a missing date follows from the usual duration; at least 20 % is left), the "
            "sum of a running contract is not raised. Published spending is used where it "
            "exists (Kyzylorda CHP). Other amounts of earlier years are raised by inflation (11.38 % in 2025, the median of 7.75 % before), amounts "
            "of 2026 lowered by 10.69 %. Unknown costs by class: CHP = capacity x wear "
            "(61 % if unknown) x 270 mn KZT/MW, or heat capacity x wear x 30 mn KZT per Gcal/h, or 9 bn, whichever is more; condensing plants a "
            "third of the capacity at 270; hydropower a third (small: all) at 453; boiler houses 30 "
            "(renewal) or 60 (new) mn KZT per Gcal/h; substations 40 mn KZT per MVA, reconstruction half; sewage works by flow, or 27.8 bn in cities "
            "of about 300 thousand people and more and 14.2 bn elsewhere; water works 17 bn. The rule stands in each row.",
            "Стоимость, которую ещё предстоит потратить после 2025 года, млрд тенге в ценах 2025 года. Начатые проекты: опубликованная стоимость на "
            "долю времени, оставшегося на конец 2025 года (год без "
            "месяца: середина для начала, конец для окончания; недостающая дата по обычной длительности; остаётся не менее 20 %); сумма действующего "
            "договора не индексируется. Где расходы опубликованы (ТЭЦ Кызылорды), взяты они. "
            "Прочие суммы прежних лет подняты на инфляцию (11,38 % в 2025 году, раньше медиана 7,75 %), суммы 2026 года снижены на 10,69 %. "
            "Неизвестные стоимости по классам: ТЭЦ = мощность x износ (61 %, если неизвестен) x 270 млн тенге/МВт, "
            "либо тепловая мощность x износ x 30 млн тенге на Гкал/ч, либо 9 млрд, что больше; ГРЭС треть мощности по 270; ГЭС треть (малые целиком) "
            "по 453; котельные 30 (обновление) или 60 (новые) млн тенге на Гкал/ч; подстанции "
            "40 млн тенге на МВА, реконструкция вполовину; очистные по расходу, либо 27,8 млрд в городах примерно от 300 тысяч жителей и 14,2 млрд в "
            "других; водопроводные сооружения 17 млрд. Правило записано в каждой строке.",
            both_urls(facts, "UC084", "UC093", "UC082", "UC048", "UC092"),
        ),
        (
            "dates_of_facilities",
            "Running projects have no procurement left and end at their published finish. Projects whose construction has surely begun and "
            "whose cost is published or of a known class are entered as started (from the quarter they began in) or committed: they must be "
            "finished, at the latest a year after the published date. Aktau and Lenger sewage works were finished in 2025 and count.",
            "У начатых проектов закупка завершена, работ осталось до опубликованного срока. Проекты, строительство которых точно начато, а стоимость "
            "опубликована или известна по классу, внесены как начатые (с квартала начала) или обязательные: они "
            "заканчиваются не позже чем через год после опубликованного срока. Очистные Актау и Ленгера закончены в 2025 году и засчитаны.",
            facts.url("year.2025.network_km", 2025),
        ),
        (
            "networks_by_region",
            "No regional plan is published for most regions. North Kazakhstan's plan gives 7,000 km of lines and 66 km of heat networks; Karaganda's "
            "own plan 1,199 km of all kinds and Shymkent's 160 km of water and sewer pipes, both divided by "
            "the proxies. The rest of each kind goes to the other regions in proportion to proxies: estimated line length x wear (power), urban "
            "population x degree days x wear (heat), population x wear (water), urban "
            "population x wear (sewer). Km are whole and add up exactly (largest remainder). Not used: Ulytau's 330 km of water (budget projects, "
            "partly rural), Aktau's 918 km (kinds not divided, older plan), Pavlodar's 1,000 km (2026 only). "
            "The proxies are weak: their line length is far above the national register of 2015. Replace them when the schedule is published.",
            "Для большинства регионов план не опубликован. План Северо-Казахстанской области: 7 000 км линий и 66 км тепловых сетей; собственный "
            "план Карагандинской области 1 199 км всех видов и 160 км труб воды и канализации в Шымкенте разделены по "
            "косвенным показателям. Остальное по каждому виду распределено между регионами пропорционально показателям: оценка длины линий x износ "
            "(электросети), городское население x градусо-сутки x износ (тепло), население x износ (вода), городское "
            "население x износ (канализация). Километры целые и сходятся точно (метод наибольших остатков). Не использованы: 330 км воды в Улытау "
            "(бюджетные, частично сельские), 918 км в Актау (виды не разделены, более старый план), 1 000 км в Павлодаре "
            "(только 2026 год). Показатели слабые: их длина линий намного больше общей длины 2015 года. Замените их, когда график будет опубликован.",
            FACILITIES,
        ),
        (
            "voltage_classes",
            "The programme does not divide its 77,600 km by voltage. 220 kV and above: 2,029 km, the length in the national grid company's "
            "rehabilitation of lines. 35-110 kV: the share of mapped lines other than the national company's (42,351 km) in the "
            "estimated length of all lines. 0.4-10 kV: the rest. The same shares in each region.",
            "Программа не делит 77 600 км по напряжению. 220 кВ и выше: 2 029 км, длина в реабилитации линий национальной компании. 35-110 кВ: доля "
            "нанесённых на карту линий без линий национальной компании (42 351 км) в "
            "оценке длины всех линий. 0,4-10 кВ: остальное. Доли одинаковы во всех регионах.",
            both_urls(facts, "UC035"),
        ),
        (
            "unit_costs_of_networks",
            "Money is consistent with the budgets of the programme. Heat and water: budget over length (812.5 and 127.7 mn KZT/km). Sewer: 1,100 bn "
            "includes treatment works; 45 works at the mean of the list of 2024 (14.4 bn) are taken off, which leaves 174 mn KZT/km. The works among "
            "the facilities cost more than that, since running projects and those of Astana are among them. "
            "Electricity: 3,800 bn includes substations and equipment; the substations among the facilities and 220 kV lines at 80 mn KZT/km are "
            "taken off, and the class defaults of 15 (0.4-10 kV) and 60 (35-110 kV) are raised by one factor, which "
            "covers transformer points, distribution points and meters.",
            "Деньги согласованы с бюджетами программы. Тепло и вода: бюджет на длину (812,5 и 127,7 млн тенге/км). Канализация: 1 100 млрд включают "
            "очистные сооружения; вычтены 45 сооружений по среднему списка 2024 года (14,4 млрд), остаётся 174 млн тенге/км. Очистные в листе "
            "объектов стоят больше, так как среди них начатые проекты и объекты Астаны. "
            "Электросети: 3 800 млрд включают подстанции и оборудование; подстанции из листа объектов и линии 220 кВ по 80 млн тенге/км вычтены, "
            "стоимости классов 15 (0,4-10 кВ) и 60 (35-110 кВ) подняты одним множителем, который покрывает "
            "трансформаторные и распределительные пункты и счётчики.",
            both_urls(facts, "UC001", "UC002", "UC004"),
        ),
        (
            "km_per_year",
            "At most 30 % of a package in one year, half as much again as an even pace over five years.",
            "Не более 30 % пакета за год, в полтора раза больше равномерного темпа за пять лет.",
            "choice of this case",
        ),
        (
            "progress_2025",
            "8,500 km were renewed in 2025, 323 of them heat networks. Heat: published regional figures (Almaty 37, East Kazakhstan 57.5, Akmola 40, "
            "Pavlodar 30, Abai 24, North Kazakhstan 13), the rest in proportion to scope. All other km in proportion to "
            "the km in scope of power, water and sewer packages.",
            "В 2025 году обновлено 8 500 км, из них 323 км тепловых сетей. Тепло: опубликованные данные регионов (Алматы 37, Восточно-Казахстанская "
            "57,5, Акмолинская 40, Павлодарская 30, Абай 24, Северо-Казахстанская 13), остальное пропорционально длине в "
            "программе. Прочие километры пропорционально длине пакетов электросетей, воды и канализации.",
            facts.url("year.2025.network_km", 2025),
        ),
        (
            "savings",
            "Yearly savings (fuel, losses, planned repairs) as percent of full cost, by judgement: thermal and hydropower plants 6 (gas CHPs 7), boiler "
            "houses 7, substations, water works 4, sewage works 2; power lines 2 (losses and upkeep). Pipes: 0.3 % of the cost for planned repairs, and "
            "the losses that renewal saves: heat 324 Gcal a year and km at 3.6 thousand KZT (Petropavlovsk: 138 thousand Gcal, 500 mn KZT, 284 km), water "
            "2.4 thousand m3 at 100 KZT/m3. Repairs after failures were part of the earlier percentages of pipes (heat 1.2, water 1.5, sewer 1); they are "
            "taken out, since failures are counted as risk: nothing is counted twice. For running projects the percent is taken of the full cost.",
            "Экономия в год (топливо, потери, плановый ремонт) в процентах полной стоимости, экспертно: тепловые и гидроэлектростанции 6 (газовые ТЭЦ 7), "
            "котельные 7, подстанции и водопроводные сооружения 4, очистные 2; линии 2 (потери и обслуживание). Трубы: 0,3 % стоимости на плановый ремонт и "
            "потери, которые снимает обновление: тепло 324 Гкал в год на км по 3,6 тыс. тенге (Петропавловск: 138 тыс. Гкал, 500 млн тенге, 284 км), вода "
            "2,4 тыс. м3 по 100 тенге/м3. Ремонт после аварий входил в прежние проценты труб (тепло 1,2, вода 1,5, канализация 1); он вычтен, так как аварии "
            "учитываются как риск: дважды ничего не считается. Для начатых проектов процент берётся от полной стоимости.",
            facts.networks["NET038"]["source_url"],
        ),
        (
            "asset_types",
            "Months, shares paid in procurement, imported shares and the content that suppliers of Japan, China, Russia and Germany could deliver "
            "are engineering judgement. Contents of different countries overlap: they say what could be bought, not what will be.",
            "Месяцы, доли оплаты при закупке, доли импорта и доли, которые могли бы поставить Япония, Китай, Россия и Германия, экспертные. Доли "
            "стран пересекаются: они показывают, что можно купить, а не что будет куплено.",
            "engineering judgement",
        ),
        (
            "works_resources",
            "Networks: the crew-years that the km of 2025 took, times 14,000/8,500 (the plan of 2026), then growing as the km renewed in 2023-2025 "
            "did (21.1 % a year). Regions: their share of the national need; half of it may be lent to other regions at 10 % of the works for travel. Overtime "
            "(120 hours a year allowed, 6 %) and contractors from outside may add 20 % at a premium of 15 % of the works (half a wage on top, wages "
            "being 30 %). "
            "Works in the ground keep to the months open by climate, lines are built all year. Power plants: the 622 MW "
            "put in service in 2025 at 850 mn KZT/MW, raised by 15.9 % (construction in 2025), then 11 % a year (official forecast). Other "
            "facilities: their share of the 6,778 bn of utilities times the 974 bn confirmed for 2026, growing as networks. Nothing is chosen to "
            "reach the targets.",
            "Сети: бригадо-годы, которых потребовали километры 2025 года, x 14 000/8 500 (план 2026 года), далее рост как у километров 2023-2025 "
            "годов (21,1 % в год). Регионы: их доля общей потребности; половину можно одолжить другим регионам за 10 % стоимости работ на переезд. "
            "Сверхурочные "
            "(разрешено 120 часов в год, 6 %) и подрядчики со стороны добавляют до 20 % с наценкой 15 % стоимости работ (половина зарплаты сверху, "
            "зарплата 30 %). "
            "Земляные работы идут в месяцы, открытые по климату, линии строят весь год. Электростанции: 622 МВт, "
            "введённые в 2025 году, по 850 млн тенге/МВт, плюс 15,9 % (строительство в 2025 году), далее 11 % в год (официальный прогноз). Прочие "
            "объекты: их доля в 6 778 млрд коммунального сектора x 974 млрд, подтверждённые на 2026 год, рост как у сетей. Ничто не подобрано под цели.",
            facts.url("year.2026.confirmed", 2026),
        ),
        (
            "targets",
            "The headline of 86,000 km and 200 facilities is for 2030 and has priority 1. The lengths by sector and the 30 CHPs are those of the "
            "programme, which "
            "ends in 2029, so they are due in 2029, with priority 2; the red zone has priority 2 as well, by 2030. The floor of 60 % for the "
            "networks of each region is a choice of this case. "
            "The promised levels of wear (heat 40, electricity 45, water 34, sewer 40 % by 2029) and an empty red zone by 2030 have priority 3. The "
            "programme also "
            "names 7.3 GW of new capacity: it is not a target here.",
            "Главные цели, 86 тыс. км и 200 объектов, относятся к 2030 году и имеют приоритет 1. Длины по отраслям и 30 ТЭЦ взяты из программы, которая "
            "заканчивается в 2029 году, поэтому их срок 2029 год, приоритет 2; у красной зоны тоже приоритет 2, срок 2030 год. Порог 60 % для сетей "
            "каждого региона выбран для этого расчёта. "
            "Обещанный износ (тепло 40, электросети 45, вода 34, канализация 40 % к 2029 году) и пустая красная зона к 2030 году имеют приоритет 3. Программа "
            "называет ещё 7,3 ГВт новой мощности: здесь это не цель.",
            facts.url("programme.network_km_target", 2030),
        ),
        (
            "money_at_home",
            "The split of the 13.6 trn KZT of the programme by source of money is not published. Ceilings follow published amounts of one year, kept "
            "constant in real terms (974 bn confirmed for 2026, tariffs about 300 bn a year, local budgets 39 bn for heat in 2024, heat in the "
            "republican budget 37 bn) or spread evenly (346 bn for sewage works). Loans at home are charged at their full rate: the interest subsidy "
            "only moves money within the country, and its rate is not published. Banks without subsidy: the 126 bn of the need of 2026 that no "
            "confirmed application covers. Tariff money may be partly borrowed and so overlap with loans. Left out, because no amount is published: "
            "the special fund of "
            "recovered assets, "
            "capital subsidies and budget loans for water, National Fund money for three CHPs, private equity. General transfers for water (128 bn "
            "in 2026) run beside the project and are not counted.",
            "Разбивка 13,6 трлн тенге программы по источникам не опубликована. Потолки следуют опубликованным суммам одного года в постоянных ценах "
            "(974 млрд подтверждено на 2026 год, тарифы около 300 млрд в год, местные бюджеты 39 млрд на тепло в 2024 году, теплоснабжение в "
            "республиканском бюджете 37 млрд) или распределены равномерно (346 млрд на очистные). Внутренние займы считаются по полной ставке: "
            "субсидия ставки лишь перемещает деньги внутри страны, её размер не опубликован. Банки без субсидии: 126 млрд потребности 2026 года, не "
            "покрытые подтверждёнными заявками. Тарифные деньги могут быть частично заёмными и пересекаться с займами. Не включены, так как сумм "
            "нет: специальный фонд "
            "возвращённых активов, "
            "субсидии и бюджетные кредиты на воду, деньги Национального фонда на три ТЭЦ, частный капитал. Трансферты общего характера на воду (128 "
            "млрд в 2026 году) идут вне проекта и не учтены.",
            facts.url("year.2026.confirmed", 2026),
        ),
        (
            "money_of_institutions",
            "IBRD: 350 mn USD planned. EBRD and ADB: half each of the 200 bn KZT of guaranteed loans in the list of sewage works of 2024, and what "
            "is left of their loans for Almaty CHP-2. EDB: what is left of its loan for Karaganda CHP-3. Others without a named sum: one loan of 105 mn USD, "
            "the size of the last municipal loan observed. Loans that are not signed start in 2027. Floating rates are the reference rate of June "
            "2026 (dollar 3.65 %, yen 1.0 %) plus a "
            "stated margin. Fees that were not found are 0 and said to be so; commitment fees are not in the model.",
            "МБРР: запланировано 350 млн долларов. ЕБРР и АБР: по половине 200 млрд тенге гарантированных займов из списка очистных 2024 года и "
            "остаток их займов на Алматинскую ТЭЦ-2. ЕАБР: остаток займа на Карагандинскую ТЭЦ-3. Прочие без названной суммы: один заём 105 млн долларов, "
            "как последний известный муниципальный заём. Неподписанные займы начинаются с 2027 года. Плавающие ставки: базовая ставка июня 2026 года "
            "(доллар 3,65 %, иена 1,0 %) плюс указанная "
            "маржа. Ненайденные комиссии равны 0, это указано; комиссий за обязательство в модели нет.",
            facts.sources["IBRD"]["source_url"],
        ),
        (
            "money_of_japan",
            "No Japanese amount is published for the programme. JICA: terms for upper-middle-income countries from October 2025 are published (four "
            "high-specification products, one preferential); the envelope is all past yen loans to the country (88.8 bn JPY) once more, divided "
            "equally. JBIC/NEXI: "
            "3,000 bn JPY announced for five countries x 25 % x 10 % = 75 bn JPY, all of it for Japanese goods, at most 85 % of a project. JCM: "
            "about 1.1 bn JPY of grants a year, at most half of a project. STEP is closed to Kazakhstan and stays off. The 3,000 bn JPY and the 3.7 "
            "bn USD of documents of December 2025 are not budgets.",
            "Японские суммы для программы не опубликованы. JICA: условия для стран с доходом выше среднего с октября 2025 года опубликованы (четыре "
            "продукта высокой спецификации, один льготный); лимит равен всем прошлым иеновым займам стране (88,8 млрд иен) ещё раз, поровну. JBIC/NEXI: "
            "3 000 млрд иен, объявленные для пяти стран, x 25 % x 10 % = 75 млрд иен, целиком на японские товары, не более 85 % проекта. JCM: около "
            "1,1 млрд иен грантов в год, не более половины проекта. STEP для Казахстана закрыт и не используется. 3 000 млрд иен и документы на 3,7 "
            "млрд долларов декабря 2025 года не бюджеты.",
            facts.sources["JP_JICA_HS30"]["source_url"],
        ),
        (
            "prices_and_rates",
            "Price level: IMF path of consumer prices (11.4, 10.7, 10.1, 8.8, 7.6, 5.9 % in 2025-2030), 5 % after. Construction follows it. Dollar: "
            "the rate implied by the IMF; yen: official average of 2025 and of ten months of 2026, then in step with the dollar. Abroad 2 % a year. "
            "The discount rate of 8 % is real and a choice: no official appraisal rate was found.",
            "Уровень цен: прогноз МВФ по потребительским ценам (11,4; 10,7; 10,1; 8,8; 7,6; 5,9 % в 2025-2030 годах), затем 5 %. Строительство "
            "следует ему. Доллар: курс, вытекающий из данных МВФ; иена: официальное среднее 2025 года и десяти месяцев 2026 года, далее вместе с "
            "долларом. За рубежом 2 % в год. Ставка "
            "дисконтирования 8 % реальная и выбрана: официальной ставки не найдено.",
            facts.url("inflation.cpi_imf", 2025),
        ),
    ]
    rows += conflicts(facts)
    return [{"topic": topic, "text": english, "text_ru": russian, "source": source} for topic, english, russian, source in rows]


def both_urls(facts: Facts, *keys: str) -> str:
    return "; ".join(dict.fromkeys(facts.unit_costs[key]["source_url"] for key in keys))


def conflicts(facts: Facts) -> list[tuple[str, str, str, str]]:
    """Published figures that differ; the case uses the first of each pair."""
    return [
        (
            "conflict_total",
            "13,588 bn = 6,208 energy + 6,778 utilities + 602 automation in the approved text; a reversed split also circulates; the same 13 trn is "
            "quoted for a list of 81 generation projects. Used: the approved text.",
            "13 588 млрд = 6 208 энергетика + 6 778 коммунальный сектор + 602 автоматизация в утверждённом тексте; ходит и обратная разбивка; те же "
            "13 трлн называют для 81 проекта генерации. Использован утверждённый текст.",
            facts.url("programme.investment_total_decree", "2025-2029"),
        ),
        (
            "conflict_electricity",
            "77,600 km and 3.8 trn KZT in the programme, 79,000 km and 2.0 trn in a rural plan. Used: the programme.",
            "77 600 км и 3,8 трлн тенге в программе, 79 000 км и 2,0 трлн в сельском плане. Использована программа.",
            facts.url("programme.rural_electricity_km", "2025-2029"),
        ),
        (
            "conflict_water",
            "Water and sewer: 4,700 + 2,600 km for 1.7 trn, or 5,000 + 2,800 km for 1.9 trn in 2026-2029. Used: the former, which adds up to 86,500 km.",
            "Вода и канализация: 4 700 + 2 600 км за 1,7 трлн или 5 000 + 2 800 км за 1,9 трлн в 2026-2029 годах. Использовано первое, сумма 86 500 км.",
            facts.url("programme.water_km_alt", "2026-2029"),
        ),
        (
            "conflict_2026",
            "2026: 14,000 km of the national project, 17,100 km of ordinary repairs of lines; 1.0 or 1.1 trn needed, 919 or 974 bn applied for or "
            "confirmed. Used: 14,000 km and 974 bn.",
            "2026 год: 14 000 км нацпроекта, 17 100 км обычного ремонта линий; нужно 1,0 или 1,1 трлн, заявлено или подтверждено 919 или 974 млрд. "
            "Использованы 14 000 км и 974 млрд.",
            facts.url("year.2026.confirmed", 2026),
        ),
        (
            "conflict_north",
            "North Kazakhstan: 7,000 km are power lines in one report and networks of all kinds in a later one. Used: power lines.",
            "Северо-Казахстанская область: 7 000 км в одном сообщении линии электропередачи, в более позднем сети всех видов. Использовано: линии.",
            facts.url("programme.region_electricity_km", "2025-2029", "KZ-59"),
        ),
        (
            "conflict_karaganda",
            "Karaganda: own plan of 1,199 km against about 4,800 km by the proxies. Used: its own plan.",
            "Карагандинская область: собственный план 1 199 км против около 4 800 км по косвенным показателям. Использован собственный план.",
            facts.url("programme.region_km", "2025-2029", "KZ-35"),
        ),
        (
            "conflict_gres2",
            "Ekibastuz GRES-2: 1,282 bn for units 3 and 4 together, under 400 bn for unit 3 after a change of supplier (before 650). Used: 400 bn "
            "for each, in money of 2026.",
            "Экибастузская ГРЭС-2: 1 282 млрд за блоки 3 и 4 вместе, менее 400 млрд за блок 3 после смены поставщика (раньше 650). Использовано по "
            "400 млрд в ценах 2026 года.",
            facts.unit_costs["UC059"]["source_url"],
        ),
        (
            "conflict_konaev",
            "Konaev sewage works: 16 bn in the list of 2024, over 33 bn at the start of works in 2026. Used: 33 bn.",
            "КОС Конаева: 16 млрд в списке 2024 года, более 33 млрд при начале работ в 2026 году. Использовано 33 млрд.",
            facts.unit_costs["UC047"]["source_url"],
        ),
        (
            "loan_terms",
            "Fees, clock and reading of grace are entered where published or usual; where none was found the default stands. Programmes of many loans "
            "count from each draw, single loans from signing.",
            "Комиссии, начало срока и понимание льготного периода указаны там, где опубликованы или обычны; иначе действует значение по умолчанию. "
            "Программы из многих займов считаются от каждой выборки, отдельные займы от подписания.",
            "docs/numbers.md",
        ),
        (
            "tariffs",
            "No revenue of utilities by region was found, so the sheet tariffs is empty and no rise is limited. Interest subsidies are not entered: "
            "their share was not found.",
            "Выручка предприятий по регионам не найдена, поэтому лист tariffs пуст и рост не ограничен. Субсидии ставки не указаны: их доля не найдена.",
            "",
        ),
        (
            "conflict_almaty",
            "Almaty CHP-2: finish in September or December 2026. Used: December, with a year of room.",
            "Алматинская ТЭЦ-2: окончание в сентябре или декабре 2026 года. Использован декабрь с запасом в год.",
            facts.unit_costs["UC053"]["source_url"],
        ),
        (
            "conflict_plants",
            "Capacities, years and map points of some plants differ between open tables and the news (Astana CHP-2, Zhezkazgan, GRES-1, MAEK, "
            "Kyzylorda, Almaty CHPs, Topar). Used: the news where newer.",
            "Мощности, годы и точки на карте ряда станций расходятся в открытых таблицах и новостях (Астанинская ТЭЦ-2, Жезказган, ГРЭС-1, МАЭК, "
            "Кызылорда, Алматинские ТЭЦ, Топар). Использованы более новые сообщения.",
            "https://github.com/pypsa-meets-earth/pypsa-kz-data",
        ),
        (
            "conflict_wear",
            "Electricity: 66 % worn at the end of 2025, targets 62 (2026) and 45 % (2029); heat target 40 or 42 % by 2029. Used: 66 %, 45 and 40 %.",
            "Электросети: износ 66 % на конец 2025 года, цели 62 (2026) и 45 % (2029); цель по теплу 40 или 42 % к 2029 году. Использованы 66, 45 и 40 %.",
            facts.url("year.2029.wear_target_heat_ministry", 2029),
        ),
        (
            "conflict_prices",
            "Inflation: the government about 6 % in 2027-2028, the IMF 10.1 and 8.8 %. Dollar: 522 implied by the IMF for 2026, 456 in the market in "
            "September 2026. Used: the IMF for both.",
            "Инфляция: правительство около 6 % в 2027-2028 годах, МВФ 10,1 и 8,8 %. Доллар: 522 по данным МВФ на 2026 год, 456 на рынке в сентябре "
            "2026 года. Использован МВФ.",
            facts.url("inflation.cpi_official_forecast", 2027),
        ),
        (
            "conflict_japan",
            "Documents of December 2025: over 40 or over 60, over 3.7 bn USD or over 3 bn EUR. Neither is a budget; only the count of 40 of 158 is "
            "used, as a share.",
            "Документы декабря 2025 года: более 40 или более 60, более 3,7 млрд долларов или более 3 млрд евро. Ни то ни другое не бюджет; "
            "использовано только отношение 40 из 158 как доля.",
            facts.url("japan.kz_documents_alt", 2025),
        ),
    ]
