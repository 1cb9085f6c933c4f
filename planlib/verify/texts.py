"""The fixed texts of pages: what a heading or a caption may say, and the words of verdicts.

Texts are read from the catalogues as data. A text is recognised by its template: what it fills in
is either known here, and must be just that, or is let pass. The glyphs of verdicts, and the words
of verdicts and figures in Vietnamese and English, stand here instead, as a reader may trust them: a
page that prints another word than these is reported, whatever the catalogue says. A test holds the
two together. A language that came with its folder alone is held against the words of that.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from planlib.plan.shipped import PACKAGE
from planlib.verify.markup import plain


class _Words(dict[str, dict[str, str]]):
    """The words of each verdict, by language."""

    def __missing__(self, lang: str) -> dict[str, str]:
        return {name: filled(f"verdict.{name}", lang) for name in GLYPHS}


class _Fixed(dict[str, tuple[str, ...]]):
    """What stands around what some texts fill in, by language."""

    def __init__(self, keys: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(known)
        self._keys = keys

    def __missing__(self, lang: str) -> tuple[str, ...]:
        found = (_HOLE.sub("", plain(texts(lang)[key][0])) for key in self._keys)
        return tuple(" ".join(text.split()) for text in found)


WORDS = _Words({
    "vi": {
        "exceeded": "Vượt",
        "met": "Đạt",
        "nearly_met": "Xấp xỉ đạt",
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
        "nearly_met": "Nearly met",
        "not_met": "Missed",
        "not_yet": "Not yet",
        "not_due": "Not due",
        "no_data": "No data",
        "not_applicable": "Not applicable",
        "suppressed": "Withheld",
    },
})  # fmt: skip
GLYPHS = {
    "exceeded": "▲",
    "met": "●",
    "nearly_met": "◆",
    "not_met": "▼",
    "not_yet": "◐",
    "not_due": "○",
    "no_data": "–",
    "not_applicable": "·",
    "suppressed": "✕",
}
YES_NO = _Fixed(("figure.done", "figure.undone"), {"vi": ("có", "không"), "en": ("yes", "no")})
ESTIMATE = _Fixed(("figure.estimate",), {"vi": ("ước",), "en": ("est.",)})
FELL_ROSE = _Fixed(("change.fell", "change.rose"), {"vi": ("giảm", "tăng"), "en": ("down", "up")})
BELOW_ABOVE = _Fixed(
    ("relative.fell", "relative.rose"), {"vi": ("thấp hơn", "cao hơn"), "en": ("less", "more")}
)
CATALOGUES = PACKAGE / "language" / "catalogues"
Told = dict[str, Any]  # what fills in the holes of a text
SHORTER = ".shorter"  # ends the key of a text's form for periods shorter than a year
_HOLE = re.compile(r"\{(\w+)[^{}]*\}")


@cache
def texts(lang: str) -> dict[str, tuple[str, ...]]:
    """Every text of a language by its key, all its plural forms."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((CATALOGUES / lang).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=lang):
                key = message.id if isinstance(message.id, str) else message.id[0]
                said = message.string or ()
                if key:
                    found[key] = (said,) if isinstance(said, str) else tuple(map(str, said))
    return found


@cache
def form_of(lang: str) -> Callable[[int], int]:
    """Which of its plural forms a language takes for a number."""
    with (CATALOGUES / lang / "words.po").open("rb") as stream:
        return gettext.c2py(read_po(stream, locale=lang).plural_expr)


def fits(text: str, lang: str, keys: Iterable[str], known: Mapping[str, Any]) -> bool:
    """Whether a text is one of these keys' with what is known filled in.

    >>> fits("All targets of 2013", "en", ["heading.targets"], {"year": 2013})
    True
    >>> fits("All targets of 2014", "en", ["heading.targets"], {"year": 2013})
    False
    """
    line, (told, parts) = plain(text), _facts(known, lang)
    return any(
        line.startswith(_pieces(form)[0]) and _filled(form, facts).fullmatch(line)
        for key in keys
        if key in texts(lang)
        for form, facts in _of_periods(key, lang, told, parts)
    )


def filled(key: str, lang: str, **known: Any) -> str:
    """A text with everything it needs; ``n`` says which form of one that counts."""
    forms = _of_periods(key, lang, *_facts(known, lang))
    chosen = form_of(lang)(int(known["n"])) if len(forms) > 1 and "n" in known else 0
    form, told = forms[chosen]
    return plain(form.format(**told))


def _facts(known: Mapping[str, Any], lang: str) -> tuple[Told, list[str]]:
    """What a text is told of what is known, and what of that is a period shorter than a year."""
    told = {name: told_in(value, lang) for name, value in known.items()}
    if isinstance(known.get("n"), int):  # what is counted is written with its thousands apart
        told["n"] = counted_in(known["n"], lang)
    return told, [name for name, value in known.items() if getattr(value, "within_year", False)]


