"""Published figures on failures, losses, tariffs and transport that the fact base does not hold, each with its address."""

from __future__ import annotations

KEGOC_2023 = "https://ar2023.kegoc.kz/en/network-reliability.html"
"""65 technological violations in 2023: 53 on lines, 12 at substations; 46 of them by natural phenomena; no accidents."""
KEGOC_ON_LINES, KEGOC_AT_SUBSTATIONS, KEGOC_BY_NATURE = 53.0, 12.0, 46.0 / 65.0

ALMATY_HEAT_2019 = "https://test.tengrinews.kz/kazakhstan_news/bolshe-polovinyi-teplosetey-v-almatyi-avariynyie-412950"
ALMATY_HEAT_2021 = "https://zonakz.net/2021/09/28/bolee-600-povrezhdenij-vyyavili-na-teplosetyax-v-xode-gidroispytanij-v-almaty"
ALMATY_HEAT_BURSTS = ((221 + 311), 626)
"""Damage found in tests of Almaty's heat networks: 221 on return and 311 on supply pipes in 2019, 626 in 2021."""

ALMATY_WATER_2011 = "https://tengrinews.kz/kazakhstan_news/vodoprovodnyie-seti-almatyi-iznoshenyi-na-70-protsentov-225435"
ALMATY_WATER_BURSTS, ALMATY_WATER_KM, ALMATY_SEWER_KM = 2300.0, 2549.0, 1454.0
"""Almost 2,300 accidents in 2011 of the utility that runs 2,549 km of water and 1,454 km of sewer pipes."""

NEW_HEAT_PIPE = "https://doi.org/10.1134/S004060151910001X"
NEW_PIPE_BURSTS = 5.0
"""Failure rate of a new heat main in design rules, 0.05 a km and year, here per 100 km."""

WATER_BREAKS = "https://www.asdwa.org/2018/03/07/new-pipe-study-finds-break-rates-increased-27-in-six-years/"
BREAKS_GROWTH = (1.27 ** (1 / 6) - 1) * 100
"""Breaks of water mains in North America rose by 27 % in six years."""
BREAKS_ABROAD = 23_803 / (200_000 * 1.609344) * 100
"""23,803 breaks a year on about 200,000 miles of mains in North America (2018), per 100 km."""

MENDED_METRES = 8.0
MENDED = "https://www.tema-kz.net/v-strane/item/91792-v-almaty-k-polunochi-v-polnom-obeme-zapustyat-holodnuyu-vodu"
"""A burst of a 600 mm water main in Almaty: 8 m of pipe replaced, 12 machines, 31 people."""

CUT_OFF = "https://www.inbusiness.kz/ru/last/bolee-sotni-domov-ust-kamenogorska-ostalis-bez-otopleniya"
"""A heat main of 530 mm: 120 buildings, over 6,000 consumers, five hours."""
CUT_OFF_WATER = "https://airpres.kz/novosti/neskolko-ulicz-karagandy-ostalis-bez-vody"
"""A water main: 233 houses and 15 blocks of flats for part of a day."""

CHP_WINTER_2022 = "https://cabar.asia/ru/tehnogennye-katastrofy-kak-kazahstanu-vyjti-iz-krizisa"
CHP_WINTER_2023 = "https://globalnews.kz/satkaliev-o-situacii-s-otopleniem-v-kazahstane-net-avarijnyh-situacij/amp"
RIDDER_2023 = "https://informburo.kz/novosti/84-mlrd-tenge-vydelyat-na-remont-sistemy-teplosnabzeniya-riddera-iz-rezerva-pravitelstva"
RIDDER_2024 = "https://informburo.kz/novosti/dlya-kapitalnogo-remonta-teplosetei-riddera-vydelili-bolee-24-mlrd-tenge"
CHP_FAILURES_A_YEAR = 3.0
"""Failures of CHPs that cut a town's heat: Ridder, Ekibastuz (November 2022), Ridder (March 2023); Ridder, Temirtau GRES-1, Ekibastuz (2023-24): six in two
heating seasons."""
CHP_REPAIR = 4900.0
"""mn KZT of the Government's reserve for the overhaul of Ridder CHP in 2024, after its failures."""

ZONES = "https://rus.baq.kz/kriterii-otsenki-raboty-teploistochnikov-mogut-stat-strozhe-minenergo-320014711/"
"""The ministry ranks heat sources by wear, technological violations and staff."""

