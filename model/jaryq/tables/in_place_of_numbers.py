"""Words and signs that people type where a number is wanted."""

from __future__ import annotations

from collections.abc import Mapping

NO_VALUE = frozenset({
    "-", "–", "—", "−", "--", "---", "…", "...", "?", "*", "n/a", "na", "n.a.", "н/д", "нд", "н.д.", "нет",
    "нет данных", "no data", "none", "null", "tbd",
    "уточняется", "жоқ", "деректер жоқ", "なし", "不明", "未定",
})
"""Signs and words that people type where they have no value."""

NO_LIMIT = frozenset({
    "no limit", "no limits", "unlimited", "not limited", "without limit", "без ограничений", "без ограничения",
    "не ограничено", "неограниченно", "без предела", "без лимита", "шектеусіз", "шектелмеген", "無制限", "制限なし",
})
"""Words that people type where nothing limits."""

SIGNS: Mapping[str, str] = {sign: meant for meant, signs in {
    ">=": "≥|=>|⩾|at least|not less than|no less than|minimum|min|не менее|не меньше|минимум|от|кемінде|кем емес|以上",
    "<=": "≤|=<|⩽|at most|not more than|no more than|maximum|max|не более|не больше|максимум|до|аспайды|көп емес|以下",
    "=": "==|＝|equal|equal to|equals|exactly|равно|ровно|тең|等しい",
}.items() for sign in signs.split("|")}
"""Words and signs for the three signs, as the allowed values write them."""
