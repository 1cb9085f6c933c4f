"""Jobs: which notebooks to run with which parameters, run through papermill."""
