"""One's absences in words: how one lives there as it is kept, the papers and letters with what became of them."""

from __future__ import annotations

from handlers.away.away.history import entries_of, head_of
from handlers.ground.context import Context
from models.away.away import Away, aways_of
from models.ground.phones import show_phone
from models.people.member import Member
from models.phrases.away import away as away_words, away_member as words
from models.phrases.common import lines
from models.phrases.text import Text, raw
from models.phrases.trust import data as phrases


def absences_in_words(ctx: Context, whose: Member) -> list[Text]:
    """Return the absences in words, the newest first."""
    return [_in_words(ctx, away) for away in aways_of(ctx.db, whose.id)]


def _in_words(ctx: Context, away: Away) -> Text:
    facts = [phrases.row(words.FIELDS[name], value) for name, value in _facts(away)]
    return lines(head_of(ctx, away), *facts, *entries_of(ctx, away))


def _facts(away: Away) -> list[tuple[str, Text]]:
    trusted = [away.trusted_name, show_phone(away.trusted_phone) if away.trusted_phone else None]
    known = [
        ("city", away.city),
        ("employer", away.employer),
        ("phone", show_phone(away.phone_there) if away.phone_there else None),
        ("trusted", " ".join(part for part in trusted if part)),
        ("host", away.host),
        ("reason", away.reason),
    ]
    return [("work", away_words.WORKS[away.work]), *((name, raw(text)) for name, text in known if text)]
