"""Counts over variants: a row counts where its own key or its asset's is meant (docs/numbers.md, Targets and Order)."""

from __future__ import annotations

import pytest

from jaryq.case.case import Case
from tests.cases import facility, keyed, target
from tests.verify.common import bare, failing, totals_of


def rows(measure: str, **filters: str) -> Case:
    """F (4 bn) with the variant G (3 bn); H (6 bn) stands alone, in another region."""
    facilities = keyed(facility("F", cost=4.0), facility("G", cost=3.0, option_of="F"),
                       facility("H", cost=6.0, region="R2"))
    return bare(facilities=facilities, targets=(target("T", measure, 0.0, filter=filters),))


@pytest.mark.parametrize(("wanted", "of_f", "of_g"), [
    ({"project": "F"}, 1.0, 1.0), ({"project": "G"}, 0.0, 1.0), ({"project": "H"}, 0.0, 0.0),
    ({"project": "*"}, 1.0, 1.0), ({}, 1.0, 1.0),
    ({"project": "G", "region": "R1"}, 0.0, 1.0), ({"project": "G", "region": "R2"}, 0.0, 0.0),
    ({"region": "R1"}, 1.0, 1.0),
])
def test_a_count_by_key(wanted: dict[str, str], of_f: float, of_g: float) -> None:
    """What is done is F itself, or G."""
    for key, reached in (("F", of_f), ("G", of_g)):
        assert totals_of(rows("facilities", **wanted), start={(key, "2026"): 1.0}).reached["T"] == reached


@pytest.mark.parametrize(("wanted", "of_f", "of_g"), [({"project": "F"}, 1.0, 1.0), ({"project": "G"}, 0.0, 1.0),
                                                      ({"project": "H"}, 0.0, 0.0), ({}, 0.4, 0.4)])
def test_a_share_by_key(wanted: dict[str, str], of_f: float, of_g: float) -> None:
    """Weights are those of the assets: F 4 (whatever G costs), H 6."""
    for key, reached in (("F", of_f), ("G", of_g)):
        assert totals_of(rows("share_done", **wanted), start={(key,
            "2026"): 1.0}).reached["T"] == pytest.approx(reached, rel=1e-12)


@pytest.mark.parametrize(("must", "started", "wrong"), [
    ({"must_any": True}, "F", set()), ({"must_any": True}, "G", set()), ({"must_any": True}, None, {"start_must"}),
    ({"must": True}, "F", set()),
    ({"must": True}, "G", {"start_must"}),
])
@pytest.mark.parametrize("on", ["F", "G"])
def test_what_must_be_done(must: dict[str, bool], started: str | None, wrong: set[str], on: str) -> None:
    """Any variant of the asset, or the very row, whichever of the two rows says it."""
    case = bare(facilities=keyed(facility("F", **(must if on == "F" else {})),
                                 facility("G", option_of="F", **(must if on == "G" else {}))))
    if on == "G" and "must" in must:
        wrong = set() if started == "G" else {"start_must"}
    assert failing(case, start={(started, "2026"): 1.0} if started else {}) == wrong


def test_one_that_is_done_will_do() -> None:
    assert failing(bare(facilities=keyed(facility("F", must_any=True),
                                         facility("G", option_of="F", done=2025)))) == set()
