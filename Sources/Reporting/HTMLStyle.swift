/// The style sheet of the HTML report, for wide and narrow windows, light and dark.
enum HTMLStyle {
    static let text = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #c9d1d9; --soft: #f3f5f7; --dim: #57606a;
          --good: #116329; --bad: #b3161b; --warn: #7d4e00; --link: #0550ae; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --line: #3d444d; --soft: #161b22;
          --dim: #9da7b3; --good: #57d364; --bad: #ff8a80; --warn: #e3b341; --link: #79c0ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink);
          background: var(--paper); }
        h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
        header p, small, caption { color: var(--dim); }
        caption { text-align: left; padding-bottom: .25rem; }
        .skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; background: var(--paper); color: var(--link); }
        .wide { overflow-x: auto; } .wide:focus-visible, summary:focus-visible { outline: 2px solid var(--link); }
        table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left;
          vertical-align: top; } thead th { background: var(--soft); } tbody th { font-weight: 500; }
        .n { text-align: right; white-space: nowrap; }
        .matrix td { min-width: 9rem; }
        .ready strong { color: var(--good); } .not-ready strong, .failed strong { color: var(--bad); }
        .not-applicable strong, .left-out strong { color: var(--dim); }
        .finding { border: 1px solid var(--line); border-left: .4rem solid var(--dim); padding: .6rem .8rem; margin: .6rem 0; }
        .finding.error { border-left-color: var(--bad); } .finding.warning { border-left-color: var(--warn); }
        .error .level { color: var(--bad); } .warning .level { color: var(--warn); } .note .level { color: var(--dim); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0 0; }
        dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
        pre { overflow-x: auto; background: var(--soft); padding: .6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        details { margin: .6rem 0; } summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }
        svg { width: 100%; height: auto; margin: .6rem 0; }
        svg rect { stroke: #fff; stroke-width: 1; } svg text { font: 12px system-ui, sans-serif; fill: #111; pointer-events: none; }
        @media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .3rem; } }
        @media print { details > * { display: block; } details::details-content { content-visibility: visible; } }
        """
}
