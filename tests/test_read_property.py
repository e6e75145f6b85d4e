"""What holds for every reader and any bytes: documents whose offsets hold, or one reason."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_maker import Sheet, pdf
from zip_maker import docx, epub, odt, paragraph, zipped

from gulfbrief.errors import UnreadableError
from gulfbrief.read import Options, read_bytes

MAIL = (
    b"From: Rana <r@example.org>\nDate: Tue, 12 Nov 2019 23:50:11 +0400\n"
    b"Subject: =?utf-8?q?P=C3=A9?=\n"
    b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\n\nNo.\n> Open?\n'
    b"--B\nContent-Type: text/html; name=a.html\nContent-Disposition: attachment\n\n"
    b"<p>Open.</p>\n--B--\n"
)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><h1>Ports</h1><p>Open.</p></html>"
SAMPLES = {
    "a.txt": "“We won’t wait,” he said.\nMUSCAT, July 2, 2021 (AP) - Open.\n".encode(),
    "b.txt": "Порт открыт, сказал министр в понедельник.".encode("koi8-r"),
    "a.md": b"---\ntitle: Ports\ndate: 2020-02-03\ntags: [a, b]\n---\n\n# Ports\n\nOpen.\n",
    "a.html": b'<html><head><meta property="og:title" content="Ports">'
    b'<script type="application/ld+json">'
    b'{"@type":"NewsArticle","datePublished":"2020-02-03"}</script></head><body><h1>Ports</h1>'
    b"<table><tr><td><p>Open.</p></td></tr></table><p>Closed.</p></body></html>",
    "a.pdf": pdf(
        [
            Sheet().put(72, 800, "Ports").column(72, 700, ["The port is o-", "pen. And", "so on."]),
            Sheet().put(72, 800, "Ports").column(72, 700, ["Page two tells no more of it."]),
        ],
        {"Title": "Ports", "CreationDate": "D:20200203"},
    ),
    "a.docx": docx(paragraph("Open."), "<dc:title>Ports</dc:title>"),
    "a.odt": odt("<text:h>Ports</text:h><text:p>Open.</text:p>", "<dc:title>Ports</dc:title>"),
    "a.epub": epub(
        {"a.xhtml": "<p>Open.</p>", "b.xhtml": "<p>Closed.</p>"}, "<dc:date>2020-02-03</dc:date>"
    ),
    "a.rtf": rb"{\rtf1\ansi{\info{\title Ports}{\creatim\yr2020\mo2\dy3}}\'93Open\'94 \u8212?\par}",
    "a.eml": MAIL,
    "a.mbox": b"From r@example.org Tue Nov 12 23:50:11 2019\n" + MAIL + b"\nFrom x 2019\n" + MAIL,
    "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\n<i>Open.</i>\n\n"
    b"2\n00:00:03,000 --> 00:00:04,000\nYes.\n",
    "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Haddad>Open.\n\n"
    b"00:02.000 --> 00:03.000\nYes.\n",
    "a.csv": b'date,title,text\n03/02/2020,Ports,"Open, he said"\n25/02/2020,Ports,Closed\n',
    "a.json": b'{"articles": [{"title": "Ports", "body": "<p>Open.</p><p>x</p>", '
    b'"date": 1580716800}]}',
    "a.jsonl": b'{"text": "Open.", "tags": "a;b"}\n{"text": "Closed."}\n',
    "a.zip": zipped({"a.txt": "Open.", "a.txt.toml": "title = 'T'", "b.html": "<p>Open.</p>"}),
    "a.txt.gz": gzip.compress(b"Open."),
    "a.warc": b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a/b\r\nContent-Type: "
    b"application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(HTTP), HTTP),
}  # fmt: skip

EDITS = st.lists(
    st.tuples(
        st.sampled_from(("set", "cut", "insert", "copy", "end")),
        st.floats(0, 1, exclude_max=True),
        st.binary(min_size=1, max_size=12),
        st.integers(1, 60),
    ),
    max_size=6,
)


def mutated(data: bytes, edits: list[tuple[str, float, bytes, int]]) -> bytes:
    for how, where, some, count in edits:
        at = int(where * len(data))
        if how == "set":
            data = data[:at] + some + data[at + len(some) :]
        elif how == "cut":
            data = data[:at] + data[at + count :]
        elif how == "insert":
            data = data[:at] + some * count + data[at:]
        elif how == "copy":
            data = data[:at] + data[at // 2 : at // 2 + count] + data[at:]
        else:
            data = data[:at]
    return data


def check(data: bytes, name: str) -> None:
    found, reason = [], "read"
    try:
        found = list(read_bytes(data, name, Options(max_seconds=10)))
    except UnreadableError as error:
        reason = str(error)
    assert reason.encode()
    assert found or reason != "read"
    for document in found:
        length = len(document.text)
        assert list(document.pages) == sorted(document.pages)
        assert all(0 <= page <= length for page in document.pages)
        assert all(0 <= a < b <= length for a, b in document.quoted)
        assert all(a[1] <= b[0] for a, b in zip(document.quoted, document.quoted[1:], strict=False))
        assert document.path.startswith(name)
        assert (document.published is None) == (document.published_from is None)
        told = (document.title, document.author, document.url, *document.tags, *document.warnings)
        for text in (document.path, document.text, *told):
            (text or "").encode()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_sample_is_read_whole(name: str) -> None:
    check(SAMPLES[name], name)
    assert not any(
        "damaged" in warning or "could not" in warning
        for document in read_bytes(SAMPLES[name], name)
        for warning in document.warnings
    )


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_changed_bytes_give_documents_that_hold_or_a_reason(
    name: str, edits: list[tuple[str, float, bytes, int]]
) -> None:
    check(mutated(SAMPLES[name], edits), name)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=300), head=st.booleans())
def test_any_bytes_give_documents_that_hold_or_a_reason(name: str, data: bytes, head: bool) -> None:
    check(SAMPLES[name][:8] + data if head else data, name)


@settings(max_examples=100)
@given(st.text(max_size=400))
def test_any_text_gives_a_document_that_holds(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), "a.txt")
    check(text.encode("utf-8", "surrogatepass"), "a.md")


@settings(max_examples=100)
@given(st.text(alphabet=st.characters(), min_size=1, max_size=30))
def test_any_name_gives_a_path_that_can_be_stored(name: str) -> None:
    (found,) = read_bytes(b"The port is open.", f"{name}.txt")
    assert found.path.encode()
