"""Family names found again: who is once named in full is found wherever the family name stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from ...fold import fold
from ...model import Mention
from ..names.gazetteer import cues, gazetteer
from ..text import Text
from ..text.verb_groups import lexicon as verb_lexicon
from .aliases import PARTICLES
from .organisation_names import MINOR

_DATES = frozenset(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday".split()
)
_NO_NAME_AFTER = frozenset(
    "in on of by the last next this a an to from until since early late".split()
)
_SPEAKS = re.compile(r" (?:(?:had|has|also) )?(?:said|says|told|tells|added|replied|warned)\b")
_TURNED = re.compile(r"[,.?!][”\"’'] (?:said|says|added|insisted|replied|warned|asked|argued) $")
_CITED = re.compile(r"\b(?:quot|cit|paraphras|interview)(?:ed|ing) $")
_SO = re.compile(r"(?:[:,]? [“\"‘]|:| as saying)")
_SIGNED = re.compile(r"[—–-] ?(?P<by>[A-Z][a-zé’'-]+(?: [A-Z][a-zé’'-]+){1,2}) \(@\w{1,15}\)")
_PRESS = frozenset(  # nouns that close the name of a paper and stand for it: "the Journal"
    "times post journal herald tribune gazette globe observer mail telegraph monitor chronicle "
    "examiner courier standard inquirer dispatch register".split()
)
_OFFICES = frozenset(
    "President Senator Governor Mayor Judge Chancellor Congressman Congresswoman".split()
)
_NO_BODY = frozenset(  # closes the names of what has initials and is no body
    "act bill law unit pay system test zone progress rate disorder disease policy rule vehicle "
    "loan missile reactor index area syndrome device contract standard standards credit".split()
)
_CIVIL = frozenset(("mr", "mrs", "ms", "dr"))
_INITIALS = re.compile(r"(?<=\w )\(([A-Z]{3,7})\)")
_KOREAN = re.compile(r"[A-Z][a-z]+-[a-z]+")


def people_by_role(text: Text, mentions: list[Mention], roles: frozenset[str]) -> list[Mention]:
    """``mentions`` in which a name behind a role noun is a person's ("politician Amina Sow"), even
    where ``names.find`` took it for an organisation: its first word is a given name, no lexicon has
    it."""
    raw, given = text.text, gazetteer().given
    out = mentions
    for k, m in enumerate(mentions):
        if m.type not in ("organisation", "place") or m.actor is not None or " " not in m.text:
            continue
        before = raw[max(0, m.start - 20) : m.start].split(" ")
        if len(before) < 2 or before[-1] or before[-2].lower() not in roles:
            continue
        if fold(m.text.split(" ", 1)[0]) in given:
            out = list(out) if out is mentions else out
            out[k] = replace(m, type="person", head=m.text.rsplit(None, 1)[1])
    return out


def titled(text: Text, mentions: list[Mention], words: frozenset[str]) -> list[Mention]:
    """``mentions`` with the single names behind an office that a word of the language hides:
    "President Field, ...". ``words`` are those of roles and organisations, which are no names
    there."""
    tokens, lower = text.tokens, text.lower
    starts = [m.start for m in mentions]
    added: list[Mention] = []
    for i in [i for i, word in enumerate(tokens) if word in _OFFICES]:
        if i + 2 >= len(tokens) or not _joined(text, i):
            continue
        name, after = tokens[i + 1], tokens[i + 2]
        plain = name.istitle() and name.isalpha() and len(name) > 2 and lower[i + 1] not in words
        if not plain or (after[:1].isupper() and _joined(text, i + 1)):
            continue
        begin, end = text.starts[i], text.ends[i + 1]
        k = bisect_right(starts, end - 1) - 1
        if k < 0 or mentions[k].end <= begin:
            begin = text.starts[i + 1]
            added.append(Mention(begin, end, name, "person", "name", None, name))
    return sorted([*mentions, *added], key=lambda m: m.start) if added else mentions


def papers(text: Text, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with papers called by the last word of their name: "the Journal"."""
    raw = text.text
    known = {m.text.rsplit(None, 1)[-1] for m in mentions if m.type == "organisation"}
    nouns = {n for n in known if n.lower() in _PRESS and n.istitle()}
    if not nouns:
        return mentions
    starts = [m.start for m in mentions]
    added: list[Mention] = []
    for i in [i for i, word in enumerate(text.tokens) if word in nouns]:
        begin, end = text.starts[i], text.ends[i]
        k = bisect_right(starts, begin) - 1
        free = (k < 0 or mentions[k].end <= begin) and i > 0 and text.lower[i - 1] == "the"
        if free and not (i + 1 < len(text.tokens) and text.tokens[i + 1][:1].isupper()):
            added.append(Mention(begin, end, raw[begin:end], "organisation", "name", None, None))
    return sorted([*mentions, *added], key=lambda m: m.start) if added else mentions


