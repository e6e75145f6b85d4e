"""Whether a clause tells what was done: not a mood, a figure, or an air that something had."""

from __future__ import annotations

from ...model import TimeExpression
from ..quotes.senses import noun_field, verb_sense
from ..text.verb_groups import Group
from ..text.word_classes import classes_of, lemma
from .sentence import Sentence
from .standing import MOVED

_OBJECT = 7  # tokens behind a supporting verb within which its object is looked for
_SUBJECT = 8  # tokens of a subject
_HEADLINE = 5  # words of a headline at least
_CERTAIN = frozenset("certain likely unlikely sure bound poised".split())


def slight(s: Sentence, i: int, d: TimeExpression, group: Group) -> bool:
    """Whether clause ``i``, ruled by ``group``, tells nothing that was done on the day ``d``."""
    return (
        not _deed(s, group.head)
        or _vague(s, group)
        or _hollow(s, group)
        or _figure(s, i, group)
        or _unmoved(s, i, group)
        or _judged(s, i)
        or _only_meant(s, group)
        or _relative_between(s, d, group)
        or _of_words(s, group)
        or _unfinished(s, group)
        or _within_title(s, d, group)
    )


_DEEDS = ("deeds", "doings", "plan")
_TRYING = frozenset("try attempt manage start begin continue fail struggle".split())
_AT_ODDS = frozenset(
    tuple(phrase.split())
    for phrase in (
        "tore into,laid into,lit into,swung at,doubled down,weighed in,spoke out,piled on,"
        "went after,fell short,came short,came close,turned into,turns into,"
        "seized on,zeroed in,homed in,chimed in,moved closer,fired back,hit back,shot back"
    ).split(",")
)


def _deed(s: Sentence, word: str) -> bool:
    """Whether the verb is one of deeds, by its word or by its kind in WordNet."""
    verb = lemma(word)
    return any(
        verb_sense(form).field in _DONE or any(form in s.lex[name] for name in _DEEDS)
        for form in (word, verb, undoubled(verb), verb + "e")
    )


def undoubled(verb: str) -> str:
    """A base form that ``lemma`` left with two of its last consonant ("trapp") with one."""
    return verb[:-1] if verb[-2:-1] == verb[-1:] else verb


def _vague(s: Sentence, group: Group) -> bool:
    """Whether the verb, or the one that it leads to, tells a manner: sought to assuage."""
    lemmas = s.lex["vague"]
    verb = lemma(group.head)
    particle = s.lower[group.end] if group.end < len(s.tokens) else ""
    alone = group.end - group.start == 1 and group.end + 1 not in s.date_of
    if alone and (group.head, particle) in _AT_ODDS:
        return True  # seized on the news; not was seized on Friday
    if not lemmas.isdisjoint((verb, group.head, undoubled(verb))):
        return True
    at = group.end
    if group.head == "appeared" and classes_of(s.lower[min(at, len(s.tokens) - 1)])[0] == "j":
        return True
    while at in s.date_of or s.lower[at : at + 1] in (["on"], ["in"]):
        at += 1
    if s.lower[at : at + 1] != ["to"] or at + 1 >= len(s.tokens):
        return False
    aimed = s.lower[at + 1]
    if verb == "seek" or group.head == "appeared":
        return True
    if verb in _TRYING and not _deed(s, aimed):
        return True
    return (
        aimed in lemmas
        or aimed in s.lex["opining"]
        or (aimed in s.lex["saying"] and aimed not in _LEARNING)
    )


def _passive(s: Sentence, group: Group) -> bool:
    """Whether a form of "be" stands before the last verb."""
    return not _BE.isdisjoint(s.lower[group.start : group.end - 1])


_BE = frozenset("is are was were be been".split())
_OUTDOORS = frozenset("streets street road roads stage sea air sky skies hills".split())


