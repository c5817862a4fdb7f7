"""A conflict and its repair in words and as a record (docs/interface.md: why)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jaryq.base.digits import digits_of, with_digits
from jaryq.base.errors import Why
from jaryq.base.text import LANGS, Lang, Text
from jaryq.explain.conflict import Contradiction, Moved, Moves, Rule

RULE = Text("{title}, {index}: {value} ({cell})", "{title}, {index}: {value} ({cell})")
NAMED = Text("{title}, {index} ({cell})", "{title}, {index} ({cell})")
NAME = Text("{name} ({key})", "{name} ({key})")
ALONE = Text("{title}, {index}", "{title}, {index}")
MOVED = Text("  {title}, {index}: {old} -> {value} ({cell})", "  {title}, {index}: {old} -> {value} ({cell})")

PROVED = {
    "farkas": Text("Proved in exact arithmetic.", "Доказано точной арифметикой."),
    "branching": Text("Proved in exact arithmetic for whole projects ({leaves} cases); parts of projects would do.",
                      "Доказано точной арифметикой для целых проектов (случаев: {leaves}); по частям план есть."),
    "solver": Text("By the solver's branching over whole projects, whose word is not checked.",
                   "По ветвлению решателя по целым проектам; его слово не проверено."),
}
NEEDS_ALL = Text("Give up any one of these rules, and the others can be kept together.",
                 "Откажитесь от любого из этих правил, и остальные выполнимы вместе.")
IN_PARTS = Text("Give up any one of these rules, and the others can be kept together, at least by parts of projects.",
                "Откажитесь от любого из этих правил, и остальные выполнимы вместе, хотя бы частями проектов.")
PERHAPS_FEWER = Text("Perhaps fewer of them do: not all could be tried in time.",
                     "Возможно, хватит и меньшего числа: проверить все не хватило времени.")
REPAIR = Text("Cheapest repair, with which a plan was found:", "Самое дешёвое исправление, с которым план найден:")
UNTESTED = Text("These moves lessen the conflict, but no plan was found with them:",
                "Эти сдвиги уменьшают противоречие, но плана с ними не найдено:")
BY_LAW = Text("(what policy decides does not suffice: law, contracts or facts move too)",
              "(того, что решает политика, не хватает: сдвигаются и закон, договоры или факты)")
CUT = Text("(the search ended by time: there may be a cheaper one)",
           "(поиск остановлен по времени: возможно, есть дешевле)")
AGAIN = Text("(in {rounds} rounds: the first moves did not suffice when checked)",
             "(за {rounds} шага: первых сдвигов при проверке не хватило)")
ROUNDED = Text("(rounded to six digits, away from the conflict)",
               "(округлено до шести цифр в сторону от противоречия)")
NONE = Text("No limit that may move makes a plan: one of the rules above has to be given up.",
            "Сдвигом допустимых ограничений плана не получить: придётся отказаться от одного из этих правил.")
NOT_FOUND = Text("No movement of limits was found within the effort; whether there is one is not known.",
                 "Сдвиг ограничений за отведённое усилие не найден; есть ли он, неизвестно.")
LONGER = Text("No limit was found that has to give way. Give the search more room (settings time_limit and gap), or "
              "plan with facilities = divisible first: it shows whether there is a plan at all.",
              "Ограничения, которое должно уступить, не найдено. Дайте поиску больше простора (настройки time_limit и "
              "gap) или сначала составьте план с facilities = divisible: он покажет, есть ли план вообще.")
NEAREST = Text("No movement of limits makes up for what is missing. What comes nearest to a plan misses these rules:",
               "Сдвиг ограничений не восполняет недостающего. Ближе всего к плану то, что нарушает эти правила:")
IN_THE_WAY = Text("  in the way: {rule}", "  мешает: {rule}")
TRY = Text("  try: --set \"{change}\"", "  попробовать: --set \"{change}\"")


def _with_key(name: Text, key: str) -> Text:
    """A name with its key behind, but where it is the key's in a language."""
    said, bare = NAME.fill(name=name, key=key), key.replace("_", " ")
    return Text(key if name.en == bare else said.en, key if name.ru == bare else said.ru)


def index_of(rule: Rule) -> Text:
    """What a rule speaks of: by name with the key behind, ``Republican budget (B), 2027``; by key where it has none."""
    said = [_with_key(rule.names[key], part) if key in rule.names else Text(part, part)
            for key in rule.index for part in (key.replace("@*", ""),)]
    return Text(*(", ".join(part.say(lang) for part in said) for lang in LANGS))


