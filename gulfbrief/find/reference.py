"""Who is meant by a role ("the minister") or a pronoun ("he"), read from front to back.

Salience follows Lappin & Leass (1994) in a small form: who was the subject of the last sentences of
the narration weighs most, then who was named most recently. What stands between quotation marks
makes nobody salient. An answer needs a lead over the second best; without it nobody is meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict, defaultdict
from typing import Literal

from ..model import Mention, MentionType, Role
from .names.lexicon import load as known
from .naming import Being, Held, Naming
from .roles import Lexicon, Phrase, Tokens, parse
from .text import Text
from .verbs import lexicon as verb_lexicon

SHE, HE = frozenset({"she", "her", "hers", "herself"}), frozenset({"he", "him", "his", "himself"})
PRONOUNS = SHE | HE
_PREPOSITIONS = frozenset(
    "of to in on at by for from with against about over under between near after before like than "
    "around into through without toward towards via and or told asked as".split()
)
_ADVERBS = frozenset(
    "also then later himself herself itself themselves never still even once just only both each "
    "that this where when while because though although until since whom whose".split()
)
_NO_VERB = frozenset(
    "and or but of in on at by for from with against about who whose which the a an".split()
)
_AFTER = frozenset({"who", "whose", "that", "which", "and", "where", "since"})
_WINDOW = 12
_LEAD = 0.35


class Reading:
    """One pass over the role phrases, names and pronouns of a document in their order."""

    def __init__(
        self, text: Text, mentions: list[Mention], tokens: Tokens, naming: Naming, words: Lexicon
    ) -> None:
        self.text, self.mentions, self.tokens = text, mentions, tokens
        self.naming, self.beings, self.lexicon = naming, naming.beings, words
        self.roles: dict[int, list[Role]] = defaultdict(list)
        self.extra: list[Mention] = []
        self.recent: OrderedDict[int, None] = OrderedDict()
        self.recent_bodies: OrderedDict[int, None] = OrderedDict()
        self.holders: dict[str, list[int]] = defaultdict(list)
        self.told: dict[int, Phrase] = {}
        self.meanings: dict[int, int | None] = {}
        self.organs: dict[str, int] = {}
        verbs = verb_lexicon()
        self.verbs = verbs.past | verbs.third | verbs["auxiliary"] | verbs["modal"]
        self.saying = verbs["saying"]
        self._narration()

    # ---- where things stand -----------------------------------------------------------------

    def _narration(self) -> None:
        """Quoted stretches, and the number of each sentence counting only those that narrate."""
        outer = [mark for mark in self.text.marked if mark.level == 0]
        opens = [mark.open for mark in outer]
        closes = [mark.close for mark in outer]
        self.opens, self.closes = opens, closes
        self.sentence_starts = [a for a, _ in self.text.sentences]
        self.numbers: list[int] = []
        number = 0
        for a, b in self.text.sentences:
            self.numbers.append(number)
            i = bisect_right(opens, a) - 1
            if i < 0 or closes[i] < b:
                number += 1
        self.paragraph_starts = [a for a, _ in self.text.paragraphs]

    def quoted(self, offset: int) -> bool:
        i = bisect_right(self.opens, offset) - 1
        return i >= 0 and offset < self.closes[i]

    def place(self, offset: int) -> tuple[int, int, int]:
        """Narrated sentence, paragraph and start of the sentence that ``offset`` stands in."""
        i = max(0, bisect_right(self.sentence_starts, offset) - 1)
        p = bisect_right(self.paragraph_starts, offset)
        return (self.numbers[i], p, self.sentence_starts[i]) if self.numbers else (0, 0, 0)

    # ---- the pass -----------------------------------------------------------------------------

    def read(self) -> None:
        tokens, words = self.tokens, self.lexicon
        heads = words.heads
        lower = tokens.lower
        marks = [
            i
            for i, w in enumerate(lower)
            if w in heads
            or w in PRONOUNS
            or w == "it"
            or (
                "-" in w
                and (w.startswith(("ex-", "then-")) or w.endswith(("-elect", "-designate")))
            )
        ]
        names = tokens.first
        m, count = 0, len(names)
        done = -1
        for i in marks:
            while m < count and names[m] < i:
                self._name(m)
                m += 1
            if i <= done:
                continue
            if lower[i] == "it":
                self._it(i)
                continue
            if lower[i] in PRONOUNS:
                if tokens.owner[i] < 0:
                    self._pronoun(i)
                continue
            phrase = parse(tokens, self.mentions, i, words)
            if phrase is None:
                continue
            done = self._phrase(phrase, m)
        while m < count:
            self._name(m)
            m += 1

    def _name(self, number: int, phrase: Phrase | None = None) -> None:
        """A name makes its bearer salient."""
        mention = self.mentions[number]
        if mention.type == "nationality":
            self._national(number)
            return
        index = self.naming.being_of[number]
        if index is None:
            return
        if self.quoted(mention.start):
            return
        first = self.tokens.first[number]
        if number in self.told:
            first = min(first, self.told[number].first)
        else:
            first = self._with_title(first)
        last = self.tokens.last[number]
        self._touch(index, mention.start, first, last)
        if first > 1 and self.tokens.lower[first - 1] == "and":
            other = self._person(first - 2)
            partner = self.naming.being_of[other] if other is not None else None
            if partner is not None and partner != index:
                self._pair(self.beings[partner], self.beings[index])

    def _pair(self, one: Being, other: Being) -> None:
        """ "Walsh and Kerr met": both are the subject, or neither."""
        one.weight = other.weight = max(one.weight, other.weight)

    def _with_title(self, first: int) -> int:
        """The token where the name begins with its title ("Mr. Saleh")."""
        lower, words = self.tokens.lower, self.lexicon
        before = first - 1
        if before >= 1 and lower[before] == ".":
            before -= 1
        if before >= 0 and (lower[before] in words.title_gender or lower[before] in words.short):
            return before
        return first

    def _touch(self, index: int, offset: int, first: int, last: int, weight: float = 0.0) -> None:
        being = self.beings[index]
        sentence, paragraph, start = self.place(offset)
        role = self._subject(first, last, start)
        if being.sentence == sentence and being.weight > role + weight:
            role = being.weight
        being.at, being.sentence, being.paragraph = offset, sentence, paragraph
        being.weight = role + weight
        being.count += 1
        if being.type == "person":
            self.recent[index] = None
            self.recent.move_to_end(index)
            if len(self.recent) > _WINDOW:
                self.recent.popitem(last=False)
        else:
            self.recent_bodies[index] = None
            self.recent_bodies.move_to_end(index)
            if len(self.recent_bodies) > _WINDOW:
                self.recent_bodies.popitem(last=False)

    def _subject(self, first: int, last: int, start: int) -> float:
        """How much like a subject the phrase of tokens ``first`` to ``last`` stands: 0 to 2."""
        tokens = self.tokens
        lower, count = tokens.lower, len(tokens.words)
        before = lower[first - 1] if first > 0 and tokens.starts[first - 1] >= start else ""
        if tokens.possessive(last):
            return 0.2
        if before in ("said", "says", "added", "adds", "asked", "replied", "warned"):
            return 2.0
        if before in _PREPOSITIONS:
            return 0.4
        after = last + 1
        if after < count and lower[after] == ",":
            after = self._past_aside(after)
        if after < count:
            word = lower[after]
            if word in self.verbs or (len(word) > 3 and word.endswith("ed")):
                return 2.0
            if word == "who":
                return 1.2
            if after == last + 1 and tokens.near(last) and self._noun(after):
                return 0.1
        if not before or before in ",;:-—–" or not before.isalnum():
            return 1.5
        return 0.8

    def _noun(self, i: int) -> bool:
        """Whether token ``i`` is a noun that a name before it describes ("Gulf states")."""
        word = self.tokens.words[i]
        return (
            word.islower()
            and word.isalpha()
            and len(word) > 3
            and word not in _PREPOSITIONS
            and word not in _ADVERBS
            and not word.endswith("ly")
        )

    def _past_aside(self, comma: int) -> int:
        """The token after an aside between commas (", a Labour member,"), at most 16 tokens on."""
        lower = self.tokens.lower
        for i in range(comma + 1, min(comma + 18, len(lower))):
            if lower[i] == ",":
                return i + 1
            if lower[i] in '.!?;:"”':
                break
        return comma

    # ---- roles --------------------------------------------------------------------------------

    def _phrase(self, phrase: Phrase, upcoming: int) -> int:
        """Give a role phrase to the name it stands at, or find whom it means. Returns the last
        token that it covers."""
        tokens = self.tokens
        if phrase.is_body:
            self._body(phrase)
            return phrase.last
        if self.quoted(tokens.starts[phrase.first]) and phrase.determiner is None:
            pass
        target = self._named(phrase)
        if target is not None:
            self._give(target, phrase)
            if phrase.determiner and tokens.first[target] > phrase.last + 1:
                start, end = tokens.starts[phrase.first], tokens.ends[phrase.last]
                index = self.naming.being_of[target]
                key = self.beings[index].key if index is not None else None
                words = tokens.text[start:end]
                self.extra.append(Mention(start, end, words, "person", "role", key))
            return phrase.last
        self._refer(phrase)
        return phrase.last

    def _named(self, phrase: Phrase) -> int | None:
        """The person mention that the phrase stands at: title, apposition or predicate."""
        tokens, owner, lower = self.tokens, self.tokens.owner, self.tokens.lower
        count = len(lower)
        after = phrase.last + 1
        if after < count and self._person(after) is not None and tokens.near(phrase.last):
            number = owner[after]
            self.told[number] = phrase
            return number
        before = phrase.first - 1
        comma = before >= 1 and lower[before] == ","
        if comma:
            k = before - 1
            if lower[k].isdigit() and k >= 2 and lower[k - 1] == ",":
                k -= 2
            if self._person(k) is not None and not tokens.possessive(k):
                follower = lower[after] if after < count and tokens.near(phrase.last) else "."
                if not follower.isalnum() or follower in _PREPOSITIONS or follower in _AFTER:
                    return owner[k]
        if after + 1 < count and lower[after] == ",":
            behind = self._titled(after + 1)
            if behind is not None and (phrase.determiner or phrase.last > phrase.inner):
                end = tokens.last[behind] + 1
                if end >= count or not lower[end][0].isalnum():
                    self.told[behind] = phrase
                    return behind
        return self._predicate(phrase)

    def _titled(self, i: int) -> int | None:
        """The person mention at token ``i``, or behind the title that stands there."""
        tokens, words = self.tokens, self.lexicon
        for j in range(i, min(i + 6, len(tokens.lower))):
            if self._person(j) is not None:
                return tokens.owner[j]
            word = tokens.lower[j]
            known = word in words.modifiers or word in words.heads or word in words.short
            if not known and word != "." and word not in words.title_gender:
                break
        return None

    def _predicate(self, phrase: Phrase) -> int | None:
        """ "Prado became health minister", "Jansen will succeed de Groot as chief executive"."""
        tokens, owner, lower = self.tokens, self.tokens.owner, self.tokens.lower
        k = phrase.first - 1
        if k < 1:
            return None
        if lower[k] in ("is", "became", "becomes", "remains"):
            return owner[k - 1] if self._person(k - 1) is not None else None
        if lower[k] == "as" and k >= 2:
            k -= 1
            if self._person(k) is not None:
                left = owner[k]
                verb = tokens.first[left] - 1
                if verb >= 1 and lower[verb].startswith(("succe", "replac")):
                    held = Held(phrase.head, phrase.modifiers, phrase.states, "leaving")
                    index = self.naming.being_of[left]
                    if index is not None:
                        self._hold(index, held)
                    planned = lower[verb - 1] in ("will", "would", "to", "shall")
                    phrase.status = "designate" if planned else "new"
                    for j in range(verb - 1, max(-1, verb - 5), -1):
                        if self._person(j) is not None:
                            return owner[j]
                    return None
                if lower[verb] in ("appointed", "named", "elected", "nominated"):
                    return left
            for j in range(k, max(-1, k - 5), -1):
                if lower[j] in ("appointed", "named", "elected", "sworn", "serves", "served"):
                    for i in range(j - 1, max(-1, j - 4), -1):
                        if self._person(i) is not None:
                            return owner[i]
                    return None
            return None
        if self._person(k) is not None and tokens.near(k):
            verb = tokens.first[owner[k]] - 1
            if verb >= 0 and lower[verb] in ("appointed", "named", "elected", "made", "nominated"):
                return owner[k]
        if lower[k] in ("appointed", "named", "elected"):
            for i in range(k - 1, max(-1, k - 4), -1):
                if self._person(i) is not None:
                    return owner[i]
        return None

    def _person(self, i: int) -> int | None:
        number = self.tokens.owner[i] if 0 <= i < len(self.tokens.owner) else -1
        return number if number >= 0 and self.mentions[number].type == "person" else None

    def _give(self, number: int, phrase: Phrase) -> None:
        """The bearer of mention ``number`` holds the role of ``phrase``."""
        index = self.naming.being_of[number]
        if index is None:
            return
        being, words = self.beings[index], self.lexicon
        gender = words.gender.get(phrase.head)
        if gender and being.gender is None:
            being.gender = gender
        relation = words.office.get(phrase.head)
        if relation:
            other = self._possessor(phrase)
            for held in self.beings[other].held[:3] if other is not None and other != index else ():
                status = {"predecessor": "former", "successor": "new"}.get(relation)
                states = phrase.states if relation == "counterpart" else held.states
                self._hold(index, Held(held.head, held.modifiers, states, status))
        else:
            tokens = self.tokens
            start, end = tokens.starts[phrase.inner], tokens.ends[phrase.last]
            status = phrase.status if phrase.status in ("former", "acting", "designate") else None
            self.roles[index].append(
                Role(
                    start,
                    end,
                    tokens.text[start:end],
                    phrase.states[0] if phrase.states else None,
                    status,
                )
            )
        self._hold(index, Held(phrase.head, phrase.modifiers, phrase.states, phrase.status))

    def _hold(self, index: int, held: Held) -> None:
        being = self.beings[index]
        if len(being.held) < 8:
            being.held.append(held)
        holders = self.holders[held.head]
        if index not in holders[-_WINDOW:]:
            holders.append(index)

    def _possessor(self, phrase: Phrase) -> int | None:
        """Whose deputy, rival or predecessor it is."""
        if phrase.determiner == "name" and phrase.possessor is not None:
            return self.naming.being_of[phrase.possessor]
        if phrase.determiner == "pronoun" and phrase.possessor is not None:
            return self._meant(phrase.possessor)
        return None

    def _refer(self, phrase: Phrase) -> None:
        """Whom a role phrase without a name means."""
        tokens = self.tokens
        offset = tokens.starts[phrase.first]
        if phrase.determiner is None and not phrase.states:
            return
        quoted = self.quoted(offset)
        index = None
        if phrase.determiner != "indefinite":
            index = self._holder(phrase, offset)
        start, end = offset, tokens.ends[phrase.last]
        if phrase.determiner != "indefinite":
            key = self.beings[index].key if index is not None else None
            self.extra.append(Mention(start, end, tokens.text[start:end], "person", "role", key))
        if quoted:
            return
        if index is None:
            _, _, start = self.place(offset)
            if self._subject(phrase.first, phrase.last, start) < 1.6:
                return
            index = self._shadow(phrase)
        self._touch(index, offset, phrase.first, phrase.last)

    def _national(self, number: int) -> None:
        """ "the Iraqi said": who was told to be of that state."""
        tokens, mention = self.tokens, self.mentions[number]
        first, last = tokens.first[number], tokens.last[number]
        if first == 0 or tokens.lower[first - 1] != "the" or mention.text.endswith("s"):
            return
        if mention.actor is None or last + 1 >= len(tokens.lower):
            return
        if tokens.lower[last + 1] not in self.verbs:
            return
        offset = tokens.starts[first - 1]
        sentence, paragraph, _ = self.place(offset)
        scores = {
            index: self._salience(self.beings[index], sentence, paragraph)
            for index in self.recent
            if any(mention.actor in held.states for held in self.beings[index].held)
        }
        found = self._best(scores)
        if found is None:
            return
        text = tokens.text[offset : mention.end]
        self.extra.append(
            Mention(offset, mention.end, text, "person", "role", self.beings[found].key)
        )
        if not self.quoted(offset):
            self._touch(found, offset, first - 1, last)

    def _shadow(self, phrase: Phrase) -> int:
        """Someone whom the text does not name."""
        gender = self.lexicon.gender.get(phrase.head)
        self.beings.append(Being(None, phrase.head, "person", gender=gender))
        index = len(self.beings) - 1
        self._hold(index, Held(phrase.head, phrase.modifiers, phrase.states, phrase.status))
        return index

    def _holder(self, phrase: Phrase, offset: int) -> int | None:
        words = self.lexicon
        sentence, paragraph, _ = self.place(offset)
        barred = self._possessor(phrase)
        office = words.office.get(phrase.head)
        wanted = [phrase]
        if office and barred is not None:
            wanted += [
                Phrase(
                    0,
                    0,
                    0,
                    h.head,
                    h.modifiers,
                    phrase.states,
                    "former" if office == "predecessor" else None,
                    "definite",
                )
                for h in self.beings[barred].held[:3]
            ]
        scores: dict[int, float] = {}
        for want in wanted:
            for head in (want.head, *words.means.get(want.head, ())):
                for index in self.holders.get(head, ())[-_WINDOW:]:
                    if index == barred:
                        continue
                    fit = max(
                        (
                            _fit(want, held, head == want.head)
                            for held in self.beings[index].held
                            if held.head == head
                        ),
                        default=-9.0,
                    )
                    if fit > -5:
                        score = fit + 0.6 * self._salience(self.beings[index], sentence, paragraph)
                        scores[index] = max(score, scores.get(index, -9.0))
        return self._best(scores)

    def _best(self, scores: dict[int, float], lead: float = _LEAD) -> int | None:
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < lead:
            return None
        return ranked[0][0]

    def _salience(self, being: Being, sentence: int, paragraph: int) -> float:
        away = sentence - being.sentence
        if being.at < 0 or away < 0:
            return -1.0
        recency = (3.0, 2.6, 1.4, 0.8, 0.4)[away] if away < 5 else 0.0
        same = 0.3 if being.paragraph == paragraph else 0.0
        return (
            recency
            + (being.weight if away < 3 else being.weight / 3)
            + same
            + 0.1 * min(being.count, 8)
        )

    # ---- bodies -------------------------------------------------------------------------------

    def _body(self, phrase: Phrase) -> None:
        """ "the ministry", "the bloc": the body of that kind that was named last; "the Iranian
        foreign ministry": a body of that state, though nobody gives it a name."""
        tokens = self.tokens
        offset = tokens.starts[phrase.first]
        states = phrase.states
        if phrase.determiner == "pronoun":
            if tokens.lower[phrase.possessor or 0] != "its":
                return
            state = self._its(offset)
            states = (state,) if state else ()
        elif phrase.determiner not in ("definite", "name", None):
            return
        if phrase.determiner is None and not states:
            return
        found = self._bodily(phrase, states, offset)
        if found is None and states and phrase.head in self.lexicon.organs:
            found = self._organ(phrase, states[0])
        if found is None:
            return
        start, end = offset, tokens.ends[phrase.last]
        key = self.beings[found].key
        self.extra.append(Mention(start, end, tokens.text[start:end], "organisation", "role", key))
        if not self.quoted(offset):
            self._touch(found, offset, phrase.first, phrase.last)

    def _bodily(self, phrase: Phrase, states: tuple[str, ...], offset: int) -> int | None:
        """The body of the kind that the noun tells, among those named lately."""
        names = self.lexicon.bodies.get(phrase.head, frozenset())
        ids = self.lexicon.known.get(phrase.head, frozenset())
        sentence, paragraph, _ = self.place(offset)
        scores: dict[int, float] = {}
        for index in self.recent_bodies:
            being = self.beings[index]
            tied = being.states
            if states and not set(states) & set(tied):
                continue
            if being.key in ids or not names.isdisjoint(being.words):
                if phrase.modifiers and not phrase.modifiers <= set(being.words):
                    continue
                scores[index] = self._salience(being, sentence, paragraph)
        return self._best(scores, 0.3)

    def _organ(self, phrase: Phrase, state: str) -> int:
        """The body of ``state`` under the words by which the text calls it."""
        tokens = self.tokens
        words = (*sorted(phrase.modifiers), phrase.head)
        key = "-".join((state, *words))
        if key not in self.organs:
            first = phrase.first + (tokens.lower[phrase.first] in ("the", "this"))
            if phrase.determiner == "pronoun":
                first = phrase.inner
            name = tokens.text[tokens.starts[first] : tokens.ends[phrase.last]]
            if phrase.determiner == "pronoun":
                name += f" of {known().display.get(state, state)}"
            self.beings.append(Being(key, name, "organisation", words=words, states=(state,)))
            self.organs[key] = len(self.beings) - 1
        return self.organs[key]

    def _its(self, offset: int) -> str | None:
        """The state that "its" means: the subject of the sentence, else of the one before."""
        sentence, paragraph, _ = self.place(offset)
        found = self._best(
            {
                index: self._salience(self.beings[index], sentence, paragraph)
                for index in self.recent_bodies
                if self.beings[index].type == "country"
                and sentence - self.beings[index].sentence <= 1
                and self.beings[index].weight >= 1.5
            }
        )
        return self.beings[found].key if found is not None else None

    def _it(self, i: int) -> None:
        """ "it said": the body or state that was last a subject."""
        tokens = self.tokens
        if i + 1 >= len(tokens.lower) or tokens.lower[i + 1] not in self.saying:
            return
        offset = tokens.starts[i]
        if self.quoted(offset):
            return
        sentence, paragraph, _ = self.place(offset)
        scores = {
            index: self._salience(self.beings[index], sentence, paragraph)
            for index in self.recent_bodies
            if self.beings[index].type != "place" and sentence - self.beings[index].sentence <= 2
        }
        found = self._best({k: v for k, v in scores.items() if v >= 3.0})
        if found is None:
            return
        being = self.beings[found]
        kind: MentionType = "organisation" if being.type == "organisation" else "country"
        self.extra.append(
            Mention(offset, tokens.ends[i], tokens.words[i], kind, "pronoun", being.key)
        )
        self._touch(found, offset, i, i)

    # ---- pronouns -----------------------------------------------------------------------------

    def _pronoun(self, i: int) -> None:
        tokens = self.tokens
        offset = tokens.starts[i]
        if self.quoted(offset):
            return
        index = self._meant(i)
        key = self.beings[index].key if index is not None else None
        if index is not None:
            being = self.beings[index]
            if being.gender is None:
                being.gender = "f" if tokens.lower[i] in SHE else "m"
            possessive = tokens.lower[i] == "his" or self._before_noun(i)
            self._touch(index, offset, i, i, -1.0 if possessive else 0.0)
        self.extra.append(
            Mention(offset, tokens.ends[i], tokens.words[i], "person", "pronoun", key)
        )

    def _meant(self, i: int) -> int | None:
        """Whom the pronoun at token ``i`` means; told once, by what stands before it."""
        if i not in self.meanings:
            self.meanings[i] = self._weighed(i)
        return self.meanings[i]

    def _weighed(self, i: int) -> int | None:
        tokens = self.tokens
        word = tokens.lower[i]
        gender: Literal["f", "m"] = "f" if word in SHE else "m"
        offset = tokens.starts[i]
        sentence, paragraph, _ = self.place(offset)
        object_ = word == "him" or (word == "her" and not self._before_noun(i))
        scores: dict[int, float] = {}
        for index in self.recent:
            being = self.beings[index]
            if being.gender not in (None, gender) or being.at >= offset:
                continue
            if sentence - being.sentence > 4:
                continue
            if object_ and being.sentence == sentence and being.weight >= 1.5:
                continue
            score = self._salience(being, sentence, paragraph)
            if being.gender is None:
                bare = len(being.words) < 2 and not being.held and being.count < 2
                score -= 1.2 if bare else 0.5
            scores[index] = score
        return self._best(scores)

    def _before_noun(self, i: int) -> bool:
        after = self.tokens.lower[i + 1] if i + 1 < len(self.tokens.lower) else "."
        return (
            after.isalpha()
            and after not in _NO_VERB
            and after not in _PREPOSITIONS
            and after != "that"
        )


def _fit(want: Phrase, held: Held, same_head: bool) -> float:
    """How well the role that is asked for agrees with one that is held; under -5 not at all."""
    score = 2.0 if same_head else 0.8
    if want.modifiers:
        if want.modifiers <= held.modifiers:
            score += 1.0
        elif held.modifiers and not held.modifiers & want.modifiers:
            return -9.0
        else:
            score -= 1.0
    elif "deputy" in held.modifiers:
        score -= 1.0
    if "deputy" in want.modifiers and "deputy" not in held.modifiers:
        return -9.0
    if want.states and held.states:
        if set(want.states) & set(held.states):
            score += 1.5
        else:
            return -9.0
    elif want.states:
        score -= 0.8
    if want.status == "former":
        score += 2.0 if held.status == "former" else -1.5
    elif held.status == "former":
        score -= 1.0
    if want.status == "leaving":
        if held.status in ("new", "designate"):
            return -9.0
        score += 1.5 if held.status == "leaving" else 0.0
    if want.status == "new":
        if held.status in ("former", "leaving"):
            return -9.0
        score += 1.5 if held.status == "new" else 0.0
    return score
