"""Where the content of a statement ends: at which of the places that its cue leaves open.

``select`` tells which words a cue reports, by as much as half of them; here the very end is chosen,
given where they start, by the odds of each content and by what is told of ends. The ends of one
start share one distribution (softmax), with weights of their own (lexicon/extent_weights.tsv) that
tests/bench/learn_extents.py learns on the statements of PolNeAR train. Each end is known by what
the content holds so far and by what follows it; a longer content is also held against each nearer
end that it passes by.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import repeat
from math import log
from typing import NamedTuple

from ..log_linear import load
from ..text.word_classes import lemma
from .candidates import ContentCandidate, CueCandidate
from .scan import Scan
from .speech import DENYING, GROUPS, LABELLING, MEDIA, NOMINAL, SPEECH

# How much the weights of ends count beside the odds of the whole content.
SHARE = 0.5
WEIGHTS = load("extent_weights.tsv")
_FINITE = re.compile("[dzxm]").findall
_SAYS = re.compile("[dzxm]").search
_NOUN = re.compile("[ajqnN]+")
_ADVERBS = re.compile("r+")
# words that may open what follows, told apart one by one
_OPENERS = frozenset(
    """and but or nor while although though which who whose where as after when because since for
    with including according before despite amid if than so unless until of in on at to by from
    about during like such without against""".split()
)
_MAIN = re.compile("r*(?:[ajqnN]+|p)(?:i[ajqnN]+)*[rx]*[dzxmb]").match
_SILENT = re.compile(
    r"(?:but|and) (?:declined to|refused to|(?:gave|offered|provided) no)\b"
    r"|but (?:did not|didn['’]t|was not more)\b"
).match
_PRESENT = frozenset("is are has have am will can may must does do".split())
_COORDINATED = re.compile("([^dzxmbehwQ]+)cr?[dz]").match
_CLAUSE_TOO = re.compile("([^dzxmbehwQ,]+)c(?:[ajqnN]*[nN]|p)r*[dzx]").match
_DISPUTED = re.compile("r*((?:[ajqnN]+|p))[rx]*").match
_PLAIN_PHRASE = re.compile("[ajqnNiryc]+").fullmatch
# "that her cousin — who has two boats — was there"
_ASIDE = re.compile("h?[^dzxmbw,-]+(?:-w[^-]*-|,w[^,]*,)r*[dzxm]").match
_REMARKS = frozenset("dig nod swipe jab reference allusion move step".split())
_AGAIN = frozenset(("say", "add", "note", "warn"))
_BACKGROUND = (["which", "was"], ["which", "were"])
_IN_MEDIUM = frozenset(("in", "on", "during", "at", "via"))
_CONTRAST = frozenset(("while", "whereas", "but", "though", "although"))
_CLAUSAL = frozenset("say add argue insist think believe".split())  # report no bare noun phrase
_SIZES = (1, 4, 9, 18)  # tokens from which a stretch counts as longer


class _End(NamedTuple):
    """What is told by one end: how it was found, what stands before it, and what behind."""

    kind: str
    finite: int
    final: str
    frame: str
    opener: str
    subject: str
    verb: str
    last_verb: str
    telling: str
    after: str
    condition: str
    marks: str
    size: str
    rest: str
    edge: str
    commas: int


def decided(scan: Scan, candidate: CueCandidate) -> bool:
    """Whether the cue is one of telling, whose contents have their end chosen here."""
    return candidate.shape == "according" or lemma(scan.lower[candidate.token]) in SPEECH


def likeliest(
    scan: Scan,
    candidate: CueCandidate,
    content: ContentCandidate,
    odds: list[tuple[ContentCandidate, float]],
) -> ContentCandidate:
    """Of the contents of ``candidate`` that start as ``content`` does, each with its ``odds`` as a
    whole, the one with the likeliest end; ``content`` itself where it is a bare noun phrase."""
    if len(odds) < 2 or content.more:
        return content
    odds = sorted(odds, key=lambda each: each[0].stop)
    ends = [end for end, _ in odds]
    if candidate.shape in ("tag", "according") and not _SAYS(
        scan.tags, content.first, content.stop
    ):
        split = [e for e in ends if e.more and _SAYS(scan.tags, *e.more)]
        return split[0] if split else content  # "The biggest danger, according to H, is fear"
    ends = [e for e in ends if not e.more]
    if candidate.source and scan.tags[candidate.source.stop - 1] == "w":
        for end in ends:  # "one clerk, who said it was “a trap,” left"
            if _comma_in_marks(scan, end.stop) and scan.tags[end.stop : end.stop + 1] in (
                "d",
                "z",
                "n",
            ):
                return end
    word = lemma(scan.lower[candidate.token])
    clause = scan.tags[content.first] == "h" or _SAYS(scan.tags, content.first, content.stop)
    aside = _ASIDE(scan.tags, content.first, ends[-1].stop)
    if aside is None and not clause and not _goes_on(scan, word, content.stop, ends[-1].stop):
        return content
    nearer = _before_next_verb(scan, content, ends)
    if nearer:
        return nearer
    least = _main_clause(scan, content.first, ends[-1].stop)
    least = max(least, aside.end() - 1 if aside else 0)
    least = max(least, _last_infinitive(scan, content.first, ends[-1].stop))
    most = _next_report(scan, candidate.token, content.first, ends[-1].stop)
    if any(least < e.stop <= most for e in ends):
        ends = [e for e in ends if e.stop <= most]
    if len(ends) == 1:
        return ends[0] if ends[0].stop > least else content
    get, nothing = WEIGHTS.get, repeat(0.0)
    whole = {end.stop: log(max(each, 1e-9)) for end, each in odds if not end.more}
    best, top, passed = content, -1e9, 0.0
    shape, cue, group = _cue_of(scan, candidate, word)
    for end in ends:
        facts = _facts(scan, candidate.scope.stop, end)
        own = sum(map(get, _own(facts, shape, end.start, cue, word, group), nothing))
        score = whole[end.stop] + SHARE * (passed + own)
        if score > top and end.stop > least:
            best, top = end, score
        if end is not ends[-1]:
            passed += sum(map(get, _passed(facts, cue), nothing))
    return best


def _comma_in_marks(scan: Scan, stop: int) -> bool:
    """Whether marked words that end at token ``stop`` (exclusive) end on a comma."""
    return scan.tags[stop - 1] == "Q" and scan.raw[scan.starts[stop - 1] - 1] == ","


def features(scan: Scan, candidate: CueCandidate, ends: list[ContentCandidate]) -> list[list[str]]:
    """The features of each of ``ends``, nearest first: its own, and those of the ends it passes."""
    out: list[list[str]] = []
    passed: list[str] = []
    word = lemma(scan.lower[candidate.token])
    shape, cue, group = _cue_of(scan, candidate, word)
    for end in ends:
        facts = _facts(scan, candidate.scope.stop, end)
        out.append([*_own(facts, shape, end.start, cue, word, group), *passed])
        passed += _passed(facts, cue)
    return out


def _cue_of(scan: Scan, candidate: CueCandidate, word: str) -> tuple[str, str, str]:
    """The first letter of the shape of a cue, its class and its group; ``word`` is its lemma."""
    shape = candidate.shape[0]
    group = GROUPS.get(word, "-") if shape in "vtp" else shape
    return shape, scan.tags[candidate.token], group


def _main_clause(scan: Scan, first: int, stop: int) -> int:
    """Where the main clause begins behind a subordinate one that opens the content: "if they had
    known, nobody would have died"; 0 where none opens it or no main clause follows."""
    tags = scan.tags
    opener = first + (tags[first] == "h")
    if tags[opener : opener + 1] != "s":
        return 0
    comma = tags.find(",", opener, stop)
    while comma > 0:
        if _MAIN(tags, comma + 1, stop):
            return comma + 1
        comma = tags.find(",", comma + 1, stop)
    return 0


