"""Times that README and guide state in words are within what was measured last, and that stands in one place."""

import re
from pathlib import Path

import pytest

from jaryq.desk.later import PATIENCE
from jaryq.solve.limits import SECOND, WORK

ROOT = Path(__file__).resolve().parent.parent


def stated():
    """What, its figure, what it is said to be at most, and pages with words: rows of the table in
    benchmarks/README.md."""
    body = (ROOT / "benchmarks/README.md").read_text(encoding="utf-8").partition("## Times that other pages state")[2]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()
            if line.startswith("| ")][1:]
    return [(what, float(figure), float(most), re.findall(r"([\w./-]+): `([^`]+)`", words))
            for what, figure, most, words in rows]


def test_words_stand_where_the_table_says_and_the_figure_is_within_them():
    rows = stated()
    assert {what.partition(" ")[0] for what, *_ in rows} == {"plan", "check", "all", "ensemble", "sweep", "regret",
        "example", "draw", "drawing", "explain"}
    for what, figure, most, words in rows:
        assert figure <= most, what
        assert words, what
        for page, said in words:
            assert said in (ROOT / page).read_text(encoding="utf-8"), (page, said)


def test_what_the_guide_shows_of_a_run_is_the_figure_measured():
    """The last lines of a run in both languages tell its seconds."""
    plan = next(figure for what, figure, *_ in stated() if what.startswith("plan"))
    shown = {page: re.findall(r"plan\.xlsx (?:in|за) ([\d.,]+) [sс]\.",
                              (ROOT / f"docs/guide/{page}/first-plan.md").read_text(encoding="utf-8"))
                              for page in ("en", "ru")}
    assert shown == {"en": [f"{plan:g}"], "ru": [f"{plan:g}".replace(".", ",")]}


DURATION = re.compile(r"\b(?:minutes?|seconds|hours?|минут\w*|секунд\w*|час(?:а|ов|ы)?)\b|\d ?s\b|\d с\b")
NO_RUN = {
    "docs/README.md": ["in fifteen minutes", "Benchmarks](../benchmarks/README.md): seconds"],
    "README.md": ["in fifteen minutes"],
    "docs/guide/en": ["fifteen minutes", "more than two minutes says so", "`time_limit` (seconds", " in 63 s."],
    "docs/guide/ru": ["пятнадцать минут", "больше двух минут, об этом", "`time_limit` (секунд", " за 63 с."],
    "docs/assistants.md": ["signs of life every few seconds"], "docs/files.md": ["is ended after three seconds"],
    "docs/interface.md": ["`seconds.*`"],
    "docs/numbers.md": ["`--seconds`", "some 20 seconds of processor at most"], "docs/reading.ru.md": ["4 с пометкой"],
    "docs/verify.md": ["boxed at 28 s"],
    "docs/validate.md": ["`--seconds", "when it is 20 seconds over", "| disagree | seconds |", "within 60 seconds"],
}
"""What is a limit of the program, a name, or a reader's time, by page or folder: a run is not said to take so long."""


def by_hand():
    """Pages that people write: not those made from declarations, not decisions, which tell what was so then."""
    made = {"issues.md", "formulation.md", "inputs.en.md", "inputs.ru.md"}
    pages = [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md") if path.name not in made]
    return ["README.md", *(page for page in sorted(pages) if not page.startswith(("docs/decisions/", "docs/sheets/")))]


def test_pages_state_no_other_times():
    """Words for how long a run takes are all in the table."""
    told = [(page, said) for *_, words in stated() for page, said in words] + [(page, said)
        for page, phrases in NO_RUN.items() for said in phrases]
    pages = by_hand()
    assert len(pages) > 30
    for page in pages:
        body = (ROOT / page).read_text(encoding="utf-8")
        known = [(at.start(), at.end()) for where, said in told if page.startswith(where)
                 for at in re.finditer(re.escape(said), body)]
        other = [body[max(0, word.start() - 40):word.end() + 20] for word in DURATION.finditer(body)
                 if not any(start <= word.start() < end for start, end in known)]
        assert (page, other) == (page, [])


def test_what_is_no_run_is_there():
    """A phrase that no page has any more would let another one pass."""
    for where, phrases in NO_RUN.items():
        body = "".join((ROOT / page).read_text(encoding="utf-8") for page in by_hand() if page.startswith(where))
        assert [said for said in phrases if said not in body] == []


def test_limits_are_those_of_the_program():
    assert (WORK / SECOND, PATIENCE) == (28, 120)


def test_cold_and_warm_are_told_where_they_differ():
    """A first run compiles the modules: what is said holds for it too, for the plan with what a small plan took
    more."""
    plan, check, example = (next((what, figure, most) for what, figure, most, _ in stated() if what.startswith(word))
                            for word in ("plan", "check", "example"))
    more, warm = float(re.search(r"cold ([\d.]+) more", plan[0])[1]), float(re.search(r"cold; ([\d.]+) warm",
        example[0])[1])
    assert more == pytest.approx(example[1] - warm)
    assert plan[1] + more <= plan[2]
    assert float(re.search(r"cold; ([\d.]+) warm", check[0])[1]) < check[1] <= check[2]
