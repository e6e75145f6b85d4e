"""One sentence, cut into clauses, and which of them a date belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from ...model import Mention, TimeExpression
from ..clauses import clauses
from ..text import Text
from ..text import verb_groups as verbs
from ..text.verb_groups import Group

_LOOSE = frozenset(".!?-–")  # marks that may be something else within a sentence
_PARTS = 8  # parts of one clause that others interrupt, at most
_STAYING = frozenset("remain remains remained stay stays stayed".split())
_CLOSED = ("preposition", "coordinator", "subordinator", "light", "determiner", "relative")


def ruling(groups: Sequence[Group], k: int) -> Group | None:
    """The verb group that rules the date at token ``k``: the last before it, else the first."""
    before = [g for g in groups if g.start < k]
    if len(before) > 1 and before[-1].start == before[-2].end and before[-2].head in _STAYING:
        return before[-2]  # will remain closed
    return before[-1] if before else (groups[0] if groups else None)


class Sentence:
    """The tokens, dates, mentions and, after ``cut``, the clauses of a sentence; tokens count from
    its start."""

    def __init__(
        self,
        text: Text,
        start: int,
        end: int,
        dates: Sequence[TimeExpression],
        mentions: Sequence[Mention],
        cuts: Sequence[int],
    ) -> None:
        self.text, self.mentions = text, mentions
        self.first = bisect_left(text.starts, start)
        self.stop = bisect_left(text.starts, end)
        self.tokens = text.tokens[self.first : self.stop]
        for k, token in enumerate(self.tokens):
            if token in _LOOSE:
                self.tokens[k] = self.loose(self.first + k)
        self.lower = verbs.plain(self.tokens)
        self.lex = verbs.lexicon()
        self.date_of: dict[int, TimeExpression] = {}
        for d in dates:
            for k in self.span(d.start, d.end):
                self.date_of[k] = d
        self.names = {
            k
            for m in mentions
            if m.how in ("name", "alias") and m.type != "nationality"
            for k in self.span(m.start, m.end)
        }
        self.cuts = cuts

    def first_group(self) -> Group | None:
        """The first verb group; null in a sentence without a verb."""
        return verbs.first_group(self.tokens, self.lower, self.date_of.keys() | self.names)

    def cut(self) -> None:
        """Cut the sentence into its clauses."""
        marks = {self.token(c) for c in self.cuts}
        self.clauses = clauses(self.tokens, self.lower, self.date_of, self.names, marks)
        self.chains = self._chained()
        self.clause_of = [0] * len(self.tokens)
        for i, p in enumerate(self.clauses):
            for k in range(p.lo, min(p.hi, len(self.tokens))):
                self.clause_of[k] = i
        self.tells = any(  # whether there is a word beside dates and their labels
            k not in self.date_of and w[0].isalpha() and w not in self.lex["label"]
            for k, w in enumerate(self.lower)
        )
        self.has_verb = any(p.groups for p in self.clauses)
        self.bare_dates = [self.only_date(i) for i in range(len(self.clauses))]
        unsure = self.lex["unsure"]
        self.unsure = [not unsure.isdisjoint(self.lower[p.lo : p.hi]) for p in self.clauses]
        mains = (i for i, p in enumerate(self.clauses) if p.kind == "main" and p.groups)
        self.first_main = next(mains, len(self.clauses))
        self.starts = [m.start for m in self.mentions]
        self.dated = [False] * len(self.clauses)
        self.first_dated = len(self.clauses)

    def mark(self, dates: Iterable[TimeExpression]) -> None:
        """Tells which dates make events: ``dated`` are then their clauses, all parts of each."""
        for d in dates:
            for i in self.chain(self.home(d)):
                self.dated[i] = True
                self.first_dated = min(self.first_dated, i)

    def loose(self, k: int) -> str:
        """Token ``k`` of the text; a hyphen that joins two words ("61%-owned") is no dash, and a
        full stop in a text without capitals parts clauses as a semicolon does."""
        text, token = self.text, self.text.tokens[k]
        if token in ".!?" and self.first < k < self.stop - 1:
            before, after = text.tokens[k - 1], text.tokens[k + 1]
            word = before.islower() or before.isdigit()
            if after[0].islower() and word and len(before) > 3:
                return ";"
        if token in ("-", "–"):
            before = text.text[text.starts[k] - 1 : text.starts[k]]
            after = text.text[text.ends[k] : text.ends[k] + 1]
            if "-" not in (before, after) and (before.strip() or after.strip()):
                return "‐"
        return token

    def token(self, offset: int) -> int:
        """The first token that starts at ``offset`` (code points of the text) or later."""
        return bisect_left(self.text.starts, offset) - self.first

    def span(self, start: int, end: int) -> range:
        """The tokens of the code points from ``start`` to ``end``."""
        lo = bisect_right(self.text.starts, start) - 1 - self.first
        return range(max(lo, 0), min(self.token(end), len(self.tokens)))

    def home(self, d: TimeExpression) -> int:
        """The clause that the date belongs to."""
        k = max(0, min(self.token(d.start), len(self.tokens) - 1))
        i = self.clause_of[k] if self.tokens else 0
        clause = self.clauses[i]
        # "12 May 2019: Four ships are damaged": a date before a colon dates what follows.
        if (
            i + 1 < len(self.clauses)
            and self.clauses[i + 1].hard
            and not clause.groups
            and self.bare_dates[i]
        ):
            return i + 1
        return i

    def only_date(self, i: int) -> bool:
        """Whether clause ``i`` holds dates and small words alone."""
        clause = self.clauses[i]
        return all(x in self.date_of or self.small(x) for x in range(clause.lo, clause.hi))

    def small(self, k: int) -> bool:
        token = self.lower[k]
        return (
            not token[0].isalnum()
            or token.isdigit()
            or token in self.lex["preposition"]
            or token in self.lex["determiner"]
        )

    def chain(self, i: int) -> list[int]:
        """All parts of clause ``i``, which others may interrupt, in order."""
        return self.chains[i]

    def groups(self, i: int) -> list[Group]:
        """The verb groups of all parts of clause ``i``, in order."""
        return [g for j in self.chain(i) for g in self.clauses[j].groups]

    def _chained(self) -> list[list[int]]:
        """Of each clause all its parts: itself, what it continues and is continued by."""
        chains: list[list[int]] = []
        for i, clause in enumerate(self.clauses):
            held = chains[clause.continues] if clause.continues is not None else []
            chains.append(held if 0 < len(held) < _PARTS else [])
            chains[i].append(i)
        return chains

    def is_day(self, k: int) -> bool:
        """Whether token ``k`` is part of a temporal expression that names a day or span."""
        return k in self.date_of and self.date_of[k].date is not None

    def closed(self, k: int) -> bool:
        """Whether token ``k`` is a preposition, conjunction, determiner, relative or light word."""
        return any(self.lower[k] in self.lex[name] for name in _CLOSED)

    def in_group(self, k: int) -> bool:
        """Whether token ``k`` is part of a verb group."""
        return any(g.start <= k < g.end for g in self.clauses[self.clause_of[k]].groups)

    def named(self, start: int, end: int) -> list[str]:
        """The actors of the mentions within ``start`` and ``end`` (code points)."""
        near = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [m.actor for m in near if m.actor and m.end <= end]
