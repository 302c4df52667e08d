from django.urls import path, register_converter

from news.views import NewsItemView


class FourDigitYear:
    regex = "[12][0-9]{3}"
    to_python = int
    to_url = str


register_converter(FourDigitYear, "year")

app_name = "news"
urlpatterns = [path("<year:year>/<slug:slug>/", NewsItemView.as_view(), name="item")]
