"""No stored file outlives the row that spoke of it."""

from django.db import transaction


def forget_files(storage, names):
    """Delete files that no row speaks of any longer, once what happened to the row is certain."""

    def delete():
        for name in names:
            storage.delete(name)

    transaction.on_commit(delete)
