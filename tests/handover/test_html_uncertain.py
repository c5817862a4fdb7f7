"""What many futures say of a plan, in the browser and in the workbook: every page of every command, from the hand case
of the futures."""

import re
import zipfile

import openpyxl
import pytest

from jaryq.api.accepted import accept
from jaryq.api.question import program_of, question
from jaryq.api.uncertain import run
from jaryq.api.uncertain.batches import here
from jaryq.api.uncertain.ground import Ground
from jaryq.api.uncertain.written import write_told
from jaryq.base.text import Text
from jaryq.case.uncertain import uncertain_of
from jaryq.solve.run import solve
from jaryq.workbook.front_book import shortened
from tests.handover.conftest import drawn, violations
from tests.handover.pages import DESK, PHONE
from tests.sampled import exhaustive_but_for
from tests.uncertainty.test_futures import hand_tables

pytestmark = pytest.mark.xdist_group("browser")
KM = [{"package": "N", "name": "Mains", "name_ru": "Сети", "asset_type": "boiler", "km": 1.0, "km_total": 1.0,
       "unit_cost": 0.001, "data_status": "estimate"}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("uncertain")
    accepted = accept(hand_tables(networks=KM), [])
    program = program_of(accepted.factors)
    ground = Ground(accepted, solve(question(accepted.factors, program), program).plan, uncertain_of(accepted.tables),
                    "k")
    stages = run.stages(accepted, (), None, 0.5, 0.0, lambda _: None)
    told = {
        "ensemble": run.told_of_ensemble(ground, run.ensemble(ground, 12, 1, made, here, resume=False)),
        "sweep": run.sweep(ground, made, here, "unfunded", "stands", two=("price", "money")),
        "stages": [run.told_of_stages(accepted, *stages, 0.5)],
        "regret": [run.told_of_regret(stages[0], run.regret(*stages, 0.0, lambda _: None))],
        "front": [run.told_of_front(run.front(accepted, ("objective", "spending"), 3)),
                  run.told_of_alternatives(accepted, 5.0)],
        "stress": [run.told_of_stress(ground)],
    }
    for lang in ("en", "ru"):
        (made / lang).mkdir()
        for command, pages in told.items():
            write_told(made / lang, command, pages, "k", Text("Hand", "Ручной"), lang)
    return made


@exhaustive_but_for("phone")
@pytest.mark.parametrize(("size", "lang"), [(DESK, "en"), (PHONE, "ru")], ids=["desk", "phone"])
def test_axe_finds_nothing(opened, folder, size, lang):
    page = opened(size, folder / lang / "uncertainty.html")
    drawn(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert page.locator(".picture canvas").count() == page.locator(".picture").count() == 2
    assert violations(page) == []
    if lang == "ru":
        said = page.locator("main").inner_text()
        assert "км обновлено, тепло" in said
        assert re.findall(r"\b(?:heat|power|water|sewer|stands|best)\b", said) == []


def test_the_first_page_shows_all_its_lines(opened, folder):
    """As many as the first page of the workbook, with no button to open the rest; other tables are cut as before."""
    page = opened(PHONE, folder / "en" / "uncertainty.html")
    drawn(page)
    book = openpyxl.load_workbook(folder / "en" / "uncertainty.xlsx")
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    rows = page.locator("#first tbody tr")
    assert rows.count() == page.locator("#first tbody tr:visible").count() > 9
    assert page.locator("#first .opener:visible").count() == 0
    for sentence in (row.locator("td").last.inner_text() for row in rows.all()):
        assert sentence in cells


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_links_of_the_workbook_lead_somewhere(folder, lang):
    """Every page but the first leads back to it, and it names them all."""
    book = openpyxl.load_workbook(folder / lang / "uncertainty.xlsx")
    first, *others = book.worksheets
    links = {sheet.title: [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
             for sheet in book.worksheets}
    assert links == {first.title: [], **{sheet.title: [f"'{first.title}'!A1"] for sheet in others}}
    named = {plain(shortened(str(cell.value), 31)) for row in first.iter_rows() for cell in row if cell.value}
    assert {sheet.title.rpartition(" ")[0] if sheet.title[-1].isdigit() else sheet.title for sheet in others} <= named


def plain(text):
    return " ".join(re.sub(r"[\[\]:*?/\\']", " ", text).split())


def test_names_stand_left_of_bars_that_lie(folder):
    """Bars below nothing would lie over names that stand at the axis."""
    with zipfile.ZipFile(folder / "en" / "uncertainty.xlsx") as file:
        lying = [text for name in file.namelist() if name.startswith("xl/charts/chart")
                 and 'barDir val="bar"' in (text := file.read(name).decode())]
    assert len(lying) == 2
    for text in lying:
        category = text.partition("<c:catAx>")[2].partition("</c:catAx>")[0]
        assert 'tickLblPos val="low"' in category
        assert 'tickLblSkip val="1"' in category
