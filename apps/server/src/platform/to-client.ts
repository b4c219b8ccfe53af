import type { OAuthClient, OAuthClientRequest, OAuthClientSecret } from '@latchkey/contract/platform-api/models';
import { clientState, type ClientSettings, type PersonRef } from '@latchkey/domain/client';
import type { GrantType } from '@latchkey/domain/grant-type';
import { RotationReason } from '@latchkey/domain/secret';
import type { PlatformClient, PlatformSecret } from './door.ts';

/** People by id, to give the wire's bare references their names (platform-api 2.1). */
export type People = ReadonlyMap<string, PersonRef>;

/** The wire's own default, where an answer leaves the duration out (platform-api 3.7). */
const wireDefaultSeconds = 86_400;

/** A client of the wire in the domain's words; `null` for one that is gone. */
export function toClient(wire: OAuthClient, people: People): PlatformClient | null {
  if (wire.state === 'deleted') return null;
  const initialOwner = personOf(wire.owner, people);
  return {
    id: wire.id,
    name: wire.name,
    description: wire.description ?? '',
    grantTypes: grantTypesOf(wire),
    roleDivisions: wire.roleDivisions ?? [],
    scopes: wire.scope ?? [],
    redirectUris: wire.registeredRedirectUri ?? [],
    accessTokenValiditySeconds: wire.accessTokenValiditySeconds ?? wireDefaultSeconds,
    state: clientState(wire.state ?? 'active', wire.dateToDelete),
    dateToDelete: wire.dateToDelete ? instant(wire.dateToDelete) : null,
    dateCreated: instant(wire.dateCreated) ?? new Date(0).toISOString(),
    createdBy: personOf(wire.createdBy, people),
    dateModified: instant(wire.dateModified),
    modifiedBy: personOf(wire.modifiedBy, people),
    dateLastUsed: instant(wire.dateLastUsed),
    secretCreatedAt: instant(wire.dateSecretCreated),
    allowedIpRanges: wire.allowedIpRanges ?? [],
    ...(initialOwner !== null && { initialOwner }),
  };
}

/** The complete model of a change: what is left out could be reset (platform-api 2.1). */
export function toRequest(
  settings: ClientSettings,
  state: 'active' | 'inactive',
  extras: { readonly severalGrantTypes: boolean; readonly allowedIpRanges?: readonly string[] },
): OAuthClientRequest {
  const [first] = settings.grantTypes;
  return {
    name: settings.name,
    description: settings.description,
    ...(first !== undefined && { authorizedGrantType: first }),
    ...(extras.severalGrantTypes && { authorizedGrantTypes: [...settings.grantTypes] }),
    accessTokenValiditySeconds: settings.accessTokenValiditySeconds,
    registeredRedirectUri: [...settings.redirectUris],
    scope: [...settings.scopes],
    roleDivisions: settings.roleDivisions.map(({ roleId, divisionId }) => ({ roleId, divisionId })),
    state,
    ...(extras.allowedIpRanges &&
      extras.allowedIpRanges.length > 0 && { allowedIpRanges: [...extras.allowedIpRanges] }),
  };
}

/** A listed secret in the console's words. */
export const toSecret = (wire: OAuthClientSecret, people: People): PlatformSecret => ({
  id: wire.id,
  // Never more than four characters, whatever the Platform says (security K-02).
  hint: wire.hint.slice(-4),
  createdAt: instant(wire.dateCreated) ?? new Date(0).toISOString(),
  createdBy: personOf(wire.createdBy, people),
  lastUsedAt: instant(wire.dateLastUsed),
  usesToday: wire.usesToday,
  endsAt: instant(wire.dateEnds),
  reason: RotationReason.safeParse(wire.reason).data ?? null,
});

const grantTypesOf = ({ authorizedGrantTypes, authorizedGrantType }: OAuthClient): GrantType[] => {
  if (authorizedGrantTypes && authorizedGrantTypes.length > 0) return authorizedGrantTypes;
  return authorizedGrantType ? [authorizedGrantType] : [];
};

function personOf(ref: { id: string; name?: string | undefined } | undefined, people: People): PersonRef | null {
  if (ref === undefined) return null;
  return people.get(ref.id) ?? { id: ref.id, name: ref.name ?? ref.id };
}

/** With milliseconds, which the wire may leave out; `null` for what is no instant. */
function instant(text: string | undefined): string | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
