"""What is known of named projects: full cost, dates, and how sure they are. Money in bn KZT of the year stated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    """A published project.

    ``total``: full cost, None where the rule of its class gives it; ``price_year``: money of which year (a contract sum of a running project keeps its
    price, so 2025 is written there); ``start``/``end``: year and fraction (2026.5 = 1 July); ``months``: procurement and works if not those of the kind;
    ``remaining``, ``spent``: bn KZT still to be spent and spent until 2025, where that is published.
    """

    total: float | None = None
    price_year: int = 2025
    start: float | None = None
    end: float | None = None
    running: bool = False
    committed: bool = False
    scope: str = ""
    status: str = "estimate"
    months: tuple[int, int] | None = None
    remaining: float | None = None
    spent: float | None = None
    remark: str = ""


PROJECTS: dict[str, Project] = {
    "F017": Project(257, start=2023.5, end=2027, running=True, committed=True, scope="conversion", remark="published total 257 bn; a later finish is possible"),
    "F020": Project(
        388,
        start=2024.5,
        end=2027,
        running=True,
        committed=True,
        scope="conversion",
        remark="published total 388 bn; finish quoted as September or December 2026",
    ),
    "F040": Project(
        start=2025.7,
        end=2029,
        running=True,
        committed=True,
        scope="new unit",
        remark="unit 7 of 140 MW; full cost taken as the loan of 240 mn USD, so a lower bound",
    ),
    "F046": Project(34.6, start=2025.5, end=2027, running=True, remark="turbine and programme of 2025-2026"),
    "F055": Project(start=2024.5, end=2028, running=True, remark="unit overhauls and new unit 4; cost by the rule for life extension"),
    "F069": Project(17.2, start=2024.5, end=2027, running=True, remark="two lots, 15.5 and 1.7 bn"),
    "F073": Project(9, start=2024.5, running=True, remark="boilers 7-12, over 9 bn; no end date published"),
    "F109": Project(committed=True, start=2025.5, running=True, scope="new build", months=(0, 24)),
    "F113": Project(239, price_year=2024, start=2025.5, end=2029.5, running=True, committed=True, scope="new build", remark="estimate of 2024, 239 bn"),
    "F114": Project(scope="new build", months=(9, 36), remark="the three new CHPs were also valued at 2.7 bn USD for 960 MW, about a third more"),
    "F115": Project(scope="new build", months=(9, 36), remark="the three new CHPs were also valued at 2.7 bn USD for 960 MW, about a third more"),
    "F116": Project(
        400,
        committed=True,
        price_year=2026,
        scope="new unit",
        months=(0, 36),
        remark="new contract of under 400 bn (before the change of supplier 650), taken whole; published finish 2028",
    ),
    "F117": Project(
        400,
        price_year=2026,
        scope="new unit",
        months=(9, 36),
        remark="taken at the new price of unit 3; both units together were quoted at 1,282 bn before, so the cost may be higher",
    ),
    "F121": Project(
        215, end=2027, running=True, committed=True, scope="new build", status="derived", remaining=78, spent=137,
        remark="215 bn less 137 bn spent, both published",
    ),
    "F123": Project(scope="conversion"),
    "F151": Project(start=2024.7, end=2028, running=True, committed=True, remark="extension for the line Karabatan-Ulke"),
    "F173": Project(3.8, start=2025.5, end=2026.17, running=True, committed=True, scope="new build", months=(0, 8), remark="110 kV line Ortalyk-Yassy"),
    "F177": Project(start=2024.95, end=2026.67, running=True, committed=True, scope="new build"),
    "F178": Project(running=True, scope="new build"),
    "F182": Project(scope="new build"),
    "F185": Project(start=2023.5, end=2027, running=True, committed=True, scope="new build"),
    "F186": Project(start=2023.5, end=2027, running=True, committed=True, scope="new build"),
    "F187": Project(end=2027, running=True, committed=True, scope="new build"),
    "F188": Project(end=2027, running=True, committed=True, scope="new build"),
    "F189": Project(start=2023.5, running=True, scope="new build"),
    "F190": Project(start=2023.5, running=True, scope="new build"),
    "F191": Project(
        start=2022.5, running=True, remark="a loan of 3.3 bn and a grant of similar size are published; the cost follows the size of the extension"
    ),
    "F197": Project(
        33,
        price_year=2026,
        scope="new build",
        committed=True,
        months=(0, 20),
        status="derived",
        remark="over 33 bn, private partner, 20 months from March 2026 (16 bn in the list of 2024)",
    ),
    "F198": Project(months=(6, 30), remark="finish published as 2028-2029"),
    "F199": Project(committed=True, start=2025.9, end=2029.5, running=True, scope="new build"),
    "F200": Project(2.5, start=2025.5, running=True),
    "F203": Project(end=2026.5, running=True, remark="reported as near completion"),
    "F204": Project(end=2026.5, running=True, remark="reported as near completion"),
    "F207": Project(
        47.4, committed=True, start=2024.5, end=2028, running=True, scope="new build", remark="cost is the EBRD loan, so a lower bound; finish assumed 2027"
    ),
    "F215": Project(running=True, scope="new build"),
    "F216": Project(running=True, scope="new build"),
    "F217": Project(scope="new build"),
    "F218": Project(committed=True, start=2025.5, running=True, scope="new build", months=(6, 30)),
    "F219": Project(21.6, start=2025.5, running=True),
    "F221": Project(start=2024.7, end=2028, running=True, committed=True, scope="new build"),
}

DONE_2025 = ("F183", "F184")
"""Sewage works named as finished in 2025: in scope, and done."""

TOO_RECENT = ("F142", "F143", "F161")
"""Commissioned in 2015 or later with no known project: nothing to reconstruct yet."""

GAS = ("F017", "F018", "F020", "F123")
"""Plants listed as coal that burn gas already or are being converted to it."""

LARGE_CITIES = frozenset(
    {
        "Aktau",
        "Aktobe",
        "Almaty",
        "Astana",
        "Atyrau",
        "Karaganda",
        "Kokshetau",
        "Kostanay",
        "Kyzylorda",
        "Pavlodar",
        "Petropavlovsk",
        "Semey",
        "Shymkent",
        "Taldykorgan",
        "Taraz",
        "Temirtau",
        "Turkistan",
        "Uralsk",
        "Ust-Kamenogorsk",
        "Ekibastuz",
        "Rudny",
        "Zhezkazgan",
        "Zhanaozen",
    }
)
"""Regional centres and cities of about 100 thousand people and more."""

BIG_CITIES = frozenset(
    {
        "Aktobe",
        "Almaty",
        "Astana",
        "Atyrau",
        "Karaganda",
        "Kyzylorda",
        "Pavlodar",
        "Semey",
        "Shymkent",
        "Taraz",
        "Uralsk",
        "Ust-Kamenogorsk",
    }
)
"""Cities of about 300 thousand people and more: their sewage works belong to the dear ones."""

PLACE = {
    "Nur-Sultan": "Astana",
    "Oral": "Uralsk",
    "Karagandy": "Karaganda",
    "Petropavl": "Petropavlovsk",
    "Zhezqazghan": "Zhezkazgan",
    "Kapshagay": "Konaev",
    "Turkestan": "Turkistan",
    "Balqash": "Balkhash",
    "Qulsary": "Kulsary",
    "Qarazhal": "Karazhal",
    "Qarqaraly": "Karkaraly",
    "Saryaghash": "Saryagash",
    "Zhangatas": "Zhanatas",
    "Chu": "Shu",
    "Dzhetygara": "Zhitikara",
    "Aqadyr": "Agadyr",
    "Rudnyy": "Rudny",
    "Talghar": "Talgar",
    "Ülken": "Ulken",
    "Otegen Batyra": "Otegen Batyr",
    "Inderbor": "Inder",
    "Chemolgan": "Shamalgan",
}
"""Usual English names of places that the plant tables spell otherwise."""
