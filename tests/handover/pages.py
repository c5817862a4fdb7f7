"""Front pages made by hand, with everything a page can have, and names that would do harm as markup."""

from jaryq.base.text import Text
from jaryq.handover.html.points import Point
from jaryq.handover.html.shown import Shown, Texts
from jaryq.handover.shapes import Chart, Flow, Front, Gantt, Lane, Series, Span, Tile, Tiles
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact
from jaryq.report.words import BUYS, WORKS

HOSTILE = ('<script>window.harmed=1</script>', '"><img src=x onerror="window.harmed=1">',
           "</script><script>window.harmed=1</script>",
           "<!--<script>", "{a|b} ${1} {{7*7}} javascript:window.harmed=1")
"""Names of things in a workbook."""

DESK, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
"""Sizes of screens."""

HEAT, POWER = Text("heat", "тепло"), Text("power", "электроэнергия")
SCRIPT, IMAGE, END, COMMENT, OTHER = (Text(text, f"{text} (рус.)") for text in HOSTILE)


def fronts(done=129.0, name=SCRIPT):
    chart = Chart("km", "stacked", Text("Networks renewed", "Обновлено сетей"), Text("km", "км"), (2026, 2027, 2028),
                  (Series(IMAGE, (10.0, 20.0, 5.5)), Series(POWER, (1.0, None, 3.0))),
                  Text("Km by year: 11, 20, 8.5.", "Км по годам: 11, 20, 8,5."))
    lying = Chart("wear", "bars", Text("Wear", "Износ"), Text("%", "%"), (END, COMMENT), (Series(HEAT, (50.0, 63.4)),),
                  Text("Wear of two.", "Износ двух."))
    lines = Chart("debt", "line", Text("Debt", "Долг"), Text("bn KZT", "млрд тенге"), (2026, 2027),
                  (Series(HEAT, (1.0, 2.0)), Series(POWER, (2.0, 1.0))),
                  Text("Debt by year.", "Долг по годам."))
    table = Block(Text("By region", "По регионам"), (Field(Text("Region", "Регион")), Field(Text("Year", "Год")),
                                                     Field(Text("Cost", "Стоимость"), "bn KZT", total=True),
                  Field(Text("Open", "Открыт"))), ((OTHER, 2027, 1234.5678, True), (END, 2030, 0.25, None)), (IMAGE,),
                  frozenset({1}))
    tiles = Tiles(Text("Regions", "Регионы"), {"cost": (Text("Cost", "Стоимость"), Text("bn KZT", "млрд тенге")),
                                               "wear": (Text("Wear", "Износ"), Text("%", "%"))},
                  "cost", (Tile("a", IMAGE, Text("Ast", "Аст"), 0, 1, {"cost": 5.0, "wear": 60.5}),
                           Tile("b", OTHER, Text("Alm", "Алм"), 1, 0, {"cost": 0.0, "wear": None})),
                  Text("Tile map of two regions.", "Плитки двух регионов."))
    gantt = Gantt((Text("2026 Q1", "2026 К1"), Text("2026 Q2", "2026 К2"), Text("2027 Q1", "2027 К1")), (
        Lane("F1", name, IMAGE, HEAT, 12.5, END, COMMENT, (Span(BUYS, 0, 0), Span(WORKS, 1, 2))),
        Lane("F2", Text("Boilers of Semey", "Котельные Семея"), OTHER, POWER, 3.0, OTHER, IMAGE, (Span(WORKS, 0, 1),))))
    return (
        Front("decision", Text("Decision", "Решение"), Text("What the plan does.", "Что даёт план."),
              (Fact(Text("Facilities", "Объектов"), done, "facilities", Text("of 248", "из 248"), key="facilities"),
               Fact(Text("Distance", "Расстояние"), 0.0039572, "%", key="distance"),
               Fact(Text("Word", "Слово"), IMAGE, key="word")),
              (Text("It costs 14,614 bn KZT.", "Стоимость 14 614 млрд тенге."), SCRIPT), (chart, lying, lines)),
        Front("gantt", Text("Gantt", "График"), Text("When.", "Когда."), gantt=gantt),
        Front("places", Text("Places", "Места"), Text("Where.", "Где."), blocks=(table,), tiles=tiles),
        # The first source has the name of the last use: as one node they would form a circle.
        Front("money_flow", Text("Money", "Деньги"), Text("Who pays.", "Кто платит."),
              flows=(Flow(SCRIPT, HEAT, 5.0), Flow(IMAGE, HEAT, 2.0), Flow(HEAT, END, 4.0), Flow(HEAT, SCRIPT, 3.0))),
    )


BASE = Text("Base", "База")
POINTS = (Point("F1", SCRIPT, IMAGE, HEAT, 50.4, 80.25, "plan", 12.5),
          Point("F2", END, OTHER, POWER, 43.2, 76.9, "done"),
          Point("F3", COMMENT, OTHER, POWER, 51.1, 71.4, "out"))


def scenario(key="base", name=BASE, done=129.0, pages=None):
    texts = Texts()
    told = Shown(key, name, Text("Programme <b>&amp;", "Программа <b>&amp;"), IMAGE, fronts(done) if pages is None
                 else pages, POINTS)
    return {"scenario": texts.encoded(told), "texts": texts.all}
