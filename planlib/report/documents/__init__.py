"""What an office hands in: a report with its skeleton, in the form its rules ask for."""
