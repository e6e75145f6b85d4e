"""Mails and mailboxes: each message a document, its attachments too, quoted replies told apart."""

from __future__ import annotations

import base64
import tomllib
from pathlib import Path

import pytest
from pdf_maker import Sheet, pdf

from gulfbrief.find import find
from gulfbrief.model import Document
from gulfbrief.read import Options, read_bytes

HEAD = (
    "From: Rana Qasim <rana@example.org>\nDate: Tue, 12 Nov 2019 23:50:11 +0400\nSubject: Ports\n"
)


REPLIES = tomllib.loads((Path(__file__).parent / "data" / "replies.toml").read_text("utf-8"))


def documents(
    raw: str | bytes, name: str = "a.eml", options: Options = Options()
) -> list[Document]:
    return list(read_bytes(raw.encode() if isinstance(raw, str) else raw, name, options))


def message(body: str, headers: str = "") -> Document:
    (found,) = documents(f"{HEAD}{headers}\n{body}")
    return found


def reply(body: str, subject: str = "Re: Ports") -> Document:
    (found,) = documents(f"From: r@example.org\nTo: s@example.org\nSubject: {subject}\n\n{body}")
    return found


def quoted(document: Document) -> list[str]:
    return [document.text[a:b] for a, b in document.quoted]


def multipart(*parts: str, kind: str = "mixed", boundary: str = "B") -> str:
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    kind = f'Content-Type: multipart/{kind}; boundary="{boundary}"'
    return f"{HEAD}MIME-Version: 1.0\n{kind}\n\n{body}--{boundary}--\n"


def attachment(name: str, kind: str, data: bytes) -> str:
    return (
        f'Content-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="{name}"\n\n'
        + base64.encodebytes(data).decode()
    )


PLAIN = "Content-Type: text/plain; charset=utf-8\n\nThe port is open."


def test_subject_sender_and_day() -> None:
    found = message("The port is open.")
    assert (found.title, found.author, found.published) == ("Ports", "Rana Qasim", "2019-11-12")
    assert found.text == "The port is open."


@pytest.mark.parametrize(
    "subject",
    ["=?utf-8?q?The_port_=E2=80=93_open?=", "=?utf-8?b?VGhlIHBvcnQg4oCTIG9wZW4=?=",
     "=?windows-1252?q?The_port_=96?=\n =?windows-1252?q?_open?="],
)  # fmt: skip
def test_an_encoded_subject_is_decoded(subject: str) -> None:
    (found,) = documents(f"From: a@example.org\nSubject: {subject}\n\nText.")
    assert found.title == "The port – open"


@pytest.mark.parametrize("encoding", ["utf-8", "koi8-r", "windows-1251"])
def test_a_subject_in_bare_bytes_is_decoded(encoding: str) -> None:
    subject = "Порт открыт, сказал министр в понедельник"
    (found,) = documents(f"From: a@example.org\nSubject: {subject}\n\nText.".encode(encoding))
    assert found.title == subject


def test_a_sender_without_a_name_is_known_by_the_address() -> None:
    (found,) = documents("From: a@example.org\nTo: b@example.org\nSubject: x\n\nText.")
    assert found.author == "a@example.org"


def test_the_body_is_decoded_by_its_transfer_encoding_and_charset() -> None:
    headers = (
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=windows-1252\n"
        "Content-Transfer-Encoding: quoted-printable\n"
    )
    assert message("We won=92t wait =96 not=\n now.", headers).text == "We won’t wait – not now."


def test_of_two_versions_the_plain_one_is_read() -> None:
    html = "Content-Type: text/html\n\n<p>The port is <b>open</b>.</p>"
    (found,) = documents(multipart(PLAIN, html, kind="alternative"))
    assert found.text == "The port is open."


def test_of_an_html_mail_the_text_is_read() -> None:
    html = "<html><body><p>The port is <b>open</b>.</p><p>Bye</p></body></html>"
    assert message(html, "Content-Type: text/html\n").text == "The port is open.\n\nBye"


