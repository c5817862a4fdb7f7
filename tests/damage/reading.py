"""What people really type, in the shipped workbook: cells, headings, sheets, what is merged or hidden, formulas."""

from __future__ import annotations

from datetime import date

from tests.damage.book import LINKS, MAIN, letters_of, number_of, q, split
from tests.damage.case import adds, all_of, case, puts, serial
from tests.damage.small import small

COST, WEAR, LATEST = "facilities!F001.cost", "networks!N-KZ-10-heat.wear", "facilities!F199.latest"
SHARE, REGION = "asset_types!chp_coal.import_share", "facilities!F001.region"
LAST = "I-SS-ASTANA-110-2"
"""A facility no other sheet refers to."""


def linked(book):
    """A formula that looks into another workbook, as Excel stores it: by the number of a link."""
    book.put(COST, 14.53, formula="[1]Лист1!$B$7")
    link = f'<Relationship Id="link" Type="{LINKS}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    book.edit("xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", f"{link}</Relationships>"))
    book.edit("xl/workbook.xml", lambda text: text.replace("<definedNames>",
                                                           '<externalReferences><externalReference '
                                                           'r:id="link"/></externalReferences><definedNames>'))
    book.parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{LINKS}" r:id="rId1"><sheetNames><sheetName '
        'val="Лист1"/></sheetNames></externalBook></externalLink>').encode()
    book.parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/externalLinkPath" Target="file:///C:/prices.xlsx" '
        'TargetMode="External"/></Relationships>').encode()


def rich(place, number="1"):
    """A picture placed in a cell (1), or an error such as #SPILL! (2), as Excel stores them: as an error with the
    number of a rich value."""
    def damage(book):
        sheet, cell = book.at(place)
        book.put(place, "#VALUE!", error=True)
        next(each for each in book.page(sheet).iter(q("c")) if each.get("r") == cell).set("vm", number)
        book.parts["xl/metadata.xml"] = (
            f'<metadata xmlns="{MAIN}"><metadataTypes count="1"><metadataType '
            'name="XLRICHVALUE"/></metadataTypes><futureMetadata name="XLRICHVALUE" count="2">'
            '<bk><extLst><ext><xlrd:rvb xmlns:xlrd="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata" '
            'i="1"/></ext></extLst></bk>'
            '<bk><extLst><ext><xlrd:rvb xmlns:xlrd="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata" '
            'i="0"/></ext></extLst></bk></futureMetadata>'
            '<valueMetadata count="2"><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata>'
            '</metadata>').encode()
        book.parts["xl/richData/rdrichvalue.xml"] = (
            b'<rvData xmlns="r"><rv s="1"><v>8</v></rv><rv s="0"><v>0</v><v>5</v></rv></rvData>')
        book.parts["xl/richData/rdrichvaluestructure.xml"] = (
            b'<rvStructures xmlns="r"><s t="_localImage"/><s t="_error"/></rvStructures>')
    return damage


def repeated_headings(book):
    row = blank_row(book, "facilities")
    for name, letters in book.where("facilities")[1].items():
        book.put(f"facilities!{letters}{row}", name)


def blank_row(book, sheet):
    """The first row below the first that holds nothing."""
    filled = {row for row, cells in book.values(sheet).items() if cells}
    return next(row for row in range(5, 1000) if row not in filled)


def cell_in_blank_row(book, column):
    return f"facilities!{book.where('facilities')[1][column]}{blank_row(book, 'facilities')}"


def total(book):
    name, cost = cell_in_blank_row(book, "name"), cell_in_blank_row(book, "cost")
    book.put(name, "Итого")
    book.put(cost, 2500.0)


def merged_down(place, rows):
    def damage(book):
        sheet, cell = book.at(place)
        letters, row = split(cell)
        book.merge(sheet, f"{cell}:{letters}{row + rows}")
    return damage


def merged_right(book):
    sheet, cell = book.at("facilities!F001.name")
    letters, row = split(cell)
    book.merge(sheet, f"{cell}:{letters_of(number_of(letters) + 1)}{row}")


