"""One chart a question; each is a function of a result and draws on axes it is given."""
