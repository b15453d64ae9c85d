"""What is written from the field table: the page docs/data.md, and the table in docs/dpia.md.

docs/data.md has one table of columns for each table, Vietnamese beside English. docs/dpia.md is the committee's, in
Vietnamese; between its marks stands each table that is about a person, in one line.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.ground.field_table import field_table
from models.ground.fields import KINDS, READERS, TERMS, About, ColumnKind, ColumnWords, Fate

_HEAD = """# What is held, field by field · Từng trường dữ liệu

Written by `make fields` from `models/ground/fields.toml`: change that, not this page. Each table says what it is for, who
reads it (rights in `models/people/rights.py`; the committee sees counts unless it is named), how long it is kept
(`python -m bot retention` says when), and what a member's own deletion does with it. *Sealed*: only the program opens
it, with the keys of `BOT_SECRET_KEYS`. A column in clear that says something about a person has its reason.

Trang này do `make fields` viết ra từ `models/ground/fields.toml`. Mỗi bảng nói: để làm gì, ai đọc, giữ bao lâu, khi người ấy
xóa dữ liệu thì còn gì. *Niêm phong*: chỉ chương trình mở được. Cột để ngỏ mà nói về một người thì có lý do.
"""

_FATES = {
    Fate.GONE: ColumnWords("xóa cả dòng", "the rows are deleted"),
    Fate.EMPTIED: ColumnWords("dòng còn lại, đã bỏ lời văn", "the row stays, emptied of its words"),
    Fate.STAYS: ColumnWords("giữ nguyên", "stays"),
    Fate.NOBODY: ColumnWords("không đụng tới", "untouched"),
}


def page() -> str:
    """Return the whole page in Markdown."""
    tables = field_table()
    columns = sum(len(about.columns) for about in tables.values())
    sealed = sum(len(about.sealed) for about in tables.values())
    figures = f"{len(tables)} tables, {columns} columns, {sealed} of them sealed.\n"
    return "\n".join([_HEAD, figures, *(line for about in tables.values() for line in _section(about))])


def _section(about: About) -> Iterator[str]:
    yield f"## `{about.table}`\n"
    yield f"{_both(about.purpose)}\n"
    readers = "; ".join(_both(READERS[reader]) for reader in about.readers)
    yield f"- Người đọc · readers: {readers}"
    yield f"- Giữ · kept: {_both(TERMS[about.term])} (`{about.term}`)"
    yield f"- Khi xóa · on deletion: {_both(_FATES[about.fate])}: {_both(about.ground)}\n"
    yield "| cột · column | là · is | |"
    yield "| --- | --- | --- |"
    for name in sorted(about.columns, key=lambda name: _order(about, name)):
        yield _row(about, name)
    yield ""


def _order(about: About, name: str) -> tuple[int, str]:
    return (0 if name in about.sealed else 1 if name in about.clear else 2, name)


def _row(about: About, name: str) -> str:
    gone = "; khi xóa: bỏ · emptied on deletion" if name in about.empties else ""
    if name in about.sealed:
        return f"| `{name}` | {_both(about.sealed[name])} | {_both(KINDS[ColumnKind.SEALED])}{gone} |"
    if name in about.clear:
        held = about.clear[name]
        return f"| `{name}` | {held.vi} · {held.en} | để ngỏ · clear: {_both(held.why)}{gone} |"
    return f"| `{name}` | {_both(KINDS[about.kinds[name]])} |{gone.removeprefix('; ')} |"


def _both(words: ColumnWords) -> str:
    return f"{words.vi} · {words.en}"


# --- the impact assessment ------------------------------------------------------------------------------------------

_MARKS = ("<!-- fields -->\n", "<!-- /fields -->")


def fill_assessment(text: str) -> str:
    """Return docs/dpia.md with the table between its marks written anew."""
    before, rest = text.split(_MARKS[0])
    return before + _MARKS[0] + "\n".join(_assessed()) + "\n" + _MARKS[1] + rest.split(_MARKS[1])[1]


def _assessed() -> Iterator[str]:
    """One line for each table about a person: what for, who reads, how long, what is sealed, what is not."""
    yield "| để làm gì | ai đọc | giữ bao lâu | mã hóa | để ngỏ, vì sao | khi người ấy xóa |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for about in field_table().values():
        if about.fate is Fate.NOBODY:
            continue
        readers = ", ".join(READERS[reader].vi for reader in about.readers)
        sealed = "; ".join(words.vi for words in about.sealed.values()) or "–"
        clear = "; ".join(f"{held.vi} ({held.why.vi})" for held in about.clear.values()) or "–"
        fate = f"{_FATES[about.fate].vi}: {about.ground.vi}"
        yield f"| {about.purpose.vi} | {readers} | {TERMS[about.term].vi} | {sealed} | {clear} | {fate} |"
