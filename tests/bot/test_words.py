"""An operator's own words: any sentence said otherwise, without touching the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from models.phrases.catalogue import Lang, house, use_words
from tests.fakes import World
from tests.people import BOB, a_cell, settle_in

SAID = "Chào đồng chí {name}."


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "words"
    use_words(None)


def run(folder: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["words", str(folder)])
    return done.exit_code, done.output


def write(folder: Path, lang: str, *pairs: tuple[str, str], more: str = "") -> None:
    folder.mkdir(exist_ok=True)
    entries = "".join(f'\n{more}msgid "{vi}"\nmsgstr "{own}"\n' for vi, own in pairs)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    (folder / f"{lang}.po").write_text(head + entries, encoding="utf-8")


def test_a_new_folder_gets_every_sentence_and_replaces_none(folder: Path) -> None:
    code, said = run(folder)
    assert code == 0
    assert "vi.po: made" in said
    assert (folder / "en.po").read_text(encoding="utf-8").count("\nmsgid ") > 4000
    again = run(folder)[1]
    assert "vi.po: sentences said otherwise: 0. All can be used." in again
    use_words(folder)


def test_a_replaced_sentence_is_what_people_read(folder: Path) -> None:
    write(folder, "vi", ("Màn hình chính", "Về trang đầu"))
    write(folder, "en", ("Màn hình chính", "Front page"))
    use_words(folder)
    from models.phrases import common

    assert (common.MENU.to("vi"), common.MENU.to("en")) == ("Về trang đầu", "Front page")
    assert common.CANCEL.to("en") == "Cancel"  # what is not replaced stays


def test_people_read_the_committees_own_words_on_their_phones(world: World, folder: Path) -> None:
    write(folder, "vi", ("Màn hình chính", "Về trang đầu"))
    use_words(folder)
    (bob,) = settle_in(world, a_cell(world), BOB)
    assert "Về trang đầu" in bob.says("/dulieu").buttons()


@pytest.mark.parametrize(
    ("pair", "more", "why"),
    [
        ((SAID, "Chào bạn."), "", "needs the same {values}"),
        ((SAID, "Chào {ten}."), "", "needs the same {values}"),
        ((SAID, "Chào <b>{name}</b>."), "", "needs the same {values} and <tags>"),
        ((SAID, "Chào {name."), "", "needs the same {values}"),
        (("Câu không ai nói", "Câu khác"), "", "nobody says"),
        ((SAID, "Chào {name}!"), "#, fuzzy\n", "marked fuzzy"),
    ],
)
def test_a_sentence_that_would_lose_something_is_refused_by_name(
    folder: Path, pair: tuple[str, str], more: str, why: str
) -> None:
    write(folder, "vi", pair, more=more)
    code, said = run(folder)
    assert code == 2
    assert why in said
    assert "Hint:" in said


@pytest.mark.parametrize("data", [b"\xff\xfe\x00m", b"%PDF-1.4"])
def test_a_file_that_is_no_catalogue_is_refused_in_a_sentence(folder: Path, data: bytes) -> None:
    folder.mkdir()
    (folder / "vi.po").write_bytes(data)
    code, said = run(folder)
    assert (code, "Traceback" in said) == (2, False)
    assert "vi.po" in said


def test_each_sentence_stands_once_in_the_houses_catalogue() -> None:
    keys = [(one.context, one.id) for one in house(Lang.EN)]
    assert len(keys) == len(set(keys))
