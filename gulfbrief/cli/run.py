"""One run of one command: its settings, its index, and where its answer goes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import config
from ..errors import StoreError
from ..model import Answer, Window
from .app import ClosedPipeError

if TYPE_CHECKING:
    from ..show.output import Output
    from ..store.reader import Index


@dataclass
class Run:
    """``asked`` are the shared options as they were typed, for the ``query`` of the answer."""

    name: str
    settings: config.Settings
    format: str
    limit: int
    window: Window
    quiet: bool
    verbose: bool
    asked: dict[str, Any]

    @classmethod
    def of(
        cls, name: str, given: Mapping[str, Any], formats: tuple[str, ...], limit: int
    ) -> Run:
        """A run with the shared options ``given``; ``formats`` and ``limit`` are the command's own
        (its first format stands in where the settings name one that it has not)."""
        options = dict(given)
        if options.get("json"):
            options["format"] = "json"
        if options.get("index") is not None:
            options["index"] = str(options["index"])
        settings = config.load(options)
        window = Window()
        if options.get("since") or options.get("until") or options.get("doc"):
            from ..answer.window import window as parsed

            window = parsed(options["since"], options["until"], options["doc"])
        asked = {
            "from": options.get("since"),
            "to": options.get("until"),
            "doc": options.get("doc"),
            "limit": options.get("limit"),
        }
        return cls(
            name,
            settings,
            settings.format if settings.format in formats else formats[0],
            limit if settings.limit is None else settings.limit,
            window,
            bool(options.get("quiet")),
            bool(options.get("verbose")),
            asked,
        )

    def guarded(self, work: Callable[[], int]) -> int:
        """The exit status of ``work``; a closed pipe ends it quietly, a fault in one line."""
        try:
            status = work()
            sys.stdout.flush()
            return status
        except BrokenPipeError:
            raise ClosedPipeError from None

    def index_path(self) -> Path:
        """The index that this run reads. Raises ``StoreError`` where there is none."""
        if self.settings.index:
            path = Path(self.settings.index)
            if not path.exists():
                raise StoreError(f"no index at {path}: make it with: gulfbrief index FOLDER --index {path}")
            return path
        found = config.find_index()
        if found is None:
            raise StoreError("no index here or in a folder above: make one with: gulfbrief index FOLDER")
        return found

    def open(self) -> Index:
        """The index, to be used in a ``with``."""
        from ..store.reader import Index

        return Index.open(self.index_path())

    def note(self, text: str) -> None:
        """A line for the user on standard error, unless ``--quiet``."""
        if not self.quiet:
            from ..show.harmless import visible

            print(visible(text), file=sys.stderr)

    def output(self, path: Path | None = None) -> Output:
        """Where the answer goes: standard output, or a file."""
        from ..show.output import Output

        return Output(self.format, self.settings.color, self.settings.pager, path)

    def answer(
        self,
        answer: Answer[Any],
        query: Mapping[str, Any],
        *,
        names: Mapping[str, str] | None = None,
        nothing: str = "nothing matched",
    ) -> int:
        """Writes the answer; the exit status is 1 where it is empty, and ``nothing`` says why."""
        self.output().answer(self.name, {**query, **self.asked}, answer, names or {})
        if answer.total:
            return 0
        if self.format in ("table", "markdown"):
            self.note(nothing)
        return 1

    def write_records(self, records: Iterable[dict[str, Any]], kind: str) -> int:
        """Writes records as they come; the number written."""
        return self.output().records(kind, records)
