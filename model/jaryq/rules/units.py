"""Units that are written at the head of a column, against those that its rows state."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.rules.rows import Rows
from jaryq.tables.tables import Tables


def heads_fit_their_rows(tables: Tables) -> Iterator[Issue]:
    """A currency at the head of a column is that of every row with a value in it; the first row of another is named."""
    currencies = {row.get("source_id"): row.get("currency") for _, row in Rows(tables, "sources").rows}
    for name, table in tables.sheets.items():
        for column, head in table.heads.items():
            for position, row in table.listed:
                currency = (row.get("currency") if name == "sources"
                            else currencies.get(row.get("source_id"))) or HOME_CURRENCY
                if row.get(column) is not None and currency != head.currency:
                    where = f"{name}!{table.cell(position, column)} ({row.get('source_id')})"
                    yield Issue("heading_currency", name, head.cell, column, head.said,
                                {"row": where, "currency": currency})
                    break
