"""Blocks as a Word document: real headings, real tables, charts with their words."""

from planlib.report.word.document import word, word_report

__all__ = ["word", "word_report"]
