"""The day of publication among the first lines of a document: stamps, bylines, datelines.

Small strict patterns, made for the lines in which agencies, papers and offices put their day. The
rule above all others: a wrong anchor makes every relative date of a document wrong, so where two
readings stand against each other (a day and a month that may be swapped, two different days) the
answer is None. Clock times are ignored, a day is taken as it is written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from .printed import WEEKDAY, Printed, only_day, printed_dates, settled, years_in

HEAD_LINES = 15  # lines with words in which a day may be printed
HEAD_CHARS = 4_000
_STAMP = 200  # a line that only tells when and by whom is no longer
_WORDS = 24
_SHORT = 90
_NEAR = 100  # days
_DATELINE = 200  # and of a longer one only so much can be its dateline

_CLOCK = re.compile(
    r"(?<!\d)T?(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d){1,2}(?:\.\d+)?(?!\d)\s?(?:hrs?\b|h\b)?"
    r"|(?<!\d)(?:[01]\d|2[0-3])[0-5]\d\s?(?=hrs|hours|gmt|utc|z\b|[(]?gmt)"
    r"|\b\d{1,2}\s?(?=[ap]\.?m\b)",
    re.I,
)
_ZONE = re.compile(
    r"(?<![A-Za-z])[ap]\.?m\b\.?"
    r"|\b(?:GMT|UTC|BST|CES?T|EES?T|MSK|IRS?T|IRDT|GST|AST|EDT|EST|ET|CDT|CT|MDT|PDT|PST|PT|IST|PKT"
    r"|SGT|HKT|JST|AEST|Z)\b|(?<=\d)Z\b|[+\-−]\d{1,2}:?(?:\d\d)?\b|\blocal time\b|\bhrs\b"
    r"|\bhours\b",
    re.I,
)
# Words before a day: those that say it was published then, and those that say something else.
_PUBLISHED = (
    r"(?:first |originally |article )?(?:published|posted|released|issued|filed|sent|uploaded|aired"
    r"|created|written|submitted|appeared|dtg)"
    r"|publication date|publish(?:ed)? date|release date|date of (?:publication|issue|release)"
    r"|(?:news)?date|date ?line|issue date|pub ?date|(?:embargoed|embargo) until"
    r"|for (?:immediate )?release"
)
_OTHERWISE = (
    r"(?:last |latest )?(?:updated?|modified|edited|changed|revised|reviewed|corrected|amended)"
    r"|last (?:update|modified|change|edit)|accessed|retrieved|downloaded|printed|saved|archived"
    r"|as of|recorded|held|expires?|until|valid"
    r"|joined|born|founded|established|registered|member since|since"
)
_LABEL = re.compile(rf"\b(?:(?P<published>{_PUBLISHED})|(?P<other>{_OTHERWISE}))\b", re.I)
_SMALL = re.compile(
    r"\b(?:\d+ (?:minute|hour|day|week|month|year)s? ago"
    r"|(?<=ed )by [\w.'-]{2,30}(?: [\w.'-]{2,30}){0,2}(?= on\b)"
    r"|on|at|by|the|date|time|and|from|in|online|web|print|edition|day|\d+ min(?:ute)?s?"
    r"(?: read)?|min read|read(?:ing time)?|read time)\b",
    re.I,
)
_NOISE = re.compile(
    "|".join(f"(?:{p.pattern})" for p in (_CLOCK, _ZONE, WEEKDAY, _LABEL, _SMALL)), re.I
)
_MARKS = re.compile(r"[\s,.:;|/·•*()\[\]{}<>«»\"'“”‘’#_=~\u200e\u200f\u202a-\u202e–—−-]+")

# What stands before a day at the start of a paragraph: a place, perhaps with its agency.
_PLACE_WORD = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’ʿʾ.\-]*|(?:al|el|ad|as|ar|an|ash|at)(?:[-'’][\w'’\-]+)?"
    r"|de|del|di|da|do|la|le|of|the|and|bin|upon|sur|\d{1,4})$"
)
_NO_PLACE = """
    on in at by since after before until till from the a an it he she they we i this that these
    those when while as but and or for if so there here between during between late early mid
    born died dated signed photo image file picture caption archive copyright getty ap/photo
    credit source version
