"""Every address says who may come in: its view carries the mark of ``@access(...)``."""

from idesluss.web.frame.access import Access
from tests.architecture.addresses import addresses, is_ours

# Views that are not ours, by the package they come from, and what guards them instead.
NOT_OURS = {
    "allauth": "guards its own pages; signing in and out must be open",
    "django.views.i18n": "choosing a language is open to everybody",
}


def is_excepted(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in NOT_OURS)


def test_every_view_of_ours_states_its_access():
    silent = [
        address.pattern
        for address in addresses()
        if is_ours(address.view) and not isinstance(getattr(address.view, "access", None), Access)
    ]
    assert silent == []


def test_every_other_view_is_known():
    strangers = [
        (address.pattern, address.view.__module__)
        for address in addresses()
        if not is_ours(address.view) and not is_excepted(address.view.__module__)
    ]
    assert strangers == []


def test_every_address_of_ours_has_a_name():
    """Templates and tests find pages by name; an address without one cannot be found."""
    nameless = [a.pattern for a in addresses() if is_ours(a.view) and a.name.endswith("/")]
    assert nameless == []
