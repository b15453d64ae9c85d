"""The guides keep their word: each button is spelt as it is shown, each path can be gone, each picture and link is there."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from bot.demo.people import BINH, HOA, MAI
from handlers import COMMANDS
from models.phrases.catalogue import Lang, house
from tests.chaos.__main__ import options_of as options_of_chaos
from tests.commune import Commune, commune
from tests.phone import Phone
from tests.simulate.__main__ import options_of as options_of_simulation

__all__ = ["commune"]

ROOT = Path(__file__).parents[1]
GUIDES = ("member", "secretary", "officer")
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/guide/*.md")])
HOLDS = {"member": MAI, "secretary": BINH, "officer": HOA}  # whose phone the paths of a guide are gone on

EMPHASIS = {  # bold for weight, not for a button
    "đậm",
    "bold",
    "Bold",
    "Không còn tài khoản",
    "Without an account",
    "có chức vụ",
    "vừa đổi số sau khi mời",
    "Gọi rồi vẫn chưa có tin?",
    "nút vào họp",
    "number was changed after the invite",
    "Still no news?",
    "Khi ai đó đổi Telegram",
    "chưa ai nhận được gì",
    "Người đã ra khỏi danh sách, chưa từng đăng ký",
    "When somebody changes Telegram",
    "told to nobody yet",
    "Who has left the roster or never registered",
}
WHERE_THERE_IS_ONE = {  # shown only while there is something of the kind
    "Nhiệm vụ của tôi",
    "Chờ xác nhận đúng người",
    "Tôi đã trở về",
    "Ghi kết quả cho nhiều đơn",
    "Enter the result for several",
    "Tôi đang ở nhà, tại địa phương",
}


def text_of(guide: str) -> str:
    return unicodedata.normalize("NFC", (ROOT / f"docs/guide/{guide}.md").read_text(encoding="utf-8"))


def bold(text: str) -> list[str]:
    """Each thing in bold of running text; a bold beginning of a paragraph or list item that ends in . or : is a heading."""
    found = []
    for match in re.finditer(r"\*\*([^*\n]+?(?:\n[^*\n]+?)?)\*\*", text):
        words = " ".join(match[1].split())
        heads = text[: match.start()].endswith(("\n", "\n- ", "\n  ", ". ")) and words.endswith((".", ":"))
        if not heads:
            found.append(words)
    return found


@cache
def said() -> str:
    """Every literal of the phrases and their English, one a line."""
    lines = []
    for path in (ROOT / "models/phrases").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lines += [
            " ".join(node.value.split())
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    lines += [" ".join(str(one.string).split()) for one in house(Lang.EN)]
    return unicodedata.normalize("NFC", "\n".join(lines))


@pytest.mark.parametrize("guide", GUIDES)
def test_each_button_in_a_guide_is_spelt_as_it_is_shown(guide: str) -> None:
    known = said()
    lost = [one for one in bold(text_of(guide)) if one.rstrip("…:.") not in known and one not in EMPHASIS]
    assert lost == []


def paths(guide: str) -> list[tuple[str, tuple[str, ...]]]:
    """A command and the buttons after it, up to the first step that is a name or something typed."""
    text = " ".join(
        text_of(guide).rpartition("\n## 1. ")[0].split()
    )  # the Vietnamese part: the English one begins anew
    found = re.finditer(r"`(/[a-z]+)`((?: → \*\*[^*]+\*\*)+)", text)
    return [(one[1], tuple(re.findall(r"\*\*([^*]+)\*\*", one[2]))) for one in found]


def lost_on(phone: Phone, paths: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Go each path; what could not be found on the way."""
    lost = []
    for command, labels in paths:
        phone.says(command)
        for place, label in enumerate(labels, start=1):
            if label in WHERE_THERE_IS_ONE:
                break
            if not any(label.lower() in shown.lower() for shown in phone.buttons()):
                lost.append((command, *labels, f"no {label!r} among {phone.buttons()}"))
                break
            if place < len(labels):  # the last one is only looked for: it may delete, or tell somebody
                phone.taps(label)
        phone.says("/huy")
    return lost


@pytest.mark.parametrize("guide", GUIDES)
def test_each_path_in_a_guide_can_be_gone(guide: str, commune: Commune) -> None:
    assert lost_on(commune.phone(HOLDS[guide]), paths(guide)) == []


DUTIES = ("Coordination", "Chỗ dựa", "Training of secretaries", "The third step", "Seasonal leaving")


def test_each_duty_of_the_mission_has_its_screen_and_the_test_that_holds_it(commune: Commune) -> None:
    page = unicodedata.normalize("NFC", (ROOT / "docs/mission.md").read_text(encoding="utf-8"))
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if "`tests/" in line
    ]
    rows = [row for row in rows if len(row) == 4]
    heads = [re.match(r"\*\*([^*]+)\*\*", row[0]) for row in rows]
    assert [head[1].startswith(duty) for head, duty in zip(filter(None, heads), DUTIES, strict=True)] == [
        True
    ] * 5
    for _, whose, screen, held in rows:
        [(command, more)] = re.findall(r"`(/[a-z]+)`((?: → \*\*[^*]+\*\*)*)", screen)
        labels = tuple(re.findall(r"\*\*([^*]+)\*\*", more))
        assert command.removeprefix("/") in {one.name for one in COMMANDS}
        assert lost_on(commune.phone(HOLDS[whose]), [(command, labels)]) == []
        [(file, test)] = re.findall(r"`(tests/[\w/]+\.py)` `(test_\w+)`", held)
        assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8"), test
    for button in ("Thư với nơi đến", "Nhắn qua người thân"):
        assert f"*{button}*" in " ".join(page.split())
        assert button in said()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_each_command_picture_and_link_of_a_document_is_there(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    commands = {command.name for command in COMMANDS}
    assert (
        set(re.findall(r"`/([a-z]+)`", text))
        - commands
        - {"setdomain", "newbot", "revoke", "j", "events", "healthz", "readyz", "metrics"}
        == set()
    )
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) + re.findall(r'src="([^"]+)"', text)
    local = [one for one in targets if "://" not in one and not one.startswith("mailto:")]
    assert [one for one in local if not (paper.parent / one).exists()] == []
    targets_made = set(re.findall(r"`?make ([a-z-]+)", text)) - {"it", "sure", "a", "the", "room", "up"}
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {one for one in targets_made if f"`make {one}" in text or f"\nmake {one}" in text} - known == set()


# --- what can be repeated -------------------------------------------------------------------------------------------

ABOVE = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")  # what the `make` that runs this test would tell the one it asks
READ_BY = {"tests.chaos": options_of_chaos, "tests.simulate": options_of_simulation}


def shown(paper: str) -> list[str]:
    """The commands of a paper that prove something."""
    text = (ROOT / paper).read_text(encoding="utf-8")
    return re.findall(r"make (?:chaos|simulate)[a-z-]*(?: [A-Z]+=\w+)*", text)


@pytest.mark.parametrize("paper", ["docs/reliability.md", "README.md", "README.vi.md"])
def test_each_command_that_proves_something_is_understood(paper: str) -> None:
    commands = shown(paper)
    assert commands
    for command in commands:
        told = subprocess.run(
            ["/bin/sh", "-c", f"{command} --dry-run --no-print-directory"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name not in ABOVE},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        words = shlex.split(told.splitlines()[-1])
        module = words[words.index("-m") + 1]
        READ_BY[module](words[words.index(module) + 1 :])
        for value in re.findall(r"=(\w+)", command):
            assert value in words
