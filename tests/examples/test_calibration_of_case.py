"""Published figures bound to measures of the case: every row is read, speaks of something, and what the case alone
tells is what the tables say."""

import importlib
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from jaryq.case.build import build
from jaryq.case.plan import Plan
from jaryq.factors.calibration import computed
from jaryq.factors.derive import derive
from jaryq.rules.calibration import calibration_is_meant, calibration_speaks_of_something, calibration_without_a_plan
from jaryq.tables.tables import Table
from jaryq.tables.typed import typed
from jaryq.workbook.read import read

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def rows():
    """The rows that the builder makes, and all rows of the table."""
    sys.path.insert(0, str(INPUTS))
    module, facts = (importlib.import_module(f"kazakhstan_builder.{name}") for name in ("calibration", "facts"))
    known = facts.Facts.read(INPUTS)
    networks = [row for _, row in shipped()["networks"].records()]
    yield module.calibration(known, networks), known.choices["calibration"]
    sys.path.remove(str(INPUTS))


def shipped():
    tables, issues = read(INPUTS / "kazakhstan.xlsx")
    assert issues == []
    return tables


@pytest.fixture(scope="module")
def case(rows):
    """The shipped case with the rows but those on quantities that it does not have yet, and its typed tables."""
    there = {row["quantity"] for _, row in shipped()["quantities"].records()}
    mine = [row for row in rows[0] if row["quantity"] is None or row["quantity"] in there]
    tables, issues = typed(shipped().with_sheet(Table.of("calibration", mine)))
    assert [issue for issue in issues if issue.severity == "stop"] == []
    return build(tables, "base"), tables


def test_each_row_is_bound_or_says_why_not(rows):
    made, every = rows
    assert len(every) == 91
    for row in every:
        assert bool(row["measure"]) != bool(row["unbound"]), row["row"]
        assert bool(row["measure"]) == bool(row["of"]), row["row"]
        assert bool(row["aside"]) == bool(row["aside_ru"]), row["row"]
        assert bool(row["measure"]) or not row["aside"], row["row"]
    assert sum(bool(row["measure"]) for row in every) == len(made) == 71  # as inputs/README.md says


def counted(rows):
    """Rows that compare like with like, by key."""
    return {row["calibration"]: row for row in rows[0] if row["counts"]}


def test_as_many_rows_count_as_are_told(rows):
    """Those that are no more than one entered figure against another source are told apart: losses, the length and the
    costs of heat networks. Lengths and wears that were compared until they were entered count no more."""
    kinds = {row["row"]: row["kind"] for row in rows[1]}
    entered = {key for key in counted(rows) if kinds[key] == "input"}
    assert entered == {"loss-power", "length-heat", "cost-heat-almaty", "cost-heat-karaganda"}
    told(f"holds {len(counted(rows))} published figures that compare like with like",
         f"All {len(counted(rows))} are compared with what the case and its plan give",
         f"It shows {71 - len(counted(rows))} more",
         f"of the {len(counted(rows)) - len(entered)} that compare more than one")


def test_the_figure_of_a_row_that_counts_is_entered_nowhere_else(rows, case):
    """No other table of choices names it, and `check` finds that none is asked by a target or given by the case
    exactly. Of rows put aside some are found: 974 bn are a ceiling."""
    others = "".join(path.read_text(encoding="utf-8") for path in sorted((INPUTS / "choices").glob("*.csv"))
                     if path.stem != "calibration")
    entered = {row["row"] for row in rows[1] if row["measure"] and row["published"].startswith("{")
               and row["published"].strip("{}") in others}
    assert entered & set(counted(rows)) == set()
    assert "money-2026" in entered
    built, tables = case
    assert [issue for issue in calibration_without_a_plan(tables, derive(built))
            if issue.code == "calibration_repeats"] == []


def test_money_of_kilometres_is_of_one_kind(rows):
    """Else the mix of kinds is compared, which no source tells. Five rows put aside have several kinds, so the test can
    fail."""
    def kinds(row):
        named = [part for part in str(row["per_filter"]).split("; ") if part.startswith("type=")]
        return len(named[0].removeprefix("type=").split("|")) if named and "*" not in named[0] else 99
    def money(row):
        return row["per"] in ("km", "scope") and row["measure"] in ("spend", "spend_real", "cost")
    assert {key for key, row in counted(rows).items() if money(row) and kinds(row) != 1} == set()
    assert {row["calibration"] for row in rows[0] if money(row) and kinds(row) != 1} == {"money-north",
        "money-shymkent", "money-karaganda", "money-pavlodar-2026", "cost-lines"}


