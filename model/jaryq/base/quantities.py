"""Units as people write them into cells (``млрд тенге``, ``mn KZT/km``, ``лет``), and the factor from one to another.

A quantity is a size in base units (KZT, m, months, share, MW, ..) over a product of other units. Only closed lists: a
word that is not here is no unit, so that nothing is guessed. Gcal and MWh are never turned into each other: they stand
for different goods.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from jaryq.base.home import BILLION
from jaryq.base.units import UNITS


@dataclass(frozen=True)
class Quantity:
    """``size`` (1000 for ``тыс.``) times a base word (``what`` of ``base`` base units, 1000 m for ``км``), for one of
    each of ``per``."""

    size: Fraction
    what: str
    base: Fraction
    per: tuple[tuple[str, Fraction], ...] = ()

    @property
    def below(self) -> Fraction:
        """Base units of all that it is counted per."""
        return prod((size for _, size in self.per), start=Fraction(1))


def _words(table: Mapping[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words.split("|")}


_SIZES: dict[str, Fraction] = {
    word: Fraction(size) for size, words in {
        10**3: "тыс|тысяч|тысяча|тысячи|thousand|thsd|k|мың|千",
        10**4: "万",
        10**6: "млн|миллион|миллиона|миллионов|mn|mln|mio|million|millions|百万",
        10**8: "億",
        10**9: "млрд|миллиард|миллиарда|миллиардов|bn|bln|billion|billions|十億",
        10**12: "трлн|триллион|триллиона|триллионов|tn|trn|trln|trillion|trillions|兆",
    }.items() for word in words.split("|")
}

_CURRENCIES = _words({
    "KZT": "kzt|тенге|теңге|тг|tenge|₸|テンゲ",
    "USD": "usd|$|us$|доллар|доллара|долларов|долл|dollar|dollars|ドル|米ドル",
    "EUR": "eur|€|евро|euro|euros|ユーロ", "RUB": "rub|₽|руб|рубль|рубля|рублей|ruble|rubles|roubles|ルーブル",
    "JPY": "jpy|円|иен|иена|иены|йен|йена|йены|yen", "CNY": "cny|rmb|юань|юаня|юаней|yuan|元|人民元", "GBP": "gbp|£",
    "CHF": "chf", "KRW": "krw|₩",
    "XDR": "xdr|sdr", "AED": "aed", "TRY": "try|₺", "UZS": "uzs", "KGS": "kgs",
    "INR": "inr|₹", "UAH": "uah|₴|грн", "AZN": "azn|₼", "GEL": "gel|₾", "AMD": "amd|֏", "BYN": "byn", "TJS": "tjs",
    "TMT": "tmt", "MNT": "mnt|₮", "PLN": "pln",
    "SEK": "sek", "NOK": "nok", "DKK": "dkk", "CZK": "czk", "HUF": "huf", "AUD": "aud", "CAD": "cad", "HKD": "hkd",
    "SGD": "sgd", "SAR": "sar", "KWD": "kwd",
    "THB": "thb", "VND": "vnd|₫", "MYR": "myr", "IDR": "idr", "IRR": "irr", "ILS": "ils|₪", "ZAR": "zar", "BRL": "brl",
})

CURRENCIES = frozenset(_CURRENCIES.values())

_SPELLED: dict[str, dict[str, str]] = {
    "m": {"1": "м|m|метр|метра|метров|metre|metres|meter|meters",
          "1000": "км|km|kms|километр|километра|километров|kilometre|kilometres|kilometer|kilometers|шақырым|キロ"},
    "month": {"1": "мес|месяц|месяца|месяцев|mo|mos|month|months|ай|か月|ヶ月|カ月|ヵ月",
              "12": "год|года|лет|г|гг|y|yr|yrs|year|years|annum|жыл|年"},
    "share": {"1": "share|доля|доли|үлес", "0.01": "%|процент|процента|процентов|percent|pct|пайыз|パーセント",
              "0.0001": "бп|bp|bps"},
    "MW": {"0.001": "квт|kw", "1": "мвт|mw", "1000": "гвт|gw"},
    "MVA": {"0.001": "ква|kva", "1": "мва|mva", "1000": "гва|gva"},
    "kV": {"1": "кв|kv"},
    "MWh": {"0.001": "квт·ч|квтч|квт-ч|квт·сағ|kwh|kw·h", "1": "мвт·ч|мвтч|мвт-ч|мвт·сағ|mwh|mw·h",
            "1000": "гвт·ч|гвтч|гвт-ч|гвт·сағ|gwh|gw·h"},
    "Gcal": {"0.001": "мкал|mcal", "1": "гкал|gcal"},
    "m3": {"1": "м3|m3|кубометр|кубометра|кубометров"},
    "person": {"1": "чел|человек|человека|жителей|житель|person|persons|people|inhabitants|адам|人|名"},
    "facility": {"1": "объект|объекта|объектов|facility|facilities|нысан|объекті"},
    "failure": {"1": "отказ|отказа|отказов|прорыв|прорыва|прорывов|"
                     "авария|аварии|аварий|повреждение|повреждения|повреждений|"
                     "failure|failures|burst|bursts|fault|faults|жарылу|апат"},
    "crew": {"1": "бригада|бригады|бригад|crew|crews|班"},
    "piece": {"1": "шт|штук|штука|штуки|pcs|pc|дана|件"},
    "score": {"1": "балл|балла|баллов|score|point|points|ұпай|点"},
    "degree": {"1": "°|градус|градуса|градусов|deg|degree|degrees|度"},
    "second": {"1": "с|сек|секунд|секунды|s|sec|secs|second|seconds|秒",
               "60": "мин|минут|минуты|min|mins|minute|minutes|分",
               "3600": "ч|час|часа|часов|h|hr|hrs|hour|hours|сағ|сағат|時間",
               "86400": "сут|сутки|суток|день|дня|дней|day|days|күн|тәул|тәулік|日"},
    "crew-year": {"1": "бригадо-лет|бригадо-год|бригадо-года|бригада-жыл|crew-year|crew-years"},
    "time": {"1": "раз|раза|time|times|回"},
    "unit": {"1": "единица|единицу|ед|unit|units"},
}
"""Base unit: how many of it the words name that stand behind."""


def _bases() -> dict[str, tuple[str, Fraction]]:
    money = {word: (name, Fraction(1)) for word, name in _CURRENCIES.items()}
    return money | {word: (what, Fraction(size)) for what, sizes in _SPELLED.items() for size, words in sizes.items()
                    for word in words.split("|")}


_BASES = _bases()
_COUNTED = ("facility", "failure", "crew")
"""What may be counted in pieces."""

_YEARLY = frozenset({"годовых", "жылына", "ежегодно", "yearly", "annually", "annual"})
_A_YEAR = (("month", Fraction(12)),)
_PER = re.compile(r"\s*/\s*|\s+(?:per|a|an|in|в|за|на)\s+|(?<=раз)\s*в\s+")
_CJK = re.compile("|".join(sorted((word for word in (*_SIZES, *_BASES) if ord(word[0]) > 0x2E80), key=len,
                                  reverse=True)))
_LEADING = re.compile(r"(?:per|на|за)\s+(?=\d)")
_COUNT = re.compile(r"(\d{1,6})\s*(?=\D)")
_PHRASES = {
    "куб. м": "м3", "куб.м": "м3", "cubic metres": "m3", "cubic meters": "m3", "⋅": "·", "∙": "·", "•": "·", "*": "·",
    "per annum": "per year", "p.a.": "/ year", "p.a": "/ year", "б.п.": "бп", "б.п": "бп", "б. п.": "бп", "м.": "м",
}
_SYMBOLS = re.compile(r"([%°₸$€₽£₩₺₹₴₼₾֏₮₫₪])")
_CURRENCY_FIRST = re.compile(r"(us\$|[$€₽£₸₩₺₹₴₼₾֏₮₫₪]|[a-z]{3})\s*(?=[\d.,+−-])", re.IGNORECASE)
_NUMBER = re.compile(r"[+\-−]?[\d.,'’]+(?:\s\d{3}(?!\d)[.,\d]*)*(?:[eE][+-]?\d+)?")
_LONGEST = 60
"""Letters beyond which a text is no unit."""


def quantity(text: str) -> Quantity | None:
    """The quantity that a text such as ``млрд тенге/год`` names, or None."""
    if len(text) > _LONGEST:
        return None
    said = unicodedata.normalize("NFKC", text).casefold().strip().strip("()").strip()
    for phrase, meant in _PHRASES.items():
        said = said.replace(phrase, meant)
    said = _SYMBOLS.sub(r" \1 ", _CJK.sub(lambda found: f" {found[0]} ", said)).strip()
    above, *below = _PER.split(_LEADING.sub("/", said, count=1) if _LEADING.match(said) else said)
    found = (Quantity(Fraction(1), "", Fraction(1)) if not above and _COUNT.match("".join(below[:1]))
             else _product(above))
    if found is None:
        return None
    per = list(found.per)
    for part in below:
        count = _COUNT.match(part)
        under = _product(part[count.end():] if count else part)
        if under is None or not under.what or under.per or under.size != 1:
            return None
        per.append((under.what, under.base * int(count[1] if count else 1)))
    return Quantity(found.size, found.what, found.base, tuple(sorted(per)))


def _product(text: str) -> Quantity | None:
    """A size word and a base word in any order, either may be left out; None where a word is strange or one too
    many."""
    words = [word.rstrip(".") for word in text.split()]
    per = tuple(("month", Fraction(12)) for word in words if word in _YEARLY)
    words = [word for word in words if word not in _YEARLY]
    sizes = [_SIZES[word] for word in words if word in _SIZES]
    bases = [_BASES[word] for word in words if word in _BASES and word not in _SIZES]
    if not words or len(sizes) > 1 or len(bases) > 1 or len(sizes) + len(bases) < len(words):
        return None
    what, base = bases[0] if bases else ("", Fraction(1))
    return Quantity(sizes[0] if sizes else Fraction(1), what, base, per)


def factor(found: Quantity, unit: str, own: str = "") -> Fraction | None:
    """By what a number in ``found`` is multiplied to be in ``unit`` (of base/units.py), or None where the two do not go
    together.

    What ``found`` leaves out is as in ``unit``: ``млн`` in mn KZT/km means mn KZT/km. ``own``: what the row itself
    states, its currency or its unit (see ``unit_quantity``).
    """
    wanted = unit_quantity(unit, own)
    if wanted is None or (found.what and found.what != wanted.what
                          and not (found.what == "piece" and wanted.what in _COUNTED)):
        return None
    # rates are yearly, though their unit is plain %
    if not wanted.per and found.per == _A_YEAR and found.what == "share":
        found = Quantity(found.size, found.what, found.base)
    # failures per 100 km: a year is understood
    if wanted.what == "failure" and found.per and all(what != "month" for what, _ in found.per):
        found = replace(found, per=tuple(sorted((*found.per, *_A_YEAR))))
    if found.per and [what for what, _ in found.per] != [what for what, _ in wanted.per]:
        return None
    above = found.size * (found.base if found.what else wanted.base)
    below = found.below if found.per else wanted.below
    return (above / below) / (wanted.size * wanted.base / wanted.below)


NO_AMOUNTS = frozenset({"year", "month", "index", "rank", f"crew-years per km or {BILLION}"})
"""Units that nobody writes beside a number."""

_OWN = re.compile(r"\bcurrency$|^unit of capacity$|\bunit of quantity$|^units(?=$|/)|^number$")
"""What the row itself says in these units: its currency, the unit of its capacity or quantity, MWh or Gcal or thousand
m3 by its sector."""


def unit_quantity(unit: str, own: str = "") -> Quantity | None:
    """The quantity of a unit of the closed vocabulary; None for those that are no amounts, or none until the row says
    which (``own``)."""
    if unit not in UNITS or unit in NO_AMOUNTS:
        return None
    if _OWN.search(unit) and not own:
        return quantity("bn") if unit == "bn currency" else None
    return quantity(_OWN.sub(lambda _: own, unit if unit != "per 100 km a year" else f"failures {unit}"))


def split_unit(text: str) -> tuple[str, str]:
    """A number and what is written around it: ``$3,4 bn`` -> ``3,4``, ``$ bn``. Without digits at its edge: the text
    and nothing."""
    text = text.strip()
    before = ""
    if found := _CURRENCY_FIRST.match(text):
        before, text = found[1], text[found.end():]
    found = _NUMBER.match(text)
    return (found[0], f"{before} {text[found.end():].strip()}".strip()) if found else (text, "")
