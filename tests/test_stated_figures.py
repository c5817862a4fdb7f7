"""Figures of the shipped case that documents state: cells against the workbook, results against a plan of it, where one was made."""

import json
import re
from pathlib import Path

import pytest

from jaryq.api.hashes import input_hash
from jaryq.workbook.read import read

ROOT = Path(__file__).parents[1]
CASE, PLAN = ROOT / "inputs" / "kazakhstan.xlsx", ROOT / "outputs" / "kazakhstan" / "base"
GUIDE = {lang: ROOT / "docs" / "guide" / lang for lang in ("en", "ru")}
HEADLINE = {"en": r"([\d,]+) of ([\d,]+) facilities, ([\d,]+) of ([\d,]+) km, ([\d,]+) bn KZT; (\d+) of (\d+) target rows",
            "ru": r"объектов: (\d+) из (\d+), ([\d ]+) из ([\d ]+) км, ([\d ]+) млрд тенге; не выполнено строк целей: (\d+) из (\d+)"}
NEAR = 5e-3
"""Of money: two machines may end the search of whole facilities at plans that differ by less than it was asked to tell apart."""


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
    """A row added under the targets has the next row; F020 is committed on progress; T-km is the first target."""
    tables, _ = read(CASE)
    page = (GUIDE[lang] / "no-plan.md").read_text(encoding="utf-8")
    targets, progress = tables["targets"], tables["progress"]
    of = {row["target"]: number for number, (_, row) in zip(targets.rows, targets.records(), strict=True)}
    works = {row["project"]: number for number, (_, row) in zip(progress.rows, progress.records(), strict=True)}
    value, status = targets.columns["value"], progress.columns["status"]
    assert f"T-cap: 7,000 -> 7,179.48 bn KZT (targets!{value}{max(of.values()) + 1})".replace("bn KZT", {"en": "bn KZT", "ru": "млрд тенге"}[lang]) in page
    assert f"(targets!{value}{of['T-km']})" in page
    assert f"F020 (progress!{status}{works['F020']})" in page


def test_results_in_documents_are_those_of_the_plan():
    """Made by `run.py` without arguments; where there is none of this workbook, nothing is compared."""
    if not (PLAN / "summary.json").is_file() or not (PLAN / "manifest.json").is_file():
        pytest.skip("the shipped case has not been planned here")
    made, manifest = (json.loads((PLAN / name).read_text(encoding="utf-8")) for name in ("summary.json", "manifest.json"))
    if manifest["input_sha256"] != input_hash(CASE) or manifest["scenario"] != "base":
        pytest.skip("the plan here is not one of the shipped case as it is")
    kpi, (done, facilities, km, scope, spent, missed, asked) = made["kpi"], numbers("en")
    assert (done, facilities) == (kpi["facilities_completed"], kpi["facilities_in_scope"])
    assert (km, scope) == pytest.approx((kpi["km_renewed"], kpi["km_in_scope"]), abs=0.5)
    assert spent == pytest.approx(kpi["spend_bn_kzt"], rel=NEAR)
    assert purse() == pytest.approx(made["objective"]["value_bn_kzt"], rel=NEAR)
    assert asked == len(made["targets"])
    assert missed == pytest.approx(sum(target["shortfall"] > 1e-6 for target in made["targets"]), abs=2)
