"""Sheet of what is not known when a decision is made: which cells, how they may turn out, and what moves together."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.scenarios import PATTERN
from jaryq.sheets.spec import Sheet
from jaryq.sheets.words import col, key, named, trace

DISTRIBUTIONS = ("triangular", "uniform", "lognormal", "discrete", "delay", "comes")

UNCERTAINTY = Sheet(
    "uncertainty", Text("What is uncertain", "Что неизвестно заранее"),
    Text("One uncertain input a row: a change as on scenario_changes, whose value is drawn. A plan does not depend on "
         "it; sweep and ensemble do.",
         "Одна неизвестная заранее величина в строке: изменение, как на листе scenario_changes, значение которого "
         "разыгрывается. План от листа не зависит; sweep и ensemble зависят."),
    key=("uncertain",), ordered=True,
    columns=(
        key("uncertain", "Uncertain input", "Неизвестная величина", "steel_price"),
        *named("uncertain input", "неизвестная величина"),
        *PATTERN,
        col("distribution", "text", "Distribution", "Распределение",
            "triangular: low, likely, high; uniform: low, high; lognormal: low and high are exceeded by 90 % and 10 %; "
            "discrete: values; delay: low, likely, high in months, whole ones; comes: with the probability nothing "
            "changes, else the change is made with low (blank: 0).",
            "triangular: low, likely, high; uniform: low, high; lognormal: low и high превышаются с вероятностью 90 % "
            "и 10 %; discrete: values; delay: low, likely, high в месяцах, целых; comes: с вероятностью probability "
            "ничего не меняется, иначе изменение с low (пусто: 0).",
            one_of=DISTRIBUTIONS, required=True, width=14),
        col("low", "number", "Low", "Низкое",
            "What the operation is made with: least value; of lognormal the P10; of comes what it is made with if it "
            "does not come.",
            "С чем делается действие: наименьшее; для lognormal P10; для comes то, с чем оно делается, если не "
            "пришло.", unit="number", example=0.9),
        col("likely", "number", "Likely", "Вероятное", "Of triangular and delay: the most frequent value.",
            "Для triangular и delay: самое частое значение.", unit="number", example=1),
        col("high", "number", "High", "Высокое", "The greatest value; of lognormal the P90.",
            "Наибольшее; для lognormal P90.", unit="number", example=1.3),
        col("probability", "number", "Probability that it comes", "Вероятность, что придёт", "Of comes only, 0 to 1.",
            "Только для comes, от 0 до 1.", unit="share", ge=0, le=1, example=0.6),
        col("values", "text", "Values with probabilities", "Значения с вероятностями",
            "Of discrete: value:probability, separated by ;. The probabilities sum to 1.",
            "Для discrete: значение:вероятность через ;. Сумма вероятностей 1.", width=28,
            example="0.9:0.2; 1:0.5; 1.2:0.3"),
        col("group", "text", "Moves with", "Движется вместе",
            "Rows with the same name here are correlated; blank: with nothing.",
            "Строки с одинаковым именем здесь коррелированы; пусто: ни с чем.", example="metals"),
        col("correlation", "number", "Correlation", "Корреляция",
            "Rank correlation of every two rows of the group; one number, in one of its rows or in all.",
            "Ранговая корреляция каждых двух строк группы; одно число, в одной её строке или во всех.", unit="number",
            ge=-1, le=1, example=0.5),
        *trace(figures=False),
    ),
)
