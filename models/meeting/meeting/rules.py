"""Pure rules: which links are meetings' links, what is never online, which day, when time has something to do."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from models.ground.clock import HOME_ZONE, add_months, at_wall, local_date
from models.ground.errors import Refused
from models.ground.names import fold
from models.ground.workdays import WorkdayPolicy, add_workdays, is_workday
from models.meeting.meeting.rows import Facts, Meeting, MeetingAnswer, MeetingForm, MeetingKind, StandingPlan
from models.meeting.policy import MeetingPolicy
from models.phrases.meeting import meeting as phrases

_LONGEST_LINK = 1000


class LinkRefused(Refused):
    """It is no https link to a meeting on a service that is recognised."""

    def __init__(self) -> None:
        super().__init__(phrases.link_refused())


# --- links ----------------------------------------------------------------------------------------------------------


_LINK = re.compile(
    r"(?<![\w@./\\-])(?:(?:https?)://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?/[^\s<>\"“”]+", re.IGNORECASE
)
_LEADS_IN: dict[str, str] = {  # by service: the paths of rooms
    "zoom.us": r"/(?:j|s|w|my|wc|meeting/join)/.+",
    "meet.google.com": r"/(?:[a-z]{3}-?[a-z]{4}-?[a-z]{3}|lookup/.+)",
    "teams.microsoft.com": r"/(?:l/meetup-join|meet)/.+",
    "teams.live.com": r"/meet/.+",
}
_LEADS_ELSEWHERE = re.compile(  # numbers to dial, downloads, settings
    r"/(?:u|download|test|calendar|support|zoomconference|pbx|tel|new|landing|meetingoptions|usp|dialin|webinar|ics)(?:/|$)"
    r"|/meeting/.*(?:ics|attendee|calendar)",
    re.IGNORECASE,
)


def read_link(text: str, policy: MeetingPolicy) -> str:
    """Return the one room in what was typed. Raises LinkRefused where there is none, or more than one (`rooms_in`)."""
    rooms = rooms_in(text, policy)
    if len(rooms) != 1:
        raise LinkRefused
    return rooms[0]


def rooms_in(text: str, policy: MeetingPolicy) -> list[str]:
    """Return the links that lead into a room on a recognised host, each room once.

    An invitation is often pasted whole: beside the room it names a page with telephone numbers, a download, a calendar
    file. A link that was typed or shortened without https:// is one all the same.
    """
    found = [_spelt_out(link) for link in _LINK.findall(text)]
    known = [
        link for link in found if link.isascii() and len(link) <= _LONGEST_LINK and _is_room(link, policy)
    ]
    sure = [link for link in known if _leads_in(link)]
    likely = [link for link in known if not _LEADS_ELSEWHERE.match(urlsplit(link).path)]
    rooms: dict[str, str] = {}
    for link in sure or likely:
        room = urlsplit(link).path.rstrip("/").lower()
        rooms[room] = max(rooms.get(room, ""), link, key=len)  # once with its password, once without
    return list(rooms.values())


def room_name(link: str) -> str:
    """Return what tells one room from another on a button: zoom.us … 80000000001"""
    parts = urlsplit(link)
    host = ".".join((parts.hostname or "").split(".")[-2:])
    room = parts.path.strip("/")
    return f"{host} … {room[-14:]}" if len(room) > 14 else f"{host}/{room}"


def _spelt_out(link: str) -> str:
    link = link.rstrip(".,;:!?)>]\"'")
    return link if "://" in link else f"https://{link}"


def _leads_in(link: str) -> bool:
    parts = urlsplit(link)
    host = (parts.hostname or "").lower()
    path = next(
        (path for known, path in _LEADS_IN.items() if host == known or host.endswith(f".{known}")), None
    )
    if path is None:
        return not _LEADS_ELSEWHERE.match(parts.path)
    return re.fullmatch(path, parts.path, re.IGNORECASE) is not None


def _is_room(link: str, policy: MeetingPolicy) -> bool:
    """No name or password before the host, no port, no look-alike: `zoom.us.example.com` does not end in `.zoom.us`."""
    try:
        parts = urlsplit(link)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    own = urlsplit(policy.jitsi_url).netloc.lower()
    if parts.scheme != "https" or "@" in parts.netloc or "\\" in link or len(parts.path.strip("/")) < 2:
        return False
    if own and parts.netloc.lower() == own:
        return True
    return port in (None, 443) and any(host == known or host.endswith(f".{known}") for known in policy.hosts)


def make_link(policy: MeetingPolicy) -> str:
    """Return a link to a room that nobody can guess: 96 random bits. Jitsi opens it when somebody comes."""
    return f"{policy.jitsi_url}/{secrets.token_hex(12)}"


# --- the committee's paper ------------------------------------------------------------------------------------------


class PaperRefused(Refused):
    """It is no number and day of a paper."""


_NUMBER = re.compile(
    r"(?<![\d/.-])\d{1,5}\s*[-–/]\s*[^\W\d_]"
)  # 15-CV/ĐU, 123/QĐ-ĐU: a number, then the paper's letters
_SIGNED = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})(?!\d)", re.IGNORECASE
)


def read_approval(text: str, *, today: date) -> str:
    """Read number and day of the paper that approves meeting online. Raises PaperRefused, which says what is missing."""
    words = " ".join(text.split())
    signed = _SIGNED.search(words)
    number = _NUMBER.search(words[: signed.start()] + words[signed.end() :] if signed else words)
    if number is None or signed is None:
        raise PaperRefused(phrases.paper_lacks(number=number is None, day=signed is None))
    try:
        on = date(int(signed[3]), int(signed[2]), int(signed[1]))
    except ValueError:
        raise PaperRefused(phrases.paper_lacks(number=False, day=True)) from None
    if on > today:
        raise PaperRefused(phrases.paper_ahead(on=on))
    return words


# --- what is never online -------------------------------------------------------------------------------------------


class RestrictedMatter(StrEnum):
    """What is not dealt with over a link (domain.md §4.6)."""

    DISCIPLINE = "discipline"
    ADMISSION = "admission"
    PERSONNEL = "personnel"
    COMPLAINT = "complaint"
    BALLOT = "ballot"
    CLASSIFIED = "classified"


_WORDS: dict[RestrictedMatter, str] = {
    RestrictedMatter.DISCIPLINE: r"ky luat|khien trach|canh cao|khai tru|cach chuc",
    RestrictedMatter.ADMISSION: r"ket nap|chuyen dang chinh thuc|cong nhan (?:la )?dang vien chinh thuc",
    RestrictedMatter.PERSONNEL: r"nhan su|quy hoach can bo|gioi thieu ung cu|bo nhiem|bau (?:cu|bi thu|chi uy|cap uy)",
    RestrictedMatter.COMPLAINT: r"khieu nai|to cao|bao ve chinh tri noi bo",
    RestrictedMatter.BALLOT: r"bo phieu|phieu kin|lay phieu",
    RestrictedMatter.CLASSIFIED: r"tai lieu mat|van ban mat|bi mat nha nuoc",
}


def matters_in(agenda: str) -> list[RestrictedMatter]:
    """Return what an agenda seems to touch. A word proves nothing, so a person is asked."""
    words = " ".join(fold(agenda).split())
    return [matter for matter, pattern in _WORDS.items() if re.search(rf"\b(?:{pattern})\b", words)]


# --- days and times -------------------------------------------------------------------------------------------------

_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:hg.]|giờ)\s*(\d{2})?\s*(?:phút|p)?", re.IGNORECASE)


def read_clock(text: str) -> time | None:
    """Read an hour: 19:30, 19h30, 19h, 7 giờ 30; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