def one_owner(book):
    """The owner of two rows that follow each other, written once and merged; the second cell is blank."""
    sheet, cell = book.at("facilities!F001.owner")
    letters, row = split(cell)
    second = next(key for key, at in book.where("facilities")[0].items() if at == row + 1)
    book.put("facilities!F001.owner", "Astana Energy")
    book.put(f"facilities!{second}.owner", None)
    book.merge(sheet, f"{cell}:{letters}{row + 1}")


def hidden_column(book):
    letters = book.at("facilities!#.cost")[1].rstrip("3")
    number = number_of(letters)
    for each in book.page("facilities").iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}col"):
        if int(each.get("min")) <= number <= int(each.get("max")):
            assert each.get("min") == each.get("max")
            each.set("hidden", "1")


def without_heading(book):
    letters = book.heading("facilities", None)
    book.put(f"facilities!{letters}4", "ask the akimat")


def with_column(text, value="ask the akimat"):
    def damage(book):
        letters = book.heading("facilities", text)
        book.put(f"facilities!{letters}4", value)
    return damage


def beside(sheet, key="#"):
    """The place of a further column of the base: its heading, or its cell in a row."""
    row = split(small().at(f"{sheet}!{key}.{next(iter(small().where(sheet)[1]))}")[1])[1]
    return f"{sheet}!{letters_of(max(map(number_of, small().values(sheet)[3])) + 1)}{row}"


