import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField(
            "Tenant", "tags", django.contrib.postgres.fields.ArrayField(models.TextField(), default=list)
        ),
        migrations.AddConstraint(
            "Tenant", models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="tenant_is_named")
        ),
    ]
