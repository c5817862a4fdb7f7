"""Kinds of issues of works: order, variants, trenches, outages, seasons. Code, severity, rule, remedy."""

from __future__ import annotations

from jaryq.base.severity import Severity
from jaryq.base.text import Text

WORKS: tuple[tuple[str, Severity, Text, Text], ...] = (
    ("order_loop", "stop",
          Text("the facilities wait for each other in a circle", "объекты ждут друг друга по кругу"),
          Text("Take one of them out of column after.", "Уберите один из них из столбца after.")),
    ("variant_unfit", "stop",
          Text("{detail}", "{detail}"),
          Text("Correct option_of, or lift one of the commitments.", "Исправьте option_of или снимите одно из обязательств.")),
    ("trench_unfit", "stop",
          Text("{detail}", "{detail}"),
          Text("Correct the row.", "Исправьте строку.")),
    ("must_outage_too_large", "stop",
          Text("its outage of {detail} is more than the region may have out of service, but it must be done", "вывод {detail} больше, чем регион может вывести из работы, а объект обязателен"),
          Text("Work unit by unit (column offline), or raise outage_limits.", "Ведите работы по блокам (столбец offline) или увеличьте outage_limits.")),
    ("outage_too_large", "surprise",
              Text("its outage of {detail} is more than the region may have out of service, so it will not be done", "вывод {detail} больше, чем регион может вывести из работы, объект не будет выполнен"),
              Text("Work unit by unit (column offline), or raise outage_limits.", "Ведите работы по блокам (столбец offline) или увеличьте outage_limits.")),
    ("must_outage_without_season", "stop",
          Text("its outage of {detail} months does not fit into the open months of its region, but it must be done", "вывод на {detail} мес. не помещается в открытые месяцы региона, а объект обязателен"),
          Text("Shorten the outage, lengthen the works, or open more months.", "Сократите вывод, продлите работы или откройте больше месяцев.")),
    ("outage_without_season", "surprise",
              Text("its outage of {detail} months does not fit into the open months of its region, so it will not be done", "вывод на {detail} мес. не помещается в открытые месяцы региона, объект не будет выполнен"),
              Text("Shorten the outage, lengthen the works, or open more months.", "Сократите вывод, продлите работы или откройте больше месяцев.")),
    ("must_crews_without_season", "stop",
          Text("its works have no month in the season of {detail}, but it must be done", "в его работах нет месяцев сезона ресурса {detail}, а объект обязателен"),
          Text("Lengthen the works, or widen the season.", "Продлите работы или расширьте сезон.")),
    ("crews_without_season", "surprise",
              Text("its works have no month in the season of {detail}, so it will not be done", "в его работах нет месяцев сезона ресурса {detail}, объект не будет выполнен"),
              Text("Lengthen the works, or widen the season.", "Продлите работы или расширьте сезон.")),
    ("must_variant_closed", "stop",
          Text("another variant of {detail} is done or under way, but it must be done", "другой вариант {detail} выполнен или выполняется, а объект обязателен"),
          Text("Take this variant out.", "Уберите этот вариант.")),
    ("variant_closed", "surprise",
              Text("another variant of {detail} is done or under way, so it will not be done", "другой вариант {detail} выполнен или выполняется, объект не будет выполнен"),
              Text("Take this variant out.", "Уберите этот вариант.")),
    ("lost_unknown", "note",
              Text("what a failure leaves unsupplied is not known here, so it counts as nothing", "недоотпуск при отказе неизвестен и не учитывается"),
              Text("Fill in lost, or capacity with hours_lost of the kind.", "Заполните lost или мощность и hours_lost вида.")),
)