def _last_infinitive(scan: Scan, first: int, stop: int) -> int:
    """Where the last of a list of infinitives begins: "to hire a clerk, train the crews and open a
    yard"; 0 where there is no list."""
    if scan.tags[first] != "t":
        return 0
    found = scan.tags.rfind(",b", first, stop)
    return found + 1 if found > 0 else 0


def _next_report(scan: Scan, at: int, first: int, stop: int) -> int:
    """Where the source is told to say more, or not to: "..., adding that", "..., but did not
    elaborate", "..., according to"; ``stop`` where it is not. ``at`` is the token of the cue."""
    tags = scan.tags
    cue = tags[at]
    present = None
    perfect = first > 1 and scan.lower[at - 1] in ("have", "has") and scan.tags[at - 1] == "x"
    for k in range(first + 1, stop):
        if cue == "d" and tags[k : k + 2] == "cd" and _says_again(scan, at, k + 1):
            return k  # "claimed that it was shut and said it would stay so"
        if cue == "g" and tags[k : k + 2] == "cg" and "g" not in tags[first:k]:
            return k  # "saying that he is ill and blaming the port"
        if tags[k] == "c" and tags[k - 1] != ",":
            if _SILENT(" ".join(scan.lower[k : k + 4])):
                return k
            verb = k + 1 + (tags[k + 1 : k + 2] == "r")
            if scan.lower[verb] in ("have", "has") and perfect:
                return k  # "have said that it works and have asked for more"
            if present and cue == "d" and tags[verb : verb + 1] == "d":
                return k  # "said that he is ill and asked for leave"
        elif present is None and tags[k] in "dzxm":
            present = tags[k] == "z" or scan.lower[k] in _PRESENT
    comma = tags.find(",", first + 1, stop)
    while comma > 0:
        if scan.lower[comma + 1 : comma + 3] == ["according", "to"]:
            return comma
        if scan.lower[comma + 1 : comma + 2] == ["as"] and _as_said(scan, comma + 2, stop):
            return comma
        if tags[comma + 1 : comma + 2] == "g" and lemma(scan.lower[comma + 1]) in SPEECH:
            return comma if _SAYS(tags, first, comma) else stop
        if _SILENT(" ".join(scan.lower[comma + 1 : comma + 5])):
            return comma
        if scan.lower[comma + 1 : comma + 3] in _BACKGROUND and "y" in tags[comma:stop]:
            return comma  # ", which was approved last week"
        if scan.lower[comma + 1] in ("a", "an") and _comments(scan, comma + 1):
            return comma
        if scan.lower[comma + 1] in _CONTRAST and _says_too(scan, comma + 2, stop):
            return comma
        comma = tags.find(",", comma + 1, stop)
    return stop


