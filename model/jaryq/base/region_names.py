"""Names of Kazakhstan's regions as people write them, by their codes of ISO 3166-2, and words that only say what kind
of place it is.

Names: the decrees on the regions in Kazakh and Russian, the Latin spellings in use (older Russian, English, the Latin
alphabet of 2021), katakana. They count only where a workbook has the code among its own regions.
"""

from __future__ import annotations

from collections.abc import Mapping

REGION_NAMES: Mapping[str, tuple[str, ...]] = {
    "KZ-10": ("Abai", "Abay", "Абай", "Абайская область", "Абай облысы", "アバイ州", "アバイ"),
    "KZ-11": ("Akmola", "Aqmola", "Акмола", "Акмолинская область", "Ақмола облысы", "Ақмола", "アクモラ州",
              "アクモラ"),
    "KZ-15": ("Aktobe", "Aqtobe", "Aktyubinsk", "Актобе", "Актюбинская область", "Ақтөбе облысы", "Ақтөбе",
              "アクトベ州", "アクトベ"),
    "KZ-19": ("Almaty Region", "Almaty oblast", "Алматинская область", "Алматинская", "Алматы облысы",
              "Алматинская обл", "アルマトイ州", "アルマティ州"),
    "KZ-23": ("Atyrau", "Атырау", "Атырауская область", "Атырау облысы", "アティラウ州", "アティラウ"),
    "KZ-27": ("West Kazakhstan", "Западный Казахстан", "Западно-Казахстанская область", "ЗКО", "WKO",
              "Батыс Қазақстан облысы", "Батыс Қазақстан", "БҚО", "西カザフスタン州"),
    "KZ-31": ("Zhambyl", "Jambyl", "Жамбыл", "Жамбылская область", "Жамбыл облысы", "ジャンブール州", "ジャンブイル州"),
    "KZ-33": ("Zhetisu", "Zhetysu", "Jetisu", "Жетысу", "Жетісу", "Жетысуская область", "Жетісу облысы",
              "ジェティス州"),
    "KZ-35": ("Karaganda", "Karagandy", "Qaraghandy", "Qaragandy", "Караганда", "Карагандинская область",
              "Қарағанды облысы", "Қарағанды", "カラガンダ州", "カラガンダ"),
    "KZ-39": ("Kostanay", "Kostanai", "Qostanai", "Kustanay", "Костанай", "Кустанай", "Костанайская область",
              "Қостанай облысы", "Қостанай", "コスタナイ州", "コスタナイ"),
    "KZ-43": ("Kyzylorda", "Qyzylorda", "Kzyl-Orda", "Кызылорда", "Кзыл-Орда", "Кызылординская область",
              "Қызылорда облысы", "Қызылорда", "クズロルダ州", "クズロルダ"),
    "KZ-47": ("Mangystau", "Mangistau", "Mangghystau", "Мангистау", "Мангыстау", "Мангистауская область",
              "Маңғыстау облысы", "Маңғыстау", "マンギスタウ州", "マンギスタウ"),
    "KZ-55": ("Pavlodar", "Павлодар", "Павлодарская область", "Павлодар облысы", "パヴロダル州", "パヴロダール州",
              "パヴロダル"),
    "KZ-59": ("North Kazakhstan", "Северный Казахстан", "Северо-Казахстанская область", "СКО", "NKO",
              "Солтүстік Қазақстан облысы", "Солтүстік Қазақстан", "СҚО", "北カザフスタン州"),
    "KZ-61": ("Turkistan", "Turkestan", "Туркестан", "Түркістан", "Туркестанская область",
              "Түркістан облысы", "トルキスタン州", "トルキスタン"),
    "KZ-62": ("Ulytau", "Ulitau", "Улытау", "Ұлытау", "Улытауская область", "Ұлытау облысы", "ウルタウ州", "ウルタウ"),
    "KZ-63": ("East Kazakhstan", "Восточный Казахстан", "Восточно-Казахстанская область", "ВКО", "EKO",
              "Шығыс Қазақстан облысы", "Шығыс Қазақстан", "ШҚО", "東カザフスタン州"),
    "KZ-71": ("Astana", "Nur-Sultan", "Астана", "Нур-Султан", "Нұр-Сұлтан", "Астана қаласы", "アスタナ"),
    "KZ-75": ("Almaty", "Almaty city", "Алматы", "Алма-Ата", "Алматы қаласы", "г. Алматы", "アルマトイ", "アルマティ"),
    "KZ-79": ("Shymkent", "Chimkent", "Шымкент", "Чимкент", "Шымкент қаласы", "シムケント"),
}

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
