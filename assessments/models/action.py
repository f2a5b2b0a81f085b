"""What the council said it would do."""

from django.db import models


class Action(models.Model):
    """One action of an assessment. `key` is the item's own, so that a later save finds the same action again."""

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="actions")
    key = models.CharField(max_length=36)
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=300, blank=True)
    due = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["assessment", "key"], name="action_once_an_assessment")]
        indexes = [models.Index(fields=["due"], name="action_due")]

    def __str__(self) -> str:
        return self.what
