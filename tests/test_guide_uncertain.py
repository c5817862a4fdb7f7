"""What to sign now, what to leave open: figures of the guide's page are those of the results it quotes
(docs/guide/uncertainty.json, pages of the commands as they keep them), in both languages; and those of a run here,
where there is one of as many draws."""

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parent.parent
GUIDE, RUN = ROOT / "docs" / "guide", ROOT / "outputs" / "kazakhstan" / "base" / "uncertainty" / "uncertainty.json"
SIGN, DRIVERS, STARTS = 12, 10, 8
"""Rows that the page shows of the table of what to sign, of drivers, and of starts that hang on the future decided
for."""


def shown(value, lang):
    """A figure as tables of the guide show it: whole from a hundred on, one place from one on, else two."""
    if value is None:
        return "-"
    if isinstance(value, dict):
        return value.get(lang) or value["en"]
    if isinstance(value, str):
        return value
    size = abs(value)
    text = f"{value:,.0f}" if size >= 100 or float(
        value).is_integer() else f"{value:,.1f}" if size >= 1 else f"{value:,.2f}"
    return text if lang == "en" else text.replace(",", " ").replace(".", ",")


def lines(block, lang):
    """The rows of a table as they stand on the page; years without a mark of thousands."""
    years = [field.get("unit") == "year" for field in block["fields"]]
    return ["| " + " | ".join(str(value) if year and value is not None else shown(value, lang)
                              for value, year in zip(row, years, strict=True)) + " |"
            for row in block["rows"]]


def with_digits(block):
    """A tornado with its inputs' values by four digits: factors lie close to 1."""
    def value(one):
        return {"en": f"{one:.4g}", "ru": f"{one:.4g}".replace(".", ",")} if isinstance(one, float | int) else one
    return {**block, "rows": [[row[0], *map(value, row[1:3]), *row[3:]] for row in block["rows"]]}


def late_of(told):
    """Works that end after the last year as the plan stands, by name: in how many of 100 futures (of others: in no more
    than in the least of these)."""
    return {row[0]["en"]: row[1] for block in told["ensemble"][0]["blocks"]
            if block["head"]["en"].startswith("Works that end after 2030") for row in block["rows"]}


def begun_in_rows(told):
    """By facility (or variant): in how many rows of the table of regret with the amounts open it is begun early."""
    return {row[0]["en"]: sum(shown(cell, "en") != "–" for cell in row[1:])
            for row in told["regret_open"][0]["blocks"][1]["rows"]}


def quarter(start, lang):
    return start if lang == "en" else f"{start[-1]} кв. {start[:4]}"


def marked(told, lang):
    """The rows of what to sign, each with how often its works end too late, when the plan begins it and how many rows
    of regret begin it early."""
    late, (sign, *_), begun = late_of(told), told["ensemble"][2]["blocks"], begun_in_rows(told)
    up_to = {"en": "up to", "ru": "до"}[lang]
    cells = []
    for name in (row[0]["en"] for row in sign["rows"][:SIGN]):
        often = f"{late[name]:.0f}" if name in late else f"{up_to} {min(late.values()):.0f}"
        cells.append(f"{often} | {quarter(told['plan']['starts'][name], lang)} | {begun.get(name, 0)}")
    return [f"{line} {cell} |" for line, cell in zip(lines(sign, lang)[:SIGN], cells, strict=True)]


def facts_of(page):
    return {fact["label"]["en"]: fact["value"] for fact in page["figures"]}


@pytest.fixture(scope="module")
def told():
    return json.loads((GUIDE / "uncertainty.json").read_text(encoding="utf-8"))


EARLIER = {
    "en": "All runs of this page are of 28 November 2026 and of the case as it then was ({then} km in all, "
          "now {now} km; without aims for facilities of 2028 and 2029, without the line Ulke - Karabatan and its "
          "payers, with kilometres that could fall by any amount from year to year and rise by more than a "
          "quarter, and with loans that could pay for works done before they were effective); the tables of regret "
          "are of the case of that morning ({regret} km). All these plans name the same {plan} facilities; today's "
          "finishes 60 of them earlier and 3 later.",
    "ru": "Все прогоны этой страницы сделаны 28 ноября 2026 года на данных того дня (всего {then} км, теперь "
          "{now} км; без целей по объектам на 2028 и 2029 годы, без линии Ульке - Карабатан и её плательщиков, с "
          "километрами, которые от года к году могли падать на сколько угодно и расти больше чем на "
          "четверть, и с займами, которые могли платить за работы до вступления в силу); таблицы сожаления - "
          "на данных утра того дня ({regret} км). Все эти планы называют те же {plan} объектов; нынешний завершает 60 "
          "из них раньше и 3 позже."}
