"""`python -m benchmarks.export`: streams the register as CSV in a fresh process and prints what that took, as JSON."""

import json
import time

import django

from benchmarks.memory import own_peak


def main() -> None:
    django.setup()

    from django.urls import reverse

    from assessments.models import User
    from benchmarks.pages import visitor

    client = visitor(User.objects.filter(role="administrator").earliest("pk"))
    address = reverse("register-csv")
    started = time.perf_counter()
    response = client.get(address)
    rows = sum(1 for _ in response.streaming_content) - 2  # the byte order mark and the heading
    assert response.status_code == 200
    print(json.dumps({"rows": rows, "seconds": time.perf_counter() - started, "peak": own_peak()}))


if __name__ == "__main__":
    main()
