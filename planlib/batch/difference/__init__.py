"""What moved between two runs: verdicts, figures, sentences and pictures, and why."""