def test_flowed_lines_are_joined() -> None:
    headers = "Content-Type: text/plain; format=flowed\n"
    text = message("The port \nis open.\nBye\n> Is it \n> open?", headers).text
    assert text == "The port is open.\nBye\n> Is it open?"


# ---- quoted replies ----------------------------------------------------------------------------


def test_a_reply_below_the_answer_is_quoted_with_the_line_that_introduces_it() -> None:
    found = reply("No.\n\nOn Mon, 11 Nov 2019, Saleh wrote:\n> Will you sail?\n> Or not?\n\nRana")
    assert quoted(found) == ["On Mon, 11 Nov 2019, Saleh wrote:\n> Will you sail?\n> Or not?\n"]


def test_answers_between_the_lines_are_new_text() -> None:
    found = reply("> Will you sail?\nNo.\n> Why?\nThe wind.")
    assert quoted(found) == ["> Will you sail?\n", "> Why?\n"]


def test_what_outlook_repeats_is_quoted_to_the_end() -> None:
    old = "-----Original Message-----\nFrom: Saleh\nSent: Monday\nSubject: Ports\n\nWill you sail?"
    assert quoted(reply(f"No.\n\n{old}")) == [old]


@pytest.mark.parametrize("name", REPLIES)
def test_what_the_mail_programs_of_many_languages_repeat_is_quoted(name: str) -> None:
    case = REPLIES[name]
    found = reply(case["body"], case["subject"])
    assert "".join(quoted(found)).strip() == case["quoted"].strip()


def test_what_a_mail_passes_on_is_not_quoted() -> None:
    old = "-----Original Message-----\nFrom: Saleh\nSent: Monday\nSubject: Ports\n\nThey open."
    (found,) = documents(f"From: a@b\nTo: c@d\nSubject: FW: Ports\n\nSee below.\n\n{old}")
    assert found.quoted == ()


def test_a_block_quotation_of_an_html_mail_that_answers_another_is_quoted() -> None:
    html = "<p>No.</p><blockquote><p>Will you sail?</p></blockquote>"
    found = message(html, "In-Reply-To: <1@example.org>\nContent-Type: text/html\n")
    assert quoted(found) == ["> Will you sail?"]


def test_a_block_quotation_of_a_mail_that_answers_none_is_its_own_text() -> None:
    html = "<p>He said:</p><blockquote><p>We will sail.</p></blockquote>"
    found = message(html, "Content-Type: text/html\n")
    assert (found.text, found.quoted) == ("He said:\n\nWe will sail.", ())


def test_a_passed_on_mail_without_a_prefix_is_not_quoted() -> None:
    old = "From: Press <p@example.org>\nSent: Monday\nTo: Rana\nSubject: Ports\n\nThey open."
    assert reply(f"For you.\n\n{old}", "Ports").quoted == ()


def test_lines_marked_as_quoted_in_a_mail_that_answers_none_are_its_own() -> None:
    assert reply("He said:\n\n> We will sail.\n", "Newsletter").quoted == ()


def test_nothing_is_found_in_what_a_mail_repeats() -> None:
    mail = (
        "“I doubt it,” Minister Salim Haddad said yesterday.\n\n"
        "On Mon, 11 Nov 2019, Saleh Noor wrote:\n"
        "> “The port will open,” Envoy Rana Aziz said on Friday.\n"
    )
    (found,) = documents(f"{HEAD.replace('Ports', 'Re: Ports')}\n{mail}")
    findings = find(found)
    assert [q.content for q in findings.quotes] == ["I doubt it"]
    assert [d.text for d in findings.dates] == ["yesterday"]
    assert [e.date.edtf for e in findings.events] == ["2019-11-11"]
    assert {m.text for m in findings.mentions} == {"Salim Haddad"}
    assert [a.name for a in findings.actors] == ["Salim Haddad"]


