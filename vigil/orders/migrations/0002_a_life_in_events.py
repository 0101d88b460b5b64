"""An order may begin as a draft, and more may happen to it: columns, no constraint yet."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="regime",
            field=models.CharField(default="in_force", max_length=20),
        ),
        migrations.AddField(
            model_name="order",
            name="applicant",
            field=models.CharField(blank=True, default="", max_length=30),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="order", name="made_on", field=models.DateField(null=True)
        ),
        migrations.RenameField(
            model_name="orderevent", old_name="sets_terms", new_name="sets_clauses"
        ),
        migrations.AddField(
            model_name="orderevent",
            name="sets_last_day",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="orderevent",
            name="rank",
            field=models.CharField(blank=True, default="", max_length=30),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="orderevent",
            name="court",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="orderevent",
            name="hearing_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="orderevent",
            name="until_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="LinkedOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
            ],
        ),
    ]
