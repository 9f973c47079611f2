"""Every address of the product and what is expected of it; see `access_table` for the words."""

from typing import Any

from accounts.permissions import Permission as P
from tests.architecture.access_table import NOBODY, OVERRIDE, Page

_GET, _POST, _FORM = ("GET",), ("POST",), ("GET", "POST")
_SEEN = {"version": "{version}"}
_REASON = {**_SEEN, "reason": "Theo ý kiến của kiểm thử", "ly-do": "Theo ý kiến của kiểm thử"}


def _all(app: str, methods: tuple[str, ...], right: P | None, names: str, **more: Any) -> list[Page]:
    """Several addresses of one app that differ in nothing else."""
    prefix = f"{app}:" if app else ""
    return [Page(f"{prefix}{name}", methods, right=right, **more) for name in names.split()]


_FRAME = [
    *_all("core", _GET, None, "help stay gallery notifications job_list"),
    *_all("core", _POST, None, "notifications_read switch_role"),
    Page("core:notification_open", _GET, "notification of another"),
    Page("core:job", _GET, "job of submission"),
    Page("core:job", _GET, "job of draft"),
    Page("core:job", _GET, "job of another"),
    Page("core:job_change", _POST, "job of submission", NOBODY, args={"step": "thu-lai"}),
    Page("core:job_change", _POST, "job of another", NOBODY, args={"step": "huy"}),
    Page("core:journal", _GET, right=P.JOURNAL_VIEW),
    *_all("reports", _GET, None, "home tasks search"),
]  # fmt: skip

_FILES = [
    Page(f"documents:{name}", _GET, kind)
    for name, kinds in {
        "attachment": ("file of submission", "file of draft", "file of line", "file of draft line"),
        "download": ("paper of awaiting", "paper of issued", "paper of session"),
    }.items()
    for kind in kinds
] + [
    Page("documents:attachment_preview", _GET, "file of draft line"),
    Page("documents:preview", _GET, "paper of awaiting"),
]

_PEOPLE_AND_UNITS = [
    Page("units:person_list", _GET, right=P.PERSON_VIEW),
    Page("units:unit_tree", _GET, right=P.UNIT_VIEW),
    Page("units:unit_branch", _GET, "unit", P.UNIT_VIEW),
    Page("units:role_list", _GET, right=P.ROLE_MANAGE),
    Page("units:role_assign", _FORM, right=P.ROLE_MANAGE, fresh=True),
    Page("units:role_end", _FORM, "assignment", P.ROLE_MANAGE, fresh=True),
    Page("history:person", _GET, "person", P.PERSON_VIEW),
    Page("history:unit", _GET, "unit", P.UNIT_VIEW),
    Page("history:own_record", _GET, right=P.OWN_RECORD),
    *_all("history", _GET, P.GRANT_VIEW, "rulebook rulebook_common sources overrides"),
    Page("history:override_new", _FORM, right=P.RULE_OVERRIDE),
    *_all("history", _FORM, P.RULE_OVERRIDE, "override_end override_withdraw", args={"pk": OVERRIDE}),
    Page("history:what_if", _FORM, right=P.GRANT_VIEW),
    Page("history:what_if_other", _GET, right=P.GRANT_VIEW, args={"kind": "bieu-quyet"}),
    Page("history:award", _GET, right=P.GRANT_VIEW, args={"award": "giay_khen"}),
]

