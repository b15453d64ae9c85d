"""`python -m bot words FOLDER`: catalogues of one's own, in which any sentence may be said otherwise."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from models.phrases.catalogue import Lang, house, read_words


def make_or_check(folder: Path) -> list[str]:
    """Make `vi.po` and `en.po` where they are not there yet, with nothing replaced, and read what is there.

    Return one line a language: how many sentences it replaces. Raise WordsUnusable for what cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = [lang for lang in Lang if _made(folder / f"{lang}.po", lang)]
    counts = {lang: len(sentences) for lang, sentences in read_words(folder).items()}
    return [
        f"{lang}.po: made; write your words under the sentences that you want to say otherwise."
        if lang in made
        else f"{lang}.po: sentences said otherwise: {counts[lang]}. All can be used."
        for lang in counts
    ]


def _made(path: Path, lang: Lang) -> bool:
    if path.exists():
        return False
    empty = Catalog(locale=str(lang), project="Xa Nhà", fuzzy=False)
    for message in house(Lang.EN):
        if message.id:
            places = [(file, 1) for file, _ in message.locations]
            shown = message.string if lang is Lang.EN else ""
            comments = [f"en: {shown}"] if isinstance(shown, str) and shown else []
            empty.add(message.id, locations=places, context=message.context, auto_comments=comments)
    with path.open("wb") as file:
        write_po(file, empty, width=110, include_lineno=False)
    return True
