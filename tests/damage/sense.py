"""Rules across sheets, sizes and arithmetic before the solve: each broken in the shipped workbook (cut down)."""

from __future__ import annotations

from dataclasses import replace

from tests.damage.case import adds, all_of, case, puts

HEAT = "networks!N-KZ-10-heat"
NEW_TARGET = {"measure": "km", "years": "2030", "sense": ">=", "value": 100, "unit": "km", "priority": "2"}
SOURCES = ("ADB", "AIIB", "CN_EXIM", "EBRD", "EDB", "IBRD", "ISDB", "JP_JBIC_NEXI", "JP_JCM", "JP_JICA_HS15",
           "JP_JICA_HS20", "JP_JICA_HS25", "JP_JICA_HS30",
           "JP_JICA_PF40", "KZ_DBK", "KZ_GEN_OWN", "KZ_LOCAL", "KZ_MEKS_BOND_MIO", "KZ_MEKS_LOAN", "KZ_RB_HEAT",
           "KZ_RB_KOS", "KZ_RESERVE", "KZ_SK_BOND", "KZ_STB",
           "KZ_TARIFF", "KZ_UAPF")


def closed_to(project, *but):
    """No source may pay for a project, but those named."""
    return all_of(*(adds("eligibility", source_id=source, project=project, allowed="no") for source in SOURCES
                    if source not in but))


def target(key="T-new", **values):
    return adds("targets", target=key, **{**NEW_TARGET, **values})


YEARS = [
    case("last_year_before_the_first", puts("settings!last_year.value", 2024),
         ("years_out_of_order", "settings!last_year.value")),
    case("evaluation_ends_before_the_plan", puts("settings!evaluation_last_year.value", 2029),
         ("years_out_of_order", "settings!evaluation_last_year.value")),
    case("window_of_a_facility_reversed", all_of(puts("facilities!F001.earliest", 2030),
                                                 puts("facilities!F001.latest", 2027)),
                                                 ("years_out_of_order", "facilities!F001.latest")),
    case("window_of_a_package_reversed", all_of(puts(f"{HEAT}.earliest", 2030), puts(f"{HEAT}.latest", 2027)),
         ("years_out_of_order", f"{HEAT}.latest")),
    case("money_ends_before_it_begins", puts("sources!ADB.available_to", 2026),
         ("years_out_of_order", "sources!ADB.available_to")),
    case("signed_after_its_first_draw", puts("sources!ADB.signing_year", 2028),
         ("years_out_of_order", "sources!ADB.signing_year")),
    # Four months of procurement, one on the rail, ten of works: fifteen do not fit into 2026.
    case("works_longer_than_their_window", puts("facilities!F130.latest", 2026),
         ("window_too_short", "facilities!F130.latest"), says="15 months"),
    case("must_be_done_but_does_not_fit", all_of(puts("facilities!F130.latest", 2026),
                                                 puts("facilities!F130.must_do", "yes")),
                                                 ("no_room_for_works", "facilities!F130.latest")),
]