def _hollow(s: Sentence, group: Group) -> bool:
    """Whether a supporting verb has a hollow object: gave no indication, took to, grew worse."""
    if group.head not in s.lex["supporting"]:
        return False
    active = not _passive(s, group)
    if active and s.lower[group.end : group.end + 1] in (["more"], ["less"], ["even"]):
        after = s.lower[group.end + 1 : group.end + 2]
        if after and classes_of(after[0])[0] == "j":
            return True  # got more political
    if group.head in ("saw", "sees", "seen") and s.lower[group.end : group.end + 1] in (
        ["their"],
        ["its"],
    ):
        return True  # saw their worlds upended
    if group.head in ("took", "take", "takes") and s.lower[group.end : group.end + 1] == ["to"]:
        return _OUTDOORS.isdisjoint(s.lower[group.end : group.end + 4])
    for k in range(group.end, min(group.end + _OBJECT, len(s.tokens))):
        if k in s.date_of or (k == group.end and s.lower[k] in ("on", "up", "back", "down")):
            continue
        word = s.lower[k]
        if word in s.lex["hollow"]:
            return active
        plain = word in s.lex["determiner"] or word in s.lex["light"] or word in ("much", "and")
        if not (plain or word == "to" or word.endswith("er") or classes_of(word)[0] in "jr"):
            return False
    return False


_LEARNING = frozenset("see find know hear show learn agree decide state".split())
_BACK = frozenset("fired hit shot pushed punched clapped snapped".split())
_TURNED = frozenset("reversed introduced contradicted corrected repeated found cast".split())
_FALSELY = frozenset("erroneously falsely mistakenly wrongly incorrectly".split())
_AGAIN = frozenset("renewed repeated continued resurfaced revived maintained".split())
_DONE = frozenset("29 33 34 35 36 38 40 41 43".split())
_LEFT_OPEN = frozenset("agreed refused decided pledged vowed promised planned".split())
_WHEN = frozenset("during at after before despite amid because while when".split())
_PAPERS = frozenset(
    "forecast report reports article articles study analysis piece story review audit".split()
)
_REACHED = frozenset(
    "drew attracted averaged reached hit topped exceeded surpassed totaled totalled"
    " numbered".split()
)
_AMOUNTS = frozenset("number percentage share total average proportion".split())
_TELLING = frozenset(
    "showed show shows called found finds gave put registered estimated detailed noted".split()
)


def _of_words(s: Sentence, group: Group) -> bool:
    """Whether only words were exchanged, or plans told of: fired back, renewed his remarks; would
    take an offer to testify in May."""
    after = s.lower[group.end : group.end + 1]
    if group.head in _BACK and after == ["back"]:
        return True
    if group.head in _AGAIN:
        for k in range(group.end, min(group.end + 4, len(s.tokens))):
            if noun_field(s.lower[k]) == "10" and s.lower[k] not in s.lex["determiner"]:
                return True
    if group.head in _TURNED and after in (["itself"], ["himself"], ["herself"], ["themselves"]):
        return True
    if _FALSELY & set(s.lower[: group.start]):
        return True
    clause = s.clauses[s.clause_of[group.start]]
    last = max((g.end for g in clause.groups), default=group.end)
    behind = s.lower[max(group.end, last) : clause.hi]
    return behind[-1:] in (["offer"], ["offers"], ["request"])


def _unfinished(s: Sentence, group: Group) -> bool:
    """Whether a verb that cannot do without an object has none: the office in July calculated."""
    dated = group.head in ("scheduled", "slated", "expected") and group.end in s.date_of
    if dated and "to" not in s.lower[group.end : group.end + 4]:
        return True  # three clerks are scheduled next week
    if _passive(s, group) or group.infinitive:
        return False
    k = group.end
    while k < len(s.tokens) and (
        k in s.date_of or (k + 1 in s.date_of and s.lower[k] in s.lex["preposition"])
    ):
        k += 1
    if k < len(s.tokens) and s.lower[k] not in _WHEN and s.tokens[k][0].isalnum():
        return group.head in _LEFT_OPEN and s.lower[k] == "and"
    if group.head in _LEFT_OPEN:
        return True  # a judge agreed on 8 April
    frames = verb_sense(lemma(group.head)).classes
    return bool(frames) and not {"f1", "f2", "f3", "f4", "f22"} & set(frames)


def _within_title(s: Sentence, d: TimeExpression, group: Group) -> bool:
    """Whether the verb stands in quotation marks and its date behind them, as in a list of
    works ("The Dam Breaks," Coast Gazette, 3 May); or the words are a headline's."""
    quoted = _open_marks(s, group.start)
    if quoted and not _open_marks(s, s.token(d.start)):
        return True
    words = [t for k, t in enumerate(s.tokens) if t[0].isalpha() and k not in s.date_of]
    capitals = sum(t[0].isupper() for t in words)
    return len(words) > _HEADLINE and capitals > 0.8 * len(words)


