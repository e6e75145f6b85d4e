"""A typed query -> what it asks for.

``tanker seizure`` ranks by its words; ``"stay open"`` is an exact phrase; ``tank*`` a beginning;
``-drone`` leaves out; ``AND``, ``OR``, ``NOT`` (in capitals) and parentheses are strict; ``by:``,
``about:``, ``doc:``, ``date:``, ``title:`` and ``from:`` bound where to look. What stands in no
order is an error that shows its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import UsageError
from ..model import Window
from ..store import tokeniser
from .filters import window_of

LONGEST = 10_000
"""A query may have so many characters."""

FIELDS = ("by", "about", "doc", "date", "title", "from")
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_FIELD = re.compile(r"([^\W\d_]+):(?!//)")
_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True, slots=True)
class Term:
    """One typed word or, where ``exact``, a phrase; ``tokens`` are its folded words. ``prefix`` is
    true for a beginning (``tank*``)."""

    text: str
    tokens: tuple[str, ...]
    exact: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part must be there; ``strict`` is false where mere words follow one another."""

    parts: tuple[Node, ...]
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part must be there."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not be in the document."""

    part: Node


Node = Term | All | Any | Not


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: ``node`` is null where only fields are given."""

    typed: str
    node: Node | None
    by: str | None = None
    about: str | None = None
    window: Window = Window()
    title: str | None = None
    sender: str | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that are looked for, in order; those left out are not among them."""
        return () if self.node is None else tuple(_terms(self.node))


def _terms(node: Node) -> list[Term]:
    if isinstance(node, Term):
        return [node]
    if isinstance(node, Not):
        return []
    return [t for part in node.parts for t in _terms(part)]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # word, phrase, field, operator, minus, (, )
    text: str
    at: int
    value: str = ""


def bounded(typed: str) -> str:
    """A query as typed. Raises UsageError for one that is too long to be one."""
    if len(typed) > LONGEST:
        raise UsageError(f"a query may have {LONGEST:,} characters, this one has {len(typed):,}")
    return typed


def parse(typed: str) -> Query:
    """Read a query. Raises UsageError, with the place, for one that cannot be read or names nothing
    to look for.

    >>> parse('tanker "stay open" -drone').terms[1].tokens
    ('stay', 'open')
    """
    try:
        return _Parser(bounded(typed)).query()
    except RecursionError:
        raise UsageError("the brackets of the query are nested too deeply") from None


