"""Names, not codes: of a case whose keys are odd strings, and in which everything has a name, no key is read on what is
handed over."""

import re
from io import BytesIO

import pytest

from jaryq.api.accepted import accept
from jaryq.base.text import Text
from jaryq.commands.cli import main
from jaryq.commands.verify import open_plan, stored_plan
from jaryq.handover.brief import brief
from jaryq.handover.compared import compared
from jaryq.handover.front import front
from jaryq.handover.regions import regions
from jaryq.report.build import build_report
from jaryq.report.compare.build import comparison
from jaryq.report.result import Result
from tests.handover.test_russian import texts
from tests.workbooks import minimal_tables, plain_workbook

ODD = "qx"
"""Every key begins so, and no word of either language does."""
KEY = re.compile(rf"\b{ODD}_\w+")
TWO = (2026, 2027)


def said(key, name, russian):
    return {"name": name, "name_ru": russian, **key}


CASE = {
    "settings": [{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2027},
                 {"setting": "discount_rate", "value": 6.5}, {"setting": "prices", "value": 30},
                 {"setting": "resolution", "value": "quarter"}],
    "regions": [said({"region": "qx_n", "population": 1000}, "North", "Север"),
                said({"region": "qx_s", "population": 2000}, "South", "Юг")],
    "routes": [said({"route": "qx_sea", "partner": "JP", "lead_months": 1}, "Japan by sea", "Япония морем")],
    "asset_types": [said({"asset_type": "qx_boiler", "sector": "heat", "crew": "qx_build", "crew_need": 0.2,
                          "route": "qx_sea", "content_JP": 60}, "Boiler house", "Котельная"),
                    said({"asset_type": "qx_pipe", "sector": "heat", "crew": "qx_dig", "crew_need": 0.05, "ramp_up": 20,
                          "ramp_least": 10}, "Heat pipes", "Теплосети")],
    "quantities": [said({"quantity": "qx_mw", "unit": "MW", "kind": "level"}, "Capacity", "Мощность")],
    "facilities": [
        said({"facility": "qx_f1", "asset_type": "qx_boiler", "region": "qx_n", "cost": 6, "works_months": 6,
              "must_do": True, "year_built": 1985, "borrower": "qx_heatco", "q_qx_mw": 20,
              "capacity": 20, "capacity_unit": "MW", "outage_months": 3, "lot": "qx_lot"}, "Old boilers",
              "Старые котлы"),
        said({"facility": "qx_f2", "asset_type": "qx_boiler", "region": "qx_s", "cost": 4, "works_months": 6,
              "savings": 2.1, "q_qx_mw": 10, "lot": "qx_lot"}, "Substation", "Подстанция"),
        said({"facility": "qx_f3", "asset_type": "qx_boiler", "region": "qx_s", "cost": 9, "works_months": 3,
              "savings": 0.5, "choice": "qx_one", "after": "qx_f2"}, "Pumps", "Насосная"),
        said({"facility": "qx_f4", "asset_type": "qx_boiler", "region": "qx_n", "cost": 5, "works_months": 9,
              "savings": 1.5, "choice": "qx_one"}, "Intake", "Водозабор"),
    ],
    "choices": [said({"choice": "qx_one", "at_most": 1}, "One of two", "Один из двух")],
    "networks": [said({"package": "qx_p1", "asset_type": "qx_pipe", "region": "qx_n", "km": 60, "unit_cost": 40,
                       "km_per_year": 20, "savings": 1, "wear": 70}, "Heat mains", "Магистрали"),
                 said({"package": "qx_p2", "asset_type": "qx_pipe", "region": "qx_s", "km": 40, "unit_cost": 50,
                       "km_per_year": 15, "savings": 2, "wear": 60}, "Street pipes", "Уличные сети")],
    "trenches": [{"package": "qx_p1", "with_package": "qx_p2", "km": 5, "saving": 10}],
    "borrowers": [said({"borrower": "qx_heatco", "level": "company", "cover": 1.2, "priority": "3", "cash_2026": 0.5,
                        "cash_2027": 0.5}, "Heat company", "Теплокомпания")],
    "source_groups": [said({"group": "qx_japan", "envelope": 8}, "All money of Japan", "Все деньги Японии")],
    "reference_rates": [said({"reference": "qx_rate", "2026": 1, "2027": 1, "long_run": 1}, "Yen rate",
                             "Ставка в иенах")],
    "price_indices": [said({"index": "general", "2026": 5, "2027": 5, "long_run": 5}, "Consumer prices",
                           "Потребительские цены")],
    "currencies": [said({"currency": "JPY", "2026": 3.4, "2027": 3.5}, "Yen", "Иена")],
    "sources": [
        said({"source_id": "qx_b", "kind": "budget"}, "Budget", "Бюджет"),
        said({"source_id": "qx_l", "kind": "loan", "partner": "JP", "currency": "JPY", "envelope": 2,
              "rate_index": "qx_rate", "margin": 1, "grace": 2, "tenor": 9, "signing_year": 2026,
              "max_share": 70, "group": "qx_japan", "borrower": "qx_heatco"}, "Yen loan", "Иеновый заём"),
        said({"source_id": "qx_c", "kind": "loan", "partner": "CN", "status": "closed", "closed_reason": "not agreed",
              "closed_reason_ru": "не согласован", "rate": 3, "grace": 1, "tenor": 5}, "Rail loan", "Заём"),
    ],
    "source_years": [{"source_id": "qx_b", "2026": 6, "2027": 6}, {"source_id": "qx_l", "2026": 1, "2027": 1}],
    "eligibility": [{"source_id": "qx_l", "asset_type": "qx_boiler", "allowed": True, "reason": "heat only",
                     "reason_ru": "только тепло"}],
    "crews": [{"crew": "qx_build", "region": "qx_n", "2026": 3, "2027": 3, "crew_name": "builders",
               "crew_ru": "строители", "lend_share": 50},
              {"crew": "qx_build", "region": "qx_s", "2026": 1, "2027": 1},
              {"crew": "qx_dig", "2026": 1.5, "2027": 1.5, "crew_name": "diggers", "crew_ru": "землекопы"}],
    "outage_limits": [{"region": "qx_n", "unit": "MW", "limit": 25}],
    "balances": [{"area": "North grid", "area_ru": "Сеть севера", "unit": "MW", "quantity": "qx_mw", "regions": "qx_n",
                  "priority": "2", "peak_2026": 100, "peak_2027": 120, "available_2026": 90},
                 {"area": "South grid", "area_ru": "Сеть юга", "unit": "MW", "quantity": "qx_mw", "regions": "qx_s",
                  "priority": "2", "peak_2026": 50, "peak_2027": 50, "available_2026": 60}],
    "ties": [said({"tie": "qx_line", "from_area": "North grid", "to_area": "South grid", "unit": "MW", "2026": 5,
                   "2027": 5}, "North to south", "Север-Юг")],
    "targets": [
        said({"target": "qx_km", "measure": "km", "sense": ">=", "value": 90, "unit": "km", "years": "2027",
              "priority": "1"}, "Km renewed", "Обновить км"),
        said({"target": "qx_all", "measure": "facilities", "sense": ">=", "value": 4, "unit": "facilities",
              "years": "2027", "priority": "2"}, "Facilities", "Объекты"),
        said({"target": "qx_wear", "measure": "wear", "sense": "<=", "value": 30, "unit": "%", "years": "2027",
              "priority": "3", "by": "region"}, "Wear", "Износ"),
        said({"target": "qx_q", "measure": "quantity", "quantity": "qx_mw", "sense": ">=", "value": 40, "unit": "MW",
              "years": "2027", "priority": "3"}, "New capacity", "Новая мощность"),
    ],
    "calibration": [said({"calibration": "qx_pub", "measure": "km", "published": 50, "unit": "km", "years": "2027",
                          "least": 40, "most": 60}, "Published km", "Опубликованные км")],
    "scenarios": [said({"scenario": "base"}, "Base", "База"),
                  said({"scenario": "qx_poor"}, "Less budget", "Меньше бюджета"),
                  said({"scenario": "qx_few"}, "Fewer crews", "Меньше бригад")],
    "scenario_changes": [{"scenario": "qx_poor", "sheet": "source_years", "selector": "source_id=qx_b",
                          "column": "2026", "operation": "multiply", "value": 0.7},
                         {"scenario": "qx_few", "sheet": "crews", "selector": "crew=qx_dig", "column": "2026",
                          "operation": "multiply", "value": 0.4}],
}


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """The plan of the base and of fewer crews, each with its case and report."""
    place = tmp_path_factory.mktemp("odd")
    plain_workbook(minimal_tables(**CASE), place / "case.xlsx")
    found = []
    for scenario in ("base", "qx_few"):
        assert main(["plan", str(place / "case.xlsx"), "--scenario", scenario, "--out", str(place / scenario),
                     "--no-report"]) == 0
        stored = stored_plan(open_plan(place / scenario / "plan.xlsx", everything=True))
        made = accept(stored.tables, [], scenario, as_changed=True)
        found.append((made, stored, build_report(made.case, made.factors, stored.solution)))
    return found


