"""Columns of condition and risk: those of a kind of asset, of a facility, of a package (docs/numbers.md: Condition and
risk)."""

from __future__ import annotations

from jaryq.base.home import BILLION, MILLION, THOUSAND
from jaryq.sheets.spec import Column
from jaryq.sheets.words import col

CUBIC = 1.087
"""Constant C of the probability of failure, the same for all classes of CNAIM 2.1."""

FROM_BASE = (
    "asset_type", "region", "place", "capacity", "capacity_unit", "year_built", "wear", "zone", "duty", "location",
    "observed", "measured", "reliability",
    "score_least", "score_most", "consequence", "lost", "route", "replaced", "replacement_cost",
)
"""Columns of a variant that, left blank, are those of the facility it is a variant of."""


def of_kinds() -> tuple[Column, ...]:
    """Parameters of a kind of asset."""
    return (
        col("pof_k", "number", "Failure rate K", "Частота отказов K",
            "K of the probability of failure (CNAIM, percent); blank: no health score for this kind.",
            "K вероятности отказа (CNAIM, проценты); пусто: без индекса состояния.", unit="%", gt=0, le=100,
            example=0.0454),
        col("pof_c", "number", "Failure shape C", "Форма кривой C", "C of the cubic curve; 1.087 in CNAIM 2.1.",
            "C кубической кривой; 1,087 в CNAIM 2.1.", unit="number", default=CUBIC, gt=0, le=10),
        col("calibration", "number", "Calibration", "Калибровка",
            "Multiplies probabilities and bursts, so that they meet what is observed at home.",
            "Множитель вероятностей и прорывов, чтобы они отвечали местной статистике.", unit="number", default=1.0,
            gt=0, le=1000),
        col("health_after", "number", "Score after works", "Индекс после работ",
            "Health score when works end: 0.5 is new.", "Индекс состояния после работ: 0,5 новое.", unit="score",
            default=0.5, ge=0.5, le=10),
        col("score_floor", "number", "Floor of the score", "Нижний предел индекса",
            "A better score counts as this one in the probability of failure.",
            "Лучший индекс считается равным этому при расчёте вероятности.", unit="score", default=4.0, ge=0.5, le=15),
        col("score_cap", "number", "Cap of the score", "Верхний предел индекса", "A worse score counts as this one.",
            "Худший индекс считается равным этому.", unit="score", default=15.0, ge=0.5, le=15),
        col("after_failure", "text", "After a failure", "После отказа",
            "Without works: repair: repaired as bad as old until it is replaced by the rule of the next columns; "
            "replace: renewed, the failure also costs the replacement.",
            "Без работ: repair: ремонт без улучшения, пока не заменят по правилу следующих столбцов; replace: "
            "обновление, отказ стоит и замены.",
            one_of=("repair", "replace"), default="repair"),
        col("replace_when", "text", "Replaced anyway by", "Всё равно заменят по",
            "rate of failures, score or age at which it would be replaced without the programme, after the last year; "
            "blank: rate.",
            "rate (частота отказов), score (индекс) или age (возраст), при котором его заменили бы без программы, "
            "после последнего года; пусто: rate.",
            one_of=("rate", "score", "age"), example="score"),
        col("replace_at", "number", "Replaced from", "Замена с",
            "rate: % a year (bursts: per 100 km a year); score; age: years. Blank: 20 %, a score of 10, 1.5 x life; "
            "bursts: never.",
            "rate: % в год (прорывы: на 100 км в год); score: индекс; age: лет. Пусто: 20 %, индекс 10, 1,5 срока; "
            "прорывы: никогда.",
            unit="number", gt=0, le=1000, example=8),
        *_bursts(),
        col("bursts_most", "number", "Bursts at most", "Прорывов не более", "However old a pipe is.",
            "Как бы стара ни была труба.", unit="per 100 km a year", default=500.0, gt=0),
        col("repair_cost", "number", "Repair of a failure", "Ремонт отказа",
            "Money of the price year per failure or burst.", "В ценах года цен на отказ или прорыв.", unit=MILLION,
            default=0.0, ge=0),
        col("safety_cost", "number", "Harm to people", "Вред людям", "Expected, per failure.", "Ожидаемый, на отказ.",
            unit=MILLION, default=0.0, ge=0),
        col("environment_cost", "number", "Harm to environment", "Вред природе", "Expected, per failure.",
            "Ожидаемый, на отказ.", unit=MILLION, default=0.0, ge=0),
        col("hours_lost", "number", "Hours lost", "Часов простоя", "Out of service after a failure.",
            "Простой после отказа.", unit="hours", ge=0, le=100000),
        col("share_lost", "number", "Share not replaced", "Незамещаемая доля",
            "Part of the capacity that consumers then miss.", "Часть мощности, которой потребители тогда лишаются.",
            unit="%", default=100.0, ge=0, le=100),
        col("lost_each", "number", "Not supplied per failure", "Недоотпуск на отказ",
            "MWh (power), Gcal (heat), thousand m3 (water, sewer); blank: capacity x hours x share.",
            "МВт·ч (электро), Гкал (тепло), тыс. м3 (вода, стоки); пусто: мощность x часы x доля.", unit="units", ge=0),
        col("lost_value", "number", "Value of a unit not supplied", "Цена единицы недоотпуска",
            "Thousand KZT of the price year per MWh, Gcal or thousand m3.",
            "Тысяч тенге года цен за МВт·ч, Гкал или тыс. м3.", unit=THOUSAND, default=0.0, ge=0),
    )


