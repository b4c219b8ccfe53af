// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { aClientDetail } from '../../../testing/a-client-detail.ts';
import { likelyActs, menuActs } from './likely-acts.ts';
import { tabsOf } from './tabs-of.ts';

describe('what one most likely wants to do', () => {
  it('is editing and a new secret for an active client, the secret first when nobody stored the last', () => {
    expect(likelyActs(aClientDetail())).toEqual(['edit', 'generate-secret']);
    const unacknowledgedSecret = { since: '2026-11-21T11:00:00.000Z', shown: false };
    expect(likelyActs(aClientDetail({ unacknowledgedSecret }))).toEqual(['generate-secret', 'edit']);
  });

  it('is the way back for a client that is off', () => {
    expect(likelyActs(aClientDetail({ state: 'deactivated' }))).toEqual(['reactivate', 'edit']);
    expect(
      likelyActs(aClientDetail({ state: 'pending-removal', refusals: { edit: { code: 'client.pending_removal' } } })),
    ).toEqual(['restore']);
  });

  it('is an edit too where only that makes the client restorable', () => {
    expect(
      likelyActs(aClientDetail({ state: 'pending-removal', refusals: { restore: { code: 'client.scopes_missing' } } })),
    ).toEqual(['restore', 'edit']);
  });

  it('never offers in the menu both an act and its undoing', () => {
    expect(menuActs({ state: 'active' })).toContain('deactivate');
    expect(menuActs({ state: 'deactivated' })).toEqual(['edit', 'generate-secret', 'reactivate']);
    expect(menuActs({ state: 'pending-removal' })).toEqual(['edit', 'generate-secret', 'restore']);
  });
});

describe('the tabs of a client', () => {
  it('are roles with Client Credentials only, scopes and redirects with the others', () => {
    expect(tabsOf({ grantTypes: ['CLIENT-CREDENTIALS'] })).toEqual([
      'overview',
      'configuration',
      'roles',
      'secrets',
      'history',
    ]);
    expect(tabsOf({ grantTypes: ['CODE'] })).toEqual(['overview', 'configuration', 'scopes', 'secrets', 'history']);
    expect(tabsOf({ grantTypes: ['CODE', 'CLIENT-CREDENTIALS'] })).toHaveLength(6);
  });
});
