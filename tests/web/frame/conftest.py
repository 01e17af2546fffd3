import copy

import pytest
from django.test import Client

from tests.factories import PersonFactory
from tests.web.frame import pages

NEED = """{% extends "frame/base.html" %}
{% block title %}Need{% endblock %}{% block heading %}Need{% endblock %}{% block content %}
<form method="post">{% csrf_token %}{{ form }}{{ lines }}{{ other }}</form>{% endblock %}"""
MOMENT = """{% extends "frame/base.html" %}{% load frame %}
{% block content %}[{{ request.at|localdatetime:organisation }}]{% endblock %}"""


@pytest.fixture
def own_pages(settings, tmp_path):
    """The pages of tests/web/frame/pages.py, in the real frame."""
    settings.ROOT_URLCONF = "tests.web.frame.pages"
    (tmp_path / "need.html").write_text(NEED)
    (tmp_path / "moment.html").write_text(MOMENT)
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], tmp_path]
    settings.TEMPLATES = templates
    pages.SAVED.clear()
    return pages


@pytest.fixture
def anna(db):
    return PersonFactory(name="Anna Åkesson")


@pytest.fixture
def browser(db, own_pages):
    return Client(headers={"Accept-Language": "en"})
