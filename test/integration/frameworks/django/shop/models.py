from django.contrib.postgres.fields import ArrayField
from django.db import models


class Tenant(models.Model):
    name = models.CharField(max_length=80, unique=True)
    tags = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="tenant_is_named")]
