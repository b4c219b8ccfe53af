import type { ClientRow } from '@latchkey/contract/console-api/models';
import type { ClientSort } from '@latchkey/domain/client-list';
import { gradeOf } from '@latchkey/domain/findings';
import { choosableGrantTypes, type GrantType } from '@latchkey/domain/grant-type';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { InstantText } from '../../../ui/instant-text.tsx';
import { SeverityBadge, StateBadge } from '../../../ui/badges.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Words } from '../../../words/words.tsx';
import styles from './inventory.module.css';
import { TimeLeft } from './time-left.tsx';

interface Column {
  /** Width in rem. */
  readonly width: number;
  /** Plain cells only: hundreds of them are made while a key press is answered. */
  readonly cell: (client: ClientRow) => ReactNode;
}

const Nothing = () => <span className={styles['nothing']}>–</span>;

/** Short texts side by side, all of them on hover. */
const Several = ({ all }: { all: readonly string[] }) =>
  all.length === 0 ? <Nothing /> : <span title={all.join('\n')}>{all.join(', ')}</span>;

const instant = (at: string | null, show: 'date' | 'relative'): ReactNode =>
  at ? <InstantText at={at} show={show} plain /> : <Nothing />;

const Grant = ({ grant }: { grant: GrantType }) => {
  const deprecated = !(choosableGrantTypes as readonly GrantType[]).includes(grant);
  return (
    <span className={styles['grant']} data-deprecated={deprecated || undefined}>
      {deprecated && <Icon name="warning" size={12} />}
      <Words id={`ui.grant.${grant}`} />
      {deprecated && (
        <>
          {' '}
          (<Words id="ui.grant.deprecated" />)
        </>
      )}
    </span>
  );
};

/** Every column of the inventory (product 3.1). */
export const columns: Record<ClientSort, Column> = {
  name: {
    width: 16,
    cell: (client) => (
      <Link
        to="/clients/$clientId"
        params={{ clientId: client.id }}
        className={styles['name']}
        title={client.name}
        preload={false}
        data-name
      >
        <bdi>{client.name}</bdi>
      </Link>
    ),
  },
  description: {
    width: 18,
    cell: ({ description }) => (description ? <bdi title={description}>{description}</bdi> : <Nothing />),
  },
  id: { width: 19, cell: ({ id }) => <code className={styles['mono']}>{id}</code> },
  grantTypes: {
    width: 12,
    cell: ({ grantTypes }) => (
      <span className={styles['grants']}>
        {grantTypes.map((grant) => (
          <Grant key={grant} grant={grant} />
        ))}
      </span>
    ),
  },
  state: { width: 11, cell: ({ state }) => <StateBadge state={state} /> },
  roles: { width: 13, cell: ({ roles }) => <Several all={[...new Set(roles.map(({ roleName }) => roleName))]} /> },
  divisions: {
    width: 12,
    cell: ({ roles }) => <Several all={[...new Set(roles.map(({ divisionName }) => divisionName))]} />,
  },
  scopes: { width: 14, cell: ({ scopes }) => <Several all={scopes} /> },
  redirectUris: { width: 18, cell: ({ redirectUris }) => <Several all={redirectUris} /> },
  owner: {
    width: 9.5,
    cell: ({ owner }) =>
      owner ? (
        <bdi title={owner.email}>{owner.name}</bdi>
      ) : (
        <span className={styles['nothing']}>
          <Words id="clients.noOwner" />
        </span>
      ),
  },
  environment: {
    width: 8,
    cell: ({ environment }) => (environment ? <Words id={`ui.environment.${environment}`} /> : <Nothing />),
  },
  dateCreated: { width: 8, cell: ({ dateCreated }) => instant(dateCreated, 'date') },
  createdBy: { width: 11, cell: ({ createdBy }) => (createdBy ? <bdi>{createdBy.name}</bdi> : <Nothing />) },
  dateModified: { width: 8.5, cell: ({ dateModified }) => instant(dateModified, 'date') },
  modifiedBy: { width: 11, cell: ({ modifiedBy }) => (modifiedBy ? <bdi>{modifiedBy.name}</bdi> : <Nothing />) },
  dateLastUsed: {
    width: 9,
    cell: ({ dateLastUsed }) =>
      dateLastUsed ? (
        instant(dateLastUsed, 'relative')
      ) : (
        <span className={styles['nothing']}>
          <Words id="ui.never" />
        </span>
      ),
  },
  secretCreatedAt: { width: 9, cell: ({ secretCreatedAt }) => instant(secretCreatedAt, 'relative') },
  nextRotationAt: { width: 9, cell: ({ nextRotationAt }) => instant(nextRotationAt, 'relative') },
  findings: {
    width: 8.5,
    cell: ({ findings }) =>
      findings.length === 0 ? (
        <Nothing />
      ) : (
        <span className={styles['findings']}>
          <SeverityBadge severity={gradeOf(findings)} />
          <span className={styles['nothing']}>{findings.length}</span>
        </span>
      ),
  },
  dateToDelete: {
    width: 10,
    cell: ({ state, dateToDelete }) =>
      state === 'pending-removal' && dateToDelete ? <TimeLeft until={dateToDelete} /> : <Nothing />,
  },
};
