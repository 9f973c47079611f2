"""Vietnamese text: one spelling of bytes, keys for searching, sorting and finding doubles.

Keys are stored columns, so that SQLite and PostgreSQL answer alike: `sort_key` and
`person_sort_key` consist of digits only and therefore sort the same under every collation.
"""

import re
import unicodedata

TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODE = {letter: f"{place:02d}" for place, letter in enumerate(ALPHABET, start=11)}
_NUMBER_CODE = "10"

# Eth and African D look like Đ but are other letters; they come with wrong keyboards and OCR.
_FALSE_D: dict[str, str] = {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"}
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУаеѕіјорсхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧον",
        "ABESIJKMHOPCTXYaesijopcxyABEZHIKMNOPTYXov",
        strict=True,
    )
)
_DASHES_AND_QUOTES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212‘’“”", "------''\"\"")
# Letters that carry their mark inside and so survive NFD: đ, its false twins, Ede ƀ.
_BASE = str.maketrans("đĐ\u00d0\u00f0\u0189\u0256ƀɃ", "ddddddbb")

# Marks of the fonts before Unicode: TCVN3 puts signs and capitals inside words, VNI two vowels.
_TCVN3 = re.compile(r"[a-zđ][µ¸¶·¹¨»¾¼½©®ª«¬×Ø§Þß÷]|[µ¸¶·¹¨»¾¼½©®ª«¬×Øß÷][a-zđ]|[a-zđ][À-ÖÙ-Ý][a-zđ]", re.UNICODE)
_VNI = re.compile(r"a[àâêáãåäùøûõï]|e[àâáãåäùøûõï]|o[âåäùøûï]|[öô][ôïøùûõ]|u[øûõï]", re.IGNORECASE)


class UnclearText(ValueError):
    """Text that looks right and is not; `suggestion` is the text as probably meant, or ""."""

    def __init__(self, says: str, suggestion: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.suggestion = suggestion


def clean_text(text: str, *, multiline: bool = False) -> str:
    """The one stored form: NFC, no invisible characters, single plain spaces. Idempotent."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(_plain(char) for char in composed)
    lines = [" ".join(line.split()) for line in kept.split("\n")]
    if not multiline:
        return unicodedata.normalize("NFC", " ".join(line for line in lines if line))
    return unicodedata.normalize("NFC", re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"))


def check_text(text: str) -> None:
    """Raise UnclearText for false Đ, words of mixed scripts and texts of pre-Unicode fonts."""
    if looks_like_old_font(text):
        raise UnclearText("Chữ bị lỗi phông (TCVN3 hoặc VNI). Đổi sang Unicode rồi nhập lại.")
    for word in text.split():
        if false := next((char for char in word if char in _FALSE_D), None):
            meant = _FALSE_D[false]
            right = "".join(_FALSE_D.get(char, char) for char in text)
            says = f"“{word}” dùng chữ giống “{meant}” nhưng không phải chữ “{meant}” tiếng Việt."
            raise UnclearText(f"{says} Nhập lại: {right}.", right)
        if _mixes_scripts(word):
            right = "".join(_LOOKALIKES.get(char, char) for char in text)
            advice = f"Nhập lại: {right}." if not any(map(_mixes_scripts, right.split())) else "Gõ lại từ này."
            raise UnclearText(f"“{word}” lẫn chữ của bảng chữ cái khác. {advice}", right)


def looks_like_old_font(text: str) -> bool:
    """Does the text come from a TCVN3 or VNI font ("NguyÔn V¨n", "Nguyeãn Vaên")?"""
    return any(_TCVN3.search(word) or _VNI.search(word) for word in text.split())


def search_key(text: str) -> str:
    """Without marks, đ as d, small letters, single spaces: hoà = hòa = HOA."""
    plain = clean_text(text).translate(_DASHES_AND_QUOTES).translate(_BASE)
    letters = (char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))
    return "".join(letters).lower()


def sort_key(text: str) -> str:
    """Order of Vietnamese dictionaries, syllable by syllable; numbers by value. Digits only."""
    return "".join(map(_syllable_key, re.findall(r"[^\W\d_]+|\d+", _decomposed(text))))


def person_sort_key(full_name: str) -> str:
    """By given name, then family name, then middle names, as lists of people are kept."""
    words = clean_text(full_name).split(" ")
    if len(words) == 1:
        return sort_key(words[0])
    return sort_key(" ".join([words[-1], words[0], *words[1:-1]]))


def duplicate_key(text: str) -> str:
    """Equal for two spellings of one name: tone kept, place of the tone mark ignored (Thuỷ = Thủy ≠ Thùy)."""
    syllables = re.findall(r"[^\W_]+", _decomposed(text))
    return " ".join(f"{_without_tone(syllable)}{_tone(syllable) or ''}" for syllable in syllables)


def _plain(char: str) -> str:
    if char == "\n":
        return char
    kind = unicodedata.category(char)
    if kind == "Zs" or char == "\t":
        return " "
    return "" if kind in {"Cc", "Cf", "Cn", "Cs"} else "\n" if kind in {"Zl", "Zp"} else char


def _mixes_scripts(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    foreign = [char for char in letters if _script(char) in {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}]
    return bool(foreign) and (len(foreign) < len(letters) or all(char in _LOOKALIKES for char in foreign))


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ", 1)[0]


def _decomposed(text: str) -> str:
    """Small letters with ă, â, ê, ô, ơ, ư composed and the tone as a separate letter-like mark."""
    out: list[str] = []
    for char in unicodedata.normalize("NFD", clean_text(text).lower()):
        if char in "\u0302\u0306\u031b" and out:
            # The dot below stands before the circumflex in NFD (ậ = a + dot + circumflex).
            tone = out.pop() if out[-1] in _TONE_LETTERS else ""
            joined = unicodedata.normalize("NFC", out.pop() + char)
            out.extend([joined, tone] if tone else [joined])
        elif char in TONES and out:
            out.append(_TONE_LETTERS[TONES[char] - 1])
        elif not unicodedata.combining(char):
            out.append(char)
    return "".join(out)


#: A tone inside a decomposed syllable: five letters no Vietnamese text has, which still match \w.
_TONE_LETTERS = "ǀǁǂǃʘ"


def _tone(syllable: str) -> int:
    return next((_TONE_LETTERS.index(char) + 1 for char in syllable if char in _TONE_LETTERS), 0)


def _without_tone(syllable: str) -> str:
    return "".join(char for char in syllable if char not in _TONE_LETTERS)


def _syllable_key(syllable: str) -> str:
    if syllable.isdecimal():
        digits = str(int(syllable))
        return f"{_NUMBER_CODE}{len(digits):02d}{digits}00"
    letters = (_LETTER_CODE.get(char, "99") for char in _without_tone(syllable))
    return f"{''.join(letters)}0{_tone(syllable)}"
