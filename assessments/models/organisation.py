"""The council and its parts, as its administrator configures them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from assessments.duty.act import Characteristic


class Council(models.Model):
    """The one council that this site serves."""

    class Nation(models.TextChoices):
        ENGLAND = "england", "England"
        WALES = "wales", "Wales"
        SCOTLAND = "scotland", "Scotland"

    name = models.CharField(max_length=200)
    nation = models.CharField(
        max_length=10,
        choices=Nation,
        default=Nation.ENGLAND,
        help_text="Decides which rules apply to new assessments. Northern Ireland has another law and is not covered.",
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
        "suppress counts under", default=5, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    small_number_sensitive = models.PositiveSmallIntegerField(
        "suppress sensitive counts under",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="For gender reassignment, sexual orientation and single wards.",
    )
    evidence_years = models.PositiveSmallIntegerField(
        "evidence is old after", default=3, help_text="Years after which a source is flagged as old."
    )
    check_days = models.PositiveSmallIntegerField(
        "working days for a check", default=10, help_text="The equality lead’s target."
    )
    is_example = models.BooleanField(
        "demonstration", default=False, help_text="Says on every page that the data are for demonstration."
    )

    class Meta:
        verbose_name_plural = "council"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_council")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Council":
        """The council; before one is configured, an unsaved one with the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, name="Your council")


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