MONEY = [
    case("rate_missing_between_years", puts("currencies!USD.2027", None), ("missing_rate", "currencies!USD.2027"),
         says="2027"),
    case("long_run_growth_missing", puts("price_indices!general.long_run", None),
         ("missing_rate", "price_indices!general.long_run")),
    case("reference_rate_missing", puts("reference_rates!SOFR.2028", None),
         ("missing_rate", "reference_rates!SOFR.2028")),
    case("currency_without_rates", puts("sources!ADB.currency", "GBP"), ("unknown_reference", "sources!ADB.currency")),
    case("imports_without_a_currency", puts("asset_types!chp_coal.import_currency", None),
         ("missing_value", "asset_types!chp_coal.import_currency")),
    case("unknown_index", puts("asset_types!chp_coal.cost_class", "constructoin"),
         ("unknown_reference", "asset_types!chp_coal.cost_class"), says="did you mean “construction”?"),
    case("loan_without_tenor", puts("sources!ADB.tenor", None), ("missing_value", "sources!ADB.tenor")),
    case("grace_as_long_as_the_loan", puts("sources!ADB.tenor", 5), ("loan_terms", "sources!ADB.tenor")),
    case("loan_without_rate", puts("sources!ADB.rate_index", None), ("missing_value", "sources!ADB.rate")),
    case("fixed_and_floating", puts("sources!ADB.rate", 5), ("either_or", "sources!ADB.rate_index")),
    case("shares_that_do_not_fit", all_of(puts("sources!ADB.repayment", "shares"),
                                          puts("sources!ADB.shares", "10; 20")),
                                          ("shares_unfit", "sources!ADB.shares")),
    case("subsidy_above_the_rate", puts("sources!CN_EXIM.subsidy", 6),
         ("subsidy_above_rate", "sources!CN_EXIM.subsidy")),
    # SOFR's long-run value less 6 points: told with the lowest rate; 0 % is charged.
    case("floating_rate_below_zero", puts("sources!ADB.margin", -6), ("rate_below_zero", "sources!ADB.margin"),
         says="0 % is charged"),
    case("drawn_into_no_fund", puts("sources!ADB.draws_to", "KZ_LOCAL"), ("not_a_fund", "sources!ADB.draws_to")),
    case("interest_on_no_fund", puts("sources!KZ_LOCAL.interest", 3), ("unused_term", "sources!KZ_LOCAL.interest")),
    case("smallest_above_the_envelope", puts("sources!JP_JBIC_NEXI.smallest", 80),
         ("limits_crossed", "sources!JP_JBIC_NEXI.smallest")),
    case("smallest_share_above_the_largest", puts("sources!JP_JCM.min_share", 60),
         ("limits_crossed", "sources!JP_JCM.min_share")),
    case("share_where_money_is_not_allowed", puts("eligibility!ADB||boiler_house_coal||.max_share", 50),
         ("unused_term", "eligibility!ADB||boiler_house_coal||.max_share")),
    case("ceiling_missing", puts("source_years!KZ_LOCAL.2028", None), ("missing_value", "source_years!KZ_LOCAL.2028")),
    case("envelope_missing", puts("sources!ADB.envelope", None), ("missing_value", "sources!ADB.envelope")),
    case("cost_missing", puts("facilities!F001.cost", None), ("missing_value", "facilities!F001.cost")),
    case("key_of_a_facility_for_a_package", adds("networks", package="F001", asset_type="heat_network", km=5,
                                                 unit_cost=800), ("duplicate_key", "networks!+1.package")),
    case("nobody_may_pay", closed_to("F141"), ("no_source_for_project", "facilities!F141.facility")),
    case("who_may_pay_pays_by_what_it_has_not",
         all_of(adds("quantities", quantity="co2", unit="tCO2", kind="flow"), closed_to("F141", "JP_JCM"),
                puts("sources!JP_JCM.status", "open"), puts("sources!JP_JCM.quantity", "co2"),
                puts("sources!JP_JCM.per_unit", 60000)),
         ("payer_without_quantity", "facilities!F141.facility")),
    case("nobody_may_pay_what_must_be_done", all_of(closed_to("F141"), puts("facilities!F141.must_do", "yes")),
         ("no_money_for_commitment", "facilities!F141.facility")),
    case("smallest_share_in_a_divisible_plan", all_of(puts("settings!facilities.value", "divisible"),
                                                      puts("sources!JP_JBIC_NEXI.min_share", 20)),
         ("unused_in_divisible", "sources!JP_JBIC_NEXI.min_share")),
    case("tariff_of_a_region_without_works",
         all_of(adds("regions", region="KZ-75", name="Almaty"),
                adds("tariffs", region="KZ-75", sector="water", base=40)),
         ("tariff_without_projects", "tariffs!+1.sector")),
    case("unknown_group", puts("sources!ADB.group", "banks"), ("unknown_reference", "sources!ADB.group")),
]

