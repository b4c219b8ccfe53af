import { Stack, Text } from '@mantine/core';
import type { RoleChoice } from '@latchkey/contract/console-api/choices';
import type { RoleDivision } from '@latchkey/domain/client';
import type { FieldFault } from '@latchkey/domain/refusal';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { useSession } from '../../../session/session.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { BroadMark, ChosenRoleCard } from './chosen-role-card.tsx';
import { FaultText } from './fault-text.tsx';
import { fieldId } from './field-id.ts';
import { chosenRoles, type Division, firstDivision, rolesFound, withRole } from './roles-choice.ts';
import { SearchedList } from './searched-list.tsx';
import styles from './choice-list.module.css';

const field = 'roleDivisions';

/**
 * The roles of a Client Credentials client, each with the divisions in which it applies (product 4.3). Roles that the
 * person does not hold are listed and say why they cannot be given and who can.
 */
export const RolesField = ({
  given,
  onChange,
  roles,
  divisions,
  faults,
}: {
  given: readonly RoleDivision[];
  onChange: (given: RoleDivision[]) => void;
  roles: readonly RoleChoice[];
  divisions: readonly Division[];
  faults: readonly FieldFault[];
}) => {
  const say = useWords();
  const id = useId();
  const [search, setSearch] = useState('');
  const searched = useDeferredValue(search);
  const found = useMemo(() => rolesFound(roles, searched), [roles, searched]);
  const who = useGrantors();
  const chosen = chosenRoles(given);
  const byId = new Map(roles.map((role) => [role.id, role]));
  const ofList = faults.filter((fault) => fault.field === field);
  const faultsOf = (roleId: string) =>
    faults.filter(({ field: path }) => {
      const position = path.split('.')[1];
      return position !== undefined && given[Number(position)]?.roleId === roleId;
    });
  const toggle = (role: RoleChoice) => {
    const isGiven = chosen.some(({ roleId }) => roleId === role.id);
    const first = firstDivision(role, divisions);
    onChange(withRole(given, role.id, isGiven || first === null ? [] : [first]));
  };
  return (
    <div
      id={fieldId(field)}
      role="group"
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-about ${id}-error`}
      className={styles['field']}
    >
      <Text id={`${id}-label`} fw={600}>
        <Words id="form.roles" />
      </Text>
      <Text id={`${id}-about`} c="dimmed" size="xs">
        <Words id="form.roles.about" />
      </Text>
      <Text id={`${id}-error`} c="var(--mantine-color-error)" size="xs" component="div">
        <FaultText faults={ofList} />
      </Text>
      {chosen.length > 0 && (
        <Stack
          gap="xs"
          mt="xs"
          component="ul"
          role="list"
          className={styles['plain']}
          aria-label={say('form.roles.chosen')}
        >
          {chosen.map(({ roleId, divisionIds }) => (
            <ChosenRoleCard
              key={roleId}
              roleId={roleId}
              role={byId.get(roleId)}
              divisionIds={divisionIds}
              divisions={divisions}
              faults={faultsOf(roleId)}
              onChange={(ids) => onChange(withRole(given, roleId, ids))}
              onRemove={() => {
                onChange(withRole(given, roleId, []));
                document.getElementById(`${id}-search`)?.focus();
              }}
            />
          ))}
        </Stack>
      )}
      <SearchedList
        id={id}
        searchWords="form.roles.search"
        listWords="form.roles.all"
        search={search}
        onSearch={setSearch}
      >
        {found.map((role) => {
          const isGiven = chosen.some(({ roleId }) => roleId === role.id);
          const cannot = role.heldIn.length === 0 && !isGiven;
          return (
            <label key={role.id} className={styles['option']} data-refused={cannot || undefined}>
              <input
                type="checkbox"
                className={styles['box']}
                checked={isGiven}
                aria-disabled={cannot}
                aria-labelledby={`${id}-${role.id}-name`}
                aria-describedby={`${id}-${role.id}`}
                onChange={() => !cannot && toggle(role)}
              />
              <span>
                <span id={`${id}-${role.id}-name`}>
                  <span className={styles['name']}>{role.name}</span> {role.broad && <BroadMark />}
                </span>
                <span id={`${id}-${role.id}`} className={styles['about']}>
                  {role.description}
                  {cannot && (
                    <span className={styles['why']}>
                      <Icon name="lock" size={12} /> <Words id="form.roles.notHeld" values={{ who }} />
                    </span>
                  )}
                </span>
              </span>
            </label>
          );
        })}
        {found.length === 0 && (
          <Text c="dimmed" p="sm">
            <Words id="form.roles.noneFound" />
          </Text>
        )}
      </SearchedList>
    </div>
  );
};

/** Who can give a role that the person does not hold, as a sentence. */
function useGrantors(): string {
  const say = useWords();
  const intl = useIntl();
  const { grantors } = useSession();
  return grantors.length > 0
    ? say('ui.grantors', { count: 1, roles: intl.formatList(grantors, { type: 'disjunction' }) })
    : say('ui.grantorsUnknown', { count: 1 });
}
