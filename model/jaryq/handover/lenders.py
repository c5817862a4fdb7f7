"""The page ``lenders``: every product of every partner with its terms, what it pays, and why it stays closed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text, told
from jaryq.handover.shapes import Chart, Front, Series
from jaryq.report.alike import shape, together
from jaryq.report.block import Block, Field
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import CLOSED, number, sheet

TITLE = Text("Lenders", "Кредиторы")
NOTE = Text("Who lends from abroad, on what terms, for how much, and what keeps the other products closed. Partners "
            "have pages of their own behind.",
            "Кто кредитует из-за рубежа, на каких условиях и сколько, и что закрывает прочие продукты. Страницы "
            "партнёров идут дальше.")
UNSAID = Text("no reason is given", "причина не указана")
NOTHING = 1e-9
SHOWN = 14
"""Products in a table; the sheet ``partners`` has them all."""


def lenders(case: Case, report: Report) -> Front | None:
    """None where nobody from abroad has a product."""
    rows = report.tables["partners"].rows if "partners" in report.tables else ()
    if not rows:
        return None
    terms = {row.get("source"): row for row in report.tables["loans"].rows} if "loans" in report.tables else {}
    repaid = repayment(report)
    active = sorted((row for row in rows if row.get("status") is not CLOSED),
                    key=lambda row: -as_number(row.get("total")))
    closed = [row for row in rows if row.get("status") is CLOSED]
    table = Block(
        Text("Open products, the largest first", "Открытые продукты, сначала крупнейшие"),
        (Field(Text("Product", "Продукт")), Field(Text("Partner", "Партнёр")),
         Field(Text("Drawn", "Выборка"), BILLION, total=len(active) <= SHOWN, bar=True, exact=True),
         Field(Text("In its currency, bn", "В валюте, млрд")), Field(Text("Currency", "Валюта")),
         Field(Text("Projects", "Проектов")), Field(Text("Signed", "Подписан"), "year"),
         Field(Text("Effective from", "Действует с")), Field(Text("Rate", "Ставка"), "%", exact=True),
         Field(Text("Grace", "Льгота"), Text("years", "лет")),
         Field(Text("Tenor", "Срок"), Text("years", "лет")),
         Field(Text("Grant element", "Доля гранта"), "%"),
         Field(Text("Price of a tenge", "Цена тенге")),
         Field(Text("State guarantee", "Гарантия (гос.)"), "%"),
         Field(Text("Repaid", "Погашение")),
         Field(Text("Principal repaid in a year, at most", "Пик погашения за год"), BILLION)),
        tuple((row.get("name"), row.get("partner"), row.get("total"), row.get("used"), row.get("currency"),
               row.get("count"), *_terms(terms.get(row.get("source"))), row.get("grant_element"), row.get("factor"),
               guaranteed(terms.get(row.get("source"))),
               *repaid.get(row.get("source"), (None, None))) for row in active[:SHOWN]),
        (*_further(len(active)), TERMS) if active else ())
    shut = Block(Text("Closed, and why", "Закрыто и почему"),
                 (Field(Text("Product", "Продукт")), Field(Text("Partner", "Партнёр"))), (),
                 tuple(_why(row) for row in closed[:SHOWN]))
    return Front("lenders", TITLE, NOTE, (), tuple(_partners(report)), _chart(report),
                 tuple(block for block in (table, shut) if block.rows or block.notes), links=_links(report))


TERMS = Text("Price of a tenge: present value, in money of today, of all payments on one tenge drawn, at the rates and "
             "prices of the plan; it differs with the years of drawing and the currency. Grant element: all drawn at "
             "signing, discounted at 5 % a year in the currency of the loan; of loans in tenge it says little. "
             "State guarantee: of the debt. Where nothing stands under effective, it may be drawn from its signing on.",
             "Цена тенге: приведённая стоимость (в сегодняшних деньгах) всех платежей на один тенге выборки по курсам "
             "и ценам плана, поэтому зависит от лет выборки и валюты. Доля гранта (грант-элемент): вся выборка при "
             "подписании, дисконт 5 % в год в валюте займа; о займах в тенге она говорит мало. Гарантия государства: "
             "доля долга. Если срок вступления в силу не указан, выбирать можно с подписания.")


def _links(report: Report) -> tuple[tuple[Text, str], ...]:
    """The partners' own pages."""
    return tuple((Text(f"→ {page.title.en.partition(':')[0]}", f"→ {page.title.ru.partition(':')[0]}"), page.sheet)
                 for page in report.partner_pages)


def _terms(loan: object) -> tuple[Value, ...]:
    """Year of signing, when it is effective, rate, grace, tenor of a loan; blanks for a grant."""
    return tuple(loan.get(of) if isinstance(loan, dict) else None
                 for of in ("signing_year", "effective", "rate", "grace", "tenor"))


def guaranteed(loan: object) -> Value:
    """Percent of a loan that the State guarantees; blank where it guarantees nothing."""
    part = as_number(loan.get("guaranteed")) if isinstance(loan, dict) else 0.0
    return part if part > NOTHING else None


