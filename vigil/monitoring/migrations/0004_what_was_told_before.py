"""What was told under release 1 becomes a notification of its own; a lapse taken back says which."""

from django.db import migrations

TOLD = ["met", "told_late"]


def keep_what_was_told(apps, _schema_editor):
    event_model = apps.get_model("monitoring", "DutyEvent")
    notification = apps.get_model("monitoring", "Notification")
    told = event_model.objects.filter(kind__in=TOLD).select_related("duty").order_by("id")
    notification.objects.bulk_create(
        [
            notification(
                person_id=event.duty.person_id,
                agency_id=event.duty.agency_id,
                what=event.duty.kind,
                told_at=event.at,
                recorded_at=event.recorded_at,
                items=event.duty.items,
                how=event.how,
                taken_by=event.by,
                accepted_by=event.by,
                proof=event.proof,
            )
            for event in told
        ],
        batch_size=1000,
    )
    for event in event_model.objects.filter(kind="lapse_withdrawn").order_by("id"):
        lapse = event_model.objects.filter(duty=event.duty_id, kind="lapsed").first()
        event_model.objects.filter(pk=event.pk).update(undoes=lapse)


def forget(apps, _schema_editor):
    apps.get_model("monitoring", "DutyEvent").objects.update(undoes=None)
    apps.get_model("monitoring", "Notification").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_duties_of_every_regime")]

    operations = [migrations.RunPython(keep_what_was_told, forget)]
