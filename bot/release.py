"""`make release`: the committed state packed into dist/, with what somebody needs who has to trust it.

xanha-<version>.pyz      one file: run by Python, it puts the program in place (deploy/unpack.py); what follows is in it, too
sbom.cdx.json            every library it is built on, with its hashes (CycloneDX)
pins.md                  since when each library stands at its version, and whether there is a newer one
SHA256SUMS               of the three
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot import VERSION

PARTS = (
    "bot",
    "handlers",
    "jobs",
    "models",
    "deploy",
    "docs",
    "requirements/run.txt",
    "README.md",
    "README.vi.md",
    "SECURITY.md",
)
PINS = Path("requirements/run.txt")
OUT = Path("dist")
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==([^ ;\\]+)")
_OLD = 365  # days at one version, after which somebody should look


def main(cyclonedx: str) -> None:
    """Write the four files; raise CalledProcessError when one of the tools fails."""
    OUT.mkdir(exist_ok=True)
    packed, sbom, pins = OUT / f"xanha-{VERSION}.pyz", OUT / "sbom.cdx.json", OUT / "pins.md"
    _run(cyclonedx, "requirements", str(PINS), "--output-reproducible", "--of", "JSON", "-o", str(sbom))
    blame = _run("git", "blame", "--line-porcelain", "HEAD", "--", str(PINS)).decode()
    outdated = _run(sys.executable, "-m", "pip", "list", "--outdated", "--format", "json")
    newer = {one["name"].lower(): one["latest_version"] for one in json.loads(outdated)}
    today = datetime.now(UTC).date()
    pins.write_text("\n".join(report(pinned_since(blame), newer, today=today)) + "\n", encoding="utf-8")
    pack(packed, {one.name: one.read_bytes() for one in (sbom, pins)})
    sums = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}" for one in (packed, sbom, pins)]
    (OUT / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="ascii")
    sys.stdout.write(f"{OUT}/: {', '.join(sorted(one.name for one in OUT.iterdir()))}\n")


def pack(file: Path, papers: Mapping[str, bytes], parts: Sequence[str] = PARTS) -> None:
    """Write the committed program into one file that Python runs, with `papers` in it; a paper named like a file of ours replaces it.

    The same commit and papers make the same bytes.
    """
    sources = zipfile.ZipFile(io.BytesIO(_run("git", "archive", "--format=zip", "HEAD", "--", *parts)))
    found = {name: sources.read(name) for name in sources.namelist() if not name.endswith("/")}
    found |= papers
    found["__main__.py"] = found.pop("deploy/unpack.py")
    with file.open("wb") as opened:
        opened.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in sorted(found.items()):
                packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def pinned_since(blame: str) -> dict[str, tuple[str, date]]:
    """Read `git blame --line-porcelain` of a requirements file: library -> version, day on which that line was written."""
    found: dict[str, tuple[str, date]] = {}
    written = date.min
    for line in blame.splitlines():
        if line.startswith("author-time "):
            written = datetime.fromtimestamp(int(line.split()[1]), UTC).date()
        elif pin := _PIN.match(line.removeprefix("\t")) if line.startswith("\t") else None:
            found[pin[1].lower()] = (pin[2], written)
    return found


def report(pins: Mapping[str, tuple[str, date]], newer: Mapping[str, str], *, today: date) -> Iterator[str]:
    """Write the table of pins, the oldest first; days are counted from when we took the version, not from its making."""
    yield f"# Libraries at their pinned versions, {today:%d/%m/%Y}\n"
    old = sum((today - since).days > _OLD for _, since in pins.values())
    yield f"{len(pins)} libraries, {len(newer.keys() & pins.keys())} with a newer version, {old} pinned for over a year.\n"
    yield "| library | version | pinned for days | newer version |"
    yield "| --- | --- | --- | --- |"
    for name, (version, since) in sorted(pins.items(), key=lambda pin: (pin[1][1], pin[0])):
        yield f"| {name} | {version} | {(today - since).days} | {newer.get(name, '–')} |"


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - our own words


if __name__ == "__main__":
    main(sys.argv[1])
