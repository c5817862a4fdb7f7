"""The guide's page on what to sign now (``sign-now.md``) and the results it quotes (docs/guide/uncertainty.json, pages
of the commands as they keep them): tables as the page shows them, and what several of its tests read."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
SIGN, DRIVERS, STARTS, HALF = 12, 10, 8, 50
"""Rows that the page shows of the table of what to sign, of drivers, and of starts that hang on the future decided
for; from how many of 100 futures on it calls works late."""


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
    """Works that end after the last year as the plan stands, by name: in how many of 100 futures; and what is said of
    the others: in no more than the least of these where the results name the first ones alone, else in none."""
    block = next(block for block in told["ensemble"][0]["blocks"]
                 if block["head"]["en"].startswith("Works that end after 2030"))
    late = {row[0]["en"]: row[1] for row in block["rows"]}
    return late, min(late.values()) if block.get("notes") else 0


def often_late(told):
    """Of the table of what to sign, in its order: works that end too late in most futures."""
    late, _ = late_of(told)
    return [row for row in told["ensemble"][2]["blocks"][0]["rows"][:SIGN] if late.get(row[0]["en"], 0) > HALF]


def begun_in_rows(told):
    """By facility (or variant): in how many rows of the table of regret with the amounts open it is begun early."""
    return {row[0]["en"]: sum(shown(cell, "en") != "–" for cell in row[1:])
            for row in told["regret_open"][0]["blocks"][1]["rows"]}


def quarter(start, lang):
    return start if lang == "en" else f"{start[-1]} кв. {start[:4]}"


def marked(told, lang):
    """The rows of what to sign, each with how often its works end too late, when the plan begins it and how many rows
    of regret begin it early."""
    (late, others), (sign, *_), begun = late_of(told), told["ensemble"][2]["blocks"], begun_in_rows(told)
    up_to = {"en": "up to", "ru": "до"}[lang]
    cells = []
    for name in (row[0]["en"] for row in sign["rows"][:SIGN]):
        often = shown(late[name], lang) if name in late else f"{up_to} {others:.0f}" if others else "0"
        cells.append(f"{often} | {quarter(told['plan']['starts'][name], lang)} | {begun.get(name, 0)}")
    return [f"{line} {cell} |" for line, cell in zip(lines(sign, lang)[:SIGN], cells, strict=True)]


def facts_of(page):
    return {fact["label"]["en"]: fact["value"] for fact in page["figures"]}


def results():
    """What the page quotes."""
    return json.loads((GUIDE / "uncertainty.json").read_text(encoding="utf-8"))


LINE = {"en": "{} of {} facilities, {} of {} km, {} bn KZT; {} of {} target rows missed",
        "ru": "объектов: {} из {}, {} из {} км, {} млрд тенге; не выполнено строк целей: {} из {}"}


def line_now():
    """The last line of the plan of the shipped case, as the guide to a first plan says it (whose figures are held by a
    plan): it moves with inputs, and with what the program makes of them. Inputs alone that move no plan, ranges of what
    is not known say, are asked by the tornado (below)."""
    words = (GUIDE / "en" / "first-plan.md").read_text(encoding="utf-8")
    found = re.search(LINE["en"].replace("{}", r"([\d,]+)"), words)
    return [int(one.replace(",", "")) for one in found.groups()]


def ends(cell):
    """Both ends of an interval in a table of regret."""
    found = [float(one.replace(",", "")) for one in re.findall(r"[\d,.]+", cell["en"])] if isinstance(cell,
        dict) else [float(cell)]
    return found[0], found[-1]


IN_ROWS = {"en": ("in one row of {}", "in {} rows of {}"), "ru": ("в одной строке из {}", "в {} строках из {}")}


def quoted(heads, lang):
    return ", ".join(f"“{head}”" if lang == "en" else f"«{head}»" for head in heads)


def in_rows(number, of, lang):
    one, several = IN_ROWS[lang]
    return one.format(of) if number == 1 else several.format(number, of)


def heads_of(table, cells, begin, lang):
    """Heads of the columns, from column ``begin`` on, where a row of a table of regret has something."""
    return [field["head"][lang] for field, cell in zip(table["fields"][begin:], cells[begin:], strict=True)
            if cell and shown(cell, "en") != "–"]
