"""Proves a finished review: its verdicts again from the inputs, its hashes, its printed numbers.

Written a second time on purpose, one figure after another in plain Python: nothing here comes from
the code that scored, reviewed or printed (an import contract holds that), so a mistake there is not
repeated here.
"""
