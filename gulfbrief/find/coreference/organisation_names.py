"""Names of organisations, states and places -> actors of one document: short forms, initials,
brackets."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ...fold import shouted, slug
from ...model import ActorType, Mention
from ..names.gazetteer import gazetteer
from ..names.lexicon import load, state_of
from .person_names import name_words

if TYPE_CHECKING:
    from .aliases import NameClusters

MINOR = frozenset("of and the for in on de du la et und der to".split())
_GENERIC = frozenset(
    "north south east west new national american public state city county united general "
    "democratic republican central federal royal international house senate congress parliament "
    "court police council".split()
)
_OF_SOMEBODY = frozenset("administration campaign cabinet government presidency estate".split())
"""What is called after a person: "Haddad" alone is not the Haddad administration."""
_MANY_HAVE = frozenset(
    ("Congress", "Senate", "House of Representatives", "National Guard", "Border Patrol")
)
_GENITIVE = ("'", "’", "'s", "’s")


_HOME = "united-states"
_HOMELY = frozenset("Republican Republicans Democrat Democrats Democratic GOP".split())
_ELSEWHERE = 2  # mentions of other states in a text that never tells the United States


def bodies_of_states(mentions: list[Mention]) -> list[Mention]:
    """``mentions`` in which "Congress" or "the Justice Department" is not that of the United States
    where the text speaks of another state and of nothing American, and "the House" is the American
    one beside its other bodies where it does not."""
    bodies = [k for k, m in enumerate(mentions) if m.actor and _many_have(m)]
    if not bodies:
        return mentions
    out = list(mentions)
    if _elsewhere(mentions):
        for k in bodies:
            out[k] = replace(out[k], actor=None, how="name")
    else:
        for k, m in enumerate(mentions):
            if m.text == "House" and not m.actor and m.type != "person":
                out[k] = replace(m, type="organisation", actor="us-house", how="alias")
    return out


def _elsewhere(mentions: list[Mention]) -> bool:
    """Whether the text tells another state and nothing American."""
    states: Counter[str | None] = Counter()
    for m in mentions:
        if m.text in _HOMELY or m.text.title() == "Washington":
            return False
        if m.type in ("country", "nationality"):
            states[m.actor or state_of(m.text)] += 1
        elif m.actor and (m.actor.startswith("us-") or m.type == "place") and not _many_have(m):
            return False
    return not states[_HOME] and states.total() - states[None] >= _ELSEWHERE


def _many_have(mention: Mention) -> bool:
    """Whether a known American body is called by a name that bodies of other states have too."""
    if mention.actor is None or not mention.actor.startswith("us-"):
        return False
    name = bare(mention.text)
    department = name.startswith("Department of ") or name.endswith(" Department")
    plain = department and not name.startswith(("U.S.", "US "))
    return (plain and "State" not in name) or name in _MANY_HAVE


def cluster_organisations(clusters: NameClusters) -> None:
    """Find the actors that the names of organisations, states and places mean."""
    by_name: dict[tuple[str, str], int] = {}
    initials: dict[str, list[int]] = {}
    openings: dict[str, list[int]] = {}
    closings: dict[str, list[int]] = {}
    short: list[tuple[int, str]] = []
    slugs: dict[str, str] = {}
    for number, mention in enumerate(clusters.mentions):
        if mention.type in ("person", "nationality"):
            continue
        if mention.actor is None and clusters.family(number):
            continue
        kind: ActorType = mention.type  # type: ignore[assignment]
        if mention.actor:
            key = mention.actor
        else:
            if mention.text not in slugs:
                slugs[mention.text] = slug(bare(mention.text))
            key = slugs[mention.text]
        if (key, kind) in by_name:
            index = by_name[key, kind]
            entity = clusters.entities[index]
            longer = len(mention.text) > len(entity.name) and not shouted(mention.text)
            calmer = shouted(entity.name) and not shouted(mention.text)
            if (longer or calmer) and not mention.actor:
                entity.name = bare(mention.text)
        else:
            words = name_words(bare(mention.text))
            if kind == "organisation" and not mention.actor and len(words) == 1:
                short.append((number, words[0] if words else ""))
                continue
            index = clusters.new(mention, words, kind, None)
            by_name[key, kind] = index
            if kind == "organisation" and len(words) > 1:
                letters = "".join(w[0] for w in words if w not in MINOR)
                listed(initials, letters, index)
                if words[-1] not in _OF_SOMEBODY and not _plain(words):
                    listed(openings, words[0], index)
            if kind == "organisation" and " " in mention.text:
                listed(closings, mention.text.rsplit(None, 1)[-1].lower(), index)
        clusters.entity_of[number] = index
    _join_shorter(clusters)
    taught = _taught(clusters)
    for number, word in short:
        index_ = taught.get(number)
        if index_ is None:
            name = (word, "organisation")
            fits = initials.get(word, []) if clusters.mentions[number].text.isupper() else []
            if word not in clusters.families:  # the Haddad of "the Haddad Foundation" is a person
                fits = fits or openings.get(word, []) or closings.get(word, [])
            if name in by_name:
                index_ = by_name[name]
            elif len(fits) == 1:
                index_ = fits[0]
            else:
                index_ = clusters.new(clusters.mentions[number], (word,), "organisation", None)
            by_name[name] = index_
        else:
            by_name[word, "organisation"] = index_
        clusters.entity_of[number] = index_


def _plain(words: tuple[str, ...]) -> bool:
    """Whether the first word of an organisation's name says too little to stand for it (the
    House Roads Committee), or is whose it is: the Haddad Justice Department."""
    generic = words[0] in _GENERIC
    rest = " ".join(words[1:]).title()
    return generic or (len(words) > 2 and rest in load().known)


def _join_shorter(clusters: NameClusters) -> None:
    """Make one of an organisation and the same without its town, state or nationality: "the
    Norwegian Sheep Board", "the Sheep Board"."""
    entities = clusters.entities
    organisations = [
        i for i, e in enumerate(entities)
        if e.type == "organisation" and not e.known and len(e.words) > 1
    ]  # fmt: skip
    if len(organisations) < 2:
        return
    by_last: dict[str, list[int]] = {}
    for i in organisations:
        listed(by_last, entities[i].words[-1], i)
    into: dict[int, int] = {}
    for i in organisations:
        tail = f" {entities[i].name}"
        longer = [
            j for j in by_last[entities[i].words[-1]]
            if entities[j].name.endswith(tail) and _located(entities[j].name[: -len(tail)])
        ]  # fmt: skip
        if len(longer) == 1:
            into[i] = longer[0]
    if not into:
        return
    for number, index in enumerate(clusters.entity_of):
        if index in into:
            clusters.entity_of[number] = into[index]
    for i in into:
        entities[i].key = None