_SHEET = {"kind": "registration"}
_CAMPAIGNS = [
    Page("campaigns:campaign_list", _GET),
    Page("campaigns:campaign_new", _FORM, right=P.CAMPAIGN_MANAGE),
    Page("campaigns:campaign", _GET, "campaign"),
    Page("campaigns:campaign", _GET, "campaign draft"),
    Page("campaigns:campaign_edit", _FORM, "campaign draft", P.CAMPAIGN_MANAGE, data=_SEEN),
    Page("campaigns:campaign_extend", _FORM, "campaign to manage", P.CAMPAIGN_MANAGE, data=_SEEN),
    *(Page("campaigns:campaign_move", _POST, kind, P.CAMPAIGN_MANAGE, args={"step": step}, data=_REASON)
      for kind, step in (("campaign draft", "phat-dong"), ("campaign to manage", "ket-thuc"),
                         ("campaign to manage", "tong-ket"))),
    Page("campaigns:registration_list", _GET, right=P.REGISTRATION_VIEW),
    Page("campaigns:registration_open", _POST, right=P.REGISTRATION_DRAFT,
         data={"campaign": "{campaign}", "unit": "{unit}"}),
    Page("campaigns:own", _FORM, right=P.OWN_REGISTRATION),
    Page("campaigns:registration", _GET, right=P.REGISTRATION_VIEW, **_SHEET),
    Page("campaigns:registration", _POST, right=P.REGISTRATION_DRAFT, data=_SEEN, **_SHEET),
    Page("campaigns:registration_cell", _POST, right=P.REGISTRATION_DRAFT, data=_SEEN, **_SHEET),
    Page("campaigns:registration_fill", _POST, right=P.REGISTRATION_DRAFT, data={**_SEEN, "viec": "tat-ca"}, **_SHEET),
    Page("campaigns:registration_verdict", _GET, "registered person", P.REGISTRATION_VIEW),
    Page("campaigns:registration_targets", _FORM, right=P.REGISTRATION_DRAFT, data=_SEEN, **_SHEET),
    Page("campaigns:registration_check", _GET, right=P.REGISTRATION_DRAFT, **_SHEET),
    Page("campaigns:registration_send", _POST, right=P.REGISTRATION_SEND, data=_SEEN, **_SHEET),
    Page("campaigns:registration_receipt", _GET, "registration sent", P.REGISTRATION_VIEW),
    Page("campaigns:registration_ask", _FORM, "registration sent", P.REGISTRATION_DRAFT, data=_REASON),
    *(Page("campaigns:registration_answer", methods, "registration sent", P.REGISTRATION_ACCEPT, args={"step": step},
           data=_REASON)
      for step, methods in (("tiep-nhan", _POST), ("khoa", _POST), ("tra-lai", _FORM), ("mo-lai", _FORM))),
    Page("campaigns:registration_line", _POST, "proposal", P.REGISTRATION_SEND, args={"step": "xac-nhan"}, data=_SEEN),
    Page("campaigns:registration_line", _FORM, "proposal", P.REGISTRATION_SEND, args={"step": "tra-lai"}, data=_REASON),
]  # fmt: skip

_DRAFTING = [
    ("submission_edit", _FORM), ("submission_discard", _FORM), ("submission_file", _POST), ("people_add", _FORM),
    ("collectives_add", _FORM), ("registration_take", _POST), ("submission_check", _GET),
]  # fmt: skip
_REVIEW_STEPS = ("tiep-nhan", "tra-lai", "dat", "chuyen-cap-tren")
_AWARDS = [
    Page("awards:submission_list", _GET, right=P.SUBMISSION_VIEW),
    Page("awards:submission_new", _FORM, right=P.SUBMISSION_DRAFT),
    *(Page("awards:submission", _GET, kind, P.SUBMISSION_VIEW) for kind in ("submission", "draft")),
    *(Page("awards:submission_pdf", _GET, kind, P.SUBMISSION_VIEW) for kind in ("submission", "draft")),
    *(Page(f"awards:{name}", methods, "draft", P.SUBMISSION_DRAFT, data=_SEEN) for name, methods in _DRAFTING),
    *(Page(f"awards:{name}", methods[-1:], "submission", P.SUBMISSION_DRAFT, data=_SEEN)
      for name, methods in _DRAFTING),
    *(Page("awards:submission_file_remove", _POST, kind, P.SUBMISSION_DRAFT) for kind in ("sent file", "draft file")),
    *(Page("awards:submission_send", _POST, kind, P.SUBMISSION_SEND, data=_SEEN) for kind in ("submission", "draft")),
    *(Page("awards:submission_word", _GET, kind, P.SUBMISSION_VIEW, slow=True) for kind in ("submission", "draft")),
    Page("awards:submission_receipt", _GET, "submission", P.SUBMISSION_VIEW),
    *(Page("awards:submission_pdf", _GET, kind, P.SUBMISSION_VIEW, slow=True) for kind in ("submission", "draft")),
    *(Page("awards:appraisal_pdf", _GET, kind, P.SUBMISSION_VIEW, slow=True) for kind in ("line", "draft line")),
    *(Page("awards:nomination", _GET, kind, P.SUBMISSION_VIEW) for kind in ("line", "draft line")),
    *(Page("awards:line_edit", _FORM, kind, P.SUBMISSION_DRAFT, data=_SEEN) for kind in ("line", "draft line")),
    *(Page(f"awards:{name}", _POST, kind, P.SUBMISSION_DRAFT, data=_SEEN)
      for name in ("line_remove", "line_file") for kind in ("line", "draft line")),
    *(Page("awards:line_file_remove", _POST, kind, P.SUBMISSION_DRAFT) for kind in ("line file", "draft line file")),
    Page("awards:remark", _POST, "line", P.SUBMISSION_VIEW, data={"text": "Lời của kiểm thử"}),
    Page("awards:return_slip", _GET, "return slip", P.SUBMISSION_VIEW),
    Page("awards:nomination_override", _FORM, "line", P.NOMINATION_OVERRIDE, data=_REASON),
    *(Page("awards:nomination_unit", _FORM, "line", P.SUBMISSION_SEND, args={"step": step}, data=_REASON)
      for step in ("gui-lai", "rut")),
    *(Page("awards:nomination_move", _FORM, "line", P.NOMINATION_REVIEW, args={"step": step}, data=_REASON)
      for step in _REVIEW_STEPS),
    *_all("awards", _GET, P.GRANT_VIEW, "discovery_list discovery_export"),
    Page("awards:discovery_act", _POST, right=P.SUBMISSION_DRAFT),
    *_all("awards", _GET, P.NOMINATION_REVIEW, "review_queue review_export notice_list conflict_list"),
    Page("awards:review_bulk", _POST, right=P.NOMINATION_REVIEW),
    Page("awards:notice_new", _FORM, right=P.NOMINATION_REVIEW),
    Page("awards:notice", _FORM, "notice", P.NOMINATION_REVIEW, data=_SEEN),
]  # fmt: skip

