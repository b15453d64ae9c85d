"""The roster, from the secretary's side: import, add and invite, list and search, correct, remove, rhythm, export.

    /nhap importing   /moi adding   /danhsach listing ──> card ──> editing, inviting   /xuat listing   rhythm pacing

Whoever taps is asked for their right again at every step; an id in a button is looked up, never believed.
"""

from handlers.desk.roster import (
    adding as adding,
    card,
    contacts,
    editing,
    importing as importing,
    inviting,
    listing as listing,
    pacing,
)
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("roster:nhap", importing.tapped),
    Tap("roster:left", importing.send_left, proof=True),
    Tap("roster:moi", adding.tapped),
    Tap("roster:list", listing.tapped),
    Tap("roster:xuat", listing.export_tapped, proof=True),
    Tap("roster:rhythm", pacing.tapped),
    Tap("roster:card", card.tapped),
    Tap("roster:cardmore", card.see_more),
    Tap("roster:contacts", contacts.tapped),
    Tap("roster:phone", card.show_number),
    Tap("roster:remove", card.remove, proof=True),
    Tap("roster:pace", card.own_rhythm),
    Tap("roster:edit", editing.tapped),
    Tap("roster:fix", editing.fix),
    Tap("roster:keep", editing.keep),
    Tap("roster:invite", inviting.invite),
    Tap("roster:revoke", inviting.revoke),
    Tap("roster:inviteall", inviting.invite_all),
    Tap("roster:invitemessages", inviting.invite_by_messages, proof=True),
    Tap("roster:invitefile", inviting.invite_by_file, proof=True),
]

FLOWS: list[AnyFlow] = [
    importing.FLOW,
    adding.FLOW,
    listing.FLOW,
    contacts.FLOW,
    editing.FLOW,
    pacing.FLOW,
]
