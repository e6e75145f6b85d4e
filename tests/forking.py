"""Processes without their start: a server that has imported gulfbrief forks a copy of itself for
each process that a test asks for.

A copy has its own arguments, environment, folder and streams, takes signals and ends with a status,
as a process that was started does; only the start (0.3 s of imports for the command line, 1 s for
one that reads files) is not paid again. Where the start is what a test looks at, it starts
``python -m gulfbrief`` itself.

One server runs for each process of pytest; ``Process`` is what the tests use. This file run with
the path of a socket is the server; ``bin/gulfbrief`` beside that socket is a program that asks it.
"""

from __future__ import annotations

import atexit
import gc
import itertools
import os
import pickle
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, NoReturn

HERE = Path(__file__)
_BACKLOG = 64


# ---- asking -------------------------------------------------------------------------------


class Server:
    """The server of this process, started when it is asked for the first time."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="gulfbrief-"))
        self.socket = self.home / "socket"
        self.program = self.home / "bin" / "gulfbrief"
        self.program.parent.mkdir()
        self.program.write_text(_PROGRAM.format(python=sys.executable, socket=str(self.socket)))
        self.program.chmod(0o755)
        self.process = subprocess.Popen(
            [sys.executable, str(HERE), str(self.socket)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        if self.process.stdout.readline() != b"ready\n":
            raise RuntimeError("the server of tests/forking.py did not start")
        atexit.register(self.close)

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()  # tells it to end
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


_server: Server | None = None
_starting = threading.Lock()


def server() -> Server:
    global _server
    with _starting:
        if _server is None:
            _server = Server()
        return _server


class Process:
    """``gulfbrief ARGS`` in a copy of the server, like a ``subprocess.Popen``. The streams are
    descriptors, which stay the caller's own. Of another ``kind`` are "python", a piece of Python
    and its arguments, and "worker", which reads files after such a piece."""

    def __init__(
        self,
        args: Sequence[str],
        *,
        stdin: int,
        stdout: int,
        stderr: int,
        cwd: Path | str | None = None,
        env: Mapping[str, str] | None = None,
        kind: str = "command",
        session: bool = False,
        at: Path | None = None,
    ) -> None:
        request = {
            "kind": kind,
            "args": list(args),
            "cwd": str(cwd or Path.cwd()),
            "env": dict(os.environ if env is None else env),
            "session": session,
        }
        self.answers = socket.socket(socket.AF_UNIX)
        self.answers.connect(str(at or server().socket))
        data = pickle.dumps(request)
        socket.send_fds(self.answers, [struct.pack("<I", len(data))], [stdin, stdout, stderr])
        self.answers.sendall(data)
        self.pid: int = struct.unpack("<i", self._answer())[0]
        self.returncode: int | None = None
        self._ending = threading.RLock()  # one thread may kill while another waits

    def __del__(self) -> None:  # not before: another thread may be waiting for the end
        self.answers.close()

    def _answer(self) -> bytes:
        return self.answers.recv(4, socket.MSG_WAITALL)

    def poll(self) -> int | None:
        with self._ending:
            if self.returncode is None and select.select([self.answers], [], [], 0)[0]:
                told = self._answer() or struct.pack("<i", -signal.SIGKILL)
                self.returncode = int(struct.unpack("<i", told)[0])
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.poll() is None:
            select.select([self.answers], [], [], timeout)
        status = self.poll()
        if status is None:
            raise subprocess.TimeoutExpired("gulfbrief", timeout or 0)
        return status

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended, and its end is yet to be told
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Answering:
    """A copy that does one command after the other, for those that ask an index and change nothing:
    a copy for each takes three times as long. After ``MOST`` of them another takes its place."""

    MOST = 40

    def __init__(self) -> None:
        self.socket = server().home / f"answering-{next(_numbers)}"
        self.left = self.MOST
        ready, told = os.pipe()
        with open(os.devnull, "r+b") as none:
            streams = {"stdin": none.fileno(), "stdout": told, "stderr": none.fileno()}
            self.process = Process([str(self.socket)], kind="answers", **streams)
        os.close(told)
        os.read(ready, 6)
        os.close(ready)


_numbers = itertools.count()
_answering: Answering | None = None


def answering() -> Path | None:
    """Where to ask a process that does one command after the other; nowhere for a thread beside the
    first, which must neither wait for it nor end it while it answers."""
    global _answering
    if threading.current_thread() is not threading.main_thread():
        return None
    if _answering is None or _answering.left == 0 or _answering.process.poll() is not None:
        if _answering is not None:
            _answering.process.kill()
        _answering = Answering()
    _answering.left -= 1
    return _answering.socket


class Worker:
    """A reading process in place of that which store/pool.py starts."""

    def __init__(self, command: Sequence[str], stdin: int, stdout: int) -> None:
        assert stdin == stdout == subprocess.PIPE
        theirs, ours = os.pipe()
        self.stdin: IO[bytes] = os.fdopen(ours, "wb")
        ours, reply = os.pipe()
        self.stdout: IO[bytes] = os.fdopen(ours, "rb")
        self._process = Process(
            command, stdin=theirs, stdout=reply, stderr=2, kind="worker", at=_asked_at()
        )
        os.close(theirs)
        os.close(reply)
        self.kill, self.wait = self._process.kill, self._process.wait


def _asked_at() -> Path | None:
    """The server's socket, where this is a copy of it."""
    return Path(sys.argv[0]).with_name("socket") if _is_copy else None