def test_a_band_that_counts_is_not_more_than_twofold(rows):
    """A year apart: a year to each side."""
    wide = {row["calibration"] for row in rows[0] if row["least"] is not None and row["most"] > 2 * row["least"]}
    assert wide & set(counted(rows)) == set()
    assert wide == {"km-220", "loss-heat"}


def test_statements_on_one_cost_that_tell_no_band_do_not_count(rows):
    """What a km of heat networks costs in the country was told five times in three years. In money of 2025 the dearest
    is more than twice the cheapest, so by the rule none is a row of its own and their spread is no band."""
    five = {"cost-heat-2025", "cost-heat-need", "cost-heat-2023", "cost-heat-2024", "cost-heat-plan-2024"}
    a_km = [row["published"] / row["times"] * 1000 for row in rows[0] if row["calibration"] in five]
    assert max(a_km) > 2 * min(a_km)
    for row in rows[0]:
        if row["calibration"] in five:
            assert not row["counts"]
            assert f"{min(a_km):.0f} to {max(a_km):.0f} mn KZT" in row["why"]


def test_rows_of_another_time_do_not_count(rows):
    """Wears of 2020 and a length of 2012; those that count are of 2022 and after."""
    source = {row["row"]: row["source"] for row in rows[1]}
    early = {row["calibration"] for row in rows[0] if any(f"|{year}|" in source[row["calibration"]]
                                                         for year in range(2005, 2022))}
    assert early & set(counted(rows)) == set()
    assert {"wear-power-kostanay", "wear-power-mangystau", "wear-power-zhambyl", "length-water-north"} <= early


def test_rows_that_follow_from_inputs_do_not_count(rows):
    """Losses of heat and water, failures of CHPs, of water networks and of lines, the deficit of 2026 (peak less what
    is available) and its energy, km of 2026, of Pavlodar and of Ulytau (targets) and the money of the last, costs of
    coal plants and of lines, lengths that are entered, their total, and what one of them was derived from; wears that
    are entered, and levels that follow from them."""
    asides = {row["calibration"]: row["why"] for row in rows[0] if not row["counts"]}
    assert {key for key, why in asides.items() if why.startswith("Repeats ")} == {
        "loss-heat", "loss-water-almaty", "chp-failures", "deficit-2026", "not-supplied", "km-2026", "cost-coal",
        "cost-lines", "km-pavlodar-2026", "km-water-ulytau", "cost-water-ulytau", "failures-water",
        "violations-pavlodar", "violations-east", "need-water-almaty", "length-heat-kostanay",
        "length-heat-almaty-region", "length-water-astana", "length-sewer-astana",
        "length-pipes", "wear-heat-kostanay", "wear-heat-kyzylorda", "wear-power-kyzylorda", "wear-power-pavlodar",
        "wear-water-abai", "wear-water-east", "wear-pipes", "wear-pipes-karaganda", "wear-all-pavlodar"}


def test_each_unit_has_russian_words(rows):
    made, _ = rows
    assert [row["calibration"] for row in made if bool(row["as_unit"]) != bool(row["as_unit_ru"])] == []


def test_each_row_is_meant(case):
    _, tables = case
    assert list(calibration_is_meant(tables)) == []


def test_each_row_speaks_of_something(case):
    """But for balances, which the shipped case may not have yet."""
    built, tables = case
    without = {"filter": "area=Kazakhstan"} if not built.balances else {}
    found = [issue for issue in calibration_speaks_of_something(tables, derive(built))
             if issue.value != without.get("filter")]
    assert found == []


def test_what_the_case_alone_tells(case):
    """Losses, added up here from the sheets."""
    built, tables = case
    factors = derive(built)
    value = {row.id: computed(factors, row, Plan()) for row in built.calibration if row.of_case}
    networks = [row for _, row in tables["networks"].records()]

    def lost(sector, times):
        lengths = ((row["km_total"] or row["km"]) * (row["losses"] or 0.0) for row in networks
                   if row["asset_type"].startswith(sector))
        return times * sum(lengths)
    assert value["loss-power"] == pytest.approx(lost("line", 1e-6))
    assert value["loss-heat"] == pytest.approx(lost("heat", 1e-3))


def method():
    return next(row["text"] for _, row in shipped()["sources_and_method"].records() if row["topic"] == "calibration")


def told(*sentences):
    """Each sentence stands on the method page, with these numbers in it."""
    text = method()
    assert [one for one in sentences if one not in text] == []


