"""Recognises text typed for fonts of before Unicode: TCVN3 (.VnTime), VNI and VISCII.

Such text is stored as Western letters and signs that only look Vietnamese in their own font:
"Kh«ng" for "Không", "Ñaûng boä" for "Đảng bộ". The same signs stand in µg/m³, Growth¹ and España.
So what decides are words that are Vietnamese only once they are decoded. The text is refused with
what it would read as; guessing would put wrong names into the figures.
"""

from __future__ import annotations

import re
import unicodedata

from planlib.language.vietnamese import can_be_vietnamese


def _table(first: int, letters: str) -> dict[str, str]:
    return {chr(first + at): letter for at, letter in enumerate(letters) if letter != " "}


# By the byte, as it shows in Western text. TCVN 5712:1993 (VN3), RFC 1456.
_TCVN3 = _table(
    0xA1,
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ",
)
_VISCII = _table(
    0x80,
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫ"
    "èéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
)
# VNI writes a letter and behind it another one for its marks.
_VNI_ALONE = dict(zip("ñöôîæóòíìÑÖÔÎÆÓÒÍÌ", "đươỵỉĩịíìĐƯƠỴỈĨỊÍÌ", strict=True))
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302",
    "ê": "\u0306", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323", "è": "\u0306\u0300", "é": "\u0306\u0301",
    "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z\u0080-\u02ff\u2013-\u2122]+")
_MODERN = re.compile(r"[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")
# A unit, a sign of money, a product of two letters, a footnote or a degree behind a plain word.
_HARMLESS = re.compile(
    r"µ[A-Za-z]?|[£¥¤¢€][A-Za-z]*|[A-Za-z]{1,2}[×·][A-Za-z]{1,2}|[A-Za-z]+[¹²³ªº°®©™]+|."
)
_PAIR = re.compile("[aeouyôö][øùûõâàáåãä]|[oeuyôö]ï|a[êèéüë]")  # "Thaï" and "aún" are words
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_FONT = re.compile(r"\.Vn|VNI[- ]", re.IGNORECASE)


def legacy_text(text: str, font: str | None = None) -> tuple[str, str] | None:
    """The encoding of a text typed for such a font, and the text itself; None for any other.

    >>> legacy_text("Tû lÖ hé nghÌo"), legacy_text("Kh«ng")
    (('TCVN3', 'Tỷ lệ hộ nghèo'), ('TCVN3', 'Không'))
    >>> legacy_text("Ñaûng boä phöôøng"), legacy_text("Tï l® hµ nghèo")
    (('VNI', 'Đảng bộ phường'), ('VISCII', 'Tỉ lệ hộ nghèo'))
    >>> [legacy_text(text) for text in ("Tỷ lệ hộ nghèo", "España", "µg/m³", "Growth¹", "a×b")]
    [None, None, None, None, None]
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or _MODERN.search(text):
        return None
    hinted = bool(font and _FONT.match(font))
    found = [
        (evidence, name)
        for name in ("TCVN3", "VNI", "VISCII")
        if (evidence := _evidence(text, name, hinted=hinted))
    ]
    if not found:
        return None
    _, encoding = max(found, key=lambda one: one[0])
    return encoding, _decoded(text, encoding)


def _evidence(text: str, encoding: str, *, hinted: bool) -> int:
    """How many words are Vietnamese only once decoded; 0 where that does not decide."""
    strong = weak = wrong = plain = others = 0
    for word in _WORD.findall(text):
        if word.isascii():
            plain += can_be_vietnamese(word)
            others += not can_be_vietnamese(word)
            continue
        if _HARMLESS.fullmatch(word):
            continue
        decoded = _decoded(word, encoding)
        if len(decoded) < 2 or not _VOWEL.search(unicodedata.normalize("NFD", decoded)):
            continue  # an abbreviation
        as_it_is = can_be_vietnamese(word.replace("Ð", "Đ").replace("ð", "đ"))
        if not can_be_vietnamese(decoded):
            wrong += 1
        elif as_it_is:
            plain += 1
        elif _telling(word, encoding):
            strong += 1
        else:
            weak += 1
    enough = strong or weak > max(1, others) or (weak and (hinted or (plain and not others)))
    return strong + weak - wrong if enough and wrong * 2 <= strong + weak else 0


def _telling(word: str, encoding: str) -> bool:
    """Whether a word has what no Western word has: a sign among letters, or VNI's pairs."""
    if encoding == "VNI":
        return _PAIR.search(word.lower()) is not None
    return not all(unicodedata.category(sign).startswith("L") for sign in word)


def _decoded(text: str, encoding: str) -> str:
    if encoding == "VNI":
        return _by_pair(text)
    if encoding == "VISCII":
        return _by_letter(_as_bytes(text), _VISCII)
    return _by_letter(text, _TCVN3)


def _by_letter(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(sign, sign) for sign in text)


def _as_bytes(text: str) -> str:
    """Bytes of 0x80 to 0x9f show as other signs in Western text: 0x92 as ’."""
    return "".join(
        chr(byte[0]) if sign > "\u0100" and (byte := sign.encode("cp1252", "ignore")) else sign
        for sign in text
    )


def _by_pair(text: str) -> str:
    made = ""
    for sign in text:
        mark = _VNI_MARKS.get(sign.lower())
        bases = "a" if mark is not None and "\u0306" in mark else "aeouyơư"
        if mark is not None and made and made[-1].lower() in bases:
            made += mark
        else:
            made += _VNI_ALONE.get(sign, sign)
    return unicodedata.normalize("NFC", made)
