"""The process of one job: an ordinary command in a process of its own, with its log and its end on disk.

``python -m jaryq.desk.job FOLDER`` runs the arguments that ``request.json`` there states. Light: the command loads its
own.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import time
from pathlib import Path

from jaryq.desk.job_held import Held

REQUEST, RUNNING, ENDED, LOG = "request.json", "running.json", "ended.json", "log.txt"
ALIVE = "alive"
"""Held by the process of the job as long as it lives."""

COMMAND = "jaryq.commands.start"


ROOM = 512
"""Bytes that the end of a job takes at most. They are taken when it begins, so that a disk which fills up meanwhile
does not keep its end from being told."""


def write_whole_json(path: Path, content: dict[str, object]) -> None:
    """JSON that another process reads whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, path)


def main(folder: Path, command: str = COMMAND) -> int:
    """Run the ``command`` (a module); its exit code, which ``ended.json`` states beside the seconds."""
    held = Held(folder / ALIVE)
    begun = time.time()
    room = folder / f".{ENDED}"
    room.write_bytes(b" " * ROOM)
    write_whole_json(folder / RUNNING, {"pid": os.getpid(), "begun": begun})
    arguments = json.loads((folder / REQUEST).read_text(encoding="utf-8"))["arguments"]
    sys.argv = ["jaryq", *arguments]
    code = 1
    try:
        runpy.run_module(command, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        with room.open("r+b") as file:  # over what stands there: blanks behind a value are no part of it
            file.write(json.dumps({"code": code, "seconds": time.time() - begun}).encode())
        os.replace(room, folder / ENDED)
        held.leave()
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
