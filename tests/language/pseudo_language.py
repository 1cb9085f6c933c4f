"""A language made of English for tests: longer, accented, written from right to left.

It has the code of Arabic, which planlib does not ship, so that plural forms (six), numbers, dates
and the direction of writing are those of a real language. planlib itself is copied, since a
language is its folder of catalogues; nothing else of the copy differs.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from planlib.messages import read_catalogue
from planlib.plan.shipped import DATA, NOTEBOOKS, PACKAGE

CODE = "ar"
PLURAL = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
    " n%100>=11 ? 4 : 5);"
)
HEADER = f'msgid ""\nmsgstr ""\n"Language: {CODE}\\n"\n"Plural-Forms: {PLURAL}\\n"\n'
LONGER = 0.4
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "áƀçðéƒĝĥíĵķļɱñóþɋŕšţúṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻṀÑÓÞɊŔŠŢÚṼŴẊÝŽ",
        strict=True,
    )
)
# What a text fills in, and names that are the same in every language: keys, options, files.
_HOLE = re.compile(
    r"(\{\{|\}\}|\{[^{}]*\}|(?<!\w)'[^']*'(?!\w)|\w+://\S*|(?<!\w)--?[a-z][a-z-]*|\w+\.[a-z]{3,5}\b)"
)
# What is no text but says how texts, numbers and dates are made.
RULES = (
    "date.pattern.",
    "unit.plural_ending",
    "language.small_words",
    "money.known",
    "money.others",
    "errors.mark-",
)


def accented(text: str) -> str:
    """The words of a text in letters that no other text has; what it fills in stays.

    >>> accented("{n} goals of 'low'")
    "⟦{n} ĝóáļš óƒ 'low' óó⟧"
    """
    parts = _HOLE.split(text)
    words = [part if at % 2 else "".join(_LETTERS.get(c, c) for c in part)
             for at, part in enumerate(parts)]  # fmt: skip
    letters = sum(len(part) for part in parts[::2])
    more = " ".join(["óó"] * max(1, int(letters * LONGER / 3)))
    return f"⟦{''.join(words)} {more}⟧"


def catalogue(source: str) -> str:
    """The catalogue of an English one."""
    made = [HEADER]
    for key, forms in read_catalogue(source).items():
        if not key:
            continue
        told = forms if key.startswith(RULES) else tuple(map(accented, forms))
        entry = f"msgid {json.dumps(key)}\n"
        if len(forms) > 1:
            six = (told[1], told[0], *[told[1]] * 4)
            entry += f"msgid_plural {json.dumps(key)}\n"
            entry += "".join(
                f"msgstr[{at}] {json.dumps(form, ensure_ascii=False)}\n"
                for at, form in enumerate(six)
            )
        else:
            entry += f"msgstr {json.dumps(told[0], ensure_ascii=False)}\n"
        made.append(entry)
    return "\n".join(made)


def planlib_with_it(folder: Path) -> Path:
    """A copy of planlib that has the language too; to be named in PYTHONPATH."""
    skip = shutil.ignore_patterns("__pycache__", "*.pyc")
    # What is compiled comes along: the times of the files are those of the copied ones.
    shutil.copytree(PACKAGE, folder / "planlib")
    shutil.copytree(DATA, folder / "planlib" / "_data", ignore=skip)
    shutil.copytree(NOTEBOOKS, folder / "planlib" / "_notebooks", ignore=skip)
    catalogues = folder / "planlib" / "language" / "catalogues"
    (catalogues / CODE).mkdir()
    for path in (catalogues / "en").glob("*.po"):
        (catalogues / CODE / path.name).write_text(catalogue(path.read_text("utf-8")), "utf-8")
    problems = catalogues / "problems"
    text = catalogue((problems / "en.po").read_text("utf-8"))
    (problems / f"{CODE}.po").write_text(text, "utf-8")
    return folder
