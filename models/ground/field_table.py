"""The lines of the field table: see models/ground/fields.py for how one is added."""

from __future__ import annotations

from collections.abc import Mapping

from models.ground.fields import About, Clear, Fate, Term, Words, parse_kinds

TABLES: dict[str, About] = {}

_Pair = tuple[str, str]

# --- why something about a person is not sealed ---------------------------------------------------------------------

SORTED = Words("chi bộ xếp và tìm theo tên", "the cell sorts by it and finds people by it")
COUNTED = Words(
    "được đếm và lọc trong cơ sở dữ liệu; không có lời văn",
    "counted and selected by in the database; no free text",
)
DUE = Words("lịch của chương trình hỏi theo cột này", "the program's calendar asks by it")
SENT_TO = Words("chương trình gửi tin tới số này", "messages are sent to it")
RECORD = Words("căn cứ của một việc đã quyết định", "part of a decision that was made")

# --- why something stays when a member has their data deleted ------------------------------------------------------

ROSTER = Words(
    "danh sách đảng viên là của chi bộ, theo Điều lệ", "the roster is the cell's own, by the Party's statute"
)
PROOF = Words(
    "bằng chứng đã hỏi, đã đồng ý, đã rút lại, ai đã xem: luật đòi phải có",
    "proof of what was asked, agreed to, withdrawn, and of who looked: the law asks for it",
)
OFFICES = Words(
    "ai giữ chức vụ nào, từ ngày nào tới ngày nào: quyết định của tổ chức",
    "who held which office when: the organisation's decision",
)
MINUTES = Words("cuộc họp có ai dự: biên bản của chi bộ", "who was at a meeting: the cell's minutes")
FIGURES = Words(
    "chỉ còn để đếm: kỳ nào, kết quả thế nào; không lời văn, không nơi ở",
    "kept to be counted only: which period, how it ended; no words, no place",
)
CELLS_WORK = Words(
    "chi bộ đã liên lạc ngày nào, bằng cách nào: việc của chi bộ; không lời văn",
    "when and how the cell made contact: the cell's work; no words",
)
GIVEN = Words("do người ấy đưa vào, hoặc chỉ nói về người ấy", "given by the person, or about nobody else")
ITS_OWN = Words("không nói về ai", "about nobody")
SHORT = Words("tự hết hạn sau ít ngày", "goes by itself within days")


def _table(
    name: str,
    purpose: _Pair,
    readers: str,
    term: Term,
    fate: Fate,
    ground: Words,
    kinds: str,
    *,
    sealed: Mapping[str, _Pair] | None = None,
    clear: Mapping[str, tuple[str, str, Words]] | None = None,
    empties: str = "",
) -> None:
    TABLES[name] = About(
        table=name,
        purpose=Words(*purpose),
        readers=tuple(readers.split()),
        term=term,
        fate=fate,
        ground=ground,
        kinds=parse_kinds(kinds),
        sealed={column: Words(*words) for column, words in (sealed or {}).items()},
        clear={column: Clear(*words) for column, words in (clear or {}).items()},
        empties=frozenset(empties.split()),
    )


_FILE_NAME = ("tên tệp", "the file's name")
_FILE_ID = ("mã tệp được giữ", "the id of a file that is kept")
_REASON = ("lý do", "the reason")
_TEXT = ("lời văn", "the words")
_NOTE = ("ghi chú", "a note")

# --- the organisation -----------------------------------------------------------------------------------------------

_table(
    "unit",
    ("cây tổ chức", "the tree of units"),
    "cell officer operator",
    Term.STRUCTURE,
    Fate.NOBODY,
    ITS_OWN,
    """id: id
    ref: parent_id
    state: kind
    name: name folded
    setting: rhythm ladder
    moment: created_at closed_at""",
)
_table(
    "away_habit",
    ("chi bộ hỏi người đi xa mấy tháng một lần", "how often a cell asks those away"),
    "secretary deputy",
    Term.STRUCTURE,
    Fate.NOBODY,
    ITS_OWN,
    "ref: cell_id\nsetting: update_months",
)
_table(
    "desk_watch",
    ("việc của chi bộ chờ mà lâu chưa ai mở", "a desk where something waits and nobody looks"),
    "follower officer",
    Term.STATE,
    Fate.NOBODY,
    ITS_OWN,
    "ref: cell_id\nmoment: seen_at told_at next_at",
)
_table(
    "standing_meeting",
    ("ngày họp thường lệ của chi bộ", "a cell's standing date"),
    "secretary deputy",
    Term.STRUCTURE,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: cell_id\nsetting: plan\nwho: set_by_id\nmoment: set_at next_at\nday: last_month",
)

_table(
    "roster_left",
    (
        "các dòng của tệp danh sách gần nhất chưa nhận được",
        "rows of the last roster file that were not taken",
    ),
    "secretary deputy",
    Term.STATE,
    Fate.NOBODY,
    Words(
        "trừ các dòng về người ấy: gỡ ra, theo họ tên, năm sinh, số điện thoại",
        "but for the rows about the person, which are taken out, by name, year and number",
    ),
    "id: id\nref: cell_id\nmoment: at",
    sealed={"rows_sealed": ("các dòng và chỗ cần sửa", "the rows and what to correct")},
)

