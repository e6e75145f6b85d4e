"""Where the name of an organisation or a place ends: at its head ("agency", "bridge"), behind what
it is of or for."""

from __future__ import annotations

from ...fold import fold
from .gazetteer import cues, gazetteer
from .lexicon import Known, Lexicon
from .runs import Words

_CUES = cues()
_TITLE, _FUNCTION, _CALENDAR = _CUES["title"], _CUES["function"], _CUES["calendar"]
_ORGANISATION, _PLACE = _CUES["organisation_head"], _CUES["place_head"]
_OTHER, _OF, _PREFIX = _CUES["other_head"], _CUES["of_head"], _CUES["prefix"]
_PARTICIPLE, _MODIFIER, _GENERATION = (
    _CUES["participle"], _CUES["title_modifier"], _CUES["generation"]
)  # fmt: skip
_MATTER, _SEATS, _BOARDS = _CUES["matter"], _CUES["judges_seat"], _CUES["board"]
_GROUPS, _FOR = _CUES["group_for"], _CUES["for_head"]
_SACRED = frozenset("saint st dame lady lord father sister".split())
_TITLE_ONLY = _TITLE - _ORGANISATION
_FORMS = frozenset(("AG", "SpA", "SA", "ASA", "NV", "GmbH", "KG", "Oyj", "AB"))
_CLOSING, _FOR_SOMETHING = _FORMS | {"Sun"}, _GROUPS | _FOR
_JOINS = frozenset(("of", "the", "with", "from", "by", "group", "called", "and", ",", ""))
POSTS = frozenset("administrator editor correspondent analyst columnist reporter".split())


