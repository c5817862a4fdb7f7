"""The shape of the code: who may import whom, how long a file may be, and silence on import. Imports inside functions
count too."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "model"
FILES = sorted(SOURCE.rglob("*.py"))
ROOMS = {
    "base": (),
    "sheets": ("base",),
    "tables": ("base", "sheets"),
    "case": ("base", "sheets", "tables"),
    "factors": ("base", "case"),
    "rules": ("base", "sheets", "tables", "case", "factors"),
    "formulation": ("base", "sheets", "case", "factors"),
    "solve": ("base", "case"),
    "verify": ("base", "sheets", "case", "solve"),
    "explain": ("base", "sheets", "case", "factors", "formulation", "solve"),
    "uncertainty": ("base", "case", "solve"),
    "report": ("base", "sheets", "tables", "case", "factors", "solve", "verify"),
    "handover": ("base", "sheets", "case", "report", "uncertainty"),
    "workbook": ("base", "sheets", "tables", "case", "solve", "report", "handover"),
    "api": ("base", "sheets", "tables", "case", "factors", "rules", "formulation", "solve", "explain", "verify",
            "report", "handover", "workbook", "uncertainty"),
    "validate": ("base", "tables", "solve", "workbook", "api"),
    "desk": ("base", "sheets", "tables", "report", "workbook", "api"),
    "commands": ("base", "sheets", "tables", "case", "verify", "explain", "report", "handover", "workbook", "api",
                 "validate", "desk"),
    "documents": ("base", "sheets", "factors", "formulation"),
}
"""Every room, and the rooms whose modules its own may import."""

ONLY = {
    "pyomo": ("jaryq.formulation", "jaryq.solve.compile"),
    "highspy": ("jaryq.solve.highs", "jaryq.solve.bases", "jaryq.solve.infeasible", "jaryq.validate.highs"),
    "ortools": ("jaryq.validate.child",),
    "openpyxl": ("jaryq.workbook",), "xlsxwriter": ("jaryq.workbook",), "python_calamine": ("jaryq.workbook",),
    "docx": ("jaryq.handover.brief",), "matplotlib": ("jaryq.handover.pictures",),
    "pyarrow": ("jaryq.handover.tables_parquet", "jaryq.workbook.register.columnar"),
    "SALib": ("jaryq.uncertainty.morris",), "mcp": ("jaryq.commands.assistant.server",),
    "anyio": ("jaryq.commands.assistant.server",), "scipy": ("jaryq.solve", "jaryq.validate"),
    "nicegui": ("jaryq.desk",), "fastapi": ("jaryq.desk",), "uvicorn": ("jaryq.desk.server",),
    "jinja2": ("jaryq.handover",), "markupsafe": ("jaryq.handover",),
}
"""Third-party packages, and the only modules or packages that import them."""

LONGEST = 300


def module_of(path):
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path):
    """Modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@cache
def imports():
    """What each of ours imports: found by the first test that asks for it, not by everything that collects tests."""
    return {module_of(path): imported(path) for path in FILES}


MODULES = {module_of(path) for path in FILES}
"""All of ours. The package itself names what it loads only when it is asked for it, so it stands outside of the
picture."""


def inside(module, package):
    return module == package or module.startswith(package + ".")


def reached(module):
    """Everything of ours that a module imports, directly or through others (and the rooms they stand in; the package
    itself loads what it names only when it is asked for it)."""
    seen, waiting = set(), [module]
    while waiting:
        for name in imports().get(waiting.pop(), ()):
            for part in (name, name.rpartition(".")[0]):
                if part in MODULES and part != "jaryq" and part not in seen:
                    seen.add(part)
                    waiting.append(part)
    return seen


def room(module):
    return module.split(".")[1] if "." in module else ""


def test_there_is_something_to_look_at():
    assert {f"jaryq.{name}" for name in ROOMS} == {module for module in MODULES if module.count(".") == 1}
    assert "pyomo.environ" in imports()["jaryq.solve.compile"]
    assert "jaryq.tables.tables" in reached("jaryq.commands.cli")


def test_the_rooms_form_no_circle():
    """They are listed so that each imports earlier ones only."""
    order = list(ROOMS)
    assert [(name, other) for name, others in ROOMS.items() for other in others
            if order.index(other) >= order.index(name)] == []


