"""The only readers of files: plans (YAML) and figures (CSV, Parquet)."""
