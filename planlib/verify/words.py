"""The words and glyphs of verdicts and figures in both languages, as a reader may trust them.

Kept apart from the catalogues that pages are made with: a page that prints another word than these
for a verdict is reported, whatever the catalogue says. A test holds the two together.
"""

from __future__ import annotations

WORDS = {
    "vi": {
        "exceeded": "Vượt",
        "met": "Đạt",
        "not_met": "Không đạt",
        "not_yet": "Chưa đạt",
        "not_due": "Chưa đến hạn",
        "no_data": "Chưa có số liệu",
        "not_applicable": "Không áp dụng",
        "suppressed": "Không công bố",
    },
    "en": {
        "exceeded": "Exceeded",
        "met": "Met",
        "not_met": "Missed",
        "not_yet": "Not yet",
        "not_due": "Not due",
        "no_data": "No data",
        "not_applicable": "Not applicable",
        "suppressed": "Withheld",
    },
}
GLYPHS = {
    "exceeded": "▲",
    "met": "●",
    "not_met": "▼",
    "not_yet": "◐",
    "not_due": "○",
    "no_data": "–",
    "not_applicable": "·",
    "suppressed": "✕",
}
YES_NO = {"vi": ("có", "không"), "en": ("yes", "no")}
ESTIMATE = {"vi": "ước", "en": "est."}
FELL_ROSE = {"vi": ("giảm", "tăng"), "en": ("down", "up")}
