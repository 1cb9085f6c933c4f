"""Plans made anew, read from elsewhere (IATI results, tables) and written for elsewhere."""
