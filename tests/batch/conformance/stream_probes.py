"""Probes of what is printed, by whom, in which order."""

from probing import probe

PROBES = {
    "printed": probe("print('out')", shows="out"),
    "printed to stderr": probe("import sys\nprint('err', file=sys.stderr)", shows='"stderr"'),
    "both streams in turn": probe(
        "import sys\nfor n in range(3):\n    print('o', n)\n    print('e', n, file=sys.stderr)",
        shows="e 2",
    ),
    "both streams in turn, flushed": probe(
        "import sys\nfor n in range(3):\n    print('o', n, flush=True)\n"
        "    print('e', n, file=sys.stderr, flush=True)",
        shows="e 2",
    ),
    "both streams with a result between cells": probe(
        "import sys\nprint('one')\nprint('two', file=sys.stderr)\n3",
        "print('four')\n5",
        shows="four",
    ),
    "streams, a pause longer than the flush interval": probe(
        "import sys, time\nprint('a')\ntime.sleep(0.5)\nprint('b', file=sys.stderr)\n"
        "time.sleep(0.5)\nprint('c')",
        shows="c",
    ),
    "subprocess": probe(
        "import subprocess, time\n_ = subprocess.run(['echo', 'from a child'])\ntime.sleep(0.3)",
        shows="from a child",
    ),
    "stderr of a subprocess": probe(
        "import subprocess, time\n_ = subprocess.run('echo told >&2', shell=True)\ntime.sleep(0.3)",
        shows="told",
    ),
    "os.system": probe(
        "import os, time\ncode = os.system('echo from the shell')\ntime.sleep(0.3)\nprint(code)",
        shows="from the shell",
    ),
    "written to the descriptor": probe(
        "import os, time\n_ = os.write(1, b'low\\n')\ntime.sleep(0.3)\n_ = os.write(2, b'low too\\n')\ntime.sleep(0.3)",
        shows="low too",
    ),
    "written by C": probe(
        "import ctypes, time\nlib = ctypes.CDLL(None)\n_ = lib.puts(b'from C')\n"
        "_ = lib.fflush(None)\ntime.sleep(0.3)",
        shows="from C",
    ),
    "bytes that are no text": probe(
        "import os, time\n_ = os.write(1, b'a\\xff\\xfeb\\n')\ntime.sleep(0.3)", shows="a\ufffd"
    ),
    "subprocess between prints": probe(
        "import subprocess, time\nprint('before', flush=True)\ntime.sleep(0.3)\n"
        "_ = subprocess.run(['echo', 'between'])\ntime.sleep(0.5)\nprint('after')",
        shows="between",
    ),
    "the original stdout": probe(
        "import sys, time\nprint('kept aside', file=sys.__stdout__, flush=True)\ntime.sleep(0.3)",
        shows="kept aside",
    ),
    "threads": probe(
        "import threading\nfor n in range(3):\n    one = threading.Thread(target=print, args=(n,))\n"
        "    one.start()\n    one.join()",
        shows="2",
    ),
    "a thread that prints in a later cell": probe(
        "import threading, time\ndef late():\n    time.sleep(0.4)\n    print('late')\n"
        "one = threading.Thread(target=late)\none.start()\nprint('started')",
        "print('second')\none.join()",
        shows="second",
    ),
    "carriage returns": probe(
        "for n in range(3):\n    print(f'\\r{n} of 3', end='')\nprint('\\b\\bdone')", shows="of 3"
    ),
    "no newline": probe("print('a', end='')", "print('b', end='', flush=True)", shows="b"),
    "a million characters": probe(
        "for n in range(20_000):\n    print(f'{n:049d}')", shows=f"{19_999:049d}"
    ),
    "one long line": probe("print('x' * 3_000_000)", shows="xxx"),
    "a megabyte from a subprocess": probe(
        "import subprocess, sys, time\n"
        "_ = subprocess.run([sys.executable, '-c', 'print(\"y\" * 1_000_000)'])\ntime.sleep(0.5)",
        shows="yyy",
    ),
    "letters of every kind": probe(
        "print('Bình Thủy \\u2713 \\U0001f33e \\x1b[31mred\\x1b[0m')", shows="Bình"
    ),
    "what kind of stream": probe(
        "import sys\nfor s in (sys.stdout, sys.stderr, sys.stdin):\n"
        "    print(type(s), s.isatty(), s.encoding, s.writable(), s.closed)\n"
        "print(sys.stdout.name, sys.stdout.errors, sys.stdout.fileno() > 2)\nprint(sys.stdin.read())",
        shows="OutStream",
    ),
    "redirected": probe(
        "import contextlib, io\nheld = io.StringIO()\nwith contextlib.redirect_stdout(held):\n"
        "    print('held')\nprint(repr(held.getvalue()))",
        shows="held",
    ),
    "logging": probe(
        "import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.info('told')\n"
        "logging.getLogger('one').warning('warned')",
        "print(logging.getLogger().handlers, logging.getLogger('tornado').handlers)",
        shows="warned",
    ),
    "tqdm": probe(
        "from tqdm import tqdm\nfor _ in tqdm(range(3), bar_format='{l_bar}{bar}{n_fmt}/{total_fmt}'):\n    pass",
        shows="3/3",
    ),
    "faulthandler": probe(
        "import faulthandler, sys, time\nfaulthandler.enable()\nprint(faulthandler.is_enabled())\n"
        "try:\n    faulthandler.dump_traceback(sys.stdout, all_threads=False)\n"
        "except Exception as error:\n    print(type(error), error)",
        shows="True",
    ),
    "a stream that is not text": probe(
        "import sys\ntry:\n    sys.stdout.write(b'bytes')\nexcept TypeError as error:\n    print(error)\n"
        "print(hasattr(sys.stdout, 'buffer'), sys.stdout.writelines(['x', 'y']))",
        shows="must be str",
    ),
}
