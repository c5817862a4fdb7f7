"""The shape of the code: who may import whom, how long a file may be, and silence on import. Imports inside functions count too."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "model").rglob("*.py"))
LAYERS = ("base", "sheets", "data", "formulation", "solve")
"""Each may import itself and those before it."""

ONLY = {
    "pyomo": ("model.formulation", "model.solve.compile"),
    "highspy": ("model.solve.highs", "model.solve.infeasible", "model.validate.highs"), "ortools": ("model.validate.child",),
    "openpyxl": ("model.workbook",), "xlsxwriter": ("model.workbook",), "python_calamine": ("model.workbook",),
    "scipy": ("model.solve", "model.validate"),
}
"""Third-party packages, and the only modules or packages that import them."""

LONGEST = 400


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
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


IMPORTS = {module_of(path): imported(path) for path in FILES}
MODULES = set(IMPORTS)


def inside(module, package):
    return module == package or module.startswith(package + ".")


def reached(module):
    """Everything of ours that a module imports, directly or through others (and the packages they stand in)."""
    seen, waiting = set(), [module]
    while waiting:
        for name in IMPORTS.get(waiting.pop(), ()):
            for part in (name, name.rpartition(".")[0]):
                if part in MODULES and part not in seen:
                    seen.add(part)
                    waiting.append(part)
    return seen


def layer(module):
    parts = module.split(".")
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[1] in LAYERS else None


def test_there_is_something_to_look_at():
    assert {f"model.{name}" for name in (*LAYERS, "workbook", "verify", "report", "cli")} <= MODULES
    assert "pyomo.environ" in IMPORTS["model.solve.compile"]
    assert "model.data.tables" in reached("model.cli")


@pytest.mark.parametrize("module", sorted(m for m in MODULES if layer(m) is not None))
def test_imports_run_one_way(module):
    upwards = {name for name in IMPORTS[module] if name in MODULES and (layer(name) is None or layer(name) > layer(module)) and name != "model"}
    assert upwards == set()


@pytest.mark.parametrize("package", sorted(ONLY))
def test_who_imports_what_from_outside(package):
    who = {module for module, names in IMPORTS.items() if any(inside(name, package) for name in names)}
    assert who, f"nobody imports {package} any more: take it out of the list"
    assert {module for module in who if not any(inside(module, allowed) for allowed in ONLY[package])} == set()


def test_outside_of_solve_formulation_is_imported_for_building_and_for_documents_only():
    who = {module for module, names in IMPORTS.items() if any(inside(name, "model.formulation") for name in names)}
    assert {m for m in who if not inside(m, "model.formulation") and not inside(m, "model.solve")} <= {"model.job", "model.commands", "model.pages"}


@pytest.mark.parametrize("module", sorted(m for m in MODULES if inside(m, "model.verify")))
def test_the_check_is_independent(module):
    """Neither the algebra nor its derived factors, not even through others."""
    derived = {f"model.data.{name}" for name in ("derive", "loans", "prices", "schedule", "eligibility", "season", "condition", "risk", "bounds", "since")}
    found = {name for name in reached(module) if inside(name, "model.formulation") or name in derived}
    assert found == set()


@pytest.mark.parametrize("package", ["model.formulation", "model.solve", "model.data"])
def test_files_and_screens_are_far_from_the_algebra(package):
    who = {m for m in MODULES if inside(m, package)}
    assert not {name for m in who for name in reached(m) if inside(name, "model.workbook") or inside(name, "model.report") or inside(name, "model.cli")}


def test_nothing_but_the_command_line_knows_of_other_solvers():
    """The room of the second solvers can be taken out without a trace; what runs apart imports nothing of ours."""
    who = {m for m in MODULES if any(inside(name, "model.validate") for name in IMPORTS[m])}
    assert {m for m in who if not inside(m, "model.validate")} == {"model.cli"}
    assert not {name for name in IMPORTS["model.validate.child"] if inside(name, "model")}


def test_base_needs_nothing_from_outside():
    for module in (m for m in MODULES if inside(m, "model.base")):
        assert {name.split(".")[0] for name in IMPORTS[module]} <= {"model", *sys.stdlib_module_names}


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_no_file_is_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_importing_everything_prints_nothing_and_warns_of_nothing():
    code = f"import importlib\nfor name in {sorted(MODULES)!r}:\n    importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_check_loads_neither_the_algebra_nor_the_solver():
    """They take longer to import than most inputs take to check."""
    code = "import sys\nfrom model.cli import main\nmain(['check', 'inputs/no-such-file.xlsx'])\nprint(sorted({'pyomo', 'highspy', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
