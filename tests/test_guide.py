"""The guide for analysts: equal in both languages, every link and picture there, every command one that the program
knows."""

import re
import shlex
import shutil
import struct
from pathlib import Path

import pytest

from jaryq.api.accepted import accept
from jaryq.api.curve import next_steps
from jaryq.api.why_then import ALIKE, CHEAPER, DEARER
from jaryq.base.shipped import shipped_case
from jaryq.base.units import bn_of
from jaryq.commands import cli
from jaryq.commands.answered import year_asked
from jaryq.explain.dials import dial
from jaryq.formulation.assemble import limits
from jaryq.handover.tables import LAYER
from jaryq.report.objective import PARTS
from jaryq.report.stretched import NEXT
from jaryq.report.stretches import FIRST
from jaryq.sheets.results import RESULTS
from jaryq.sheets.segments import SEGMENTS
from jaryq.sheets.settings import SETTING_AT
from jaryq.tables.typed_changes import typed_changes
from jaryq.workbook.read import read
from jaryq.workbook.register.parts import MOST_ROWS
from jaryq.workbook.register.result import is_result
from tests.sampled import exhaustive_but_for

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
LANGS = ("en", "ru")
PAGES = ("condition.md", "desk.md", "first-plan.md", "no-plan.md", "questions.md", "rates.md", "sign-now.md",
         "stretches.md")
HERE = [GUIDE / lang / page for lang in LANGS for page in PAGES]
SMALL = ROOT / "inputs" / "lorie_savage.xlsx"
"""An example workbook that is read in a moment, in place of the case the guide speaks of."""
CHEAP = ("check", "diff", "migrate", "template", "text")
PICTURE = 150 * 1024
ALL_PICTURES = 2 * 1024 * 1024


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    return re.sub(r"```.*?```", "", text(page), flags=re.DOTALL)