_TAIL = re.compile(
    r"[,;]?\s*(?:lúc\s*)?(\d{1,2}\s*(?::|h|giờ)\s*(?:\d{2})?\s*(?:phút|p)?)$", re.IGNORECASE | re.ASCII
)


def split_clock(text: str) -> tuple[str, time | None]:
    """Split off an hour typed behind or before a day: 03/12 19h30, 19:30 ngày 03/12. None: there is no hour in it."""
    text = " ".join(text.split())
    if (found := _TAIL.search(text)) and found.start() > 0 and (clock := read_clock(found[1])):
        return text[: found.start()].strip(), clock
    first, _, rest = text.partition(" ")
    if rest and "." not in first and (clock := read_clock(first)):
        return rest.removeprefix("ngày ").strip(), clock
    return text, None


def at_home(day: date, clock: time) -> datetime:
    """Return the moment on Vietnam's clock, where the cell is."""
    return at_wall(day, clock, HOME_ZONE)


def standing_day(month: date, plan: StandingPlan, workdays: WorkdayPolicy) -> date:
    """Return the standing day in a month; where that is a day off, the next working day."""
    day = month.replace(day=plan.day)
    return day if is_workday(day, workdays) else add_workdays(day, 1, workdays)


def standing_start(month: date, plan: StandingPlan, workdays: WorkdayPolicy) -> datetime:
    return at_home(standing_day(month, plan, workdays), time.fromisoformat(plan.clock))


