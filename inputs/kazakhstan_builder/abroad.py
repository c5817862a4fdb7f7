"""Money from abroad: international institutions, Japan, others."""

from __future__ import annotations

from kazakhstan_builder.facts import PLAN_FROM, Facts, number
from kazakhstan_builder.source import NOT_FOUND, Source, amount, left_of

REFERENCE_DOLLAR = 3.65
"""Percent: middle of the range of the American policy rate of June 2026 (3.50-3.75), stands for SOFR."""
REFERENCE_YEN = 1.0
"""Percent: policy rate of the Bank of Japan of June 2026, stands for TORF."""

ENERGY_SHARE = 0.10
"""Share of energy and utilities in the Japanese business announced for the region: judgement, no amount is published."""
JAPAN_GRANT_JPY = 1.1
"""bn JPY a year: the size of the last published Japanese grant (6.8 mn USD)."""

NOT_SIGNED = (PLAN_FROM + 1, None)
"""Loans that were not signed by the autumn of 2026: no draws in the first planned year."""


def institutions(facts: Facts) -> list[Source]:
    usual = float(facts.sources["EBRD_AKTOBE"]["envelope_usd_mn"]) / 1000
    listed = round(amount(facts, "KZ_KOS_IFI24") / 2 / facts.value("fx.kzt_per_usd_imf_implied", 2025), 3)
    same = "the list of 2024 names 200 bn KZT of guaranteed loans of international institutions for 8 sewage works, divided equally between EBRD and ADB"
    none = f"no sum named for this programme: one loan of the size of the last municipal loan observed ({usual:g} bn USD, EBRD Aktobe)"
    fee = "; fee to be confirmed"
    almaty = "left of the loan for the conversion of Almaty CHP-2, in proportion to the time left"
    edb = left_of(facts, "F040", float(facts.sources["EDB"]["envelope_usd_mn"]) / 1000, "chp_coal")
    return [
        Source(
            "EBRD_ALMATY",
            "loan",
            10,
            f"{almaty} (130 bn)",
            row="EBRD",
            partner="INT",
            envelope=left_of(facts, "F020", amount(facts, "EBRD"), "chp_gas"),
            carry="loan",
            loan=(15.1, 3, 15),
            names=("EBRD: Almaty CHP-2", "ЕБРР: Алматинская ТЭЦ-2"),
            more=f"in tenge; rate: yield of government bonds, an estimate; {NOT_FOUND}",
        ),
        Source(
            "ADB_ALMATY",
            "loan",
            10,
            f"{almaty} (98 bn)",
            row="ADB",
            partner="INT",
            envelope=left_of(facts, "F020", amount(facts, "ADB"), "chp_gas"),
            carry="loan",
            loan=(15.1, 3, 15),
            names=("ADB: Almaty CHP-2", "АБР: Алматинская ТЭЦ-2"),
            more=f"in tenge; rate: yield of government bonds, an estimate; {NOT_FOUND}",
        ),
        Source(
            "EDB_KARAGANDA",
            "loan",
            10,
            "left of the loan of 240 mn USD for unit 7 of Karaganda CHP-3, in proportion to the time left",
            row="EDB",
            partner="INT",
            currency="USD",
            envelope=edb,
            carry="loan",
            loan=(REFERENCE_DOLLAR + 3, 3, 13),
            names=("EDB: Karaganda CHP-3", "ЕАБР: Карагандинская ТЭЦ-3"),
            more=f"rate: reference + 3 points, an estimate; {NOT_FOUND}",
        ),
        Source(
            "IBRD",
            "loan",
            11,
            "350 mn USD planned for municipal and energy infrastructure",
            partner="INT",
            currency="USD",
            envelope=0.35,
            years=NOT_SIGNED,
            carry="loan",
            loan=(REFERENCE_DOLLAR + 1.35, 5, 25),
            front_end=0.25,
            more="rate: reference + 1.35 points, an estimate; grace and tenor as in the loan to KEGOC of 2010 (at most 35 years)",
        ),
        Source(
            "ADB",
            "loan",
            12,
            same,
            partner="INT",
            currency="USD",
            envelope=listed,
            years=NOT_SIGNED,
            carry="loan",
            loan=(REFERENCE_DOLLAR + 1.0, 5, 15),
            more=f"rate: reference + 1 point, an estimate; tenor of guaranteed loans in the plan of 2022; {NOT_FOUND}",
        ),
        Source(
            "EBRD",
            "loan",
            12,
            same,
            partner="INT",
            currency="USD",
            envelope=listed,
            years=NOT_SIGNED,
            carry="loan",
            loan=(REFERENCE_DOLLAR + 1.0, 3, 15),
            front_end=1.0,
            more=f"rate: reference + 1 point and front-end fee of 1 %, usual sovereign terms{fee}",
        ),
        Source(
            "AIIB",
            "loan",
            13,
            none,
            partner="INT",
            currency="USD",
            envelope=usual,
            years=NOT_SIGNED,
            carry="loan",
            loan=(REFERENCE_DOLLAR + 1.1, 5, 20),
            front_end=0.25,
            more="rate: reference + 1.1 points (0.75-1.40 published in 2016); grace and tenor are estimates",
        ),
        Source(
            "ISDB",
            "loan",
            13,
            none,
            partner="INT",
            currency="USD",
            envelope=usual,
            years=NOT_SIGNED,
            carry="loan",
            loan=(REFERENCE_DOLLAR + 1.5, 3, 15),
            more=f"terms not found: reference + 1.5 points, an estimate; {NOT_FOUND}",
        ),
        Source(
            "EDB",
            "loan",
            14,
            none,
            partner="INT",
            currency="USD",
            envelope=usual,
            years=NOT_SIGNED,
            carry="loan",
            loan=(REFERENCE_DOLLAR + 3, 3, 13),
            more=f"rate: reference + 3 points, an estimate; {NOT_FOUND}",
        ),
        Source(
            "CN_EXIM",
            "loan",
            15,
            "half of the price of unit 3 of Ekibastuz GRES-2, for which Chinese equipment was chosen; no loan is published",
            partner="CN",
            currency="USD",
            envelope=round(200 / facts.value("fx.kzt_per_usd_imf_implied", 2026), 3),
            carry="loan",
            loan=(REFERENCE_DOLLAR + 2, 3, 15),
            max_share=85,
            tied=100,
            more=f"terms not found: reference + 2 points, export-credit shares, an estimate; {NOT_FOUND}",
        ),
        Source(
            "RU_SUBSIDISED",
            "loan",
            99,
            "never confirmed",
            partner="RU",
            ceilings=0.0,
            carry="loan",
            loan=(6.0, 3, 15),
            closed="never confirmed; the three CHPs moved to other money in 2025-2026",
            more="was to be in roubles; the rate is a placeholder of a closed row",
        ),
    ]


