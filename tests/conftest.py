"""Processes that tests start see the package of this checkout, whatever is installed."""

import os
from pathlib import Path

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(Path(__file__).parents[1] / "model"), os.environ.get("PYTHONPATH"))))