""".split()
# Names of happenings: "Manama Dialogue, 20 November 2021" tells when that was, not the report.
_EVENT = re.compile(
    r"\b(?:dialogue|summit|conference|meeting|talks|agreement|treaty|accord|deal|forum|session"
    r"|attacks?|war|battle|strikes?|elections?|vote|referendum|revolution|massacre|incident"
    r"|explosion|crash|photo|photograph|image|picture|file|archive|getty|caption|born|died|speech"
    r"|lecture|interview|hearing|resolution|decree|law|act|day|anniversary|visit|exercise|drill"
    r"|operation|protests?|coup|timeline|chronology|deadline|event|workshop|seminar|congress)\b"
    r"|©",
    re.I,
)
_AFTER_DATE = re.compile(
    r"\s*[.,]?\s*(?:\([^()\n]{1,60}\)|/[^/\n]{1,40}/|[A-Z][\w&.]*(?: [A-Z][\w&.]*){0,3})?"
    r"[\s.]*(?:--|[-–—:|]|(?<=/)\s?\S|(?<=\))\s?\S)"
)
# What a dateline on a line of its own may end in, the weekday that may stand before a day, and what
# closes a bracket that holds it.
_AGENCY = re.compile(r"[.,]?\s*(?:\([A-ZÀ-Þ][^()\d\n]{1,40}\)|/[A-ZÀ-Þ][^/\d\n]{1,30}/)[.]?\s*")
_DAY_BEFORE = re.compile(rf"(?<=,)\s+(?:{WEEKDAY.pattern}),?\s+$", re.I)
_CLOSED = re.compile(r"[)\]]")
# "Salalah, on the 26th", "14 Rajab 1442 AH, corresponding to 26 February 2021 AD"
_BEFORE = re.compile(
    r",\s+(?:on\s+)?the\s+$|\s+\d{1,2} [A-Z][\w'’ -]{2,20} 1[34]\d\d(?: ?A\.?H\.?)?,?\s*"
    r"(?:[/(=-]|corresponding to|which is|equivalent to)\s*(?:the\s+)?$"
)
_ERA = re.compile(r"^\s*(?:A\.?D\.?|C\.?E\.?)(?=\W)")
_ONLY_PLACE = re.compile(r"\s*[,–—-]\s*[A-ZÀ-Þ][\w'’-]+(?:,? [A-ZÀ-Þ][\w'’-]+){0,2}\s*")
_BY = re.compile(r"by\b|(?:first |originally )?(?:published|appeared|printed) (?:in|on|by)\b", re.I)
_POSTED = re.compile(r"@\w|\d:\d\d")  # a post begins with its author and clock time
_DASH_BEFORE = re.compile(r"\w(?:\s*[|·•/–—]|\s+-\s)\s*(?:\w+,?\s+)?$")
_PLACE_AFTER = re.compile(r"\s*(?:--|[-–—(|])\s*[A-ZÀ-Þ]{2,}")
# The end of a line whose sentence goes on in the next one: no stamp follows it.
_RUNS_ON = re.compile(
    r"\b(?:on|of|in|at|since|until|till|from|before|after|by|the|and|to|between|dated|signed"
    r"|(?i:joined|born|founded|registered|member since))$"
)
_APART = re.compile(r"[\s,.;:()\[\]|/–—]+|(?:^|\s)-+(?:\s|$)")
_BAR = re.compile(r"\s*[|·•]\s*|\t|\s{3,}")


def in_first_lines(text: str) -> str | None:
    """The day that a stamp line, a byline or a dateline among the first lines prints, else None."""
    head = text[:HEAD_CHARS]
    years = years_in(head)
    if not years:
        return None
    # Only lines with a year count, and of a long one only what may be its dateline.
    dated: list[tuple[int, str]] = []
    number = start = 0
    before = ""
    for raw in head.split("\n"):
        line = raw.strip()
        if line:
            has_year = any(start <= year < start + len(raw) for year in years)
            if has_year and not _RUNS_ON.search(before):
                dated.append((number, line if len(line) <= _STAMP else line[:_DATELINE]))
            number += 1
        before = line
        start += len(raw) + 1
        if number == HEAD_LINES or start > years[-1]:
            break
    head = "\n".join(line for _, line in dated)
    dates = settled(head, printed_dates(head))
    stated: set[frozenset[str]] = set()
    plain: set[frozenset[str]] = set()
    offset = 0
    for number, line in dated:
        here = [
            Printed(p.start - offset, p.end - offset, p.days)
            for p in dates
            if offset <= p.start < offset + len(line)
        ]
        offset += len(line) + 1
        for label, days in _line(line, here, number == 0):
            if label == "published":
                stated.add(days)
            elif label is None:
                plain.add(days)
    return only_day(stated) or (only_day(plain) if not stated else None)


def prints_another(text: str, day: str) -> bool:
    """Whether a short line among the first prints a day near ``day``, but not this one: a day on
    which a file was made is then not to be trusted."""
    made = datetime.date.fromisoformat(day)
    for line in text[:HEAD_CHARS].split("\n")[:HEAD_LINES]:
        for printed in printed_dates(line) if len(line) <= _SHORT else ():
            away = [abs((datetime.date.fromisoformat(d) - made).days) for d in printed.days]
            if 0 < min(away) <= _NEAR:
                return True
    return False


def in_running_heads(lines: Iterable[str]) -> str | None:
    """The day that the heads and feet of pages carry ("Gulf Wire  2 July 2021  3"), else None."""
    days = set()
    for line in lines:
        dates = settled(line, printed_dates(line)) if len(line) < 100 else []
        if len(dates) != 1 or _EVENT.search(line):
            continue
        rest = line[: dates[0].start] + line[dates[0].end :]
        if len(_bare(rest).split()) < 9:
            days.add(dates[0].days)
    return only_day(days)


def _line(line: str, dates: list[Printed], first: bool) -> list[tuple[str | None, frozenset[str]]]:
    """The days of one line as (label, possible days), where the line is one that tells when the
    document appeared; else nothing."""
    if not dates:
        return []
    if _is_stamp(line, dates):
        out = []
        for i, p in enumerate(dates):
            before = line[dates[i - 1].end if i else 0 : p.start]
            labels = list(_LABEL.finditer(before))
            out.append((labels[-1].lastgroup if labels else None, p.days))
        return out
    p = dates[0]
    line, dates = _without_update(line, dates)
    byline = len(dates) == 1 and (not first or _POSTED.search(line)) and _is_byline(line, p)
    if byline or _is_dateline(line, p, first):
        return [(None, p.days)]
    return []


def _without_update(line: str, dates: list[Printed]) -> tuple[str, list[Printed]]:
    """The line without what it tells of a later change, behind its first day."""
    label = next(_LABEL.finditer(line, dates[0].end), None)
    if label is None or label.lastgroup != "other":
        return line, dates
    return line[: label.start()].rstrip(" ([|-"), [p for p in dates if p.end <= label.start()]


def _bare(text: str) -> str:
    """What is left of a line without clock times, weekdays, words like "published" and marks."""
    if not text or not any(map(str.isalnum, text)):
        return ""
    return _MARKS.sub(" ", _NOISE.sub(" ", text)).strip()


def _is_stamp(line: str, dates: list[Printed]) -> bool:
    """Nothing stands in the line but days, clock times and words like "published"."""
    if len(line) >= _STAMP or line.count(" ") > _WORDS:
        return False
    rest, end = [], 0
    for p in dates:
        rest.append(line[end : p.start])
        end = p.end
    return not _bare(" ".join([*rest, line[end:]]))


def _is_dateline(line: str, p: Printed, first: bool) -> bool:
    """``PLACE, day (AGENCY) - text``, ``(Place, day) text``, or a line that is only ``Place, day``,
    perhaps with its agency."""
    before, after = _BEFORE.sub(", ", line[: p.start]), _ERA.sub("", line[p.end :])
    before = _DAY_BEFORE.sub("", before)
    agency = _AGENCY.fullmatch(after)
    if agency and not _EVENT.search(agency[0]):
        after = ""
    words = [w for w in _APART.split(WEEKDAY.sub(" ", before)) if w]
    if len(before) > 80 or len(words) > 9:
        return False
    if words and (words[0].lower() in _NO_PLACE or not all(map(_PLACE_WORD.match, words))):
        return False
    if _EVENT.search(before):
        return False
    if words and (closing := _CLOSED.match(after)):
        opening = before.rfind("[" if closing[0] == "]" else "(")
        if opening == 0:
            return "," in before or before.isupper()
        if opening == len(before) - 1 and ("," in before or before.isupper()):
            before, after = before[:-1].rstrip() + ",", after[closing.end() :]
    if words and not after.strip() and before.isupper() and len(words) < 4:
        return True
    if words and before.rstrip()[-1] not in ",.-–—:(|/" and words[-1].upper() != words[-1]:
        return False
    if len(after) < 60 and not _bare(after):
        return 0 < len(words) <= 4 and before.rstrip()[-1:] in (",", "|", "–", "—", "-")
    if not words and not first and _ONLY_PLACE.fullmatch(after):
        return True
    if not words:  # "12 January 1991: the vote" is a headline, "12 January 1991 - DUBAI -" is not
        return _PLACE_AFTER.match(after) is not None
    return _AFTER_DATE.match(after) is not None


def _is_byline(line: str, p: Printed) -> bool:
    """A name, a place or an agency and a day, set apart by a bar, a dash or the word "By"; or
    "Published in NAME" and a day."""
    if len(line) > 150 or _EVENT.search(line):
        return False
    before, after = line[: p.start], line[p.end :]
    if len(_bare(before + after).split()) > 8:
        return False
    parts = _BAR.split(f"{before}\0{after}")
    if len(parts) > 1 and any("\0" in part and not _bare(part.replace("\0", "")) for part in parts):
        return True
    rest = _APART.split(_NOISE.sub(" ", f"{before} | {after}"))
    if not all(w[0].isupper() or w in ("and", "for", "of", "staff") for w in rest if w.strip("- ")):
        return False
    return bool(_BY.match(line) or _DASH_BEFORE.search(before))
