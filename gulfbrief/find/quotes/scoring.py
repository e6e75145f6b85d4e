"""How likely a candidate is a quotation: a weighted sum of named features. All candidates of a cue
and "nothing reported" (a sum of 0) share one distribution, as ``select`` reads it.

The weights (lexicon/quote_weights.tsv) were learned by tests/bench/learn_quotes.py on PolNeAR train
alone. Each feature is a plain name, so that a wrong decision can be read off: what a verb's lemma
tells, which kind of clause follows, who the source is, where the content ends. They come
in groups, one for each few facts they hang on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import repeat
from math import exp
from pathlib import Path
from typing import NamedTuple

from ..text.word_classes import CLASSES, lemma
from .candidates import ContentCandidate, CueCandidate
from .scan import Scan
from .senses import UNKNOWN, VerbSense, noun_field, singular, verb_sense
from .speech import GROUPS, NOMINAL, SOURCE_NOUNS

Group = tuple[str, ...]
_REMEMBERED = 1 << 15
_FILE = Path(__file__).parent.parent / "lexicon" / "quote_weights.tsv"


def load(path: Path = _FILE) -> dict[str, float]:
    """The weights by feature name."""
    out: dict[str, float] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                name, weight = line.split("\t")
                out[name] = float(weight)
    return out


WEIGHTS = load()
_FINITE = re.compile("[dzxm]").search
_BASE = re.compile("[be]").search
_THAT = re.compile("[hw]").search
_CLAUSE = {"d": "v", "z": "v", "x": "v", "m": "v", "b": "b", "e": "b"}


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


def weigher(weights: dict[str, float]) -> Callable[[Group], float]:
    """The sum of the weights of a group's features."""
    get, nothing = weights.get, repeat(0.0)

    def weigh(group: Group) -> float:
        return sum(map(get, group, nothing))

    return weigh


def odds(score: float) -> float:
    """How likely a candidate is beside "nothing reported", whose score is 0."""
    return exp(max(-30.0, min(30.0, score)))


def cue_word(scan: Scan, candidate: CueCandidate) -> str:
    """The base form of the cue."""
    low = scan.lower[candidate.token]
    if candidate.shape == "noun":
        return NOMINAL[low]
    if candidate.shape == "according":
        return "according"
    return lemma(low) if low in CLASSES else "?" + scan.tags[candidate.token]


def _plain(scan: Scan, token: int) -> str:
    """A word of the common vocabulary as it is, every other (a name) by its class."""
    low = scan.lower[token]
    return low if scan.tags[token] != "N" and low in CLASSES else scan.tags[token]


def cue_sense(scan: Scan, candidate: CueCandidate) -> VerbSense:
    """The kind of verb that the cue is; of other cues their shape."""
    if candidate.shape in ("verb", "tag", "passive"):
        return verb_sense(lemma(scan.lower[candidate.token]))
    return UNKNOWN._replace(field=candidate.shape[0], fields=candidate.shape[0])


def candidate_features(
    scan: Scan, candidate: CueCandidate, word: str, sense: VerbSense, kinds: dict[int, str]
) -> list[Group]:
    """What the cue and its source tell, whatever the content; ``kinds`` are the types of names by
    token."""
    tags, lower = scan.tags, scan.lower
    i = candidate.token
    tag = tags[i]
    shape = candidate.shape[0]
    group = GROUPS.get(word, "-") if shape in "vtp" else shape
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
    told = min(4, sum(map(tags[first:i].count, "dzbm")))
    quoted = "Q" if "Q" in tags[first : candidate.scope.stop] else ""
    # inside what another verb reports?
    k = scan.spoken[bisect_left(scan.spoken, i) - 1] if scan.spoken else -1
    around = ""
    if first <= k < i and i - k < 30:
        around = "n=that" if _THAT(tags, k + 1, min(i, k + 6)) else "n=verb"
    return [
        _cue(shape, word, group, sense, tag),
        _place(shape, group, f"{tag}{chain}", f"{tag}{before}", told, quoted, around, first == 0),
        _who(scan, candidate, word, group, sense, kinds),
    ]


