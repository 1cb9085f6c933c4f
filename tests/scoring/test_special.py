"""Special functions are scipy's own, whether or not its package is loaded around them."""

from __future__ import annotations

import subprocess
import sys

ALONE = """
import sys
import numpy as np
from planlib.scoring import special

names = ("ndtr", "ndtri", "stdtr", "stdtrit", "gammaln", "psi", "betainc", "betaincc", "nbdtrik", "chdtrc")
alone = {name: getattr(special, name) for name in names}
x = np.concatenate([np.linspace(0.25, 50, 2001), [0.0, 1e-300, np.inf, np.nan]])
told = special.trigamma(x)
assert "scipy.special" not in sys.modules, "the package is loaded"
import scipy.special

assert scipy.special.ndtr(0) == 0.5
assert all(getattr(scipy.special, name) is one for name, one in alone.items())
assert told.tobytes() == scipy.special.polygamma(1, x).tobytes()
assert special.trigamma(x).tobytes() == told.tobytes()
assert special.polygamma is scipy.special.polygamma
"""
PACKAGE_FIRST = """
import scipy.special
from planlib.scoring import special

assert special.ndtr is scipy.special.ndtr
assert special.trigamma(3.0) == scipy.special.polygamma(1, 3.0)
"""
WRITTEN_IN_PYTHON = """
from planlib.scoring import special

assert special.polygamma(1, 1.0) > 1.6
import scipy.special

assert special.polygamma is scipy.special.polygamma
"""


def test_the_functions_are_scipy_s() -> None:
    for code in (ALONE, PACKAGE_FIRST, WRITTEN_IN_PYTHON):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
