"""How sure a verdict is, from the errors that are known of its figures: rounding, sampling, revision.

``learn`` a plan's figures, give ``error_columns`` to a panel, and score it: every result then holds
the chances of each verdict.
"""
