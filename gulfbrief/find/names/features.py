"""What can be seen of a name: in its own words (``shape``) and around it (``context``).

A feature is a short string; ``name_weights.tsv`` says how much it speaks for each kind.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...fold import fold, shouted
from .candidates import NameCandidate
from .gazetteer import cues, gazetteer
from .lexicon import Lexicon
from .runs import DATELINE, Words
from .surroundings import surroundings

_CUES = cues()
_SAY, _PERSON_VERB, _TITLE = _CUES["say"], _CUES["person_verb"], _CUES["title"]
_BODY, _PLACE = _CUES["organisation_head"] | _CUES["body_noun"], _CUES["place_head"]
_BODY_AFTER, _SPORT_VERB = _CUES["organisation_after"], _CUES["sport_verb"]
_SPORT_BEFORE, _PLACE_BEFORE = _CUES["sport_before"], _CUES["place_before"]
_PARTICLE, _PLACE_FIRST = _CUES["particle"], _CUES["place_first"]
_NO_ACTOR, _FUNCTION = _CUES["no_actor"], _CUES["function"]
_ENDINGS = tuple(
    (kind, tuple(sorted(_CUES[f"{kind}_ending"]))) for kind in ("person", "place", "body")
)
_VESSEL, _MOTION, _STAKE = _CUES["vessel"], _CUES["motion"], _CUES["stake"]
_COLON = re.compile(r"(?: \([^()\n]{1,30}\))?:")
_OPEN, _CLOSE = frozenset("“\"‘«„'("), frozenset("”\"’»“')")
_MATTERS = ("ism", "phobia", "ization", "isation", "cracy")  # Islamophobia is no place
_NICK = r"[^\s\"“”‘’,.]{2,}(?: [^\s\"“”‘’,.]+){0,2}"  # of three words at most
NICKNAME = re.compile(rf"""\s(?:["“‘]\s?{_NICK}["”’]|\(\w{{2,14}}\))\s""")
_NAME_NICKNAME = re.compile(rf"([^\W\d_]+){NICKNAME.pattern}$")
_BEFORE = {
    word: feature
    for feature, words in (
        ("<near", _PLACE_BEFORE),
        ("<say", _SAY),
        ("<place", _PLACE),
        ("<body", _BODY),
        ("<title", _TITLE),
        ("<against", _SPORT_BEFORE),
    )
    for word in words
}
_DASH = frozenset("(-—–―")
_PERSONAL = frozenset("he she his her him himself herself".split())
_NEUTER = frozenset(("it", "its", "itself"))
_OPENING = frozenset(("He", "She", "His", "Her"))
_IN_TITLES = frozenset("of the in a an and for to on at".split())
_CLOSED = frozenset(
    "in at from to of by with for and the a an on over near into through between than as like or "
    "but that when while after before under about across including plus per since until".split()
)


@lru_cache(maxsize=50_000)
def shape(name: str, head: str, known: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The features of a name's own words; ``known`` says how the lexicon knows it."""
    parts = name.split(" ")
    g = gazetteer()
    given, surnames, english = g.given, g.surnames, g.words
    low = [fold(p) for p in parts]
    count = len(parts)
    out = [f"words={min(count, 4)}"]
    if head:
        out.append(f"head={head}")
    if head == "organisation" and low[-1] in _CUES["of_head"]:
        out.append("house:body-head")
    if parts[-1].endswith(("er", "ers")) and name.rstrip("s")[:-2] in g.cities:
        out.append("house:inhabitant")
    if count > 1 and head in ("organisation", "place") and low[-1] not in surnames:
        out.append(f"house:sure-{head}")
    size = g.cities.get(name)
    if size:
        out.append(f"city={size}")
        if count > 1:
            out.append("city&words")
    last = low[-1]
    if name in g.firms:
        out.append("house:firm-too" if size or (count == 1 and last in surnames) else "house:firm")
    if count == 1:
        word = parts[0]
        if word.isupper() and len(word) > 1:
            out.append("capitals" if len(word) < 7 else "capitals-long")
            letters = word.replace(".", "")
            town = size or known or name.title() in g.cities
            if 2 + ("." in word) <= len(letters) < 7 and not town:
                out.append("house:initialism")
        if last in given:
            out.append("given-alone")
            if last not in english and not size and not known:
                out.append("house:given-only")
        if last in surnames:
            out.append("surname-alone")
            if last not in english and not size:
                out.append("house:surname-only")
        if last in english:
            out.append("english")
        if last in _NO_ACTOR:
            out.append("no-actor")
        if len(word) < 3:
            out.append("short")
    else:
        if low[0] in given:
            out.append("given-english" if low[0] in english else "given")
        else:
            out.append("not-given")
        if last in surnames:
            out.append("surname")
        if any(len(p) == 1 or (len(p) == 2 and p[1] == ".") for p in parts[:-1]):
            out.append("initial" if len(parts[0]) < 3 else "middle-initial")
            if head != "organisation" and "&" not in parts:
                out.append("house:initials")
        if any(p in _PARTICLE for p in low):
            out.append("particle")
        if "&" in parts:
            out.append("and-sign")
        common = sum(p in english and p not in given and p not in surnames for p in low)
        if common:
            out.append("english=all" if common == count else f"english={min(common, 2)}")
        if last in english and last not in surnames:
            out.append("last-english")
        if any(p.isupper() and len(p) > 1 and p[1] != "." for p in parts):
            out.append("capitals-in")
        if last[-1] == "s" and last[-2:] != "ss" and last not in surnames:
            out.append("plural")
        if low[0] in _PLACE_FIRST:
            out.append("place-first")
        first = lexicon.known.get(parts[0])
        if first is not None:
            out.append(f"first={first.use if first.type == 'country' else first.type}")
        pair = " ".join(parts[:2])
        state = first or lexicon.known.get(lexicon.shouted.get(pair, pair))
        if state is not None and state.type == "country" and low[0] not in given:
            out.append("house:state-first")
        if parts[0] in g.cities and not size and low[0] not in given:
            out.append("first=city")
        if low[0] in _BODY or low[0] in _PLACE:
            out.append("first=head")
    if low[0] in _FUNCTION and low[0] not in _CUES["given_too"]:
        out.append("house:function-first")
    article = low[-1][:3] in ("al-", "el-")
    if article:
        out.append("house:article")
    if count > 1 and any(p in ("bin", "ibn", "bint", "abu") for p in low):
        out.append("house:bin")
    for kind, endings in _ENDINGS:
        if last.endswith(endings) and last not in english:
            out.append(f"ending={kind}")
    if any(c.isupper() for c in parts[-1][1:]) and not parts[-1].isupper() and "-" not in parts[-1]:
        out.append(
            "Mc" if parts[-1][:2] in ("Mc", "O'", "De", "Di", "La", "Le") else "inner-capital"
        )
    if count == 1 and last.endswith(_MATTERS) and not name.isupper():
        out.append("house:matter")
    if any(c.isdigit() for c in name):
        out.append("digit")
    if "-" in parts[-1] and not article:
        out.append("hyphen")
    if known:
        out.append(f"known={known}")
    return tuple(out)