TARGETS = [
    case("selector_with_an_unknown_column", puts("targets!T-km-heat.filter", "sektor=heat"),
         ("bad_selector", "targets!T-km-heat.filter")),
    # Both look the same on the screen: the letter is shown.
    case("selector_with_a_cyrillic_letter", puts("targets!T-km-heat.filter", "sеctor=heat"),
         ("bad_selector", "targets!T-km-heat.filter"), says="s[е]ctor"),
    case("selector_of_a_value_with_a_cyrillic_letter", puts("targets!T-km-heat.filter", "sector=hеat"),
         ("selector_matches_nothing", "targets!T-km-heat.filter"), says="h[е]at"),
    case("selector_without_a_value", puts("targets!T-km-heat.filter", "sector heat"),
         ("bad_selector", "targets!T-km-heat.filter")),
    case("selector_of_money_for_kilometres", puts("targets!T-km-heat.filter", "source=ADB"),
         ("bad_selector", "targets!T-km-heat.filter")),
    case("selector_matches_nothing", puts("targets!T-km-heat.filter", "region=KZ-99"),
         ("selector_matches_nothing", "targets!T-km-heat.filter")),
    case("unit_of_another_measure", puts("targets!T-km.unit", "bn KZT"), ("target_unfit", "targets!T-km.unit")),
    case("target_after_the_last_year", puts("targets!T-km.years", "2031"), ("target_unfit", "targets!T-km.years")),
    case("years_of_a_target_reversed", puts("targets!T-km.years", "2030-2027"), ("target_unfit", "targets!T-km.years")),
    case("target_without_priority", puts("targets!T-km.priority", None), ("target_unfit", "targets!T-km.priority")),
    case("unknown_priority", puts("targets!T-km.priority", 4), ("value_not_allowed", "targets!T-km.priority")),
    case("no_value_and_no_scale", target(value=0, sense="<=", filter="region=KZ-71", measure="spend", unit="bn KZT"),
         ("missing_value", "targets!+1.scale")),
    case("floor_on_closed_money", target(measure="draw", filter="source=JP_JICA_STEP", years="2026-2030", value=5,
                                         unit="bn KZT"), ("floor_on_closed", "targets!+1.filter")),
    case("hard_floor_on_closed_money", target(measure="draw", filter="source=JP_JICA_STEP", years="2026-2030", value=5,
                                              unit="bn KZT", priority="hard"),
         ("hard_floor_on_closed", "targets!+1.filter")),
]

