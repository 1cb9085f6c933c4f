"""Groups of people and places that a goal is followed for besides the whole."""
