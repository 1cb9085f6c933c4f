"""Probes of event loops, threads and processes within a notebook."""

from probing import probe

WORK = {
    "work.py": "def double(n):\n    return 2 * n\n\ndef told(n):\n    print('told', n, flush=True)\n"
}

PROBES = {
    "awaited": probe(
        "import asyncio\nawait asyncio.sleep(0)\nprint('awaited')",
        "await asyncio.sleep(0, 7)",
        shows="7",
    ),
    "async for and with": probe(
        "async def numbers():\n    for n in range(3):\n        yield n\n"
        "async for n in numbers():\n    print(n)\n[n async for n in numbers()]",
        shows="[0, 1, 2]",
    ),
    "asyncio.run": probe(
        "import asyncio\nasync def f():\n    return 1\nasyncio.run(f())", shows="running event loop"
    ),
    "the running loop": probe(
        "import asyncio\nprint(asyncio.get_running_loop().is_running(), type(asyncio.get_event_loop()))\n"
        "print(type(asyncio.get_event_loop_policy()))",
        shows="True",
    ),
    "a task across cells": probe(
        "import asyncio\nasync def later():\n    await asyncio.sleep(0.3)\n    print('from the task')\n    return 5\n"
        "task = asyncio.create_task(later())\nprint(task.done())",
        "import time\ntime.sleep(0.5)\nprint(task.done())",
        "print(await task)",
        shows="5",
    ),
    "an error while awaiting": probe(
        "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    1 / 0",
        "await asyncio.gather(f(), f())",
        shows="ZeroDivisionError",
    ),
    "a subprocess awaited": probe(
        "import asyncio\np = await asyncio.create_subprocess_exec('echo', 'x', stdout=-1)\nprint(await p.communicate())",
        shows="x",
    ),
    "asyncio.to_thread": probe(
        "import asyncio\nprint(await asyncio.to_thread(print, 'in a thread'))", shows="in a thread"
    ),
    "context variables": probe(
        "import contextvars\nv = contextvars.ContextVar('v', default=0)\n_ = v.set(1)\nprint(v.get())",
        "print(v.get())",
        "import asyncio\nv.set(2)\nawait asyncio.sleep(0)",
        "print(v.get())",
        shows="1",
    ),
    "threads that are left": probe(
        "import threading, time\ndef run():\n    while True:\n        time.sleep(1)\n"
        "threading.Thread(target=run, daemon=True).start()\nprint('left')",
        shows="left",
    ),
    "a thread that outlives the last cell": probe(
        "import threading, time\ndef run():\n    time.sleep(0.5)\n    open('late.txt', 'w').write('late')\n"
        "threading.Thread(target=run).start()\nprint('begun')",
        shows='"late"',
    ),
    "a thread that never ends": probe(
        "import threading, time\ndef run():\n    while True:\n        time.sleep(1)\n"
        "threading.Thread(target=run).start()\nprint('begun')",
        shows="begun",
    ),
    "what is done at the end": probe(
        "import atexit, weakref\natexit.register(lambda: open('exit.txt', 'w').write('at exit'))\n"
        "held = open('held.txt', 'w')\nheld.write('not closed')\nprint('cells end')",
        shows="not closed",
    ),
    "a process left behind": probe(
        "import subprocess\np = subprocess.Popen(['sleep', '99'])\nprint(p.poll())", shows="None"
    ),
    "processes, forked": probe(
        "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n    print(pool.map(abs, [-1, -2]))\n"
        "print(multiprocessing.get_start_method(), multiprocessing.current_process())",
        shows="[1, 2]",
    ),
    "processes, forked, of a cell's function": probe(
        "def f(n):\n    return n + 1",
        "from multiprocessing import get_context\nwith get_context('fork').Pool(2) as pool:\n    print(pool.map(f, range(3)))",
        shows="[1, 2, 3]",
    ),
    "processes, spawned": probe(
        "import multiprocessing, work\nwith multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "    print(pool.map(work.double, [1, 2]))",
        shows="[2, 4]",
        files=WORK,
    ),
    "processes of a server": probe(
        "import multiprocessing, work\nwith multiprocessing.get_context('forkserver').Pool(1) as pool:\n"
        "    print(pool.map(work.double, [1, 2]))",
        shows="[2, 4]",
        files=WORK,
    ),
    "a process that prints": probe(
        "import multiprocessing, time\np = multiprocessing.get_context('fork').Process(target=print, args=('printed',))\n"
        "p.start()\np.join()\ntime.sleep(0.5)\nprint(p.exitcode)",
        shows="printed",
    ),
    "a spawned process that prints": probe(
        "import multiprocessing, time, work\np = multiprocessing.get_context('spawn').Process(target=work.told, args=(1,))\n"
        "p.start()\np.join()\ntime.sleep(0.5)\nprint(p.exitcode)",
        shows="told 1",
        files=WORK,
    ),
    "a process that fails": probe(
        "import multiprocessing, time\np = multiprocessing.get_context('fork').Process(target=int, args=('x',), name='P')\n"
        "p.start()\np.join()\ntime.sleep(0.5)\nprint(p.exitcode)",
        shows="invalid literal",
    ),
    "a process within a process": probe(
        "import multiprocessing, work\nfrom concurrent.futures import ProcessPoolExecutor\n"
        "print(multiprocessing.current_process().daemon)\n"
        "with ProcessPoolExecutor(2) as pool:\n    print(list(pool.map(work.double, [1, 2])))",
        shows="[2, 4]",
        files=WORK,
    ),
    "an executor of threads": probe(
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n"
        "    print(list(pool.map(abs, [-1, -2])))",
        shows="[1, 2]",
    ),
    "an executor nobody shuts down": probe(
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(1)\nprint(pool.submit(abs, -1).result())",
        shows="1",
    ),
    "a fork by hand": probe(
        "import os, sys, time\npid = os.fork()\nif pid == 0:\n    os._exit(7)\nprint(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))",
        shows="7",
    ),
    "an alarm": probe(
        "import signal, time\ndef ring(*_):\n    print('ring')\nsignal.signal(signal.SIGALRM, ring)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.1)\ntime.sleep(0.3)",
        shows="ring",
    ),
    "BLAS": probe(
        "import numpy as np\na = np.random.default_rng(0).random((300, 300))\nprint((a @ a).sum().round(3))",
        shows=".",
    ),
}