SCENARIOS = [
    case("scenarios_in_a_circle", all_of(puts("scenarios!no_japan.builds_on", "sea_route_late"),
                                         puts("scenarios!sea_route_late.builds_on", "no_japan")),
         ("scenario_loop", "scenarios!no_japan.builds_on"), ("scenario_loop", "scenarios!sea_route_late.builds_on")),
    case("builds_on_a_name", lambda book: book.put("scenarios!sea_route_late.builds_on",
                                                   book.get("scenarios!no_japan.name")),
         ("repaired_letters", "scenarios!sea_route_late.builds_on")),
    case("change_by_titles", all_of(puts("scenario_changes!no_japan|sources|partner=JP|status||set.sheet",
                                         "Источники денег"),
         puts("scenario_changes!no_japan|sources|partner=JP|status||set.selector", "партнёр=JP"),
         puts("scenario_changes!no_japan|sources|partner=JP|status||set.column", "Открыт или закрыт")),
         ("repaired_letters", "scenario_changes!no_japan|sources|partner=JP|status||set.sheet")),
    case("builds_on_nothing", puts("scenarios!no_japan.builds_on", "no_jpan"),
         ("unknown_reference", "scenarios!no_japan.builds_on"), says="did you mean “no_japan”?"),
    case("change_of_an_unknown_scenario", puts("scenario_changes!no_japan|sources|partner=JP|status||set.scenario",
                                               "no_jpan"),
         ("unknown_reference", "scenario_changes!no_japan|sources|partner=JP|status||set.scenario")),
    case("change_with_a_bad_selector", puts("scenario_changes!no_japan|sources|partner=JP|status||set.selector",
                                            "partner JP"),
         ("change_unfit", "scenario_changes!no_japan|sources|partner=JP|status||set.selector")),
    case("change_that_matches_nothing", puts("scenario_changes!no_japan|sources|partner=JP|status||set.selector",
                                             "partner=FR"),
         ("change_matches_nothing", "scenario_changes!no_japan|sources|partner=JP|status||set.selector")),
    case("change_of_an_unknown_column_beside_a_wrong_number",
         all_of(puts("facilities!F001.cost", "soon"),
                puts("scenario_changes!no_japan|sources|partner=JP|status||set.column", "state")),
         ("wrong_type", "facilities!F001.cost"), ("change_matches_nothing",
                                                  "scenario_changes!no_japan|sources|partner=JP|status||set.column")),
    case("change_of_an_unknown_column", puts("scenario_changes!no_japan|sources|partner=JP|status||set.column",
                                             "state"),
         ("change_matches_nothing", "scenario_changes!no_japan|sources|partner=JP|status||set.column")),
    # For each of the eight Japanese sources; one of them is closed already.
    case("change_that_makes_a_value_invalid", puts("scenario_changes!no_japan|sources|partner=JP|status||set.value",
                                                   "shut"),
         *[("change_makes_invalid", "scenario_changes!no_japan|sources|partner=JP|status||set.value")] * 8),
    case("change_by_a_word", puts("scenario_changes!sea_route_late|routes|route=sea*|delay_months||add.value", "six"),
         ("wrong_type", "scenario_changes!sea_route_late|routes|route=sea*|delay_months||add.value")),
    case("change_overwritten", adds("scenario_changes", scenario="no_japan", sheet="sources",
                                    selector="source_id=JP_JCM", column="status", operation="set", value="closed"),
         ("change_overwritten", "scenario_changes!no_japan|sources|partner=JP|status||set.value")),
    case("change_shift_of_what_holds_no_years",
         puts("scenario_changes!sea_route_late|routes|route=sea*|delay_months||add.operation", "shift"),
         ("change_unfit", "scenario_changes!sea_route_late|routes|route=sea*|delay_months||add.column")),
    # Both ways by sea.
    case("change_above_a_maximum", puts("scenario_changes!sea_route_late|routes|route=sea*|delay_months||add.value",
                                        "70"),
         *[("change_makes_invalid", "scenario_changes!sea_route_late|routes|route=sea*|delay_months||add.value")] * 2),
]

SIZES = [
    case("billions_for_millions", puts(f"{HEAT}.unit_cost", 812_500), ("unit_cost_unusual", f"{HEAT}.unit_cost"),
         says="1000 times"),
    case("unit_cost_a_tenth", puts(f"{HEAT}.unit_cost", 8.125), ("unit_cost_unusual", f"{HEAT}.unit_cost")),
    # Crews are needed by cost: 800 crew-years, 300 in a quarter.
    case("cost_of_a_substation_in_millions", puts("facilities!I-SS-SEMEY-110.cost", 1600),
         ("cost_per_capacity_unusual", "facilities!I-SS-SEMEY-110.cost"),
         ("works_above_crews", "facilities!I-SS-SEMEY-110.cost")),
    case("capacity_in_kilovolt_amperes", puts("facilities!I-SS-SEMEY-110.capacity", 80_000),
         ("cost_per_capacity_unusual", "facilities!I-SS-SEMEY-110.cost"),
         ("value_unusual", "facilities!I-SS-SEMEY-110.capacity")),
    case("hours_for_days", puts("asset_types!heat_network.hours_lost", 50_000),
         ("value_apart", "asset_types!heat_network.hours_lost"), says="other values of its kind"),
    case("population_in_thousands", puts("regions!KZ-71.population", 2.3),
         ("value_unusual", "regions!KZ-71.population")),
    case("length_in_metres", all_of(puts("networks!N-KZ-10-water.km", 77_000),
                                    puts("networks!N-KZ-10-water.km_total", None)),
         ("value_unusual", "networks!N-KZ-10-water.km")),
    case("more_km_than_there_are", puts(f"{HEAT}.km_total", 60), ("scope_above_total", f"{HEAT}.km")),
    case("envelope_in_millions", puts("sources!JP_JICA_HS30.envelope", 17_758),
         ("amount_unusual", "sources!JP_JICA_HS30.envelope")),
    case("level_of_an_index_slipped", puts("price_indices!general.2028", 1325.1),
         ("year_unusual", "price_indices!general.2028")),
    case("rate_of_a_hundred_yen", puts("currencies!JPY.2028", 339.2), ("year_unusual", "currencies!JPY.2028")),
    case("interest_as_a_fraction", puts("sources!KZ_DBK.rate", 0.151), ("percent_below_one", "sources!KZ_DBK.rate")),
    case("growth_as_a_fraction", puts("price_indices!construction.long_run", 0.05),
         ("percent_below_one", "price_indices!construction.long_run")),
    case("tenor_in_months", puts("sources!KZ_DBK.tenor", 90), ("duration_unusual", "sources!KZ_DBK.tenor"),
         says="Enter years, not months"),
    case("works_in_years", puts("facilities!F114.works_months", 3),
         ("duration_unusual", "facilities!F114.works_months"), says="Enter months, not years"),
    case("savings_in_millions", puts("facilities!F001.savings", 872), ("pays_back_at_once", "facilities!F001.savings")),
    case("latitude_and_longitude_exchanged", all_of(puts("facilities!F001.latitude", 71.4319),
                                                    puts("facilities!F001.longitude", 51.2022)),
         ("place_unusual", "facilities!F001.latitude"), says="exchanged"),
    case("unit_of_another_kind", adds("facilities", facility="I-SS-NEW", asset_type="substation_110", cost=1.6,
                                      capacity=80, capacity_unit="MW"),
         ("unit_unusual", "facilities!+1.capacity_unit"), says="the 5 other rows"),
    case("target_share_as_a_fraction", target(measure="share_done", value=0.6, unit="%", filter="kind=network"),
         ("percent_below_one", "targets!+1.value")),
]

