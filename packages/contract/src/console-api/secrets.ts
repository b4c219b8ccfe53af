import { Instant } from '@latchkey/domain/client';
import { maxOverlapSeconds, RotationReason } from '@latchkey/domain/secret';
import { maxStoredWhereLength } from '@latchkey/domain/text';
import * as z from 'zod';
import { route } from '../route.ts';
import { Reveal, RevealKey, SecretForm, SecretView, SecretWay } from './models.ts';

const params = z.object({ clientId: z.string() });

/** The secrets of a client: listed without value, generated, ended (product 7.1, 7.2). */
export const secrets = {
  list: route({
    method: 'GET',
    path: '/clients/:clientId/secrets',
    permission: 'oauth:client:view',
    summary: 'The secrets of a client that still work, never their values',
    params,
    output: z.object({
      items: z.array(SecretView),
      /** False where the Platform keeps one secret and tells nothing of it. */
      detailed: z.boolean(),
    }),
    faults: ['client.not_found'],
  }),
  generate: route({
    method: 'POST',
    path: '/clients/:clientId/secrets',
    permission: { allOf: ['oauth:client:view', 'oauth:client:edit'] },
    reveals: true,
    summary: 'Generate a new secret, sealed to the key of the page; the previous one works on for as long as asked',
    params,
    body: z.strictObject({
      reason: RotationReason,
      /** Seconds for which the previous secret still works; 0 ends it at once. Left out: by the reason. */
      keepPreviousForSeconds: z.int().min(0).max(maxOverlapSeconds).optional(),
      /** Id of the secret that the person saw as the current one; refused when it is not any more. */
      replaces: z.string().optional(),
      revealKey: RevealKey,
    }),
    output: z.object({ reveal: Reveal }),
    status: 201,
    faults: [
      'client.not_found',
      'role.not_held',
      'client.not_active',
      'client.no_secret',
      'secret.generated_meanwhile',
      'outcome.unknown',
      'reveal.over',
      'idempotency.key_reused',
      'idempotency.in_progress',
    ],
  }),
  retire: route({
    method: 'DELETE',
    path: '/clients/:clientId/secrets/:secretId',
    permission: { allOf: ['oauth:client:view', 'oauth:client:edit'] },
    summary: 'End the previous secret now; the last one that works cannot be ended',
    params: params.extend({ secretId: z.string() }),
    output: z.undefined(),
    status: 204,
    faults: ['client.not_found', 'secret.not_found', 'role.not_held', 'secret.last_one'],
  }),
};

/** Secrets that were sealed to this session's page and are not acknowledged yet (product 5.3, 5.6). */
export const reveals = {
  list: route({
    method: 'GET',
    path: '/reveals',
    permission: 'signed-in',
    background: true,
    reveals: true,
    summary: 'The sealed secrets that wait for this session',
    output: z.array(Reveal),
  }),
  note: route({
    method: 'POST',
    path: '/reveals/:revealId/ways',
    permission: 'signed-in',
    summary: 'Note how the secret left the dialog: uncovered, copied, downloaded',
    params: z.object({ revealId: z.uuid() }),
    body: z.strictObject({ way: SecretWay, form: SecretForm }),
    output: z.undefined(),
    status: 204,
    faults: ['reveal.not_found', 'reveal.over'],
  }),
  acknowledge: route({
    method: 'POST',
    path: '/reveals/:revealId/acknowledge',
    permission: 'signed-in',
    summary: 'Say that the secret is stored; the sealed text is deleted and the receipt written',
    params: z.object({ revealId: z.uuid() }),
    body: z.strictObject({ storedWhere: z.string().max(maxStoredWhereLength) }),
    output: z.object({
      clientId: z.string(),
      clientName: z.string(),
      acknowledgedAt: Instant,
      ways: z.array(SecretWay),
      storedWhere: z.string(),
    }),
    faults: ['reveal.not_found', 'reveal.over'],
  }),
};
