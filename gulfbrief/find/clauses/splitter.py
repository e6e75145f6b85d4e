"""Cuts a sentence into clauses, token by token from its left."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from ..text import verb_groups as verbs
from ..text.verb_groups import Group
from .clause import Clause, Kind
from .lookahead import HARD, QUOTES, REACH, Lookahead

_THE = frozenset("the a an his her its their this that these those no".split())
_DASHES = frozenset({"–", "—", "-", "--", "_"})
_JOINED = 6  # verbs joined directly ("arrested and charged") that are kept


@cache
def _joining() -> frozenset[str]:
    """Words and marks at which a clause may begin."""
    lex = verbs.lexicon()
    lists = (lex[n] for n in ("coordinator", "relative", "subordinator", "subject"))
    return HARD.union({",", "that"}, *lists)


class ClauseSplitter:
    """``cuts`` are the tokens at which a quotation begins or ends."""

    def __init__(self, ahead: Lookahead, cuts: Collection[int]) -> None:
        self.ahead, self.cuts = ahead, cuts
        self.tokens, self.lower, self.groups = ahead.tokens, ahead.lower, ahead.groups
        self.dates, self.masked = ahead.dates, ahead.masked
        self.lex = verbs.lexicon()
        self.out: list[Clause] = []
        self.any_verb = False  # whether any clause so far has its verb
        self.at = 0  # index into groups of the next one not yet met

    def cut(self, k: int, kind: Kind, **more: object) -> Clause:
        clause = Clause(k, len(self.tokens), kind, **more)  # type: ignore[arg-type]
        if self.out and self.out[-1].lo == k:  # nothing stands in the clause before: it goes
            empty = self.out.pop()
            if clause.parent == len(self.out):
                clause.parent = empty.parent
            if clause.continues == len(self.out):
                clause.continues = empty.continues
            clause.hard = clause.hard or empty.hard
        elif self.out:
            self.out[-1].hi = k
        self.out.append(clause)
        return clause

    def run(self) -> list[Clause]:
        n = len(self.tokens)
        if not n:
            return []
        self.cut(0, "main")
        self._open_clause(0)
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
    def here(self) -> Clause:
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
        if group.start > here.lo and not here.groups and self.ahead.reduces(group, here.lo):
            host = len(self.out) - 1
            self.cut(group.start, "reduced", parent=host).groups.append(group)
            return
        waiting = self._waiting(group)
        if waiting is not None:
            self._go_on(group.start, waiting).groups.append(group)
            return
        if here.groups and group.start > here.groups[-1].end:
            self._second(group)
            return
        here.groups.append(group)

    def _waiting(self, group: Group) -> int | None:
        """The clause whose verb ``group`` is, where a relative clause stands between the two."""
        here = self.here
        if here.kind == "coordinate" and here.elided and here.groups and here.parent is not None:
            here = self.out[here.parent]  # "that took effect and was extended | expires"
        if here.kind not in ("reduced", "relative") or not here.groups:
            return None
        if here.kind == "relative" and self.ahead.reduces(group, here.lo):
            return None
        at = here.parent
        for _ in range(4):
            if at is None or not self.out[at].groups:
                return at
            if self.out[at].kind not in ("reduced", "relative"):
                return None
            at = self.out[at].parent
        return None

    def _go_on(self, k: int, at: int) -> Clause:
        """Cuts at ``k`` where the clause ``at`` goes on."""
        host = self.out[at]
        return self.cut(
            k,
            host.kind,
            parent=host.parent,
            continues=at,
            word=host.word,
            condition=host.condition,
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
        for k in range(group.start - 1, max(last.end - 1, group.start - REACH), -1):
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
        k = self.ahead.skip_light(group.end)
        following = self.ahead.next_group(k)
        if following is None or following.infinitive or following.start <= k:
            return
        stop = self.ahead.stop_from[k]
        if following.start - k > REACH:
            return
        if stop < following.start:
            if k < stop and self._aside(stop, following):
                self.cut(k, "content", parent=len(self.out) - 1)
            return
        start = None
        told = group.head in ("told", "tell", "tells")
        led = told or self.lower[k] in self.lex["preposition"]
        for j in range(k, following.start):
            if self.lower[j] in self.lex["subject"] and (led or j == k) and not (told and j == k):
                start = j
                break
            if led and j in self.dates and j + 1 < following.start and j + 1 not in self.dates:
                start = j + 1
        if start is None and told:  # "told reporters | the talks would resume"
            nouns = [j for j in range(k + 1, following.start) if self.lower[j] in _THE]
            start = nouns[-1] if nouns else min(k + 1, following.start - 1)
        if start is None:
            word = self.lower[k]
            reduced = following.tense == "bare" and self.ahead.leads_phrase(following.end)
            if reduced or (word in self.lex["preposition"] and k not in self.dates):
                return
            start = k
        if self.lower[following.start - 1] in self.lex["preposition"]:
            return
        if any(self.lower[j] in self.lex["coordinator"] for j in range(group.end, start)):
            return
        self.cut(start, "content", parent=len(self.out) - 1)

    def _aside(self, k: int, group: Group) -> bool:
        """Whether the comma at ``k`` begins an aside with the verb ``group`` in a subject: "said
        the men, arrested in May, would go on trial"."""
        if self.tokens[k] != "," or k + 1 >= len(self.tokens):
            return False
        bare = group.tense == "bare" and group.start == self.ahead.skip_light(k + 1)
        return (bare or self.lower[k + 1] in self.lex["relative"]) and self.ahead.closes(group)

    def _open_clause(self, k: int) -> None:
        """Looks at the words that begin a clause: a fronted "if" or "when", "Had they spoken"."""
        n = len(self.tokens)
        while k < n and (self.tokens[k] in QUOTES or self.tokens[k] in "([…."):
            k += 1
        if k >= n:
            return
        word, here = self.lower[k], self.here
        if word in self.lex["subordinator"] and self.ahead.next_group(k + 1):
            group = self.ahead.subordinate_follows(k + 1)
            if group or word in self.lex["condition"]:
                here.kind, here.word = "subordinate", word
                here.condition = word in self.lex["condition"]
        elif (
            word in ("had", "were", "should")
            and self.tokens[-1] != "?"
            and self.ahead.stop_from[k] < n
            and self.ahead.clause_follows(k + 1)
        ):
            here.kind, here.word, here.condition = "subordinate", word, True
        elif k == 0 and k not in self.masked and self._opens_with_participle(k):
            here.kind, here.word = "participle", word

    def _opens_with_participle(self, k: int) -> bool:
        """Whether a sentence begins like "Asked on Friday, ..." or "Having signed, ..."."""
        word, group = self.lower[k], self.ahead.next_group(k)
        if word.endswith("ing") and len(word) > 4:
            return word not in self.lex["not_participles"]
        return group is not None and group.start == k and group.tense == "bare"

    def _join(self, k: int) -> int:
        """Cuts at token ``k`` where a new clause begins there; the token to go on from."""
        word = self.lower[k]
        if word not in _joining() and k not in self.cuts:
            return k + 1
        host = len(self.out) - 1
        if k in self.cuts and k > self.here.lo and (self.here.kind != "tag" or self.has_verb()):
            kind: Kind = "main"
            group = self.ahead.next_group(k)
            if self.has_verb() and group and group.head in self.lex["saying"]:
                kind = "tag" if self.ahead.is_tag(k) else "main"
            self.cut(k, kind, parent=host if kind == "tag" else None)
            self._open_clause(k)
            return k
        if word in HARD and k > self.here.lo:
            at = self._before_dashes(k) if word in _DASHES else None
            if at is not None:
                self._go_on(k + 1, at)
                return k + 1
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
            group = self.ahead.subordinate_follows(k + 1)
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
            group = self.ahead.next_group(k + 1)
            close = group and group.start - k <= 3 and not group.infinitive
            if noun and close and previous not in self.dates and word != "there":
                said = self.here.groups[-1].head in self.lex["saying"]
                self.cut(k, "content" if said else "relative", parent=host, word=word)
            return k + 1
        return k + 1

    def _before_dashes(self, k: int) -> int | None:
        """The clause that goes on after the dash at ``k``, where that is the second of a pair: it
        still waits for its verb, or what follows has none."""
        opened = len(self.out) - 1
        while opened > 0 and opened > len(self.out) - 5 and self.out[opened].word not in _DASHES:
            opened -= 1
        if opened < 1 or self.out[opened].word not in _DASHES:
            return None
        at, group = opened - 1, self.ahead.next_group(k + 1)
        verb = group is not None and not group.infinitive
        if verb and group is not None and group.start == self.ahead.skip_light(k + 1):
            return at if not self.out[at].groups else None
        bare = group is None or self.ahead.stop_from[k + 1] < group.start
        return at if bare and self.out[at].groups else None

    def _comma(self, k: int) -> int:
        n = len(self.tokens)
        j = k + 1
        while j < n and self.tokens[j] in QUOTES:
            j += 1
        if j >= n:
            return j
        host, word = len(self.out) - 1, self.lower[j]
        lead = self.lower[j + 1] if j + 1 < n else ""
        if word in self.lex["relative"] or (
            word in self.lex["preposition"] and lead in ("which", "whom")
        ):
            if self.ahead.next_group(j):
                self.cut(k, "relative", parent=host, word=word)
                return j + 2 if lead in ("which", "whom") else j + 1
            return j
        if word in self.lex["coordinator"]:
            return j
        resumed = self._resumed(j)
        if resumed is not None:
            return resumed
        if self._is_fronted_phrase() and self.ahead.clause_follows(j):
            self.cut(k, "main")
            return j
        begins = word in self.lex["subordinator"] and self.ahead.clause_follows(j + 1)
        fronted = self._is_fronted() and (
            self.here.kind == "participle" or (self.here.kind == "subordinate" and self.has_verb())
        )
        if fronted and not begins:
            self.cut(k, "main")
            return j
        group = self.ahead.next_group(j)
        if self.ahead.is_tag(j) and self.any_verb:
            self.cut(k, "tag", parent=host)
            return j
        ing = word.endswith("ing") and len(word) > 4 and word not in self.lex["not_participles"]
        if ing and self.has_verb() and j not in self.masked:
            self.cut(k, "participle", parent=host, word=word)
            return j + 1
        if group and group.start == self.ahead.skip_light(j) and not group.infinitive:
            if group.tense == "bare" and not self.has_verb():
                if not self.ahead.closes(group):
                    return j
                self.cut(k, "reduced", parent=host)
            elif self.has_verb():
                after = self.lower[group.end] if group.end < n else ""
                if group.tense == "bare" and after in ("by", "with", "from", "as", "to"):
                    self.cut(k, "participle", parent=host, word=word)
                else:
                    self.cut(k, "coordinate", parent=host, elided=True)
            return group.start
        if word in self.lex["subject"] and self.ahead.clause_follows(j, 4) and self.any_verb:
            self.cut(k, "main")
            return j
        return j

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
        group = self.ahead.next_group(j)
        if (
            at is None
            or group is None
            or group.infinitive
            or group.start != self.ahead.skip_light(j)
        ):
            return None
        self._go_on(j, at)
        return group.start

    def _interrupted(self) -> int | None:
        """The clause without a verb that the clause now open interrupts."""
        here = self.here
        inner = here
        depth = 0
        while inner.kind in ("infinitive", "content", "subordinate", "coordinate", "participle"):
            if inner.parent is None or depth > 3:
                return None
            inner, depth = self.out[inner.parent], depth + 1
        if inner.kind not in ("relative", "reduced") or inner.parent is None or not inner.groups:
            return None
        at = inner.parent
        for _ in range(4):  # up through relatives of relatives
            if not self.out[at].groups:
                return at
            above = self.out[at].parent
            if self.out[at].kind not in ("relative", "reduced") or above is None:
                return None
            at = above
        return None

    def _coordinator(self, k: int) -> int:
        host = len(self.out) - 1
        start = k - 1 if k and self.tokens[k - 1] == "," and k - 1 > self.here.lo else k
        j = self.ahead.skip_light(k + 1)
        group = self.ahead.next_group(j)
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
                    del self.here.groups[_JOINED:]
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
        found = self.ahead.clause_follows(j)
        if found and not (found.tense == "bare" and self.ahead.bare_noun_phrase(found)):
            self.cut(start, "coordinate", parent=host, word=self.lower[k])
        return k + 1

    def _last_group(self) -> Group | None:
        return self.here.groups[-1] if self.here.groups else None

    def _relative(self, k: int) -> int:
        word, host = self.lower[k], len(self.out) - 1
        if k <= self.here.lo or k + 1 >= len(self.tokens):
            return k + 1
        before = self.lower[k - 1]
        group = self.ahead.next_group(k + 1)
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
            last = self._last_group()
            noun = last is not None and last.end < k and k - 1 not in self.dates
            if noun and group.start == self.ahead.skip_light(k + 1):
                self.cut(start, "relative", parent=host, word=word)
                return group.start
            if k - 1 in self.dates or self._said(k):
                subject = group.start == k + 1 or self.ahead.clause_follows(k + 1)
                if not subject and self.ahead.stop_from[k + 1] > group.start:
                    return k + 1
                self.cut(start, "content", parent=host, word=word)
                return k + 1
            if group.start == self.ahead.skip_light(k + 1):
                self.cut(start, "relative", parent=host, word=word)
                return group.start
            if self.ahead.clause_follows(k + 1):
                verb = self._last_group()
                noun = verb is None or verb.end < k
                self.cut(start, "relative" if noun else "content", parent=host, word=word)
            return k + 1
        self.cut(start, "relative", parent=host, word=word)
        return k + 1

    def _said(self, k: int) -> bool:
        last = self._last_group()
        return last is not None and last.head in self.lex["saying"]
