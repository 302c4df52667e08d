from django.urls import path

from activities.views import ActivityView, GoalAreaView

app_name = "activities"
urlpatterns = [
    path("verksamhetsomraden/<slug:slug>/", GoalAreaView.as_view(), name="area"),
    path("aktiviteter/<slug:slug>/", ActivityView.as_view(), name="activity"),
]