# --- people ---------------------------------------------------------------------------------------------------------

_table(
    "unit_name",
    ("tên cũ của tổ chức", "what a unit was called before"),
    "officer operator",
    Term.STRUCTURE,
    Fate.NOBODY,
    ITS_OWN,
    """id: id
    ref: unit_id
    who: by_id
    moment: until_at
    name: name""",
)
_table(
    "member",
    ("danh sách đảng viên của chi bộ", "the cell's roster"),
    "self secretary deputy",
    Term.MEMBERSHIP,
    Fate.EMPTIED,
    ROSTER,
    """id: id
    ref: cell_id joined_id
    who: phone_changed_by
    state: heard_how
    moment: created_at left_at phone_changed_at phone_proved_at heard_at""",
    sealed={"phone_sealed": ("số điện thoại", "the phone number")},
    clear={
        "full_name": ("họ và tên", "the name", SORTED),
        "apart": (
            "điều phân biệt người trùng tên",
            "what tells namesakes apart",
            Words("năm sinh, có khi thêm chữ A, B", "the year of birth, with a letter where needed"),
        ),
        "sort_key": ("khóa xếp theo tên", "the name as it is sorted", SORTED),
        "folded": ("tên không dấu để tìm", "the name without diacritics", SORTED),
        "birth_year": (
            "năm sinh",
            "the year of birth",
            Words("phân biệt người trùng tên", "tells namesakes apart"),
        ),
        "standing": ("chính thức hay dự bị", "official or probationary", COUNTED),
        "joined_on": ("ngày vào Đảng", "the day of joining", COUNTED),
        "official_on": ("ngày chính thức", "the day of official membership", COUNTED),
        "place_code": ("tỉnh hoặc nước đang ở", "the province or country", COUNTED),
        "zone": ("múi giờ", "the clock", DUE),
        "lang": ("ngôn ngữ", "the language", DUE),
        "discreet": ("tin kín đáo", "discreet messages", DUE),
        "rhythm": ("lịch báo cáo riêng", "a rhythm of their own", DUE),
        "grace_days": ("số ngày rộng thêm", "days of grace", DUE),
    },
    empties="place_code zone discreet rhythm grace_days heard_at heard_how",
)
_table(
    "account",
    ("địa chỉ nào nói thay ai", "which address speaks for whom"),
    "self",
    Term.MEMBERSHIP,
    Fate.GONE,
    GIVEN,
    """id: id
    who: member_id confirmed_by
    moment: linked_at closed_at reachability_at proved_at trusted_at told_since preferred_at
    state: reachability proof
    setting: menu""",
    clear={"address": ("kênh và số của người ấy ở đó", "the channel and the person's number there", SENT_TO)},
)
_table(
    "reachability_move",
    ("tin có tới được không", "whether messages arrive"),
    "secretary deputy",
    Term.CONTACT,
    Fate.GONE,
    GIVEN,
    "id: id\nref: account_id\nstate: before after signal\nmoment: at",
)
_table(
    "sealing_key",
    (
        "mỗi chìa khóa đang dùng, để lúc khởi động thử được hết",
        "each key in use, so that a start can try them all",
    ),
    "program",
    Term.STRUCTURE,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nhash: fingerprint proof\nmoment: since retired_at",
)
_table(
    "secret",
    ("mã PIN, mã trở lại", "PIN and return code"),
    "program",
    Term.SECRET,
    Fate.GONE,
    GIVEN,
    "id: id\nwho: member_id\nstate: kind\nmoment: made_at locked_until\ncount: wrong_tries",
    sealed={"hash_sealed": ("dấu vân tay argon2 của mã", "the argon2 hash of the code")},
    clear={
        "lookup": (
            "sáu số đầu của mã trở lại",
            "the first six digits of a return code",
            Words("tìm dòng; tự nó không mở gì", "finds the row, and opens nothing"),
        )
    },
)
_table(
    "consent",
    ("đồng ý hay không, từng việc một", "what was agreed to, one by one"),
    "self",
    Term.CONSENT,
    Fate.STAYS,
    PROOF,
    "id: id\nwho: member_id noted_by\nstate: purpose\ncount: version\nflag: given\nmoment: at\nday: paper_on",
)
_table(
    "consent_round",
    ("hỏi lại đồng ý khi lời hỏi đổi", "asking again when the wording of consents has changed"),
    "self",
    Term.CONSENT,
    Fate.GONE,
    GIVEN,
    "id: id\nwho: member_id\ncount: version times\nmoment: asked_at next_at",
)
_table(
    "invite",
    ("lời mời đăng ký", "the invitation to register"),
    "secretary deputy officer",
    Term.INVITE,
    Fate.GONE,
    GIVEN,
    """id: id
    who: member_id by_id settled_by confirmed_by
    hash: token_hash
    state: state proof
    moment: created_at expires_at opened_at settled_at next_at
    chat: opened_from""",
    sealed={
        "claim_sealed": ("số điện thoại mà người mở lời mời đưa ra", "the phone number that was claimed")
    },
)
_table(
    "trail",
    ("nhật ký: ai đã xem, ai đã làm gì với ai", "the trail: who looked, who did what to whom"),
    "self secretary officer",
    Term.TRAIL,
    Fate.STAYS,
    PROOF,
    "id: id\nwho: by_id member_id\nref: unit_id\nstate: kind act detail\nmoment: at\ncount: seq\nhash: hash seal",
)
_table(
    "data_visit",
    (
        "người không có tài khoản xem dữ liệu của chính mình",
        "somebody without an account sees their own data",
    ),
    "self",
    Term.SECRET,
    Fate.GONE,
    GIVEN,
    "id: id\nwho: member_id\nchat: address\nmoment: opened_at ends_at",
)
_table(
    "erasure",
    ("đã xóa dữ liệu theo yêu cầu: số biên nhận, con số", "deletions: number of the receipt, counts"),
    "self officer operator",
    Term.FIGURES,
    Fate.STAYS,
    PROOF,
    "id: id\nkey: number\nwho: member_id\nstate: ground\nmoment: at filed_at\ncount: done",
)
_table(
    "appointment",
    ("chức vụ và quyền", "offices and their rights"),
    "cell officer",
    Term.OFFICE,
    Fate.STAYS,
    OFFICES,
    "id: id\nwho: member_id by_id\nref: unit_id\nstate: role\nmoment: begins_at ends_at asleep_since next_digest_at digest_at\nsetting: digest_day",
)
_table(
    "assignment",
    ("ai giữ liên lạc với ai", "who keeps contact with whom"),
    "self contact secretary deputy",
    Term.OFFICE,
    Fate.GONE,
    GIVEN,
    "id: id\nwho: member_id contact_id by_id\nmoment: begins_at ends_at",
)
_table(
    "stand_in",
    ("cán bộ cấp trên tạm thay khi chi bộ trống người phụ trách", "an officer stands in at an empty desk"),
    "officer cell",
    Term.OFFICE,
    Fate.EMPTIED,
    OFFICES,
    "id: id\nref: cell_id appointment_id\nwho: officer_id\nmoment: begun_at ends_at",
    sealed={"reason_sealed": _REASON},
)
_table(
    "handover",
    ("bàn giao chức vụ", "an office is handed over"),
    "secretary officer",
    Term.OFFICE,
    Fate.NOBODY,
    OFFICES,
    "id: id\nref: cell_id\nwho: from_id to_id by_id\nstate: state\nmoment: begun_at done_at",
)
_table(
    "handover_item",
    ("từng việc được bàn giao", "each matter that is handed over"),
    "secretary officer",
    Term.OFFICE,
    Fate.GONE,
    GIVEN,
    "id: id\nref: handover_id ref_id\nwho: member_id\nstate: matter\nmoment: accepted_at settled_at",
)