"""What the first paragraph says where the runs are of an earlier case."""


def km_now():
    """Of all networks of the shipped case."""
    with (ROOT / "inputs" / "kazakhstan" / "networks.csv").open(encoding="utf-8", newline="") as file:
        return sum(float(row["km"]) for row in csv.DictReader(file))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_runs_of_an_earlier_case_are_called_so_in_the_first_paragraph(told, lang):
    """The case is told by the km in its scope, the day by the date of the results."""
    first = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").split("\n\n")[1]
    then, now = told["earlier"]["km_in_scope"], km_now()
    said = EARLIER[lang].format(then=shown(then, lang), now=shown(now, lang), plan=NAMED,
                                regret=shown(told["earlier"]["regret_km_in_scope"], lang))
    assert told["earlier"]["date"] == "2026-11-28"
    assert set(told["earlier"]["pages"]) == {"ensemble", "sweep", "regret", "regret_open"} <= set(told)
    assert (said in first) is (then != now)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_figures_are_those_of_the_results(told, lang):
    page = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8")
    rows = page.splitlines()
    (spread, *_), (drivers,), (_, ways, hang, *_) = (one["blocks"] for one in told["ensemble"])
    quoted = [*lines(spread, lang), *marked(told, lang), *lines(ways, lang), *lines(hang, lang),
              *lines(told["regret"][0]["blocks"][0], lang),
              *lines(told["regret_open"][0]["blocks"][0], lang),
              *lines(told["regret_open"][0]["blocks"][1], lang)[:STARTS]]
    if "sweep" in told:
        quoted += lines(with_digits(told["sweep"][0]["blocks"][0]), lang)[:DRIVERS]
    else:
        quoted += lines({"rows": [row[:2] for row in drivers["rows"]], "fields": drivers["fields"][:2]}, lang)[:DRIVERS]
    assert [row for row in quoted if row not in rows] == []
    tables = [row for row in rows if row.startswith("| ")]
    assert len(tables) == len(quoted) + 8  # a heading each
    said = [*told["ensemble"][0]["sentences"], *told["ensemble"][1]["sentences"], *told["ensemble"][2]["sentences"][1:],
            told["sweep"][0]["sentences"][0]]
    assert [one[lang] for one in said if one[lang] not in page] == []
    counts, regret = facts_of(told["ensemble"][2]), facts_of(told["regret"][0])
    for value in (told["ensemble"][0]["figures"][0]["value"], counts["Hang on what comes"], counts["Robustly left out"],
                  regret["Least largest regret"],
                  regret["none is below"]):
        assert shown(value, lang) in page


@pytest.mark.parametrize(("lang", "begins"), [("en", "Begun as the plan says, {late} of these {shown} end after 2030 "
                                                     "in at least {least:.0f} of 100 futures"),
                                             ("ru", "При началах по плану {late} из этих {shown} не менее чем в "
                                                    "{least:.0f} из 100 вариантов кончаются после 2030 года")])
