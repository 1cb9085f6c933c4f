"""Areas compared fairly: pure functions of counts, told apart from chance before they are ranked."""
