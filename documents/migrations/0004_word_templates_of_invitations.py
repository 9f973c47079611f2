from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_signatures_and_offline_keys"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="wordtemplate",
            name="word_template_of_a_known_kind",
        ),
        migrations.AddConstraint(
            model_name="wordtemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["decision", "submission", "minutes", "list", "invitation"])),
                name="word_template_of_a_known_kind",
            ),
        ),
    ]
