"""What the search finds, as the pages themselves."""

from search.engine import search as find
from search.index import rebuild
from search.models import SearchEntry


def search(query):
    """The pages that answer ``query``, best first, with an index made of what there is."""
    rebuild()
    keys = find(query).keys
    entries = SearchEntry.objects.in_bulk(keys)
    return [
        entries[key].content_type.get_object_for_this_type(pk=entries[key].object_id)
        for key in keys
    ]
