import { Alert, Group, NativeSelect, NumberInput, Radio, Stack, Text } from '@mantine/core';
import type { FieldFault } from '@latchkey/domain/refusal';
import {
  maxScimTokenSeconds,
  maxTokenSeconds,
  minTokenSeconds,
  tokenDurationPresets,
} from '@latchkey/domain/token-duration';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useDuration } from '../../../ui/duration-text.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useWords, Words } from '../../../words/words.tsx';
import { faultText } from './fault-text.tsx';
import { fieldId } from './field-id.ts';
import { type DurationUnit, durationUnits, secondsOf, unitFor } from './token-duration.ts';

const custom = 'custom';
const id = fieldId('accessTokenValiditySeconds');

/**
 * How long a token lasts: four usual durations or an own one in human units, always with the seconds beside (product 4.6,
 * security T-08). Beyond 48 hours only where a SCIM role is chosen.
 */
export const TokenDurationField = ({
  seconds,
  onChange,
  scim,
  hipaa,
  faults,
}: {
  /** `null` while nothing is typed. */
  seconds: number | null;
  onChange: (seconds: number | null) => void;
  /** The client has the SCIM role. */
  scim: boolean;
  /** The organization is under the HIPAA policy. */
  hipaa: boolean;
  faults: readonly FieldFault[];
}) => {
  const say = useWords();
  const intl = useIntl();
  const duration = useDuration();
  const presets = [...tokenDurationPresets, ...(scim ? [{ seconds: maxScimTokenSeconds, name: 'scim' } as const] : [])];
  const [own, setOwn] = useState(() => seconds === null || !presets.some((preset) => preset.seconds === seconds));
  const [unit, setUnit] = useState<DurationUnit>(() => unitFor(seconds ?? 0));
  const [amount, setAmount] = useState<number | string>(() => (seconds === null ? '' : seconds / durationUnits[unit]));
  const type = (nextAmount: number | string, nextUnit: DurationUnit) => {
    setAmount(nextAmount);
    setUnit(nextUnit);
    onChange(secondsOf(nextAmount, nextUnit));
  };
  const choose = (value: string) => {
    setOwn(value === custom);
    if (value !== custom) {
      const preset = Number(value);
      setUnit(unitFor(preset));
      setAmount(preset / durationUnits[unitFor(preset)]);
      onChange(preset);
    }
  };
  const inSeconds = (value: number) =>
    intl.formatNumber(value, { style: 'unit', unit: 'second', unitDisplay: 'long', maximumFractionDigits: 6 });
  return (
    <Stack gap="sm">
      <Radio.Group
        {...(!own && { id })}
        tabIndex={-1}
        label={say('form.duration')}
        description={say('form.duration.about')}
        value={own ? custom : String(seconds)}
        onChange={choose}
        error={!own && faultText(faults)}
      >
        <Stack gap="xs" mt="xs">
          {presets.map((preset) => (
            <Radio
              key={preset.name}
              value={String(preset.seconds)}
              label={
                <>
                  {say(`form.duration.${preset.name}`)}{' '}
                  <Text span c="dimmed" size="xs" className="tabular">
                    {inSeconds(preset.seconds)}
                  </Text>
                </>
              }
            />
          ))}
          <Radio value={custom} label={say('form.duration.custom')} />
        </Stack>
      </Radio.Group>
      {own && (
        <Group align="flex-start" gap="xs" pl="xl">
          <NumberInput
            id={id}
            label={say('form.duration.amount')}
            value={amount}
            onChange={(value) => type(value, unit)}
            hideControls
            w={140}
            allowNegative={false}
            error={faults.length > 0}
            aria-describedby={`${id}-means`}
          />
          <NativeSelect
            label={say('form.duration.unit')}
            value={unit}
            onChange={(event) => type(amount, event.currentTarget.value as DurationUnit)}
            data={(Object.keys(durationUnits) as DurationUnit[]).map((value) => ({
              value,
              label: say(`form.duration.unit.${value}`),
            }))}
          />
          <Text
            id={`${id}-means`}
            size="xs"
            w="100%"
            c={faults.length > 0 ? 'var(--mantine-color-error)' : 'dimmed'}
            component="div"
          >
            {faultText(faults) || (
              <Words
                id="form.duration.means"
                values={{ seconds: inSeconds(seconds ?? 0), human: duration(seconds ?? 0, 4) }}
              />
            )}
          </Text>
        </Group>
      )}
      <Text size="xs" c="dimmed">
        <Words
          id={scim ? 'form.duration.range.scim' : 'form.duration.range'}
          values={{
            min: intl.formatNumber(minTokenSeconds),
            max: intl.formatNumber(scim ? maxScimTokenSeconds : maxTokenSeconds),
          }}
        />
      </Text>
      {hipaa && (
        <Alert color="teal" variant="light" icon={<Icon name="info" />}>
          <Words id="form.duration.hipaa" />
        </Alert>
      )}
    </Stack>
  );
};
