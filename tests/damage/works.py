"""The sheets of works and condition: routes, crews, crew_needs, outage_limits, trenches, last_plan, variants, order, progress, health."""

from __future__ import annotations

from tests.damage.case import adds, all_of, case, puts

TUNNEL = {"crew": "tunnel", "2026": 1, "2027": 1, "2028": 1, "2029": 1, "2030": 1}
SUBSTATIONS = ("I-SS-ASTANA-110", "I-SS-ASTANA-110-2", "I-SS-KURCHATOV-110", "I-SS-SEMEY-110")

ROUTES = [
    case("route_nobody_knows", puts("facilities!F109.route", "plane"), ("unknown_reference", "facilities!F109.route")),
    case("route_misspelt", puts("asset_types!chp_gas.route", "sea-PJ"), ("unknown_reference", "asset_types!chp_gas.route"), says="did you mean “sea-JP”?"),
    case("route_with_another_dash", puts("asset_types!chp_gas.route", "sea–JP"), ("repaired_letters", "asset_types!chp_gas.route"), reads={"asset_types!chp_gas.route": "sea-JP"}),
    case("months_on_the_way_below_zero", puts("routes!sea-JP.lead_months", -1), ("value_below_minimum", "routes!sea-JP.lead_months")),
    case("months_on_the_way_without_end", puts("routes!sea-JP.delay_months", 61), ("value_above_maximum", "routes!sea-JP.delay_months")),
    case("weeks_on_the_way", puts("routes!rail-CN.lead_months", "2 мес."), ("repaired_text", "routes!rail-CN.lead_months"), reads={"routes!rail-CN.lead_months": 2.0}),
    case("route_twice", adds("routes", route="sea-JP", lead_months=3), ("duplicate_key", "routes!+1.route")),
]

CREWS = [
    case("month_thirteen", puts("crews!pipe|KZ-71.season_from", 13), ("value_above_maximum", "crews!pipe|KZ-71.season_from")),
    case("capacity_below_zero", puts("crews!pipe|KZ-71.2026", -1), ("value_below_minimum", "crews!pipe|KZ-71.2026")),
    case("growth_of_crews_as_a_fraction", puts("crews!pipe|KZ-71.growth", 0.211), ("percent_below_one", "crews!pipe|KZ-71.growth")),
    case("share_lent_as_a_fraction", puts("crews!pipe|KZ-71.lend_share", 0.5), ("percent_below_one", "crews!pipe|KZ-71.lend_share")),
    case("overtime_as_a_fraction", puts("crews!pipe|KZ-71.extra_share", 0.2), ("percent_below_one", "crews!pipe|KZ-71.extra_share")),
    case("crews_of_no_region", puts("crews!pipe|KZ-71.region", "KZ71"), ("unknown_reference", "crews!pipe|KZ-71.region"), says="did you mean “KZ-71”?"),
    case("crews_share_lent_above_all", puts("crews!pipe|KZ-71.lend_share", 150), ("value_above_maximum", "crews!pipe|KZ-71.lend_share")),
    case("need_of_an_unknown_crew", adds("crew_needs", project="F130", crew="welders", crews=2), ("unknown_reference", "crew_needs!+1.crew")),
    case("need_of_an_unknown_facility", adds("crew_needs", project="F999", crew="works", crews=2), ("unknown_reference", "crew_needs!+1.project")),
    case("need_of_a_package", adds("crew_needs", project="N-KZ-10-heat", crew="works", crews=2), ("unknown_reference", "crew_needs!+1.project")),
    case("need_without_a_number", adds("crew_needs", project="F130", crew="heat_source"), ("missing_value", "crew_needs!+1.crews")),
    case("need_below_zero", adds("crew_needs", project="F130", crew="heat_source", crews=-2), ("value_below_minimum", "crew_needs!+1.crews")),
    # 500 crews at once for 18 months; the country has 34 to 72 a year.
    case("need_above_all_crews", adds("crew_needs", project="F141", crew="substation", crews=500), ("works_above_crews", "facilities!F141.cost")),
    case("need_above_all_crews_of_a_commitment", all_of(adds("crew_needs", project="F141", crew="substation", crews=500), puts("facilities!F141.must_do", "yes")),
         ("commitment_above_crews", "facilities!F141.cost")),
    # Four substations, eight months each, in 2026 and 2027: 2.67 crew-years of two.
    case("four_commitments_for_one_crew",
         all_of(adds("crews", **TUNNEL), *(all_of(adds("crew_needs", project=key, crew="tunnel", crews=1), puts(f"facilities!{key}.must_do", "yes"),
                                                  puts(f"facilities!{key}.latest", 2027)) for key in SUBSTATIONS)),
         ("commitments_above_crews", "crews!+1.2026"), says="4 projects"),
    # Begun in January, bought and brought in six months, built from July to the middle of October: never in June.
    case("works_outside_the_season",
         all_of(adds("crews", crew="welders", season_from=6, season_to=6, **{str(year): 1 for year in range(2026, 2031)}),
                adds("crew_needs", project="I-SS-ASTANA-110", crew="welders", crews=1), puts("facilities!I-SS-ASTANA-110.works_months", 3.5),
                puts("facilities!I-SS-ASTANA-110.latest", 2026), puts("facilities!I-SS-ASTANA-110.earliest", 2026)),
         ("crews_without_season", "facilities!I-SS-ASTANA-110.facility")),
]

