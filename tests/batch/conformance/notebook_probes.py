"""Probes of what papermill makes of a notebook around its outputs, and of widgets."""

import nbformat
from probing import probe

PARAMETERS = nbformat.v4.new_code_cell(
    "year = 2011\nname = 'a'", id="c0", metadata={"tags": ["parameters"]}
)
SKIPPED = nbformat.v4.new_code_cell(
    "print('skipped')", id="c8", metadata={"tags": ["skip-execution"]}
)
TAGGED = nbformat.v4.new_code_cell(
    "print('tagged')",
    id="c7",
    metadata={"tags": ["own", "two"], "collapsed": True, "own": {"a": 1}},
)
TOLD = nbformat.v4.new_code_cell("print('described')  # papermill_description=TOLD", id="c6")
TEXT = nbformat.v4.new_markdown_cell("# Title", id="m1")
RAW = nbformat.v4.new_raw_cell("raw", id="m2")

PROBES = {
    "parameters": probe(
        PARAMETERS,
        "print(year, name)",
        shows="injected-parameters",
        parameters={"year": 2013, "name": "Bình Thủy"},
    ),
    "parameters of every kind": probe(
        PARAMETERS,
        "print(year, name)",
        shows="None",
        parameters={"year": [1, 2.5, {"a": None, "b": True}], "name": 'quo"te\n'},
    ),
    "parameters without a cell for them": probe(
        "print(year)", shows="2014", parameters={"year": 2014}
    ),
    "parameters, nothing given": probe(PARAMETERS, "print(year)", shows="2011"),
    "report mode": probe(
        PARAMETERS,
        "print(year)",
        shows="source_hidden",
        parameters={"year": 1},
        options={"report_mode": True},
    ),
    "tags and metadata": probe(TAGGED, TEXT, RAW, "1", shows="collapsed"),
    "cells that are not run": probe(
        SKIPPED, "", "   ", "# only a comment", "'run'", shows="skip-execution"
    ),
    "a description": probe(TOLD, shows="described"),
    "execution counts": probe(
        "1", TEXT, "", "2", "raise ValueError", "3", shows='"execution_count": 2'
    ),
    "cell after cell saved": probe(
        "import nbformat\nprint(len(open('out.ipynb').read()) > 0)",
        "done = nbformat.read('out.ipynb', 4)\n"
        "[(c.metadata.papermill.status, c.execution_count, len(c.outputs)) for c in done.cells]",
        shows="completed",
    ),
    "saved within a long cell": probe(
        "import time\nprint('first', flush=True)\ntime.sleep(1.3)\nprint('then', flush=True)\ntime.sleep(0.3)\n"
        "print('first' in open('out.ipynb').read().replace('print(', ''))",
        shows="True",
        options={"autosave_cell_every": 1},
    ),
    "written once": probe(
        "import os\nprint(os.path.exists('out.ipynb'))",
        shows="False",
        options={"request_save_on_cell_execute": False},
    ),
    "another folder": probe("import os\nprint(os.getcwd())", shows="/usr", options={"cwd": "/usr"}),
    "nothing prepared but": probe(
        PARAMETERS, "1", shows="parameters", options={"prepare_only": True}
    ),
    "errors allowed": probe("1 / 0", "print('on')", shows="on", options={"allow_errors": True}),
    "errors of some names allowed": probe(
        "1 / 0", "{}['a']", shows="KeyError", options={"allow_error_names": ["ZeroDivisionError"]}
    ),
    "streams coalesced": probe(
        "import sys\nfor n in range(3):\n    print(n, end='\\r', flush=True)\n    print(n, file=sys.stderr, flush=True)",
        shows="stream",
        options={"coalesce_streams": True},
    ),
    "times recorded": probe("1", shows="iopub.execute_input", options={"record_timing": True}),
    "times not recorded": probe(
        "1", shows='"execution_count": 1', options={"record_timing": False}
    ),
    "a widget": probe(
        "import ipywidgets\nslider = ipywidgets.IntSlider(3, description='năm')\nslider",
        "slider.value = 5\nprint(slider)",
        shows="IntSliderModel",
    ),
    "widgets that answer": probe(
        "import ipywidgets as w\nslider = w.IntSlider(3)\nslider.observe(lambda c: print('changed to', c.new), 'value')\n"
        "slider.value = 4\nw.VBox([slider, w.HTML('<b>b</b>')])",
        shows="changed to 4",
    ),
    "interact": probe(
        "from ipywidgets import interact\n@interact(n=(0, 5))\ndef shown(n=2):\n    print('n is', n)\n    return n",
        shows="n is 2",
    ),
    "an output widget": probe(
        "import ipywidgets as w\nout = w.Output()\nwith out:\n    print('in it')\n    display(3)\nout",
        "out.append_stdout('more')\nwith out:\n    1 / 0",
        "out.clear_output()\nprint('outside')",
        shows="in it",
    ),
    "a picture widget": probe(
        "import ipywidgets as w\nw.Image(value=b'\\x89PNG' * 3, format='png')", shows="buffers"
    ),
    "tqdm.notebook": probe(
        "from tqdm.notebook import tqdm\nfor _ in tqdm(range(2), bar_format='{desc}'):\n    pass",
        shows="HBox",
    ),
    "a comm": probe(
        "from comm import create_comm\nc = create_comm(target_name='own', data={'a': 1})\nc.send({'b': 2})\nc.close()\nprint('sent')",
        shows="sent",
    ),
    "errors marked": probe(
        TEXT, "print('x')\nraise RuntimeError('marked')", RAW, shows="papermill-error-cell"
    ),
}
