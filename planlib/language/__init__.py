"""A reader's language: texts from catalogues, numbers and dates, problems in words."""
