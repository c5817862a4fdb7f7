"""Money of the country itself: budgets, tariffs, companies' own money, banks and bonds."""

from __future__ import annotations

from kazakhstan_builder.facts import PLAN_FROM, PLANNED, PRICE_YEAR, Facts
from kazakhstan_builder.source import Source, amount, real


def at_home(facts: Facts) -> list[Source]:
    cheap, bank = float(facts.sources["KZ_UAPF"]["interest_rate_pct"]), float(facts.sources["KZ_STB"]["interest_rate_pct"])
    sovereign = float(facts.sources["KZ_SOV"]["interest_rate_pct"])
    heat_local = amount(facts, "KZ_LOCAL")
    own_plants = 16.9 + 23.8 + 34.6 / 2 + 6.4
    kos = amount(facts, "KZ_KOS_RB24")
    open_need = facts.value("year.2026.investment_need_updated", PLAN_FROM) - facts.value("year.2026.confirmed", PLAN_FROM)
    return [
        Source(
            "KZ_RB_HEAT",
            "budget",
            20,
            "37 bn of 2026 kept in real terms; all heat projects of the country",
            ceilings=real(facts, amount(facts, "KZ_RB_HEAT"), PLAN_FROM),
            carry="one_year",
        ),
        Source(
            "KZ_RB_KOS",
            "budget",
            21,
            f"{kos:g} bn named for 28 works in the list of 2024, spread evenly over the planned years; what was paid before 2026 is not published",
            row="KZ_KOS_RB24",
            ceilings={year: round(kos / len(PLANNED), 3) for year in PLANNED},
            carry="one_year",
            names=("Republican budget: sewage works", "Республиканский бюджет: канализационные очистные сооружения"),
        ),
        Source(
            "KZ_RESERVE",
            "budget",
            22,
            "observed grants for heat of 4.9, 2.7 and 2.2 bn, about 10 bn a year, in real terms; the reserve itself (500 bn) serves all purposes",
            ceilings=real(facts, 9.8, PRICE_YEAR),
        ),
        Source(
            "KZ_LOCAL",
            "budget",
            23,
            "39 bn of local budgets for heat in 2024, in real terms; other kinds are not published",
            ceilings=real(facts, heat_local, 2024),
            carry="one_year",
        ),
        Source(
            "KZ_TARIFF",
            "own",
            24,
            "over 900 bn in 2023-2025, about 300 bn a year, in real terms; part of it may be borrowed, so it may overlap with loans",
            ceilings=real(facts, amount(facts, "KZ_TARIFF") / 3, PRICE_YEAR),
            carry="one_year",
        ),
        Source(
            "KZ_GEN_OWN",
            "own",
            25,
            f"investment and repairs named for Astana, Karaganda, Topar and Ridder in 2025 ({own_plants:.1f} bn), in real terms; "
            "private equity for new plants is not published",
            row="KZ_INVAGR",
            ceilings=real(facts, own_plants, PRICE_YEAR),
            carry="one_year",
            names=("Generating companies' own money (capacity market)", "Собственные средства генерирующих компаний (рынок мощности)"),
        ),
        Source(
            "KZ_UAPF",
            "loan",
            30,
            "half of the 1.0 trn of 2025, each year, for generation; the other half is taken to be behind the subsidised loans to utilities",
            ceilings=500.0,
            carry="loan",
            loan=(cheap, 3, 15),
            more="rate of the first tranche, 13 %",
        ),
        Source(
            "KZ_MEKS_BOND_MIO",
            "loan",
            31,
            "22.5 bn of 2025, in real terms",
            ceilings=real(facts, amount(facts, "KZ_MEKS_BOND_MIO"), PRICE_YEAR),
            carry="loan",
            loan=(cheap, 1, 15),
            more="coupon and tenor not found: those of the pension fund's bonds",
        ),
        Source(
            "KZ_MEKS_LOAN",
            "loan",
            32,
            "974 bn confirmed for 2026, in real terms; the project ends in 2029, one more year because the target names 2030",
            ceilings=real(facts, amount(facts, "KZ_MEKS_LOAN"), PLAN_FROM),
            carry="loan",
            loan=(sovereign, 3, 20),
            more="rate: yield of government bonds, full cost to borrower and budget together, the subsidised part is inside; grace is an estimate; "
            "tenor 5-20 years",
        ),
        Source(
            "KZ_SK_BOND",
            "loan",
            33,
            "60 bn of 2025, in real terms",
            ceilings=real(facts, amount(facts, "KZ_SK_BOND"), PRICE_YEAR),
            carry="loan",
            loan=(11.6, 3, 15),
            more="rate: mean inflation of 2026-2030 (8.6 %) + 3 points, an estimate",
        ),
        Source(
            "KZ_DBK",
            "loan",
            34,
            "as in Almaty CHP-2: 388 bn less EBRD and ADB, over three years, in real terms",
            ceilings=real(facts, (388 - 130 - 98) / 3, PRICE_YEAR),
            carry="loan",
            loan=(sovereign, 3, 15),
            more="rate: yield of government bonds; the bank's own example of 12 % is older",
        ),
        Source(
            "KZ_PPP",
            "loan",
            35,
            "33 bn named for the Konaev sewage works",
            envelope=amount(facts, "KZ_PPP"),
            carry="loan",
            loan=(bank, 2, 15),
            years=(2026, 2027),
            more="availability payments as a loan at the bank rate: an estimate",
        ),
        Source(
            "KZ_STB",
            "loan",
            36,
            f"{open_need:.0f} bn, the need of 2026 (1,100 bn) that no confirmed application covers (974 bn), in real terms; "
            "five partner banks, no envelope published",
            ceilings=real(facts, open_need, PLAN_FROM),
            carry="loan",
            loan=(bank, 1, 7),
            more="average rate on new loans to firms, August 2026; grace and tenor are estimates",
        ),
    ]