def levels(page: Path) -> list[str]:
    return re.findall(r"^(#+) ", prose(page), flags=re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Names that headings get on GitHub: small letters, signs left out, spaces as hyphens."""
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(page: Path) -> list[list[str]]:
    """The arguments of every line of a block, or piece of text in backticks, that runs the program; options are as a
    shell would part them."""
    blocks = re.findall(r"```sh\n(.*?)```", text(page), flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`(\.venv/bin/python run\.py "
        r"[^`]+)`", prose(page))
    return [shlex.split(line)[2:] for whole in lines for line in whole.split(" && ")
            if line.startswith(".venv/bin/python run.py")]


def test_both_languages_have_the_same_pages() -> None:
    for lang in LANGS:
        assert tuple(sorted(page.name for page in (GUIDE / lang).iterdir())) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_say_the_same_in_the_same_order(name: str) -> None:
    one, two = GUIDE / "en" / name, GUIDE / "ru" / name
    assert levels(one) == levels(two)
    rows = [[line.count("|") for line in prose(page).splitlines() if line.startswith("| ")] for page in (one, two)]
    pictures = [re.findall(r"\]\(\.\./pictures/\w+/([\w-]+\.png)\)", text(page)) for page in (one, two)]
    assert pictures[0] == pictures[1]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("page", HERE, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_links_and_pictures_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", prose(page))
    assert links
    for file, anchor in links:
        target = (page.parent / file).resolve() if file else page
        assert target.is_file(), file
        assert not anchor or anchor in anchors(target), f"{file}#{anchor}"
        if "/sheets/" in file:
            assert target.parent.name == page.parent.name, f"{file} is of the other language"


def test_each_picture_is_used_and_small() -> None:
    pictures = sorted((GUIDE / "pictures").rglob("*.png"))
    shown = {(page.parent / link).resolve() for page in HERE
             for link in re.findall(r"!\[[^]]+\]\(([^)]+)\)", text(page))}
    assert set(pictures) == shown
    for picture in pictures:
        data = picture.read_bytes()
        width, height = struct.unpack(">II", data[16:24])
        assert data.startswith(b"\x89PNG"), picture.name
        assert len(data) < PICTURE, picture.name
        assert 400 <= width <= 1300, picture.name
        assert height >= 50, picture.name
    assert sum(picture.stat().st_size for picture in pictures) < ALL_PICTURES


@pytest.mark.parametrize("page", HERE, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_every_command_is_known(page: Path) -> None:
    found = commands(page)
    assert found
    for arguments in found:
        known = cli.parser().parse_args(arguments)
        assert known.command or not arguments  # without arguments the shipped case is planned
        assert page.parent.name == "en" or known.lang == "ru"
        if getattr(known, "set", None):
            assert all(change.count(";") == 3 for change in known.set)


def test_the_first_page_goes_through_every_step() -> None:
    for lang in LANGS:
        used = {word for arguments in commands(GUIDE / lang / "first-plan.md") for word in arguments}
        assert {"check", "plan", "--set", "scenarios", "diff", "watch", "--annotate", "--since", "template"} <= used


@exhaustive_but_for("en")
@pytest.mark.parametrize("lang", LANGS)
def test_cheap_commands_run(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As written, on a small workbook under the names of the guide."""
    monkeypatch.chdir(tmp_path)
    for name in ("inputs/kazakhstan.xlsx", "inputs/mycase.xlsx", "example/kazakhstan.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(SMALL, tmp_path / name)
    ran = set()
    for page in PAGES:
        for arguments in commands(GUIDE / lang / page):
            if arguments and arguments[0] in CHEAP:
                if arguments[0] == "migrate":
                    Path(arguments[2]).unlink(missing_ok=True)  # the reader has no such workbook yet
                assert cli.main(arguments) == 0, arguments
                ran.add(arguments[0])
    assert {"check", "diff", "template"} <= ran
    assert all((tmp_path / name).is_file() for name in ("changes.xlsx", "marked.xlsx", "empty.xlsx"))


def test_the_install_line_is_that_of_the_readme() -> None:
    # in Russian: plan --lang ru
    line = "python3 -m venv .venv && .venv/bin/python -m pip install -q -e . && .venv/bin/python run.py"
    assert line in text(ROOT / "README.md")
    for lang in LANGS:
        assert line in text(GUIDE / lang / "first-plan.md")


@pytest.mark.parametrize("page", [*(GUIDE / lang / "questions.md" for lang in LANGS), ROOT / "docs" / "why.md"],
                         ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_what_is_wished_and_asked_of_the_shipped_case_can_be(page: Path) -> None:
    """Changes that the pages try are taken by the shipped case, and projects that they ask of are there."""
    tables, issues = read(shipped_case())
    said = [wish for wish in re.findall(r'--set "([^"]+)"', text(page)) if wish.startswith("overrides")]
    assert said
    changes, wrong = typed_changes(said, "--set")
    assert wrong == []
    case = accept(tables, issues, "base", changes).case
    asked = re.findall(r"explain (?:PLAN|outputs/kazakhstan/base) (F\d+)", text(page))
    assert asked
    assert [key for key in asked if key not in case.facilities] == []


@exhaustive_but_for("ru")
@pytest.mark.parametrize("lang", LANGS)
def test_the_next_units_it_names_are_those_that_are_told(lang: str) -> None:
    """Of Japan the next 1, 10 and 100 bn JPY, of 2027 one more bn KZT."""
    f = accept(*read(shipped_case())).factors
    page = text(GUIDE / lang / "questions.md")
    japan = dial(list(limits(f)), f, "Japan" if lang == "en" else "Япония")
    steps = [f"{step:g}" for step in next_steps(japan)]
    last, word = steps.pop(), "and" if lang == "en" else "и"
    assert f"{', '.join(steps)} {word} {last} {bn_of(japan.currency).say(lang)}" in page
    # One more bn: a year by itself, as sheet questions names it (key 2026), and one of its ceilings beside it.
    asked = [arguments[2] for arguments in commands(GUIDE / lang / "questions.md") if arguments[0] == "explain"
             and len(arguments) > 2]
    assert "2027" in asked
    assert year_asked(f.case, "2027") == 2027
    ceiling = dial(list(limits(f)), f, next(one for one in asked if one.startswith("ceiling[")))
    assert ceiling.limits[0].index[1] == "2027"


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_runner_up_costs_is_named_as_it_is_told(lang: str) -> None:
    """The runner-up of a start costs more, the same or less by the multipliers: the page names each as ``explain`` says
    it."""
    row = next(line for line in text(GUIDE / lang / "questions.md").splitlines() if "F002)" in line)
    for said, words in ((DEARER, {"en": "more", "ru": "дороже"}), (ALIKE, {"en": "the same", "ru": "во столько же"}),
                        (CHEAPER, {"en": "less", "ru": "дешевле"})):
        assert words[lang] in said.say(lang, more="1", unit="")
        assert words[lang] in row


@pytest.mark.parametrize("page", HERE, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_every_name_is_one_of_the_program(page: Path) -> None:
    """A renamed column, setting, issue or sheet must not linger in the guide."""
    known = " ".join(text(path) for path in (*(ROOT / "docs/sheets/en").glob("*.md"), ROOT / "docs/issues.md",
                                             *(ROOT / "model/jaryq/sheets").glob("*.py")))
    known += " fewer_pipe_crews "  # the scenario that the reader writes
    named = re.findall(r"`([a-z]+(?:_[a-z]+)+)`", prose(page))
    assert named
    assert [name for name in named if not re.search(rf"\b{name}\b", known)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_on_stretches_names_what_there_is(lang: str) -> None:
    """Columns of the register, sheets of the plan, files beside it, the row of the sheet objective, and the numbers:
    what fits into a register, rows shown, next km."""
    page = prose(GUIDE / lang / "stretches.md")
    named = set(re.findall(r"`([a-z_]+)`", page))
    columns = {column.name for column in SEGMENTS.columns}
    sheets = {sheet.name for sheet in RESULTS if sheet.name.startswith("stretches")}
    assert {"package", "segment", "km", "year_built", "wear", "bursts", "condition", "consequence", "street",
            "latitude", "longitude", "line"} <= named & columns
    assert sheets == {name for name in named if name.startswith("stretches")}
    assert {"stretches.parquet", "stretches.csv", LAYER} <= set(re.findall(r"`([a-z]+\.[a-z]+)`", page))
    assert all(is_result(name) for name in ("stretches.parquet", "stretches.csv"))
    assert PARTS["above"][0].say("en" if lang == "en" else "ru") in page
    assert (FIRST, NEXT, MOST_ROWS) == (5_000, 100.0, 2_000_000)
    assert {"register", "networks", "objective"} <= named
    assert "register" in SETTING_AT


NOT_OF_A_PLAN = {("first-plan.md", name) for name in ("source_years", "in_…", "#issues", "projects", "moves",
                                                      "overview")} | {("questions.md", "overrides")}
"""Sheets that are typed into, those of a marked workbook and those of a comparison."""


@pytest.mark.parametrize("page", HERE, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_every_sheet_that_is_named_is_one_of_a_plan(page: Path) -> None:
    """``regions`` and ``debt`` were none."""
    of_plan = {sheet.name for sheet in RESULTS}
    listed = re.findall(r"(?:\bsheets?|\bлист\w*) ((?:`[^`]+`(?:, | and | or | и | или )?)+)", prose(page),
                        flags=re.IGNORECASE)
    named = {(page.name, name) for names in listed for name in re.findall(r"`([^`]+)`", names)}
    assert {one for one in named if one[1] not in of_plan} <= NOT_OF_A_PLAN
    assert len(named) >= (7 if page.name == "questions.md"
                          else 0), "a page that names sheets another way names none here"
