"""Past or to come: what the verb near a date says of its direction."""

from __future__ import annotations

from functools import cache

from .beside import beside, lasting
from .tokens import BREAK, OTHER, DateTokens, lexicon
from .verbs import (
    ENDING,
    ends_sentence,
    forms,
    in_calendar,
    is_adjective,
    is_past,
    is_possessive,
    is_present,
    is_progressive,
    is_to_come,
    is_verb,
    sentence_ends,
    stands,
)

_OPENERS = frozenset((";", ":", ".", "!", "?", "—", "–", "("))
_REACH = 30  # tokens looked at on each side; a clause is seldom longer


def direction(words: DateTokens, first: int, last: int) -> int:
    """Negative where the verb that governs tokens ``first`` to ``last`` is past, positive where
    what it tells is to come, 0 where no verb near says so. The size tells how sure that is: 1 for
    a guess, 2 for a verb of the same clause, 3 for one close to the date.

    The nearest verb before the date counts, else the nearest one after it in the sentence: "said it
    will vote on Friday" is to come, "said on Friday that it will vote" is past. A date that opens
    its clause takes the verb behind it first: "They are leaving, and on Monday the court ruled".
    """
    found = words.directions.get((first, last))
    if found is None:
        found = words.directions[first, last] = _direction(words, first, last)
    return found


def _direction(words: DateTokens, first: int, last: int) -> int:
    found = beside(words, first, last)
    if found is not None:
        return found
    letters = lexicon().letters
    previous = words.kinds[first - 1 : first]
    if previous == letters["UNTIL"]:
        return lasting(words, first)
    if previous == letters["TO"] and words.word(first - 2).endswith("ed"):
        return 1  # extended to Friday
    if previous == letters["OF"] and words.lower[first - 2] == "as":
        return -1  # as of 30 June
    if opens_clause(words, first, last):
        return _after(words, first, last) or _before(words, first)
    return _before(words, first) or _after(words, first, last)


def opens_clause(words: DateTokens, first: int, last: int) -> bool:
    """Whether a date opens a clause: after "and", a dash or a full stop, or as its subject."""
    led = words.lower[first - 1] in forms().prepositions
    i = first - 2 if led else first - 1
    before = words.lower[i]
    if i < 0 or words.kinds[i] == BREAK or before in _OPENERS:
        return True
    if before and before in '“„«"' and words.word(i - 1) in {":", ","}:
        return True  # he added: "On Sunday she goes home"
    if led:
        return before in {"and", "but"}  # and on Monday; not between now and November
    return before == "," and is_possessive(words, last)


def reporting_follows(words: DateTokens, last: int) -> bool:
    """Whether what happened on a date is that somebody told something: on Wednesday police said."""
    lex = forms()
    for i in range(last, last + 8):
        word = words.lower[i]
        if word in lex.reporting:
            return True
        if not word or ends_sentence(words, i) or is_past(words, i):
            return False
    return False


def _tense_word_before(words: DateTokens, i: int, reach: int) -> int:
    """The nearest token at or before ``i`` that may bear a tense or ends a sentence; ``reach``
    where none does that is greater."""
    tensed = words.tensed = words.tensed or bytearray(len(words.kinds))
    while True:
        unknown = tensed.rfind(0, reach + 1, i + 1)
        bearing = tensed.rfind(2, max(reach, unknown) + 1, i + 1)
        if bearing >= 0 or unknown < 0:
            return bearing if bearing >= 0 else reach
        tensed[unknown] = 2 if _bears_tense(words, unknown) else 1


def _tense_word_after(words: DateTokens, i: int, reach: int) -> int:
    """As ``_tense_word_before``, at or behind ``i``; ``reach`` where none is nearer."""
    tensed = words.tensed = words.tensed or bytearray(len(words.kinds))
    while True:
        unknown = tensed.find(0, i, reach)
        bearing = tensed.find(2, i, unknown if unknown >= 0 else reach)
        if bearing >= 0 or unknown < 0:
            return bearing if bearing >= 0 else reach
        tensed[unknown] = 2 if _bears_tense(words, unknown) else 1


