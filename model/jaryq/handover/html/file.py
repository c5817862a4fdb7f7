"""The file itself: one page with its style, scripts and figures inside, that a browser lets do nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache, partial
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jaryq.base.text import Lang, Text
from jaryq.handover.html.shown import Json, said_in
from jaryq.handover.html.still import still
from jaryq.handover.html.words import NO_SCRIPT, words

ASSETS = "jaryq.handover.html"
SCRIPTS = ("base.js", "figures.js", "fold.js", "charts.js", "gantt.js", "places.js", "streets.js", "page.js")
"""Parts of our own script, in their order."""

EMBEDDED = "embed.js"
"""Comes after them where the file is shown inside another page."""

NUMBER = {True: Markup(' class="number"'), False: Markup()}
"""What a cell is marked with that holds a number, and that does not."""

ECHARTS_VERSION = "6.1.0"

LARGEST = 6_000_000
"""Bytes that the file stays below: scenarios that would make it larger keep their first page only."""


def rendered(scenarios: Sequence[Json], failures: Iterable[tuple[Text, Text]], lang: Lang,
             said: Iterable[Text] = (), *, embedded: bool = False) -> str:
    """The page of ``scenarios`` (see ``shown``; one at least, the first is seen first) and of those without a plan,
    with why; ``said``: sentences on them side by side. ``embedded``: it is shown inside another page, which says what
    to show."""
    parts = (*SCRIPTS, EMBEDDED) if embedded else SCRIPTS
    ours = f"(() => {{\n\"use strict\";\n{''.join(_asset(name) for name in parts)}}})();\n"
    echarts, style = _asset("echarts/echarts.min.js"), _asset("report.css")
    first = scenarios[0]
    say = partial(_say, texts=first["texts"], lang=lang)
    data = {**words(), "lang": lang, "scenarios": _fitting(scenarios, len(echarts.encode())),
            "compared": [said_in(sentence) for sentence in said],
            "failures": [[said_in(name), said_in(why)] for name, why in failures]}
    return _environment().get_template("report.html.j2").render(
        lang=lang, first=first["scenario"], say=say, pages=still(first["scenario"], say, lang), number=NUMBER,
        no_script=NO_SCRIPT.say(lang), data=_in_script(data), style=Markup(style),
        scripts=[Markup(echarts), Markup(ours)], policy=_policy([echarts, ours], style),
        notice=f"Apache ECharts {ECHARTS_VERSION}, Apache-2.0; d3 (parts), BSD-3-Clause",
    )


def scenario_in(page: str) -> Json:
    """The first scenario that a page of ours holds. Raises ValueError where it is none."""
    data = page.partition(_OPENING)[2].partition("</script>")[0]
    try:
        first = json.loads(data)["scenarios"][0]
        if isinstance(first["scenario"]["scenario"], str) and isinstance(first["texts"], list):
            return first
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    raise ValueError("no report of a plan")


_OPENING = '<script type="application/json" id="data">'


def _fitting(scenarios: Sequence[Json], taken: int) -> list[Json]:
    """The scenarios; once the room is taken, of further ones only the first page."""
    found: list[Json] = []
    for scenario in scenarios:
        size = len(_in_script(scenario).encode())
        if found and taken + size > LARGEST * 0.95:
            told = scenario["scenario"]
            scenario = {**scenario, "scenario": {**told, "pages": told.get("pages", [])[:1], "points": []}}
            used = _used(scenario["scenario"])
            scenario["texts"] = [said if i in used else [] for i, said in enumerate(scenario["texts"])]
            size = len(_in_script(scenario).encode())
        taken += size
        found.append(scenario)
    return found


def _used(value: Json) -> set[int]:
    """Numbers of the texts that a value refers to (or could: a list of one whole number)."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], int):
        return {value[0]}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(_used(item) for item in items)) if items else set()


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader(ASSETS, "assets"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)


@cache
def _asset(name: str) -> str:
    text = resources.files(ASSETS).joinpath("assets", *name.split("/")).read_bytes().decode("utf-8")
    return text.replace("\r\n", "\n")


def _in_script(data: Json) -> Markup:
    """JSON that ends no script and opens no markup, whatever its texts hold."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _say(text: Json, texts: Sequence[Sequence[str]], lang: Lang) -> str:
    """A text of the first scenario in one language."""
    if not isinstance(text, list):
        return str(text)
    said = dict(zip(("en", "ru", "kk", "ja"), texts[text[0]], strict=False))
    return said.get(lang) or said["ru" if lang == "kk" else "en"]


def _policy(scripts: Iterable[str], style: str) -> str:
    """Nothing but the very scripts and style in the file; no request to anywhere."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; base-uri 'none'; "
            "form-action 'none'")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
