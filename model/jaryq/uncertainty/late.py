"""When works end that a future makes late, by the starts that it leaves them (docs/numbers.md: Deciding before
knowing)."""

from __future__ import annotations

IN_TIME = "in_time"
"""After their window, but within the planned years, whenever they begin: counted."""

HANGS = "hangs"
"""Within the planned years if they begin early enough."""

AFTER = "after"
"""After the planned years: paid as far as these go, not counted."""

NEVER = "never"
"""They cannot begin in the planned years any more."""
