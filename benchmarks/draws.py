"""Draws of the shipped case's uncertain inputs on the compiled program (the plan as it stands: starts held) against the
same futures accepted, built and solved from nothing: processor seconds, and how far unfunded money and the last stage
are apart.

python benchmarks/draws.py [PLAN] [--draws N]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.api.accepted import accept  # noqa: E402
from jaryq.api.uncertain.judge import Judge  # noqa: E402
from jaryq.case.uncertain import changes_of_draw, uncertain_of  # noqa: E402
from jaryq.uncertainty.draws import draws  # noqa: E402
from jaryq.workbook.plan_read import read_plan  # noqa: E402


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", nargs="?", default=str(ROOT / "outputs" / "kazakhstan" / "base" / "plan.xlsx"))
    parser.add_argument("--draws", type=int, default=10)
    known = parser.parse_args()
    stored = read_plan(Path(known.plan))
    accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
    rows = uncertain_of(accepted.tables)
    futures = [changes_of_draw(rows, values) for values in draws(rows, known.draws, 0).values.tolist()]
    ends = [changes_of_draw(rows, [row.ends()[side][1] for row in rows]) for side in (0, 1)]
    begun = time.process_time()
    judge = Judge(accepted, stored.plan, ends, best=False)
    once = time.process_time() - begun
    begun = time.process_time()
    found = [judge.of(changes) for changes in futures]
    warm = time.process_time() - begun
    begun = time.process_time()
    apart = 0.0
    for changes, made in zip(futures, found, strict=True):
        alone = accept(stored.tables, [], stored.scenario, changes, as_changed=False)
        own = Judge(alone, stored.plan, best=False).of(()).stands.figures
        figures = made.stands.figures
        if own is not None and figures is not None:
            apart = max(apart, *(abs(own[key] - figures[key]) for key in ("unfunded", "objective")))
    cold = time.process_time() - begun
    each, alone_each = warm / known.draws, cold / known.draws
    print(f"{once:.1f} s once, {each:.2f} s a draw, from nothing {alone_each:.2f} s; of 200 draws the ratio is "
          f"{(once + 200 * each) / (200 * alone_each):.2f}; apart by {apart:.1e}; "
          f"{sum(made.anew for made in found)} of {known.draws} built anew")
    return 0


if __name__ == "__main__":
    sys.exit(main())
