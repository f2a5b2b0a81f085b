"""`manage.py demo`: a site to look at, with a made-up year's work in it."""

import os
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from assessments import demonstration
from assessments.duty.lifecycle import Role
from assessments.models import Assessment, Council, User

STEPS_A_LINE = 100


class Command(BaseCommand):
    """Migrates, loads the demonstration council unless it is there, and says how to sign in."""

    help = (
        "Sets up the database and loads the demonstration council. Safe to run again. "
        "Refuses on a database that holds real data."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="the port to print")

    def handle(self, *args: Any, port: str, **options: Any) -> None:
        try:
            self.load()
        except demonstration.RealData as found:
            raise CommandError(
                f"Nothing was loaded: this database holds {found}. The demonstration has accounts with a password "
                "that everybody knows, so it never goes beside real data. Set DATABASE_URL to another database."
            ) from found
        self.show_logins(port)

    def load(self) -> None:
        """Migrate and load, each only when it is needed."""
        if Council._meta.db_table in connection.introspection.table_names():
            demonstration.is_loaded()
        self.stdout.write("Setting up the database.")
        call_command("migrate", verbosity=0, interactive=False)
        if demonstration.is_loaded():
            self.stdout.write("The demonstration council is there already.")
            return
        self.stdout.write("Loading the demonstration council.")
        demonstration.load(self.show_progress)
        self.stdout.write(f"Loaded {Assessment.objects.count()} assessments.")

    def show_progress(self, done: int, total: int) -> None:
        if done % STEPS_A_LINE == 0:
            self.stdout.write(f"  {done} of {total} steps")

    def show_logins(self, port: str) -> None:
        """The address, and one account for each role."""
        self.stdout.write(f"\nThe site: http://127.0.0.1:{port}\n\nSign in as:")
        for role in Role:
            user = User.objects.filter(role=role).order_by("pk").first()
            if user is not None:
                self.stdout.write(f"  {role.label:<28} {user.email}")
        self.stdout.write(f"  Password for each of them    {demonstration.PASSWORD}\n")
