"""What `make run` starts: from an empty folder to a served portal, and again without losing anything."""

import secrets
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command

from tink_portal.models import LoadedItem

STAFF_NAME = "redaktion"


class Command(BaseCommand):
    """Prepare the database, the files and the first account, then serve with granian and send the mail."""

    help = "Startar webbplatsen på den här datorn, med databas, innehåll och ett första konto."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args, host, port, workers, **options):
        require_free_port(host, port)
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not LoadedItem.objects.exists():
            self.stdout.write("Läser in webbplatsens innehåll …")
            call_command("load_portal", stdout=self.stdout)
        self.create_first_account(f"http://{host}:{port}/admin/")
        self.stdout.write(f"Webbplatsen: http://{host}:{port}/  (stoppa med Ctrl+C)")
        self.stdout.flush()
        run_together(serving(host, port, workers), [sys.executable, "manage.py", "timer_loop"])

    def create_first_account(self, address):
        """A staff account with a random password, shown once; nothing when an account exists."""
        users = get_user_model()
        if users.objects.exists():
            return
        password = secrets.token_urlsafe(12)
        users.objects.create_superuser(STAFF_NAME, password=password)
        self.stdout.write(
            "\nEtt konto för redaktionen är skapat. Lösenordet visas bara nu.\n"
            f"  Adress:        {address}\n"
            f"  Användarnamn:  {STAFF_NAME}\n"
            f"  Lösenord:      {password}\n"
        )


def require_free_port(host, port):
    """Stop with a clear sentence when something else answers on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} används redan av ett annat program. "
                f"Välj en annan, till exempel: make run PORT={port + 1}"
            ) from error


def serving(host, port, workers):
    return [
        *(sys.executable, "-m", "granian", "tink_portal.wsgi:application", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", "4", "--no-access-log", "--log-level", "warning"),
        *("--workers-kill-timeout", "3s"),
    ]


def run_together(server, helper):
    """Run both until the server stops or we are told to stop; then stop both."""
    asked_to_stop = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, frame: asked_to_stop.append(number))
    helper_process = subprocess.Popen(helper, cwd=settings.BASE_DIR)
    server_process = subprocess.Popen(server, cwd=settings.BASE_DIR)
    while server_process.poll() is None and not asked_to_stop:
        time.sleep(0.2)
    if signal.SIGINT in asked_to_stop:
        # Ctrl+C in a terminal has reached the server too; a second signal makes granian hang.
        wait_for(server_process)
    for process in (server_process, helper_process):
        process.terminate()
        if not wait_for(process):
            process.kill()
    if server_process.returncode and not asked_to_stop:
        raise CommandError(f"Servern stannade med kod {server_process.returncode}.")


def wait_for(process, seconds=5):
    """Whether the process ended within the time."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
