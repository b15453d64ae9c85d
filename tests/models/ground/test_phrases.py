"""Every phrase is fed hostile values: the markup stays sound, whatever people are called or have written."""

from __future__ import annotations

import inspect
import itertools
import re
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from bot.standin.markup import parse_html
from models.ground.markup import MESSAGE_LIMIT, split_html
from models.phrases.text import Lang, Text, moment, raw, say
from tests.screens import said_twice

# A time on two clocks has brackets of its own: within ours it would be hard to read.
_BRACKETS_IN_BRACKETS = re.compile(r"\([^()]*\([^()]*(?:giờ Việt Nam|in Vietnam)[^()]*\)")
HOSTILE = "<b>&amp;</i> \"'`{0}{name} 👩🏽‍🌾 Nguyễn\u202e\nđỏ"
FOLDER = Path(__file__).parents[3] / "models" / "phrases"


def _rooms() -> list[ModuleType]:
    names = [
        path.relative_to(FOLDER).with_suffix("").parts
        for path in sorted(FOLDER.rglob("*.py"))
        if path.stem not in ("__init__", "text", "catalogue")
    ]
    return [import_module(".".join(("models.phrases", *name))) for name in names]


def _phrases_of(room: ModuleType) -> list[Callable[..., Any]]:
    return [
        function
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if function.__module__ == room.__name__ and not name.startswith("_")
    ]


def _value(wanted: Any, name: str, words: Any) -> Any:
    """Something hostile of the wanted type; `words`: the text, or what gives one for a name."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (typing.Union, UnionType):
        return _value(next(t for t in inner if t is not NoneType), name, words)
    if origin is Literal:
        return inner[0]
    if origin in (list, Sequence, tuple) and inner:
        if origin is tuple and inner[-1] is not Ellipsis:
            return tuple(_value(t, name, words) for t in inner)
        return [_value(inner[0], name, words)] * 3
    if origin in (dict, Mapping):
        return {_value(inner[0], name, words): _value(inner[1], name, words)}
    if origin is Callable:
        return lambda *_: raw(words(name) if callable(words) else words)
    if wanted is str:
        return "Asia/Tokyo" if "zone" in name else words(name) if callable(words) else words
    if wanted is Text:
        return raw(words(name) if callable(words) else words)
    plain = {
        int: 3,
        bool: True,
        float: 1.5,
        date: date(2026, 12, 31),
        datetime: datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
        timedelta: timedelta(days=3),
        Decimal: Decimal("12.33"),
        object: words(name) if callable(words) else words,
    }
    if wanted in plain:
        return plain[wanted]
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return next(iter(wanted))
    if isinstance(wanted, type) and (
        issubclass(wanted, BaseModel) or hasattr(wanted, "__dataclass_fields__") or hasattr(wanted, "_fields")
    ):
        hints = get_type_hints(wanted)
        return wanted(**{field: _value(kind, field, words) for field, kind in hints.items()})
    raise TypeError(f"{name}: a test value for {wanted} is missing")


class _Lenient(dict[Any, Any]):
    """A table of words that knows every key."""

    def __missing__(self, _key: object) -> Any:
        return next(iter(self.values()))


def _said(function: Callable[..., Any], words: Any) -> Any:
    hints = get_type_hints(function)
    several: list[Any] = []
    named: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            several = [_value(hints[name], name, words)] * 3
        else:
            named[name] = _value(hints[name], name, words)
    positional = [
        named.pop(name)
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD and several
    ]
    return function(*positional, *several, **named)


@pytest.fixture(scope="module")
def lenient() -> Iterator[None]:
    """Every table of words knows every key."""
    with pytest.MonkeyPatch.context() as patch:
        for room in _rooms():
            for name, table in list(vars(room).items()):
                if isinstance(table, dict) and table and not name.startswith("__"):
                    patch.setattr(room, name, _Lenient(table))
        yield


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize("room", _rooms(), ids=lambda room: room.__name__.removeprefix("models.phrases."))
@pytest.mark.parametrize("words", [HOSTILE, "ỹ" * 5000, ""], ids=["hostile", "long", "empty"])
def test_every_phrase_stays_sound(room: ModuleType, words: str) -> None:
    for function in _phrases_of(room):
        said = _said(function, words)
        for html in (str(said.vi), str(said.en)) if isinstance(said, Text) else ():
            for part in split_html(html):
                text, _ = parse_html(part)
                assert len(text.encode("utf-16-le")) // 2 <= MESSAGE_LIMIT, function.__name__
                assert not _BRACKETS_IN_BRACKETS.search(text), function.__name__


_UNITS = {
    "cell",
    "unit",
    "committee",
    "parent",
    "above",
    "to",
    "decider",
    "of",
    "organisation",
    "by_unit",
    "where",
}


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize("unit", ["Chi bộ thôn Đông", "Đảng bộ xã Hải Thượng", "Đảng ủy xã Hải Thượng"])
def test_no_phrase_says_twice_what_kind_of_unit_it_is(unit: str) -> None:
    found = []
    for function in itertools.chain.from_iterable(_phrases_of(room) for room in _rooms()):
        said = _said(function, lambda name: unit if name in _UNITS else "An")
        found += said_twice(said.to_plain("vi")) if isinstance(said, Text) else []
    assert found == []
    assert said_twice("Chi bộ: <b>Chi bộ thôn Đông</b>")


def test_both_clocks_are_shown_to_someone_in_another_zone() -> None:
    at = datetime(2026, 12, 5, 10, 0, tzinfo=UTC)
    assert moment(at, "Asia/Tokyo").to_plain("vi") == "19:00 thứ Bảy 05/12 (17:00 giờ Việt Nam)"
    assert moment(at, "Asia/Ho_Chi_Minh").to_plain("vi") == "17:00 thứ Bảy 05/12"


def test_a_missing_value_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(KeyError):
        say("{name}", other="x").to(Lang.VI)


def test_english_says_of_one_what_it_says_of_one() -> None:
    def of(count: int | str, en: str) -> str:
        return say(en, n=count).to(Lang.EN)  # without a translation it is read as it stands

    assert of(1, "{n} people are here") == "1 person is here"
    assert of(1, "<b>{n}</b> pages, {n} of {n} members") == "<b>1</b> page, 1 of 1 member"
    assert of(2, "{n} people are here") == "2 people are here"
    assert of(1, "{n} daysails") == "1 daysails"
    assert of("1", "{n} days off") == "1 days off"  # a name, not a count
