import { ClientState, Environment, PersonRef, RoleDivision } from '@latchkey/domain/client';
import { GrantType } from '@latchkey/domain/grant-type';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WordId } from '../words/ids.ts';
import { Words } from '../words/words.tsx';
import { DurationText } from './duration-text.tsx';
import { InstantText } from './instant-text.tsx';
import type { RoleNames } from './use-role-names.ts';

const fieldWords = {
  name: 'form.name',
  description: 'form.description',
  purpose: 'form.purpose',
  environment: 'form.environment',
  owner: 'form.owner',
  grantTypes: 'detail.grants',
  roleDivisions: 'form.roles',
  scopes: 'form.scopes',
  redirectUris: 'form.uris',
  accessTokenValiditySeconds: 'form.duration',
  state: 'history.field.state',
  dateToDelete: 'history.field.dateToDelete',
} as const satisfies Record<string, WordId>;

/** What a field of a client is called on the page; the field's own name where the page does not know it. */
export const ClientFieldName = ({ field }: { field: string }) =>
  Object.hasOwn(fieldWords, field) ? <Words id={fieldWords[field as keyof typeof fieldWords]} /> : <code>{field}</code>;

/**
 * The value of a client's field as a person reads it: roles and people by name, durations in units. `null` for a value
 * that is not set. Everything that somebody typed is isolated from the text around it (security I-08).
 */
export function clientFieldValue(field: string, value: unknown, names: RoleNames): ReactNode {
  if (value === null || value === undefined || value === '') return null;
  switch (field) {
    case 'accessTokenValiditySeconds':
      return typeof value === 'number' && !Number.isNaN(value) ? <DurationText seconds={value} parts={4} /> : null;
    case 'dateToDelete':
      return typeof value === 'string' ? <InstantText at={value} show="local" /> : null;
    case 'state': {
      const state = ClientState.safeParse(value).data;
      return state ? <Words id={`ui.state.${state}`} /> : asIs(value);
    }
    case 'environment': {
      const environment = Environment.safeParse(value).data;
      return environment ? <Words id={`ui.environment.${environment}`} /> : asIs(value);
    }
    case 'grantTypes': {
      const grant = GrantType.safeParse(value).data;
      return grant ? <Words id={`ui.grant.${grant}`} /> : asIs(value);
    }
    case 'roleDivisions': {
      const role = RoleDivision.safeParse(value).data;
      return role ? asIs(`${names.role(role.roleId)} (${names.division(role.divisionId)})`) : asIs(value);
    }
    case 'owner': {
      const person = PersonRef.safeParse(value).data;
      return person ? asIs(person.email ? `${person.name} (${person.email})` : person.name) : asIs(value);
    }
    case 'scopes':
    case 'redirectUris':
      return (
        <Text span ff="monospace" dir="ltr">
          {asIs(value)}
        </Text>
      );
    default:
      return asIs(value);
  }
}

const asIs = (value: unknown): ReactNode => <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>;
