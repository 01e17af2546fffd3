"""Every write to organisations, people, roles and bodies; one file per small family."""

from idesluss.people.usecases.adding import (
    Row,
    add_people,
    add_person,
    read_rows,
)
from idesluss.people.usecases.appointments import (
    accept_invitation,
    appoint,
    decline_invitation,
    deputise,
    end_appointment,
)
from idesluss.people.usecases.bodies import (
    add_body,
    archive_body,
    change_body,
    check_body,
    give_chair,
    move_seat,
    read_members,
    restore_body,
    seat,
    unseat,
)
from idesluss.people.usecases.installing import (
    add_organisation,
    check_link,
    first_link,
    installer_link,
    redeem,
)
from idesluss.people.usecases.organisations import (
    Facts,
    archive_organisation,
    change_organisation,
    restore_organisation,
)
from idesluss.people.usecases.own import (
    address_link,
    ask_address,
    change_address,
    change_own,
    correct_person,
    note_passkey,
    read_address_link,
)
from idesluss.people.usecases.remind import remind
from idesluss.people.usecases.told import (
    choose_mail,
    give_calendar_key,
    mail_off_link,
    read_mail_off_link,
    take_calendar_key,
    turn_mail_off,
)
from idesluss.people.usecases.units import (
    add_units,
    archive_unit,
    rename_unit,
    restore_unit,
)

__all__ = [
    "Facts",
    "Row",
    "accept_invitation",
    "add_body",
    "add_organisation",
    "add_people",
    "add_person",
    "add_units",
    "address_link",
    "appoint",
    "archive_body",
    "archive_organisation",
    "archive_unit",
    "ask_address",
    "change_address",
    "change_body",
    "change_organisation",
    "change_own",
    "check_body",
    "check_link",
    "choose_mail",
    "correct_person",
    "decline_invitation",
    "deputise",
    "end_appointment",
    "first_link",
    "give_calendar_key",
    "give_chair",
    "installer_link",
    "mail_off_link",
    "move_seat",
    "note_passkey",
    "read_address_link",
    "read_mail_off_link",
    "read_members",
    "read_rows",
    "redeem",
    "remind",
    "rename_unit",
    "restore_body",
    "restore_organisation",
    "restore_unit",
    "seat",
    "take_calendar_key",
    "turn_mail_off",
    "unseat",
]
