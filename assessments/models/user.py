"""People who sign in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from assessments.duty.lifecycle import Role


class UserManager(BaseUserManager["User"]):
    """Makes users known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user; without a password nobody can sign in as them until they reset it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator: for `manage.py createsuperuser` on a new machine."""
        return self.create_user(email, password, role=Role.ADMINISTRATOR, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """E-mail addresses are the same in capitals."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person with one role, in one service."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField("full name", max_length=200)
    role = models.CharField(
        max_length=20, choices=[(role.value, role.label) for role in Role], default=Role.OFFICER.value
    )
    service = models.ForeignKey(
        "Service",
        models.PROTECT,
        null=True,
        blank=True,
        help_text="Officers and approvers see the drafts of their own service.",
    )
    is_active = models.BooleanField("can sign in", default=True)
    created_at = models.DateTimeField("added", auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """E-mail addresses are the same in capitals, and are kept without."""
        return super().normalize_username(username).lower()

    @property
    def role_label(self) -> str:
        """The role as people say it."""
        return Role(self.role).label

    @property
    def is_administrator(self) -> bool:
        """Whether the person configures the site."""
        return self.is_active and self.role == Role.ADMINISTRATOR

    # Django's admin asks these three. It configures the council and its people, and holds no assessments.

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets the person in."""
        return self.is_administrator

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Administrators may do all that the admin offers; others nothing."""
        return self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        """As `has_perm`."""
        return self.is_administrator
