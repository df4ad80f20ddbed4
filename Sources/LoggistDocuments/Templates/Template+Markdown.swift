extension Template {
  static let postMortemMarkdown = """
    # {{title}}

    {{header}}

    ## Contents

    1. [Issue Summary](#issue-summary)
    2. [Timeline](#timeline)
    3. [Root cause and Resolution](#root-cause-and-resolution)
    4. [Corrective and Preventive measures](#corrective-and-preventive-measures)
    5. [Appendix A: Full log](#appendix-a-full-log)
    6. [Appendix B: Data quality](#appendix-b-data-quality)
    7. [Appendix C: Sign-offs](#appendix-c-sign-offs)

    ## Issue Summary

    {{issue_summary}}

    ## Timeline

    {{timeline}}

    ## Root cause and Resolution

    {{cause_and_resolution}}

    ## Corrective and Preventive measures

    {{measures}}

    ## Appendix A: Full log

    {{full_log}}

    ## Appendix B: Data quality

    {{data_quality}}

    ## Appendix C: Sign-offs

    {{sign_offs}}

    """

  static let timelineMarkdown = """
    # {{title}}

    {{header}}

    ## Phases

    {{phases}}

    ## Timeline

    {{timeline}}

    """

  static let handoverMarkdown = """
    # {{title}}

    {{header}}

    ## Open incidents

    {{open_incidents}}

    ## Waiting

    {{waiting}}

    ## Ended in this shift

    {{ended}}

    ## Acceptance

    {{acceptance}}

    """
}