def repayment(report: Report) -> dict[Value, tuple[str, float]]:
    """Of each loan that is drawn the years from the first to the last in which principal is paid back, and the most of
    it in a year, bn KZT."""
    paid: dict[Value, dict[int, float]] = {}
    for row in report.tables["debt_service"].rows if "debt_service" in report.tables else ():
        if as_number(row.get("principal")) > NOTHING:
            paid.setdefault(row.get("source"), {})[int(as_number(row.get("year")))] = as_number(row.get("k_principal"))
    return {source: (f"{min(years)}–{max(years)}", max(years.values())) for source, years in paid.items()}


def _further(count: int) -> tuple[Text, ...]:
    more = count - SHOWN
    where = sheet("partners")
    return (Text(f"{more} more: {where.en}.", f"Ещё {more}: {where.ru}."),) if more > 0 else ()


def _why(row: object) -> Text:
    assert isinstance(row, dict)
    name, partner = as_text(row.get("name")), as_text(row.get("partner"))
    reason = as_text(row.get("reason")) if row.get("reason") else UNSAID
    return Text(f"{partner.en}, {name.en}: {reason.en}.", f"{partner.ru}, {name.ru}: {reason.ru}.")


def _sums(report: Report) -> list[tuple[Text, float]]:
    """What each partner pays, the largest first."""
    sums: dict[Text, float] = {}
    for row in report.tables["partners"].rows:
        partner = as_text(row.get("partner"))
        sums[partner] = sums.get(partner, 0.0) + as_number(row.get("total"))
    return sorted(sums.items(), key=lambda item: -item[1])


def _partners(report: Report) -> list[Text]:
    """A sentence for each of the first partners with money: amount, share, and what holds the rest of its money."""
    total = report.tables["funding"].total("total")
    said = []
    sums = [(partner, amount) for partner, amount in _sums(report) if amount > 0]
    amounts = adding_up([amount for _, amount in sums])
    for (partner, amount), sum_ in zip(sums[:3] if total > 0 else (), amounts, strict=False):
        share = told(100.0 * amount / total)
        held = _held(report, partner)
        said.append(Text(f"{partner.en}: {sum_.en} bn KZT, {share.en} % of all spending{held.en if held else ''}.",
                         f"{partner.ru}: {sum_.ru} млрд тенге, {share.ru} % всех затрат{held.ru if held else ''}."))
    return said


def adding_up(parts: Sequence[float]) -> list[Text]:
    """Parts as sentences tell them; with one place more where what is told would not add up to what is told of their
    sum: 632, 206 and 148 are not 985, 631.6, 205.5 and 147.8 are 984.9."""
    said, whole = [told(part) for part in parts], told(math.fsum(parts))
    if math.fsum(_read(one) for one in said) == _read(whole):
        return said
    return [number(part, 1) if part >= 1.0 else told(part) for part in parts]


def _read(said: Text) -> float:
    return round(float(said.en.replace(",", "")), 2)


def _held(report: Report, partner: Text) -> Text | None:
    """What is not drawn of a partner's open products, and why: the kind of reason with most of it, true of each product
    that it holds; of one of several products its name, since the reason is not true of the others."""
    rows = [row for row in report.tables["unused"].rows if row.get("group") == partner
            and row.get("status") is not CLOSED] if "unused" in report.tables else []
    kinds: dict[str, list[tuple[Text, float]]] = {}
    for row in rows:
        why = as_text(row.get("why"))
        kinds.setdefault(shape(why), []).append((why, as_number(row.get("total"))))
    if not kinds:
        return None
    left = told(math.fsum(as_number(row.get("total")) for row in rows))
    most = max(kinds.values(), key=lambda mine: math.fsum(amount for _, amount in mine))
    first = together([why for why, _ in most])
    mostly = ("", "так как") if len(kinds) == 1 else ("mostly ", "больше всего потому, что")
    each = len({why for why, _ in most}) > 1
    products = [row for row in report.tables["partners"].rows
                if row.get("partner") == partner and row.get("status") is not CLOSED]
    name = as_text(rows[0].get("name")) if len(rows) == 1 < len(products) else None
    of = ("", "") if name is None else (f" ({name.en})", f" ({name.ru})")
    return Text(f"; {left.en} more are not drawn{of[0]}, {mostly[0]}because {first.en}{', by product' if each else ''}",
                f"; ещё {left.ru} не выбрано{of[1]}, {mostly[1]} {first.ru}{' (по продуктам)' if each else ''}")


def _chart(report: Report) -> tuple[Chart, ...]:
    rows = [(partner, amount) for partner, amount in _sums(report) if amount > 0]
    title = Text("Money by partner", "Деньги по партнёрам")
    said = [(partner, told(amount)) for partner, amount in rows]
    alt = Text(f"{title.en}: " + ", ".join(f"{p.en} {v.en}" for p, v in said) + " bn KZT.",
               f"{title.ru}: " + ", ".join(f"{p.ru} {v.ru}" for p, v in said) + " млрд тенге.")
    if not rows:
        return ()
    return (Chart("partners", "bars", title, Text("bn KZT", "млрд тенге"), tuple(partner for partner, _ in rows),
                  (Series(Text("Drawn", "Выборка"), tuple(amount for _, amount in rows)),), alt),)
