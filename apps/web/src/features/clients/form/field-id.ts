import type { FieldFault } from '@latchkey/domain/refusal';
import type { ClientDraft } from './client-draft.ts';

/** The id of the element in which a field is typed or chosen. */
export const fieldId = (field: string): string => `field-${field.replaceAll('.', '-')}`;

/** Where a link to a fault leads: the line of a redirect URI, the card of a role, else the field as a whole. */
export function elementOf({ field }: Pick<FieldFault, 'field'>, draft: Pick<ClientDraft, 'roleDivisions'>): string {
  const [name = field, position] = field.split('.');
  if (name === 'redirectUris' && position !== undefined) return fieldId(`${name}.${position}`);
  if (name !== 'roleDivisions' || position === undefined) return fieldId(name);
  const roleId = draft.roleDivisions[Number(position)]?.roleId;
  return roleId === undefined ? fieldId(name) : fieldId(`${name}.${roleId}`);
}