POWER_TARIFF = "http://rek-rudny.kz/tariff_difference.html"
POWER_TARIFF_KZT = 32.54
"""KZT per kWh, first level for households, July 2025."""

WATER_PRICES = "https://rus.baq.kz/v-kazahstane-namereny-vyrovnyat-tarify-na-vodu-vo-vseh-regionah_300025092/"
WATER_PRICE, WATER_PRICE_DEAREST = 100.0, 5000.0
"""KZT per m3: mean of towns, and up to 5,000 in villages."""

WATER_LOST = "https://diapazon.kz/news/95327-16-mlrd-tenge-sostavili-poteri-byudzheta-iz-za-dir-v-vodoprovode"
WATER_LOST_THOUSAND_M3 = 218_000.0
"""Leaks and water not accounted for in 2018: 218 mn m3."""

ZHETISU = "https://kazpravda.kz/n/v-taldykorgane-startuet-otopitelnyy-sezon/"
ZHETISU_KM = {"heat": 393.0, "water": 3935.0, "sewer": 628.0}
KARAGANDA_WATER = "https://inkaraganda.kz/trends/skolko-stoit-kubometr-vodosnabzhenie-karagandinskogo-regiona-bolshaja-sistema"
KARAGANDA_KM = {"water": 1200.0, "sewer": 737.0}

LOAD_2025 = "https://baq.kz/qazaqstanda-qysta-zharyq-oshirile-me-200024242/"
LOAD_2025_MW = 14957.0
"""Highest load in the autumn of 2025, at the end of the season of repairs."""
WINTER_2025 = "https://alau.kz/budet-li-svet-v-kazahstane-prognozirujut-deficit-jelektrojenergii-zimoj-2025-2026-godov/"
"""Winter of 2025-2026: peak 17.6 GW, own generation 16.7 GW."""

OLD_SEWAGE_WORKS = "https://news.mail.ru/economics/69402725/"
OLD_SEWAGE_YEAR = 1975
"""Most sewage works were built more than 50 years ago (said in January 2026)."""

OVERTIME = "https://kaz24.info/item/32553-kto-i-kak-mojet-rabotat-sverhurochno-v-kazahstane-vajno-znat"
OVERTIME_PAY = "http://engime.org/azastan-respublikasini-ebek-kodeksi.html?page=90"
"""At most 120 hours of overtime a year; paid at least one and a half times (article 108 of the Labour Code)."""

GAS_TOWNS = "https://inbusiness.kz/ru/last/do-konca-goda-minenergo-opredelitsya-so-sposobom-gazifikacii-severnyh-i-vostochnyh-oblastej"
"""The Saryarka main brings gas to Astana, Karaganda, Temirtau, Zhezkazgan; Petropavlovsk, Kokshetau, Ust-Kamenogorsk, Semey, Pavlodar have none."""
GAS_NORTH = "https://www.zakon.kz/obshestvo/6507520-kitay-i-mongoliya-mogut-pomoch-kazakhstanu-s-gazifikatsiey-vko.html"
"""A main to Kokshetau and Petropavlovsk is planned for 2027-2030."""

BY_RAIL = "https://oananews.org/node/437148"
"""Korea and Japan to Europe: 45 days by sea, 21 by rail through China and Kazakhstan."""
RAIL_DAYS = "http://infranews.ru/novosti/40396-tranzitnyj-potencial-pochtovyx-perevozok-iz-kitaya-cherez-kazaxstan-ocenen-v-300-tys-teu-v-god/"
"""Zhengzhou to Moscow over Astana: 10 days."""
BORDER_DAYS = "http://vch.ru/event/view.html?alias=gheleznodoroghnye_perevozki_iz_kitaya_cherez_kazahstan_teper_prakticheski_nevozmoghny"
"""Goods waited a month or more for transshipment at Dostyk."""

TRENCHES = "http://uimonline.com/index/webapp-stories-action?id=182"
"""Case study of sewers: methods that save the trench are much cheaper than open cut."""

CNAIM = "https://www.ofgem.gov.uk/decision/decision-distribution-network-operators-common-network-asset-indices-methodology-0; https://github.com/Utiligize/CNAIM"
POUND = 850.0
"""KZT of 2025 per pound of CNAIM 2.1: 1.3 dollars, 25 % of inflation since 2020-21, 521 KZT per dollar (the IMF's rate of 2025)."""
