"""The council and its parts, as its administrator configures them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from assessments.duty.act import Characteristic
from assessments.duty.disclosure import LOWEST_THRESHOLD
from assessments.duty.rulesets import Nation, RuleSet, rule_set

TOO_LOW = f"Enter {LOWEST_THRESHOLD} or more. “Fewer than {LOWEST_THRESHOLD - 1}” would tell everybody that it is 1."


class Council(models.Model):
    """The one council that this site serves."""

    name = models.CharField(max_length=200)
    nation = models.CharField(
        max_length=10,
        choices=[(each.value, each.label) for each in Nation],
        default=Nation.ENGLAND.value,
        help_text="Decides which rules apply to new assessments. Northern Ireland has another law and is not covered.",
    )
    adopts_socio_economic_duty = models.BooleanField(
        "looks at socio-economic disadvantage as if section 1 applied",
        default=False,
        help_text="For England, where section 1 of the Act is not in force. It always applies in Wales and Scotland.",
    )
    address = models.TextField(blank=True)
    phone = models.CharField("telephone", max_length=40, blank=True)
    email = models.EmailField("e-mail for equality matters", blank=True)
    website = models.URLField(blank=True)
    data_protection_email = models.EmailField("e-mail of the data protection officer", blank=True)
    retention_years = models.PositiveSmallIntegerField(
        default=6, help_text="Years to keep an assessment after the policy has ended."
    )
    small_number = models.PositiveSmallIntegerField(
        "suppress counts under",
        default=5,
        validators=[MinValueValidator(LOWEST_THRESHOLD, TOO_LOW), MaxValueValidator(100)],
        help_text=f"{LOWEST_THRESHOLD} or more.",
    )
    small_number_sensitive = models.PositiveSmallIntegerField(
        "suppress sensitive counts under",
        default=10,
        validators=[MinValueValidator(LOWEST_THRESHOLD, TOO_LOW), MaxValueValidator(100)],
        help_text="For gender reassignment, sexual orientation and single wards.",
    )
    rounding = models.PositiveSmallIntegerField(
        "round counts of service users",
        default=0,
        choices=[(0, "Do not round"), (5, "To the nearest 5"), (10, "To the nearest 10")],
        help_text="Rounded numbers may not add up. Fewer others have to be hidden with the small ones.",
    )
    evidence_years = models.PositiveSmallIntegerField(
        "evidence is old after", default=3, help_text="Years after which a source is flagged as old."
    )
    check_days = models.PositiveSmallIntegerField(
        "working days for a check",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="The equality lead’s target.",
    )
    link_days = models.PositiveSmallIntegerField(
        "days a decision-maker’s link works",
        default=21,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text="Decision-makers get a personal link to the assessment. It stops working after this many days.",
    )
    information_published = models.DateField(
        "equality information published on",
        null=True,
        blank=True,
        help_text="When the council last published its equality information. It is due every year.",
    )
    objectives_published = models.DateField(
        "equality objectives published on",
        null=True,
        blank=True,
        help_text="When the council last published its equality objectives. They are due every four years.",
    )
    is_example = models.BooleanField(
        "demonstration", default=False, help_text="Says on every page that the data are for demonstration."
    )

    class Meta:
        verbose_name_plural = "council"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_council")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise ValidationError for rounding that would show small numbers of people as none."""
        if self.rounding > 2 * self.small_number:
            raise ValidationError({"rounding": f"Choose {2 * self.small_number} or less, or suppress larger counts."})

    @classmethod
    def current(cls) -> "Council":
        """The council; before one is configured, an unsaved one with the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, name="Your council")

    @property
    def rules(self) -> RuleSet:
        """The rule set that a new assessment is started under."""
        return rule_set(Nation(self.nation), self.adopts_socio_economic_duty)


class Contact(models.Model):
    """Somewhere people can turn: a team, a way to report, something to read."""

    class Kind(models.TextChoices):
        TEAM = "team", "A team that can help"
        REPORT = "report", "Where to report something"
        READING = "reading", "Something to read"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    purpose = models.TextField(blank=True)
    address = models.TextField(blank=True)
    phone = models.CharField("telephone", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    url = models.URLField("web address", blank=True)
    is_for_good_relations = models.BooleanField(
        "show beside limb (c)", default=False, help_text="Show beside the questions about good relations."
    )

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class Directorate(models.Model):
    """A part of the council with its own director."""

    name = models.CharField(max_length=200, unique=True)
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A service in a directorate. An officer belongs to one."""

    name = models.CharField(max_length=200)
    directorate = models.ForeignKey(Directorate, models.PROTECT, related_name="services")
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["directorate", "name"], name="service_once_a_directorate")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def in_use(cls) -> models.QuerySet["Service"]:
        """The services that can be chosen: in use, in a directorate that is in use."""
        return cls.objects.filter(is_active=True, directorate__is_active=True)


class Ward(models.Model):
    """An electoral ward, with its official code where it is known."""

    name = models.CharField(max_length=200, unique=True)
    code = models.CharField("official code", max_length=9, blank=True)
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def in_use(cls) -> models.QuerySet["Ward"]:
        """The wards that can be chosen."""
        return cls.objects.filter(is_active=True)


class LocalCharacteristic(models.Model):
    """A characteristic that the council adopted beside the Act's: never part of section 149."""

    slug = models.SlugField(unique=True, help_text="Short name in addresses; do not change it later.")
    name = models.CharField(max_length=100)
    help_text = models.CharField("who is meant", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def as_characteristic(self) -> Characteristic:
        """The same as the duty knows it."""
        return Characteristic(self.slug, self.name, definition="", help_text=self.help_text)
