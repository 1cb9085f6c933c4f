"""Words and dates as people type them, in any language."""
