"""A text that is cut loses nothing, and every part is one that Telegram takes."""

from __future__ import annotations

from hypothesis import example, given, strategies as st
from markupsafe import escape

from bot.standin.markup import parse_html, utf16_len
from models.ground.markup import MESSAGE_LIMIT, clip, split_html, units, visible_length

LIMIT = 60

words = st.text(st.sampled_from("aăâđếờ \n\t<>&\"'😀🇻🇳é̂"), max_size=40).map(lambda text: str(escape(text)))
tags = st.sampled_from(
    [
        ("<b>", "</b>"),
        ("<i>", "</i>"),
        ("<tg-spoiler>", "</tg-spoiler>"),
        ('<a href="https://vi.du/?a=1&amp;b=2">', "</a>"),
        ("<code>", "</code>"),
    ]
)
trees = st.recursive(
    words,
    lambda inner: st.tuples(tags, st.lists(inner, max_size=4)).map(
        lambda t: t[0][0] + "".join(t[1]) + t[0][1]
    ),
    max_leaves=12,
)
html = st.lists(trees, max_size=8).map("".join)


def letters(text: str) -> str:
    return "".join(text.split())


@given(html)
@example("a" * 500)
@example(" " * 500)
@example("<b>" + " " * 200 + "a</b>")
@example("😀" * 100)
@example("&lt;" * 200)
@example("<b>" + "a b " * 100 + "</b>")
@example("😀" * 40)
@example("a" + "\u0301" * 500)
@example("👨‍👩‍👧‍👦" * 40)
@example("🇻🇳" * 60)
def test_nothing_is_lost_and_every_part_is_taken(source: str) -> None:
    parts = split_html(source, LIMIT)
    plain = [parse_html(part)[0] for part in parts]  # raises where Telegram would refuse
    assert letters("".join(plain)) == letters(parse_html(source)[0])
    assert all(utf16_len(part) <= LIMIT for part in plain)
    assert len(parts) == 1 or all(part.strip() for part in plain)


@given(html)
def test_lengths_are_counted_as_telegram_does(source: str) -> None:
    assert visible_length(source) >= utf16_len(parse_html(source)[0])


def test_a_cut_is_made_where_a_reader_would_make_it() -> None:
    paragraphs = "\n\n".join("câu. " * 8 for _ in range(6)).strip()
    assert all(part.endswith("câu.") and part.startswith("câu.") for part in split_html(paragraphs, 90))


def test_a_very_long_text_is_cut_in_good_time() -> None:
    assert len(split_html("chữ " * 50_000)) == 49


@given(st.text(st.sampled_from("aế 😀🇻🇳👩🏽\u200d🌾\ufe0f\u0301\n"), max_size=120), st.integers(4, 60))
@example("👩🏽‍🌾" * 20, 10)
def test_clipped_words_are_short_enough_and_end_with_a_whole_letter(text: str, limit: int) -> None:
    cut = clip(text, limit)
    assert units(cut) <= limit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
    rest = text[len(cut) - 1 :] if cut != text else ""
    if rest and cut[:-1].strip("\u0301\ufe0f\u200d") and not cut[:-1].endswith(" "):
        assert rest[0] not in "\u0301\ufe0f\u200d🏽"


def test_a_cut_goes_through_no_letter_as_a_reader_sees_it() -> None:
    for letter in ("👨‍👩‍👧‍👦", "🇻🇳", "👩🏽", "1️⃣", "é̂", "👩🏽‍🌾"):
        for pad in range(12):
            for part in split_html("a" * pad + letter * 200, LIMIT):
                assert part.lstrip("a").replace(letter, "") == ""


def test_two_thousand_and_forty_eight_emoji_are_one_message_and_one_more_are_two() -> None:
    assert [len(split_html("😀" * count, MESSAGE_LIMIT)) for count in (2048, 2049, 4096)] == [1, 2, 2]
    assert units("\ud83dx") == 2
