"""Addresses inside the admin. ``admin_urls(gate)``: ``gate`` is the admin site's own ``admin_view``."""

from django.urls import path

from accounts import views


def admin_urls(gate):
    before_the_gate = [
        ("tva-steg/", views.second_step_view, "second_step"),
        ("tva-steg/stall-in/", views.set_up_app_view, "set_up_app"),
        ("tva-steg/sparat/", views.codes_saved_view, "codes_saved"),
    ]
    behind_it = [
        ("sakerhet/", views.security_view, "security"),
        ("sakerhet/nya-koder/", views.new_codes_view, "new_codes"),
        ("sakerhet/byt-app/", views.replace_app_view, "replace_app"),
        ("sakerhet/logga-ut-overallt/", views.log_out_everywhere_view, "log_out_everywhere"),
        ("fortsatt/", views.go_on_view, "go_on"),
        ("osparat/", views.unsaved_view, "unsaved"),
        ("sparrar/", views.locks_view, "locks"),
    ]
    return [
        *(path(address, view, name=name) for address, view, name in before_the_gate),
        *(path(address, gate(view), name=name) for address, view, name in behind_it),
    ]
