from django.urls import path

from search.views import CompletionsView, SearchView

app_name = "search"
urlpatterns = [
    path("", SearchView.as_view(), name="search"),
    path("forslag/", CompletionsView.as_view(), name="completions"),
]