TYPED = [
    case("decimal_comma", puts(COST, "14,53"), ("repaired_text", COST), reads={COST: 14.53}),
    case("number_stored_as_text", puts(COST, "14.53"), ("repaired_text", COST), reads={COST: 14.53}),
    case("no_break_space", puts("networks!N-KZ-10-power-04-10.km", "3\u00a0636"),
         ("repaired_text", "networks!N-KZ-10-power-04-10.km"),
         reads={"networks!N-KZ-10-power-04-10.km": 3636.0}),
    case("thin_space_and_comma", puts("networks!N-KZ-10-power-04-10.km_total", "5\u2009212,0"),
         ("repaired_text", "networks!N-KZ-10-power-04-10.km_total"),
         reads={"networks!N-KZ-10-power-04-10.km_total": 5212.0}),
    case("full_width_digits", puts(COST, "１４．５３"), ("repaired_text", COST), reads={COST: 14.53}),
    case("raised_digit", puts(COST, "14¹"), ("footnote_mark", COST), says="14 with a mark 1?"),
    case("enclosed_digit_before_a_unit", puts(COST, "14② млрд тенге"), ("footnote_mark", COST)),
    case("arabic_digits", puts(COST, "١٤٫٥٣"), ("repaired_text", COST), reads={COST: 14.53}),
    case("raised_digit_of_a_reference", puts(REGION, "KZ-7¹"), ("unknown_reference", REGION)),
    case("at_least_in_words", puts("targets!T-km-heat.sense", "не менее"),
         ("repaired_letters", "targets!T-km-heat.sense"), reads={"targets!T-km-heat.sense": ">="}),
    case("digits_apart_by_underscores", puts(COST, "1_4"), ("wrong_type", COST)),
    case("long_minus", puts("facilities!F001.savings", "−0,872"), ("repaired_text", "facilities!F001.savings"),
         reads={"facilities!F001.savings": -0.872}),
    case("thousands_or_decimals", puts(COST, "14,530"), ("ambiguous_number", COST), says="14.530 or 14530"),
    case("tenge_for_billions", puts(COST, "14,53 ₸"), ("size_left_out", COST), reads={COST: 14.53},
         says="14.53 bn KZT"),
    case("tenge_in_the_format", puts(COST, 14.53, form='0.00 "₸"'), ("size_left_out", COST), reads={COST: 14.53}),
    case("at_least_a_number", puts(COST, "at least 14,53"), ("words_beside_number", COST), says="Enter 14.53 alone"),
    case("no_limit", puts("networks!N-KZ-10-heat.km_per_year", "без ограничений"),
         ("no_limit_said", "networks!N-KZ-10-heat.km_per_year"), says="blank means no limit"),
    case("percent_sign", puts(SHARE, "40 %"), ("repaired_text", SHARE), reads={SHARE: 40.0}),
    case("percent_format", puts(SHARE, 0.4, form="0%"), reads={SHARE: 40.0}),
    case("fraction_for_percent", puts(SHARE, 0.4), ("percent_below_one", SHARE), reads={SHARE: 0.4}, says="40"),
    case("percent_format_of_money", puts(COST, 14.53, form="0.0%"), ("percent_format", COST), reads={COST: 14.53}),
    case("percent_of_money", puts(COST, "40 %"), ("unit_unfit", COST)),
    case("own_unit", puts(COST, "14,53 млрд тенге"), ("repaired_text", COST), reads={COST: 14.53}),
    case("own_unit_of_a_length", puts("networks!N-KZ-10-heat.km", "63 km"),
         ("repaired_text", "networks!N-KZ-10-heat.km"), reads={"networks!N-KZ-10-heat.km": 63.0}),
    case("millions_for_billions", puts(COST, "14 530 млн тенге"), ("converted_unit", COST), reads={COST: 14.53}),
    case("years_for_months", puts("asset_types!chp_coal.works_months", "2 года"),
         ("converted_unit", "asset_types!chp_coal.works_months"),
         reads={"asset_types!chp_coal.works_months": 24.0}),
    case("another_currency", puts(COST, "3 bn USD"), ("unit_unfit", COST), says="bn USD"),
    case("kilometres_of_money", puts("networks!N-KZ-10-heat.unit_cost", "40 km"),
         ("unit_unfit", "networks!N-KZ-10-heat.unit_cost")),
    case("date_for_a_year", puts(LATEST, serial(date(2030, 12, 31)), form="dd.mm.yyyy"), ("date_as_year", LATEST),
         reads={LATEST: 2030}),
    case("year_with_its_word", puts(LATEST, "2030 г."), ("repaired_text", LATEST), reads={LATEST: 2030}),
    case("date_for_a_number", puts(COST, serial(date(2026, 5, 12)), form="dd.mm.yyyy"), ("date_for_number", COST)),
    case("dash_for_nothing", puts(COST, "-"), ("no_number", COST)),
    case("no_data", puts("networks!N-KZ-10-heat.km", "н/д"), ("no_number", "networks!N-KZ-10-heat.km")),
    case("cyrillic_letter_in_a_code", puts(REGION, "КZ-71"), ("repaired_letters", REGION), reads={REGION: "KZ-71"}),
    case("another_dash", puts(REGION, "KZ–71"), ("repaired_letters", REGION), reads={REGION: "KZ-71"}),
    case("small_letters", puts(REGION, "kz-71"), ("repaired_letters", REGION), reads={REGION: "KZ-71"}),
    case("invisible_mark", puts(REGION, "KZ\u200b-71"), ("repaired_letters", REGION), reads={REGION: "KZ-71"}),
    case("cyrillic_letter_in_an_allowed_value", puts("facilities!F071.zone", "rеd"),
         ("repaired_letters", "facilities!F071.zone"), reads={"facilities!F071.zone": "red"}),
    case("keys_that_look_alike", puts(f"facilities!{LAST}.facility", "I-SS-ASТANA-110"),
         ("lookalike_key", f"facilities!{LAST}.facility"), says="[Т]"),
    case("alphabets_mixed_in_a_key", puts(f"facilities!{LAST}.facility", "I-SS-АSTANA-111"),
         ("mixed_letters", f"facilities!{LAST}.facility")),
    case("spaces_at_the_ends", puts(REGION, "  KZ-71\u00a0 "), reads={REGION: "KZ-71"}),
    case("key_turned_into_a_day", puts(f"facilities!{LAST}.facility", serial(date(2026, 2, 1)), form="dd.mm.yyyy"),
         ("date_as_text", f"facilities!{LAST}.facility")),
    case("yes_in_russian", puts("facilities!F001.must_do", "да"), reads={"facilities!F001.must_do": True}),
    case("latin_letter_in_a_russian_yes", puts("facilities!F001.must_do", "дa"),
         ("repaired_letters", "facilities!F001.must_do"), reads={"facilities!F001.must_do": True}),
    case("maybe", puts("facilities!F001.must_do", "maybe"), ("wrong_type", "facilities!F001.must_do")),
    case("words_for_a_number", puts(COST, "четырнадцать"), ("wrong_type", COST)),
    case("half_a_year", puts(LATEST, 2029.5), ("wrong_type", LATEST)),
    case("a_range", puts(COST, "14-15"), ("wrong_type", COST)),
    case("infinite", puts(COST, 1e999), ("not_finite", COST)),
    case("below_the_minimum", puts(COST, -5), ("value_below_minimum", COST)),
    case("not_above_zero", puts("networks!N-KZ-10-heat.unit_cost", 0),
         ("value_not_above", "networks!N-KZ-10-heat.unit_cost")),
    case("above_the_maximum", puts(WEAR, 140), ("value_above_maximum", WEAR)),
    case("blank_where_a_value_is_needed", puts("networks!N-KZ-10-heat.km", None),
         ("missing_value", "networks!N-KZ-10-heat.km")),
    case("not_in_the_list", puts("facilities!F001.scope", "reconstrution"),
         ("value_not_allowed", "facilities!F001.scope"), says="did you mean “reconstruction”?"),
    case("key_twice", puts(f"facilities!{LAST}.facility", "I-SS-ASTANA-110"),
         ("duplicate_key", f"facilities!{LAST}.facility")),
    case("row_of_several_keys_twice", adds("crews", crew="pipe", region="KZ-71", **{"2026": 26.0}),
         ("duplicate_key", "crews!+1.crew")),
    case("unknown_key", puts("facilities!F001.asset_type", "chp_cole"),
         ("unknown_reference", "facilities!F001.asset_type"), says="did you mean “chp_coal”?"),
    case("text_too_long", puts("facilities!F001.note", "x" * 40_000), ("text_too_long", "facilities!F001.note")),
    case("unknown_setting", puts("settings!gap.setting", "gapp"), ("value_not_allowed", "settings!gap.setting"),
         says="did you mean “gap”?"),
    case("rate_as_a_fraction", puts("settings!discount_rate.value", 0.08),
         ("percent_below_one", "settings!discount_rate.value")),
    case("required_setting_blank", puts("settings!last_year.value", None),
         ("missing_value", "settings!last_year.value")),
    case("version_in_words", puts("settings!schema_version.value", "two"),
         ("wrong_type", "settings!schema_version.value")),
    case("first_planned_year_in_words", puts("settings!plan_from.value", "soon"),
         ("wrong_type", "settings!plan_from.value")),
    case("made_by_a_newer_program", puts("settings!schema_version.value", 99),
         ("newer_version", "settings!schema_version.value")),
]