def next_standing(
    plan: StandingPlan, *, after: datetime, last: date | None = None, workdays: WorkdayPolicy
) -> datetime:
    """Return the first standing meeting that starts later than `after`, in a month later than `last`."""
    month = local_date(after, HOME_ZONE).replace(day=1)
    while (start := standing_start(month, plan, workdays)) <= after or (last is not None and month <= last):
        month = add_months(month, 1)
    return start


def least_minutes(kind: MeetingKind, policy: MeetingPolicy) -> int:
    return policy.thematic_minutes if kind is MeetingKind.THEMATIC else policy.minutes


# --- what the forms allow -------------------------------------------------------------------------------------------

ANSWERS: dict[MeetingForm, tuple[MeetingAnswer, ...]] = {
    MeetingForm.IN_PERSON: (MeetingAnswer.IN_PERSON, MeetingAnswer.PART, MeetingAnswer.ABSENT),
    MeetingForm.ONLINE: (MeetingAnswer.ONLINE, MeetingAnswer.PART, MeetingAnswer.ABSENT),
    MeetingForm.HYBRID: (
        MeetingAnswer.ONLINE,
        MeetingAnswer.IN_PERSON,
        MeetingAnswer.PART,
        MeetingAnswer.ABSENT,
    ),
}


def has_link(form: str) -> bool:
    return form != MeetingForm.IN_PERSON


def lacks_link(meeting: Meeting) -> bool:
    """Return whether it is to be joined by a link that is not there yet."""
    return has_link(meeting.form) and meeting.link_sealed is None


def has_room(form: str) -> bool:
    return form != MeetingForm.ONLINE


# --- when time has something to do ----------------------------------------------------------------------------------

LINK_BEFORE = timedelta(minutes=30)  # the way in reaches each so long before the start
_LEAST_NOTICE = timedelta(hours=1)


def answer_deadline(starts_at: datetime, policy: MeetingPolicy, *, now: datetime) -> datetime:
    """Return a day before the start; for a meeting called at short notice, half-way to the start."""
    usual = starts_at - timedelta(hours=policy.answer_hours)
    return usual if usual - now >= _LEAST_NOTICE else now + (starts_at - now) / 2


def nudge_moments(answer_by: datetime, policy: MeetingPolicy) -> list[datetime]:
    """Return when the undecided are reminded. The last is the deadline, when the desk hears who they are."""
    before = sorted(policy.nudge_hours, reverse=True)
    return [*(answer_by - timedelta(hours=hours) for hours in before), answer_by]


def rounds_over(answer_by: datetime, policy: MeetingPolicy, *, told_at: datetime) -> int:
    """Count the rounds that come too soon after `told_at`; the deadline itself is never left out."""
    soon = told_at + timedelta(hours=policy.settle_hours)
    return sum(at <= soon for at in nudge_moments(answer_by, policy)[:-1])


def minutes_due_on(starts_at: datetime, policy: MeetingPolicy) -> date:
    """Return the day by which the minutes of a meeting are signed and filed."""
    return local_date(starts_at, HOME_ZONE) + timedelta(days=policy.minutes_days)


def minutes_moments(starts_at: datetime, policy: MeetingPolicy, *, after: datetime) -> list[datetime]:
    """Return when the desk is reminded of minutes that are not filed: on their last day, and on the day after it.

    Who closed the meeting later than that (`after`) is reminded once, the next morning.
    """
    due, hour = minutes_due_on(starts_at, policy), time(policy.open_hour)
    ahead = [at for days in (0, 1) if (at := at_home(due + timedelta(days=days), hour)) > after]
    return ahead or [at_home(local_date(after, HOME_ZONE) + timedelta(days=1), hour)]


def open_moments(since: datetime, policy: MeetingPolicy) -> list[datetime]:
    """Return when the desk is reminded of a meeting that nobody has ended: ever more seldom, at one hour of the day."""
    first, hour = local_date(since, HOME_ZONE), time(policy.open_hour)
    return [at_home(first + timedelta(days=days), hour) for days in sorted(policy.open_days)]


# --- what has changed -----------------------------------------------------------------------------------------------

ASKS_AGAIN = frozenset({"starts_at", "form"})  # an answer to the old day or form does not count for the new


def differences(old: Facts, new: Facts) -> list[str]:
    """Return the names of the facts that differ, in the order in which they are told."""
    names: Sequence[str] = ("starts_at", "minutes", "form", "kind", "place", "link", "agenda", "papers")
    return [name for name in names if getattr(old, name) != getattr(new, name)]
