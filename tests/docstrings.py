"""What the docstring of a family of rows says, in its parts."""

import inspect
import re
from collections.abc import Callable
from typing import Any

from jaryq.documents.pages import EQUATION


def parts_of(rule: Callable[..., Any]) -> dict[str, str]:
    """Sentence, equation, unit and dual of a family's docstring; a part that is not there is empty."""
    text = inspect.getdoc(rule) or ""
    found = {"sentence": text.split("\n\n")[0]}
    for name, pattern in {"equation": EQUATION, "unit": r"Unit: (.+?\.)(?= Dual|$)",
                          "dual": r"Dual: (.+)"}.items():
        match = re.search(pattern, text)
        found[name] = " ".join(match[1].split()) if match else ""
    return found
