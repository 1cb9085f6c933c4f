"""A papermill engine that runs each notebook in a process forked from a warm one."""
