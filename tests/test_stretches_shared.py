"""Streets priced by the workers of a cluster: the plan is the one of one process."""

import pytest

from jaryq.commands.cli import main
from jaryq.workbook.plan_read import read_plan
from tests.test_stretches_input import GOOD, workbook


def test_a_cluster_gives_the_same_plan_with_streets(tmp_path):
    """Stretches that share a trench are priced in the first process, the others by two workers; plan, claims and
    multipliers are equal to the last digit."""
    distributed = pytest.importorskip("distributed")
    rows = ["N1,a,1,,90,60,5,9,S1,", *GOOD[1:4], "N2,a,1,,90,60,5,9,S1,"]
    source = workbook(tmp_path, rows, trenches=[{"package": "N1", "with_package": "N2", "km": 1.0, "saving": 9.0}])
    assert main(["plan", str(source), "--out", str(tmp_path / "one"), "--no-report"]) == 0
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, protocol="tcp://",
                                  dashboard_address=":0", silence_logs=50) as cluster:
        assert main(["plan", str(source), "--out", str(tmp_path / "shared"), "--no-report", "--scheduler",
                     cluster.scheduler_address]) == 0
        assert any(name.startswith("of_part") for name in cluster.scheduler.task_prefixes)
    one, other = (read_plan(next((tmp_path / name).rglob("plan.xlsx"))) for name in ("one", "shared"))
    assert one.plan.joint
    assert other.plan == one.plan
    assert other.claims == one.claims
    assert dict(other.solution.multipliers) == dict(one.solution.multipliers)
