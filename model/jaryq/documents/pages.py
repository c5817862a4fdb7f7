"""Pages of docs/ that follow from declarations: ``python -m jaryq.documents.pages`` writes them, a test holds that they
are fresh."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jaryq.base.issues import KINDS
from jaryq.documents.sheets import MADE, sheet_pages, table
from jaryq.formulation import objective
from jaryq.formulation.assemble import FAMILIES
from jaryq.formulation.declare import ROWS, Row

DOCS = Path(__file__).resolve().parents[3] / "docs"

VARIABLES: Mapping[str, tuple[str, str, str, str]] = {
    "start": ("p, t", "share",
              "share of facility p whose project starts in period t; 0 or 1 where facilities are whole", "1"),
    "renew": ("n, t", "km", "km of package n renewed in period t", "km in scope not yet done, and km a year at most"),
    "draw": ("s, p, y", "bn KZT of year y", "money of source s drawn for project p in year y",
             "what the source can give and the project cost that year"),
    "old": ("s, y", "bn of the currency x e_0",
            "money of a one-year budget left from the year before and used in year y", "the kept share of that year"),
    "idle": ("s, y", "bn of the currency x e_0", "money that stays in a fund at the end of year y",
             "all that has come in by then"),
    "supplied": ("s, p", "bn KZT", "partner goods bought in project p with a product tied over all its projects",
                 "the largest draws of the source there"),
    "signed": ("s", "bn of the currency x e_0", "amount of a new loan that is signed, where fees are due on it",
               "the envelope, or all that can be drawn"),
    "line": ("s, y", "bn KZT of year y", "money of loan s drawn into a fund in year y",
             "what the loan can give that year"),
    "part": ("s, p", "0 or 1", "whether source s, which has a smallest share, pays for project p; whole plans only",
             "1"),
    "taken": ("s", "0 or 1", "whether source s, which has a smallest amount, is used; whole plans only", "1"),
    "extra": ("w, t", "crew-years", "crews added at a premium to resource row w in period t",
              "the share of its capacity that may be added"),
    "lent": ("w, t", "crew-years", "crews of a region's row w that work in other regions in period t",
             "the share of its capacity that may be lent"),
    "borrowed": ("w, t", "crew-years", "crews from other regions that work in the region of row w in period t",
                 "what the others may lend"),
    "joint": ("k, t", "km", "km renewed in shared trench k in period t",
              "the km shared, and what each package may renew"),
    "kept": ("p, t", "share or km", "what stays as it was in the last plan; only where change has a price",
             "what the last plan did"),
    "worst": ("N", "normalised", "largest normalised shortfall of the target rows of priority N, where it has several",
              "the most that one can miss"),
    "local": ("s, p", "bn KZT", "local costs of project p that tied export credit s pays",
              "the largest draws of the source there"),
    "short": ("g, k", "the measure's", "what target row g misses, in stretch k of its convex cost",
              "the width of the stretch"),
    "excess": ("g, k", "the measure's", "by how much target row g is exceeded where it may not be, in stretch k",
               "the width of the stretch"),
}
"""Variable: index, unit, meaning, upper bound. The lower bound is always 0."""

SYMBOLS = (
    ("p, f, n", "project: a facility f or a package of networks n"), ("t, y", "period, year"),
    ("s, c", "source of money, partner country"),
    ("w", "row of works capacity"), ("a, q", "facility with its variants, facility that another one waits for"),
    ("z", "row of sheet outage_limits: a region r and a unit of capacity u"), ("M", "months of a period"),
    ("g, k", "target row (or group of sources), stretch of its convex cost"),
    ("h", "source of home money: budget or utilities' own"), ("r, k", "region and sector of a tariff"),
    ("e_y, e_0", "KZT per unit of the currency in year y and in the price year"),
    ("w_y", "present value of a nominal KZT of year y"),
    ("\\mathit{cost}_{s,y}", "present value of what a KZT drawn from s in year y costs the purse"),
)


def formulation() -> str:
    """Every family of rows, the variables and the objectives of the stages."""
    parts = [
        "# The linear program", MADE.en,
        "What the quantities mean is said in [numbers.md](numbers.md). All variables are at least 0 and have a finite "
        "upper bound derived from the data, "
        "so that any multipliers give a bound that holds (numbers.md says how bounds are computed and what is called "
        "proved). "
        "A dual is the change of the stage's value for one unit more on the right-hand side; the plan "
        "never shows a dual alone but the difference of two runs.",
        "## Symbols", table(("Symbol", "Meaning"), ((f"$`{symbol}`$", meaning) for symbol, meaning in SYMBOLS)),
        "## Variables", table(("Variable", "Unit", "Meaning", "Upper bound"),
                               ((f"`{name}[{index}]`", *rest) for name, (index, *rest) in VARIABLES.items())),
        "## Rows", "Each file of `model/jaryq/formulation` holds families of rows; each family is one function.",
    ]
    for module in FAMILIES:
        parts += [f"### {module.__name__.rpartition('.')[2]}.py", _first(module)]
        parts += [_family(row) for row in ROWS.values() if row.rule.__module__ == module.__name__]
    parts += ["## Objectives of the stages", _first(objective),
              "Order: the priorities that have rows, then the objective, then the layers of the tie-break."]
    parts += [f"### {function.__name__}\n\n{_prose(function)}" for function in _functions(objective)]
    return "\n\n".join(parts) + "\n"


def _family(row: Row) -> str:
    index = ", ".join(list(inspect.signature(row.rule).parameters)[2:])
    return f"#### {row.text.en}: `{row.name}[{index}]`\n\n{_prose(row.rule)}\n\nExists for: {row.exists}."


EQUATION = r"\.\. math::\s*(.+(?:\n(?!Unit: ).+)*)"
"""An equation ends with its paragraph, or where its unit is told."""


def parts_of(rule: Callable[..., Any]) -> dict[str, str]:
    """Sentence, equation, unit and dual of a family's docstring; a part that is not there is empty."""
    text = inspect.getdoc(rule) or ""
    found = {"sentence": text.split("\n\n")[0]}
    for name, pattern in {"equation": EQUATION, "unit": r"Unit: (.+?\.)(?= Dual|$)",
                          "dual": r"Dual: (.+)"}.items():
        match = re.search(pattern, text)
        found[name] = " ".join(match[1].split()) if match else ""
    return found


