"""What an assessment found, in a form that can be counted."""

from django.db import models

from assessments.duty.questionnaire import IMPACTS, RESIDUAL, SCALE


class Impact(models.Model):
    """One impact in one cell of the matrix. `limb` is empty for a locally adopted characteristic."""

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="impacts")
    characteristic = models.CharField(max_length=50)
    limb = models.CharField(max_length=10, blank=True)
    impact = models.CharField(max_length=10, choices=[(each.value, each.label) for each in IMPACTS])
    severity = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in SCALE])
    residual = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in RESIDUAL])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "characteristic", "limb", "impact"], name="impact_once_a_cell"
            )
        ]
        indexes = [models.Index(fields=["characteristic", "impact"], name="impact_characteristic")]

    def __str__(self) -> str:
        return f"{self.characteristic} {self.limb} {self.impact}"