def _goes_on(scan: Scan, word: str, first: int, stop: int) -> bool:
    """Whether a noun phrase behind ``word`` is but the subject of a clause."""
    return word in _CLAUSAL and _SAYS(scan.tags, first, stop) is not None


def _says_again(scan: Scan, cue: int, verb: int) -> bool:
    """Whether a plain verb of saying is coordinated with another cue."""
    word = lemma(scan.lower[verb])
    return word in _AGAIN and word != lemma(scan.lower[cue])


def _comments(scan: Scan, first: int) -> bool:
    """Whether the phrase at ``first`` tells what the statement is: ", an apparent dig at Saleh"."""
    head = scan.lower[max(first, scan.phrase_stop[first] - 1)]
    return head in NOMINAL or head in _REMARKS


def _says_too(scan: Scan, first: int, stop: int) -> bool:
    """Whether the clause at ``first`` tells what somebody else says: ", while H has denied it"."""
    found = _DISPUTED(scan.tags, first, stop)
    if found is None or found.end() >= stop or scan.tags[first] == "p":
        return False
    verb = found.end()
    word = lemma(scan.lower[verb])
    return scan.tags[verb] in "dze" and (word in SPEECH or word in DENYING)


def _as_said(scan: Scan, first: int, stop: int) -> bool:
    """Whether the clause from ``first`` to the next comma ends with a verb of telling: "as the
    council said"."""
    end = scan.tags.find(",", first, stop)
    last = (end if end > 0 else stop) - 1
    while last > first and scan.tags[last] in '."':
        last -= 1
    return scan.tags[last] in "dz" and lemma(scan.lower[last]) in SPEECH


def _before_next_verb(
    scan: Scan, content: ContentCandidate, ends: list[ContentCandidate]
) -> ContentCandidate | None:
    """The end of a bare noun phrase before a verb that is coordinated with the cue: "condemned the
    raid and again called for talks"."""
    found = _COORDINATED(scan.tags, content.first, content.stop)
    if found is None:
        return None
    stop = found.end(1)
    return next((e for e in ends if e.stop == stop), None)


def before_clause(scan: Scan, candidate: CueCandidate, content: ContentCandidate) -> int | None:
    """The end of what somebody is accused of or called, where a clause of the narration follows:
    "accused him of theft and a crew was held"."""
    if lemma(scan.lower[candidate.token]) not in LABELLING:
        return None
    found = _CLAUSE_TOO(scan.tags, content.first, content.stop)
    return found.end(1) if found else None


def without_circumstance(
    scan: Scan, candidate: CueCandidate, content: ContentCandidate
) -> ContentCandidate:
    """A noun phrase as content without when and in what medium it was told: "confirmed the deaths
    in an interview", "called for a ban soon thereafter"."""
    if (
        content.more
        or candidate.shape != "verb"
        or lemma(scan.lower[candidate.token]) not in SPEECH
    ):
        return content
    span = scan.tags[content.first : content.stop]
    if content.first < candidate.token or not _PLAIN_PHRASE(span):
        return content
    stop = content.stop
    for k in range(content.first + 2, stop - 1):
        head = scan.phrase_stop[k + 1] - 1
        if scan.tags[k] == "i" and scan.lower[k] in _IN_MEDIUM and scan.lower[head] in MEDIA:
            stop = k
            break
    while stop > content.first + 1 and scan.tags[stop - 1] in "ry":
        stop -= 1
    return replace(content, stop=stop) if stop < content.stop else content


