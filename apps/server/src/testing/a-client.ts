import type { ClientForm, RevealKey } from '@latchkey/contract/console-api/models';
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose';
import { testIds } from './test-organization.ts';

/** A form that the test organization's administrator may save. */
export const aForm = (more: Partial<ClientForm> = {}): ClientForm => ({
  name: 'Nightly export',
  description: '',
  grantTypes: ['CLIENT-CREDENTIALS'],
  roleDivisions: [{ roleId: testIds.roles.reporting, divisionId: testIds.home }],
  scopes: [],
  redirectUris: [],
  accessTokenValiditySeconds: 3_600,
  owner: null,
  purpose: '',
  environment: null,
  ...more,
});

/** A form of a client that people sign in with. */
export const aCodeForm = (more: Partial<ClientForm> = {}): ClientForm =>
  aForm({
    grantTypes: ['CODE'],
    roleDivisions: [],
    scopes: ['users:readonly'],
    redirectUris: ['https://app.example.com/cb'],
    ...more,
  });

/** The part of a page that receives secrets: a key pair, whose private half only it can use. */
export async function aPage(): Promise<{ revealKey: RevealKey; open: (sealed: string) => Promise<string> }> {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' });
  const { kty, crv, x, y } = await exportJWK(publicKey);
  return {
    revealKey: { kty, crv, x, y } as RevealKey,
    open: async (sealed) => new TextDecoder().decode((await compactDecrypt(sealed, privateKey)).plaintext),
  };
}
