"""Put a release in place: `python3.11 xanha-0.1.0.pyz /opt/xanha`, for the first time or over an older version.

    the file ──> /opt/xanha.new: program, environment, libraries by their hashes ──> /opt/xanha
                                                          the one before stays as /opt/xanha.before

Only what is whole changes places, so whatever breaks off leaves the version that is there. It runs before any library is there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NoReturn

LEAST = (3, 11)
PACKAGES = ("bot", "handlers", "jobs", "models")
KEPT = ("data", ".env")  # what a program has written that ran in its own folder


def main(words: list[str]) -> None:
    """Put this file's program into the folder that is named; end with 2 and a sentence where that cannot be."""
    if len(words) != 1 or words[0].startswith("-"):
        stop("Say the folder: python3.11 xanha.pyz /opt/xanha")
    if sys.version_info < LEAST:
        stop("Xa Nhà needs Python 3.11 or newer. Hint: start this file with python3.11.")
    folder = Path(words[0]).resolve()
    _refuse_what_is_not_ours(folder)
    new, before = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.before")
    try:
        shutil.rmtree(new, ignore_errors=True)
        with zipfile.ZipFile(Path(__file__).parent) as packed:
            packed.extractall(new, [name for name in packed.namelist() if name != "__main__.py"])
        _put_libraries(new)
        (new / "deploy" / "xanha").chmod(0o755)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        stop(f"{error.filename or new} cannot be written: {error.strerror}. Nothing was changed.")
    if folder.exists():
        shutil.rmtree(before, ignore_errors=True)
        folder.rename(before)
    new.rename(folder)
    print(f"It is in {folder}.", f"The one before is in {before}." if before.exists() else "")


def _refuse_what_is_not_ours(folder: Path) -> None:
    if not folder.parent.is_dir():
        stop(f"{folder.parent} is not there. Hint: make it first.")
    if folder.exists() and any(folder.iterdir()) and not (folder / "bot" / "__main__.py").is_file():
        stop(f"{folder} holds something else. Hint: name an empty folder. Nothing was changed.")
    for name in KEPT:
        if (folder / name).exists():
            stop(
                f"{folder / name} belongs to a program that runs there. Hint: move it first. Nothing was changed."
            )


def _put_libraries(new: Path) -> None:
    """Make the environment of `new`. Its scripts name that folder and are not used: everything starts with `python -m`."""
    python = new / ".venv" / "bin" / "python"
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    steps: tuple[tuple[list[str | Path], str], ...] = (
        ([sys.executable, "-m", "venv", new / ".venv"], "Hint: install the system's package python3-venv."),
        (
            [*pip, "--only-binary", ":all:", "-r", new / "requirements" / "run.txt"],
            "Hint: is there a network?",
        ),
        ([python, "-m", "compileall", "-q", *(new / one for one in PACKAGES)], ""),
        ([python, "-m", "bot", "--version"], "The program does not start."),
    )
    for step, hint in steps:
        if subprocess.run(step, cwd=new).returncode:
            shutil.rmtree(new, ignore_errors=True)
            stop(f"It could not be put in place. {hint} Nothing was changed.")


def stop(sentence: str) -> NoReturn:
    """End with 2 and `sentence` on stderr."""
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
