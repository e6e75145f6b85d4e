"""What keeps a reported content from being plainly said by its source (event factuality: Saurí and
Pustejovsky 2009).
"""

from __future__ import annotations

import re

from ..text.word_classes import GRAMMAR, lemma
from .act import impersonal
from .attribution import Attribution
from .scan import Scan
from .speech import ALLEGED, DENYING, EXPECTED, FORGED, GROUPS, REFUSED, SPEECH

_NOT = frozenset(GRAMMAR["negations"].split())
_MAYBE = frozenset(("may", "might", "could", "should", "must"))
_SENSING = frozenset("see hear feel tell remember recall think believe imagine".split())
_SOMETIMES = frozenset(("would", "'d", "’d"))  # "would say" tells of a habit before a colon
_WILL = frozenset(("will", "shall", "'ll", "’ll"))
_YET = frozenset(("only", "later", "always", "often"))  # "would only say" is said
_ASKING = frozenset(("ask", "wonder", "question", "inquire", "enquire", "query"))
_IF = frozenset(("if", "unless", "whether", "until"))
_AS_LONG_AS = (["as", "long", "as"], ["so", "long", "as"])
_NOBODY = frozenset(("neither", "nobody", "none", "nothing"))
_WITHOUT = frozenset(("without", "instead", "rather", "short", "far"))
_BE = frozenset(("is", "are", "was", "were", "be", "been"))
_ASKS = re.compile(r"(?:whether|if|who|what|when|where|why|how|which)\b", re.I).match


def unasserted(scan: Scan, found: Attribution) -> str | None:
    """Why its source does not plainly say it, None where it does.

    ``denied``: it says that it is not so, did not or would not say it ("denied that", "refused to
    say", "neither H nor S would say"). ``negated``: it does not think so. ``asked``: it asks
    whether it is so, or the report asks whether it was said. ``hypothetical``: "if H says", "had H
    said", "might say". ``alleged``: "is alleged to have said", a forged letter. ``expected``: "will
    say", "is due to say".
    """
    if found.cue is None:
        return None
    cue = found.cue[0]
    tags, lower = scan.tags, scan.lower
    direct = found.kind == "direct"
    if found.rule == "noun":
        return "denied" if _denied_noun(scan, found) else None
    if tags[cue] not in "dzbegn" or found.rule in ("according", "colon", "label"):
        return None
    word = lemma(lower[cue])
    says = "s" in GROUPS.get(word, "") or "j" in GROUPS.get(word, "") or word in ("comment", "use")
    no = "denied" if says or direct else "negated"
    negated, chain, k = _auxiliaries(scan, cue)
    if negated or _nobody(scan, found) or _without(scan, k):
        return "negated" if word in DENYING and not _neither(scan, cue) else no
    begins = scan.raw[found.fragments[0][0] : found.fragments[0][0] + 24].split()[:2]
    if begins[:1] == ["to"] and lower[cue] in REFUSED:
        return "denied"
    if begins[:1] == ["to"] and lower[cue] in EXPECTED and lemma(begins[-1]) in SPEECH:
        return "expected"
    if not direct and word in DENYING and {"should", "might", "may", "must"} & set(chain):
        return "hypothetical"
    if not direct and (word in DENYING or (word == "rule" and lower[cue + 1 : cue + 2] == ["out"])):
        return "denied"
    if word == "plead" and lower[cue + 1 : cue + 3] == ["not", "guilty"]:
        return "denied"
    unnamed = (
        found.rule == "passive" and found.source is None and lower[cue + 1 : cue + 2] == ["to"]
    )
    if word in ("claim", "allege", "rumour", "rumor") and impersonal(scan, cue):
        return "alleged"
    if _alleged(scan, found, k) or (unnamed and word in SPEECH and found.kind != "direct"):
        return "alleged"
    asked = _questioned(scan, found)
    if asked:
        return asked
    return _modal(scan, found, chain, k) or (
        "asked"
        if not direct and word in _ASKING and _ASKS(scan.raw, found.fragments[0][0])
        else None
    )


def _auxiliaries(scan: Scan, cue: int) -> tuple[bool, list[str], int]:
    """Whether the verb is negated, the words of its verb group before it, the nearest first, and
    the last token before that group ("to" is part of it)."""
    tags, lower = scan.tags, scan.lower
    k = cue - 1
    chain: list[str] = []
    negated = False
    while k >= max(0, cue - 6) and (tags[k] in "rxmt" or lower[k] == "first"):
        low = lower[k]
        negated = negated or low in _NOT or low[-3:] in ("n't", "n’t")
        chain.append(low)
        k -= 1
        if tags[k + 1] == "t":
            break
    return negated and "only" not in chain, chain, k