def context(candidate: NameCandidate, words: Words, lexicon: Lexicon, topic: str) -> list[str]:
    """The features of what stands around one occurrence of a name."""
    first, last = candidate.first, candidate.last
    tokens = words.tokens
    out: list[str] = []
    before, after = words.before(first), words.at(last)
    low = before.lower()
    if not before:
        out.append("<start")
        if last < words.count and words.bare[first].isupper() and not candidate.headline:
            dated = _dated(after, words, first, last)
            out.append("house:dateline" if dated else "<start-capitals")
    elif low in _CLOSED:
        out.append("<" + low)
        if topic:
            out.append(f"{topic}<{low}")
        if low in ("to", "for", "from") and words.before(first - 1).lower() in _MOTION:
            out.append("house:<motion")
        if low == "in" and words.before(first - 1).lower() in _STAKE:
            out.append("house:<stake")
        if low == "the" and words.before(first - 1).lower() in ("of", "in", "at"):
            out.append("<in-the")
    elif before[0].isupper() and low in _FUNCTION:
        out.append("<function")
    elif before[0].isupper() and before[-2:] in ("'s", "’s"):
        out.append("<Capital's")
        known = lexicon.known.get(before[:-2])
        if known is not None and known.type == "country":
            out.append("house:<state's")
    elif before[0].isupper():
        known = lexicon.known.get(before)
        if known is not None and known.type == "nationality":
            out.append("<people")
        elif low in _TITLE:
            out.append("<Title")
        else:
            out.append("<Capital")
    elif low in _BEFORE:
        out.append(_BEFORE[low])
    elif before[0].isdigit():
        out.append("<digit")
    elif before[0].isalpha():
        out.append("<word" if low[-2:] not in ("ed", "ng") else "<verb")
    else:
        out.append("<" + before[0])
    if before == ",":
        earlier = words.before(first - 1)
        if earlier.lower() in _TITLE:
            out.append("house:<role,")
        elif earlier.isupper() and not words.before(first - 2):
            out.append("house:dateline")
    if after in (":", "(") and last - first < 5 and _labels(words, first, last):
        label = words.raw[words.starts[first] : words.ends[last - 1]]
        if shouted(label) and label.lower() not in gazetteer().words:
            out.append("house:label")
    if candidate.titled:
        out.append("titled")
        if last - first == 1 and (before == "." or low in ("mr", "mrs", "ms", "dr")):
            out.append("house:mr")
    if (before in _CLOSE and _after_nickname(words, first)) or (
        after in _OPEN and _before_nickname(words, last)
    ):
        out.append("house:nickname")
    if low in _VESSEL:
        out.append("house:<vessel")
    if quoted(words, first, last):
        out.append("house:quoted")
    if candidate.initial:
        out.append("initial")
    if last - first < 2:
        meant = _taken_up(words, last)
        if meant:
            out.append(meant)
    out += surroundings(words, first, last)
    if words.bare[last - 1] != tokens[last - 1]:
        out.append(">'s")
        if after.lower() in _BODY_AFTER:
            out.append(">'s-shares")
        return out
    low = after.lower()
    if before == "(" and after == ")":
        out.append("bracketed")
    if not after:
        out.append(">end")
    elif low in _PERSON_VERB or low in ("who", "whose"):
        out.append(">who")
    elif low in _SAY:
        out.append(">say")
    elif low in _BODY_AFTER:
        out.append(">shares")
    elif low in _SPORT_VERB:
        out.append(">beat")
    elif after == ",":
        out.append(_comma(words, last, lexicon))
    elif after == "(":
        out.append(_bracket(words, last, lexicon))
    elif after[0].isdigit():
        out.append(">digit")
        if topic:
            out.append(f"{topic}>digit")
        if not before or before[0].isdigit():
            out.append("table")
    elif low in _CLOSED or low in (
        "was",
        "is",
        "has",
        "had",
        "were",
        "are",
        "have",
        "will",
        "would",
    ):
        out.append(">" + low)
    elif low in _BODY:
        out.append(">body")
    elif low in _PLACE:
        out.append(">place")
    elif low in _TITLE:
        out.append(">title")
    elif after[0].isupper():
        out.append(">Capital")
    elif after[0].isalpha():
        out.append(">word" if low[-2:] not in ("ed", "ng") else ">verb")
    else:
        out.append(">" + after[0])
    return out