# --- keeping in touch -----------------------------------------------------------------------------------------------

_table(
    "checkin",
    ("báo cáo tình hình theo kỳ", "the regular check-ins"),
    "self secretary deputy counts",
    Term.CHECKIN,
    Fate.EMPTIED,
    FIGURES,
    """id: id
    who: member_id answered_by asked_by
    ref: cell_id note_id
    state: kind state
    day: period
    moment: opens_at due_at late_at closes_at next_at asked_at alert_at alerted_at phone_by pattern_at
    moment: excused_until answered_at unread_at
    count: nudges""",
    sealed={
        "question_sealed": ("câu hỏi riêng", "a question out of turn"),
        "report_sealed": ("nội dung trả lời", "what was answered"),
        "excuse_sealed": ("lý do hoãn báo cáo", "why it was excused"),
    },
    clear={"zone": ("múi giờ lúc hỏi", "the clock when it was asked", DUE)},
    empties="zone note_id unread_at",
)
_table(
    "checkin_move",
    ("từng bước của một kỳ báo cáo", "each step of a check-in"),
    "self secretary deputy",
    Term.CHECKIN,
    Fate.GONE,
    GIVEN,
    "id: id\nref: checkin_id\nstate: before after\nmoment: at\nwho: by_id",
)
_table(
    "rhythm_offer",
    ("đề nghị lịch nhẹ hơn", "a kinder rhythm is offered"),
    "self",
    Term.CONTACT,
    Fate.GONE,
    GIVEN,
    "id: id\nwho: member_id\nsetting: rhythm grace_days\ncount: slow of\nmoment: offered_at decided_at\nflag: accepted",
)
_table(
    "contact_note",
    ("ghi nhận đã liên hệ", "a contact noted by somebody else"),
    "self contact secretary deputy",
    Term.CONTACT,
    Fate.EMPTIED,
    CELLS_WORK,
    """id: id
    who: member_id by_id
    ref: checkin_id
    state: channel outcome
    day: happened_on
    moment: recorded_at corrected_at unread_at""",
    sealed={
        "result_sealed": ("kết quả liên hệ", "what came of it"),
        "correction_sealed": ("lời sửa của chính người ấy", "the person's correction"),
    },
    empties="checkin_id corrected_at unread_at",
)
_table(
    "pause",
    ("tạm nghỉ báo cáo", "an announced silence"),
    "self secretary deputy",
    Term.CONTACT,
    Fate.GONE,
    GIVEN,
    "id: id\nwho: member_id by_id\nstate: kind state\nday: begins_on ends_on\nmoment: next_at announced_at ended_at",
    sealed={"reason_sealed": _REASON},
)
_table(
    "pause_move",
    ("từng bước của kỳ tạm nghỉ", "each step of a pause"),
    "self secretary deputy",
    Term.CONTACT,
    Fate.GONE,
    GIVEN,
    "id: id\nref: pause_id\nstate: before after\nday: ends_on\nmoment: at\nwho: by_id",
)
_table(
    "ladder",
    ("ai gọi cho người lâu chưa có tin", "who is to call whoever stays silent"),
    "contact secretary deputy",
    Term.CONTACT,
    Fate.GONE,
    GIVEN,
    """id: id
    who: member_id owner_id
    ref: cell_id checkin_id
    setting: steps
    state: state rung ended_how
    moment: due_at day_zero next_at begun_at ended_at
    day: promised_on""",
)
_table(
    "ladder_alert",
    ("ai đã được báo", "who was told"),
    "contact secretary deputy",
    Term.CONTACT,
    Fate.GONE,
    GIVEN,
    "id: id\nref: ladder_id\nwho: told_id\nmoment: at",
)
_table(
    "ladder_move",
    ("từng bước của việc gọi", "each step of the calling"),
    "contact secretary deputy",
    Term.CONTACT,
    Fate.GONE,
    GIVEN,
    "id: id\nref: ladder_id\nstate: before after rung\nday: promised_on\nmoment: at\nwho: by_id",
)
_table(
    "request",
    (
        "đề nghị hỗ trợ, lời nhắn cho bí thư, kiến nghị",
        "a request for help, a word to the secretary, a petition",
    ),
    "self helper secretary deputy counts",
    Term.REQUEST,
    Fate.GONE,
    GIVEN,
    """id: id
    who: member_id owner_id
    ref: cell_id checkin_id unit_id
    state: state kind
    flag: is_private
    day: promised_on answer_by
    moment: opened_at taken_at lapsed_at proposed_at answered_at closed_at next_at
    count: risen nudges
    chat: slips""",
    sealed={
        "topic_sealed": ("việc gì, trong danh sách có sẵn", "the topic, from a list"),
        "text_sealed": _TEXT,
    },
    clear={
        "urgency": ("gấp tới đâu", "how urgent", DUE),
    },
)
_table(
    "request_move",
    ("từng bước của đề nghị", "each step of a request"),
    "self helper secretary deputy",
    Term.REQUEST,
    Fate.GONE,
    GIVEN,
    "id: id\nref: request_id\nstate: did state\nwho: by_id owner_id\nday: promised_on\ncount: level\nmoment: at",
)
_table(
    "request_reply",
    ("trao đổi về đề nghị", "what is written about a request"),
    "self helper secretary deputy",
    Term.REQUEST,
    Fate.GONE,
    GIVEN,
    "id: id\nref: request_id\nwho: by_id\nmoment: at",
    sealed={"text_sealed": _TEXT, "files_sealed": _FILE_ID},
)
_table(
    "request_viewer",
    ("ai được người ấy cho xem thêm", "whom the person lets see it"),
    "self",
    Term.REQUEST,
    Fate.GONE,
    GIVEN,
    "id: id\nref: request_id\nwho: viewer_id\nmoment: added_at",
)