def test_imports_run_one_way():
    assert {(module, name) for module in MODULES if room(module) for name in imports()[module]
            if name in MODULES and room(name) not in {"", room(module), *ROOMS[room(module)]}} == set()


def test_the_modules_form_no_circle():
    """Imports inside functions and for types count too. Modules without an import of the others go, until none is left
    or a circle is."""
    needs = {module: {name for name in names if name in MODULES and name != module and not inside(module, name)}
             for module, names in imports().items() if module != "jaryq"}
    while free := {module for module, names in needs.items() if not names & needs.keys()}:
        needs = {module: names for module, names in needs.items() if module not in free}
    assert sorted(needs) == []


def test_the_package_stands_above_all_rooms():
    """It names what it loads, so that nothing of ours may ask it for anything."""
    assert [module for module, names in imports().items() if "jaryq" in names] == []
    assert {name for name in imports()["jaryq"] if name in MODULES} <= reached("jaryq")


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_no_room_is_allowed_what_it_does_not_use(name):
    """A list that allows more than is needed says less than it seems to."""
    needed = {room(other) for module in MODULES if room(module) == name for other in imports()[module]
              if other in MODULES} - {"", name}
    assert set(ROOMS[name]) - needed == set()


@pytest.mark.parametrize("package", sorted(ONLY))
def test_who_imports_what_from_outside(package):
    who = {module for module, names in imports().items() if any(inside(name, package) for name in names)}
    assert who, f"nobody imports {package} any more: take it out of the list"
    assert {module for module in who if not any(inside(module, allowed) for allowed in ONLY[package])} == set()


@pytest.mark.parametrize("name", ["verify", "solve"])
def test_neither_the_verifier_nor_the_solver_knows_the_algebra(name):
    """Nor its derived factors, not even through others: one is independent, the other's programs can be stacked, priced
    and changed wherever they come from."""
    who = {module for module in MODULES if room(module) == name}
    assert {(module, other) for module in who for other in reached(module)
            if room(other) in ("formulation", "factors", "rules")} == set()


@pytest.mark.parametrize("name", ["formulation", "solve", "tables", "case", "factors", "rules"])
def test_files_and_screens_are_far_from_the_algebra(name):
    who = {m for m in MODULES if room(m) == name}
    assert not {other for m in who for other in reached(m) if room(other) in ("workbook", "report", "api", "commands")}


def test_nothing_but_the_command_line_knows_of_other_solvers():
    """The room of the second solvers can be taken out without a trace; what runs apart imports nothing of ours."""
    who = {m for m in MODULES if any(inside(name, "jaryq.validate") for name in imports()[m])}
    assert {m for m in who if not inside(m, "jaryq.validate")} == {"jaryq.commands.cli_plans"}
    assert not {name for name in imports()["jaryq.validate.child"] if inside(name, "jaryq")}


def test_base_needs_nothing_from_outside():
    for module in (m for m in MODULES if inside(m, "jaryq.base")):
        assert {name.split(".")[0] for name in imports()[module]} <= {"jaryq", *sys.stdlib_module_names}


def test_no_file_is_too_long():
    lines = {module_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {module: count for module, count in lines.items() if count > LONGEST} == {}


WIDEST = 120
NOT_OURS = "assets/echarts/"


def too_wide(text):
    """Numbers of the lines of a text that are longer than may be."""
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > WIDEST]


def test_no_line_of_python_is_too_long():
    """Ruff lets pass what has no space to break at or ends with a pragma."""
    rooms = (ROOT / room for room in ("model", "tests", "inputs", "benchmarks"))
    paths = [path for room in rooms for path in sorted(room.rglob("*.py"))]
    assert {path.name: lines for path in paths if (lines := too_wide(path.read_text(encoding="utf-8")))} == {}


def test_no_line_of_a_script_style_or_template_is_too_long():
    """What a browser reads."""
    ours = [path for path in sorted(SOURCE.rglob("*")) if path.suffix in (".js", ".css", ".html", ".j2")
            and NOT_OURS not in path.as_posix()]
    assert {path.suffix for path in ours} == {".js", ".css", ".j2"}
    assert {path.name: lines for path in ours if (lines := too_wide(path.read_text(encoding="utf-8")))} == {}


def test_a_line_that_is_too_long_is_seen():
    assert too_wide("a" * 120 + "\n" + "b" * 121 + "\nc") == [2]


