const browsers = [
  ['Edge', /Edg(?:A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
] as const;

const systems = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X|Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
] as const;

/** What a browser says of itself, read: `{ browser: 'Firefox 145', system: 'macOS' }`; `null` when it says nothing known. */
export function readUserAgent(text: string): { browser: string; system: string | null } | null {
  const browser = browsers.find(([, pattern]) => pattern.test(text));
  if (!browser) return null;
  const [name, pattern] = browser;
  const version = pattern.exec(text)?.[1];
  return {
    browser: version ? `${name} ${version}` : name,
    system: systems.find(([, known]) => known.test(text))?.[0] ?? null,
  };
}
