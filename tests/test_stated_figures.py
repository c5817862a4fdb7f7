"""Figures of the shipped case that documents state: cells against the workbook, results against a plan of it, where one
was made."""

import csv
import json
import re
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jaryq.api.accepted import accept
from jaryq.api.hashes import input_hash
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.commands.cli import main
from jaryq.commands.verify import open_plan, stored_plan
from jaryq.factors.calibration import computed, inside
from jaryq.factors.derive import derive
from jaryq.workbook.read import read

ROOT = Path(__file__).parents[1]
CASE, PLAN = ROOT / "inputs" / "kazakhstan.xlsx", ROOT / "outputs" / "kazakhstan" / "base"
GUIDE = {lang: ROOT / "docs" / "guide" / lang for lang in ("en", "ru")}
HEADLINE = {"en": r"([\d,]+) of ([\d,]+) facilities, ([\d,]+) of ([\d,]+) km, ([\d,]+) bn KZT; (\d+) of (\d+) target "
                  r"rows",
            "ru": r"объектов: (\d+) из (\d+), ([\d ]+) из ([\d ]+) км, ([\d ]+) млрд тенге; не выполнено строк целей: "
                  r"(\d+) из (\d+)"}
NEAR = 5e-3
"""Of money: two machines may end the search of whole facilities at plans that differ by less than it was asked to tell
apart."""


def numbers(lang):
    """What the headline of the guide says."""
    found = re.search(HEADLINE[lang], (GUIDE[lang] / "first-plan.md").read_text(encoding="utf-8"))
    assert found is not None
    return [int(re.sub(r"[ ,]", "", one)) for one in found.groups()]


def purse():
    """The last value of the purse that the changelog tells, of the first entry under Results."""
    results = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("### Results")[1]
    found = re.search(r"value of the purse (-?[\d,.]+) to (-[\d,.]+\d)", " ".join(results.split()))
    assert found is not None
    return float(found[2].replace(",", ""))


def test_both_guides_give_the_same_headline():
    assert numbers("en") == numbers("ru")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_cells_named_on_the_page_of_conflicts_are_those_of_the_workbook(lang):
    """A row added under the targets has the next row; F040 is started on progress; T-km is the first target."""
    tables, _ = read(CASE)
    page = (GUIDE[lang] / "no-plan.md").read_text(encoding="utf-8")
    targets, progress = tables["targets"], tables["progress"]
    of = {row["target"]: number for number, (_, row) in zip(targets.rows, targets.records(), strict=True)}
    works = {row["project"]: number for number, (_, row) in zip(progress.rows, progress.records(), strict=True)}
    value, status = targets.columns["value"], progress.columns["status"]
    repair = {"en": "T-cap: 7,000 -> 7,529.77 bn KZT", "ru": "T-cap: 7 000 -> 7 529,77 млрд тенге"}[lang]
    assert f"{repair} (targets!{value}{max(of.values()) + 1})" in page
    assert f"(targets!{value}{of['T-km']})" in page
    assert f"(F040) (progress!{status}{works['F040']})" in page


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_example_of_arithmetic_is_what_the_case_answers(lang, capsys, tmp_path):
    """The target of facilities made hard, on the page of conflicts: refused before anything is solved."""
    assert main(["plan", str(CASE), "--set", "targets; target=T-facilities; priority; set hard", "--lang", lang,
                 "--out", str(tmp_path / "out")]) == 2
    page = (GUIDE[lang] / "no-plan.md").read_text(encoding="utf-8")
    line = next(line for line in page.splitlines() if line.startswith("targets!"))
    said = capsys.readouterr()
    assert line in said.out + said.err


def test_results_in_documents_are_those_of_the_plan():
    """Made by `run.py` without arguments; where there is none of this workbook, nothing is compared."""
    if not (PLAN / "summary.json").is_file() or not (PLAN / "manifest.json").is_file():
        pytest.skip("the shipped case has not been planned here")
    made, manifest = (json.loads((PLAN / name).read_text(encoding="utf-8"))
                      for name in ("summary.json", "manifest.json"))
    if manifest["input_sha256"] != input_hash(CASE) or manifest["scenario"] != "base":
        pytest.skip("the plan here is not one of the shipped case as it is")
    kpi, (done, facilities, km, scope, spent, missed, asked) = made["kpi"], numbers("en")
    assert (done, facilities) == (kpi["facilities_completed"], kpi["facilities_in_scope"])
    assert (km, scope) == pytest.approx((kpi["km_renewed"], kpi["km_in_scope"]), abs=0.5)
    assert spent == pytest.approx(kpi["spend_bn_kzt"], rel=NEAR)
    assert purse() == pytest.approx(made["objective"]["value_bn_kzt"], rel=NEAR)
    assert asked == len(made["targets"])
    assert missed == pytest.approx(sum(target["shortfall"] > 1e-6 for target in made["targets"]), abs=2)
    rows = sum(target["shortfall"] > 1e-6 and target["target"].startswith("T-") for target in made["targets"])
    assert f"missed nine rows ({['seven', 'eight', 'nine'][rows - 7]} now)" in (ROOT / "docs" / "why.md").read_text(
        encoding="utf-8")


