"""Output tables and checks of a plan as DataFrames for notebooks."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from jaryq.api.frames import frame_of
from jaryq.base.text import Lang, word
from jaryq.report.shapes import Out
from jaryq.verify.asserted import CHECKS
from jaryq.verify.finding import Finding

CHECKED = ("check", "place", "claimed", "recomputed", "residual", "tolerance", "unit", "ok", "says")


def output_frame(table: Out, lang: Lang) -> pd.DataFrame:
    """An output table: its rows without totals, texts in ``lang``."""
    values = {heading: [word(row.get(heading), lang) for row in table.rows] for heading in table.headings}
    return frame_of(values, table.declared, len(table.rows), lang)


def findings_frame(findings: Iterable[Finding], lang: Lang) -> pd.DataFrame:
    """The checks of a plan: what is claimed, what was computed again, by how much they differ and may differ."""
    rows = [(f.check, f.place, f.claimed, f.recomputed, f.residual, f.tolerance, f.unit, f.ok,
             CHECKS[f.check].say(lang)) for f in findings]
    return pd.DataFrame(rows, columns=list(CHECKED))