def _located(prefix: str) -> bool:
    """Whether what stands before an organisation's name is a place, a state or a people."""
    known = load().known.get(prefix)
    return prefix in gazetteer().cities or (
        known is not None and known.type in ("country", "nationality", "place")
    )


def _taught(clusters: NameClusters) -> dict[int, int]:
    """Mentions in brackets right after an organisation's name, with that organisation: "Full Name
    (FN)"."""
    out: dict[int, int] = {}
    text, mentions = clusters.tokens.text, clusters.mentions
    for number in range(1, len(mentions)):
        inner, outer = mentions[number], mentions[number - 1]
        if inner.type != "organisation" or outer.type != "organisation":
            continue
        if text[outer.end : inner.start].strip("\"'“”‘’ ") != "(":
            continue
        if text[inner.end : inner.end + 1] not in (")", "”", '"', ",", ";"):
            continue
        index = clusters.entity_of[number - 1]
        if index is None:
            continue
        if (
            inner.actor
            and clusters.entities[index].known
            and clusters.entities[index].key != inner.actor
        ):
            continue
        out[number] = index
        other = clusters.entity_of[number]
        if inner.actor and other is not None and not clusters.entities[index].known:
            if not _shares(bare(outer.text), inner.actor):
                _renamed(clusters, number, index)
                continue
            out[number] = other
            clusters.entity_of[number - 1] = other
            clusters.entities[other].name = bare(outer.text)
    return out


def _renamed(clusters: NameClusters, number: int, index: int) -> None:
    """Give all that the text calls like the mention ``number`` to the actor ``index``."""
    text, known = clusters.mentions[number].text, clusters.entity_of[number]
    for n, mention in enumerate(clusters.mentions):
        if mention.text == text:
            clusters.entity_of[n] = index
    if known is not None and known not in clusters.entity_of:
        clusters.entities[known].key = None


def _shares(name: str, actor: str) -> bool:
    """Whether a full name has a word of a known actor's own name: else it has its initials only."""
    own = load().display.get(actor, actor)
    return not {w for w in name_words(name) if w not in MINOR}.isdisjoint(name_words(own))


def listed(table: dict[str, list[int]], word: str, number: int) -> None:
    """Put ``number`` under ``word``, up to a score: more of one name are never told apart."""
    numbers = table.setdefault(word, [])
    if number not in numbers and len(numbers) < 20:
        numbers.append(number)


def bare(text: str) -> str:
    """The name of an organisation without article and genitive."""
    if text.endswith(_GENITIVE):
        text = text[: -2 if text[-1] == "s" else -1]
    return text[4:] if text[:4].lower() == "the " else text
