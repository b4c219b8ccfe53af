import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address } from './address.ts';

describe('address', () => {
  it('fills parameters and repeats lists in the query', () => {
    expect(address({ path: '/clients/:id/secrets' }, { params: { id: 'a b/c' } })).toBe('/clients/a%20b%2Fc/secrets');
    expect(address({ path: '/clients' }, { query: { state: ['a', 'b'], q: undefined, n: 0 } })).toBe(
      '/clients?state=a&state=b&n=0',
    );
  });

  it('refuses parameters that a URL parser would fold away', () => {
    for (const id of ['', '.', '..'])
      expect(() => address({ path: '/clients/:id' }, { params: { id } })).toThrow(TypeError);
  });

  it('never lets a parameter leave its segment, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (id) => {
        fc.pre(id !== '.' && id !== '..' && id.isWellFormed());
        const { pathname, search } = new URL(address({ path: '/a/:id/z' }, { params: { id } }), 'http://h');
        expect(pathname.split('/')).toHaveLength(4);
        expect(pathname.endsWith('/z')).toBe(true);
        expect(search).toBe('');
      }),
    );
  });
});