OUTAGES = [
    case("peak_missing", puts("outage_limits!KZ-71|Gcal/h.peak", None), ("missing_value", "outage_limits!KZ-71|Gcal/h.peak")),
    case("limit_and_what_it_follows_from", puts("outage_limits!KZ-71|Gcal/h.limit", 80), ("either_or", "outage_limits!KZ-71|Gcal/h.limit")),
    case("unit_of_an_outage", puts("outage_limits!KZ-71|Gcal/h.unit", "Gcal"), ("value_not_allowed", "outage_limits!KZ-71|Gcal/h.unit"), says="did you mean “Gcal/h”?"),
    case("reserve_as_a_fraction", puts("outage_limits!KZ-71|Gcal/h.reserve", 0.15), ("percent_below_one", "outage_limits!KZ-71|Gcal/h.reserve")),
    # 60 - 50 x 1.15 leaves 2.5 Gcal/h; half of 100 goes out in each of the two boiler houses.
    case("outage_above_the_limit", puts("outage_limits!KZ-71|Gcal/h.available", 60), ("outage_too_large", "facilities!I-BH-ASTANA-1.facility"),
         ("outage_too_large", "facilities!I-BH-ASTANA-2.facility")),
    case("outage_above_the_limit_of_a_commitment", all_of(puts("facilities!I-BH-ASTANA-1.offline", 143), puts("facilities!I-BH-ASTANA-1.must_do", "yes")),
         ("must_outage_too_large", "facilities!I-BH-ASTANA-1.facility")),
    # May to August are four months.
    case("outage_longer_than_the_season", puts("facilities!I-BH-ASTANA-1.outage_months", 5), ("outage_without_season", "facilities!I-BH-ASTANA-1.facility")),
    case("outage_longer_than_the_season_of_a_commitment", all_of(puts("facilities!I-BH-ASTANA-1.outage_months", 5), puts("facilities!I-BH-ASTANA-1.must_do", "yes")),
         ("must_outage_without_season", "facilities!I-BH-ASTANA-1.facility")),
    case("season_of_a_region", puts("regions!KZ-71.works_from", "май"), ("repaired_text", "regions!KZ-71.works_from")),
]

TRENCHES = [
    case("trench_with_itself", puts("trenches!N-KZ-10-water|N-KZ-10-heat.with_package", "N-KZ-10-water"), ("trench_unfit", "trenches!N-KZ-10-water|N-KZ-10-heat.with_package")),
    case("trench_saves_more_than_it_costs", puts("trenches!N-KZ-10-water|N-KZ-10-heat.saving", 100_000), ("trench_unfit", "trenches!N-KZ-10-water|N-KZ-10-heat.saving")),
    case("trench_of_an_unknown_package", puts("trenches!N-KZ-10-water|N-KZ-10-heat.with_package", "N-KZ-10-haet"),
         ("unknown_reference", "trenches!N-KZ-10-water|N-KZ-10-heat.with_package"), says="did you mean “N-KZ-10-heat”?"),
    case("trench_without_length", puts("trenches!N-KZ-10-water|N-KZ-10-heat.km", None), ("missing_value", "trenches!N-KZ-10-water|N-KZ-10-heat.km")),
]

