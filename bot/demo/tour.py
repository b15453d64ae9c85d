"""The tour of nine stops: whose phone to look at, what is to be seen there, and one thing that the page does when asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.demo.people import BINH, HOA, MAI
from bot.demo.web import TourStep

TourAct = datetime | str  # travel to a moment, or type or tap (hands.py)

ASKED = datetime(2026, 12, 1, 10, 1, tzinfo=UTC)  # 19:00 in Osaka on the first
EIGHTH = datetime(2026, 12, 8, 1, 1, tzinfo=UTC)  # 08:00 in Vietnam, the morning on which the desk is told


@dataclass(frozen=True, slots=True)
class Stop:
    step: TourStep
    acts: tuple[TourAct, ...]


TOUR = (
    Stop(
        TourStep(
            phone=MAI,
            locks=True,
            title={"vi": "Màn hình khóa và hai lần bấm", "en": "A lock screen, and two taps"},
            text={
                "vi": "Mai là thực tập sinh ở Osaka. Ngày 1 hằng tháng, 19 giờ theo đồng hồ của Mai, chương trình hỏi thăm. "
                "Màn hình khóa không lộ nội dung. Mời mở khóa, rồi bấm “Mọi việc vẫn ổn” và “Gửi”.",
                "en": "Mai is a trainee in Osaka. On the 1st of the month, at 19:00 on her own clock, the program asks how she is. "
                "Her lock screen tells nobody what it is about. Unlock it, then tap “All is well” and “Send”.",
            },
            does={"vi": "Tua đến lúc Mai được hỏi", "en": "Go to the moment she is asked"},
        ),
        (ASKED,),
    ),
    Stop(
        TourStep(
            phone=BINH,
            title={"vi": "Đến ngày 8", "en": "To the 8th"},
            text={
                "vi": "Ai chưa trả lời thì được nhắc ngày 3 và ngày 5. Sáng ngày 8, bí thư Bình nhận một tin: hôm nay cần gọi ai.",
                "en": "Whoever has not answered is reminded on the 3rd and the 5th. On the morning of the 8th Bình, the secretary, "
                "gets one message: whom to call today.",
            },
            does={"vi": "Đến sáng ngày 8", "en": "Go to the morning of the 8th"},
        ),
        (EIGHTH,),
    ),
    Stop(
        TourStep(
            phone=BINH,
            title={"vi": "Chi bộ hôm nay", "en": "The cell today"},
            text={
                "vi": "Gõ /chibo, bí thư thấy mọi việc đang chờ, việc gấp nhất ở trên. Bấm một tên: số điện thoại, bên đó mấy giờ, "
                "lần liên hệ gần nhất, nút ghi lại cuộc gọi.",
                "en": "With /chibo the secretary sees all that waits, the most urgent first. Tap a name: the number, what time it is "
                "there, when there was last word, and a button to note the call.",
            },
            does={"vi": "Mở màn hình chi bộ", "en": "Open the cell's screen"},
        ),
        ("/chibo",),
    ),
    Stop(
        TourStep(
            phone=HOA,
            title={"vi": "Đảng ủy thấy con số", "en": "The committee sees counts"},
            text={
                "vi": "Cán bộ đảng ủy thấy từng chi bộ bằng số: bao nhiêu người đi xa, bao nhiêu đã báo cáo, chi bộ nào chưa có người "
                "mở màn hình. Không có tên; số dưới 5 được gộp lại.",
                "en": "The committee's officer sees each cell in figures: how many are away, how many have reported, which desk nobody "
                "opens. No names; figures below five are put together.",
            },
            does={"vi": "Mở số liệu của đảng ủy", "en": "Open the committee's figures"},
        ),
        ("/dangbo",),
    ),
    Stop(
        TourStep(
            phone=MAI,
            title={"vi": "Ai đã xem dữ liệu của tôi?", "en": "Who has looked at my data?"},
            text={
                "vi": "Mỗi lần có người mở thông tin của Mai, chương trình ghi lại; Mai xem được ai, lúc nào. Mai cũng sửa, lấy về và xóa "
                "được dữ liệu của mình.",
                "en": "Each time somebody opens Mai's details, it is noted; she can see who, and when. She can also correct, take out "
                "and delete what is held about her.",
            },
            does={"vi": "Xem ai đã xem", "en": "See who looked"},
        ),
        ("/dulieu", "[data:looks"),
    ),
    Stop(
        TourStep(
            phone=BINH,
            title={
                "vi": "Tháng 12: bản kiểm điểm của cả chi bộ",
                "en": "December: the reviews of the whole cell",
            },
            text={
                "vi": "Đảng viên viết kiểm điểm ngay trong điện thoại hoặc gửi tệp Word. Cuối năm bí thư tải trọn bộ thành một tệp nén, "
                "có danh mục và bảng tổng hợp.",
                "en": "Members write the year-end self-review on the phone, or send a Word file. At the end of the year the secretary "
                "fetches all of them as one archive, with an index and a summary.",
            },
            does={"vi": "Mở đợt kiểm điểm", "en": "Open the year's reviews"},
        ),
        ("/kiemdiem", "[campaign:see"),
    ),
    Stop(
        TourStep(
            phone=MAI,
            title={"vi": "Tôi đang đứng ở đâu?", "en": "Where do I stand?"},
            text={
                "vi": "Một màn hình trả lời Mai: được miễn đến bao giờ, theo giấy nào; còn việc gì, hạn nào; việc gì đã xong. Mỗi việc có "
                "một nút để làm ngay.",
                "en": "One screen answers Mai: excused until when and by which paper; what is still to do, and by when; what is settled. "
                "Each has a button that does it.",
            },
            does={"vi": "Mở màn hình của Mai", "en": "Open Mai's screen"},
        ),
        ("/menu", "[bearings:see"),
    ),
    Stop(
        TourStep(
            phone=BINH,
            title={"vi": "Bão: ai an toàn, ai cần giúp?", "en": "A storm: who is safe, who needs help?"},
            text={
                "vi": "Bình hỏi cả chi bộ, cả ban đêm. Mời bấm “Cần giúp” trên máy của Mai rồi xem lại máy của Bình: con số tự đổi, ai chưa "
                "liên lạc được thì có tên trong danh sách gọi điện.",
                "en": "Bình asks the whole cell, at night too. Tap “I need help” on Mai's phone and look at Bình's again: the figures change "
                "by themselves, and whoever is not reached stands on the list of calls.",
            },
            does={"vi": "Hỏi cả chi bộ", "en": "Ask the whole cell"},
        ),
        ("/diemdanh", "[rollcall", "[rollcall", "[rollcall", "[rollcall"),
    ),
    Stop(
        TourStep(
            phone=HOA,
            title={"vi": "Hai chi bộ sáp nhập", "en": "Two cells merge"},
            text={
                "vi": "Theo một quyết định, thôn Tây sáp nhập vào thôn Đông. Trước khi xác nhận, Hòa xem được những gì sẽ chuyển. Mời xác nhận, "
                "xem màn hình chi bộ của Bình, rồi hoàn tác: mọi thứ trở lại chỗ cũ.",
                "en": "By a decision, the hamlet Tây joins Đông. Before she confirms, Hòa sees all that goes along. Confirm it, look at Bình's "
                "desk, then undo it: everything is where it was.",
            },
            does={"vi": "Xem trước khi sáp nhập", "en": "Look before it is confirmed"},
        ),
        (
            *("/dangbo", "[Chi bộ thôn Tây]", "[unit:more", "[reorganise:see", "[reorganise:begin:merge"),
            *("[Chi bộ thôn Đông]", "[unit_change:offices:end", "05-QĐ/ĐU ngày 30/11/2026"),
        ),
    ),
)
