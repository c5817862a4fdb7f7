"""What other systems run: the commands in workflows, hooks and the page about them exist, and a hook's call with several files works."""

import re
import shlex
from pathlib import Path

import pytest

from benchmarks.versions import oldest
from jaryq.commands import cli
from jaryq.workbook.inputs import write_inputs
from tests.workbooks import minimal_tables

ROOT = Path(__file__).resolve().parent.parent
FILES = (".github/workflows/ci.yml", ".github/workflows/workbooks.yml", ".pre-commit-hooks.yaml", "docs/validate.md", "docs/check.en.md", ".ci/run")


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def commands(path):
    """Calls of the program in a file, as arguments; what a shell would fill in stands as it is."""
    found = re.findall(r"^(?!\s*#)(?:- |\s|run: |entry: |`|\(?cd [^&]+&& )*(?:\S*python\S* run\.py|\"?\S*\bjaryq\"?) ([a-z]+[^\n`;&]*)", text(path), flags=re.MULTILINE)
    return [shlex.split(line, comments=True) for line in found]


CALLS = [(path, call) for path in FILES for call in commands(path)]


def test_every_file_has_a_call():
    assert {path for path, _ in CALLS} == set(FILES)


@pytest.mark.parametrize(("path", "call"), CALLS, ids=[f"{path} {' '.join(call)}" for path, call in CALLS])
def test_the_commands_exist(path, call):
    # A hook gets its files from pre-commit; the workflow's seconds are a number.
    given = [*call, "one.xlsx", "two.xlsx"] if path == ".pre-commit-hooks.yaml" else ["60" if part == "$SECONDS_EACH" else part for part in call]
    known = cli.parser().parse_args(given)
    assert known.command == call[0]


def test_the_reusable_workflow_uses_the_inputs_it_declares():
    workflow = text(".github/workflows/workbooks.yml")
    declared = set(re.findall(r"^      (\w+):$", workflow.partition("permissions:")[0], flags=re.MULTILINE))
    assert declared == set(re.findall(r"inputs\.(\w+)", workflow)) == {"jaryq", "workbooks", "validate", "seconds", "python"}
    # Inputs reach a shell as variables of the environment, never as text of the script.
    assert not re.search(r"run: .*\$\{\{", workflow)


def test_the_matrix_has_three_systems_and_the_range_of_pythons():
    workflow = text(".github/workflows/ci.yml")
    assert set(re.findall(r"runs-on: (\w+)-latest", workflow)) == {"ubuntu", "macos", "windows"}
    oldest = re.search(r'requires-python = ">=([\d.]+)"', text("pyproject.toml")).group(1)
    for pythons in re.findall(r"python: \[(.+)\]", workflow):
        assert pythons.startswith(f'"{oldest}"')


def test_several_workbooks_are_checked_in_one_call(tmp_path, capsys):
    """As a hook does: one is sound, one is rejected, one cannot be read; all are told and the call fails."""
    sound, wrong, broken = (tmp_path / f"{name}.xlsx" for name in ("sound", "wrong", "broken"))
    settled = [{"source_id": "S1", "2026": 20.0, "2027": 20.0, "2028": 20.0}]
    write_inputs(minimal_tables(source_years=settled), sound)
    write_inputs(minimal_tables(source_years=settled, sources=[{"source_id": "S1", "name": "Budget", "kind": "no such kind"}]), wrong)
    broken.write_bytes(b"no workbook")
    assert cli.main(["check", str(sound)]) == 0
    assert cli.main(["check", str(sound), str(broken), str(wrong), "--format", "github"]) == 2
    said = capsys.readouterr()
    assert "no such kind" in said.out
    assert "broken.xlsx" in said.out + said.err
    for option in (["--annotate", str(tmp_path / "copy.xlsx")], ["--format", "json"], ["--format", "junit"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(["check", str(sound), str(wrong), *option])
        assert ended.value.code == cli.WRONG_USE


def test_the_two_environments_are_the_lower_bounds_and_the_newest():
    bounds = dict(re.findall(r'^  "(\w+)>=([\d.]+),', text("pyproject.toml"), flags=re.MULTILINE))
    assert oldest() == [f"highspy=={bounds['highspy']}", f"pyomo=={bounds['pyomo']}"]
    assert "run: python benchmarks/versions.py" in text(".github/workflows/ci.yml")
    assert "\n.venv/bin/python benchmarks/versions.py --only oldest\n" in text(".ci/run")
