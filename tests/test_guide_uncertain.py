"""What to sign now, what to leave open: figures of the guide's page are those of the results it quotes, in both
languages; and those of a run here, where there is one of as many draws. Of regret: ``test_guide_regret``."""

import csv
import json
import re

import openpyxl
import pytest

from tests.sign_now import (
    DRIVERS,
    GUIDE,
    LINE,
    ROOT,
    SIGN,
    STARTS,
    facts_of,
    late_of,
    line_now,
    lines,
    marked,
    often_late,
    results,
    shown,
    with_digits,
)

RUN = ROOT / "outputs" / "kazakhstan" / "base" / "uncertainty" / "uncertainty.json"


@pytest.fixture(scope="module")
def told():
    return results()


RUNS_OF = {
    "en": ("The runs of this page are of 29 November 2026 and of the case as it is shipped (its plan: {line}).",
           "The runs of this page are of 29 November 2026 and of the case as it then was (its plan: {line}), not as it "
           "is shipped now."),
    "ru": ("Прогоны этой страницы сделаны 29 ноября 2026 года на данных в том виде, в каком они поставляются "
           "(их план - {line}).",
           "Прогоны этой страницы сделаны 29 ноября 2026 года на данных того дня (их план - {line}), а не на "
           "нынешних.")}
"""What the first paragraph begins with: where the case is the one of the runs, and where it has moved since."""

EARLIER = {"en": "Of the same day and of the case before (its plan: {line}), with what is said of them, are still: "
                 "{pages}.",
           "ru": "Того же дня, но на данных до этого (их план - {line}), как и всё сказанное о них, пока: {pages}."}
NAMES = {"regret_open": {"en": "the table of regret with the amounts open",
                         "ru": "таблица сожаления с открытыми суммами"}}
"""Of runs that were not made anew with the others, where there are any: of which case they are, and what of the
page."""


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_page_begins_with_the_case_that_its_runs_are_of(told, lang):
    """The case is told by the line of its plan, the day by the date of the results."""
    first = (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8").split("\n\n")[1].replace("\u00a0", " ")
    earlier = told["of"].get("earlier", {"line": [0] * len(told["of"]["line"]), "pages": []})
    line, before = (LINE[lang].format(*(shown(one, lang) for one in of)).replace("\u00a0", " ")
                    for of in (told["of"]["line"], earlier["line"]))
    assert told["of"]["date"] == "2026-11-29"
    moved = told["of"]["line"] != line_now()
    assert first.startswith(RUNS_OF[lang][moved].format(line=line))
    pages = ", ".join(NAMES[page][lang] for page in earlier["pages"])
    assert (EARLIER[lang].format(line=before, pages=pages) in first) is bool(pages)
    assert (EARLIER[lang].partition("(")[0] in first) is bool(pages)
    assert earlier["line"] != told["of"]["line"]


def ends_of_range(row):
    """P10 and P90 of a row of the sheet uncertainty: what a lognormal range states, of a triangle by its area; None for
    what comes or stays away and for whole months."""
    if row["distribution"] == "lognormal":
        return [float(row["low"]), float(row["high"])]
    if row["distribution"] != "triangular":
        return None
    low, likely, high = (float(row[end]) for end in ("low", "likely", "high"))
    left = (likely - low) / (high - low)
    return [low + (share * (high - low) * (likely - low)) ** 0.5 if share < left
            else high - ((1 - share) * (high - low) * (high - likely)) ** 0.5 for share in (0.1, 0.9)]


def test_the_tornado_is_of_the_ranges_of_the_case(told):
    """Every input that the shipped case calls uncertain, at the ends of its range."""
    with (ROOT / "inputs" / "kazakhstan" / "uncertainty.csv").open(encoding="utf-8", newline="") as file:
        ranges = {row["name"]: ends_of_range(row) for row in csv.DictReader(file)}
    swept = {row[0]["en"]: row[1:3] for row in told["sweep"][0]["blocks"][0]["rows"]}
    assert swept.keys() == ranges.keys()
    known = {name: ends for name, ends in ranges.items() if ends}
    assert len(known) > len(ranges) / 2
    for lang, said in (("en", f"{len(ranges)} inputs"), ("ru", f"{len(ranges)} данных")):
        assert said in (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8")
    for name, ends in known.items():
        seen = [float(one["en"] if isinstance(one, dict) else one) for one in swept[name]]
        assert seen == pytest.approx(ends, rel=1e-3, abs=1e-3), name


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
        assert shown(value, lang).replace("\u00a0", " ") in page.replace("\u00a0", " ")


@pytest.mark.parametrize(("lang", "begins"), [("en", "Begun as the plan says, {late} of these {shown} end after 2030 "
                                                     "in at least {least:.0f} of 100 futures"),
                                             ("ru", "При началах по плану {late} из этих {shown} не менее чем в "
                                                    "{least:.0f} из 100 вариантов кончаются после 2030 года")])
def test_what_is_signed_and_ends_too_late_is_named(told, lang, begins):
    """Those of the table that the results call late in most futures, in the order of the table."""
    mine, (late, _) = [row[0] for row in often_late(told)], late_of(told)
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
    assert told["ensemble"][2]["sentences"][0]["en"].startswith("Of 249 facilities ")


def test_starts_of_the_plan_are_those_of_a_plan_here(told):
    """Of the facilities that the page shows, and what is signed of the loans of Japan, where its runs are of the case
    as it is."""
    if told["of"]["line"] != line_now():
        pytest.skip("the runs are of an earlier case, as the page says")
    path = ROOT / "outputs" / "kazakhstan" / "base" / "plan.xlsx"
    if not path.is_file():
        pytest.skip("the shipped case has not been planned here")
    sheet = openpyxl.load_workbook(path, read_only=True)["facilities"]
    begun = {row[1]: row[5] for row in sheet.iter_rows(values_only=True)}
    assert {name: str(begun[name]).replace("Q", " Q") for name in told["plan"]["starts"]} == told["plan"]["starts"]
    _, _, heads, *loans = openpyxl.load_workbook(path, read_only=True)["loans"].iter_rows(values_only=True)
    name, signed, year = (heads.index(head) for head in ("Name", "Signed", "Year of signing"))
    in_plan = {row[name]: row for row in loans}
    for loan, (amount, when) in told["plan"]["signed"].items():
        assert (in_plan[loan][signed], in_plan[loan][year]) == (pytest.approx(amount), when)


def test_a_run_here_says_the_same(told):
    """The least regret within a twentieth (searches end by their effort), the middle of cost and the count of what is
    taken whatever comes likewise."""
    if not RUN.is_file():
        pytest.skip("the shipped case has not been asked of its futures here")
    pages = json.loads(RUN.read_text(encoding="utf-8"))["pages"]
    same = told["of"]["line"] == line_now()
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


BESIDE = {
    "en": "“{name}” stands low by its width ({width}), but costs {low} and {high} less than the middle at its low and "
          "its high value.",
    "ru": "«{name}» по размаху ({width}) внизу, но при низком и при высоком значении стоит на {low} и {high} меньше, "
          "чем в середине."}
"""What is said of the input whose width says little."""


def beside_of(told, lang):
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
    assert top[3] < middle
    return BESIDE[lang].format(name=top[0][lang], width=shown(top[5], lang),
                               low=shown(float(round(middle - top[3])), lang),
                               high=shown(float(round(middle - top[4])), lang))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_input_whose_width_says_little_is_named(told, lang):
    assert beside_of(told, lang) in (GUIDE / lang / "sign-now.md").read_text(encoding="utf-8")
