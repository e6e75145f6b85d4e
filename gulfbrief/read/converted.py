"""Old Word and PowerPoint files (DOC, PPT) and ODP, by LibreOffice, where it is installed.

LibreOffice writes the file in the newer form into a folder of its own, with a profile that runs no
macro, updates no link and opens no address; what it wrote is read as any such file.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import UnreadableError
from . import registry
from .parts import File, Part

_NAMES = ("soffice", "libreoffice")
_TO = {"doc": "docx", "ppt": "pptx", "odp": "pptx"}
_ADVICE = {"doc": ".docx", "ppt": ".pdf or .pptx", "odp": ".pdf or .pptx"}
_WHAT = {"doc": "an old Word file", "ppt": "an old PowerPoint file", "odp": "a presentation"}
_LEAST = 5.0  # seconds that a conversion is given
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">%s</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.%s"><prop oor:name="%s" oor:op="fuse"><value>%s</value>'
    "</prop></item>"
)
_SET = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(("Inet/Settings", f"ooInet{name}ProxyName", "127.0.0.1") for name in ("HTTP", "HTTPS")),
    *(("Inet/Settings", f"ooInet{name}ProxyPort", "9") for name in ("HTTP", "HTTPS")),
)
"""Settings of the profile: no macros, no links, and a proxy that nobody is."""


FORMATS = tuple(_TO)


def program(setting: str) -> str | None:
    """The program that the setting names, or LibreOffice where it is installed; null for none."""
    if setting == "never":
        return None
    names = _NAMES if setting == "auto" else (setting,)
    return next((found for name in names if (found := shutil.which(name))), None)


def read(file: File) -> Iterator[Part]:
    """The one document of an old office file."""
    kind = file.kind or ""
    office = program(file.options.libreoffice)
    if office is None:
        hint = "install LibreOffice" if file.options.libreoffice == "auto" else "set `libreoffice`"
        raise UnreadableError(f"{_WHAT[kind]}: save it as {_ADVICE[kind]}, or {hint}")
    data = _converted(office, file, kind)
    inner = File(file.name, file.options, file.budget, content=data, depth=file.depth)
    yield from registry.reader(_TO[kind])(inner)
    file.warnings += inner.warnings


def _converted(office: str, file: File, kind: str) -> bytes:
    """The file in the newer form. Raises ``UnreadableError`` where LibreOffice does not give it."""
    wanted = _TO[kind]
    with TemporaryDirectory(prefix="gulfbrief-") as folder:
        source = Path(folder) / f"in.{kind}"
        source.write_bytes(file.data)
        command = [
            *(office, "--headless", "--norestore", "--nolockcheck", "--nodefault"),
            f"-env:UserInstallation={_profile().as_uri()}",
            *("--convert-to", wanted, "--outdir", f"{folder}/out", str(source)),
        ]
        code = _run(command, folder, max(file.budget.deadline - time.monotonic(), _LEAST))
        if code is None:
            raise UnreadableError("LibreOffice took too long", passing=True)
        try:
            with open(f"{folder}/out/in.{wanted}", "rb") as stream:
                return stream.read(file.options.max_bytes)
        except OSError:
            raise UnreadableError(
                "damaged or password-protected: LibreOffice cannot open it"
            ) from None


def _run(command: list[str], folder: str, seconds: float) -> int | None:
    """The exit status of a program, null where it had to be stopped with all that it started."""
    environment = {**os.environ, "HOME": folder, "TMPDIR": folder, "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if os.name == "posix":
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


@cache
def _profile() -> Path:
    """The folder of this process's profile, gone when the process ends."""
    folder = tempfile.mkdtemp(prefix="gulfbrief-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    user = Path(folder) / "user"
    user.mkdir()
    items = "".join(_ITEM % each for each in _SET)
    (user / "registrymodifications.xcu").write_text(_PROFILE % items, encoding="utf-8")
    return Path(folder)
