"""Probes of IPython's magics and of the shell."""

from probing import probe

PROBES = {
    "%%time": probe("%%time\nx = 1\nx", shows="Wall time"),
    "%time": probe("%time sum(range(10))", shows="45"),
    "%timeit": probe("%timeit -n1 -r1 pass", shows="per loop"),
    "%run": probe(
        "%run other.py given",
        "print(left)",
        shows="['other.py', 'given'] __main__",
        files={"other.py": "import sys\nprint(sys.argv, __name__)\nleft = 3\n"},
    ),
    "%run of a file that fails": probe(
        "%run other.py", shows="other.py", files={"other.py": "def f():\n    1 / 0\nf()\n"}
    ),
    "%run of a notebook": probe(
        "%run other.ipynb",
        shows="from the other",
        files={
            "other.ipynb": (
                '{"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {},'
                ' "outputs": [], "source": ["print(\'from the other\')"]}], "metadata": {},'
                ' "nbformat": 4, "nbformat_minor": 5}'
            )
        },
    ),
    "!cmd": probe("!echo out; echo err >&2", "!exit 3", "_exit_code", shows="err"),
    "!!cmd and its lines": probe("x = !printf 'a\\nb\\n'\nx, x.s", "!!echo c", shows="a b"),
    "a variable in a command": probe("name = 'Bình Thủy'\n!echo {name} $name", shows="Bình Thủy"),
    "%%bash": probe("%%bash\necho one\nsleep 0.3\necho two >&2\nsleep 0.3\npwd", shows="two"),
    "%%bash that fails": probe("%%bash\necho so far\nexit 4", shows="CalledProcessError"),
    "%%bash held": probe("%%bash --out held\necho held", "held", shows="held"),
    "%%python": probe("%%python\nimport sys\nprint(sys.argv, 'aside')", shows="aside"),
    "%%capture": probe(
        "%%capture caught\nimport sys\nprint('hidden')\nprint('too', file=sys.stderr)\n1",
        "print(repr(caught.stdout), repr(caught.stderr), len(caught.outputs))\ncaught()",
        shows="hidden",
    ),
    "%%writefile": probe(
        "%%writefile -a new.txt\nline", "%cat new.txt", "%ls", shows="Writing new.txt"
    ),
    "%%html, %%latex, %%svg": probe(
        "%%html\n<b>b</b>",
        "%%latex\n$x$",
        "%%javascript\n1",
        "%%markdown\n*m*",
        "%%svg\n<svg/>",
        shows="image/svg+xml",
    ),
    "%env": probe("%env PROBE=given", "%env PROBE", "%set_env PROBE=other", shows="given"),
    "%cd": probe("%cd /", "%pwd", "%cd -", "import os\nos.getcwd()", shows="FOLDER"),
    "%who": probe(
        "a, b = 1, 'x'\n%who",
        "%whos",
        "%who_ls int",
        "%reset -f\n%who",
        shows="Interactive namespace is empty",
    ),
    "%history": probe("x = 1", "%history -n", "%rerun 1", shows="x = 1"),
    "%macro": probe("print('macro')", "%macro -q m 1", "m", "%recall 1", shows="macro"),
    "%load_ext": probe(
        "%load_ext autoreload\n%autoreload 2",
        "%reload_ext autoreload",
        "%unload_ext nosuch",
        shows="nosuch",
    ),
    "%load": probe(
        "%load other.py", "%pycat other.py", shows="other.py", files={"other.py": "y = 2\n"}
    ),
    "%lsmagic": probe(
        "%lsmagic", "print(len(str(get_ipython().run_line_magic('quickref', ''))))", shows="%alias"
    ),
    "%config": probe("%config", "%config InteractiveShell.cache_size", shows="AliasManager"),
    "%prun": probe(
        "%prun -q -T prof.txt pass", "import os\nos.path.getsize('prof.txt') > 0", shows="prof.txt"
    ),
    "%pdb": probe("%pdb", "%debug print(1)", shows="pdb"),
    "%sx, %sc, %alias": probe("%sx echo a", "%alias say echo\n%say hello", shows="hello"),
    "%matplotlib --list": probe("%matplotlib --list", "%gui", shows="inline"),
    "%autoawait": probe("%autoawait", "%autoawait False", "%autoawait", shows="asyncio"),
    "%autocall": probe("%autocall 1\nabs -3", "%automagic", shows="3"),
    "a magic of one's own": probe(
        "from IPython.core.magic import register_cell_magic\n@register_cell_magic\ndef up(line, cell):\n    print(cell.upper())",
        "%%up\nloud",
        shows="LOUD",
    ),
    "a file edited": probe("%edit -x other.py", shows="c0", files={"other.py": ""}),
    "system raw": probe(
        "import time\nget_ipython().system_raw('echo raw')\ntime.sleep(0.3)",
        "get_ipython().getoutput('echo got')",
        shows="got",
    ),
    "a background command": probe("!sleep 0 &", shows="not supported"),
    "%%script in the background": probe(
        "%%script --bg --out left bash\necho later", "print(left.__class__)", shows="_AsyncIOProxy"
    ),
}
