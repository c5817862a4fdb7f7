"""Processes that tests start see the package of this checkout, whatever is installed; what is exhaustive is marked."""

import os
from pathlib import Path

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(Path(__file__).parents[1] / "model"), os.environ.get("PYTHONPATH"))))

EXHAUSTIVE = ("properties", "damage")
"""Folders of tests over many drawn cases, or every kind of damage. Others carry the marker themselves."""


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name in EXHAUSTIVE:
            item.add_marker("exhaustive")
