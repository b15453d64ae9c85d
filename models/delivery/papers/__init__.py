"""Papers as Vietnamese party papers look: applications and letters as .docx, the register of members away as .xlsx.

    ExcuseApplication(member=…, until_on=…) ──> render_paper(paper, policy) ──> bytes of a Word document, A4, to be signed
    Register(rows=(RegisterRow(…), …))      ──> register_workbook(register) ──> bytes of an Excel workbook, A4 across

    facts  rendering  naming  register      templates/: the .docx files, how to replace one, the script that made them

Plain values in, bytes out; no database. What is not known becomes a dotted line to be filled in by hand.
"""

from models.delivery.papers.facts import (
    PAPERS as PAPERS,
    SHEETS as SHEETS,
    AbroadApplication as AbroadApplication,
    Application as Application,
    BearingsLine as BearingsLine,
    BearingsPaper as BearingsPaper,
    CallSheet as CallSheet,
    CallSheetLine as CallSheetLine,
    CommentRequest as CommentRequest,
    Commitment as Commitment,
    ExcuseApplication as ExcuseApplication,
    ExtensionApplication as ExtensionApplication,
    IntroductionLetter as IntroductionLetter,
    LetterPaper as LetterPaper,
    Minutes as Minutes,
    MinutesLine as MinutesLine,
    Paper as Paper,
    PaperPerson as PaperPerson,
    PocketSheet as PocketSheet,
    PrintedPaper as PrintedPaper,
    ResolutionPaper as ResolutionPaper,
    ReviewLine as ReviewLine,
    ReviewPaper as ReviewPaper,
    ThanksLetter as ThanksLetter,
    Timeline as Timeline,
    TimelineRow as TimelineRow,
    TransferApplication as TransferApplication,
    YearPaper as YearPaper,
)
from models.delivery.papers.naming import (
    FilePlace as FilePlace,
    filed_name as filed_name,
    named_file as named_file,
    paper_name as paper_name,
)
from models.delivery.papers.register import (
    Register as Register,
    RegisterRow as RegisterRow,
    register_workbook as register_workbook,
)
from models.delivery.papers.rendering import (
    TemplateBroken as TemplateBroken,
    check_templates as check_templates,
    render_paper as render_paper,
)
from models.delivery.papers.writing import (
    decimal as decimal,
    long_date as long_date,
    paper_number as paper_number,
    qr_png as qr_png,
)
