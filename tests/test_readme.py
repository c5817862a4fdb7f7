"""The README tells the truth: its commands are those that are checked on every change, and its lists are complete."""

import argparse
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from jaryq.base import errors
from jaryq.commands import cli, cli_options, ends
from tests.conftest import pytest_collection_modifyitems, pytest_configure, pytest_ignore_collect

ROOT = Path(__file__).resolve().parent.parent


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    """The blocks of the README in ``language``, each one line."""
    return re.findall(rf"```{language}\n(.+?)\n```", text("README.md"), flags=re.DOTALL)


@pytest.mark.parametrize("language", ["sh", "powershell"])
def test_each_of_the_two_commands_is_one_complete_line(language: str) -> None:
    main, tests = fenced(language)
    assert "\n" not in main + tests
    assert "-m venv .venv" in main
    assert "-m venv .venv" in tests
    assert re.search(r"run\.py( }|$)", main)
    assert re.search(r"-m pytest( }|$)", tests)


def test_ci_runs_the_two_commands_word_for_word() -> None:
    main, tests = fenced("sh")
    script = text(".ci/run")
    assert f"\ntests='{tests}'\n" in script
    assert f"\nmain='{main}'\n" in script
    assert script.count('\nbash -c "$tests"\n') == script.count('\nbash -c "$main"\n') == 1
    assert "set -euo pipefail" in script
    if os.name == "posix":
        assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_workflow_runs_the_same_commands() -> None:
    lines = [line.strip() for line in text(".github/workflows/ci.yml").splitlines()]
    assert "- run: .ci/run" in lines
    for command in fenced("powershell"):
        assert command in lines


def test_the_readme_mentions_every_command() -> None:
    choices = next(action.choices for action in cli.parser()._actions if isinstance(action, argparse._SubParsersAction))
    missing = [name for name in choices if f"`PY run.py {name} " not in text("README.md")]
    assert not missing


def test_the_readme_gives_every_exit_code() -> None:
    line = next(line for line in text("README.md").splitlines() if line.startswith("Exit codes:"))
    codes = {int(code) for code in re.findall(r"\b\d+\b", line)}
    ways = (errors.JaryqError, errors.NotVerified, errors.InputRejected, errors.Infeasible, errors.NoPlan)
    assert codes == {0, cli_options.WRONG_USE, ends.INTERRUPTED, ends.PIPE, ends.TERMINATED} | {way.exit_code
        for way in ways}


def documents() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "benchmarks/README.md",
            *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    body = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)|src=\"([^\":]+)\"", body)
    broken = [one or two for one, two in links if not (page.parent / (one or two)).exists()]
    assert not broken


@pytest.mark.parametrize("page", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_of_code_that_are_named_are_there(page: Path) -> None:
    """With their folder, from the top or from the package; what a page proposes is marked ``(new)``."""
    body = page.read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+/[\w/]+\.py)`(?! \(new\))", body)
    assert [name for name in named if not ((ROOT / name).exists() or (ROOT / "model/jaryq" / name).exists())] == []


def test_every_document_is_in_the_index() -> None:
    """In docs/README.md, or a page of a sheet in the index of its language."""
    index = text("docs/README.md") + text("docs/inputs.en.md") + text("docs/inputs.ru.md")
    names = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    assert [name for name in names if name != "README.md" and f"({name})" not in index] == []


def test_the_layout_names_every_package() -> None:
    packages = [init.parent.name for init in (ROOT / "model/jaryq").glob("*/__init__.py")]
    assert [name for name in packages if f"model/jaryq/{name} " not in text("README.md")] == []


class Item:
    """A test as it is collected: its file, the id of its case and the ids of those cases that are kept, if it says
    which."""

    def __init__(self, path: str, case: str = "", *kept: str) -> None:
        self.path, self.marks = ROOT / "tests" / path, list[str]()
        self.nodeid, self.callspec = f"{path}::test[{case}]", SimpleNamespace(id=case)
        self.add_marker, self.kept = self.marks.append, kept

    def get_closest_marker(self, name: str) -> object:
        return SimpleNamespace(args=self.kept) if self.kept and name == "sampled" else None


def test_what_is_exhaustive_is_marked_and_run(request) -> None:
    """Tests of the folders of drawn cases and damage carry the marker; the README's command leaves them out, CI runs
    both halves."""
    items = [Item("properties/test_order.py"), Item("damage/test_damage.py"), Item("test_readme.py")]
    config = SimpleNamespace(args_source=pytest.Config.ArgsSource.ARGS)
    pytest_collection_modifyitems(config, items)
    assert {item.path.name: item.marks for item in items} == {"test_order.py": ["exhaustive"],
        "test_damage.py": ["exhaustive"], "test_readme.py": []}
    assert any(line.startswith("exhaustive:") for line in request.config.getini("markers"))
    assert "exhaustive" not in "\n".join((*fenced("sh"), *fenced("powershell"), *request.config.getini("addopts")))
    assert text(".ci/run").count(".venv/bin/python -m pytest -m exhaustive\n") == 1
    assert text(".github/workflows/ci.yml").count("-m pytest -m exhaustive\n") == 1


def test_of_some_tests_the_cases_that_stand_for_the_others_are_kept() -> None:
    """By patterns, each of which must be the id of a case where all tests are collected: else all of a kind would be
    left out without a word."""
    config = SimpleNamespace(args_source=pytest.Config.ArgsSource.TESTPATHS)
    items = [Item("test_x.py", case, "ru-*", "phone") for case in ("ru-1", "en-1", "phone", "desk")]
    pytest_collection_modifyitems(config, items)
    assert [item.marks for item in items] == [[], ["exhaustive"], [], ["exhaustive"]]
    with pytest.raises(pytest.UsageError, match="tablet"):
        pytest_collection_modifyitems(config, [*items, Item("test_y.py", "desk", "desk", "tablet")])


@pytest.mark.parametrize(("source", "asked", "then"), [("TESTPATHS", "", "not exhaustive"),
                                                       ("TESTPATHS", "exhaustive", "exhaustive"), ("ARGS", "", "")])
def test_the_whole_suite_leaves_out_what_is_exhaustive(source: str, asked: str, then: str) -> None:
    """Not so a file that is asked for: it would be passed over without a word."""
    config = SimpleNamespace(args_source=pytest.Config.ArgsSource[source], option=SimpleNamespace(markexpr=asked))
    pytest_configure(config)
    assert config.option.markexpr == then


@pytest.mark.parametrize(("asked", "left"), [("exhaustive", [True, None, None, None]),
                                             ("not exhaustive", [None, None, None, True]), ("", [None] * 4),
                                             ("other", [None] * 4)])
def test_files_without_a_test_that_is_asked_for_are_not_imported(tmp_path: Path, asked: str,
        left: list[bool | None]) -> None:
    """A file with no mark, one that marks some of its tests, a folder, and a file of a folder of which all is
    exhaustive."""
    (tmp_path / "damage").mkdir()
    files = [tmp_path / "test_a.py", tmp_path / "test_b.py", tmp_path / "damage", tmp_path / "damage" / "test_c.py"]
    for file, content in zip(files, ("", "@pytest.mark.exhaustive\n", None, ""), strict=True):
        if content is not None:
            file.write_text(content, encoding="utf-8")
    assert [pytest_ignore_collect(file, SimpleNamespace(option=SimpleNamespace(markexpr=asked)))
            for file in files] == left