def test_importing_everything_prints_nothing_and_warns_of_nothing():
    code = f"import importlib\nfor name in {sorted(MODULES)!r}:\n    importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True,
                          timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


HEAVY = ("pyomo", "highspy", "scipy", "pandas", "pyarrow", "openpyxl", "xlsxwriter", "matplotlib", "jinja2")


@pytest.mark.parametrize("source", ["inputs/no-such-file.xlsx", "inputs/finco.xlsx"])
def test_a_check_loads_neither_the_algebra_nor_the_solver_nor_frames(source):
    """They take longer to import than most inputs take to check; frames (pandas) are for notebooks and for registers in
    files."""
    code = (
        f"import sys\nfrom jaryq.commands.cli import main\nmain(['check', {source!r}])\nprint(sorted({set(HEAVY)!r} & "
        "set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


OF_SOLVE = {"choice", "dyadic", "exact", "lp", "proof", "solution"}
"""What ``verify`` reads of ``solve``: shapes of programs, proofs and answers, and exact arithmetic."""


def test_verify_asks_the_solver_in_one_place():
    """For what only solving finds (docs/verify.md); there nothing but the solver is taken from the first search."""
    asked = {module: names for module in MODULES if inside(module, "jaryq.verify")
             and (names := {name.split(".")[2] for name in imports()[module] if inside(name, "jaryq.solve")
                            and name.count(".") > 1} - OF_SOLVE)}
    assert asked == {"jaryq.verify.other_again": {"highs"}}


AT_HOME = ("base.home", "base.names_in_use", "base.quantities", "base.countries", "sheets.examples", "sheets.aliases",
           "sheets.works", "sheets.programme",
           "sheets.adequacy", "sheets.targets", "validate.small", "workbook.inputs")
"""Where codes of this country, of its regions and of its first partner stand: their place, lists of names of countries
and currencies, examples of cells."""
OF_ONE_COUNTRY = re.compile(r"KZ-[\d*]|(?:KZ|KZT|JP)$")


def codes_in(text):
    """Codes of one country in the texts of a module that are no docstrings."""
    tree = ast.parse(text)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and id(node) not in said
            and any(OF_ONE_COUNTRY.match(node.value, start) for start in (0,
            *(at.start() for at in re.finditer("KZ-", node.value))))}


def test_codes_of_one_country_stand_in_one_place():
    """Regions of the country are data of the package (``base/regions.csv``): no code of one stands in the code but as
    an example of a cell."""
    found = {module for module, path in zip(imports(), FILES, strict=True)
             if codes_in(path.read_text(encoding="utf-8"))}
    assert found == {f"jaryq.{name}" for name in AT_HOME}


def test_a_code_of_one_country_is_seen():
    assert codes_in('"""Region KZ-10."""\nHOME = "KZ"\nAT = {"N-KZ-10-heat": 1}\n') == {"KZ", "N-KZ-10-heat"}
    assert codes_in('NAME = "KZTAN"\n') == set()


UNIT_OF_MONEY = re.compile(r"(?:crew-years per km or )?(?:(?:bn|mn|thousand) KZT|KZT/)[a-z /-]*$")


def units_of_money_in(text):
    """Units of money that are written out as keys: texts of a module that are neither docstrings nor words of a
    ``Text``."""
    tree = ast.parse(text)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)} | {
        id(words) for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text"
        for words in node.args}
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and id(node) not in said
            and UNIT_OF_MONEY.match(node.value)}


def test_units_of_money_are_named_once():
    """``base.home`` names them; sentences and headings say them in words of their language."""
    assert {module: found for module, path in zip(imports(), FILES, strict=True)
            if (found := units_of_money_in(path.read_text(encoding="utf-8")))} == {}


def test_a_unit_of_money_is_seen():
    assert units_of_money_in('"""In bn KZT."""\nA = Text("bn KZT", "?")\nB = {"bn KZT": 1, "KZT/unit": 2, "a tariff in '
                             'mn KZT/km": 3}\n') == {"bn KZT", "KZT/unit"}


def test_no_two_files_of_tests_have_one_name():
    """Collected together, the second of two would be taken for the first, and the whole suite would stop."""
    names = [path.name for path in sorted((ROOT / "tests").rglob("test_*.py"))]
    assert sorted({name for name in names if names.count(name) > 1}) == []