def test_what_benefits_rest_on_is_said_as_it_is():
    """What is left of the case: more than nine tenths of the benefits are at a sourced value, all quantities and seven
    tenths of the avoided risk, which is a fifth of the benefits; of two fifths the amounts are published too."""
    case, _, _ = planned()
    made = json.loads((PLAN / "summary.json").read_text(encoding="utf-8"))
    kinds = made["benefits_bn_kzt"]
    whole = sum(kinds.values()) - kinds["residual"]
    valued = (made["benefits_sourced"] * whole - kinds["quantities"]) / kinds["risk_avoided"]
    assert 0.65 < valued < 0.75
    assert made["benefits_sourced"] > 0.9
    assert 0.35 < made["benefits_published"] < 0.45
    assert 0.15 < kinds["risk_avoided"] / whole < 0.25
    left = (ROOT / "docs" / "left-of-the-case.md").read_text(encoding="utf-8")
    assert "(some two fifths do; more than nine tenths are at a sourced value)" in left
    assert "All avoided risk, a fifth of the benefits, rests on estimates" in left
    tables, _ = read(CASE)
    page = next(row for _, row in tables["sources_and_method"].records() if row["topic"] == "savings")
    assert "more than nine tenths of the benefits are at a sourced value: all quantities that are valued, and seven " \
        "tenths of the avoided risk" in page["text"]
    assert "Some two fifths of the benefits rest on published figures in both" in page["text"]
    assert "более девяти десятых выгод оценены по цене из источника" in page["text_ru"]
    assert "цена, и объём примерно двух пятых выгод" in page["text_ru"]
    assert all(q.data_status in ("reported", "derived") for q in case.quantities.values() if q.valued)


def planned():
    """Case and decisions of a plan of the shipped case as it is; the test is left out where there is none."""
    if not (PLAN / "plan.xlsx").is_file() or json.loads(
            (PLAN / "manifest.json").read_text(encoding="utf-8"))["input_sha256"] != input_hash(CASE):
        pytest.skip("the shipped case as it is has not been planned here")
    stored = stored_plan(open_plan(PLAN / "plan.xlsx", everything=True))
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    return accepted.case, accepted.factors.money.exchange, stored.plan


