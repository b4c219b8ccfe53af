import { ActionIcon } from '@mantine/core';
import type { RedirectUriNotice } from '@latchkey/domain/redirect-uri';
import { redirectUriNoticeSentences } from '@latchkey/domain/redirect-uri';
import type { FieldFault } from '@latchkey/domain/refusal';
import { memo, useId } from 'react';
import { useWords } from '../../../words/words.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { FaultText } from './fault-text.tsx';
import { fieldId } from './field-id.ts';
import styles from './redirect-uris.module.css';

/**
 * One redirect URI with its verdict. A text area of one line, since a single-line input would drop the line breaks of
 * what is pasted, and long addresses must be seen whole.
 */
export const RedirectUriRow = memo(function RedirectUriRow({
  rowKey,
  index,
  uri,
  alone,
  faults,
  notices,
  accepted,
  onEdit,
  onLeave,
  onEnter,
  onRemove,
}: {
  rowKey: number;
  index: number;
  uri: string;
  /** The only row: there is nothing to remove. */
  alone: boolean;
  faults: readonly FieldFault[];
  notices: readonly RedirectUriNotice[];
  accepted: boolean;
  onEdit: (key: number, text: string) => void;
  onLeave: (key: number) => void;
  onEnter: (key: number) => void;
  onRemove: (key: number) => void;
}) {
  const say = useWords();
  const id = useId();
  const position = index + 1;
  const isWrong = faults.length > 0;
  const fine = accepted && !isWrong;
  return (
    <div role="listitem" className={styles['row']}>
      <span className={styles['number']} aria-hidden="true">
        {position}
      </span>
      <textarea
        id={fieldId(`redirectUris.${index}`)}
        data-row={rowKey}
        className={styles['input']}
        rows={1}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        placeholder={alone ? 'https://app.example.com/callback' : undefined}
        aria-label={say('form.uris.one', { position })}
        aria-invalid={isWrong}
        aria-describedby={`${id}-verdict`}
        value={uri}
        onChange={(event) => onEdit(rowKey, event.currentTarget.value)}
        onBlur={() => uri !== '' && onLeave(rowKey)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            if (uri !== '') onLeave(rowKey);
            onEnter(rowKey);
          } else if (event.key === 'Backspace' && uri === '' && !alone) {
            event.preventDefault();
            onRemove(rowKey);
          }
        }}
      />
      <span className={styles['mark']} title={fine ? say('form.uris.accepted') : undefined}>
        {fine && <Icon name="check" size={14} />}
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={say('form.uris.remove', { position })}
        disabled={alone && uri === ''}
        onClick={() => onRemove(rowKey)}
      >
        <Icon name="close" size={14} />
      </ActionIcon>
      <div id={`${id}-verdict`} className={styles['verdict']}>
        {isWrong && (
          <span className={styles['wrong']}>
            <Icon name="warning" size={14} />
            <span>
              <FaultText faults={faults} />
            </span>
          </span>
        )}
        {!isWrong &&
          notices.map((notice) => (
            <span key={notice} className={styles['notice']}>
              <Icon name="info" size={14} />
              <span>
                {redirectUriNoticeSentences[notice].message} {redirectUriNoticeSentences[notice].remedy}
              </span>
            </span>
          ))}
      </div>
    </div>
  );
});