FORMULAS = [
    case("formula_with_its_value", puts(COST, 14.53, formula="7+7.53"), reads={COST: 14.53}),
    case("formula_without_value", puts(COST, None, formula="7+7.53"), ("formula_without_value", COST)),
    case("formula_into_another_workbook", linked, ("external_link", COST), reads={COST: 14.53}),
    case("error_value", puts(COST, "#REF!", error=True), ("error_value", COST)),
    case("error_of_a_formula", puts(REGION, "#N/A", error=True, formula="VLOOKUP(A4,B:C,2,0)"),
         ("error_value", REGION)),
    case("picture_in_a_cell", rich(REGION), ("picture_cell", REGION), says="Enter the text"),
    case("picture_in_place_of_a_number", rich(COST), ("picture_cell", COST), says="linked data type"),
    case("picture_in_the_remark", rich("facilities!F001.note"), ("picture_in_remark", "facilities!F001.note")),
    case("error_in_a_remark", puts(COST.replace(".cost", ".note"), "#VALUE!", error=True),
         ("error_in_remark", COST.replace(".cost", ".note"))),
    case("error_of_a_newer_kind", rich(COST, "2"), ("error_value", COST)),
    case("format_that_shows_nothing", puts(COST, 14.53, form=";;;"), ("unseen_number", COST), reads={COST: 14.53}),
    case("format_without_thousands", puts(COST, 14.53, form="0.0,"), ("scaled_format", COST), reads={COST: 14.53}),
    case("text_that_looks_like_a_formula", puts("facilities!F001.name", "=cmd|'/C calc'!A0"),
         reads={"facilities!F001.name": "=cmd|'/C calc'!A0"}),
]