JICA = {"JP_JICA_HS15": 1, "JP_JICA_HS20": 2, "JP_JICA_HS25": 3, "JP_JICA_HS30": 4, "JP_JICA_PF40": 5}


def japan(facts: Facts) -> list[Source]:
    past = facts.value("japan.past_yen_loans", 2001)
    each = round(past / len(JICA), 3)
    rule = f"no envelope is published: all past yen loans to the country ({past:g} bn JPY) once more, divided equally over {len(JICA)} products"
    sources = [
        Source(
            key,
            "loan",
            rank + 1,
            rule,
            partner="JP",
            currency="JPY",
            envelope=each,
            years=NOT_SIGNED,
            carry="loan",
            loan=(
                number(facts.sources[key]["interest_rate_pct"]) or REFERENCE_YEN + 1.0,
                float(facts.sources[key]["grace_years"]),
                float(facts.sources[key]["tenor_years"]),
            ),
            max_share=100,
            more="terms are published" + ("; floating: policy rate of June 2026 + 1 point" if key.endswith("PF40") else "") + f"; {NOT_FOUND}",
        )
        for key, rank in JICA.items()
    ]
    documents = facts.value("japan.kz_documents", 2025) / facts.value("japan.summit_documents_all", 2025)
    export = round(facts.value("japan.summit_target", "2025-2030") * round(documents, 2) * ENERGY_SHARE, 1)
    sources += [
        Source(
            "JP_JBIC_NEXI",
            "loan",
            9,
            f"3,000 bn JPY announced for five countries x {documents:.0%} (Kazakhstan's share of the documents, 40 of 158) x {ENERGY_SHARE:.0%} "
            "(energy and utilities, judgement); one such deal is known from a neighbour: JBIC gave 393 mn USD to a gas plant in Uzbekistan",
            row="JP_JBIC_EXP",
            partner="JP",
            currency="JPY",
            envelope=export,
            years=NOT_SIGNED,
            carry="loan",
            loan=(REFERENCE_YEN + 1.5, 3, 15),
            max_share=85,
            tied=100,
            names=("JBIC/NEXI export credit", "Экспортный кредит JBIC/NEXI"),
            more=f"rate: reference + 1.5 points stands for the commercial reference rate and the premium, an estimate; {NOT_FOUND}",
            fact_urls=(facts.url("japan.summit_target", "2025-2030"), facts.url("japan.kz_documents", 2025)),
        ),
        Source(
            "JP_JCM",
            "grant",
            1,
            "no budget for the country is published: each year the size of the last published Japanese grant (6.8 mn USD)",
            partner="JP",
            currency="JPY",
            ceilings=JAPAN_GRANT_JPY,
            max_share=50,
            more="credits for emissions are shared; half of the initial cost at most",
            fact_urls=(facts.url("japan.grant_2025", 2025),),
        ),
        Source(
            "JP_JICA_STEP",
            "loan",
            98,
            "closed: not to be used",
            partner="JP",
            currency="JPY",
            ceilings=0.0,
            carry="loan",
            loan=(0.2, 10, 40),
            max_share=100,
            tied=30,
            closed="tied loans are closed to upper-middle-income countries; OECD rules bar tied aid above the lower-middle-income limit unless "
            "concessionality is 80 %",
            more="terms of April 2023",
        ),
    ]
    return sources
