"""The WSGI application that granian (or any other server) runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from digna.web.whole import whole_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digna.config.settings.dev")
application = whole_requests(get_wsgi_application())

# What was loaded stays for ever: the collector need not walk it at every page. With Django's
# templates making many small objects, fewer and later collections shorten the slowest answers.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