def test_no_finding_reaches_over_what_is_repeated() -> None:
    (found,) = documents(
        f"{HEAD.replace('Ports', 'Re: Ports')}\n"
        "“The port will open, he said.\n> “No,” Rana said.\n“It will not,” he said.\n"
    )
    (start, end) = found.quoted[0]
    findings = find(found)
    for each in (*findings.quotes, *findings.events, *findings.mentions, *findings.dates):
        assert each.end <= start or end <= each.start
    for quote in findings.quotes:
        assert found.text[quote.start : quote.end].startswith(quote.content[:5])


def test_a_mail_that_repeats_nothing_has_no_quoted_parts() -> None:
    assert message("He wrote: the port is open.\n\nFrom here on it is.").quoted == ()


# ---- attachments -------------------------------------------------------------------------------


def test_attachments_are_documents_of_their_own() -> None:
    paper = pdf([Sheet().column(72, 700, ["The paper says that the port", "is open."])])
    found = documents(
        multipart(
            PLAIN,
            attachment("paper.pdf", "application/pdf", paper),
            attachment("note.txt", "text/plain", b"A note."),
        )
    )
    assert {d.path: d.text for d in found} == {
        "a.eml": "The port is open.",
        "a.eml!paper.pdf": "The paper says that the port is open.",
        "a.eml!note.txt": "A note.",
    }


def test_a_forwarded_message_is_a_document_with_its_own_day() -> None:
    inner = "From: b@example.org\nDate: 1 Oct 2019 10:00 +0000\nSubject: Old\n\nOld text."
    raw = multipart(PLAIN, f"Content-Type: message/rfc822\n\n{inner}")
    assert {d.title: d.published for d in documents(raw)} == {
        "Old": "2019-10-01",
        "Ports": "2019-11-12",
    }


def test_an_attachment_that_cannot_be_read_is_told_by_the_mail() -> None:
    raw = multipart(PLAIN, attachment("x.pdf", "application/pdf", b"%PDF-1.4 nonsense"))
    (found,) = documents(raw)
    assert found.text == "The port is open."
    assert any(w.startswith("not read: x.pdf: damaged") for w in found.warnings)


def test_an_attachment_beyond_the_limit_is_left_out_and_told() -> None:
    raw = multipart(PLAIN, attachment("x.txt", "text/plain", b"open " * 20_000))
    (found,) = documents(raw, options=Options(max_bytes=90_000))
    assert found.text == "The port is open."
    assert any(w.startswith("not read: x.txt: an attachment that goes on") for w in found.warnings)


LETTERS = "".join(f"Line {n} says that the port is open.\n" for n in range(60_000)).encode()


def test_a_large_attachment_is_read_whole() -> None:
    raw = multipart(PLAIN, attachment("x.txt", "text/plain", LETTERS))
    assert {d.path: d.text for d in documents(raw)} == {
        "a.eml": "The port is open.",
        "a.eml!x.txt": LETTERS.decode(),
    }


def test_a_large_attachment_of_a_forwarded_mail_is_read_whole() -> None:
    inner = multipart(PLAIN, attachment("x.txt", "text/plain", LETTERS), boundary="C")
    raw = multipart(PLAIN, f"Content-Type: message/rfc822\n\n{inner}")
    assert LETTERS.decode() in [d.text for d in documents(raw)]


def test_a_large_body_in_base64_is_read_whole() -> None:
    headers = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n"
    body = base64.encodebytes(LETTERS).decode()
    assert message(body, headers).text == LETTERS.decode().strip("\n")


def test_lines_like_base64_in_a_plain_body_stay() -> None:
    lines = "".join(f"{n:060}\n" for n in range(30_000))
    assert "".join(message(lines).text.split()) == "".join(lines.split())


