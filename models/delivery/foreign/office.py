"""An Office document that is handed on as it is: nothing in it may run, hide another file or call out.

Refused: macros of both kinds, embedded objects and controls, fields that start another program (DDE), templates,
frames and pictures that are fetched from a network, data of other workbooks. Links that a person has to tap may stay,
and so may the path of a template on the writer's own disk, which Word writes into many documents.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from models.delivery.foreign.package import BadPackage, Bounds, Flaw, open_package, read_part
from models.delivery.foreign.plain_xml import OddXml, TooMuchXml, count_elements
from models.delivery.foreign.refusal import BadFile
from models.delivery.policy import FilePolicy
from models.phrases.delivery import files as phrases
from models.phrases.text import Text

_MACROS = re.compile(r"vba|macrosheets/|\.bas$|intlmacrosheets")
_EMBEDDED = re.compile(
    r"/(?:embeddings|activex|externallinks|customui|ctrlprops/.*\.bin|oleobject)|^customui/"
)
_INNER_FILES = re.compile(r"\.(?:exe|dll|js|vbs|bat|cmd|ps1|hta|lnk|jar|zip|docm|html?|mht|svg|swf)$")
_MACRO_TYPES = re.compile(r"macroEnabled|vbaProject|intlmacrosheet|\.macrosheet", re.IGNORECASE)
_ON_A_DISK = re.compile(r"(?:file:///)?[a-z]:|(?![a-z]{2,10}:)[^\\/]", re.IGNORECASE)
_RUNS = re.compile(r"\bDDE(?:AUTO)?\b|\bINCLUDE(?:TEXT|PICTURE)\b", re.IGNORECASE)
_FORMULA_RUNS = re.compile(r"\|\s*'|\b(?:EXEC|CALL|REGISTER(?:\.ID)?|WEBSERVICE)\s*\(", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")
_LARGEST_XML = 25_000_000
_MOST_ELEMENTS = 1_500_000
_MOST_PIECES = 200_000  # of fields or formulas


def check_office(data: bytes, policy: FilePolicy) -> None:
    """Raise `BadFile` unless the document is whole, within its bounds, and nothing in it runs."""
    try:
        with open_package(data, Bounds(policy.max_parts, policy.max_unzipped)) as package:
            _check_names(package)
            _check_parts(package, policy)
    except (BadPackage, TooMuchXml, OddXml, expat.ExpatError, ValueError) as error:
        raise BadFile(_why(error)) from error


def _why(error: Exception) -> Text:
    flaw = error.flaw if isinstance(error, BadPackage) else None
    if flaw is Flaw.ENCRYPTED:
        return phrases.locked()
    swells = flaw is Flaw.SWELLS or isinstance(error, TooMuchXml)
    return phrases.swells() if swells else phrases.damaged()


def _check_names(package: zipfile.ZipFile) -> None:
    for name in (name.lower() for name in package.namelist()):
        if _MACROS.search(name):
            raise BadFile(phrases.macros())
        if _EMBEDDED.search(name) or _INNER_FILES.search(name):
            raise BadFile(phrases.embedded())


def _check_parts(package: zipfile.ZipFile, policy: FilePolicy) -> None:
    elements = 0
    for name in package.namelist():
        content = read_part(package, name, most=policy.max_unzipped)
        # a part may be called anything: its first bytes say what it is
        if content.startswith((b"PK\x03\x04", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")):
            raise BadFile(phrases.embedded())
        if not name.lower().endswith(_XML):
            continue
        if len(content) > _LARGEST_XML:
            raise BadFile(phrases.swells())
        seen = _Seen()
        left = _MOST_ELEMENTS - elements
        elements += count_elements(content, most=left, begun=seen.begins, text=seen.says)
        seen.judge()


@dataclass
class _Seen:
    """What of a part may run, as a parser reads it: spelt by numbers or torn into pieces it is still the same."""

    fields: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    into: list[str] | None = None

    def begins(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition(":")[2]
        self.into = {"instrText": self.fields, "f": self.formulas}.get(local)
        if local in ("Relationship", "Override", "Default", "fldSimple"):
            names = (one.rpartition(":")[2] for one in attributes[::2])
            self.looks_at(local, dict(zip(names, attributes[1::2], strict=True)))

    def looks_at(self, local: str, said: dict[str, str]) -> None:
        if _MACRO_TYPES.search(said.get("ContentType", "")):
            raise BadFile(phrases.macros())
        if local == "Relationship" and _reaches_out(said):
            raise BadFile(phrases.embedded())
        self.fields.append(said.get("instr", ""))

    def says(self, text: str) -> None:
        if self.into is None:
            return
        if len(self.into) >= _MOST_PIECES:
            raise BadFile(phrases.swells())
        self.into.append(text)

    def judge(self) -> None:
        if _RUNS.search("".join(self.fields)) or _FORMULA_RUNS.search("".join(self.formulas)):
            raise BadFile(phrases.embedded())


def _reaches_out(said: dict[str, str]) -> bool:
    """Something that a program would fetch when the document is opened; a link has to be tapped."""
    kind = said.get("Type", "").rpartition("/")[2]
    if said.get("TargetMode", "").lower() != "external" or kind == "hyperlink":
        return False
    return not (kind == "attachedTemplate" and _ON_A_DISK.match(said.get("Target", "").strip()))
