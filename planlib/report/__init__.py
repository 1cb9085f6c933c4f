"""Results become blocks, and blocks become pages and documents. No number is computed here."""

import logging


def _to_be_read(record: logging.LogRecord) -> bool:
    return "building the font cache" not in record.getMessage()


# Matplotlib, on the first run of a slow machine, says that it looks for fonts: on no page of ours.
logging.getLogger("matplotlib.font_manager").addFilter(_to_be_read)
