"""A check-in that is merely filled in: by the names of its questions, so that a new question breaks nothing here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol, Self, TypeVar


class Filling(Protocol):
    """A phone, or whatever else shows messages with buttons (tests/tab.py)."""

    def says(self, *texts: str) -> Self: ...
    def taps_data(self, message_id: int, data: str) -> Self: ...
    def messages(self) -> list[dict[str, Any]]: ...


P = TypeVar("P", bound=Filling)

_OFFER = re.compile(r"checkin:form:\d+")
_CHOICE = re.compile(r"checkin:(?P<question>\w+):(?P<value>[^~]+)~(?P<version>\d+)")


def fills_checkin(phone: P, *, up_to: str = "", **answers: str) -> P:
    """Open the form that is offered, or go on with it, answer each question and send it; return the phone.

    `answers` are named as the questions are (`Step` in handlers/contact/checkin.py): the value of a button, else words to
    be typed. What is not named gets the first button's answer. At the overview, what has not been asked yet is asked for:
    `help="Xin giấy giới thiệu"`. `up_to`: leave the form where this question stands.
    """
    if not _choices(phone)[0]:
        *_, (message, offer) = _matching(phone, _OFFER)
        phone.taps_data(message, offer.string)
    while (question := _choices(phone)[0]) != up_to:
        choices = _choices(phone)[1]
        if question == "overview" and answers:
            asked, words = answers.popitem()
            phone.taps_data(*choices[asked])
            _gives(phone, _choices(phone)[1], words)
            continue
        _gives(phone, choices, answers.pop(question, next(iter(choices), "")))
        if question == "overview":
            break
    assert not answers, f"the form did not ask for {answers}"
    return phone


def _gives(phone: Filling, choices: dict[str, tuple[int, str]], answer: str) -> None:
    if answer in choices:
        phone.taps_data(*choices[answer])
    else:
        phone.says(answer)


def _choices(phone: Filling) -> tuple[str, dict[str, tuple[int, str]]]:
    """Return the question asked last, and its answers with their buttons; an empty name where none stands."""
    asked = [(int(one["version"]), message, one) for message, one in _matching(phone, _CHOICE)]
    if not asked:
        return "", {}
    version, message, last = max(asked, key=lambda one: one[:2])
    same = [one for known, where, one in asked if (known, where) == (version, message)]
    return last["question"], {one["value"]: (message, one.string) for one in same}


def _matching(phone: Filling, address: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Every button on the phone with such an address, oldest first: its message and the match."""
    for message in phone.messages():
        for button in (button for row in message["inline_keyboard"] for button in row):
            if match := address.fullmatch(button.get("callback_data", "")):
                yield message["message_id"], match
