"""Questions on a project, a region, a lender: answered from the tables of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jaryq.base.home import FIRST_PARTNER
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.shapes import Out, Value, plus
from jaryq.report.words import BEGUN, COMMITTED, UNIT_WORDS, amount_of, country, joined, same, sheet, told, when

Tables = Mapping[str, Out]
Row = tuple[Text, Text | None, Text]
"""A question, its answer (none: only the command answers it), and where it is answered in full."""
NAMED, LENDERS, PRODUCTS = 5, 4, 4
"""So many committed works, lenders abroad, and products of each are told."""
MONEY = UNIT_WORDS["bn KZT"]


def text(value: Value) -> Text:
    return value if isinstance(value, Text) else same("" if value is None else str(value))


def as_number(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def period(value: Value) -> Text:
    """A period in words."""
    return when(value) or text(value)


def explain(key: Value) -> Text:
    """What the program is asked about; how stands beside the answers (``sheets.results_proof.ASK_ON``)."""
    return Text(f"key {key}", f"ключ {key}")


def dearest(tables: Tables) -> Iterator[Row]:
    """Why the dearest facility of the plan is when it is."""
    rows = [row for row in tables["facilities"].rows if row.get("start") and as_number(row.get("total")) > 0]
    if rows:
        one = max(rows, key=lambda row: as_number(row.get("total")))
        name, why = text(one.get("name")), text(one.get("why"))
        span = _span(one)
        yield (Text(f"Why is the dearest facility, {name.en}, when it is?",
                    f"Почему самый дорогой объект, {name.ru}, строится в это время?"),
               Text(f"{span.en}: {why.en}", f"{span.ru}: {why.ru}"), explain(one.get("facility")))


def _first(said: Text) -> Text:
    """The first of several reasons."""
    return Text(said.en.partition("; ")[0], said.ru.partition("; ")[0])


def _span(row: Mapping[str, Value]) -> Text:
    begun, done = period(row.get("start")), period(row.get("finish"))
    return begun if begun == done else Text(f"{begun.en} to {done.en}", f"{begun.ru} – {done.ru}")


def bound(tables: Tables) -> Iterator[Row]:
    """Works that a commitment has brought in: since when and by whom, those that had begun and the dearest first."""
    rows = [row for row in tables["facilities"].rows if row.get("start") and as_number(row.get("total")) > 0
            and text(row.get("why")).en.startswith(COMMITTED.en)]
    started = f"{COMMITTED.en}: {BEGUN.en}"
    rows.sort(key=lambda row: (not text(row.get("why")).en.startswith(started), -as_number(row.get("total"))))
    said = [Text(f"{name.en}, {span.en}: {why.en}", f"{name.ru}, {span.ru}: {why.ru}") for row in rows[:NAMED]
            for name, span, why in ((text(row.get("name")), _span(row), _first(text(row.get("why")))),)]
    if (answer := joined(said)) is not None:
        rest = len(rows) - NAMED
        more = (f"; {rest} more in the timetable of works", f"; ещё {rest}: график работ") if rest > 0 else ("", "")
        yield (Text("Which works are committed, since when and by whom?",
                    "Какие работы обязательны, с какого времени и кем начаты?"),
               Text(answer.en + more[0], answer.ru + more[1]), sheet("facilities"))


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
        yield (Text("Which region is worst off?", "Какой регион в худшем положении?"),
               Text(f"{name.en}: networks worn to {then.en} % by {last} ({now.en} % now); it gets "
                    f"{total.en}{a_head[0]}",
                    f"{name.ru}: износ сетей к {last} году {then.ru} % (сейчас {now.ru} %); получает "
                    f"{total.ru}{a_head[1]}"), sheet("by_region"))


def lenders(case: Case, tables: Tables) -> Iterator[Row]:
    """What the partners abroad lend, the first partner before those that lend most: each product with its money, and
    when how much of it is paid back."""
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
        said = joined([*(_product(tables, row) for row in of[code][:PRODUCTS]), *more])
        assert said is not None
        name, total = country(code), amount_of(plus(row.get("total") for row in of[code]), MONEY)
        yield (Text(f"{name.en}: what is lent, and when is it repaid?",
                    f"{name.ru}: сколько даёт взаймы и когда долг возвращают?"),
               Text(f"{total.en} in all: {said.en}", f"всего {total.ru}: {said.ru}") if len(of[code]) > 1 else said,
               sheet(f"partner_{code}"[:31]))


def _product(tables: Tables, row: Mapping[str, Value]) -> Text:
    """``JICA project loan 44.3 bn KZT, repaid 2037-2057, in all 93.3 bn KZT with interest and fees``."""
    name, total = text(row.get("name")), amount_of(as_number(row.get("total")), MONEY)
    due = [one for one in tables["debt_service"].rows if one.get("source") == row.get("source")] \
        if "debt_service" in tables else []
    repaid = [int(as_number(one.get("year"))) for one in due if as_number(one.get("principal")) > 0]
    if not repaid:
        return Text(f"{name.en} {total.en}", f"{name.ru} {total.ru}")
    back = amount_of(plus(one.get("k_service") for one in due), MONEY)
    years = f"{min(repaid)}–{max(repaid)}"
    return Text(f"{name.en} {total.en}, repaid {years}, in all {back.en} with interest and fees",
                f"{name.ru} {total.ru}, возврат {years}, всего с процентами и комиссиями {back.ru}")
