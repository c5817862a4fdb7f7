"""Sheets of prices: currencies, indices, reference rates."""

from __future__ import annotations

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.sheets.spec import Sheet, Yearly
from jaryq.sheets.words import col, key, named, trace

CURRENCIES = Sheet(
    "currencies", Text("Exchange rates", "Курсы валют"),
    Text("KZT for one unit, average of the year. After the last year given the real rate is constant.",
         "Тенге за единицу, среднее за год. После последнего года реальный курс постоянен."),
    key=("currency",),
    columns=(
        key("currency", "Currency", "Валюта", "JPY"),
        *named("currency", "валюта"),
        col("foreign_prices", "text", "Foreign price index", "Индекс зарубежных цен",
            "Row of price_indices with prices abroad; blank: constant prices.",
            "Строка листа price_indices с ценами за рубежом; пусто: постоянные.", ref="price_indices"),
        col("", "number", "Exchange rate in", "Курс в", "KZT per unit, year average.",
            "Тенге за единицу, среднее за год.", unit=f"{HOME_CURRENCY}/unit", gt=0, family="year",
            yearly=Yearly("level")),
        col("end_", "number", "Rate at the end of", "Курс на конец",
            "KZT per unit on 31 December, for debt; blank: between the averages of the years.",
            "Тенге за единицу на 31 декабря, для долга; пусто: между средними годов.",
            unit=f"{HOME_CURRENCY}/unit", gt=0, family="year", example=3.5, yearly=Yearly("level")),
        *trace(),
    ),
)

PRICE_INDICES = Sheet(
    "price_indices", Text("Price indices", "Индексы цен"),
    Text("One cost class a row. The row “general” is the price level used for real values and for benefits.",
         "Один класс затрат в строке. Строка «general»: общий уровень цен для реальных величин и выгод."),
    key=("index",),
    columns=(
        key("index", "Index", "Индекс", "general"),
        *named("index", "индекс"),
        col("long_run", "number", "Long-run growth", "Долгосрочный рост", "Yearly growth after the last year given.",
            "Ежегодный рост после последнего указанного года.", unit="%/year", ge=-20, le=100),
        col("", "number", "Level in", "Уровень в", "Year average, any base.", "Среднее за год, любая база.",
            unit="index", gt=0, family="year", yearly=Yearly("level", grows="long_run")),
        *trace(),
    ),
)

REFERENCE_RATES = Sheet(
    "reference_rates", Text("Reference rates", "Базовые ставки"),
    Text("Reference rates of floating loans, average of the year, nominal.",
         "Базовые ставки плавающих займов, среднее за год, номинальные."),
    key=("reference",),
    columns=(
        key("reference", "Reference rate", "Базовая ставка", "TORF"),
        *named("rate", "ставка"),
        col("long_run", "number", "Long-run rate", "Долгосрочная ставка", "After the last year given.",
            "После последнего указанного года.", unit="%", required=True, ge=-5, le=100),
        col("", "number", "Rate in", "Ставка в", "Average of the year.", "Среднее за год.", unit="%", ge=-5, le=100,
            family="year", yearly=Yearly("level", then="long_run")),
        *trace(),
    ),
)
