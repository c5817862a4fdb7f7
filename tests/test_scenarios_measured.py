"""The benchmark of all scenarios: each is planned and told with its seconds, and the bound is that of their mean."""

import json
import sys

from benchmarks import scenarios


def test_each_scenario_is_planned_and_the_mean_is_held(tmp_path, monkeypatch, capsys):
    """An example with its base alone."""
    out = tmp_path / "times.json"
    monkeypatch.setattr(scenarios, "seldom", lambda: None)
    monkeypatch.setattr(sys, "argv", ["scenarios.py", str(scenarios.ROOT / "inputs" / "lorie_savage.xlsx"),
                                      "--only", "base", "--json", str(out)])
    assert scenarios.main() == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert list(found) == ["base"]
    assert set(found["base"]["seconds"]) == set(scenarios.STEPS)
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 scenarios: ")
    monkeypatch.setattr(scenarios, "MOST", 0.0)
    assert scenarios.main() == 1
