"""One run of one command: its settings, its index, and where its answer goes."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import config, places
from ..errors import StoreError, UnknownError, UsageError
from ..model import ActorSummary, Answer, Asked, FoundEvent, ScreenedName
from ..show.selection import Selection, fields
from .failure import ClosedPipeError, fail

if TYPE_CHECKING:
    from ..library import Bounds, Library
    from ..model import Actor, Brief, DocumentRecord, Findings
    from ..show.output import Output
    from ..store.build import Report


@dataclass
class Run:
    """``asked`` are the shared options and ``typed`` the command's own parameters as they were
    typed, for the ``query`` of an answer."""

    name: str
    settings: config.Settings
    format: str
    limit: int
    quiet: bool
    verbose: bool
    asked: dict[str, Any]
    selection: Selection = Selection()
    format_asked: bool = False
    has_lines: bool = False
    typed: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, given: Mapping[str, Any], formats: tuple[str, ...], limit: int) -> Run:
        """A run with the shared options ``given``; ``formats`` and ``limit`` are the command's own
        (its first format stands in where the settings name one that it has not)."""
        options = dict(given)
        if options.get("jq") == "":
            options["jq"] = "."  # to jq they are the same
        for option in ("json", "jq"):
            if options.get(option):
                if (other := options.get("format")) not in (None, "json"):
                    raise UsageError(f"--{option} and --format {other}: give one of them")
                options["format"] = "json"
        if options.get("index") is not None:
            options["index"] = str(options["index"])
        typed = options.pop("format", None)  # already one of ``formats``
        settings = config.load(options)
        form = typed or (settings.format if settings.format in formats else formats[0])
        chosen = _selection(options)
        if chosen.fields and form not in ("json", "jsonl", "csv"):
            raise UsageError("--fields goes with --json, --format jsonl or --format csv")
        if chosen.bare and options.get("limit") is None:
            settings = replace(settings, limit=0)
        asked = {
            "from": options.get("since"),
            "to": options.get("until"),
            "doc": options.get("doc"),
            "limit": options.get("limit"),
        }
        if options.get("added"):
            asked["added"] = options["added"]
        run = cls(
            name,
            settings,
            form,
            limit if settings.limit is None else settings.limit,
            bool(options.get("quiet")),
            bool(options.get("verbose")),
            asked,
            chosen,
            format_asked=typed is not None,
            has_lines="lines" in given,
        )
        for line in settings.ignored:
            run.note(line)
        return run

    def guarded(self, work: Callable[[], int]) -> int:
        """The exit status of ``work``; a closed pipe ends it quietly, a fault in one line."""
        begun = time.monotonic()
        try:
            status = work()
            sys.stdout.flush()
            if self.verbose:
                self.note(f"{self.name}: {time.monotonic() - begun:.3f} s")
            return status
        except BrokenPipeError:
            raise ClosedPipeError from None
        except UnknownError:
            if self.format == "json" and not self.typed.get("output"):
                typed = {k: str(v) if isinstance(v, Path) else v for k, v in self.typed.items()}
                self.output().answer(self.name, {**typed, **self.asked}, Answer(0, ()))
            raise

    def index_path(self) -> Path:
        """The index that this run reads. Raises ``StoreError`` where there is none."""
        path = self.nearest_index()
        if path is None:
            raise StoreError("no index here or in a folder above: make one: gulfbrief index FOLDER")
        if not path.exists():
            raise StoreError(f"no index at {path}: make it: gulfbrief index FOLDER --index {path}")
        return path

    def nearest_index(self) -> Path | None:
        """The index that was named, else the nearest; null where there is none."""
        return Path(self.settings.index) if self.settings.index else places.find_index()

    def open(self) -> Library:
        """The index, to be used in a ``with``; a note tells where a build of it was cut short."""
        from ..library import Library

        held = Library(self.index_path())
        try:
            if held.unresolved:
                self.note(
                    "actors are not counted in all documents yet: a build goes on, or was cut short"
                    " and 'gulfbrief index' completes it"
                )
            if file := held.new_decisions:
                self.note(f"{file} has changed: 'gulfbrief index' decides anew who is who")
        except BaseException as error:
            held.__exit__(type(error), error, None)  # says what damage means
            raise
        return held

    @property
    def bounds(self) -> Bounds:
        """What bounds the documents, as the library's questions take it."""
        asked = self.asked
        return {
            "since": asked["from"],
            "until": asked["to"],
            "doc": asked["doc"],
            "added": asked.get("added"),
        }

    @property
    def bounded(self) -> bool:
        """Whether options bound the documents or the number of results."""
        return any(self.bounds.values()) or self.asked["limit"] is not None

    @property
    def at_terminal(self) -> bool:
        """Whether a table goes to a terminal, where a person reads it."""
        return self.format == "table" and sys.stdout.isatty()

    @property
    def _in_lines(self) -> bool:
        """Whether a table in a pipe is to be a line for each result (setting ``pipe``)."""
        return (
            self.settings.pipe == "lines"
            and self.has_lines
            and not (self.format_asked or self.selection.bare)
            and self.format == "table"
            and not sys.stdout.isatty()
        )

    def note(self, text: str) -> None:
        """A line for the user on standard error, behind what was answered, unless ``--quiet``."""
        if not self.quiet:
            from ..show.harmless import visible

            sys.stdout.flush()
            print(visible(text), file=sys.stderr)

    def output(self, path: Path | None = None) -> Output:
        """Where the answer goes: standard output, or a file."""
        from ..show.output import Output

        index = self.nearest_index()
        base = places.root_of(index) if index else Path.cwd()
        held = self.settings
        return Output(self.format, held.color, held.pager, base, path, self.selection, self.quiet)

    def answer(
        self,
        answer: Answer[Any],
        query: Mapping[str, Any],
        *,
        held: Library | None = None,
        nothing: str = "nothing matched",
    ) -> int:
        """Writes the answer; the exit status is 1 where it is empty, and ``nothing`` says why."""
        person = self.format in ("table", "markdown")
        meant = _meant(held, query) if held else {}
        resolved = {typed: actor.id for typed, actor in meant.items()}
        names = _names(held, answer.results, meant) if person and held else {}
        asked = {**query, **self.asked, "resolved": resolved}
        if self._in_lines:
            self.selection = Selection(lines=True)
        self.output().answer(self.name, asked, answer, names)
        for typed, actor in meant.items():
            if held and not held.is_called(actor, typed):
                self.note(f"{typed} is read as {actor.name}")
        if answer.total:
            return 0
        if person:
            self.note(nothing + self._advice(held))
        return 1

    def _advice(self, held: Library | None) -> str:
        """What to do where nothing was found."""
        if held is not None and not held.status().documents:
            return ": the index is empty; fill it with: gulfbrief index FOLDER"
        if any(self.bounds.values()):
            typed = [f"--{name}" for name in ("from", "to", "doc", "added") if self.asked.get(name)]
            return f": try without {' and '.join(typed)}"
        return ADVICE.get(self.name, "")

    def place(
        self, held: Library, typed: str, at: str | None
    ) -> tuple[DocumentRecord, tuple[int, int] | None]:
        """The document that was typed as DOC or DOC:LINE[:COLUMN], and the place to open it at."""
        behind = re.fullmatch(r"(.+?):(\d+(?::\d+)?):?", typed)
        try:
            document = held.document(typed)
        except UnknownError:
            if behind is None:
                raise
            if at is not None:
                raise UsageError(f"{typed} names a line already: leave out --at") from None
            document, at = held.document(behind[1]), behind[2]
        if at is None:
            return document, None
        found = re.fullmatch(r"(\d+)(?::(\d+))?", at)
        if found is None:
            raise UsageError(f"--at: '{at}' is not LINE or LINE:COLUMN")
        return document, (int(found[1]), int(found[2] or 1))

    def asked_in(self, name: str) -> list[str]:
        """The questions of a list, one per line or cell of a CSV column. Raises ``UsageError``."""
        from .lists import read

        return read(name)

    def answers(self, name: str, text: str, ask: Callable[..., Answer[Any]]) -> int:
        """Writes the answer to each question of a list; 1 where none has any."""
        if text:
            raise UsageError("--queries and words on the command line: give one of them")
        if self.selection.bare:
            raise UsageError("--queries goes without --count, --paths, --lines and --ids")
        limit = self.limit if self.asked["limit"] is not None else 1
        found = (Asked(one, ask(one, limit=limit)) for one in self.asked_in(name))
        return self.output().answers(self.name, found)

    def screened(self, found: Iterable[ScreenedName]) -> int:
        """Writes whom each name of a list means; 1 where all mean nobody."""
        rows = tuple(found)
        self.output().screened(Answer(len(rows), rows))
        return 0 if any(row.actor for row in rows) else 1

    def document(
        self, held: DocumentRecord, text: str, found: Findings, at: tuple[int, int] | None
    ) -> int:
        """Writes one document with what was found in it, from the line and column ``at`` on."""
        self.output().document(held, text, found, at)
        return 0

    def brief(self, dossier: Brief, query: Mapping[str, Any], path: Path | None) -> int:
        """Writes a dossier."""
        self.output(path).brief(dossier, {**query, **self.asked})
        if path:
            self.note(f"written to {path}")
        return 0

    def existing(self, paths: Sequence[str]) -> list[str]:
        """The paths that are there; the others are named, and fail only if none is there. Raises
        ``UsageError`` for a pipe, as a shell hands it over for <(command)."""
        for path in paths:
            if path != "-" and stat.S_ISFIFO(_mode(path)):
                raise UsageError(
                    f"{path} is a pipe; a document from one: COMMAND | gulfbrief index -"
                )
        missing = [p for p in paths if p != "-" and not os.path.lexists(p)]
        if missing and len(missing) == len(paths):
            raise UsageError(f"no such file or folder: {', '.join(missing)}")
        self.missing = missing
        return [p for p in paths if p not in missing]

    def built(self, report: Report, index: Path) -> int:
        """Tells what a build did; each file that could not be read is named with its reason."""
        for worker, reason in report.refused[:TOLD]:
            self.note(f"{worker} was not used: {reason}")
        for path, reason in report.partly[:TOLD]:
            self.note(f"{path}: {reason}")
        if (more := len(report.partly) - TOLD) > 0:
            self.note(f"{more:,} more like these; gulfbrief docs --warnings names them")
        for path, told in report.columns[:TOLD]:
            self.note(f"{path}: {told}")
        failed = self._not_read(report)
        changes = [
            f"{count:,} {what}"
            for count, what in (
                (report.added, "added"),
                (report.updated, "updated"),
                (report.removed, "removed"),
                (report.unchanged, "unchanged"),
                (report.ignored, "ignored"),
                (len({path for path, _ in report.partly}), "read in part"),
                (failed, "not read"),
            )
            if count
        ]
        if report.anew:
            self.note("the index was made by an older gulfbrief and was rebuilt from its files")
        if report.damaged:
            self.note(
                "the index was damaged and was rebuilt from its files; the old one is kept as"
                f" {report.damaged}"
            )
        rate = f", {report.words:,} words in {report.seconds:.1f} s" if report.words else ""
        where = f"the index is {places.from_here(index) or index}"
        if not index.exists():
            where = "no index was made"
        self.note(f"{', '.join(changes) or 'no files there'}{rate}; {where}")
        if report.undated:
            have = "has" if report.undated == 1 else "have"
            self.note(UNDATED.format(report.undated, report.documents, have))
        return 4 if failed else 0

    def planned(self, files: Sequence[tuple[str, str]], report: Report) -> int:
        """Tells what a build would do, a line a file."""
        from ..show.harmless import visible

        failed = self._not_read(report)
        for sign, name in files:
            print(f"{sign} {visible(name)}")
        signs = [sign for sign, _ in files]
        self.note(
            f"{signs.count('+'):,} would be added, {signs.count('~'):,} read again,"
            f" {signs.count('-'):,} removed; {report.unchanged:,} unchanged,"
            f" {report.ignored:,} ignored; nothing was changed"
        )
        return 4 if failed else 0

    def _not_read(self, report: Report) -> int:
        """Names each file that could not be read, with its reason; how many there are."""
        failed = [(path, "no such file or folder") for path in self.missing] + report.failed
        for path, reason in failed:
            fail(f"{path}: {reason}", 4)
        return len(failed)

    def waiting(self, what: str) -> None:
        """A note where a terminal is asked for what else would come from a pipe."""
        if sys.stdin.isatty():
            self.note(f"type {what}, then Ctrl-D")

    def watched(self, reports: Iterable[Report], index: Path) -> int:
        """Tells each report of a folder that is followed, until Ctrl-C."""
        for number, report in enumerate(reports):
            self.built(report, index)
            if not number:
                self.note("watching; Ctrl-C ends it")
        return 0

    def in_force(self) -> config.Settings:
        """The settings without the options that say how they are to be shown."""
        return config.load({"index": self.settings.index})

    def facts(self, held: Library) -> dict[str, Any]:
        """What the index holds, and the settings in force."""
        from dataclasses import asdict

        in_force = self.in_force()
        settings = {name: getattr(in_force, name) for name in config.NAMES}
        status = asdict(held.status())
        return {"index": status.pop("path"), **status, "settings": settings}

    def draft(self, name: str) -> str:
        """The text of a draft, a file of any format that can be read or standard input."""
        from ..read import read, read_bytes

        if name == "-":
            self.waiting("the draft")
            data = sys.stdin.buffer.read()
            documents = list(read_bytes(data, "draft")) if data else []
        else:
            path = Path(name)
            if os.path.isdir(path):
                raise UsageError(f"{name} is a folder; {self.name} needs a file")
            if not os.path.isfile(path):  # unlike Path's, never an error
                raise UsageError(f"no such file: {name}")
            documents = list(read(path))
        if not documents:
            raise UsageError(f"{name}: there is no text in it")
        return documents[0].text


