"""Results become blocks, and blocks become pages and documents. No number is computed here."""
