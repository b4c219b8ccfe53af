import { Button, Group, Stack, Text } from '@mantine/core';
import type { GrantType } from '@latchkey/domain/grant-type';
import { maxRedirectUris, redirectUriFaults, redirectUriLines } from '@latchkey/domain/redirect-uri';
import type { FieldFault } from '@latchkey/domain/refusal';
import { useCallback, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useWords, Words } from '../../../words/words.tsx';
import { announce } from '../../../ui/announce.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { atLines, faultsAt } from './client-draft.ts';
import { FaultText } from './fault-text.tsx';
import { fieldId } from './field-id.ts';
import { noticesByLine } from './redirect-uri-notices.ts';
import { RedirectUriRow } from './redirect-uri-row.tsx';
import styles from './redirect-uris.module.css';

const field = 'redirectUris';

/**
 * The redirect URIs, one per line (product 4.5). Pasting several lines makes several rows, Enter makes the next one.
 * Each row says at once what is wrong with it, once it was left or pasted; nothing is trimmed or mended. `shown` makes
 * every row speak, for a form that was refused.
 */
export const RedirectUrisField = ({
  uris,
  onChange,
  grants,
  faults,
  shown,
}: {
  uris: readonly string[];
  onChange: (uris: string[]) => void;
  grants: readonly GrantType[];
  /** Faults that the rules of a line do not know: a missing list, what the server refused. */
  faults: readonly FieldFault[];
  shown: boolean;
}) => {
  const say = useWords();
  // Rows stay as they are while one of them is typed in, so what they call must stay the same.
  const words = useRef(say);
  words.current = say;
  const id = useId();
  const { rows, change } = useRows(uris, onChange);
  const [left, setLeft] = useState<ReadonlySet<number>>(
    () => new Set(rows.filter(({ uri }) => uri !== '').map(({ key }) => key)),
  );
  const [goTo, setGoTo] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);

  // The verdicts follow the typing; they never hold it up.
  const judged = useDeferredValue(uris);
  const verdicts = useMemo(
    () =>
      atLines(
        redirectUriFaults(
          judged.filter((uri) => uri.trim() !== ''),
          grants,
          field,
        ),
        { redirectUris: [...judged] },
      ),
    [judged, grants],
  );
  const notices = useMemo(() => noticesByLine(judged), [judged]);
  const count = uris.filter((uri) => uri.trim() !== '').length;
  const ofList = distinct([...verdicts, ...faults].filter((fault) => fault.field === field));

  useEffect(() => {
    if (goTo === null) return;
    box.current?.querySelector<HTMLElement>(`[data-row="${goTo}"]`)?.focus();
    setGoTo(null);
  }, [goTo]);

  const leave = useCallback(
    (key: number) => setLeft((before) => (before.has(key) ? before : new Set(before).add(key))),
    [],
  );
  const edit = useCallback(
    (key: number, text: string) => {
      if (!/[\r\n]/.test(text)) {
        change((before) => before.map((row) => (row.key === key ? { key, uri: text } : row)));
        return;
      }
      const lines = redirectUriLines(text).map(({ uri }) => uri);
      change((before, newKey) => {
        const made = lines.map((uri, index) => ({ key: index === 0 ? key : newKey(), uri }));
        const [first = { key, uri: '' }, ...more] = made;
        setLeft((seen) => new Set([...seen, ...made.map((row) => row.key)]));
        setGoTo(more.at(-1)?.key ?? key);
        return before.flatMap((row) => (row.key === key ? [first, ...more] : [row]));
      });
      announce(words.current('form.uris.split', { count: lines.length }));
    },
    [change],
  );
  const addAfter = useCallback(
    (key: number | undefined) =>
      change((before, newKey) => {
        const made = { key: newKey(), uri: '' };
        setGoTo(made.key);
        const at = before.findIndex((row) => row.key === key);
        return at === -1 ? [...before, made] : before.toSpliced(at + 1, 0, made);
      }),
    [change],
  );
  const remove = useCallback(
    (key: number) =>
      change((before, newKey) => {
        const at = before.findIndex((row) => row.key === key);
        const rest = before.filter((row) => row.key !== key);
        const kept = rest.length > 0 ? rest : [{ key: newKey(), uri: '' }];
        const next = kept[Math.max(0, at - 1)];
        if (next) setGoTo(next.key);
        return kept;
      }),
    [change],
  );

  return (
    <div
      ref={box}
      id={fieldId(field)}
      role="group"
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-about ${id}-error`}
      className={styles['field']}
    >
      <Group justify="space-between" align="baseline">
        <Text id={`${id}-label`} fw={600}>
          <Words id="form.uris" />
        </Text>
        <Text c={count > maxRedirectUris ? 'var(--mantine-color-error)' : 'dimmed'} className="tabular" size="xs">
          <Words id="form.uris.count" values={{ count, max: maxRedirectUris }} />
        </Text>
      </Group>
      <Text id={`${id}-about`} c="dimmed" size="xs" mb="xs">
        <Words id="form.uris.about" />
      </Text>
      <Text
        id={`${id}-error`}
        c="var(--mantine-color-error)"
        size="xs"
        mb={ofList.length > 0 ? 'xs' : 0}
        component="div"
      >
        <FaultText faults={ofList} />
      </Text>
      <Stack gap={6} role="list">
        {rows.map(({ key, uri }, index) => (
          <RedirectUriRow
            key={key}
            rowKey={key}
            index={index}
            uri={uri}
            alone={rows.length === 1}
            faults={shown || left.has(key) ? distinct(faultsAt([...verdicts, ...faults], `${field}.${index}`)) : none}
            notices={shown || left.has(key) ? (notices[index] ?? none) : none}
            accepted={left.has(key) && judged[index] === uri && uri.trim() !== ''}
            onEdit={edit}
            onLeave={leave}
            onEnter={addAfter}
            onRemove={remove}
          />
        ))}
      </Stack>
      <Button
        mt="xs"
        size="xs"
        variant="default"
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => addAfter(rows.at(-1)?.key)}
      >
        <Words id="form.uris.add" />
      </Button>
    </div>
  );
};

const none: never[] = [];

/** One of each: what the page and the server both found is said once. */
const distinct = (faults: readonly FieldFault[]): FieldFault[] =>
  faults.length === 0 ? none : [...new Map(faults.map((fault) => [`${fault.field} ${fault.reason}`, fault])).values()];

interface Row {
  readonly key: number;
  readonly uri: string;
}

/** The lines with a key each, so that a row keeps its cursor while others come and go above it. */
function useRows(uris: readonly string[], onChange: (uris: string[]) => void) {
  const nextKey = useRef(uris.length);
  const keys = useRef<number[]>(uris.map((_, index) => index));
  if (keys.current.length !== uris.length) keys.current = uris.map(() => nextKey.current++);
  const rows = uris.map((uri, index): Row => ({ key: keys.current[index] ?? index, uri }));
  const latest = useRef({ rows, onChange });
  latest.current = { rows, onChange };
  const change = useCallback((next: (rows: readonly Row[], newKey: () => number) => readonly Row[]) => {
    const made = next(latest.current.rows, () => nextKey.current++);
    keys.current = made.map(({ key }) => key);
    latest.current.rows = [...made];
    latest.current.onChange(made.map(({ uri }) => uri));
  }, []);
  return { rows, change };
}
