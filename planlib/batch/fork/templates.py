"""The templates of this process: one for an environment, and retired ones whose notebooks go on.

Threads may ask at once. A template that failed, or whose environment is no longer the one asked
for, is retired: it gets no more notebooks, and is ended when the last of its own has ended.
"""

from __future__ import annotations

import atexit
import os
import threading

from planlib.batch.fork.preload import LATER, LIBRARIES
from planlib.batch.fork.processes import STALE, Child, Launch, Refused, Template, Unfit

RANDOM = "random"


class Templates:
    """Starts templates, hands out notebooks' processes, ends what nobody uses any more."""

    def __init__(self) -> None:
        self._all: list[Template] = []  # the one that was asked last is the last
        self._modules: tuple[str, ...] = LIBRARIES
        self._later: tuple[str, ...] = LATER
        self._turn = threading.Lock()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.stop)

    def _forget(self) -> None:
        """We are a fork of whoever started them, and of no other thread it had."""
        self._all, self._turn = [], threading.Lock()

    def preload(self, *modules: str) -> None:
        """Have templates started from now on import these modules too, for notebooks that do."""
        self._modules = tuple(dict.fromkeys([*self._modules, *modules]))

    def preload_only(self, *modules: str) -> None:
        """Have templates started from now on import these and no library that was not asked for."""
        self._modules, self._later = modules, ()

    def get(self, env: dict[str, str] | None = None) -> Template:
        """A template started in this environment, warm or warming up."""
        with self._turn:
            found = self._fitting(surroundings() if env is None else env)
        self._end_unused()
        return found

    def fork(self, launch: Launch, timeout: float) -> Child:
        """A process for a notebook; raises Unfit where there cannot be one."""
        with self._turn:
            template = self._fitting(launch.env)
            template.users += 1
            template.used = True
        self._end_unused()
        try:
            child = template.fork(launch, timeout)
        except BaseException as why:
            refused = isinstance(why, Refused) and str(why) != STALE
            self._let_go(template, failed=isinstance(why, Unfit) and not refused)
            raise
        child.closed = lambda: self._let_go(template, failed=child.failed)
        return child

    def _fitting(self, env: dict[str, str]) -> Template:
        env = startup(env)
        fitting = (one for one in self._all if fits(one, env, self._modules))
        template = next(fitting, None) or Template(env, self._modules, self._later)
        self._all = [*(one for one in self._all if one is not template), template]
        return template

    def _let_go(self, template: Template, *, failed: bool) -> None:
        with self._turn:
            template.users -= 1
            template.retired |= failed
        self._end_unused()

    def _end_unused(self) -> None:
        with self._turn:
            last = self._all[-1:]
            done = [t for t in self._all if not t.users and (t.retired or t not in last)]
            self._all = [one for one in self._all if one not in done]
        for template in done:
            template.stop()

    def stop(self) -> None:
        """End all templates, and the notebooks that still run."""
        with self._turn:
            every, self._all = self._all, []
        for template in every:
            template.stop()


def fits(template: Template, env: dict[str, str], modules: tuple[str, ...] = ()) -> bool:
    """Whether a template can serve an environment, with these modules imported.

    Hash seeds are drawn when an interpreter starts; who asks for random ones gets a new
    interpreter for each notebook.
    """
    spent = template.used and env.get("PYTHONHASHSEED") == RANDOM
    same = (template.env, template.modules) == (env, modules)
    return same and template.alive and not template.retired and not spent


def surroundings() -> dict[str, str]:
    """The environment of this process; another thread may be changing it meanwhile."""
    while True:
        try:
            return dict(os.environ)
        except (KeyError, RuntimeError):
            continue


def startup(env: dict[str, str]) -> dict[str, str]:
    """An environment without what changes from notebook to notebook and nothing reads at start."""
    return {k: v for k, v in env.items() if not k.startswith(("PYTEST_", "JPY_", "PWD", "OLDPWD"))}


templates = Templates()
