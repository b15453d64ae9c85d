"""Files under a password: Office's own encryption, opened by whoever has the password and by nobody else."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from models.delivery.protected import in_groups, new_password, protect
from tests.phone import opened

PASSWORD = "4821730599162047"


def a_workbook(words: str = "Nguyễn Thị An") -> bytes:
    book, out = Workbook(), BytesIO()
    book.create_sheet("x").append([words, "+84911000040"])
    book.save(out)
    return out.getvalue()


def test_a_password_is_sixteen_digits_read_out_in_fours() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one) == 16 and one.isdecimal() for one in made)
    assert in_groups(PASSWORD) == "4821 7305 9916 2047"


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
def test_it_opens_with_its_password_and_is_what_it_was(name: str) -> None:
    plain = a_workbook()
    shut = protect(name, plain, PASSWORD)
    assert shut.startswith(b"\xd0\xcf\x11\xe0")
    assert b"PK" not in shut[:8]
    assert opened(shut, ["0000000000000000", PASSWORD]) == plain
    assert opened(shut, ["0000000000000000"]) == shut
    with pytest.raises(zipfile.BadZipFile):
        load_workbook(BytesIO(shut))


def test_the_same_file_twice_is_never_the_same_bytes() -> None:
    plain = a_workbook()
    assert protect("a.xlsx", plain, PASSWORD) != protect("a.xlsx", plain, PASSWORD)


@pytest.mark.parametrize("size", [0, 1, *range(3950, 4110, 7), 4200, 100_003, 9_000_000])
def test_files_of_any_length_come_out_whole(size: int) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("x", b"x" * size)
    with zipfile.ZipFile(BytesIO(opened(protect("a.docx", out.getvalue(), PASSWORD), [PASSWORD]))) as book:
        assert book.read("x") == b"x" * size


def test_in_a_bundle_each_file_is_shut_by_itself_under_one_password() -> None:
    out, inside = BytesIO(), {f"{number:02d}.docx": a_workbook(f"Số {number}") for number in range(3)}
    with zipfile.ZipFile(out, "w") as book:
        for name, data in inside.items():
            book.writestr(name, data)
    shut = protect("all.zip", out.getvalue(), PASSWORD)
    with zipfile.ZipFile(BytesIO(shut)) as book:
        assert book.testzip() is None
        kept = {name: book.read(name) for name in book.namelist()}
    assert kept.keys() == inside.keys()
    assert all(one.startswith(b"\xd0\xcf\x11\xe0") for one in kept.values())
    assert {name: opened(one, [PASSWORD]) for name, one in kept.items()} == inside
    assert len({one[-512:] for one in kept.values()}) == 3


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a", "a.xlsx.exe"])
def test_what_cannot_be_protected_does_not_go_out_as_if_it_were(name: str) -> None:
    with pytest.raises(ValueError, match="protected"):
        protect(name, b"x", PASSWORD)


def test_a_bundle_with_anything_else_in_it_does_not_go_out() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("a.txt", b"x")
    with pytest.raises(ValueError, match="protected"):
        protect("all.zip", out.getvalue(), PASSWORD)
