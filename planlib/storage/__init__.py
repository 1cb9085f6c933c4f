"""Files and addresses: read whole within bounds, written whole or not at all."""
