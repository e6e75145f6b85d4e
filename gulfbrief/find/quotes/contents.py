"""Where the content of a cue may start and end."""

from __future__ import annotations

import re

from ..text.word_classes import lemma
from .candidates import PEOPLE, ContentCandidate, CueCandidate
from .scan import Scan
from .senses import noun_field
from .sources import subject
from .speech import MEDIA, NOMINAL, SPEECH, TELLING

_LONG = 160  # a content reaches no further than so many tokens
_MOST = 8  # so many of its dashes and colons, and of its marked words, are weighed as its end
_GETTING = frozenset(
    "draw receive win get attract earn face have gain enjoy garner spark provoke meet".split()
)


def _received(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """Who or what has somebody's support: "Saleh drew praise from the crews"."""
    source = candidate.source
    if source is None or source.how != "by":
        return []
    tags, first = scan.tags, candidate.scope.first
    k = candidate.token - 1
    while k > first and tags[k] in "ajnNr" and candidate.token - k < 6:
        k -= 1
    if k <= first or lemma(scan.lower[k]) not in _GETTING:
        return []
    about = subject(scan, k, first)
    if about is None or about.stop > k:
        return []
    return [ContentCandidate(about.first, about.stop, "got", "phrase")]


def content_candidates(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """The contents that the site may have."""
    if candidate.shape == "tag" or (candidate.shape == "according"):
        out = _before(scan, candidate)
        if candidate.shape == "according" and candidate.source:
            out += _following(scan, candidate)
        return out
    if candidate.shape == "noun":
        return _after(scan, candidate) + _view(scan, candidate) + _received(scan, candidate)
    if candidate.shape == "passive":
        return _passive(scan, candidate)
    if candidate.shape == "verb":
        return (
            _after(scan, candidate)
            + _relative(scan, candidate)
            + _behind_as_clause(scan, candidate)
        )
    return _after(scan, candidate)


def _passive(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """What is said of the subject: "The deal is expected to fail", "The port seems shut"."""
    first = candidate.scope.first
    if candidate.source and candidate.token == first + 1 and scan.lower[first] == "as":
        # "As reported by H, the port is shut"
        return _behind_comma(scan, candidate.source.stop, candidate.scope.stop, "astold")
    about = subject(scan, candidate.token, first)
    out = _after(scan, candidate)
    if about is None or about.how == "infinitive":
        return out
    if about.how == "relative" and _is_relative(scan, about.stop - 1):
        about = about._replace(first=about.stop - 1)
    told = lemma(scan.lower[candidate.token]) in TELLING
    split = [
        ContentCandidate(about.first, about.stop, f"of{o.start}", o.end, (o.first, o.stop))
        for o in out
        if not (told and scan.tags[o.first] == "h")  # "The envoy was told that the port is shut"
    ]
    alone = ContentCandidate(about.first, about.stop, "of", "phrase")
    return [*out, *split, alone]


def _is_relative(scan: Scan, k: int) -> bool:
    return scan.tags[k] in "wh"


def _relative(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """What a relative pronoun stands for is reported: "a deal that H called a mistake"."""
    source = candidate.source
    if source is None or source.how not in ("subject", "apposition"):
        return []
    k = source.begin - 1
    noun = k >= candidate.scope.first and scan.tags[k] in "nN" and scan.phrase_start[k] >= 0
    if noun and scan.tags[source.first] in "pa":  # "a deal he has long called for"
        return [ContentCandidate(scan.phrase_start[k], k + 1, "bare", "phrase")]
    if k < candidate.scope.first or not _is_relative(scan, k):
        return []
    way = "rel" + ("n" if k > candidate.scope.first and scan.tags[k - 1] in "nN,i" else "v")
    more = [
        ContentCandidate(k, k + 1, f"{way}{o.start}", o.end, (o.first, o.stop))
        for o in _after(scan, candidate)
    ]
    return [*more, ContentCandidate(k, k + 1, way, "phrase")]


def _following(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """ "According to H, the port is shut" """
    assert candidate.source
    k = candidate.source.stop
    tags = scan.tags
    if tags[k : k + 1] == "," and scan.lower[k + 1 : k + 2] in (["a"], ["an"], ["the"]):
        close = tags.find(",", k + 1, min(candidate.scope.stop, k + 20))
        further = close > 0 and tags[close + 1 : close + 2] in ("a", "j", "n", "N", "p")
        if further and not _VERB(tags, k + 1, close) and _VERB(tags, close, candidate.scope.stop):
            k = close  # "According to H, an adviser, ..."
    return _behind_comma(scan, k, candidate.scope.stop, "after")


def _behind_as_clause(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """ "As H noted on Monday, the port is shut" """
    first = candidate.scope.first
    if candidate.source is None or candidate.source.how not in ("subject", "apposition"):
        return []
    opener = candidate.source.begin - 1
    if not first <= opener <= first + 2 or scan.lower[opener] != "as":
        return []
    return _behind_comma(scan, candidate.cue[1], candidate.scope.stop, "astold")


def _behind_comma(scan: Scan, k: int, stop: int, start: str) -> list[ContentCandidate]:
    """What stands behind the first comma after token ``k``, up to the end of the scope."""
    tags = scan.tags
    stop = min(stop, k + _LONG)
    while k < stop and tags[k] != ",":
        k += 1
    k += 1
    if k >= stop:
        return []
    return [ContentCandidate(k, e, start, kind) for kind, e in _ends(scan, k, stop)]


def _view(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """ "In H's view, the strike was a mistake" """
    tags = scan.tags
    k = candidate.token + 1
    goes_on = k + 1 < candidate.scope.stop and tags[k] == "," and tags[k + 1] not in "cr"
    if goes_on and candidate.source:
        f = candidate.source.first - 1
        if f >= candidate.scope.first and tags[f] == "i":
            stop = min(candidate.scope.stop, k + _LONG)
            return [
                ContentCandidate(k + 1, e, "view", kind) for kind, e in _ends(scan, k + 1, stop)
            ]
    return []


def _before(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """What stands before its tag: "The talks had failed, H said"."""
    tags = scan.tags
    first, stop = candidate.scope
    left = candidate.token
    right = candidate.cue[1]
    if candidate.source:
        left = min(left, candidate.source.first, *(a for a, _ in candidate.source.others))
        right = max(right, candidate.source.stop)
    end = left
    if end > first + 1 and scan.lower[end - 1] == "as":
        end -= 1
    while end > first and (tags[end - 1] in ",-:" or tags[end - 2 : end] in (",r", "-r", ":r")):
        end -= 1
    if end == first + 1 and tags[first] == "r" and tags[end] != ",":
        end = first  # "Later H said"
    if scan.lower[first : first + 2] == ["according", "to"]:
        return []  # "According to one clerk, H told them, “..."
    if end == first and tags[first : first + 2] == "r,":
        end += 1  # "Perhaps, H said, the port is shut"
    if end <= first or tags[right : right + 2].lstrip("r")[:1] == "h":
        return []  # "..., H said that ..." is no tag
    begin = max(first, end - _LONG)
    starts = [("scope", begin)] if end - begin > 1 else []
    k = end - 1
    passed = 0
    while k > begin and passed < 2:
        if tags[k] in ",:-":
            if k + 1 < end:
                starts.append(("comma" if tags[k] == "," else "mark", k + 1))
            passed += 1
        elif tags[k] == "c" and tags[k - 1] != ",":
            starts.append(("and", k + 1))
            passed += 1
        k -= 1
    out = [ContentCandidate(s, end, kind, "tag") for kind, s in starts]
    # what goes on after the tag: "The talks, H said, had failed"
    after = right
    while after < stop and after - right < 14 and tags[after] not in ",.-:Q":
        after += 1
    if after + 1 < stop and tags[after] in ",-" and tags[after + 1] != "w" and begin < end:
        rest = min(stop, after + 1 + _LONG)
        if _VERB(tags, after + 1, rest) or "Q" in tags[after + 1 : rest]:
            out.append(ContentCandidate(begin, end, "scope", "split", (after + 1, rest)))
    return out


def _after(scan: Scan, candidate: CueCandidate) -> list[ContentCandidate]:
    """What follows its cue: "said that the talks had failed"."""
    tags, lower = scan.tags, scan.lower
    stop = min(candidate.scope.stop, candidate.token + _LONG)
    if candidate.source and candidate.source.first > candidate.scope.first:
        opener = lower[candidate.source.first - 1]
        opens = candidate.source.first - candidate.scope.first < 4
        if opener in _CONDITIONS and opens:
            # "if Saleh says that the truce is over, the ferries will stop"
            stop = _until_comma(scan, candidate.cue[1], stop)
    if candidate.source and candidate.source.how == "ahead":
        stop = min(stop, candidate.source.first - 1)  # "After promising that ..., Saleh left"
        stop -= tags[stop] == "r"
    j = candidate.cue[1]
    if candidate.shape == "noun" and candidate.source and candidate.source.how == "by":
        j = candidate.source.stop  # "a claim by Saleh that the port is shut"
    while j < stop and tags[j] == "r" and not _existential(scan, j, stop):
        j += 1
    if j + 2 < stop and tags[j] == ",":
        close = tags.find(",", j + 1, min(stop, j + 8))
        if close > 0 and tags[close + 1 : close + 2] == "h":
            j = close + 1  # "said, twice, that the port was shut"
    if j >= stop or (candidate.shape == "noun" and tags[j] in "si" and lower[j] not in _ABOUT):
        return []
    found: list[tuple[str, int]] = []
    tag = tags[j]
    if candidate.shape == "colon" and tag in "iw":
        return []  # "Marsh: inside the decade of scandal", a headline
    if tag in "hwtaNnpojqQgbedzmxr":
        found.append(("next", j))
    elif tag == "i" and lower[j : j + 2] in (["at", "least"], ["at", "most"]):
        found.append(("next", j))  # "said at least ten were hurt"
    elif tag == "i":
        where = _medium(scan, j, stop)
        if where:
            found.append(("past", where))
        elif j + 1 < stop and tags[j + 1] != "y" and lower[j] != "by":
            found.append(("prep", j + 1))
        _after_time(scan, j + 1, stop, found)
    elif tag in "s:-" and j + 1 < stop:
        found.append(("sub" if tag == "s" else "mark", j if tag == "s" else j + 1))
    elif tag == "y":
        _after_time(scan, j, stop, found)
    if tag in "ja" and tags[j + 1 : j + 2] == "y" and tags[j + 2 : j + 3] == "p":
        found = [("past", j + 2)]  # "said last month he had left"
    # past whom it is told to and when: "told reporters in Doha on Monday that ..."
    k = j
    crossed = False
    while k < stop and k - j < 18:
        t = tags[k]
        if t == "d" and tag == "i" and tags[k - 1] in "nN" and tags[k + 1 : k + 2] in ("i", "y"):
            k += 1  # "concluded in a paper released on Monday that"
            continue
        if t in "dzxm" or (t in "bg" and k > j) or (t == "p" and _DRAWN(lower[k])):
            break
        if t == "h" and tags[j] == "h" and tags[k - 1] == "c":
            break  # "said that “war is over” and that it was time"
        if t == "h" and tags[k - 1] == "i" and k > j:
            k += 1  # "said in that case that"
            continue
        if t in "hw" and k > j:
            between = lower[k - 1] not in NOMINAL or (tag == "i" and lower[j] in _WHERE)
            if t == "h" and between and lemma(lower[candidate.token]) in SPEECH:
                found.clear()  # what lies between is whom it was told to, or where
            found.append(("past", k))
            crossed = True
            break
        if t == "t" and k > j and k + 1 < stop and tags[k + 1] in "brx":
            found.append(("toinf", k))
            crossed = True
            break
        if t in ".:" and k > j:
            if t == ":" and k + 1 < stop:
                told = lemma(lower[candidate.token]) in SPEECH and scan.tokens[k] == ":"
                if told and _VERB(tags, k + 1, stop) and "Q" not in tags[j:k]:
                    found.clear()  # "said many times: ferries do not build a town"
                found.append(("past", k + 1))
            break
        k += 1
    if crossed and found[-1][0] == "toinf" and "p" in tags[j + 1 : found[-1][1]]:
        crossed = False  # "assured voters he was fit to serve"
    if not crossed and scan.phrase_start[j] >= 0 and tags[j] in "Nonap":
        e = scan.phrase_stop[j]
        if e < stop and tags[e] in "apNnoQ" and e > j:
            found.append(("second", e))
        elif e + 1 < stop and (tags[e] == "y" or (tags[e] == "i" and tags[e + 1] == "y")):
            _after_time(scan, e + (tags[e] == "i"), stop, found)  # "told him on Monday he would"
        elif e + 1 < stop and tags[e] == "i" and _before_pronoun(scan, e + 1, stop):
            found.append(("past", scan.phrase_stop[e + 1]))  # "told him in Doha he would"
        elif e + 1 < stop and lower[e] in _AS and tags[e + 1] != "y":
            found.append(("as", e + 1))
    verb = lemma(lower[candidate.token])
    if verb in TELLING and (
        (tag == "o" and len(found) > 1) or (verb in _WHOM and _person(scan, j))
    ):
        found = [f for f in found if f[0] != "next"]  # "told him" is no content
    most = stop
    if candidate.source and candidate.source.how == "agent" and tags[j] == "Q":
        most = candidate.source.first - 1  # "was called “a trap” by Saleh"
    out: list[ContentCandidate] = []
    for kind, s in found:
        out += [ContentCandidate(s, e, kind, end) for end, e in _ends(scan, s, stop) if e <= most]
    return out


def _medium(scan: Scan, k: int, stop: int) -> int:
    """Where the content begins behind the medium at the preposition ``k`` and its day: "wrote in a
    letter on Monday he had slept"; 0 where there is none."""
    end = scan.phrase_stop[k + 1] if k + 1 < stop else -1
    if end <= k or end >= stop or scan.lower[end - 1] not in MEDIA:
        return 0
    if scan.lower[k] not in _WHERE:
        return 0
    if scan.lower[end] == "of" and scan.tags[end + 1 : end + 2] in tuple("aNnjqQ"):
        return end + 1  # "warned in the letter of a trap"
    if scan.tags[end] in "iy":
        end += scan.tags[end] == "i"
        if scan.tags[end : end + 1] != "y":
            return 0
        while end < stop and scan.tags[end] in "yj":
            end += 1
    return end if end < stop and scan.tags[end] in "apNnjqQ" else 0


def _after_time(scan: Scan, k: int, stop: int, found: list[tuple[str, int]]) -> None:
    """A content right after a day: "said on Monday it would"."""
    if k < stop and scan.tags[k] == "y":
        while k < stop and scan.tags[k] == "y":
            k += 1
        if k < stop and scan.tags[k] in "apnNjqQ":
            found.append(("past", k))


def _before_pronoun(scan: Scan, k: int, stop: int) -> bool:
    """Whether a pronoun as subject stands right behind the phrase at token ``k``."""
    end = scan.phrase_stop[k]
    return 0 < end < stop and scan.tags[end] == "p"


def _existential(scan: Scan, k: int, stop: int) -> bool:
    """Whether "there" at token ``k`` is the subject of a clause: "said there had been none"."""
    return scan.lower[k] == "there" and k + 1 < stop and scan.tags[k + 1] in "xmrdz"


def _person(scan: Scan, k: int) -> bool:
    """Whether the phrase at token ``k`` names somebody to whom a thing is told."""
    head = scan.phrase_stop[k] - 1
    if head < k:
        return False
    return scan.tags[head] == "N" or noun_field(scan.lower[head]) in PEOPLE


_WHOM = frozenset(("tell", "inform", "assure"))
_WHERE = frozenset(("in", "on", "during", "at", "via"))
_AS = frozenset(("as", "for", "about", "of", "on", "over"))
_ABOUT = frozenset(("of", "on", "about", "for", "over", "against", "with", "as", "than", "if"))
_CONDITIONS = frozenset(
    "if when while although though after as unless since once because before until".split()
)


def _until_comma(scan: Scan, k: int, stop: int) -> int:
    """The end of a subordinate clause: a comma after which a main clause begins."""
    told = False
    for m in range(k, stop - 1):
        told = told or scan.tags[m] in "dzxmb"
        if told and scan.tags[m] == "," and scan.tags[m + 1] in "apnNr":
            return m
    return stop


def _ends(scan: Scan, s: int, stop: int) -> list[tuple[str, int]]:
    """Where a content that starts at ``s`` may end, the nearest first."""
    tags, stops = scan.tags, scan.phrase_stop
    out: list[tuple[str, int]] = []
    k = s
    if tags[s] in "hwt":
        k = s + 1
    elif stops[s] > 0:
        e = min(stops[s], stop)
        if e > s:
            out.append(("phrase", e))
        while e + 1 < stop and scan.lower[e] in ("of", "and", "'s") and stops[e + 1] > 0:
            e = min(stops[e + 1], stop)
            out.append(("linked", e))
            if len(out) > 2:
                break
        k = e
        for n in "123":
            if e + 1 >= stop or tags[e] != "i" or stops[e + 1] <= 0:
                break
            e = min(stops[e + 1], stop)
            out.append((f"prep{n}", e))
    commas = ands = subs = dashes = marks = 0
    while (found := _PLACE(tags, k, stop)) is not None:
        k, t = found.start(), found.group()
        if t in ",c" and tags[s] == "h" and _THAT_TOO(tags, k):
            k += 2  # "that the port was shut, but that the ferries would sail"
        elif t == ",":
            if tags[s] == "h" and not _VERB(tags, s + 1, k):
                pass  # "that in his view, the port was shut"
            elif commas < 3 and k > s:
                commas += 1
                out.append((f"comma{commas}", k))
            if k > s and _ANEW(tags, k, stop) and _reporting_verb_follows(scan, k, stop):
                return _unique(out)  # "..., but Saleh insisted that"
        elif scan.tokens[k] == ";" and k > s:
            out.append(("colon", k))
            return _unique(out)
        elif t == "-" or t == ":":
            if k > s and dashes < _MOST:
                dashes += 1
                out.append(("dash" if t == "-" else "colon", k))
                if commas < 3:
                    commas += 1
        elif t == "Q":
            if k + 1 < stop and marks < _MOST and tags[k + 1] not in "Q,.:-":
                marks += 1
                out.append(("marks", k + 1))
        elif t == "c":
            if k > s and _ANEW(tags, k, stop) and _reporting_verb_follows(scan, k, stop):
                out.append(("verb", k))
                return _unique(out)  # "and reiterated that"
            if ands < 2 and k > s and k + 1 < stop and _clause_begins(scan, k + 1, stop):
                ands += 1
                out.append(("verb" if tags[k + 1] in "dzbgx" else "and", k))
        elif t in "swg" and k > s + 1:
            if subs < 2:
                subs += 1
                out.append((t, k))
        elif t == "y" and k > s and tags[k - 1] == "i" and subs < 2:
            subs += 1
            out.append(("time", k - 1))
        k += 1
    end = stop
    while end > s and tags[end - 1] in '.,"':
        end -= 1
    if end > s:
        out.append(("scope", end))
    return _unique(out)


_PLACE = re.compile("[-,c:Qswgy]").search  # where a content may end
_DRAWN = re.compile("['’](?:s|re|m|ve|d|ll)$").search  # "it's", a subject with its verb
_THAT_TOO = re.compile(",?ch").match
_VERB = re.compile("[dzxmb]").search
_ANEW = re.compile(r"(?:,c?|c)r?(?:(?:a*[jqnN]*[nN]|p)r?)?[dz]h").match


def _clause_begins(scan: Scan, k: int, stop: int) -> bool:
    """Whether a clause, not just a second noun, stands behind "and"."""
    tags = scan.tags
    if tags[k] in "dzbgxr":
        return True
    end = scan.phrase_stop[k]
    return tags[k] in "paNn" and 0 < end < stop and tags[end] in "rdzxmbiw"


def _reporting_verb_follows(scan: Scan, k: int, stop: int) -> bool:
    """Whether the first verb after ``k`` is one of telling."""
    for v in range(k + 1, min(stop, k + 12)):
        if scan.tags[v] in "dz":
            return lemma(scan.lower[v]) in SPEECH
    return False


def _unique(out: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Each place once, the nearest first; of two ways to end there the later one counts."""
    seen: set[int] = set()
    unique = []
    for kind, e in reversed(out):
        if e not in seen:
            seen.add(e)
            unique.append((kind, e))
    return unique[::-1]


def choices(found: list[ContentCandidate]) -> str:
    """The ways in which a site's contents may start, as one word."""
    starts = {o.start for o in found}
    return "+".join(sorted(starts)) if len(starts) > 1 else "".join(starts)
