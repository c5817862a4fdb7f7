"""What changed between two inputs, as contributions of the groups of sheets in which they differ (docs/numbers.md, What
changed): the mean over all orders in which they may change, on linear plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial

from jaryq.api.accepted import SCENARIO_SHEETS, Accepted, accept
from jaryq.api.findings import all_claims
from jaryq.api.verified import compiled, solved
from jaryq.base.errors import Infeasible, InputRejected, NoPlan
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.factors.derive import derive
from jaryq.sheets.inputs import INPUT
from jaryq.tables.diff import differences
from jaryq.tables.tables import Table, Tables

GROUPS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "settings": (Text("settings", "настройки"), ("settings",)),
    "projects": (Text("projects", "проекты"), (
        "regions", "asset_types", "facilities", "networks", "quantities", "quantity_values", "sequence", "choices",
        "overrides", "progress", "last_plan")),
    "works": (Text("works", "работы"), ("routes", "trenches", "crews", "crew_needs", "outage_limits")),
    "money": (Text("money", "деньги"), ("borrowers", "sources", "source_years", "source_groups", "eligibility")),
    "prices": (Text("prices", "цены"), ("currencies", "price_indices", "reference_rates")),
    "aims": (Text("aims", "цели"), ("balances", "ties", "tariffs", "targets")),
}
"""What the sheets of an input are about; those for scenarios and for people change no plan."""

INDICATORS = ("objective", "society", "benefits_pv", "outlays_pv", "funding_pv", "facilities_completed", "km_renewed")
"""Figures of the plan that are told, beside the draws from each partner and what is missed at each priority."""

Values = Mapping[str, float]

TOGETHER = Text("{one} and {other} are told together: {why}", "{one} и {other} показаны вместе: {why}")
NO_LINEAR_PLAN = Text("apart from each other they leave no plan", "друг без друга они не оставляют плана")


@dataclass(frozen=True)
class Contributions:
    """``of``: by group (names joined by ``+`` where several are one) what it adds to each indicator; ``before`` and
    ``after``: the indicators of the linear plans; ``joined``: why groups are one."""

    of: Mapping[str, Values]
    before: Values
    after: Values
    joined: tuple[Text, ...] = ()


def contributions(before: Accepted, after: Accepted, say: Callable[[str], None] = lambda _: None,
                  ends: tuple[Values, Values] | None = None) -> Contributions:
    """What each group of sheets contributes from one accepted input to another; ``ends``: the indicators of both, where
    they are known. Raises Infeasible or NoPlan where one of the two has no linear plan."""
    groups: list[tuple[str, ...]] = [(name,) for name in changed_groups(before.tables, after.tables)]
    ends = ends or (indicators(before), indicators(after))
    joined: list[Text] = []
    while True:
        known = {frozenset[int](): ends[0], frozenset(range(len(groups))): ends[1]}
        wrong = _fill(known, groups, before.tables, after.tables, say)
        if wrong is None:
            break
        one, other, why = wrong
        joined.append(TOGETHER.fill(one=_called(groups[one]), other=_called(groups[other]), why=why))
        groups = [g for i, g in enumerate(groups) if i not in (one, other)] + [groups[one] + groups[other]]
    names = sorted({name for values in known.values() for name in values})
    of = {_names(group): {name: share for name in names
                          if (share := _mean(known, i, len(groups), name)) != 0.0 or name in INDICATORS}
          for i, group in enumerate(groups)}
    return Contributions(of, ends[0], ends[1], tuple(joined))


def changed_groups(before: Tables, after: Tables) -> list[str]:
    """Groups with a sheet that differs in more than order and form."""
    differ = {sheet.sheet.name for sheet in differences(before, after).sheets}
    return [name for name, (_, sheets) in GROUPS.items() if differ & set(sheets)]


def mean_over_orders(known: Mapping[frozenset[int], float], i: int, n: int) -> float:
    """What member ``i`` of ``n`` adds in the mean over all orders. ``known``: the value of every set."""
    others = [j for j in range(n) if j != i]
    return sum(factorial(size) * factorial(n - 1 - size) / factorial(n) * (known[mine | {i}] - known[mine])
               for size in range(n) for mine in map(frozenset, combinations(others, size)))


def _mean(known: Mapping[frozenset[int], Values], i: int, n: int, name: str) -> float:
    return mean_over_orders({mine: values.get(name, 0.0) for mine, values in known.items()}, i, n)


def _names(group: Sequence[str]) -> str:
    return "+".join(group)


def _called(group: Sequence[str]) -> Text:
    texts = [GROUPS[name][0] for name in group]
    return Text("+".join(text.en for text in texts), "+".join(text.ru for text in texts))


def _fill(known: dict[frozenset[int], Values], groups: Sequence[tuple[str, ...]], before: Tables, after: Tables,
          say: Callable[[str], None]) -> tuple[int, int, Text] | None:
    """Values of the sets that are not known; where one cannot be planned, two groups of which only one is in it, and
    why."""
    for size in range(1, len(groups)):
        for mine in map(frozenset, combinations(range(len(groups)), size)):
            say(", ".join(_names(groups[i]) for i in sorted(mine)))
            mixed = _mixed(before, after, {name for i in mine for name in groups[i]})
            try:
                known[mine] = indicators(accept(mixed, [], as_changed=True))
            except InputRejected as error:
                return min(mine), min(set(range(len(groups))) - mine), _of_issue(error.reason)
            except (Infeasible, NoPlan):
                return min(mine), min(set(range(len(groups))) - mine), NO_LINEAR_PLAN
    return None


def _of_issue(issue: Issue) -> Text:
    return Text(issue.say("en"), issue.say("ru"))


def _mixed(before: Tables, after: Tables, new: set[str]) -> Tables:
    """The older tables with the sheets of some groups from the newer ones, without scenarios."""
    group = {sheet: name for name, (_, sheets) in GROUPS.items() for sheet in sheets}
    found = Tables(before.name, {})
    for sheet in INPUT:
        tables = after if group.get(sheet) in new else before
        if sheet in tables and sheet not in SCENARIO_SHEETS:
            found = found.with_sheet(tables[sheet])
    return found if "scenario_changes" not in before else found.with_sheet(Table.of("scenario_changes", []))


def indicators(accepted: Accepted) -> Values:
    """Indicators of the linear plan of an accepted input."""
    case = replace(accepted.case, settings=replace(accepted.case.settings, whole=False, prices=0))
    divisible = replace(accepted, factors=derive(case))
    solution = solved(divisible, compiled(divisible), lambda _: None)
    claims = all_claims(case, divisible.factors, solution)
    return {name: value for name, value in claims.items()
            if name in INDICATORS or name.startswith(("draw_partner[", "priority_"))}
