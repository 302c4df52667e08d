from django import template
from django.core.paginator import Paginator

from news.models import NewsItem

PER_PAGE = 20
register = template.Library()


@register.simple_tag(takes_context=True)
def news_archive(context):
    """The page of the archive that ``?sida=`` names; the first or last for anything else."""
    news = NewsItem.objects.published().newest_first()
    return Paginator(news, PER_PAGE).get_page(context["request"].GET.get("sida"))


@register.simple_tag
def latest_news(count):
    return NewsItem.objects.published().newest_first()[:count]
