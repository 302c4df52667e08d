from django.contrib import admin
from django.urls import path

from tasks import views

app_name = "tasks"
urlpatterns = [
    path(address, admin.site.admin_view(view), name=name)
    for address, view, name in [
        ("uppgifter/<slug:slug>/", views.group, "group"),
        ("planerat/", views.planned, "planned"),
        ("overlamning/", views.handover, "handover"),
        ("mejl/", views.mail, "mail"),
    ]
]