@lru_cache(maxsize=_REMEMBERED)
def _cue(shape: str, word: str, group: str, sense: VerbSense, tag: str) -> Group:
    return (
        "bias",
        f"w={shape}{word}",
        f"g={shape}{group}",
        f"wx={shape}{sense.field}",
        f"wy={shape}{sense.fields}",
        f"wz={sense.field}{group}{tag}",
        *[f"vn={shape}{c}" for c in sense.classes],
    )


@lru_cache(maxsize=_REMEMBERED)
def _place(
    shape: str,
    group: str,
    chain: str,
    before: str,
    told: int,
    quoted: str,
    around: str,
    headline: bool,
) -> Group:
    """Where the cue stands: after which words, after how many verbs."""
    out = [
        f"c={chain}",
        f"cg={group}{chain}",
        f"b={before}",
        f"nv={told}{shape}",
        f"nw={told}{group}{before[0]}",
        f"qs={group}{quoted}",
    ]
    if around:
        out.append(around)
    if headline:
        out.append("headline")
    return tuple(out)


def _who(
    scan: Scan,
    candidate: CueCandidate,
    word: str,
    group: str,
    sense: VerbSense,
    kinds: dict[int, str],
) -> Group:
    """What the source tells: how it was found, and which kind of thing it is (a person, a body, a
    place; a noun of people, of utterances)."""
    tags, lower = scan.tags, scan.lower
    source = candidate.source
    shape = candidate.shape[0]
    if source is None:
        return _nobody(word, group, sense)
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
    if tag not in "npoaw":
        low = tag
    return _source(
        shape, word, group, sense.field, source.how, candidate.rivals, who, kind, tag, low,
        f"{opener}|{distance}",
    )  # fmt: skip


def _nobody(word: str, group: str, sense: VerbSense) -> Group:
    return ("s=none", f"sg=none{group}", f"wn={word}", f"sy=none{sense.field}")


def _source(
    shape: str,
    word: str,
    group: str,
    field: str,
    how: str,
    rivals: str,
    who: str,
    kind: str,
    tag: str,
    low: str,
    around: str,
) -> Group:
    opener, _, distance = around.partition("|")
    noun = noun_field(low) if tag == "n" else low
    out = [
        f"s={who}",
        f"sg={who}{group}",
        f"sw={who}{shape}{word}",
        f"h={how}",
        f"hg={how}{group}",
        f"st={kind}{tag}",
        f"su={kind}{field}{shape}",
        f"sv={kind}{group}",
        f"sq={kind}{shape}{word}",
        f"sx={noun}",
        f"sy={noun}{field}{shape}",
        f"sz={noun}{group}",
        f"sh={how}{field}",
        f"o={opener}",
        f"d={distance}",
    ]
    if tag == "n":
        out.append(f"sn={singular(low)}")
    if rivals != how:
        out += [f"hr={how}|{rivals}", f"hs={how}|{rivals}{who}"]
    return tuple(out)


_AUX = {w: w[:2] for w in ("have", "has", "had", "having", "do", "does", "did")}
_AUX |= {w + n: w[:2] for w in ("do", "does", "did", "has", "had") for n in ("n't", "n’t")}


def start_features(
    scan: Scan,
    candidate: CueCandidate,
    content: ContentCandidate,
    word: str,
    sense: VerbSense,
    choices: str,
) -> list[Group]:
    """What the first words of the content tell; ``choices`` are the other places to start."""
    tags, lower = scan.tags, scan.lower
    shape = candidate.shape[0]
    group = GROUPS.get(word, "-") if shape in "vtp" else shape
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
        head, noun = _plain(scan, end - 1), lower[end - 1]
    opens = _plain(scan, f)
    tag = tags[candidate.token]
    return [
        _opening(shape, content.start, frame, prep, word, group, sense, tag, choices),
        _object(shape, group, sense.field, opens, head, noun),
    ]