def test_why_wear_lies_outside(case):
    """Of heat networks: the share renewed in 2025, what it takes off at the wear of the worst band, and what a year
    adds to the rest. Of the others: km that the published points need at least, since a km takes off its wear at
    most."""
    worst = [package for key, package in case[0].packages.items() if key.endswith("-heat-worst")]
    band = sum(package.km_total * package.wear for package in worst) / sum(package.km_total for package in worst)
    part = 323 / 14_000
    told(f"323 km of 2025 are {part:.1%} of 14,000 km".replace("%", " %"),
         f"at the {band:.0%} of the worst band".replace("%", " %"), f"take off {100 * part * band:.1f} points",
         f"A life of {worst[0].life:.0f} years adds {100 / worst[0].life:.0f} a year",
         f"14,000 km, {14_000 / 470_000:.0%} of the lines".replace("%", " %"))
    why = {row.id: row.why for row in case[0].calibration}
    length = {kind: sum(package.km_total for package in case[0].packages.values() if package.asset_type == kind)
              for kind in ("water_network", "sewer_network")}
    assert (
        f"2 points need at least {0.02 * length['water_network']:,.0f} of {length['water_network']:,.0f} km"
        in why["wear-2026-water"])
    assert (
        f"6 points need at least 6 % of the length, {0.06 * length['sewer_network']:,.0f} km here"
        in why["wear-2026-sewer"])
    for words, of in (("more than two fifths of the 4,700", 0.02 * length["water_network"] / 4700 - 0.4),
                      ("almost two fifths of the 2,600", 0.4 - 0.06 * length["sewer_network"] / 2600)):
        assert 0 < of < 0.06
        assert sum(words in text for text in why.values()) == 1


def test_the_worst_heat_networks_are_those_published(case):
    """1,600 km are worn by 75 % and more: 87.5 % in the middle; with the rest of what is due they keep 7,000 km and the
    mean of 50 %."""
    heat = {key: package for key, package in case[0].packages.items() if package.asset_type == "heat_network"}
    worst = [package for key, package in heat.items() if key.endswith("-worst")]
    assert sum(package.km_total for package in worst) == pytest.approx(1600, abs=10)
    assert {package.wear for package in worst} == {0.875}
    assert sum(package.km_total for key, package in heat.items() if not key.endswith("-fair")) == pytest.approx(7000,
        abs=20)


def test_why_costs_and_lengths_lie_outside(case):
    """Published money over published km beside what a km costs in the case; what local authorities say of all water
    networks, which the case has within a fifth."""
    packages = case[0].packages.values()
    costs = {package.asset_type: package.unit_cost * 1000 for package in packages}
    water = sum(package.km_total for package in packages if package.asset_type == "water_network")
    assert water == pytest.approx(98_000, rel=0.2)
    told(f"a km of heat networks costs {costs['heat_network'] + 1e-6:.0f} mn KZT, the budget of the programme, "
         f"{12_980 / 39:.0f} in the works of a year in Almaty, {34_600 / 20.35:,.0f} in Karaganda",
         f"({129_400 / 323:.0f} to {109_500 / 133 * 1.0775 * 1.1138:.0f} mn KZT in money of 2025",
         "of water networks in the country (98,000 km by local authorities in 2023)")
    why = next(row.why for row in case[0].calibration if row.id == "heat-kostanay")
    money = next(-row.times for row in case[0].calibration if row.id == "heat-kostanay")
    assert money == pytest.approx(17.1 * 1.0775 * 1.1138, rel=1e-3)
    assert f"renews {money / costs['heat_network'] * 1000:.0f} km here" in why


def test_what_published_rows_are_compared_with(rows):
    """What the sources speak of: 2,038 km of the company (537 and 482 a year), 12 % of Zhetisu's 13,800 km, 64 bn on
    13,000 of 21,900 km, 1,199, 1,000 and 160 km; the rest as stated."""
    times = {row["calibration"]: row["times"] for row in rows[0]}
    assert {key: times[key] for key in ("money-north", "money-karaganda", "money-pavlodar-2026", "money-shymkent")} == {
        "money-north": 2038, "money-karaganda": 1199, "money-pavlodar-2026": 1000, "money-shymkent": 160}
    assert times["power-zhetisu"] == -1656
    assert times["power-north"] == pytest.approx(-64 * 21_900 / 13_000, rel=1e-3)


def test_bands_are_those_of_the_table_before_any_plan(rows):
    """As they were set before the rows were computed: a fifth to each side of the published figure, or the spread that
    was stated."""
    bands = {key: (row["published"], row["least"], row["most"]) for key, row in counted(rows).items()}
    assert bands == {
        "heat-points": (0.87, 0.64, 0.96), "heat-almaty": (1.8, 1.8, 2.4), "loss-power": (18.35, 9.44, 18.35),
        "deficit-end": (2027, 2026, 2028), "heat-abai": (6.5, None, None), "heat-kostanay": (2, None, None),
        "wear-2026-heat": (1.48, 1, 2),
        "wear-2026-water": (2, None, None), "wear-2026-sewer": (6, None, None), "wear-pavlodar-2026": (3, None, None),
        "heat-east": (5, None, None), "length-water": (98_000, None, None),
        "length-heat": (13_000, None, None),
        "cost-heat-almaty": (12.98, None, None), "cost-heat-karaganda": (34.6, None, None),
        "ageing-pipes": (2.5, 2, 3), "accidents-20": (20, 20, 27)}


