"""A plan made again with one project forced in or out. No widgets here."""

from __future__ import annotations

from pathlib import Path

from jaryq.api.changes import changes_in
from jaryq.api.manifest import is_of
from jaryq.base.text import Text
from jaryq.desk.desk import Desk
from jaryq.desk.jobs import Asked
from jaryq.desk.jobs_asked import plan_asked
from jaryq.desk.levers import UNSAFE
from jaryq.desk.plans import PlanFolder, free_folder_for
from jaryq.desk.refused import Refused
from jaryq.tables.scenarios import BASE

NOT_NAMED = Text("Its key has a sign that means something in a selector: force it on the sheet of wishes.",
                 "В ключе есть знак, который что-то значит в условии: задайте пожелание на листе.")
OF_ANOTHER = Text("the plan in {folder} is of another workbook ({input}), not of {case}: open that one "
                  "and force it there",
                  "план в папке {folder} сделан по другой книге ({input}), а не по {case}: откройте ту книгу и задайте "
                  "там",
                  kk="{folder} қалтасындағы жоспар {case} емес, басқа кітап ({input}) бойынша жасалған: сол кітапты "
                     "ашып, сонда орындаңыз",
                  ja="{folder} の計画は {case} ではなく別のブック（{input}）のものです。"
                     "そのブックを開いて指定してください")
WITHOUT_LAST = Text("This plan was made with the last plan {since} beside it; the forced one is made without.",
                    "Этот план сделан с оглядкой на прошлый план {since}; новый делается без неё.",
                    kk="Бұл жоспар алдыңғы {since} жоспарын ескеріп жасалған; жаңасы оны ескермейді.",
                    ja="この計画は前回の計画 {since} を参照して作られましたが、新しい計画は参照しません。")


def forced_asked(desk: Desk, case: Path, plan: PlanFolder, project: str, decision: str, lang: str) -> Asked:
    """The job that makes a plan with one more wish, beside the changes that ``plan`` was made with as its own manifest
    says them. Raises Refused where it is no plan of ``case``, Untold where its changes are not known, Fault where there
    is no folder for it."""
    if UNSAFE & set(project):
        raise Refused(NOT_NAMED)
    if not is_of(plan.manifest, plan.folder, case):
        raise Refused(OF_ANOTHER.fill(folder=plan.name, input=plan.manifest.get("input", ""), case=case.name))
    changes = (*changes_in(plan.manifest), f"overrides; project={project}; decision; set {decision}")
    folder = free_folder_for(desk, case, "forced")  # last: nothing is reserved for what is not asked
    return plan_asked(case, plan.scenario or BASE, lang, changes, folder)


def without_last(plan: PlanFolder) -> Text | None:
    """What is said where a plan was made beside a last one, of which its manifest has the name alone."""
    since = plan.manifest.get("since")
    return WITHOUT_LAST.fill(since=since) if since else None
