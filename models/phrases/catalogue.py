"""The sentences in the languages of their readers: gettext catalogues, keyed by the Vietnamese that stands in the code.

    say("Chào đồng chí {name}.")   ──vi──> as it stands, or the operator's own  (BOT_WORDS/vi.po)
                                   ──en──> en.po beside this file, or the operator's own  (BOT_WORDS/en.po)

`read_words` refuses a catalogue whose sentence would lose a value ({name}) or a tag (<b>), or that names a sentence that
nobody says: a spelling mistake there would otherwise be a replacement that never shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

HOUSE = Path(__file__).parent


class Lang(StrEnum):
    VI = "vi"
    EN = "en"


Sentences = Mapping[tuple[str | None, str], str]  # (sense, Vietnamese) -> words
_own: dict[Lang, Sentences] = {}


class WordsUnusable(Exception):
    """A catalogue cannot be used; the message is one sentence and a hint."""


def translated(vi: str, lang: Lang, sense: str | None = None) -> str:
    """Return the template in `lang`; without a translation, as it stands in the code."""
    key = sense, vi
    found = _own[lang].get(key) if lang in _own else None
    return found or (vi if lang is Lang.VI else _house(lang).get(key, vi))


def use_words(folder: Path | None) -> None:
    """Let an operator's catalogues replace sentences from now on, in this process; None: the house's alone."""
    for lang in Lang:
        _house(
            lang
        )  # now: a reader who comes first would wait for it, and who opens files may not read it later
    _own.clear()
    if folder is not None:
        _own.update(read_words(folder))


def read_words(folder: Path) -> dict[Lang, Sentences]:
    """Return the sentences of `vi.po` and `en.po` in `folder`; raise WordsUnusable."""
    found = {lang: folder / f"{lang}.po" for lang in Lang if (folder / f"{lang}.po").is_file()}
    if not found:
        raise WordsUnusable(
            f"No vi.po or en.po stands in {folder}. Hint: `python -m bot words {folder}` makes them."
        )
    for path in found.values():
        for fault in faults(read_catalogue(path)):
            raise WordsUnusable(f"{path.name}: {fault}")
    return {lang: _sentences(read_catalogue(path)) for lang, path in found.items()}


def read_catalogue(path: Path) -> Catalog:
    """Return a .po file; raise WordsUnusable where it is none."""
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError, OSError) as error:
        raise WordsUnusable(
            f"{path.name} cannot be read: {error}. Hint: save it as a .po file in UTF-8."
        ) from None


def faults(catalogue: Catalog) -> Iterator[str]:
    """Yield what is wrong with each sentence that is not to be used as it stands."""
    known = _house(Lang.EN)
    for message in catalogue:
        vi, words = message.id, message.string
        if not isinstance(vi, str) or not vi or not words:
            continue
        if (message.context, vi) not in known:
            yield f"nobody says “{vi[:60]}”. Hint: take the sentence out, or copy it from a new template."
        elif message.fuzzy:
            yield f"“{vi[:60]}” is marked fuzzy. Hint: look it over and take the mark away."
        elif not isinstance(words, str) or marks(words) != marks(vi):
            yield f"“{vi[:60]}” needs the same {{values}} and <tags> in both. Hint: {' '.join(sorted(marks(vi)))}"


def marks(template: str) -> set[str]:
    """Return the values that a template names, and its tags."""
    try:
        values = {f"{{{name}}}" for _, name, _, _ in Formatter().parse(template) if name is not None}
    except ValueError:
        return {"{}"}
    return values | set(re.findall(r"</?[a-z-]+", template))


def house(lang: Lang) -> Catalog:
    """Return the program's own catalogue of a language."""
    return read_catalogue(HOUSE / f"{lang}.po")


@cache
def _house(lang: Lang) -> Sentences:
    return _sentences(house(lang)) if lang is not Lang.VI else {}


def _sentences(catalogue: Catalog) -> Sentences:
    return {
        (message.context, message.id): message.string
        for message in catalogue
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id and message.string
    }