def test_money_of_the_national_project_is_read_alike_everywhere(rows, case):
    """Unit costs are budgets of the project over its lengths, taken as money of the price year: 1,300 bn over 1,600 km
    of heat networks. So nothing is compared with those budgets in money of the day."""
    heat = next(package for package in case[0].packages.values() if package.asset_type == "heat_network")
    assert heat.unit_cost == pytest.approx(1300 / 1600)
    assert {(row["calibration"], column) for row in rows[0] for column in ("measure", "per")
            if row[column] == "spend"} == set()
    assert sum("spend_real" in (row["measure"], row["per"]) for row in rows[0]) == 12


def test_a_burst_of_heat_networks_costs_what_is_laid_anew_after_it(case):
    """40 km of pipe for 400 bursts, 1.7 bn KZT for 19 km of repairs, both in Ekibastuz: 100 m at 89.5 mn a km. Both are
    published, so the cost is derived."""
    burst = next(package.bursts for key, package in case[0].packages.items() if key.endswith("-heat-due"))
    assert burst.consequence * 1000 == pytest.approx(40 / 400 * 1700 / 19, rel=1e-3)
    assert burst.cost_status == "derived"
    kind = next(row for _, row in shipped()["asset_types"].records() if row["asset_type"] == "heat_network")
    assert "bursts" in kind["estimated"]
    assert "repair_cost" not in kind["estimated"]
    page = next(row["text"] for _, row in shipped()["sources_and_method"].records()
                if row["topic"] == "failures_of_networks")
    assert f"of heat networks {burst.consequence * 1000:.2f} mn KZT: 100 m" in page


def test_what_the_counts_of_failures_are(case):
    """The mean of 1,651 and 2,669 events on 17,500 km, 380 on the lines of East Kazakhstan, 21,000 on 53,000 km; the
    rates that follow are those of the kinds (test_kazakhstan)."""
    east = sum(package.km_total for package in case[0].packages.values() if package.region == "KZ-63"
               and package.asset_type in ("line_04_10", "line_35_110"))
    assert east == pytest.approx(35_000, rel=0.01)
    page = next(row["text"] for _, row in shipped()["sources_and_method"].records()
                if row["topic"] == "failures_of_networks")
    mean = (1651 + 2669) / 2
    water = 21_000 / 53_000 * 100
    for words in (f"Below 220 kV {(mean + 380) / (17_500 + east) * 100:.2f}, the mean by km", f"{mean:,.0f} violations",
                  f"in Pavlodar ({mean / 175:.1f})", f"East Kazakhstan ({380 / east * 100:.1f})",
                  f"worn by 70 % ({water:.1f}), in proportion to wear {water * 39 / 70:.1f} at the 39 % of today",
                  f"Almaty as counted there ({2300 / (2549 + 1454) * 100:.1f}",
                  f"North America ({23_803 / (200_000 * 1.609344) * 100:.1f}"):
        assert words in page, words


def test_ageing_of_pipes_is_as_the_page_says(case):
    built, _ = case
    value = next(computed(derive(built), row, Plan()) for row in built.calibration if row.id == "ageing-pipes")
    told(f"ageing of pipes in a year ({value:.1f} points, 2 to 3 published)")


def test_why_failures_fall_by_less(case):
    """Lines below 220 kV and water networks have four fifths of the failures; 4,700 of the km of water are renewed."""
    found, km = Counter(), Counter()
    for package in case[0].packages.values():
        found[package.asset_type] += package.km_total * package.bursts.rate
        km[package.asset_type] += package.km_total
    most = sum(found[kind] for kind in ("line_04_10", "line_35_110", "water_network"))
    assert most / sum(found.values()) == pytest.approx(0.8, abs=0.025)
    assert 100 * 4700 / km["water_network"] == pytest.approx(4, abs=0.5)
    told("four fifths of them are of lines below 220 kV, of which 46 of 65 come by nature, and of water networks, of "
         "which the programme renews 4 %")


def test_no_reason_holds_a_figure_of_a_plan(rows):
    """Reasons are written once, and plans move: of what is compared with a plan they speak without ``the plan renews
    350 km``. Rows put aside and those of the case alone are not of a plan."""
    for row in rows[1]:
        for why in (row["why"], row["why_ru"]):
            assert not re.search(r"(?i)\b(the plan|план)\b[^.;]*\d (km|км|point|пункт)", why), row["row"]