def _taken_up(words: Words, last: int) -> str:
    """Which pronoun takes up a name, before another name comes: "Brenholm lost his keys"; a third
    person that opens the next sentence counts too."""
    tokens = words.tokens
    for i in range(last, min(last + 14, words.count)):
        word = tokens[i]
        if word in _PERSONAL:
            return "house:>he"
        if word in _NEUTER:
            return "house:>it"
        if word == ".":
            return "house:.he" if words.at(i + 1) in _OPENING else ""
        if word[0].isupper():
            break
    return ""


def _before_nickname(words: Words, last: int) -> bool:
    """Whether a given name ends at ``last`` that goes on after a nickname: Jan “the Cat” Nasser."""
    if words.bare[last - 1].lower() not in gazetteer().given:
        return False
    found = NICKNAME.match(words.raw, words.end(last - 1))
    return found is not None and words.raw[found.end() : found.end() + 1].isupper()


def _after_nickname(words: Words, first: int) -> bool:
    """Whether a given name and a nickname stand before the name that begins at ``first``."""
    start = words.starts[first]
    found = _NAME_NICKNAME.search(words.raw, max(0, start - 48), start)
    return found is not None and found[1].lower() in gazetteer().given


def quoted(words: Words, first: int, last: int) -> bool:
    """Whether a name is (part of) a title in quotation marks: the book “A Long Winter”."""
    tokens = words.tokens
    a = first - 1
    if a < 0 or not (tokens[a] in _OPEN or _titular(tokens[a])):
        return False
    while a >= first - 4 and a >= 0 and _titular(tokens[a]):
        a -= 1
    if a < 0 or tokens[a] not in _OPEN:
        return False
    b = last
    while b < last + 6 and b < words.count and _titular(tokens[b]):
        b += 1
    if b >= words.count or tokens[b] not in _CLOSE:
        return False
    english = gazetteer().words
    return any(
        t[0].isupper() and t.lower() in english and t.lower() not in _FUNCTION
        for t in tokens[a + 1 : b]
    )


