"""The database itself keeps the ledger true, whoever writes to it.

Guards on three tables, with the same names in both databases. Whatever would break one fails
with an integrity error whose text holds the guard's name; use cases check before and say why.
On SQLite, Django changes a column by building the table anew, which loses its guards: a later
migration that touches one of these tables drops them first and sets them up again.
"""

from django.db import migrations

WITHIN_GRANT = "posting_within_grant"
WITHIN_POT = "posting_within_pot"
WRITTEN_ONCE = "posting_written_once"

# What must hold of a grant's sums, and of a pot's, in the words of both databases.
GRANT_HOLDS = """
    used >= 0 AND returned >= 0 AND used + returned <= released AND released <= granted
"""
GRANT_SUMS = """
    SELECT
        {amount} + COALESCE(SUM(CASE WHEN kind = 'changed' THEN amount_minor END), 0) AS granted,
        COALESCE(SUM(CASE WHEN kind = 'released' THEN amount_minor END), 0) AS released,
        COALESCE(SUM(CASE WHEN kind = 'used' THEN amount_minor END), 0) AS used,
        COALESCE(SUM(CASE WHEN kind = 'returned' THEN amount_minor END), 0) AS returned
    FROM funding_posting WHERE grant_id = {grant}
"""
POT_SUM = "{amount} + COALESCE((SELECT SUM(amount_minor) FROM funding_posting WHERE pot_id = {pot}), 0)"
MEANING = ("grant_id", "pot_id", "kind", "amount_minor", "instalment_id", "at")

# --- SQLite: one writer at a time, so looking is enough --------------------------------------


def _sqlite():
    amount = "(SELECT amount_minor FROM funding_{0} WHERE id = {1})"
    of_row = GRANT_SUMS.format(amount=amount.format("grant", "NEW.grant_id"), grant="NEW.grant_id")
    of_grant = GRANT_SUMS.format(amount="NEW.amount_minor", grant="NEW.id")
    pot_of_row = POT_SUM.format(amount=amount.format("pot", "NEW.pot_id"), pot="NEW.pot_id")
    pot_itself = POT_SUM.format(amount="NEW.amount_minor", pot="NEW.id")
    grant_broken = "SELECT RAISE(ABORT, '{0}') FROM ({1}) WHERE NOT ({2})"
    pot_broken = "SELECT RAISE(ABORT, '{0}') WHERE {1} < 0"
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in MEANING)
    yield f"""
        CREATE TRIGGER funding_{WITHIN_GRANT} AFTER INSERT ON funding_posting
        WHEN NEW.grant_id IS NOT NULL
        BEGIN {grant_broken.format(WITHIN_GRANT, of_row, GRANT_HOLDS)}; END"""
    yield f"""
        CREATE TRIGGER funding_grant_{WITHIN_GRANT} AFTER UPDATE OF amount_minor ON funding_grant
        BEGIN {grant_broken.format(WITHIN_GRANT, of_grant, GRANT_HOLDS)}; END"""
    yield f"""
        CREATE TRIGGER funding_{WITHIN_POT} AFTER INSERT ON funding_posting
        WHEN NEW.pot_id IS NOT NULL
        BEGIN {pot_broken.format(WITHIN_POT, pot_of_row)}; END"""
    yield f"""
        CREATE TRIGGER funding_pot_{WITHIN_POT} AFTER UPDATE OF amount_minor ON funding_pot
        BEGIN {pot_broken.format(WITHIN_POT, pot_itself)}; END"""
    yield f"""
        CREATE TRIGGER funding_{WRITTEN_ONCE} BEFORE UPDATE ON funding_posting
        WHEN {changed}
        BEGIN SELECT RAISE(ABORT, '{WRITTEN_ONCE}'); END"""


# --- PostgreSQL: whoever writes about a grant or a pot holds its row until the end ------------

RAISE = "RAISE EXCEPTION '{0}' USING ERRCODE = 'check_violation', CONSTRAINT = '{0}'"


