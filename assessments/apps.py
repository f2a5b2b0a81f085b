"""The one app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessments of due regard, from the first draft to the audit."""

    name = "assessments"
    verbose_name = "Equality impact assessments"
