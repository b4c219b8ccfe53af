import { Divider, Stack } from '@mantine/core';
import { hasScimRole } from '@latchkey/domain/client-settings';
import { needsScopes } from '@latchkey/domain/grant-type';
import type { FieldFault } from '@latchkey/domain/refusal';
import { memo, useCallback } from 'react';
import { useSession } from '../../../session/session.tsx';
import { type ClientDraft, faultsAt, settingsShown } from './client-draft.ts';
import type { ChangeDraft } from './details-fields.tsx';
import { RedirectUrisField } from './redirect-uris-field.tsx';
import { RolesField } from './roles-field.tsx';
import { ScopesField } from './scopes-field.tsx';
import { TokenDurationField } from './token-duration-field.tsx';
import type { LoadedChoices } from './use-choices.ts';

// A key press in one list leaves the other lists alone.
const Roles = memo(RolesField);
const Scopes = memo(ScopesField);
const Uris = memo(RedirectUrisField);
const none: readonly FieldFault[] = [];
const orNone = (faults: readonly FieldFault[]) => (faults.length === 0 ? none : faults);

/** The settings of the chosen grant types: roles with Client Credentials, scopes and redirect URIs with the others. */
export const SettingsFields = ({
  draft,
  onChange,
  choices,
  faults,
  shown,
}: {
  draft: ClientDraft;
  onChange: ChangeDraft;
  choices: LoadedChoices;
  faults: readonly FieldFault[];
  shown: boolean;
}) => {
  const { platform, organization } = useSession();
  const parts = settingsShown(draft, platform.capabilities);
  const setRoles = useCallback(
    (roleDivisions: ClientDraft['roleDivisions']) => onChange({ roleDivisions }),
    [onChange],
  );
  const setScopes = useCallback((scopes: string[]) => onChange({ scopes }), [onChange]);
  const setUris = useCallback((redirectUris: string[]) => onChange({ redirectUris }), [onChange]);
  return (
    <Stack gap="xl">
      {parts.roles && (
        <Roles
          given={draft.roleDivisions}
          onChange={setRoles}
          roles={choices.roles}
          divisions={choices.divisions}
          faults={orNone(faultsAt(faults, 'roleDivisions'))}
        />
      )}
      {parts.roles && parts.scopes && <Divider />}
      {parts.scopes && (
        <Scopes
          chosen={draft.scopes}
          onChange={setScopes}
          scopes={choices.scopes}
          optional={!draft.grantTypes.some(needsScopes)}
          faults={orNone(faultsAt(faults, 'scopes'))}
        />
      )}
      {parts.redirectUris && (
        <>
          <Divider />
          <Uris
            uris={draft.redirectUris}
            onChange={setUris}
            grants={draft.grantTypes}
            faults={orNone(faultsAt(faults, 'redirectUris'))}
            shown={shown}
          />
        </>
      )}
      <Divider />
      <TokenDurationField
        seconds={draft.accessTokenValiditySeconds}
        onChange={(accessTokenValiditySeconds) => onChange({ accessTokenValiditySeconds })}
        scim={hasScimRole(draft, choices)}
        hipaa={organization.hipaa}
        faults={faultsAt(faults, 'accessTokenValiditySeconds')}
      />
    </Stack>
  );
};