def test_what_is_signed_and_ends_too_late_is_named(told, lang, begins):
    """Those of the table that the results count among the works that end after the last year, in the order of the
    table."""
    late = late_of(told)
    signed = [row[0] for row in told["ensemble"][2]["blocks"][0]["rows"][:SIGN]]
    mine = [name for name in signed if name["en"] in late]
    assert 0 < len(mine) < SIGN
    line = next(line for line in (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").splitlines()
                if line.startswith(begins.format(late=len(mine), shown=SIGN,
                                                 least=min(late[name["en"]] for name in mine))))
    assert line.endswith(f": {', '.join(shown(name, lang) for name in mine)}.")


NAMED = 129
"""Facilities that the plan of the shipped case names (as the guide to a first plan says, whose figures are held by the
plan)."""


@pytest.mark.parametrize(("lang", "said"), [
    ("en", "of the {plan}\nfacilities that the plan names it finishes {low} to {high} as it stands in eight of ten "
           "futures, {few} to {many} end too late"),
    ("ru", "из {plan} объектов,\nкоторые называет план, он как есть завершает от {low} до {high} в восьми из десяти "
           "вариантов, от {few} до {many} кончаются слишком поздно")])
def test_what_is_not_finished_in_time_follows_from_the_spread(told, lang, said):
    """All works of the plan are begun in every future, so what is not finished is the rest; P10 of the one is P90 of
    the other."""
    low, _, high = next(row[1:4] for row in told["ensemble"][0]["blocks"][0]["rows"]
                        if row[0]["en"] == "facilities finished")
    assert f"{NAMED} of 249" in (GUIDE / "en" / "first-plan.md").read_text(encoding="utf-8")
    page = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8")
    assert said.format(plan=NAMED, low=round(low), high=round(high), few=round(NAMED - high),
                       many=round(NAMED - low)) in page


@pytest.mark.parametrize(("lang", "said", "first"), [
    ("en", "finishes {stands} ({low} to {high} in eight of ten futures) of the {plan} facilities that it names, in the "
           "middle of the futures; the best plan of each "
     "finishes {best}.", "Of the {plan} facilities that the plan names it finishes {stands} as it stands in the middle "
                         "of {draws} futures ({low} to {high} in eight of "
     "ten); the best plan of each future finishes {best}."),
    ("ru", "завершает {stands} (от {low} до {high} в восьми из десяти вариантов) из {plan} объектов, которые называет, "
           "в середине вариантов; лучший план каждого "
     "варианта завершает {best}.", "Из {plan} объектов, которые называет план, он как есть завершает {stands} в "
                                   "середине {draws} вариантов (от {low} до {high} в восьми из "
     "десяти); лучший план каждого варианта - {best}.")])
def test_the_page_says_first_how_much_less_is_finished(told, lang, said, first):
    """The middles of both plans, in the opening paragraph and in the short answer; the counts of what is taken are of
    the facilities of the guide to a first plan."""
    low, stands, high, _, best, _ = next(row[1:7] for row in told["ensemble"][0]["blocks"][0]["rows"]
                                         if row[0]["en"] == "facilities finished")
    opening, short, *_ = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").split("\n## ")
    slots = {"stands": round(stands), "low": round(low), "high": round(high), "plan": NAMED, "best": round(best),
             "draws": told["ensemble"][0]["figures"][0]["value"]}
    assert said.format(**slots) in short
    assert first.format(**slots) in opening
    assert told["ensemble"][2]["sentences"][0]["en"].startswith("Of 248 facilities ")


def ends(cell):
    """Both ends of an interval in a table of regret."""
    found = [float(one.replace(",", "")) for one in re.findall(r"[\d,.]+", cell["en"])] if isinstance(cell,
        dict) else [float(cell)]
    return found[0], found[-1]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_least_regret_and_rows_with_a_star_stand_apart(told, lang):
    """The page says both as the command does, with the key of the star and how many starts are the same in every row;
    those shown first differ."""
    page = " ".join((GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").split())
    fixed, opened = told["regret"][0], told["regret_open"][0]
    key = next(note[lang] for note in fixed["blocks"][0]["notes"] if note["en"].startswith("* "))[3:]
    said = [fixed["sentences"][0][lang], opened["sentences"][0][lang], opened["sentences"][1][lang],
            opened["sentences"][3][lang].partition(";")[0], key]
    assert [one for one in said if " ".join(one.split()) not in page] == []
    figures = facts_of(opened)
    assert figures["Least of a row with a star"] < figures["none is below"] <= figures["Least largest regret"]
    starts = opened["blocks"][1]["rows"]
    alike = sum(len({shown(value, "en") for value in row[1:]}) == 1 for row in starts)
    assert opened["sentences"][3]["en"].startswith(f"Of {len(starts)} facilities that some row starts before 2028, "
                                                   f"{alike} start at the same time in every row")
    assert all(len({shown(value, "en") for value in row[1:]}) > 1 for row in starts[:STARTS])


SAID = {
    "en": ("Of the twelve dearest below the plan itself begins {late} only in 2028; in nine of ten futures "
           "the best plan begins these in {by:.0f} at the latest: what the draws say of them is to begin a year "
           "earlier than the plan.",
           "The {most} is of the {all} facilities that some row starts before 2028, and of the twelve below that means "
           "{names} alone: of the other {none} (cost {cost} bn KZT) no row begins any before 2028",
           "**A year earlier than the plan.** These {late} are the ones that the plan begins in 2028",
           "Its rows begin {some} of these 12 before 2028: {marked}. The others, {cost} of the {whole} bn KZT, "
           "are begun in no row before 2028", "(the draws have “{works}” and “{way}”)",
           "{both} rebuild or overhaul.** The draws and the plan rebuild them ({costs} bn KZT); with the amounts open "
           "all {rows} rows of regret begin the overhaul of both before 2028 instead",
           "{lone}.** Taken in {often:.0f} of 100 futures and begun by {until:.0f} in nine of ten, but the plan "
           "begins it in {start}, and of the rows of regret only that of “{row}” before 2028.",
           "(–: not begun before 2028, so later or not at all)",
           "and can be signed now. Of {two} among them it is open how (rebuild or overhaul, below)"),
    "ru": ("Из двенадцати самых дорогих ниже сам план начинает {late} только в 2028 году; в девяти из десяти вариантов "
           "лучший план начинает их не позже {by:.0f} года: о них варианты говорят одно - начинать на год раньше "
           "плана.",
           "{most} относится к {all} объектам, которые хотя бы одна строка начинает до 2028 года, а из двенадцати ниже "
           "это только {names}: из остальных {none} (стоимость {cost} млрд тенге) ни одна строка до 2028 года не "
           "начинает ни одного",
           "**На год раньше плана.** Эти {late} - те, которые план начинает в 2028 году",
           "Её строки начинают до 2028 года {some} из этих 12: {marked}. Остальные, {cost} из {whole} млрд тенге, ни в "
           "одной строке до 2028 года не начаты", "(в случайных вариантах есть «{works}» и «{way}»)",
           "{both} реконструкция или капитальный ремонт.** Случайные варианты и план их реконструируют ({costs} млрд "
           "тенге); при открытых суммах все {rows} строк сожаления вместо этого начинают до 2028 года капитальный "
           "ремонт обеих",
           "{lone}.** Выбрана в {often:.0f} из 100 вариантов и в девяти из десяти начата не позже {until:.0f} года, "
           "но план начинает её во {start}, а из строк сожаления до 2028 года - только строка «{row}».",
           "(–: до 2028 года не начат, то есть позже или никогда)",
           "его можно подписать сейчас. Для двух из них ({two}) открыто, как именно: реконструкция или капитальный "
           "ремонт, см. ниже")}
"""What the page says of the table of what to sign beside that of regret."""

AND, ONE_OF = {"en": "and", "ru": "и"}, {"en": "(in one row of {})", "ru": "(в одной строке из {})"}
ONLY = "Aktobe CHP"


LOANS = {"en": "- **Loans.** All {rows} rows of the table of regret sign before 2028, bn USD: {all}. The Japanese ones,"
               " bn JPY, are signed in {some} of the rows: {part}. In the others nothing of them is: {others}.",
         "ru": "- **Займы.** Все {rows} строк таблицы сожаления подписывают до 2028 года, млрд долларов США: {all}. "
               "Японские, млрд иен, подписаны в {some} строках: {part}. В остальных они не подписаны: {others}."}
"""What is signed early by the rows of both tables of regret."""


def loans_said(told, lang):
    """LOANS filled with the amounts that the rows sign."""
    block = told["regret_open"][0]["blocks"][2]
    amounts = [row for row in block["rows"] if row[1]["en"].startswith("amount, ")]
    heads = [field["head"][lang] for field in block["fields"][2:]]
    every, some = ([row for row in amounts if all(row[2:]) is whole] for whole in (True, False))
    assert all(len({value for value in row[2:] if value}) == 1 for row in amounts)
    assert {row[1]["en"] for row in every} == {"amount, bn USD"}
    assert {row[1]["en"] for row in some} == {"amount, bn JPY"}
    signs, = {tuple(map(bool, row[2:])) for row in some}

    def listed(rows):
        texts = [f"{row[0][lang]} {max(row[2:]):.3g}" for row in rows]
        return "; ".join(texts if lang == "en" else [text.replace(".", ",") for text in texts])

    return LOANS[lang].format(
        rows=len(heads), all=listed(every), some=sum(signs), part=listed(some), others=", ".join(
            f"“{head}”" if lang == "en" else f"«{head}»" for head, one in zip(heads, signs, strict=True) if not one))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_loans_that_are_signed_early_are_those_of_the_table(told, lang):
    """The same with the amounts of early years open and fixed."""
    assert told["regret_open"][0]["blocks"][2]["rows"] == told["regret"][0]["blocks"][2]["rows"]
    assert loans_said(told, lang) in (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_page_says_which_works_the_regret_is_of(told, lang):
    """Counts, sums and names of both tables: what the plan begins later than the draws, what no row of regret begins
    early, and what its rows begin in another variant."""
    page = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    begun, starts, table = begun_in_rows(told), told["plan"]["starts"], told["regret_open"][0]["blocks"][1]
    sign = told["ensemble"][2]["blocks"][0]["rows"][:SIGN]
    late = [row for row in sign if starts[row[0]["en"]] >= "2028"]
    assert {row[0]["en"] for row in late} == {row[0]["en"] for row in sign if row[0]["en"] in late_of(told)}
    some, none = ([row for row in sign if bool(begun.get(row[0]["en"])) == there] for there in (True, False))
    rows = len(table["fields"]) - 1
    overhauled = [row for row in none if f"{row[0]['en']}: overhaul" in begun]
    assert {begun[f"{row[0]['en']}: overhaul"] for row in overhauled} == {rows}
    alone, = (row for row in some if begun[row[0]["en"]] == 1)
    assert alone[0]["en"] == ONLY
    cells = next(row for row in table["rows"] if row[0]["en"] == ONLY)
    one_of = next(field["head"][lang] for field, cell in zip(table["fields"][1:], cells[1:], strict=True)
                  if shown(cell, "en") != "–")
    inputs = {row[0]["en"]: row[0][lang] for row in told["sweep"][0]["blocks"][0]["rows"]}
    whole = re.search(r"cost ([\d,]+) bn", told["ensemble"][2]["sentences"][1]["en"])[1].replace(",", "")
    slots = {
        "late": len(late), "by": max(row[4] for row in late), "all": len(table["rows"]), "none": len(none),
        "most": shown(max(ends(row[-1])[1] for row in told["regret_open"][0]["blocks"][0]["rows"]), lang),
        "names": ", ".join(row[0][lang] for row in some), "some": len(some), "rows": rows, "row": one_of,
        "cost": shown(float(round(sum(row[1] for row in none))), lang), "whole": shown(float(whole), lang),
        "marked": ", ".join(row[0][lang] + (f" {ONE_OF[lang].format(rows)}" if row is alone else "") for row in some),
        "works": inputs["Power plants built late"], "way": inputs["Late on the way"],
        "both": f" {AND[lang]} ".join(row[0][lang] for row in overhauled) + ":",
        "two": f" {AND[lang]} ".join(row[0][lang] for row in overhauled),
        "costs": f" {AND[lang]} ".join(shown(row[1], lang) for row in overhauled), "lone": alone[0][lang],
        "often": alone[2], "until": alone[4], "start": quarter(starts[ONLY], lang)}
    said = [one.format(**slots).replace("\u00a0", " ") for one in SAID[lang]]
    assert [one for one in said if one not in page] == []


def test_starts_of_the_plan_are_those_of_a_plan_here(told):
    """Of the facilities that the page shows, where its runs are of the case as it is."""
    if told["earlier"]["km_in_scope"] != km_now():
        pytest.skip("the runs are of an earlier case, as the page says")
    path = ROOT / "outputs" / "kazakhstan" / "base" / "plan.xlsx"
    if not path.is_file():
        pytest.skip("the shipped case has not been planned here")
    sheet = openpyxl.load_workbook(path, read_only=True)["facilities"]
    begun = {row[1]: row[5] for row in sheet.iter_rows(values_only=True)}
    assert {name: str(begun[name]).replace("Q", " Q") for name in told["plan"]["starts"]} == told["plan"]["starts"]


@pytest.mark.parametrize("key", ["regret", "regret_open"])
def test_the_table_of_regret_is_one(told, key):
    """What is best for a future regrets nothing there, within what its interval leaves open; the last column is the
    largest of its row; the bold row is the one with the least of them, of those without a star. The bound is of what
    every future allows: no row without a star is below it."""
    block = told[key][0]["blocks"][0]
    regrets = [[ends(cell) for cell in row[1:]] for row in block["rows"]]
    for number, (*each, largest) in enumerate(regrets):
        assert largest[1] == max(high for _, high in each)
        assert all(low <= high for low, high in each)
        if number < len(each):
            assert each[number][0] == 0.0
    allowed = [number for number, row in enumerate(block["rows"])
               if not any(isinstance(cell, dict) and "*" in cell["en"] for cell in row[1:])]
    assert block["strong"]["of"] == [min(allowed, key=lambda number: regrets[number][-1][1])]
    assert all(facts_of(told[key][0])["none is below"] <= regrets[number][-1][1] for number in allowed)


@pytest.mark.parametrize(("lang", "open_", "fixed"), [
    ("en", "at most {} bn KZT above the best start for it", "the early\n  decisions for the base cost up to {} bn KZT "
                                                            "more than the best"),
    ("ru", "не более чем на {} млрд тенге выше лучшего начала для него", "обходятся до {} млрд тенге дороже лучших")])
def test_the_advice_on_money_is_that_of_the_tables(told, lang, open_, fixed):
    """The largest of all with the amounts open, the largest of the base with them fixed."""
    page = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    largest = {key: [ends(row[-1])[1] for row in told[key][0]["blocks"][0]["rows"]]
               for key in ("regret", "regret_open")}
    assert open_.format(shown(max(largest["regret_open"]), lang).replace("\u00a0", " ")) in page
    assert fixed.format(shown(largest["regret"][0], lang).replace("\u00a0", " ")) in page


def test_a_run_here_says_the_same(told):
    """The least regret within a twentieth (searches end by their effort), the middle of cost and the count of what is
    taken whatever comes likewise."""
    if not RUN.is_file():
        pytest.skip("the shipped case has not been asked of its futures here")
    pages = json.loads(RUN.read_text(encoding="utf-8"))["pages"]
    same = told["earlier"]["km_in_scope"] == km_now()
    if same and "regret" in pages and _form(pages["regret"][0]) == _form(told["regret"][0]):
        assert facts_of(pages["regret"][0])["Least largest regret"] == pytest.approx(
            facts_of(told["regret"][0])["Least largest regret"], rel=0.05)
    drawn = told["ensemble"][0]["figures"][0]["value"]
    if same and len(pages.get("ensemble", ())) == 3 and pages["ensemble"][0]["figures"][0]["value"] == drawn:
        assert facts_of(pages["ensemble"][2])["Robust"] == pytest.approx(
            facts_of(told["ensemble"][2])["Robust"], rel=0.05)


def _form(page):
    """Heads of a page's first table, and how many sentences it has."""
    return [field["head"] for field in page["blocks"][0]["fields"]], len(page["sentences"])


def test_the_tornado_of_the_guide_stands_by_width(told):
    """The widest first, as the command writes it: the distance of the figure at the low and at the high value."""
    widths = [abs(row[4] - row[3]) for row in told["sweep"][0]["blocks"][0]["rows"]]
    assert widths == sorted(widths, reverse=True)
    assert widths == pytest.approx([row[5] for row in told["sweep"][0]["blocks"][0]["rows"]])


@pytest.mark.parametrize(("lang", "said"), [
    ("en", "“{name}” stands low by its width ({width}), but costs {low} and {high} less than the middle at its low and "
           "its high value."),
    ("ru", "«{name}» по размаху ({width}) внизу, но при низком и при высоком значении стоит на {low} и {high} меньше, "
           "чем в середине.")])
def test_the_input_whose_width_says_little_is_named(told, lang, said):
    """Of all of the tornado the one with both ends furthest on one side of the middle, further than by its width; the
    others of that kind are off by less than the least width that is shown. The middle as the first sentence tells it.
    """
    rows = told["sweep"][0]["blocks"][0]["rows"]
    middle = float(re.search(r"([\d,]+) in the middle", told["sweep"][0]["sentences"][0]["en"])[1].replace(",", ""))
    beside = [row for row in rows if (row[3] - middle) * (row[4] - middle) > 0
              and min(abs(row[3] - middle), abs(row[4] - middle)) > 0.5]
    top, *rest = sorted(beside, key=lambda row: -max(abs(row[3] - middle), abs(row[4] - middle)))
    shown_least = rows[DRIVERS - 1][5]
    assert all(max(abs(row[3] - middle), abs(row[4] - middle)) < shown_least for row in rest)
    page = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8")
    assert said.format(name=top[0][lang], width=shown(top[5], lang), low=shown(float(round(middle - top[3])), lang),
                       high=shown(float(round(middle - top[4])), lang)) in page