def _bears_tense(words: DateTokens, i: int) -> bool:
    """Whether ``_before`` or ``_after`` may do anything at token ``i`` but pass it."""
    token, kind = words.tokens[i], words.kinds[i]
    if kind == BREAK or token in ENDING:
        return ends_sentence(words, i)
    word = words.lower[i]
    if word in _tense_words() or word.endswith(("ed", "ing")):
        return True
    lex = forms()
    return token == word and kind == OTHER and word not in lex.stative and stands(words, i)


@cache
def _tense_words() -> frozenset[str]:
    lex = forms()
    verbs = lex.future | lex.scheduled | lex.scheduled_plural | lex.past
    return verbs | {"because", "to", "is", "are", *_ANSWERS, *_SUPPOSING}


def _before(words: DateTokens, first: int) -> int:
    """The verb before a date."""
    lex, letters = forms(), lexicon().letters
    month = letters["MONTH"]
    if not _WOULD.isdisjoint(words.lower[max(0, first - 7) : first]) and any(
        _is_refusal(words, i) for i in range(max(0, first - 7), first)
    ):
        return -2
    infinitive = 0  # how far away one is, 0 for none
    i, reach = first, max(-1, first - 1 - _REACH)
    while (i := _tense_word_before(words, i - 1, reach)) > reach:
        if ends_sentence(words, i):
            break
        word, previous = words.lower[i], words.lower[i - 1]
        away = first - i
        sure = 3 if away <= 4 else 2 if away <= 12 else 1
        if word == "because":
            break
        if word in _SUPPOSING and first - i > 3 and "," not in words.tokens[i:first]:
            return 1 if word == "when" else 2
        if _answers(words, i):
            return -2
        if word == "won" and words.word(i + 2) == "t":
            return max(sure, 2)
        if word == "ahead" and is_past(words, i - 1):
            continue  # pressed ahead
        if word in lex.future and words.kinds[i] != month:
            if _first_meant(words, i):
                return 0  # was first scheduled for February: that may be to come yet
            if word == "due" and away <= 2 and previous in {"was", "were"}:
                return -2  # the reports that were due on Monday
            if previous in {"had", "been"} or _unreal(words, i) or _foiled(words, i, first):
                return -2
            return max(sure, 2)
        if in_calendar(words, i):
            return 1
        if word == "is" and away == 1 and previous == "it":
            return -2  # it is Sunday evening, and the hall fills
        if word == "to" and is_verb(words.word(i + 1)):
            infinitive = infinitive or away
            governor = _governor(words, i)
            if governor == "decision" and words.lower[i - 2] in {"his", "her", "their", "its", "s"}:
                infinitive = 0
                continue  # his decision to raise taxes in May
            if away > 7 and _past_before(words, i):
                continue  # blasted the plan to cut the force on Tuesday
            if governor in lex.governors or governor.endswith("ing"):
                over = words.lower[i - 2] in {"had", "been"} or _foiled(words, i, first)
                return -2 if over else 1
        elif word.endswith("ing") and previous == "after" and away <= 12:
            return -2  # is due in court on Friday after admitting it in May
        elif word == "coming" and away <= 3 and words.lower[i + 1] in {"up", "on"}:
            return 2
        elif word.endswith("ing") and away <= 6 and is_progressive(words, i):
            return 1
        elif is_present(words, i, first):
            if (
                words.kinds[first : first + 1] == month
                and words.kinds[first + 1 : first + 2] != letters["DAY"]
            ):
                if away > 4:
                    continue
                return 1
            return 3 if away <= 4 else 2
        elif is_past(words, i):
            if words.lower[i - 1] in {"it", "them", "him", "her", "me", "us"} and (
                word in {"gone", "done", "seen", "taken", "broken", "shown", "spoken", "driven"}
            ):
                continue  # would like it gone
            if previous in {"is", "are"}:
                if away <= 4 and words.kinds[first] != letters["WEEKDAY"]:
                    return 1
                continue
            if is_to_come(words, i):
                over = previous == "have" or _hoped(words, i)
                return -2 if over else max(sure, 2)
            if word in lex.fixing and away == 1:
                return 1
            supposed = previous in _SUPPOSING and away <= 6 and "," not in words.tokens[i:first]
            if _invites(words, i, first):
                return 2
            if (supposed and previous != "when") or _promises(words, i, first):
                return 2  # if passed on Monday
            if is_adjective(words, i):
                return 2
            if infinitive >= 4 and word in {"urged", "asked", "told", "called"}:
                return -1  # urged both sides to save the summit on Friday
            if infinitive:
                loose = infinitive <= 5 and away > 12
                return 1 if loose or word in lex.governors else -1
            if word in lex.reporting and away > 2:
                return -1
            if words.lower[first - 1] == "from" and _ordered(words, i, first):
                return 2
            return -sure
    return 1 if 0 < infinitive <= 5 else 0


