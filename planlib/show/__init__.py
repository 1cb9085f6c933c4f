"""Results become pictures, tables and sentences, in a language. No number is computed here."""
