import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './flat-search.ts';

it('keeps every value a text, whatever it looks like', () => {
  expect(parseSearch('?q=123&state=true&x=null')).toEqual({ q: '123', state: 'true', x: 'null' });
});

it('reads a repeated member as a list', () => {
  expect(parseSearch('?states=active&states=disabled&q=a')).toEqual({ states: ['active', 'disabled'], q: 'a' });
});

it('leaves out what is empty', () => {
  expect(stringifySearch({ q: '', states: [], order: undefined, pin: null })).toBe('');
});

it('reads back whatever it wrote', () => {
  const value = fc.string({ minLength: 1 }).filter((text) => text.isWellFormed());
  const name = fc.stringMatching(/^[a-z][A-Za-z]{0,8}$/);
  fc.assert(
    fc.property(fc.dictionary(name, fc.oneof(value, fc.array(value, { minLength: 2, maxLength: 4 }))), (search) => {
      expect({ ...parseSearch(stringifySearch(search)) }).toEqual({ ...search });
    }),
  );
});
