"""How an event reads by itself: a pronoun or missing subject replaced by the actor in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...model import Mention
from ..clauses.clause import Clause
from ..quotes.senses import noun_field
from ..text.word_classes import classes_of
from .sentence import Sentence

_SUBJECTS = frozenset("he she it they".split())
_POSSESSIVES = frozenset("his her its their".split())
_OPEN = (
    frozenset("i we you our my your this that these those there".split()) | _SUBJECTS | _POSSESSIVES
)
_OPEN_THAT = re.compile(
    r"\bthat (?:(?:although|though|while|if|when|unless|because)\b"
    r"|should (?:the|an?|it|they|any|[A-Z]))[^,]*$"
)
_PERSONAL = frozenset("he him his she her".split())
_OBJECTS = frozenset("it them him her".split())
_PRONOUNS = _SUBJECTS | _POSSESSIVES | _OBJECTS
_SHORT = frozenset(
    "Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec Gen Sen Rep Gov Dr Mr Mrs St No".split()
)
_ALONE = frozenset(
    "more others some many few both all several another most none neither each things one something"
    " nothing everything someone".split()
)
_DEFINITE = frozenset("the this that these those such both".split())
_APPOSED = frozenset("perhaps part especially particularly namely including even mostly".split())
# Of WordNet's kinds of nouns: acts, attributes, thoughts, utterances, happenings, possessions.
_TOLD = frozenset("4 7 9 10 11 12 16 21 23 26".split())
_JOINING = frozenset(
    "meanwhile still also first second third fourth however separately instead then so moreover"
    " furthermore nonetheless nevertheless indeed similarly finally additionally elsewhere"
    " likewise besides".split()
)
_STOPS = frozenset(",.;:—–-!?(")
_PHRASE = 30  # tokens by which a phrase goes on at most
_FIRST = frozenset("i we you our my your".split())
_TORN = frozenset(
    "who which that whom whose where when while as and or but to of in on is was are were has have"
    " had the a an with for by from".split()
)


def readable(
    s: Sentence, start: int, end: int, home: int, names: Mapping[str, str]
) -> tuple[str, bool]:
    """The words from ``start`` to ``end`` as a sentence of their own, and whether they stand alone:
    with a subject that is known, no pronoun without its actor, and no torn end. ``names`` are the
    actors' names by key."""
    words = s.text.text[start:end]
    flat = " ".join(words.split())
    if flat.count("“") != flat.count("”") or flat.count('"') % 2:
        return flat, False
    lo = s.token(start)
    clause = s.clauses[home]
    chain = s.chain(home)
    first = s.clauses[chain[0]]
    behind = first.groups[0].end if first.groups else len(s.tokens)
    if first.elided and s.tokens[behind : behind + 1] == [","]:
        return flat, False  # then retracted, a drawing
    elided = first.elided and not _noun_first(first)
    groups = first.groups or clause.groups
    if elided and groups and first.lo - 1 <= lo <= groups[0].start:
        subject = _shared_subject(s, chain[0], names)
        if subject is None:
            return flat, False
        told, known = _named(s, start, end, names, subject)
        return f"[{subject}] {told}", known and _whole(flat)
    i = _subject_clause(s, chain[0], lo)
    at = _subject_token(s, i, lo)
    led = s.clauses[s.clause_of[lo - 1]] if lo else first
    before = led.groups if lo else []
    cut = [g for g in before if g.end == lo and g.head not in s.lex["saying"]]
    verbless = led.kind == "main" and bool(cut or before) and all(g.infinitive for g in before)
    verbless = verbless and before[-1].end == lo
    if verbless or (cut and s.tokens[lo][0].islower()):
        return flat, False  # his last scheduled | appearance was; the vote to confirm | her is due
    if at is None or _dashed(s, lo, s.clauses[i].groups[0].start) or _contact(s, i, lo, at):
        return flat, False
    told, known = _named(s, start, end, names)
    token = s.lower[at].partition("'")[0]
    if token not in _OPEN:
        sound = _has_subject(s, i, lo) and not _bare(s, i, lo)
        return told, sound and known and _whole(flat)
    offset = s.text.starts[s.first + at]
    if not start <= offset < end or _antecedent(s, offset, names) is None:
        return flat, False
    return told, known and _whole(flat)


def _noun_first(clause: Clause) -> bool:
    """Whether what was taken for a verb without a subject is the subject: clashes broke out."""
    groups = clause.groups
    return (
        len(groups) > 1
        and groups[0].end == groups[1].start
        and groups[0].end - groups[0].start == 1
    )


