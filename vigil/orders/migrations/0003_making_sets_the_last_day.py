"""Whatever set terms before now set both: the clauses and the last day."""

from django.db import migrations


def fill(apps, _schema_editor):
    events = apps.get_model("orders", "OrderEvent").objects
    events.filter(sets_clauses=True).update(sets_last_day=True)


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_a_life_in_events")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