LAST_PLAN = [
    case("fifth_quarter", adds("last_plan", project="F130", period="2027Q5", share=1), ("wrong_type", "last_plan!+1.period")),
    case("share_as_a_percent", adds("last_plan", project="F130", period="2027Q3", share=100), ("value_above_maximum", "last_plan!+1.share")),
    case("share_and_km", adds("last_plan", project="F130", period="2027Q3", share=1, km=5), ("either_or", "last_plan!+1.share")),
    case("project_that_is_gone", adds("last_plan", project="F999", period="2027Q3", share=1)),
    case("period_twice", all_of(adds("last_plan", project="F130", period="2027Q3", share=1), adds("last_plan", project="F130", period="2027Q3", share=1)),
         ("duplicate_key", "last_plan!+2.project")),
]

ORDER = [
    case("after_a_name", lambda book: book.put("facilities!F130.after", book.get("facilities!F141.name")), ("repaired_letters", "facilities!F130.after")),
    case("after_nothing", puts("facilities!F130.after", "F999"), ("unknown_reference", "facilities!F130.after")),
    case("one_of_two_misspelt", puts("facilities!F130.after", "F141; F09"), ("unknown_reference", "facilities!F130.after")),
    case("two_wait_for_each_other", all_of(puts("facilities!F130.after", "F141"), puts("facilities!F141.after", "F130")), ("order_loop", "facilities!F130.after"),
         ("order_loop", "facilities!F141.after")),
    case("only_with_nothing", puts("networks!N-KZ-10-heat.only_with", "F999"), ("unknown_reference", "networks!N-KZ-10-heat.only_with")),
    case("only_with_its_variant", puts("facilities!F001.only_with", "F001-gas"), ("sequence_unfit", "facilities!F001.only_with")),
    case("only_with_a_name", lambda book: book.put("facilities!F130.only_with", book.get("facilities!F141.name")), ("repaired_letters", "facilities!F130.only_with")),
    case("waits_for_itself", adds("sequence", project="F130", after="F130"), ("sequence_unfit", "sequence!+1.after")),
    case("waits_for_nothing", adds("sequence", project="F130", after="F999"), ("unknown_reference", "sequence!+1.after")),
    case("waits_in_another_way", adds("sequence", project="F130", after="F141", relation="finish_finish"), ("value_not_allowed", "sequence!+1.relation")),
    case("waits_for_years", adds("sequence", project="F130", after="F141", lag=241), ("value_above_maximum", "sequence!+1.lag")),
    case("waits_in_a_circle_of_two_sheets", all_of(adds("sequence", project="F130", after="F141", lag=3), puts("facilities!F141.after", "F130")),
         ("order_loop", "facilities!F141.after"), ("order_loop", "sequence!+1.after")),
    case("waits_said_twice", all_of(adds("sequence", project="F130", after="F141", lag=3), puts("facilities!F130.after", "F141")), ("row_wins", "sequence!+1.after")),
    case("waits_too_long", adds("sequence", project="F130", after="F141", lag=100), ("never_fits", "sequence!+1.lag")),
    case("waits_too_long_but_must_be_done", all_of(adds("sequence", project="F130", after="F141", lag=100), puts("facilities!F130.must_do", "yes")),
         ("must_never_fits", "sequence!+1.lag")),
    case("group_nobody_knows", puts("facilities!F130.choice", "G"), ("unknown_reference", "facilities!F130.choice")),
    case("group_of_nobody", adds("choices", choice="G", at_most=1), ("row_unused", "choices!+1.choice")),
    case("group_without_numbers", all_of(adds("choices", choice="G"), puts("facilities!F130.choice", "G")), ("missing_value", "choices!+1.at_least")),
    case("group_of_more_than_all", all_of(adds("choices", choice="G", at_least=2), puts("facilities!F130.choice", "G")), ("choice_unfit", "choices!+1.at_least")),
    case("group_with_its_ends_crossed", all_of(adds("choices", choice="G", at_least=2, at_most=1), puts("facilities!F130.choice", "G"), puts("facilities!F141.choice", "G")),
         ("limits_crossed", "choices!+1.at_least")),
    case("variant_of_a_variant", puts("facilities!F001-new.option_of", "F001-gas"), ("variant_unfit", "facilities!F001-new.option_of")),
    case("variant_of_nothing", puts("facilities!F001-new.option_of", "F999"), ("unknown_reference", "facilities!F001-new.option_of")),
    case("two_very_variants_must_be_done",
         all_of(*(puts(f"facilities!{key}.{column}", "yes") for key in ("F001", "F001-gas") for column in ("must_do", "must_be_this"))),
         ("variant_unfit", "facilities!F001-gas.option_of")),
    case("either_variant_will_do", all_of(puts("facilities!F001.must_do", "yes"), puts("facilities!F001-gas.must_do", "yes"))),
    case("variants_of_a_facility_that_is_done", adds("progress", project="F001", year=2025, status="done"), ("variant_closed", "facilities!F001-repair.facility"),
         ("variant_closed", "facilities!F001-new.facility"), ("variant_closed", "facilities!F001-gas.facility")),
    case("commitment_to_a_variant_of_what_is_done", all_of(adds("progress", project="F071", year=2025, status="done"), puts("facilities!F071-repair.must_do", "yes"),
                                                          puts("facilities!F071-repair.must_be_this", "yes")),
         ("must_variant_closed", "facilities!F071-repair.facility")),
]