def _named(
    s: Sentence, start: int, end: int, names: Mapping[str, str], subject: str = ""
) -> tuple[str, bool]:
    """The words with each pronoun that stands for somebody not named before it in them replaced by
    the name in brackets, and whether all are known that the words cannot do without."""
    at = {m.start: m for m in s.mentions if start <= m.start < end}
    seen = {m.actor for m in s.mentions if subject and m.actor and names.get(m.actor) == subject}
    person = bool(subject)
    out, done, known, open_, verbs, newcomer = [], start, True, 0, 0, False
    for k in range(s.token(start), min(s.token(end), len(s.tokens))):
        offset = s.text.starts[s.first + k]
        if offset < done:
            continue
        verbs += s.in_group(k - 1) and not s.in_group(k)
        open_ += (s.tokens[k] == "“") - (s.tokens[k] == "”")
        mention = at.get(offset)
        word = s.lower[k].partition("'")[0]
        bare = mention is not None and mention.how == "role" and _is_bare(s, k, mention)
        newcomer = newcomer or (mention is None and _indefinite_person(s, k))
        if newcomer and word in _PERSONAL:
            continue  # a clerk lost his job
        if word not in _PRONOUNS and not bare:
            if mention is not None and mention.actor:
                seen.add(mention.actor)
                person = person or mention.type == "person"
            continue
        if open_ > 0 or (mention is not None and mention.actor in seen and mention.actor):
            continue
        if word in _OBJECTS and verbs > 1 and not _possessive(s, k, word):
            known = known and (word in _PERSONAL or _noun_since_verb(s, s.token(start), k))
            continue  # as often what the verb before was done to
        name = names.get(mention.actor) if mention is not None and mention.actor else None
        if name is None:
            object_ = s.in_group(k - 1) and word in _OBJECTS
            object_ = object_ and not _possessive(s, k, word)
            known = known and not object_ and (person or word not in _PERSONAL)
            continue
        assert mention is not None
        assert mention.actor
        seen.add(mention.actor)
        person = person or mention.type == "person"
        stop = mention.end if bare else offset + len(word)
        out += [s.text.text[done:offset], f"[{name}]" + ("’s" if _possessive(s, k, word) else "")]
        done = stop
    out.append(s.text.text[done:end])
    return " ".join("".join(out).split()), known


def _indefinite_person(s: Sentence, k: int) -> bool:
    """Whether token ``k`` is a noun of a person who is new: a Lund clerk."""
    if k in s.date_of or not s.tokens[k].islower() or noun_field(s.lower[k]) != "18":
        return False
    return not {"a", "an", "another"}.isdisjoint(s.lower[max(0, k - 3) : k])


def _noun_since_verb(s: Sentence, lo: int, k: int) -> bool:
    """Whether a noun between the first verb and token ``k`` may be what "it" there means: voted on
    Monday to release it has none."""
    verb = next((j for j in range(lo, k) if s.in_group(j)), k)
    return any(
        j not in s.date_of
        and not s.in_group(j)
        and s.tokens[j][0].isalpha()
        and not s.closed(j)
        and (not s.tokens[j].islower() or classes_of(s.lower[j])[0] == "n")
        for j in range(verb + 1, k)
    )


def _dashed(s: Sentence, lo: int, verb: int) -> bool:
    """Whether a dash or a colon stands before the verb: what leads to it is not of its clause."""
    return any(s.tokens[k] in ("—", "–", "--", ":", ";") for k in range(lo, verb))


def _contact(s: Sentence, i: int, lo: int, at: int) -> bool:
    """Whether the clause is a relative one without its pronoun (a remark he made; a practice the
    ministry made common), or begins with one (where prices fell)."""
    if s.lower[at] in s.lex["relative"]:
        return True
    begin = max(s.clauses[i].lo, lo)
    verb = s.clauses[i].groups[0].start
    if _named_contact(s, begin, verb):
        return True
    for k in range(max(begin, 1), verb):
        word = s.lower[k].partition("'")[0]
        if word in ("the", "a", "an") or word in _SUBJECTS:
            before = s.tokens[k - 1]
            inner = s.clauses[i].kind == "content" or s.lower[k - 1] in s.lex["coordinator"]
            if k == begin and word not in _SUBJECTS and (inner or k == s.clauses[i].lo):
                continue
            if before.isalpha() and before.islower() and _nominal(s, k - 1):
                return True
    return False