def _function(name, body):
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        {body}
        $$"""


def _postgresql():
    # The lock comes first: the sums are then read anew, with what the others have committed
    # (read committed: every statement of a volatile function has its own snapshot).
    lock = "SELECT amount_minor INTO decided FROM funding_{0} WHERE id = {1} FOR NO KEY UPDATE;"
    sums = GRANT_SUMS.format(amount="decided", grant="{0}")
    grant = """
        DECLARE decided bigint; sums record;
        BEGIN
            {lock}
            SELECT * INTO sums FROM ({sums}) AS of_grant;
            IF NOT (sums.used >= 0 AND sums.returned >= 0
                    AND sums.used + sums.returned <= sums.released
                    AND sums.released <= sums.granted) THEN
                {wrong};
            END IF;
            RETURN NULL;
        END"""
    pot = """
        DECLARE decided bigint;
        BEGIN
            {lock}
            IF {sum} < 0 THEN {wrong}; END IF;
            RETURN NULL;
        END"""
    for table, column in (("posting", "grant_id"), ("grant", "id")):
        where = f"NEW.{column}"
        body = grant.format(
            lock=lock.format("grant", where),
            sums=sums.format(where),
            wrong=RAISE.format(WITHIN_GRANT),
        )
        yield _function(f"funding_{table}_{WITHIN_GRANT}", body)
    for table, column in (("posting", "pot_id"), ("pot", "id")):
        where = f"NEW.{column}"
        body = pot.format(
            lock=lock.format("pot", where),
            sum=POT_SUM.format(amount="decided", pot=where),
            wrong=RAISE.format(WITHIN_POT),
        )
        yield _function(f"funding_{table}_{WITHIN_POT}", body)
    yield _function(
        f"funding_{WRITTEN_ONCE}", f"BEGIN {RAISE.format(WRITTEN_ONCE)}; RETURN NULL; END"
    )
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in MEANING)
    yield f"""
        CREATE TRIGGER funding_{WITHIN_GRANT} AFTER INSERT ON funding_posting FOR EACH ROW
        WHEN (NEW.grant_id IS NOT NULL)
        EXECUTE FUNCTION funding_posting_{WITHIN_GRANT}()"""
    yield f"""
        CREATE TRIGGER funding_grant_{WITHIN_GRANT} AFTER UPDATE OF amount_minor ON funding_grant
        FOR EACH ROW EXECUTE FUNCTION funding_grant_{WITHIN_GRANT}()"""
    yield f"""
        CREATE TRIGGER funding_{WITHIN_POT} AFTER INSERT ON funding_posting FOR EACH ROW
        WHEN (NEW.pot_id IS NOT NULL)
        EXECUTE FUNCTION funding_posting_{WITHIN_POT}()"""
    yield f"""
        CREATE TRIGGER funding_pot_{WITHIN_POT} AFTER UPDATE OF amount_minor ON funding_pot
        FOR EACH ROW EXECUTE FUNCTION funding_pot_{WITHIN_POT}()"""
    yield f"""
        CREATE TRIGGER funding_{WRITTEN_ONCE} BEFORE UPDATE ON funding_posting FOR EACH ROW
        WHEN ({changed})
        EXECUTE FUNCTION funding_{WRITTEN_ONCE}()"""


TRIGGERS = (
    (f"funding_{WITHIN_GRANT}", "funding_posting"),
    (f"funding_grant_{WITHIN_GRANT}", "funding_grant"),
    (f"funding_{WITHIN_POT}", "funding_posting"),
    (f"funding_pot_{WITHIN_POT}", "funding_pot"),
    (f"funding_{WRITTEN_ONCE}", "funding_posting"),
)
FUNCTIONS = (
    f"funding_posting_{WITHIN_GRANT}",
    f"funding_grant_{WITHIN_GRANT}",
    f"funding_posting_{WITHIN_POT}",
    f"funding_pot_{WITHIN_POT}",
    f"funding_{WRITTEN_ONCE}",
)


def set_guards(apps, schema_editor):
    made = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    with schema_editor.connection.cursor() as cursor:
        for statement in made():
            cursor.execute(statement)


def drop_guards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for trigger, table in TRIGGERS:
            cursor.execute(f"DROP TRIGGER {trigger}" + (f" ON {table}" if is_postgresql else ""))
        for name in FUNCTIONS if is_postgresql else ():
            cursor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_endorsements_end")]

    operations = [migrations.RunPython(set_guards, drop_guards)]
