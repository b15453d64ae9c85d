"""Papers marked as secret are recognised; honey, passwords and close friends are not taken for secrets."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from models.ground.marking import marked_secret

MARKED = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "Mật",
    "Tối mật",
    "[MẬT]",
    "*** MẬT ***",
    "M Ậ T",
    "T Ố I M Ậ T",
    "TÀI LIỆU MẬT",
    "Tài liệu mật",
    "CÔNG VĂN MẬT",
    "HỒ SƠ MẬT",
    "HỒ SƠ MẬT CỦA CHI BỘ",
    "Báo cáo tháng 9\nMẬT\nKính gửi đảng ủy",
    "Số: 12-BC/ĐU (Mật)",
    "Công văn số 12 MẬT ngày 3/2",
    "Độ mật: Mật",
    "Độ mật: Tối mật",
    "ĐỘ MẬT : TUYỆT MẬT",
    "Dấu chỉ mức độ mật: Mật",
    "Độ mật: B",
    "Văn bản này đóng dấu TỐI MẬT, đề nghị xem",
    "Tài liệu Tuyệt Mật gửi đồng chí",
    "BC-MAT.docx",
    "bc_mat.pdf",
    "toi_mat",
    "TOI-MAT.pdf",
    "tuyet mat 2026.docx",
    "ToiMat.docx",
    "toimat.pdf",
    "TaiLieuMat.docx",
    "cong van mat.pdf",
    "Báo cáo - mật.docx",
    "CV 15 MẬT.pdf",
    "BC_MẬT_2026.docx",
    "MAT.pdf",
    "12-MAT.pdf",
]

ORDINARY = [
    "",
    "mật",
    "Tôi bán mật ong rừng",
    "MẬT ONG NGUYÊN CHẤT",
    "bí mật",
    "BÍ MẬT NHÀ NƯỚC",
    "Luật Bảo vệ bí mật nhà nước",
    "Tôi quên mật khẩu",
    "ĐỔI MẬT KHẨU",
    "QUY CHẾ BẢO MẬT",
    "bảo mật thông tin",
    "thân mật",
    "BUỔI GẶP MẶT THÂN MẬT",
    "mật độ dân số",
    "MẬT ĐỘ DÂN CƯ",
    "mối quan hệ mật thiết",
    "sỏi mật",
    "MỔ SỎI MẬT",
    "tuần trăng mật",
    "TUẦN TRĂNG MẬT",
    "Nghe tuyệt mật quá nhỉ",
    "Độ mật: không",
    "ĐỘ MẬT:",
    "NGUYỄN THỊ MẬT",
    "Trần Văn Mật",
    "TRẦN ĐỨC MẬT, sinh năm 1960",
    "TÔI MẤT VIỆC",
    "CÓ MẶT ĐẦY ĐỦ",
    "mật-khẩu",
    "mat_khau.txt",
    "MAT-TRAN-TO-QUOC.docx",
    "bao_mat.pdf",
    "anh-mat.jpg",
    "hop-mat-tet.png",
    "bí mật nhà nước.pdf",
    "mật ong.jpg",
    "bao-cao-thang-9.docx",
    "tôi_mất_việc.docx",
    "khuon_mat.jpg",
    "formatter.py",
    "Mọi việc vẫn ổn",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_seen(text: str) -> None:
    assert marked_secret(text)
    assert marked_secret(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_pass(text: str) -> None:
    assert not marked_secret(text)
    assert not marked_secret(unicodedata.normalize("NFD", text))


@given(st.text(alphabet="abc xyz,.\n", max_size=80), st.text(alphabet="abc xyz,.\n", max_size=80))
def test_a_stamp_is_seen_wherever_it_stands(before: str, after: str) -> None:
    assert marked_secret(f"{before}\nTỐI MẬT\n{after}")


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert marked_secret(text) in {True, False}


def test_a_long_text_is_read_in_no_time() -> None:
    assert not marked_secret("bảo mật " * 20_000)
    assert not marked_secret("a b c d e f " * 15_000)
    assert not marked_secret("A_" * 50_000)
