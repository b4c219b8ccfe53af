import { describe, expect, it } from 'vitest';
import { keysFrom } from './keys.ts';

const [old, fresh] = ['the-old-secret-0123456789-abcdefghij', 'the-new-secret-9876543210-jihgfedcba'];

describe('keys', () => {
  it('open what they sealed, for the same owner and purpose only', () => {
    const keys = keysFrom([old]);
    const sealed = keys.seal('tokens-at-rest', 'token', 'session 1');
    expect(sealed).not.toContain('token');
    expect(keys.open('tokens-at-rest', sealed, 'session 1')).toBe('token');
    expect(keys.open('tokens-at-rest', sealed, 'session 2')).toBeNull();
    expect(keys.open('cursor', sealed, 'session 1')).toBeNull();
  });

  it('never make the same text twice', () => {
    const keys = keysFrom([old]);
    expect(keys.seal('tokens-at-rest', 'token', 'a')).not.toBe(keys.seal('tokens-at-rest', 'token', 'a'));
  });

  it('open what an older secret sealed while it is listed, and no longer', () => {
    const sealed = keysFrom([old]).seal('tokens-at-rest', 'token', 'a');
    expect(keysFrom([fresh, old]).open('tokens-at-rest', sealed, 'a')).toBe('token');
    expect(keysFrom([fresh]).open('tokens-at-rest', sealed, 'a')).toBeNull();
  });

  it('refuse a text of which one character was changed, and any other text', () => {
    const keys = keysFrom([old]);
    const sealed = Buffer.from(keys.seal('tokens-at-rest', 'token', 'a'), 'base64url');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8((changed[at] ?? 0) ^ 1, at);
      expect(keys.open('tokens-at-rest', changed.toString('base64url'), 'a')).toBeNull();
    }
    for (const text of ['', 'x', 'short', 'a'.repeat(60)]) expect(keys.open('tokens-at-rest', text, 'a')).toBeNull();
  });

  it('differ by purpose', () => {
    const keys = keysFrom([old]);
    expect(keys.all('session-cookie')).not.toEqual(keys.all('tokens-at-rest'));
    expect(keys.mac('cursor', 'a')).not.toBe(keys.mac('audit-head', 'a'));
  });
});
