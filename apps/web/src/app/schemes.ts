import type { IconName } from '../ui/icon.tsx';

/** The colour schemes with their drawings. */
export const schemes = { light: 'sun', dark: 'moon', auto: 'screen' } as const satisfies Record<string, IconName>;
