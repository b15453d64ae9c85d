"""Whose screens can neither be forwarded, saved nor photographed, and stay hidden on a lock screen: said here for each room.

Protection is Telegram's `protect_content`. It is given when a message is sent and cannot be added by an edit, so a protected
screen is edited in place only where it stands in a protected message already. For who is discreet (abroad by default) a new
protected message shows a neutral line and hides the rest, except a question of a conversation: the person is typing in that chat.
Files are never protected: they are asked for to be signed, printed or kept, and go by another way where they hold a list.
"""

from __future__ import annotations

PROTECTED: dict[str, str] = {
    "agreement": "with whom a unit agreed what, and a phone number there",
    "absence": "other people's absences, their papers, places and work",
    "away": "the speaker's own absence: place, work, papers",
    "bearings": "the speaker's own absence, counts and dues",
    "bundle": "who has handed in what",
    "campaign": "who owes a review, and why somebody is not asked",
    "committee": "names that were granted for a while",
    "concluding": "what was concluded in a meeting",
    "contact": "what somebody noted about the speaker",
    "data": "all that is held about the speaker",
    "desk": "who has not answered, what people wrote, phone numbers",
    "homecoming": "when the speaker is at home",
    "law": "what somebody asks about their data, and the answer",
    "papers": "a person's papers, as an archive",
    "probation": "a probationary member's months and what was considered",
    "rating": "what was proposed and decided about people",
    "request": "requests for help, private ones too",
    "review": "self-criticism: the speaker's own and other people's",
    "rollwho": "who is safe and who is not: names, places, phone numbers",
    "resolving": "what a cell resolved in a meeting",
    "roster": "a person's card: phone, birth year, place; the list of the cell",
    "screening": "months without contact, absences and dues by name",
    "secret": "a PIN or a return code",
    "sheet": "whom to call, and what came of it",
    "trail": "who did what to whom",
    "visit": "all that is held about one person; a code",
    "year": "a member's year: tasks, meetings, contacts, decisions",
}
OPEN: dict[str, str] = {
    "attendance": "calling the roll: names and a tick; the personal link is protected by itself",
    "checkin": "a question and what the speaker has typed just now; two taps must stay two",
    "clock": "what the clocks show, to the operator's chat alone, and a yes or no",
    "consent": "texts that are the same for everybody, and the speaker's yes or no",
    "meeting": "words to be read out and passed on, a calendar file; a personal link is protected by itself",
    "menu": "names nobody but the speaker",
    "nav": "ways out and back",
    "notice": "is written to be read by many; who has read it are counts, then names without any detail",
    "knock": "a sentence that has to be copied and passed on; of people their names",
    "handbook": "common questions and answers, and the speaker's own record of what they studied",
    "mailbox": "where the speaker is told, and an address that they have just typed",
    "browser": "the speaker's own browsers; a link that opens the page is for another device of theirs",
    "own": "a link that its asker has to open, and figures that have to be read out; of others a name",
    "office": "holds an invite that has to be passed on",
    "pause": "two days of the speaker's own",
    "pausing": "two days of the speaker's own",
    "register": "shows nothing of anybody before they are proved",
    "reorganise": "names of units, decisions and figures",
    "rhythm": "days and hours",
    "rollcall": "a question that must be answered in one tap on any channel; of others counts alone",
    "task": "a task has to be copied into the minutes",
    "taskcannot": "the speaker's own words about their own task",
    "taskdone": "the speaker's own words about their own task",
    "tasking": "a task has to be copied into the minutes",
    "unasked": "what the speaker has typed just now, and whom to call: it must be read at once",
    "unit": "names of units and counts; holds an invite that has to be passed on",
}


def room_of(address: str) -> str:
    """Return the room's word at the head of a button's data or of a flow's name: desk:open, desk_ask -> desk."""
    return address.partition(":")[0].partition("_")[0]


def is_protected(address: str) -> bool:
    """Return whether the screens behind a button or a flow are protected."""
    return room_of(address) in PROTECTED