TOLD = 20
"""Documents read in part that are named one by one."""

UNDATED = (
    "{:,} of {:,} documents {} no publication date, so words like 'Tuesday' cannot be dated:"
    " set it with --published, or in NAME.EXT.toml beside the file"
)

ADVICE = {
    "search": ": try fewer words, or without quotation marks",
    "quotes": ": try fewer words, or another name (gulfbrief actors lists them)",
    "timeline": ": try fewer words, or another name (gulfbrief actors lists them)",
}


def _selection(options: Mapping[str, Any]) -> Selection:
    """What of the answer was asked for. Raises ``UsageError`` for two that exclude each other."""
    typed = [name for name in ("fields", "count", "paths", "lines", "ids") if options.get(name)]
    if len(typed) > 1:
        raise UsageError(f"--{typed[0]} and --{typed[1]}: give one of them")
    bare = next((name for name in ("count", "paths", "lines", "ids") if options.get(name)), None)
    if options.get("jq") and bare:
        raise UsageError(f"--jq and --{bare}: give one of them")
    if options.get("null") and bare not in ("paths", "ids"):
        raise UsageError("-0 goes with --paths or --ids")
    return Selection(
        fields(options["fields"]) if options.get("fields") else (),
        null=bool(options.get("null")),
        jq=options.get("jq") or "",
        **{name: True for name in (bare,) if name},
    )


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return 0


def _meant(held: Library, query: Mapping[str, Any]) -> dict[str, Actor]:
    """The actors that were typed, by what was typed."""
    given = [query[key] for key in ("by", "about", "actor", "name") if query.get(key)]
    typed = [name for each in given for name in (each if isinstance(each, list) else [each])]
    return {name: held.find_actor(name) for name in typed}


def _names(held: Library, results: Iterable[Any], meant: Mapping[str, Actor]) -> dict[str, str]:
    """The names of the actors that events among ``results`` and the query speak of."""
    events = [e for r in results for e in (r.events if isinstance(r, ActorSummary) else (r,))]
    ids = {a for e in events if isinstance(e, FoundEvent) for a in e.event.actors}
    return held.names(ids) | {typed: actor.name for typed, actor in meant.items()}
