"""Whether a word can be Vietnamese: an onset, a rime and a tone that go together.

Every Vietnamese word is of one syllable, and its spelling is regular, so that this can be told
without a dictionary.
"""

from __future__ import annotations

import unicodedata

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED = {"\u0301", "\u0323"}  # the tones of syllables that end in a stop
_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h",
    "k", "l", "m", "n", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_SPELT = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om
    on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy
    uya uych uyên uyêt uyn uynh uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y ych yên yêng yêm yêt yêu yn ynh yt yu
"""
_RIMES = frozenset(_SPELT.split())
_VOWELS = {*"aeiouy", "\u0302", "\u0306", "\u031b"}  # and what makes ă, â, ơ of a and o
_FRONT = ("e", "ê", "i", "y")


def can_be_vietnamese(word: str) -> bool:
    """Whether a word is spelt as a Vietnamese one may be.

    >>> [can_be_vietnamese(word) for word in ("nghèo", "Quyền", "phường", "được", "gì")]
    [True, True, True, True, True]
    >>> [can_be_vietnamese(word) for word in ("Khổng", "bồt", "Espaủa", "nghìo", "kụ", "Growthạ")]
    [True, False, False, False, False, False]
    """
    letters, tones = "", list[str]()
    for sign in unicodedata.normalize("NFD", word.lower()):
        if sign in _TONES:
            if letters[-1:] not in _VOWELS:
                return False  # ñ is no n with a tone
            tones.append(sign)
        else:
            letters += sign
    letters = unicodedata.normalize("NFC", letters)
    if len(tones) > 1:
        return False
    for onset in _ONSETS:
        rime = letters[len(onset) :]
        if letters.startswith(onset) and rime in _RIMES and _fits(onset, rime):
            return not rime.endswith(("c", "ch", "p", "t")) or bool(tones and tones[0] in _STOPPED)
    return False


def _fits(onset: str, rime: str) -> bool:
    if onset in {"ngh", "gh", "k"}:
        return rime.startswith(_FRONT)
    if onset in {"ng", "c"}:
        return not rime.startswith(_FRONT)
    if onset == "g":
        return rime == "i" or not rime.startswith(_FRONT)
    return onset != "qu" or not rime.startswith(("o", "u", "ư"))
