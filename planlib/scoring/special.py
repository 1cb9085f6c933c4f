"""scipy's special functions, loaded without all that stands around them.

As ``scipy.special`` is imported it describes each of its functions anew, and for that brings parts of
numpy that translate Fortran and run tests: a third of what pandas costs, for some functions of one
compiled module. So that module alone is loaded where the package is not there already. The functions
are the same; one that is written in Python, or any in a scipy of another make, comes of the package.
"""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

import scipy

PACKAGE, COMPILED = "scipy.special", "scipy.special._ufuncs"


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    found = globals()[name] = _function(name)
    return found


def load() -> None:
    """Load what is compiled now, in a process that warms up."""
    __getattr__("ndtr")


def trigamma(x: Any) -> Any:
    """``polygamma(1, x)``, which is written in Python, by what that calls."""
    zeta = getattr(_compiled(), "_zeta", None) if PACKAGE not in sys.modules else None
    return __getattr__("polygamma")(1, x) if zeta is None else zeta(2.0, x)


def _function(name: str) -> Any:
    if PACKAGE not in sys.modules:
        found = getattr(_compiled(), name, None)
        if found is not None:
            return found
    return getattr(importlib.import_module(PACKAGE), name)


def _compiled() -> ModuleType | None:
    """The compiled module; None where it does not load alone."""
    known = sys.modules.get(COMPILED)
    spec = PathFinder.find_spec(PACKAGE, scipy.__path__)
    if known is not None or spec is None:
        return known
    stand_in = ModuleType(PACKAGE)
    stand_in.__path__ = [*(spec.submodule_search_locations or ())]
    sys.modules[PACKAGE] = stand_in  # else Python would import the package first
    try:
        return importlib.import_module(COMPILED)
    except ImportError:
        return None
    finally:
        sys.modules.pop(PACKAGE, None)