_SUPPOSING = frozenset(("if", "unless", "when"))  # with no verb in the past behind them


def _hoped(words: DateTokens, i: int) -> bool:
    """Whether the participle at ``i`` tells what was to be: had hoped to be done."""
    to = next((j for j in range(i - 1, i - 4, -1) if words.lower[j] == "to"), None)
    return (
        to is not None
        and words.lower[to - 2] == "had"
        and words.lower[to - 1] in {"hoped", "wanted", "meant", "intended"}
    )


def _promises(words: DateTokens, i: int, first: int) -> bool:
    """Whether token ``i`` promises something for the date: pledged a vote in May; not pledged in
    May to go."""
    if words.lower[i] not in {"promised", "pledged", "vowed"}:
        return False
    between = [words.lower[j] for j in range(i + 1, first)]
    return 2 <= len(between) <= 7 and not forms().planned.isdisjoint(between)


def _invites(words: DateTokens, i: int, first: int) -> bool:
    """Whether somebody is asked to what is fixed for the date: has invited both sides for talks
    Friday."""
    if words.lower[i] not in {"invited", "summoned"} or first - i < 4:
        return False
    between = [words.lower[j] for j in range(i + 1, first)]
    last = max((between.index(w) for w in ("for", "to") if w in between), default=-1)
    return 0 < last < len(between) - 1


def is_caption(words: DateTokens, first: int, last: int) -> bool:
    """Whether a date stands in a sentence without a verb that ends with a full stop: under a
    picture."""
    ended, stop = sentence_ends(words), min(len(words.kinds), last + _REACH)
    j = ended.find(1, last, stop)
    j = j if j >= 0 else stop
    if words.word(j) != "." and words.word(j - 1) not in {".", ")"}:
        return False
    begin = max(0, first - _REACH)
    i = ended.rfind(1, begin, first) + 1 or begin
    ruled = words.ruled = words.ruled or bytearray(len(words.kinds))
    if ruled.find(2, i, j) >= 0:
        return False
    k = ruled.find(0, i, j)
    while k >= 0:
        ruled[k] = 2 if is_verb_or_end(words, k, k + 3) or words.lower[k] in _AUXILIARIES else 1
        if ruled[k] == 2:
            return False
        k = ruled.find(0, k + 1, j)
    return True


_AUXILIARIES = frozenset(("is", "are", "has", "have", "do", "does", "s", "re", "ve"))


def backshifted(words: DateTokens, first: int) -> bool:
    """Whether what is to come is so from a past day: he said that he would go in May, promised to
    go by May."""
    for i in range(first - 1, max(-1, first - 16), -1):
        word = words.lower[i]
        if ends_sentence(words, i) or (word in forms().future and word != "would"):
            return False
        if word == "would":
            return True
        if word == "to" and is_verb(words.word(i + 1)):
            return is_past(words, i - 1)
    return False


_ANSWERS = {"wake": "of", "response": "to", "reaction": "to", "aftermath": "of"}


def _answers(words: DateTokens, i: int) -> bool:
    """Whether what follows token ``i`` has happened: will resign in the wake of the report on
    Monday, in response to a letter of Monday."""
    after = _ANSWERS.get(words.lower[i])
    return after is not None and words.lower[i + 1] == after


