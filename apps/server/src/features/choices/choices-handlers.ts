import type { ConsoleApi } from '@latchkey/contract/console-api/table';
import type { Handlers } from '@latchkey/wire/mount';
import type { Context } from '../../context.ts';
import { fold } from '../../inventory/fold.ts';
import { wordsOf } from '../../inventory/words.ts';
import type { Parts } from '../../parts.ts';

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, 'en');

/** What a form offers, as far as the Platform shows it to this person (product 4.3, 4.4). */
export const choicesHandlers = (parts: Parts): Handlers<Pick<ConsoleApi, 'choices'>, Context>['choices'] => ({
  async roles(_input, context) {
    const { roles, broadRoleIds } = await wordsOf(parts.platform, context);
    return roles
      .map(({ permissions, ...role }) => ({
        ...role,
        heldIn: [
          ...new Set(
            context.holder.roles.filter(({ roleId }) => roleId === role.id).map(({ divisionId }) => divisionId),
          ),
        ],
        permissions: permissions && [...permissions],
        broad: broadRoleIds.has(role.id),
      }))
      .toSorted(byName);
  },
  async divisions(_input, context) {
    const { divisions } = await wordsOf(parts.platform, context);
    return divisions.toSorted(byName);
  },
  async scopes(_input, context) {
    const { scopes } = await wordsOf(parts.platform, context);
    return scopes.toSorted((a, b) => a.id.localeCompare(b.id, 'en'));
  },
  async people({ query: { q, ids, limit } }, { platform }) {
    const words = fold(q).split(/\s+/).filter(Boolean);
    const found = (await platform.people()).filter(({ id, name, email = '' }) => {
      if (ids && !ids.includes(id)) return false;
      const text = fold(`${name}\n${email}`);
      return words.every((word) => text.includes(word));
    });
    return found.toSorted(byName).slice(0, ids ? ids.length : limit);
  },
});
