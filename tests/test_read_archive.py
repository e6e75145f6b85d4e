"""Archives and web archives: their members are documents; limits keep bombs from going off."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from dataclasses import replace
from types import ModuleType

import pytest
from zip_maker import zipped

from gulfbrief.errors import UnreadableError
from gulfbrief.model import Document
from gulfbrief.read import Options, read_bytes


def documents(data: bytes, name: str, options: Options = Options()) -> list[Document]:
    return list(read_bytes(data, name, options))


def texts(data: bytes, name: str) -> dict[str, str]:
    return {d.path: d.text for d in documents(data, name)}


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def test_members_are_named_after_the_archive() -> None:
    data = zipped({"a/one.txt": "One.", "two.txt": "Two."})
    assert texts(data, "x.zip") == {"x.zip!a/one.txt": "One.", "x.zip!two.txt": "Two."}


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        ("w", "x.tar"),
        ("w:gz", "x.tar.gz"),
        ("w:gz", "x.tgz"),
        ("w:bz2", "x.tar.bz2"),
        ("w:xz", "x.tar.xz"),
    ],
)
def test_tar_archives(mode: str, name: str) -> None:
    assert texts(tarred({"a.txt": b"One."}, mode), name) == {f"{name}!a.txt": "One."}


@pytest.mark.parametrize("library", [gzip, bz2, lzma])
def test_a_compressed_file(library: object) -> None:
    data = library.compress(b"One.")  # type: ignore[attr-defined]
    assert texts(data, "a.txt.gz") == {"a.txt.gz!a.txt": "One."}


def test_archives_in_archives() -> None:
    data = tarred({"in.zip": zipped({"a.txt": "One."})}, "w:gz")
    assert texts(data, "x.tgz") == {"x.tgz!in.zip!a.txt": "One."}


def test_the_id_of_a_member_is_that_of_its_bytes() -> None:
    (inside,) = documents(zipped({"a.txt": "One."}), "x.zip")
    (alone,) = documents(b"One.", "a.txt")
    assert inside.id == alone.id


def test_a_sidecar_in_an_archive_tells_of_the_member_beside_it() -> None:
    data = zipped({"a.txt": "One.", "a.txt.toml": "published = 2020-02-03"})
    (found,) = documents(data, "x.zip")
    assert (found.published, found.published_from) == ("2020-02-03", "sidecar")


def test_what_systems_leave_in_archives_is_not_looked_at() -> None:
    data = zipped({"a.txt": "One.", "__MACOSX/._a.txt": "x", ".DS_Store": "x"})
    assert list(texts(data, "x.zip")) == ["x.zip!a.txt"]


def test_members_that_cannot_be_read_are_told_by_a_document_for_the_archive() -> None:
    data = zipped({"a.txt": "One.", "b.png": b"\x89PNG\r\n", "c.pdf": "%PDF-1.4"})
    good, archive = documents(data, "x.zip")
    assert good.text == "One."
    assert (archive.path, archive.text) == ("x.zip", "")
    assert [w.split(":")[1].strip() for w in archive.warnings] == ["b.png", "c.pdf"]


def test_an_archive_in_which_nothing_can_be_read_is_refused_with_the_reason() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        documents(zipped({"c.pdf": "%PDF-1.4"}), "x.zip")


def test_a_member_with_a_password_is_told() -> None:
    data = bytearray(zipped({"a.txt": "One.", "b.txt": "Two."}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    good, archive = documents(bytes(data), "x.zip")
    assert good.text == "Two."
    assert archive.warnings == ("not read: a.txt: password-protected",)


def test_a_member_that_would_grow_a_thousandfold_is_not_unpacked() -> None:
    data = zipped({"a.txt": "One.", "bomb.txt": b" " * 40_000_000})
    good, archive = documents(data, "x.zip")
    assert good.text == "One."
    assert "ZIP bomb" in archive.warnings[0]


def test_no_more_is_unpacked_than_allowed() -> None:
    data = zipped({f"{n}.txt": "open " * 2_000 for n in range(20)})
    found = documents(data, "x.zip", Options(max_unpacked=50_000))
    assert sum(len(d.text) for d in found) <= 60_000
    assert any("unpacks to more" in w for w in found[-1].warnings)


def test_no_more_documents_come_out_of_one_file_than_allowed() -> None:
    data = zipped({f"{n}.txt": f"Number {n}." for n in range(20)})
    found = documents(data, "x.zip", Options(max_members=5))
    assert len([d for d in found if d.text]) == 5
    assert any("more than 5 documents" in w for w in found[-1].warnings)


def test_archives_nested_too_deeply_are_told() -> None:
    data = b"One."
    for n in range(12):
        data = zipped({f"{n}.zip" if n else "a.txt": data})
    with pytest.raises(UnreadableError, match="containers in one another"):
        documents(data, "x.zip")


def test_ten_thousand_nested_folders_in_an_archive_do_no_harm() -> None:
    data = tarred({"a/" * 10_000 + "one.txt": b"One."})
    assert [d.text for d in documents(data, "x.tar")] == ["One."]


def test_a_cut_off_archive_gives_what_it_holds() -> None:
    whole = tarred({"a.txt": b"One.", "b.txt": b"Two." * 5_000})
    found = documents(whole[:3_000], "x.tar")
    assert found[0].text == "One."
    assert any("cut-off" in w for w in found[-1].warnings)


@pytest.mark.parametrize("library", [gzip, lzma])
def test_of_a_cut_off_compressed_file_the_beginning_is_read(library: ModuleType) -> None:
    text = "".join(f"Line {n} says that the port is open.\n" for n in range(2_000))
    packed = library.compress(text.encode())
    (found,) = documents(packed[: len(packed) // 2], f"a.txt.{library.__name__[:2]}")
    assert text.startswith(found.text[:-1])
    assert len(found.text) > 1_000
    assert found.warnings == ("read in part: damaged or cut off",)


def test_the_time_that_others_take_for_a_document_is_not_that_of_its_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("gulfbrief.read.parts.time.monotonic", lambda: now[0])
    data = zipped({f"{n}.txt": f"Text {n}." for n in range(3)})
    found = []
    for document in read_bytes(data, "x.zip", Options(max_seconds=60)):
        found.append(document)
        now[0] += 50
    assert len(found) == 3


def test_time_is_a_limit_too() -> None:
    data = zipped({f"{n}.txt": "Text." for n in range(5)})
    options = replace(Options(), max_seconds=-1.0)
    assert any("seconds" in w for d in documents(data, "x.zip", options) for w in d.warnings)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\nb.txt", "a\x1b[31m.txt"])
def test_odd_names_of_members_stay_names(name: str) -> None:
    (found,) = documents(tarred({name: b"One."}), "x.tar")
    assert found.text == "One."
    assert found.path.startswith("x.tar!")


# ---- web archives ----------------------------------------------------------------------------

PAGE = "<html><body><h1>Ports open again today</h1><p>They are open.</p></body></html>"


def record(address: str, body: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-10-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_web_archive(packed: bool) -> None:
    pytest.importorskip("warcio")
    records = [
        record("https://news.example/a", PAGE),
        record("https://news.example/b", "gone", "404 Not Found"),
        record("https://news.example/c.png", "x", kind="image/png"),
    ]
    data = b"".join(map(gzip.compress, records) if packed else records)
    (found,) = documents(data, "x.warc.gz" if packed else "x.warc")
    assert found.path.endswith("!https://news.example/a")
    assert found.url == "https://news.example/a"
    assert found.title == "Ports open again today"


def test_the_day_a_page_was_fetched_is_not_its_day_of_publication() -> None:
    pytest.importorskip("warcio")
    (found,) = documents(record("https://news.example/a", PAGE), "x.warc")
    assert found.published is None
