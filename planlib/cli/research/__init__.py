"""What a researcher asks: the published rules of others, and forecasts tested on the past."""