def test_published_figures_inside_their_bands_are_those_of_the_method_page():
    """Each row that counts has something to compare, and these lie outside; the page tells how many are inside, and of
    how many put aside."""
    case, _, plan = planned()
    factors = derive(case)
    computed_of = {row.id: computed(factors, row, plan) for row in case.calibration}
    empty = {key for key, value in computed_of.items() if value is None}
    out = {row.id for row in case.calibration if row.id not in empty and not inside(row, computed_of[row.id])}
    counts = {row.id for row in case.calibration if row.counts} - empty
    assert empty == set()
    assert out & counts == {"heat-almaty", "heat-kostanay", "wear-2026-heat", "wear-2026-water", "wear-2026-sewer",
                            "cost-heat-almaty", "cost-heat-karaganda", "accidents-20"}
    assert [row.id for row in case.calibration if bool(row.why) != (row.id in out or not row.counts)] == []
    with (ROOT / "inputs" / "choices" / "calibration.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["row"]: row["kind"] for row in csv.DictReader(file)}
    within, aside = counts - out, {row.id for row in case.calibration if not row.counts}
    tables, _ = read(CASE)
    page = next(row["text"] for _, row in tables["sources_and_method"].records() if row["topic"] == "calibration")
    assert f"Inside are {len(within)} of {len(counts)} ({len(within) / len(counts):.0%})".replace("%", " %") in page
    assert f"with another source, {sum(kinds[key] == 'output' for key in within)}." in page
    assert f"Of the {len(aside)} rows put aside {len(aside - out)} lie inside and {len(aside & out)} outside" in page
    entered = {"km-pavlodar-2026", "km-water-ulytau", "cost-water-ulytau", "failures-water", "violations-pavlodar",
               "violations-east", "wear-heat-kostanay"}
    entered_inside = {"wear-heat-kyzylorda", "wear-power-kyzylorda", "wear-power-pavlodar", "wear-water-abai",
                      "wear-water-east"}
    assert entered | entered_inside <= aside
    assert f"With these twelve {len(within | entered_inside)} of {len(counts | entered | entered_inside)} would lie " \
        "inside" in page
    left = (ROOT / "docs" / "left-of-the-case.md").read_text(encoding="utf-8")
    assert f"({len(out & counts)} of the {len(counts)} that are compared" in left
    assert f"{len(within) / len(counts):.0%} of {len(counts)} are)".replace("%", " %") in left
    assert f"nothing can be compared with ({len(aside)}," in left
    assert f"{computed_of['accidents-20']:.1f} % fewer in 2029 than without the plan, 20 published" in page
    assert f"take off {computed_of['heat-kostanay']:.1f} points, 2 as published" in page
    assert f"the most worn pipes first, take off {computed_of['heat-almaty']:.1f} points, 1.8 published when" in page


def test_what_is_left_of_the_money_of_japan_is_that_of_the_plan():
    """Signed in the middle of 2027 and paid back in halves of a year from three years later on; what owners pay of a
    work is in its row, and so is when it ends."""
    case, exchange, plan = planned()
    with closing(load_workbook(PLAN / "plan.xlsx", read_only=True)) as book:
        rows = list(book["partner_JP"].iter_rows(values_only=True))
        _, _, heads, *facilities = book["facilities"].iter_rows(values_only=True)
        _, _, dates, *works = book["timetable"].iter_rows(values_only=True)
        loans = list(book["loans"].iter_rows(values_only=True))
    effective = next(str(cell) for row in loans if "JP_JBIC_NEXI" in row
                     for cell, head in zip(row, loans[2], strict=True) if head == "Effective from")
    ends = {row[0]: row[heads.index("Finish")] for row in facilities}
    said = " ".join(str(cell) for row in rows for cell in row if isinstance(cell, str))
    assert "principal is paid back from 2030 Q2 on, before what it finances is in service: Zhambyl GRES, finished " \
        "2030 Q4" in said
    assert "JICA project loan: by the end of 2030 15.08 bn JPY of what is signed are not drawn" in said
    credit = {p for (s, p, _), amount in plan.draw.items() if s == "JP_JBIC_NEXI" and amount > 1e-6}
    own = {p: sum(amount for (s, q, _), amount in plan.draw.items() if q == p and case.sources[s].kind == "own")
           for p in credit}
    bought = {row[1]: tuple(row[dates.index(head)] for head in ("Start", "Procured by", "Works from"))
              for row in works if row[0] in credit}
    assert {case.facilities[p].name for p in credit if own[p] <= 1e-6} == {"MAEK TPP-3"}
    assert {case.facilities[p].name: ends[p] for p in credit if ends[p] != "2030Q4"} == {"Aktobe CHP": "2029Q4"}
    assert sum(drawn(case, exchange, plan, "JP_JBIC_NEXI").values()) == pytest.approx(63.9)
    left = (ROOT / "docs" / "left-of-the-case.md").read_text(encoding="utf-8")
    assert f"the owners of its {['four', 'five', 'six'][len(credit) - 4]} plants" in left
    assert "money of its own (in the plan MAEK does not)" in left
    assert "from 2030 Q2, before five of the plants are in service in 2030 Q4; the Aktobe plant is in 2029 Q4" in left
    assert {name for name, (_, until, works) in bought.items() if until < "2028Q1"} == {"Aktobe CHP"}
    assert bought["Aktobe CHP"] == ("2027Q2", "2027Q4", "2028Q1")
    assert effective == "2028 Q1"
    paid = {p: sum(amount for (s, q, _), amount in plan.draw.items() if q == p and s == "JP_JBIC_NEXI")
            / sum(amount for (_, q, _), amount in plan.draw.items() if q == p) for p in credit}
    assert (min(paid.values()), max(paid.values())) == pytest.approx((0.292, 0.54), abs=5e-5)
    assert {case.facilities[p].name for p in credit if paid[p] >= 0.432} == {"Atyrau CHP", "Aktobe CHP"}
    assert "(here 29.2 to 54 % of their costs; of two of the six, Atyrau and Aktobe CHP, as much as the 43.2 to 60 %" \
        in left
    assert not [y for (s, p, y), amount in plan.draw.items()
                if s == "JP_JBIC_NEXI" and case.project(p).name == "Aktobe CHP" and amount > 1e-6 and y < 2028]
    assert "that of the Aktobe plant is procured from 2027 Q2 to Q4 and paid by others, the loan is in force from " \
        "2028 Q1" in left
    assert "15.08 of the 27.42 bn JPY that JICA signs have no bill by 2030" in left


def drawn(case: Case, exchange, plan: Plan, source: str, contracts: bool | None = None):
    """Draws of a source by year, bn of its currency: all, those for works under contract, or the others."""
    free = {p: not (p in case.facilities and (case.facilities[p].committed or case.facilities[p].started is not None))
            for _, p, _ in plan.draw}
    return {y: sum(amount for (s, p, year), amount in plan.draw.items() if (s, year) == (source, y)
                   and contracts in (None, not free[p])) / exchange[source, y]
            for y in case.settings.years}


def test_no_source_draws_beyond_its_pace_and_money_changes_within_the_ramps():
    """Every source that pays anything has a pace, a ramp, or pays for works under contract alone.

    Pace: a share of the sum for each year since it took effect, straight within a year; signed in the middle of a year.
    Ramp: at most so much more than the year before, what is always allowed, and works under contract on top;
    at least so much of the year before.
    """
    case, exchange, plan = planned()
    years = case.settings.years
    held: dict[str, set[str]] = {"pace": set(), "ramp": set(), "contracts": set()}
    for s, source in case.sources.items():
        use, bound = (drawn(case, exchange, plan, s, which) for which in (None, True))
        whole = sum(use.values())
        if whole <= 1e-9:
            continue
        near = 1e-6 * whole
        if source.pace:
            held["pace"].add(s)
            for y in years:
                since = y + 1 - (source.signing_year + 0.5 + source.effective_months / 12)
                part = sum(share * min(max(since - i, 0.0), 1.0) for i, share in enumerate(source.pace))
                assert sum(use[x] for x in years if x <= y) <= part * source.envelope + near, (s, y)
        if (ramp := source.ramp) is not None:
            held["ramp"].add(s)
            for before, y in zip((None, *years), years, strict=False):
                last = use.get(before, 0.0)
                always = ramp.start if before is None and ramp.start is not None else ramp.least
                assert use[y] <= (1 + ramp.up) * last + always + bound[y] + near, (s, y)
                if ramp.down is not None:
                    assert use[y] >= (1 - ramp.down) * last - near, (s, y)
        if not source.pace and source.ramp is None:
            held["contracts"].add(s)
            assert use == pytest.approx(bound), s
    assert held["pace"]
    assert len(held["ramp"]) >= 10
    assert held["contracts"]


def test_km_of_a_kind_change_within_its_ramp():
    """From the km done in 2025 on: at most a fifth more than in the year before (21.1 %; heat networks nothing) and
    what is always allowed, in the first year what the kind starts with (nothing of it is under contract), and at
    least three quarters of it."""
    case, _, plan = planned()
    years = case.settings.years
    kinds = {k: kind.ramp for k, kind in case.asset_types.items() if kind.ramp is not None}
    assert kinds
    for k, ramp in kinds.items():
        mine = {n: package for n, package in case.packages.items() if package.asset_type == k}
        declared = (0.0, 27.0) if k == "heat_network" else (0.211, 1.0)
        assert (ramp.up, ramp.least) == pytest.approx(declared)
        assert ramp.down == 0.25
        assert (ramp.start is None) is (k == "heat_network")
        assert not any(package.committed for package in mine.values())
        km = {years[0] - 1: sum(package.done.get(years[0] - 1, 0.0) for package in mine.values())}
        km |= {y: sum(amount for (n, t), amount in plan.renew.items() if n in mine and int(t[:4]) == y) for y in years}
        for y in years:
            always = ramp.start if y == years[0] and ramp.start is not None else ramp.least
            assert 0.75 * km[y - 1] - 1e-4 <= km[y] <= (1 + ramp.up) * km[y - 1] + always + 1e-4, (k, y)


def test_classes_of_choices_are_those_of_the_page_on_why():
    """Of an earlier plan the page says that what is decided was confirmed. Another processor may end a search
    elsewhere: a few choices may fall into another class."""
    planned()
    with closing(load_workbook(PLAN / "plan.xlsx", read_only=True)) as book:
        rows = [row for row in book["why"].iter_rows(values_only=True) if row[5] is not None]
    assert rows[0][5] == "Firmness"
    classes = Counter(row[5] for row in rows[1:])
    page = " ".join((ROOT / "docs" / "why.md").read_text(encoding="utf-8").split())
    told = [(key, int(count)) for count, key in re.findall(r"(\d+) \*(always|never|open|undecided)\*", page)]
    stated, before = dict(told[:4]), dict(told[4:])
    assert sum(stated.values()) == classes.total()
    assert all(abs(classes[key] - count) <= 8 for key, count in stated.items()), classes
    found = re.search(r"all (\d+) that are decided are confirmed", page)
    assert found is not None
    assert int(found[1]) == sum(before.values())