LAYOUT = [
    case("rows_above_the_table", lambda book: book.shift("facilities", down=2), ("table_moved", "facilities!A5")),
    case("table_further_right", lambda book: book.shift("facilities", right=3)),
    case("table_further_right_and_down", lambda book: book.shift("networks", right=2, down=1),
         ("table_moved", "networks!A4")),
    case("blank_rows_inside", lambda book: book.shift("facilities", down=40, start=30)),
    case("headings_again", repeated_headings, ("heading_again", "facilities!~.facility")),
    case("row_of_totals", total, ("total_row", "facilities!~.facility")),
    case("heading_in_russian", puts("facilities!#.cost", "Стоимость"), reads={COST: 14.53}),
    case("heading_in_capitals", puts("facilities!#.cost", "COST"), reads={COST: 14.53}),
    case("heading_with_its_unit", puts("facilities!#.cost", "Стоимость, млрд тенге"),
         ("repaired_heading", "facilities!#.cost"), reads={COST: 14.53}),
    case("heading_with_another_unit", puts("facilities!#.cost", "cost (mn KZT)"),
         ("repaired_heading", "facilities!#.cost"), ("heading_unit", "facilities!#.cost")),
    case("another_unit_above_the_heading", puts("facilities!Q2", "Overnight cost\nmn KZT"),
         ("heading_unit", "facilities!Q2")),
    case("cyrillic_letter_in_a_heading", puts("facilities!#.cost", "сost"), ("repaired_heading", "facilities!#.cost"),
         reads={COST: 14.53}),
    case("unknown_heading", puts("facilities!#.wear", "waer"), ("unknown_column", "facilities!#.wear"),
         says="did you mean “wear”?"),
    case("comment_column", with_column("# to ask")),
    case("column_of_ones_own", with_column("to ask"), ("foreign_column", beside("facilities"))),
    case("column_of_contacts", with_column("Contact"), ("foreign_column", beside("facilities"))),
    case("column_of_comments", with_column("Comment"), ("foreign_column", beside("facilities"))),
    case("column_with_a_title_in_its_heading", with_column("Cost, who to ask"),
         ("foreign_column", beside("facilities"))),
    case("blank_column", with_column("voltage", None), ("foreign_column", beside("facilities"))),
    case("column_of_numbers_nobody_knows", with_column("Year", 1987), ("column_left_out", beside("facilities")),
         says="the numbers in it were left out"),
    case("column_of_regions_nobody_knows", with_column("Город", "Астана"), ("column_left_out", beside("facilities")),
         says="keys or names of regions"),
    case("column_that_may_be_meant", with_column("Cost of works, mn", 12.5), ("unknown_column", beside("facilities")),
         says="did you mean “cost”?"),
    case("numbers_under_a_heading_with_more_words", with_column("Стоимость (без НДС), млрд ₸", 12.5),
         ("unknown_column", beside("facilities")),
         says="did you mean “cost”?"),
    case("financial_year", lambda book: book.put(f"source_years!{book.heading('source_years', 'FY2027')}4", 5.0),
         ("unknown_column", beside("source_years")),
         says="did you mean “2027”?"),
    case("year_that_is_none", lambda book: book.put(f"source_years!{book.heading('source_years', '2O27')}4", 5.0),
         ("unknown_column", beside("source_years"))),
    case("column_without_heading", without_heading, ("missing_heading", beside("facilities"))),
    case("heading_twice", with_column("cost", 15), ("duplicate_column", beside("facilities"))),
    case("required_column_gone", puts("networks!#.unit_cost", "#unit_cost"), ("missing_column", beside("networks"))),
    case("heading_of_keys_misspelt", puts("asset_types!#.asset_type", "asset_tpye"),
         ("unknown_column", "asset_types!#.asset_type"), ("missing_column", beside("asset_types"))),
    case("text_merged_over_rows", one_owner, ("merged_filled", "facilities!F001.owner"),
         reads={"facilities!F002.owner": "Astana Energy"}),
    case("number_merged", merged_down(COST, 1), ("merged_cells", COST)),
    case("key_merged", merged_down("facilities!F001.facility", 1), ("merged_cells", "facilities!F001.facility")),
    case("neighbours_merged", merged_right, ("merged_cells", "facilities!F001.name")),
    case("rows_hidden", lambda book: book.hide_rows("facilities",
                                                    [int(book.at("facilities!F001")[1]),
                                                     int(book.at("facilities!F002")[1])]),
                                                     ("hidden_rows", "facilities!A4")),
    case("column_hidden", hidden_column, ("hidden_columns", "facilities!#.cost")),
    case("sheet_hidden", lambda book: book.state("trenches", "hidden"), ("hidden_sheet", "trenches!")),
    case("sheet_very_hidden", lambda book: book.state("crews", "veryHidden"), ("hidden_sheet", "crews!")),
    case("sheet_by_its_title", lambda book: book.rename("facilities", "Объекты"), reads={COST: 14.53}),
    case("sheet_of_notes", lambda book: book.add_sheet("#заметки", [["ask", "the akimat"], [1, "=2"]])),
    case("sheet_nobody_knows", lambda book: book.add_sheet("Ideas", [["ask", "the akimat"]]),
         ("foreign_sheet", "Ideas!")),
    case("sheet_called_notes", lambda book: book.add_sheet("Notes", [["who", "what"], ["akimat", "sent in May"]]),
         ("foreign_sheet", "Notes!")),
    case("sheet_of_comments", lambda book: book.add_sheet("Комментарии", [["спросить акимат"]]),
         ("foreign_sheet", "Комментарии!")),
    case("sheet_with_a_title_in_its_name", lambda book: book.add_sheet("Sources of data",
    [["Ministry", "letter of May"]]), ("foreign_sheet", "Sources of data!")),
    case("sheet_of_numbers_nobody_knows", lambda book: book.add_sheet("Ideas", [["km", "12,5"]]),
         ("sheet_left_out", "Ideas!"), says="the numbers on it"),
    case("sheet_of_keys_nobody_knows", lambda book: book.add_sheet("Ideas", [["F001"], ["F002"]]),
         ("sheet_left_out", "Ideas!"), says="facilities, networks"),
    case("facilities_under_another_name", lambda book: book.add_sheet("Objects",
    [["facility", "name", "cost"], ["F9", "Plant", 5.0]]), ("unknown_sheet", "Objects!"),
         says="did you mean “facilities”?"),
    case("sheet_that_may_be_meant", lambda book: book.add_sheet("Facilities (2)", [["facility"], ["X"]]),
         ("unknown_sheet", "Facilities (2)!")),
    case("required_sheet_gone", lambda book: book.remove_sheet("sources"), ("missing_sheet", "sources!")),
    case("optional_sheet_misspelt", lambda book: book.rename("networks", "netwroks"), ("unknown_sheet", "netwroks!"),
         says="did you mean “networks”?"),
    case("required_sheet_misspelt", lambda book: book.rename("facilities", "facilites"),
         ("unknown_sheet", "facilites!"), ("missing_sheet", "facilities!")),
    case("sheet_twice", lambda book: book.add_sheet("Объекты", [["facility"], ["X"]]),
         ("duplicate_sheet", "facilities!")),
    case("everything_wrong_in_one_go",
         all_of(puts(COST, "14,530"), puts("facilities!F002.wear", 140), puts("networks!N-KZ-10-heat.km", None),
                puts("sources!ADB.currency", "USDD"),
                puts("targets!T-km.filter", "sektor=heat"), puts("settings!discount_rate.value", 0.08)),
         ("percent_below_one", "settings!discount_rate.value"), ("ambiguous_number", COST),
         ("value_above_maximum", "facilities!F002.wear"),
         ("missing_value", "networks!N-KZ-10-heat.km"), ("unknown_reference", "sources!ADB.currency"),
         ("bad_selector", "targets!T-km.filter")),
]

READING = [*TYPED, *FORMULAS, *LAYOUT]
