"""Addresses of the app."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from assessments.views import assessment, home, register, report
from assessments.wizard import AssessmentWizard

wizard = AssessmentWizard.as_view(url_name="page", done_step_name="check")

urlpatterns = [
    path("", home.home, name="home"),
    path("start/", home.start, name="start"),
    path("register/", register.page, name="register"),
    path("register.csv", register.as_csv, name="register-csv"),
    path("contacts/", home.contacts, name="contacts"),
    path("assessments/<slug:reference>/", assessment.overview, name="assessment"),
    path("assessments/<slug:reference>/pages/<slug:step>/", wizard, name="page"),
    path("assessments/<slug:reference>/check/", assessment.check, name="check"),
    path("assessments/<slug:reference>/moves/<slug:name>/", assessment.move, name="move"),
    path("assessments/<slug:reference>/people/", assessment.people, name="people"),
    path("assessments/<slug:reference>/people/<int:pk>/remove/", assessment.unshare, name="unshare"),
    path("assessments/<slug:reference>/report/", report.html, name="report"),
    path("assessments/<slug:reference>/report.pdf", report.pdf, name="report-pdf"),
    path("assessments/<slug:reference>/report.pdf/retry/", report.retry, name="report-pdf-retry"),
    path("assessments/<slug:reference>/versions/<int:number>/", report.html, name="version"),
    path("assessments/<slug:reference>/versions/<int:number>/report.pdf", report.pdf, name="version-pdf"),
    path(
        "assessments/<slug:reference>/versions/<int:number>/report.pdf/retry/", report.retry, name="version-pdf-retry"
    ),
    path("assessments/<slug:reference>/answers.json", report.as_json, name="answers-json"),
    path("assessments/<slug:reference>/answers.csv", report.as_csv, name="answers-csv"),
    path("accessibility/", home.page, {"template": "pages/accessibility.html"}, name="accessibility"),
    path("privacy/", home.page, {"template": "pages/privacy.html"}, name="privacy"),
    path("cookies/", home.page, {"template": "pages/cookies.html"}, name="cookies"),
    path("healthz", home.healthz, name="healthz"),
    path("accounts/", include("django.contrib.auth.urls")),
    # One way to sign in: the admin's own page would be a second.
    path("setup/login/", login_not_required(RedirectView.as_view(pattern_name="login", query_string=True))),
    path("setup/", admin.site.urls),
]