_COUNCIL = [
    *_all("council", _GET, P.SESSION_VIEW, "session_list results agenda"),
    Page("council:session_new", _FORM, right=P.SESSION_PREPARE),
    *(Page("council:session", _GET, f"session {state}", P.SESSION_VIEW)
      for state in ("draft", "locked", "open", "closed")),
    *(Page(f"council:{name}", _FORM, f"session {state}", P.SESSION_PREPARE, data=_REASON)
      for name, state in (("session_edit", "draft"), ("session_lock", "draft"), ("session_cancel", "locked"),
                          ("session_minute", "closed"), ("agenda_add", "draft"), ("agenda_other", "draft"),
                          ("attendance", "locked"), ("recusal_add", "draft"), ("recusal_add", "locked"))),
    *(Page(f"council:{name}", _FORM, f"session {state}", P.SESSION_CLOSE, data=_SEEN)
      for name, state in (("session_open", "locked"), ("session_close", "open"))),
    Page("council:session_open", _POST, "session draft", P.SESSION_CLOSE, data=_SEEN),
    Page("council:agenda_remove", _POST, "item draft", P.SESSION_PREPARE, data=_SEEN),
    Page("council:recusal_remove", _POST, "recusal", P.SESSION_PREPARE),
    Page("council:dossier", _GET, "item", P.SESSION_VIEW),
    Page("council:dossier", _GET, "item draft", P.SESSION_VIEW),
    Page("council:dossier_file", _GET, "item file", P.SESSION_VIEW),
    *(Page("council:result", _GET, f"session {state}", P.SESSION_VIEW) for state in ("locked", "open", "closed")),
    Page("council:minutes_word", _GET, "session closed", P.SESSION_VIEW, slow=True),
    *(Page(f"council:{name}", _GET, "session locked", P.SESSION_PREPARE, slow=True)
      for name in ("invitation", "invitation_word")),
    Page("council:my_ballots", _GET, right=P.BALLOT_CAST),
    Page("council:ballot", _FORM, "ballot", P.BALLOT_CAST),
    Page("council:ballot_receipt", _FORM, "ballot", P.BALLOT_CAST, fresh=True),
    Page("council:rules", _GET, right=P.RULE_OVERRIDE),
    Page("council:council_new", _FORM, right=P.RULE_OVERRIDE),
    Page("council:charter", _GET, "charter", P.RULE_OVERRIDE),
    *(Page(f"council:{name}", _FORM, "charter", P.RULE_OVERRIDE) for name in ("member_add", "rule_add")),
    Page("council:member_end", _FORM, "member", P.RULE_OVERRIDE),
    Page("council:rule_end", _FORM, "council rule", P.RULE_OVERRIDE),
]  # fmt: skip

