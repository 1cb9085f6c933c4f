from __future__ import annotations

import json

import nbformat
from scratch_notebooks import notebook

from planlib.batch.notebooks.cleaning import clean, text_of


def executed() -> nbformat.NotebookNode:
    """What papermill leaves behind."""
    made = notebook("1 + 1")
    made.metadata.papermill = {"input_path": "/home/somebody/n.ipynb", "start_time": "2024-01-01"}
    made.metadata.language_info = {"name": "python", "version": "3.11.7"}
    injected = nbformat.v4.new_code_cell("year = 2012", metadata={"tags": ["injected-parameters"]})
    made.cells.insert(2, injected)
    for count, cell in enumerate(made.cells[1:], start=1):
        cell.execution_count = count
        cell.metadata["papermill"] = {"duration": 0.1, "start_time": "2024-01-01"}
        cell.metadata["execution"] = {"iopub.status.busy": "2024-01-01"}
    made.cells[-1].outputs = [
        nbformat.v4.new_output(
            "display_data",
            {"image/svg+xml": "<svg/>", "text/plain": "words"},
            metadata={"image/svg+xml": {"alt": "words"}, "isolated": True},
        )
    ]
    return made


def test_paths_times_and_versions_go_tags_outputs_and_counts_stay() -> None:
    done = clean(executed())
    assert done.metadata == {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
        },
        "language_info": {"name": "python"},
    }  # fmt: skip
    assert [cell.metadata for cell in done.cells] == [
        {"tags": ["notebook-only"]}, {"tags": ["parameters"]}, {"tags": ["injected-parameters"]}, {},
    ]  # fmt: skip
    assert [cell.execution_count for cell in done.cells[1:]] == [1, 2, 3]
    (output,) = done.cells[-1].outputs
    assert output.data["text/plain"] == "words"
    assert output.metadata == {"image/svg+xml": {"alt": "words"}}
    assert "somebody" not in text_of(done) and "2024" not in text_of(done)


def test_the_same_notebook_gives_the_same_bytes() -> None:
    assert text_of(clean(executed())) == text_of(clean(executed()))
    assert text_of(clean(clean(executed()))) == text_of(clean(executed()))


def test_ids_are_kept_and_missing_ones_are_made_the_same_each_time() -> None:
    old = executed()
    assert [cell.id for cell in clean(old).cells] == [
        "question",
        "given",
        "injected-parameters",
        "c0",
    ]
    for cell in old.cells:
        del cell["id"]
    old.nbformat_minor = 4
    done = clean(old)
    assert [cell.id for cell in done.cells] == [
        "cell-01",
        "cell-02",
        "injected-parameters",
        "cell-04",
    ]
    assert json.loads(text_of(done))["nbformat_minor"] == 5


def test_the_notebook_given_is_left_alone() -> None:
    given = executed()
    clean(given)
    assert "papermill" in given.metadata and "papermill" in given.cells[1].metadata


def test_pieces_of_one_stream_become_one_and_different_streams_stay_apart() -> None:
    def stream(name: str, text: str) -> nbformat.NotebookNode:
        return nbformat.v4.new_output("stream", name=name, text=text)

    pieces = [
        stream("stdout", "60 "),
        stream("stdout", "100"),
        stream("stderr", "!"),
        stream("stdout", "x"),
    ]
    cell = nbformat.v4.new_code_cell("1", outputs=pieces, execution_count=1)
    (done,) = clean(nbformat.v4.new_notebook(cells=[cell])).cells
    assert [(out.name, out.text) for out in done.outputs] == [
        ("stdout", "60 100"), ("stderr", "!"), ("stdout", "x"),
    ]  # fmt: skip
