"""An Office document that is handed on as it is: nothing in it may run, hide another file or call out.

Refused: macros of both kinds, embedded objects and controls, fields that start another program (DDE), templates,
frames and pictures that are fetched from a network, data of other workbooks. Links that a person has to tap may stay,
and so may the path of a template on the writer's own disk, which Word writes into many documents.
"""

from __future__ import annotations

import re
import zipfile
from xml.parsers import expat

from models.foreign.package import BadPackage, Bounds, Flaw, open_package, read_part
from models.foreign.plain_xml import TooMuchXml, count_elements
from models.foreign.policy import FilePolicy
from models.foreign.refusal import BadFile
from models.phrases import files as phrases
from models.phrases.text import Text

_MACROS = re.compile(r"vba|macrosheets/|\.bas$|intlmacrosheets")
_EMBEDDED = re.compile(
    r"/(?:embeddings|activex|externallinks|customui|ctrlprops/.*\.bin|oleobject)|^customui/"
)
_INNER_FILES = re.compile(r"\.(?:exe|dll|js|vbs|bat|cmd|ps1|hta|lnk|jar|zip|docm|html?|mht|svg|swf)$")
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|intlmacrosheet|\.macrosheet", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]{0,4000}>")
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_MAY_BE_OUTSIDE = re.compile(rb"Type\s*=\s*[\"'][^\"']{0,200}/hyperlink[\"']", re.IGNORECASE)
_ON_A_DISK = re.compile(
    rb"Target\s*=\s*[\"'](?:file:///)?[a-z]:|Target\s*=\s*[\"'](?![a-z]{2,10}:)[^\"'\\/]", re.IGNORECASE
)
_TEMPLATE = re.compile(rb"Type\s*=\s*[\"'][^\"']{0,200}/attachedTemplate[\"']", re.IGNORECASE)
_FIELD = re.compile(
    rb"<(?:\w+:)?instrText[^<>]*>([^<]*)|<(?:\w+:)?fldSimple[^<>]*?instr\s*=\s*[\"']([^\"']*)"
)
_RUNS = re.compile(rb"\bDDE(?:AUTO)?\b|\bINCLUDE(?:TEXT|PICTURE)\b", re.IGNORECASE)
_FORMULA_RUNS = re.compile(
    rb"<(?:\w+:)?f\b[^<>]*>[^<]{0,300}(?:\|'|\|&apos;|\bEXEC\(|\bCALL\(|\bREGISTER\(|WEBSERVICE\()", re.I
)
_XML = (".xml", ".rels", ".vml")
_LARGEST_XML = 25_000_000
_MOST_ELEMENTS = 1_500_000


def check_office(data: bytes, policy: FilePolicy) -> None:
    """Raise `BadFile` unless the document is whole, within its bounds, and nothing in it runs."""
    try:
        with open_package(data, Bounds(policy.max_parts, policy.max_unzipped)) as package:
            _check_names(package)
            _check_parts(package, policy)
    except (BadPackage, TooMuchXml, expat.ExpatError) as error:
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
        if content.startswith((b"PK\x03\x04", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")):
            raise BadFile(phrases.embedded())
        if not name.lower().endswith(_XML):
            continue
        if len(content) > _LARGEST_XML:
            raise BadFile(phrases.swells())
        elements += count_elements(_declared_plainly(content), most=_MOST_ELEMENTS - elements)
        _check_xml(name, content)


def _declared_plainly(xml: bytes) -> bytes:
    """Without a document type, in an encoding in which a search for bytes sees everything."""
    if (
        b"<!DOCTYPE" in xml
        or b"<!ENTITY" in xml
        or b"\0" in xml[:400]
        or not xml.lstrip(b"\xef\xbb\xbf \r\n\t")
    ):
        raise BadPackage(Flaw.DAMAGED)
    return xml


def _check_xml(name: str, xml: bytes) -> None:
    if name.endswith("[Content_Types].xml") and _MACRO_TYPES.search(xml):
        raise BadFile(phrases.macros())
    if name.lower().endswith(".rels") and any(_reaches_out(one[0]) for one in _RELATION.finditer(xml)):
        raise BadFile(phrases.embedded())
    fields = b"".join(one[1] or one[2] or b"" for one in _FIELD.finditer(xml))
    if _RUNS.search(fields) or _FORMULA_RUNS.search(xml):
        raise BadFile(phrases.embedded())


def _reaches_out(relation: bytes) -> bool:
    """Something that a program would fetch when the document is opened."""
    if not _OUTSIDE.search(relation) or _MAY_BE_OUTSIDE.search(relation):
        return False
    return not (_TEMPLATE.search(relation) and _ON_A_DISK.search(relation))
