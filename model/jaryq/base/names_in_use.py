"""Names of currencies as people write them, and words of a region's name that only say what kind of place it is. Names
of regions stand in ``regions.csv``."""

from __future__ import annotations

from collections.abc import Mapping

KINDS_OF_PLACE = frozenset({"region", "oblast", "province", "city", "of", "the", "область", "обл", "области", "облысы",
                             "город", "города", "гор", "г",
                             "қаласы", "қ"})
"""Words of a region's name that only say what kind of place it is."""

CURRENCY_NAMES: Mapping[str, tuple[str, ...]] = {
    "KZT": ("tenge", "тенге", "теңге", "тг", "₸", "テンゲ"),
    "USD": ("us dollar", "dollar", "dollars", "доллар", "доллары", "доллар сша", "доллары сша", "$", "us$",
              "米ドル", "ドル", "ақш доллары"),
    "EUR": ("euro", "евро", "еуро", "€", "ユーロ"),
    "JPY": ("yen", "japanese yen", "иена", "йена", "японская иена", "иены", "円", "日本円", "жапон иенасы"),
    "CNY": ("yuan", "renminbi", "rmb", "юань", "юани", "китайский юань", "人民元", "元"),
    "RUB": ("rouble", "ruble", "рубль", "рубли", "российский рубль", "₽", "ルーブル"),
    "KRW": ("won", "korean won", "вона", "корейская вона", "₩", "ウォン"),
    "GBP": ("pound", "pound sterling", "фунт", "фунт стерлингов", "£", "ポンド"),
}
"""Currencies by their codes; they count only where the workbook has the code."""
