"""Tài liệu kiểm chứng of one criterion: the list, what may be done with a row, and the ways in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import evidence as files
from parindex_desktop.services import filling
from ui.form import document_dialog, known_documents
from ui.form.document_dialog import Described
from ui.form.evidence_model import EvidenceModel
from ui.form.evidence_table import EvidenceTable
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import link_button
from ui.widgets.dropzone import DropZone
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError, SectionTitle
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.assessments import Linked, Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.services.homes import Office
    from ui.form.file_work import FileWork
    from ui.session import Change, Session
