import { redirectUriNotices, type RedirectUriNotice } from '@latchkey/domain/redirect-uri';

const none: readonly RedirectUriNotice[] = [];

/**
 * The notices of every line. The rule compares a line with others; here each is given only those that a browser reads
 * alike, so that 125 lines stay as quick as one.
 */
export function noticesByLine(uris: readonly string[]): (readonly RedirectUriNotice[])[] {
  const alike = new Map<string, string[]>();
  const addresses = uris.map(addressOf);
  addresses.forEach((address, line) => {
    if (address === null) return;
    const group = alike.get(address);
    if (group) group.push(uris[line] ?? '');
    else alike.set(address, [uris[line] ?? '']);
  });
  return uris.map((uri, line) => {
    const address = addresses[line] ?? null;
    if (address === null) return none;
    const notices = redirectUriNotices(uri, alike.get(address));
    return notices.length === 0 ? none : notices;
  });
}

const addressOf = (uri: string): string | null => URL.parse(uri)?.href ?? null;
