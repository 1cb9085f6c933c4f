"""``python -m planlib``: the command, where its script is not on the path."""

from planlib.cli.app import main

main()