def _modal(scan: Scan, found: Attribution, chain: list[str], k: int) -> str | None:
    """``expected`` or ``hypothetical`` by the words before the verb, else ``denied``, as after
    "refused to"."""
    tags, lower = scan.tags, scan.lower
    source = found.source
    before = found.fragments[0][0] > scan.starts[found.cue[0]] if found.cue else False
    if "to" in chain:
        word = lower[k] if k >= 0 else ""
        if "yet" in lower[max(0, k - 1) : found.cue[0] if found.cue else 0]:
            return "expected"  # "has yet to announce"
        if word in REFUSED:
            return "denied"
        near = lower[max(0, k - 3) : k + 1]
        if word in EXPECTED and word not in _BE:
            said = "have" in chain or "having" in chain  # "is expected to have said"
            return "alleged" if said else "expected"
        if word in _BE and source is not None and source.stop >= k:
            return "expected"  # "H is to announce"
        if any(w in EXPECTED and w not in _BE for w in near) and tags[k] in "oNnr":
            return "expected"  # "urged H to say"
        return None
    if not _YET.isdisjoint(chain):
        return None
    if not _MAYBE.isdisjoint(chain) and chain[-1] != "can":
        sensed = found.cue is not None and lemma(lower[found.cue[0]]) in _SENSING
        if chain[-1] != "could" or not sensed:
            return "hypothetical"
    if not _SOMETIMES.isdisjoint(chain) and found.kind != "direct":
        return "hypothetical"
    if not _WILL.isdisjoint(chain):
        return "expected"
    if source and source.first and lower[source.first - 1] in _IF and (before or chain):
        return "hypothetical"
    if source and before and lower[max(0, source.first - 3) : source.first] in _AS_LONG_AS:
        return "hypothetical"
    return None


def _questioned(scan: Scan, found: Attribution) -> str | None:
    """``asked`` where the report asks whether it was said ("Did H say ...?"), ``hypothetical``
    after an inverted auxiliary ("Had H said ...")."""
    source = found.source
    if source is None or source.first < 1 or found.cue is None or found.cue[0] < source.first:
        return None
    k = source.first - 1
    if scan.tags[k] not in "xm":
        return None
    scope = scan.scopes[scan.scope_of(found.cue[0])]
    joins = scan.tags[k - 1] == "c" and k - 2 >= scope.first and scan.tags[k - 2] not in ",:-Q"
    asks = k == scope.first + 1 and scan.tokens[scope.first] in ("Q", "Q.")
    opens = k == scope.first or asks or (scan.tags[k - 1] in ",:-Qwcr." and not joins)
    if not opens:
        return None
    if scope.stop and scan.raw[scan.ends[min(scope.stop, len(scan.ends) - 1)] - 1] == "?":
        return "asked"
    if scan.raw[scan.ends[scope.stop - 1] - 1] == "?":
        return "asked"
    return "hypothetical" if scan.lower[k] in ("had", "should", "were", "has", "did") else None


def _alleged(scan: Scan, found: Attribution, k: int) -> bool:
    lower = scan.lower
    cue = found.cue[0] if found.cue else 0
    if not ALLEGED.isdisjoint(lower[max(0, k - 1) : cue]):
        return True
    if lower[cue + 1 : cue + 2] and lower[cue + 1] in ALLEGED and scan.tags[cue + 1] == "r":
        return True
    source = found.source
    if source is None or source.first > cue:
        return False
    if not FORGED.isdisjoint(lower[source.first : source.stop]):
        return True
    first = scan.scopes[scan.scope_of(cue)].first
    ahead = lower[max(first, source.first - 12) : source.first]
    if not FORGED.isdisjoint(ahead):
        return True
    return ahead[-1:] == ["that"] and any(
        w in ALLEGED or w == "supposed" for w in lower[max(first, source.first - 4) : source.first]
    )


def _nobody(scan: Scan, found: Attribution) -> bool:
    """Whether nobody is told to say it: "neither H nor S would say", "no one has said"."""
    source = found.source
    if source is None:
        return False
    lower = scan.lower
    head = lower[source.first]
    if head in _NOBODY or head == "no-one":
        return True
    if head == "no" or (head == "one" and lower[source.first - 1 : source.first] == ["no"]):
        return True
    before = lower[max(0, source.first - 8) : source.first]
    if before[-1:] == ["no"] or (
        scan.tags[source.first - 1] == "i"
        and (not _NOBODY.isdisjoint(before[-2:-1]) or before[-3:-1] == ["no", "one"])
    ):
        return True  # "nobody in the ministry"
    return "neither" in before[-1:] or ("neither" in before and "nor" in before[-2:])


def _neither(scan: Scan, cue: int) -> bool:
    """Whether the verb is one of two that are both negated: "neither confirmed nor denied"."""
    return "neither" in scan.lower[max(0, cue - 4) : cue] or scan.lower[cue - 1] == "nor"


def _without(scan: Scan, k: int) -> bool:
    """ "stopped short of saying", "without saying", "rather than say" """
    lower = scan.lower
    if k < 1:
        return False
    if lower[k] == "without":
        return True
    return lower[k] in ("of", "than", "from") and lower[k - 1] in _WITHOUT


def _denied_noun(scan: Scan, found: Attribution) -> bool:
    """Whether the claim that holds the content is the object of a denial: "rejected the claim
    that", "dismissed reports that"."""
    cue = found.cue[0] if found.cue else 0
    tags, lower = scan.tags, scan.lower
    if lower[cue] == "denial":
        return True
    k = cue - 1
    while k >= 0 and cue - k < 8 and tags[k] in "ajnNqori":
        k -= 1
    return k >= 0 and tags[k] in "dzbeg" and lemma(lower[k]) in DENYING