_ISSUED, _DRAFTED = ("decision issued", "decision draft")
_DECISIONS = [
    Page("decisions:decision_list", _GET, right=P.DECISION_VIEW),
    Page("decisions:decision_new", _FORM, "session to decide", P.DECISION_DRAFT),
    *(Page("decisions:decision", _GET, kind, P.DECISION_VIEW) for kind in (_DRAFTED, "decision awaiting", _ISSUED)),
    *(Page("decisions:decision_lines", _GET, kind, P.DECISION_VIEW) for kind in (_DRAFTED, _ISSUED)),
    Page("decisions:decision_calibrate", _FORM, "decision awaiting", P.CERTIFICATE_PRINT),
    Page("decisions:decision_preview", _GET, _DRAFTED, P.DECISION_VIEW, slow=True),
    Page("decisions:decision_preview", _GET, _ISSUED, P.DECISION_VIEW, slow=True),
    Page("decisions:decision_edit", _FORM, _DRAFTED, P.DECISION_DRAFT, data=_SEEN),
    *(Page(f"decisions:{name}", _POST, _DRAFTED, P.DECISION_NUMBER, data=_SEEN)
      for name in ("decision_number", "decision_send_to_sign", "decision_issue")),
    Page("decisions:decision_sign", _POST, "decision awaiting", P.DECISION_SIGN, fresh=True, data=_SEEN),
    Page("decisions:decision_send_back", _FORM, "decision awaiting", P.DECISION_SIGN, data=_REASON),
    Page("decisions:decision_recall", _FORM, "decision awaiting", P.DECISION_NUMBER, data=_REASON),
    Page("decisions:decision_render", _POST, "decision awaiting", P.CERTIFICATE_PRINT),
    *(Page(f"decisions:{name}", _POST, _ISSUED, NOBODY, data=_SEEN)
      for name in ("decision_edit", "decision_number", "decision_send_to_sign", "decision_sign", "decision_send_back",
                   "decision_recall",
                   "decision_issue", "decision_render")),
    *(Page(f"decisions:{name}", _GET, kind, P.DECISION_VIEW, slow=True)
      for name in ("decision_word", "list_word") for kind in (_DRAFTED, _ISSUED)),
    *(Page(f"decisions:{name}", methods, "decision awaiting", right, fresh=fresh, data=_SEEN)
      for name, methods, right, fresh in (
          ("sign_here", _POST, P.DECISION_SIGN, True), ("sign_prepare", _POST, P.DECISION_SIGN, False),
          ("sign_upload", _FORM, P.DECISION_SIGN, True), ("sign_agency", _POST, P.DECISION_NUMBER, True))),
    *(Page(f"decisions:{name}", _GET, kind, P.DECISION_VIEW)
      for name in ("signatures", "signing_state") for kind in ("decision awaiting", _ISSUED)),
    Page("decisions:sign_again", _POST, "decision awaiting", P.DECISION_SIGN),
    Page("decisions:sign_agency_again", _POST, "decision awaiting", P.DECISION_NUMBER),
    Page("decisions:sign_withdraw", _FORM, "decision awaiting", P.DECISION_SIGN, fresh=True, data=_REASON),
    Page("decisions:sign_agency_withdraw", _FORM, "decision awaiting", P.DECISION_NUMBER, fresh=True, data=_REASON),
    Page("decisions:word_templates", _GET, right=P.DECISION_DRAFT),
    Page("decisions:word_template_add", _FORM, right=P.DECISION_DRAFT),
    Page("decisions:word_template", _GET, "word template", P.DECISION_DRAFT),
    Page("decisions:word_template_withdraw", _POST, "word template", P.DECISION_DRAFT),
    *(Page(f"decisions:{name}", _GET, right=P.DECISION_DRAFT, args={"kind": "decision"})
      for name in ("word_template_own", "word_fields")),
    *(Page(f"decisions:{name}", _FORM, kind, right, data=_REASON)
      for name in ("decision_revoke", "decision_correct")
      for kind, right in ((_DRAFTED, P.DECISION_DRAFT), (_ISSUED, NOBODY))),
    Page("decisions:decision_discard", _POST, _DRAFTED, P.DECISION_DRAFT, data=_SEEN),
    Page("decisions:decision_discard", _POST, _ISSUED, NOBODY, data=_SEEN),
    Page("decisions:correction_line", _FORM, "correction line", P.DECISION_DRAFT, data=_SEEN),
    *_all("decisions", _GET, P.DECISION_DRAFT, "recheck_list mismatch_list"),
    Page("decisions:number_register", _GET, right=P.DECISION_NUMBER),
    *_all("decisions", _POST, P.DECISION_NUMBER, "number_reserve number_import"),
    Page("decisions:number_void", _FORM, "official number", P.DECISION_NUMBER),
    Page("decisions:number_release", _POST, "official number", P.DECISION_NUMBER),
    Page("decisions:number_check", _GET, _DRAFTED, P.DECISION_NUMBER),
    *_all("decisions", _GET, P.PAYMENT_RECORD, "payment_list payment_export"),
    Page("decisions:payment_paper", _GET, right=P.PAYMENT_RECORD, slow=True),
    Page("decisions:payment_record", _POST, right=P.PAYMENT_RECORD),
    Page("decisions:fund_report", _FORM, right=P.PAYMENT_RECORD),
    Page("decisions:fund_strike", _FORM, "fund entry", P.PAYMENT_RECORD),
    Page("decisions:hand_over_list", _GET, right=P.CERTIFICATE_PRINT),
    Page("decisions:hand_over_paper", _GET, right=P.CERTIFICATE_PRINT, slow=True),
    Page("decisions:hand_over_record", _POST, right=P.CERTIFICATE_PRINT),
    Page("decisions:recovery_list", _GET, right=P.RECOVERY_RECORD),
    Page("decisions:recovery", _FORM, "recovery", P.RECOVERY_RECORD, data=_SEEN),
    Page("decisions:recheck", _FORM, "recheck", P.DECISION_DRAFT),
    Page("decisions:certificate_list", _GET, right=P.CERTIFICATE_PRINT),
    Page("decisions:certificate_mark", _POST, right=P.CERTIFICATE_PRINT),
    Page("decisions:certificate_file", _GET, "certificate", P.CERTIFICATE_PRINT, slow=True),
    Page("decisions:certificate_words", _FORM, "certificate", P.CERTIFICATE_PRINT),
    Page("decisions:papers_zip", _GET, "decision awaiting", P.CERTIFICATE_PRINT, slow=True),
]  # fmt: skip

