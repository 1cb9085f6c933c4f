"""Small notebooks in the shape of the review notebooks, for tests that run them."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

PARAMETERS = """\
plan = "ward-2010-2015"  # id of a shipped plan, or a plan folder
area = "ward-01"  # id of the area under review
year = 2013  # reporting year under review
as_of = ""  # use only reports up to this date
audience = "public"  # public or internal
lang = "vi"  # vi or en
"""
TITLE = """\
from IPython.display import HTML, display

display(HTML(f'<h1>{plan} {area} {year} {lang}</h1><h2 id="counts">Counts: {year}</h2>'))
"""


def notebook(*sources: str, parameters: str = PARAMETERS) -> NotebookNode:
    """A notebook: a hidden title, the parameters cell, then the cells given."""
    cells = [
        nbformat.v4.new_markdown_cell(
            "# For authors only", id="question", metadata={"tags": ["notebook-only"]}
        ),
        nbformat.v4.new_code_cell(parameters, id="given", metadata={"tags": ["parameters"]}),
    ]
    cells += [nbformat.v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(sources)]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def write(folder: Path, name: str, *sources: str, parameters: str = PARAMETERS) -> Path:
    """Write a scratch notebook; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook(*sources, parameters=parameters), path)
    return path


def reviews(folder: Path, annual: str = TITLE, midterm: str = TITLE) -> Path:
    """A folder with both review notebooks."""
    write(folder, "annual-review", annual)
    write(folder, "midterm-review", midterm)
    return folder
