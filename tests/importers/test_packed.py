"""Files handed over: each is known by its first bytes, and nothing packed badly ends in another error."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transparency.core.errors import ImportRefusedError
from transparency.importers.packed import members, office_document, reading, what_it_is

UNPACK = "Unpack it and hand over the folder."
TABLE = "postcode,lat,lon\nE2 0ZA,51.5,-0.1\n"
DEFLATE64, ENCRYPTED = 9, 1


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def altered(source: bytes, offset_local: int, offset_central: int, value: int) -> bytes:
    """A zip of one member with a two-byte field of both of its headers set."""
    changed = bytearray(source)
    struct.pack_into("<H", changed, offset_local, value)
    struct.pack_into("<H", changed, source.index(b"PK\x01\x02") + offset_central, value)
    return bytes(changed)


ONE = zipped({"Data/list.csv": TABLE.encode() * 50})
PACKED_BADLY = {
    "cut in half": (ONE[: len(ONE) // 2], "given.zip is cut short or damaged. Download it again."),
    "without its directory": (ONE[: ONE.index(b"PK\x01\x02")], "given.zip is cut short or damaged. Download it again."),
    "another byte": (
        ONE.replace(ONE[60:64], b"\x00\x00\x00\x00"),
        "given.zip: Data/list.csv is cut short or damaged. Download it again.",
    ),
    "another checksum": (
        altered(ONE, 14, 16, 1),
        "given.zip: Data/list.csv is cut short or damaged. Download it again.",
    ),
    "deflate64": (
        altered(ONE, 8, 10, DEFLATE64),
        f"given.zip: Data/list.csv is packed in a way that cannot be read here (deflate64). {UNPACK}",
    ),
    "a password": (altered(ONE, 6, 8, ENCRYPTED), f"given.zip: Data/list.csv needs a password. {UNPACK}"),
    "a strong password": (altered(ONE, 6, 8, 1 | 1 << 6), f"given.zip: Data/list.csv needs a password. {UNPACK}"),
    "a gzip cut": (
        gzip.compress(TABLE.encode() * 50, mtime=0)[:-9],
        "given.zip is cut short or damaged. Download it again.",
    ),
    "a gzip with another checksum": (
        gzip.compress(TABLE.encode(), mtime=0)[:-8] + bytes(8),
        "given.zip is cut short or damaged. Download it again.",
    ),
    "a gzip with something behind it": (
        gzip.compress(TABLE.encode(), mtime=0) + b"behind",
        "given.zip is cut short or damaged. Download it again.",
    ),
    "a gzip cut inside a zip": (
        zipped({"list.csv.gz": gzip.compress(TABLE.encode() * 50, mtime=0)[:-9]}),
        "given.zip: list.csv.gz is cut short or damaged. Download it again.",
    ),
}


def read_all(path: Path, largest_bytes: int = 100_000) -> dict[str, bytes]:
    with members(path, UNPACK, largest_bytes) as found:
        return {member.name: member.read() for member in found}


# ---------------------------------------------------------------- what a file is


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (ONE, "a zip archive"),
        (zipped({}), "a zip archive"),
        (gzip.compress(b"one", mtime=0), "a gzip file"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "an Excel workbook of before 2007 (.xls) or one with a password"),
        (TABLE.encode("utf-16"), "UTF-16 text"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "UTF-16 text"),
        (TABLE.encode("utf-16-le"), "UTF-16 text"),
        (TABLE.encode("utf-16-be"), "UTF-16 text"),
        (TABLE.encode("utf-32"), "UTF-32 text"),
        (TABLE.encode("utf-32-le"), "UTF-32 text"),
        (TABLE.encode("utf-32-be"), "UTF-32 text"),
        (b"list.csv".ljust(257, b"\0") + b"ustar\x0000", "a tar archive"),
        (b"{\\rtf1\\ansi postcode}", "RTF"),
        (b"%PDF-1.7\n", "a PDF"),
        (bz2.compress(b"one"), "a bzip2 file"),
        (lzma.compress(b"one"), "an xz file"),
        (b"<!DOCTYPE html><html>", "a web page (HTML)"),
        (b"\xef\xbb\xbf\r\n <HTML lang=en>", "a web page (HTML)"),
        (b'<?xml version="1.0"?><!-- saved -->\n<!DOCTYPE html PUBLIC "-//W3C"><html>', "a web page (HTML)"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML"),
        (b"<kml xmlns='http://www.opengis.net/kml/2.2'>", "XML"),
        (b'{"type": "FeatureCollection"}', "JSON"),
        (b'[\n {"pcds": "E2 0ZA"}]', "JSON"),
        (TABLE.encode(), None),
        (b"\xef\xbb\xbf" + TABLE.encode(), None),
        ("name;café\n".encode("latin-1"), None),
        (b"", None),
        (b"a", None),
        (b"[note] postcodes of London\n", None),
        (b"<5,10\n", None),
    ],
)
def test_a_file_is_known_by_its_first_bytes(head: bytes, kind: str | None) -> None:
    assert what_it_is(head) == kind


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"], "an Excel workbook"),
        (["[Content_Types].xml", "word/document.xml"], "a Word document"),
        (["mimetype", "content.xml", "META-INF/manifest.xml"], "an OpenDocument file (.ods)"),
        (["Data/list.csv", "xl/list.csv"], None),
    ],
)
def test_a_document_is_told_from_an_archive(names: list[str], kind: str | None) -> None:
    assert office_document(names) == kind


# ---------------------------------------------------------------- what is in a file


def test_members_of_every_kind_of_file_are_the_same(tmp_path: Path) -> None:
    text = TABLE.encode()
    (tmp_path / "given" / "Data").mkdir(parents=True)
    (tmp_path / "given" / "Data" / "list.csv").write_bytes(text)
    (tmp_path / "given" / "Data" / "._list.csv").write_bytes(b"of a Mac")
    beside = {"__MACOSX/Data/._list.csv": b"of a Mac", "?name.csv": b"of nothing"}
    (tmp_path / "given.zip").write_bytes(zipped({"Data/list.csv": text, **beside}).replace(b"?name", b"\0name"))
    of_windows = zipped({"Data?list.csv": text}).replace(b"Data?", b"Data\\")
    (tmp_path / "windows.zip").write_bytes(of_windows)
    (tmp_path / "list.csv").write_bytes(text)
    (tmp_path / "list.csv.gz").write_bytes(gzip.compress(text[:20], mtime=0) + gzip.compress(text[20:], mtime=0))
    (tmp_path / "double.zip").write_bytes(b"#!/bin/sh\n" + zipped({"list.csv.gz": gzip.compress(text, mtime=0)}))
    assert read_all(tmp_path / "given") == {"Data/list.csv": text}
    assert read_all(tmp_path / "given.zip") == {"Data/list.csv": text}
    assert read_all(tmp_path / "windows.zip") == {"Data/list.csv": text}
    assert read_all(tmp_path / "list.csv") == {"list.csv": text}
    assert read_all(tmp_path / "list.csv.gz") == {"list.csv.gz": text}
    assert read_all(tmp_path / "double.zip") == {"list.csv.gz": text}


@pytest.mark.parametrize(("source", "said"), PACKED_BADLY.values(), ids=PACKED_BADLY)
def test_what_is_packed_badly_is_refused_in_plain_words(tmp_path: Path, source: bytes, said: str) -> None:
    path = tmp_path / "given.zip"
    path.write_bytes(source)
    with pytest.raises(ImportRefusedError) as refusal:
        read_all(path)
    assert str(refusal.value).startswith(said)


@pytest.mark.parametrize(
    "source",
    [
        zipped({"a.csv": bytes(60_000), "b.csv": bytes(60_000)}),
        gzip.compress(bytes(120_000), mtime=0),
        zipped({"a.csv.gz": gzip.compress(bytes(120_000), mtime=0)}),
    ],
)
def test_no_more_is_unpacked_than_is_allowed(tmp_path: Path, source: bytes) -> None:
    (tmp_path / "given").write_bytes(source)
    assert sum(map(len, read_all(tmp_path / "given", 120_000).values())) == 120_000
    with pytest.raises(ImportRefusedError) as refusal:
        read_all(tmp_path / "given", 119_999)
    assert str(refusal.value) == (
        "given unpacks to far more than a file of its kind holds, and was not read further. Download it again. "
        "Nothing was imported."
    )


def test_only_what_is_read_counts_as_unpacked(tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(zipped({"list.csv": b"one", "parts.csv": bytes(200_000)}))
    with members(tmp_path / "given", UNPACK, 100_000) as found:
        assert found[0].read() == b"one"


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError) as refusal:
        read_all(tmp_path / "gone.csv")
    assert str(refusal.value) == (
        "gone.csv cannot be read: No such file or directory. Check that it is there and may be read. "
        "Nothing was imported."
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (struct.error("unpack requires a buffer of 8 bytes"), "w.shp is cut short or damaged. Download it again."),
        (RecursionError("maximum recursion depth exceeded"), "w.shp is cut short or damaged. Download it again."),
        (lzma.LZMAError("Corrupt input data"), "w.shp is cut short or damaged. Download it again."),
        (UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "x"), "w.shp is damaged or not text in UTF-8. Save it in UTF-8,"),
        (
            NotImplementedError("That method is not supported"),
            "w.shp is packed in a way that cannot be read here. Unpack",
        ),
    ],
)
def test_errors_of_other_readers_are_told_in_the_same_words(error: Exception, said: str) -> None:
    with pytest.raises(ImportRefusedError) as refusal, reading("w.shp", UNPACK):
        raise error
    assert str(refusal.value).startswith(said)
    assert str(refusal.value).endswith("Nothing was imported.")


def test_an_error_of_another_cause_goes_on() -> None:
    with pytest.raises(KeyError), reading("w.shp", UNPACK):
        raise KeyError("geometry")


GOOD = [
    ONE,
    zipped({"a.csv": TABLE.encode(), "b.csv.gz": gzip.compress(TABLE.encode(), mtime=0)}),
    zipped({"a.csv": TABLE.encode()}, zipfile.ZIP_LZMA),
    zipped({"a.csv": TABLE.encode()}, zipfile.ZIP_BZIP2),
    gzip.compress(TABLE.encode(), mtime=0),
]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    source=st.sampled_from(GOOD),
    cut=st.none() | st.floats(0, 1),
    changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=4),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    tmp_path: Path, source: bytes, cut: float | None, changes: list[tuple[float, int]]
) -> None:
    damaged = bytearray(source)
    for place, value in changes:
        damaged[int(place * len(damaged))] = value
    path = tmp_path / "given"
    path.write_bytes(damaged[: len(damaged) if cut is None else int(cut * len(damaged))])
    try:
        read_all(path)
    except ImportRefusedError as refusal:
        assert str(refusal).endswith("Nothing was imported.")
