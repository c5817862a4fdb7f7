"""What a draft refuses, and why: a change or a save that would lose something."""

from __future__ import annotations

from jaryq.base.errors import Told
from jaryq.base.text import Text

OTHERWISE = Text("{cell} holds another value by now; nothing was changed", "в {cell} уже другое значение; не изменено")
NOT_READ = Text("{path} is not there or cannot be read; nothing was read, and your changes are kept",
                "{path} нет на месте, или файл не читается; ничего не прочитано, ваши изменения сохранены здесь")
MEANWHILE = Text("{path} was changed by another program since it was opened here; read it again, then save",
                 "{path} изменён другой программой после открытия здесь; прочитайте его заново, затем сохраните")
GONE = Text("{path} is not there any more", "{path} больше нет")
FORMULA = Text("{cell} holds a formula; change it in your spreadsheet program",
               "в {cell} формула; измените её в табличном редакторе")
ANEW = Text("the file was read anew while you typed; nothing was changed: look at the row again, then type",
            "пока вы печатали, файл прочитан заново; ничего не изменено: проверьте строку и введите снова")
PROTECTED = Text("{path} is write-protected; nothing was saved, and your changes are kept: allow writing to the file, "
                 "then save again",
                 "{path} защищён от записи; ничего не сохранено, ваши изменения целы: разрешите запись в файл и "
                 "сохраните ещё раз")
NO_CELL = Text("there is no such cell", "такой ячейки нет")
READ_OTHERWISE = Text("{cell} would be read as {read} in place of {wanted}, for the format of the cell says so; change "
                      "it in your spreadsheet program",
                      "{cell} читалась бы как {read} вместо {wanted} из-за формата ячейки; измените её в табличном "
                      "редакторе")


class Refused(Told):
    """A change or a save that would lose something."""
