"""The process that opens files which people send: python -m bot.opener [folder of words]

    order, bytes ──stdin──> a fork of its own for each file, with limits ──> how it ended, answer ──stdout──>

It knows no token, no key and no database. Everything that reads a file is loaded before the first fork; the fork may
then open no file, no socket and no process, write nothing, and use so much memory and so much time. What it leaves
behind is JSON; when it is killed, only it is gone. Where there is no fork (Windows) the file is opened here and the
process ends after it: then only the time is limited, by whoever asked (bot/files.py).
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import struct
import sys
import time
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NoReturn

from phonenumbers import PhoneMetadata

from models.delivery.foreign.content import PAPERS
from models.delivery.policy import FilePolicy
from models.desk.roster.export import workbook
from models.desk.roster.template import WIDTHS
from models.phrases.catalogue import use_words
from models.phrases.desk import roster as phrases
from models.phrases.text import Lang
from models.trust.opening import Order, Reads, Wanted, open_file
from models.year.review.forms import every_form

_LENGTH = struct.Struct(">I")
_NICENESS = 15  # who is spoken with comes first
_OUT_OF_MEMORY = 3  # exit code of a fork
_FORKS = hasattr(os, "fork")


def put(stream: BinaryIO, *pieces: bytes) -> None:
    """Write pieces, each behind its length."""
    stream.write(b"".join(_LENGTH.pack(len(piece)) + piece for piece in pieces))
    stream.flush()


def take(stream: BinaryIO) -> bytes | None:
    """Return one piece; None at the end."""
    head = stream.read(_LENGTH.size)
    return stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else None


def main() -> None:
    given, back = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    use_words(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    load_everything()
    if _FORKS:
        os.nice(_NICENESS)
    while (order := take(given)) is not None and (data := take(given)) is not None:
        ended, answer = _in_a_fork(Order.model_validate_json(order), data) if _FORKS else _here(order, data)
        put(back, json.dumps(ended).encode(), answer)
        if not _FORKS:
            return


def load_everything() -> None:
    """Read one good file of each kind: what a reader loads late is loaded then, for a fork can open no file any more."""
    PhoneMetadata.load_all()  # else each country's numbers are loaded when the first of them is read
    found = samples()
    for name, data in found.items():
        reads = {"xlsx": Reads.ROSTER, "docx": Reads.REVIEW}.get(name, Reads.NOTHING)
        wanted = Wanted(types=PAPERS, reads=reads, today=date(2026, 1, 1), form=every_form()[0].code)
        opened = open_file(Order(wanted=wanted), data)
        if opened.refusal is not None:
            raise RuntimeError(f"a good {name} is refused: {opened.en}")
    for name in ("jpeg", "png", "webp", "pdf"):
        wanted = Wanted(types=PAPERS, reads=Reads.WRAP, password="0")  # noqa: S106
        if open_file(Order(wanted=wanted), found[name]).wrapped is None:
            raise RuntimeError(f"a good {name} cannot be wrapped")
    gc.collect()
    gc.freeze()  # the forks share these pages as long as no collector touches them


def samples() -> dict[str, bytes]:
    """Return the smallest good file of each kind that is read by a library."""
    from PIL import Image
    from pypdf import PdfWriter

    found = {"xlsx": _roster(), "docx": _letter()}
    for kind in ("jpeg", "png", "webp"):
        out = BytesIO()
        Image.new("RGB", (8, 8)).save(out, kind)
        found[kind] = out.getvalue()
    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return found | {"pdf": out.getvalue()}


def _roster() -> bytes:
    """One person with everything that a list may say."""
    row = ["Nguyễn Thị An", "1990", "0912 000 001", "03/02/2020", "chính thức", "Nagoya, Nhật Bản"]
    headings = [phrases.column(column).to_plain(Lang.VI) for column in WIDTHS]
    return workbook(headings, [row], list(WIDTHS.values()), title="x")


def _letter() -> bytes:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": "<document><body><p><r><t>1. A: 03/02/2010</t></r></p></body></document>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def _here(order: bytes, data: bytes) -> tuple[dict[str, object], bytes]:
    return {"how": "done"}, open_file(Order.model_validate_json(order), data).model_dump_json().encode()


def _in_a_fork(order: Order, data: bytes) -> tuple[dict[str, object], bytes]:
    """How the opening ended (done, time, memory, killed) with what it took, and the answer."""
    policy = order.wanted.files
    reading, writing = os.pipe()
    began = time.monotonic()
    fork = os.fork()
    if not fork:
        os.close(reading)
        _be_the_fork(order, data, writing)
    os.close(writing)
    try:
        answer = _hear(reading, until=began + policy.seconds, most=policy.max_answer)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(fork, signal.SIGKILL)  # it has ended, or it has to
        _, status, usage = os.wait4(fork, 0)
    ended = {
        "how": "done"
        if answer is not None
        else _why(os.waitstatus_to_exitcode(status), began + policy.seconds),
        "ms": round((time.monotonic() - began) * 1000),
        "cpu_ms": round((usage.ru_utime + usage.ru_stime) * 1000),
        "mb": usage.ru_maxrss // 1024,  # Linux counts in kilobytes
    }
    return ended, answer or b""


def _hear(pipe: int, *, until: float, most: int) -> bytes | None:
    """The whole answer; None when the time is over, the fork has ended before, or says too much."""
    heard = bytearray()
    while (left := until - time.monotonic()) > 0 and len(heard) <= most:
        if not select.select([pipe], [], [], left)[0]:
            return None
        piece = os.read(pipe, 1 << 16)
        if not piece:
            return None
        heard += piece
        if len(heard) >= _LENGTH.size and len(heard) - _LENGTH.size >= _LENGTH.unpack_from(heard)[0]:
            return bytes(heard[_LENGTH.size :])
    return None


def _why(code: int, until: float) -> str:
    if code == _OUT_OF_MEMORY:
        return "memory"
    over = code == -signal.SIGXCPU or time.monotonic() >= until
    return "time" if over else "killed"


def _be_the_fork(order: Order, data: bytes, pipe: int) -> NoReturn:
    """Open the file under limits, say what was found, and end without a word to anybody else."""
    code = 1
    try:
        _limit(order.wanted.files)
        answer = open_file(order, data).model_dump_json().encode()
        answer = _LENGTH.pack(len(answer)) + answer
        while answer:
            answer = answer[os.write(pipe, answer) :]
        code = 0
    except MemoryError:
        code = _OUT_OF_MEMORY
    finally:
        os._exit(code)  # nothing of the parent's is tidied up here: its buffers and pipes are the parent's


def _limit(policy: FilePolicy) -> None:
    """From here on: no new file, socket or process, nothing written to a disk, little memory, little time."""
    import resource

    base = _address_space()
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CPU: policy.cpu_seconds,
    }
    if base:
        limits[resource.RLIMIT_AS] = base + policy.memory_mb * 1_000_000
    for limit, value in limits.items():
        with contextlib.suppress(ValueError, OSError):  # not every system has each
            hard = value + 1 if limit == resource.RLIMIT_CPU else value  # at the soft one it is told why
            resource.setrlimit(limit, (value, hard))


def _address_space() -> int:
    """Bytes that this process has reserved already; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf(
            "SC_PAGE_SIZE"
        )
    except OSError:
        return 0


if __name__ == "__main__":
    main()
