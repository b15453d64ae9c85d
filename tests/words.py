"""`make words`: bring models/phrases/en.po into line with what the code says. New sentences come without English."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from models.phrases.catalogue import HOUSE, Lang, read_catalogue

ROOT = Path(__file__).parent.parent
FILE = HOUSE / f"{Lang.EN}.po"
_UNSTEADY = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Report-Msgid-Bugs-To|Generated-By|Language-Team)[^\n]*\n',
    re.M,
)


def said() -> Catalog:
    """Return every sentence of the code, in the order of files and lines, without translations."""
    found = Catalog(project="Xa Nhà", version="1", fuzzy=False)
    for path in (ROOT / "bot" / "demo" / "door.py", *sorted(HOUSE.rglob("*.py"))):
        calls = (
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        )
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            if isinstance(call.func, ast.Name) and call.func.id in ("say", "say_as"):
                *sense, sentence = [ast.literal_eval(argument) for argument in call.args]
                found.add(
                    sentence, locations=[(str(path.relative_to(ROOT)), 1)], context=next(iter(sense), None)
                )
    return found


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as the file keeps it: no dates, no line numbers, so that a change shows what changed."""
    out = BytesIO()
    write_po(out, catalogue, width=110, include_lineno=False, ignore_obsolete=True)
    return re.sub(rb"\A(#[^\n]*\n)+", b"", _UNSTEADY.sub(b"", out.getvalue()))


def update() -> None:
    catalogue = read_catalogue(FILE)
    catalogue.update(said(), no_fuzzy_matching=True)
    FILE.write_bytes(written(catalogue))
    lacking = [message for message in catalogue if message.id and not message.string]
    for message in lacking:
        print(f"without English: {message.id}")


if __name__ == "__main__":
    update()
