/** A person's browser as far as these pages need one: cookies by path, redirects, forms; no script. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  /** One request; redirects are answered, not followed. */
  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies.entries()]
      .filter(([, { path }]) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(([name, { value }]) => `${name.split('@')[0]}=${value}`)
      .join('; ');
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  /** Follows redirects while they stay on the origin of the first address. */
  async open(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    let at = url;
    let answer = await this.request(at, init);
    for (let hops = 0; hops < 10; hops += 1) {
      const location = answer.headers.get('location');
      if (location === null) return answer;
      const next = new URL(location, at);
      if (next.origin !== origin) return answer;
      await answer.arrayBuffer();
      at = next.href;
      answer = await this.request(at);
    }
    throw new Error('too many redirects');
  }

  /** Posts the form that goes to an address ending like this, with its fields filled in. */
  async submit(page: string, origin: string, ending: string, fields: Record<string, string> = {}): Promise<Response> {
    const action = [...page.matchAll(/<form[^>]*action="([^"]+)"/g)]
      .map(([, at]) => at)
      .find((at) => at?.endsWith(ending));
    if (action === undefined) throw new Error(`no form to ${ending} in: ${page}`);
    return this.open(new URL(action, origin).href, { method: 'POST', body: new URLSearchParams(fields) });
  }

  cookie(name: string): string | undefined {
    return [...this.#cookies].find(([key]) => key.split('@')[0] === name)?.[1].value;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    const key = `${pair.slice(0, at)}@${path}`;
    const value = pair.slice(at + 1);
    const gone = attributes.some((one) => /^expires=Thu, 01 Jan 1970/i.test(one));
    if (gone || value === '') this.#cookies.delete(key);
    else this.#cookies.set(key, { value, path });
  }
}
