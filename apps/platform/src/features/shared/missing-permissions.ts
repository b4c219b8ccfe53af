import { PlatformFault } from '@latchkey/contract/platform-api/faults';
import type { Permission } from '@latchkey/domain/permission';

/** The wire's refusal that names the missing permissions in square brackets (platform-api 3.3). */
export function missingPermissions(missing: readonly Permission[], anyOf = false): PlatformFault {
  const which = anyOf ? 'at least one' : 'all';
  const text = `Unable to perform the requested action. You must have ${which} of the following permissions assigned:`;
  const permissions = missing.join(', ');
  return new PlatformFault(anyOf ? 'missing.any.permissions' : 'missing.permissions', {
    message: `${text} [${permissions}]`,
    messageWithParams: `${text} [{permissions}]`,
    messageParams: { permissions },
  });
}
