"""Papers as Vietnamese party papers look: applications and letters as .docx, the register of members away as .xlsx.

    ExcuseApplication(member=…, until_on=…) ──> render_paper(paper, policy) ──> bytes of a Word document, A4, to be signed
    Register(rows=(RegisterRow(…), …))      ──> register_workbook(register) ──> bytes of an Excel workbook, A4 across

    facts  rendering  naming  register      templates/: the .docx files, how to replace one, the script that made them

Plain values in, bytes out; no database. What is not known becomes a dotted line to be filled in by hand.
"""

from models.delivery.papers.facts import (
    PAPERS,
    AbroadApplication,
    Application,
    CommentRequest,
    Commitment,
    ExcuseApplication,
    ExtensionApplication,
    IntroductionLetter,
    Letter,
    Minutes,
    MinutesLine,
    Paper,
    Person,
    Review,
    ReviewLine,
    ThanksLetter,
    Timeline,
    TimelineRow,
    TransferApplication,
)
from models.delivery.papers.naming import named_file, paper_name
from models.delivery.papers.register import Register, RegisterRow, register_workbook
from models.delivery.papers.rendering import PapersPolicy, TemplateBroken, check_templates, render_paper
from models.delivery.papers.writing import decimal, long_date, paper_number

__all__ = [
    "PAPERS",
    "AbroadApplication",
    "Application",
    "CommentRequest",
    "Commitment",
    "ExcuseApplication",
    "ExtensionApplication",
    "IntroductionLetter",
    "Letter",
    "Minutes",
    "MinutesLine",
    "Paper",
    "PapersPolicy",
    "Person",
    "Register",
    "RegisterRow",
    "Review",
    "ReviewLine",
    "TemplateBroken",
    "ThanksLetter",
    "Timeline",
    "TimelineRow",
    "TransferApplication",
    "check_templates",
    "decimal",
    "long_date",
    "named_file",
    "paper_name",
    "paper_number",
    "register_workbook",
    "render_paper",
]
