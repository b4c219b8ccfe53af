import type { FieldFault } from '@latchkey/domain/refusal';
import type { WordId } from '../../../words/ids.ts';
import { type CreateStep, createSteps } from './create-search.ts';

/** The fields of each step; the words under which a fault names them. */
const fields: Record<string, { step: CreateStep; label: WordId }> = {
  name: { step: 'details', label: 'form.name' },
  description: { step: 'details', label: 'form.description' },
  owner: { step: 'details', label: 'form.owner' },
  purpose: { step: 'details', label: 'form.purpose' },
  environment: { step: 'details', label: 'form.environment' },
  grantTypes: { step: 'grant-types', label: 'create.step.grant-types' },
  roleDivisions: { step: 'settings', label: 'form.roles' },
  scopes: { step: 'settings', label: 'form.scopes' },
  redirectUris: { step: 'settings', label: 'form.uris' },
  accessTokenValiditySeconds: { step: 'settings', label: 'form.duration' },
};

const nameOf = (field: string): string => field.split('.')[0] ?? field;

/** The step in which a field stands; what stands nowhere is told in the review. */
export const stepOf = (field: string): CreateStep => fields[nameOf(field)]?.step ?? 'review';

/** What a field is called on the page. */
export const labelOf = (field: string): WordId => fields[nameOf(field)]?.label ?? 'create.step.review';

/** The faults that keep one from leaving a step. */
export const faultsOfStep = (faults: readonly FieldFault[], step: CreateStep): FieldFault[] =>
  faults.filter(({ field }) => stepOf(field) === step);

/** The first step with a fault, up to and with `last`; null when all are fine. */
export function firstWrongStep(faults: readonly FieldFault[], last: CreateStep): CreateStep | null {
  const wrong = new Set(faults.map(({ field }) => stepOf(field)));
  return createSteps.slice(0, createSteps.indexOf(last) + 1).find((step) => wrong.has(step)) ?? null;
}

/** The fields that the server names, as the form names them: it speaks of the whole body. */
export const asTyped = (faults: readonly FieldFault[]): FieldFault[] =>
  faults.map((fault) => ({ ...fault, field: fault.field.replace(/^client\./, '') }));
