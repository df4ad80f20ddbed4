extension Stylesheet {
  /// The look of every page: light, dark, narrow and on paper.
  ///
  /// Text has a contrast of 4.5:1 at least and marks of 3:1 against what is behind them (WCAG 2.2 AA), in both
  /// schemes. Sizes are relative, so that a reader's own size of text counts; fonts are the machine's own.
  package static let standard = """

    :root {
      --paper: #fff; --ink: #1b1f24; --quiet: #57606a; --rule: #d4dae0; --link: #0b57a4;
      --accent: #1d4f80; --wash: #f4f6f8; --band: #d9e6f2; --band-2: #eaf1f8; --edge: #5d84aa;
      --alarm: #a4262c; --alarm-band: #f7dcd9; --warm: #8a5300; --notice: #fff4d6;
      --h1: #e3edf6; --h2: #b5cfe6; --h3: #7ba9d0; --h4: #3b76ab; --h5: #1d4f80;
      --h1-ink: #1b1f24; --h2-ink: #1b1f24; --h3-ink: #10161c; --h4-ink: #fff; --h5-ink: #fff;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --paper: #15181c; --ink: #e5e8eb; --quiet: #a4aeb8; --rule: #363d45; --link: #86bbf0;
        --accent: #8fc0ee; --wash: #1d2126; --band: #24405c; --band-2: #1c2f43; --edge: #6d97c1;
        --alarm: #ff9d94; --alarm-band: #5a2a28; --warm: #f2bb62; --notice: #3d3113;
        --h1: #1c2c3c; --h2: #234463; --h3: #2f6290; --h4: #5f9bd1; --h5: #a9d1f5;
        --h1-ink: #e5e8eb; --h2-ink: #e5e8eb; --h3-ink: #fff; --h4-ink: #0d1114; --h5-ink: #0d1114;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
      overflow-wrap: anywhere;
    }
    main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
    h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
    h1 { margin: 0 0 1.5rem; padding-top: 1rem; border-top: .25rem solid var(--accent); font-size: 1.9rem; font-weight: 650; letter-spacing: -.01em; }
    h2 { margin: 3rem 0 1rem; padding-bottom: .35rem; border-bottom: 1px solid var(--rule); font-size: 1.35rem; font-weight: 650; }
    h3 { margin: 2rem 0 .6rem; font-size: 1.05rem; font-weight: 650; }
    h4 { margin: 1.5rem 0 .5rem; font-size: 1rem; font-weight: 650; }
    p, ul, ol, dl, table, figure, nav { margin: 0 0 1rem; }
    p, li { max-width: 46rem; }
    ul, ol { padding-left: 1.4rem; }
    li { padding: .1rem 0; }
    li::marker { color: var(--quiet); font-variant-numeric: tabular-nums; }
    a { color: var(--link); text-underline-offset: .15em; }
    a:hover { text-decoration-thickness: 2px; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    em { color: var(--quiet); }
    .notice { max-width: none; padding: .6rem .9rem; background: var(--notice); border-left: .25rem solid var(--warm); }
    dl { border-top: 1px solid var(--rule); }
    dl.long { columns: 24rem 2; column-gap: 2.5rem; }
    dl.long div { break-inside: avoid; grid-template-columns: 7rem 1fr; }
    dl div { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: 0 1rem; padding: .3rem 0; border-bottom: 1px solid var(--rule); }
    dt { color: var(--quiet); }
    dd { margin: 0; font-variant-numeric: tabular-nums; }
    nav ol { columns: 20rem 2; column-gap: 2.5rem; }
    table { width: 100%; border-collapse: collapse; font-size: .92rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
    caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    th, td { padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { border-bottom: 2px solid var(--edge); color: var(--quiet); font-size: .82rem; font-weight: 600; vertical-align: bottom; }
    .number { padding-right: 1.4rem; text-align: right; }
    .short { white-space: nowrap; }
    .prose { min-width: 8rem; }
    .remark td { background: var(--wash); padding: .3rem .9rem; text-align: center; }
    table.narrow { width: auto; min-width: min(100%, 34rem); }
    figure { margin: 1.5rem 0 2rem; }
    figcaption { margin-bottom: .75rem; font-weight: 650; }
    .drawing { overflow-x: auto; }
    svg { display: block; width: 100%; min-width: 44rem; height: auto; fill: currentColor; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
    svg .name { font-weight: 650; }
    svg .small { fill: var(--quiet); font-size: 11px; }
    svg .grid { stroke: var(--rule); stroke-width: 1; }
    svg .axis { stroke: var(--quiet); stroke-width: 1; }
    svg .leader { stroke: var(--edge); stroke-width: 1; }
    svg .mark { fill: var(--paper); stroke: var(--accent); stroke-width: 2.5; }
    svg .phase { fill: var(--band); stroke: var(--paper); stroke-width: 2; }
    svg .phase-2 { fill: var(--band-2); stroke: var(--paper); stroke-width: 2; }
    svg .full, svg .degraded { fill: var(--alarm-band); stroke: var(--alarm); stroke-width: 1; }
    svg .risk { fill: none; stroke: var(--alarm); stroke-width: 1; stroke-dasharray: 4 3; }
    svg .silence { fill: none; stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 2 3; }
    svg .case { fill: var(--accent); fill-opacity: .55; stroke: var(--accent); stroke-width: .75; }
    svg .curve { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
    svg .median { stroke: var(--ink); stroke-width: 2; }
    svg .tail { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 2; }
    svg .target { stroke: var(--alarm); stroke-width: 2; }
    svg .target-sign { fill: var(--alarm); }
    svg .bar { fill: var(--edge); }
    svg .heat-0 { fill: var(--wash); }
    svg .heat-1 { fill: var(--h1); } svg .on-1 { fill: var(--h1-ink); }
    svg .heat-2 { fill: var(--h2); } svg .on-2 { fill: var(--h2-ink); }
    svg .heat-3 { fill: var(--h3); } svg .on-3 { fill: var(--h3-ink); }
    svg .heat-4 { fill: var(--h4); } svg .on-4 { fill: var(--h4-ink); }
    svg .heat-5 { fill: var(--h5); } svg .on-5 { fill: var(--h5-ink); }
    summary { width: fit-content; padding: .2rem 0; color: var(--link); font-size: .85rem; cursor: pointer; }
    details table { margin-top: .5rem; }
    @media screen and (max-width: 44rem) {
      main { padding: 1.25rem 1rem 3rem; }
      h1 { font-size: 1.5rem; }
      h2 { margin-top: 2.25rem; font-size: 1.2rem; }
      dl div, dl.long div { grid-template-columns: 6.5rem 1fr; }
      thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      table, tbody { display: block; }
      tr { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .6rem 0; border-bottom: 1px solid var(--rule); }
      th, td, .number { padding: 0; border: 0; text-align: left; white-space: normal; }
      tbody th { font-weight: 650; }
      td:empty { display: none; }
      td[data-label]::before { content: attr(data-label) " "; color: var(--quiet); font-size: .82rem; }
      .prose { flex-basis: 100%; }
      .remark { padding: 0; }
      .remark td { flex-basis: 100%; }
    }
    @media print {
      @page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); color: #57606a; font: 8pt system-ui, sans-serif; } }
      html { font-size: 9.5pt; }
      main { max-width: none; padding: 0; }
      h1 { padding-top: .75rem; }
      h2 { margin-top: 1.75rem; }
      h2, h3, h4, thead, caption, .remark { break-after: avoid; }
      tbody tr:first-child, tbody tr:nth-child(2) { break-before: avoid; }
      h2, h3, h4, tr, dl div, li, figure, .notice { break-inside: avoid; }
      p { orphans: 3; widows: 3; }
      p, li { max-width: none; }
      a { color: inherit; text-decoration: none; }
      thead { display: table-header-group; }
      .drawing { overflow: visible; }
      svg { min-width: 0; }
      details { display: none; }
      body, .phase, .phase-2, .full, .degraded, .remark td, .notice { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
