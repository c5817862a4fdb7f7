"""Files of one folder: what is named from outside leads to nothing beside it."""

from __future__ import annotations

from pathlib import Path

from jaryq.base.errors import Told
from jaryq.base.text import Text, printable

OUTSIDE = Text("{name} is not in the folder that is served", "{name} лежит вне открытой папки",
               kk="{name} ашылған қалтада емес", ja="{name} は公開されたフォルダーの中にありません")


class Outside(Told):
    """A path that leads out of the folder it should be in, or is none."""

    exit_code = 2
    status = "rejected"


def confined(folder: Path, name: str) -> Path:
    """The file or folder ``name`` of ``folder``, links followed; it need not exist. Raises Outside where it would lie
    elsewhere."""
    try:
        root = folder.resolve()
        path = (root / name).resolve()
    except (OSError, ValueError, RuntimeError) as error:  # a null character, a circle of links
        raise Outside(OUTSIDE.fill(name=printable(name))) from error
    if not path.is_relative_to(root):
        raise Outside(OUTSIDE.fill(name=printable(name)))
    return path