def _titular(token: str) -> bool:
    return token[0].isupper() or token in _IN_TITLES


def _dated(after: str, words: Words, first: int, last: int) -> bool:
    """Whether a date, an agency or a dash follows the name of a place at the head of a report."""
    if after in _DASH or (
        after == "," and any(words.at(i) in _DASH for i in range(last, last + 6))
    ):
        return True
    return DATELINE.match(words.raw, words.starts[first]) is not None


def _comma(words: Words, last: int, lexicon: Lexicon) -> str:
    nxt = words.at(last + 1)
    if (
        nxt[:2].isdecimal()
        and words.at(last + 2) in (",", ".", ")")
        and int(nxt[:2]) > 14
        and len(nxt) == 2
    ):
        return ">age"
    known = lexicon.known.get(words.bare[last + 1]) if nxt else None
    if known is None and nxt and words.at(last + 2) == ".":
        known = lexicon.known.get(f"{nxt}.")  # "Mo."
    if known is not None and known.type in ("country", "place"):
        return ">,place"
    if nxt in ("a", "the", "an", "his", "her", "its", "their"):
        for i in range(last + 2, last + 5):
            if words.at(i).lower() in _TITLE:
                return "house:>,role"
    if nxt in ("a", "the", "who", "whose", "an"):
        return f">,{nxt}"
    return ">,Capital" if nxt[:1].isupper() else ">,"


def _bracket(words: Words, last: int, lexicon: Lexicon) -> str:
    nxt = words.at(last + 1)
    known = lexicon.known.get(words.bare[last + 1]) if nxt else None
    if known is not None and known.type in ("country", "place"):
        return ">(place"
    if nxt.isupper() and len(nxt) > 1:
        return ">(CAPITALS"
    return ">(digit" if nxt[:1].isdigit() else ">("


def _labels(words: Words, first: int, last: int) -> bool:
    """Whether the name opens its paragraph, a title before it aside, and a colon follows, or what
    stands in brackets and a colon: "MS. RUIZ:", "ANA RUIZ (CLIP):"."""
    if not _COLON.match(words.raw, words.ends[last - 1]):
        return False
    before = first - 1 if words.before(first) == "." else first
    titled = before > 0 and words.before(before).lower() in _TITLE
    return not words.before(before - 1 if titled else first)
