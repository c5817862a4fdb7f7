"""The changes that a plan was made with, beside those of its scenario, as its manifest says them: for people, and as
the option ``--set`` takes them, so that the plan can be made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jaryq.base.errors import Told
from jaryq.base.text import Text
from jaryq.tables.change import Change
from jaryq.tables.typed_changes import typed, typed_changes

SAID, SET = "changes", "set"
UNTOLD = Text("the changes that this plan was made with ({changes}) do not stand in its manifest as they were typed: "
              "make the plan anew, then ask again",
              "изменения, с которыми сделан этот план ({changes}), не записаны в его манифест так, как были заданы: "
              "рассчитайте план заново и повторите",
              kk="осы жоспар жасалған өзгерістер ({changes}) манифестте енгізілген түрінде жазылмаған: жоспарды қайта "
                 "есептеп, қайталаңыз",
              ja="この計画の変更（{changes}）は入力時の形でマニフェストに記録されていません。計画を作り直してから"
                 "再度お試しください")


class Untold(Told):
    """A manifest does not say with which changes its plan can be made again."""


def changes_said(changes: Sequence[Change]) -> str:
    """Changes in the line of a manifest."""
    return "; ".join(f"{c.table} [{c.selector}] {c.column} {c.years} {c.operation} {c.value}" for c in changes)


def told_of_changes(changes: Sequence[Change]) -> dict[str, str]:
    """What a manifest says of changes; nothing where there are none."""
    return {SAID: changes_said(changes), SET: "\n".join(map(typed, changes))} if changes else {}


def changes_in(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The changes that the plan of a manifest was made with, as ``--set`` takes them. Raises Untold where these are not
    the ones that the manifest says for people (it is older, or was edited)."""
    said, stated = str(manifest.get(SAID, "")), manifest.get(SET, "")
    texts = tuple(stated.split("\n")) if isinstance(stated, str) and stated else ()
    made, wrong = typed_changes(texts, SET)
    if wrong or changes_said(made) != said:
        raise Untold(UNTOLD.fill(changes=said))
    return texts
