"""Groups, counterpart, export credit and smallest amounts, against numbers worked out in the docstrings
(docs/numbers.md, Sources together)."""

from __future__ import annotations

import pytest

from jaryq.case.case import AssetType, Case, Rule, SourceGroup
from jaryq.verify.together import export_share
from tests.cases import edit, keyed, named, package, rule, source
from tests.verify.common import bare, failing, loan


def case_of(*sources: object, **changes: object) -> Case:
    """N and M at 1 bn a km, a pipe with 60 % content from Japan."""
    return bare(sources=keyed(*sources), packages=keyed(package("N", km=90.0, unit_cost=1.0),
                                                        package("M", km=90.0, unit_cost=1.0)),
                asset_types=keyed(AssetType(**named("pipe"), sector="heat", content={"JP": 0.6})), **changes)


def paid(case: Case, *draws: tuple[str, str, int, float], **more: object) -> set[str]:
    """What fails if each (source, project, year, bn) is drawn and as many kilometres are renewed."""
    renew: dict[tuple[str, str], float] = {}
    for _, p, y, amount in draws:
        renew[p, str(y)] = renew.get((p, str(y)), 0.0) + amount
    return failing(case, renew=renew, draw={(s, p, y): amount for s, p, y, amount in draws}, **more)


def test_a_group_has_a_share_of_each_project_over_all_years() -> None:
    """J and K together half of N: 3 + 2 of 10 over two years; 5.1 is too much, even if M has none of it."""
    case = case_of(source("B"), source("J", group="G"), source("K", group="G"),
                   groups=keyed(SourceGroup(**named("G"), max_share=0.5)))
    assert paid(case, ("J", "N", 2026, 3.0), ("K", "N", 2027, 2.0), ("B", "N", 2027, 5.0)) == set()
    assert paid(case, ("J", "N", 2026, 3.0), ("K", "N", 2027, 2.1), ("B", "N", 2027, 4.9),
                ("B", "M", 2026, 9.0)) == {"group_share"}


def test_a_group_has_an_envelope_lines_included() -> None:
    """10 in all: 6 and 3 on projects, a line of 1, no more (that the line lies idle is another matter)."""
    fund = source("F", carry_over="fund", ceilings={2026: 0.0, 2027: 0.0, 2028: 0.0})
    case = case_of(source("J", group="G"), source("K", group="G"), fund, loan("L", tenor=3.0, group="G", draws_to="F"),
                   groups=keyed(SourceGroup(**named("G"), envelope=10.0)))
    rows = (("J", "N", 2026, 6.0), ("K", "M", 2027, 3.0))
    assert paid(case, *rows, line={("L", 2028): 1.0}, idle={("F", 2028): 1.0}) == {"lines_spent"}
    assert paid(case, *rows, line={("L", 2028): 1.1}, idle={("F", 2028): 1.1}) == {"group_envelope", "lines_spent"}


def test_counterpart() -> None:
    """20 % of J's 5 and 50 % of K's 2: 2 of home budget and own money in the project, in any year; money from abroad
    and grants do not count."""
    case = case_of(source("B"), source("O", kind="own"), source("J", kind="grant", partner="JP", counterpart=0.2),
                   source("K", kind="grant", partner="US", counterpart=0.5), source("X", partner="DE"),
                   source("H", kind="grant"))
    rows = (("J", "N", 2026, 5.0), ("K", "N", 2026, 2.0))
    assert paid(case, *rows, ("B", "N", 2027, 1.5), ("O", "N", 2028, 0.5)) == set()
    assert paid(case, *rows, ("B", "N", 2027, 1.5), ("O", "N", 2028, 0.4)) == {"counterpart"}
    assert paid(case, *rows, ("X", "N", 2027, 9.0), ("H", "N", 2027, 9.0), ("B", "M", 2027, 9.0)) == {"counterpart"}


@pytest.mark.parametrize(("content", "down", "local", "share"), [
    (0.6, 0.15, 0.5, 0.81),  # min(0.51 + 0.30, 0.51 + 0.4)
    (0.9, 0.15, 0.5, 0.865),  # 0.765 + min(0.45, 0.1): all that is local
    (0.0, 0.15, 0.5, 0.0), (1.0, 0.15, 0.5, 0.85), (0.6, 0.0, 0.0, 0.6),
])
def test_share_of_an_export_credit(content: float, down: float, local: float, share: float) -> None:
    kind = AssetType(**named("pipe"), content={"JP": content})
    assert export_share(source("E", partner="JP", down_payment=down, local_cost=local), kind) == pytest.approx(share,
        rel=1e-12)


