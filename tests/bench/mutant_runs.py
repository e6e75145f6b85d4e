"""The tests run on mutants (mutants.py), as a plugin of pytest.

A copy of the package holds every mutant of a function behind a switch. All tests run on it once
with the switches off, which records the tests that come by each of them; then, for each mutant, a
fork of a process that has collected the tests turns its switch on and runs those, until one fails.
What runs at import (and a ``yield``, which makes a function what it is) cannot be switched: such a
mutant is written into another copy and runs in a process of its own.
"""

from __future__ import annotations

import builtins
import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from mutants import LEFT_OUT, ROOT, Mutant, everything

ENOUGH = 20.0  # seconds of tests that come by a line
NEAR = 6.0  # seconds of further tests, which come by other functions of its file: results are kept
PATIENCE = 180.0  # seconds until a mutant counts as one that never ends: caught
PROBES = 10_000  # numbers from here on are no mutants: they record who comes by a function

_SWITCH = '''
import builtins as _b, os as _o
def _switches(told):
    """In a file's name: off, and who comes by is written there. Else the number that is on."""
    if not told.startswith("/"):
        _b._mutant_on = [int(told)]
        return lambda number, on=_b._mutant_on: number == on[0]
    seen = set()
    def record(number):
        key = number, _o.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
        if key not in seen:
            seen.add(key)
            try:
                file = _o.open(told, _o.O_WRONLY | _o.O_APPEND | _o.O_CREAT)
                _o.write(file, ("%d\\t%s\\n" % key).encode())
                _o.close(file)
            except OSError:
                pass
        return False
    return record
if not hasattr(_b, "_mutant"):
    _b._mutant = _switches(_o.environ.get("MUTANT", "-1"))
'''


# ---- the copies ------------------------------------------------------------------------------


def switched(mutants: Sequence[Mutant], folder: Path) -> set[int]:
    """Write a copy of the project with ``mutants`` behind switches. Returns the numbers of those
    that have one."""
    copied(folder)
    files = {m.place.path for m in mutants}
    drawn = {(m.place.path, m.line) for m in mutants}
    probes: dict[tuple[str, str], Mutant] = {}
    for m in everything():
        if m.place.path in files and m.place.function and (m.place.path, m.line) not in drawn:
            probes.setdefault((m.place.path, m.place.function), m)
    out = set()
    for number, m in [*enumerate(mutants), *enumerate(probes.values(), PROBES)]:
        path = folder / "gulfbrief" / m.place.path
        before = path.read_text("utf-8")
        if not m.place.function or "yield" in m.change or m.change.startswith("negated: TYPE"):
            continue
        # The lines of a file are changed one by one: offsets within a line stay as they were.
        after = m.switched(before, number)
        try:
            compile(after, str(path), "exec")
        except SyntaxError:
            continue
        path.write_text(after, "utf-8")
        out.add(number)
    first = folder / "gulfbrief" / "__init__.py"
    head, mark, rest = first.read_text("utf-8").partition("from __future__ import annotations\n")
    first.write_text(head + mark + _SWITCH + rest, "utf-8")
    (folder / "files.json").write_text(
        json.dumps({n: m.place.path for n, m in enumerate(probes.values(), PROBES)})
    )
    return out