def blocks_of(blocks):
    for block in blocks:
        yield from (block.head, *block.notes, *(field.head for field in block.fields))
        yield from (value for row in block.rows for value in row if isinstance(value, (str, Text)))


def said_of(case, report):
    """All that people read: front pages, in short and in full, regions, partner pages, and the tables that answer by
    name."""
    pages = [*front(case, report), *(region.page for region in regions(case, report))]
    for page in pages:
        yield from ((page.key, text) for text in texts(page))
        yield from ((f"{page.key} whole", text) for text in blocks_of(page.whole))
    for page in report.partner_pages:
        yield from ((page.sheet, text) for text in (page.title, *blocks_of(page.blocks)))
    for sheet, shown in (("limits", ("name",)), ("questions", ("question", "answer")), ("crews", ("crew", "region")),
                         ("why", ("name", "now", "first"))):
        rows = report.tables[sheet].rows if sheet in report.tables else ()
        yield from ((sheet, row[column]) for row in rows for column in shown if row.get(column) is not None)


def keys_in(found):
    return sorted({(where, text) for where, said in found for text in (said.all().values() if isinstance(said, Text)
        else (str(said),)) if KEY.search(text)})


def test_no_key_is_read_on_a_page_where_a_name_exists(plans):
    for made, _, report in plans:
        found = list(said_of(made.case, report))
        assert {"answers", "lenders", "partner_JP", "limits", "crews", "questions"} <= {where for where, _ in found}
        assert keys_in(found) == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_key_is_read_in_a_brief(plans, lang):
    docx = pytest.importorskip("docx")
    made, _, report = plans[0]
    document = docx.Document(BytesIO(brief(made.case, report, lang)))
    said = [paragraph.text for paragraph in document.paragraphs] + [cell.text for table in document.tables
        for row in table.rows for cell in row.cells]
    assert len(said) > 20
    assert [text for text in said if KEY.search(text)] == []


def test_no_key_is_read_in_a_comparison(plans):
    names = (("Base", "База"), ("Fewer crews", "Меньше бригад"))
    results = [Result(stored.scenario, *name, (), made.factors, stored.plan, stored.claims)
               for (made, stored, _), name in zip(plans, names, strict=True)]
    page = compared(comparison(results))
    assert keys_in(("short", text) for text in texts(page)) == []


def test_crews_are_called_by_the_name_that_any_of_their_rows_gives(plans):
    case, report = plans[0][0].case, plans[0][2]
    assert {row["crew"].en for row in report.tables["crews"].rows} == {"builders", "diggers"}
    assert {row["crew"].ru for row in report.tables["crews"].rows} == {"строители", "землекопы"}
    assert case.crew_place("qx_build@qx_s") == Text("builders (South)", "строители (Юг)")
    assert case.crew_place("qx_dig@*") == Text("diggers (all regions)", "землекопы (все регионы)")