def _prose(item: object) -> str:
    r"""A docstring as Markdown: a line with ``.. math::`` becomes a block, :math:`x` becomes $`x`$, ``code`` becomes
    `code`."""
    text = inspect.getdoc(item) or ""
    text = re.sub(EQUATION, lambda match: f"```math\n{_upright(' '.join(match[1].split()))}\n```", text)
    text = re.sub(r":math:`([^`]+)`", lambda match: f"$`{_upright(' '.join(match[1].split()))}`$", text)
    text = re.sub(r"(?<!`)``(?!`)([^`]+)``(?!`)", r"`\1`", text)
    return re.sub(r"^(Unit|Dual): ", r"**\1:** ", text, flags=re.MULTILINE).replace(" Dual: ", "  \n**Dual:** ")


def _upright(formula: str) -> str:
    """Names of more than one letter are set as words, not as products of letters."""
    return re.sub(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:\\_[A-Za-z]+)*", lambda match: f"\\mathit{{{match[0]}}}", formula)


def _first(module: object) -> str:
    return (inspect.getdoc(module) or "").replace("``", "`")


def _functions(module: Any) -> list[Callable[..., Any]]:
    made = [item for name, item in vars(module).items() if inspect.isfunction(item)
            and item.__module__ == module.__name__ and not name.startswith("_")]
    return sorted(made, key=lambda item: item.__code__.co_firstlineno)


def issues() -> str:
    """Every kind of issue."""
    severities = {"stop": "Issues that stop a run", "surprise": "Surprises: the run goes on, look at them",
                  "note": "Notes"}
    parts = ["# Issues", MADE.en,
             "What may be said about an input: rule and remedy, in English and Russian. Words in braces are filled "
             "with the values found."]
    for severity, title in severities.items():
        mine = [kind for kind in KINDS.values() if kind.severity == severity]
        rows = ((f"`{kind.code}`", kind.rule.en, kind.remedy.en, kind.rule.ru, kind.remedy.ru) for kind in mine)
        parts += [f"## {title}", table(("Code", "Rule", "Remedy", "Правило", "Что сделать"), rows)]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """All pages by the name of their file in docs/."""
    return {"formulation.md": formulation(), "issues.md": issues(), **sheet_pages()}


def main(folder: Path = DOCS) -> int:
    """Write the pages that changed; take away those of sheets that are no more."""
    made = pages()
    for name, text in made.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"Written: {name}")
    for path in sorted((folder / "sheets").rglob("*.md")):
        if (name := path.relative_to(folder).as_posix()) not in made:
            path.unlink()
            print(f"Taken away: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
