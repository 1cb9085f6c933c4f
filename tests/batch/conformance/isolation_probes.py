"""Probes of what a notebook finds when it starts, and of what it must not leave to the next."""

from probing import probe

PROBES = {
    "environment": probe(
        "import os\nprint(sorted(set(os.environ) - {'PYTEST_VERSION'}))\n"
        "print({k: os.environ[k] for k in ('PROBE', 'MPLBACKEND', 'TERM', 'PAGER', 'CLICOLOR')})",
        shows="seen",
        env={"PROBE": "seen"},
    ),
    "folder and path": probe(
        "import os, sys\nprint(os.getcwd(), sys.path, os.listdir())",
        shows="FOLDER",
        files={"a.txt": "a"},
    ),
    "arguments": probe(
        "import sys\nprint(sys.argv, sys.executable, sys.flags)", shows="ipykernel_launcher"
    ),
    "command line": probe(
        "import sys\nprint(sys.orig_argv)", shows="ipykernel", differs="command line"
    ),
    "a module of the folder": probe(
        "import own\nprint(own.__file__)", shows="own.py", files={"own.py": ""}
    ),
    "main": probe(
        "import sys, __main__\nprint(__name__, __main__, sorted(n for n in dir() if not n.startswith('_i')))\n"
        "print(sys.modules['__main__'] is __main__, __doc__, '__file__' in globals())",
        shows="__main__",
    ),
    "shell": probe(
        "ip = get_ipython()\nprint(type(ip), type(ip.kernel), type(ip.display_pub), type(ip.displayhook))\n"
        "print(type(ip.compile), ip.config.get('HistoryManager'), ip.loop_runner, ip.colors)\n"
        "print(ip.kernel.banner[:20], ip.kernel.implementation, ip.history_manager.hist_file)\n"
        "print(sorted(ip.user_ns_hidden))",
        shows="ZMQInteractiveShell",
    ),
    "imported already": probe(
        "import sys\nprint('pandas' in sys.modules, 'scipy.stats' in sys.modules)",
        shows="False",
        differs="imported already",
    ),
    "not imported yet": probe(
        "import sys\nprint('matplotlib.pyplot' in sys.modules, 'matplotlib_inline.backend_inline' in sys.modules)",
        shows="False",
    ),
    "threads of the kernel": probe(
        "import threading\nprint(sorted(t.name.split('-')[0] for t in threading.enumerate()))",
        shows="MainThread",
        differs="threads of the kernel",
    ),
    "a connection file": probe("%connect_info", shows="hmac", differs="connection file"),
    "a console of one's own": probe(
        "print('asked')\n%qtconsole", shows="asked", differs="connection file"
    ),
    "filters of warnings": probe(
        "import warnings\nprint([f[2].__name__ for f in warnings.filters])",
        shows="ProvisionalCompleterWarning",
        differs="imported already",
    ),
    "signals": probe(
        "import signal\nfor n in sorted(signal.valid_signals()):\n    print(n, signal.getsignal(n))",
        shows="default_int_handler",
    ),
    "limits and masks": probe(
        "import os, resource, signal\nprint(resource.getrlimit(resource.RLIMIT_NOFILE), os.umask(0o22))\n"
        "print(os.getpgrp() == os.getpid(), os.getsid(0) == os.getpid(), os.nice(0))\n"
        "print(signal.pthread_sigmask(signal.SIG_BLOCK, []))",
        shows="True",
    ),
    "locale": probe(
        "import locale, sys\nprint(locale.setlocale(locale.LC_ALL), locale.getpreferredencoding())\n"
        "print(sys.getfilesystemencoding(), f'{1234567.5:n}')",
        shows="LC_CTYPE",
    ),
    "time zone": probe(
        "import time, datetime\nprint(time.tzname, time.timezone)\nprint(datetime.datetime.fromtimestamp(0))",
        shows="07",
        env={"TZ": "Asia/Ho_Chi_Minh"},
    ),
    "decimal": probe(
        "import decimal\nprint(decimal.getcontext())\ndecimal.getcontext().prec = 3\nprint(decimal.Decimal(1) / 3)",
        "print(decimal.getcontext().prec)",
        shows="prec=28",
    ),
    "numpy settings": probe(
        "import numpy as np\nprint(np.get_printoptions(), np.geterr(), np.geterrcall())",
        shows="precision",
    ),
    "pandas settings": probe(
        "import pandas as pd\npd.describe_option()\nprint(pd.options.display.width)",
        shows="max_columns",
    ),
    "seeds that are set": probe(
        "import random\nimport numpy as np\nimport scipy.stats\nrandom.seed(1)\nnp.random.seed(1)\n"
        "print(random.random(), np.random.rand(), scipy.stats.norm.rvs(size=2), np.random.default_rng(1).random())",
        shows="0.13436424411240122",
    ),
    "a hash seed that is set": probe(
        "print(hash('x'), list({'a', 'b', 'c'}))", shows="[", env={"PYTHONHASHSEED": "7"}
    ),
    "warnings of the environment": probe(
        "import warnings, sys\nprint(sys.warnoptions)\nwarnings.warn('one')",
        shows="UserWarning",
        env={"PYTHONWARNINGS": "error::UserWarning"},
    ),
    "garbage collection": probe(
        "import gc, sys\nprint(gc.isenabled(), gc.get_threshold(), sys.getswitchinterval(), gc.callbacks)",
        shows="True",
    ),
    "import hooks": probe(
        "import builtins, sys\nprint(len(sys.meta_path), len(sys.path_hooks), sys.excepthook)\n"
        "print(sys.displayhook, builtins.display, builtins.input, builtins.print, sys.gettrace())",
        shows="display",
    ),
    "a profile of one's own": probe(
        "print(started, get_ipython().ast_node_interactivity)",
        shows="from the profile",
        env={"IPYTHONDIR": "own-profile"},
        files={
            "own-profile/profile_default/startup/00-first.py": "started = 'from the profile'\n",
            "own-profile/profile_default/ipython_kernel_config.py": (
                "c.InteractiveShell.ast_node_interactivity = 'all'\n"
            ),
        },
    ),
}
