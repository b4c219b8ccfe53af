import type { OAuthClientRequest } from '@latchkey/contract/platform-api/models';
import { settingsFaults } from '@latchkey/domain/client-settings';
import type { ClientSettings } from '@latchkey/domain/client';
import { GrantType, takesRoles } from '@latchkey/domain/grant-type';
import { faultAt, type FieldFault } from '@latchkey/domain/refusal';
import type { Offer } from './choices.ts';
import { ipRangeFaults } from './ip-range.ts';

/** What the wire gives a client that names no duration (platform-api 3.7); the console always names one. */
export const omittedTokenSeconds = 86_400;

/** What can be set about a client: the domain's settings and the allowed address ranges. */
export interface Settings extends ClientSettings {
  readonly allowedIpRanges: string[];
}

/** A request, read: its settings, and grant types that do not exist. */
export interface Asked {
  readonly settings: Settings;
  readonly faults: readonly FieldFault[];
}

/**
 * Reads a request as a complete replacement: what is left out becomes empty or the default. Two things differ: the
 * older `roleIds` are roles in the home division and count only without `roleDivisions`, and the address ranges of a
 * caller who does not know this extension are kept, so that an ordinary edit never opens a client to the world.
 */
export function askedSettings(
  request: OAuthClientRequest,
  { homeDivisionId }: Offer,
  kept: readonly string[] = [],
): Asked {
  const names = grantNames(request);
  const grantTypes = names.flatMap((name) => GrantType.safeParse(name).data ?? []);
  return {
    settings: {
      name: request.name ?? '',
      description: request.description ?? '',
      grantTypes,
      roleDivisions:
        request.roleDivisions ?? (request.roleIds ?? []).map((roleId) => ({ roleId, divisionId: homeDivisionId })),
      scopes: request.scope ?? [],
      redirectUris: request.registeredRedirectUri ?? [],
      accessTokenValiditySeconds: request.accessTokenValiditySeconds ?? omittedTokenSeconds,
      allowedIpRanges: [...(request.allowedIpRanges ?? kept)],
    },
    faults: [
      ...names.flatMap((name, index) =>
        GrantType.safeParse(name).success ? [] : [faultAt(`grantTypes.${index}`, 'grant_types.unknown', unknownGrant)],
      ),
      ...mismatch(request),
    ],
  };
}

/** `authorizedGrantTypes` is the extension; the plain member is its first. */
const grantNames = ({ authorizedGrantType, authorizedGrantTypes }: OAuthClientRequest): string[] =>
  authorizedGrantTypes ?? (authorizedGrantType === undefined ? [] : [authorizedGrantType]);

const unknownGrant = {
  message: 'There is no such grant type.',
  remedy: `Choose one of ${GrantType.options.join(', ')}.`,
};

function mismatch({ authorizedGrantType, authorizedGrantTypes }: OAuthClientRequest): FieldFault[] {
  if (authorizedGrantType === undefined || authorizedGrantTypes === undefined) return [];
  if (authorizedGrantTypes[0] === authorizedGrantType) return [];
  const sentence = {
    message: 'authorizedGrantType must be the first of authorizedGrantTypes.',
    remedy: 'Send the same grant type in both places, or leave one of them out.',
  };
  return [faultAt('grantTypes', 'grant_types.mismatch', sentence)];
}

/** Every fault of what was asked, at once (security R-08); `before` is the client when this is a change. */
export function faultsOf({ settings, faults }: Asked, { choices }: Offer, before?: ClientSettings): FieldFault[] {
  const unknown = faults.some(({ reason }) => reason === 'grant_types.unknown');
  return [
    ...faults,
    // A grant type that does not exist is one fault, not two.
    ...settingsFaults(settings, choices, before).filter(({ reason }) => !(unknown && reason === 'grant_types.missing')),
    ...ipRangeFaults(settings.allowedIpRanges, settings.grantTypes.some(takesRoles)),
  ];
}
