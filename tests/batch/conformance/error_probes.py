"""Probes of how notebooks fail: errors, exits, processes that die, time and memory running out."""

import sys

import nbformat
from probing import probe

ALLOWED = nbformat.v4.new_code_cell("1 / 0", id="c9", metadata={"tags": ["raises-exception"]})

PROBES = {
    "an error": probe("x = 1\n1 / 0", "print('never')", shows="ZeroDivisionError"),
    "an error deeper down": probe(
        "def outer(n):\n    return inner(n)\n\ndef inner(n):\n    raise KeyError(n)",
        "# a comment\nouter('năm')",
        shows="năm",
    ),
    "an error in a library": probe("import json\njson.loads('{')", shows="JSONDecodeError"),
    "an error in a function that was called often": probe(
        "import numpy as np\nnp.linspace(0, 3, 2.5)",
        shows="function_base.py",
        differs="marks in tracebacks" if sys.version_info < (3, 12) else "",
    ),
    "an error in an imported file": probe(
        "import own\nown.fail()",
        shows="own.py",
        files={"own.py": "def fail():\n    raise OSError('own')\n"},
    ),
    "chained errors": probe(
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError('then') from error",
        shows="direct cause",
    ),
    "an error while handling one": probe(
        "try:\n    {}['a']\nexcept KeyError:\n    [][1]", shows="During handling"
    ),
    "a group of errors": probe(
        "raise ExceptionGroup('several', [ValueError(1), TypeError(2)])", shows="ExceptionGroup"
    ),
    "an error with a note": probe(
        "error = ValueError('v')\nerror.add_note('noted')\nraise error", shows="noted"
    ),
    "a syntax error": probe("print('not reached')\nx ==== 1", shows="SyntaxError"),
    "an indentation error": probe("if True:\nx = 1", shows="IndentationError"),
    "an unknown name": probe("prnt(1)", shows="NameError"),
    "an unknown magic": probe("%nosuch", shows="UsageError"),
    "an error that cannot be told": probe(
        "class E(Exception):\n    def __str__(self):\n        raise ValueError('worse')\nraise E",
        shows="worse",
    ),
    "an error that is allowed": probe(ALLOWED, "print('goes on')", shows="goes on"),
    "an error shown otherwise": probe("%xmode Minimal", "1 / 0", shows="ZeroDivisionError"),
    "an error shown in full": probe(
        "%xmode Verbose\n", "def f(n):\n    return n / 0\nf(3)", shows="(n=3)"
    ),
    "%tb": probe(ALLOWED, "%tb", shows="ZeroDivisionError"),
    "an assertion": probe("x = 3\nassert x == 4, f'{x} is not 4'", shows="3 is not 4"),
    "exit 0": probe("print('so far')\nraise SystemExit", "print('never')", shows="so far"),
    "exit 1": probe("import sys\nsys.exit(1)", "print('never')", shows="SystemExit"),
    "exit with words": probe("import sys\nsys.exit('for a reason')", shows="for a reason"),
    "exit()": probe("exit()", "print('goes on')", shows="goes on"),
    "interrupted by itself": probe("raise KeyboardInterrupt", shows="KeyboardInterrupt"),
    "a signal to itself": probe(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(1)",
        shows="KeyboardInterrupt",
    ),
    "the process gone": probe(
        # At once, a kernel may lose what it has just printed; the fork engine never does.
        "print('so far', flush=True)\nimport os, time\ntime.sleep(0.3)\nos._exit(3)",
        shows="Kernel died",
    ),
    "the process killed": probe(
        "import time\ntime.sleep(0.3)",
        "import os, signal, time\ntime.sleep(0.3)\nos.kill(os.getpid(), signal.SIGKILL)",
        shows="Kernel died",
    ),
    "the process crashed": probe("import ctypes\nctypes.string_at(0)", shows="Kernel died"),
    "an endless loop": probe(
        "print('begun', flush=True)\nwhile True:\n    pass",
        shows="after 1 seconds",
        options={"execution_timeout": 1},
    ),
    "endless waiting": probe(
        "import asyncio\nawait asyncio.sleep(99)",
        shows="after 1 seconds",
        options={"execution_timeout": 1},
    ),
    "a loop that catches everything": probe(
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True:\n    try:\n        pass\n"
        "    except BaseException:\n        pass",
        shows="after 1 seconds",
        options={"execution_timeout": 1},
    ),
    "an endless loop, interrupted": probe(
        "while True:\n    pass",
        shows="KeyboardInterrupt",
        options={"execution_timeout": 1, "interrupt_on_timeout": True},
    ),
    "out of memory": probe(
        "import resource\nused = int(open('/proc/self/statm').read().split()[0]) * 4096\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + 2**28, used + 2**28))\nx = bytearray(2**30)",
        shows="MemoryError",
    ),
    "deep recursion": probe(
        "import sys\nsys.setrecursionlimit(150)\ndef f(n):\n    return f(n + 1)\nf(0)",
        shows="RecursionError",
    ),
    "how deep": probe(
        "import inspect, sys\nprint(len(inspect.stack()), sys.getrecursionlimit())\n"
        "def f(n):\n    try:\n        return f(n + 1)\n    except RecursionError:\n        return n\nprint(f(0))",
        shows="22 1000",
    ),
    "input": probe("input('name?')", shows="StdinNotImplementedError"),
    "getpass": probe("import getpass\ngetpass.getpass()", shows="StdinNotImplementedError"),
    "a breakpoint": probe("breakpoint()\nprint('after')", shows="c0"),
    "warnings": probe(
        "import warnings\nfor _ in range(2):\n    warnings.warn('careful')\n    warnings.warn('old', DeprecationWarning)",
        "def f():\n    warnings.warn('in a function', FutureWarning, stacklevel=2)\nf()",
        shows="careful",
    ),
    "warnings as errors": probe(
        "import warnings\nwarnings.simplefilter('error')\nwarnings.warn('now')", shows="UserWarning"
    ),
    "warnings of libraries": probe(
        "import numpy as np\nnp.array([1.0]) / 0", "np.log(-1)", shows="RuntimeWarning"
    ),
    "an error in a thread": probe(
        "import threading, time\none = threading.Thread(target=lambda: 1 / 0, name='one')\none.start()\none.join()",
        shows="ZeroDivisionError",
    ),
    "an error in a destructor": probe(
        "class D:\n    def __del__(self):\n        1 / 0\nx = D()\ndel x", shows="ignored"
    ),
    "an error in a hook": probe(
        "def bad(*_):\n    raise ValueError('hook')\nget_ipython().events.register('post_run_cell', bad)",
        "1",
        shows="hook",
    ),
    "an error in a task nobody awaits": probe(
        "import asyncio\nasync def f():\n    1 / 0\nt = asyncio.ensure_future(f())\nawait asyncio.sleep(0.1)",
        "print(t.done(), t.exception())",
        shows="division by zero",
    ),
}
