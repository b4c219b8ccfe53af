import { interactionPolicy } from 'oidc-provider';
import type { interactionPolicy as Policy } from 'oidc-provider';
import { textOf } from './text-of.ts';

const { base, Check } = interactionPolicy;

/**
 * When a person is asked to sign in and to consent: the library's own rules, except that an application on the
 * person's own machine (loopback or private scheme) asks each time, since anything there can pose as it (RFC 8252
 * §8.6). The built-in client never asks.
 */
export function signInPolicy(): Policy.DefaultPolicy {
  const policy = base();
  const consent = policy.get('consent');
  consent?.checks.remove('native_client_prompt');
  consent?.checks.add(
    new Check('local_application', 'applications on the own machine ask each time', 'consent_required', ({ oidc }) => {
      const uri = textOf(oidc.params?.['redirect_uri']);
      const asks =
        !uri.startsWith('https:') && oidc.client?.['built_in'] !== true && oidc.result?.consent === undefined;
      return asks ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    }),
  );
  return policy;
}
