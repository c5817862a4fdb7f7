"""The sheet of stretches; a register beside the workbook has the same columns (docs/numbers.md: Stretches)."""

from __future__ import annotations

from jaryq.base.home import MILLION
from jaryq.base.text import Text
from jaryq.sheets.quantities import of_projects
from jaryq.sheets.spec import Sheet
from jaryq.sheets.words import col

SEGMENTS = Sheet(
    "segments", Text("Stretches of networks", "Участки сетей"),
    Text("What a package consists of, one stretch a row. Many stretches stand better in a file beside the workbook, "
         "named by the setting register.",
         "Из чего состоит пакет, один участок в строке. Много участков лучше держать в файле рядом с книгой, имя "
         "которого в настройке register."),
    key=("package", "segment"),
    columns=(
        col("package", "text", "Package of the stretch", "Пакет участка", "Key of a package on networks.",
            "Ключ пакета на листе networks.", ref="networks", required=True, width=16),
        col("segment", "text", "Stretch", "Участок", "Its key within the package.", "Ключ внутри пакета.",
            required=True, example="S-1024", width=16),
        col("name", "text", "Name of the stretch", "Название участка", "As people call it.", "Как его называют.",
            example="Abai Avenue 12-40", width=34),
        col("km", "number", "Length of the stretch", "Длина участка", "Length that waits to be renewed.",
            "Длина, ожидающая обновления.", unit="km", required=True, gt=0, example=0.42),
        col("year_built", "integer", "Laid in", "Год прокладки", "Blank: by wear.", "Пусто: по износу.", unit="year",
            ge=1850, le=2150, example=1978),
        col("wear", "number", "Wear of the stretch", "Износ участка",
            "Book wear in percent; blank: by year and life of the package.",
            "Учётный износ в процентах; пусто: по году и сроку службы пакета.", unit="%", ge=0, le=100, example=80),
        col("material", "text", "Material", "Материал", "Of the pipe or line; for lists and maps.",
            "Трубы или линии; для списков и карт.", example="steel"),
        col("bursts", "number", "Bursts of the stretch", "Прорывы участка",
            "Per 100 km and year; blank: that of the package, spread by age.",
            "На 100 км в год; пусто: как у пакета, с учётом возраста.", unit="per 100 km a year", ge=0, example=60),
        col("condition", "number", "Condition factor", "Коэффициент состояния",
            "How many times as often it bursts as its age or record says, by inspection; blank: 1.",
            "Во сколько раз чаще прорывы, чем по возрасту или статистике, по осмотру; пусто: 1.", unit="number", gt=0,
            le=100, example=1.2),
        col("consequence", "number", "Cost of a burst here", "Цена прорыва на участке",
            "Without what is not supplied; blank: that of the package.", "Без недоотпуска; пусто: как у пакета.",
            unit=MILLION, ge=0, example=12),
        col("street", "text", "Street", "Улица",
            "Stretches of several packages with the same street lie in one trench; blank: none.",
            "Участки разных пакетов с одной улицей лежат в одной траншее; пусто: нет.", example="ALM-0412"),
        col("latitude", "number", "Latitude of the stretch", "Широта участка", "Degrees north.",
            "Градусы северной широты.", unit="degrees", ge=-90, le=90, example=43.25),
        col("longitude", "number", "Longitude of the stretch", "Долгота участка", "Degrees east.",
            "Градусы восточной долготы.", unit="degrees", ge=-180, le=180, example=76.92),
        col("line", "text", "Line", "Линия", "WKT in degrees, longitude first, for maps.",
            "WKT в градусах, сначала долгота, для карт.", example="LINESTRING (76.9 43.2, 76.95 43.2)", width=30),
        of_projects(per_km=True),
    ),
)