def number(value: float, *others: float) -> Text:
    """Six digits, more beside ``others`` that look the same or where it would look exact (base/digits.py), with the
    thousands and decimal marks of the language."""
    english = with_digits(value, digits_of(value, *others))
    return Text(english, english.replace(",", "\u00a0").replace(".", ","))


def with_unit(rule: Rule, value: float, *others: float) -> Text:
    if rule.unit is None:
        year = f"{value:.0f}"
        return Text(year, year)
    return Text(*(f"{number(value, *others).say(lang)} {rule.unit.say(lang)}" for lang in LANGS))


def rule_said(rule: Rule) -> Text:
    """``Ceiling of the year, B, 2027: 6 bn KZT (source_years!C4)``."""
    if rule.value is None:
        return (NAMED if rule.cell else ALONE).fill(title=rule.title, index=index_of(rule), cell=rule.cell)
    return RULE.fill(title=rule.title, index=index_of(rule), value=with_unit(rule, rule.value), cell=rule.cell)


def moved_said(moved: Moved) -> Text:
    old, new = old_and_new(moved)
    return MOVED.fill(title=moved.rule.title, index=index_of(moved.rule), old=old, value=new, cell=moved.rule.cell)


def old_and_new(moved: Moved) -> tuple[Text, Text]:
    """What a limit was and what it becomes, with its unit: by as many digits as tell the two apart."""
    rule, old = moved.rule, moved.rule.value or 0.0
    was = Text(f"{old:.0f}", f"{old:.0f}") if rule.unit is None else number(old, moved.now)
    return was, with_unit(rule, moved.now, old)


def why(found: Contradiction | None, repair: Moves | None, tested: bool, rounds: int, exact: bool, *,
        known: bool = True) -> Why:
    """All that is said of a case without a plan. ``tested``: a plan with the repair was found, after so many
    ``rounds``; ``exact``: no amount had to be rounded; ``known``: where there are no moves, that there are none."""
    conflict = tuple(rule_said(rule) for rule in found.rules) if found else ()
    said: list[Text] = []
    if found:
        said.append(PROVED[found.proof].fill(leaves=found.leaves))
        said.append((IN_PARTS if found.parts else NEEDS_ALL) if found.irreducible else PERHAPS_FEWER)
    said += repair_said(repair, tested, rounds, exact, known=known)
    return Why(conflict, tuple(said), {
        "conflict": [_record(rule) for rule in found.rules] if found else [],
        "proved": found.proof if found else None, "irreducible": bool(found and found.irreducible),
        "repair": repair_record(repair, tested),
    })


def why_unproved(repair: Moves | None, tested: bool, rounds: int, exact: bool, near: Sequence[Rule] = ()) -> Why:
    """All that is said of a case of which no plan was found without a proof that there is none. ``near``: where no
    limit moves, the rules that would have to be given up."""
    moved = repair is not None and bool(repair.moved)
    said = repair_said(repair, tested, rounds, exact) if moved else [LONGER]
    if near and not moved:
        said = [NEAREST, *(IN_THE_WAY.fill(rule=rule_said(rule)) for rule in near)]
    return Why((), tuple(said), {"conflict": [], "proved": None, "irreducible": False,
                                 "repair": repair_record(repair, tested)})


def repair_said(repair: Moves | None, tested: bool, rounds: int, exact: bool, *, known: bool = True) -> list[Text]:
    if repair is None or not repair.moved:
        return [NONE if known else NOT_FOUND]
    said = [REPAIR if tested else UNTESTED, *(moved_said(one) for one in repair.moved)]
    said += [BY_LAW] if repair.by == "law" else []
    said += [] if repair.solved else [CUT]
    said += [AGAIN.fill(rounds=rounds)] if rounds > 1 else []
    said += [] if exact else [ROUNDED]
    return [*said, *(TRY.fill(change=one.change) for one in repair.moved)]


def repair_record(repair: Moves | None, tested: bool) -> Mapping[str, Any]:
    moves: Sequence[Moved] = repair.moved if repair else ()
    return {
        "found": bool(moves), "tested": tested, "decided_by": repair.by if repair and moves else None,
        "moves": [{**_record(one.rule), "new": one.now, "change": one.change} for one in moves],
    }


def _record(rule: Rule) -> dict[str, Any]:
    lang: Lang = "en"
    return {"name": rule.name, "rule": rule.title.say(lang), "speaks_of": list(rule.index), "value": rule.value,
            "unit": None if rule.unit is None else rule.unit.say(lang), "cell": rule.cell or None}
