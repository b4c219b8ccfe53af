/** One cookie as a browser keeps it. */
interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly sameSite: 'strict' | 'lax' | 'none';
}

/** An answer with the address it came from. */
export interface Visit {
  readonly url: URL;
  readonly response: Response;
  readonly text: string;
}

/**
 * As much of a browser as signing in takes: cookies by host (ports share them), SameSite across a chain of redirects,
 * and the headers that say where a request comes from.
 */
export class Browser {
  cookies: Cookie[] = [];
  /** Every answer that this browser has seen, without bodies. */
  readonly seen: { url: string; status: number; location: string | null; setCookies: string[] }[] = [];
  userAgent = 'Latchkey tests';

  /** Opens a page as if its address had been typed, or from a link on another page. Follows redirects. */
  async visit(
    address: string | URL,
    { from, until }: { from?: string; until?: (url: URL) => boolean } = {},
  ): Promise<Visit> {
    return await this.#follow(new URL(address), { method: 'GET', headers: { accept: 'text/html' } }, from, until);
  }

  /** Sends a form of a page. Follows redirects. */
  async submit(
    page: URL,
    action: string,
    fields: Record<string, string>,
    until?: (url: URL) => boolean,
  ): Promise<Visit> {
    const target = new URL(action, page);
    const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', origin: page.origin };
    return await this.#follow(
      target,
      { method: 'POST', headers, body: new URLSearchParams(fields).toString() },
      page.origin,
      until,
    );
  }

  /** What a script of a page on the same origin sends: cookies and the headers of a same-origin request. */
  readonly fetch = async (address: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address);
    const headers = new Headers(init.headers);
    headers.set('user-agent', this.userAgent);
    const cookie = this.#cookieHeader(url, true, true);
    if (cookie) headers.set('cookie', cookie);
    if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin');
    if (!headers.has('latchkey-request')) headers.set('latchkey-request', '1');
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    this.#keep(url, response);
    return response;
  };

  /** The value of a cookie on a host. */
  cookie(host: string, name: string): string | undefined {
    return this.cookies.find((cookie) => cookie.host === host && cookie.name === name)?.value;
  }

  setCookie(host: string, name: string, value: string, sameSite: Cookie['sameSite'] = 'strict'): void {
    this.cookies = this.cookies.filter((cookie) => cookie.host !== host || cookie.name !== name);
    this.cookies.push({ name, value, host, sameSite });
  }

  async #follow(
    start: URL,
    first: RequestInit,
    from: string | undefined,
    until?: (url: URL) => boolean,
  ): Promise<Visit> {
    let url = start;
    let init = first;
    let sameSite = from === undefined || new URL(from).hostname === start.hostname;
    for (let steps = 0; steps < 20; steps += 1) {
      const headers = new Headers(init.headers);
      headers.set('user-agent', this.userAgent);
      headers.set('sec-fetch-site', from === undefined ? 'none' : sameSite ? 'same-origin' : 'cross-site');
      headers.set('sec-fetch-mode', 'navigate');
      headers.set('sec-fetch-dest', 'document');
      const cookie = this.#cookieHeader(url, sameSite, init.method === 'GET');
      if (cookie) headers.set('cookie', cookie);
      const response = await fetch(url, { ...init, headers, redirect: 'manual' });
      this.#keep(url, response);
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399)
        return { url, response, text: await response.text() };
      await response.body?.cancel();
      const next = new URL(location, url);
      if (until?.(next)) return { url: next, response, text: '' };
      sameSite &&= next.hostname === url.hostname;
      if (response.status !== 307 && response.status !== 308)
        init = { method: 'GET', headers: { accept: 'text/html' } };
      url = next;
    }
    throw new Error('Too many redirects');
  }

  #cookieHeader(url: URL, sameSite: boolean, isRead: boolean): string {
    return this.cookies
      .filter(
        (cookie) =>
          cookie.host === url.hostname &&
          (sameSite || cookie.sameSite === 'none' || (cookie.sameSite === 'lax' && isRead)),
      )
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep(url: URL, response: Response): void {
    const setCookies = response.headers.getSetCookie();
    this.seen.push({ url: url.href, status: response.status, location: response.headers.get('location'), setCookies });
    for (const line of setCookies) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const attribute = (key: string) =>
        attributes.find((one) => one.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
      this.cookies = this.cookies.filter((cookie) => cookie.host !== url.hostname || cookie.name !== name);
      const expires = attribute('expires');
      if (attribute('max-age') === '0' || (expires && Date.parse(expires) <= Date.now())) continue;
      this.cookies.push({
        name,
        value,
        host: url.hostname,
        sameSite: (attribute('samesite')?.toLowerCase() ?? 'lax') as Cookie['sameSite'],
      });
    }
  }
}
