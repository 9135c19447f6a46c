"""The hand-out on paper: one side, tagged, with the page's words and numbers, whatever the ward is called."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst

from tests.reading import ward_html
from tests.small_city import build_small_city
from transparency.core.errors import UnknownPlaceError
from transparency.core.text import each_text
from transparency.core.vocabulary import Evidence, Half, HalfKnown, HalfStatus, today
from transparency.listed.queries import ListedContact, ListedEvent, ListedTeam
from transparency.outlets import handouts as handout
from transparency.outlets.handout_sentences import (
    COPYRIGHT,
    ended_line,
    first_drawn_line,
    pack_line,
    place_line,
    version_line,
)
from transparency.outlets.handouts import Sheet, borough_handouts, typeset, ward_handout, ward_sheet
from transparency.outlets.typesetting import TEMPLATES, as_printed
from transparency.pages.ward_record import WardPage, ward_page
from transparency.pages.ward_tables import ward_questions
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.wards.questions import questions
from transparency.wards.standing import standings_on

PRINTED, PAST = date(2026, 11, 22), date(2019, 6, 30)
SITE = "https://wards.example"
KENTISH_TOWN, SUTTON_SOUTH, KENTISH_TOWN_NORTH = "E05000139", "E05000566", "E05013663"
SHIRLEY_NORTH = "E05011482"  # of the 2018 set, whose shapes nobody holds
ANSWERS = [
    (KENTISH_TOWN, date(2017, 1, 4)),
    (KENTISH_TOWN, date(2016, 12, 1)),
    (SUTTON_SOUTH, date(2019, 6, 30)),
    (KENTISH_TOWN_NORTH, date(2026, 3, 3)),
    (SHIRLEY_NORTH, date(2019, 6, 30)),
    ("E05000639", date(2019, 6, 30)),
    ("E05009395", date(2026, 3, 3)),
]


@pytest.fixture(scope="module")
def store() -> Store:
    return shared_store()


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def bare(text: str) -> str:
    """Text without any space, since lines are broken elsewhere on paper."""
    return re.sub(r"\s+", "", text)


def pdf_words(pdf: bytes) -> str:
    return bare(" ".join(page.extract_text() for page in read(pdf).pages))


def html_words(html: str) -> str:
    return bare(unescape(re.sub(r"<[^>]+>", " ", html)))


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def sheet_of(store: Store, code: str, day: date) -> tuple[WardPage, Sheet]:
    page = ward_page(store, code, day)
    return page, ward_sheet(store, page, PRINTED, SITE)


def words_of_page(sheet: Sheet) -> Iterator[str]:
    """What a sheet says that the ward's page must say in the same words."""
    yield from (sheet.ward_name, sheet.answer, sheet.mark.word, sheet.officers.alt)
    yield from sheet.how.split(". ", 1)
    yield from sheet.context
    yield from sheet.numbers
    for lane in sheet.lanes:
        yield from (words for event in lane.events for words in event)


# ---------------------------------------------------------------- the same words and numbers


@pytest.mark.parametrize(("code", "day"), ANSWERS)
def test_the_sheet_says_what_the_page_says(store: Store, code: str, day: date) -> None:
    page, sheet = sheet_of(store, code, day)
    answer = ward_html(store, page)
    html = html_words(answer) + bare(" ".join(re.findall(r'alt="([^"]*)"', unescape(answer))))
    printed = pdf_words(typeset(sheet.title, (sheet,), PRINTED))
    for words in words_of_page(sheet):
        assert bare(words) in html, words
    for words in (sheet.answer, sheet.how, *sheet.context, *sheet.numbers, *sheet.questions):
        assert bare(words) in printed, words


@pytest.mark.parametrize(("code", "day"), ANSWERS)
def test_no_number_is_printed_that_the_page_does_not_show(store: Store, code: str, day: date) -> None:
    page, sheet = sheet_of(store, code, day)
    pdf = typeset(sheet.title, (sheet,), PRINTED)
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    of_the_sheet = " ".join((sheet.address, sheet.version, sheet.sources, *sheet.questions, "1 2 3 999 101", COPYRIGHT))
    html = re.sub(r'(?:src|href)="[^"]*"', "", ward_html(store, page))
    assert numbers(text) - numbers(html) - numbers(of_the_sheet) == set()


def test_inferred_hours_are_marked_on_the_hand_out(store: Store) -> None:
    printed = pdf_words(ward_handout(store, "E05013536", date(2026, 3, 3), PRINTED, SITE).content)
    assert bare("⚠ Reported for 25 counters together, not confirmed for this one.") in printed


