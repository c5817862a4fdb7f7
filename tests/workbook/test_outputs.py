"""Nothing that the program writes runs a text of the input as a formula: every workbook and CSV file of every command,
from an input full of such texts."""

import csv
import io
import re
import zipfile

import pytest

from jaryq.commands.cli import main
from jaryq.tables.tables import Table
from tests.workbooks import minimal_tables, plain_workbook

EVIL = ("=EVIL(1)", "+EVIL", "-EVIL", "@EVIL", "\tEVIL", "=cmd|'/c EVIL'!A1", '=HYPERLINK("http://EVIL","x")')
FORMULA = re.compile(rb"<(?:\w+:)?(f|formula|formula1|formula2|definedName)\b[^>]*>([^<]*)<")


def hostile_tables():
    facilities = [{"facility": f"{text}{number}", "name": text, "name_ru": text, "cost": 5.0, "place": text,
                   "owner": text, "note": text, "source": text}
                  for number, text in enumerate(EVIL)]
    sources = [{"source_id": "=EVIL", "name": "=EVIL", "kind": "budget"}]
    ceilings = [{"source_id": "=EVIL", "2026": 20.0, "2027": 20.0, "2028": 20.0}]
    targets = [{"target": "+EVIL", "name": "@EVIL", "measure": "facilities", "sense": ">=", "value": 100.0,
                "unit": "facilities", "priority": "1"}]
    settings = [{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2028},
                {"setting": "discount_rate", "value": 6.5},
                {"setting": "case", "value": "=EVIL"}, {"setting": "case_ru", "value": "@EVIL"},
                {"setting": "facilities", "value": "divisible"}]
    scenarios = [{"scenario": "less", "name": "=EVIL", "name_ru": "+EVIL"}]
    changes = [{"scenario": "less", "sheet": "sources", "selector": "", "column": "name", "operation": "set",
                "value": "=EVIL(2)", "reason": "=EVIL"},
               {"scenario": "less", "sheet": "facilities", "selector": "", "column": "cost", "operation": "multiply",
                "value": "0.5", "reason": "-EVIL"}]
    method = Table.of("sources_and_method", [{"topic": "=EVIL", "text": "@EVIL"}])
    return minimal_tables(settings=settings, facilities=facilities, sources=sources, source_years=ceilings,
                          targets=targets, scenarios=scenarios,
                          scenario_changes=changes).with_sheet(method)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """All files that the commands write from a hostile workbook."""
    folder = tmp_path_factory.mktemp("outputs")
    book = folder / "case.xlsx"
    plain_workbook(hostile_tables(), book)
    assert main(["scenarios", str(book), "--out", str(folder / "ru"), "--processes", "1", "--lang", "ru"]) == 0
    assert main(["plan", str(book), "--out", str(folder / "en")]) == 0
    assert main(["mirror", str(book), str(folder / "mirror")]) == 0
    assert main(["check", str(book), "--annotate", str(folder / "marked.xlsx")]) == 0
    other = folder / "other.xlsx"
    plain_workbook(minimal_tables(), other)
    assert main(["diff", str(other), str(book), "--out", str(folder / "differences.xlsx")]) == 0
    return folder


def test_workbooks(written):
    books = sorted(written.rglob("*.xlsx"))
    assert {"case.xlsx", "plan.xlsx", "comparison.xlsx", "marked.xlsx", "differences.xlsx"} <= {path.name
        for path in books}
    texts = 0
    for path in books:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels", ".vml")):
                    data = archive.read(name)
                    texts += data.count(b"EVIL")
                    assert [found[1] for found in FORMULA.findall(data) if b"EVIL" in found[1]] == [], (path, name)
                    assert not re.search(rb'Target="[^"]*EVIL', data), (path, name)
    assert texts > 100


def test_csv_files(written):
    fields = [field for path in sorted((written / "mirror").glob("*.csv"))
              for row in csv.reader(io.StringIO(path.read_text("utf-8"))) for field in row]
    assert sum("EVIL" in field for field in fields) > 20
    assert [field for field in fields if re.match(r"[=+\-@\t\r]", field) and "EVIL" in field] == []


def test_other_files(written):
    """Web pages hold markup as text: what they show of a workbook stands in their data (tests/handover looks at each
    element)."""
    assert sorted({path.suffix for path in written.rglob("*") if path.is_file()} - {".xlsx", ".json",
        ".csv"}) == [".html"]
    for path in written.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        main = page[page.index("<main "):page.index("</main>")]
        assert "EVIL" in main
        assert {*re.findall(r"</?([^\s>]+)", main)} <= {"main", "section", "h2", "h3", "p", "ul", "li", "dl", "dt",
                                                        "dd", "div", "b", "span", "table", "thead", "tbody",
                                                        "tfoot", "tr", "th", "td"}
        assert {*re.findall(r'<[^<>]*?\s([\w-]+)="', main)} <= {"id", "class", "tabindex", "role", "aria-label",
            "scope"}
        data = page[page.index('id="data">') + 10:]
        assert "EVIL" in data[:data.index("</script>")]
        assert "<" not in data[:data.index("</script>")]