_is_copy = False


def quick_workers(before: str = "") -> Any:
    """What stands for ``subprocess`` in store/pool.py: reading processes are copies too, unless
    they know names of the user's own (the server has searched texts without them). They do
    ``before`` first, a piece of Python."""

    def start(command: Sequence[str], stdin: int, stdout: int) -> Any:
        if len(command) > 5:
            return subprocess.Popen(command, stdin=stdin, stdout=stdout)
        return Worker([before], stdin, stdout)

    return SimpleNamespace(Popen=start, PIPE=subprocess.PIPE)


# A program of a few imports: it hands its streams over and ends as the copy does.
_PROGRAM = """#!{python} -IS
import os, pickle, signal, socket, struct, sys
for number in (signal.SIGINT, signal.SIGPIPE):
    signal.signal(number, signal.SIG_IGN)
s = socket.socket(socket.AF_UNIX)
s.connect({socket!r})
data = pickle.dumps(dict(kind="command", args=sys.argv[1:], cwd=os.getcwd(),
                         env=dict(os.environ), session=False))
socket.send_fds(s, [struct.pack("<I", len(data))], [0, 1, 2])
s.sendall(data)
s.recv(4, socket.MSG_WAITALL)
os._exit(struct.unpack("<i", s.recv(4, socket.MSG_WAITALL))[0])
"""


# ---- the server ---------------------------------------------------------------------------


def _serve(path: str) -> dict[str, Any]:
    """Forks a copy for each request; in a copy this returns what was asked."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(_BACKLOG)
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes)
    open_: dict[int, socket.socket] = {}
    os.write(1, b"ready\n")
    while True:
        ready = select.select([0, woken, listening], [], [])[0]
        if 0 in ready:  # pytest has ended
            for pid in open_:
                os.kill(pid, signal.SIGKILL)
            os._exit(0)
        if woken in ready:
            os.read(woken, 4096)
            _reap(open_)
        if listening in ready:
            connection = listening.accept()[0]
            asked = _asked(connection)
            if asked is None:
                continue
            request, given = asked
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for s in (listening, connection, *open_.values()):
                    s.close()
                os.close(woken)
                os.close(wakes)
                if request["session"]:
                    os.setsid()
                for number, descriptor in enumerate(given):
                    os.dup2(descriptor, number)
                    os.close(descriptor)
                return request
            for descriptor in given:
                os.close(descriptor)
            open_[pid] = connection
            with suppress(OSError):  # who asked may be gone
                connection.sendall(struct.pack("<i", pid))


def _asked(connection: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """What is asked for, and its streams; none where who asked was killed meanwhile."""
    try:
        head, given, _, _ = socket.recv_fds(connection, 4, 3)
        size = struct.unpack("<I", head)[0]
        return pickle.loads(connection.recv(size, socket.MSG_WAITALL)), given
    except (OSError, struct.error, EOFError, pickle.UnpicklingError):
        connection.close()
        return None


def _answer_all(path: str) -> None:
    """Does what is asked for at this socket, one after the other."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen(1)
        os.write(1, b"ready\n")
        nothing = os.open(os.devnull, os.O_RDWR)
        while True:
            connection = listening.accept()[0]
            asked = _asked(connection)
            if asked is None:
                continue
            request, given = asked
            connection.sendall(struct.pack("<i", os.getpid()))
            for number, descriptor in enumerate(given):
                os.dup2(descriptor, number)
                os.close(descriptor)
            status = _done(request, path)
            gc.collect()  # closes what the end of a process would
            for number in range(3):
                os.dup2(nothing, number)
            with suppress(OSError), connection:
                connection.sendall(struct.pack("<i", status))


