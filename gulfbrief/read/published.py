"""The day of publication as a document prints it: in its first lines, its file name, its metadata.

Small strict patterns, made for the lines in which agencies, papers and offices put their day. The
rule above all others: a wrong anchor makes every relative date of a document wrong, so where two
readings stand against each other (a day and a month that may be swapped, two different days) the
answer is None. Days are ISO strings; clock times are ignored, a day is taken as it is written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

HEAD_LINES = 15  # lines with words in which a day may be printed
HEAD_CHARS = 4_000
_STAMP = 200  # a line that only tells when and by whom is no longer
_WORDS = 24
_DATELINE = 200  # and of a longer one only so much can be its dateline

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS.split(), 1)}

_M = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_Y = r"(?P<{}>(?:1[89]|20)\d\d)(?!\d|[.:]\d)"
_D = r"(?<![\d.:/])(?P<{}>\d{{1,2}})"
_DATE = re.compile(
    "|".join(
        (
            # 2 July 2021, 2nd July, 2021, 02-Jul-2021, 2 of July 2021
            _D.format("d1")
            + r"(?:st|nd|rd|th)?(?:\s+of)?[\s./-]{0,3}"
            + _M.format("m1")
            + r"[\s,./-]{0,3}"
            + _Y.format("y1"),
            # July 2, 2021, Jul. 02 2021
            r"\b"
            + _M.format("m2")
            + r"[\s-]{0,3}(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[\s/-]{1,3})"
            + _Y.format("y2"),
            # 2021-07-02, 2021/07/02, 2021.07.02
            r"(?<![\d.:/-])(?P<y3>(?:1[89]|20)\d\d)(?P<s3>[-/.])(?P<m3>\d\d?)(?P=s3)"
            r"(?P<d3>\d\d?)(?=T\d|Z\b|[^\d]|$)(?![-/]\d|\.\d)",
            # 02.07.2021, 15/07/2021: the order is decided below
            _D.format("a4") + r"(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)" + _Y.format("y4"),
            # 2021 July 2, 2021-Jul-02
            r"(?<!\d)(?P<y5>(?:1[89]|20)\d\d)[\s,./-]{1,2}"
            + _M.format("m5")
            + r"[\s./-]{0,2}(?P<d5>\d{1,2})(?!\d|:\d)",
            # the date-time group of cables: 020941Z JUL 21
            r"\b(?:[OPRZ] )?(?P<d6>\d\d)[0-2]\d[0-5]\d\s?Z\s?"
            + _M.format("m6")
            + r"\s?(?P<y6>(?:20)?\d\d)(?!\d)",
        )
    ),
    re.I,
)
# What a date cannot do without; two patterns, since each alone is many times faster than both.
_YEAR = re.compile(r"[12][089]\d\d")
_GROUP = re.compile(r"\d{6} ?Z")
_LONGEST = 30  # characters from the beginning of a date to its year, and from there to its end

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.I
)
_CLOCK = re.compile(
    r"(?<!\d)T?(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d){1,2}(?:\.\d+)?(?!\d)\s?(?:hrs?\b|h\b)?"
    r"|(?<!\d)(?:[01]\d|2[0-3])[0-5]\d\s?(?=hrs|hours|gmt|utc|z\b|[(]?gmt)"
    r"|\b\d{1,2}\s?(?=[ap]\.?m\b)",
    re.I,
)
_ZONE = re.compile(
    r"(?<![A-Za-z])[ap]\.?m\b\.?|\b(?:GMT|UTC|BST|CES?T|EES?T|MSK|IRS?T|IRDT|GST|AST|EDT|EST|ET|CDT|CT|MDT|PDT"
    r"|PST|PT|IST|PKT|SGT|HKT|JST|AEST|Z)\b|(?<=\d)Z\b|[+\-−]\d{1,2}:?(?:\d\d)?\b|\blocal time\b"
    r"|\bhrs\b|\bhours\b",
    re.I,
)
# Words before a day: those that say it was published then, and those that say something else.
_PUBLISHED = (
    r"(?:first |originally |article )?"
    r"(?:published|posted|released|issued|filed|sent|uploaded|aired|created|written|dtg)"
    r"|publication date|publish(?:ed)? date|release date|date of (?:publication|issue|release)"
    r"|(?:news)?date|date ?line|issue date|pub ?date|(?:embargoed|embargo) until"
    r"|for (?:immediate )?release"
)
_OTHERWISE = (
    r"(?:last |latest )?(?:updated?|modified|edited|changed|revised|reviewed|corrected|amended)"
    r"|last (?:update|modified|change|edit)|accessed|retrieved|downloaded|printed|saved|archived"
    r"|as of|recorded|expires?|until|valid"
)
_LABEL = re.compile(rf"\b(?:(?P<published>{_PUBLISHED})|(?P<other>{_OTHERWISE}))\b", re.I)
_SMALL = re.compile(
    r"\b(?:\d+ (?:minute|hour|day|week|month|year)s? ago"
    r"|on|at|by|the|date|time|and|from|in|online|web|print|edition|day|\d+ min(?:ute)?s?"
    r"(?: read)?|min read|read(?:ing time)?|read time)\b",
    re.I,
)
_NOISE = re.compile(
    "|".join(f"(?:{p.pattern})" for p in (_CLOCK, _ZONE, _WEEKDAY, _LABEL, _SMALL)), re.I
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
    credit source
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
_BY = re.compile(r"by\b|(?:first |originally )?(?:published|appeared|printed) (?:in|on|by)\b", re.I)
_POSTED = re.compile(r"@\w|\d:\d\d")  # a post begins with its author and clock time
_DASH_BEFORE = re.compile(r"\w(?:\s*[|·•/–—]|\s+-\s)\s*(?:\w+,?\s+)?$")
_PLACE_AFTER = re.compile(r"\s*(?:--|[-–—(|])\s*[A-ZÀ-Þ]{2,}")
_APART = re.compile(r"[\s,.;:()\[\]|/–—]+|(?:^|\s)-+(?:\s|$)")
_BAR = re.compile(r"\s*[|·•]\s*|\t|\s{3,}")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as printed: its possible days (two where day and month may be swapped)."""

    start: int
    end: int
    days: frozenset[str]
    separator: str = ""  # of a day and month both in figures
    day_first: bool | None = None  # what such a date shows of its writer's order