def test_an_export_credit_pays_no_more() -> None:
    """81 % of 10 bn; not where the kind of asset has nothing of the partner's; without a down payment the rule does not
    hold."""
    case = case_of(source("B"), source("E", partner="JP", down_payment=0.15, local_cost=0.5))
    assert paid(case, ("E", "N", 2026, 8.1), ("B", "N", 2027, 1.9)) == set()
    assert paid(case, ("E", "N", 2026, 8.2), ("B", "N", 2027, 1.8)) == {"export_share"}
    other = edit(case, "asset_types", "pipe", content={})
    assert paid(other, ("E", "N", 2026, 0.1), ("B", "N", 2027, 9.9)) == {"export_share"}
    assert paid(edit(other, "sources", "E", down_payment=None), ("E", "N", 2026, 8.2), ("B", "N", 2027, 1.8)) == set()


@pytest.mark.parametrize("whole", [True, False])
def test_smallest_share_and_amount_in_whole_plans_only(whole: bool) -> None:
    """J pays nothing or at least 30 % of a project; K is used for nothing or at least 4."""
    case = case_of(source("B"), source("J", min_share=0.3), source("K", smallest=4.0), whole=whole)
    assert paid(case, ("B", "N", 2026, 10.0)) == set()
    assert paid(case, ("J", "N", 2026, 3.0), ("B", "N", 2027, 7.0), ("K", "M", 2026, 2.0), ("K", "N", 2028, 0.0),
                ("K", "M", 2028, 2.0)) == set()
    assert paid(case, ("J", "N", 2026, 2.9), ("B", "N", 2027, 7.1)) == ({"min_share"} if whole else set())
    assert paid(case, ("K", "N", 2026, 3.9)) == ({"smallest"} if whole else set())


J_RULES = (
    rule("J", sector="heat", max_share=0.5, min_share=0.2), rule("J", region="R1", max_share=0.4, min_share=0.3),
    rule("J"),
    rule("J", project="M", max_share=0.1, min_share=0.9), rule("J", False, project="X", max_share=0.0),
    rule("C", max_share=0.05, min_share=0.95),
)


@pytest.mark.parametrize(("own", "rules", "least", "most"), [
    ({}, J_RULES, 0.3, 0.4), ({"max_share": 0.35, "min_share": 0.32}, J_RULES, 0.32, 0.35),
    ({"max_share": 0.6, "min_share": 0.1}, J_RULES, 0.3, 0.4),
    ({"max_share": 0.6, "min_share": 0.1}, J_RULES[2:], 0.1, 0.6), ({}, J_RULES[2:], 0.0, 1.0),
    ({}, (rule("J", max_share=0.0),), 0.0, 0.0),
])
@pytest.mark.parametrize("whole", [True, False])
def test_shares_by_kind_of_project(own: dict[str, float], rules: tuple[Rule, ...], least: float, most: float,
                                   whole: bool) -> None:
    """N is heat in R1: of J's own shares and those of the rows that speak of N the smallest is the most, the largest is
    the least (whole plans only).

    10 bn in two years; the rows of M, of X and of C say nothing about J in N.
    """
    case = case_of(source("B"), source("C"), source("J", **own), rules=rules, whole=whole)

    def fails(share: float) -> set[str]:
        return paid(case, ("J", "N", 2026, 10.0 * share), ("B", "N", 2027, 10.0 * (1.0 - share)))

    assert fails(least) == fails(most) == set()
    if most < 0.9:
        assert fails(most + 0.01) == {"max_share"}
    if least > 0.0:
        assert fails(least - 0.01) == ({"min_share"} if whole else set())
        assert fails(0.0) == set()


def test_a_project_that_no_row_speaks_of() -> None:
    """Of no sector: not eligible, and the share of a row about heat is not its limit."""
    case = edit(case_of(source("J"), rules=(rule("J", sector="heat", max_share=0.4, min_share=0.3),)), "packages", "N",
                sector="power")
    assert paid(case, ("J", "N", 2026, 10.0)) == {"draw_eligible"}


def test_a_no_row_has_no_share() -> None:
    """It excludes, and that is all that fails."""
    case = case_of(source("J"), rules=(rule("J"), rule("J", False, project="N", max_share=0.1)))
    assert paid(case, ("J", "N", 2026, 10.0)) == {"draw_eligible"}


def test_a_sector_of_the_kind_counts_for_shares() -> None:
    case = edit(case_of(source("J"), rules=(rule("J", sector="heat", max_share=0.4),)), "packages", "N", sector=None)
    assert paid(case, ("J", "N", 2026, 10.0)) == {"max_share"}


def test_a_hair_is_nothing() -> None:
    """What is smaller than any row may be broken by is not taking part; a hundred tenge are."""
    case = case_of(source("B"), source("J", min_share=0.3, smallest=4.0))
    assert paid(case, ("J", "N", 2026, 5e-9), ("B", "N", 2027, 10.0)) == set()
    assert paid(case, ("J", "N", 2026, 1e-7), ("B", "N", 2027, 10.0 - 1e-7)) == {"min_share", "smallest"}
