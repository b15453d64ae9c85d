"""Who lives in the invented commune, and which of them have a phone on the page. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass

from bot.demo.web import Phone
from models.people.member import Standing
from models.people.rights import Role
from models.phrases.text import Lang

BINH, LAN, MAI, DUNG, DUC, HANH, HUY, YEN, KHOA, THU, VAN, OANH, QUAN, THANG = range(1001, 1015)
TAI, CUONG, SEN, PHUC, NGOC = range(2001, 2006)
HOA = 3001
VINH, THAO = range(4001, 4003)


WITH_WORDS, WITH_A_PAGE = frozenset({THU}), frozenset({OANH})  # who has no Telegram


@dataclass(frozen=True, slots=True)
class DemoPerson:
    user_id: int
    name: str
    born: int
    phone: str
    place: str | None = None  # a code of models.ground.places; None: at home
    zone: str | None = None
    role: Role | None = None
    standing: Standing = Standing.OFFICIAL
    lang: Lang = Lang.VI
    registered: bool = True
    answers: bool = True  # last month


EAST = (
    DemoPerson(BINH, "Nguyễn Văn Bình", 1962, "+84912000101", role=Role.SECRETARY),
    DemoPerson(LAN, "Trần Thị Lan", 1975, "+84912000102", role=Role.DEPUTY),
    DemoPerson(MAI, "Lê Thị Mai", 2003, "+819012340103", "JP", "Asia/Tokyo"),
    DemoPerson(DUNG, "Phạm Văn Dũng", 1990, "+84912000104", "VN-79"),
    DemoPerson(DUC, "Hoàng Minh Đức", 1984, "+4915112340105", "DE", "Europe/Berlin"),
    DemoPerson(HANH, "Vũ Thị Hạnh", 1988, "+886912340106", "TW", "Asia/Taipei"),
    DemoPerson(
        HUY, "Đặng Quốc Huy", 2001, "+84912000107", "VN-01", standing=Standing.PROBATIONARY, answers=False
    ),
    DemoPerson(YEN, "Ngô Thị Yến", 1999, "+84912000108", "KR", "Asia/Seoul", registered=False),
    DemoPerson(KHOA, "Đinh Văn Khoa", 1979, "+84912000109", "VN-31"),
    DemoPerson(THU, "Trịnh Thị Thu", 1995, "+84912000110", "VN-48", registered=False),
    DemoPerson(VAN, "Tô Thị Vân", 1983, "+84912000111"),
    DemoPerson(OANH, "Kiều Thị Oanh", 1987, "+84912000112", "VN-75", answers=False),
    DemoPerson(QUAN, "Lương Văn Quân", 1985, "+84912000113", "VN-31"),
    DemoPerson(THANG, "Cao Văn Thắng", 1993, "+84912000114", "VN-79", answers=False),
)
WEST = (
    DemoPerson(TAI, "Lý Văn Tài", 1968, "+84912000201", role=Role.SECRETARY),
    DemoPerson(CUONG, "Bùi Mạnh Cường", 1992, "+821012340202", "KR", "Asia/Seoul"),
    DemoPerson(SEN, "Đỗ Thị Sen", 1986, "+61412340203", "AU", "Australia/Sydney", lang=Lang.EN),
    DemoPerson(PHUC, "Mạc Văn Phúc", 1981, "+84912000204", "VN-92", answers=False),
    DemoPerson(NGOC, "Hồ Thị Ngọc", 1997, "+84912000205", "VN-22", registered=False),
)
SOUTH = (
    DemoPerson(VINH, "Tạ Quang Vinh", 1971, "+84912000401"),
    DemoPerson(THAO, "Chu Thị Thảo", 2000, "+84912000402", "VN-79", answers=False),
)
OFFICER = DemoPerson(HOA, "Phan Thị Hòa", 1980, "+84912000301", role=Role.OFFICER)

PHONES = (
    Phone(
        user_id=BINH,
        name="Nguyễn Văn Bình",
        about={"vi": "Bí thư chi bộ thôn Đông", "en": "Secretary of the East cell"},
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=MAI,
        name="Lê Thị Mai",
        about={"vi": "Thực tập sinh ở Osaka", "en": "Trainee in Osaka"},
        zone="Asia/Tokyo",
        discreet=True,
    ),
    Phone(
        user_id=HOA,
        name="Phan Thị Hòa",
        about={"vi": "Cán bộ đảng ủy xã", "en": "Officer of the commune committee"},
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=DUNG,
        name="Phạm Văn Dũng",
        about={
            "vi": "Công nhân ở TP Hồ Chí Minh (Bình Dương cũ)",
            "en": "Worker in Ho Chi Minh City (formerly Bình Dương)",
        },
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=YEN,
        name="Ngô Thị Yến",
        about={
            "vi": "Đang ở Seoul, chưa đăng ký: mở lời mời của bí thư ở đây",
            "en": "In Seoul, not registered: open the secretary's invite here",
        },
        zone="Asia/Seoul",
        guest=True,
    ),
    Phone(
        user_id=THU,
        name="Trịnh Thị Thu",
        about={
            "vi": "Ở Đà Nẵng, chỉ có Zalo, chưa đăng ký: mở lời mời ở đây, rồi gõ số",
            "en": "In Đà Nẵng, has Zalo alone, not registered: open an invite here, then type numbers",
        },
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=OANH,
        name="Kiều Thị Oanh",
        about={
            "vi": "Ở Đồng Nai, không có Telegram: trang riêng, mở trong trình duyệt của bạn",
            "en": "In Đồng Nai, without Telegram: her page, opened in your own browser",
        },
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=VAN,
        name="Tô Thị Vân",
        about={"vi": "Người giữ liên lạc, giúp đỡ Huy", "en": "Contact; helps Huy"},
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=HUY,
        name="Đặng Quốc Huy",
        about={"vi": "Đảng viên dự bị, thợ xây ở Hà Nội", "en": "Probationary member, builder in Hà Nội"},
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=LAN,
        name="Trần Thị Lan",
        about={"vi": "Phó bí thư chi bộ thôn Đông", "en": "Deputy secretary of the East cell"},
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=TAI,
        name="Lý Văn Tài",
        about={
            "vi": "Bí thư chi bộ thôn Tây, cấp ủy viên phụ trách thôn Đông",
            "en": "Secretary of the West cell; follows the East cell for the committee",
        },
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=SEN,
        name="Đỗ Thị Sen",
        about={"vi": "Ở Sydney, dùng tiếng Anh", "en": "In Sydney, uses English"},
        zone="Australia/Sydney",
        lang="en",
        discreet=True,
    ),
)
