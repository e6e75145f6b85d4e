"""Dated clauses -> events: what happened on a date, who took part, and how sure it is.

>>> from gulfbrief.find import dates
>>> from gulfbrief.find.text import Text
>>> t = Text("The council met in May 2021 and will report on 3 June 2021.")
>>> [(e.text, e.date.edtf, e.certainty) for e in find(t, dates.find(t, "2021-05-27"), [], [])]
[('The council met in May 2021', '2021-05', 'past'), ('will report on 3 June 2021', '2021-06-03', \
'planned')]
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ..model import Certainty, Event, Mention, Quote, TimeExpression
from . import verbs
from .clauses import Piece, pieces
from .text import Text
from .verbs import Group

_ANTECEDENT_REACH = 8  # tokens of a noun phrase taken along before "who" or "detained"
_LONGEST = 240  # tokens of an event; a longer clause is cut down to those about its date
_DEEPEST = 6  # clauses that are followed upwards


def find(
    text: Text,
    dates: list[TimeExpression],
    mentions: list[Mention],
    quotes: list[Quote],
    published: str | None = None,
) -> list[Event]:
    """The events of one document, in order of the text; ``published`` is its day (ISO).

    An event is a clause with the date that belongs to it. Dates that are part of a name, that
    name no day or span, that stand in a dateline or a header, or on the other side of a
    comparison, give none. ``actors`` are the actors named in the clause, and those of its subject
    where the clause shares it with the one before ("met in May and will report").
    """
    usable = [d for d in dates if d.date is not None and not d.reference]
    published = published or _published(dates)
    found: list[Event] = []
    at = 0
    starts = [m.start for m in mentions]
    cuts = sorted(
        {x for q in quotes if q.kind == "direct" for f in q.fragments for x in (f.start, f.end)}
    )
    opened = [d.start for d in dates]
    for a, b in text.sentences:
        while at < len(usable) and usable[at].start < a:
            at += 1
        here = at
        while at < len(usable) and usable[at].start < b:
            at += 1
        if here == at:
            continue
        others = dates[bisect_left(opened, a) : bisect_left(opened, b)]
        near = mentions[bisect_left(starts, a) : bisect_left(starts, b)]
        inner = cuts[bisect_left(cuts, a) : bisect_right(cuts, b)]
        sentence = _Sentence(text, a, b, others, near, inner, published)
        found += sentence.events(usable[here:at])
    return found


def _published(dates: Sequence[TimeExpression]) -> str | None:
    """The day of publication, as far as a date of the document was reckoned from it."""
    for d in dates:
        if d.date is not None and d.date.anchor_kind == "published" and d.date.anchor_date:
            return d.date.anchor_date
    return None


class _Sentence:
    """One sentence, cut into clauses; answers which of them a date belongs to."""

    def __init__(
        self,
        text: Text,
        start: int,
        end: int,
        dates: Sequence[TimeExpression],
        mentions: Sequence[Mention],
        cuts: Sequence[int],
        published: str | None,
    ) -> None:
        self.text, self.published, self.mentions = text, published, mentions
        self.first = bisect_left(text.starts, start)
        self.stop = bisect_left(text.starts, end)
        self.tokens = [self._loose(k) for k in range(self.first, self.stop)]
        self.lower = [t.lower().replace("’", "'") for t in self.tokens]
        self.lex = verbs.lexicon()
        self.date_of: dict[int, TimeExpression] = {}
        for d in dates:
            for k in self._span(d.start, d.end):
                self.date_of[k] = d
        names = {
            k
            for m in mentions
            if m.how in ("name", "alias") and m.type != "nationality"
            for k in self._span(m.start, m.end)
        }
        marks = {self._token(c) for c in cuts}
        self.pieces = pieces(self.tokens, self.date_of, names, marks)
        self.piece_of = [0] * len(self.tokens)
        for i, p in enumerate(self.pieces):
            for k in range(p.lo, min(p.hi, len(self.tokens))):
                self.piece_of[k] = i
        self.tells = any(
            k not in self.date_of and w[0].isalpha() and w not in self.lex["label"]
            for k, w in enumerate(self.lower)
        )
        self.has_verb = any(p.groups for p in self.pieces)
        self.bare_dates = [self._only_date(i) for i in range(len(self.pieces))]
        self.doubted = [self._doubted(p) for p in self.pieces]
        mains = (i for i, p in enumerate(self.pieces) if p.kind == "main" and p.groups)
        self.first_main = next(mains, len(self.pieces))
        self.starts = [m.start for m in mentions]
        self.dated = self._dated(dates)
        self.first_dated = next((i for i, own in enumerate(self.dated) if own), len(self.pieces))

    def _loose(self, k: int) -> str:
        """Token ``k`` of the text; a hyphen that joins two words ("61%-owned") is no dash."""
        text, token = self.text, self.text.tokens[k]
        if token in ("-", "–") and (
            text.ends[k - 1 : k] == [text.starts[k]] or text.starts[k + 1 : k + 2] == [text.ends[k]]
        ):
            return "‐"
        return token

    def _token(self, offset: int) -> int:
        return bisect_left(self.text.starts, offset) - self.first

    def _span(self, start: int, end: int) -> range:
        lo = bisect_right(self.text.starts, start) - 1 - self.first
        return range(max(lo, 0), min(self._token(end), len(self.tokens)))

    def _dated(self, dates: Sequence[TimeExpression]) -> list[bool]:
        """Which clauses have a date of their own that makes an event."""
        dated = [False] * len(self.pieces)
        for d in dates:
            if d.date is not None and not d.reference and self._counts(d):
                for i in self._chain(self._home(d)):
                    dated[i] = True
        return dated

    # ---- which clause --------------------------------------------------------------------------

    def _home(self, d: TimeExpression) -> int:
        """The piece that the date belongs to."""
        k = max(0, min(self._token(d.start), len(self.tokens) - 1))
        i = self.piece_of[k] if self.tokens else 0
        piece = self.pieces[i]
        # "12 May 2019: Four ships are damaged": a date before a colon dates what follows.
        if (
            i + 1 < len(self.pieces)
            and self.pieces[i + 1].hard
            and not piece.groups
            and self.bare_dates[i]
        ):
            return i + 1
        return i

    def _only_date(self, i: int) -> bool:
        piece = self.pieces[i]
        return all(x in self.date_of or self._small(x) for x in range(piece.lo, piece.hi))

    def _small(self, k: int) -> bool:
        token = self.lower[k]
        return (
            not token[0].isalnum()
            or token.isdigit()
            or token in self.lex["preposition"]
            or token in self.lex["determiner"]
        )

    def _chain(self, i: int) -> list[int]:
        """The pieces that make one clause with piece ``i``, in order."""
        root = i
        while True:
            before = self.pieces[root].continues
            if before is None:
                break
            root = before
        chain = [root]
        for j in range(root + 1, len(self.pieces)):
            if self.pieces[j].continues in chain:
                chain.append(j)
            elif j - chain[-1] > 8:
                break
        return chain

    def _counts(self, d: TimeExpression) -> bool:
        """Whether the date tells of an event: not in a dateline, a header, a comparison."""
        k = self._token(d.start)
        if k < 0 or k >= len(self.tokens):
            return False
        if self._compared(k) or self._dateline(d, k):
            return False
        home = self._home(d)
        if self.has_verb:
            return not self._labelled()
        return self._verbless(d, k, home)

    def _compared(self, k: int) -> bool:
        piece = self.pieces[self.piece_of[k]]
        if piece.word in self.lex["comparison"]:
            return True
        for j in range(k - 1, max(-1, k - 14), -1):
            if self.lower[j] in self.lex["comparison"]:
                return self.lower[j] != "than" or k - j <= 3
            if self.lower[j] == "from" and self._changed(j, k):
                return True
            if self.lower[j] == "since" and k - j <= 2 and self._superlative(j):
                return True
            if self.lower[j] in (",", ";") or self.lower[j] in self.lex["coordinator"]:
                return False
            if self.piece_of[j] != self.piece_of[k]:
                return False
        return False

    def _changed(self, j: int, k: int) -> bool:
        """Whether "from" at ``j`` tells what a number was before ("down 2 million from 1996")."""
        if self.lower[j - 1 : j] in (["up"], ["down"]):
            return True
        number = self.lower[j + 1][0].isdigit() or self.lower[j + 1] in "$£€"
        if number and 1 < k - j <= 7:
            return True
        return k - j == 1 and any(w in ("up", "down") for w in self.lower[max(0, j - 6) : j])

    def _superlative(self, j: int) -> bool:
        """Whether "since" at ``j`` only bounds a record ("the lowest since 1995")."""
        near = self.lower[max(0, j - 6) : j]
        return (
            any(
                w in ("first", "most", "least", "worst", "best")
                or (w.endswith("est") and len(w) > 5)
                for w in near
            )
            and self.lower[j - 1] != ","
        )

    def _dateline(self, d: TimeExpression, k: int) -> bool:
        """Whether it is "MUSCAT, July 14 (Agency) -" and its like, at the head of a paragraph."""
        para = self.text.paragraphs[self.text.paragraph_at(d.start)][0]
        offset = self.text.starts[self.first] if self.tokens else 0
        if offset - para > 3 or k > 12:
            return False
        end = self._span(d.start, d.end).stop
        j = end
        if j < len(self.tokens) and self.tokens[j] == "(":
            while j < len(self.tokens) and j - end < 10 and self.tokens[j] != ")":
                j += 1
            j += 1
            bracket = True
        else:
            bracket = False
            if j < len(self.tokens) and self.tokens[j] == ",":
                j += 1
        dash = j < len(self.tokens) and self.tokens[j] in ("-", "–", "—", "--", ":")
        if not dash:
            return False
        prefix = self.tokens[:k]
        if not prefix:
            return bracket
        return all(t[0].isupper() or not t[0].isalpha() or len(t) < 4 for t in prefix)

    def _labelled(self) -> bool:
        """Whether the line only labels a date: "Updated: 11:01 GMT 02.07.2021"."""
        if len(self.tokens) > 16:
            return False
        return all(
            k in self.date_of or not w[0].isalpha() or w in self.lex["label"]
            for k, w in enumerate(self.lower)
        )

    def _verbless(self, d: TimeExpression, k: int, home: int) -> bool:
        """Whether a date in a line without a verb tells of an event ("Attack of 29 July")."""
        if self._labelled():
            return False
        if not self.tells:
            return False
        before = self.lower[k - 1] if k else ""
        led = before in self.lex["preposition"] or (
            before in self.lex["determiner"]
            and k > 1
            and self.lower[k - 2] in self.lex["preposition"]
        )
        possessive = d.text.endswith(("'s", "’s")) or any(
            self.lower[x] in ("'s", "s'") for x in range(k, min(k + 3, len(self.tokens)))
        )
        if led or possessive or home != self.piece_of[k]:
            return True
        # "Date of next meeting: 19 February": a label that names a thing.
        label = (
            k > 0
            and before == ":"
            and any(w in self.lex["preposition"] for w in self.lower[: k - 1])
        )
        return label

    # ---- the extent of an event ----------------------------------------------------------------

    def events(self, dates: Sequence[TimeExpression]) -> Iterator[Event]:
        for d in dates:
            if d.date is None or not self._counts(d):
                continue
            home = self._home(d)
            span = self._trim(*self._extent(home, d))
            if span is None:
                continue
            start, end = span
            yield Event(
                start,
                end,
                self.text.text[start:end],
                d.date,
                self._actors(start, end, home),
                self._certainty(home, d),
            )

    def _extent(self, home: int, d: TimeExpression) -> tuple[int, int]:
        """The tokens of an event: its clause, and the undated clauses that depend on it."""
        chain = self._chain(home)
        first, last = chain[0], chain[-1]
        lo = self.pieces[first].lo
        kind, word = self.pieces[first].kind, self.pieces[first].word
        if kind in ("infinitive", "participle"):
            first, lo = self._with_parent(first)
        elif kind in ("relative", "reduced"):
            lo = self._antecedent(first)
        elif kind == "tag" and first:
            if self.first_dated >= first:
                first, lo = 0, self.pieces[0].lo
        elif kind == "subordinate" and not (
            self.pieces[first].condition or word in self.lex["shared"]
        ):
            lo += self.lower[lo] == word
        elif kind == "subordinate" and word in self.lex["shared"]:
            parent = self.pieces[first].parent
            if parent is not None and not self._any_dated(self._chain(parent)):
                root = self._chain(parent)[0]
                if first - root < _DEEPEST and not any(self.dated[root:first]):
                    first, lo = root, self.pieces[root].lo
        if self.pieces[first].hard and first and self.bare_dates[first]:
            first, lo = first - 1, self.pieces[first - 1].lo
        if kind == "main" or (kind == "coordinate" and not self.pieces[first].elided):
            before = first - 1
            while before >= 0 and first - before <= _DEEPEST and self._fronted(before):
                lo = self.pieces[before].lo
                before -= 1
        k = self._token(d.start)
        groups = [g for i in chain for g in self.pieces[i].groups]
        leads = not groups or k < groups[0].start
        j = last + 1
        while (
            j < len(self.pieces)
            and self.pieces[j].lo - k < _LONGEST
            and not self.dated[j]
            and self._belongs(j, last, leads)
        ):
            if any(self.dated[x] for x in self._chain(j)):
                break
            last, j = j, j + 1
        # What only leads up to a dated clause ("which agreed | to buy it in May") is not taken.
        if (
            last > chain[-1]
            and j < len(self.pieces)
            and self.dated[j]
            and self.pieces[j].kind == "infinitive"
            and self.pieces[j].parent == last
        ):
            last -= 1
        hi = self.pieces[last].hi
        if hi - lo > _LONGEST:
            lo, hi = max(lo, k - _LONGEST // 2), min(hi, k + _LONGEST // 2)
        return lo, hi

    def _any_dated(self, chain: Sequence[int]) -> bool:
        return any(self.dated[i] for i in chain)

    def _with_parent(self, i: int) -> tuple[int, int]:
        """An infinitive or a participle with the undated clause it depends on."""
        lo = self.pieces[i].lo
        for _ in range(_DEEPEST):
            parent = self.pieces[i].parent
            if parent is None or self.pieces[i].kind not in ("infinitive", "participle"):
                break
            chain = self._chain(parent)
            if i - chain[0] > _DEEPEST or any(self.dated[chain[0] : i]):
                break
            i, lo = chain[0], self.pieces[chain[0]].lo
        if self.pieces[i].kind in ("relative", "reduced"):
            lo = self._antecedent(i)
        return i, lo

    def _fronted(self, i: int) -> bool:
        """Whether piece ``i`` is an undated clause that leads up to the next one."""
        return (
            not self.dated[i]
            and self.pieces[i].kind in ("subordinate", "infinitive", "participle")
            and not self.pieces[i].hard
            and i < self.first_main
        )

    def _belongs(self, j: int, last: int, leads: bool) -> bool:
        """Whether the undated piece ``j`` goes on with the event that ends at ``last``."""
        piece = self.pieces[j]
        if piece.kind == "tag" or (piece.hard and piece.word in (";", "-", "–", "—")):
            return False
        if piece.kind == "coordinate":
            return leads or self.pieces[last].kind in ("content", "infinitive")
        if piece.kind == "main":
            before = self.pieces[last]
            shares = before.condition or before.word in self.lex["shared"]
            return (piece.hard and piece.word == ":") or (before.kind == "subordinate" and shares)
        return True

    def _antecedent(self, i: int) -> int:
        """Where the noun phrase before a relative clause begins."""
        lo = self.pieces[i].lo
        k = lo - 1
        floor = max(0, lo - _ANTECEDENT_REACH)
        while k >= floor and self.tokens[k] in (",", '"', "”", "’", ")"):
            k -= 1
        start = lo
        while k >= floor:
            word = self.lower[k]
            title = word == "." and self.tokens[k - 1][:1].isupper() and len(self.tokens[k - 1]) < 5
            if k in self.date_of or self._in_group(k):
                break
            if not (word[0].isalnum() or word in "&$£€%" or title):
                break
            if word in self.lex["subordinator"] or word in self.lex["relative"] or word == "that":
                break
            if word in self.lex["coordinator"]:
                break
            if word in self.lex["preposition"] and word != "of":
                break
            start = k
            if word in self.lex["determiner"] and self.lower[k - 1 : k] != ["of"]:
                break
            k -= 1
        if start < lo and self.lower[start] == "of":
            start += 1
        return start

    def _in_group(self, k: int) -> bool:
        return any(g.start <= k < g.end for g in self.pieces[self.piece_of[k]].groups)

    def _trim(self, lo: int, hi: int) -> tuple[int, int] | None:
        """The extent in code points, without joining words and marks at its edges, and without
        the credit of a picture before its caption ("© Agency / A. Name In this photo ...")."""
        if self.tokens[lo] == "©":
            for k in range(lo + 1, min(lo + 14, hi)):
                begins = self.lower[k] in self.lex["determiner"] | self.lex["preposition"]
                if begins and self.tokens[k][0].isupper():
                    lo = k
                    break
        while lo < hi and (
            (not self.tokens[lo][0].isalnum() and self.tokens[lo] not in '“"«‘[$€£©(')
            or self.lower[lo] in self.lex["coordinator"]
            or (self.lower[lo] == "that" and lo + 1 < hi)
        ):
            lo += 1
        while hi > lo and (
            self.tokens[hi - 1] in ",;:.–—-!?" or self.lower[hi - 1] in self.lex["coordinator"]
        ):
            hi -= 1
        if lo >= hi:
            return None
        start, end = self.text.starts[self.first + lo], self.text.ends[self.first + hi - 1]
        words = self.text.text[start:end]
        for left, right in (("“", "”"), ('"', '"'), ("«", "»"), ("(", ")")):
            if words.startswith(left) and right not in words[1:]:
                start += 1
            elif words.endswith(right) and left not in words[:-1]:
                end -= 1
            words = self.text.text[start:end]
        stripped = words.rstrip(" \n\t,;:")
        end -= len(words) - len(stripped)
        lead = len(stripped) - len(stripped.lstrip())
        return (start + lead, end) if start + lead < end else None

    # ---- who, and how sure ----------------------------------------------------------------------

    def _actors(self, start: int, end: int, home: int) -> tuple[str, ...]:
        keys = self._named(start, end)
        piece = self.pieces[home]
        for _ in range(_DEEPEST):
            if not piece.elided or piece.parent is None:
                break
            chain = self._chain(piece.parent)
            piece = self.pieces[chain[0]]
            if piece.elided:
                continue
            groups = self.pieces[chain[0]].groups or self.pieces[chain[-1]].groups
            if groups:
                lo = self.text.starts[self.first + self.pieces[chain[0]].lo]
                hi = self.text.starts[self.first + groups[0].start]
                keys = self._named(lo, hi) + keys
        return tuple(dict.fromkeys(keys))

    def _named(self, start: int, end: int) -> list[str]:
        """The actors of the mentions within ``start`` and ``end`` (code points)."""
        near = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [m.actor for m in near if m.actor and m.end <= end]

    def _certainty(self, home: int, d: TimeExpression) -> Certainty:
        assert d.date is not None
        k = self._token(d.start)
        chain = self._chain(home)
        groups = [g for i in chain for g in self.pieces[i].groups]
        before = [g for g in groups if g.start < k]
        group = before[-1] if before else (groups[0] if groups else None)
        if self._conditional(chain, group):
            return "hypothetical"
        future = bool(self.published and d.date.start and d.date.start > self.published)
        if group is None:
            return "planned" if future else "past"
        if self.pieces[chain[0]].kind == "infinitive" and group.infinitive:
            return self._of_infinitive(chain[0], group, d, future)
        aimed = group.head in self.lex["plan"] and self._aimed(group, k)
        if group.tense == "future" or group.planned or future or aimed:
            return "planned"
        return "past"

    def _doubted(self, piece: Piece) -> bool:
        return any(w in self.lex["doubt"] for w in self.lower[piece.lo : piece.hi])

    def _of_infinitive(self, i: int, group: Group, d: TimeExpression, future: bool) -> Certainty:
        """What "to cut" tells depends on the verb before it."""
        before = self.lower[max(0, group.start - 1)]
        parent = self.pieces[i].parent
        governors = {before}
        if parent is not None and self.pieces[parent].groups:
            last = self.pieces[parent].groups[-1]
            governors |= {last.head, *self.lower[last.start : last.end]}
        if governors & self.lex["plan"] or future:
            return "planned"
        return "past"

    def _aimed(self, group: Group, k: int) -> bool:
        """Whether the date is what is planned ("set for", "moved to"), not when it was planned."""
        between = self.lower[group.end : k]
        return any(w in ("for", "to", "until", "by") for w in between[-3:])

    def _conditional(self, chain: Sequence[int], group: Group | None) -> bool:
        """Whether the clause is put in doubt: by its verb, by an "if", by a denial before it."""
        if group is not None:
            words = set(self.lower[group.start : group.end])
            if group.tense == "conditional" or words & self.lex["doubt"]:
                return True
            if words & {"would", "wouldn't"} and words & {"have"}:
                return True
        for i in chain:
            piece = self.pieces[i]
            if piece.condition:
                return True
            if self.doubted[i] and (group is None or group.head not in self.lex["saying"]):
                return True
            parent = piece.parent
            held_by = piece.kind in ("content", "infinitive") or piece.word == "that"
            if parent is not None and held_by:
                held = self.pieces[parent]
                if held.groups and (
                    set(self.lower[held.groups[-1].start : held.groups[-1].end]) & self.lex["doubt"]
                ):
                    return True
                if held.condition and piece.kind == "infinitive":
                    return True
        first, last = chain[0], chain[-1]
        after = last + 1
        while (
            after < len(self.pieces)
            and after - last <= _DEEPEST
            and self.pieces[after].kind == "infinitive"
        ):
            after += 1
        if (
            after < len(self.pieces)
            and self.pieces[after].condition
            and self.pieces[after].word != "whether"
        ):
            return self.pieces[after].parent is not None
        before = first - 1
        while (
            before >= 0
            and first - before <= _DEEPEST
            and self.pieces[before].kind in ("infinitive", "content", "relative")
        ):
            before -= 1
        if before >= 0 and self.pieces[before].condition and self.pieces[first].kind == "main":
            return self.pieces[before].parent is None and not self.pieces[first].hard
        return False
