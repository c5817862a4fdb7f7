"""The command ``serve``: the desk in the browser."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from jaryq.base.extras import need
from jaryq.base.text import Lang, Text

SERVED = Text("The desk of {place} is open at {address} (Ctrl-C closes it).",
              "Рабочий стол для {place} открыт по адресу {address} (Ctrl-C закрывает его).")
TO_ALL = Text("Whoever has this address with its token can read and change what is served; it travels unencrypted.",
              "Кто знает этот адрес с его ключом, может читать и менять то, что открыто; передаётся без шифрования.")
CLOSED = Text("The desk is closed.", "Рабочий стол закрыт.")


def command(place: Path, host: str, port: int, browser: bool, lang: Lang) -> int:
    """Serve a folder or a workbook until Ctrl-C. Raises MissingExtra, Outside, Fault."""
    need("page")
    # NiceGUI is an extra, and takes longer to import than all else.
    from jaryq.desk.desk import Desk
    from jaryq.desk.server import serve

    def say(address: str) -> None:
        print(SERVED.say(lang, place=place, address=address), flush=True)
        if "token=" in address:
            print(TO_ALL.say(lang), flush=True)

    with suppress(KeyboardInterrupt):
        serve(Desk.of(place, lang), host, port, browser=browser, say=say)
    print(CLOSED.say(lang))
    return 0
