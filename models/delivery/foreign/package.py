"""An Office file is a zip: opened only when its directory says nothing odd, read only within bounds.

A zip may claim any size, share one piece of data among thousands of entries, compress a gigabyte into a kilobyte, or
carry another file before or behind it. So: one archive from the first byte to the last, entries that do not overlap,
stored or deflated and nothing else, sizes bounded as declared; `zipfile` gives no byte more than declared and then
compares the checksum, so that the declared size is the real one.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, KeyError, struct.error)
_END, _LOCAL = b"PK\x05\x06", b"PK\x03\x04"
_DIRECTORY_ENTRY = 600  # bytes at most, on average; the fixed part takes 46
_ENTRY = struct.Struct(
    "<4s22xHH"
)  # what is needed of a local header: the lengths of its name and of its extra field
_LONGEST_NAME = 240
_SMALL = 10_000_000  # unpacked bytes below which no ratio is odd: XML of empty cells packs very well


class Flaw(StrEnum):
    """Why an archive is not opened."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    SWELLS = "swells"  # unpacked it is too large, or too many files


class BadPackage(Exception):
    """The archive is broken, odd or too large."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of an archive: how many entries, bytes unpacked of all together, and how many times its packed size."""

    parts: int
    unzipped: int
    ratio: int = 400
    backslashes: bool = False
    """Whether names may have them between folders, as some programs write; whoever allows it sees to them."""


def open_package(data: bytes, bounds: Bounds) -> zipfile.ZipFile:
    """Open the archive and check its directory. Raises `BadPackage`. The caller closes it."""
    try:
        _check_end(data, bounds)
        package = zipfile.ZipFile(BytesIO(data))
    except BROKEN as error:
        raise BadPackage(Flaw.DAMAGED) from error
    try:
        _check_entries(data, package.infolist(), bounds)
    except struct.error as error:  # an entry that stands beyond the end
        package.close()
        raise BadPackage(Flaw.DAMAGED) from error
    except BaseException:
        package.close()
        raise
    return package


def read_part(package: zipfile.ZipFile, name: str, *, most: int) -> bytes:
    """Read one entry to its end. Raises `BadPackage` when it is larger than `most` bytes or broken."""
    try:
        if package.getinfo(name).file_size > most:
            raise BadPackage(Flaw.SWELLS)
        return package.read(name)
    except BROKEN as error:
        raise BadPackage(Flaw.DAMAGED) from error


def read_pieces(package: zipfile.ZipFile, name: str, *, most: int, size: int) -> Iterator[bytes]:
    """Yield one entry in pieces of `size` bytes, to its end. Raises what `read_part` raises."""
    try:
        if package.getinfo(name).file_size > most:
            raise BadPackage(Flaw.SWELLS)
        with package.open(name) as part:
            while piece := part.read(size):
                yield piece
    except BROKEN as error:
        raise BadPackage(Flaw.DAMAGED) from error


def is_archive_behind(data: bytes) -> bool:
    """Return whether a program that unpacks zips would find one in `data`, whatever else it is."""
    at = data.rfind(_END, max(0, len(data) - 65_557))  # 22 bytes, and a comment of 65,535 at most
    if at < 0 or at + 22 > len(data):
        return False
    begin = at - int(
        struct.unpack_from("<I", data, at + 12)[0]
    )  # readers allow for bytes in front of the archive
    return begin >= 0 and data[begin : begin + 4] == b"PK\x01\x02"


def _check_end(data: bytes, bounds: Bounds) -> None:
    """The end record is the last thing in the file, and the directory before it is not immense."""
    at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0:
        raise BadPackage(Flaw.DAMAGED)
    entries, size, offset, comment = struct.unpack_from("<10xHIIH", data, at)
    if entries > bounds.parts or size > bounds.parts * _DIRECTORY_ENTRY:
        raise BadPackage(Flaw.SWELLS)
    if at + 22 + comment != len(data) or offset + size != at or not data.startswith(_LOCAL):
        raise BadPackage(Flaw.DAMAGED)


def _check_entries(data: bytes, entries: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(entries) > bounds.parts:
        raise BadPackage(Flaw.SWELLS)
    # such names are one file on Windows, and it is not said which of the two is read
    if len({entry.filename.lower().replace("\\", "/") for entry in entries}) < len(entries):
        raise BadPackage(Flaw.DAMAGED)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise BadPackage(Flaw.ENCRYPTED)
        stored = entry.compress_type == zipfile.ZIP_STORED
        if not (stored or entry.compress_type == zipfile.ZIP_DEFLATED) or _odd_name(entry.filename, bounds):
            raise BadPackage(Flaw.DAMAGED)
        if stored and entry.file_size != entry.compress_size:
            raise BadPackage(Flaw.DAMAGED)
    unzipped = sum(entry.file_size for entry in entries)
    if unzipped > bounds.unzipped or (unzipped > _SMALL and unzipped > len(data) * bounds.ratio):
        raise BadPackage(Flaw.SWELLS)
    _check_places(data, entries)


def _odd_name(name: str, bounds: Bounds) -> bool:
    """A way out of the folder, or a name that no office program writes."""
    if bounds.backslashes:
        name = name.replace("\\", "/")
    parts = name.split("/")
    return (
        len(name) > _LONGEST_NAME
        or not name.isprintable()
        or "\\" in name
        or ".." in parts
        or name[:1] == "/"
    )


def _check_places(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Each entry has bytes of its own: shared ones make a bomb of the best packing that deflate allows."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise BadPackage(Flaw.DAMAGED)
        signature, name, extra = _ENTRY.unpack_from(data, entry.header_offset)
        if signature != _LOCAL:
            raise BadPackage(Flaw.DAMAGED)
        end = entry.header_offset + 30 + name + extra + entry.compress_size  # 30: before the name
    if end > len(data):
        raise BadPackage(Flaw.DAMAGED)
