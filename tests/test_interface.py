"""What other programs may rely on is what docs/interface.md and docs/files.md list, neither more nor less, with the
types they state."""

import fnmatch
import json
import re
from pathlib import Path

import pytest

from jaryq.api.results import FILES
from jaryq.base.errors import JaryqError
from jaryq.commands import cli, cli_options, ends, scenarios, tried
from jaryq.sheets.results_data import DATA
from jaryq.workbook.plan_data import FORM
from jaryq.workbook.plan_file import open_plan
from tests.rich import with_a_quantity
from tests.workbooks import minimal_tables, plain_workbook, two_that_exclude_each_other

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/interface.md").read_text(encoding="utf-8")
TYPES = {"text": str, "number": (int, float), "yes or no": bool, "list": list, "null": type(None)}


def section(head):
    return re.search(rf"^## {re.escape(head)}\n(.*?)(?=^## |\Z)", PAGE, flags=re.DOTALL | re.MULTILINE).group(1)


def listed(head):
    """Keys of a section's table with the types they may have."""
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", section(head), flags=re.MULTILINE)
    return {key: tuple(TYPES[part] for part in types.strip().split(" or ") if part in TYPES) or (TYPES[types.strip()],)
            for key, types in rows}


def flat(value, at=""):
    """Keys of a JSON value down to numbers and texts, with what stands there; an empty list stands for itself."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from flat(item, f"{at}.{key}" if at else key)
    elif isinstance(value, list) and value:
        for item in value:
            yield from flat(item, f"{at}[]")
    else:
        yield (f"{at}[]" if isinstance(value, list) else at), value


def pattern(key):
    return fnmatch.translate(key.replace("[", "[[]"))


def unlike(content, head):
    """Where a file and its list differ: keys that are not listed or of another type, listed keys that no file has."""
    known = listed(head)
    wrong, used = [], set()
    for key, value in flat(content):
        if value == [] and any(name.startswith(f"{key}.") for name in known):
            continue  # a list of records that has none
        hits = [name for name in known if re.fullmatch(pattern(name), key)]
        used.update(hits)
        kinds = [kind for name in hits for kind in known[name]]
        if not hits or not (isinstance(value, list) or any(isinstance(value, kind)
                                                           and (kind is bool or not isinstance(value, bool))
                                                           for kind in kinds)):
            wrong.append((key, value))
    return wrong, {name for name in known if name not in used}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The results of the small rich input, with a quantity, in the place that is taken by default."""
    here = tmp_path_factory.mktemp("here")
    plain_workbook(with_a_quantity(), here / "rich.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        assert cli.main(["plan", "rich.xlsx"]) == 0
    return here / "outputs" / "rich" / "base"


def content(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_the_summary_of_a_plan(run):
    assert unlike(content(run, "summary.json"), "summary.json of a plan") == ([], set())


def test_the_manifest(run):
    assert unlike(content(run, "manifest.json"), "manifest.json") == ([], set())


def test_the_summary_of_a_run_without_a_plan(tmp_path):
    """A rejected input has issues, two targets that contradict each other have a conflict."""
    plain_workbook(minimal_tables(facilities=[{"facility": "F1", "name": "One", "cost": -1.0}]),
                   tmp_path / "wrong.xlsx")
    two_that_exclude_each_other(tmp_path / "two.xlsx")
    assert [cli.main(["plan", str(tmp_path / f"{name}.xlsx"), "--out", str(tmp_path / name)])
            for name in ("wrong", "two")] == [2, 3]
    head = "summary.json of a run without a plan"
    rejected, infeasible = (content(tmp_path / name, "summary.json") for name in ("wrong", "two"))
    assert unlike(rejected, head) == ([], {key for key in listed(head) if key.startswith("why.")})
    assert unlike(infeasible, head) == ([], {key for key in listed(head) if key.startswith("issues[]")})
    assert infeasible["conflict"]
    assert infeasible["why"]["conflict"]
    assert set(content(tmp_path / "wrong", "manifest.json")) <= {*listed("manifest.json"), "versions"}


def test_the_data_sheets(run):
    said = dict(re.findall(r"^\| `(x_\w+)` \| (.+) \|$", section("Data sheets of plan.xlsx"), flags=re.MULTILINE))
    stated = {sheet: re.findall(r"`(\w+)`", columns) for sheet, columns in said.items()}
    assert stated == {name: [column.name for column in sheet.columns] for name, sheet in DATA.items()}
    grids = open_plan(run / "plan.xlsx", everything=True).grids
    assert stated == {name: [head for head in grid[2] if head] for name, grid in grids.items() if name.startswith("x_")}
    assert section("Data sheets of plan.xlsx").startswith(f"Form {FORM} ")
    assert grids["x_form"][3] == ["form", str(FORM)]


def test_the_places_of_results(run):
    """As the page of files says."""
    assert sorted(path.name for path in run.iterdir()) == sorted(FILES)
    page = (ROOT / "docs/files.md").read_text(encoding="utf-8")
    for name in (*FILES, scenarios.COMPARISON, "plan.stale.xlsx", "plan.2.xlsx", "outputs/<workbook>/<scenario>/",
                 f"outputs/<workbook>/{tried.TRIED}/"):
        assert f"`{name}`" in page, name


def test_the_exit_codes():
    """The page lists every code that an error, an ending or wrong use has, and no other."""
    def below(kind):
        return {kind.exit_code}.union(*(below(other) for other in kind.__subclasses__()))

    page = (ROOT / "docs/files.md").read_text(encoding="utf-8")
    stated = {int(code) for codes in re.findall(r"^\| ([\d, ]+) \|", page, flags=re.MULTILINE)
              for code in codes.split(",")}
    assert stated == {0, ends.FAILED, ends.PIPE, ends.INTERRUPTED, ends.TERMINATED,
                      cli_options.WRONG_USE} | below(JaryqError)


def test_a_list_that_lacks_a_key_or_has_one_too_many_is_noticed(run):
    """The comparison itself: a key added, one taken away, one of another type."""
    made = content(run, "summary.json")
    made["new"] = 1
    del made["seal"]
    made["kpi"]["km_renewed"] = "many"
    assert unlike(made, "summary.json of a plan") == ([("kpi.km_renewed", "many"), ("new", 1)], {"seal"})