# ---- the dates in a line -------------------------------------------------------------------


def _day(year: str, month: str | int, day: str) -> str | None:
    number = month if isinstance(month, int) else int(month)
    full = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return datetime.date(full, number, int(day)).isoformat()
    except ValueError:
        return None


def _years(text: str) -> list[int]:
    """Where a year or a date-time group begins."""
    found = [m.start() for m in _YEAR.finditer(text)]
    if "Z" in text and (group := _GROUP.search(text)):
        found = sorted((*found, group.start()))
    return found


def _printed(text: str) -> list[Printed]:
    """All full dates of a short text, in order; figures that name no day of a calendar are none."""
    years = _years(text)
    if not years:
        return []
    out = []
    for match in _DATE.finditer(text, max(0, years[0] - _LONGEST), years[-1] + _LONGEST):
        n = (match.lastgroup or "")[-1]
        if n == "4":
            out.append(_numeric(match))
            continue
        month = match["m" + n]
        number = int(month) if month.isdigit() else _MONTH[month[:3].lower()]
        day = _day(match["y" + n], number, match["d" + n])
        if day:
            out.append(Printed(*match.span(), frozenset({day})))
    return [p for p in out if p.days]


def _numeric(match: re.Match[str]) -> Printed:
    """``02.07.2021`` is written day first wherever dots are used; with strokes and hyphens the
    order is known only where one of the two figures is no month."""
    a, b, year, sign = (match[g] for g in ("a4", "b4", "y4", "s4"))
    day_first, month_first = _day(year, b, a), _day(year, a, b)
    if sign == "." and day_first:
        month_first = None
    days = frozenset(d for d in (day_first, month_first) if d)
    shows = None if len(days) != 1 or a == b else day_first is not None
    return Printed(*match.span(), days, sign, shows)


