"""Values of closed lists by the words that people use for them: ``заём`` for ``loan``, ``аннуитет`` for ``annuity``.

The same word may mean something else in another column, so a word is looked for among the values of its column alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from jaryq.sheets.aliases import loosely

WORDS: Mapping[str, str] = MappingProxyType({
    # what is built, and where
    "power": "electricity|electric power|энергетика|электроэнергетика|электроэнергия|"
             "электричество|электр энергиясы|電力",
    "heat": "heating|тепло|теплоснабжение|теплоэнергия|отопление|жылу|熱|熱供給",
    "water": "water supply|вода|водоснабжение|су|水|水道|上水道",
    "sewer": "sewerage|wastewater|канализация|водоотведение|стоки|кәріз|су бұру|下水|下水道",
    "red": "красная|красный|қызыл|赤", "yellow": "жёлтая|жёлтый|сары|黄", "green": "зелёная|зелёный|жасыл|緑",
    "facility": "объект|нысан|施設", "network": "сеть|сети|участок сети|желі|管網",
    "reconstruction": "реконструкция|модернизация|қайта жаңарту|再建", "repair": "ремонт|жөндеу|修理",
    "replacement": "замена|ауыстыру|交換|更新", "replace": "замена|заменить|ауыстыру|交換",
    "new unit": "новый блок|жаңа блок|新ユニット", "new build": "новое строительство|строительство|жаңа құрылыс|新設",
    "conversion": "перевод|перевод на другое топливо|перевод на газ|отынды ауыстыру|燃料転換",
    "done": "выполнено|выполнен|завершено|завершён|аяқталды|完了",
    "started": "начато|начат|в работе|басталды|着工", "committed": "обязательство|законтрактовано|міндеттелген|契約済",
    "rate": "частота|интенсивность|жиілік|頻度", "score": "балл|индекс|индекс состояния|ұпай|スコア",
    "age": "возраст|жасы|年齢|経過年数",
    # money
    "budget": "бюджет|государство|республиканский бюджет|местный бюджет|予算",
    "own": "own funds|собственные|собственные средства|свои средства|өз қаражаты|自己資金",
    "grant": "грант|гранттар|безвозмездно|無償|贈与",
    "loan": "credit|заём|займ|кредит|ссуда|қарыз|несие|融資|借款|ローン",
    "utility": "company|предприятие|компания|кәсіпорын|事業者",
    "consumers": "потребители|тариф|тұтынушылар|消費者|需要家",
    "republic": "республика|республиканский|республикалық|国", "local": "местный|местный бюджет|жергілікті|地方",
    "company": "предприятие|компания|кәсіпорын|会社|企業",
    "open": "открыт|открытый|открытая|открыта|открыто|ашық|有効",
    "closed": "закрыт|закрытый|закрытая|закрыта|закрыто|жабық|終了",
    "none": "no|нет|не переносится|жоқ|なし", "one_year": "год|один год|на один год|бір жыл|一年|1年",
    "fund": "фонд|қор|基金",
    "cohort": "от каждой выборки|выборка|когорта",
    "start": "начало|в начале|начало года|басы|期首", "mid": "middle|середина|в середине|середина года|ортасы|期央",
    "end": "конец|в конце|конец года|соңы|期末",
    "at_grace_end": "в конце льготного периода|по окончании льготного периода|据置終了時",
    "one_period_after": "через период|через один период|一期後",
    "equal_principal": "equal|равными долями|равные доли|дифференцированный|дифференцированные платежи|"
                       "тең үлестермен|元金均等",
    "annuity": "аннуитет|аннуитетный|аннуитетные платежи|равные платежи|元利均等",
    "bullet": "в конце срока|единовременно|одним платежом|мерзім соңында|一括|一括返済",
    "shares": "доли|долями|по долям|үлестер|割合",
    "paid": "выплачиваются|уплачиваются|платятся|төленеді|支払",
    "capitalised": "capitalized|капитализируются|капитализация|капиталданады|元加",
    "product": "весь продукт|продукт|кредит|商品", "project": "проект|жоба|案件|プロジェクト",
    # how sure, and how much
    "reported": "опубликовано|по отчёту|жарияланған|公表", "derived": "расчёт|расчётный|есептелген|計算",
    "estimate": "estimated|оценка|бағалау|推定|推計", "illustrative": "условно|условный|шартты|仮定",
    "level": "уровень|запас|деңгей|水準", "flow": "поток|в год|ағын|フロー", "once": "один раз|разово|бір рет|一回",
    "total": "всего|сумма|итого|барлығы|合計", "change": "изменение|өзгеріс|変化",
    "effect": "эффект|влияние плана|әсері|効果",
    "most": "наибольшее|максимум|ең көбі|最大", "last": "последнее|последний|соңғы|最後",
    "do": "выполнить|делать|нужно|орындау|実施", "leave_out": "исключить|не делать|не нужно|шығару|除外",
    "finish_start": "FS|ОН|КН|окончание-начало|конец-начало|"
                    "после окончания|после конца|аяқталу-басталу|終了-開始",
    "start_start": "SS|НН|начало-начало|от начала|басталу-басталу|開始-開始",
    # what targets ask
    "km": "километры|км|обновлено км|шақырым|キロ",
    "facilities": "объекты|объектов|число объектов|нысандар|施設|施設数",
    "share_done": "доля выполненного|выполненная доля|орындалған үлес|完了割合",
    "spend": "spending|затраты|расходы|шығындар|支出",
    "spend_real": "real spending|затраты в ценах года цен|реальные затраты|нақты шығындар|実質支出",
    "draw": "draws|выборка|освоение|игеру|引出",
    "debt_service": "обслуживание долга|борышты өтеу|元利払い",
    "subsidy": "субсидия|субсидии|субсидирование|субсидирование процентов|利子補給",
    "debt_stock": "debt|долг|остаток долга|борыш|債務残高", "borrowing": "заимствования|займы|қарыз алу|借入",
    "guarantees": "гарантии|гарантии государства|кепілдіктер|保証",
    "new_guarantees": "новые гарантии|жаңа кепілдіктер|新規保証",
    "burden": "нагрузка|платежи домохозяйств|жүктеме|家計負担",
    "deficit": "дефицит|дефицит мощности|тапшылық|不足",
    "foreign_share": "доля валютного долга|валютная доля|доля долга в валюте|外貨割合",
    "wear": "износ|средний износ|тозу|損耗",
    "red_zone": "red zone|красная зона|в красной зоне|қызыл аймақ|赤ゾーン", "failures": "отказы|аварии|апаттар|故障",
    "not_supplied": "недоотпуск|жеткізілмеген|供給不足", "losses": "потери|шығын|ысырап|損失",
    "bursts": "прорывы|порывы|жарылулар|破裂", "quantity": "величина|количество|показатель|шама|数量",
    "cost": "стоимость|құны|費用",
    "scope": "объём|объём работ|км в программе|対象", "length": "длина|протяжённость|ұзындық|延長",
    "capacity": "мощность|қуат|容量",
    "hard": "жёстко|жёсткий|жёсткая|жёсткое|обязательно|қатаң|必須", "number": "число|штук|шт|саны|個数",
    "persons": "people|человек|чел|жители|адам|人", "person-days": "человеко-дней|чел.-дней|人日",
    # by what a filter chooses
    "kind": "вид|түрі|種別", "sector": "отрасль|сектор|сала|部門|分野", "type": "тип|тип актива|asset_type|түр|種類",
    "region": "регион|область|өңір|облыс|地域|州", "zone": "зона|аймақ|ゾーン",
    "source": "источник|source_id|көз|資金源", "partner": "партнёр|страна|country|серіктес|ел|パートナー|国",
    "currency": "валюта|通貨",
    "group": "группа|топ|グループ", "payer": "who_repays|плательщик|кто платит|төлеуші|返済者",
    "borrower": "заёмщик|қарыз алушы|借入人", "area": "район|район баланса|аудан|区域",
    # settings and changes
    "year": "год|годы|по годам|жыл|年", "quarter": "квартал|кварталы|по кварталам|тоқсан|四半期",
    "real": "реальная|сверх инфляции|нақты|実質", "nominal": "номинальная|номиналды|名目",
    "purse": "кошелёк|кошелёк программы|әмиян|財布",
    "least_cost": "least cost|наименьшие затраты|минимум затрат|最小費用",
    "most_benefit": "most benefit|наибольшая выгода|выгоды|最大便益",
    "earliest_finish": "earliest finish|раннее окончание|最早完了",
    "whole": "целиком|целые|тұтас|全体", "divisible": "частями|делимые|по частям|бөлінетін|分割可",
    "gross": "до вычета затрат|валовая|жалпы|総額", "net": "чистая|за вычетом затрат|таза|純額",
    "pass_through": "pass through|сквозной|прямой перенос|転嫁", "rab": "рба|регулируемая база|規制資産",
    "off": "выключено|выкл|нет|ничего|өшірулі|オフ|なし",
    "left out": "исключённые|не вошедшие|оставленные|кірмегендер|除外分", "all": "все|всё|барлығы|すべて|全部",
    "yes": "да|иә|はい", "no": "нет|жоқ|いいえ",
    "set": "задать|установить|равно|орнату|設定", "multiply": "умножить|көбейту|乗算|掛ける",
    "add": "прибавить|добавить|қосу|加算|足す", "shift": "сдвинуть|сдвиг|жылжыту|移動",
})
"""Words for a value, ``|`` between; in English only those that do not contain it."""

MONTHS: Mapping[str, int] = MappingProxyType({name: number for number, names in enumerate((
    "January|Jan|январь|января|янв|қаңтар|1月|一月", "February|Feb|февраль|февраля|фев|февр|ақпан|2月|二月",
    "March|Mar|март|марта|мар|наурыз|3月|三月", "April|Apr|апрель|апреля|апр|сәуір|4月|四月",
    "May|май|мая|мамыр|5月|五月", "June|Jun|июнь|июня|июн|маусым|6月|六月", "July|Jul|июль|июля|июл|шілде|7月|七月",
    "August|Aug|август|августа|авг|тамыз|8月|八月",
    "September|Sep|Sept|сентябрь|сентября|сен|сент|қыркүйек|9月|九月",
    "October|Oct|октябрь|октября|окт|қазан|10月|十月", "November|Nov|ноябрь|ноября|ноя|нояб|қараша|11月|十一月",
    "December|Dec|декабрь|декабря|дек|желтоқсан|12月|十二月",
), 1) for name in names.split("|")})
"""Months by their names."""


def month_called(text: str) -> int:
    """The number of a month by its name, or 0; case, look-alike letters and points do not matter."""
    return _MONTHS.get(_seen(text), 0)


def meant(text: str, allowed: Collection[str]) -> str:
    """The one allowed value that a word stands for, or nothing; case, look-alike letters, spaces and dashes do not
    matter."""
    seen = _seen(text)
    found = [value for value in allowed if seen and seen in map(_seen, _words(value))]
    return found[0] if len(found) == 1 else ""


def spelled(allowed: Iterable[str]) -> dict[str, str]:
    """Every allowed value and every word for one, with the value; for the search of the nearest."""
    values = list(allowed)
    found = {value: value for value in values}
    for value in values:
        for word in _words(value):
            found.setdefault(word, value)
    return found


def _words(value: str) -> list[str]:
    return WORDS[value].split("|") if value in WORDS else []


def _seen(word: str) -> str:
    """A word as the eye sees it in capitals, in which more letters of two alphabets look the same."""
    return loosely(word.upper().replace("Ё", "Е"))


_MONTHS = {_seen(name): number for name, number in MONTHS.items()}
