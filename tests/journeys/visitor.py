"""Somebody with a browser: goes to pages, fills them in, and looks whether all can use them."""

from typing import Any

from playwright.sync_api import BrowserContext, Locator, expect

from assessments.duty.questions import Kind, Page, Question, Source

EXPECTED_FAILURES = ("status of 401", "status of 409", "ERR_INTERNET_DISCONNECTED")
"""What the browser says of an answer that the site means: signed out, a conflict; or of a lost connection."""

# The one finding that is GOV.UK Frontend's own decision: the state of what a radio button or checkbox reveals.
REVEALING = ".govuk-radios__input, .govuk-checkboxes__input"


class Visitor:
    """One person in one browser."""

    def __init__(self, context: BrowserContext, axe: str) -> None:
        self.context = context
        self.axe = axe
        self.page = context.new_page()
        self.trouble: list[str] = []
        self.sources: list[str] = []
        """The sources in the order in which they were listed: each gets an id of its own when it is saved."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def _heard(self, message: Any) -> None:
        is_meant = any(each in message.text for each in EXPECTED_FAILURES)
        if (message.type in ("error", "warning") and not is_meant) or "ElementError" in message.text:
            self.trouble.append(f"{self.page.url}: {message.text}")

    def sign_in(self, email: str, password: str) -> None:
        """Sign in at the page where one is asked to, or at the start."""
        if "/accounts/login/" not in self.page.url:
            self.page.goto("/accounts/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def press(self, name: str) -> None:
        """Press the button or link of that name."""
        main = self.page.get_by_role("main")
        button = main.get_by_role("button", name=name, exact=True)
        (button if button.count() else main.get_by_role("link", name=name, exact=True)).first.click()

    def fill(self, page: Page, answers: dict[str, Any]) -> None:
        """Answer the questions of one wizard page."""
        for question in page.questions:
            if question.key not in answers:
                continue
            if question.kind is Kind.ITEMS:
                self._fill_items(page, question, answers[question.key])
            else:
                self._answer(f"{page.slug}-{question.key}", question, answers[question.key])

    def _fill_items(self, page: Page, question: Question, items: list[dict[str, Any]]) -> None:
        for position, item in enumerate(items):
            if position:
                self.press(f"Save and add another {question.item_name.lower()}")
            for each in question.items:
                if each.key in item:
                    self._answer(f"{page.slug}-{question.key}-{position}-{each.key}", each, item[each.key])

    def _answer(self, name: str, question: Question, value: Any) -> None:
        if question.kind in (Kind.TEXT, Kind.PROSE, Kind.NUMBER):
            self._named(name).fill(str(value))
        elif question.kind is Kind.PICK:
            self._named(name).select_option(value)
        elif question.kind is Kind.DATE:
            for part, text in enumerate(reversed(value.split("-"))):
                self._named(f"{name}_{part}").fill(text)
        elif question.source is Source.EVIDENCE:
            for each in value:
                self._named(name).nth(self.sources.index(each)).check()
        else:
            for each in value if isinstance(value, list) else [value]:
                self.page.locator(f'[name="{name}"][value="{each}"]').check()

    def _named(self, name: str) -> Locator:
        return self.page.locator(f'[name="{name}"]')

    def assert_usable(self) -> None:
        """WCAG 2.2 AA by axe, and nothing to be scrolled sideways at 320 pixels."""
        # By the browser's own hand, so that the site's content security policy stays as strict as it is.
        self.page.evaluate(self.axe)
        found = self.page.evaluate(
            """async () => (await axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
            })).violations.map((rule) => ({id: rule.id, help: rule.help,
                nodes: rule.nodes.map((node) => ({target: node.target.join(" "), html: node.html}))}))"""
        )
        assert [rule for rule in map(self._without_upstream, found) if rule["nodes"]] == [], self.page.url
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 700})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(size)
        assert wide <= 320, f"{self.page.url} is {wide} pixels wide at 320"

    def _without_upstream(self, rule: dict[str, Any]) -> dict[str, Any]:
        if rule["id"] != "aria-allowed-attr":
            return rule
        kept = [
            node
            for node in rule["nodes"]
            if not self.page.evaluate(
                "([html, css]) => {const t = document.createElement('template');"
                "t.innerHTML = html; return t.content.firstElementChild.matches(css);}",
                [node["html"], REVEALING],
            )
        ]
        return {**rule, "nodes": kept}
