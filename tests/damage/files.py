"""Other forms of the workbook, other files under its name, and files made to harm: made from the shipped one, cut
down."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml
from xml.sax.saxutils import escape

from tests.damage.book import Book, as_bytes, letters_of, number_of, q
from tests.damage.case import serial
from tests.damage.small import BASE, small
from tests.workbooks import ODS_HEAD, as_strict

LATEST = "facilities!F199.latest"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


@dataclass(frozen=True)
class File:
    """``make`` writes a file below a folder; ``issues`` as of a Case. ``same``: the tables are those of the undamaged
    workbook."""

    name: str
    make: Callable[[Path], Path]
    issues: tuple[tuple[str, str], ...] = ()
    says: str = ""
    same: bool = False


def written(folder: Path, content: bytes, name: str = "case.xlsx") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def whole(folder: Path, name: str = "case.xlsx") -> bytes:
    return small().copy().save(folder / name).read_bytes()


def archive_of(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin").replace("_iwa",
                ".iwa"), data)
    return packed.getvalue()


def damaged(damage: Callable[[Book], object], name: str = "case.xlsx") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        book = small().copy()
        damage(book)
        return book.save(folder / name)
    return make


def on_page(sheet: str, change: Callable[[str], str]) -> Callable[[Path], Path]:
    """The text of one sheet changed."""
    return damaged(lambda book: book.edit(book.part_of(sheet), change))


def with_macros(book: Book) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    book.edit("[Content_Types].xml", lambda text: text.replace(kind,
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
    book.parts["xl/vbaProject.bin"] = OLE


def shared_strings(book: Book) -> None:
    """Texts in a part of their own, as Excel stores them; Japanese ones with their reading beside them, which is no
    part of the text."""
    texts: dict[str, int] = {}
    for sheet in ("facilities", "regions", "sources"):
        for cell in book.page(sheet).iter(q("c")):
            if cell.get("t") == "inlineStr":
                text = "".join(each.text or "" for each in cell.iter(q("t")))
                for child in list(cell):
                    cell.remove(child)
                cell.set("t", "s")
                stored = cell.makeelement(q("v"), {})
                stored.text = str(texts.setdefault(text, len(texts)))
                cell.append(stored)
    items = "".join(
        f'<si><r><t xml:space="preserve">{escape(text[:2])}</t></r><r><t '
        f'xml:space="preserve">{escape(text[2:])}</t></r>'
        '<rPh sb="0" eb="1"><t>ヨミ</t></rPh></si>' for text in texts)
    count = len(texts)
    book.parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{q("")[1:-1]}" count="{count}" uniqueCount="{count}">{items}</sst>').encode()
    link = (
        '<Relationship Id="texts" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/>')
    book.edit("xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", f"{link}</Relationships>"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    book.edit("[Content_Types].xml", lambda text: text.replace("</Types>",
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'))


def without_addresses(book: Book) -> None:
    """Cells follow each other without saying where they stand, as some programs write them."""
    for row in book.rows("routes"):
        del row.attrib["r"]
        for cell in row:
            del cell.attrib["r"]


def days_since_1904(book: Book) -> None:
    """A workbook of an old Mac counts days from 1904."""
    book.put(LATEST, serial(date(2030, 12, 31)) - 1462, form="dd.mm.yyyy")
    book.edit("xl/workbook.xml", lambda text: text.replace("<workbookPr />", '<workbookPr date1904="1"/>'))


def day_as_iso(book: Book) -> None:
    sheet, cell = book.at(LATEST)
    book.put(LATEST, 1)
    part = book.part_of(sheet)
    book.edit(part, lambda text: re.sub(rf'<c r="{cell}"[^>]*><v>1</v></c>',
                                        f'<c r="{cell}" t="d"><v>2030-12-31</v></c>', text))


def lost_part(book: Book) -> None:
    del book.parts[book.part_of("sources")]


def under_a_prefix(book: Book) -> None:
    """Every name of a sheet as ``x:row``, which XML allows and some programs write."""
    for part in [name for name in book.parts if name.startswith("xl/worksheets/sheet")]:
        book.parts[part] = as_bytes(Xml.fromstring(book.parts[part]), "x")


def zip_bomb(folder: Path) -> Path:
    path = on_page("facilities", lambda text: text.replace("</sheetData>", "</sheetData>" + " " * 30_000_000))(folder)
    parts = Book(path).parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert path.stat().st_size < 400_000
    return path


def entity(kind: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        return text.replace("?>", f"?><!DOCTYPE x [{kind}]>", 1).replace("Astana CHP-1<", "&e;<", 1)
    return change


def ods(folder: Path, name: str = "case.ods", **cells: str) -> Path:
    """The base as an OpenDocument spreadsheet; ``cells`` replaces one by its place as XML."""
    tables = []
    book = small()
    names = [each for each in (*book.known(),) if each not in ("#contents", "#dictionary", "#lists")]
    instead = {book.at(where): xml for where, xml in cells.items()}
    for sheet in names:
        rows, last = [], 0
        for number, values in sorted(book.values(sheet).items()):
            if not values:
                continue
            if number > last + 1:
                rows.append('<table:table-row '
                            f'table:number-rows-repeated="{number - last - 1}"><table:table-cell/></table:table-row>')
            wide = max(map(number_of, values))
            rows.append("<table:table-row>" + "".join(
                instead.get((sheet, f"{letters_of(place)}{number}")) or ods_cell(values.get(letters_of(place)))
                for place in range(1, wide + 1)) + "</table:table-row>")
            last = number
        tables.append(f'<table:table table:name="{sheet}">{"".join(rows)}</table:table>')
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml",
                         f"{ODS_HEAD}{''.join(tables)}</office:spreadsheet></office:body></office:document-content>")
        archive.writestr("META-INF/manifest.xml", (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'))
    return folder / name


def ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    if isinstance(value, bool):
        return (
            '<table:table-cell office:value-type="boolean" '
            f'office:boolean-value="{str(value).lower()}"><text:p>{value}</text:p></table:table-cell>')
    return (
        '<table:table-cell office:value-type="float" '
        f'office:value="{value}"><text:p>{value}</text:p></table:table-cell>')


def in_folder(name: str, change: Callable[[str], bytes]) -> Callable[[Path], Path]:
    """The base as a folder of CSV files with one of them changed."""
    def make(folder: Path) -> Path:
        for path in BASE.iterdir():
            (folder / path.name).write_bytes(change(path.read_text("utf-8")) if path.name == name
                                             else path.read_bytes())
        return folder
    return make


def with_semicolons(text: str) -> bytes:
    """As Excel writes CSV where the comma is the decimal sign."""
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerows([cell.replace(".", ",") if re.fullmatch(r"\d+\.\d{1,2}", cell) else cell
                                               for cell in row] for row in csv.reader(io.StringIO(text)))
    return made.getvalue().encode("utf-8-sig")


NOWHERE = "!"
BINARY = Path(__file__).parents[1] / "workbook" / "files"
COST = "facilities!F001.cost"

FORMS = [
    File("as_it_is", damaged(lambda book: None), same=True),
    File("with_macros", damaged(with_macros, "case.xlsm"), same=True),
    File("macros_under_a_plain_name", damaged(with_macros), same=True),
    File("strict_form", lambda folder: as_strict(small().copy().save(folder / "case.xlsx")), same=True),
    File("open_document", ods, same=True),
    File("open_document_with_a_decimal_comma", lambda folder: ods(folder, **{COST: ods_cell("14,53")}),
         (("repaired_text", COST),), same=True),
    File("open_document_with_a_thousands_comma", lambda folder: ods(folder, **{COST: ods_cell("14,530")}),
         (("ambiguous_number", COST),)),
    File("open_document_with_an_error", lambda folder: ods(folder, **{COST: (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>')}),
        (("error_value", COST),)),
    File("open_document_under_another_name", lambda folder: ods(folder, "case.xlsx"), same=True),
    File("old_excel_that_is_whole", lambda folder: written(folder, (BINARY / "case.xls").read_bytes(), "case.xls"),
         (("binary_form", NOWHERE), ("merged_filled", "facilities!C4"), ("error_in_remark", "facilities!E4"),
          ("hidden_rows", "facilities!A6"))),
    File("texts_stored_apart_with_their_reading", damaged(shared_strings), same=True),
    File("cells_without_addresses", damaged(without_addresses), same=True),
    File("wrong_extent", on_page("facilities", lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:B2"',
    text)), same=True),
    File("names_under_a_prefix", damaged(under_a_prefix), same=True),
    File("days_since_1904", damaged(days_since_1904), (("date_as_year", LATEST),), same=True),
    File("day_as_iso", damaged(day_as_iso), (("date_as_year", LATEST),), same=True),
    File("formatted_blank_rows", on_page("facilities", lambda text: text.replace("</sheetData>", "".join(
        f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(1000, 101_000)) + "</sheetData>")), same=True),
    File("a_value_in_the_last_row", on_page("facilities", lambda text: text.replace("</sheetData>",
    '<row r="1048576"><c r="P1048576"><v>5</v></c></row></sheetData>')),
         (("too_large", f"facilities!{letters_of(max(map(number_of, small().values('facilities')[3])))}1048576"),)),
]

REFUSED = [
    File("no_file", lambda folder: folder / "nowhere.xlsx", (("no_such_file", NOWHERE),)),
    File("empty", lambda folder: written(folder, b""), (("unreadable_file", NOWHERE),)),
    File("half_a_file", lambda folder: written(folder, (raw := whole(folder))[:len(raw) // 2]),
         (("unreadable_file", NOWHERE),)),
    File("last_bytes_lost", lambda folder: written(folder, whole(folder)[:-30]), (("unreadable_file", NOWHERE),)),
    File("picture", lambda folder: written(folder, b"\x89PNG\r\n\x1a\n" + bytes(100)), (("unreadable_file", NOWHERE),)),
    File("old_excel", lambda folder: written(folder, OLE, "case.xls"), (("unreadable_file", NOWHERE),)),
    File("old_word", lambda folder: written(folder, OLE + "WordDocument".encode("utf-16-le"), "case.xls"),
         (("other_format", NOWHERE),), says="Word"),
    File("password", lambda folder: written(folder, OLE + "EncryptedPackage".encode("utf-16-le")),
         (("protected_file", NOWHERE),)),
    File("binary_excel", lambda folder: written(folder, archive_of(xl__workbook_bin=b"x"), "case.xlsb"),
         (("unreadable_file", NOWHERE),)),
    File("word_document_renamed", lambda folder: written(folder, archive_of(word__document_xml=b"<a/>")),
         (("other_format", NOWHERE),)),
    File("numbers_document", lambda folder: written(folder, archive_of(Index__Document_iwa=b"x")),
         (("other_format", NOWHERE),)),
    File("workbook_within_a_zip", lambda folder: written(folder, archive_of(case=whole(folder))),
         (("other_format", NOWHERE),)),
    File("text_of_commas", lambda folder: written(folder, b"facility,cost\nF001,14.53\n", "case.csv"),
         (("other_format", NOWHERE),)),
    File("web_page_renamed", lambda folder: written(folder, b"<html><table><tr><td>1</td></tr></table></html>",
                                                    "case.xls"), (("other_format", NOWHERE),)),
    File("sheet_lost", damaged(lost_part), (("unreadable_file", NOWHERE),)),
    File("broken_xml", on_page("facilities", lambda text: text.replace("</row>", "", 1)),
         (("unreadable_file", NOWHERE),)),
    File("zip_bomb", zip_bomb, (("unsafe_file", NOWHERE),)),
    File("external_entity", on_page("facilities", entity('<!ENTITY e SYSTEM "file:///etc/hostname">')),
         (("unsafe_file", NOWHERE),)),
    File("entities_of_entities", on_page("facilities", entity('<!ENTITY a "aaaaaaaa"><!ENTITY e '
    '"&a;&a;&a;&a;&a;&a;&a;&a;">')), (("unsafe_file", NOWHERE),)),
    File("value_at_the_end_of_the_world", on_page("regions", lambda text: text.replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')),
        (("too_large", "regions!XFD1048576"),)),
    File("folder_of_nothing", lambda folder: folder, (("unreadable_file", NOWHERE),), says="no .csv files"),
]

FOLDERS = [
    File("folder_as_it_is", in_folder("", str.encode)),
    File("csv_file_with_a_mark", in_folder("facilities.csv", lambda text: text.encode("utf-8-sig"))),
    File("csv_file_of_old_windows", in_folder("facilities.csv", lambda text: text.encode("cp1251", "replace")),
         (("other_encoding", "facilities!"),), says="cp1251"),
    File("csv_file_in_two_bytes_a_letter", in_folder("facilities.csv", lambda text: text.encode("utf-16")),
         (("other_encoding", "facilities!"),), says="UTF-16"),
    File("csv_file_with_a_lost_byte", in_folder("facilities.csv",
                                                lambda text: text.encode().replace("ТЭЦ".encode(), "ТЭЦ".encode()[1:],
                                                1)),
         (("unreadable_file", "facilities!"),), says="is not UTF-8"),
    File("csv_file_with_bars", in_folder("routes.csv", lambda text: text.replace(",", "|").encode())),
    File("csv_file_with_semicolons", in_folder("reference_rates.csv", with_semicolons)),
    File("csv_file_with_an_open_quote", in_folder("currencies.csv", lambda text: f'{text}EUR,"Euro,500\n'.encode()),
         (("unreadable_file", "currencies!"),)),
    File("csv_file_with_a_title", in_folder("routes.csv", lambda text: f"Routes\n\n{text}".encode()),
         (("table_moved", "routes!A3"),)),
    File("csv_file_with_a_longer_row", in_folder("routes.csv", lambda text: f"{text.rstrip()},and more\n".encode()),
         (("missing_heading", "routes!J1"),)),
]

FILES = [*FORMS, *REFUSED, *FOLDERS]