def _governor(words: DateTokens, to: int) -> str:
    """The word before an infinitive, a day between them left out: vowed on Tuesday to stay."""
    i = to - 1
    if words.kinds[i : i + 1] == lexicon().letters["WEEKDAY"]:
        i -= 2 if words.lower[i - 1] == "on" else 1
    return words.lower[i]


_WOULD = frozenset(("would", "wouldn", "could", "couldn"))


def _is_refusal(words: DateTokens, i: int) -> bool:
    """Would not say, couldn't be reached."""
    if words.lower[i] not in _WOULD:
        return False
    following = {words.lower[j] for j in range(i + 1, i + 5)}
    if words.lower[i - 1] in {"nobody", "none", "neither"} or words.lower[i - 2] == "no":
        return bool(following & forms().refused)
    return bool(following & {"not", "t"}) and bool(following & forms().refused)


def _past_before(words: DateTokens, to: int) -> bool:
    """Whether a verb in the past rules the clause of the infinitive at ``to``, not next to it."""
    for i in range(to - 2, max(-1, to - 12), -1):
        if ends_sentence(words, i) or words.word(i) == ",":
            return False
        if is_past(words, i):
            return words.lower[i] not in forms().governors
    return False


def _ordered(words: DateTokens, i: int, first: int) -> bool:
    """Ordered all bars shut from Thursday: a rule begins after it was made."""
    lex = forms()
    near = range(max(0, i - 6), i + 1)
    return first - i > 1 and any(
        words.lower[j] in lex.governors and words.word(j).endswith(("ed", "told")) for j in near
    )


def is_verb_or_end(words: DateTokens, i: int, first: int) -> bool:
    """Whether token ``i`` before the date at ``first`` is a verb that may rule it, or ends the
    sentence."""
    lex = forms()
    word = words.lower[i]
    ruling = word in lex.future or word in lex.scheduled or word in lex.scheduled_plural
    present = is_present(words, i, first) or word in {"is", "are", "has", "have", "to"}
    return ruling or present or is_past(words, i) or ends_sentence(words, i)


def _unreal(words: DateTokens, i: int) -> bool:
    """Would have resigned: what did not happen, yet on a day that is over."""
    if words.lower[i] not in {"would", "could", "should", "might", "may", "must"}:
        return False
    return "have" in {words.lower[j] for j in (i + 1, i + 2)}


def _first_meant(words: DateTokens, i: int) -> bool:
    """Whether the plan at token ``i`` was that of an earlier time: was initially scheduled."""
    return words.lower[i - 1] in {"initially", "originally", "first"}


def _foiled(words: DateTokens, i: int, first: int) -> bool:
    """Was to open in September, but: a plan that came to nothing."""
    if not {words.lower[j] for j in (i - 2, i - 1)} & {"was", "were"}:
        return False
    for j in range(first, first + 16):
        if words.lower[j] in {"but", "yet", "until"}:
            return True
        if j >= len(words.kinds) or ends_sentence(words, j):
            return False
    return False


def _after(words: DateTokens, first: int, last: int) -> int:
    """The verb behind a date: of the date where it begins its clause ("On Sunday the fleet will
    sail"), else only close behind it ("his speech Sunday on the war will be ...")."""
    lex = forms()
    i = first - 1
    bare = words.lower[i] not in lex.prepositions
    i -= not bare
    opens = opens_clause(words, first, last) or words.word(i) in {",", "“", "‘", '"', "("}
    i, reach = last - 1, min(len(words.kinds), last + _REACH)
    while (i := _tense_word_after(words, i + 1, reach)) < reach:
        if ends_sentence(words, i):
            break
        word = words.lower[i]
        if word in lex.scheduled or (word in lex.future and word not in lex.weak):
            return 1 if opens or (bare and i - last < 4) else 0
        copula = word in {"is", "are"}
        allowed = opens and copula and words.lower[i + 1] in {"allowed", "expected", "due"}
        if allowed:
            return 2
        if opens and not copula and i - last <= 12 and i > last and is_present(words, i, i + 1):
            return 1
        if is_past(words, i):
            return -2 if opens and word not in lex.reporting else -1
    return 0
