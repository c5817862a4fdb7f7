"""Rows and columns as a whole, in the shipped workbook: sums among the rows, rows struck out, values that nothing
uses."""

from __future__ import annotations

import copy
from xml.etree import ElementTree as Xml

from tests.damage.book import as_bytes, q
from tests.damage.case import adds, all_of, case, puts
from tests.damage.reading import beside

FIRST_SOURCE, FIRST_WITH_CEILINGS = "ADB", "JP_JCM"
LAST = "I-SS-ASTANA-110-2"


def struck(*keys):
    """The cells of some facilities in a font with a line through it."""
    def damage(book):
        sheet = Xml.fromstring(book.parts["xl/styles.xml"])
        fonts, styles = sheet.find(q("fonts")), sheet.find(q("cellXfs"))
        font = copy.deepcopy(fonts[0])
        font.insert(0, Xml.Element(q("strike")))
        fonts.append(font)
        made = copy.deepcopy(styles[0])
        made.set("fontId", str(len(fonts) - 1))
        styles.append(made)
        book.parts["xl/styles.xml"] = as_bytes(sheet)
        rows = {int(book.at(f"facilities!{key}")[1]) for key in keys}
        for row in book.rows("facilities"):
            if int(row.get("r")) in rows:
                for cell in row:
                    cell.set("s", str(len(styles) - 1))
    return damage


def sum_of_all(book):
    """A last row of networks with the km of the three packages above it, under a name that says nothing."""
    rows = [cells for row, cells in book.values("networks").items() if row > 3 and cells][-3:]
    headings = book.where("networks")[1]
    sums = {name: round(sum(cells.get(headings[name], 0.0) for cells in rows), 9) for name in ("km", "km_total")}
    book.add("networks", package="N-ALL", name="The whole country", asset_type="heat_network", region="KZ-71",
             unit_cost=500.0, **sums)


ROWS = [
    case("rows_struck_out", struck("F001", "F002"), ("struck_rows", "facilities!A4"), says="2 row(s)"),
    case("a_row_of_sums_under_any_name", sum_of_all, ("row_of_sums", "networks!+1.package"), says="km, km_total"),
    case("a_ceiling_of_a_year_outside", lambda book: book.put(f"source_years!{book.heading('source_years', 2031)}4",
    5.0),
         ("year_unused", beside("source_years", FIRST_WITH_CEILINGS)), says="2026 to 2030"),
    case("ceilings_of_a_closed_source", all_of(puts(f"sources!{FIRST_WITH_CEILINGS}.status", "closed"),
                                               puts(f"sources!{FIRST_SOURCE}.closed_reason", "as decided")),
         ("row_unused", f"source_years!{FIRST_WITH_CEILINGS}.source_id")),
    case("a_kind_nobody_uses", adds("asset_types", asset_type="tidal", name="Tidal plant", sector="power", life=40.0,
                                    works_months=30.0),
         ("keys_unused", "asset_types!+1.asset_type"), says="tidal"),
    case("a_tenor_between_two_payments", puts("sources!KZ_DBK.tenor", 9.8), ("term_rounded", "sources!KZ_DBK.tenor")),
    case("crews_that_are_not_there", all_of(lambda book: book.remove_sheet("crews"),
                                            lambda book: book.remove_sheet("crew_needs")),
         ("limits_absent", "asset_types!L4")),
    case("savings_by_another_name", puts("facilities!#.savings", "Выгода"),
         ("column_left_out", "facilities!#.savings")),
    case("a_column_of_costs_gone", puts("facilities!#.cost", "#cost"), ("missing_column", beside("facilities")),
         says="headed “cost” in row 3"),
    case("a_heading_of_trenches_misspelt", puts("trenches!#.package", "pckage"),
         ("unknown_column", "trenches!#.package"), ("missing_column", beside("trenches"))),
    case("a_number_and_works_that_do_not_fit", all_of(puts("facilities!F001.cost", "soon"),
                                                      puts("facilities!F002.works_months", 90.0)),
         ("wrong_type", "facilities!F001.cost"), ("window_too_short", "facilities!F002.latest")),
    case("a_partner_by_its_name", puts("sources!JP_JCM.partner", "Япония"),
         ("repaired_letters", "sources!JP_JCM.partner")),
    case("a_partner_by_another_code", puts("sources!JP_JCM.partner", "«JPN»"),
         ("repaired_letters", "sources!JP_JCM.partner")),
    case("a_partner_of_a_route_with_a_sign", puts("routes!sea-JP.partner", "JP;"),
         ("repaired_letters", "routes!sea-JP.partner")),
    case("a_partner_nobody_knows", puts("sources!JP_JCM.partner", "JQ"), ("partner_unknown", "sources!JP_JCM.partner")),
    case("a_second_base_in_other_letters", puts("scenarios!base.scenario", "bаse"),
         ("lookalike_key", "scenarios!base.scenario"),
         ("mixed_letters", "scenarios!base.scenario")),
    case("a_resource_misspelt", puts("asset_types!heat_network.crew", "heat_netwrk"),
         ("unknown_reference", "asset_types!heat_network.crew"),
         says="did you mean “heat_network”?"),
    case("a_resource_in_capitals", puts("asset_types!heat_network.crew", "Heat_Network"),
         ("repaired_letters", "asset_types!heat_network.crew")),
    case("a_resource_needed_in_cyrillic", adds("crew_needs", project="F130", crew="hеat_source", crews=2),
         ("repaired_letters", "crew_needs!+1.crew")),
    case("a_row_of_a_resource_renamed", puts("crews!heat_network|KZ-71.crew", "hat_network"),
         ("limit_unused", "crews!heat_network|KZ-71.crew"),
         says="did you mean “heat_network”?"),
    case("a_resource_nobody_needs", adds("crews", crew="tunnels", **{"2026": 5.0}), ("keys_unused", "crews!+1.crew"),
         says="tunnels"),
    case("a_route_nobody_takes", adds("routes", route="air", name="By air", lead_months=1.0),
         ("keys_unused", "routes!+1.route"), says="air"),
    case("no_sheet_of_regions", lambda book: book.remove_sheet("regions"), ("sheet_absent", "regions!"),
         says="first facilities!"),
    case("no_sheet_of_networks", lambda book: book.remove_sheet("networks"), ("sheet_absent", "networks!"),
         says="first trenches!"),
    case("no_sheet_of_rates", lambda book: book.remove_sheet("reference_rates"), ("sheet_absent", "reference_rates!")),
    case("no_sheet_of_what_is_done", lambda book: book.remove_sheet("progress"),
         ("rows_absent", "settings!plan_from.value"), says="before 2026"),
    case("no_sheet_of_exclusions", lambda book: book.remove_sheet("eligibility"),
         ("all_eligible", f"sources!{FIRST_SOURCE}.source_id"),
         ("keys_unused", "asset_types!gres_coal.asset_type")),
    case("a_total_with_more_words", adds("facilities", facility="Всего по программе", cost=5.0),
         ("total_row", "facilities!+1.facility")),
    case("a_total_in_the_name", puts(f"facilities!{LAST}.name", "Heat, total"),
         ("total_named", f"facilities!{LAST}.name")),
    case("a_name_that_begins_like_a_total", puts(f"facilities!{LAST}.name", "Total Eren wind farm"),
         ("total_named", f"facilities!{LAST}.name")),
    case("a_total_alone_in_the_name", puts(f"facilities!{LAST}.name", "Grand total"),
         ("total_row", f"facilities!{LAST}.name")),
    case("an_average", adds("facilities", facility="Average", cost=5.0), ("total_row", "facilities!+1.facility")),
]
