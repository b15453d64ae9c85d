"""A template and the facts become a Word document.

A template is a .docx with `{{ names }}` in it; templates/README.md lists the names. Each text has also `name_upper` in
capitals and `name_head` as it stands at the head of a paper, each date also `name_long` in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from pydantic import BaseModel

from models.delivery.papers.facts import PAPERS, SHEETS, Blank, PrintedPaper
from models.delivery.papers.writing import heading_lines, lines_of, long_date, qr_png, short_date
from models.delivery.policy import PapersPolicy
from models.ground.part_date import PartDate

if TYPE_CHECKING:
    from jinja2 import Environment

HOUSE_TEMPLATES = Path(__file__).parent / "templates"

_QR = 1_000_000  # of Word's units, 36,000 to a millimetre: what a telephone reads at arm's length

Named = Mapping[str, "str | Named | list[Named]"]


class TemplateBroken(Exception):
    """A template of the operator's cannot be used: the message names the file and what is wrong with it."""


def render_paper(paper: PrintedPaper, policy: PapersPolicy) -> bytes:
    """Return the .docx of a paper, ready to be signed. Raises TemplateBroken when its template cannot be used."""
    path = template_of(paper.kind, policy)
    try:
        return _render(path, names_of(paper))
    except Exception as error:  # whatever a foreign file makes the libraries raise
        raise TemplateBroken(f"{path}: {type(error).__name__}: {error}") from error


def template_of(kind: str, policy: PapersPolicy) -> Path:
    """Return the operator's template of this kind, else the house's."""
    own = policy.templates / f"{kind}.docx" if policy.templates else None
    return own if own and own.exists() else HOUSE_TEMPLATES / f"{kind}.docx"


def check_templates(policy: PapersPolicy) -> list[str]:
    """Return what is wrong with the templates in use, a sentence for each, for `python -m bot check`."""
    if policy.templates and not policy.templates.is_dir():
        return [f"{policy.templates}: there is no such folder"]
    wrong = []
    for kind in (*PAPERS, *SHEETS):
        try:
            render_paper(kind(), policy)
        except TemplateBroken as error:
            wrong.append(str(error))
    return wrong


def names_of(facts: BaseModel) -> Named:
    """Return every name that a template may use, with what stands for it."""
    names: dict[str, str | Named | list[Named]] = {}
    for name, field in type(facts).model_fields.items():
        value = getattr(facts, name)
        if isinstance(value, BaseModel):
            names[name] = names_of(value)
        elif isinstance(value, tuple):
            names[name] = [names_of(one) for one in value]
        elif value is None or isinstance(value, date | PartDate):  # of what may be None, all are dates
            names[name], names[f"{name}_long"] = short_date(value), long_date(value)
        else:
            dots = next(str(blank) for blank in field.metadata if isinstance(blank, Blank))
            names[name], names[f"{name}_upper"] = value or dots, value.upper() or dots
            names[f"{name}_head"] = heading_lines(value) or dots
            names[f"{name}_given"] = "1" if value and value != field.default else ""
    return names


def _render(path: Path, names: Named) -> bytes:
    from docxtpl import DocxTemplate, InlineImage  # slow to import

    out = BytesIO()
    document = DocxTemplate(path)
    pictures: dict[str, object] = {}
    if "reply_address" in names:
        link = str(names["reply_address"]) if names["reply_address_given"] else ""
        pictures["reply_qr"] = InlineImage(document, BytesIO(qr_png(link)), width=_QR) if link else ""
    document.render({**names, **pictures}, jinja_env=_jinja(), autoescape=True)
    document.save(out)
    return out.getvalue()


@lru_cache(maxsize=1)
def _jinja() -> Environment:
    """A name that does not exist is an error, not an empty place; a template can read values and nothing else."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_as_xml)


def _as_xml(value: object) -> object:
    """A value as it enters the document; a picture is XML already.

    docxtpl reads a bell as "new paragraph", and `{_{` as "{{" also within values, so braces go in as entities.
    """
    from docxtpl import InlineImage

    if isinstance(value, InlineImage):
        return value
    xml = str(escape(lines_of(str(value)))).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(xml.replace("\n", "\a"))  # noqa: S704 - escaped just above
