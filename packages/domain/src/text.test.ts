import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxNameLength, whyNotText } from './text.ts';

const name = { max: maxNameLength, required: true };
const note = { max: 1_000, multiline: true };

describe('text', () => {
  test.each([
    ['Dashboard', name, null],
    ['=cmd()', name, null],
    ['<img onerror=x>', name, null],
    ['', name, 'text.missing'],
    ['', note, null],
    ['  \u00a0\u3000', name, 'text.missing'],
    ['\u200b\u2060\ufeff', name, 'text.missing'],
    ['a\u200bb', name, null],
    ['a\0', name, 'text.control_character'],
    ['a\u001b[31m', name, 'text.control_character'],
    ['a\u0085', name, 'text.control_character'],
    ['a\nb', name, 'text.control_character'],
    ['a\u2028b', name, 'text.control_character'],
    ['a\r\nb\nc', note, null],
    ['a\rb', note, 'text.control_character'],
    ['a\tb', note, 'text.control_character'],
    ['a\u202eb', note, 'text.direction_override'],
    ['a\u2066b', note, 'text.direction_override'],
    ['שלום\u200f!', name, null],
    ['a\ud800b', name, 'text.broken_character'],
    [7, name, 'text.not_text'],
    [null, note, 'text.not_text'],
  ])('%j under %j: %s', (value, rule, refusal) => {
    expect(whyNotText(value, rule)).toBe(refusal);
  });

  test('composed and decomposed spellings are both kept', () => {
    expect(whyNotText('é', { max: 1 })).toBeNull();
    expect(whyNotText('é'.normalize('NFD'), { max: 1 })).toBe('text.too_long');
    expect(whyNotText('e' + '\u0301'.repeat(1_000), { max: 200 })).toBe('text.too_long');
  });

  test('the length counts characters, not halves of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.constantFrom('a', '😀', '漢'), (count, character) => {
        expect(whyNotText(character.repeat(count), name)).toBe(count > maxNameLength ? 'text.too_long' : null);
      }),
    );
  });
});
