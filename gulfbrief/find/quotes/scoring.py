"""How likely a candidate is a quotation: a weighted sum of named features, through the logistic.

The weights (lexicon/quote_weights.tsv) were learned by tests/bench/learn_quotes.py on PolNeAR train
alone. Each feature is a plain name, so that a wrong decision can be read off: what a verb's lemma
tells, which kind of clause follows, who the source is, where the content ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from math import exp
from pathlib import Path

from .indirect import Option, Site
from .scan import Scan
from .senses import UNKNOWN, VerbSense, noun_field, singular, verb_sense
from .sources import Source
from .words import CLASSES, GROUPS, NOMINAL, SOURCE_NOUNS, lemma

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


def probability(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def cue_word(scan: Scan, site: Site) -> str:
    """The base form of the cue."""
    low = scan.lower[site.token]
    if site.shape == "noun":
        return NOMINAL[low]
    if site.shape == "according":
        return "according"
    return lemma(low) if low in CLASSES else "?" + scan.tags[site.token]


def _plain(scan: Scan, token: int) -> str:
    """A word of the common vocabulary as it is, every other (a name) by its class."""
    low = scan.lower[token]
    return low if scan.tags[token] != "N" and low in CLASSES else scan.tags[token]


def cue_sense(scan: Scan, site: Site) -> VerbSense:
    """The kind of verb that the cue is; of other cues their shape."""
    if site.shape in ("verb", "tag", "passive"):
        return verb_sense(lemma(scan.lower[site.token]))
    return UNKNOWN._replace(field=site.shape[0], fields=site.shape[0])


def site_features(
    scan: Scan, site: Site, word: str, sense: VerbSense, kinds: dict[int, str]
) -> list[str]:
    """What the cue and its source tell, whatever the content; ``kinds`` are the types of names by
    token."""
    tags, lower = scan.tags, scan.lower
    i = site.token
    shape = site.shape[0]
    group = GROUPS.get(word, "-") if shape in "vtp" else shape
    out = ["bias", f"w={shape}{word}", f"g={shape}{group}"]
    first = site.scope.first
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
    out.append(f"c={tags[i]}{chain}")
    out.append(f"cg={group}{tags[i]}{chain}")
    before = tags[k] if k >= first else "^"
    out.append(f"b={tags[i]}{before}")
    told = min(4, sum(map(tags[first:i].count, "dzbm")))
    out += [
        f"nv={told}{shape}",
        f"nw={told}{group}{tags[i]}",
        f"qs={group}" + ("Q" if "Q" in tags[first : site.scope.stop] else ""),
        f"wx={shape}{sense.field}",
        f"wy={shape}{sense.fields}",
        f"wz={sense.field}{group}{tags[i]}",
        *[f"vn={shape}{c}" for c in sense.classes],
    ]
    source = site.source
    if source is None:
        out.append("s=none")
        out.append(f"sg=none{group}")
        out.append(f"wn={word}")
        out.append(f"sy=none{sense.field}")
    else:
        head = source.stop - 1
        kind = tags[head]
        for h in range(source.first, source.stop):
            if tags[h] == "i":
                head = h - 1
                kind = tags[head]
                break
        if kind in "po" or (source.stop - source.first == 1 and kind in "aw"):
            who = _plain(scan, head)
        elif kind == "n":
            who = SOURCE_NOUNS.get(lower[head]) or ("n" + ("s" if lower[head][-1:] == "s" else ""))
        elif source.how == "relative":
            who = _plain(scan, source.stop - 1)
        else:
            who = kind
        out.append(f"s={who}")
        out.append(f"sg={who}{group}")
        out.append(f"sw={who}{shape}{word}")
        out.append(f"h={source.how}")
        out.append(f"hg={source.how}{group}")
        if site.rivals != source.how:
            out.append(f"hr={source.how}|{site.rivals}")
            out.append(f"hs={source.how}|{site.rivals}{who}")
        out += _source_kind(scan, site, source, head, word, sense, group, kinds)
        f = source.first - 1
        opener = "^" if f < first else tags[f]
        out.append(f"o={opener}" if opener not in "si" else f"o={lower[f]}")
        gap = i - source.stop
        out.append("d=" + ("0" if gap <= 0 else "1" if gap < 3 else "2" if gap < 8 else "3"))
    # inside what another verb reports?
    k = scan.spoken[bisect_left(scan.spoken, i) - 1] if scan.spoken else -1
    if first <= k < i and i - k < 30:
        out.append("n=that" if _THAT(tags, k + 1, min(i, k + 6)) else "n=verb")
    if scan.text.sentences and site.scope.first == 0:
        out.append("headline")
    return out


def _source_kind(
    scan: Scan,
    site: Site,
    source: Source,
    head: int,
    word: str,
    sense: VerbSense,
    group: str,
    kinds: dict[int, str],
) -> list[str]:
    """Which kind of thing speaks: a person, a body, a place; a noun of people, of utterances."""
    shape = site.shape[0]
    tag, low = scan.tags[head], scan.lower[head]
    kind = kinds.get(head, "-")
    who = noun_field(low) if tag == "n" else low if tag in "poaw" else tag
    out = [
        f"st={kind}{tag}",
        f"su={kind}{sense.field}{shape}",
        f"sv={kind}{group}",
        f"sq={kind}{shape}{word}",
        f"sx={who}",
        f"sy={who}{sense.field}{shape}",
        f"sz={who}{group}",
        f"sh={source.how}{sense.field}",
    ]
    if tag == "n":
        out.append(f"sn={singular(low)}")
    return out


_AUX = {w: w[:2] for w in ("have", "has", "had", "having", "do", "does", "did")}
_AUX |= {w + n: w[:2] for w in ("do", "does", "did", "has", "had") for n in ("n't", "n’t")}


def start_features(
    scan: Scan, site: Site, option: Option, word: str, sense: VerbSense, choices: str
) -> list[str]:
    """What the first words of the content tell; ``choices`` are the other places to start."""
    tags, lower = scan.tags, scan.lower
    shape = site.shape[0]
    group = GROUPS.get(word, "-") if shape in "vtp" else shape
    f = option.first
    frame = tags[f]
    if frame in "hwis":
        frame = lower[f]
    prep = ""
    if option.start in ("prep", "as") and f:
        prep = lower[f - 1]
    kind = f"{shape}{option.start}{frame}{prep}"
    end = scan.phrase_stop[f]
    head = object_kind = ""
    more: list[str] = []
    if frame in "ajnq" and end > f:
        head = _plain(scan, end - 1)
        object_kind = noun_field(lower[end - 1])
        more.append(f"hw={singular(lower[end - 1])}{shape}")
    start = f"{option.start[:3]}{frame}{prep}"
    return [
        *more,
        *[f"vf={c}{start}" for c in sense.classes],
        f"fx={kind}{sense.field}",
        f"fy={kind}{sense.fields}",
        f"hx={sense.field}{shape}{object_kind}",
        f"hy={group}{shape}{object_kind}",
        f"f={kind}",
        f"fg={kind}{group}",
        f"fw={word}{shape}{option.start[:2]}{frame if frame in 'htQNnpoa' else '*'}{prep}",
        f"fs={option.start}{shape}{word}",
        f"fb={tags[site.token]}{kind}",
        f"c1={group}{_plain(scan, f)}",
        f"hd={group}{head}",
        f"fc={shape}{option.start}{frame}|{choices}",
    ]


def end_features(
    scan: Scan, site: Site, option: Option, word: str, sense: VerbSense
) -> tuple[list[str], list[str]]:
    """What the last words of the content and those after it tell, for a content that ends here;
    and what this end tells against a longer one that passes it by."""
    tags, lower = scan.tags, scan.lower
    shape = site.shape[0]
    group = GROUPS.get(word, "-") if shape in "vtp" else shape
    f, e = option.first, option.stop
    size = e - f
    length = (
        "1" if size == 1 else "2" if size < 4 else "3" if size < 8 else "4" if size < 16 else "5"
    )
    span = tags[f:e]
    verb = _FINITE(span) or _BASE(span)
    clause = _CLAUSE[verb.group()] if verb else "g" if "g" in span else "-"
    mark = "Q" if "Q" in span else ""
    scope = site.scope.stop
    if e < scope:
        nxt = tags[e]
        nxt2 = tags[e + 1] if e + 1 < scope else "."
        if nxt in "sicw":
            nxt = lower[e]
    else:
        nxt, nxt2 = ".", ""
    frame = tags[f]
    kind = f"{shape}{option.start}"
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
    passed = [
        f"k={option.end}{nxt}{coming}",
        f"kn={nxt}{nxt2}{clause}{kind}",
        f"kl={clause}{length}",
        f"k3={ahead}",
        f"ko={nxt}{follow}",
        f"kg={group}{nxt}{nxt2}",
    ]
    # marked words inside, and those that would be lost
    lost = "L" if tags.find("Q", e, min(e + 12, scope)) >= 0 else ""
    marks: list[str] = []
    if mark or lost:
        marks = [f"mq={kind}{option.end}{mark}{lost}", f"mg={group}{mark}{lost}"]
    return [
        *marks,
        f"e={kind}{option.end}",
        f"ef={kind}{option.end}{frame}{clause}",
        f"ec={option.end}{clause}{mark}",
        f"en={kind}{nxt}{nxt2}",
        f"el={kind}{length}{clause}{mark}",
        f"ew={word}{shape}{option.end}",
        f"ex={last}{nxt}",
        f"ev={clause}{frame}{length}",
        f"es={option.end}{nxt}{coming}",
        f"e3={ahead}{clause}",
        f"eo={option.end}{follow}",
        f"eg={group}{option.end}{clause}",
        f"wl={word}{shape}{clause}{length}",
        f"eh={sense.field}{option.end}{clause}",
        f"ek={sense.field}{shape}{clause}{length}",
        f"em={sense.field}{nxt}{option.end}",
        f"ei={option.end}{inside}{span.count(',')}"[:12],
    ], passed