class _Parser:
    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.tokens = self._scan()
        self.at = 0
        self.fields: dict[str, str] = {}

    def wrong(self, what: str, at: int) -> UsageError:
        """An error that shows where."""
        return UsageError(f"{what}, at character {at + 1} of the query: {_pointed(self.typed, at)}")

    # ---- characters -> tokens ---------------------------------------------------------------

    def _scan(self) -> list[_Token]:
        out: list[_Token] = []
        text, i = self.typed, 0
        while i < len(text):
            c = text[i]
            if c.isspace():
                i += 1
            elif c in "()":
                out.append(_Token(c, c, i))
                i += 1
            elif c in _QUOTES:
                value, end = self._quoted(i)
                out.append(_Token("phrase", value, i))
                i = end
            elif c == "-" and i + 1 < len(text) and not text[i + 1].isspace():
                out.append(_Token("minus", c, i))
                i += 1
            elif (field := _FIELD.match(text, i)) is not None and (
                field.group(1).lower() in FIELDS or text[field.end() :][:1].strip()
            ):
                i = self._field(field, out)
            else:
                end = i
                while end < len(text) and not text[end].isspace() and text[end] not in '()"“«„':
                    end += 1
                word = text[i:end]
                out.append(_Token("operator" if word in _OPERATORS else "word", word, i))
                i = end
        return out

    def _quoted(self, at: int) -> tuple[str, int]:
        """The phrase whose mark stands at ``at``, and where it ends."""
        closing = _QUOTES[self.typed[at]] + '"'
        for end in range(at + 1, len(self.typed)):
            if self.typed[end] in closing:
                return self.typed[at + 1 : end], end + 1
        raise self.wrong("a quotation mark that is never closed", at)

    def _field(self, match: re.Match[str], out: list[_Token]) -> int:
        name, at, i = match.group(1).lower(), match.start(), match.end()
        if name not in FIELDS:
            known = ", ".join(f"{f}:" for f in FIELDS)
            raise self.wrong(
                f"{match.group()} is not a field ({known} are); words with a colon go in quotation"
                " marks", at,
            )  # fmt: skip
        if i < len(self.typed) and self.typed[i] in _QUOTES:
            value, i = self._quoted(i)
        else:
            end = i
            while (
                end < len(self.typed)
                and not self.typed[end].isspace()
                and (self.typed[end] not in "()")
            ):
                end += 1
            value, i = self.typed[i:end], end
        if not value.strip():
            raise self.wrong(f"{name}: names nothing", at)
        out.append(_Token("field", name, at, value.strip()))
        return i

    # ---- tokens -> query --------------------------------------------------------------------

    def query(self) -> Query:
        node = self._either() if self.tokens else None
        if self.at < len(self.tokens):
            raise self.wrong("a parenthesis that was never opened", self.tokens[self.at].at)
        if node is not None and not _terms(node):
            raise self.wrong("the query only excludes words; add one to find", 0)
        if node is None and not self.fields:
            raise UsageError("there is no word in the query to look for")
        since, _, until = self.fields.get("date", "").partition("..")
        days = Window()
        if "date" in self.fields:
            try:
                alone = ".." not in self.fields["date"]
                days = window_of(since or None, (since if alone else until) or None, None)
            except UsageError:
                at = next(t.at for t in self.tokens if t.kind == "field" and t.text == "date")
                raise self.wrong(
                    "date: takes YYYY, YYYY-MM, YYYY-MM-DD, or two of them with .. between", at
                ) from None
        return Query(
            self.typed, node, self.fields.get("by"), self.fields.get("about"),
            Window(days.since, days.until, self.fields.get("doc")),
            self.fields.get("title"), self.fields.get("from"),
        )  # fmt: skip

    def _peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _either(self) -> Node | None:
        """Parts with OR between them."""
        parts = [self._both()]
        while (token := self._peek()) is not None and token.text == "OR":
            self.at += 1
            parts.append(self._both())
            if parts[-1] is None or parts[-2] is None:
                raise self.wrong("OR needs a word on both sides", token.at)
        found = [p for p in parts if p is not None]
        return Any(tuple(found)) if len(found) > 1 else found[0] if found else None

    def _both(self) -> Node | None:
        """Parts that follow one another, with AND between them or nothing."""
        parts: list[Node] = []
        strict = False
        joint: _Token | None = None
        begun = self.at
        while (token := self._peek()) is not None and token.kind != ")" and token.text != "OR":
            if token.kind == "operator" and token.text == "AND":
                if self.at == begun or joint is not None:
                    raise self.wrong("AND needs a word on both sides", token.at)
                strict, joint = True, token
                self.at += 1
                continue
            part = self._part()
            joint = None
            if part is not None:
                parts.append(part)
        if joint is not None:
            raise self.wrong("AND needs a word on both sides", joint.at)
        if not parts:
            return None
        strict = strict or any(isinstance(p, All | Any) for p in parts)
        return All(tuple(parts), strict) if len(parts) > 1 else parts[0]

    def _part(self) -> Node | None:
        """A word, phrase, field, exclusion or parenthesis."""
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "(":
            node = self._either()
            closing = self._peek()
            if closing is None:
                raise self.wrong("a parenthesis that is never closed", token.at)
            self.at += 1
            return node
        if token.kind == "minus" or (token.text == "NOT" and token.kind == "operator"):
            following = self._peek()
            if following is None or following.kind in (")", "operator", "minus", "field"):
                raise self.wrong(f"{token.text} needs a word behind it", token.at)
            part = self._part()
            return None if part is None else Not(part)
        if token.kind == "field":
            if token.text in self.fields:
                raise self.wrong(f"{token.text}: stands twice", token.at)
            self.fields[token.text] = token.value
            return None
        return _term(token)


def _term(token: _Token) -> Term | None:
    tokens = tuple(tokeniser.tokens(token.text))
    if not tokens:
        return None
    prefix = token.kind == "word" and token.text.endswith("*") and len(tokens[-1]) > 1
    return Term(token.text, tokens, token.kind == "phrase", prefix)


def _pointed(typed: str, at: int) -> str:
    """The query around ``at``, with a mark before that place."""
    before, after = typed[max(0, at - 20) : at], typed[at : at + 20]
    return f"{'…' if at > 20 else ''}{before}⟪here⟫{after}{'…' if len(typed) > at + 20 else ''}"