REACH = [
    case("more_facilities_than_there_are", puts("targets!T-facilities.value", 200),
         ("target_out_of_reach", "targets!T-facilities.value")),
    case("hard_target_out_of_reach", all_of(puts("targets!T-facilities.value", 200),
                                            puts("targets!T-facilities.priority", "hard")),
         ("hard_target_out_of_reach", "targets!T-facilities.value")),
    case("more_km_than_in_scope", puts("targets!T-km-heat.value", 86_000),
         ("target_out_of_reach", "targets!T-km-heat.value"), says="because of"),
    # 458 km of KZ-10 were done in 2025.
    case("ceiling_below_what_is_done", target(filter="region=KZ-10", sense="<=", value=400),
         ("limit_below_commitments", "targets!+1.value"), says="458"),
    case("hard_ceiling_below_what_is_done", target(filter="region=KZ-10", sense="<=", value=400, priority="hard"),
         ("hard_limit_below_commitments", "targets!+1.value")),
    case("floor_above_a_ceiling", target(sense="<=", value=2900), ("floor_above_ceiling", "targets!+1.value"),
         says="3000"),
    case("hard_floor_above_a_hard_ceiling", all_of(puts("targets!T-km.priority", "hard"),
                                                   target(sense="<=", value=2900, priority="hard")),
         ("hard_floor_above_ceiling", "targets!+1.value")),
    case("half_of_a_project_paid", all_of(closed_to("F141", "IBRD"), puts("sources!IBRD.max_share", 50)),
         ("project_not_payable", "facilities!F141.cost"), says="50 %"),
    case("half_of_what_must_be_done_paid", all_of(closed_to("F141", "IBRD"), puts("sources!IBRD.max_share", 50),
                                                  puts("facilities!F141.must_do", "yes")),
         ("commitment_not_payable", "facilities!F141.cost")),
    # The Eurasian bank lends 0.105 bn USD, about 60 bn KZT of these years: one of the two, not both.
    case("two_commitments_for_the_money_of_one",
         all_of(*(all_of(closed_to(key, "EDB"), puts(f"facilities!{key}.cost", 40),
                         puts(f"facilities!{key}.must_do", "yes")) for key in ("F141", "I-SS-SEMEY-220"))),
         ("commitments_above_money", "facilities!F141.cost"), says="2 projects"),
]

SENSE = [*YEARS, *MONEY, *TARGETS, *(replace(each, scenarios=True) for each in SCENARIOS), *SIZES, *REACH]
