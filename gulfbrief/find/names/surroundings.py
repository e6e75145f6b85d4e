"""What the words round a name tell of its kind, beyond the classes that the corpus teaches.

"Posted on X", "the founder of X", "X users", "X, a maker of lamps" speak for a body; "the town
of X", "residents of X" for a place; "the drug X", "repealed X" for what is no actor. The features
begin with "house:", their weights stand in ``house_weights.tsv``.
"""

from __future__ import annotations

from .gazetteer import cues, gazetteer
from .runs import Words

_CUES = cues()
_POST, _WORK, _REGION = _CUES["post"], _CUES["work"], _CUES["region"]
_POSTING, _ENACTING, _THING = _CUES["posting"], _CUES["enacting"], _CUES["thing"]
_FIRM, _TITLE, _OFFICE = _CUES["firm"], _CUES["title"], _CUES["office"]
_AFTER = {
    word: feature
    for feature, name in (
        ("house:>post", "post"),
        ("house:>users", "clientele"),
        ("house:>residents", "inhabitants"),
        ("house:>reported", "publishing"),
        ("house:>launched", "trading"),
        ("house:>struck", "struck"),
        ("house:>police", "constabulary"),
        ("house:>thing", "named_for"),
    )
    for word in _CUES[name]
}
_OWNED = _CUES["clientele"] - _CUES["belonging"]
_LINKS = frozenset("of at for by with on via".split())
_ARTICLES = frozenset(("a", "an", "the", "another", "one"))
_HEAD_ENDS = frozenset(
    ", . ; : ) — – - of in on for from to at by with near and that which whose who based".split()
)
_APPOSED = (("house:>,firm", _FIRM), ("house:>,town", _REGION), ("house:>,thing", _THING))
_TOLD = frozenset(("told", "tells", "telling"))
_INTERVIEWS = frozenset("interview interviews email e-mail statement".split())
_DOMAINS = frozenset("com org net co".split())
_GIVEN = gazetteer().given
_REACH = 8  # tokens of an apposition that are looked at
_FAR = 5  # tokens between "posted" and "on"


def surroundings(words: Words, first: int, last: int) -> list[str]:
    """The features of the name of the tokens ``first`` to ``last`` (exclusive)."""
    out: list[str] = []
    at = first - 1
    before = words.before(first).lower()
    if before == "the":
        before, at = words.before(at).lower(), at - 1
    if before in _LINKS:
        noun = words.before(at).lower()
        if before in ("of", "at", "for", "with") and noun in _POST:
            out.append("house:<post-of")
        elif before == "of" and noun in _OFFICE:
            out.append("house:<office-of")
        elif before == "of" and noun in _REGION:
            out.append("house:<town-of")
        elif before in ("for", "at", "by") and noun in _WORK:
            out.append("house:<works-for")
        elif before in ("on", "via") and _posted(words, at):
            out.append("house:<posted-on")
    elif before in _TOLD and _interviewed(words, last):
        out.append("house:<interview")
    elif before in _FIRM:
        out.append("house:<firm")
    elif before in _THING:
        out.append("house:<thing")
    elif before in _ENACTING:
        out.append("house:<enacting")
    after = words.at(last).lower()
    if words.bare[last - 1] != words.tokens[last - 1]:
        if after in _OWNED:
            out.append("house:>users")
        elif after in _GIVEN and words.at(last)[0].isupper() and words.at(last + 1)[:1].isupper():
            out.append("house:>'s-person")
    elif after == "." and words.at(last + 1) in _DOMAINS:
        if words.ends[last] == words.starts[last + 1]:
            out.append("house:>.com")
    elif after == ",":
        told = _apposed(words, last + 1)
        if told:
            out.append(told)
    elif after in _AFTER:
        out.append(_AFTER[after])
    return out


def _interviewed(words: Words, last: int) -> bool:
    """Whether what somebody told to a name was told in an interview, a mail, a statement."""
    return any(words.at(i) in _INTERVIEWS for i in range(last, last + 6))


def _posted(words: Words, at: int) -> bool:
    """Whether something was posted, sent or shown before the preposition at token ``at``."""
    for i in range(at - 1, max(-1, at - 1 - _FAR), -1):
        word = words.tokens[i]
        if word in _POSTING:
            return True
        if word in (".", ",", ";", ":") or (word.lower() in ("the", "a") and i < at - 3):
            return False
    return False


def _apposed(words: Words, i: int) -> str:
    """What an apposition that begins at token ``i`` calls a name: a firm, a town, a thing."""
    opening = words.at(i)
    if opening == "which":
        return "house:>which"
    if opening not in _ARTICLES:
        return ""
    for k in range(i + 1, i + _REACH):
        word = words.at(k)
        if not word or word in _HEAD_ENDS or word in _TITLE:
            return ""
        following = words.at(k + 1)
        if following and following not in _HEAD_ENDS:
            continue
        for feature, nouns in _APPOSED:
            if word in nouns:
                return feature
    return ""
