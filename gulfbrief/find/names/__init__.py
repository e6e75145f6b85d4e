"""Mentions of people, countries, organisations, places and nationalities."""

from __future__ import annotations

from ...fold import fold
from ...model import Mention, MentionType
from ..text import Text
from .evidence import Evidence
from .gazetteer import gazetteer
from .lexicon import Known, Lexicon, load
from .pieces import Cutter, Piece
from .runs import Words

__all__ = ["Known", "Lexicon", "find", "gazetteer", "load"]

_STATE_BEFORE = frozenset("in near outside from to around across through at of".split())


def find(text: Text, lexicon: Lexicon | None = None) -> list[Mention]:
    """All names in order of the text, none overlapping another.

    Titles are not part of a person's name, nor is a possessive ending. ``actor`` is set where the
    lexicon knows the name; ``head`` is a person's family name.
    """
    lexicon = lexicon or load()
    words = Words(text)
    evidence = Evidence(words)
    pieces = list(Cutter(words, lexicon).pieces())
    for piece in pieces:
        if piece.kind == "name" and not piece.headline:
            evidence.add(piece)
    kinds: dict[str, tuple[str, float]] = {}
    heads: dict[str, str] = {}
    parts_of: dict[str, list[str]] = {}
    for piece in pieces:
        if piece.kind != "name" or piece.headline:
            continue
        name = evidence.name(piece)
        if name in kinds:
            continue
        parts = parts_of[name] = evidence.parts(piece)
        kinds[name] = evidence.kind(name, parts)
        if kinds[name][0] == "person" and len(parts) > 1:
            heads.setdefault(parts[-1], "person")
    out: list[Mention] = []
    upper = {n.upper(): k for n, (k, _) in kinds.items()}
    upper_heads = {h.upper() for h in heads}
    for piece in pieces:
        mention = _mention(piece, words, evidence, kinds, heads, upper, upper_heads)
        if mention is not None:
            out.append(mention)
    return out


def _mention(
    piece: Piece,
    words: Words,
    evidence: Evidence,
    kinds: dict[str, tuple[str, float]],
    heads: dict[str, str],
    upper: dict[str, str],
    upper_heads: set[str],
) -> Mention | None:
    start, end = words.starts[piece.first], words.end(piece.last - 1)
    name = words.text.text[start:end]
    parts = evidence.parts(piece)
    head: str | None = None
    actor: str | None = None
    how = "name"
    kind: MentionType
    if piece.kind == "other":
        return None
    if piece.kind == "known":
        assert piece.known is not None
        kind, actor = piece.known.type, piece.known.id
        how = "name" if piece.known.use == "name" else "alias"
        if piece.known.use == "capital":
            after = words.after(piece.last).lower()
            if not (
                after in evidence_say() and words.before(piece.first).lower() not in _STATE_BEFORE
            ):
                kind, actor, how = "place", None, "name"
    elif piece.kind in ("organisation", "place"):
        kind = piece.kind  # type: ignore[assignment]
    else:
        if len(parts) == 1 and (
            parts[0] in heads or (piece.headline and parts[0].upper() in upper_heads)
        ):
            kind = "person"
        elif piece.headline:
            known_kind = upper.get(name.upper())
            if known_kind is None:
                if len(parts) > 1 and fold(parts[0]) in gazetteer().given:
                    known_kind = "person"
                elif name.title() in gazetteer().cities:
                    known_kind = "place"
                else:
                    return None
            kind = known_kind  # type: ignore[assignment]
        else:
            kind = kinds[name][0]  # type: ignore[assignment]
        if kind == "person":
            head = parts[-1]
    return Mention(start, end, name, kind, how, actor, head)  # type: ignore[arg-type]


def evidence_say() -> frozenset[str]:
    from .gazetteer import cues

    return cues()["say"]
