"""Passages that answer a query, in spite of slips and bad memory.

A word that the index does not have is corrected against its vocabulary, BM25 ranks over all forms,
and the best are compared with the wording that was typed (rapidfuzz's partial ratio). A document
answers with its best passage; passages that say the same are folded into one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

from rapidfuzz import fuzz

from ..errors import UsageError
from ..model import Answer, Passage, Source, Window
from ..store import filters, retrieval, tokeniser
from ..store.filters import QuoteFilter, Scope
from ..store.reader import Index
from ..store.retrieval import IndexedPassage
from .alignment import FUNCTION_WORDS
from .candidates import DEPTH, candidates
from .punctuation import whole
from .query import All, Any, Node, Not, Query, Term, parse
from .query_expansion import Expansion, expand

ORDER, HELD, NEAR = 0.4, 0.45, 0.15
"""What the typed letters in their order, the words, and their nearness count for, in sum 1."""

HEADING, LINE = 4, 12
"""A title, and lines of so many words below it, are at most so many sentences."""

SAME = 90
"""Passages that are alike to this percentage are folded into one."""


def search(
    index: Index,
    query: str,
    *,
    exact: bool = False,
    context: int = 1,
    window: Window = Window(),
    limit: int = 10,
    all_passages: bool = False,
) -> Answer[Passage]:
    """The passages that answer ``query``, the best first; ``limit`` 0 means all.

    ``all_passages``: every sentence of a document that holds words of the query, in the order of
    the text, not its best passage only; ``total`` then counts these.

    ``exact`` takes every word as it is typed; ``context`` sentences stand around the one that
    answers. ``total`` counts the documents that match. Raises UsageError for a query that cannot be
    read, showing its place, and for an actor that nobody knows.
    """
    asked = parse(query)
    answering = _Search(index, asked, exact, context, window, 0 if all_passages else limit)
    return answering.every(limit) if all_passages else answering.answer()


@dataclass(slots=True)
class _Hit:
    """A piece with its score (0 to 100)."""

    piece: IndexedPassage
    score: float


class _Search:
    def __init__(
        self, index: Index, asked: Query, exact: bool, context: int, window: Window, limit: int
    ) -> None:
        self.index = index
        self.asked = asked
        self.exact = exact
        self.context = context
        self.limit = limit
        self.window = _both(window, asked.window)
        self.scope = filters.in_window(self.window)
        self.by = self._actor(asked.by)
        self.about = self._actor(asked.about)
        self.expansions = expand(index, asked.terms, exact)
        self.weights = [
            _telling(g.term.text) * log(1 + index.passage_count / (1 + g.count))
            for g in self.expansions
        ]
        self.whole = sum(self.weights) or 1.0
        self.forms: dict[str, list[tuple[int, float]]] = {}
        for i, group in enumerate(self.expansions):
            for form, weight in group.words.items():
                self.forms.setdefault(form, []).append((i, weight))
        self.beginnings = any(group.term.prefix for group in self.expansions)
        self.parted = self.beginnings or any(group.phrases for group in self.expansions)
        self.typed = " ".join(t for term in asked.terms for t in term.tokens)

    def _actor(self, name: str | None) -> str | None:
        if name is None:
            return None
        from .actor_lookup import find_actor

        return find_actor(self.index, name).id

    def answer(self) -> Answer[Passage]:
        self._bound()
        if self.by is not None:
            return self._statements(self.by)
        if self.asked.node is None:
            return self._mentions()
        found, total = self._pieces()
        hits = self._ranked(found)
        return self._folded(hits, total)

    def _bound(self) -> None:
        """Bounds the documents by the fields and operators of the query."""
        if self.about is not None:
            self.scope = self.scope & filters.with_actor(self.about)
        if self.asked.title is not None:
            words = " ".join(tokeniser.tokens(self.asked.title))
            self.scope = self.scope & filters.headed(words)
        if self.asked.sender is not None:
            words = " ".join(tokeniser.tokens(self.asked.sender))
            self.scope = self.scope & filters.sent_by(words)
        if self.asked.node is not None:
            self.scope = self.scope & self._strict(self.asked.node)

    def every(self, limit: int) -> Answer[Passage]:
        """Each passage of the documents that match, the best document first, at most ``limit``
        (0 = all); ``total`` counts all of them."""
        if self.asked.node is None or self.by is not None:
            found = self.answer().results
            return Answer(len(found), found[: limit or None])
        self._bound()
        pieces, _ = self._pieces()
        best: dict[int, float] = {}
        for piece in pieces:
            best[piece.document] = max(best.get(piece.document, 0.0), self._best(piece))
        paths = retrieval.paths(self.index, best)
        pieces = sorted(
            pieces, key=lambda p: (-best[p.document], paths[p.document], p.document, p.start)
        )
        out: list[Passage] = []
        total = 0
        for piece in pieces:
            for first, last, held in self._answering(piece):
                total += 1
                if not limit or len(out) < limit:
                    score = self._score(piece.text[first:last])[0] if held else best[piece.document]
                    out.append(self._shown(piece, first, last, score))
        return Answer(total, tuple(out))

    def _answering(self, piece: IndexedPassage) -> list[tuple[int, int, bool]]:
        """The sentences of a piece that hold as much of the query as any of it, with their
        context; sentences side by side make one passage. Where no single one holds any (the
        heading does), the first."""
        sentences = piece.sentences or ((0, len(piece.text)),)
        worth = [self._held_in(piece.text[a:b])[0] for a, b in sentences]
        most = max(worth)
        chosen = [n for n, held in enumerate(worth) if held and held >= 0.99 * most]
        out: list[tuple[int, int, bool]] = []
        end = -1
        for n in chosen or [0]:
            first, last = max(0, n - self.context), min(len(sentences) - 1, n + self.context)
            if self.context and out and first <= end:
                out[-1] = (out[-1][0], sentences[last][1], out[-1][2])
            else:
                out.append((sentences[first][0], sentences[last][1], bool(chosen)))
            end = last
        return out

    # ---- which documents --------------------------------------------------------------------

    def _strict(self, node: Node) -> Scope:
        """The documents that operators, phrases and exclusions leave."""
        if isinstance(node, Not):
            return filters.lacking(self._match(node.part))
        if isinstance(node, Term):
            return filters.holding(self._match(node)) if node.exact else Scope()
        if isinstance(node, Any):
            return Scope() if self._loose(node) else filters.either(
                [self._held(p) for p in node.parts])  # fmt: skip
        scope = Scope()
        for part in node.parts:
            scope = scope & (self._held(part) if node.strict else self._strict(part))
        return scope

    def _held(self, node: Node) -> Scope:
        """The documents that hold ``node`` for sure."""
        if isinstance(node, Term):
            return filters.holding(self._match(node))
        if isinstance(node, Not):
            return filters.lacking(self._match(node.part))
        scopes = [self._held(p) for p in node.parts]
        if isinstance(node, Any):
            return filters.either(scopes)
        out = Scope()
        for scope in scopes:
            out = out & scope
        return Scope(f"({out.sql})", out.parameters) if out.sql else out

    def _loose(self, node: Any) -> bool:
        return all(isinstance(p, Term) for p in node.parts) and node is self.asked.node

    def _match(self, node: Node) -> str:
        """A node as an FTS5 expression; all its words have to be there."""
        if isinstance(node, Term):
            parts = [g.match for g in expand(self.index, [node], self.exact)]
            return "(" + " AND ".join(parts) + ")"
        if isinstance(node, Not):
            return self._match(node.part)
        joint = " OR " if isinstance(node, Any) else " AND "
        return "(" + joint.join(self._match(p) for p in node.parts) + ")"

    # ---- which pieces -----------------------------------------------------------------------

    def _pieces(self) -> tuple[list[IndexedPassage], int]:
        """The pieces to compare, and how many documents match."""
        depth = -1 if self.limit == 0 else max(DEPTH, 5 * self.limit)
        if self._free():
            return candidates(self.index, self.expansions, self.scope, depth, self.exact)
        match = " OR ".join(g.match for g in self.expansions)
        found = retrieval.top_passages(self.index, match, depth, self.scope)
        if len(found) < depth or depth < 0:  # these are all that match
            return found, len({piece.document for piece in found})
        return found, retrieval.count_documents(self.index, match, self.scope)

    def _free(self) -> bool:
        """Whether the query is mere words, none of which has to be there."""
        node = self.asked.node
        return isinstance(node, Term) or (isinstance(node, All) and not node.strict)

    # ---- which come first -------------------------------------------------------------------

    def _ranked(self, pieces: Sequence[IndexedPassage]) -> list[_Hit]:
        """The pieces with their scores, the best first, one for each document."""
        hits = [_Hit(piece, self._best(piece)) for piece in pieces]
        paths = retrieval.paths(self.index, {h.piece.document for h in hits})
        hits.sort(
            key=lambda h: (-h.score, len(h.piece.text), paths[h.piece.document], h.piece.start)
        )
        seen: set[int] = set()
        out: list[_Hit] = []
        for hit in hits:
            if hit.piece.document not in seen:
                seen.add(hit.piece.document)
                out.append(hit)
        return out

    def _best(self, piece: IndexedPassage) -> float:
        """The score of a piece; that of its document's heading where it answers better."""
        score = self._score(piece.text)[0]
        if heading := retrieval.heading(self.index, piece):
            score = max(score, self._score(f"{heading} {piece.text}")[0])
        return score

    def _score(self, text: str) -> tuple[float, float]:
        """How well a text answers, 0 to 100, and how much of the query's words it holds, 0 to 1."""
        held, near, line = self._held_in(text)
        return ORDER * fuzz.partial_ratio(self.typed, line) + self._worth(held, near), held

    def _worth(self, held: float, near: float) -> float:
        return 100 * held * (HELD + NEAR * near)

    def _held_in(self, text: str) -> tuple[float, float, str]:
        """How much of the query a text holds, how near to one another its words stand (both 0 to
        1), and its folded words."""
        tokens = tokeniser.tokens(text)
        line = " ".join(tokens)
        places: list[tuple[int, int]] = []
        best = [0.0] * len(self.expansions)
        forms = self.forms
        direct = not forms.keys().isdisjoint(tokens)
        squeezed = "" if direct else "".join(tokens)
        if not (direct or self.parted or any(form in squeezed for form in forms)):
            return 0.0, 0.0, line
        if direct:
            for at, token in [(at, token) for at, token in enumerate(tokens) if token in forms]:
                for i, weight in forms[token]:
                    places.append((at, i))
                    best[i] = max(best[i], weight)
        if not all(best):
            squeezed = squeezed or "".join(tokens)
            for i, group in enumerate(self.expansions):
                best[i] = best[i] or self._rest(group, text, squeezed, line)
        held = sum(w * b for w, b in zip(self.weights, best, strict=True)) / self.whole
        return held, _nearness(places), line

    def _rest(self, group: Expansion, text: str, squeezed: str, line: str) -> float:
        """The weight of ``group`` in a text none of whose words is one of its forms: ``squeezed``
        are its folded words without, ``line`` with spaces."""
        if group.term.prefix:
            return float(f" {group.term.tokens[-1]}" in f" {line}")
        held = [w for p, w in group.phrases.items() if f" {' '.join(p)} " in f" {line} "]
        if any(form in squeezed for form in group.words):  # in a compound, or across words
            joined = set(tokeniser.compound_words(text))
            held += [w for form, w in group.words.items() if form in joined]
        return max(held, default=0.0)

    # ---- what is shown ----------------------------------------------------------------------

    def _sentence(self, piece: IndexedPassage) -> int:
        """The sentence of a piece that holds most of what was typed; where only its heading holds
        any, the first behind it."""
        at = min(self._heading(piece), len(piece.sentences) - 1)
        best = -1.0
        for i, (a, b) in enumerate(piece.sentences):
            if i < at:
                continue
            held, near, line = self._held_in(piece.text[a:b])
            worth = self._worth(held, near)
            if held and worth + 100 * ORDER > best:
                score = worth + ORDER * fuzz.partial_ratio(self.typed, line)
                if score > best:
                    best, at = score, i
        return at

    def _heading(self, piece: IndexedPassage) -> int:
        """How many sentences at the beginning of a piece are its document's title, and lines
        without an end below it (author, day, place): no passages."""
        if piece.start:
            return 0
        title = tokeniser.tokens(retrieval.title(self.index, piece.document) or "")
        count = 0
        for a, b in piece.sentences[:HEADING]:
            text = piece.text[a:b]
            held = tokeniser.tokens(text)
            if not (title and held == title[: len(held)] and len(held) > 1):
                short = count and len(held) <= LINE and not whole(text)
                if not short:
                    break
            count += 1
        return count

    def _chosen(self, piece: IndexedPassage) -> tuple[IndexedPassage, int, int]:
        """The sentence of a piece that answers with its context, as (start, end) in the piece,
        which may have come to hold its neighbours."""
        if not piece.sentences:
            return piece, 0, len(piece.text)
        if self._heading(piece) == len(piece.sentences):
            piece = retrieval.with_neighbours(self.index, piece)
        at = self._sentence(piece)
        begin = piece.start + piece.sentences[at][0]
        if self.context and (
            at < self.context or at + self.context >= len(piece.sentences)
        ):  # fmt: skip
            piece = retrieval.with_neighbours(self.index, piece)
            at = next(i for i, s in enumerate(piece.sentences) if s[0] + piece.start == begin)
        first = piece.sentences[max(min(at, self._heading(piece)), at - self.context)][0]
        last = piece.sentences[min(len(piece.sentences) - 1, at + self.context)][1]
        return piece, first, last

    def _shown(self, piece: IndexedPassage, first: int, last: int, score: float) -> Passage:
        text = piece.text[first:last]
        highlights, corrections = self._marked(text)
        return Passage(
            self._source(piece, first, last), text, round(min(100.0, score), 1), highlights,
            corrections,
        )  # fmt: skip

    def _source(self, piece: IndexedPassage, first: int, last: int) -> Source:
        start, end = piece.start + first, piece.start + last
        place = piece.place(first)
        return retrieval.passage_source(self.index, piece.document, start, end, place)

    def _marked(self, text: str) -> tuple[tuple[tuple[int, int], ...], dict[str, tuple[str, ...]]]:
        """The places of ``text`` that hold the query's words, and what was corrected for them."""
        spans = tokeniser.token_spans(text)
        there = spans
        if self.beginnings or not self.forms.keys().isdisjoint(tokeniser.compound_words(text)):
            there = spans + tokeniser.compound_spans(text)
        if not self.beginnings:
            there = [span for span in there if span[0] in self.forms]
        places: set[tuple[int, int]] = set()
        corrections: dict[str, list[str]] = {}
        for group in self.expansions:
            for token, a, b in there:
                if token in group.words or (
                    group.term.prefix and token.startswith(group.term.tokens[-1])
                ):
                    places.add((a, b))
                    if token in group.corrected:
                        corrections.setdefault(group.term.text, []).append(token)
            for phrase in group.phrases:
                for i in range(len(spans) - len(phrase) + 1):
                    if all(spans[i + j][0] == t for j, t in enumerate(phrase)):
                        places.add((spans[i][1], spans[i + len(phrase) - 1][2]))
                        if " ".join(phrase) in group.corrected:
                            corrections.setdefault(group.term.text, []).append(" ".join(phrase))
        return _merged(places), {
            typed: tuple(dict.fromkeys(found)) for typed, found in corrections.items()
        }

    def _folded(self, hits: list[_Hit], total: int) -> Answer[Passage]:
        """Passages for the best hits, those that say the same in one."""
        out: list[Passage] = []
        lines: list[str] = []
        floor = 0.5 * hits[0].score if hits else 0.0
        hits = [h for h in hits if h.score >= floor]
        for hit in hits:
            place = self._chosen(hit.piece)
            piece, first, last = place
            line = " ".join(tokeniser.tokens(piece.text[first:last]))
            twin = next(
                (i for i, other in enumerate(lines) if fuzz.ratio(line, other, score_cutoff=SAME)),
                None,
            )
            if twin is not None:
                out[twin] = replace(out[twin], folded=(*out[twin].folded, self._source(*place)))
            elif self.limit and len(out) >= self.limit:
                break
            else:
                out.append(self._shown(*place, hit.score))
                lines.append(line)
        return Answer(max(total, len(hits)), tuple(out))

    # ---- fields alone -----------------------------------------------------------------------

    def _statements(self, by: str) -> Answer[Passage]:
        """The statements of an actor that hold the words; all of them, the newest first, where
        there are none."""
        places = self.index.quote_postings(QuoteFilter(self.window, by, self.about))
        if not self.expansions:
            places.reverse()
            found = [(100.0, p) for p in places]
        else:
            theirs = set(places)
            scope = self.scope & filters.with_actor(by)
            pieces, _ = candidates(self.index, self.expansions, scope, -1, self.exact)
            found = []
            for place in retrieval.overlapping_quotations(self.index, pieces):
                if place in theirs:
                    document, n = place
                    quote = self.index.stored_document(document).quotes[n]
                    score, held = max(self._score(t) for t in (quote.content, quote.sentence.text))
                    if held:
                        found.append((score, place))
            found.sort(key=lambda f: -f[0])
            found = _in_turn(found)
        out: list[Passage] = []
        for score, (document, n) in found[: self.limit or None]:
            source = self.index.stored_document(document).quote(n).source
            passage = self.index.passage(source, self.context)
            highlights, corrections = self._marked(passage.text)
            out.append(replace(
                passage, score=round(score, 1), highlights=highlights or passage.highlights,
                corrections=corrections,
            ))  # fmt: skip
        return Answer(len(found), tuple(out))

    def _mentions(self) -> Answer[Passage]:
        """The passages of the documents in scope, where no word is asked for: those that name the
        actor, else how each document begins."""
        out: list[Passage] = []
        window = self.window
        if self.about is not None:
            seen: set[str] = set()
            for found in self.index.mentions(window, actor=self.about):
                if found.source.doc not in seen:
                    seen.add(found.source.doc)
                    out.append(self.index.passage(found.source, self.context))
        else:
            inside = None
            if self.scope.sql and (self.asked.title or self.asked.sender):
                inside = retrieval.documents_in(self.index, self.scope)
            for record in self.index.documents(window):
                if inside is not None and record.source.doc not in inside:
                    continue
                place = replace(record.source, start=0, end=0)
                out.append(self.index.passage(place, self.context))
        return Answer(len(out), tuple(out[: self.limit or None]))


