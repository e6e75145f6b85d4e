"""Shapes of text that finding could take too long for: each is a piece that is repeated, ``{n}`` in
it counted up, ``{w}`` another word each time.

``shaped(kind, size)`` is a text of that kind with ``size`` characters.
"""

from __future__ import annotations

from string import ascii_lowercase

_PIECES: dict[str, str] = {
    # marks, and runs of one sign
    "opening marks": "“",
    "closing marks": "”",
    "typewriter marks": '"',
    "apostrophes": "'",
    "inner marks": "‘",
    "low marks": "„",
    "guillemets": "«",
    "hyphens": "-",
    "hyphens and blanks": "- ",
    "long dashes": "— ",
    "dots": ".",
    "dots and blanks": ". ",
    "ellipses": "… ",
    "commas": ", ",
    "semicolons": "; ",
    "colons": ": ",
    "question marks": "? ",
    "slashes": "/",
    "underscores": "_",
    "opening brackets": "(",
    "square brackets": "[",
    "brackets": "() ",
    "percent signs": "% ",
    "at signs": "a@",
    "stars": "* ",
    "pipes": "| ",
    "blanks": " ",
    "tabs": "\t",
    "line feeds": "\n",
    "paragraphs of one letter": "a\n\n",
    "no-break spaces": "\xa0",
    "zero width": "a\u200b",
    "combining accents": "\u0301",
    "emoji": "🚢 ",
    "Arabic": "قال الوزير إن الميناء مفتوح. ",
    "Chinese": "部长说港口开放。",
    # one letter, one word
    "one word": "a",
    "capitals": "A",
    "capital words": "A ",
    "letters and dots": "a.",
    "initials": "J. ",
    "hyphened word": "a-",
    "apostrophed word": "a'",
    "digits": "7",
    "integers": "7 ",
    "integers in rows": "7 12 103 4\n",
    "table of integers": "12\t345\t6\t78\n",
    "prices": "$1 ",
    "decimals": "1.5 ",
    "thousands": "1,000,",
    "years": "2011 ",
    "clock times": "10:30 ",
    "dotted days": "1.2.2011 ",
    "slashed days": "1/2/2011 ",
    "ISO days": "2011-02-01 ",
    "ordinals": "1st ",
    "Roman numerals": "IV ",
    "raised digits": "Haddad, 0², said 2² of ⁴ May 2²: ",
    "circled digits": "Haddad, ②, ③ days, on ④ May 201⑨ at ⑤ p.m. ",
    "numbered lines": "{n}. \n",
    # lines
    "quoted lines": "> a\n",
    "deep quotes": "> ",
    "headings": "# \n",
    "heading words": "# Ports\n",
    "list items": "- a\n",
    "questions and answers": "Q: a?\nA: b.\n",
    "questions and answers, parted": "Q: a?\n\nA: b.\n\n",
    "labels": "HADDAD: no\n",
    "labels in a line": "Haddad: ",
    "datelines": "MUSCAT, 2 July - ",
    "short lines": "No.\n",
    "links": "https://a.example/b ",
    "tags": "<b>",
    # words of dates
    "last": "last ",
    "months": "May ",
    "weekdays": "Monday ",
    "days of months": "2 July ",
    "ago": "two days ago ",
    "since": "since ",
    "from to": "from 2 to 4 ",
    "and numbers": "one and two and ",
    "spelled numbers": "hundred ",
    "the": "the ",
    # words of quotations
    "quotes and tags": "“No,” he said. ",
    "broken quotations": "“a,” he said, “b,” ",
    "quotations named after": '"a," said X. ',
    "nested marks": "“He said ‘no’” ",
    "stray closing marks": 'no." ',
    "opening marks and words": "“No ",
    "said": "said ",
    "said that": "he said that ",
    "according to": "according to him, ",
    "relative clauses": "who said, ",
    "said in brackets": "said ( ",
    "quoted words": "the “port” and ",
    "scare quotes": "'a' ",
    # names and who they are
    "possessives": "Iran’s ",
    "names": "Salma Haddad ",
    "names and commas": "Haddad, ",
    "many names": "Omar {w} and ",
    "many persons": "Minister Omar {w} said he was late. ",
    "roles": "Foreign Minister ",
    "roles of roles": "minister of the minister of ",
    "pronouns": "he told him ",
    "new pronouns": "She met her. ",
    "appositions": "Haddad, the minister, ",
    "short forms": "Gulf Port Union (GPU) ",
    "abbreviations": "U.S. ",
    "of": "Bank of ",
    "and names": "Haddad and ",
    "adjectives": "Iranian ",
    "titles": "Mr. ",
    # sentences
    "endless sentence": "the port and the ships of Basra ",
    "short sentences": "He came. ",
    "if": "if he comes, ",
    "events": "On Monday ships sank. ",
    "day and day": "on Monday and ",
    "passive": "was sunk by ",
    "to be": "will have been ",
    "report": (
        "MUSCAT, 2 July 2021 - “The port is open,” said Harbour Minister Salma Haddad on Monday. "
        "She met Omar Nasser, who heads the Gulf Port Union, and told him it would close.\n\n"
    ),
}

KINDS = tuple(_PIECES)


def _word(n: int) -> str:
    """A word of its own for each number: "Ba", "Bab", ..."""
    out = ""
    while True:
        n, letter = divmod(n, 26)
        out = ascii_lowercase[letter] + out
        if not n:
            return "B" + out


def shaped(kind: str, size: int) -> str:
    """A text of ``size`` characters of that kind."""
    piece = _PIECES[kind]
    if "{" not in piece:
        return (piece * (size // len(piece) + 1))[:size]
    parts: list[str] = []
    length = 0
    while length < size:
        part = piece.format(n=len(parts), w=_word(len(parts)))
        parts.append(part)
        length += len(part)
    return "".join(parts)[:size]
