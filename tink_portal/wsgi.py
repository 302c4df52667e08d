"""The WSGI entry point: granian, gunicorn or any other WSGI server runs ``application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tink_portal.settings")

application = get_wsgi_application()
