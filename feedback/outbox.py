"""Put a finished text in the outbox. Every mail of this room goes this way, never straight to post_office."""

from django.conf import settings
from post_office import mail


def queue_mail(recipient, subject, message):
    """Store one mail for ``send_queued_mail``, in the caller's transaction.

    django-post-office runs subject and message as Django templates. Page titles and answers are people's
    words, so they go in as values: ``{{ x }}`` or ``{% x %}`` in them is sent as it was written.
    """
    return mail.send(
        recipient,
        settings.DEFAULT_FROM_EMAIL,
        subject="{% autoescape off %}{{ subject }}{% endautoescape %}",
        message="{% autoescape off %}{{ message }}{% endautoescape %}",
        context={"subject": subject, "message": message},
    )
