"""Probes of what cells show: every mime type, updates, results."""

from probing import probe

DOT = (
    "b'\\x89PNG\\r\\n\\x1a\\n\\x00\\x00\\x00\\rIHDR\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x01\\x08\\x06"
    "\\x00\\x00\\x00\\x1f\\x15\\xc4\\x89\\x00\\x00\\x00\\nIDATx\\x9cc\\x00\\x01\\x00\\x00\\x05\\x00\\x01"
    "\\r\\n-\\xb4\\x00\\x00\\x00\\x00IEND\\xaeB`\\x82'"
)

PROBES = {
    "html, markdown, latex": probe(
        "from IPython.display import *\ndisplay(HTML('<b>b</b>'), Markdown('*m*'), Latex('$l$'), Math('x'))",
        shows="text/latex",
    ),
    "json, geojson, javascript": probe(
        "from IPython.display import *\ndisplay(JSON({'a': [1, None, 'ú']}, expanded=True))\n"
        "display(GeoJSON({'type': 'Point', 'coordinates': [1, 2]}))\ndisplay(Javascript('1', lib='l.js'))",
        shows="application/geo+json",
    ),
    "pictures": probe(
        f"from IPython.display import *\ndot = {DOT}\ndisplay(Image(dot), Image(dot, width=3, alt='dot'))\n"
        "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))\n"
        "display(Image(b'\\xff\\xd8\\xff\\xe0', format='jpeg'), Image(url='http://localhost/a.png'))",
        shows="image/jpeg",
    ),
    "pdf": probe(
        "class P:\n    def _repr_pdf_(self):\n        return b'%PDF-1.4'\nP()",
        shows="application/pdf",
    ),
    "sound, video, frame": probe(
        "from IPython.display import *\nimport math\n"
        "display(Audio([math.sin(n) for n in range(50)], rate=8000))\n"
        "display(Video('a.mp4'), IFrame('http://localhost', 10, 20), Code('x = 1', language='python'))",
        shows="audio",
    ),
    "bundle of one's own": probe(
        "from IPython.display import display\n"
        "display({'text/plain': 'p', 'application/x-own+json': {'a': 1}}, metadata={'m': 1}, raw=True)",
        "class B:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
        "        return {'text/html': 'h', 'text/plain': 'p'}, {'text/html': {'isolated': True}}\nB()",
        shows="application/x-own+json",
    ),
    "shown by itself": probe(
        "class S:\n    def _ipython_display_(self):\n        print('by itself')\nS()",
        shows="by itself",
    ),
    "a representation that fails": probe(
        "class F:\n    def _repr_html_(self):\n        raise ValueError('no html')\nF()",
        shows="no html",
    ),
    "a repr that fails": probe(
        "class F:\n    def __repr__(self):\n        raise ValueError('no repr')\nF()",
        "'later'",
        shows="no repr",
    ),
    "updated by id": probe(
        "from IPython.display import display\nshown = display('before', display_id='one')\n"
        "shown.update('after')",
        "shown.update('in a later cell')\ndisplay('again', display_id='one')",
        "shown.update('both')",
        shows="both",
    ),
    "an id nobody has": probe(
        "from IPython.display import *\nupdate_display('x', display_id='unknown')\n"
        "print(display('y', display_id=True))",
        shows="DisplayHandle",
    ),
    "cleared": probe(
        "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
        shows="stays",
    ),
    "cleared with the next output": probe(
        "from IPython.display import clear_output, display\nfor n in range(3):\n"
        "    clear_output(wait=True)\n    display(n)\n    print('number', n)",
        "clear_output(wait=True)",
        "display('x', display_id='c')\nclear_output()\ndisplay('y', display_id='c')",
        shows="number 2",
    ),
    "a frame": probe(
        "import pandas as pd\npd.DataFrame({'a': [1, 2], 'tên': ['x', None]}, index=['p', 'q'])",
        "pd.Series([1.5, 2]), pd.options.display.max_rows",
        shows="dataframe",
    ),
    "a styled frame": probe(
        "import pandas as pd\npd.DataFrame({'a': [1.234]}).style.format('{:.1f}').highlight_max()",
        shows="T_STYLER",
    ),
    "results": probe(
        "1",
        "_ + 1",
        "print(_, __, Out, In[1], _i, _1)",
        "None",
        "x = 3;",
        "4;",
        "'s';",
        "_",
        shows="{1: 1",
    ),
    "pretty printing": probe(
        "{'long': list(range(60)), 'nested': {'a': {1, 2}, 'b': (1,)}}",
        "list(range(2000))",
        "import numpy as np\nnp.arange(30).reshape(5, 6) / 7",
        "dict.fromkeys, len, type(1), lambda x: x",
        shows="dict.fromkeys",
    ),
    "several expressions": probe(
        "1\n2\n3", "%config InteractiveShell.ast_node_interactivity = 'all'", "4\n5", shows="4"
    ),
    "precision": probe("%precision 3\n3.14159265", shows="3.142"),
    "a progress bar": probe(
        "from IPython.display import ProgressBar\nfor _ in ProgressBar(3):\n    pass",
        shows="progress",
    ),
    "numbers that json lacks": probe(
        "from IPython.display import display\n"
        "display({'text/plain': 'x', 'application/json': {'n': float('nan')}}, raw=True)",
        "from decimal import Decimal\nfrom datetime import date\nDecimal('1.1'), date(2015, 1, 2)",
        shows="Decimal",
    ),
    "display from a thread": probe(
        "import threading\nfrom IPython.display import display\n"
        "one = threading.Thread(target=display, args=('threaded',))\none.start()\none.join()",
        shows="threaded",
    ),
    "hooks": probe(
        "from IPython import get_ipython\nip = get_ipython()\n"
        "def told(*args):\n    print('hook', len(args))\n"
        "for name in ('pre_execute', 'pre_run_cell', 'post_execute', 'post_run_cell'):\n"
        "    ip.events.register(name, told)",
        "'cell'",
        shows="hook 1",
    ),
    "formatters of one's own": probe(
        "ip = get_ipython()\nip.display_formatter.formatters['text/html'].for_type(int, lambda n: f'<i>{n}</i>')\n5",
        shows="<i>5</i>",
    ),
    "help": probe("len?", "%pinfo2 abs", "?", shows="c0"),
}
