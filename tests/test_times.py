"""Times that README and guide state in words are within what was measured last, and that stands in one place."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def stated():
    """What, its figure, what it is said to be at most, and pages with words: rows of the table in benchmarks/README.md."""
    body = (ROOT / "benchmarks/README.md").read_text(encoding="utf-8").partition("## Times that other pages state")[2]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines() if line.startswith("| ")][1:]
    return [(what, float(figure), float(most), re.findall(r"([\w./-]+): `([^`]+)`", words)) for what, figure, most, words in rows]


def test_words_stand_where_the_table_says_and_the_figure_is_within_them():
    rows = stated()
    assert {what.partition(" ")[0] for what, *_ in rows} == {"plan", "check", "all", "ensemble", "sweep", "regret"}
    for what, figure, most, words in rows:
        assert figure <= most, what
        assert words, what
        for page, said in words:
            assert said in (ROOT / page).read_text(encoding="utf-8"), (page, said)


def test_what_the_guide_shows_of_a_run_is_the_figure_measured():
    """The last lines of a run in both languages tell its seconds."""
    plan = next(figure for what, figure, *_ in stated() if what.startswith("plan"))
    shown = {page: re.findall(r"plan\.xlsx (?:in|за) ([\d.,]+) [sс]\.", (ROOT / f"docs/guide/{page}/first-plan.md").read_text(encoding="utf-8")) for page in ("en", "ru")}
    assert shown == {"en": [f"{plan:g}"], "ru": [f"{plan:g}".replace(".", ",")]}


def test_pages_state_no_other_times():
    """Words for durations of runs in README and guide are all in the table."""
    told = {(page, said) for *_, words in stated() for page, said in words}
    for page in ("README.md", *(f"docs/guide/{lang}/{page}.md" for lang in ("en", "ru") for page in ("first-plan", "sign-now"))):
        body = (ROOT / page).read_text(encoding="utf-8").replace("in fifteen minutes", "").replace("за пятнадцать минут", "").replace("first fifteen minutes", "")
        for word in re.finditer(r"\b(?:minutes?|seconds|минут\w*|секунд\w*)\b", body):
            assert any(at <= word.start() < at + len(said) for where, said in told if where == page
                       for at in (found.start() for found in re.finditer(re.escape(said), body))), (page, body[word.start() - 40:word.end() + 20])
