"""documents: Files and PDFs, ignorant of awards: rendering, stored papers, uploads, numbers, verification."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"
