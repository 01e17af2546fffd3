"""What a person sees when something goes wrong."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.test import RequestFactory, override_settings

from idesluss.web.frame import errors

pytestmark = pytest.mark.django_db


def shown(view, request, *args):
    answer = view(request, *args)
    return answer.status_code, answer.content.decode()


@pytest.fixture
def request_of(browser):
    return browser.get("/test/done/").wsgi_request


def test_each_fault_has_its_words(request_of):
    pages = {
        "We could not read what was sent": (errors.bad_request, SuspiciousOperation(), 400),
        "That was too much at once": (errors.bad_request, RequestDataTooBig(), 413),
        "You may not do this": (errors.forbidden, PermissionDenied(), 403),
    }
    for words, (view, fault, status) in pages.items():
        code, html = shown(view, request_of, fault)
        assert code == status
        assert f"<h1>{words}</h1>" in html
        assert "Go to the start page" in html


def test_a_page_that_is_not_there_offers_sign_in_and_a_way_home(browser):
    answer = browser.get("/nowhere/at/all/?a=1")

    assert answer.status_code == 404
    assert 'href="/account/sign-in/?next=%2Fnowhere%2Fat%2Fall%2F%3Fa%3D1"' in answer.text


def test_too_many_fields_are_told_as_too_much(browser, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    answer = browser.post("/test/need/", {"a": "1", "b": "2", "c": "3"})

    assert answer.status_code == 413
    assert "That was too much at once" in answer.text


def test_a_fault_of_ours_is_told_without_asking_anything(
    browser, django_assert_num_queries, settings
):
    browser.raise_request_exception = False
    with django_assert_num_queries(0):
        answer = browser.get("/test/fault/")

    assert answer.status_code == 500
    assert "The fault is ours" in answer.text


def test_an_address_that_only_takes_forms_explains_itself(browser, anna):
    browser.force_login(anna)
    answer = browser.get("/test/submit/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This address only takes what a form sends." in answer.text


@override_settings(ROOT_URLCONF="tests.web.frame.pages")
def test_the_page_for_faults_stands_when_the_request_is_bare():
    code, html = shown(errors.server_error, RequestFactory().get("/"))
    assert code == 500
    assert "The fault is ours" in html