class NameHeads:
    """Reads the heads of names in one document; also which words are known names and titles."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self.gazetteer = gazetteer()
        self.given, self.english = self.gazetteer.given, self.gazetteer.words

    def match(self, i: int, headline: bool) -> tuple[int, Known | None]:
        """The longest known name that begins at token ``i``: where it ends, and whom it means."""
        words = self.words
        most = self.lexicon.longest.get(words.bare[i], 0)
        if not most:
            return i, None
        known = self.lexicon.known
        start = words.starts[i]
        for j in range(min(i + most, words.count), i, -1):
            name = words.raw[start : words.starts[j - 1] + len(words.bare[j - 1])]
            found = known.get(name)
            if found is None and j - i > 1 and ("  " in name or "\n" in name):
                if any(words.starts[k] in words.breaks for k in range(i + 1, j)):
                    continue
                found = known.get(" ".join(name.split()))
            if found is None and len(name) > 3 and name.isupper():
                written = self.lexicon.shouted.get(name)
                if written is not None and (j - i > 1 or name.lower() not in self.english):
                    found = known.get(written)
            if found is not None and not (headline and j - i == 1 and self._shouted_word(i)):
                return j, found
        return i, None

    def _shouted_word(self, i: int) -> bool:
        """Whether a word in capitals is more likely no name here (US, IT, WHO in a headline)."""
        word = self.words.bare[i]
        low = word.lower()
        return word.isupper() and low in _FUNCTION and word not in self.words.middle

    @staticmethod
    def _title(low: str) -> bool:
        if low in _TITLE_ONLY or (low[-1:] == "s" and len(low) > 5 and low[:-1] in _TITLE_ONLY):
            return True
        return "-" in low and all(p in _TITLE for p in low.split("-"))

    def _before_given(self, j: int, last: int) -> bool:
        """Whether a given name follows the word at ``j``."""
        return j + 1 < last and fold(self.words.bare[j + 1]) in self.given

    def _head(self, i: int, last: int, headline: bool = False) -> tuple[int, str]:
        """Where an organisation's, a place's or an event's name that begins at ``i`` ends with its
        head (0: it has none), and which of them it is."""
        words = self.words
        found, kind = 0, ""
        for j in range(i, last):
            word = words.bare[j]
            low = word.lower()
            if j > i:
                if word in self.lexicon.seats:
                    known = self.match(j, headline)[1]
                    if known is not None and known.use == "seat":
                        break  # the Lund | White House
                if (
                    low in _ORGANISATION
                    or (word in _CLOSING and self._company(j, last))
                    or (low in _FOR_SOMETHING and self._group(i, j))
                ):
                    found, kind = j + 1, "organisation"
                elif low in _OTHER:
                    found, kind = j + 1, "other"
                elif low in _PLACE:
                    found, kind = j + 1, "place"
                elif (
                    (headline and words.common(word, True))
                    or (low in POSTS and self._before_given(j, last))
                    or ("-" in word and self._compound(j))
                    or (self._title(low) and low not in _MODIFIER)
                ):
                    break
            elif (
                (low in _OF and j + 1 < words.count and words.tokens[j + 1] == "of")
                or (low in _BOARDS and words.at(j + 1) == "on" and self._subject(j + 2))
                or (low in _FOR_SOMETHING and self._group(i, j))
            ):
                found, kind = j + 1, "place" if low in _PLACE else "organisation"
            elif j + 1 < last and self._title(low) and low not in _MODIFIER:
                break
            if len(word) != len(words.tokens[j]):
                break
        if found and kind != "other" and found < last:
            heads = _MATTER if kind == "organisation" else _SEATS
            if words.bare[found - 1].lower() in heads and self._title(words.bare[found].lower()):
                return 0, ""
        return found, kind

    def _of(self, i: int, kind: str) -> int:
        """Past an ``of ...`` or ``for ...`` that belongs to the name that ends at ``i``."""
        words = self.words
        tokens, count = words.tokens, words.count
        if i >= count or tokens[i] not in ("of", "for", "on") or not words.joined(i):
            return i
        low = words.bare[i - 1].lower()
        group = low in _GROUPS and tokens[i] == "for" and kind == "organisation"
        if not group and (low not in _OF or (tokens[i] != "of" and kind != "organisation")):
            return i
        if tokens[i] == "on" and (low not in _BOARDS or not self._subject(i + 1)):
            return i
        j = i + 1
        if j < count and tokens[j] == "the":
            j += 1
        k = j
        while k < count and tokens[k][0].isupper() and words.joined(k):
            if self._bears(k):
                break
            k += 1
            if len(words.bare[k - 1]) != len(tokens[k - 1]):
                break
            if (
                k + 1 < count
                and tokens[k] in ("and", "&")
                and tokens[k + 1][0].isupper()
                and tokens[k - 1].lower() in self.english
                and tokens[k + 1].lower() in self.english
            ):
                k += 1
        while k > j and tokens[k - 1] in ("and", "&"):
            k -= 1  # "the Council of Roads and | President Lund"
        return k if k > j else i

    def _subject(self, k: int) -> bool:
        """Whether what a committee sits on begins at ``k``: words of the language (the Committee on
        Roads), no day and no place."""
        if k >= self.words.count or not self.words.bare[k][0].isupper():
            return False
        word = self.words.bare[k].lower()
        return word in self.english and word not in _CALENDAR and word not in _FUNCTION

    def _bears(self, k: int) -> bool:
        """Whether the word at ``k`` is the title of somebody named behind it: an organisation of
        theirs does not have them in its name (the Front of | General Ann Reed)."""
        words = self.words
        low = fold(words.bare[k])
        if low not in _TITLE or low in _SACRED or k + 1 >= words.count or not words.joined(k + 1):
            return False
        after = fold(words.bare[k + 1])
        if not words.tokens[k + 1][0].isupper():
            return False
        if low in _MODIFIER:
            full = k + 2 < self.words.count and self.words.tokens[k + 2][0].isupper()
            bearer = after in self.given or (full and after not in self.english)
            return bearer or (after in _TITLE_ONLY and not after.endswith("s"))
        return True

    def _group(self, i: int, j: int) -> bool:
        """Whether the word at ``j`` is the head of a body that is for something: the Center | for
        Wool, Lund Students | for Wool."""
        words, low = self.words, self.words.bare[j].lower()
        if words.at(j + 1) != "for":
            return False
        after = words.at(j + 2)
        if not after[:1].isupper() or after.lower() in _CALENDAR or self._title(after.lower()):
            return False
        return j > i or low in _FOR or words.before(j).lower() in _JOINS

    def _company(self, j: int, last: int) -> bool:
        """Whether the word at ``j`` closes a company's name (Lund AG), or a paper's (the Lund
        Sun)."""
        word, words = self.words.bare[j], self.words
        if word == "Sun":
            return (
                words.before(j - 1).lower() == "the" and words.bare[j - 1] in self.gazetteer.cities
            )
        return word in _FORMS and not (j + 1 < last and words.tokens[j + 1][0].isupper())

    def _initialism(self, j: int) -> bool:
        """Whether the word at ``j`` is made of initials, and no tag of a club or king's number."""
        word = self.words.bare[j]
        return (
            2 < len(word) < 7
            and word.isupper()
            and word.isalpha()
            and word.lower() not in _ORGANISATION
            and word.lower() not in _GENERATION
        )

    def _compound(self, i: int) -> bool:
        """Whether a hyphenated token is an adjective or a pair made of names, and no name."""
        parts = self.words.bare[i].split("-")
        first, last = parts[0], parts[-1]
        if first.lower() in _PREFIX or "as" in parts:
            return True  # ex-minister, Lund-as-Kemal
        if last.islower():
            return (
                last in _PARTICIPLE
                or (last.endswith(("ed", "ing")) and last in self.english)
                or (first in self.lexicon.known and last in self.english)
            )
        known = self.lexicon.known
        shown = [p.title() for p in parts] if self.words.bare[i].isupper() else parts
        if shown is not parts and any(p in known and known[p].type == "country" for p in shown):
            return True  # "LUND-OMAN", a line of an agency
        return all(p in known and known[p].type in ("nationality", "country") for p in parts)