def relatives(text: Text, mentions: list[Mention], kin: frozenset[str]) -> list[Mention]:
    """``mentions`` with the given names behind a noun of kinship: "Haddad's daughter Eva"."""
    given, tokens, lower = gazetteer().given, text.tokens, text.lower
    starts = [m.start for m in mentions]
    added: list[Mention] = []
    for i in [i for i, word in enumerate(lower) if word in kin]:
        if i + 2 >= len(lower) or i == 0 or not _joined(text, i) or not tokens[i + 1].istitle():
            continue
        owned = lower[i - 1] in ("his", "her", "their") or lower[i - 1][-2:] in ("'s", "’s", "s'")
        begin, end = text.starts[i + 1], text.ends[i + 1]
        k = bisect_right(starts, begin) - 1
        free = k < 0 or mentions[k].end <= begin
        if owned and free and fold(lower[i + 1]) in given and not tokens[i + 2].istitle():
            name = text.text[begin:end]
            added.append(Mention(begin, end, name, "person", "name", None, name))
    return sorted([*mentions, *added], key=lambda m: m.start) if added else mentions


def signatories(text: Text, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with the people who sign a post that a page embeds: "— Otto Lund (@lund)"."""
    raw = text.text
    if "(@" not in raw:
        return mentions
    starts = [m.start for m in mentions]
    added: list[Mention] = []
    for found in _SIGNED.finditer(raw):
        begin, end = found.span("by")
        k = bisect_right(starts, end - 1) - 1
        if k < 0 or mentions[k].end <= begin:
            name = found["by"]
            last = name.rsplit(None, 1)[-1]
            if last.lower() not in cues()["organisation_head"]:
                added.append(Mention(begin, end, name, "person", "name", None, last))
    return sorted([*mentions, *added], key=lambda m: m.start) if added else mentions


def people_by_speech(text: Text, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` in which an unknown name that speaks is no place but a person ("Rostami had told
    him", "“...,” insisted Rostami"). A city of the gazetteer stays one, but for the second."""
    raw, cities = text.text, gazetteer().cities
    out = mentions
    for k, m in enumerate(mentions):
        if m.type != "place" or m.actor is not None:
            continue
        cited = _CITED.search(raw, max(0, m.start - 16), m.start) and _SO.match(raw, m.end)
        turned = _TURNED.search(raw, max(0, m.start - 24), m.start)
        speaks = m.text not in cities and _SPEAKS.match(raw, m.end, m.end + 24)
        if cited or turned or speaks:
            out = list(out) if out is mentions else out
            out[k] = replace(m, type="person", head=m.text.rsplit(None, 1)[-1])
    return out


def bracketed_initialisms(text: Text, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with the organisations that their initials in brackets prove: "Board for Wooden
    Bridges (BWB)". One that a lexicon knows, or that has a person in it, stays as it is."""
    raw, tokens, starts, lower = text.text, text.tokens, text.starts, text.lower
    begins = [m.start for m in mentions]
    gone: set[int] = set()
    new: list[Mention] = []
    for found in _INITIALS.finditer(raw):
        letters, last = found.group(1), text.token_at(found.start()) - 1
        first, left = last + 1, list(letters.lower())
        while left and first > 0 and last - first < 10 and _joined(text, first - 1):
            word = tokens[first - 1]
            if word[0].isupper() and word[0].lower() == left[-1]:
                left.pop()
            elif word.lower() not in MINOR:
                break
            first -= 1
        if left or first > last or not tokens[first][0].isupper():
            continue
        if lower[last] in cues()["other_head"] or lower[last] in _NO_BODY:
            continue
        start, end = starts[first], text.ends[last]
        k = max(0, bisect_right(begins, start) - 1)
        within = range(k, bisect_right(begins, found.end()))
        inside = [n for n in within if mentions[n].start < end and start < mentions[n].end]
        held = [mentions[n] for n in inside]
        if any(m.type == "person" or m.start < start or m.end > end for m in held):
            continue
        if any(m.type == "organisation" and m.actor for m in held):
            continue
        gone.update(inside)
        new.append(Mention(start, end, raw[start:end], "organisation", "name", None, None))
        a, b = found.span(1)
        if not any(mentions[n].start <= a < mentions[n].end for n in within):
            new.append(Mention(a, b, letters, "organisation", "name", None, None))
    if not new:
        return mentions
    kept = [m for n, m in enumerate(mentions) if n not in gone]
    return sorted([*kept, *new], key=lambda m: m.start)


def propagate_surnames(text: Text, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with the family names that were left out, in order, none overlapping another.

    A word is a family name again where a person of the document bears it as the last word of a
    full name, or is called by it alone more than once; a word of the common language only within a
    sentence or before a finite verb. A place or organisation of that one word that no lexicon knows
    becomes the person of a full name.
    """
    family: dict[str, str] = {}
    for mention in mentions:
        if mention.type == "person" and " " in mention.text:
            last = mention.text.rsplit(None, 1)[1]
            if _KOREAN.fullmatch(last):  # family name first
                last = mention.text.split(None, 1)[0]
            if len(last) > 1 and last[0].isalpha():
                for form in (last, last[0].upper() + last[1:]):
                    for tail in ("", "'s", "’s"):
                        family[form + tail] = form
    bare = Counter(m.text for m in mentions if m.type == "person" and " " not in m.text)
    called = {name: name for name, n in bare.items() if n > 1 and name.istitle() and len(name) > 1}
    if not family and not called:
        return mentions
    leading = _leading(mentions)
    mentions = [
        replace(m, type="person", head=m.text)
        if m.type in ("organisation", "place")
        and m.actor is None
        and (m.text in family or (m.text in leading and _SPEAKS.match(text.text, m.end)))
        else m
        for m in mentions
    ]
    family = called | family
    tokens = text.tokens
    hits = [i for i, word in enumerate(tokens) if word in family]
    starts = [m.start for m in mentions]
    added: list[Mention] = []
    for i in hits:
        first = i
        begin, name = text.starts[i], family[tokens[i]]
        end = begin + len(name)
        k = bisect_right(starts, begin) - 1
        if (k >= 0 and mentions[k].end > begin) or not _name_here(text, i):
            continue
        while first > 0 and text.lower[first - 1] in PARTICLES and _joined(text, first - 1):
            first -= 1
        begin = text.starts[first]
        if k >= 0 and mentions[k].end > begin:
            begin = text.starts[i]
        words = text.text[begin:end]
        added.append(Mention(begin, end, words, "person", "name", None, name))
    if not added:
        return mentions
    return sorted([*mentions, *added], key=lambda m: m.start)


def _leading(mentions: list[Mention]) -> set[str]:
    """The first words of full names that are no given names: family names that stand first."""
    given = gazetteer().given
    firsts = {m.text.split(None, 1)[0] for m in mentions if m.type == "person" and " " in m.text}
    return {first for first in firsts if fold(first) not in given}


def _joined(text: Text, i: int) -> bool:
    return text.text[text.ends[i] : text.starts[i + 1]] == " "


def _name_here(text: Text, i: int) -> bool:
    """Whether the word at token ``i`` can be a name where it stands."""
    word = text.lower[i].removesuffix("'s").removesuffix("’s")
    if word in cues()["title"] and _before_name(text, i):
        return False
    if word not in gazetteer().words:
        return text.tokens[i][0].isupper() or "-" in word
    if i > 1 and text.tokens[i - 1] == "." and text.lower[i - 2] in _CIVIL:
        return True
    if i == 0 or not _joined(text, i - 1):
        return word not in _DATES and text.tokens[i][0].isupper() and _acts(text, i)
    before = text.lower[i - 1]
    return before.isalpha() and before not in _NO_NAME_AFTER and word not in _DATES


def _before_name(text: Text, i: int) -> bool:
    """Whether another name follows the word at token ``i``: a title and its bearer."""
    after = i + 1
    if after >= len(text.tokens) or not _joined(text, i) or text.ends[i] - text.starts[i] < 3:
        return False
    own = text.tokens[i].endswith(("'s", "’s"))
    return not own and text.tokens[after][0].isupper() and text.lower[after] not in _DATES


def _acts(text: Text, i: int) -> bool:
    """Whether a finite verb follows token ``i``: the subject of a sentence that it opens."""
    verbs = verb_lexicon()
    after = text.lower[i + 1] if i + 1 < len(text.lower) and _joined(text, i) else ""
    finite = after in verbs.past or after in verbs["auxiliary"] or after in verbs["modal"]
    both = after == "and" and i + 2 < len(text.tokens) and text.tokens[i + 2][:1].isupper()
    return finite or both or after == "says" or (after.endswith("ed") and len(after) > 4)
