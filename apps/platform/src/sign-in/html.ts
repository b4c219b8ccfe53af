/** Text that is markup already, made by `html` or `trusted` only. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes any text safe inside elements and quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

type Value = string | number | Markup | null | undefined | false | readonly Markup[];

/** A template whose values are escaped, unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(strings.reduce((all, part, index) => all + textOf(values[index - 1]) + part));
}

/** Markup from elsewhere that is known to be safe. */
export const trusted = (text: string): Markup => new Markup(text);

function textOf(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escapeHtml(String(value));
}

/** A name that somebody chose, kept from reordering the text around it (security I-08). */
export const named = (name: string): Markup => html`<bdi>${name}</bdi>`;