def _size(count: int) -> str:
    return str(sum(count >= least for least in _SIZES))


def _facts(scan: Scan, stop: int, content: ContentCandidate) -> _End:
    """What an end tells; ``stop`` is the end of the scope."""
    tags, lower = scan.tags, scan.lower
    f, e = content.first, content.stop
    span, rest = tags[f:e], tags[e:stop]
    bare = rest.strip('."')
    finite = _FINITE(span)
    k = e
    while k < stop and tags[k] in ",-":
        k += 1
    opener = "."
    if k < stop:
        tag = tags[k]
        spelt = tag in "csw" or tag == "h" or (tag in "gir" and lower[k] in _OPENERS)
        opener = lower[k] if spelt else tag
    n = k + 1 if k < stop and tags[k] in "cswi" else k
    while n < stop and tags[n] == "r":
        n += 1
    subject = tags[n] if n < stop else "."
    if subject in "po":
        subject = lower[n]
    verb = telling = ""
    for v in range(n, min(stop, n + 10)):
        if tags[v] in "dzbxmg":
            verb = tags[v]
            told = bisect_left(scan.spoken, v)
            if told < len(scan.spoken) and scan.spoken[told] == v:
                telling = "S"
            break
        if tags[v] in ",.:-":
            break
    told = bisect_left(scan.spoken, e)
    if told < len(scan.spoken) and scan.spoken[told] < stop:
        telling += "T"
    frame = tags[f]
    opens = frame == "s" or (frame == "h" and tags[f + 1 : f + 2] == "s")
    return _End(
        kind=content.end,
        finite=min(2, len(finite)),
        final="" if bare else ".",
        frame=lower[f] if frame in "swi" else frame,
        opener=("," if k > e else "") + opener,
        subject=subject,
        verb=verb,
        last_verb=finite[-1] if finite else "-",
        telling=telling,
        after=_NOUN.sub("N", _ADVERBS.sub("", tags[e : min(e + 9, stop)]))[:4] if bare else ".",
        condition="i" if opens and "," not in span else "",
        marks=("q" if "Q" in rest[:12] else "") + ("Q" if "Q" in span else ""),
        size=_size(e - f),
        rest=_size(len(bare)),
        edge=tags[e - 1] + (tags[e] if bare else "."),
        commas=min(2, span.count(",")),
    )


def _own(x: _End, shape: str, start: str, cue: str, word: str, group: str) -> tuple[str, ...]:
    """The features of a content that ends here."""
    return (
        f"a{x.kind}|{shape}{start}|{x.frame}",
        f"b{x.kind}|{x.finite}{x.final}",
        f"c{x.after}",
        f"d{x.after[:2]}|{x.finite}{x.frame[:1]}",
        f"e{x.opener}|{x.finite}",
        f"f{x.opener}|{x.verb}{cue}{x.last_verb}",
        f"g{x.opener}|{x.subject}|{x.verb}|{x.finite}",
        f"h{x.opener}|{x.telling}|{x.finite}",
        f"i{x.condition}|{x.kind}|{x.verb}",
        f"j{x.size}|{x.kind}|{x.finite}",
        f"k{x.edge}",
        f"l{x.marks}|{x.kind}",
        f"m{group}|{x.final}|{x.finite}",
        f"n{word}|{x.final}|{start}",
        f"o{x.rest}|{x.telling[-1:] if x.telling != 'S' else ''}|{x.opener}",
        f"p{x.verb}{x.last_verb}{cue}|{x.opener[:1]}",
        f"q{x.commas}|{x.opener}|{x.verb}",
        f"r{word}|{x.opener}",
    )


def _passed(x: _End, cue: str) -> tuple[str, ...]:
    """What an end tells against a longer content that passes it by."""
    return (
        f"Kc{x.after}",
        f"Kd{x.after[:2]}|{x.finite}{x.frame[:1]}",
        f"Ke{x.opener}|{x.finite}",
        f"Kf{x.opener}|{x.verb}{cue}{x.last_verb}",
        f"Kg{x.opener}|{x.subject}|{x.verb}|{x.finite}",
        f"Kh{x.opener}|{x.telling}|{x.finite}",
        f"Ki{x.condition}",
        f"Kl{x.size}|{x.finite}|{x.edge[-1:]}",
        f"Kq{x.marks}|{x.kind}",
    )
