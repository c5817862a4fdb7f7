"""A plan speaks of its register by name and hash: a changed stretch is another register, a missing one is told."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import jaryq
from jaryq.api.accepted import accept
from jaryq.api.findings import stated_of
from jaryq.api.question import program_of
from jaryq.api.renewed import with_renewed
from jaryq.api.stretch_explained import stretch_at, why_of
from jaryq.commands.cli import main
from jaryq.handover.html.write import scenario_of
from jaryq.report.streets import _most as most
from jaryq.solve.proof import Fixing, Proof
from jaryq.verify.certificate import verify_certificate
from jaryq.verify.finding import failed
from jaryq.verify.stretch_bound import rows_of_stretches
from jaryq.verify.stretch_values import Worths
from jaryq.verify.stretches import verify_stretches
from jaryq.workbook.plan_read import read_plan
from jaryq.workbook.read import read
from jaryq.workbook.register.read import sha256_of
from tests.sampled import exhaustive_beside
from tests.test_stretches_input import GOOD, HEAD, workbook


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
    """What is said of another file of stretches beside the plan, the plan's own km being 3 of N1 in 2027, and nothing
    above their mean."""
    _, _, plan = planned
    stored = read_plan(plan)
    case = accept(stored.tables, [], stored.scenario, as_changed=True).case
    file = plan.parent / "other.csv"
    file.write_text("package,segment,period,km\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    solution = replace(stored.solution, plan=replace(stored.plan, renew={("N1", "2027"): 3.0}, above={}))
    manifest = {**stored.manifest, "stretches": "other.csv", "stretches_sha256": sha256_of(file)}
    said = {**stored.claims, **{f"stretches[{name}]": value for name, value in claims.items()}}
    found = with_renewed(replace(stored, solution=solution, manifest=manifest), case, plan).solution
    file.unlink()
    findings = verify_stretches(case, found.renewed, found.plan, stated_of(said))
    return findings, {finding.check for finding in failed(findings)}


def test_a_file_of_stretches_is_checked(planned):
    """c bursts 0.6 a km and costs 5, d 0.3 at 8, a and b 0.111305 and 0.288695 at 8: three stretches of 1 km in 2027.
    What they are worth is taken from the check itself once (by hand in tests/verify/test_checked_stretches.py); a claim
    that differs by a thousandth fails, and so does a km too many. The plan of packages states nothing above their
    means, and the wear of another year."""
    rows = ["N1,b,2027,1", "N1,c,2027,1", "N1,d,2027,1"]
    found, _ = stored_with(planned, rows)
    worth = next(one.recomputed for one in found if one.check == "stretch_value")
    assert stored_with(planned, rows, count=5, cut=0, value=worth)[1] == {"stretch_above", "stretch_wear"}
    assert stored_with(planned, rows, count=5, cut=0, value=worth + 1e-3)[1] == {"stretch_above", "stretch_value",
        "stretch_wear"}
    assert {"stretch_sums", "stretch_cut"} <= stored_with(planned, [*rows[:2], "N1,d,2027,0.9"], count=5, cut=0,
                                                          value=worth)[1]
    for strange, told in (("N1,x,2027,1", "N1/x 2027"), ("N9,d,2027,1", "N9/d 2027"), ("N1,d,2035,1", "N1/d 2035"),
                          (rows[1], "N1/c")):
        found, kinds = stored_with(planned, [*rows[:2], strange], count=5, cut=0, value=worth)
        assert "stretch_known" in kinds
        assert [one.place for one in found if one.check == "stretch_known"] == [told]


def said_by(plan):
    return json.loads((plan.parent / "manifest.json").read_text(encoding="utf-8"))


def rows_beside(plan):
    """The rows of the file that the manifest names."""
    path = plan.parent / said_by(plan)["stretches"]
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype={"period": str})
    return frame.to_dict("list")


def test_the_stretches_renewed_stand_beside_the_plan(planned):
    """Money is plenty, and renewing costs 0.01 bn a km: b, c and d of N1 burst often enough to be worth that, a of N1
    and a of N2 do not."""
    _, _, plan = planned
    rows = rows_beside(plan)
    assert (rows["package"], rows["segment"], rows["km"]) == (["N1"] * 3, ["b", "c", "d"], [1.0] * 3)
    stored = read_plan(plan)
    assert stored.manifest["stretches"] == said_by(plan)["stretches"]
    assert (stored.claims["stretches[count]"], stored.claims["stretches[cut]"]) == (5.0, 0.0)
    assert stored.claims["above_pv"] == pytest.approx(sum(stored.plan.above.values()))


def test_its_tables_stand_in_the_workbook(planned):
    tables = jaryq.plan(jaryq.read(planned[1])).tables
    packages, ages = tables["stretches"].set_index("package"), tables["stretches_by_age"]
    assert packages.loc["N1", ["stretches", "km", "touched", "renewed", "next_km"]].tolist() == [4, 4.0, 3, 3.0, 1.0]
    assert packages.loc["N2", ["stretches", "touched", "renewed", "next_km"]].tolist() == [1, 0, 0.0, 1.0]
    assert packages.loc["N1", "wear_now"] == pytest.approx(37.5)
    assert packages["worth"].sum() == pytest.approx(tables["stretches_by_period"]["worth"].sum())
    assert ages["renewed"].sum() == 3.0
    first = tables["stretches_first"]
    assert first["segment"].tolist()[0] == "c"
    assert (first["worth"] / first["renewed"]).is_monotonic_decreasing
    assert first["worth"].sum() == pytest.approx(packages["worth"].sum())
    assert "stretches_cut" not in tables


def test_another_or_no_file_of_stretches_is_told(planned, capsys):
    _, _, plan = planned
    file = plan.parent / said_by(plan)["stretches"]
    content = file.read_bytes()
    try:
        file.write_bytes(content + b" ")
        assert main(["verify", str(plan)]) == 1
        assert "is another one than the plan speaks of" in capsys.readouterr().err
        file.unlink()
        assert main(["verify", str(plan)]) == 1
        assert "is missing; put it beside the plan" in capsys.readouterr().err
    finally:
        file.write_bytes(content)


@exhaustive_beside("test_the_file_goes_with_its_plan")
def test_a_register_of_the_same_name_may_stand_beside_the_plan(tmp_path):
    """Where a register is missing it is asked for beside the plan, so the result has another name then; a stranger's
    file of that name stays, and the result stands beside it."""
    source = workbook(tmp_path, register="stretches.csv")
    (tmp_path / "net.csv").rename(tmp_path / "stretches.csv")
    content = (tmp_path / "stretches.csv").read_bytes()
    assert main(["plan", str(source), "--out", str(tmp_path), "--no-report"]) == 0
    plan = next(tmp_path.rglob("plan.xlsx"))
    assert said_by(plan)["stretches"].startswith("stretches.")
    assert said_by(plan)["stretches"] != "stretches.csv"
    assert (tmp_path / "stretches.csv").read_bytes() == content
    assert main(["verify", str(plan)]) == 0
    first = said_by(plan)["stretches"]
    assert main(["plan", str(source), "--out", str(tmp_path), "--no-report", "--lang", "ru"]) == 0
    assert said_by(plan)["stretches"] == first
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / first).write_bytes(b"mine")
    assert main(["plan", str(source), "--out", str(tmp_path / "out"), "--no-report"]) == 0
    assert (tmp_path / "out" / first).read_bytes() == b"mine"
    assert main(["verify", str(next((tmp_path / "out").rglob("plan.xlsx")))]) == 0


def test_the_file_goes_with_its_plan(tmp_path, monkeypatch):
    """Without Apache Arrow the file is CSV; a plan of the same folder that has no register takes it away."""
    monkeypatch.setattr("jaryq.workbook.register.result.parquet_bytes",
                        lambda frame: (_ for _ in ()).throw(ImportError))
    source = workbook(tmp_path)
    assert main(["plan", str(source), "--out", str(tmp_path / "out"), "--no-report"]) == 0
    plan = next((tmp_path / "out").rglob("plan.xlsx"))
    assert said_by(plan)["stretches"] == "stretches.csv"
    assert rows_beside(plan)["segment"] == ["b", "c", "d"]
    workbook(tmp_path, register=None)
    assert main(["plan", str(source), "--out", str(tmp_path / "out"), "--no-report"]) == 0
    assert not (plan.parent / "stretches.csv").exists()
    assert "stretches" not in said_by(plan)


@pytest.mark.parametrize("what", [["F2"], ["ranking"], ["S1"]])
def test_an_explanation_says_that_it_speaks_of_packages_by_their_means(planned, capsys, what):
    """The ranking is beside the plan that is best by the means: comparing it with the plan of the stretches would call
    the choice of stretches an error of the ranking."""
    assert main(["explain", str(planned[2]), *what]) == 0
    assert "by the means of their stretches" in capsys.readouterr().out


PLACED = [f"{row},{north},{east}" for row, north, east in zip(GOOD, (43.2, 43.3, 43.4, 43.5, 43.6),
    (76.1, 76.2, 76.3, 76.4, 76.5), strict=True)]


def test_streets_stand_on_the_map_and_stretches_in_a_layer(tmp_path):
    """a of N1 and a of N2 lie in street S1, both heat: one street in the middle of them, of which nothing is renewed;
    the others have no street and stand by themselves. What brings most is first."""
    pytest.importorskip("pyarrow")
    source = workbook(tmp_path, PLACED, head=HEAD.strip() + ",latitude,longitude\n")
    assert main(["plan", str(source), "--out", str(tmp_path / "out"), "--tables", str(tmp_path / "tables")]) == 0
    plan = next((tmp_path / "out").rglob("plan.xlsx"))
    layer = json.loads((tmp_path / "tables" / "stretches.geojson").read_text(encoding="utf-8"))
    assert [(f["properties"]["package"], f["properties"]["segment"], f["properties"]["renewed_km"])
            for f in layer["features"]] == [
        ("N1", "a", 0.0), ("N1", "b", 1.0), ("N1", "c", 1.0), ("N1", "d", 1.0), ("N2", "a", 0.0)]
    scenario = scenario_of(plan.parent / "report.html")["scenario"]
    page = next(one for one in scenario["pages"] if one["key"] == "stretches")
    streets = page["streets"]["streets"]
    assert [one["name"] for one in streets] == ["c", "d", "b", "S1"]
    assert "All are drawn (4)." in (plan.parent / "report.html").read_text(encoding="utf-8")
    assert (streets[-1]["latitude"], streets[-1]["longitude"], streets[-1]["km"],
            streets[-1]["renewed"]) == pytest.approx((43.4, 76.3, 2.0, 0.0))
    assert sum(one["worth"] for one in streets) == pytest.approx(read_plan(plan).claims["stretches[value]"], rel=1e-6)
    assert main(["verify", str(plan)]) == 0


def test_lines_of_the_register_are_drawn_on_the_map(tmp_path):
    """S1 has two stretches with lines, neither renewed; c is renewed as a whole; b and d have no place and are not on
    the map. Both are one region."""
    rows = [f'{row},"{line}"' for row, line in zip(GOOD, ("LINESTRING (76.1 43.2, 76.2 43.2)", "",
                                                          "LINESTRING (76.3 43.4, 76.3 43.5, 76.4 43.5)", "",
                                                          "LINESTRING (76.1 43.3, 76.2 43.3)"), strict=True)]
    source = workbook(tmp_path, rows, head=HEAD.strip() + ",line\n")
    assert main(["plan", str(source), "--out", str(tmp_path / "out")]) == 0
    scenario = scenario_of(next((tmp_path / "out").rglob("report.html")))["scenario"]
    page = next(one for one in scenario["pages"] if one["key"] == "stretches")["streets"]
    by_name = {one["name"]: one for one in page["streets"]}
    assert set(by_name) == {"c", "S1"}
    assert by_name["S1"]["lines"] == [[76.1, 43.2, 76.2, 43.2], [76.1, 43.3, 76.2, 43.3]]
    assert "renewed_lines" not in by_name["S1"]
    assert by_name["c"]["renewed_lines"] == [[76.3, 43.4, 76.3, 43.5, 76.4, 43.5]]
    (city,) = page["cities"]
    assert (city["streets"], city["touched"], city["km"], city["renewed"]) == (2, 1, 3, 1)


def test_of_many_streets_the_most_valuable_are_told():
    """Two regions of three and two streets; the second brings more and is shown first, with two of its streets; of the
    other one is told."""
    region, brings = np.array([0, 0, 0, 1, 1]), np.array([1.0, 3.0, 0.0, 2.0, 9.0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jaryq.report.streets.IN_FIRST", 2)
        patch.setattr("jaryq.report.streets.IN_OTHERS", 1)
        assert most(region, brings, np.zeros(5), np.ones(5)).tolist() == [4, 3, 1]


def test_a_cluster_that_prices_the_stretches_gives_the_same_plan(planned, capsys):
    """``plan --scheduler``: two workers of Dask; the stretches, their km to the last digit and the seal of the plan are
    those of one process, and the workers have priced parts of the register."""
    distributed = pytest.importorskip("distributed")
    folder, source, plan = planned
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, protocol="tcp://",
                                  dashboard_address=":0", silence_logs=50) as cluster:
        assert main(["plan", str(source), "--out", str(folder / "shared"), "--no-report", "--scheduler",
                     cluster.scheduler_address]) == 0
        worked = cluster.scheduler.task_prefixes
        assert any(name.startswith("of_part") for name in worked)
    capsys.readouterr()
    shared = next((folder / "shared").rglob("plan.xlsx"))
    one, other = read_plan(plan), read_plan(shared)
    assert rows_beside(shared) == rows_beside(plan)
    assert other.plan == one.plan
    assert other.claims == one.claims
    assert dict(other.solution.multipliers) == dict(one.solution.multipliers)


def test_targets_are_planned_by_stretch(tmp_path):
    """Money for all 5 km, 3 a year: wear of 1 % at most at the end of 2028 needs 4 km new then (renewed in 2028: 0) and
    one a year old at most (1/20 of one of five km is 1 %). What a plan says of it is read again; a forged number is
    named."""
    heads = {"by": None, "years": "2028", "price": None, "scale": 1.0, "sense": "<=", "filter": "sector=heat"}
    wear = {"target": "W", "measure": "wear", "value": 1.0, "unit": "%", "priority": "1", **heads}
    bursts = {"target": "F", "measure": "failures", "value": 0.2, "unit": "failures", "priority": "2", **heads}
    source = workbook(tmp_path, targets=[wear, bursts])
    assert main(["plan", str(source), "--out", str(tmp_path / "out"), "--no-report"]) == 0
    plan = next((tmp_path / "out").rglob("plan.xlsx"))
    stored = read_plan(plan)
    assert stored.claims["reached[W]"] == pytest.approx(0.01)
    assert set(stored.plan.apart) == {"W", "F"}
    assert main(["verify", str(plan)]) == 0
    case = accept(*read(source)).case
    stored = with_renewed(stored, case, plan)
    forged = replace(stored.plan, apart={**stored.plan.apart, "F": stored.plan.apart["F"] - 0.01})
    assert {one.check for one in failed(verify_stretches(case, stored.solution.renewed, forged,
                                                         stated_of(stored.claims)))} == {"stretch_apart"}
    # Rows that sum over stretches prove no fixing; others may, by their own numbers.
    assert rows_of_stretches(case) == {"at_most[W]", "at_most[F]"}
    program = program_of(accept(*read(source)).factors)
    for row, refused in (("at_most[W]", {"branching"}), ("none[1]", {"fixing"})):
        proof = Proof((Fixing("start[F,2026]", {row: 1.0}),))
        assert {one.check for one in failed(verify_certificate(program, (), "purse", {}, {}, proof, case))} == refused


def test_a_stretch_is_explained(planned, capsys):
    """What a km brings and has to bring is what is proved; b, c and d are in and bring more, a of both packages are out
    and bring less; of those the break-even is told in both languages."""
    _, source, plan = planned
    accepted = accept(*read(source))
    stored = with_renewed(read_plan(plan), accepted.case, plan)
    worths = Worths(accepted.case).of("N1", accepted.case.stretches)
    for segment in "abcd":
        why = why_of(accepted.factors, stored.solution, stretch_at(accepted.case.stretches, f"N1/{segment}"))
        assert bool(why.km) == (segment != "a") == (why.best.left > 1e-9), segment
        assert [one.brings for one in why.asked] == pytest.approx(worths["abcd".index(segment)].tolist(), rel=1e-9)
    assert stretch_at(accepted.case.stretches, "N1/x") is None
    for lang, inside, outside in (("en", "it stays in as long as", "it comes in when"),
                                  ("ru", "он остаётся в плане", "он входит в план")):
        assert main(["explain", str(plan), "N1/b", "--lang", lang]) == 0
        assert inside in capsys.readouterr().out
        assert main(["explain", str(plan), "N2/a", "--lang", lang]) == 0
        assert outside in capsys.readouterr().out
