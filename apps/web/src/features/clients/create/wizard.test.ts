// @vitest-environment node
import { Fault } from '@latchkey/contract/faults';
import { describe, expect, it } from 'vitest';
import { emptyDraft } from '../form/client-draft.ts';
import { readCreateSearch } from './create-search.ts';
import { blankForm, duplicateOf, isChanged, readKeptForm } from './kept-form.ts';
import { madeBefore, outcomeOf } from './outcome.ts';
import { findingsOfForm } from './review-findings.tsx';
import { asTyped, faultsOfStep, firstWrongStep } from './steps.ts';

const person = { id: 'ada', name: 'Ada' };
const fault = (field: string) => ({ field, reason: 'r', message: 'm', remedy: 'x' });

describe('the steps', () => {
  it('hold the faults of their own fields', () => {
    const faults = ['name', 'redirectUris.3', 'roleDivisions.0.roleId', 'grantTypes', 'revealKey'].map(fault);
    expect(faultsOfStep(faults, 'details').map(({ field }) => field)).toEqual(['name']);
    expect(faultsOfStep(faults, 'settings')).toHaveLength(2);
    expect(faultsOfStep(faults, 'review').map(({ field }) => field)).toEqual(['revealKey']);
  });

  it('stop at the first one with a fault', () => {
    expect(firstWrongStep([fault('redirectUris'), fault('grantTypes')], 'settings')).toBe('grant-types');
    expect(firstWrongStep([fault('redirectUris')], 'grant-types')).toBeNull();
  });

  it('take the faults of the server as faults of the form', () => {
    expect(asTyped([fault('client.redirectUris.2'), fault('name')]).map(({ field }) => field)).toEqual([
      'redirectUris.2',
      'name',
    ]);
  });

  it('stand in the address; what is no step is ignored', () => {
    expect(readCreateSearch({ step: 'review', from: 'no-id' })).toEqual({ step: 'review' });
    expect(readCreateSearch({ step: 'nowhere' })).toEqual({});
  });
});

describe('the kept form', () => {
  it('comes back from storage with its idempotency key, and nothing else does', () => {
    const form = blankForm(person);
    expect(readKeptForm(JSON.parse(JSON.stringify(form)))).toEqual(form);
    expect(readKeptForm({ ...form, draft: { name: 'x' } })).toBeNull();
    expect(readKeptForm('nonsense')).toBeNull();
  });

  it('counts as changed once something was typed or sent', () => {
    const begun = blankForm(person);
    expect(isChanged(begun, begun)).toBe(false);
    expect(isChanged({ ...begun, draft: { ...begun.draft, name: 'x' } }, begun)).toBe(true);
    expect(isChanged({ ...begun, sent: true }, begun)).toBe(true);
  });

  it('of a duplicate has another name within the limit, and no grant type that cannot be chosen any more', () => {
    const client = {
      ...emptyDraft(person),
      accessTokenValiditySeconds: 3_600,
      name: 'x'.repeat(200),
      grantTypes: ['TOKEN' as const],
    };
    const { draft } = duplicateOf(client, (name) => `${name} (copy)`);
    expect(draft.name).toBe(`${'x'.repeat(193)} (copy)`);
    expect(draft.grantTypes).toEqual([]);
  });
});

describe('what a failed attempt means', () => {
  it('is the same request again wherever something may have been made', () => {
    for (const code of [
      'platform.unreachable',
      'outcome.unknown',
      'idempotency.in_progress',
      'server.failed',
      'session.expired',
    ] as const) {
      expect(outcomeOf(new Fault(code)), code).toBe('unknown');
    }
    expect(outcomeOf(new TypeError('x'))).toBe('unknown');
  });

  it('is a new request after a refusal', () => {
    for (const code of ['input.invalid', 'role.not_held', 'permission.missing', 'platform.limit'] as const) {
      expect(outcomeOf(new Fault(code)), code).toBe('refused');
    }
    expect(outcomeOf(new Fault('idempotency.key_reused'))).toBe('other-request');
  });

  it('is a client that is there when only its secret cannot be shown any more', () => {
    const over = new Fault('reveal.over', { current: { clientId: 'made' } });
    expect(outcomeOf(over)).toBe('made');
    expect(madeBefore(over)).toBe('made');
    expect(madeBefore(new Fault('reveal.over'))).toBeNull();
  });
});

describe('the findings of a form', () => {
  it('are those that the client would have from its first day', () => {
    const form = {
      ...emptyDraft(null),
      accessTokenValiditySeconds: 172_800,
      grantTypes: ['CODE' as const],
      scopes: ['users'],
      redirectUris: [],
    };
    const scopes = ['users', 'users:readonly'].map((id) => ({ id, description: id }));
    const ids = findingsOfForm(form, { roles: [], divisions: [], scopes }, new Date()).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['long_token', 'no_owner', 'no_purpose', 'write_scopes']);
  });
});
