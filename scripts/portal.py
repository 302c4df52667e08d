"""A portal of one's own for a tool: real server, fresh data, a free port, gone afterwards.

Used by scripts/shots.py, scripts/handbook_pictures.py, bench/run.py and the browser tests.
"""

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _stop(process):
    """End the server and what it started; its process group is ours alone."""
    for sign, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            return


def own_environment(**own):
    """The environment with ``own`` in it, never the settings of some installation."""
    mine = {"DATABASE_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG"}
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in mine and not name.startswith("TINK_")
    }
    return inherited | own


def manage(*command, **environment):
    """Run a manage.py command on the portal of ``environment``."""
    subprocess.run(
        [ROOT / "scripts" / "run", "manage", *command],
        env=own_environment(**environment),
        check=True,
        capture_output=True,
    )


def create_account(username, password, **environment):
    """A technician's account with a known password, made before the portal would make one by chance."""
    manage("migrate", "--verbosity=0", **environment)
    manage(
        *("createsuperuser", "--noinput", f"--username={username}", "--email="),
        DJANGO_SUPERUSER_PASSWORD=password,
        **environment,
    )


@contextlib.contextmanager
def running_portal(patience=180, **environment):
    """Start the portal as `make run` does and give its address, such as http://127.0.0.1:43215."""
    port = free_port()
    own = {"PORT": str(port), "TINK_SITE_URL": f"http://127.0.0.1:{port}"}
    with tempfile.TemporaryDirectory(prefix="tink-portal-") as data:
        log = Path(data) / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [ROOT / "scripts" / "run"],
                cwd=ROOT,
                env=own_environment(**own | {"TINK_DATA_DIR": data} | environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + patience
            while not _answers(address + "/"):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"The portal did not start:\n{log.read_text()[-4000:]}")
                time.sleep(0.3)
            yield address
        finally:
            _stop(process)
