"""Probes of figures: when they are shown, how often, in which format."""

from probing import probe

PLOT = "import matplotlib.pyplot as plt\nplt.rcParams['svg.hashsalt'] = 'same'\n"

PROBES = {
    "without a magic": probe(
        "import matplotlib\nimport matplotlib.pyplot as plt\n_ = plt.plot([1, 2], [3, 4])\n"
        "print(matplotlib.get_backend())",
        shows="image/png",
    ),
    "with the magic": probe(
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);", shows="image/png"
    ),
    "with the magic afterwards": probe(
        PLOT + "_ = plt.plot([1, 2])", "%matplotlib inline\n_ = plt.plot([2, 1])", shows="image/png"
    ),
    "configured": probe(
        "%config InlineBackend.figure_formats = ['svg']\n" + PLOT + "_ = plt.plot([1, 2])",
        shows="image/svg+xml",
    ),
    "configured afterwards": probe(
        PLOT + "_ = plt.plot([1, 2])",
        "%config InlineBackend.figure_format = 'retina'\n_ = plt.plot([2, 1])",
        "%config InlineBackend",
        shows="retina",
    ),
    "configured, its edges kept": probe(
        "%config InlineBackend.print_figure_kwargs = {'bbox_inches': None}\n"
        + PLOT
        + "_ = plt.plot([1])",
        shows="image/png",
    ),
    "several formats": probe(
        "from matplotlib_inline.backend_inline import set_matplotlib_formats\n"
        "set_matplotlib_formats('png', 'svg')\n" + PLOT + "_ = plt.plot([1, 2])",
        shows="image/svg+xml",
    ),
    "shown explicitly": probe(
        PLOT + "_ = plt.plot([1])\nplt.show()\nprint('between')\n_ = plt.plot([2])\nplt.show()",
        shows="between",
    ),
    "returned axes": probe(PLOT + "plt.plot([1, 2])", "plt.gca()", shows="matplotlib.lines.Line2D"),
    "returned figure": probe(PLOT + "fig, ax = plt.subplots()\nfig", "fig", shows="image/png"),
    "open at the end": probe(
        PLOT + "one, two = plt.figure(), plt.figure()\none.gca().plot([1])\ntwo.gca().plot([2])",
        "print(plt.get_fignums())",
        shows="[]",
    ),
    "kept open": probe(
        "%config InlineBackend.close_figures = False\n" + PLOT + "_ = plt.plot([1])",
        "_ = plt.plot([2])\nprint(plt.get_fignums())",
        shows="[1]",
    ),
    "closed before the end": probe(
        PLOT + "_ = plt.plot([1])\nplt.close('all')\nprint('none')", shows="none"
    ),
    "an error after drawing": probe(PLOT + "_ = plt.plot([1])\n1 / 0", shows="ZeroDivisionError"),
    "another backend": probe(
        "import matplotlib\nmatplotlib.use('agg')\n"
        + PLOT
        + "_ = plt.plot([1])\nprint(plt.get_backend())",
        shows="agg",
    ),
    "the magic for another backend": probe(
        "%matplotlib agg\n" + PLOT + "_ = plt.plot([1])\nprint(plt.get_backend())", shows="agg"
    ),
    "the backend of the environment": probe(
        "import os\nprint(os.environ['MPLBACKEND'])\n"
        + PLOT
        + "_ = plt.plot([1])\nprint(plt.get_backend())",
        shows="svg",
        env={"MPLBACKEND": "svg"},
    ),
    "no pyplot": probe(
        "from matplotlib.figure import Figure\nfig = Figure()\n_ = fig.subplots().plot([1])\nfig",
        shows="Figure",
    ),
    "no pyplot, its class shown": probe(
        "from IPython.core.pylabtools import select_figure_formats\nfrom matplotlib.figure import Figure\n"
        "select_figure_formats(get_ipython(), {'png'})\nFigure(figsize=(1, 1))",
        shows="100x100",
    ),
    "settings": probe(
        "import matplotlib as mpl\nprint(dict(mpl.rcParams))\nimport matplotlib.pyplot as plt\n"
        "print({k: v for k, v in mpl.rcParams.items() if mpl.rcParamsDefault[k] != v})",
        shows="figure.dpi",
    ),
    "settings changed": probe(
        PLOT
        + "plt.rcParams.update({'figure.dpi': 50, 'figure.figsize': (2, 1), 'font.family': 'serif'})\n"
        "_ = plt.plot([1])",
        "plt.style.use('ggplot')\n_ = plt.plot([1])",
        shows="image/png",
    ),
    "letters and a font that is missing": probe(
        PLOT + "plt.rcParams['font.family'] = 'No Such Font'\n_ = plt.title('Quận Bình Thủy 中')",
        shows="No Such",
    ),
    "interactive": probe(
        "import matplotlib\nprint(matplotlib.is_interactive())\n"
        + PLOT
        + "print(matplotlib.is_interactive())\nplt.ioff()\n_ = plt.plot([1])",
        "plt.ion()\n_ = plt.plot([2])",
        shows="image/png",
    ),
    "pandas plots": probe(
        "import pandas as pd\npd.DataFrame({'a': [1, 3, 2]}).plot()", shows="image/png"
    ),
    "pylab": probe("%pylab inline\nplot(arange(3))", shows="Populating"),
}