def _settle(text: str, found: list[Printed]) -> list[Printed]:
    """Swappable dates made sure where the weekday beside them, or another date that the same hand
    wrote with the same sign, shows the order."""
    shown = {(p.separator, p.day_first) for p in found if p.day_first is not None}
    out = []
    for p in found:
        days = p.days
        if len(days) > 1:
            near = _WEEKDAY.search(text, max(0, p.start - 12), p.end + 12)
            if near:
                weekday = _WEEKDAYS.index(near[1][:3].lower())
                fit = {d for d in days if datetime.date.fromisoformat(d).weekday() == weekday}
                days = frozenset(fit) or days
            orders = {order for sign, order in shown if sign == p.separator}
            if len(days) > 1 and len(orders) == 1:
                a, b, year = re.findall(r"\d+", text[p.start : p.end])
                sure = _day(year, b, a) if True in orders else _day(year, a, b)
                days = frozenset({sure}) if sure else days
        out.append(Printed(p.start, p.end, days))
    return out


# ---- the first lines -----------------------------------------------------------------------


def in_first_lines(text: str) -> str | None:
    """The day that a stamp line, a byline or a dateline among the first lines prints, else None."""
    head = text[:HEAD_CHARS]
    years = _years(head)
    if not years:
        return None
    # Only lines with a year count, and of a long one only what may be its dateline.
    dated: list[tuple[int, str]] = []
    number = start = 0
    for raw in head.split("\n"):
        line = raw.strip()
        if line:
            if any(start <= year < start + len(raw) for year in years):
                dated.append((number, line if len(line) <= _STAMP else line[:_DATELINE]))
            number += 1
        start += len(raw) + 1
        if number == HEAD_LINES or start > years[-1]:
            break
    head = "\n".join(line for _, line in dated)
    dates = _settle(head, _printed(head))
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
    return _one(stated) or (_one(plain) if not stated else None)


def in_running_heads(lines: Iterable[str]) -> str | None:
    """The day that the heads and feet of pages carry ("Gulf Wire  2 July 2021  3"), else None."""
    days = set()
    for line in lines:
        found = _settle(line, _printed(line)) if len(line) < 100 and not _EVENT.search(line) else []
        if (
            len(found) == 1
            and len(_bare(line[: found[0].start] + line[found[0].end :]).split()) < 9
        ):
            days.add(found[0].days)
    return _one(days)


def _one(candidates: set[frozenset[str]]) -> str | None:
    """The only day that all candidates allow."""
    if not candidates:
        return None
    common = frozenset.intersection(*candidates)
    return next(iter(common)) if len(common) == 1 else None


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
        if len(out) > 1 and {label for label, _ in out} == {None}:
            return [(None, days) for _, days in out]
        return out
    p = dates[0]
    byline = len(dates) == 1 and (not first or _POSTED.search(line)) and _is_byline(line, p)
    if byline or _is_dateline(line, p):
        return [(None, p.days)]
    return []


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


def _is_dateline(line: str, p: Printed) -> bool:
    """``PLACE, day (AGENCY) - text``, or a line that is only ``Place, day``."""
    before, after = line[: p.start], line[p.end :]
    words = [w for w in _APART.split(_WEEKDAY.sub(" ", before)) if w]
    if len(before) > 80 or len(words) > 9:
        return False
    if words and (words[0].lower() in _NO_PLACE or not all(map(_PLACE_WORD.match, words))):
        return False
    if _EVENT.search(before):
        return False
    if words and before.rstrip()[-1] not in ",.-–—:(|/" and words[-1].upper() != words[-1]:
        return False
    if len(after) < 60 and not _bare(after):
        return 0 < len(words) <= 4 and before.rstrip()[-1:] in (",", "|", "–", "—", "-")
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
    if not all(w[0].isupper() or w in ("and", "for", "of", "staff") for w in rest if w.strip()):
        return False
    if re.match(
        r"by\b|(?:first |originally )?(?:published|appeared|printed) (?:in|on|by)\b", line, re.I
    ):
        return True
    return re.search(r"\w\s*[|·•/–—]\s*(?:\w+,?\s+)?$|\w\s+-\s+(?:\w+,?\s+)?$", before) is not None