def _open_marks(s: Sentence, k: int) -> bool:
    """Whether token ``k`` stands within quotation marks of the sentence."""
    before = s.tokens[:k]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _subject(s: Sentence, i: int, group: Group) -> list[str]:
    """The words of the subject's noun phrase up to its first preposition, its head last."""
    begin = max(s.clauses[i].lo, group.start - _SUBJECT - 4)
    commas = [j for j in range(begin, group.start - 1) if s.tokens[j] == ","]
    k = commas[-1] + 1 if commas else begin
    while k < group.start and (
        k in s.date_of or s.lower[k] in s.lex["preposition"] or not s.tokens[k][0].isalnum()
    ):
        k += 1
    words: list[str] = []
    for j in range(k, group.start):
        if j in s.date_of or s.lower[j] in s.lex["preposition"] or s.tokens[j] == ",":
            if words:
                break
            continue
        words.append(s.lower[j])
    return words


def _figure(s: Sentence, i: int, group: Group) -> bool:
    """Whether a figure is told: the jobless rate held at 7 percent, 190,000 jobs were added."""
    subject = _subject(s, i, group)
    begin = s.clauses[i].lo
    if begin < group.start and all(k in s.date_of for k in range(begin, group.start)):
        return True  # Tuesday ended a week of rain
    nouns = [w for w in subject if not w.endswith("ly") and w not in s.lex["light"]]
    behind = s.lower[group.end : group.end + 14]
    if behind[:1] == ["the"] and behind[1:2] and behind[1] in _AMOUNTS and behind[2:3] == ["of"]:
        return True
    if group.head in _REACHED and behind[:1] and behind[0][0].isdigit():
        return True
    if nouns and nouns[-1] in s.lex["measured"] and group.head in MOVED:
        return True
    if nouns and nouns[-1] in _PAPERS and group.head in _TELLING:
        return True
    if not nouns or nouns[-1] not in s.lex["measured"]:
        return False
    return any(w[0].isdigit() or w in ("percent", "%", "steady", "sharply") for w in behind) or any(
        w[0].isdigit() for w in subject
    )


_MOODS = frozenset("7 12 16".split())  # attributes, feelings, motives


def _unmoved(s: Sentence, i: int, group: Group) -> bool:
    """Whether the subject does nothing: his prospects grew worse; the last days have brought."""
    subject = _subject(s, i, group)
    active = not {"was", "were", "been", "be"} & set(s.lower[group.start : group.end - 1])
    return (
        bool(subject)
        and active
        and (subject[-1] in s.lex["unmoved"] or noun_field(subject[-1]) in _MOODS)
    )


_THINKING = frozenset(
    "think thinks believe believes predict predicts expect expects hope hopes fear fears worry"
    " speculate bet guess".split()
)


def _judged(s: Sentence, i: int) -> bool:
    """Whether the clause is what is said to be likely or clear: it is likelier now that."""
    clause = s.clauses[i]
    if clause.kind != "content" or clause.parent is None:
        return False
    held = s.clauses[clause.parent]
    if held.groups and held.groups[-1].head in _THINKING:
        return True
    words = s.lower[held.lo : held.hi]
    return "it" in words and not s.lex["judged"].isdisjoint(words)


def _only_meant(s: Sentence, group: Group) -> bool:
    """Whether the verb tells what somebody counts on: expects to win, is certain to."""
    words = s.lower[group.start : group.end]
    if group.head == "poised":
        return True
    if group.head in ("expects", "expect", "hopes", "hope", "hoped"):
        return not {"is", "are", "was", "were"} & set(words)
    near = s.lower[max(0, group.start - 4) : group.start]
    return group.infinitive and not _CERTAIN.isdisjoint(near)


def _relative_between(s: Sentence, d: TimeExpression, group: Group) -> bool:
    """Whether "that" or "which" behind a noun leads to the date: a motion that paves a road to
    a vote on Friday."""
    k = s.token(d.start)
    for j in range(group.end + 1, k - 1):
        if s.lower[j] not in ("that", "which", "who") or j in s.date_of:
            continue
        noun = classes_of(s.lower[j - 1])[0] == "n" and not s.in_group(j - 1)
        word = s.lower[j + 1]
        verb = set(classes_of(word)) & set("zxm") or (word.endswith("s") and j + 1 not in s.names)
        if noun and verb:
            return True
    return False