def _named_contact(s: Sentence, begin: int, verb: int) -> bool:
    """Whether a name stands right behind a noun that is no person and before the verb: a talk
    Clinton gave; not the clerk Olga Brask."""
    k = verb - 1
    while k > begin and k in s.names:
        k -= 1
    if k == verb - 1 or k <= begin or not s.tokens[k].islower() or not _nominal(s, k):
        return False
    plural = s.lower[k].endswith("s") and begin < k and s.lower[begin] not in s.lex["preposition"]
    indefinite = s.lower[k - 1] in ("a", "an") or s.lower[begin] in ("a", "an")
    return (plural or indefinite) and noun_field(s.lower[k]) in _TOLD


def _nominal(s: Sentence, k: int) -> bool:
    if k in s.date_of or s.in_group(k) or s.lower[k].endswith("ly") or s.lower[k] == "that":
        return False
    return not s.closed(k) and classes_of(s.lower[k])[0] == "n"


def _is_bare(s: Sentence, k: int, mention: Mention) -> bool:
    """Whether a role is told by one common noun that may mean anybody: the chairman."""
    words = mention.text.split()
    plain = words[-1].islower() and words[-1] not in s.lex["unique"]
    common = all(w.islower() for w in words[1:]) and len(words) == 3
    partisan = common or (
        len(words) == 3 and words[1] in ("Democratic", "Republican", "Conservative", "Labour")
    )
    behind = k + len(words)
    if s.lower[behind : behind + 1] in (["of"], ["for"], ["in"]):
        return False  # the embassy of Oxem
    if k + 2 < len(s.tokens) and s.tokens[k + 2].islower() and _nominal(s, k + 2):
        return False  # the attorney general
    return (len(words) == 2 or partisan) and words[0].lower() == "the" and plain


def _possessive(s: Sentence, k: int, word: str) -> bool:
    if word != "her":
        return word in _POSSESSIVES
    after = s.tokens[k + 1 : k + 2]
    if not after or not after[0][0].isalnum() or k + 1 in s.date_of:
        return False
    return not any(after[0] in s.lex[n] for n in ("preposition", "coordinator", "subordinator"))


def _bare(s: Sentence, i: int, lo: int) -> bool:
    """Whether the subject of clause ``i`` is a noun of which an earlier sentence tells: The
    panel voted; This move; not the government."""
    clause = s.clauses[i]
    k = clause.groups[0].start - 1
    begin = max(clause.lo, lo)
    while k > begin and (
        k in s.date_of
        or s.lower[k] in s.lex["light"]
        or s.lower[k].endswith("ly")
        or s.tokens[k] == ","
        or (s.lower[k] in s.lex["preposition"] and k + 1 in s.date_of)
    ):
        k -= 1
    if s.lower[k] in ("them", "these", "those", "us"):
        return True  # most of them
    stop = k + 1
    while k > begin and s.tokens[k][0].isalnum() and s.lower[k] not in s.lex["determiner"]:
        if s.lower[k] in s.lex["preposition"] and s.lower[k] != "of":
            return False
        k -= 1
    lead = s.lower[k]
    if k > begin and s.lower[k - 1] in s.lex["preposition"] and k - 1 > begin:
        return False
    if stop - k == 1 and lead in _ALONE:
        return True
    if k in s.date_of or lead not in _DEFINITE:
        return False
    noun = [x for x in range(k + 1, stop) if not s.lower[x].isdigit() and x not in s.date_of]
    noun = [x for x in noun if s.lower[x] not in s.lex["number"]]
    if not noun:
        return True
    if lead != "the":
        return all(s.tokens[x].islower() for x in noun)
    return (
        len(noun) == 1 and s.tokens[noun[0]].islower() and s.lower[noun[0]] not in s.lex["unique"]
    )


def phrase_end(s: Sentence, end: int) -> int:
    """The end of the phrase in whose midst ``end`` (code points) lies: a happening is told up to
    there, though another date stands in it."""
    k = s.token(end)
    if k >= len(s.tokens) or not s.tokens[k][0].isalnum():
        return end
    if s.lower[k] in s.lex["coordinator"] or s.lower[k] in s.lex["subordinator"]:
        return end
    if s.clauses[s.clause_of[k]].kind in ("tag", "main", "infinitive"):
        return end
    for j in range(k, min(k + _PHRASE, len(s.tokens))):
        if s.tokens[j] in _STOPS or s.clauses[s.clause_of[j]].kind == "tag":
            return s.text.ends[s.first + j - 1]
    return s.text.ends[s.first + len(s.tokens) - 1] if len(s.tokens) - k < _PHRASE else end


def led_in(s: Sentence, start: int) -> int:
    """``start`` (code points) without a word that only joins the sentence to one before: Meanwhile,
    | guards."""
    k = s.token(start)
    while s.lower[k : k + 1] and s.lower[k] in _JOINING and s.tokens[k + 1 : k + 2] == [","]:
        k += 2
    return s.text.starts[s.first + k] if k < len(s.tokens) else start


