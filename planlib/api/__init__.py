"""What ``import planlib`` offers people who write Python; see docs/library.md."""
