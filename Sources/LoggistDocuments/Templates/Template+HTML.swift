extension Template {
  static let postMortemHTML = page(
    """
    <section aria-labelledby="contents">
    <h2 id="contents">Contents</h2>
    <nav aria-label="Contents">
    <ol>
    <li><a href="#issue-summary">Issue Summary</a></li>
    <li><a href="#timeline">Timeline</a></li>
    <li><a href="#root-cause-and-resolution">Root cause and Resolution</a></li>
    <li><a href="#corrective-and-preventive-measures">Corrective and Preventive measures</a></li>
    <li><a href="#appendix-a-full-log">Appendix A: Full log</a></li>
    <li><a href="#appendix-b-data-quality">Appendix B: Data quality</a></li>
    <li><a href="#appendix-c-sign-offs">Appendix C: Sign-offs</a></li>
    </ol>
    </nav>
    </section>
    <section aria-labelledby="issue-summary">
    <h2 id="issue-summary">Issue Summary</h2>
    {{issue_summary}}
    </section>
    <section aria-labelledby="timeline">
    <h2 id="timeline">Timeline</h2>
    {{timeline}}
    </section>
    <section aria-labelledby="root-cause-and-resolution">
    <h2 id="root-cause-and-resolution">Root cause and Resolution</h2>
    {{cause_and_resolution}}
    </section>
    <section aria-labelledby="corrective-and-preventive-measures">
    <h2 id="corrective-and-preventive-measures">Corrective and Preventive measures</h2>
    {{measures}}
    </section>
    <section aria-labelledby="appendix-a-full-log">
    <h2 id="appendix-a-full-log">Appendix A: Full log</h2>
    {{full_log}}
    </section>
    <section aria-labelledby="appendix-b-data-quality">
    <h2 id="appendix-b-data-quality">Appendix B: Data quality</h2>
    {{data_quality}}
    </section>
    <section aria-labelledby="appendix-c-sign-offs">
    <h2 id="appendix-c-sign-offs">Appendix C: Sign-offs</h2>
    {{sign_offs}}
    </section>
    """)

  static let timelineHTML = page(
    """
    <section aria-labelledby="phases">
    <h2 id="phases">Phases</h2>
    {{phases}}
    </section>
    <section aria-labelledby="timeline">
    <h2 id="timeline">Timeline</h2>
    {{timeline}}
    </section>
    """)

  static let handoverHTML = page(
    """
    <section aria-labelledby="open-incidents">
    <h2 id="open-incidents">Open incidents</h2>
    {{open_incidents}}
    </section>
    <section aria-labelledby="waiting">
    <h2 id="waiting">Waiting</h2>
    {{waiting}}
    </section>
    <section aria-labelledby="ended-in-this-shift">
    <h2 id="ended-in-this-shift">Ended in this shift</h2>
    {{ended}}
    </section>
    <section aria-labelledby="acceptance">
    <h2 id="acceptance">Acceptance</h2>
    {{acceptance}}
    </section>
    """)

  /// What stands around every page's sections; the same as `HTMLPage` has.
  private static func page(_ sections: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="{{policy}}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{title}}</title>
    <style>{{style}}</style>
    </head>
    <body>
    <main>
    <h1>{{title}}</h1>
    {{header}}
    \(sections)
    </main>
    </body>
    </html>

    """
  }
}
