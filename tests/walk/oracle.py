"""Who may read what, said once more and independently of the program: by the table of rights and the rules of each room.

A reader stands to a fact as its owner, as desk (secretary, deputy) of its cell, as contact, as an officer above, as who
follows the cell, as a member of the cell, or as nobody. What is not allowed here may not appear in any message.
"""

from __future__ import annotations

from tests.walk.world import ABOVE, Fact

OFFICES = ("sec", "dep")  # their names are known to their cell and above
DESK, CONTACT, HELPER, ABOVE_IT, FOLLOWER, CELL = "desk", "contact", "helper", "above", "follower", "cell"

# kind of fact -> who besides its owner may read it
READERS: dict[str, set[str]] = {
    "name": {DESK},  # and see below
    "phone": {DESK, CONTACT},
    "report": {DESK},
    "question": {DESK},
    "request": {DESK},
    "private": set(),  # and whom the member chose
    "petition": {ABOVE_IT},  # of the committee that it was put to, and no other
    "stay": {DESK, ABOVE_IT},  # what an application says, once the cell has put it to the committee
    "trusted": {DESK},
    "away reason": {DESK, ABOVE_IT},
    "letter": {DESK},
    "review": {DESK},
    "review file": {DESK},
    "draft review": set(),
    "draft review file": set(),
    "unsent comment": {DESK},
    "meeting": {DESK, CELL},
    "contribution": {DESK},
    "absence reason": {DESK},
    "task": {DESK},
    "pause": {DESK},
    "notice": {DESK, CELL},
    "names reason": {DESK, CELL, ABOVE_IT, FOLLOWER},
    "visit": {DESK, CELL, ABOVE_IT, FOLLOWER},
    "contact note": {DESK, CONTACT},
    "roll call": {DESK, CELL},  # the words of the question
    "agreement": {DESK, ABOVE_IT},  # and who lives there, when it is offered to them
}
PROPOSED = {"mai"}  # whose application lies with the committee
RATED_BY_NAME = ("rating", "rating_form")  # rooms in which the committee decides about named people


def may_read(reader: str, fact: Fact, room: str = "") -> bool:
    """Whether `reader` (an actor, `a1.sec`; "" for a chat that is nobody's) may read the fact, in that room."""
    if reader in ("", "stranger") or _is_nobody(reader):
        return False
    if reader == fact.owner:
        return True
    match fact.kind:
        case "unit":
            return _knows_unit(reader, fact.cell)
        case "notice above":
            return not reader.startswith("b1.") and reader not in ("offb", "prov")
        case "name":
            return _knows_name(reader, fact, room)
        case "private":
            return reader == f"{fact.cell}.dep"
        case "petition":
            return reader == ABOVE[fact.cell][0]
        case "agreement" if reader == f"{fact.cell}.mai":
            return True
        case "stay" | "away reason" if _role(fact.owner) not in PROPOSED:
            return DESK in _stands(reader, fact)
        case _:
            return bool(READERS[fact.kind] & _stands(reader, fact))


def _knows_name(reader: str, fact: Fact, room: str) -> bool:
    stands, whose = _stands(reader, fact), _role(fact.owner)
    if not fact.cell:  # an officer: known to everybody below, and to each other
        return (
            fact.owner == "prov"
            or reader == "prov"
            or reader[0] == _side(fact.owner)
            or _side(reader) == _side(fact.owner)
        )
    if DESK in stands:
        return True
    if whose in OFFICES or (whose == "was" and ABOVE_IT in stands):  # who held an office stands in its trail
        return bool(stands)
    if whose == "fol":
        return bool(stands & {ABOVE_IT, CELL, FOLLOWER})
    if whose == "mai" and stands & {ABOVE_IT, CONTACT}:
        return True
    if whose == "con" and (reader == f"{fact.cell}.mai" or reader == f"{fact.cell}.pro"):
        return True
    if whose == "pro" and (reader == f"{fact.cell}.con" or (CELL in stands and room == "probation_helper")):
        return True  # whoever is chosen to help is told whom
    if whose == "gone" and ABOVE_IT in stands and room == "visit":
        return True  # who was removed sees their data by a code that the committee gives
    return ABOVE_IT in stands and room in RATED_BY_NAME


def _knows_unit(reader: str, unit: str) -> bool:
    """One's own, what lies above it, and for an officer what lies below."""
    cell = reader.partition(".")[0] if "." in reader else ""
    chain = {"a1": "a1 A prov", "a2": "a2 S A prov", "b1": "b1 B prov"}
    below = {
        "prov": "prov A B S a1 a2 b1",
        "offa": "prov A S a1 a2",
        "offb": "prov B b1",
        "offs": "prov A S a2",
    }
    return unit in (chain[cell] if cell else below[reader]).split()


def _stands(reader: str, fact: Fact) -> set[str]:
    cell, _, role = reader.partition(".") if "." in reader else ("", "", reader)
    if not fact.cell:
        return set()
    if reader in ABOVE.get(fact.cell, ()):
        return {ABOVE_IT}
    if cell != fact.cell:
        return set()
    found = {FOLLOWER} if role == "fol" else {CELL}
    if role in OFFICES:
        found.add(DESK)
    if role == "con" and _role(fact.owner) == "mai":
        found.add(CONTACT)
    return found


def _role(actor: str) -> str:
    return actor.partition(".")[2] or actor


def _side(actor: str) -> str:
    """The commune: a or b."""
    return "b" if actor == "offb" or actor.startswith("b") else "a"


def _is_nobody(reader: str) -> bool:
    return _role(reader) in ("new", "shut", "gone")


def stands_apart(reader: str, twin: str) -> bool:
    """Whether what differs in a twin of the world (walk.py) is none of the reader's business, to the last number."""
    if twin == "sealed":
        return _role(reader) not in ("que", "dep")
    if reader == "stranger" or _is_nobody(reader):
        return True
    return reader not in ABOVE[twin] and not reader.startswith(f"{twin}.")