_ORNAMENT = {"ornament": "hoa_sen", "colour": "vang", "width": 297, "height": 210}
_PRINT_ROOM = [
    *_all("decisions", _GET, P.CERTIFICATE_PRINT, "run_list stock_list printer_list design_list"),
    *_all("decisions", _FORM, P.CERTIFICATE_PRINT, "run_new stock_new printer_new design_new"),
    Page("decisions:design_try", _POST, right=P.CERTIFICATE_PRINT),
    Page("decisions:design_ornament", _GET, right=P.CERTIFICATE_PRINT, args=_ORNAMENT),
    *(Page(f"decisions:{name}", _GET, "stock kind", P.CERTIFICATE_PRINT) for name in ("stock", "stock_scan")),
    *(Page(f"decisions:{name}", _FORM, "stock kind", P.CERTIFICATE_PRINT)
      for name in ("stock_receive", "stock_write_off", "stock_scan_new")),
    *(Page(f"decisions:{name}", _FORM, "printer", P.CERTIFICATE_PRINT) for name in ("printer", "printer_correct")),
    Page("decisions:printer_sheet", _GET, "printer", P.CERTIFICATE_PRINT, args={"what": "in-thu"}, slow=True),
    Page("decisions:design", _FORM, "certificate design", P.CERTIFICATE_PRINT, data=_SEEN),
    Page("decisions:design_file", _GET, "certificate design", P.CERTIFICATE_PRINT, slow=True),
    Page("decisions:design_emblem", _FORM, "certificate design", P.CERTIFICATE_PRINT),
    Page("decisions:design_emblem_file", _GET, "certificate design", P.CERTIFICATE_PRINT),
    Page("decisions:run", _GET, "print run", P.CERTIFICATE_PRINT),
    Page("decisions:run_file", _GET, "print run", P.CERTIFICATE_PRINT, slow=True),
    Page("decisions:run_finish", _POST, "print run", P.CERTIFICATE_PRINT, data=_SEEN),
]  # fmt: skip

#: Every address that asks for a signed-in user.
PAGES: list[Page] = [*_FRAME, *_FILES, *_PEOPLE_AND_UNITS, *_CAMPAIGNS, *_AWARDS, *_COUNCIL, *_DECISIONS, *_PRINT_ROOM]