# ---- file names and metadata ---------------------------------------------------------------

_NAME_DATE = re.compile(
    r"(?<!\d)(?:"
    r"(?P<y1>(?:19|20)\d\d)(?P<s1>[-_. ])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
    r"|(?P<a3>\d\d?)(?P<s3>[-_. ])(?P<b3>\d\d?)(?P=s3)(?P<y3>(?:19|20)\d\d)(?!\d)"
    r")"
)
_NOT_ISSUED = re.compile(
    r"(?:downloads?|downloaded|saved?|access(?:ed)?|scan(?:ned)?|exports?|exported|backup|retrieved"
    r"|img|dsc|screenshot|photo|print(?:ed)?|archived?|updated?|modified|wayback|crawl)(?![a-z])",
    re.I,
)


def in_file_name(name: str) -> str | None:
    """The day in a file name (``2021-07-02-talks.txt``), None where there are two or it may be the
    day of a download or a scan."""
    if not any(c.isdigit() for c in name) or _NOT_ISSUED.search(name):
        return None
    days: set[frozenset[str]] = set()
    for match in _NAME_DATE.finditer(name):
        group = match.groupdict()
        if group["a3"]:
            one = _day(group["y3"], group["b3"], group["a3"])
            two = (
                None if group["s3"] == "." and one else _day(group["y3"], group["a3"], group["b3"])
            )
            found = frozenset(d for d in (one, two) if d)
        else:
            n = "1" if group["y1"] else "2"
            day = _day(group["y" + n], group["m" + n], group["d" + n])
            found = frozenset({day} if day else ())
        if found:
            days.add(found)
    if re.search("[A-Za-z]{3}", name):
        apart = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", re.sub("[_+]", " ", name))
        days.update(p.days for p in _printed(apart))
    return _one(days) if len(set().union(*days)) < 3 else None


def day_first(values: Iterable[str]) -> bool | None:
    """The order of day and month that a column of dates shows; None where it shows none or both."""
    shown = {p.day_first for value in values for p in _printed(value[:60])} - {None}
    return shown.pop() if len(shown) == 1 else None


def stated(value: str, day_first: bool | None = None) -> str | None:
    """The day in a machine's or a person's value: ISO 8601, a mail date, ``D:20210702094100``, a
    number of seconds, ``July 2, 2021``. None where it names no day or may name two; ``day_first``
    tells the order where it is known."""
    value = value.strip()
    if match := re.match(
        r"(?:D:)?(\d{4})-?([01]\d)-?([0-3]\d)(?![\d])|D:(\d{4})(\d\d)(\d\d)", value
    ):
        year, month, day = (g for g in match.groups() if g)
        found = _day(year, month, day)
        return found if found and 1700 < int(year) < 2200 else None
    if re.fullmatch(r"\d{14}", value):
        return _day(value[:4], value[4:6], value[6:8])
    if re.fullmatch(r"[01]\d{9}(?:\d{3})?(?:\.\d+)?", value):
        seconds = float(value[:10])
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    printed = _settle(value, _printed(value))
    if printed:
        days = {p.days for p in printed}
        if day_first is not None and len(printed) == 1 and len(printed[0].days) == 2:
            a, b, year = re.findall(r"\d+", value[printed[0].start : printed[0].end])
            return _day(year, b, a) if day_first else _day(year, a, b)
        return _one(days)
    from email.utils import parsedate

    parsed = parsedate(value)
    if parsed and parsed[0] > 1000:
        return _day(str(parsed[0]), parsed[1], str(parsed[2]))
    return None