def _opening(
    shape: str,
    start: str,
    frame: str,
    prep: str,
    word: str,
    group: str,
    sense: VerbSense,
    tag: str,
    choices: str,
) -> Group:
    kind = f"{shape}{start}{frame}{prep}"
    short = f"{start[:3]}{frame}{prep}"
    return (
        f"f={kind}",
        f"fg={kind}{group}",
        f"fw={word}{shape}{start[:2]}{frame if frame in 'htQNnpoa' else '*'}{prep}",
        f"fs={start}{shape}{word}",
        f"fb={tag}{kind}",
        f"fc={shape}{start}{frame}|{choices}",
        f"fx={kind}{sense.field}",
        f"fy={kind}{sense.fields}",
        *[f"vf={c}{short}" for c in sense.classes],
    )


@lru_cache(maxsize=_REMEMBERED)
def _object(shape: str, group: str, field: str, opens: str, head: str, noun: str) -> Group:
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
    scan: Scan, candidate: CueCandidate, content: ContentCandidate, word: str, sense: VerbSense
) -> tuple[list[Group], End]:
    """What the last words of the content and those after it tell, for a content that ends here;
    and the facts by which ``passed_features`` speaks against a longer one that passes it by."""
    tags, lower = scan.tags, scan.lower
    shape = candidate.shape[0]
    group = GROUPS.get(word, "-") if shape in "vtp" else shape
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
    for k in range(e, min(scope, e + 6)):
        if tags[k] in "dzbge":
            coming = GROUPS.get(lemma(lower[k]), "o")[:1] + tags[k]
            break
        if tags[k] in "mx":
            coming = tags[k]
            break
    told = bisect_right(scan.spoken, f)
    inside = "t" if told < len(scan.spoken) and scan.spoken[told] < e else ""
    follow = lower[e + 1] if nxt in ",-" and nxt2 and nxt2 in "swicrhg" else ""
    ahead = tags[e : min(e + 3, scope)]
    # marked words inside, and those that would be lost
    lost = "L" if tags.find("Q", e, min(e + 12, scope)) >= 0 else ""
    end = content.end
    return [
        _extent(shape, word, group, sense.field, content.start, end, frame, clause, mark, length),
        _border(kind, group, sense.field, end, nxt, nxt2, mark, lost),
        _beyond(end, f"{last}{nxt}", f"{nxt}{coming}", f"{ahead}{clause}", follow,
                f"{inside}{span.count(',')}"),
    ], End(kind, group, end, nxt, nxt2, coming, ahead, follow, clause, length)  # fmt: skip


def _extent(
    shape: str,
    word: str,
    group: str,
    field: str,
    start: str,
    end: str,
    frame: str,
    clause: str,
    mark: str,
    length: str,
) -> Group:
    """What kind of clause the content is, and how long."""
    kind = f"{shape}{start}"
    return (
        f"e={kind}{end}",
        f"ef={kind}{end}{frame}{clause}",
        f"ec={end}{clause}{mark}",
        f"el={kind}{length}{clause}{mark}",
        f"ew={word}{shape}{end}",
        f"ev={clause}{frame}{length}",
        f"eg={group}{end}{clause}",
        f"wl={word}{shape}{clause}{length}",
        f"eh={field}{end}{clause}",
        f"ek={field}{shape}{clause}{length}",
    )


def _border(
    kind: str, group: str, field: str, end: str, nxt: str, nxt2: str, mark: str, lost: str
) -> Group:
    """What stands right behind the content."""
    out = (f"en={kind}{nxt}{nxt2}", f"em={field}{nxt}{end}")
    if mark or lost:
        return (*out, f"mq={kind}{end}{mark}{lost}", f"mg={group}{mark}{lost}")
    return out


def _beyond(end: str, edge: str, coming: str, ahead: str, follow: str, inside: str) -> Group:
    """What comes after the content, and what is left inside it."""
    return (
        f"ex={edge}",
        f"es={end}{coming}",
        f"e3={ahead}",
        f"eo={end}{follow}",
        f"ei={end}{inside}"[:12],
    )


def passed_features(facts: End) -> Group:
    """What an end tells against a longer content that passes it by."""
    kind, group, end, nxt, nxt2, coming, ahead, follow, clause, length = facts
    return (
        f"k={end}{nxt}{coming}",
        f"kn={nxt}{nxt2}{clause}{kind}",
        f"kl={clause}{length}",
        f"k3={ahead}",
        f"ko={nxt}{follow}",
        f"kg={group}{nxt}{nxt2}",
    )
