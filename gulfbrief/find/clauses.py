"""A sentence -> its clauses, by rules over verb groups, joining words and commas.

A piece is a run of tokens with (mostly) one verb group. Pieces are cut from left to right in one
pass; a clause that another interrupts ("The ship, which left on Monday, will sail") is two pieces,
the later one ``continues`` the earlier. Every look ahead goes through tables made once a
sentence, so that the time grows linearly with its length.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from . import verbs
from .verbs import Group

Kind = Literal[
    "main",  # stands alone, or after ; : or a dash
    "coordinate",  # and + verb, or and + subject + verb
    "relative",  # who, which, that; antecedent before it
    "reduced",  # "detained in May"
    "subordinate",  # after, because, if
    "content",  # what is said: "that the talks had failed"
    "participle",  # ", ending a boycott"
    "infinitive",  # "to cut output"
    "tag",  # ", the ministry said"
]

_SUBJECT_REACH = 18  # tokens between a joining word and the verb of its clause


@dataclass(slots=True)
class Piece:
    """Tokens ``lo`` to ``hi`` (exclusive) of a sentence. ``parent`` and ``continues`` are indices
    of earlier pieces. ``word`` is the joining word; ``condition`` is true after "if" and its like;
    ``elided`` where the subject stands in an earlier piece; ``hard`` after ; : or a dash."""

    lo: int
    hi: int
    kind: Kind
    parent: int | None = None
    continues: int | None = None
    word: str = ""
    condition: bool = False
    elided: bool = False
    hard: bool = False
    groups: list[Group] = field(default_factory=list)


def pieces(
    tokens: Sequence[str], dates: Collection[int], names: Collection[int], cuts: Collection[int]
) -> list[Piece]:
    """The pieces of one sentence in order; together they hold all its tokens.

    ``dates`` and ``names`` are the tokens that belong to a date or a name, ``cuts`` those at which
    a quotation begins or ends.
    """
    return _Cutter(tokens, dates, names, cuts).run()


_HARD = frozenset({";", ":", "–", "—", "-", "--", "_"})
_QUOTES = frozenset({'"', "”", "“", "’", "'", "»", "«"})


class _Cutter:
    def __init__(
        self,
        tokens: Sequence[str],
        dates: Collection[int],
        names: Collection[int],
        cuts: Collection[int],
    ) -> None:
        self.tokens = tokens
        self.lower = [t.lower().replace("’", "'") for t in tokens]
        self.dates, self.names, self.cuts = dates, names, cuts
        self.lex = verbs.lexicon()
        masked = set(dates) | set(names)
        self.masked = masked
        self.groups = verbs.groups(tokens, masked)
        n = len(tokens)
        self.group_from = [len(self.groups)] * (n + 1)  # first group that starts at k or later
        at = len(self.groups)
        for k in range(n - 1, -1, -1):
            if at and self.groups[at - 1].start >= k:
                at -= 1
            self.group_from[k] = at
        self.stop_from = [n] * (n + 1)  # first comma, mark or joining word at k or later
        for k in range(n - 1, -1, -1):
            self.stop_from[k] = k if self._stops(k) else self.stop_from[k + 1]
        self.out: list[Piece] = []
        self.any_verb = False  # whether any clause so far has its verb

    def _stops(self, k: int) -> bool:
        if k in self.masked:
            return False
        word = self.lower[k]
        return (
            word in {",", *_HARD}
            or word in self.lex["relative"]
            or word in self.lex["subordinator"]
            or (word == "that" and k > 0 and self.lower[k - 1] not in self.lex["preposition"])
        )

    # ---- questions about what follows --------------------------------------------------------

    def next_group(self, k: int) -> Group | None:
        at = self.group_from[min(k, len(self.tokens))]
        return self.groups[at] if at < len(self.groups) else None

    def clause_follows(self, k: int, reach: int = _SUBJECT_REACH) -> Group | None:
        """The finite verb group of a clause whose subject begins at ``k``, if one does."""
        group = self.next_group(k)
        if group is None or group.infinitive or not k < group.start <= k + reach:
            return None
        if self.stop_from[k] < group.start:
            return None
        if all(x in self.dates for x in range(k, group.start)):
            return None  # "since 1993 were": the date is no subject
        return group

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
                or verbs._adverb(word)
                or (word in self.lex["preposition"] and before_date)
                or (word == "the" and before_date)
                or (word == "," and (after_date or self.lower[k - 1] in self.lex["coordinator"]))
            ):
                k += 1
                continue
            break
        return k

    # ---- cutting --------------------------------------------------------------------------------

    def cut(self, k: int, kind: Kind, **more: object) -> Piece:
        piece = Piece(k, len(self.tokens), kind, **more)  # type: ignore[arg-type]
        if self.out and self.out[-1].lo == k:  # nothing stands in the piece before: it goes
            empty = self.out.pop()
            if piece.parent == len(self.out):
                piece.parent = empty.parent
            if piece.continues == len(self.out):
                piece.continues = empty.continues
            piece.hard = piece.hard or empty.hard
        elif self.out:
            self.out[-1].hi = k
        self.out.append(piece)
        return piece

    def run(self) -> list[Piece]:
        n = len(self.tokens)
        if not n:
            return []
        self.cut(0, "main")
        self._open_clause(0)
        self.at = 0  # index into groups of the next one not yet met
        k = 0
        while k < n:
            if k in self.masked and k not in self.cuts:
                k += 1
                continue
            group = self.groups[self.at] if self.at < len(self.groups) else None
            if group and group.start == k:
                self.any_verb = True
                self._meet(group)
                self.at += 1
                self._content_without_that(group)
                k = max(group.end, self.here.lo)
                continue
            k = max(k + 1, self._join(k))
        if self.here.lo == n:
            self.out.pop()
        return self.out

    @property
    def here(self) -> Piece:
        return self.out[-1]

    def has_verb(self) -> bool:
        """Whether the clause now open has its verb group already."""
        return bool(self.here.groups)

    def _meet(self, group: Group) -> None:
        here = self.here
        if group.infinitive:
            if here.groups or here.kind in ("infinitive", "participle"):
                here = self.cut(group.start, "infinitive", parent=len(self.out) - 1)
            here.groups.append(group)
            return
        if group.start > here.lo and not here.groups and self._reduces(group):
            host = len(self.out) - 1
            self.cut(group.start, "reduced", parent=host).groups.append(group)
            return
        if here.kind == "reduced" and here.groups and here.parent is not None:
            host_piece = self.out[here.parent]
            if not host_piece.groups and group.start >= here.groups[-1].end:
                self.cut(
                    group.start, host_piece.kind, parent=host_piece.parent,
                    continues=here.parent, word=host_piece.word, condition=host_piece.condition,
                ).groups.append(group)  # fmt: skip
                return
        if here.groups and group.start > here.groups[-1].end:
            self._second(group)
            return
        here.groups.append(group)

    def _reduces(self, group: Group) -> bool:
        """Whether a first bare participle is a reduced relative: a later verb has its subject."""
        if group.tense != "bare" or group.end >= len(self.tokens):
            return False
        word = self.lower[group.end]
        if not (word in self.lex["preposition"] or group.end in self.dates):
            return False
        lead = range(self.here.lo, group.start)
        if not any(k in self.masked or self._content_word(k) for k in lead):
            return False
        after = self.next_group(group.end)
        if after is None or after.infinitive or self.stop_from[group.end] < after.start:
            return False
        if after.tense == "bare" and after.participle:
            return False
        # Between the two there may be only phrases led by prepositions, and dates.
        led = False
        for k in range(group.end, min(after.start, group.end + _SUBJECT_REACH)):
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
            after.start - group.end < _SUBJECT_REACH
            and self.lower[group.start] not in (self.lex["saying"])
        )

    def _content_word(self, k: int) -> bool:
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

    def _second(self, group: Group) -> None:
        """A further verb group with no joining word between."""
        host = len(self.out) - 1
        last = self.here.groups[-1]
        before = self.lower[group.start - 1]
        inverted = self.here.word in ("had", "were", "should") and len(self.here.groups) == 1
        if inverted:
            self.here.groups.append(group)
            return
        if group.tense == "bare" and before not in self.lex["subject"]:
            self.cut(group.start, "reduced", parent=host).groups.append(group)
            return
        start = group.start
        for k in range(group.start - 1, max(last.end - 1, group.start - _SUBJECT_REACH), -1):
            word = self.lower[k]
            if k in self.dates:
                start = k + 1
                break
            if word in self.lex["subject"] or word in self.lex["determiner"]:
                start = k
                break
            start = k
        if start <= self.here.lo or start >= group.start:
            start = group.start
        self.cut(start, "content", parent=host).groups.append(group)

    def _content_without_that(self, group: Group) -> None:
        """Cuts where "said it would close" goes from the saying to what is said."""
        if group.head not in self.lex["saying"] or group.infinitive:
            return
        k = self.skip_light(group.end)
        following = self.next_group(k)
        if following is None or following.infinitive or following.start <= k:
            return
        if following.start - k > _SUBJECT_REACH or self.stop_from[k] < following.start:
            return
        start = None
        for j in range(k, following.start):
            if self.lower[j] in self.lex["subject"]:
                start = j
                break
            led = self.lower[k] in self.lex["preposition"]
            if led and j in self.dates and j + 1 < following.start and j + 1 not in self.dates:
                start = j + 1
        if start is None:
            word = self.lower[k]
            reduced = following.tense == "bare" and self._leads_phrase(following.end)
            if reduced or (word in self.lex["preposition"] and k not in self.dates):
                return
            start = k
        if self.lower[following.start - 1] in self.lex["preposition"]:
            return
        if any(self.lower[j] in self.lex["coordinator"] for j in range(group.end, start)):
            return
        self.cut(start, "content", parent=len(self.out) - 1)

    def _leads_phrase(self, k: int) -> bool:
        return k < len(self.tokens) and (
            k in self.dates or self.lower[k] in self.lex["preposition"]
        )

    def _open_clause(self, k: int) -> None:
        """Looks at the words that begin a clause: a fronted "if" or "when", "Had they spoken"."""
        n = len(self.tokens)
        while k < n and (self.tokens[k] in _QUOTES or self.tokens[k] in "([…."):
            k += 1
        if k >= n:
            return
        word, here = self.lower[k], self.here
        if word in self.lex["subordinator"] and self.next_group(k + 1):
            group = self.clause_follows(k + 1)
            if group or word in self.lex["condition"]:
                here.kind, here.word = "subordinate", word
                here.condition = word in self.lex["condition"]
        elif word in ("had", "were", "should") and self.clause_follows(k + 1):
            if self.tokens[-1] != "?" and self.stop_from[k] < n:
                here.kind, here.word, here.condition = "subordinate", word, True

    def _join(self, k: int) -> int:
        """Cuts at token ``k`` where a new clause begins there; the token to go on from."""
        word, n = self.lower[k], len(self.tokens)
        host = len(self.out) - 1
        if k in self.cuts and k > self.here.lo:
            kind: Kind = "main"
            group = self.next_group(k)
            if self.has_verb() and group and group.head in self.lex["saying"]:
                kind = "tag" if self._is_tag(k) else "main"
            self.cut(k, kind, parent=host if kind == "tag" else None)
            self._open_clause(k)
            return k
        if word in _HARD and k > self.here.lo:
            self.cut(k + 1, "main", hard=True, word=word)
            self._open_clause(k + 1)
            return k + 1
        if word == ",":
            return self._comma(k)
        if word in self.lex["coordinator"]:
            return self._coordinator(k)
        if word in self.lex["relative"] or word == "that":
            return self._relative(k)
        if word in self.lex["subordinator"] and k > self.here.lo:
            group = self.clause_follows(k + 1)
            condition = word in self.lex["condition"]
            if group and not (word == "as" and group.tense == "bare"):
                self.cut(k, "subordinate", parent=host, word=word, condition=condition)
            elif word in ("if", "unless", "lest"):
                self.cut(k, "subordinate", parent=host, word=word, condition=True)
            return k + 1
        if word in self.lex["subject"] and k > self.here.lo and self.has_verb():
            previous = k - 1
            noun = self.lower[previous].isalpha() and not any(
                self.lower[previous] in self.lex[name]
                for name in ("preposition", "coordinator", "light", "subordinator")
            )
            noun = noun and self.here.groups[-1].end < k
            group = self.next_group(k + 1)
            close = group and group.start - k <= 3 and not group.infinitive
            if noun and close and previous not in self.dates and word != "there":
                said = self.here.groups[-1].head in self.lex["saying"]
                self.cut(k, "content" if said else "relative", parent=host, word=word)
            return k + 1
        if n and "'" in word and word.split("'")[0] in self.lex["subject"]:
            return k
        return k + 1

    def _comma(self, k: int) -> int:
        n = len(self.tokens)
        j = k + 1
        while j < n and self.tokens[j] in _QUOTES:
            j += 1
        if j >= n:
            return j
        host, word = len(self.out) - 1, self.lower[j]
        lead = self.lower[j + 1] if j + 1 < n else ""
        if word in self.lex["relative"] or (
            word in self.lex["preposition"] and lead in ("which", "whom")
        ):
            if self.next_group(j):
                self.cut(k, "relative", parent=host, word=word)
                return j + 2 if lead in ("which", "whom") else j + 1
            return j
        if word in self.lex["coordinator"]:
            return j
        resumed = self._resumed(j)
        if resumed is not None:
            return resumed
        if self._is_fronted_phrase() and self.clause_follows(j):
            self.cut(k, "main")
            return j
        if self.here.kind == "subordinate" and self.has_verb() and self._is_fronted():
            if word not in self.lex["subordinator"] or self.clause_follows(j + 1) is None:
                self.cut(k, "main", parent=None)
                return j
        group = self.next_group(j)
        if self._is_tag(j) and self.any_verb:
            self.cut(k, "tag", parent=host)
            return j
        if word.endswith("ing") and len(word) > 4 and word not in self.lex["not_participles"]:
            if self.has_verb() and j not in self.masked:
                self.cut(k, "participle", parent=host, word=word)
                return j + 1
        if group and group.start == self.skip_light(j) and not group.infinitive:
            if group.tense == "bare" and not self.has_verb():
                if not self._closes(group):
                    return j
                self.cut(k, "reduced", parent=host)
            elif self.has_verb():
                after = self.lower[group.end] if group.end < n else ""
                if group.tense == "bare" and after in ("by", "with", "from", "as", "to"):
                    self.cut(k, "participle", parent=host, word=word)
                else:
                    self.cut(k, "coordinate", parent=host, elided=True)
            return group.start
        if word in self.lex["subject"] and self.clause_follows(j, 4) and self.any_verb:
            self.cut(k, "main")
            return j
        return j

    def _closes(self, group: Group) -> bool:
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

    def _is_fronted_phrase(self) -> bool:
        """Whether all there is so far is a phrase like "Under an accord signed on Monday"."""
        here = self.here
        return (
            here.kind == "main"
            and self.lower[here.lo] in self.lex["preposition"]
            and len(here.groups) == 1
            and here.groups[0].tense == "bare"
            and here.groups[0].start > here.lo + 1
        )

    def _is_fronted(self) -> bool:
        """Whether no main clause has begun before the subordinate one now open."""
        return all(p.kind not in ("main", "coordinate") for p in self.out[-3:])

    def _resumed(self, j: int) -> int | None:
        """Cuts where, after a clause between commas, its host goes on with its verb."""
        at = self._interrupted()
        group = self.next_group(j)
        if at is None or group is None or group.infinitive or group.start != self.skip_light(j):
            return None
        host = self.out[at]
        self.cut(
            j,
            host.kind,
            parent=host.parent,
            continues=at,
            word=host.word,
            condition=host.condition,
        )
        return group.start

    def _interrupted(self) -> int | None:
        """The piece without a verb that the clause now open interrupts."""
        here = self.here
        inner = here
        depth = 0
        while inner.kind in ("infinitive", "content", "subordinate", "coordinate", "participle"):
            if inner.parent is None or depth > 3:
                return None
            inner, depth = self.out[inner.parent], depth + 1
        if inner.kind not in ("relative", "reduced") or inner.parent is None or not inner.groups:
            return None
        return inner.parent if not self.out[inner.parent].groups else None

    def _is_tag(self, j: int) -> bool:
        """Whether the words from ``j`` are "the ministry said" or "said Haddad" and end there."""
        group = self.next_group(j)
        if group is None or group.infinitive or group.head not in self.lex["saying"]:
            return False
        if group.start - j > _SUBJECT_REACH:
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
                or (self.tokens[j - 1] in _QUOTES and self.tokens[after][0].isalpha())
            )
        end, after = after, self.skip_light(after)
        if after >= len(self.tokens) or "," in self.tokens[end:after]:
            return True
        word = self.lower[after]
        if word in (".", "!", "?", ";", ",", ":", *_QUOTES) or self._leads_phrase(after):
            return True
        return group.head in ("told", "tells") and not any(
            self.lower[x] == "that" for x in range(after, min(after + 4, len(self.tokens)))
        )

    def _coordinator(self, k: int) -> int:
        host = len(self.out) - 1
        start = k - 1 if k and self.tokens[k - 1] == "," and k - 1 > self.here.lo else k
        j = self.skip_light(k + 1)
        group = self.next_group(j)
        if group is None or not self.any_verb:
            return k + 1
        word = self.lower[j]
        if word in self.lex["subordinator"] and word in self.lex["condition"]:
            return k + 1
        resumed = self._resumed(k + 1) if start != k else None
        if resumed is not None:
            return resumed
        if group.start == j:
            if self.tokens[j - 1] == "," and self._interrupted() is not None:
                return k + 1
            last = self._last_group()
            if last is not None and last.end == k:
                if not group.infinitive:
                    self.here.groups.append(group)
                    self.at += 1
                    return group.end
                return k + 1
            if group.infinitive:
                return k + 1
            self.cut(start, "coordinate", parent=host, elided=True, word=self.lower[k])
            return group.start
        if not self.has_verb() and self.here.kind not in ("infinitive", "participle"):
            return k + 1
        found = self.clause_follows(j)
        if found and not (found.tense == "bare" and self._bare_noun_phrase(j, found)):
            self.cut(start, "coordinate", parent=host, word=self.lower[k])
        return k + 1

    def _bare_noun_phrase(self, j: int, group: Group) -> bool:
        """Whether "the men detained in May" after *and* is a noun phrase, not a clause."""
        after = self.next_group(group.end)
        resolved = after is not None and self.stop_from[group.end] >= after.start
        return self._leads_phrase(group.end) and not resolved and group.participle

    def _last_group(self) -> Group | None:
        return self.here.groups[-1] if self.here.groups else None

    def _relative(self, k: int) -> int:
        word, host = self.lower[k], len(self.out) - 1
        if k <= self.here.lo or k + 1 >= len(self.tokens):
            return k + 1
        before = self.lower[k - 1]
        group = self.next_group(k + 1)
        if group is None:
            return k + 1
        start = k
        if word in ("which", "whom") and before in self.lex["preposition"]:
            start = k - 1
            if start <= self.here.lo:
                return k + 1
        if word == "that":
            if before in self.lex["preposition"] and k - 1 not in self.masked:
                return k + 1
            if k - 1 in self.dates or self._said(k):
                if group.start > k + 1 and not self.clause_follows(k + 1):
                    if self.stop_from[k + 1] > group.start:
                        return k + 1
                self.cut(start, "content", parent=host, word=word)
                return k + 1
            if group.start == self.skip_light(k + 1):
                self.cut(start, "relative", parent=host, word=word)
                return group.start
            if self.clause_follows(k + 1):
                verb = self._last_group()
                noun = verb is None or verb.end < k
                self.cut(start, "relative" if noun else "content", parent=host, word=word)
            return k + 1
        self.cut(start, "relative", parent=host, word=word)
        return k + 1

    def _said(self, k: int) -> bool:
        last = self._last_group()
        return last is not None and last.head in self.lex["saying"]