_table(
    "law_request",
    ("yêu cầu theo luật về dữ liệu cá nhân", "requests under the data-protection law"),
    "self secretary deputy",
    Term.REQUEST,
    Fate.EMPTIED,
    PROOF,
    """id: id
    who: member_id opened_by_id answered_by_id settled_by_id
    state: kind state
    flag: on_paper by_itself
    count: nudges
    moment: opened_at answer_by do_by extended_at answered_at settled_at next_at""",
    sealed={"text_sealed": _TEXT, "answer_sealed": ("câu trả lời", "the answer")},
)

# --- absences -------------------------------------------------------------------------------------------------------

_table(
    "away",
    ("một lần đi làm ăn xa", "one absence"),
    "self secretary deputy officer",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    """id: id
    who: member_id
    ref: cell_id
    state: state route
    day: due_on update_due_on
    moment: begun_at declared_at closed_at next_at stalled_at update_asked_at
    count: reminded_for
    setting: update_months""",
    sealed={
        "city_sealed": ("thành phố", "the city"),
        "employer_sealed": ("nơi làm việc", "the employer"),
        "reason_sealed": _REASON,
        "phone_there_sealed": ("số điện thoại ở nơi ấy", "the phone number there"),
        "host_sealed": ("tổ chức đảng nơi tới", "the organisation there"),
        "trusted_name_sealed": ("người thân tin cậy", "a trusted person"),
        "trusted_phone_sealed": ("số của người thân", "their phone number"),
    },
    clear={
        "place_code": ("tỉnh hoặc nước", "the province or country", COUNTED),
        "zone": ("múi giờ", "the clock", DUE),
        "work": ("loại việc làm, trong danh sách có sẵn", "the kind of work, from a list", COUNTED),
        "study": ("đi học", "studies", COUNTED),
        "itinerant": ("nay đây mai đó", "moves about", COUNTED),
        "trusted_knows": ("người thân đã biết mình được ghi ở đây", "the trusted person knows", DUE),
        "begins_on": ("ngày đi", "the day it begins", DUE),
        "ends_on": ("ngày về dự kiến", "the day it ends", DUE),
        "returned_on": ("ngày đã về", "the day of return", DUE),
    },
)
_table(
    "away_change",
    ("lần đi xa được sửa", "a change of an absence"),
    "self secretary deputy",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    "id: id\nref: away_id\nday: from_on\nmoment: at applied_at\nwho: by_id",
    sealed={"before_sealed": ("trước khi sửa", "before"), "after_sealed": ("sau khi sửa", "after")},
)
_table(
    "away_move",
    ("từng bước của lần đi xa", "each step of an absence"),
    "self secretary deputy",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    "id: id\nref: away_id\nstate: before after\nmoment: at\nwho: by_id",
    sealed={"note_sealed": _NOTE},
)
_table(
    "away_update",
    ("tình hình người đi xa gửi về", "news from somebody away"),
    "self secretary deputy",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    "id: id\nref: away_id\nday: due_on\nmoment: at unread_at\nwho: by_id\nflag: on_paper",
    sealed={"text_sealed": _TEXT, "file_id_sealed": _FILE_ID, "file_name_sealed": _FILE_NAME},
)
_table(
    "filing",
    ("đơn và quyết định về lần đi xa", "application and decision about an absence"),
    "self secretary deputy officer",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    """id: id
    ref: away_id cell_id
    state: kind state route rule
    day: begins_on ends_on due_on meeting_on decided_on
    flag: unchanged on_paper decided_on_paper
    who: filed_by decided_by
    moment: opened_at settled_at
    count: votes_for votes_against""",
    sealed={"reason_sealed": _REASON},
    clear={"decision_number": ("số quyết định", "the decision's number", RECORD)},
)
_table(
    "decision_change",
    ("số quyết định được sửa", "a correction of a decision's number"),
    "self secretary deputy officer",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    "id: id\nref: filing_id\nmoment: at\nwho: by_id",
    sealed={"before_sealed": ("số và ngày trước khi sửa", "number and day before")},
)
_table(
    "filing_move",
    ("từng bước của đơn", "each step of an application"),
    "self secretary deputy officer",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    "id: id\nref: filing_id\nstate: before after\nmoment: at\nwho: by_id\nflag: on_paper\nday: happened_on",
    sealed={
        "comment_sealed": ("ý kiến", "a comment"),
        "file_id_sealed": _FILE_ID,
        "file_name_sealed": _FILE_NAME,
        "filed_sealed": ("đơn như lúc nộp", "the application as it was filed"),
    },
)
_table(
    "letter",
    ("thư với nơi đến", "letters with the place of stay"),
    "self secretary deputy",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    """id: id
    ref: away_id
    state: kind
    day: sent_on reminded_on answered_on
    who: sent_by answered_by
    moment: recorded_at next_at withdrawn_at""",
    sealed={
        "to_sealed": ("gửi tới đâu", "to whom"),
        "paper_sealed": ("thư như lúc gửi", "the letter as it was sent"),
        "answer_sealed": ("câu trả lời", "the answer"),
        "file_id_sealed": _FILE_ID,
        "file_name_sealed": _FILE_NAME,
    },
    clear={"number": ("số công văn", "the letter's number", RECORD)},
)
_table(
    "letter_change",
    ("thư được sửa", "a change of a letter"),
    "self secretary deputy",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    "id: id\nref: letter_id\nmoment: at\nwho: by_id\nflag: withdrawn",
    sealed={"before_sealed": ("trước khi sửa", "before"), "why_sealed": _REASON},
)
_table(
    "return_item",
    ("từng việc khi trở về", "what is done at a return"),
    "self secretary deputy",
    Term.ABSENCE,
    Fate.GONE,
    GIVEN,
    "id: id\nref: away_id\nstate: step\nmoment: done_at\nday: happened_on\nwho: by_id\nflag: waived",
    sealed={"note_sealed": _NOTE, "file_id_sealed": _FILE_ID, "file_name_sealed": _FILE_NAME},
)