def of_facilities() -> tuple[Column, ...]:
    """Condition of a facility; blank inspections change nothing."""
    return (
        col("duty", "number", "Duty factor", "Нагрузка", "Above 1 it ages faster (CNAIM).",
            "Больше 1: стареет быстрее (CNAIM).", unit="number", gt=0, le=10),
        col("location", "number", "Location factor", "Среда", "Above 1 it ages faster (CNAIM).",
            "Больше 1: стареет быстрее (CNAIM).", unit="number", gt=0, le=10),
        col("observed", "number", "Observed condition", "Осмотр",
            "Factor from inspection: 1 as its age says, above 1 worse.",
            "Коэффициент осмотра: 1 по возрасту, больше 1 хуже.", unit="number", gt=0, le=10),
        col("measured", "number", "Measured condition", "Измерения",
            "Factor from tests: 1 as its age says, above 1 worse.",
            "Коэффициент испытаний: 1 по возрасту, больше 1 хуже.", unit="number", gt=0, le=10),
        col("reliability", "number", "Reliability factor", "Надёжность", "Factor from the record of failures.",
            "Коэффициент по статистике отказов.", unit="number", gt=0, le=10),
        col("score_least", "number", "Score at least", "Индекс не менее", "Where an inspection found a defect.",
            "Если осмотр нашёл дефект.", unit="score", ge=0.5, le=10),
        col("score_most", "number", "Score at most", "Индекс не более", "Where an inspection found it sound.",
            "Если осмотр признал исправным.", unit="score", ge=0.5, le=10),
        col("health_after", "number", "Score after works", "Индекс после работ", "Blank: that of the kind.",
            "Пусто: как у вида.", unit="score", ge=0.5, le=10),
        col("consequence", "number", "Cost of a failure", "Цена отказа",
            "Repair, people, environment, without what is not supplied; blank: that of the kind.",
            "Ремонт, люди, природа, без недоотпуска; пусто: как у вида.", unit=MILLION, ge=0),
        col("lost", "number", "Not supplied per failure", "Недоотпуск на отказ",
            "MWh, Gcal or thousand m3; blank: as the kind says.", "МВт·ч, Гкал или тыс. м3; пусто: по виду.",
            unit="units", ge=0),
        col("replaced", "integer", "Replaced anyway in", "Всё равно заменят в",
            "From this year on no risk is avoided: it would be replaced in any case.",
            "С этого года риск не предотвращается: замена произошла бы в любом случае.", unit="year", ge=1990, le=2200),
        col("replacement_cost", "number", "Cost of replacement", "Стоимость замены",
            "After a failure, where the kind is replaced then; blank: the overnight cost.",
            "После отказа, если вид тогда заменяется; пусто: стоимость.", unit=BILLION, ge=0, example=14),
    )


def of_networks() -> tuple[Column, ...]:
    """Condition of a package; blank: that of its kind."""
    return (
        *_bursts(),
        col("consequence", "number", "Cost of a burst", "Цена прорыва",
            "Without what is not supplied; blank: that of the kind.", "Без недоотпуска; пусто: как у вида.",
            unit=MILLION, ge=0),
        col("lost", "number", "Not supplied per burst", "Недоотпуск на прорыв",
            "MWh, Gcal or thousand m3; blank: that of the kind.", "МВт·ч, Гкал или тыс. м3; пусто: как у вида.",
            unit="units", ge=0),
        col("losses", "number", "Losses", "Потери",
            "A year and km, before renewal: MWh, Gcal or thousand m3. Their money is in savings.",
            "В год на км до обновления: МВт·ч, Гкал или тыс. м3. Их деньги в экономии.", unit="units/km/year", ge=0),
        col("losses_after", "number", "Losses after", "Потери после", "A year and km, after renewal.",
            "В год на км после обновления.", unit="units/km/year", ge=0),
    )


def _bursts() -> tuple[Column, ...]:
    return (
        col("bursts", "number", "Bursts", "Прорывы", "Per 100 km and year on 1 January of the first planned year.",
            "На 100 км в год на 1 января первого планируемого года.", unit="per 100 km a year", ge=0),
        col("burst_growth", "number", "Growth of bursts", "Рост прорывов", "A year, as pipes age.",
            "В год, по мере старения.", unit="%/year", ge=0, le=100),
        col("bursts_after", "number", "Bursts after renewal", "Прорывы после обновления",
            "Per 100 km and year of a new pipe.", "На 100 км в год новой трубы.", unit="per 100 km a year", ge=0),
    )


