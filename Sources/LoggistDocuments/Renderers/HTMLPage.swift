/// A whole page in one file: no script, nothing from a network, and a policy that has the browser refuse both.
struct HTMLPage {
  let title: String
  let body: String
  let style: Stylesheet

  var markup: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(style.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(html(oneLine: title))</title>
    <style>\(style.text)</style>
    </head>
    <body>
    <main>
    \(body)
    </main>
    </body>
    </html>

    """
  }
}

/// The style sheet of a page, and the digest by which the page's policy admits it and nothing else.
package struct Stylesheet: Sendable, Hashable {
  package let text: String
  /// SHA-256 of the text, in Base64: the caller gives it, this target may not import what computes it.
  package let digest: String

  package init(_ text: String = Stylesheet.standard, digest: (String) -> String) {
    self.text = text
    self.digest = digest(text)
  }

  /// The Content-Security-Policy.
  package var policy: String {
    "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
  }
}