# --- the year -------------------------------------------------------------------------------------------------------

_table(
    "campaign",
    ("đợt kiểm điểm của chi bộ", "a review year of a cell"),
    "cell counts",
    Term.REVIEW,
    Fate.NOBODY,
    ITS_OWN,
    """id: id
    ref: cell_id
    state: kind state form
    setting: exempt
    count: year reminded_for
    day: deadline meeting_on
    moment: opened_at closed_at next_at
    who: opened_by""",
)
_table(
    "campaign_move",
    ("từng bước của đợt", "each step of a campaign"),
    "secretary deputy",
    Term.REVIEW,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: campaign_id\nstate: did\nmoment: at\nwho: by_id\nday: deadline meeting_on",
)
_table(
    "review",
    ("bản tự kiểm điểm, cam kết", "the self-criticism or commitment"),
    "self secretary deputy counts",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    """id: id
    ref: campaign_id cell_id rating_told
    who: member_id decided_by marked_by
    state: kind form state
    day: judged_on deadline signed_on
    moment: decided_at begun_at submitted_at accepted_at filed_at next_at
    count: version reminded_for""",
    sealed={
        "reason_sealed": _REASON,
        "score_general_sealed": ("điểm tự chấm", "the score given to oneself"),
        "score_results_sealed": ("điểm tự chấm", "the score given to oneself"),
        "proposed_level_sealed": ("mức tự nhận", "the level proposed for oneself"),
    },
    clear={
        "stand": ("thuộc diện kiểm điểm hay không", "whether a review is due", COUNTED),
        "ground": ("vì sao, trong danh sách có sẵn", "on which ground, from a list", COUNTED),
    },
)
_table(
    "review_section",
    ("phần đang viết", "a section as it stands"),
    "self",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    "id: id\nref: review_id\nstate: heading\ncount: position\nmoment: updated_at\nwho: by_id\nchat: marks",
    sealed={"text_sealed": _TEXT},
)
_table(
    "review_version",
    ("bản đã nộp", "a version that was handed in"),
    "self secretary deputy",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    "id: id\nref: review_id\ncount: number\nmoment: at\nwho: by_id\nflag: on_behalf\nstate: form",
    sealed={"body_sealed": _TEXT},
)
_table(
    "review_file",
    ("tệp, ảnh của bản kiểm điểm", "files of a review"),
    "self secretary deputy",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    "id: id\nref: review_id\ncount: version\nstate: kind media\nmoment: at\nwho: by_id",
    sealed={"file_id_sealed": _FILE_ID, "name_sealed": _FILE_NAME},
)
_table(
    "review_comment",
    ("góp ý của chi bộ", "the cell's comments"),
    "self secretary deputy",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    "id: id\nref: review_id\ncount: version\nstate: heading\nmoment: at sent_at\nwho: by_id\nflag: is_issue",
    sealed={"text_sealed": _TEXT},
)
_table(
    "review_look",
    ("ai đã đọc bản nào", "who read which version"),
    "self",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    "id: id\nref: review_id\ncount: version\nwho: reader_id\nmoment: at",
)
_table(
    "review_move",
    ("từng bước của bản", "each step of a review"),
    "self secretary deputy",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    """id: id
    ref: review_id
    state: before after
    moment: at
    who: by_id
    flag: on_behalf
    count: version
    day: deadline happened_on""",
    sealed={"note_sealed": _NOTE},
)
_table(
    "review_bundle",
    ("gói tài liệu cả đợt", "the documents of a campaign, made as one file"),
    "secretary deputy",
    Term.REVIEW,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: campaign_id\nwho: by_id\nchat: address message_id\nstate: state\ncount: total done\nmoment: asked_at finished_at next_at",
    sealed={
        "password_sealed": ("mật khẩu của gói, tới khi gửi xong", "the bundle's password, until it is sent")
    },
)
_table(
    "review_bundle_part",
    ("một tài liệu của gói", "one document of a bundle"),
    "program",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    "id: id\nref: bundle_id review_id file_id\nstate: state ending\ncount: position",
    sealed={"data_sealed": ("tài liệu đã làm xong, tệp đã lấy", "the document, the file")},
)
_table(
    "review_deletion",
    ("đợt kiểm điểm tới hạn xóa", "a campaign whose years are over"),
    "secretary deputy",
    Term.FIGURES,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: cell_id campaign_id\nstate: kind\ncount: year reviews\nmoment: announced_at deleted_at\nday: deletes_on",
)
_table(
    "review_rating",
    ("kết quả xếp loại mà chi bộ, cấp trên đã quyết định", "a rating that cell or committee decided"),
    "self secretary deputy officer",
    Term.REVIEW,
    Fate.GONE,
    GIVEN,
    "id: id\nref: campaign_id\nwho: member_id by_id\nstate: stage\nday: paper_on\nmoment: at",
    sealed={
        "level_sealed": ("mức xếp loại", "the level"),
        "decided_by_sealed": ("cơ quan quyết định", "who decided"),
        "reason_sealed": _REASON,
    },
    clear={
        "number": ("số quyết định", "the decision's number", RECORD),
    },
)
_table(
    "rating_figures",
    ("số liệu đã in của một tổ chức", "figures that a unit printed"),
    "secretary officer",
    Term.FIGURES,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: unit_id\ncount: year printed\nmoment: at\nwho: by_id",
    sealed={"source_sealed": ("lấy từ văn bản nào", "from which paper")},
)
_table(
    "year_count",
    (
        "số đảng viên theo mức xếp loại của một năm đã xóa bản viết",
        "how many had which rating in a year whose texts are gone",
    ),
    "secretary officer",
    Term.FIGURES,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: cell_id\nstate: level\ncount: year people agreed",
)
_table(
    "task",
    ("việc chi bộ giao", "a task that the cell gave"),
    "self secretary deputy",
    Term.TASK,
    Fate.GONE,
    GIVEN,
    "id: id\nref: cell_id meeting_id\nwho: member_id given_by_id\nstate: state\nday: due_on\nmoment: given_at closed_at next_at",
    sealed={"text_sealed": _TEXT, "words_sealed": ("lời báo đã làm", "the answer")},
)
_table(
    "tally",
    ("bí thư ghi: có họp, có đóng phí ở nơi khác", "typed by the secretary: months held or missed"),
    "self secretary deputy",
    Term.CONTACT,
    Fate.GONE,
    GIVEN,
    "id: id\nwho: member_id by_id\nstate: kind\nday: month\nflag: holds\nmoment: at",
)
_table(
    "probation",
    ("mười hai tháng dự bị", "the twelve months of probation"),
    "self helper secretary deputy",
    Term.PROBATION,
    Fate.EMPTIED,
    ROSTER,
    """id: id
    who: member_id helper_id opened_by considered_by ended_by
    state: state
    day: admitted_on considered_on ended_on
    moment: next_at opened_at considered_at ended_at
    flag: official
    count: votes_for voters""",
    sealed={
        "result_sealed": ("kết quả chi bộ xét", "what the cell found"),
        "decision_sealed": ("số quyết định", "the decision"),
        "record_sealed": ("hồ sơ như lúc kết thúc", "the record as it was at the end"),
    },
    empties="votes_for voters",
)
_table(
    "dossier_item",
    ("giấy tờ dự bị chi bộ đã nhận", "a paper of the probation that the cell has"),
    "self helper secretary deputy",
    Term.PROBATION,
    Fate.GONE,
    GIVEN,
    "id: id\nref: probation_id\nstate: item\nday: received_on\nmoment: at\nwho: by_id",
)
_table(
    "earlier_consideration",
    ("lần xét dự bị trước", "what the cell had found before"),
    "self secretary deputy",
    Term.PROBATION,
    Fate.GONE,
    GIVEN,
    "id: id\nref: probation_id\nmoment: at\nwho: by_id",
    sealed={"said_sealed": ("kết quả chi bộ xét lần ấy", "what the cell found then")},
)

