"""What the operator is told by itself, once a day and by day: what is to be put right, which rules changed, which are old.

Each has a key of its day, month or turn, so that it is told once however often it is looked at. A file of rules that cannot be used is told
at a start too, at any hour.
"""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import structlog

from bot.alarm import Alarm
from bot.finding import Finding, Verdict
from bot.repairs import check_backup, check_place, repairs, to_tell
from bot.settings import Settings
from bot.telegram.hearing import Hearing
from models.delivery.message import Message
from models.ground.clock import HOME_ZONE, Clock, is_night, local_date
from models.ground.db import Database
from models.ground.rule_version import in_words
from models.ground.rules import stale_rules
from models.phrases.delivery import alarm as phrases
from models.phrases.trust import repair as repair_phrases
from models.trust.recount import turned_lately
from models.trust.trouble import see_trouble

log = structlog.get_logger()


class OperatorNews:
    """`place`: the directory in which files lie beside the database; None: they are not looked at."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        alarm: Alarm,
        hearing: Hearing,
        *,
        place: Path | None,
    ) -> None:
        self._settings, self._database, self._clock, self._place = settings, database, clock, place
        self._alarm, self._hearing, self._policies = alarm, hearing, settings.policies()

    def tell(self) -> None:
        """Tell whatever there is, unless it is night."""
        if is_night(self._clock(), HOME_ZONE):
            return
        self._tell_stale_rules()
        self._tell_new_rules()
        self.tell_wrong_rules()
        self._tell_repairs()

    def _tell_repairs(self) -> None:
        """Tell the operator, once a day, whatever is to be put right, with what mends it."""
        now = self._clock()
        with self._database.reading() as db:
            seen = [*repairs(see_trouble(db, now=now), now=now)]
        if self._place is not None:
            seen += [*check_place(self._settings), check_backup(self._settings, now=now)]
        if self._hearing.is_deaf:
            seen.append(Finding("calls", Verdict.WRONG, "nobody is heard", "`python -m bot check`"))
        if told := to_tell(seen):
            words = repair_phrases.daily(lines=[one.line for one in told])
            self._alarm.note("repairs", Message(words), key=f"repairs:{local_date(now, HOME_ZONE):%Y%m%d}")

    def tell_wrong_rules(self) -> None:
        """Tell the operator, each day until it is mended, that the file of rules cannot be used, and what holds."""
        used, today = self._settings.used_rules, local_date(self._clock(), HOME_ZONE)
        if used.wrong:
            log.error("rules.wrong", said=used.wrong, goes_on=used.goes_on)
            words = phrases.wrong_rules(said=used.wrong.splitlines(), kept_on=used.kept_on)
            self._alarm.note(
                "rules", Message(words), key=f"rules.wrong:{today:%Y%m%d}:{crc32(used.wrong.encode())}"
            )

    def _tell_stale_rules(self) -> None:
        """Tell the operator, once a month, how many numbers are to be compared with their documents."""
        now = self._clock()
        today = local_date(now, HOME_ZONE)
        stale = stale_rules(self._policies.on(today), today)
        if stale:
            self._alarm.note(
                "rules", Message(phrases.stale_rules(count=len(stale))), key=f"rules:{today:%Y%m}"
            )

    def _tell_new_rules(self) -> None:
        """Tell the operator, once, which values are others since a day, and by which document."""
        now = self._clock()
        for turn, found in self._database.run(lambda db: turned_lately(db, now=now)):
            lines = [
                phrases.new_rule(name=one.name, before=before, after=after, document=document)
                for one in found
                for before, after, document in [in_words(one)]
            ]
            self._alarm.note("rules", Message(phrases.new_rules(lines=lines)), key=f"rules:{turn}")