def test_kentish_town_on_4_january_2017_in_full(store: Store) -> None:
    printed = pdf_words(ward_handout(store, KENTISH_TOWN, date(2017, 1, 4), PRINTED, SITE).content)
    for words in (
        "Handout for the ward panel",
        "Camden · as at 4 January 2017 · a ward until 4 May 2022",
        "Kentish Town had two constables and one PCSO on 4 January 2017.",
        "Confirmed by the Mayor on 4 January 2017.",
        "How sure: ●●○",
        "Nearest counter Kentish Town · 0.2 km 10-12A Holmes Road. Open 24 hours.",
        "At night Kentish Town · 0.2 km The same counter.",
        "101, or 999 in an emergency",
        "4 January 2017 About 395 of 629 London wards had two constables, by our sum.",
        "49% of people asked in Camden knew how to contact their ward officer in the quarter to December 2016.",
        "On 4 January 2017 Kentish Town had two constables and one PCSO: are all of these posts filled now?",
        "Next meeting",
        "Notes",
        "https://wards.example/ward/E05000139?as_at=2017-01-04",
        f"Data version {store.data_version}. Printed on 22 November 2026.",
        "Not official statistics",
        "Mayor of London: Mayor on track to deliver second dedicated PC in every neighbourhood, as at 4 January 2017",
    ):
        assert bare(words) in printed, words


def test_the_parts_stand_in_the_order_of_an_agenda(store: Store) -> None:
    pdf = ward_handout(store, SUTTON_SOUTH, date(2019, 6, 30), PRINTED, SITE).content
    assert [entry["/Title"] for entry in chain.from_iterable(flat(read(pdf).outline))] == [
        "Sutton South",
        "Nearest counter",
        "At night",
        "Your team",
        "What happened here",
        "Officers",
        "Counters",
        "The ward and its borough in numbers",
        "Three questions to ask",
        "Notes",
    ]