# --- meetings and notices -------------------------------------------------------------------------------------------

_table(
    "meeting",
    ("cuộc họp chi bộ", "a meeting of the cell"),
    "invited",
    Term.MEETING,
    Fate.NOBODY,
    ITS_OWN,
    """id: id
    ref: cell_id
    state: state kind form
    moment: starts_at answer_by created_at called_at told_at next_at link_at
    count: minutes edition nudged
    flag: in_room_only unfiled
    who: created_by_id""",
    sealed={
        "paper_sealed": ("giấy mời", "the paper"),
        "place_sealed": ("nơi họp", "the place"),
        "link_sealed": ("đường vào họp", "the link"),
        "agenda_sealed": ("nội dung", "the agenda"),
        "reason_sealed": _REASON,
    },
)
_table(
    "meeting_move",
    ("cuộc họp được sửa", "each change of a meeting"),
    "secretary deputy",
    Term.MEETING,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: meeting_id\nmoment: at\nstate: did state\nwho: by_id\ncount: edition",
    sealed={
        "facts_sealed": ("điều đã đổi", "what changed"),
        "minutes_sealed": ("biên bản như lúc đóng, lúc lưu", "the minutes as closed and as filed"),
    },
)
_table(
    "meeting_paper",
    ("tài liệu họp", "a paper of a meeting"),
    "invited",
    Term.MEETING,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: meeting_id\ncount: position",
    sealed={"file_id_sealed": _FILE_ID, "name_sealed": _FILE_NAME},
)
_table(
    "invitation",
    ("mời họp và câu trả lời", "the invitation to a meeting and its answer"),
    "self secretary deputy",
    Term.MEETING,
    Fate.GONE,
    GIVEN,
    """id: id
    ref: meeting_id
    who: member_id answered_by_id
    state: capacity answer
    count: knows knew calendar
    moment: seen_at answered_at contributed_at""",
    sealed={"reason_sealed": _REASON, "contribution_sealed": ("ý kiến gửi cuộc họp", "words to be read out")},
)
_table(
    "meeting_receipt",
    ("tài liệu đã mở, đã đọc", "a paper opened and read"),
    "secretary deputy",
    Term.MEETING,
    Fate.GONE,
    GIVEN,
    "id: id\nref: invitation_id paper_id\nmoment: opened_at read_at",
)
_table(
    "join_link",
    ("đường riêng vào họp", "a personal link into a meeting"),
    "program",
    Term.MEETING,
    Fate.GONE,
    GIVEN,
    "id: id\nref: invitation_id\nhash: token_hash holder_hash\nmoment: starts_at made_at used_at",
)
_table(
    "attendance",
    ("ai dự họp", "who was at a meeting"),
    "self secretary deputy counts",
    Term.MEETING,
    Fate.EMPTIED,
    MINUTES,
    "id: id\nref: meeting_id\nwho: member_id by_id\nstate: said how\nmoment: from_at until_at at",
    empties="from_at until_at",
)
_table(
    "conclusion",
    ("kết luận cuộc họp", "what a meeting concluded"),
    "invited",
    Term.MEETING,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: meeting_id\nmoment: at\nwho: by_id",
    sealed={"text_sealed": _TEXT, "file_id_sealed": _FILE_ID, "name_sealed": _FILE_NAME},
)
_table(
    "conclusion_receipt",
    ("kết luận đã tới ai", "who has the conclusion"),
    "secretary deputy",
    Term.MEETING,
    Fate.GONE,
    GIVEN,
    "id: id\nref: conclusion_id\nwho: member_id\nmoment: told_at read_at",
)
_table(
    "notice",
    ("thông báo", "an announcement"),
    "invited",
    Term.NOTICE,
    Fate.NOBODY,
    ITS_OWN,
    """id: id
    ref: unit_id cursor
    who: by_id cancelled_by
    state: audience state file_kind
    count: version people
    moment: made_at said_at cancelled_at remind_at next_at fed_until
    flag: asking""",
    sealed={
        "text_sealed": _TEXT,
        "reason_sealed": _REASON,
        "question_sealed": ("câu hỏi kèm theo", "its question"),
        "choices_sealed": ("các lựa chọn", "the choices"),
        "file_id_sealed": _FILE_ID,
        "file_name_sealed": _FILE_NAME,
    },
)
_table(
    "notice_version",
    ("thông báo được sửa", "a corrected notice"),
    "invited",
    Term.NOTICE,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: notice_id\ncount: number\nwho: by_id\nmoment: at",
    sealed={"text_sealed": _TEXT},
)
_table(
    "notice_receipt",
    ("thông báo đã tới ai, trả lời gì", "who has a notice, and the answer"),
    "self secretary deputy officer",
    Term.NOTICE,
    Fate.GONE,
    GIVEN,
    """id: id
    ref: notice_id outbox_id
    who: member_id
    state: state
    moment: say_at read_at reminded_at
    count: version shown parts read_version
    chat: messages""",
    clear={"choice": ("số của lựa chọn", "the number of the choice", COUNTED)},
)

