"""Forms of documents: the field for uploads that every app uses, and the two public forms."""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from core.vietnamese import clean_text
from documents.services.codes import ALPHABET, LONG, SHORT, normalised
from documents.services.uploads import MIMES, accept
from documents.services.uploads_emblem import accept_emblem
from documents.services.uploads_verdict import UploadRefused

LOOKALIKES = "Mã không có số 0, số 1, chữ O, I, L. Kiểm tra các chữ dễ nhầm: 8 và B, 5 và S, 2 và Z."


class UploadField(forms.FileField):
    """A file that is checked by its content; the cleaned value is an `Accepted`, ready for `attach`."""

    widget = forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in (*MIMES, "jpeg"))})
    default_error_messages = {
        "required": "Đồng chí chọn tệp PDF, DOCX, XLSX, JPG hoặc PNG.",
        "empty": "Tệp rỗng. Đồng chí chọn lại tệp.",
    }

    def to_python(self, data: Any) -> Any:
        # Names of any length are cut by `safe_name`; Django's own limit would refuse them.
        uploaded: Any = super().to_python(data)
        if uploaded is None:
            return None
        try:
            return accept(uploaded)
        except UploadRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused


class EmblemField(forms.FileField):
    """An emblem for certificates, written anew; the place on the sheet has `side` mm."""

    widget = forms.FileInput(attrs={"accept": ".svg,.png"})
    default_error_messages = {
        "required": "Đồng chí chọn tệp SVG hoặc PNG.",
        "empty": "Tệp rỗng. Đồng chí chọn lại tệp.",
    }
    side = 22.0

    def to_python(self, data: Any) -> Any:
        uploaded: Any = super().to_python(data)
        if uploaded is None:
            return None
        try:
            return accept_emblem(uploaded, side=self.side)
        except UploadRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused


class CodeForm(forms.Form):
    """The code under the QR code, typed by someone who holds the paper."""

    ma = forms.CharField(
        label="Mã tra cứu in dưới mã QR",
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "Nhập mã tra cứu in dưới mã QR."},
    )

    def clean_ma(self) -> str:
        code = normalised(self.cleaned_data["ma"])
        if set(code) - set(ALPHABET):
            raise ValidationError(LOOKALIKES)
        if len(code) not in {LONG, SHORT}:
            raise ValidationError(f"Mã tra cứu có {SHORT} chữ và số; mã vừa nhập có {len(code)}.")
        return code


class WholeFileForm(forms.Form):
    """A PDF that somebody got; its cleaned value is the SHA-256 of its bytes."""

    tep = forms.FileField(
        label="Tệp PDF nhận được",
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".pdf"}),
        error_messages={"required": "Chọn tệp PDF cần kiểm tra.", "empty": "Tệp rỗng. Chọn tệp khác."},
    )

    def clean_tep(self) -> str:
        given = self.cleaned_data["tep"]
        if given.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(
                f"Tệp lớn hơn {settings.UPLOAD_MAX_BYTES // 1024 // 1024} MB nên không kiểm tra được."
            )
        digest = hashlib.sha256()
        for piece in given.chunks():
            digest.update(piece)
        return digest.hexdigest()


class NameForm(forms.Form):
    """The full name as printed, to be compared with the shortened one."""

    ho_ten = forms.CharField(
        label="Họ và tên in trên bản giấy",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"required": "Nhập họ và tên in trên bản giấy."},
    )

    def clean_ho_ten(self) -> str:
        return clean_text(self.cleaned_data["ho_ten"])
