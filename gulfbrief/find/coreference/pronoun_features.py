"""The features by which a candidate for a pronoun is weighed: templates (log_linear.py)."""

from __future__ import annotations

from typing import Literal

from ..log_linear import Features

Slot = Literal["subject", "object", "possessive", "reflexive"]


def near(
    slot: Slot, role: str, kind: str, away: int, recency: int, speaks: bool, opens: str
) -> Features:
    """How far back, and as what, somebody was meant last."""
    near = min(away, 2)
    out = [
        "candidate",
        f"away={away}",
        f"{slot} away={away}",
        f"{slot} {role} away={near}",
        f"{role} {kind} away={near}",
        f"{slot} recency={recency}",
        f"recency={recency} away={near}",
    ]
    if speaks:
        out += (f"speaks {role} away={near}", f"speaks away={away}")
    if opens:
        out += (f"opens {opens} {role} away={near}", f"opens {opens} away={away}")
    return tuple(out)


def meant(
    slot: Slot, away: int, since: int, saying: bool, lead: bool, joined: bool, relative: bool,
    unnamed: bool, unlike: str, later: str, paragraph: bool,
) -> Features:  # fmt: skip
    """What is known of the place where somebody was meant last, and of the next."""
    near = min(away, 2)
    out = []
    if saying:
        out.append(f"{slot} sayer away={near}" if away else f"{slot} sayer")
    if lead:
        out.append(f"{slot} lead away={away}")
    if since >= 0:
        out.append(f"{slot} subject of {since}")
    if joined:
        out.append(f"{slot} joined away={near}")
    if relative:
        out.append(f"{slot} relative away={near}")
    if unnamed:
        out += ("unnamed", f"unnamed away={away}")
    if unlike:
        out += (f"typed {unlike}", f"typed away={near}")
    if later:
        out += (later, f"{slot} {later}")
    if paragraph:
        out.append(f"paragraph away={near}")
    return tuple(out)


def named(often: int, count: int, rank: int, first: bool) -> Features:
    """How often somebody is meant and named beside others."""
    out = (f"often={often}", f"count={count}", f"rank={rank}")
    return (*out, "first named") if first else out


def sole(speaks: bool) -> Features:
    return "sole", "sole speaks" if speaks else "sole silent"


def within(slot: Slot, role: str, kind: str, between: int, word: str) -> Features:
    """How many clauses lie between, within the sentence, and the word between if it is one."""
    out = (
        f"{slot} clauses={between}",
        f"{slot} {role} clauses={min(between, 3)}",
        f"{slot} {role} {kind} clauses={min(between, 1)}",
    )
    return (*out, f"{slot} next {word}") if word else out


def topic(slot: Slot, lead: int, away: int, opens: str, fits: int) -> Features:
    """For whom the document names most often, how it leads and whether the pronouns fit it."""
    out = (
        f"topic lead={lead}",
        f"{slot} topic lead={lead}",
        f"topic away={away}",
        f"topic fits={fits}",
    )
    return (*out, f"topic opens {opens}") if opens else out


def known() -> Features:
    return ("gender",)


def by_name(level: int, bare: str, once: bool, alone: str) -> Features:
    """What the name of somebody tells of a gender that is not known."""
    out = [f"ending={level}", "no gender"]
    if bare:
        out.append(bare)
    if once:
        out.append("bare word once")
    if alone:
        out.append(alone)
    return tuple(out)


def company(fits: int, against: int) -> Features:
    return (f"company {fits} {against}",)


def fronted(slot: Slot, how: str, new: bool) -> Features:
    """For the subject of the main clause that follows."""
    return f"ahead {how}", f"{slot} ahead {how} {'new' if new else 'known'}"


def quoted(slot: Slot, role: str, away: int, saying: bool) -> Features:
    """For a pronoun within quotation marks, which seldom means who speaks."""
    out = (f"quoted away={away}", f"quoted {role} away={min(away, 2)}", f"quoted {slot}")
    return (*out, "quoted saying") if saying else out


def cited(slot: Slot, between: int, new: bool) -> Features:
    """For who is named before a pronoun within its quotation."""
    return f"cited clauses={between}", f"{slot} cited {'new' if new else 'known'}"


def nobody_quoted(slot: Slot) -> Features:
    return "nobody quoted", f"nobody quoted {slot}"


def chain(slot: Slot, same: bool, since: int, before: Slot) -> Features:
    """Whether the last pronoun of that gender meant the same one."""
    who = "same" if same else "other"
    return (
        f"chain {who} {since}",
        f"{slot} chain {who} {since}",
        f"{slot} after {before} {who} {min(since, 2)}",
    )


def nobody(
    few: int, slot: Slot, gender: str, speaks: bool, unchained: bool, nearest: int | None
) -> Features:
    out = ["nobody", f"nobody of {few}", f"nobody {slot}", f"nobody {gender}"]
    if speaks:
        out.append("nobody speaks")
    if unchained:
        out.append("nobody unchained")
    if nearest is not None:
        out.append(f"nobody away={nearest}")
    return tuple(out)
