"""Closed vocabularies of the input sheets, and the columns that many sheets share."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.sheets.measures import SECTORS_OF, UNIT_OF, UNITS_OF_BALANCES, UNITS_OF_QUANTITIES
from jaryq.sheets.spec import Cell, Column, Kind

SECTORS = ("power", "heat", "water", "sewer")
KINDS_OF_SOURCE = ("budget", "own", "grant", "loan")
STATUSES = ("reported", "derived", "estimate", "illustrative")
UNITS_OF_CAPACITY = ("MW", "Gcal/h", "MVA", "kV", "thousand m3/day")
UNITS_OF_TARGETS = tuple(dict.fromkeys((*UNIT_OF.values(), *SECTORS_OF, *UNITS_OF_BALANCES, *UNITS_OF_QUANTITIES)))
SENSES = (">=", "<=", "=")
SOFT_PRIORITIES = ("1", "2", "3")
PRIORITIES = ("hard", *SOFT_PRIORITIES)
LEVELS = ("republic", "local", "company")
OBJECTIVES = ("purse", "least_cost", "most_benefit", "earliest_finish")


def col(name: str, kind: Kind, en: str, ru: str, note_en: str, note_ru: str, **more: object) -> Column:
    """A column with its texts in both languages; ``more`` are the other fields of :class:`Column`."""
    return Column(name, kind, Text(en, ru), Text(note_en, note_ru), **more)  # type: ignore[arg-type]


def first_year(note_en: str, note_ru: str) -> Column:
    return col("earliest", "integer", "Earliest start", "Самое раннее начало", note_en, note_ru, unit="year", ge=1990,
               le=2150,
               example=2026, width=10)


def last_year(note_en: str, note_ru: str) -> Column:
    return col("latest", "integer", "Latest finish", "Самое позднее окончание", note_en, note_ru, unit="year", ge=1990,
               le=2150, example=2030, width=10)


ESTIMATED = col(
    "estimated", "text", "Estimates among them", "Из них оценки",
    "Columns of this sheet whose figures in the row are estimates although the row is more than that; several are "
    "separated by ;. Blank: none.",
    "Столбцы этого листа, величины которых в строке являются оценками, хотя строка в целом надёжнее; несколько через "
    ";. Пусто: таких нет.", headings=True, width=18)


def trace(*, figures: bool = True) -> tuple[Column, ...]:
    """What every row that states a fact carries: how sure it is, where it comes from, and remarks; where a row has
    several ``figures``, which of them are less sure than the rest."""
    return (
        col("data_status", "text", "Data status", "Статус данных",
            "reported: a source states it; derived: arithmetic on reported values; estimate: judgement by a stated "
            "rule; "
            "illustrative: stands for a real thing not yet named. Figures that are less sure than the rest of the row "
            "are named in the column estimated, where there is one.",
            "reported: сказано в источнике; derived: расчёт по опубликованным данным; estimate: оценка по указанному "
            "правилу; "
            "illustrative: условный объект. Величины, которые надёжны меньше остальных, названы в столбце estimated, "
            "где он есть.",
            one_of=STATUSES, default="estimate", width=12),
        *([ESTIMATED] if figures else []),
        col("source", "text", "Source of the data", "Источник данных",
            "Address or document, and how an estimate was made.",
            "Адрес или документ и способ оценки.", width=40),
        col("note", "text", "Remark", "Примечание", "Anything a reader should know.", "Всё, что нужно знать читателю.",
            width=40),
    )


def may_move(what_en: str, what_ru: str, by_kind: bool | None) -> Column:
    """Whether limits of a row may move where there is no plan otherwise; ``by_kind``: what a blank means, None where it
    hangs on the row."""
    blank_en, blank_ru = {
        True: ("yes", "yes"), False: ("only where nothing else makes a plan", "только если иначе плана нет"),
        None: ("by kind", "по виду"),
    }[by_kind]
    return col("may_move", "yes_no", "May move", "Можно сдвинуть",
               f"Whether {what_en} may be part of a repair where no plan keeps all rules (no: law, contract). Blank: "
               f"{blank_en}.",
               f"Может ли {what_ru} войти в исправление, когда ни один план не выполняет всех правил (no: закон, "
               f"договор). Пусто: {blank_ru}.", width=12)


def named(what_en: str, what_ru: str) -> tuple[Column, ...]:
    """Names in English and Russian."""
    return (
        col("name", "text", "Name (English)", "Название (английское)", f"Name of the {what_en}.",
            f"Название: {what_ru}.", width=34),
        col("name_ru", "text", "Name (Russian)", "Название (русское)",
            f"Name of the {what_en} in Russian; blank: the English one.",
            f"Название по-русски: {what_ru}; пусто: английское.", width=34),
    )


def key(name: str, en: str, ru: str, example: Cell) -> Column:
    return col(name, "text", en, ru, "Its key: short, unique, never changed; other sheets refer to it.",
               "Ключ: короткий, единственный, не меняется; на него ссылаются другие листы.", required=True,
               example=example, width=16)


def owned() -> tuple[Column, ...]:
    """Who owns or runs it, in English and Russian."""
    return (
        col("owner", "text", "Owner", "Владелец", "Who owns or runs it.", "Кто владеет или управляет.", width=20),
        col("owner_ru", "text", "Owner in Russian", "Владелец по-русски", "Blank: as owner.", "Пусто: как owner.",
            width=20),
    )


def lot() -> Column:
    """The contract a row belongs to."""
    return col("lot", "text", "Lot", "Лот", "Rows with the same lot are one contract: all or none of them are done.",
               "Строки с одним лотом это один контракт: выполняются все или ни одной.", example="LOT-1")


def ramps(of_en: str, of_ru: str, unit: str) -> tuple[Column, ...]:
    """How fast an amount may rise from year to year, and should fall."""
    return (
        col("ramp_up", "number", "Rise a year at most", "Рост за год не более",
            f"{of_en} against the year before; contracts come on top. Blank: no limit.",
            f"{of_ru} к предыдущему году; договоры сверх этого. Пусто: без предела.", unit="%/year", ge=0, le=1000),
        col("ramp_down", "number", "Fall a year at most", "Спад за год не более",
            "Against the year before. A target, not a law: what is missed is reported. Blank: none.",
            "К предыдущему году. Цель, не запрет: недовыполнение показывается. Пусто: нет.", unit="%/year", ge=0,
            le=100),
        col("ramp_least", "number", "Always allowed", "Всегда допустимо",
            "On top of a rise, not off a fall; needed with either: a missed fall is a share of at least this.",
            "Сверх роста, но не спада; нужно с любым из них: недовыполнение спада это доля не меньшего.", unit=unit,
            gt=0),
        col("ramp_start", "number", "Allowed at the beginning", "Допустимо в начале",
            "In place of ramp_least up to the year in which the ramp begins. Blank: ramp_least.",
            "Вместо ramp_least до года, в котором начинается рост. Пусто: ramp_least.", unit=unit, gt=0),
        col("ramp_from", "integer", "Ramp begins in", "Рост начинается с",
            "Years up to it are counted from the last year done. Blank: the first year.",
            "Годы до него считаются от последнего выполненного. Пусто: первый год.", unit="year", ge=1900, le=2200),
        col("ramp_priority", "text", "Priority of the fall", "Приоритет спада", "Of ramp_down: 1, 2 or 3.",
            "Для ramp_down: 1, 2 или 3.", one_of=SOFT_PRIORITIES, default="3"),
    )
