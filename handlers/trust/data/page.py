"""The page to read: one file that needs nothing else, without scripts, for a browser or for paper of size A4.

First everything in words, as on the screen; then table by table every row as it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from handlers.trust.data.words import Held, profile, sections
from models.ground.field_table import field_table
from models.phrases.people.held import label
from models.phrases.text import Lang, Text, named
from models.phrases.trust import data as phrases
from models.trust.data import OwnData

_STYLE = """
@page { size: A4; margin: 18mm 15mm }
body { font: 15px/1.5 sans-serif; max-width: 60em; margin: 1em auto; padding: 0 1em; color: #111 }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin: 1.6em 0 .3em; border-bottom: 1px solid #999 }
h3 { font-size: 1em; margin: 1.2em 0 .2em } p, li { margin: .2em 0; white-space: pre-line; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; font-size: .8em; break-inside: auto }
th, td { border: 1px solid #bbb; padding: .15em .4em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
tr, li { break-inside: avoid } small { color: #555 }
"""


def page(held: Held, data: OwnData, lang: Lang) -> bytes:
    """Return the whole page, UTF-8."""
    return _Page(held, data, lang).whole().encode()


class _Page:
    def __init__(self, held: Held, data: OwnData, lang: Lang) -> None:
        self.held, self.data, self.lang = held, data, lang

    def whole(self) -> str:
        title = self.both(phrases.PAGE_TITLE)
        head = (
            Markup('<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>').format(
                self.lang, phrases.PAGE_TITLE.to_plain(self.lang)
            )
            + Markup('<meta name="viewport" content="width=device-width">')
            + Markup("<style>{}</style></head><body><h1>{}</h1>").format(Markup(_STYLE), title)  # noqa: S704
        )
        made = self.text(phrases.page_made(at=self.data.made_at, zone=self.held.zone))
        files = self.text(phrases.FILES_APART)
        body = [Markup("<p>{}</p><p>{}</p>").format(made, files), *self.in_words(), *self.row_by_row()]
        return str(head + Markup("").join(body) + Markup("</body></html>\n"))

    def in_words(self) -> list[Markup]:
        lines = [phrases.row(name, value) for name, (value,) in profile(self.held)]
        parts = [self.entries(lines)]
        for heading, entries in sections(self.held):
            parts += [self.heading("h2", heading), self.entries(entries or [phrases.NOTHING])]
        return parts

    def row_by_row(self) -> list[Markup]:
        parts = [self.heading("h2", phrases.PAGE_ROWS), self.rows("member", [self.data.person])]
        parts += [self.rows(name, rows) for name, rows in self.data.records.items()]
        for heading, tables in ((phrases.PAGE_CHATS, self.data.chats), (phrases.PAGE_ACTS, self.data.acts)):
            parts += [self.heading("h2", heading), *(self.rows(name, rows) for name, rows in tables.items())]
        left_out = [named(why, why) for why in self.data.left_out.values()]
        return [*parts, self.heading("h2", phrases.PAGE_LEFT_OUT), self.entries(left_out)]

    def rows(self, table: str, rows: list[dict[str, Any]]) -> Markup:
        """Lay out one table of the database, with only the columns that hold something."""
        columns = [name for name in dict.fromkeys(name for row in rows for name in row) if name != "id"]
        cells = Markup("").join(
            Markup("<th>{}</th>").format(self.both(self.column(table, name))) for name in columns
        )
        lines = Markup("").join(
            Markup("<tr>{}</tr>").format(
                Markup("").join(Markup("<td>{}</td>").format(self.value(row.get(name))) for name in columns)
            )
            for row in rows
        )
        heading = self.heading("h3", named(*field_table()[table].purpose))
        return heading + Markup("<table><tr>{}</tr>{}</table>").format(cells, lines)

    def column(self, table: str, name: str) -> Text:
        about = field_table()[table]
        words: Mapping[str, Any] = {**about.sealed, **about.clear}
        said = words.get(name) or words.get(f"{name}_sealed")
        return named(said.vi, said.en) if said else label(name)

    def value(self, value: Any) -> Markup:
        # the narrower type first: a bool is an int, and a datetime is a date
        match value:
            case None:
                return Markup("")
            case bool():
                return self.text(phrases.YES if value else phrases.NO)
            case datetime():
                return escape(f"{value:%d/%m/%Y %H:%M}")
            case date():
                return escape(f"{value:%d/%m/%Y}")
            # ids are too long (62 bits) to be a count or a year by chance
            case int() if value in self.data.people:
                return escape(self.data.people[value])
            case int() if value == self.held.whose.id:
                return self.text(phrases.MYSELF)
        return escape(str(value))

    # --- words ------------------------------------------------------------------------------------------------------

    def heading(self, size: str, words: Text) -> Markup:
        return Markup("<{0}>{1}</{0}>").format(Markup(size), self.both(words))  # noqa: S704

    def entries(self, lines: list[Text]) -> Markup:
        items = Markup("").join(Markup("<li>{}</li>").format(self.text(line)) for line in lines)
        return Markup("<ul>{}</ul>").format(items)

    def text(self, words: Text) -> Markup:
        return words.en if self.lang is Lang.EN else words.vi

    def both(self, words: Text) -> Markup:
        return Markup("{} <small>{}</small>").format(words.vi, words.en) if words.vi != words.en else words.vi
