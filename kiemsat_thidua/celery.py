"""Celery is only the doorbell: the table of jobs (core.models.Job) is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemsat_thidua.settings")

app = Celery("kiemsat_thidua")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
