"""What is said to a person, in the language of whoever reads it.

    say("Chào đồng chí <b>{name}</b>.", name=member.full_name)
         |                              |
         Vietnamese, the source         values, escaped here and nowhere else

A phrase gives a `Text`; whoever shows it picks the reader's language with `text.to(lang)`, and only then is it filled in. The
other languages stand in catalogues (models/phrases/catalogue.py). Values may be `Text` themselves (a date, a place), and then
follow the language. The markup is Telegram's HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from string import Formatter
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from models.phrases.catalogue import Lang as Lang, translated

HOME_ZONE = "Asia/Ho_Chi_Minh"


class Text:
    """One message, filled in the reader's language when it is read; HTML, already escaped."""

    __slots__ = ("_html",)

    def __init__(self, html: Callable[[Lang], Markup]) -> None:
        self._html = html

    def html(self, lang: str) -> Markup:
        return self._html(Lang(lang))

    def to(self, lang: str) -> str:
        return str(self._html(Lang(lang)))

    def to_plain(self, lang: str) -> str:
        """Return the words without markup, for a button or a menu: what was escaped is plain again."""
        return self._html(Lang(lang)).unescape()

    def kept(self) -> Text:
        """Return the same words, filled in once for each language: for what thousands are told."""
        return Text(cache(self._html))

    def changed(self, change: Callable[[Markup], Markup]) -> Text:
        """Return the words with `change` made to them, in whichever language they are read."""
        return Text(lambda lang: change(self._html(lang)))

    @property
    def vi(self) -> Markup:
        return self._html(Lang.VI)

    @property
    def en(self) -> Markup:
        return self._html(Lang.EN)

    def __add__(self, other: Text) -> Text:
        return Text(lambda lang: self._html(lang) + other._html(lang))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and all(self._html(lang) == other._html(lang) for lang in Lang)

    def __hash__(self) -> int:
        return hash(self.vi)

    def __repr__(self) -> str:
        return f"Text({self.vi!r}, {self.en!r})"


Value = str | int | Text


def say(vi: str, **values: Value) -> Text:
    """Return the sentence, filled in the reader's language; `values` are escaped, except those that are `Text` already."""
    return Text(lambda lang: _fill(translated(vi, lang), values, lang))


def say_as(sense: str, vi: str, **values: Value) -> Text:
    """Return the same Vietnamese where another language has other words for it in this `sense`."""
    return Text(lambda lang: _fill(translated(vi, lang, sense), values, lang))


def _fill(template: str, values: Mapping[str, Value], lang: Lang) -> Markup:
    """Fill `values` in; after a count of one, English says what is counted in the singular."""
    filled: list[str] = []
    counted = False
    for literal, name in _pieces(template):
        filled.append(_singular(literal) if counted else literal)
        counted = False
        if name is not None:
            value = values[name]
            filled.append(value.html(lang) if isinstance(value, Text) else escape(value))
            counted = lang is Lang.EN and isinstance(value, int) and value == 1
    return Markup("".join(filled))  # noqa: S704


_SEVERAL = re.compile(
    r"((?:</b>)? )(people|(?:act|character|chat|comment|contact|day|file|kind|matter|meeting|member|message|minute|month|page"
    r"|photo|picture|piece|point|request|review|row|section|task|thing|time|turn|volume|word|year)s)\b"
    r"( (?:are|were|have|wait|belong)\b)?"
)
_BY_ONE = {
    " are": " is",
    " were": " was",
    " have": " has",
    " wait": " waits",
    " belong": " belongs",
    None: "",
}


@lru_cache(maxsize=1024)
def _singular(literal: str) -> str:
    """Say of one what the words say of several: people are here, person is here."""
    found = _SEVERAL.match(literal)
    if found is None:
        return literal
    noun = "person" if found[2] == "people" else found[2][:-1]
    return f"{found[1]}{noun}{_BY_ONE[found[3]]}{literal[found.end() :]}"


@lru_cache(maxsize=8192)
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    """`str.format` would take a template apart anew each time, in Python, when it has to escape."""
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def both(vi: Markup, en: Markup) -> Text:
    """Return what is HTML already, in each language."""
    return Text(lambda lang: en if lang is Lang.EN else vi)


def named(vi: str, en: str) -> Text:
    """Return a name that each language has its own word for: a country, a date."""
    return both(escape(vi), escape(en))


def raw(value: str | int) -> Text:
    """Return a value that reads the same in every language: a name, a number."""
    safe = escape(value)
    return Text(lambda lang: safe)


