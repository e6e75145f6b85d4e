"""How likely a candidate is a quotation: a weighted sum of named features. All candidates of a cue
and "nothing reported" (a sum of 0) share one distribution, as ``select`` reads it.

The weights (lexicon/quote_weights.tsv) were learned by tests/bench/learn_quotes.py on PolNeAR train
alone. Each feature is a plain name, so that a wrong decision can be read off: what a verb's lemma
tells, which kind of clause follows, who the source is, where the content ends (``evaluate``: see
log_linear.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from math import exp
from typing import NamedTuple

from ..log_linear import Features, Value, load
from ..text.word_classes import CLASSES, lemma
from .candidates import ContentCandidate, CueCandidate
from .scan import Scan
from .senses import VerbSense, noun_field, singular, verb_sense
from .speech import GROUPS, NOMINAL, SOURCE_NOUNS

_REMEMBERED = 1 << 14
WEIGHTS = load("quote_weights.tsv")
_VERBAL = re.compile("[dzbm]").finditer
_COMING = re.compile("[dzbgemx]").search
_FINITE = re.compile("[dzxm]").search
_BASE = re.compile("[be]").search
_THAT = re.compile("[hw]").search
_CLAUSE = {"d": "v", "z": "v", "x": "v", "m": "v", "b": "b", "e": "b"}


class Cue(NamedTuple):
    """A cue by itself: the first letter of its ``shape``, its base form, the kind of verb that the
    word lists and WordNet tell of, and the letter of its token."""

    shape: str
    word: str
    group: str
    sense: VerbSense
    tag: str


class End(NamedTuple):
    """Where a content ends, as far as a longer one is weighed against it."""

    kind: str
    group: str
    end: str
    nxt: str
    nxt2: str
    coming: str
    ahead: str
    follow: str
    clause: str
    length: str


def odds(score: float) -> float:
    """How likely a candidate is beside "nothing reported", whose score is 0."""
    return exp(score if -30.0 < score < 30.0 else 30.0 if score > 0 else -30.0)


def cue_of(scan: Scan, candidate: CueCandidate) -> Cue:
    """What its cue tells by itself."""
    return _cue_of(candidate.shape, scan.lower[candidate.token], scan.tags[candidate.token])


@lru_cache(maxsize=_REMEMBERED)
def _cue_of(shape: str, low: str, tag: str) -> Cue:
    if shape == "noun":
        word = NOMINAL[low]
    elif shape == "according":
        word = "according"
    else:
        word = lemma(low) if low in CLASSES else "?" + tag
    kind = shape[0]
    if shape in ("verb", "tag", "passive"):
        return Cue(kind, word, GROUPS.get(word, "-"), verb_sense(lemma(low)), tag)
    return Cue(kind, word, kind, VerbSense(kind, kind, ()), tag)


def _plain(scan: Scan, token: int) -> str:
    """A word of the common vocabulary as it is, every other (a name) by its class."""
    low = scan.lower[token]
    return low if scan.tags[token] != "N" and low in CLASSES else scan.tags[token]


def candidate_features(
    scan: Scan,
    candidate: CueCandidate,
    cue: Cue,
    kinds: dict[int, str],
    evaluate: Callable[..., Value],
) -> Value:
    """What the cue and its source tell, whatever the content; ``kinds`` are the types of names by
    token."""
    tags, lower = scan.tags, scan.lower
    i = candidate.token
    shape, word, group, sense, tag = cue
    first = candidate.scope.first
    # what stands before the verb
    k = i - 1
    chain = ""
    while k >= first and tags[k] in "rxmt" and i - k < 6:
        if tags[k] == "r":
            chain += "not" if lower[k] in ("not", "never") else ""
        elif tags[k] == "x":
            chain += _AUX.get(lower[k], "be")
            if lower[k][-3:] in ("n't", "n’t"):
                chain += "not"
        else:
            chain += tags[k]
        k -= 1
    before = tags[k] if k >= first else "^"
    verbs = sum(1 for _ in islice(_VERBAL(tags, first, i), 4))
    quoted = "Q" if tags.find("Q", first, candidate.scope.stop) >= 0 else ""
    # inside what another verb reports?
    k = scan.spoken[bisect_left(scan.spoken, i) - 1] if scan.spoken else -1
    around = ""
    if first <= k < i and i - k < 30:
        around = "n=that" if _THAT(tags, k + 1, min(i, k + 6)) else "n=verb"
    found = (
        evaluate(_cue, shape, word, group, sense, tag)
        + evaluate(_place, shape, group, tag + chain, tag + before, verbs, quoted)
        + _who(scan, candidate, cue, kinds, evaluate)
    )
    return found + evaluate(_setting, around, first == 0) if around or first == 0 else found


def _cue(shape: str, word: str, group: str, sense: VerbSense, tag: str) -> Features:
    return (
        "bias",
        f"w={shape}{word}",
        f"g={shape}{group}",
        f"wx={shape}{sense.field}",
        f"wy={shape}{sense.fields}",
        f"wz={sense.field}{group}{tag}",
        *[f"vn={shape}{c}" for c in sense.classes],
    )


def _place(shape: str, group: str, chain: str, before: str, verbs: int, quoted: str) -> Features:
    """Where the cue stands: after which words, after how many verbs."""
    return (
        f"c={chain}",
        f"cg={group}{chain}",
        f"b={before}",
        f"nv={verbs}{shape}",
        f"nw={verbs}{group}{before[0]}",
        f"qs={group}{quoted}",
    )


def _setting(around: str, headline: bool) -> Features:
    """Whether another verb reports the sentence, and whether it is the first of the text."""
    return tuple(filter(None, (around, "headline" if headline else "")))


def _who(
    scan: Scan,
    candidate: CueCandidate,
    cue: Cue,
    kinds: dict[int, str],
    evaluate: Callable[..., Value],
) -> Value:
    """What the source tells: how it was found, and which kind of thing it is (a person, an
    organisation, a place; a noun of people, of utterances)."""
    tags, lower = scan.tags, scan.lower
    source = candidate.source
    shape, word, group, sense, _ = cue
    if source is None:
        return evaluate(_nobody, word, group, sense.field)
    head = source.stop - 1
    for h in range(source.first, source.stop):
        if tags[h] == "i":
            head = h - 1
            break
    tag, low = tags[head], lower[head]
    if tag in "po" or (source.stop - source.first == 1 and tag in "aw"):
        who = _plain(scan, head)
    elif tag == "n":
        who = SOURCE_NOUNS.get(low) or ("n" + ("s" if low[-1:] == "s" else ""))
    elif source.how == "relative":
        who = _plain(scan, source.stop - 1)
    else:
        who = tag
    f = source.first - 1
    opener = "^" if f < candidate.scope.first else tags[f]
    if opener in "si":
        opener = lower[f]
    gap = candidate.token - source.stop
    distance = "0" if gap <= 0 else "1" if gap < 3 else "2" if gap < 8 else "3"
    kind = kinds.get(head, "-")
    found = (
        evaluate(_source, group, source.how, candidate.rivals, who)
        + evaluate(_source_of, shape, word, who)
        + evaluate(_bearer, shape, group, sense.field, source.how, kind, tag)
        + evaluate(_bearer_of, shape, word, kind)
        + evaluate(_around, opener, distance)
    )
    if tag == "n":
        noun = noun_field(low)
        return (
            found
            + evaluate(_noun, shape, group, sense.field, noun)
            + evaluate(_singular, singular(low))
        )
    return found + evaluate(_noun, shape, group, sense.field, low if tag in "poaw" else tag)


def _nobody(word: str, group: str, field: str) -> Features:
    return ("s=none", f"sg=none{group}", f"wn={word}", f"sy=none{field}")


def _source(group: str, how: str, rivals: str, who: str) -> Features:
    out = (f"s={who}", f"sg={who}{group}", f"h={how}", f"hg={how}{group}")
    if rivals != how:
        return (*out, f"hr={how}|{rivals}", f"hs={how}|{rivals}{who}")
    return out


def _source_of(shape: str, word: str, who: str) -> Features:
    return (f"sw={who}{shape}{word}",)


def _bearer(shape: str, group: str, field: str, how: str, kind: str, tag: str) -> Features:
    return f"st={kind}{tag}", f"su={kind}{field}{shape}", f"sv={kind}{group}", f"sh={how}{field}"


def _bearer_of(shape: str, word: str, kind: str) -> Features:
    return (f"sq={kind}{shape}{word}",)


def _noun(shape: str, group: str, field: str, noun: str) -> Features:
    return f"sx={noun}", f"sy={noun}{field}{shape}", f"sz={noun}{group}"


def _singular(noun: str) -> Features:
    return (f"sn={noun}",)


def _around(opener: str, distance: str) -> Features:
    return f"o={opener}", f"d={distance}"


_AUX = {w: w[:2] for w in ("have", "has", "had", "having", "do", "does", "did")}
_AUX |= {w + n: w[:2] for w in ("do", "does", "did", "has", "had") for n in ("n't", "n’t")}


def start_features(
    scan: Scan,
    candidate: CueCandidate,
    content: ContentCandidate,
    cue: Cue,
    choices: str,
    evaluate: Callable[..., Value],
) -> Value:
    """What the first words of the content tell; ``choices`` are the other places to start."""
    tags, lower = scan.tags, scan.lower
    shape, word, group, sense, tag = cue
    f = content.first
    frame = tags[f]
    if frame in "hwis":
        frame = lower[f]
    prep = ""
    if content.start in ("prep", "as") and f:
        prep = lower[f - 1]
    end = scan.phrase_stop[f]
    head = noun = ""
    if frame in "ajnq" and end > f:
        head = _plain(scan, end - 1)
        noun = lower[end - 1] if tags[end - 1] != "N" else ""
    opens = _plain(scan, f)
    start = content.start
    return (
        evaluate(_opening, shape, start, frame, prep, word, group, sense, tag)
        + evaluate(_choice, shape, start, frame, choices)
        + evaluate(_object, shape, group, sense.field, opens, head, noun)
    )


def _opening(
    shape: str,
    start: str,
    frame: str,
    prep: str,
    word: str,
    group: str,
    sense: VerbSense,
    tag: str,
) -> Features:
    """Which kind of clause or phrase the content begins with."""
    kind = f"{shape}{start}{frame}{prep}"
    short = f"{start[:3]}{frame}{prep}"
    return (
        f"f={kind}",
        f"fg={kind}{group}",
        f"fw={word}{shape}{start[:2]}{frame if frame in 'htQNnpoa' else '*'}{prep}",
        f"fs={start}{shape}{word}",
        f"fb={tag}{kind}",
        f"fx={kind}{sense.field}",
        f"fy={kind}{sense.fields}",
        *[f"vf={c}{short}" for c in sense.classes],
    )


def _choice(shape: str, start: str, frame: str, choices: str) -> Features:
    return (f"fc={shape}{start}{frame}|{choices}",)


def _object(shape: str, group: str, field: str, opens: str, head: str, noun: str) -> Features:
    """The first word of the content, and the noun that its first phrase is about."""
    kind = noun_field(noun) if noun else ""
    return (
        f"c1={group}{opens}",
        f"hd={group}{head}",
        f"hx={field}{shape}{kind}",
        f"hy={group}{shape}{kind}",
        f"hw={singular(noun)}{shape}",
    )


def end_features(
    scan: Scan,
    candidate: CueCandidate,
    content: ContentCandidate,
    cue: Cue,
    evaluate: Callable[..., Value],
) -> tuple[Value, End]:
    """What the last words of the content and those after it tell, for a content that ends here;
    and the facts by which ``passed_features`` speaks against a longer one that passes it by."""
    tags, lower = scan.tags, scan.lower
    shape, word, group, sense, _ = cue
    f, e = content.first, content.stop
    size = e - f
    length = (
        "1" if size == 1 else "2" if size < 4 else "3" if size < 8 else "4" if size < 16 else "5"
    )
    span = tags[f:e]
    verb = _FINITE(span) or _BASE(span)
    clause = _CLAUSE[verb.group()] if verb else "g" if "g" in span else "-"
    mark = "Q" if "Q" in span else ""
    scope = candidate.scope.stop
    if e < scope:
        nxt = tags[e]
        nxt2 = tags[e + 1] if e + 1 < scope else "."
        if nxt in "sicw":
            nxt = lower[e]
    else:
        nxt, nxt2 = ".", ""
    frame = tags[f]
    kind = f"{shape}{content.start}"
    last = tags[e - 1]
    # what the next verb after it does, and whether one of telling is left inside
    coming = "-"
    following = _COMING(tags, e, min(scope, e + 6))
    if following:
        coming = following.group()
        if coming not in "mx":
            coming = GROUPS.get(lemma(lower[following.start()]), "o")[:1] + coming
    verb_at = bisect_right(scan.spoken, f)
    inside = "t" if verb_at < len(scan.spoken) and scan.spoken[verb_at] < e else ""
    follow = lower[e + 1] if nxt in ",-" and nxt2 and nxt2 in "swicrhg" else ""
    ahead = tags[e : min(e + 3, scope)]
    # marked words inside, and those that would be lost
    lost = "L" if tags.find("Q", e, min(e + 12, scope)) >= 0 else ""
    inner = f"{inside}{span.count(',')}"
    end = content.end
    value = (
        evaluate(_extent, kind, end, frame, clause, mark, length)
        + evaluate(_reach, shape, word, group, sense.field, end, clause, length)
        + evaluate(_border, kind, group, sense.field, end, nxt, nxt2, mark, lost)
        + evaluate(_beyond, end, last + nxt, nxt + coming, follow, inner)
        + evaluate(_following, ahead + clause)
    )
    facts = End(kind, group, end, nxt, nxt2, coming, ahead, follow, clause, length)
    return value, facts


def _extent(kind: str, end: str, frame: str, clause: str, mark: str, length: str) -> Features:
    """What kind of clause the content is, and how long."""
    return (
        f"e={kind}{end}",
        f"ef={kind}{end}{frame}{clause}",
        f"ec={end}{clause}{mark}",
        f"el={kind}{length}{clause}{mark}",
        f"ev={clause}{frame}{length}",
    )


def _reach(
    shape: str, word: str, group: str, field: str, end: str, clause: str, length: str
) -> Features:
    """How much such a cue reports."""
    return (
        f"ew={word}{shape}{end}",
        f"eg={group}{end}{clause}",
        f"wl={word}{shape}{clause}{length}",
        f"eh={field}{end}{clause}",
        f"ek={field}{shape}{clause}{length}",
    )


def _border(
    kind: str, group: str, field: str, end: str, nxt: str, nxt2: str, mark: str, lost: str
) -> Features:
    """What stands right behind the content."""
    out = (f"en={kind}{nxt}{nxt2}", f"em={field}{nxt}{end}")
    if mark or lost:
        return (*out, f"mq={kind}{end}{mark}{lost}", f"mg={group}{mark}{lost}")
    return out


def _beyond(end: str, edge: str, coming: str, follow: str, inside: str) -> Features:
    """What comes next after the content, and what is left inside it."""
    return f"ex={edge}", f"es={end}{coming}", f"eo={end}{follow}", f"ei={end}{inside}"[:12]


def _following(ahead: str) -> Features:
    """The next three tokens."""
    return (f"e3={ahead}",)


def passed_features(facts: End, evaluate: Callable[..., Value]) -> Value:
    """What an end tells against a longer content that passes it by."""
    kind, group, end, nxt, nxt2, coming, ahead, follow, clause, length = facts
    return (
        evaluate(_passed, end, nxt, coming, follow, clause, length)
        + evaluate(_behind, kind, group, nxt, nxt2, clause)
        + evaluate(_ahead, ahead)
    )


def _passed(end: str, nxt: str, coming: str, follow: str, clause: str, length: str) -> Features:
    return f"k={end}{nxt}{coming}", f"kl={clause}{length}", f"ko={nxt}{follow}"


def _behind(kind: str, group: str, nxt: str, nxt2: str, clause: str) -> Features:
    return f"kn={nxt}{nxt2}{clause}{kind}", f"kg={group}{nxt}{nxt2}"


def _ahead(ahead: str) -> Features:
    return (f"k3={ahead}",)
