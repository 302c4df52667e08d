"""How fast is a content page? Measured as a pair with the health view, in one run, on this machine.

Run it with `make bench`; `make bench ARGS='--rounds 7 --connections 8'` passes options on to
pair_bench.py. A requests-per-second figure says little on a shared machine; the ratio says more.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "scripts"))

from portal import ROOT, running_portal  # noqa: E402 - found by the line above

RESULTS = ROOT / "bench-results"


def main():
    if not shutil.which("wrk"):
        raise SystemExit("wrk was not found. Install it: apt-get install wrk")
    RESULTS.mkdir(exist_ok=True)
    with running_portal(TINK_FEEDBACK_LIMITS="off") as address:
        return subprocess.run(
            [
                sys.executable,
                HERE / "pair_bench.py",
                f"halsa={address}/halsa/",
                f"verksamheten={address}/verksamheten/",
                "--json",
                RESULTS / "latest.json",
                *sys.argv[1:],
            ],
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
