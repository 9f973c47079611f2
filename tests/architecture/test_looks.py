"""Every page of decisions and of documents is among those that are looked at in both widths."""

from django.urls import resolve

from tests.architecture.access_pages import PAGES
from tests.e2e.pages import LOOKS

APPS = ("decisions", "documents")
#: Answers that are no pages: files, drawings, parts of a page, words for a script.
NO_PAGES = {
    "decisions:design_emblem_file", "decisions:design_ornament", "decisions:number_check", "decisions:payment_export",
    "decisions:signing_state", "decisions:stock_scan", "decisions:word_template", "decisions:word_template_own",
    "documents:attachment", "documents:attachment_preview", "documents:download", "documents:preview",
}  # fmt: skip
#: Pages that stand behind a step of a decision's way (a draft, a question to be settled, a password asked again);
#: the walks of the browser come by.
ON_THE_WAY = {
    "decisions:correction_line", "decisions:decision_edit", "decisions:decision_new", "decisions:recheck",
    "decisions:sign_agency_withdraw", "decisions:sign_upload", "decisions:sign_withdraw",
}  # fmt: skip


def test_every_page_is_looked_at():
    looked_at = {look.page or resolve(look.address.partition("?")[0]).view_name for look in LOOKS}
    pages = {page.name for page in PAGES if "GET" in page.methods and not page.slow}
    pages = {name for name in pages if name.partition(":")[0] in APPS}
    assert sorted(pages - NO_PAGES - ON_THE_WAY - looked_at) == []
    assert sorted((NO_PAGES | ON_THE_WAY) - pages) == []
