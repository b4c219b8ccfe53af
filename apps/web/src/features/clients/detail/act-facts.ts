import { consoleApi } from '@latchkey/contract/console-api/table';
import type { Right } from '@latchkey/contract/route';
import type { ClientAction } from '@latchkey/domain/may';
import type { IconName } from '../../../ui/icon.tsx';
import type { ClientAct } from './detail-search.ts';

/** For each act that the address can ask for: the row that decides about it, the name of its refusal, its drawing. */
export const actFacts: Record<ClientAct, { row: { permission: Right }; action: ClientAction; icon: IconName }> = {
  edit: { row: consoleApi.clients.edit, action: 'edit', icon: 'edit' },
  'generate-secret': { row: consoleApi.secrets.generate, action: 'generateSecret', icon: 'refresh' },
  deactivate: { row: consoleApi.clients.deactivate, action: 'deactivate', icon: 'pause' },
  reactivate: { row: consoleApi.clients.reactivate, action: 'reactivate', icon: 'play' },
  delete: { row: consoleApi.clients.delete, action: 'delete', icon: 'trash' },
  restore: { row: consoleApi.clients.restore, action: 'restore', icon: 'restore' },
};
