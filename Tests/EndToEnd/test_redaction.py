"""Blanking on the screen: nobody does it by accident, and afterwards the words are nowhere."""

from .desk import Desk


class Redaction(Desk):
    def holders(self, words):
        """The files below the test's folder that hold some words."""
        return [path for path in self.folder.rglob("*")
                if path.is_file() and words.encode() in path.read_bytes()]

    def test_an_entry_its_draft_and_its_evidence_go(self):
        self.make_store()
        self.loggist("new", "printer in Ward A #ward-a")
        self.loggist("add", "INC-1", "observation", "patient Sokolova is on the list")
        screen = self.screen()
        screen.wait("patient Sok")
        screen.press("Enter")
        screen.wait("Sokolova")
        # A correction that was begun and left holds the words, too.
        screen.press("=")
        screen.wait("how should it read?")
        screen.type(" twice")
        screen.press("Escape")
        drafts = self.folder / "state" / "loggist" / "drafts"
        screen.wait(lambda _: any(
            b"Sokolova" in path.read_bytes() for path in drafts.glob("*.draft")))
        screen.press("X")
        screen.wait("for good: why?")
        screen.type("a patient's name")
        screen.press("Enter")
        screen.wait("to blank it for good")
        screen.press("Enter")
        screen.wait("This cannot be taken back")
        self.assertNotEqual(self.holders("Sokolova"), [])
        screen.type("INC.3")
        screen.press("Enter")
        screen.wait("done")
        screen.press("Escape")
        screen.wait("[redacted]")
        screen.press("C-q")
        self.assertEqual(self.holders("Sokolova"), [])
        self.assertIn("INC.3 was redacted", self.loggist("verify"))
