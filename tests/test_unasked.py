"""Parts of other packages that nobody asks for are not loaded, and are what they are when somebody asks."""

import subprocess
import sys

from jaryq.base.unasked import BESIDE_PYOMO, without

MADE = """
import sys
from jaryq.formulation import assemble
from jaryq.solve import compile
assert "pyomo.environ" in sys.modules
print([name for name in {names} if name in sys.modules])
import scipy.integrate, scipy.stats, scipy.spatial
print(scipy.stats.norm.cdf(0.0), scipy.spatial.distance.euclidean([0, 0], [3, 4]))
"""


def test_pyomo_is_loaded_without_statistics_which_can_be_loaded_later():
    done = subprocess.run([sys.executable, "-c", MADE.format(names=BESIDE_PYOMO)], capture_output=True, text=True,
                          check=True)
    assert done.stdout.splitlines() == ["[]", "0.5 5.0"]


def test_what_is_loaded_already_stays():
    import json.tool

    with without(("json.tool", "json.nothing")):
        assert sys.modules["json.tool"] is json.tool
        assert "json.nothing" in sys.modules
    assert sys.modules["json.tool"] is json.tool
    assert "json.nothing" not in sys.modules
