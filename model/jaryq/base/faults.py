"""What the machine may refuse, each as one sentence: no space, no rights, a folder in the place of a file, a limit of
size, no memory."""

from __future__ import annotations

import errno
from pathlib import Path

from jaryq.base.errors import Told
from jaryq.base.text import Text


class Fault(Told):
    """The machine would not: exit code 1, and another try may do."""


class Misplaced(Told):
    """The command names a place that cannot be written to, whatever the machine does, or must not be: exit code 64."""

    exit_code = 64


NO_SPACE = Text("no space is left where {path} should be written", "нет места там, где должен быть записан {path}")
TOO_LARGE = Text("{path} would be larger than files may be here (a limit of size)",
                 "{path} был бы больше, чем здесь разрешено (ограничение размера файла)")
NO_RIGHTS = Text("{path} cannot be opened or replaced; is it open in another program? Or rights to it are missing",
                 "{path} не открыть или не заменить; не открыт ли файл в другой программе? Или на него нет прав")
A_FOLDER = Text("{path} is a folder, where a file is needed", "{path} - папка, а нужен файл")
BELOW_A_FILE = Text("{path} would stand below something that is a file, not a folder",
                    "{path} оказался бы внутри файла, а не папки")
A_FILE = Text("{path} is a file, where a folder is needed", "{path} - файл, а нужна папка")
NOT_THERE = Text("there is no {path}", "{path} не существует")
TOO_LONG = Text("the name {path} is too long", "имя {path} слишком длинное")
NOT_READABLE = Text("{path} cannot be read or written ({reason})", "{path} не читается или не записывается ({reason})")
NO_MEMORY = Text("there is not enough memory for this case on this machine",
                 "для этого расчёта на этой машине не хватает памяти")

_FAULTS: dict[int, tuple[type[Told], Text]] = {
    errno.ENOSPC: (Fault, NO_SPACE), errno.EDQUOT: (Fault, NO_SPACE), errno.EFBIG: (Fault, TOO_LARGE),
    errno.EACCES: (Fault, NO_RIGHTS), errno.EPERM: (Fault, NO_RIGHTS), errno.EROFS: (Fault, NO_RIGHTS),
    errno.EISDIR: (Misplaced, A_FOLDER), errno.ENOTDIR: (Misplaced, BELOW_A_FILE), errno.EEXIST: (Misplaced, A_FILE),
    errno.ENAMETOOLONG: (Misplaced, TOO_LONG), errno.ENOENT: (Fault, NOT_THERE), errno.ENOMEM: (Fault, NO_MEMORY),
}


def no_memory(error: BaseException) -> bool:
    """Whether an error is one of memory by another name: Python has no kind of its own for a thread that finds no
    room."""
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "start new thread" in str(error))


def fault(error: OSError | MemoryError, path: Path | str | None = None) -> Told:
    """The sentence of an error of the operating system about ``path`` (else about the file that the error names)."""
    if isinstance(error, MemoryError):
        return Fault(NO_MEMORY)
    kind, text = _FAULTS.get(error.errno or 0, (Fault, NOT_READABLE))
    place = path if path is not None else error.filename2 or error.filename or "?"
    return kind(text.fill(path=place, reason=error.strerror or str(error) or type(error).__name__))