def test_what_stands_behind_an_attachment_that_is_too_large_is_read() -> None:
    large = attachment("film.bin", "application/octet-stream", bytes(4_000_000))
    raw = multipart(PLAIN, large, attachment("note.txt", "text/plain", b"A note."))
    found = documents(raw, options=Options(max_bytes=3_000_000))
    assert {d.path: d.text for d in found} == {
        "a.eml": "The port is open.",
        "a.eml!note.txt": "A note.",
    }
    assert "not read: film.bin: an attachment of 4 MB is too large" in found[-1].warnings


def test_a_mail_whose_last_part_lacks_its_end_is_told() -> None:
    raw = multipart(PLAIN).removesuffix("--B--\n")
    (found,) = documents(raw)
    assert found.text == "The port is open."
    assert found.warnings == ("read in part: damaged or cut off",)


def test_mails_in_mails_end_at_the_limit() -> None:
    raw = f"{HEAD}\nInnermost."
    for n in range(50):
        raw = multipart(PLAIN, f"Content-Type: message/rfc822\n\n{raw}", boundary=f"B{n}")
    found = documents(raw)
    assert 1 < len(found) <= Options().max_depth + 1
    assert any("containers in one another" in w for d in found for w in d.warnings)


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_what_is_named_a_mail_and_is_none_is_read_as_what_it_is(name: str) -> None:
    (found,) = documents("\n\nThe port is open.", name)
    assert (found.format, found.text) == ("text", "\n\nThe port is open.")
    assert "but it is text" in found.warnings[0]
    (page,) = documents("<!DOCTYPE html><html><body><p>Open.</p></body></html>", name)
    assert (page.format, page.text) == ("html", "Open.")


def test_two_attachments_of_one_name_have_two_paths() -> None:
    raw = multipart(PLAIN, *(attachment("n.txt", "text/plain", b"Note %d." % n) for n in (1, 2)))
    assert len({d.path for d in documents(raw)}) == 3


def test_a_signature_is_no_attachment() -> None:
    raw = multipart(PLAIN, attachment("signature.asc", "application/pgp-signature", b"iQEzBAE"))
    assert [d.path for d in documents(raw)] == ["a.eml"]


# ---- mailboxes -----------------------------------------------------------------------------------

LINE = "From rana@example.org Tue Nov 12 23:50:11 2019\n"


def test_each_message_of_a_mailbox_is_a_document_named_by_its_number() -> None:
    raw = f"{LINE}{HEAD}\nOne.\n\n{LINE}{HEAD}\nTwo.\n>From here on.\n"
    found = documents(raw, "in.mbox")
    assert [(d.path, d.text) for d in found] == [
        ("in.mbox!1", "One."),
        ("in.mbox!2", "Two.\nFrom here on."),
    ]


def test_a_line_that_begins_with_from_within_a_message_does_not_divide_it() -> None:
    found = documents(f"{LINE}{HEAD}\nOne.\n\nFrom Muscat he went on.\n", "in.mbox")
    assert [d.text for d in found] == ["One.\n\nFrom Muscat he went on."]


def test_the_same_message_in_two_mailboxes_is_one_document() -> None:
    one = documents(f"{LINE}{HEAD}\nOne.\n", "a.mbox")
    two = documents(f"{LINE}{HEAD}\nOne.\n", "b.mbox")
    assert one[0].id == two[0].id


def test_gb2312_is_read_as_what_its_senders_mean_by_it() -> None:
    subject, body = "镕城港口關閉", "船長說：港口關閉。"
    encoded = base64.b64encode(subject.encode("gb18030")).decode()
    head = f"From: a@example.org\nSubject: =?gb2312?B?{encoded}?=\n"
    head += "Content-Type: text/plain; charset=gb2312\n\n"
    (found,) = documents(head.encode() + body.encode("gb18030"))
    assert (found.title, found.text) == (subject, body)
    assert not [w for w in found.warnings if "guessed" in w]
