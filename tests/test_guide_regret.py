"""Regret on the guide's page of what to sign now: what it says of both tables, of works, loans and money, is what the
results it quotes say, in both languages."""

import re

import pytest

from tests.sign_now import (
    GUIDE,
    SIGN,
    STARTS,
    begun_in_rows,
    ends,
    facts_of,
    heads_of,
    in_rows,
    late_of,
    often_late,
    quarter,
    quoted,
    results,
    shown,
)


@pytest.fixture(scope="module")
def told():
    return results()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_least_regret_and_rows_with_a_star_stand_apart(told, lang):
    """The page says both as the command does, with the key of the star and how many starts are the same in every row;
    those shown first differ."""
    page = " ".join((GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").split())
    fixed, opened = told["regret"][0], told["regret_open"][0]
    key = next(note[lang] for note in fixed["blocks"][0]["notes"] if note["en"].startswith("* "))[3:]
    begins = {head: [one for one in opened["sentences"] if one["en"].startswith(head)]
              for head in ("The early decisions of ", "Of ")}
    starred, (alike_said,) = begins["The early decisions of "], begins["Of "]
    said = [fixed["sentences"][0][lang], opened["sentences"][0][lang], *(one[lang] for one in starred),
            alike_said[lang].partition(";")[0], key]
    assert [one for one in said if " ".join(one.split()) not in page] == []
    figures = facts_of(opened)
    assert figures["none is below"] <= figures["Least largest regret"]
    star = figures.get("Least of a row with a star")
    assert bool(starred) is (star is not None)
    assert all(("lie below the bound" in one["en"]) is (star < figures["none is below"]) for one in starred)
    starts = opened["blocks"][1]["rows"]
    alike = sum(len({shown(value, "en") for value in row[1:]}) == 1 for row in starts)
    assert alike_said["en"].startswith(f"Of {len(starts)} facilities that some row starts before 2028, "
                                                   f"{alike} start at the same time in every row")
    assert all(len({shown(value, "en") for value in row[1:]}) > 1 for row in starts[:STARTS])


SAID = {
    "en": ("**Sign the works, {open} of them once it is decided how; begin {late} of the dearest earlier than the "
           "plan.**",
           "Of {open} among them ({over}) it is open how (rebuild or overhaul, below): these not before that is "
           "decided. That all can be signed is what the draws say; that it is hardly regretted is not shown of {none} "
           "of the twelve dearest below ({cost} of their {twelve} bn KZT).",
           "Of the twelve dearest below the plan itself begins {late} only in 2028; in nine of ten futures "
           "the best plan begins these in {by:.0f} at the latest: what the draws say of them is to begin a year "
           "earlier than the plan.",
           "The {most} is of the {all} facilities that some row starts before 2028, and of the twelve below that means "
           "{names} alone: of the other {none} (cost {cost} bn KZT) no row begins any before 2028 as the plan has it",
           "**A year earlier than the plan.** These {late} are the ones that the plan begins in 2028: begun then they "
           "end too late in at least {least:.0f} of 100 futures. In eight of ten the best plans of the draws begin "
           "them in {years};",
           "Its rows begin {some} of these 12 before 2028: {marked}. The other {none} ({cost} of the {twelve} "
           "bn KZT of these 12) are begun in no row before 2028 as the plan has them: that signing them is hardly "
           "regretted is not shown. The other {rest} of the {every} ({rest_cost} of the {whole} bn KZT) are not in the "
           "table above.", "(the draws have “{works}” and “{way}”)",
           "**Rebuild or overhaul: {over}.** The draws and the plan rebuild them ({costs} bn KZT); with the amounts "
           "open rows of regret begin the overhaul before 2028 instead: {overhauls}.",
           "**Begun early in some rows only.** {partly}.",
           "(–: not begun before 2028, so later or not at all)"),
    "ru": ("**Подписывайте работы, {open} из них - когда решено, как именно; {late} из самых дорогих начинайте раньше "
           "плана.**",
           "Для {open} из них ({over}) открыто, как именно: реконструкция или капитальный ремонт, см. ниже; их "
           "- не раньше, чем это решено. Что подписать можно всё, говорят случайные варианты; что об этом почти не "
           "придётся жалеть, не показано для {none} из двенадцати самых дорогих ниже ({cost} из их {twelve} млрд "
           "тенге).",
           "Из двенадцати самых дорогих ниже сам план начинает {late} только в 2028 году; в девяти из десяти вариантов "
           "лучший план начинает их не позже {by:.0f} года: о них варианты говорят одно - начинать на год раньше "
           "плана.",
           "{most} относится к {all} объектам, которые хотя бы одна строка начинает до 2028 года, а из двенадцати ниже "
           "это только {names}: из остальных {none} (стоимость {cost} млрд тенге) ни одна строка до 2028 года не "
           "начинает ни одного так, как план",
           "**На год раньше плана.** Эти {late} - те, которые план начинает в 2028 году: при таком начале они "
           "кончаются слишком поздно не менее чем в {least:.0f} из 100 вариантов. В восьми из десяти лучшие планы "
           "начинают их в {years} году;",
           "Её строки начинают до 2028 года {some} из этих 12: {marked}. Остальные {none} ({cost} из {twelve} млрд "
           "тенге этих 12) ни в одной строке до 2028 года так, как в плане, не начаты: что об их подписании почти не "
           "придётся жалеть, не показано. Прочих {rest} из {every} ({rest_cost} из {whole} млрд тенге) в таблице выше "
           "нет.",
           "(в случайных вариантах есть «{works}» и «{way}»)",
           "**Реконструкция или капитальный ремонт: {over}.** Случайные варианты и план их реконструируют ({costs} "
           "млрд тенге); при открытых суммах строки сожаления вместо этого начинают до 2028 года капитальный ремонт: "
           "{overhauls}.",
           "**Рано начаты лишь в части строк.** {partly}.",
           "(–: до 2028 года не начат, то есть позже или никогда)")}
"""What the page says of the table of what to sign beside that of regret."""


PARTLY = {"en": "{name}: taken in {often} of 100 futures and begun by {until} in nine of ten, in the plan in {start}; "
                "of the rows of regret these alone begin it before 2028: {rows}",
          "ru": "{name}: объект выбран в {often} из 100 вариантов и в девяти из десяти начат не позже {until} года, по "
                "плану - {start}; из строк сожаления его начинают до 2028 года только эти: {rows}"}
"""One facility that a part of the rows of regret begins early."""


LOANS = {"en": "- **Loans.** All {rows} rows of both tables of regret sign before 2028, bn USD: {all}. The Japanese "
               "ones, bn JPY: with the amounts fixed {regret}; with the amounts open {regret_open}. "
               "The plan signs both in {year}: {plan}, which is more of the credit than any row signs; of what is "
               "beyond the rows the tables say nothing.",
         "ru": "- **Займы.** Все {rows} строк обеих таблиц сожаления подписывают до 2028 года, млрд долларов США: "
               "{all}. Японские, млрд иен: если суммы закреплены, {regret}; если открыты, {regret_open}. "
               "План подписывает оба в {year} году: {plan}, то есть кредита больше, чем любая строка; о том, что сверх "
               "строк, таблицы ничего не говорят."}
"""What is signed early by the rows of both tables of regret, and by the plan."""


def loans_said(told, lang):
    """LOANS filled with the amounts that the rows sign."""
    tables = {key: told[key][0]["blocks"][2] for key in ("regret", "regret_open")}
    amounts = {key: {row[0]["en"]: row for row in table["rows"] if row[1]["en"].startswith("amount, ")}
               for key, table in tables.items()}
    every = {key: {name: row for name, row in found.items() if row[1]["en"] == "amount, bn USD"}
             for key, found in amounts.items()}
    assert every["regret"] == every["regret_open"]
    assert all(len(set(row[2:])) == 1 for row in every["regret"].values())
    rows, signed_in_plan = len(tables["regret"]["fields"]) - 2, told["plan"]["signed"]
    assert signed_in_plan.keys() == amounts["regret"].keys() - every["regret"].keys()
    [year] = {when for _, when in signed_in_plan.values()}
    credit = "JBIC/NEXI export credit"
    assert all(signed_in_plan[credit][0] > max(found[credit][2:]) for found in amounts.values())

    def figure(value):
        return f"{value:.3g}" if lang == "en" else f"{value:.3g}".replace(".", ",")

    def yen(key):
        texts = []
        for name, row in amounts[key].items():
            if name in every[key]:
                continue
            assert row[1]["en"] == "amount, bn JPY"
            signed = sorted(value for value in row[2:] if value)
            between = {"en": "{} to {}", "ru": "от {} до {}"}[lang].format(figure(signed[0]), figure(signed[-1]))
            size = figure(signed[0]) if figure(signed[0]) == figure(signed[-1]) else between
            texts.append(f"{row[0][lang]} {size} {in_rows(len(signed), rows, lang)} "
                         f"({quoted(heads_of(tables[key], row, 2, lang), lang)})")
        return ", ".join(texts)

    return LOANS[lang].format(
        rows=rows, regret=yen("regret"), regret_open=yen("regret_open"), year=year,
        plan=", ".join(f"{amounts['regret'][name][0][lang]} {figure(amount)}"
                       for name, (amount, _) in signed_in_plan.items()),
        all="; ".join(f"{row[0][lang]} {figure(row[2])}" for row in every["regret"].values()))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_loans_that_are_signed_early_are_those_of_the_table(told, lang):
    """Those of development banks in every row of both tables alike; of the Japanese ones, row by row."""
    assert loans_said(told, lang) in (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").splitlines()


def of_both_tables(told, lang):
    """Counts, sums and names that SAID is filled with."""
    begun, starts, table = begun_in_rows(told), told["plan"]["starts"], told["regret_open"][0]["blocks"][1]
    sign, late, (often, _) = told["ensemble"][2]["blocks"][0]["rows"][:SIGN], often_late(told), late_of(told)
    assert late == [row for row in sign if starts[row[0]["en"]] >= "2028"]
    some, none = ([row for row in sign if bool(begun.get(row[0]["en"])) is there] for there in (True, False))
    rows, twelve, every = len(table["fields"]) - 1, sum(row[1] for row in sign), facts_of(told["ensemble"][2])
    overhauled = [row for row in sign if f"{row[0]['en']}: overhaul" in begun]
    cells = {row[0]["en"]: row for row in table["rows"]}
    inputs = {row[0]["en"]: row[0][lang] for row in told["sweep"][0]["blocks"][0]["rows"]}
    whole = re.search(r"cost ([\d,]+) bn", told["ensemble"][2]["sentences"][1]["en"])[1].replace(",", "")
    either = {"en": " or ", "ru": " или "}[lang]
    return {
        "late": len(late), "by": max(row[4] for row in late), "all": len(table["rows"]), "none": len(none),
        "least": min(often[row[0]["en"]] for row in late),
        "years": either.join(sorted({str(year) for row in late for year in row[3:5]})),
        "most": shown(max(ends(row[-1])[1] for row in told["regret_open"][0]["blocks"][0]["rows"]), lang),
        "names": ", ".join(row[0][lang] for row in some), "some": len(some),
        "cost": shown(float(round(sum(row[1] for row in none))), lang), "whole": shown(float(whole), lang),
        "twelve": shown(float(round(twelve)), lang), "rest_cost": shown(float(round(float(whole) - twelve)), lang),
        "every": every["To sign now"], "rest": every["To sign now"] - len(sign),
        "marked": ", ".join(row[0][lang] + (f" ({in_rows(number, rows, lang)})" if number < rows else "")
                            for row in some for number in [begun[row[0]["en"]]]),
        "works": inputs["Power plants built late"], "way": inputs["Late on the way"],
        "open": len(overhauled), "over": ", ".join(row[0][lang] for row in overhauled),
        "costs": "; ".join(shown(row[1], lang) for row in overhauled),
        "overhauls": ", ".join(f"{row[0][lang]} {in_rows(begun[row[0]['en'] + ': overhaul'], rows, lang)}"
                               for row in overhauled),
        "partly": "; ".join(PARTLY[lang].format(
            name=row[0][lang], often=shown(row[2], lang), until=row[4], start=quarter(starts[row[0]["en"]], lang),
            rows=quoted(heads_of(table, cells[row[0]["en"]], 1, lang), lang))
            for row in some if begun[row[0]["en"]] < rows)}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_page_says_which_works_the_regret_is_of(told, lang):
    """Counts, sums and names of both tables: what the plan begins later than the draws, what no row of regret begins
    early, and what its rows begin in another variant."""
    page = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    slots = of_both_tables(told, lang)
    said = [one.format(**slots).replace("\u00a0", " ") for one in SAID[lang]]
    assert [one for one in said if one not in page] == []


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


MONEY = {
    "en": ("at most {most} bn KZT above the best start for it",
           "the early\n  decisions for the base cost up to {base} bn KZT more than the best",
           "cost {open_japan} and {open_budget} bn KZT more than the best where it comes after all, with the amounts "
           "open; {fixed_japan} and {fixed_budget} with them fixed"),
    "ru": ("не более чем на {most} млрд тенге выше лучшего начала для него",
           "обходятся до {base} млрд тенге дороже лучших",
           "там, где они всё же приходят, дороже лучших на {open_japan} и {open_budget} млрд тенге, если суммы "
           "открыты, и на {fixed_japan} и {fixed_budget}, если закреплены")}
"""What the short answers say of money in both tables of regret."""


def money_of(told, lang):
    """The largest of all rows with the amounts open, of the base (where construction is dearer) with them fixed, and of
    the two rows that know of less money where the base comes: the upper ends."""
    upper = {key: {row[0]["en"]: [ends(cell)[1] for cell in row[1:]] for row in told[key][0]["blocks"][0]["rows"]}
             for key in ("regret", "regret_open")}
    heads = [field["head"]["en"] for field in told["regret"][0]["blocks"][0]["fields"][1:]]
    base = dict(zip(heads, upper["regret"]["Base"], strict=True))
    assert base["Construction costs +25 %"] == base["largest"]
    figures = {"most": max(row[-1] for row in upper["regret_open"].values()), "base": base["largest"]}
    for key, name in (("regret_open", "open"), ("regret", "fixed")):
        for row, of in (("No Japanese money", "japan"), ("Budget -20 %", "budget")):
            figures[f"{name}_{of}"] = upper[key][row][heads.index("Base")]
    return {name: shown(value, lang) for name, value in figures.items()}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_advice_on_money_is_that_of_the_tables(told, lang):
    """MONEY, and that decisions for less money are nearly right: their largest there is below a hundredth of what the
    plan costs."""
    page = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    figures = money_of(told, lang)
    assert [one for one in MONEY[lang] if one.format(**figures).replace("\u00a0", " ") not in page] == []
    middle = next(row[2] for row in told["ensemble"][0]["blocks"][0]["rows"]
                  if row[0]["en"].startswith("what the plan costs"))
    assert all(float(value) < middle / 100 for name, value in money_of(told, "en").items() if "_" in name)


def test_nearly_all_regret_with_fixed_amounts_is_money(told):
    """With the amounts open not a tenth of it is left."""
    fixed, opened = (facts_of(told[key][0])["Least largest regret"] for key in ("regret", "regret_open"))
    assert opened < fixed / 10
