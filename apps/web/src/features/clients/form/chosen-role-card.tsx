import { ActionIcon, Group, MultiSelect, Text } from '@mantine/core';
import type { RoleChoice } from '@latchkey/contract/console-api/choices';
import { allDivisions } from '@latchkey/domain/client';
import type { FieldFault } from '@latchkey/domain/refusal';
import { isScimRole } from '@latchkey/domain/token-duration';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { faultText } from './fault-text.tsx';
import { fieldId } from './field-id.ts';
import { canGive, type Division, settledDivisions } from './roles-choice.ts';
import styles from './choice-list.module.css';

/** Marks a role that may do far more than one task needs. */
export const BroadMark = () => (
  <span className={styles['broad']}>
    <Icon name="warning" size={12} /> <Words id="form.roles.broad" />
  </span>
);

/** A chosen role: the divisions in which it applies, and the way to take it away. */
export const ChosenRoleCard = ({
  roleId,
  role,
  divisionIds,
  divisions,
  faults,
  onChange,
  onRemove,
}: {
  roleId: string;
  /** What is known of the role; undefined when it does not exist any more. */
  role: RoleChoice | undefined;
  divisionIds: readonly string[];
  divisions: readonly Division[];
  faults: readonly FieldFault[];
  onChange: (divisionIds: string[]) => void;
  onRemove: () => void;
}) => {
  const say = useWords();
  const name = role?.name ?? roleId;
  const choices = [
    { id: allDivisions, name: say('ui.allDivisions') },
    ...divisions.toSorted((a, b) => Number(b.home) - Number(a.home) || a.name.localeCompare(b.name)),
    ...divisionIds
      .filter((id) => id !== allDivisions && !divisions.some((one) => one.id === id))
      .map((id) => ({ id, name: id })),
  ];
  const refused = (id: string) => !divisionIds.includes(id) && !(role && canGive(role, id));
  return (
    <li className={styles['chosen']}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600} span>
            {name}
          </Text>{' '}
          {role?.broad && <BroadMark />}
          {role && isScimRole(role) && (
            <Text size="xs" c="dimmed">
              <Words id="form.roles.scim" />
            </Text>
          )}
        </div>
        <ActionIcon variant="subtle" color="gray" aria-label={say('form.roles.remove', { name })} onClick={onRemove}>
          <Icon name="close" size={14} />
        </ActionIcon>
      </Group>
      <MultiSelect
        id={fieldId(`roleDivisions.${roleId}`)}
        label={say('form.roles.divisions', { name })}
        searchable
        hidePickedOptions
        value={[...divisionIds]}
        // The last division stays: a role without one is taken away by its own button.
        onChange={(ids) => ids.length > 0 && onChange(settledDivisions(divisionIds, ids))}
        data={choices.map((one) => ({ value: one.id, label: one.name, disabled: refused(one.id) }))}
        renderOption={({ option }) => (
          <span>
            {option.label}
            {option.disabled && (
              <Text span size="xs" c="dimmed">
                {' '}
                <Words id="form.roles.notHeldThere" />
              </Text>
            )}
          </span>
        )}
        nothingFoundMessage={say('form.roles.noDivision')}
        error={faultText(faults)}
      />
    </li>
  );
};
