"""Every address of the service; each room of the web says its own.

Fixed first words (``account``, ``accessibility`` …) stand before ``<org>``, the organisation's
slug, which takes any other first word.
"""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    *([path("", include("idesluss.web.demo.urls"))] if settings.DEMO else []),
    path("account/", include("idesluss.web.people.account_urls")),
    path("", include("idesluss.web.people.urls")),
    path("", include("idesluss.web.frame.urls")),
    path("", include("idesluss.web.insight.urls")),
    path("", include("idesluss.web.records.urls")),
    path("", include("idesluss.web.ideas.urls")),  # "follow/" before "<org>/"
    path("", include("idesluss.web.programmes.urls")),
    path("", include("idesluss.web.funding.urls")),
    path("", include("idesluss.web.assessment.urls")),
    path("", include("idesluss.web.pilots.urls")),
]

handler400 = "idesluss.web.frame.errors.bad_request"
handler403 = "idesluss.web.frame.errors.forbidden"
handler404 = "idesluss.web.frame.errors.not_found"
handler500 = "idesluss.web.frame.errors.server_error"
