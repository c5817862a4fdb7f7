"""What other systems run: the commands in workflows, hooks and the page about them exist, and a hook's call with
several files works."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks.versions import oldest
from jaryq.base.extras import EXTRAS
from jaryq.commands import cli, cli_options
from jaryq.workbook.inputs import write_inputs
from tests.sampled import exhaustive_beside, exhaustive_but_for
from tests.workbooks import minimal_tables

ROOT = Path(__file__).resolve().parent.parent
FILES = (".github/workflows/ci.yml", ".github/workflows/workbooks.yml", ".pre-commit-hooks.yaml", "docs/validate.md",
         "docs/check.en.md", ".ci/run")


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def commands(path):
    """Calls of the program in a file, as arguments; what a shell would fill in stands as it is."""
    found = re.findall(r"^(?!\s*#)(?:- |\s|run: |entry: |`|\(?cd [^&]+&& )*(?:\S*python\S* run\.py|\"?\S*\bjaryq\"?) "
                       r"([a-z]+[^\n`;&]*)", text(path), flags=re.MULTILINE)
    return [shlex.split(line, comments=True) for line in found]


CALLS = [(path, call) for path in FILES for call in commands(path)]


def test_every_file_has_a_call():
    assert {path for path, _ in CALLS} == set(FILES)


@pytest.mark.parametrize(("path", "call"), CALLS, ids=[f"{path} {' '.join(call)}" for path, call in CALLS])
def test_the_commands_exist(path, call):
    # A hook gets its files from pre-commit; the workflow's seconds are a number.
    given = [*call, "one.xlsx", "two.xlsx"] if path == ".pre-commit-hooks.yaml" else ["60" if part == "$SECONDS_EACH"
        else part for part in call]
    known = cli.parser().parse_args(given)
    assert known.command == call[0]


def test_the_reusable_workflow_uses_the_inputs_it_declares():
    workflow = text(".github/workflows/workbooks.yml")
    declared = set(re.findall(r"^      (\w+):$", workflow.partition("permissions:")[0], flags=re.MULTILINE))
    assert declared == set(re.findall(r"inputs\.(\w+)", workflow)) == {"jaryq", "workbooks", "validate", "seconds",
        "python"}
    # Inputs reach a shell as variables of the environment, never as text of the script.
    assert not re.search(r"run: .*\$\{\{", workflow)


def test_the_matrix_has_three_systems_and_the_range_of_pythons():
    workflow = text(".github/workflows/ci.yml")
    assert set(re.findall(r"runs-on: (\w+)-latest", workflow)) == {"ubuntu", "macos", "windows"}
    oldest = re.search(r'requires-python = ">=([\d.]+)"', text("pyproject.toml")).group(1)
    for pythons in re.findall(r"python: \[(.+)\]", workflow):
        assert pythons.startswith(f'"{oldest}"')


@exhaustive_beside("test_the_steps_of_the_reusable_job_run_as_they_stand")
def test_several_workbooks_are_checked_in_one_call(tmp_path, capsys):
    """As a hook does: one is sound, one is rejected, one cannot be read; all are told and the call fails."""
    sound, wrong, broken = (tmp_path / f"{name}.xlsx" for name in ("sound", "wrong", "broken"))
    settled = [{"source_id": "S1", "2026": 20.0, "2027": 20.0, "2028": 20.0}]
    write_inputs(minimal_tables(source_years=settled), sound)
    write_inputs(minimal_tables(source_years=settled, sources=[{"source_id": "S1", "name": "Budget",
        "kind": "no such kind"}]), wrong)
    broken.write_bytes(b"no workbook")
    assert cli.main(["check", str(sound)]) == 0
    assert cli.main(["check", str(sound), str(broken), str(wrong), "--format", "github"]) == 2
    said = capsys.readouterr()
    assert "no such kind" in said.out
    assert "broken.xlsx" in said.out + said.err
    for option in (["--annotate", str(tmp_path / "copy.xlsx")], ["--format", "json"], ["--format", "junit"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(["check", str(sound), str(wrong), *option])
        assert ended.value.code == cli_options.WRONG_USE


def test_the_two_environments_are_the_lower_bounds_and_the_newest():
    bounds = dict(re.findall(r'^  "(\w+)>=([\d.]+),', text("pyproject.toml"), flags=re.MULTILINE))
    assert oldest() == [f"highspy=={bounds['highspy']}", f"pyomo=={bounds['pyomo']}"]
    assert "run: python benchmarks/versions.py" in text(".github/workflows/ci.yml")
    assert "\n.venv/bin/python benchmarks/versions.py --only oldest\n" in text(".ci/run")


def test_a_sample_of_other_choices_is_asked_after_the_main_job():
    steps = text(".ci/run")
    assert steps.index('step "main job') < steps.index("benchmarks/claims.py outputs/kazakhstan/base/plan.xlsx --each ")


PROJECT = tomllib.loads(text("pyproject.toml"))["project"]


def test_what_is_called_is_installed_by_the_package():
    """The hook and the reusable job call the one command that the package gives, and the job's example asks for an
    extra that there is."""
    assert PROJECT["scripts"] == {"jaryq": "jaryq.commands.start:main"}
    hook = text(".pre-commit-hooks.yaml")
    assert re.search(r"^  entry: (\S+) check$", hook, flags=re.MULTILINE).group(1) in PROJECT["scripts"]
    assert "language: python" in hook
    for path in (".github/workflows/workbooks.yml", "docs/validate.md"):
        assert set(re.findall(r"jaryq\[(\w+)\]", text(path))) == {"validate"} <= set(EXTRAS)


@pytest.mark.parametrize("path", [".github/workflows/ci.yml", ".github/workflows/workbooks.yml", ".ci/run"])
def test_the_files_that_are_named_are_there(path):
    named = set(re.findall(r"(?<![\w/.-])((?:benchmarks|inputs|tests|docs|model|\.ci)/[\w./]*\w|run\.py)", text(path)))
    if path != ".github/workflows/workbooks.yml":
        assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@exhaustive_but_for("False-0")
@pytest.mark.skipif(os.name != "posix" or shutil.which("bash") is None, reason="the job runs on Linux")
@pytest.mark.parametrize(("wrong", "code"), [(False, 0), (True, 2)])
def test_the_steps_of_the_reusable_job_run_as_they_stand(tmp_path, wrong, code):
    """Word for word but for pip: patterns are expanded, a sound folder passes, one wrong workbook fails with its
    annotation."""
    folder, programs = tmp_path / "other repository", tmp_path / "bin"
    (folder / "plans").mkdir(parents=True)
    programs.mkdir()
    (programs / "jaryq").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m jaryq.commands.start "$@"\n',
                                    encoding="utf-8")
    (programs / "jaryq").chmod(0o755)
    settled = [{"source_id": "S1", "2026": 20.0, "2027": 20.0, "2028": 20.0}]
    write_inputs(minimal_tables(source_years=settled), folder / "plans" / "one.xlsx")
    cost = -1.0 if wrong else 7.0
    write_inputs(minimal_tables(source_years=settled, facilities=[{"facility": "F1", "name": "One", "cost": cost}]),
                 folder / "plans" / "two.xlsx")
    steps = [step for step in re.findall(r"^ +(?:- )?run: (.+)$", text(".github/workflows/workbooks.yml"),
                                         flags=re.MULTILINE) if "pip install" not in step]
    assert [step.split()[:2] for step in steps] == [["jaryq", "check"], ["jaryq", "validate"]]
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "WORKBOOKS": "plans/*.xlsx",
                   "SECONDS_EACH": "60"}
    for step in steps:
        done = subprocess.run(["bash", "-e", "-c", step], cwd=folder, env=environment, capture_output=True, text=True,
                              timeout=120, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        if wrong:
            assert "::error file=plans/two.xlsx" in done.stdout
            return
    assert (folder / "validate.xml").exists()
