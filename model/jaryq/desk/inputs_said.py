"""What the area Inputs says."""

from __future__ import annotations

from jaryq.base.text import Text

UNDO = Text("Undo", "Отменить", kk="Болдырмау", ja="元に戻す")
REDO = Text("Redo", "Повторить", kk="Қайталау", ja="やり直し")
SAVE, AGAIN = Text("Save", "Сохранить", kk="Сақтау", ja="保存"), Text("Read the file again", "Прочитать файл заново")
ADD = Text("Add a row", "Добавить строку", kk="Жол қосу", ja="行を追加")
SHEETS = Text("Sheets", "Листы")
SAVED = Text("Saved into {path}; everything else in it is as it was.",
             "Сохранено в {path}; всё остальное в книге не изменилось.")
UNSAVED = Text("{count} change(s) not saved", "Не сохранено изменений: {count}")
ALL_SAVED = Text("All is saved", "Всё сохранено")
LOOKING = Text("Checking…", "Идёт проверка…")
STOPS = Text("{count} issue(s) stop the run, {more} more to look at",
             "Останавливают расчёт: {count}, ещё посмотреть: {more}")
NONE = Text("Nothing to correct.", "Исправлять нечего.")
ASIDE = Text("These changes found no place in the file as it is now. They are kept here, are not in the file, and are "
             "tried again when it is read again:",
             "Этим изменениям не нашлось места в нынешнем файле. Они хранятся здесь, в файле их нет; при повторном "
             "чтении они будут опробованы снова:")
SET_ASIDE = Text("set aside: {count}", "отложено: {count}")
FORGET = Text("Forget these changes", "Забыть эти изменения")
NOT_OURS = Text("Nothing of yours is left to undo. The last change is another visitor's, or of an earlier visit: "
                "{sheet}, {column}: {old} → {new}. Undo once more takes it back all the same.",
                "Ваших изменений для отмены больше нет. Последнее изменение сделано другим посетителем или в прошлый "
                "раз: {sheet}, {column}: {old} → {new}. «Отменить» ещё раз всё же отменит его.")
NOT_MINE = Text("{sheet}, {column}: {old} again in place of {new}, which another visitor (or an earlier visit) had "
                "typed",
                "{sheet}, {column}: снова {old} вместо {new}, введённого другим посетителем или в прошлый раз")
ELSEWHERE = Text("Another program has this file open. Close it there before you save here, or what is saved there "
                 "later overwrites your changes.",
                 "Файл открыт в другой программе. Закройте его там перед сохранением здесь, иначе сохранённое там "
                 "позже затрёт ваши изменения.")
READ_ONLY = Text("The file is write-protected: changes are kept here, and are saved once writing to it is allowed.",
                 "Файл защищён от записи: изменения хранятся здесь и сохранятся, когда запись будет разрешена.")
PART = Text("Rows {first} to {last} of {count}.", "Строки с {first} по {last} из {count}.")
FURTHER = Text("Further rows", "Дальше")
ISSUES = Text("Issues", "Замечания")
NO_SHEET = Text("Nothing can be read from this file.", "Из этого файла ничего прочитать не удалось.")
FORMULAS = Text("Formulas in this workbook keep the values of their last calculation until it is opened and saved in "
                "your spreadsheet program.",
                "Формулы в этой книге хранят значения последнего расчёта, пока её не откроют и не сохранят в табличном "
                "редакторе.")
