"""/khaibao: a member declares an absence and follows it to its end.

    /khaibao ──┬─ nothing runs, and left last year in this month ──> as last year (season.py)
               ├─ nothing runs ──> form.py: a question at a time ──> overview, route and rule ──> filed, the .docx comes
               │
               └─ one runs ──> the absence (screens.py) ─┬─ extend: nothing changed (acts.py), or with changes ─┐
                                      ^                  ├─ change on the way ────────────────────────────────────┤ form.py
                                      │                  ├─ correct what was returned, declare it anew ──────────┘
                                      │                  ├─ the paper as .docx, a scan of it (papers.py)
                                      │                  ├─ withdraw, back, tick, a mistake (acts.py)
                                      │                  ├─ an update in writing (update.py)
                                      │                  └─ history, counts, comments (history.py)
                                      └── messages about it: away:see, away:same, away:refile, …

Buttons carry the id of an absence or a filing; each tap loads it, and is refused unless it is the speaker's own.
"""

from handlers.away.away import acts, form, history, papers, screens, season, update
from handlers.away.away.door import agreed
from handlers.away.away.form import start as start
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("away:agree", form.agree),
    Tap("away:see", screens.see),
    Tap("away:more", screens.see_more),
    Tap("away:filing", screens.see_filing),
    Tap("away:season", season.see),
    Tap("away:again", agreed(season.file)),
    Tap("away:dates", agreed(form.other_dates)),
    Tap("away:new", agreed(form.declare_new)),
    Tap("away:anew", agreed(form.declare_anew)),
    Tap("away:refile", agreed(form.correct)),
    Tap("away:same", agreed(acts.offer_same)),
    Tap("away:until", agreed(acts.extend_same)),
    Tap("away:extend", agreed(form.extend)),
    Tap("away:change", agreed(form.change)),
    Tap("away:paper", papers.download),
    Tap("away:attach", agreed(papers.ask_for_scan)),
    Tap("away:handin", agreed(papers.ask_for_review)),
    Tap("away:withdraw", acts.ask_to_withdraw),
    Tap("away:withdrawn", acts.withdraw),
    Tap("away:return", acts.ask_when_back),
    Tap("away:tick", acts.tick),
    Tap("away:resume", acts.resume),
    Tap("away:update", agreed(update.write)),
    Tap("away:history", history.show),
    Tap("away:all", history.show_all),
    Tap("away:scans", history.send_scans),
    Tap("away:counts", history.show_counts),
]

FLOWS: list[AnyFlow] = [*form.FLOWS, papers.SCAN, papers.REVIEW, acts.BACK_HOME, update.UPDATE]
