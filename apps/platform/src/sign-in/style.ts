/** The look of the pages: system font, warm neutrals, one deep teal accent; dark follows the system. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #f6f4f0; --surface: #ffffff; --text: #22201c; --quiet: #5c574e; --line: #8a8478; --edge: #e2ddd3;
  --accent: #0b5f5a; --accent-strong: #084a46; --on-accent: #ffffff; --bad: #a3221c; --bad-ground: #fcecea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #171614; --surface: #211f1c; --text: #efece6; --quiet: #b5afa4; --line: #8f887b; --edge: #3a3732;
    --accent: #5cc4bb; --accent-strong: #85d8d0; --on-accent: #0c2321; --bad: #ffb1aa; --bad-ground: #3a1f1d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; gap: 20px;
  padding: 48px 16px; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
header { display: flex; align-items: center; gap: 10px; font-size: 20px; font-weight: 650; letter-spacing: .01em; }
.mark { width: 14px; height: 22px; border-radius: 7px 7px 3px 3px; background: var(--accent); position: relative; }
.mark::after {
  content: ""; position: absolute; left: 5px; top: 6px; width: 4px; height: 10px; border-radius: 2px;
  background: var(--ground);
}
main {
  width: 100%; max-width: 420px; padding: 28px; background: var(--surface); border: 1px solid var(--edge);
  border-radius: 12px;
}
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; }
h2 { margin: 20px 0 4px; font-size: 16px; }
p { margin: 0 0 16px; color: var(--quiet); }
h1, p, li, dd { overflow-wrap: anywhere; }
p bdi, h1 bdi { color: var(--text); }
label { display: block; margin: 16px 0 4px; font-weight: 600; }
input {
  width: 100%; padding: 10px 12px; font: inherit; color: inherit; background: var(--surface);
  border: 1px solid var(--line); border-radius: 8px;
}
button {
  min-height: 44px; padding: 10px 18px; font: inherit; font-weight: 600; cursor: pointer; border-radius: 8px;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent);
}
button:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
button.quiet { background: transparent; color: var(--accent); border-color: var(--line); }
button.quiet:hover { border-color: var(--accent); background: transparent; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form.whole button { width: 100%; margin-top: 24px; }
form.aside { margin-top: 12px; }
form.aside button { width: 100%; }
.buttons { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 8px; }
.error {
  margin: 16px 0 0; padding: 10px 12px; color: var(--bad); background: var(--bad-ground);
  border: 1px solid var(--bad); border-radius: 8px;
}
ul { margin: 8px 0 16px; padding: 0; list-style: none; }
li { padding: 8px 0; border-top: 1px solid var(--edge); }
li:last-child { border-bottom: 1px solid var(--edge); }
li span { display: block; color: var(--quiet); font-size: 14px; }
code { font: 14px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
dl { margin: 16px 0 0; display: grid; gap: 2px; }
dt { color: var(--quiet); font-size: 14px; }
dd { margin: 0 0 8px; }
@media (max-width: 400px) { body { padding: 24px 12px; } main { padding: 20px 16px; } }
`;
