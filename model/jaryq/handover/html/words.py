"""Words of the page itself, in the languages of its switch."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import LANGS, NOT_REVIEWED, UNREVIEWED, Lang, Text
from jaryq.base.units import UNITS
from jaryq.handover.colours import KNOWN
from jaryq.handover.html.shown import Json, said_in
from jaryq.report.words import BUYS, OUT_OF_SERVICE, WORKS

NAMES: Mapping[Lang, str] = {"en": "English", "ru": "Русский", "kk": "Қазақша", "ja": "日本語"}
"""Languages by their own names."""

NO_SCRIPT = Text("Maps, charts, search and the other languages appear in a browser that runs scripts; without them the "
                 "figures stand in tables.",
                 "Карты, диаграммы, поиск и другие языки появятся в браузере, где разрешены скрипты; без них данные "
                 "стоят в таблицах.")

WORDS: Mapping[str, Text] = {
    "language": Text("Language", "Язык"),
    "scenario": Text("Scenario", "Сценарий"),
    "search": Text("Search", "Поиск"),
    "search_for": Text("Project, region, lender", "Объект, регион, кредитор"),
    "found": Text("found", "найдено"),
    "nothing_found": Text("nothing found", "ничего не найдено"),
    "pages": Text("Pages", "Страницы"),
    "to_content": Text("To the content", "К содержанию"),
    "print": Text("Print", "Печать"),
    "as_table": Text("As a table", "Таблицей"),
    "map": Text("Map", "Карта"),
    "map_note": Text("Facilities by their coordinates; the size of a mark follows the cost.",
                     "Объекты по координатам; размер знака соответствует стоимости."),
    "map_alt": Text("Map of facilities by latitude and longitude; the table beneath lists them.",
                    "Карта объектов по широте и долготе; они перечислены в таблице ниже."),
    "longitude": Text("degrees east", "градусы в. д."),
    "latitude": Text("degrees north", "градусы с. ш."),
    "plan": Text("in the plan", "в плане"),
    "done": Text("done before", "выполнен ранее"),
    "out": Text("not in the plan", "не в плане"),
    "state": Text("State", "Состояние"),
    "colour_by": Text("Coloured by", "Окраска по"),
    "project": Text("Project", "Объект"),
    "street": Text("Street", "Улица"),
    "streets": Text("Streets, single stretches", "Улиц и отдельных участков"),
    "whole_country": Text("whole country", "вся страна"),
    "nearer": Text("Ctrl and the wheel, or two fingers, bring the map nearer; a street tells its name where it is "
                   "pointed at.",
                   "Ctrl и колесо мыши или два пальца приближают карту; название улицы видно при наведении."),
    "renewed_in": Text("Renewed in", "Обновляется в"),
    "renewed": Text("renewed", "обновляется"),
    "not_renewed": Text("not renewed", "не обновляется"),
    "km": Text("Km", "Км"),
    "renewed_km": Text("Km renewed", "Обновляется, км"),
    "worth": Text("Worth, bn KZT", "Выгода, млрд тенге"),
    "region": Text("Region", "Регион"),
    "sector": Text("Sector", "Отрасль"),
    "cost": Text("Cost, bn KZT", "Стоимость, млрд тенге"),
    "payer": Text("Who pays", "Кто платит"),
    "reason": Text("Why then", "Почему тогда"),
    "all": Text("all", "все"),
    "when": Text("When", "Когда"),
    "filter": Text("Name contains", "В названии есть"),
    "kept_of": Text("{kept} of {all} match", "подходит {kept} из {all}"),
    "all_rows": Text("Show all {count} rows", "Показать все строки ({count})"),
    "some_rows": Text("of all {count} rows; {shown} shown", "по всем строкам ({count}); показано {shown}"),
    "fewer_rows": Text("Show the first {count} rows", "Показать первые строки ({count})"),
    "all_parts": Text("More on this page: {more}", "Ещё на этой странице: {more}"),
    "fewer_parts": Text("Show less of this page", "Свернуть страницу"),
    "printed": Text("Of long tables the beginning is printed, of networks in the timetable their kinds, and no tables "
                    "of charts: all of it where it was opened on the screen.",
                    "От длинных таблиц напечатано начало, от сетей в графике их виды, таблицы диаграмм не напечатаны: "
                    "всё это печатается, если раскрыто на экране."),
    "flow": Text("Money from sources to uses", "Деньги от источников к назначениям"),
    "flow_alt": Text("Streams of money, bn KZT; the table beneath lists them.",
                     "Потоки денег, млрд тенге; они перечислены в таблице ниже."),
    "from": Text("From", "Откуда"),
    "to": Text("To", "Куда"),
    "amount": Text("bn KZT", "млрд тенге"),
    "total": Text("Total", "Итого"),
    "year_unit": UNITS["year"].symbol,
    "scenarios": Text("Scenarios side by side", "Сценарии рядом"),
    "scenarios_note": Text("The figures of the decision page in every scenario; the first is what the others are "
                           "compared with.",
                           "Величины страницы «Решение» по всем сценариям; первый - тот, с которым сравнивают."),
    "figure": Text("Figure", "Показатель"),
    "no_plan": Text("No plan", "Плана нет"),
    "not_reviewed": NOT_REVIEWED,
    "by": Text("Made by Jaryq; it needs no connection and sends nothing.",
               "Сделано программой Jaryq; соединение не нужно, ничего не отправляется."),
}
PHASES: tuple[tuple[Text, Text], ...] = (
    (BUYS, Text("procurement", "закупка")), (WORKS, Text("works", "работы")),
    (OUT_OF_SERVICE, Text("works, out of service", "работы с выводом из эксплуатации")),
)
"""Letters of phases on the gantt, and what they mean."""


def words() -> Json:
    """Everything the page says of itself, in all languages."""
    return {
        "words": {key: said_in(text) for key, text in WORDS.items()},
        "phases": [[said_in(letter), said_in(meaning)] for letter, meaning in PHASES],
        "known": [said_in(text) for text in KNOWN], "languages": [[lang, NAMES[lang]] for lang in LANGS],
        "unreviewed": list(UNREVIEWED),
    }
