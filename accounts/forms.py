"""Forms of accounts."""

from django import forms


class ActivationForm(forms.Form):
    """The one-time code and the first password, typed twice."""

    code = forms.CharField(label="Mã kích hoạt", max_length=30)
    password = forms.CharField(
        label="Mật khẩu mới", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False,
        help_text="Ít nhất 12 ký tự, không phải mật khẩu phổ biến.",
    )  # fmt: skip
    again = forms.CharField(
        label="Nhập lại mật khẩu", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean_again(self) -> str:
        """Both entries must agree."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError("Hai lần nhập mật khẩu không giống nhau. Đồng chí nhập lại.")
        return str(self.cleaned_data["again"])
