"""A plan speaks of its register by name and hash: a changed stretch is another register, a missing one is told."""

import json

import pytest

from jaryq.commands.cli import main
from tests.test_stretches_input import GOOD, workbook


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planned")
    (folder / "in").mkdir()
    source = workbook(folder / "in")
    assert main(["plan", str(source), "--out", str(folder / "out"), "--no-report"]) == 0
    plan = next((folder / "out").rglob("plan.xlsx"))
    return folder, source, plan


def test_the_manifest_names_the_register(planned):
    _, source, plan = planned
    said = json.loads((plan.parent / "manifest.json").read_text(encoding="utf-8"))
    assert (said["register"], len(said["register_sha256"])) == ("net.csv", 64)
    assert (plan.parent / said["register_in"] / "net.csv").resolve() == (source.parent / "net.csv").resolve()


def test_the_plan_is_verified_with_its_register(planned, capsys):
    _, _, plan = planned
    assert main(["verify", str(plan)]) == 0, capsys.readouterr().err


def test_another_or_no_register_is_told(planned, capsys):
    """One stretch of one metre more; then none at all; then the right one beside the plan."""
    _, source, plan = planned
    register = source.parent / "net.csv"
    content = register.read_bytes()
    try:
        register.write_bytes(content.replace(b"N1,c,1,", b"N1,c,1.001,"))
        assert main(["verify", str(plan)]) == 1
        assert "a stretch was changed" in capsys.readouterr().err
        register.unlink()
        assert main(["verify", str(plan)]) == 1
        assert "net.csv of the plan is missing" in capsys.readouterr().err
        (plan.parent / "net.csv").write_bytes(content)
        assert main(["verify", str(plan)]) == 0
    finally:
        register.write_bytes(content)
        (plan.parent / "net.csv").unlink(missing_ok=True)


def test_a_changed_register_is_another_plan(planned):
    """The workbook is the same; what is planned is not."""
    folder, source, plan = planned
    before = json.loads((plan.parent / "manifest.json").read_text(encoding="utf-8"))["key"]
    register = source.parent / "net.csv"
    content = register.read_bytes()
    try:
        register.write_bytes(content.replace(GOOD[2].encode(), b"N1,c,1,,60,31,2,5,,"))
        assert main(["plan", str(source), "--out", str(folder / "other"), "--no-report"]) == 0
    finally:
        register.write_bytes(content)
    after = next((folder / "other").rglob("manifest.json"))
    assert json.loads(after.read_text(encoding="utf-8"))["key"] != before


