"""Jaryq on the command line: ``python run.py`` plans the real case, ``python run.py --help`` lists the commands."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "model"))

from jaryq.commands.start import main

if __name__ == "__main__":
    sys.exit(main())
