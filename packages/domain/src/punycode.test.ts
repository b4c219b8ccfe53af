import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePunycode } from './punycode.ts';

describe('punycode', () => {
  test.each([
    ['xn--bcher-kva', 'bücher'],
    ['xn--80ak6aa92e', 'аррӏе'],
    ['xn--fiqs8s', '中国'],
    ['xn--', null],
    ['xn--a', '\u0080'],
    ['xn--99999999', null],
    ['xn--abc-', null],
    ['xn--bcher-kv', null],
    ['bcher', null],
  ])('%s is %j', (label, letters) => expect(decodePunycode(label)).toBe(letters));

  test('reads back whatever the platform encodes', () => {
    const letter = fc.constantFrom(...'äöüéçñабвгдежαβγδ中国日本語한국어अआ', 'a', 'b', '1');
    fc.assert(
      fc.property(
        fc.array(letter, { minLength: 1, maxLength: 12 }).map((letters) => letters.join('')),
        (label) => {
          const ascii = domainToASCII(label);
          fc.pre(ascii.startsWith('xn--'));
          expect(decodePunycode(ascii)).toBe(label.normalize('NFC'));
        },
      ),
    );
  });

  test('never throws and ends quickly', () => {
    fc.assert(fc.property(fc.string({ maxLength: 59 }), (rest) => void decodePunycode(`xn--${rest}`)));
  });
});