def copied(folder: Path) -> None:
    """A copy of the project in which the package is one of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in ("gulfbrief", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for path in ROOT.iterdir():
        if not (folder / path.name).exists() and not path.name.startswith("."):
            (folder / path.name).symlink_to(path)


# ---- the runs --------------------------------------------------------------------------------


def outcomes(mutants: Sequence[Mutant], jobs: int, work: Path | None) -> Iterator[tuple[int, str]]:
    """The number of each mutant and the test that catches it, else "". What ``work`` holds of an
    earlier run is not done again."""
    folder = work or Path(tempfile.mkdtemp(prefix="mutants-"))
    folder.mkdir(exist_ok=True)
    tree, results = folder / "tree", folder / "results.jsonl"
    if not (folder / "switched.json").exists():
        (folder / "switched.json").write_text(json.dumps(sorted(switched(mutants, tree))))
    with_switch = set(json.loads((folder / "switched.json").read_text()))
    (folder / "mutants.json").write_text(json.dumps([m.place.path for m in mutants]))
    if not (folder / "recorded").exists():
        for name in ("hits", "costs"):
            (folder / name).unlink(missing_ok=True)
        _pytest(tree, folder, MUTANT=str(folder / "hits"), GO="record").wait()
        (folder / "recorded").touch()
    done = _results(results)
    numbers = [n for n in range(len(mutants)) if n in with_switch and n not in done]
    shares = [numbers[k::jobs] for k in range(jobs)]
    for process in [_pytest(tree, folder, GO=",".join(map(str, s))) for s in shares if s]:
        process.wait()
    known = Record(folder)
    done = _results(results)
    for number, mutant in enumerate(mutants):
        if number not in done or (number in known.outside and not done[number]):
            _note(results, number, _alone(mutant, known.tests(number), folder))
    yield from sorted(_results(results).items())


def _pytest(tree: Path, folder: Path, *args: str, **env: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(map(str, (tree, tree / "tests" / "bench")))
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
        "-p", "mutant_runs", "-o", "addopts=", "--tb=no", "--doctest-modules", *args,
    ]  # fmt: skip
    return subprocess.Popen(
        command, cwd=tree, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={"PYTHONDONTWRITEBYTECODE": "1", **os.environ, "PYTHONPATH": paths,
             "MUTANTS": str(folder), **env},
    )  # fmt: skip


def _alone(mutant: Mutant, tests: Sequence[str], folder: Path) -> str:
    """The test that catches a mutant in a process of its own."""
    if not tests:
        return ""
    plain = folder / "plain"
    if not plain.exists():
        copied(plain)
    path, chosen = plain / "gulfbrief" / mutant.place.path, folder / "chosen"
    before = path.read_text("utf-8")
    path.write_text(mutant.written(before), "utf-8")
    chosen.write_text("\n".join(tests))
    (folder / "failed").unlink(missing_ok=True)
    files = dict.fromkeys(t.split("::")[0] for t in tests)
    process = _pytest(plain, folder, "-x", *files, GO="alone")
    try:
        status = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return "(no end)"
    finally:
        path.write_text(before, "utf-8")
    failed = folder / "failed"
    return failed.read_text() if failed.exists() else "(no start)" if status in (2, 3) else ""


def _results(path: Path) -> dict[int, str]:
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return dict(map(json.loads, lines))


def _note(path: Path, number: int, test: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps([number, test]) + "\n")


class Record:
    """Who came by which switch in the run that recorded it, and how long each test took."""

    def __init__(self, folder: Path) -> None:
        self.paths: list[str] = json.loads((folder / "mutants.json").read_text())
        probed = json.loads((folder / "tree" / "files.json").read_text())
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()
        for line in (folder / "costs").read_text("utf-8").splitlines():
            test, seconds, outcome = json.loads(line)
            self.seconds[test] += seconds
            self.failed |= {test} if outcome == "failed" else set()
        self.outside: set[int] = set()  # come by at import, or in a process without a test
        self.by: dict[int, set[str]] = defaultdict(set)
        self.near: dict[str, set[str]] = defaultdict(set)
        for line in (folder / "hits").read_text("utf-8").splitlines():
            number, _, test = line.partition("\t")
            self.outside |= set() if test else {int(number)}
            if test in self.seconds and test not in self.failed:
                self.by[int(number)].add(test)
                path = probed[number] if number in probed else self.paths[int(number)]
                self.near[path].add(test)

    def tests(self, number: int) -> list[str]:
        """The tests for a mutant, those of a file one behind the other."""
        own = self.by[number]
        near = self.near[self.paths[number]] - own
        if not own:  # what runs at import has an effect anywhere: test files named like the module
            word = Path(self.paths[number]).stem
            near |= {t for t in self.seconds if word in t.split("::")[0]} - self.failed
        chosen = [*self._some(own, ENOUGH), *self._some(near, NEAR if own else ENOUGH)]
        return chosen

    def _some(self, tests: set[str], most: float) -> list[str]:
        """The quickest of ``tests`` that take ``most`` seconds, the quicker files first."""
        total, files = 0.0, defaultdict(list)
        for test in sorted(tests, key=lambda t: (self.seconds[t], t)):
            total += self.seconds[test]
            if total > most:
                break
            files[test.split("::")[0]].append(test)
        cost = {f: sum(self.seconds[t] for t in ts) / len(ts) for f, ts in files.items()}
        return [t for f in sorted(files, key=lambda f: cost[f]) for t in files[f]]


# ---- the plugin ------------------------------------------------------------------------------

_failed: list[str] = []
_CACHE = type(cache(print))
_caches: list[Any] = []
_go = os.environ.get("GO", "")
_folder = Path(os.environ.get("MUTANTS", "."))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if collection_path.as_posix().endswith(LEFT_OUT) else None


def pytest_collection_modifyitems(items: list[Any]) -> None:
    if _go == "alone":
        order = {t: n for n, t in enumerate((_folder / "chosen").read_text().split("\n"))}
        items[:] = sorted((i for i in items if i.nodeid in order), key=lambda i: order[i.nodeid])


def pytest_runtest_logreport(report: Any) -> None:
    if _go == "record":
        with (_folder / "costs").open("a", encoding="utf-8") as file:
            file.write(json.dumps([report.nodeid, report.duration, report.outcome]) + "\n")
    elif report.failed and not _failed:
        _failed.append(report.nodeid)
        if _go == "alone":
            (_folder / "failed").write_text(report.nodeid)


def pytest_runtestloop(session: Any) -> bool | None:
    if not _go[:1].isdigit():
        return None
    import importlib
    import pkgutil

    import gulfbrief

    for module in pkgutil.walk_packages(gulfbrief.__path__, "gulfbrief."):
        if module.name != "gulfbrief.__main__":
            importlib.import_module(module.name)
    items, record = {i.nodeid: i for i in session.items}, Record(_folder)
    _caches.extend(o for o in gc.get_objects() if isinstance(o, _CACHE))
    gc.collect()
    gc.freeze()
    for number in map(int, _go.split(",")):
        tests = [items[t] for t in record.tests(number) if t in items]
        _note(_folder / "results.jsonl", number, _forked(number, tests))
    return True


def _forked(number: int, tests: Sequence[Any]) -> str:
    """The first of ``tests`` that fails in a fork with this switch on."""
    if not tests:
        return ""
    told, base = _folder / f"told-{number}", _folder / f"base-{number}"
    pid = os.fork()
    if pid == 0:
        try:
            _in_fork(number, tests, told, base)
        finally:
            os._exit(1)
    end, ended = time.monotonic() + PATIENCE, 0
    while not ended and time.monotonic() < end:
        ended, _ = os.waitpid(pid, os.WNOHANG)
        time.sleep(0 if ended else 0.02)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    if not ended:
        os.waitpid(pid, 0)
    found = told.read_text("utf-8") if told.exists() else "(no end)"
    told.unlink(missing_ok=True)
    shutil.rmtree(base, ignore_errors=True)
    return found


def _in_fork(number: int, tests: Sequence[Any], told: Path, base: Path) -> None:
    import forking

    os.setpgid(0, 0)
    builtins._mutant_on[0] = number  # type: ignore[attr-defined]
    os.environ["MUTANT"] = str(number)
    for kept in _caches:  # what the collection of tests made and kept was made without the mutant
        kept.cache_clear()
    forking._server = _Later()  # type: ignore[assignment]
    factory = tests[0].config._tmp_path_factory
    factory._given_basetemp, factory._basetemp = base, None
    for test, following in zip(tests, [*tests[1:], None]):
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
        if _failed:
            break
    told.write_text("".join(_failed[:1]), "utf-8")


class _Later:
    """A forking server that starts when something is asked of it."""

    def __getattr__(self, name: str) -> Any:
        import forking

        self.__dict__.update(vars(forking.Server()))
        return self.__dict__[name]
