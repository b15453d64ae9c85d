"""How the stand-in reads Telegram's HTML."""

import html

import pytest
from hypothesis import example, given, strategies as st

from bot.standin.markup import MarkupError, parse_html, tidied, utf16_len, with_found

# what a text may hold: no half pairs, which are no text
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code", "pre": "pre"}


def cut(text: str, entity: dict[str, int]) -> str:
    """The part of the text that an entity covers, found as Telegram counts."""
    begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    return text.encode("utf-16-le")[begin:end].decode("utf-16-le")


@given(TEXTS)
@example("&lt;b&gt; &amp;amp; &#60; <b>")
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(TEXTS, TEXTS.filter(bool), TEXTS, st.sampled_from(sorted(TAGS)))
@example("👍🏽 ", "Nguyễn", "", "b")
@example("Nguye\u0302\u0303n ", "đô\u0323i 👨‍👩‍👧", "!", "code")
def test_offsets_are_right_before_inside_and_after(before: str, inside: str, after: str, tag: str) -> None:
    source = f"{html.escape(before)}<{tag}>{html.escape(inside)}</{tag}>{html.escape(after)}"
    text, entities = parse_html(source)
    assert text == before + inside + after
    assert [entity["type"] for entity in entities] == [TAGS[tag]]
    assert cut(text, entities[0]) == inside


@given(TEXTS, TEXTS, TEXTS)
def test_trimming_never_moves_an_entity_off_its_words(before: str, inside: str, after: str) -> None:
    source = f"{html.escape(before)}<b>{html.escape(inside)}</b>{html.escape(after)}"
    text, entities = tidied(*parse_html(source))
    wanted, _ = tidied("x" + inside + "x", [])
    for entity in entities:
        assert cut(text, entity) in wanted[1:-1]
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_len(text)


@given(st.text(st.sampled_from("<>/&;b ia=\"'#xđ👍-"), max_size=40))
def test_no_source_breaks_the_reader(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except MarkupError:
        return
    assert all(entity["offset"] + entity["length"] <= utf16_len(text) for entity in entities)


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("<strong>a</strong>", ["bold"]),
        ("<em>a</em>", ["italic"]),
        ("<ins>a</ins>", ["underline"]),
        ("<del>a</del> <strike>b</strike>", ["strikethrough", "strikethrough"]),
        ("<tg-spoiler>a</tg-spoiler>", ["spoiler"]),
        ('<span class="tg-spoiler">a</span>', ["spoiler"]),
        ("<blockquote>a</blockquote>", ["blockquote"]),
        ("<blockquote expandable>a</blockquote>", ["expandable_blockquote"]),
        ('<a href="tg://user?id=7">a</a>', ["text_mention"]),
        ("<B>a</B>", ["bold"]),
        ("<b></b>a", []),
        ("<b>a</b><b>b</b>", ["bold"]),
        ("<b>a<code>b</code>c</b>", ["bold", "code", "bold"]),
        ("<b><i>a</i></b>", ["bold", "italic"]),
        ('<a href="javascript:alert(1)">a</a>', []),
    ],
)
def test_each_tag_says_what_telegram_says(source: str, kinds: list[str]) -> None:
    assert [entity["type"] for entity in parse_html(source)[1]] == kinds


def test_a_link_keeps_its_address() -> None:
    _, [link] = parse_html('<a href="https://Example.com?a=1&amp;b=2">here</a>')
    assert link == {"type": "text_link", "offset": 0, "length": 4, "url": "https://example.com/?a=1&b=2"}


def test_code_in_pre_names_its_language() -> None:
    _, [block] = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert block == {"type": "pre", "offset": 0, "length": 5, "language": "python"}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<x>", 'Unsupported start tag "x" at byte offset 0'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("đ<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>a</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a href=a/b>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse_html(source)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#272;&#x110;", "ĐĐ"),
        ("&lt", "<"),
        ("&nbsp;&apos;&copy;", "&nbsp;&apos;&copy;"),
        ("a & b &; &#; &#x;", "a & b &; &#; &#x;"),
    ],
)
def test_only_four_names_and_numbers_are_known(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


def test_tabs_become_spaces_and_returns_disappear() -> None:
    text, [bold] = tidied("a\r\n\tb", [{"type": "bold", "offset": 4, "length": 1}])
    assert (text, cut(text, bold)) == ("a\n b", "b")


def test_white_space_that_an_entity_covers_stays_in_front() -> None:
    assert tidied(*parse_html("  <u> a</u> \n")) == (" a", [{"type": "underline", "offset": 0, "length": 2}])


def test_addresses_and_commands_are_found_outside_code() -> None:
    text = "👍 /menu https://a.vn/b. a/b"
    assert [(e["type"], cut(text, e)) for e in with_found(text, [])] == [
        ("bot_command", "/menu"),
        ("url", "https://a.vn/b"),
    ]
    assert with_found("/menu", [{"type": "code", "offset": 0, "length": 5}])[0]["type"] == "code"
