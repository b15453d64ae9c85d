"""Absences as those see them who keep and decide them: secretary and deputy of the cell, the committee's officer.

    /chibo ──┬─ what waits ──┬─ a paper (filing.py) ── put to the cell | give back | result | decided on paper
             │               └─ an absence (screens.py) ──┬─ from paper: extend, change, return, update, close
             │                                            ├─ letters (letters.py)
             ├─ many papers, one meeting (season.py)
             ├─ who comes home for a holiday (homecoming.py)
             └─ the register (register.py), .xlsx         ├─ who keeps in touch, counts (contacts.py)
                                                          └─ history, how to reach them
    /dangbo ── papers to decide ──┬─ a paper, what is needed to decide ── decide | give back
                                  └─ many papers, one decision (season.py)

All that is typed goes through one form (form.py; plans.py: which act asks what; questions.py, overview.py, acts.py). The member's own side is
`handlers/away`.
"""

from handlers.desk.absence import contacts, filing, form, homecoming, letters, register, screens, season
from handlers.desk.absence.filing import waiting_above as waiting_above
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("absence:see", screens.see),
    Tap("absence:who", screens.see_member),
    Tap("absence:more", screens.see_more),
    Tap("absence:steps", screens.see_steps),
    Tap("absence:step", screens.see_step),
    Tap("absence:details", screens.see_details),
    Tap("absence:history", screens.see_history),
    Tap("absence:filing", filing.see),
    Tap("absence:docx", filing.send_application, proof=True),
    Tap("absence:scans", filing.send_scans),
    Tap("absence:otherscans", filing.send_other_scans),
    Tap("absence:waiting", filing.see_waiting),
    Tap("absence:do", form.begin_act),
    Tap("absence:contacts", contacts.see_contacts),
    Tap("absence:uncontact", contacts.end_contact),
    Tap("absence:counts", contacts.see_counts),
    Tap("absence:letters", letters.see_letters),
    Tap("absence:write", letters.see_kinds),
    Tap("absence:letter", letters.see_letter),
    Tap("absence:draft", letters.send_draft, proof=True),
    Tap("absence:sentletter", letters.send_as_sent, proof=True),
    Tap("absence:code", letters.replace_code, proof=True),
    Tap("absence:answer", letters.send_answer),
    Tap("absence:register", register.see_register),
    Tap("absence:lists", register.see_more),
    Tap("absence:filters", register.see_filters),
    Tap("absence:excel", register.send_register, proof=True),
    Tap("absence:updates", register.set_updates),
    Tap("absence:home", homecoming.see_homecomings),
    Tap("absence:homewho", homecoming.see_whom),
    Tap("absence:homeask", homecoming.ask_for),
    Tap("absence:homesay", homecoming.say_for),
    Tap("absence:homefrom", homecoming.begin_for),
    Tap("absence:season", season.begin),
    Tap("absence:sitting", season.begin_above),
]

FLOWS: list[AnyFlow] = [form.FORM, season.FORM, season.SITTING, homecoming.VISIT_FOR]
