"""Recognises text typed for fonts of before Unicode: TCVN3 (.VnTime) and VNI.

Such text is stored as Western letters that only look Vietnamese in their own font: "Kh«ng" for
"Không", "Ñaûng boä" for "Đảng bộ". It is recognised by letters and pairs of letters that
Vietnamese never has, and refused: guessing the words would put wrong names into the figures.
"""

from __future__ import annotations

import re
import unicodedata

# Letters and signs that stand for Vietnamese ones in TCVN3 and in no Vietnamese word of Unicode.
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇË®ÎÏªÖ×Ø\u00dc\u00deßä«åæç¬ëî\u00adöøû\u00feÐÑñï"
# VNI writes a plain letter and a second one for its marks: "aâ" for â, "oä" for ộ, "uù" for ú.
_VNI_PAIR = re.compile(r"[aeouyAEOUYöôÖÔ][âäàáãåéèëêùøûõïúüýñÂÄÀÁÃÅÉÈËÊÙØÛÕÏÚÜÝÑ]")
_VNI_LETTER = re.compile(r"[ñÑöÖæÆîÎòóïÏ]")
_SIGN_IN_WORD = re.compile(r"(?<=[A-Za-z])[µ¸¶·¹¨»¾¼½©®ª«¬×\u00ad]|[µ¸¶¹¨¾¼½©®ª¬\u00ad](?=[a-z])")
_MODERN = re.compile(r"[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")
_FONT = re.compile(r"(\.Vn|VNI[- ])", re.IGNORECASE)


def legacy_encoding(text: str, font: str | None = None) -> str | None:
    """``TCVN3`` or ``VNI`` where the text was typed for such a font, else None.

    >>> legacy_encoding("Tû lÖ hé nghÌo"), legacy_encoding("Kh«ng")
    ('TCVN3', 'TCVN3')
    >>> legacy_encoding("Ñaûng boä phöôøng")
    'VNI'
    >>> [legacy_encoding(text) for text in ("Tỷ lệ hộ nghèo", "Khoa học", "café", "Đạt 5 m²")]
    [None, None, None, None]
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or _MODERN.search(text):
        return None
    if font and _FONT.match(font):
        return "TCVN3" if font.lower().startswith(".vn") else "VNI"
    pairs = len(_VNI_PAIR.findall(text))
    strange = sum(letter in _TCVN3 for letter in text)
    if pairs and pairs + len(_VNI_LETTER.findall(text)) >= 2:
        return "VNI"
    if _SIGN_IN_WORD.search(text) or strange >= 2:
        return "TCVN3"
    return None
