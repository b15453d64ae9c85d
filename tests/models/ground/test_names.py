"""Names are tidied, sorted as a Vietnamese list is, and found without diacritics."""

import unicodedata

import pytest
from hypothesis import example, given, strategies as st

from models.ground.names import fold, given_name, nfc, sort_key, tidy_name

# Given name first, then family and middle name, each in the order of ICU 72's `vi` collation: frozen from ICU itself.
ICU_ORDER = """
Trần Thị an | An | Dương Văn An | Đỗ Văn An | Lê An | Nguyễn An | Nguyên Văn An | Nguyễn Văn An | Nguyễn Văn Á An
Trần Thì An | Trần Thị An | Trấn Thị An | Nguyễn Văn Án | Nguyễn Văn Anh | Nguyễn Văn Ảnh | Nguyễn Văn Ánh
Nguyễn Văn Ân | Nguyễn Văn Ẩn | Nguyễn Văn Ấn | Nguyễn Văn Ba | Nguyễn Văn Bà | Nguyễn Văn Bá | Nguyễn Văn Bàng
Nguyễn Văn Bắc | Nguyễn Văn Bằng | Y Bhiu | Nguyễn Văn Dục | Nguyễn Văn Dung | Nguyễn Văn Dũng | Nguyễn Văn Đúng
Nguyễn Văn Đức | Nguyễn Văn Em | Nguyễn Văn Êm | Nguyễn Văn Ha | Nguyễn Văn Hà | Nguyễn Văn Hả | Nguyễn Văn Hã
Nguyễn Văn Há | Nguyễn Văn Hạ | Nguyễn Văn Hoa | Nguyễn Văn Hoà | Nguyễn Văn Hòa | Nguyễn Văn Hùng | Nguyễn Văn Hưng
Nguyễn Văn Mo | Nguyễn Văn Mô | Nguyễn Văn Mơ | H'Hen Niê | Nguyễn Văn Tú | Nguyễn Văn Tư | Nguyễn Văn Từ
Nguyễn Văn Tử | Nguyễn Văn Tữ | Nguyễn Văn Tứ | Nguyễn Văn Tự | Nguyễn Văn Út | Nguyễn Văn Uyên | Nguyễn Văn Ước
Nguyễn Văn Vi | Nguyễn Văn Vy | Nguyễn Văn Yến
"""
NAMES = [name.strip() for name in ICU_ORDER.replace("\n", "|").split("|") if name.strip()]
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
words = st.text(alphabet=LETTERS + LETTERS.upper() + "' ", max_size=30)


def test_names_sort_as_icu_sorts_them() -> None:
    assert sorted(reversed(NAMES), key=sort_key) == NAMES


def test_people_who_share_a_given_name_sort_by_family_name() -> None:
    people = ["Đỗ Thị Hoa", "Bùi Thị Hoa", "Vũ Thị Hoa", "Dương Thị Hoa"]
    assert sorted(people, key=sort_key) == ["Bùi Thị Hoa", "Dương Thị Hoa", "Đỗ Thị Hoa", "Vũ Thị Hoa"]


@given(words)
def test_the_order_does_not_depend_on_how_letters_were_composed(name: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name)


@given(words, words)
def test_names_that_differ_by_a_letter_never_share_a_place(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (tidy_name(one) == tidy_name(other))


@given(st.text())
@example("\ud800")
@example("李小龙 Ø")
def test_any_text_has_a_place_in_the_list(text: str) -> None:
    assert sort_key(text).count(b"\x00") >= 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  nguyễn   văn\tan ", "Nguyễn Văn An"),
        ("NGUYỄN VĂN ĐỨC", "Nguyễn Văn Đức"),
        ("Nguyễn thị Ánh", "Nguyễn thị Ánh"),
        ("Lê\u200b Văn\u00a0Bình\u202e", "Lê Văn Bình"),
        ("Ðặng Văn Ðức", "Đặng Văn Đức"),
        ("h'hen niê", "H'Hen Niê"),
        ("H’Hen Niê", "H'Hen Niê"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Thủy"), "Nguyễn Thị Thủy"),
        ("Trần\nVăn\r\nHai", "Trần Văn Hai"),
        ("", ""),
    ],
)
def test_a_typed_name_is_tidied(typed: str, kept: str) -> None:
    assert tidy_name(typed) == kept


@given(st.text())
def test_a_tidy_name_has_nothing_invisible_and_single_spaces(text: str) -> None:
    name = tidy_name(text)
    assert "  " not in name
    assert name == name.strip()
    assert not [c for c in name if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"}]


@given(words)
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn  Đức", "nguyen duc"),
        ("ĐẶNG THỊ ƯỚC", "dang thi uoc"),
        ("Ðức", "duc"),
        (unicodedata.normalize("NFD", "Hoà Bình"), "hoa binh"),
        ("\uff2f\uff53\uff41\uff4b\uff41", "osaka"),
        ("TP. Hồ Chí Minh", "tp. ho chi minh"),
    ],
)
def test_search_text_has_no_diacritics(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(words)
def test_folding_ignores_composition_and_capitals(text: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(text.upper()) == fold(fold(text))


def test_the_given_name_is_the_last_word() -> None:
    assert given_name("Nguyễn Thị Minh Khai") == "Khai"
    assert given_name("An") == "An"
    assert given_name("  ") == ""


def test_decomposed_text_is_composed() -> None:
    assert nfc("e\u0302\u0301") == "ế"
