"""A plan at an address: its files and its own figures are fetched, and it is read like any folder.

Notebooks open a plan by a folder's name. So the plan is put in a folder of the same name among the
run's own files, and the whole run stands beside it: parameters, pages and keys are then the same as
for a plan that lay in the current folder, wherever it came from.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from planlib.batch.workers.scratch import ScratchFolder
from planlib.errors import InputError, Problem, said, system_reason
from planlib.plan.plan_files import AREAS, HEADER, REMARKS, REMARKS_TEXT
from planlib.plan.reading import read_plan
from planlib.plan.shipped import PLANS, shipped_plans
from planlib.storage.store import LocalStore, Store, open_store


@contextlib.contextmanager
def plan_at(place: str) -> Iterator[str]:
    """The name to open a plan by; one at an address is fetched, and the run stands beside it.

    Raises InputError where there is no plan at the address, or where it cannot be read.
    """
    store = open_store(place)
    if isinstance(store, LocalStore):
        yield place if "://" not in place else str(store.root)
        return
    name = PurePosixPath(place.partition("://")[2]).name
    if name in {"", ".", ".."}:
        raise InputError([Problem(said("storage.address-no-folder"), subject=f"'{place}'")])
    before = Path.cwd()
    with ScratchFolder() as home:
        folder = home.path / "inputs" / name
        folder.mkdir(parents=True)
        try:
            os.chdir(folder.parent)
            fetch(store, Path(name))
            # An id of a shipped plan would open that one.
            yield f"./{name}" if name in shipped_plans() else name
        finally:
            os.chdir(before)


def fetch(store: Store, folder: Path) -> None:
    """Fetch the files of a plan, the figures it names and the remarks beside them.

    Raises InputError.
    """
    try:
        names = [name for name in store.names() if name.endswith((".yaml", ".yml"))]
        if HEADER not in names:
            hint = said("plan.plan-folder-holds-yaml", file=HEADER)
            raise InputError(
                [Problem(said("plan.file-not-here", file=HEADER), store.place, hint=hint)]
            )
        for name in names:
            (folder / name).write_bytes(store.read(name))
        for figures in read_plan(folder, PLANS / AREAS).header.figures:
            folder_of = PurePosixPath(figures).parent
            beside = ((folder_of / name).as_posix() for name in (REMARKS, REMARKS_TEXT))
            for name in (figures, *beside):
                # One that is not there is told with the plan's problems.
                with contextlib.suppress(FileNotFoundError):
                    data = store.read(name)
                    path = folder / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
    except OSError as error:
        message = said("batch.plan-cannot-fetched", reason=system_reason(error))
        raise InputError([Problem(message, store.place)]) from None
