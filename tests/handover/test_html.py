"""report.html as a file: what it holds, that no text of a workbook is markup in it, and where the commands write it."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib import resources

import pytest

from jaryq.base.text import Text
from jaryq.handover.html import file as pages
from jaryq.handover.html.shown import Texts, rounded, said_in
from jaryq.handover.html.words import PHASES, WORDS
from jaryq.handover.html.write import is_report, scenario_of, write_report
from tests.handover.pages import HOSTILE, fronts, scenario
from tests.sampled import exhaustive_beside
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook


class Elements(HTMLParser):
    """Elements with their attributes, and the text of each script and style."""

    def __init__(self, text):
        super().__init__()
        self.found, self.inside, self._in = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        self._in = tag in ("script", "style")
        if self._in:
            self.inside.append([tag, dict(attributes).get("type"), ""])

    def handle_endtag(self, tag):
        self._in = False

    def handle_data(self, text):
        if self._in:
            self.inside[-1][2] += text


@pytest.fixture
def path(tmp_path):
    return write_report(tmp_path / "report.html", [scenario(), scenario("hard", Text("Harder", "Труднее"), 77.0)], "en",
                        [(Text("None", "Никакой"), Text(HOSTILE[2], "Нет"))])


def asset(name):
    return resources.files("jaryq.handover.html").joinpath("assets", "echarts", name).read_bytes()


def test_the_library_is_the_published_one():
    """The hash is of dist/echarts.min.js in echarts-6.1.0.tgz, computed apart with sha256sum; licence and notice come
    with it."""
    library = asset("echarts.min.js")
    assert hashlib.sha256(library).hexdigest() == "b66b25aeb4df84e33199dc21694014d336d222cbd9deb0e5a7c14bd6aa0d0fd0"
    assert pages.ECHARTS_VERSION.encode() in library
    assert b"Apache License" in asset("LICENSE")
    assert b"Apache ECharts" in asset("NOTICE")
    assert b"Bostock" in asset("LICENSE-d3")


def test_the_file(path):
    """Nothing is loaded from elsewhere, nothing runs but what the policy names by its hash."""
    text = path.read_text(encoding="utf-8")
    made = Elements(text)
    assert path.stat().st_size < pages.LARGEST
    allowed = {"html", "head", "meta", "title", "link", "style", "body", "a", "header", "div", "h1", "h2", "h3", "p",
               "nav", "main", "section", "ul", "li", "footer", "script",
               "dl", "dt", "dd", "b", "span", "table", "thead", "tbody", "tfoot", "tr", "th", "td"}
    assert {tag for tag, _ in made.found} <= allowed
    assert not [found for _, found in made.found if "src" in found or "style" in found
                or any(name.startswith("on") for name in found)]
    assert [found["href"] for _, found in made.found if "href" in found] == ["data:,", "#content", "#decision",
        "#gantt", "#places", "#money_flow", "#map"]
    policy = next(found["content"] for tag, found in made.found if found.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert re.findall("'(sha256-[^']+)'",
                      policy) == ["sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
                                                      for _, kind, part in (*made.inside[2:], made.inside[0])]
    assert [(tag, kind) for tag, kind, _ in made.inside] == [("style", None), ("script", "application/json"),
        ("script", None), ("script", None)]


def test_texts_of_a_workbook_are_no_markup(path):
    """The data hold them whole; none of them stands in the file as it would be markup."""
    text = path.read_text(encoding="utf-8")
    data = json.loads(next(part for _, kind, part in Elements(text).inside if kind == "application/json"))
    told = {said for one in data["scenarios"] for texts in one["texts"] for said in texts} | {why
        for _, said in data["failures"] for why in said}
    assert set(HOSTILE) <= told
    assert not [harm for harm in HOSTILE[:4] if harm in text]
    assert "Programme &lt;b&gt;&amp;amp;" in text


def test_without_scripts_the_first_page_is_read(path, tmp_path):
    text = path.read_text(encoding="utf-8")
    assert "It costs 14,614 bn KZT." in text[text.index("<main"):text.index("</main>")]
    russian = write_report(tmp_path / "ru.html", [scenario()], "ru").read_text(encoding="utf-8")
    assert "Стоимость 14 614 млрд тенге." in russian[russian.index("<main"):russian.index("</main>")]
    assert '<html lang="ru">' in russian


def test_a_report_is_known_as_it_was_written(path):
    assert is_report(path)
    assert scenario_of(path) == json.loads(json.dumps(scenario()))
    path.write_bytes(path.read_bytes().replace(b"Harder", b"Softer"))
    assert not is_report(path)
    assert not is_report(path.with_name("none.html"))


def test_the_file_stays_below_its_size(tmp_path):
    """Of a hundred scenarios with 100,000 letters each in their second page (10 MB) those that fit are whole, the
    others keep their first page."""
    first, second = fronts()[:2]
    made = [scenario(f"S{i}", pages=(first, second.__class__(f"p{i}", Text("x" * 1000, f"{i} " + "я" * 49_000),
        Text("a", "b")))) for i in range(100)]
    path = write_report(tmp_path / "report.html", made, "en")
    assert path.stat().st_size < pages.LARGEST
    data = json.loads(next(part for _, kind, part in Elements(path.read_text(encoding="utf-8")).inside
                           if kind == "application/json"))
    counts = [len(one["scenario"]["pages"]) for one in data["scenarios"]]
    assert len(counts) == 100
    assert counts == sorted(counts, reverse=True)
    assert set(counts) == {1, 2}
    last = data["scenarios"][-1]
    assert last["texts"][last["scenario"]["pages"][0]["title"][0]][:2] == ["Decision", "Решение"]


def test_figures_and_texts():
    """Seven digits; what is no number is left out; a text in two languages stands once, and once only if it is the same
    in all."""
    assert [rounded(86499.99999999997), rounded(1 / 3), rounded(float("nan")), rounded(float("inf"))] == [86500,
        0.3333333, None, None]
    texts = Texts()
    two = Text("km of nobody", "км никого")
    assert texts.encoded({"a": two, "b": [two, Text("X1", "X1", "X1", "X1")], "c": "\x00\ud800"}) == {"a": [0],
        "b": [[0], "X1"], "c": "\ufffd\ufffd"}
    assert texts.all == [["km of nobody", "км никого"]]
    assert said_in(Text("Wind", "Ветер", ja="風")) == ["Wind", "Ветер", "", "風"]


def test_the_words_of_the_page_are_all_used():
    """A word that the scripts ask for is there, and none is there for nothing."""
    scripts = "".join(resources.files("jaryq.handover.html").joinpath("assets", name).read_text(encoding="utf-8")
                      for name in pages.SCRIPTS)
    asked = {*re.findall(r'(?:word\(|all: |less: )"(\w+)"', scripts), "when", "plan", "done", "out", "project",
             "region", "sector", "state", "cost", "latitude", "longitude", "street", "renewed_km"}
    assert asked == set(WORDS)
    assert len(PHASES) == 3


# --- commands ---------------------------------------------------------------------------------------------------------

@pytest.fixture
def several(tmp_path):
    """A base, another that differs in a name only, and one without a plan."""

    path = tmp_path / "case.xlsx"
    plain_workbook(minimal_tables(**BASE, scenarios=[{"scenario": "rich", "name": "Rich <i>", "name_ru": "Богатый"},
                                                     {"scenario": "poor", "name": "Poor"}],
                                scenario_changes=[{"scenario": "rich", "sheet": "source_years", "years": "2026",
                                                   "operation": "set", "value": "30"},
                                                  {"scenario": "poor", "sheet": "source_years", "years": "2026-2027",
                                                   "operation": "set", "value": "0"}]), path)
    return path


def told(path):
    data = next(part for _, kind, part in Elements(path.read_text(encoding="utf-8")).inside
                if kind == "application/json")
    return json.loads(data)


def test_plan(run, book, tmp_path):
    out = tmp_path / "out"
    code, said = run("plan", book, "--out", out, "--lang", "ru")
    assert code == 0
    assert f"Записано в {out / 'report.html'}." in said
    assert is_report(out / "report.html")
    assert told(out / "report.html")["lang"] == "ru"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["sha256"]["report.html"] == hashlib.sha256((out / "report.html").read_bytes()).hexdigest()
    assert run("plan", book, "--out", out, "--no-report")[0] == 0
    assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "plan.xlsx", "summary.json"]
    assert "report" not in json.loads((out / "manifest.json").read_text(encoding="utf-8"))


@exhaustive_beside("test_a_plan_takes_the_place_of_a_report_of_scenarios_only",
                   "tests/workbook/test_outputs.py::test_other_files")
def test_scenarios(run, several, tmp_path, monkeypatch):
    """One report of all scenarios; a plan that is kept without its report gets one, and nothing is solved for it."""
    out = tmp_path / "out"
    assert run("scenarios", several, "--out", out, "--processes", "1")[0] == 1
    data = told(out / "report.html")
    assert [one["texts"][one["scenario"]["name"][0]][:2] for one in data["scenarios"]] == [["Base", "База"],
        ["Rich <i>", "Богатый"]]
    assert [name for name, _ in data["failures"]] == [["Poor", "Poor"]]
    assert data["compared"][0][0].startswith("“Base”: ")
    assert data["compared"][0][1].startswith("«База»: ")
    assert any(one[0].startswith("“Poor”: no plan. ") for one in data["compared"])
    assert (out / "rich" / "report.html").is_file()
    assert not (out / "poor" / "report.html").exists()

    (out / "rich" / "report.html").unlink()
    first = (out / "report.html").read_bytes()
    assert run("scenarios", several, "--out", out, "--processes", "1")[0] == 1
    assert json.loads((out / "rich" / "manifest.json").read_text(encoding="utf-8"))["solved_for"]
    assert told(out / "report.html")["scenarios"][1]["scenario"]["pages"] == json.loads(
        next(part for _, kind, part in Elements(first.decode()).inside
             if kind == "application/json"))["scenarios"][1]["scenario"]["pages"]

    assert run("scenarios", several, "--out", out, "--processes", "1", "--no-report")[0] == 1
    assert not (out / "report.html").exists()


def test_a_strangers_report_beside_the_comparison(run, several, tmp_path):
    """Also one of ours that somebody changed."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("<p>mine")
    code, said = run("scenarios", several, "--out", out)
    assert code == 64
    assert "report.html is there already" in said
    assert [path.name for path in out.iterdir()] == ["report.html"]


def test_a_plan_takes_the_place_of_a_report_of_scenarios_only(run, book, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    write_report(out / "report.html", [scenario()], "en")
    assert run("plan", book, "--out", out)[0] == 0
    assert [one["scenario"]["scenario"] for one in told(out / "report.html")["scenarios"]] == ["base"]


def test_no_line_breaks_before_a_percent_sign():
    """Between a figure and its sign stands a space that holds; a sign after a word stays as it is."""
    assert said_in(Text("by 6.8 % (100 %)", "на 6,8 % (доля %)")) == ["by 6.8\u00a0% (100\u00a0%)",
        "на 6,8\u00a0% (доля %)"]


def test_names_on_pictures_are_not_cut_on_a_phone():
    """On a narrow screen names of bars and streams go on in the next line; nothing there ends in dots."""
    script = (resources.files("jaryq.handover.html") / "assets/charts.js").read_text(encoding="utf-8")
    assert script.count("truncate") == 1
    before = script.partition('{overflow: "truncate"}')[0].rpartition("...(")[2]
    assert re.fullmatch(r'width < 600 \? \{overflow: "break".*\}\s*: ', before)
