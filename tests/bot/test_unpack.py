"""One file of a release, run by Python, puts the program in place, or changes nothing and says why."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import VERSION
from bot.release import PARTS, pack
from tests.bot.processes import ROOT

SMALL = ("bot/__main__.py", "bot/cli.py", "deploy")  # of the program as much as says its version
LENT = {
    "bot/__init__.py": (ROOT / "bot" / "__init__.py").read_bytes(),
    **{f"{name}/__init__.py": b"" for name in ("handlers", "jobs", "models")},
    "requirements/run.txt": b"",  # the libraries that run this are lent
}
NEWER = {"bot/__init__.py": b'VERSION = "9.9.9"\nUPGRADE = ""\n'}
Unpack = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    folder = tmp_path_factory.mktemp("dist")

    def one(name: str, **papers: bytes) -> Path:
        file = folder / f"{name}.pyz"
        pack(file, {**LENT, **papers}, SMALL)
        return file

    return one


@pytest.fixture
def unpack(tmp_path: Path) -> Unpack:
    def run(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "lent")}
        return subprocess.run(
            [sys.executable, file, *words], cwd=tmp_path, env=environment, capture_output=True, text=True
        )

    return run


def version_in(folder: Path) -> str:
    text = (folder / "bot" / "__init__.py").read_text(encoding="utf-8")
    [said] = re.findall(r'^VERSION = "(.*?)"', text, re.MULTILINE)
    return str(said)


BROKEN = [
    ({"requirements/run.txt": b"a-library-without-a-hash==1.0\n"}, "Hint: is there a network?"),
    ({"bot/__main__.py": b"raise SystemExit(1)\n"}, "The program does not start."),
]


def test_a_release_is_put_in_place_and_only_one_that_starts_takes_its_place(
    packed: Callable[..., Path], unpack: Unpack, tmp_path: Path
) -> None:
    there, before = tmp_path / "xanha", tmp_path / "xanha.before"
    first = unpack(packed("first"), str(there))
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines() == [f"Xa Nhà {VERSION}", f"It is in {there}. "]
    assert os.access(there / "deploy" / "xanha", os.X_OK)
    (there / "bot" / "of_before.py").write_text("")  # a module that the newer one no longer has
    for papers, why in BROKEN:
        broken = unpack(packed("broken", **{**NEWER, **papers}), str(there))
        assert broken.returncode == 2
        assert broken.stderr.splitlines()[-1] == f"It could not be put in place. {why} Nothing was changed."
        assert version_in(there) == VERSION
        assert [path.name for path in tmp_path.iterdir()] == ["xanha"]
    newer = unpack(packed("newer", **NEWER), "xanha")
    assert newer.returncode == 0, newer.stderr
    assert newer.stdout.splitlines() == ["Xa Nhà 9.9.9", f"It is in {there}. The one before is in {before}."]
    assert (version_in(there), version_in(before)) == ("9.9.9", VERSION)
    assert not (there / "bot" / "of_before.py").exists()
    assert not (tmp_path / "xanha.new").exists()


def test_a_folder_with_something_else_or_with_data_is_left_alone(
    packed: Callable[..., Path], unpack: Unpack, tmp_path: Path
) -> None:
    file = packed("first")
    other, runs, nowhere = tmp_path / "other", tmp_path / "runs", tmp_path / "no" / "where"
    other.mkdir()
    (other / "letter.txt").write_text("x")
    (runs / "bot").mkdir(parents=True)
    (runs / "bot" / "__main__.py").write_text("")
    (runs / "data").mkdir()
    for folder, word in (
        (other, "holds something else"),
        (runs, "belongs to a program that runs there"),
        (nowhere, "is not there"),
    ):
        refused = unpack(file, str(folder))
        assert refused.returncode == 2
        assert word in refused.stderr
    assert unpack(file).stderr == "Say the folder: python3.11 xanha.pyz /opt/xanha\n"
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "__main__.py", "bot", "data", "letter.txt", "other", "runs"
    ]  # fmt: skip


def test_the_same_commit_makes_the_same_file_with_all_that_runs(tmp_path: Path) -> None:
    for name in ("one", "other"):
        pack(tmp_path / name, {"sbom.cdx.json": b"{}"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    with zipfile.ZipFile(tmp_path / "one") as opened:
        names = set(opened.namelist())
    assert names >= {
        "__main__.py",
        "sbom.cdx.json",
        "requirements/run.txt",
        "bot/__main__.py",
        "deploy/xanha",
    }
    assert {name.partition("/")[0] for name in names} >= {part.partition("/")[0] for part in PARTS}
    assert not any(name.startswith("tests/") for name in names)


def test_the_guide_names_the_file_by_its_version() -> None:
    guide = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
    assert set(re.findall(r"xanha-(\d[\d.]*)\.pyz", guide)) == {VERSION}