def _in_turn(found: list[tuple[float, tuple[int, int]]]) -> list[tuple[float, tuple[int, int]]]:
    """The first of each document before the second of any; ``found`` are (score, (document, n))."""
    seen: Counter[int] = Counter()
    turns = []
    for one in found:
        document = one[1][0]
        turns.append((seen[document], one))
        seen[document] += 1
    return [one for _, one in sorted(turns, key=lambda t: t[0])]


def _nearness(places: list[tuple[int, int]]) -> float:
    """How near the groups stand at the best place: 1 where side by side, in any order. ``places``
    are (number of the word in the text, group), in order."""
    wanted = len({group for _, group in places})
    if wanted < 2:
        return float(wanted)
    counts: dict[int, int] = {}
    least, first = places[-1][0] - places[0][0] + 1, 0
    for at, group in places:
        counts[group] = counts.get(group, 0) + 1
        while len(counts) == wanted:
            begin, leaving = places[first]
            least = min(least, at - begin + 1)
            counts[leaving] -= 1
            if not counts[leaving]:
                del counts[leaving]
            first += 1
    return wanted / max(least, wanted)


def _telling(term: str) -> float:
    """How much a term says of what is looked for: a function word little, a year some of it."""
    if term.lower() in FUNCTION_WORDS:
        return 0.1
    return 0.3 if _YEAR.fullmatch(term) else 1.0


_YEAR = re.compile("(?:19|20)[0-9]{2}")


def _both(one: Window, two: Window) -> Window:
    """The documents that stand in both windows."""
    if one.doc and two.doc:
        raise UsageError("doc: in the query and --doc both bound the documents: keep one of them")
    since = max(filter(None, (one.since, two.since)), default=None)
    until = min(filter(None, (one.until, two.until)), default=None)
    return Window(since, until, one.doc or two.doc, one.added or two.added)


def _merged(places: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Places in order, overlapping ones made one."""
    out: list[tuple[int, int]] = []
    for a, b in sorted(places):
        if out and a < out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return tuple(out)