# --- the committee --------------------------------------------------------------------------------------------------

_table(
    "name_request",
    ("cấp trên xin tên sau một con số", "the committee asks for the names behind a figure"),
    "secretary officer",
    Term.NAMES,
    Fate.NOBODY,
    ITS_OWN,
    """id: id
    ref: cell_id
    who: by_id decided_by
    state: figure state
    moment: asked_at decided_at shown_until ended_at next_at""",
    sealed={"reason_sealed": _REASON},
)
_table(
    "name_granted",
    ("tên đã cho xem", "a name that was granted"),
    "self secretary officer",
    Term.NAMES,
    Fate.GONE,
    GIVEN,
    "id: id\nref: name_request_id\nwho: member_id",
)
_table(
    "visit",
    ("cấp trên tới chi bộ", "a visit to a cell"),
    "follower officer",
    Term.NAMES,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nref: cell_id\nwho: by_id\nday: came_on\nmoment: at",
    sealed={"note_sealed": _NOTE},
)

# --- the program's own ----------------------------------------------------------------------------------------------

_table(
    "conversation",
    ("việc đang làm dở", "what is under way in a chat"),
    "self",
    Term.DRAFT,
    Fate.GONE,
    GIVEN,
    "id: id\nchat: address\nstate: room step trail\ncount: version\nflag: active\nmoment: updated_at",
    sealed={"draft_sealed": ("câu trả lời đã gõ", "the answers so far")},
)
_table(
    "form_end",
    ("mẫu đã điền kết thúc thế nào, để trả lời nút cũ", "how a form ended, to answer its old buttons"),
    "self",
    Term.DRAFT,
    Fate.GONE,
    GIVEN,
    "id: id\nchat: address\nstate: room how\ncount: first last\nmoment: at",
)
_table(
    "inbox",
    ("tin đến, tới khi xử lý xong", "what arrives, until it is done"),
    "program",
    Term.INBOX,
    Fate.EMPTIED,
    SHORT,
    "id: id\nchat: address external_id\nmoment: received_at\nstate: channel state\ncount: tries\nlog: error",
    sealed={"body_sealed": ("tin như kênh đã đưa tới", "the update as the channel brought it")},
    empties="address error",
)
_table(
    "outbox",
    ("tin đi, tới khi gửi xong", "what is to be said, until it is said"),
    "program",
    Term.OUTBOX,
    Fate.GONE,
    SHORT,
    """id: id
    key: key about
    chat: address message_id
    count: lane attempts tries
    state: channel method state
    moment: not_before not_after lease_until created_at sent_at
    flag: again
    count: lasts
    log: error""",
    sealed={"body_sealed": ("tin như đã nói", "the message"), "file_sealed": ("tệp kèm theo", "its file")},
    clear={"zone": ("múi giờ của người nhận", "the receiver's clock", DUE)},
)
_table(
    "file",
    ("tệp đã gửi, chừng nào còn chỗ dùng tới", "files that were sent, as long as something points to them"),
    "self secretary deputy",
    Term.DRAFT,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nwho: by_id\nstate: state type\nmoment: kept_at next_at\ncount: tries size\nhash: sha256",
    sealed={
        "shortcut_sealed": ("mã của tệp ở kênh liên lạc", "the channel's id of the file"),
        "data_sealed": ("nội dung tệp", "the file itself"),
    },
)
_table(
    "job_run",
    ("việc chạy theo giờ", "runs of the jobs"),
    "operator",
    Term.RUN,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nstate: job\nmoment: started_at ended_at\ncount: items\nlog: error",
)
_table(
    "heartbeat",
    ("chương trình còn chạy", "the program is alive"),
    "operator",
    Term.STATE,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nmoment: beat_at",
)
_table(
    "outage",
    ("lúc chương trình ngừng", "when the program was down"),
    "operator",
    Term.RUN,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nmoment: began_at ended_at",
)
_table(
    "audit_run",
    ("soát mỗi giờ", "the hourly audit"),
    "operator",
    Term.AUDIT,
    Fate.NOBODY,
    ITS_OWN,
    "id: id\nmoment: at\nflag: well\nlog: findings\nref: looked_up_to",
)


def field_table() -> dict[str, About]:
    """Return every table by its name, in the order of the page."""
    return TABLES
