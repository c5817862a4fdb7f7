"""The command ``example``: the workbooks that ship with the program, written out to be changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jaryq.api.invented_files import with_stretches
from jaryq.base.faults import fault
from jaryq.base.free import free_file, free_folder
from jaryq.base.places import write_whole
from jaryq.base.shipped import CASE, inputs, published
from jaryq.base.text import Lang
from jaryq.commands.check.text import PLAN
from jaryq.commands.messages import WRITTEN


def example(folder: Path, everything: bool, lang: Lang, force: bool = False, segments: int = 0, seed: int = 0) -> int:
    """Write the shipped case into ``folder``, with ``everything`` the published problems too; places are tried first.
    ``segments``: with a register of about so many stretches that might be, drawn by ``seed``.

    Raises Misplaced where another file stands in the place of one of them (``force`` replaces it) and Fault where the
    machine would not.
    """
    sources = (inputs() / CASE, *(published() if everything else ()))
    try:
        contents = {folder / source.name: source.read_bytes() for source in sources}
    except OSError as error:
        raise fault(error) from error
    if segments:
        made = with_stretches(inputs() / CASE, segments, seed)
        contents |= {folder / name: content for name, content in made.items()}
    free_folder(folder)
    for path, content in contents.items():
        free_file(path, partial(_holds, content), sources, force)
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in contents.items():
        print(WRITTEN.say(lang, path=write_whole(path, partial(_put, content))))
    print(PLAN.say(lang, path=folder / CASE))
    return 0


def _holds(content: bytes, path: Path) -> bool:
    return path.read_bytes() == content


def _put(content: bytes, draft: Path) -> None:
    draft.write_bytes(content)
