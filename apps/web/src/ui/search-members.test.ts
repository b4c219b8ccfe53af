import { expect, it } from 'vitest';
import * as z from 'zod';
import { readSearch } from './search-members.ts';

const members = { tab: z.enum(['a', 'b']), days: z.coerce.number().int().min(1), states: z.enum(['on', 'off']) };

it('drops what it does not know and what does not fit, and keeps the rest', () => {
  expect(readSearch(members, ['states'], { tab: 'c', days: '7', nonsense: 'x' })).toEqual({ days: 7 });
});

it('reads a list from one value and from many, without unknown ones and twins', () => {
  expect(readSearch(members, ['states'], { states: 'on' })).toEqual({ states: ['on'] });
  expect(readSearch(members, ['states'], { states: ['off', 'maybe', 'off', 'on'] })).toEqual({ states: ['off', 'on'] });
  expect(readSearch(members, ['states'], { states: ['maybe'] })).toEqual({});
});

it('does not take many values where one belongs', () => {
  expect(readSearch(members, ['states'], { tab: ['a', 'b'] })).toEqual({});
});
