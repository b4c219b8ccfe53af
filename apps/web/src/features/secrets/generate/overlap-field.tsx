import { Group, NativeSelect, NumberInput, Stack } from '@mantine/core';
import { maxOverlapSeconds, overlapSentences, whyNotOverlap } from '@latchkey/domain/secret';
import { useState } from 'react';
import { useWords } from '../../../words/words.tsx';
import { overlapPresets } from './overlap.ts';

const custom = 'custom';
const hour = 3_600;

/** How long the old secret shall still work: usual times, or an own one in hours up to seven days. */
export const OverlapField = ({
  seconds,
  onChange,
}: {
  /** `null` while what is typed cannot be used. */
  seconds: number | null;
  onChange: (seconds: number | null) => void;
}) => {
  const say = useWords();
  const [own, setOwn] = useState(false);
  const [hours, setHours] = useState<number | string>('');
  const typed = hours === '' ? Number.NaN : Math.round(Number(hours) * hour);
  const refusal = own && hours !== '' ? whyNotOverlap('scheduled', typed) : null;
  const type = (value: number | string) => {
    setHours(value);
    const next = Math.round(Number(value) * hour);
    onChange(value === '' || whyNotOverlap('scheduled', next) !== null ? null : next);
  };
  return (
    <Stack gap="xs">
      <NativeSelect
        label={say('generate.overlap')}
        description={say('generate.overlap.about')}
        value={own ? custom : String(seconds)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setOwn(value === custom);
          if (value === custom) type((seconds ?? 0) / hour);
          else onChange(Number(value));
        }}
        data={[
          ...overlapPresets.map((preset) => ({
            value: String(preset),
            label: say(`generate.overlap.${preset}`),
          })),
          { value: custom, label: say('generate.overlap.custom') },
        ]}
      />
      {own && (
        <Group>
          <NumberInput
            label={say('generate.overlap.hours')}
            value={hours}
            onChange={type}
            hideControls
            allowNegative={false}
            max={maxOverlapSeconds / hour}
            clampBehavior="none"
            w={180}
            error={refusal && `${overlapSentences[refusal].message} ${say('generate.overlap.max')}`}
          />
        </Group>
      )}
    </Stack>
  );
};
