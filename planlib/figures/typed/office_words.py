"""The words offices head their columns with and answer with, in both languages, as they are typed.

What a template is written with comes from the catalogues; here stands what is understood, which is
more: people write their own heads, and a sheet may come back from another office.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from planlib.figures.observations import State

# What a column holds, by the heads it is known by.
HEADS: dict[str, tuple[str, ...]] = {
    "order": ("TT", "STT", "No.", "No", "Số TT"),
    "name": ("Chỉ tiêu", "Tên chỉ tiêu", "Nội dung", "Target", "Indicator", "Goal"),
    "unit": ("Đơn vị tính", "Đơn vị", "ĐVT", "Unit"),
    "plan": ("Kế hoạch", "Plan", "Planned"),
    "before": ("Năm trước", "Year before", "Last year"),
    "assigned": ("Số giao", "Chỉ tiêu giao", "Assigned"),
    "value": ("Thực hiện", "Kết quả", "TH", "Actual", "Result"),
    "low": ("Từ", "From"),
    "high": ("Đến", "To"),
    "numerator": ("Tử số", "Numerator"),
    "denominator": ("Mẫu số", "Tổng số", "Denominator"),
    "percent": ("Tỷ lệ %", "Tỉ lệ %", "Tỷ lệ (%)", "Ratio %", "Percent"),
    "state": ("Tình trạng", "State"),
    "published_verdict": ("Đánh giá", "Assessment"),
    "vintage": ("Ngày báo cáo", "Report date"),
    "source": ("Nguồn", "Source"),
    "note": ("Ghi chú", "Note", "Notes", "Remark"),
    "key": ("planlib",),
}
STATES: dict[str, tuple[str, ...]] = {
    "measured": ("Thực hiện", "Measured"),
    "estimate": ("Ước thực hiện", "Ước", "Estimate"),
    "missing": ("Chưa có số liệu", "Chưa có", "No data", "Missing", ":", "..", "...", "…"),
    "not_due": ("Chưa đến hạn", "Not due"),
    "not_applicable": ("Không áp dụng", "Not applicable"),
    "suppressed": ("Bảo mật", "Không công bố", "Withheld", "Suppressed"),
}
# What stands for "no data" in one office and for "does not apply", or nothing at all, in another.
DOUBTFUL = (
    "n/a", "na", "n.a.", "n.a", "#n/a", "n/d", "n.d.", "k/c", "-", "--", "–", "—", "x", "*", "nil",
    "none", "null", "nan", "không", "không có", "không có số liệu phát sinh", "/",
)  # fmt: skip
VERDICTS: dict[str, tuple[str, ...]] = {
    "exceeded": ("Vượt", "Exceeded"),
    "met": ("Đạt", "Met"),
    "nearly_met": ("Xấp xỉ đạt", "Nearly met"),
    "not_met": ("Không đạt", "Not met", "Missed"),
    "not_yet": ("Chưa đạt", "Not yet"),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "1": ("Có", "Đã", "Rồi", "Yes", "Đạt", "Done", "1"),
    "0": ("Không", "Chưa", "No", "Không đạt", "Not done", "0"),
}


# What a template in English is headed with and answered with.
_ENGLISH_HEADS = {
    "No.", "Target", "Unit", "Plan", "Year before", "Assigned", "Actual", "From", "To", "Numerator",
    "Denominator", "Ratio %", "State", "Assessment", "Report date", "Source", "Note",
}  # fmt: skip
_ENGLISH_STATES = {
    "Measured", "Estimate", "No data", "Not due", "Not applicable", "Withheld",
}  # fmt: skip


def folded(text: str) -> str:
    """A text as words are compared: composed, one space between words, small letters.

    >>> folded("  Thực   hiện\\n(năm 2013) ")
    'thực hiện (năm 2013)'
    """
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split()).casefold()


def _by_word(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {folded(word): key for key, known in words.items() for word in (*known, key)}


_HEAD, _STATE = _by_word(HEADS), _by_word(STATES)
_VERDICT, _ANSWER = _by_word(VERDICTS), _by_word(ANSWERS)


def head_of(text: str) -> str | None:
    """What a column with this head holds; years and remarks in the head do not matter.

    >>> head_of("Thực hiện năm 2013"), head_of("Kế hoạch (%)"), head_of("Họ tên")
    ('value', 'plan', None)
    """
    plain = folded(text)
    if plain in _HEAD:
        return _HEAD[plain]
    plain = re.sub(r"\([^()]*\)|\b(năm|in|of)?\s*[0-9]{4}\b|\bnăm nay\b|\*", " ", plain)
    return _HEAD.get(" ".join(plain.split()))


def words_of(heads: Mapping[str, str], lang: str) -> dict[str, str]:
    """What a sheet calls the columns and states that messages quote; ``heads`` are its own.

    >>> words = words_of({"numerator": "Số đạt"}, "en")
    >>> words["numerator"], words["Tử số"], words["denominator"], words["missing"]
    ('Số đạt', 'Số đạt', 'Denominator', 'No data')
    """
    words: dict[str, str] = {}
    for column, known in HEADS.items():
        head = heads.get(column) or next(
            word for word in known if lang == "vi" or word in _ENGLISH_HEADS or len(known) == 1
        )
        words |= {column: head, known[0]: head}
    for name, known in STATES.items():
        words[name] = known[0] if lang == "vi" else next(w for w in known if w in _ENGLISH_STATES)
    return words


def state_of(text: str) -> str | None:
    """The name of a state, or None.

    >>> state_of("ước thực hiện"), state_of("Measured"), state_of("x")
    ('estimate', 'measured', None)
    """
    found = _STATE.get(folded(text))
    return found if found in State.__members__ else None


def is_doubtful(text: str) -> bool:
    """Whether a text says that there is no figure, and not why.

    >>> is_doubtful("N/A"), is_doubtful(" – "), is_doubtful("No data")
    (True, True, False)
    """
    return folded(text) in DOUBTFUL


def verdict_of(text: str) -> str | None:
    """The name of a published verdict, or None."""
    return _VERDICT.get(folded(text))


def answer_of(text: str) -> float | None:
    """1 for yes, 0 for no, None for anything else.

    >>> answer_of("Có"), answer_of("không"), answer_of("Có lẽ")
    (1.0, 0.0, None)
    """
    found = _ANSWER.get(folded(text))
    return None if found is None else float(found)
