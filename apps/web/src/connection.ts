import { consoleApi } from '@latchkey/contract/console-api/table';
import { connect } from '@latchkey/wire/connect';
import { queries } from '@latchkey/wire/queries';
import { send } from './connection/send.ts';

/** Every operation of the console, callable: `await api.clients.deactivate({ params, body })`. Throws `Fault`. */
export const api = connect(consoleApi, '/api', send);

/**
 * Every read as TanStack Query options: `useQuery(reads.clients.read({ params: { clientId } }))`. After a change call
 * `changed(queryClient, 'clients', …)` of `@latchkey/wire/queries`: it makes every read of the feature stale.
 */
export const reads = queries(consoleApi, '/api', send);
