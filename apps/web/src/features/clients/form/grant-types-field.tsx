import { Badge, Group, Stack, Text } from '@mantine/core';
import { choosableGrantTypes, type GrantType } from '@latchkey/domain/grant-type';
import type { FieldFault } from '@latchkey/domain/refusal';
import { useWords, Words } from '../../../words/words.tsx';
import { Icon } from '../../../ui/icon.tsx';
import styles from './card.module.css';
import { FaultText } from './fault-text.tsx';
import { fieldId } from './field-id.ts';
import { HelpToChoose } from './help-to-choose.tsx';

const id = fieldId('grantTypes');

/**
 * The grant types as cards that say when to choose each (product 4.2). Several where the Platform keeps several. Token
 * Implicit stands there with the reason why it cannot be chosen; on a client that has it, it stays until it is replaced.
 */
export const GrantTypesField = ({
  chosen,
  onChange,
  several,
  faults,
  had = [],
}: {
  chosen: readonly GrantType[];
  onChange: (grants: GrantType[]) => void;
  several: boolean;
  faults: readonly FieldFault[];
  /** Grant types that the client has already, deprecated ones among them. */
  had?: readonly GrantType[];
}) => {
  const say = useWords();
  const old = had.filter((grant) => !(choosableGrantTypes as readonly GrantType[]).includes(grant));
  const offered: readonly GrantType[] = [...choosableGrantTypes, ...old];
  // Always in the order of the offer, so that the first one on the wire does not depend on the order of clicks.
  const toggle = (grant: GrantType) =>
    onChange(
      several ? offered.filter((one) => (one === grant ? !chosen.includes(one) : chosen.includes(one))) : [grant],
    );
  return (
    <Stack gap="lg">
      <fieldset
        id={id}
        tabIndex={-1}
        className={styles['fieldset']}
        {...(faults.length > 0 && { 'aria-describedby': `${id}-error` })}
      >
        <Text component="legend" fw={600} className={styles['legend']}>
          <Words id={several ? 'form.grants.several' : 'form.grants.one'} />
        </Text>
        <Stack gap="sm">
          {offered.map((grant) => (
            <label key={grant} className={styles['card']}>
              <input
                type={several ? 'checkbox' : 'radio'}
                name="grantTypes"
                className={styles['box']}
                checked={chosen.includes(grant)}
                onChange={() => toggle(grant)}
                aria-labelledby={`${id}-${grant}-name`}
                aria-describedby={`${id}-${grant}`}
              />
              <div>
                <Group gap="xs" id={`${id}-${grant}-name`}>
                  <Text fw={600} span>
                    <Words id={`form.grant.${grant}`} />
                  </Text>
                  {grant === 'CODE' && (
                    <Badge variant="light" radius="sm" tt="none" fw={600}>
                      <Words id="form.grants.recommended" />
                    </Badge>
                  )}
                </Group>
                <Text id={`${id}-${grant}`} c="dimmed">
                  <Words id={`form.grant.${grant}.about`} />
                </Text>
              </div>
            </label>
          ))}
          {!old.includes('TOKEN') && (
            <div className={`${styles['card']} ${styles['gone']}`}>
              <Icon name="ban" size={18} />
              <div>
                <Text fw={600} c="dimmed">
                  <Words id="form.grant.TOKEN" />
                </Text>
                <Text c="dimmed">
                  <Words id="form.grant.TOKEN.gone" />
                </Text>
              </div>
            </div>
          )}
        </Stack>
        {faults.length > 0 && (
          <Text id={`${id}-error`} c="var(--mantine-color-error)" size="xs" mt="xs">
            <FaultText faults={faults} />
          </Text>
        )}
      </fieldset>
      <HelpToChoose
        say={say}
        onChoose={(grant) =>
          onChange(several ? offered.filter((one) => one === grant || chosen.includes(one)) : [grant])
        }
      />
    </Stack>
  );
};