def _subject_clause(s: Sentence, i: int, lo: int) -> int:
    """The clause whose subject the reading begins with: of an infinitive that of its main verb."""
    if s.clauses[i].kind not in ("infinitive", "participle", "content"):
        return i
    at = s.clause_of[min(lo, len(s.tokens) - 1)]
    return at if s.clauses[at].groups else i


def _has_subject(s: Sentence, i: int, lo: int) -> bool:
    """Whether something that can be a subject stands before the verb of clause ``i``."""
    clause = s.clauses[i]
    verb = clause.groups[0].start
    for k in range(max(clause.lo, lo), verb):
        token = s.lower[k]
        if token[0].isalnum() and token not in s.lex["light"] and not token.endswith("ly"):
            return True
    return False


def _subject_token(s: Sentence, i: int, lo: int) -> int | None:
    """The pronoun, or the first word, of the subject of clause ``i``, before its verb."""
    clause = s.clauses[i]
    if not clause.groups:
        return None
    verb = clause.groups[0].start
    begin = max(clause.lo, lo)
    for k in range(verb - 1, max(begin, verb - 12) - 1, -1):
        token = s.lower[k].partition("'")[0]
        if token in _SUBJECTS or token in _FIRST or token in _POSSESSIVES:
            return k
        if s.tokens[k] == ",":
            break
    k = begin
    while k < verb and not s.tokens[k][0].isalnum():
        k += 1
    return k if k < verb else None


def _antecedent(s: Sentence, offset: int, names: Mapping[str, str]) -> str | None:
    for m in s.mentions:
        if m.start == offset and m.actor:
            return names.get(m.actor)
    return None


def _shared_subject(s: Sentence, i: int, names: Mapping[str, str]) -> str | None:
    """The words of the subject that clause ``i`` shares with one before it."""
    clause = s.clauses[i]
    for _ in range(6):
        if clause.parent is None:
            return None
        at = s.chain(clause.parent)[0]
        clause = s.clauses[at]
        if clause.elided:
            continue
        groups = clause.groups
        if not groups or s.lower[groups[0].end : groups[0].end + 1] == ["of"]:
            return None  # Oxem exports of herring | fell
        lo, hi = clause.lo, groups[0].start
        if clause.kind in ("relative", "reduced"):
            return None
        lo = max(lo, _after_comma(s, lo, hi))
        while lo < hi and (
            not s.tokens[lo][0].isalnum()
            or s.lower[lo] in s.lex["coordinator"]
            or (s.lower[lo] == "that" and hi - lo > 1 and clause.kind == "content")
        ):
            lo += 1
        while lo < hi and s.lower[lo] in s.lex["subordinator"]:
            lo += 1
        while lo < hi and (s.lower[hi - 1] in s.lex["light"] or s.lower[hi - 1].endswith("ly")):
            hi -= 1
        if lo >= hi:
            return None
        if (s.tokens[lo - 1] in ("—", "–", "--") and lo) or s.lower[lo] in _APPOSED:
            return None  # Oxem – perhaps the larger town – has moved
        if (
            s.lower[lo] in _POSSESSIVES
            or _bare(s, at, lo)
            or any(s.tokens[k] == "," for k in range(lo, hi))
        ):
            return None
        if s.lower[lo] in _OPEN and hi - lo == 1:
            return _antecedent(s, s.text.starts[s.first + lo], names)
        if hi - lo > 12 or s.lower[lo] in s.lex["preposition"]:
            return None
        start, end = s.text.starts[s.first + lo], s.text.ends[s.first + hi - 1]
        return " ".join(s.text.text[start:end].split()).rstrip(" ,")
    return None


def _after_comma(s: Sentence, lo: int, hi: int) -> int:
    """Where the subject begins behind a fronted phrase: On Friday, | the minister."""
    if s.lower[lo] not in s.lex["preposition"] and lo not in s.date_of:
        return lo
    commas = [k for k in range(lo, hi) if s.tokens[k] == ","]
    return commas[0] + 1 if commas else lo


def _whole(words: str) -> bool:
    """Whether the words end where a clause may end: not "in Sept", "on Friday, ending"."""
    if _OPEN_THAT.search(words):
        return False
    ending = words.rstrip("”\"'’.)")
    before, _, last = ending.rpartition(" ")
    if last.lower() in _TORN or words.endswith((",", ":", "—", "-")):
        return False
    return last not in _SHORT and not (before.endswith(",") and last.endswith("ing"))
