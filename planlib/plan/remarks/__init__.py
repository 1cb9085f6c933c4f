"""What only an office can say of its figures: causes, lessons, tasks, proposals, a note on a figure."""
