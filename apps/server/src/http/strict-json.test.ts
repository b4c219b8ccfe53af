import { Fault } from '@latchkey/contract/faults';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const parse = (text: string | Uint8Array) =>
  parseStrictJson(typeof text === 'string' ? new TextEncoder().encode(text) : text);
const faultOf = (text: string | Uint8Array) => {
  try {
    parse(text);
    return null;
  } catch (error) {
    return error instanceof Fault ? error.code : error;
  }
};
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('strict JSON', () => {
  it('takes what JSON.parse takes, with the same value', () => {
    const ordinary = fc
      .jsonValue({ maxDepth: 5, noUnicodeString: false })
      .filter((value) => !/__proto__|constructor|prototype/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(ordinary, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const big = /(?<!")\b\d{16,}|e\+?\d{2,}/.test(text);
        if (!big) expect(parse(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it('never takes what JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"', '1', '-', 'true', ' ', '\\', '\n', '01', '1.', 'e'),
          { maxLength: 12 },
        ),
        (parts) => {
          const text = parts.join('');
          if (faultOf(text) === null) expect(() => JSON.parse(text) as unknown).not.toThrow();
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('stops at 32 levels and at 1,000 members', () => {
    expect(faultOf(nested(32))).toBeNull();
    expect(faultOf(nested(33))).toBe('input.too_deep');
    const members = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at])));
    expect(faultOf(members(1_000))).toBeNull();
    expect(faultOf(members(1_001))).toBe('input.too_deep');
  });

  it('refuses a hundred thousand brackets at once', () => {
    const began = performance.now();
    expect(faultOf('['.repeat(100_000))).toBe('input.too_deep');
    expect(performance.now() - began).toBeLessThan(200);
  });

  it.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"b":{"a":1,"a":1}}', '[{"a":0,"a":0}]'])(
    'refuses a member that stands twice: %s',
    (text) => {
      expect(faultOf(text)).toBe('input.not_json');
    },
  );

  it('takes the same name in different objects', () => {
    expect(parse('{"a":{"a":1},"b":[{"a":2},{"a":3}]}')).toEqual({ a: { a: 1 }, b: [{ a: 2 }, { a: 3 }] });
  });

  it.each([
    '{"__proto__":{"isAdmin":true}}',
    '{"a":{"constructor":{"prototype":{}}}}',
    '{"\\u005f_proto__":1}',
    '{"prototype":1}',
  ])('refuses a way to the prototype: %s', (text) => {
    expect(faultOf(text)).toBe('input.not_json');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it.each(['9007199254740993', '-9007199254740993', '1e400', '[123456789012345678901234567890]', '1e30'])(
    'refuses a number that would arrive as another: %s',
    (text) => {
      expect(faultOf(text)).toBe('input.not_json');
    },
  );

  it('takes every spelling of an ordinary number', () => {
    expect(parse('[300.0, 3e2, -0.5, 9007199254740991]')).toEqual([300, 300, -0.5, 9007199254740991]);
  });

  it('refuses what is not UTF-8', () => {
    expect(faultOf(Uint8Array.from([0x22, 0xff, 0x22]))).toBe('input.not_json');
    expect(faultOf(Uint8Array.from([0xef, 0xbb, 0xbf, 0x31]))).toBe('input.not_json');
  });

  it('never repeats what was sent', () => {
    for (const text of ['{"canary": lks_canary}', '"lks_canary', '{"lks_canary":1,"lks_canary":2}']) {
      try {
        parse(text);
      } catch (error) {
        expect(JSON.stringify((error as Fault).problem) + (error as Fault).message).not.toContain('canary');
      }
    }
  });
});
