"""The modules of planlib that its review notebooks import: warm processes import them once."""

MODULES = (
    "planlib.evaluation.evaluation",
    "planlib.report.pages.annual",
    "planlib.report.pages.midterm",
    "planlib.report.charts",
)
