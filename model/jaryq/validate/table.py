"""What was asked and answered as lines for a screen and as a JUnit file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from jaryq.base.junit import Entry, junit
from jaryq.base.text import Lang, Text
from jaryq.validate.compare import Judged
from jaryq.validate.examine import Remark
from jaryq.validate.run import Programme
from jaryq.validate.words import WHY, WORDS

Verdict = Literal["agree", "undecided", "disagree"]

HEAD = Text("{name}: columns {columns:,} (whole {whole:,}), rows {rows:,}",
            "{name}: столбцов {columns:,} (целых {whole:,}), строк {rows:,}")
COLUMNS = (Text("stage", "этап"), Text("value", "значение"), Text("apart", "разброс"),
           Text("to the proof", "до оценки"), Text("seconds", "секунды"))
WHOLE = Text("{stage}, whole", "{stage}, целые")
UNDER = Text("{stage}, divisible at whole shortfalls", "{stage}, дробные при недоборах целых")
NO_PLAN = Text("no plan", "плана нет")
NONE_FOUND = Text("none found", "не найдено")
VERDICTS: dict[Verdict, Text] = {
    "agree": Text("agree", "согласны"), "undecided": Text("not decided in time", "не решено за отведённое время"),
    "disagree": Text("DISAGREE", "РАСХОДЯТСЯ"),
}
UNANSWERED = Text("no answer", "нет ответа")
SUMMARY = Text("{count} questions: {agree} agree, {undecided} not decided, {disagree} disagree.",
               "Вопросов: {count}; согласны: {agree}, не решено: {undecided}, расходятся: {disagree}.")


def verdict(found: Judged) -> Verdict:
    if found.remarks:
        return "disagree"
    return "agree" if found.decided else "undecided"


def lines(programme: Programme, judged: Sequence[Judged], lang: Lang) -> list[str]:
    """A heading, a row for each question, and under it what does not hold and what was not decided."""
    rows, columns = programme.program.shape
    whole = int(programme.program.whole.sum()) if programme.whole else 0
    shown = [HEAD.say(lang, name=programme.name, columns=columns, whole=whole, rows=rows),
             _row(*(text.say(lang) for text in COLUMNS), "")]
    for found in judged:
        value, apart, distance = _numbers(found, lang)
        seconds = ", ".join(f"{one.answer.solver} {one.answer.seconds:.1f}" for one in found.examined)
        shown.append(_row(_stage(found, lang), value, apart, distance, seconds, VERDICTS[verdict(found)].say(lang)))
        shown += [f"      {line}" for line in (*_remarks(found, lang), *_open(found, lang))]
    return shown


def _row(*cells: str) -> str:
    stage, value, apart, distance, seconds, last = cells
    return f"  {stage:<42} {value:>18} {apart:>9} {distance:>12}  {seconds:<46} {last}".rstrip()


def _numbers(found: Judged, lang: Lang) -> tuple[str, str, str]:
    if found.best is None:
        return (NO_PLAN if found.infeasible and found.decided else NONE_FOUND).say(lang), "", ""
    unit = found.question.unit
    distance = f"{max(found.best - float(found.proof), 0.0) / unit:.1e}" if found.proof is not None else ""
    return f"{found.best / unit:.10g}", f"{found.spread:.1e}", distance


def _stage(found: Judged, lang: Lang) -> str:
    asked = found.question
    if asked.whole:
        return WHOLE.say(lang, stage=asked.stage)
    return UNDER.say(lang, stage=asked.stage) if asked.under_whole else asked.stage


def said(remark: Remark, lang: Lang) -> str:
    """A word that does not hold, in a sentence."""
    why = WHY[remark.word, remark.why].say(lang, said=remark.said, found=remark.found)
    return f"{remark.solver}, {WORDS[remark.word].say(lang)}: {why}"


def _remarks(found: Judged, lang: Lang) -> list[str]:
    return [said(remark, lang) for remark in found.remarks]


def _open(found: Judged, lang: Lang) -> list[str]:
    answers = [one.answer for one in found.examined if not one.decided]
    words = [(VERDICTS["undecided"] if answer.stop == "limit" else UNANSWERED).say(lang) for answer in answers]
    return [f"{answer.solver}: {word} ({answer.said})" for answer, word in zip(answers, words, strict=True)]


def summary(judged: Sequence[Judged], lang: Lang) -> str:
    """All questions counted by their verdict."""
    verdicts = [verdict(found) for found in judged]
    return SUMMARY.say(lang, count=len(verdicts), **{name: verdicts.count(name) for name in VERDICTS})


def as_junit(results: Sequence[tuple[Programme, Sequence[Judged]]], lang: Lang) -> str:
    """One test case for each question: failed where the solvers disagree, skipped where they did not decide."""
    entries = [_entry(programme, found, lang) for programme, judged in results for found in judged]
    return junit("jaryq validate", entries)


def _entry(programme: Programme, found: Judged, lang: Lang) -> Entry:
    group, name, ended = f"validate.{programme.name}", _stage(found, lang), verdict(found)
    text = "\n".join((*_remarks(found, lang), *_open(found, lang)))
    if ended == "disagree":
        return Entry(group, name, VERDICTS[ended].say(lang), text)
    return Entry(group, name, text=text, skipped=VERDICTS[ended].say(lang) if ended == "undecided" else "")
