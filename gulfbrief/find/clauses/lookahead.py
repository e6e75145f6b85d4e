"""What lies ahead in a sentence: its verb groups, and where a clause could begin.

Tables made once answer every question in a bounded number of steps.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from ..text import verb_groups as verbs
from ..text.verb_groups import Group

REACH = 18  # tokens between a joining word and the verb of its clause
HARD = frozenset({";", ":", "–", "—", "-", "--", "_"})
QUOTES = frozenset({'"', "”", "“", "’", "'", "»", "«"})


@cache
def _stops() -> frozenset[str]:
    """Words and marks before which a clause may end."""
    lex = verbs.lexicon()
    return HARD | lex["relative"] | lex["subordinator"] | {",", "that"}


class Lookahead:
    """A sentence's tokens, its verb groups, and what follows each token.

    ``dates`` and ``names`` are the tokens of dates and names.
    """

    def __init__(
        self,
        tokens: Sequence[str],
        lower: list[str],
        dates: Collection[int],
        names: Collection[int],
    ) -> None:
        self.tokens, self.lower = tokens, lower
        self.dates, self.names = dates, names
        self.lex = verbs.lexicon()
        masked = set(dates) | set(names)
        self.masked = masked
        self.groups = verbs.groups(tokens, lower, masked)
        n = len(tokens)
        self.group_from: list[int] = []  # first group that starts at k or later
        for at, group in enumerate(self.groups):
            self.group_from += [at] * (group.start + 1 - len(self.group_from))
        self.group_from += [len(self.groups)] * (n + 1 - len(self.group_from))
        self.stop_from: list[int] = []  # first comma, mark or joining word at k or later
        stops = _stops()
        for k in [k for k, word in enumerate(lower) if word in stops]:
            if k not in masked and self._stops(k):
                self.stop_from += [k] * (k + 1 - len(self.stop_from))
        self.stop_from += [n] * (n + 1 - len(self.stop_from))

    def _stops(self, k: int) -> bool:
        """Whether a word of ``_stops`` stops here: "that" does not after a preposition."""
        return self.lower[k] != "that" or (
            k > 0 and self.lower[k - 1] not in self.lex["preposition"]
        )

    def next_group(self, k: int) -> Group | None:
        at = self.group_from[min(k, len(self.tokens))]
        return self.groups[at] if at < len(self.groups) else None

    def clause_follows(self, k: int, reach: int = REACH) -> Group | None:
        """The finite verb group of a clause whose subject begins at ``k``, if one does."""
        group = self.next_group(k)
        if group is None or group.infinitive or not k < group.start <= k + reach:
            return None
        if self.stop_from[k] < group.start:
            return None
        if all(x in self.dates for x in range(k, group.start)):
            return None  # "since 1993 were": the date is no subject
        return group

    def subordinate_follows(self, k: int) -> Group | None:
        """The same after "since" and its like: a date there is no subject ("since 2015 the
        coalition has ..."), but may be part of one ("after Monday's talks failed")."""
        end = k
        while end in self.dates:
            end += 1
        if (
            end > k
            and not self.lower[end - 1].endswith("'s")
            and self.lower[end : end + 1] != ["'s"]
        ):
            return None
        return self.clause_follows(k)

    def skip_light(self, k: int) -> int:
        """Past adverbs, dates, their prepositions and the commas about them."""
        n = len(self.tokens)
        start = k
        while k < n and k - start < 12:
            word = self.lower[k]
            after_date = k > 0 and k - 1 in self.dates
            before_date = k + 1 < n and k + 1 in self.dates
            if (
                k in self.dates
                or verbs.adverb(word)
                or (word in self.lex["preposition"] and before_date)
                or (word == "the" and before_date)
                or (word == "," and (after_date or self.lower[k - 1] in self.lex["coordinator"]))
            ):
                k += 1
                continue
            break
        return k

    def reduces(self, group: Group, lo: int) -> bool:
        """Whether a first bare participle is a reduced relative: a later verb has its subject."""
        if group.tense != "bare" or group.end >= len(self.tokens):
            return False
        word = self.lower[group.end]
        if not (word in self.lex["preposition"] or group.end in self.dates):
            return False
        lead = range(lo, group.start)
        if not any(k in self.masked or self.content_word(k) for k in lead):
            return False
        after = self.next_group(group.end)
        if after is None or after.infinitive or self.stop_from[group.end] < after.start:
            return False
        if after.tense == "bare" and after.participle:
            return False
        # Between the two there may be only phrases led by prepositions, and dates.
        led = False
        for k in range(group.end, min(after.start, group.end + REACH)):
            word = self.lower[k]
            if k in self.dates:
                continue
            if word in self.lex["coordinator"] or word in self.lex["subject"]:
                return False
            if word in self.lex["preposition"]:
                led = True
            elif not led:
                return False
        return (
            after.start - group.end < REACH and self.lower[group.start] not in (self.lex["saying"])
        )

    def content_word(self, k: int) -> bool:
        """Whether token ``k`` may be (part of) a subject that is a noun."""
        word = self.lower[k]
        return (
            word[0].isalnum()
            and word != "that"
            and not any(
                word in self.lex[name]
                for name in ("relative", "coordinator", "subordinator", "subject", "light")
            )
        )

    def leads_phrase(self, k: int) -> bool:
        return k < len(self.tokens) and (
            k in self.dates or self.lower[k] in self.lex["preposition"]
        )

    def closes(self, group: Group) -> bool:
        """Whether a comma after the group gives way to the verb of the clause it interrupts."""
        k = group.end
        for _ in range(4):
            k = self.stop_from[min(k, len(self.tokens))]
            if k >= len(self.tokens):
                return False
            if self.tokens[k] == ",":
                after = self.next_group(k + 1)
                if after and not after.infinitive and after.start == self.skip_light(k + 1):
                    return True
            k += 1
        return False

    def is_tag(self, j: int) -> bool:
        """Whether the words from ``j`` are "the ministry said" or "said Haddad" and end there."""
        group = self.next_group(j)
        if group is None or group.infinitive or group.head not in self.lex["saying"]:
            return False
        if group.start - j > REACH:
            return False
        if any(
            self.lower[x] in self.lex["coordinator"] and x + 1 == group.start
            for x in range(j, group.start)
        ):
            return False
        if any(
            self.lower[j] in self.lex[name]
            for name in ("subordinator", "relative", "preposition", "light")
        ):
            return False
        after = group.end
        if group.start == self.skip_light(j):  # inverted: a name or a noun phrase follows
            return after < len(self.tokens) and (
                after in self.names
                or self.lower[after] in self.lex["determiner"]
                or self.tokens[after][:1].isupper()
                or (self.tokens[j - 1] in QUOTES and self.tokens[after][0].isalpha())
            )
        end, after = after, self.skip_light(after)
        if after >= len(self.tokens) or "," in self.tokens[end:after]:
            return True
        word = self.lower[after]
        if word in (".", "!", "?", ";", ",", ":", *QUOTES) or self.leads_phrase(after):
            return True
        return group.head in ("told", "tells") and not any(
            self.lower[x] == "that" for x in range(after, min(after + 4, len(self.tokens)))
        )

    def bare_noun_phrase(self, group: Group) -> bool:
        """Whether "the men detained in May" after *and* is a noun phrase, not a clause."""
        after = self.next_group(group.end)
        resolved = after is not None and self.stop_from[group.end] >= after.start
        return self.leads_phrase(group.end) and not resolved and group.participle
