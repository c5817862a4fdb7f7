"""Questions on a project, a region, a lender: answered from the tables of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jaryq.base.home import FIRST_PARTNER, HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.base.units import bn_of
from jaryq.case.case import Case
from jaryq.report.amounts import Amounts
from jaryq.report.question_changes import MONEY, sentences
from jaryq.report.question_row import Row, row_of
from jaryq.report.shapes import Out, Value, as_number, plus
from jaryq.report.words import BEGUN, COMMITTED, amount_of, country, joined, name_of, same, sheet, told, when

Tables = Mapping[str, Out]
NAMED, LENDERS, PRODUCTS, FEW = 5, 4, 4, 3
"""So many committed works, lenders abroad, and products of each are told; of a product so many projects."""
LEAST_PAID = 0.05
"""Bn KZT from which a product pays for a project."""


def text(value: Value) -> Text:
    return value if isinstance(value, Text) else same("" if value is None else str(value))


def period(value: Value) -> Text:
    """A period in words."""
    return when(value) or text(value)


def explain(key: Value) -> Text:
    """What the program is asked about; how stands beside the answers (``sheets.results_proof.ASK_ON``)."""
    return Text(f"key {key}", f"ключ {key}")


def _first(said: Text) -> Text:
    """The first of several reasons, without saying again that it is committed."""
    return Text(*(part.partition("; ")[0].removeprefix(f"{word}: ")
                  for part, word in ((said.en, COMMITTED.en), (said.ru, COMMITTED.ru))))


def span(row: Mapping[str, Value]) -> Text:
    """When a facility is built."""
    begun, done = period(row.get("start")), period(row.get("finish"))
    return begun if begun == done else Text(f"{begun.en} to {done.en}", f"{begun.ru} – {done.ru}")


def bound(tables: Tables) -> Iterator[Row]:
    """Works that a commitment has brought in: since when and by whom, those that had begun and the dearest first."""
    rows = [row for row in tables["facilities"].rows if row.get("start") and as_number(row.get("total")) > 0
            and text(row.get("why")).en.startswith(COMMITTED.en)]
    started = f"{COMMITTED.en}: {BEGUN.en}"
    rows.sort(key=lambda row: (not text(row.get("why")).en.startswith(started), -as_number(row.get("total"))))
    said = [Text(f"{name.en} ({time.en}): {why.en}", f"{name.ru} ({time.ru}): {why.ru}") for row in rows[:NAMED]
            for name, time, why in ((text(row.get("name")), span(row), _first(text(row.get("why")))),)]
    if (answer := joined(said)) is not None:
        rest = len(rows) - NAMED
        more = (f"; {rest} more in the timetable of works", f"; ещё {rest}: график работ") if rest > 0 else ("", "")
        yield Row(Text("Which works are committed, since when and by whom?",
                       "Какие работы обязательны, с какого времени и кем начаты?"),
                  sentences([Text(answer.en + more[0], answer.ru + more[1])]), sheet("facilities"))


def worst_off(case: Case, tables: Tables) -> Iterator[Row]:
    """The region of which the networks are worn most at the end."""
    every = tables["by_region"].rows if "by_region" in tables else ()
    rows = [row for row in every if as_number(row.get("wear_plan")) > 0]
    if rows:
        one = max(rows, key=lambda row: as_number(row.get("wear_plan")))
        name, last = text(one.get("name")), case.settings.last_year
        now, then, head = (told(as_number(one.get(part))) for part in ("wear_now", "wear_plan", "per_head"))
        total = amount_of(as_number(one.get("total")), MONEY)
        a_head = (f", {head.en} thousand KZT a head", f", {head.ru} тыс. тенге на жителя") if one.get("per_head") \
            else ("", "")
        yield row_of(Text("Which region is worst off?", "Какой регион в худшем положении?"),
                     [Text(f"by the wear of its networks {name.en}: {then.en} % by {last} ({now.en} % now)",
                           f"по износу сетей {name.ru}: {then.ru} % к {last} году (сейчас {now.ru} %)"),
                      Text(f"it gets {total.en}{a_head[0]}", f"получает {total.ru}{a_head[1]}")],
                     sheet("by_region"))


def lenders(case: Case, tables: Tables, found: Amounts | None = None) -> Iterator[Row]:
    """What the partners abroad lend, the first partner before those that lend most: each product with its money, what
    it pays for, and when how much of it is paid back."""
    abroad = {key: source for key, source in case.sources.items() if source.foreign}
    rows = [row for row in tables["loans"].rows if as_number(row.get("total")) > 0 and row.get("source") in abroad] \
        if "loans" in tables else []
    of: dict[str, list[Mapping[str, Value]]] = {}
    for row in sorted(rows, key=lambda row: -as_number(row.get("total"))):
        of.setdefault(abroad[str(row.get("source"))].partner, []).append(row)
    order = sorted(of, key=lambda code: (code != FIRST_PARTNER, -plus(row.get("total") for row in of[code])))
    for code in order[:LENDERS]:
        rest = len(of[code]) - PRODUCTS
        more = [Text(f"and {rest} more", f"и ещё {rest}")] if rest > 0 else []
        said = joined([*(_product(case, tables, row, found) for row in of[code][:PRODUCTS]), *more])
        assert said is not None
        name, total = country(code), amount_of(plus(row.get("total") for row in of[code]), MONEY)
        whole = Text(f"{total.en} in all: {said.en}", f"всего {total.ru}: {said.ru}") if len(of[code]) > 1 else said
        yield Row(Text(f"{name.en}: what is lent, and when is it repaid?",
                       f"{name.ru}: сколько выдано взаймы и когда долг возвращают?"),
                  sentences([whole]), sheet(f"partner_{code}"[:31]), _in_short(tables, of[code], total))


def _in_short(tables: Tables, rows: Sequence[Mapping[str, Value]], total: Text) -> Text:
    """``148 bn KZT, repaid 2030-2057, in all 251 bn KZT with interest and fees``: all products of a partner."""
    mine = {row.get("source") for row in rows}
    due = [row for row in tables["debt_service"].rows if row.get("source") in mine] if "debt_service" in tables else []
    back = _repaid(due)
    return sentences([Text(f"{total.en}{back[0]}", f"{total.ru}{back[1]}")])


def _repaid(due: Sequence[Mapping[str, Value]], own: tuple[str, str] = ("", "")) -> tuple[str, str]:
    """``, repaid 2030-2042, in all 158 bn KZT with interest and fees``; ``own``: the same in the loan's currency, in
    brackets. Nothing of what is never repaid."""
    repaid = [int(as_number(one.get("year"))) for one in due if as_number(one.get("principal")) > 0]
    if not repaid:
        return "", ""
    back, years = amount_of(plus(one.get("k_service") for one in due), MONEY), f"{min(repaid)}–{max(repaid)}"
    at = (", at the rates of those years", " по курсам тех лет") if own[0] else ("", "")
    return (f", repaid {years}, in all {back.en}{own[0]} with interest and fees{at[0]}",
            f", возврат {years}, всего с процентами и комиссиями {back.ru}{own[1]}{at[1]}")


def _product(case: Case, tables: Tables, row: Mapping[str, Value], found: Amounts | None) -> Text:
    """``JICA project loan 44.3 bn KZT (12.3 bn JPY) for North and South, repaid 2037-2057, in all 93.3 bn KZT (17.6 bn
    JPY) with interest and fees, at the rates of those years``."""
    name, total = text(row.get("name")), amount_of(as_number(row.get("total")), MONEY)
    due = [one for one in tables["debt_service"].rows if one.get("source") == row.get("source")] \
        if "debt_service" in tables else []
    spent = _spent_on(str(row.get("source")), found)
    drawn, paid = (_own(case, row, plus(one.get(part) for one in due)) for part in ("drawn", "service"))
    back = _repaid(due, paid)
    return Text(f"{name.en} {total.en}{drawn[0]}{spent[0]}{back[0]}",
                f"{name.ru} {total.ru}{drawn[1]}{spent[1]}{back[1]}")


def _own(case: Case, row: Mapping[str, Value], amount: float) -> tuple[str, str]:
    """An amount of a product in its own currency, in brackets; nothing at home and where it is not known."""
    source = case.sources.get(str(row.get("source")))
    if source is None or source.currency == HOME_CURRENCY or amount <= 0.0:
        return "", ""
    said = amount_of(amount, bn_of(source.currency))
    return f" ({said.en})", f" ({said.ru})"


def _spent_on(source: str, found: Amounts | None) -> tuple[str, str]:
    """The projects that a product pays for, where they are few."""
    if found is None:
        return "", ""
    mine = sorted(((amount, p) for (s, p), amount in found.paid.items() if s == source and amount > LEAST_PAID),
                  key=lambda one: (-one[0], one[1]))
    names = joined([name_of(found.case.projects[p]) for _, p in mine], ", ")
    if names is None or len(mine) > FEW:
        return "", ""
    return f" for {names.en}", f" на объекты: {names.ru}"