def _reap(open_: dict[int, socket.socket]) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        with open_.pop(pid) as connection, suppress(OSError):  # who asked may be gone
            connection.sendall(struct.pack("<i", os.waitstatus_to_exitcode(status)))


def _stream(descriptor: int, mode: str, errors: str) -> Any:
    line = descriptor == 2 or ("w" in mode and os.isatty(descriptor))
    it = open(descriptor, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
    if line:
        it.reconfigure(line_buffering=True)
    return it


def _run(request: dict[str, Any], path: str) -> NoReturn:
    """Runs what was asked in this copy, and ends it as the interpreter would."""
    global _is_copy
    _is_copy = True
    os._exit(_done(request, path))


def _done(request: dict[str, Any], path: str) -> int:
    """Runs what was asked. Returns its exit status."""
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdin = sys.__stdin__ = _stream(0, "r", "surrogateescape")  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _stream(1, "w", "surrogateescape")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _stream(2, "w", "backslashreplace")  # type: ignore[misc]
    status = 1
    try:
        sys.argv = [path, *request["args"]]
        if request["kind"] == "answers":
            _answer_all(*request["args"])
        elif request["kind"] == "command":
            from gulfbrief.cli import main

            main()
        else:
            code = sys.argv.pop(1)
            exec(compile(code, "<test>", "exec"), {})
        if request["kind"] == "worker":
            from gulfbrief.store.worker import main as work

            sys.argv = [path]
            work()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        status = 120
    return status


_LINES = (
    "index . --jobs 1", "search haddad", "quotes", "timeline", "actors", "actor haddad", "docs",
    "brief haddad", "verify a.txt", "export mentions", "status", "--help", "quotes --json",
)  # fmt: skip


class _Fork:
    """A reading process that is a fork of the server itself."""

    def __init__(self, command: Sequence[str], stdin: int, stdout: int) -> None:
        theirs, ours = os.pipe()
        reply, told = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.dup2(theirs, 0)
            os.dup2(told, 1)
            os.close(ours)
            sys.stdin, sys.stdout = _stream(0, "r", "strict"), _stream(1, "w", "strict")
            from gulfbrief.store.worker import main as work

            work()
            os._exit(0)
        os.close(theirs)
        os.close(told)
        self.stdin: IO[bytes] = os.fdopen(ours, "wb")
        self.stdout: IO[bytes] = os.fdopen(reply, "rb")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        return os.waitpid(self.pid, 0)[1]


@contextmanager
def _nothing_written() -> Iterator[None]:
    """What is written to the standard streams is lost."""
    kept = sys.stdout, sys.stderr
    with open(os.devnull, "w", encoding="utf-8") as sys.stdout:
        sys.stderr = sys.stdout
        try:
            yield
        finally:
            sys.stdout, sys.stderr = kept


def _import_all() -> None:
    """Imports all of gulfbrief and runs some commands, so that copies have in memory what is
    imported, read and made when it is first used."""
    import importlib
    import pkgutil

    import gulfbrief

    for module in pkgutil.walk_packages(gulfbrief.__path__, "gulfbrief."):
        if module.name != "gulfbrief.__main__":
            importlib.import_module(module.name)
    from gulfbrief.cli import main
    from gulfbrief.find import find
    from gulfbrief.read import read_bytes
    from gulfbrief.store import pool

    kept = sys.argv, os.environ.copy(), Path.cwd()
    os.environ["XDG_CONFIG_HOME"] = "/nonexistent/config"
    text = "MUSCAT, 2 July 2021 - “The port is open,” said Harbour Minister Salma Haddad on Monday."
    page = f"<html><head><title>Ports</title></head><body><p>{text}</p></body></html>"
    for name, data in {"a.txt": text, "a.html": page}.items():
        for document in read_bytes(data.encode(), name):
            find(document)
    pool.subprocess = SimpleNamespace(Popen=_Fork, PIPE=subprocess.PIPE)
    with tempfile.TemporaryDirectory() as folder, _nothing_written():
        os.chdir(folder)
        Path("a.txt").write_text(text, "utf-8")
        for line in _LINES:
            sys.argv = ["gulfbrief", *line.split()]
            with suppress(SystemExit):
                main()
        os.chdir(kept[2])
    sys.argv = kept[0]
    os.environ.clear()
    os.environ.update(kept[1])
    pool.subprocess = quick_workers()
    gc.collect()
    gc.freeze()  # copies share what is in memory as long as the collector writes nothing into it


if __name__ == "__main__":
    sys.path[0] = str(HERE.parents[1])
    sys.modules["forking"] = sys.modules["__main__"]
    _import_all()
    _run(_serve(sys.argv[1]), sys.argv[1])
