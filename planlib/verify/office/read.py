"""The reader of each kind of file that is proven by itself."""

from __future__ import annotations

from collections.abc import Callable

from planlib.verify.office.data_file import read_json_table, read_parquet_table
from planlib.verify.office.items import OfficeFile
from planlib.verify.office.mail_file import read_mail
from planlib.verify.office.markdown_file import read_markdown
from planlib.verify.office.odt_file import read_odt_origin
from planlib.verify.office.pdf_file import pdf_origin
from planlib.verify.office.sheet_file import read_csv, read_workbook
from planlib.verify.office.word_file import read_word

READERS: dict[str, Callable[[bytes], OfficeFile]] = {
    ".docx": read_word, ".md": read_markdown, ".odt": read_odt_origin, ".xlsx": read_workbook,
    ".csv": read_csv, ".json": read_json_table, ".parquet": read_parquet_table, ".html": read_mail,
    ".pdf": lambda data: OfficeFile(about=pdf_origin(data)),
}  # fmt: skip


def read_office(kind: str, data: bytes) -> OfficeFile:
    """Read a file by the ending of its name. Raises UnlikeDocument where it is none of its kind."""
    return READERS.get(kind, READERS[".pdf"])(data)
