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




def stored_with(planned, rows, **claims):
    """What verify says of a file of stretches beside the plan, the plan's own km being 3 of N1 in 2027."""
    from dataclasses import replace

    from jaryq.api.accepted import accept
    from jaryq.commands.verify import _of_stretches
    from jaryq.verify.finding import failed
    from jaryq.workbook.plan_read import read_plan
    from jaryq.workbook.register.read import sha256_of

    _, _, plan = planned
    stored = read_plan(plan)
    case = accept(stored.tables, [], stored.scenario, as_changed=True).case
    file = plan.parent / "stretches.csv"
    file.write_text("package,segment,period,km\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    solution = replace(stored.solution, plan=replace(stored.plan, renew={("N1", "2027"): 3.0}))
    manifest = {**stored.manifest, "stretches": "stretches.csv", "stretches_sha256": sha256_of(file)}
    said = {**stored.claims, **{f"stretches[{name}]": value for name, value in claims.items()}}
    found = _of_stretches(replace(stored, solution=solution, manifest=manifest, claims=said), case, plan)
    file.unlink()
    return found, {finding.check for finding in failed(found)}


def test_a_file_of_stretches_is_checked(planned):
    """c bursts 0.6 a km and costs 5, d 0.3 at 8, a and b 0.111305 and 0.288695 at 8: three stretches of 1 km in 2027. What they are worth is taken from the check itself once (by hand in
    tests/verify/test_checked_stretches.py); a claim that differs by a thousandth fails, and so does a km too many. The plan of packages states nothing above their means."""
    rows = ["N1,b,2027,1", "N1,c,2027,1", "N1,d,2027,1"]
    found, _ = stored_with(planned, rows)
    worth = next(one.recomputed for one in found if one.check == "stretch_value")
    assert stored_with(planned, rows, count=5, cut=0, value=worth)[1] == {"stretch_above"}
    assert stored_with(planned, rows, count=5, cut=0, value=worth + 1e-3)[1] == {"stretch_above", "stretch_value"}
    assert {"stretch_sums", "stretch_cut"} <= stored_with(planned, [*rows[:2], "N1,d,2027,0.9"], count=5, cut=0, value=worth)[1]
    assert "stretch_known" in stored_with(planned, [*rows[:2], "N1,x,2027,1"], count=5, cut=0, value=worth)[1]
