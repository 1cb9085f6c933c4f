"""Which jobs there are, and what each depends on."""