PROGRESS = [
    case("done_in_a_planned_year", adds("progress", project="F130", year=2027, status="done"), ("progress_unfit", "progress!+1.year")),
    case("started_in_a_planned_year", adds("progress", project="F130", year=2026, status="started"), ("progress_unfit", "progress!+1.year")),
    case("package_started", adds("progress", project="N-KZ-10-heat", year=2025, status="started"), ("progress_unfit", "progress!+1.status")),
    case("more_km_done_than_in_scope", puts("progress!N-KZ-10-heat|2025|done.km", 64), ("progress_unfit", "progress!N-KZ-10-heat|2025|done.km")),
    case("km_of_a_facility", adds("progress", project="F130", year=2025, status="done", km=3), ("progress_unfit", "progress!+1.km")),
    case("km_done_missing", puts("progress!N-KZ-10-heat|2025|done.km", None), ("missing_value", "progress!N-KZ-10-heat|2025|done.km")),
    case("progress_of_nothing", adds("progress", project="F999", year=2025, status="done"), ("unknown_reference", "progress!+1.project")),
    case("unknown_status", puts("progress!F109|2025|started.status", "begun"), ("value_not_allowed", "progress!F109|2025|started.status")),
    case("quarter_five", puts("progress!F109|2025|started.quarter", 5), ("value_above_maximum", "progress!F109|2025|started.quarter")),
    case("paid_by_nobody_known", puts("progress!F109|2025|started.paid_by", "KZ_LOKAL"), ("unknown_reference", "progress!F109|2025|started.paid_by"), says="did you mean “KZ_LOCAL”?"),
]

CONDITION = [
    case("best_score_above_the_worst", all_of(puts("facilities!F001.score_least", 8), puts("facilities!F001.score_most", 7)), ("limits_crossed", "facilities!F001.score_least")),
    case("yellow_beyond_red", puts("settings!yellow_from.value", 7), ("limits_crossed", "settings!yellow_from.value")),
    case("observed_factor_of_zero", puts("facilities!F001.observed", 0), ("value_not_above", "facilities!F001.observed")),
    case("duty_factor_of_eleven", puts("facilities!F001.duty", 11), ("value_above_maximum", "facilities!F001.duty")),
    case("measured_factor_with_a_comma", puts("facilities!F001.measured", "1,2"), ("repaired_text", "facilities!F001.measured"), reads={"facilities!F001.measured": 1.2}),
    case("year_of_five_digits", puts("facilities!F001.year_built", 19610), ("value_above_maximum", "facilities!F001.year_built")),
    case("year_built_as_a_date", puts("facilities!F001.year_built", "01.07.1961"), ("date_as_year", "facilities!F001.year_built"), reads={"facilities!F001.year_built": 1961}),
    case("growth_of_bursts_as_a_fraction", puts("asset_types!heat_network.burst_growth", 0.05), ("percent_below_one", "asset_types!heat_network.burst_growth")),
    case("share_offline_as_a_fraction", puts("asset_types!chp_coal.offline_share", 0.25), ("percent_below_one", "asset_types!chp_coal.offline_share")),
    case("floor_of_the_score_above_its_cap", puts("asset_types!chp_coal.score_cap", 3.9), ("limits_crossed", "asset_types!chp_coal.score_floor")),
    # 500 kV says nothing about megawatts.
    case("what_is_lost_is_not_known", puts("facilities!F141.lost", None), ("lost_unknown", "facilities!F141.lost")),
    case("zone_in_russian", puts("facilities!F001.zone", "оранжевая"), ("value_not_allowed", "facilities!F001.zone")),
]

WORKS = [*ROUTES, *CREWS, *OUTAGES, *TRENCHES, *LAST_PLAN, *ORDER, *PROGRESS, *CONDITION]