def _of_periods(key: str, lang: str, told: Told, parts: list[str]) -> list[tuple[str, Told]]:
    """The forms of a text, each with what it is told; ``parts`` are the short periods in that.

    For a period shorter than a year these are the forms made for such. A text that has none says no
    word for a year before it; where it began with one, the period's name begins it with a capital.
    """
    if not parts or key + SHORTER in texts(lang):
        forms = texts(lang)[key + SHORTER if parts else key]
        return [(form, _begun(form, told, parts)) for form in forms]
    found = []
    for form in texts(lang)[key]:
        facts = dict(told)
        for word in texts(lang)["period.year_words"][0].split(" | "):
            for name in parts:
                for before, value in ((word, told[name]), (_capital(word), _capital(told[name]))):
                    at = re.search(rf"(^|[\s(]){re.escape(before)}\s+\{{{name}[^{{}}]*\}}", form)
                    if at is not None:
                        facts[name] = value
                        form = form[: at.start()] + at[1] + "{" + name + "}" + form[at.end() :]
        found.append((form, facts))
    return [(form, _begun(form, facts, parts)) for form, facts in found]


def _begun(form: str, facts: Told, parts: list[str]) -> Told:
    """What fills in a text; the name of a period that begins it, with a capital."""
    first = next(
        (name for name in parts if form.startswith(("{" + name + "}", "{" + name + ":"))), None
    )
    return facts if first is None else facts | {first: _capital(str(facts[first]))}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _PeriodWords:
    """A language as a period asks for its name."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, **known: Any) -> str:
        return filled(key, self.lang, **known)

    def date(self, day: str) -> str:
        return in_words(day, self.lang)


@cache
def counted_in(count: int, lang: str) -> str:
    """A count as a language writes it.

    >>> counted_in(11_000, "en"), counted_in(11_000, "vi")
    ('11,000', '11.000')
    """
    return str(format_decimal(count, format="#,##0", locale=lang))


def told_in(value: Any, lang: str) -> Any:
    """What fills in a text; a reporting period by its name."""
    return value.named(_PeriodWords(lang)) if hasattr(value, "named") else value


def in_words(day: str, lang: str) -> str:
    """A date as pages write it: a year, a month or a day.

    >>> in_words("2013-03-01", "en"), in_words("2013-03", "vi")
    ('1 March 2013', 'tháng 3 năm 2013')
    """
    year, month, of_month = (*day.split("-"), "", "")[:3]
    if not month:
        return filled("date.year", lang, year=year)
    if lang not in WORDS:
        return _in_other_words(day, lang)
    number = int(month)
    # Vietnamese offices write days under 10 and the first two months with two digits.
    name = f"{number:0{2 if number < 3 else 1}d}"
    if lang == "en":
        name = str(get_month_names(locale="en")[number])
    if not of_month:
        return filled("date.month", lang, month=name, year=year)
    numeral = of_month if lang == "vi" else int(of_month)
    return filled("date.day", lang, day=numeral, month=name, year=year)


def _in_other_words(day: str, lang: str) -> str:
    """A month or a day in a language of whose dates nothing is known here."""
    year, month, of_month = (*day.split("-"), "")[:3]
    on = date(int(year), int(month), int(of_month or 1))
    first, early = ".first" if on.day == 1 else "", ".early" if on.month < 3 else ""
    parts = {
        "day": format_date(on, texts(lang)[f"date.pattern.day{first}"][0], locale=lang),
        "month": format_date(on, texts(lang)[f"date.pattern.month{early}"][0], locale=lang),
    }
    return filled("date.day" if of_month else "date.month", lang, year=year, **parts)


def turned(lang: str) -> str:
    """What a page says of the direction its language is written in; nothing of the usual one."""
    return "rtl" if Locale.parse(lang).text_direction == "rtl" else ""


def inside(text: str, lang: str, key: str, hole: str) -> str:
    """What fills in one hole of a text; the text itself where it is not one of this key's.

    >>> inside("Missed in a year: 3 goals and 1 part", "en", "heading.with_parts", "heading")
    'Missed in a year: 3 goals'
    """
    for form in texts(lang).get(key, ()):
        begin, _, rest = plain(form).partition("{" + hole + "}")
        around = f"{_filled(begin, {}).pattern}(.+){_filled(rest, {}).pattern}"
        if found := re.fullmatch(around, plain(text)):
            return found[1].strip()
    return text


@cache
def keys_of(lang: str, *beginnings: str) -> tuple[str, ...]:
    """The keys that begin so; a text's form for short periods goes with its key."""
    return tuple(k for k in texts(lang) if k.startswith(beginnings) and not k.endswith(SHORTER))


@cache
def _pieces(form: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What a text begins with, that as a pattern, and each hole with the pattern behind it."""
    begin, *others = _HOLE.split(plain(form))
    behind = tuple(zip(others[::2], map(re.escape, others[1::2]), strict=True))
    return begin, re.escape(begin), behind


def _filled(form: str, known: Mapping[str, Any]) -> re.Pattern[str]:
    _, begin, behind = _pieces(form)
    return re.compile(begin + "".join(_part(name, known) + after for name, after in behind))


def _part(name: str, known: Mapping[str, Any]) -> str:
    """What may fill a hole: what is known, a number where things are counted, else anything."""
    if name in known:
        return re.escape(plain(str(known[name])))
    return "[0-9.,\u00a0\u202f]{1,20}" if name == "n" else ".{1,200}"
