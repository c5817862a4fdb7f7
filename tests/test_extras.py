"""Extras: what is stated in pyproject.toml is what the code asks for, and one that is missing is named with the command
that installs it."""

import importlib.metadata
import importlib.util
import re
import sys
import tomllib
from pathlib import Path

import pytest

from jaryq.base import extras
from jaryq.base.text import LANGS

ROOT = Path(__file__).resolve().parent.parent
STATED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


def test_every_extra_has_a_user_and_dev_holds_them_all():
    assert set(STATED) - {"dev"} == set(extras.EXTRAS)
    assert {f"jaryq[{name}]" for name in extras.EXTRAS} <= set(STATED["dev"])


@pytest.mark.parametrize("name", sorted(extras.EXTRAS))
def test_the_code_imports_what_an_extra_brings_and_asks_for_it(name):
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "model").rglob("*.py"))
    for module in extras.EXTRAS[name].modules:
        assert re.search(rf"^\s*(?:from|import) {module}\b", code,
                         flags=re.MULTILINE), f"nothing imports {module}: the extra has no user"
    assert f'need("{name}")' in code


@pytest.mark.parametrize("name", sorted(extras.EXTRAS))
def test_a_missing_extra_is_named_with_the_command_in_every_language(name, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda module: None)
    with pytest.raises(extras.MissingExtra) as missing:
        extras.need(name)
    assert missing.value.exit_code == 64
    several = len(extras.EXTRAS[name].modules) > 1
    assert ("are not installed" in missing.value.text.say("en")) == several
    assert ("не установлены" in missing.value.text.say("ru")) == several
    for lang in LANGS:
        said = missing.value.text.say(lang)
        assert extras.EXTRAS[name].modules[0] in said
        assert said.count(extras.command(name)) == 1
        assert not said.endswith(extras.command(name))  # a point follows the sentence, and would be copied


def test_an_extra_that_is_there_is_silent(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda module: object())
    assert extras.installed("validate")
    extras.need("validate")


def test_the_command_asks_for_what_the_installed_program_states(monkeypatch):
    """Of the metadata of a wheel; without any, for the extra of the folder that holds the program."""
    stated = ["pandas<4,>=2.2", 'ortools<10,>=9.15; extra == "validate"', 'pytest>=8; extra == "dev"',
              'ortools<10,>=9.15; extra == "dev"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: stated)
    monkeypatch.setattr(sys, "executable", "/usr/bin/python 3")
    assert extras.command("validate") == '"/usr/bin/python 3" -m pip install "ortools<10,>=9.15"'

    def absent(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", absent)
    assert extras.command("validate") == f'"/usr/bin/python 3" -m pip install -e "{ROOT}[validate]"'