def capital(words: Text) -> Text:
    """Return the words of a sentence as they stand alone: on a button, at the head of a line."""
    return words.changed(lambda html: html[:1].upper() + html[1:])


def small(words: Text) -> Text:
    """Return the words as they stand within a sentence."""
    return words.changed(lambda html: html[:1].lower() + html[1:])


LABEL = 34  # letters that a phone shows of a button alone in its row


def fitting(name: str, room: int) -> str:
    """Shorten a person's name to `room` letters: the given name and what tells a namesake apart stay."""
    words = name.split()
    given = next((at for at, word in enumerate(words) if word.startswith("(")), len(words)) - 1
    for at in range(given):
        if len(" ".join(words)) <= room:
            break
        words[at] = f"{words[at][0]}."
    short = " ".join(words)
    while len(short) > room and given > 0:  # so many names that their initials have no room either
        words, given = words[1:], given - 1
        short = f"… {' '.join(words)}"
    return short if len(short) <= room else f"{short[: max(room - 1, 1)].rstrip()}…"


def fitted(words: Text, letters: int = LABEL) -> Text:
    """Cut a button's words where the telephone would cut them."""
    return words.changed(lambda html: escape(_cut(html.unescape(), letters)))


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def join(parts: Sequence[Text], between: str = "\n") -> Text:
    """Return `parts` with `between` (plain text) between them."""
    # As a plain string it joins in one go, where Markup would escape part by part.
    glue = str(escape(between))
    return Text(lambda lang: Markup(glue.join([part.html(lang) for part in parts])))  # noqa: S704


_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> Text:
    """Say: 05/12/2026 | 5 Dec 2026"""
    return named(f"{value:%d/%m/%Y}", f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}")


def part_day(year: int, month: int | None = None, day: int | None = None) -> Text:
    """Say what is known of a day, and no more: 2014 | 02/2010, Feb 2010 | 03/02/2010, 3 Feb 2010"""
    if month is None:
        return raw(year)
    if day is None:
        return named(f"{month:02d}/{year}", f"{_MONTHS_EN[month - 1]} {year}")
    return named(f"{day:02d}/{month:02d}/{year}", f"{day} {_MONTHS_EN[month - 1]} {year}")


def weekday(value: date) -> Text:
    """Say: thứ Bảy 05/12 | Sat 5 Dec"""
    index = value.weekday()
    return named(
        f"{_WEEKDAYS_VI[index]} {value:%d/%m}",
        f"{_WEEKDAYS_EN[index]} {value.day} {_MONTHS_EN[value.month - 1]}",
    )


def weekday_name(index: int) -> Text:
    """Say: Chủ nhật | Sunday; 0: Monday"""
    return named(_WEEKDAYS_VI[index % 7], f"{date(2024, 1, 1 + index % 7):%A}")


def month(value: date) -> Text:
    """Say: tháng 12/2026 | December 2026"""
    return named(f"tháng {value.month}/{value.year}", f"{value:%B %Y}")


def moment(value: datetime, zone: str) -> Text:
    """Return 19:00 thứ Bảy 05/12 on the reader's clock, with Vietnam's beside it where the two differ (product.md §4)."""
    return _on_both_clocks(value, zone, weekday)


def dated(value: datetime, zone: str) -> Text:
    """Return 14:05 05/12/2026, for what is read years later; with Vietnam's clock where the two differ."""
    return _on_both_clocks(value, zone, day)


def _on_both_clocks(value: datetime, zone: str, on: Callable[[date], Text]) -> Text:
    """The day stands once where it is the same day in Vietnam."""
    there, home = value.astimezone(ZoneInfo(zone)), value.astimezone(ZoneInfo(HOME_ZONE))
    shown = join([raw(f"{there:%H:%M}"), on(there.date())], " ")
    if there.utcoffset() == home.utcoffset():
        return shown
    clock = f"{home:%H:%M}"
    if there.date() == home.date():
        return say("{shown} ({clock} giờ Việt Nam)", shown=shown, clock=clock)
    return say("{shown} ({clock} {day} giờ Việt Nam)", shown=shown, clock=clock, day=on(home.date()))


def span(value: timedelta) -> Text:
    """Say a length of time in its largest whole unit: 3 ngày | 3 days."""
    for seconds, vi, en in ((86_400, "ngày", "day"), (3_600, "giờ", "hour"), (60, "phút", "minute")):
        count = int(value.total_seconds() // seconds)
        if count:
            return named(f"{count} {vi}", f"{count} {en}" + ("s" if count > 1 else ""))
    return say("chưa đầy một phút")
