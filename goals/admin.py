from django.contrib import admin

from goals.models import Award, Goal


@admin.register(Goal)
class GoalAdmin(admin.ModelAdmin):
    list_display = ["text", "order"]
    list_filter = ["areas"]
    search_fields = ["text"]
    autocomplete_fields = ["areas"]


@admin.register(Award)
class AwardAdmin(admin.ModelAdmin):
    list_display = ["title", "year", "kind", "giver"]
    list_filter = ["kind", "year"]
    search_fields = ["title", "giver", "note"]
    fields = ["title", "year", "kind", "giver", "note", "order"]