def flat(outline: Any) -> Iterator[list[Any]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield [entry]


def test_an_ended_ward_answers_for_its_last_day_and_names_what_covers_it_now(store: Store) -> None:
    _, sheet = sheet_of(store, KENTISH_TOWN, today())
    assert sheet.banner == (
        "Kentish Town was abolished in May 2022. Its area is now in Kentish Town North (52%) and Kentish Town South "
        "(47%). This sheet is of its last day."
    )
    assert sheet.answer == "Last known: Kentish Town had two constables and one PCSO, in January 2017."
    assert sheet.address.endswith("?as_at=2022-05-04")
    assert "How many does the area of Kentish Town have now" in sheet.questions[0]
    assert "at night" not in sheet.questions[2]  # the counters of its last day are not those of today


def test_a_listed_contact_and_meeting_stand_where_lines_to_write_on_would(store: Store) -> None:
    page, unlisted = sheet_of(store, KENTISH_TOWN_NORTH, date(2026, 3, 3))
    assert unlisted.boxes[2].to_fill_in == ("Next meeting", "Place and time")
    event = ListedEvent("Street briefing", None, None, "Town Hall", date(2026, 3, 9), "18:00", None, "19:30")
    team = ListedTeam(
        date(2026, 3, 1), True, contacts=(ListedContact("email", "abbey@police.example"),), events=(event,)
    )
    sheet = ward_sheet(store, replace(page, listed=team), PRINTED, SITE)
    assert sheet.boxes[2].to_fill_in == ()
    assert sheet.boxes[2].lines[1:] == (
        "abbey@police.example.",
        "Next meeting: 9 March 2026, 6pm to 7.30pm: Street briefing, Town Hall.",
        "As listed on police.uk, read on 1 March 2026.",
    )
    html = html_words(ward_html(store, replace(page, listed=team)))
    assert all(bare(words) in html for words in ("abbey@police.example", "9 March 2026, 6pm to 7.30pm", "Town Hall"))


def test_a_code_of_no_ward_prints_nothing(store: Store) -> None:
    with pytest.raises(UnknownPlaceError, match="No ward of London has the code E05999999"):
        ward_handout(store, "E05999999", today(), PRINTED)
    with pytest.raises(UnknownPlaceError, match="E09999999"):
        borough_handouts(store, "E09999999", today(), PRINTED)


# ---------------------------------------------------------------- one side, whatever the ward


def fitting(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The size of the text and how many events are named; None where something had to be cut."""
    set_to: dict[str, Any] = {}

    def keep(template: str, words: dict[str, Any], printed_on: date) -> bytes:
        set_to.update(words)
        return b""

    with monkeypatch.context() as patched:
        patched.setattr(handout, "set_pdf", keep)
        typeset(sheet.title, (sheet,), PRINTED)
    filled = {"words": json.dumps(each_text(set_to, as_printed))}
    compiler = typst.Compiler(
        TEMPLATES / "handout.typ", root=TEMPLATES, font_paths=[TEMPLATES.parent / "fonts"], sys_inputs=filled
    )
    return json.loads(compiler.query("<fitting>", field="value", one=True))


def longest_wards(store: Store, day: date, count: int) -> list[str]:
    """The wards in force of which most is said, or whose names are longest."""
    wards = standings_on(store, day)
    of_most_words = sorted(wards, key=lambda each: -len(each.verdict.text))[:count]
    of_long_names = sorted(wards, key=lambda each: -len(each.ward.ward_name))[:count]
    return [each.ward.ward_code for each in (*of_most_words, *of_long_names)]


@pytest.mark.parametrize("day", [date(2017, 1, 4), date(2019, 6, 30), date(2026, 11, 30)])
def test_the_fullest_sheets_have_one_side_and_five_lines_for_notes(
    store: Store, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them: benchmarks/handouts.py."""
    for code in longest_wards(store, day, 5):
        _, sheet = sheet_of(store, code, day)
        pages = read(typeset(sheet.title, (sheet,), PRINTED)).pages
        assert [[round(float(side)) for side in page.mediabox[2:]] for page in pages] == [[595, 842]], code
        size, events = fitting(sheet, monkeypatch)
        assert (size in ("9pt", "8.5pt", "8pt"), events >= 1) == (True, True), code


def test_much_to_say_still_fits_on_one_side(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _, sheet = sheet_of(store, SUTTON_SOUTH, date(2019, 6, 30))
    told = replace(sheet, context=(*sheet.context, "In 2018 a councillor reported one dedicated constable. " * 24))
    pdf = typeset(told.title, (told,), PRINTED)
    assert len(read(pdf).pages) == 1
    assert bare("Notes") in pdf_words(pdf)
    size, events = fitting(told, monkeypatch)
    assert (size, events) < tuple(fitting(sheet, monkeypatch))
    assert bare("What happened before is at the address below.") in pdf_words(pdf)
    endless = replace(sheet, context=("In 2018 a councillor reported one dedicated constable. " * 200,))
    assert fitting(endless, monkeypatch) is None
    assert len(read(typeset(endless.title, (endless,), PRINTED)).pages) == 1


HOSTILE = '#panic("x") $1/0$ *b* _i_ @ref <b> [a](b) `c` \\ // /* = - + "quoted" {x}'


def test_markup_in_the_data_is_text(store: Store) -> None:
    page, _ = sheet_of(store, KENTISH_TOWN, date(2017, 1, 4))
    ward = replace(page.ward, ward_name=HOSTILE, borough_name='#import "/etc/passwd": *')
    sheet = ward_sheet(store, replace(page, standing=replace(page.standing, ward=ward)), PRINTED, SITE)
    sheet = replace(sheet, answer=HOSTILE, context=(HOSTILE,), sources=HOSTILE, questions=(HOSTILE,) * 3)
    pdf = typeset(sheet.title, (sheet,), PRINTED)
    assert pdf_words(pdf).count(bare(HOSTILE)) >= 7
    assert '#import"/etc/passwd":*' in pdf_words(pdf)
    assert len(read(pdf).pages) == 1


# ---------------------------------------------------------------- a document anyone can read


@pytest.fixture(scope="module")
def sutton_south(store: Store) -> pypdf.PdfReader:
    return read(ward_handout(store, SUTTON_SOUTH, date(2019, 6, 30), PRINTED, SITE).content)


def tagged(node: Any) -> Iterator[Any]:
    """Every element of the structure tree, from the top."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tagged(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tagged(node["/K"])


def test_it_is_tagged_and_says_so(sutton_south: pypdf.PdfReader) -> None:
    root: Any = sutton_south.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert sutton_south.metadata is not None
    assert sutton_south.metadata.title == "Sutton South, Sutton: ward officers on 30 June 2019"
    kinds = [element["/S"] for element in tagged(root["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 7
    assert kinds.count("/H3") == 2
    assert {"/L", "/LI", "/Link", "/Figure"} <= set(kinds)


def test_every_picture_has_words(sutton_south: pypdf.PdfReader) -> None:
    root: Any = sutton_south.trailer["/Root"]
    figures = [element for element in tagged(root["/StructTreeRoot"]) if element["/S"] == "/Figure"]
    assert [str(figure["/Alt"])[:40] for figure in figures] == [
        "QR code of https://wards.example/ward/E0",
        "Of two constables promised: no constable",
        "Map of Sutton South beside Belmont, Cars",
    ]


def test_its_fonts_are_in_it(sutton_south: pypdf.PdfReader) -> None:
    resources: Any = sutton_south.pages[0]["/Resources"]
    fonts = [font.get_object()["/DescendantFonts"][0].get_object() for font in resources["/Font"].values()]
    assert sorted(font["/BaseFont"].split("+")[1] for font in fonts) == [
        "DejaVuSansMono",  # the circles of how we know
        "SourceSansPro-Regular",
        "SourceSansPro-Semibold",
    ]
    assert all({"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"]) for font in fonts)


def test_the_same_words_on_the_same_day_give_the_same_bytes(store: Store) -> None:
    first, second = (ward_handout(store, KENTISH_TOWN, date(2017, 1, 4), PRINTED, SITE).content for _ in range(2))
    assert first == second
    assert ward_handout(store, KENTISH_TOWN, date(2017, 1, 4), date(2026, 11, 23), SITE).content != first


# ---------------------------------------------------------------- a borough, a demonstration


def test_a_boroughs_file_has_a_cover_and_a_side_for_each_ward_in_force(store: Store) -> None:
    pdf = read(borough_handouts(store, "E09000007", date(2019, 6, 30), PRINTED, SITE).content)
    names = [
        row["ward_name"]
        for row in store.rows("SELECT ward_name FROM wards_2014 WHERE borough_code = 'E09000007' ORDER BY ward_name")
    ]
    assert len(names) == 18
    cover = pdf.pages[0].extract_text()
    assert "One side of A4 for each of its 18 wards, in alphabetical order." in cover
    assert "Camden on 30 June 2019, of 18 wards: 16 announced, not checked and 2 short." in cover
    assert "https://wards.example/borough/E09000007?as_at=2019-06-30" in cover
    assert re.findall(
        r"^(.+?) +(?:announced, not checked|short of constables, announced as kept before) (\d+)$", cover, re.MULTILINE
    ) == [(name, str(place)) for place, name in enumerate(names, start=2)]
    assert [page.extract_text().split("\n")[1] for page in pdf.pages[1:]] == names


def test_an_invented_store_says_so_on_every_side(demonstration: Store, city: Store) -> None:
    pack = read(borough_handouts(demonstration, "E09000093", date(2018, 1, 1), PRINTED).content)
    assert len(pack.pages) == 4
    assert all("Demonstration data: invented" in page.extract_text() for page in pack.pages)
    real = read(borough_handouts(city, "E09000093", date(2018, 1, 1), PRINTED).content)
    assert all("Demonstration" not in page.extract_text() for page in real.pages)


def test_a_ward_whose_borough_is_not_drawn_has_no_map(city: Store) -> None:
    _, sheet = sheet_of(city, "E05900013", date(2018, 1, 1))
    assert sheet.map is None
    assert len(read(typeset(sheet.title, (sheet,), PRINTED)).pages) == 1


# ---------------------------------------------------------------- the command


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "transparency", "handout", *arguments],
        env={**os.environ, "TRANSPARENCY_DATA": str(root)},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_the_command_prints_every_ward_to_its_boroughs_folder(tmp_path: Path) -> None:
    root = build_small_city(tmp_path / "city")
    done = run(root, "--all", "--as-at", "2018-01-01", "--site", SITE, "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (0, f"9 handouts in {tmp_path / 'out'}.\n")
    assert "9/9" in done.stderr
    files = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.pdf"))
    assert files[:3] == [
        "eastmarsh/E05900031-ferry.pdf",
        "eastmarsh/E05900032-marsh.pdf",
        "eastmarsh/E05900033-lock.pdf",
    ]
    assert len(files) == 9
    printed = pdf_words((tmp_path / "out" / files[1]).read_bytes())
    assert "https://wards.example/ward/E05900032?as_at=2018-01-01" in printed


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Name one of --ward, --borough and --all."),
        (("--all", "--ward", "E05900013"), 2, "Name one of --ward, --borough and --all."),
        (("--ward", "E05900099"), 1, "No ward of London has the code E05900099"),
        (("--ward", "E05900013", "--as-at", "2999-01-01"), 1, "is in the future"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(build_small_city(tmp_path / "city"), *arguments, "--out", str(tmp_path / "out"))
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------- words


def half(status: HalfStatus, evidence: Evidence | None, count: float | None) -> HalfKnown:
    return HalfKnown(Half.PCS, status, count=count, evidence=evidence, as_at=date(2019, 4, 4) if evidence else None)


def of_pcsos(known: HalfKnown) -> HalfKnown:
    return replace(known, half=Half.PCSOS)


UNKNOWN = half(HalfStatus.NOT_KNOWN, None, None)
DECLARED = half(HalfStatus.MET, Evidence.DECLARED, 2)
MET = half(HalfStatus.MET, Evidence.CONFIRMED, 2)
SHORT = half(HalfStatus.SHORT, Evidence.CONFIRMED, 0)


@pytest.mark.parametrize(
    ("pcs", "pcsos", "asked"),
    [
        (
            UNKNOWN,
            UNKNOWN,
            "Two constables and one PCSO were promised. How many does Abbey have now, and how many of the posts are "
            "vacant?",
        ),
        (MET, DECLARED, "One PCSO was promised. How many does Abbey have now, and how many of the posts are vacant?"),
        (
            SHORT,
            DECLARED,
            "On 4 April 2019 Abbey had none of its two constables: is that still so, and when will the posts be "
            "filled?",
        ),
        (
            SHORT,
            of_pcsos(SHORT),
            "On 4 April 2019 Abbey had none of its two constables and no PCSO: is that still so, and when will the "
            "posts be filled?",
        ),
        (
            MET,
            replace(of_pcsos(MET), count=1),
            "On 4 April 2019 Abbey had two constables and one PCSO: are all of these posts filled now?",
        ),
    ],
)
def test_the_first_question_is_about_what_is_not_known(pcs: HalfKnown, pcsos: HalfKnown, asked: str) -> None:
    first, second, third = questions("Abbey", pcs, pcsos)
    assert first == asked
    assert second == (
        "How often were the officers of Abbey sent elsewhere in the last three months, and for what duties?"
    )
    assert third == "Where are the officers of Abbey based, and where and when can residents meet them?"


def test_the_questions_quote_what_is_known(store: Store) -> None:
    today_of_a_ward, past = ward_page(store, KENTISH_TOWN_NORTH, today()), ward_page(store, SUTTON_SOUTH, PAST)
    assert ward_questions(today_of_a_ward)[1:] == (
        "Camden's ward officers spent about one hour in five of their recorded time elsewhere in January to March "
        "2024 (19.4%). How much is it now for the officers of Kentish Town North, and for what duties?",
        "The nearest counter open at night is 5.1 km away, and was 0.5 km away at the end of 2017. Where are the "
        "officers of Kentish Town North based, and where and when can residents meet them?",
    )
    assert ward_questions(past)[2] == (
        "15% of people asked in Sutton knew how to contact their ward officer in the quarter to June 2019. Where are "
        "the officers of Sutton South based, and where and when can residents meet them?"
    )


def test_with_a_published_hub_the_third_question_is_when_to_meet() -> None:
    asked = questions("Abbey", MET, MET, has_published_hub=True, is_ended=True)
    assert asked[2] == "Where and when can residents meet the officers of the area of Abbey in the next three months?"


def test_the_words_of_a_sheet_written_out() -> None:
    assert place_line("Camden", PAST, date(2022, 5, 4)) == "Camden · as at 30 June 2019 · a ward until 4 May 2022"
    assert place_line("Camden", PAST, None) == "Camden · as at 30 June 2019"
    assert (
        ended_line("Abbey", date(2022, 5, 4), ()) == "Abbey was abolished in May 2022. This sheet is of its last day."
    )
    assert first_drawn_line("Abbey", date(2018, 5, 3), date(2017, 1, 1)) == (
        "Abbey was first drawn on 3 May 2018; this sheet answers for that day, not for 1 January 2017."
    )
    assert version_line("0123456789ab", PRINTED) == "Data version 0123456789ab. Printed on 22 November 2026."
    assert pack_line(18) == "One side of A4 for each of its 18 wards, in alphabetical order."


def test_a_name_becomes_a_plain_file_name() -> None:
    assert handout.file_name("St. Helen's") == "st-helen-s"
    assert handout.file_name("../Ham, Petersham & Richmond Riverside") == "ham-petersham-richmond-riverside"
