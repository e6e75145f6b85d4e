"""How an event reads by itself: a pronoun or missing subject replaced by the actor in brackets."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Mention
from .sentence import Sentence

_SUBJECTS = frozenset("he she it they".split())
_POSSESSIVES = frozenset("his her its their".split())
_OPEN = frozenset("i we you this that these those there".split()) | _SUBJECTS | _POSSESSIVES
_TORN = frozenset("who which that whom whose where when while as and or but to of in on".split())


def readable(
    s: Sentence, start: int, end: int, home: int, names: Mapping[str, str]
) -> tuple[str, bool]:
    """The words from ``start`` to ``end`` as a sentence of their own, and whether they stand alone:
    with a subject that is known, and no torn end. ``names`` are the actors' names by key."""
    words = s.text.text[start:end]
    flat = " ".join(words.split())
    lo = s.token(start)
    piece = s.clauses[home]
    chain = s.chain(home)
    first = s.clauses[chain[0]]
    if first.elided and lo >= first.lo - 1 and lo <= (first.groups or piece.groups)[0].start:
        subject = _shared_subject(s, chain[0], names)
        if subject is None:
            return flat, False
        return f"[{subject}] {flat}", _whole(flat)
    at = _subject_token(s, chain[0], lo)
    if at is None:
        return _capital(flat), _whole(flat)
    token = s.lower[at]
    if token not in _OPEN:
        return _capital(flat), _whole(flat)
    offset = s.text.starts[s.first + at]
    if not start <= offset < end:
        return _capital(flat), False
    name = _antecedent(s.mentions, offset, names)
    if name is None:
        return _capital(flat), False
    stop = s.text.ends[s.first + at]
    tail = " ".join(words[stop - start :].split())
    head = " ".join(words[: offset - start].split())
    put = f"[{name}]" + ("’s" if token in _POSSESSIVES else "")
    joined = (
        f"{head} {put} {tail}".strip() if tail[:1].isalnum() or not tail else f"{head} {put}{tail}"
    )
    return _capital(joined.strip()), _whole(flat)


def _subject_token(s: Sentence, i: int, lo: int) -> int | None:
    """The pronoun, or the first word, of the subject of piece ``i``, before its verb."""
    piece = s.clauses[i]
    if not piece.groups:
        return None
    verb = piece.groups[0].start
    begin = max(piece.lo, lo)
    for k in range(verb - 1, max(begin, verb - 12) - 1, -1):
        if s.lower[k] in _SUBJECTS or (s.lower[k] in _POSSESSIVES and k >= begin):
            return k
        if s.tokens[k] == ",":
            break
    k = begin
    while k < verb and not s.tokens[k][0].isalnum():
        k += 1
    return k if k < verb else None


def _antecedent(mentions: object, offset: int, names: Mapping[str, str]) -> str | None:
    for m in mentions:  # type: ignore[attr-defined]
        if isinstance(m, Mention) and m.start == offset and m.actor:
            return names.get(m.actor)
    return None


def _shared_subject(s: Sentence, i: int, names: Mapping[str, str]) -> str | None:
    """The words of the subject that piece ``i`` shares with one before it."""
    piece = s.clauses[i]
    for _ in range(6):
        if piece.parent is None:
            return None
        at = s.chain(piece.parent)[0]
        piece = s.clauses[at]
        if piece.elided:
            continue
        groups = piece.groups
        if not groups:
            return None
        lo, hi = piece.lo, groups[0].start
        if piece.kind in ("relative", "reduced"):
            return None
        lo = max(lo, _after_comma(s, lo, hi))
        while lo < hi and (not s.tokens[lo][0].isalnum() or s.lower[lo] in s.lex["coordinator"]):
            lo += 1
        if lo >= hi:
            return None
        if s.lower[lo] in _OPEN and hi - lo == 1:
            return _antecedent(s.mentions, s.text.starts[s.first + lo], names)
        if hi - lo > 12 or s.lower[lo] in s.lex["preposition"]:
            return None
        start, end = s.text.starts[s.first + lo], s.text.ends[s.first + hi - 1]
        return " ".join(s.text.text[start:end].split()).rstrip(" ,")
    return None


def _after_comma(s: Sentence, lo: int, hi: int) -> int:
    """Where the subject begins behind a fronted phrase: On Friday, | the minister."""
    if s.lower[lo] not in s.lex["preposition"] and lo not in s.date_of:
        return lo
    commas = [k for k in range(lo, hi) if s.tokens[k] == ","]
    return commas[0] + 1 if commas else lo


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _whole(words: str) -> bool:
    """Whether the words end where a clause may end."""
    last = words.rstrip("”\"'’.)").rpartition(" ")[2].lower()
    return last not in _TORN and not words.endswith((",", ":", "—", "-"))
