"""The shipped case from a checkout and from a wheel: one tracked copy, written out whole, and nobody's file
replaced."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import jaryq
from jaryq.commands import cli

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "inputs" / "kazakhstan.xlsx"
WORKBOOKS = sorted(path.name for path in (ROOT / "inputs").glob("*.xlsx"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout, unpacked as an installation would have it."""
    pytest.importorskip("setuptools", minversion="77")
    tree, away = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy2(ROOT / name, tree / name)
    shutil.copytree(ROOT / "model", tree / "model", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (tree / "inputs").mkdir()
    for name in WORKBOOKS:
        shutil.copy2(ROOT / "inputs" / name, tree / "inputs" / name)
    code = f"from setuptools import build_meta\nprint(build_meta.build_wheel({str(away)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, timeout=120,
                          check=False)
    assert done.returncode == 0, done.stderr
    name = done.stdout.splitlines()[-1]
    with zipfile.ZipFile(away / name) as archive:
        archive.extractall(away / "site")
    return name, away / "site"


def from_wheel(wheel, folder, *arguments):
    """The program of the wheel, started in ``folder``."""
    environment = {**os.environ, "PYTHONPATH": str(wheel[1])}
    return subprocess.run([sys.executable, "-m", "jaryq.commands.start", *arguments], cwd=folder, env=environment,
                          capture_output=True, text=True, timeout=120,
                          check=False)


def test_the_case_is_written_out(tmp_path, capsys):
    assert cli.main(["example", str(tmp_path / "case")]) == 0
    assert [path.name for path in (tmp_path / "case").iterdir()] == ["kazakhstan.xlsx"]
    assert (tmp_path / "case" / "kazakhstan.xlsx").read_bytes() == CASE.read_bytes()
    assert f"plan {tmp_path / 'case' / 'kazakhstan.xlsx'}" in capsys.readouterr().out


def test_the_published_problems_too(tmp_path):
    assert cli.main(["example", str(tmp_path), "--published", "--lang", "ru"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == WORKBOOKS
    assert all((tmp_path / name).read_bytes() == (ROOT / "inputs" / name).read_bytes() for name in WORKBOOKS)


def test_what_is_unchanged_is_written_again_and_what_is_changed_stays(tmp_path, capsys):
    path = tmp_path / "kazakhstan.xlsx"
    assert cli.main(["example", str(tmp_path)]) == 0
    assert cli.main(["example", str(tmp_path)]) == 0
    path.write_bytes(path.read_bytes() + b"mine")
    assert cli.main(["example", str(tmp_path)]) == 64
    assert path.read_bytes().endswith(b"mine")
    assert "kazakhstan.xlsx" in capsys.readouterr().err
    assert cli.main(["example", str(tmp_path), "--force"]) == 0
    assert path.read_bytes() == CASE.read_bytes()


def test_none_is_written_where_one_may_not_be(tmp_path):
    (tmp_path / "psplib_j301_1.xlsx").write_bytes(b"mine")
    assert cli.main(["example", str(tmp_path), "--published"]) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["psplib_j301_1.xlsx"]


def test_the_inputs_of_the_program_are_no_place_for_it():
    assert cli.main(["example", str(ROOT / "inputs")]) == 64


def test_a_file_in_the_place_of_the_folder(tmp_path, capsys):
    (tmp_path / "file").write_bytes(b"mine")
    assert cli.main(["example", str(tmp_path / "file")]) == 64
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_the_wheel_holds_the_case_the_licence_and_one_version(wheel):
    name, site = wheel
    assert name.startswith(f"jaryq-{jaryq.__version__}-py3")
    assert sorted(path.name for path in (site / "jaryq" / "inputs").iterdir()) == WORKBOOKS
    info = site / f"jaryq-{jaryq.__version__}.dist-info"
    metadata = (info / "METADATA").read_text(encoding="utf-8")
    for line in ("License-Expression: Apache-2.0", "License-File: LICENSE", "Provides-Extra: validate"):
        assert f"\n{line}\n" in metadata
    assert (info / "licenses" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert (info / "entry_points.txt").read_text(
        encoding="utf-8").strip() == "[console_scripts]\njaryq = jaryq.commands.start:main"
    assert (site / "jaryq" / "py.typed").exists()
    assert (site / "jaryq" / "base" / "translations.csv").exists()


def test_the_program_of_the_wheel_writes_and_checks_a_case(wheel, tmp_path):
    done = from_wheel(wheel, tmp_path, "example", "case", "--published")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "case" / "kazakhstan.xlsx").read_bytes() == CASE.read_bytes()
    again = from_wheel(wheel, tmp_path, "check", "case/lorie_savage.xlsx")
    assert again.returncode == 0, again.stdout
    found = from_wheel(wheel, tmp_path, "--version")
    assert found.stdout == f"Jaryq {jaryq.__version__}\n"


def test_the_default_of_a_wheel_is_the_case_it_holds(wheel, tmp_path):
    code = "from jaryq.base.shipped import published, shipped_case; print(shipped_case()); print(len(published()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(wheel[1])},
                          capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == [str(wheel[1] / "jaryq" / "inputs" / "kazakhstan.xlsx"), str(len(WORKBOOKS) - 1)]


def test_the_version_stands_in_one_place():
    assert f'VERSION = "{jaryq.__version__}"' in (ROOT / "model/jaryq/base/version.py").read_text(encoding="utf-8")
    assert jaryq.__version__ not in (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.ruff]")[0]
