import type { ClientDetail } from '@latchkey/contract/console-api/models';
import type { ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Words } from '../../../words/words.tsx';
import { actFacts } from './act-facts.ts';
import type { ClientAct } from './detail-search.ts';

/** Opens an act or a field to edit; the page knows how. */
export type OnAct = (act: ClientAct, field?: string) => void;

/** A button for one act on the client; refused, it stays and says why. */
export const ActButton = ({
  act,
  client,
  onAct,
  field,
  children,
  ...rest
}: {
  act: ClientAct;
  client: ClientDetail;
  onAct: OnAct;
  /** The field to go to, when editing. */
  field?: string | undefined;
  /** Other words than the usual ones. */
  children?: ReactNode;
} & ButtonProps) => {
  const { row, action, icon } = actFacts[act];
  return (
    <GuardedButton
      row={row}
      refusal={client.refusals[action]}
      leftSection={<Icon name={icon} />}
      onClick={() => onAct(act, field)}
      {...rest}
    >
      {children ?? <Words id={`detail.act.${act}`} />}
    </GuardedButton>
  );
};
